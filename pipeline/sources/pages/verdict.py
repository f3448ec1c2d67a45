"""Whether a page is an article: section fronts, search results, walls of cookies and robots, and pages that are gone are none."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from .structured import Structured

_BRIEF = 150  # words; a longer text is not judged by what it says
_CLIP = 30  # words of a text beside a film
_REST = 4  # words that may stand behind *Page not found*
_FRONT = 5  # teasers of a section front
_MOST = 0.6  # share of a text that is teasers or links, from which the page is a list of them
_GONE = re.compile(
    r"\W*(?:(?:error|http)\W*)?(?:404|410)\b(?=\W*$|\s*[|–—:-]|\W*(?:error|not|page|file)\b)|"
    r"\W*(?:oops\W*|sorry\W*|whoops\W*|error\W*)*(?:(?:this|the|that) )?(?:page|article|story|content|url|link|file)"
    r"(?: (?:you(?:’|'| a)?re looking for|requested|you requested))?"
    r" (?:(?:was |is |could |can )?(?:not|n['’]t|cannot|no longer) (?:be )?(?:found|available|exists?)|(?:does|has) not exist|"
    r"doesn['’]t exist|can['’]t be found|cannot be found|unavailable|removed|has (?:moved|expired|been removed)|is missing)|"
    r"\W*(?:not found|nothing found|page missing)\W*$",
    re.IGNORECASE,
)
_GONE_SAID = re.compile(
    r"(?:page|article|story|content|link)\b.{0,60}\b(?:could not|cannot|can['’]t|couldn['’]t) be found|"
    r"(?:page|article|story) (?:you(?:’re|'re| are) looking for|you requested)|"
    r"(?:page|article|story|content) (?:is )?(?:no longer (?:exists|available)|has (?:been removed|expired))",
    re.IGNORECASE,
)
_WALL = re.compile(
    r"\W*(?:just a moment|access (?:to this page (?:has been )?)?denied|attention required|are you (?:a robot|human)|"
    r"(?:please )?verify (?:that )?you are (?:a )?human|human verification|security check|checking your browser|one more step|"
    r"bot (?:detection|verification)|pardon our interruption|before you continue|forbidden|403 forbidden|"
    r"(?:we value your|your) privacy(?: choices)?|cookie (?:consent|settings|policy|preferences)|we use cookies|privacy settings|"
    r"service unavailable|too many requests|(?:please )?enable (?:javascript|cookies))\b.{0,40}",
    re.IGNORECASE,
)
_WALL_SAID = re.compile(
    r"\bcookies?\b|\bconsent\b|third[- ]party (?:vendors|partners)|\bpersonal data\b|enable javascript|"
    r"javascript is (?:disabled|required)|"
    r"not a robot|you are (?:a )?human|unusual (?:traffic|activity)|automated (?:access|requests|traffic)|\bcaptcha\b|"
    r"security (?:check|service)|your (?:browser|ip address|network)|checking (?:if|your)|ray id|reference (?:id|#)|"
    r"permission to (?:access|view)|access (?:to this (?:page|site)|denied)|ad ?block",
    re.IGNORECASE,
)
_RESULTS = re.compile(
    r"\W*(?:(?:your |you )?search(?:ed)? results?\b|\d[\d,.]* results? (?:for|found)\b|results for\b|no results (?:for|found)\b)",
    re.I,
)
_SEARCH = re.compile(r"\W*(?:you )?search(?:ed)?\b", re.IGNORECASE)  # as a skipper may be searched for: the address has to agree
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")


def no_article(lines: list[str], title: str | None, tree: Any, told: Structured, url: str | None) -> str | None:
    """Why a page is no article, in words for its reject; None: it is one, as far as can be told.

    Args:
        lines: its text as extracted, by paragraph.
        title: its title.
        tree: the page, as lxml has it.
        told: what it tells for machines.
        url: its address.
    """
    text = " ".join(line for line in lines if line != title)
    count, headings = len(text.split()), [h for h in (title, *_headings(tree)) if h]
    kind = (tree.xpath("string(//meta[@property='og:type']/@content)") or "").strip().lower()
    if kind.startswith("video") and count < _CLIP and not told.articles:
        return f"a film with {count} words beside it"
    if count < _BRIEF:
        if any(_is_gone(h) for h in headings) or (_share(_GONE_SAID, text) >= 0.5 and not told.articles):
            return "a page that says that there is none"
        walled = _share(_WALL_SAID, text)
        if walled >= 0.7 or (walled >= 0.3 and any(_WALL.fullmatch(h) for h in headings)):
            return "a wall of consent, or against robots, in place of a page"
    if told.articles and not told.is_list:
        return None
    if kind != "article" and any(_RESULTS.match(h) or (_SEARCH.match(h) and _is_search(url)) for h in headings):
        return "results of a search"
    if kind == "article" and not told.is_list:
        return None
    if told.is_list or _share_of(lines, _teasers(tree), title) >= _MOST:
        return "a list of articles"
    if _share_of(lines, _linked(tree), title) >= _MOST:
        return "a list of links"
    return None


def _is_gone(heading: str) -> bool:
    """Whether a heading says that there is no page, and little else: a site's name, say."""
    m = _GONE.match(heading)
    return m is not None and len(heading[m.end() :].split()) <= _REST


def _headings(tree: Any) -> list[str]:
    return [_text(h) for h in tree.xpath("//title | //h1")[:4]]


def _share(said: re.Pattern[str], text: str) -> float:
    """Share of the sentences of a text that say something."""
    sentences = [s for s in _SENTENCE.findall(text) if len(s.split()) > 2]
    return sum(said.search(s) is not None for s in sentences) / len(sentences) if sentences else 0.0


def _is_search(url: str | None) -> bool:
    if not url:
        return False
    parts = urlsplit(url)
    return bool(re.search(r"(?:^|/)search(?:/|$|\.)", parts.path, re.I) or parse_qs(parts.query).keys() & {"q", "s", "query"})


def _teasers(tree: Any) -> set[str]:
    """Keys of the texts of teasers: boxes of a heading that leads to another page, and little else; none where these are few."""
    boxes = {}
    for link in tree.xpath("//h2//a[@href] | //h3//a[@href] | //h4//a[@href] | //a[@href][.//h2 or .//h3 or .//h4]"):
        if link.get("href").startswith("#"):
            continue
        box = link
        while box is not None and box.tag not in ("article", "li", "section", "div"):
            box = box.getparent()
        if box is not None and box.getparent() is not None and len(_text(box).split()) < _BRIEF:
            boxes[box] = link
    if len(boxes) < _FRONT:
        return set()
    return {_key(t) for box in boxes for t in (_text(e) for e in box.iter() if isinstance(e.tag, str)) if t} - {""}


def _linked(tree: Any) -> set[str]:
    """Keys of the texts of links; none where these are few."""
    found = {_key(_text(a)) for a in tree.xpath("//a[@href]") if len(_text(a).split()) > 2}
    return found if len(found) >= _FRONT else set()


def _share_of(lines: list[str], keys: set[str], title: str | None) -> float:
    """Share of the words of a text that stand in lines with one of some keys."""
    counted = [(len(line.split()), _key(line.lstrip("-•* "))) for line in lines if line != title]
    words = sum(n for n, _ in counted)
    return sum(n for n, key in counted if key in keys) / words if words and keys else 0.0


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _key(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
