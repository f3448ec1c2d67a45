"""Whether a page is an article: section fronts, search results, walls of cookies and robots, and pages that are gone are none."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from ...printable import counted
from .structured import Structured
from .stubs import stub

_CLIP = 30  # words of a text beside a film or pictures
_TEASER = 90  # words of the longest teaser
_FRONT = 5  # teasers of a section front
_FEW = 3  # of a page that calls itself a list
_OWN = 40  # words of the shortest article behind which teasers of others stand
_MOST = 0.6  # share of a text that is teasers or links, from which the page is a list of them
_RESULTS = re.compile(
    r"\W*(?:(?:your |you )?search(?:ed)? results?\b|\d[\d,.]* results? (?:for|found)\b|results for\b|no results (?:for|found)\b)|"
    r".{0,60}\bsearch results?\W*$",
    re.IGNORECASE,
)
_SEARCH = re.compile(r"\W*(?:you )?search(?:ed)?\b", re.IGNORECASE)  # as a skipper may be searched for: the address has to agree
_LIST = re.compile(
    r"\W*(?:tags?|topics?|categor(?:y|ies)|sections?|archives?|authors?|latest|search|all (?:stories|articles|posts))\b\W*"
    r"(?:(?<=:\W).*)?$|"
    r"\W*(?:tag|topic|category|author|archives?|posts (?:by|tagged)|articles (?:by|tagged)|you searched for)\b\W.{0,60}$|"
    r".{0,60}(?:\barchives?|, author at .{1,40})\W*$",
    re.IGNORECASE,
)


def no_article(lines: list[str], title: str | None, tree: Any, told: Structured, url: str | None) -> str | None:
    """Why a page is no article, in words for its reject; None: it is one, as far as can be told.

    Args:
        lines: its text as extracted, by paragraph.
        title: its title, without the name of the site.
        tree: the page, as lxml has it.
        told: what it tells for machines.
        url: its address.
    """
    text = "\n".join(line for line in lines if line != title)
    count, headings = len(text.split()), [h for h in (title, *_headings(tree)) if h]
    kind = (tree.xpath("string(//meta[@property='og:type']/@content)") or "").strip().lower()
    if count < _CLIP and not told.articles:
        if kind.startswith("video") or (tree.find(".//video") is not None and kind != "article"):
            return f"a film with {counted(count, 'words')} beside it"
        if tree.find(".//audio") is not None and kind != "article":
            return f"a recording with {counted(count, 'words')} beside it"
        if len(tree.findall(".//figure")) >= _FRONT and kind != "article":
            return f"pictures with {counted(count, 'words')} beside them"
    why = stub(text, headings, bool(told.articles) or kind == "article")
    if why is not None:
        return why
    if told.articles and not told.is_list:
        return None
    searched = any(_RESULTS.match(h) or (_SEARCH.match(h) and _is_search(url)) for h in headings)
    if kind != "article" and searched:
        return "results of a search"
    if kind == "article" and not told.is_list:
        return None
    if told.is_list:
        return "a list of articles"
    boxes = _teasers(tree)
    if len(boxes) >= _FEW and any(_LIST.match(h) for h in headings):
        return "a list of articles"
    if len(boxes) >= _FRONT and _share_of(lines, _keys(boxes), title) >= _MOST:
        return "a list of articles"
    if _share_of(lines, _linked(tree), title) >= _MOST:
        return "a list of links"
    return None


def without_river(lines: list[str], tree: Any, title: str | None) -> list[str]:
    """The lines of an article without the teasers of others that end its page."""
    boxes = _teasers(tree)
    if len(boxes) < _FRONT:
        return lines
    keys, last = _keys(boxes), len(lines)
    while last and (lines[last - 1] == title or len(lines[last - 1].split()) < 8 or _key(lines[last - 1].lstrip("-•* ")) in keys):
        last -= 1
    own = sum(len(line.split()) for line in lines[:last] if line != title)
    if own < _OWN or sum(_key(line.lstrip("-•* ")) in keys for line in lines[last:]) < _FRONT:
        return lines
    while last < len(lines) and _key(lines[last].lstrip("-•* ")) not in keys:
        last += 1  # short lines of its own
    return lines[:last]


def _headings(tree: Any) -> list[str]:
    return [_text(h) for h in tree.xpath("//title | //h1")[:4]]


def _is_search(url: str | None) -> bool:
    if not url:
        return False
    parts = urlsplit(url)
    return bool(re.search(r"(?:^|/)search(?:/|$|\.)", parts.path, re.I) or parse_qs(parts.query).keys() & {"q", "s", "query"})


def _teasers(tree: Any) -> list[Any]:
    """Boxes that hold a headline which leads to another page, and little else; an article within another page's list is one."""
    boxes: dict[Any, Any] = {}
    counted: dict[Any, int] = {}  # words of a box, which many links may stand in

    def words_of(element: Any) -> int:
        if element not in counted:
            counted[element] = len(_text(element).split())
        return counted[element]

    for link in tree.xpath("//body//a[@href]"):
        own = len(_text(link).split())
        if link.get("href").startswith("#") or own < 3:
            continue
        block = _block(link)
        if block is None or (block.tag in ("p", "div", "span") and words_of(block) != own):
            continue  # a link within a sentence
        box = block
        while box is not None and box.tag not in ("article", "li", "section", "div", "tr"):
            box = box.getparent()
        if box is not None and box.getparent() is not None and words_of(box) < _TEASER:
            boxes.setdefault(box, link)
    of_kind: dict[tuple[Any, ...], list[Any]] = {}
    for box in boxes:
        of_kind.setdefault((box.getparent(), box.tag, box.get("class")), []).append(box)
    return [box for alike in of_kind.values() if len(alike) >= _FEW for box in alike]


def _block(link: Any) -> Any:
    """The block that a link stands in, a heading as a rule; or the link, where it holds one."""
    if link.find(".//h2") is not None or link.find(".//h3") is not None or link.find(".//h4") is not None:
        return link
    element = link.getparent()
    while element is not None and element.tag in ("b", "strong", "em", "i", "span", "font"):
        element = element.getparent()
    return element


def _keys(boxes: list[Any]) -> set[str]:
    return {_key(t) for box in boxes for t in (_text(e) for e in box.iter() if isinstance(e.tag, str)) if t} - {""}


def _linked(tree: Any) -> set[str]:
    """Keys of the texts of links; none where these are few."""
    found = {_key(_text(a)) for a in tree.xpath("//a[@href]") if len(_text(a).split()) > 2}
    return found if len(found) >= _FRONT else set()


def _share_of(lines: list[str], keys: set[str], title: str | None) -> float:
    """Share of the words of a text that stand in lines with one of some keys, or that several of them make up."""
    if not keys:
        return 0.0
    all_of_them = within = 0
    for line in lines:
        if line == title:
            continue
        words, key = len(line.split()), _key(line.lstrip("-•* "))
        all_of_them += words
        if key in keys:
            within += words
        elif words > _TEASER:  # a list in one line
            inner = [k for k in keys if k in key]
            within += words if len(inner) >= _FRONT and sum(map(len, inner)) >= _MOST * len(key) else 0
    return within / all_of_them if all_of_them else 0.0


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _key(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
