"""What a page says by its elements, said in its text before the article is extracted: quotation marks, who said a quotation,
raised figures; and what readers do not see or what was struck out, taken out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .blocks import show_blocks
from .embeds import keep_apart

_OWN_MARKS = tuple("\"“”„«»‘’'")
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_POWER = re.compile(r"[+−-]?\d{1,3}")
_BASE = re.compile(r"(?:\d|(?:^|[\s\d(/])[kcmd]?m|(?:^|\s)(?:ft|in|mi|yd|s|sec))$")  # what a power may stand behind: 10⁶, km²
_MARKER = re.compile(r"\W*(?:\d{1,3}|[a-z*†‡§])\W*", re.IGNORECASE)  # of a footnote
_ORDINAL = re.compile(r"(?:st|nd|rd|th|er|e|o|a|os|as|°|º|ª)\.?", re.IGNORECASE)
_UNSEEN_STYLE = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|clip\s*:\s*rect\(\s*[01](?:px)?[\s,]|clip-path\s*:\s*inset\(\s*(?:50|100)%)",
    re.IGNORECASE,
)
_UNSEEN_CLASS = re.compile(
    r"(?:^|\s)(?:sr-only|(?:u-|is-)?visually-?hidden|screen-?reader(?:-text|-only)?|"
    r"a11y-hidden|assistive-text|offscreen)(?:\s|$)",
    re.I,
)
_OTHERS = re.compile(
    r"(?:^|[\s_-])(?:related|recirc\w*|newsletter|outbrain|taboola|disqus|comments?|trending|most[-_](?:read|popular|viewed)|"
    r"also[-_](?:read|like)|read[-_](?:next|also|more)|more[-_](?:on|from|stories|news)|recommend\w*|you[-_]may[-_]like|promo|"
    r"(?:bookmark|link|preview|teaser)[-_]?card|(?:link|url)[-_]preview|rich[-_]?link|sign[-_]?up|subscri(?:be|ption)|donat(?:e|ion)|social|shar(?:e|ing)|piano|paywall[-_]offer|app[-_]promo|"
    r"interstitial|(?:author|reporter|contributor|writer)s?[-_](?:bio|box|info|card|description|profile|desc))(?=$|[\s_-]|s\b)",
    re.IGNORECASE,
)
# of what stands beside an article and is none of it, whether or not it leads away
_BESIDE = re.compile(
    r"(?:^|[\s_-])(?:(?:image|photo|pic(?:ture)?|media|img|fig|slide|gallery|mainimg)?[-_]?caption|cap|ads?|advert(?:isement)?s?|"
    r"sponsored|carousel|slideshow|lightbox|photo-?gallery|gallery)(?=$|[\s_-])",
    re.IGNORECASE,
)
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")  # imageCaption
_LABEL = re.compile(
    r"\W*(?:(?:also|must)[ -]?(?:read|see|watch)|(?:read|see|watch|listen)(?: also| more| next| now)?|more|related(?: \w+)?|"
    r"recommended|don['’]t miss|in case you missed it|further reading)\W*",
    re.IGNORECASE,
)
_BOXES = ("div", "section", "aside", "ul", "ol", "nav", "form", "figure", "article")
_SHARE = 0.3  # of a page's text: what holds more is no aside, whatever it is called
_TEASER = 25  # words of the longest headline of another article
_NAMES = 120  # characters of the names of an article's authors
_FEW = 0.25  # share of a page's paragraphs that such may be
_SENTENCE_ENDS = tuple(".!?…:;\"'”’»")
_STOPS = tuple(".!?…\"'”’»")
_LEAD = 8  # words of the shortest first paragraph without marks
_LED = (
    "//*[self::div or self::td or self::section or self::span or self::center or self::body][count(p) > 1]"
    "[p[1]/preceding-sibling::text()[normalize-space()]]"
)
_INLINE = frozenset("a abbr b bdi br cite code em i mark q small span strong sub sup u".split())
_DEEP = 100  # elements within one another from which wrappers are taken off
_WRAPPERS = ("div", "span", "section", "font", "b", "i", "em", "strong", "center")


def prepare(tree: Any) -> None:
    """Make a page, as lxml has it, say in its text what it shows by its elements."""
    for element in tree.xpath("//font"):
        element.drop_tag()  # it looks, and says nothing; text beside paragraphs in it would be lost
    _drop_unseen(tree)
    keep_apart(tree)
    _drop_teasers(tree)
    for element in tree.xpath("//header//address"):
        if _length(element) <= _NAMES:
            _drop(element)  # who wrote it
    show_blocks(tree)
    for element in tree.xpath("//del | //s | //strike"):
        _drop(element)
    mark_quotations(tree)
    _name_sources(tree)
    _lower(tree)
    _wrap_leads(tree)


def _wrap_leads(tree: Any) -> None:
    """Make a first paragraph one that is text before the others, with none of their marks: it would be left out."""
    for box in tree.xpath(_LED):
        run: list[Any] = []
        before = box.find("p").getprevious()
        while before is not None and (not isinstance(before.tag, str) or before.tag in _INLINE):
            run.insert(0, before)
            before = before.getprevious()
        lead = (box.text if before is None else before.tail) or ""
        words = lead + "".join((_text(e) if isinstance(e.tag, str) else "") + (e.tail or "") for e in run)
        if len(words.split()) < _LEAD or not words.rstrip().endswith(_STOPS):
            continue
        paragraph = box.makeelement("p")
        paragraph.text = lead
        paragraph.extend(run)
        if before is None:
            box.text = None
            box.insert(0, paragraph)
        else:
            before.tail = None
            before.addnext(paragraph)


def flatten(tree: Any) -> None:
    """Take off wrappers of what stands far within, as it does where elements are left open."""
    depths = {tree: 0}
    deep = []
    for element in tree.iter():
        parent = element.getparent()
        depth = depths[element] = depths.get(parent, -1) + 1
        if depth > _DEEP and element.tag in _WRAPPERS:
            deep.append(element)
    for element in reversed(deep):
        element.drop_tag()


def _drop_unseen(tree: Any) -> None:
    body = tree.find("body")
    body = tree if body is None else body  # a fragment, as of a letter or a feed
    most = _SHARE * _length(body)
    for element in list(_unseen(body)):
        if element.getparent() is not None and _length(element) <= most:
            _drop(element)


def _unseen(body: Any) -> Iterator[Any]:
    """Elements that are hidden, and boxes of other articles, of comments and of letters to sign up for."""
    for element in body.xpath(".//*[@hidden or @style or @class or @id or @data-component or @data-testid]"):
        if not isinstance(element.tag, str):
            continue
        named = element.get("class") or ""
        if (
            element.get("hidden") not in (None, "until-found")
            or _UNSEEN_STYLE.search(element.get("style") or "")
            or _UNSEEN_CLASS.search(named)
            or (element.tag in _BOXES and _OTHERS.search(_called(element)) and _leads_away(element))
            or (element.tag in (*_BOXES, "p", "span") and _is_beside(element))
        ):
            yield element


def _called(element: Any) -> str:
    return " ".join(element.get(a) or "" for a in ("class", "id", "data-component", "data-testid"))


def _is_beside(element: Any) -> bool:
    """Whether an element is called a caption, an advertisement or a row of pictures; a quotation in one stays."""
    return _BESIDE.search(_HUMP.sub("-", element.get("class") or "")) is not None and element.find(".//blockquote") is None


def _leads_away(box: Any) -> bool:
    return box.find(".//p") is None or box.find(".//a") is not None or box.find(".//input") is not None


def _drop_teasers(tree: Any) -> None:
    """Paragraphs that are the headline of another article, and lead to it; where they are many, the article is made of them."""
    paragraphs = tree.xpath("//body//p[normalize-space()]")
    teasers = []
    for paragraph in paragraphs:
        words = " ".join("".join(paragraph.itertext()).split())
        links = paragraph.findall(".//a[@href]")
        if len(links) != 1 or links[0].get("href").startswith(("#", "mailto:", "tel:")):
            continue
        linked = " ".join("".join(links[0].itertext()).split())
        bare = words.strip("[]() ")
        bare = bare if bare == linked else bare.removesuffix(linked)
        if (
            (bare == linked or (bare != words and _LABEL.fullmatch(bare)))
            and 4 <= len(linked.split()) <= _TEASER and linked[-1] not in _SENTENCE_ENDS and linked[0] not in _OWN_MARKS
        ):  # fmt: skip
            teasers.append(paragraph)
    if len(teasers) <= _FEW * len(paragraphs):
        for paragraph in teasers:
            _drop(paragraph)


def mark_quotations(tree: Any) -> None:
    """Quotation marks of ``q``, which browsers print and no text holds."""
    for element, inner in [(q, next(q.iterancestors("{*}q"), None) is not None) for q in tree.iter("{*}q")]:
        words = "".join(element.itertext()).strip()
        element.tag = "span"
        if not words or words.startswith(_OWN_MARKS):
            continue
        opening, closing = "‘’" if inner else "“”"
        element.text = opening + (element.text or "").lstrip()
        if len(element):
            element[-1].tail = (element[-1].tail or "").rstrip() + closing
        else:
            element.text = element.text.rstrip() + closing


def _name_sources(tree: Any) -> None:
    """Who said a quotation, as the foot of the quotation or the caption of the figure that it is tells."""
    for element in tree.xpath("//blockquote//footer | //blockquote//figcaption | //figure[.//blockquote]/figcaption"):
        element.tag = "p"
        element.attrib.clear()
    for element in tree.xpath("//blockquote/cite[not(preceding-sibling::text()[normalize-space()])]"):
        element.tag = "p"
    for element in tree.xpath("//figure[.//blockquote]"):
        element.tag = "div"
        element.attrib.clear()
    for element in tree.xpath("//blockquote[p or div]"):
        element.attrib.clear()


def _lower(tree: Any) -> None:
    """Raised figures: powers by characters of their own, marks of footnotes taken out, all else as it is."""
    for element in tree.xpath("//sup"):
        words = "".join(element.itertext()).strip()
        before = _before(element)
        if _POWER.fullmatch(words) and element.find(".//a") is None and _BASE.search(before):
            for child in list(element):
                element.remove(child)
            element.text = words.translate(_RAISED)
            element.tag = "span"
        elif _ORDINAL.fullmatch(words) and before[-1:].isdigit():
            element.tag = "span"
        elif _MARKER.fullmatch(words):
            _drop(element)


def _before(element: Any) -> str:
    previous = element.getprevious()
    if previous is not None:
        return previous.tail or ("" if previous.tag == "sup" else "".join(previous.itertext()))
    return element.getparent().text or ""


def _drop(element: Any) -> None:
    """Take an element out; what stands behind it stays, with one space between words."""
    if element.getparent() is None:
        return
    previous = element.getprevious()
    before = (previous.tail if previous is not None else element.getparent().text) or ""
    if before[-1:].isspace() and (element.tail or "")[:1].isspace():
        element.tail = element.tail.lstrip()
    element.drop_tree()


def _text(element: Any) -> str:
    return "".join(element.itertext(with_tail=False))


def _length(element: Any) -> int:
    return sum(len(t) for t in element.xpath(".//text()[not(ancestor::script or ancestor::style)]"))
