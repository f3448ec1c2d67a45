"""Web pages: the article in a page, its title, author, date and publisher, as trafilatura tells them."""

from __future__ import annotations

import copy
import functools
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, ClassVar
from urllib.parse import urlsplit

from ..formats import Reader, Reading, Source
from ..limit import TooSlow
from ..pages.body import completed
from ..pages.encoding import page_text
from ..pages.own_data import body_in_data
from ..pages.structured import Structured
from ..pages.title import bare_title
from ..pages.tree import flatten, prepare
from ..pages.verdict import no_article, without_river
from ..records import RawArticle, Record, Refusal, Refused, broken, check_text, is_address, with_title
from .metadata import apply_metadata, is_host
from .published import published_of

MAX_BYTES = 8 << 20  # of a page; longer ones are no articles
_DEPTH = 1500  # elements within one another, beyond which a page is built to harm; real ones stay below 100
_PARSED = 200  # beyond which the parser of the library takes no more
_WORDS = 8  # of the shortest brief
_SPARSE = 80  # of a text that may be no more than the beginning of what the page's own data hold
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")  # of words without spaces between
_TAG = re.compile(rb"<(/?)([a-z][\w-]*+)[^<>]*+>", re.IGNORECASE)  # nothing is given back: a tag without an end costs its length
# elements that do not nest, or that pages leave open
_FLAT = frozenset(
    b"p li br img input meta link hr option dt dd tr td th thead tbody col source area base wbr param embed track html head "
    b"body".split()
)
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)
_PULLED = "//*[contains(@class,'pullquote') or contains(@class,'pull-quote') or contains(@class,'pull_quote')]"


class Html(Reader):
    """``html``: a page a file."""

    suffixes: ClassVar[tuple[str, ...]] = (".html", ".htm", ".xhtml")
    name_settles: ClassVar[bool] = False

    def sniff(self, head: bytes) -> bool:
        return _PAGE.match(head) is not None

    def read(self, file: Source, reading: Reading) -> Iterator[Record]:
        yield read_html(file.stream.read(MAX_BYTES + 1), file.uri, None, file.given, reading.max_chars)


def is_page(text: str) -> bool:
    """Whether a text is a whole page of HTML."""
    return "<" in text[:200] and _PAGE.match(text[:2000].encode("utf-8", "replace")) is not None


def read_html(
    data: bytes,
    uri: str,
    number: int | None,
    given: Mapping[str, str],
    max_chars: int,
    url: str | None = None,
    charset: str | None = None,
) -> Record:
    """Read the article of a page.

    Args:
        data: the page as fetched.
        uri: the record's uri.
        number: the record's number in its file, if it is one of many.
        given: columns given apart for it.
        max_chars: longest text accepted.
        url: where the page was fetched; what the page itself says wins only within the same site.
        charset: the encoding that its server told.
    """
    try:
        article = _article(data, uri, number, given, given.get("url") or url, max_chars, charset)
        article = apply_metadata(article, given)
        if article.publisher is None and article.url:
            article = replace(article, publisher=urlsplit(article.url.strip()).hostname)
        check_text(article.text, max_chars + len(article.title or "") + 2)
        return article
    except (Refused, TooSlow) as error:
        return Refusal.of(error, uri, number, data)
    except Exception as error:
        return Refusal.of(broken(error, uri), uri, number, data)


def _article(
    data: bytes, uri: str, number: int | None, given: Mapping[str, str], url: str | None, max_chars: int, charset: str | None
) -> RawArticle:
    if not data.strip():
        raise Refused("empty", "the page is empty")
    if len(data) > MAX_BYTES:
        raise Refused("too_long", f"a page of more than {MAX_BYTES} bytes")
    depth = _depth(data)
    if depth > _DEPTH:
        raise Refused("not_an_article", f"more than {_DEPTH} elements within one another")
    trafilatura = _trafilatura()
    source, deep = page_text(data, charset), depth > _PARSED
    tree = _tree(trafilatura, source, deep)
    told, shown = Structured(tree), copy.deepcopy(tree)
    published = published_of(tree, url)
    if published and not published.sure and given.get("published_at"):
        published = None  # what stands apart is surer than words of the page
    dates = {"original_date": True, "extensive_search": False, "outputformat": "%Y-%m-%dT%H:%M:%S%z"}
    extract = functools.partial(
        trafilatura.bare_extraction,
        url=url, include_comments=False, with_metadata=True, date_extraction_params=dates, deduplicate=False,
    )  # fmt: skip
    page: Any = extract(tree) or extract(_without_dates(_tree(trafilatura, source, deep)))
    lines = [line for line in page.text.split("\n") if line.strip()] if page is not None and page.text else []
    count = sum(len(line.split()) for line in lines)
    if count < _SPARSE and (body := body_in_data(shown, 2 * count)):
        lines, page = body, page or trafilatura.extract_metadata(shown, default_url=url)
    if page is None or not lines:
        raise Refused("not_an_article", "no main text in the page")
    found = " ".join(lines)
    if len(found.split()) < _WORDS and len(_UNSPACED.findall(found)) < 3 * _WORDS:
        raise Refused("not_an_article", f"main text of fewer than {_WORDS} words")
    headings = [" ".join("".join(h.itertext()).split()) for h in shown.xpath("//h1")[:3]]
    title = bare_title(page.title, [n for n in (page.sitename, page.hostname) if n], headings, shown.xpath("string(//title)"))
    lines = completed(lines, shown, told)
    lines = without_river(lines, shown, title)
    why = no_article(lines, title, shown, told, url)
    if why is not None:
        raise Refused("not_an_article", why)
    text = "\n\n".join(lines)
    check_text(text, max_chars)
    language = page.language or tree.get("lang")
    own = page.url if page.url and is_address(page.url) else None
    text, added = with_title(text, title)
    article = RawArticle(
        uri=uri, text=text, record=number, url=own or url, title=title, author=page.author,
        publisher=page.sitename if page.sitename and not is_host(page.sitename) else None, title_added=added,
        published_at=published.moment if published else None, published_date=published.day if published else None,
    )  # fmt: skip
    return apply_metadata(article, {"language": language} if language else {})


@functools.cache
def _trafilatura() -> Any:
    """The library, imported where a page is read: it takes half a second."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of proxies that nobody asked for
        import trafilatura
    return trafilatura


def _tree(trafilatura: Any, source: str, deep: bool) -> Any:
    """The page as a tree, pull quotes as the quotations that they are."""
    if deep:
        from lxml import html

        tree = html.document_fromstring(source, parser=html.HTMLParser(huge_tree=True))
        flatten(tree)
    else:
        tree = trafilatura.load_html(source)
    if tree is None:
        raise Refused("not_an_article", "not HTML")
    for element in tree.xpath(_PULLED):
        element.tag = "blockquote"
        element.attrib.clear()
    prepare(tree)
    return tree


def _without_dates(tree: Any) -> Any:
    """The page without its fields of time, on some of which the library fails; they have been read already."""
    for field in tree.xpath(
        "//time | //meta[contains(@property, 'time') or contains(@name, 'date') or contains(@itemprop, 'date')]"
    ):
        field.attrib.clear()
    return tree


def _depth(data: bytes) -> int:
    """How many elements stand within one another; told before any tree is built, and counted no further than need be."""
    depth = deepest = 0
    for m in _TAG.finditer(data):
        if m[2].lower() in _FLAT or data[m.end() - 2 : m.end()] == b"/>":
            continue
        depth = max(0, depth - 1) if m[1] else depth + 1
        deepest = max(deepest, depth)
        if depth > _DEPTH:
            break
    return deepest
