"""When a page was published, as it tells itself: in its data for machines, in its elements of time, in its words.

Nothing is guessed from addresses, from copyright lines, or from when the page was changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from ..dates import order_of, precision, time_within, told_time
from ..pages.structured import blocks, read_script
from ..records import Refused

_MOST = 200  # candidates of a page that are looked at
# names of <meta> fields of the time of publication, the surest first, in lower case; separators stand for one another
_META = (
    "article:published_time og:article:published_time og:published_time og:pubdate published_time published_at article:published "
    "article:published_date datepublished rnews:datepublished vr:published_time sailthru.date parsely:pub:date parsely:pubdate "
    "article:publish_time "
    "cxenseparse:recs:publishtime bt:pubdate originalpublicationdate publicationdate publication_date publish_date "
    "publishdate "
    "publish:time publishtime pub_date pubdate ptime pdate dateissued date.issue date.release "
    "weibo:article:create_at first_publication_date firstpublished date_published "
    "article_date_original article.created article:post_date displaydate dc.date.issued dcterms.issued dc.date.published "
    "dc.date.publication dcterms.date dcterms.created dc.date.created dc.date dc.created citation_publication_date citation_date "
    "prism.publicationdate creation_date datecreated date created timestamp"
).split()
_RANK = {re.sub(r"[^a-z]", "", name): n for n, name in reversed(list(enumerate(_META)))}
_ARTICLE = re.compile(r"Article|BlogPosting|Report$|Posting$|^Review$")
_PAGE = re.compile(r"Page$|^CreativeWork$|^Thing$|^DigitalDocument$")
_ASIDE = frozenset(
    ("hasPart", "itemListElement", "isPartOf", "mentions", "citation", "associatedMedia", "image", "video", "author")
)
_CHANGED = re.compile(r"updat|modif|changed|edited|revis|expire|comment|related|promo|teaser|card|sidebar|footer|copyright", re.I)
_DATED = re.compile(r"date|publish|time|stamp|posted|dateline|byline|meta|fecha|datum", re.I)
_TOLD_IN_WORDS = re.compile(r"^\W*(?:first\s+)?(?:published|posted|publication\s+date|publish\s+date|date|issued)\b", re.I)
_LATER = (
    r"(?:(?:last\s+)?(?:updated|modified|edited|corrected)|(?:zuletzt )?aktualisiert|mise? à jour|modifié|actualizado|"
    r"atualizado|aggiornato|bijgewerkt|uppdaterad|oppdatert|opdateret|aktualizováno|(?:z)?aktualizowano|güncelle\w*|diperbarui|обновлено|оновлено)\b"
)
_UPDATED_IN_WORDS = re.compile(rf"^\W*{_LATER}", re.I)
_PUBLISHED_TOO = re.compile(r"\b(?:first\s+)?(?:published|posted)\b", re.I)
_LATER_UPDATED = re.compile(rf"\W+{_LATER}.*$", re.I | re.S)
_OF_TODAY = re.compile(
    r"(?:^|[\s_-])(?:today|current|clock|now)s?(?:[\s_-]|date|time|$)", re.I
)  # of the site, whenever it is seen
_OF_A_LIFE = re.compile(r"\b(?:born|died|since|until|joined)\b", re.I)
_MARKED = re.compile(r"publish|entry-date|posted|pubdate", re.I)
_PARTS = re.compile(r"\s+[|•·–—-]\s+|\s*[|•·]\s*|(?<=\d)\s+(?=by\s)|\s+(?=by\s+[A-Z])")
_AUTHOR = re.compile(r"\s*\bby\s+[A-Z].*$|^by\s.*$")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DATA = (
    "data-timestamp", "data-published", "data-publish-date", "data-published-at", "data-datetime", "data-date", "data-time",
    "data-utc-date",
)  # fmt: skip
_RDFA = " or ".join(f"contains(@property, '{name}')" for name in ("datePublished", "dc:date", "dc:created", "dcterms:issued"))
_CALLED = (
    "datePublished", "publishedAt", "published_at", "publishDate", "publish_date", "firstPublished", "publicationDate",
    "publishedDate", "published_date", "publishedTime", "published_time", "publishTime", "date_published", "firstPublishedAt",
    "first_published_at", "firstPublishedDate", "first_publish_date", "pubDate", "pub_date", "publicationTime",
    "articlePublishDate",
)  # fmt: skip
_IN_SCRIPT = re.compile(rf"""["']?\b(?:{"|".join(_CALLED)})["']?\s*:\s*(["'])([^"'<>{{}}]{{8,60}})\1""")
_SCRIPT = 1 << 20  # characters of a script that are looked through
_LONGEST = 200  # characters among which a date is looked for
_ENDS = re.compile(r"[a-z]\.$|\w\W+\w+\.$")
_SHORT = 90  # characters of an element that holds a date and little else


class Published(NamedTuple):
    """When a page was published (UTC), the day as printed, and whether data for machines tell it, and not only words."""

    moment: datetime
    day: date
    sure: bool


def published_of(tree: Any, url: str | None = None) -> Published | None:
    """The time of publication that a page tells.

    Args:
        tree: the page, as lxml has it.
        url: its address, by which its own data are told from those of others, and the order of day and month.
    """
    languages = [tree.get("lang"), *tree.xpath("//meta[@property='og:locale']/@content")[:1]]
    order, country = order_of(*languages, url)
    best: tuple[int, Published] | None = None
    for number, (value, sure) in enumerate(_candidates(tree, url)):
        if number >= _MOST or (best is not None and not sure):
            break
        found = _read(value, order, country)
        if found is None:
            continue
        exact = precision(value)
        if best is None:
            best = exact, Published(*found, sure)
        elif exact > best[0] and abs((found[1] - best[1].day).days) <= 1:
            best = exact, Published(*found, sure)  # the same time, told more exactly further down
        if best[0] == 2:
            break
    return best[1] if best else None


def _read(value: str, order: Any, country: str | None) -> tuple[datetime, date] | None:
    try:
        return told_time(value, order, country)
    except Refused:
        pass
    try:
        return time_within(value, order, country) if len(value) <= _LONGEST else None
    except Refused:
        return None


def _candidates(tree: Any, url: str | None) -> Iterator[tuple[str, bool]]:
    yield from ((v, True) for v in _of_data(tree, url))
    yield from ((v, True) for v in _of_meta(tree))
    yield from ((v, True) for v in _of_application(tree))
    yield from ((v, True) for v in _of_elements(tree))
    yield from ((v, True) for v in _of_scripts(tree))
    yield from ((v, False) for v in _of_words(tree))


def _of_data(tree: Any, url: str | None) -> list[str]:
    """The ``datePublished`` of blocks of JSON-LD: of the page's own article, then of other articles, then of the page."""
    found: list[tuple[int, int, str]] = []
    titles = _titles(tree)
    for data in blocks(tree):
        for node, depth in _nodes(data, 0):
            value = _value(node.get("datePublished") or node.get("dateCreated"))
            if value is not None:
                kind = node.get("@type")
                kinds: list[Any] = kind if isinstance(kind, list) else [kind]
                is_article = any(_ARTICLE.search(k) for k in kinds if isinstance(k, str))
                if not is_article and not any(k is None or _PAGE.search(str(k)) for k in kinds):
                    continue  # a comment, a video, an event
                rank = (0 if _is_own(node, url, titles) else 1) if is_article else 2 + depth
                found.append((rank, len(found), value))
    return [value for _, _, value in sorted(found)]


def _value(value: Any) -> str | None:
    value = value[0] if isinstance(value, list) and value else value
    value = value.get("@value") if isinstance(value, dict) else value
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else None


def _of_application(tree: Any) -> Iterator[str]:
    """What the data of a page's own program tell of the article of its title."""
    titles = _titles(tree)
    for script in tree.xpath("//script[@type='application/json']")[:20]:
        for data in read_script(script.text or ""):
            for node, _ in _nodes(data, -4):
                if any(_key(node.get(name)) in titles for name in ("title", "headline", "name")):
                    yield from filter(None, (_value(node.get(name)) for name in _CALLED))


def _of_scripts(tree: Any) -> list[str]:
    """What the scripts of a page call its time of publication, where they tell of one and no other."""
    found = dict.fromkeys(
        m[2]
        for script in tree.xpath("//script[not(@src) and not(contains(@type, 'ld+json'))]")[:50]
        for m in _IN_SCRIPT.finditer((script.text or "")[:_SCRIPT])
    )
    return list(found) if len({value[:10] for value in found}) == 1 else []


def _titles(tree: Any) -> set[str]:
    """Keys of the page's headings and of its title."""
    told = [*("".join(h.itertext()) for h in tree.xpath("//h1")[:3]), *tree.xpath("//meta[@property='og:title']/@content")[:1]]
    return {_key(t) for t in told} - {""}


def _key(text: Any) -> str:
    return "".join(c for c in text.casefold() if c.isalnum()) if isinstance(text, str) else ""


def _nodes(data: Any, depth: int) -> Iterator[tuple[dict[str, Any], int]]:
    if depth > 6:
        return
    if isinstance(data, list):
        for value in data[:_MOST]:
            yield from _nodes(value, depth)
    elif isinstance(data, dict):
        yield data, depth
        for key, value in data.items():
            if key not in _ASIDE and isinstance(value, dict | list):
                yield from _nodes(value, depth + (key != "@graph"))


def _is_own(node: dict[str, Any], url: str | None, titles: set[str]) -> bool:
    page = node.get("mainEntityOfPage")
    told = [page.get("@id") if isinstance(page, dict) else page, node.get("url"), node.get("@id")]
    path = url.partition("://")[2].partition("?")[0].rstrip("/") if url else ""
    return _key(node.get("headline")) in titles or (bool(path) and any(isinstance(t, str) and path in t for t in told))


def _of_meta(tree: Any) -> list[str]:
    found = []
    for n, meta in enumerate(tree.xpath("//meta[@content]")[: 10 * _MOST]):
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            rank = _RANK.get(re.sub(r"[^a-z]", "", (meta.get(attribute) or "").lower()))
            if rank is not None and (attribute != "http-equiv" or (meta.get(attribute) or "").lower() == "date"):
                found.append((rank, n, meta.get("content")))
                break
    for label in tree.xpath("//meta[starts-with(@name, 'twitter:label') and contains('Published Posted Date', @content)]"):
        data = label.get("name").replace("label", "data")
        found += [(len(_META), 0, value) for value in tree.xpath("//meta[@name=$data]/@content", data=data)[:1]]
    for page in tree.xpath("//meta[@name='parsely-page']/@content")[:1]:
        found += [(0, 0, v) for data in read_script(page) if isinstance(data, dict) and (v := _value(data.get("pub_date")))]
    return [value for _, _, value in sorted(found)]


def _of_elements(tree: Any) -> Iterator[str]:
    """Elements that are marked as the time of publication, then those of time that stand with the article."""
    for element in tree.xpath(f"//*[contains(@itemprop, 'datePublished') or {_RDFA}][not(self::meta)]")[:5]:
        yield element.get("content") or element.get("datetime") or _words(element)
    times = tree.xpath("//time | //relative-time[@datetime] | //time-ago[@datetime] | //amp-timeago[@datetime]")[:_MOST]
    marked = [
        t for t in times if t.get("pubdate") is not None or re.search(r"publish|entry-date|posted|pubdate", _named(t), re.I)
    ]
    within = [t for t in times if next(t.iterancestors("article", "main", "header"), None) is not None]
    for element in [*marked, *(t for t in within if t not in marked), *([] if len(times) > 1 else times)]:
        if not _of_others(element):
            yield from filter(None, (element.get("datetime"), _words(element)))
    for element in tree.xpath(f"//*[@class][{' or '.join('@' + name for name in _DATA)}]")[:5]:
        if _DATED.search(_named(element)) and not _of_others(element):
            yield next(element.get(name) for name in _DATA if element.get(name))
    for element in tree.xpath("//abbr[@title and contains(@class, 'published')]")[:5]:
        yield element.get("title")
    for element in tree.xpath("//*[@class and (@title or @aria-label)]")[:_MOST]:
        if _DATED.search(_named(element)) and not _of_others(element):
            yield from (v for name in ("title", "aria-label") if _YEAR.search(v := element.get(name) or ""))


def _named(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"


def _of_others(element: Any, told: bool = False) -> bool:
    """Whether a date is of a change, of a comment, or of another article: by what it and those around it are called.

    Args:
        element: holds the date.
        told: whether its words say that it is of the publication, whatever it is called.
    """
    if _UPDATED_IN_WORDS.match(_words(element)):
        return True
    before = element.getprevious()
    parent = element.getparent()
    lead = parent.text if parent is not None else None
    if before is not None:
        lead = before.tail if (before.tail or "").strip() else _words(before)
    lead = lead or ""
    if re.search(r"(?:updated|modified|edited)\W*(?:on|at)?\W*$", lead, re.I):
        return True
    if parent is not None and parent.tag == "p" and len((parent.text or "").split()) > 2 and _ENDS.search(_words(parent)):
        return True  # within a sentence
    around = parent if told else element
    for _ in range(6):
        if around is None or around.tag in ("article", "main", "body"):
            return around is not None and around.tag == "article" and bool(around.xpath("ancestor::article"))
        named = _named(around)
        if around is element and _MARKED.search(named):
            named = named.replace("updated", "")  # a class of WordPress for what has been published and not changed since
        if (
            _CHANGED.search(named)
            or _OF_TODAY.search(named)
            or around.tag in ("aside", "footer", "nav", "li", "blockquote", "figure")
        ):
            return True
        around = around.getparent()
    return False


def _of_words(tree: Any) -> Iterator[str]:
    """Short elements that hold a date and little else, by their names or by the word before it."""
    for line_break in tree.iter("br"):
        line_break.tail = f" {line_break.tail or ''}"
    for element in tree.xpath("//p | //div | //span | //li | //em | //small | //strong | //dd | //h5 | //h6")[: 20 * _MOST]:
        if _TOLD_IN_WORDS.match(element.text or "") or _DATED.search(_named(element)):
            words = _words(element)
            if _UPDATED_IN_WORDS.match(words) and (first := _PUBLISHED_TOO.search(words)) and len(words) <= 2 * _SHORT:
                yield words[first.start() :]
            elif 6 <= len(words) <= _SHORT and re.search(r"\d", words) and not _OF_A_LIFE.search(words):
                if _of_others(element, _TOLD_IN_WORDS.match(words) is not None):
                    continue
                words = _LATER_UPDATED.sub("", words)
                yield words
                parts = [part for p in _PARTS.split(words) if p != words and _YEAR.search(part := _AUTHOR.sub("", p.strip()))]
                yield from parts if len(parts) == 1 else ()


def _words(element: Any) -> str:
    """The words of an element, as far as they may be a date and little else."""
    words = ""
    for piece in element.itertext():
        words += piece
        if len(words) > 4 * _SHORT:
            break
    return " ".join(words.split())
