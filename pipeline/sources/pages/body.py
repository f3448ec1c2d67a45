"""The whole body of an article: where the library found less of it than the page holds, what is missing is put back."""

from __future__ import annotations

import html
import re
from collections import Counter
from typing import Any

from .blocks import lead_of
from .structured import Structured

_MORE = 1.1  # times as many words, from which a text is fuller than another
_OVERLAP = 0.5  # share of paragraphs that two texts of one article have in common
_SHORT = 8  # words of the shortest paragraph that two texts are compared by
_ALIKE = 5  # paragraphs of a class of their own by which others of that class are told
_ENDS = re.compile(r"[.!?…][\"')’”»]*$")
_TAG = re.compile(r"<(/?)(p|br|div|h[1-6]|li|blockquote)\b[^>]*>", re.IGNORECASE)
_ANY_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_ASIDE = "ancestor::nav or ancestor::footer or ancestor::aside or ancestor::header or ancestor::form or ancestor::figure"


def completed(lines: list[str], tree: Any, told: Structured) -> list[str]:
    """The paragraphs of an article.

    Args:
        lines: those that were extracted.
        tree: the page, as lxml has it, prepared.
        told: what it tells for machines.
    """
    lines = _with_others_like_it(lines, tree)
    for body in told.bodies():
        fuller = _paragraphs(body)
        if _words(fuller) > _MORE * _words(lines) and _same_article(lines, fuller):
            lines = fuller
            break
    lead = lead_of(tree)
    if lead is not None and _key(lead) not in _key(" ".join(lines)):
        at = 1 if lines and any(_key(lines[0]) == _key(_text(h)) for h in tree.xpath("//h1")[:2]) else 0
        lines = [*lines[:at], lead, *lines[at:]]
    return lines


def _with_others_like_it(lines: list[str], tree: Any) -> list[str]:
    """With the paragraphs of further containers of the same kind as that which held most of the lines."""
    places = {key: n for n, line in enumerate(lines) if (key := _key(line))}
    found = [p for p in tree.xpath(f"//body//p[not({_ASIDE})]") if len((_text(p)).split()) >= _SHORT]
    missing = {p for p in found if _key(_text(p)) not in places}
    if not missing:
        return lines
    holders = Counter(_kind(p.getparent()) for p in found if p not in missing)
    kinds = {kind for kind, n in holders.items() if n >= 2 and kind[1]}
    of_class = Counter(_kind(p) for p in found if p not in missing)
    alike = {kind for kind, n in of_class.items() if n >= _ALIKE and kind[1]}
    missing = {p for p in missing if _kind(p.getparent()) in kinds or (_kind(p) in alike and _ENDS.search(_text(p)))}
    if not missing:
        return lines
    out, at = list(lines), -1  # behind the line that stands before it in the page
    added, seen = 0, set(places)
    for paragraph in found:
        key = _key(_text(paragraph))
        if key in places:
            at = places[key] + added
        elif at >= 0 and key not in seen and paragraph in missing and not _is_links(paragraph):
            at += 1
            added += 1
            seen.add(key)
            out.insert(at, _text(paragraph))
    return out


def _kind(element: Any) -> tuple[str, str]:
    return element.tag, " ".join(sorted((element.get("class") or "").split()))


def _is_links(paragraph: Any) -> bool:
    linked = sum(len(_text(a)) for a in paragraph.iter("a"))
    return linked > 0.5 * len(_text(paragraph))


def _paragraphs(body: str) -> list[str]:
    """The paragraphs of a text, which may be HTML."""
    body = html.unescape(body)
    body = _ANY_TAG.sub("", _TAG.sub("\n\n", body))
    return [" ".join(line.split()) for line in re.split(r"[\r\n]+", body) if line.strip()]


def _same_article(lines: list[str], fuller: list[str]) -> bool:
    whole = _key(" ".join(fuller))
    keys = [_key(line) for line in lines if len(line.split()) >= _SHORT]
    return bool(keys) and sum(key in whole for key in keys) >= _OVERLAP * len(keys)


def _words(lines: list[str]) -> int:
    return sum(len(line.split()) for line in lines)


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _key(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
