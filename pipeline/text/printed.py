"""How words stand in print: within quotation marks or without, in the spans that rows have."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Literal

from .chars import Chars
from .marks import Quoted, ink

_DIRECT = 0.8  # share of non-space characters within quotation marks, marks included


def without_marks(text: str, span: Chars, quoted: Sequence[Quoted]) -> Chars:
    """The span without white space and without the quotation marks that enclose the whole of it."""
    lo, hi = _strip(text, *span)
    for q in sharing(quoted, lo, hi):
        if q.start == lo and q.end == hi:
            return _strip(text, q.inner_start, q.inner_end)
    return lo, hi


def sharing(quoted: Sequence[Quoted], lo: int, hi: int) -> Sequence[Quoted]:
    """Those of the quotations that share a character with a stretch; they are in text order and do not overlap."""
    return quoted[bisect_right(quoted, lo, key=lambda q: q.end) : bisect_left(quoted, hi, key=lambda q: q.start)]


def verbatim(text: str, content: Sequence[Chars], quoted: Sequence[Quoted]) -> list[Chars]:
    """The parts of the content that stand between quotation marks."""
    out = []
    for lo, hi in content:
        for q in sharing(quoted, lo, hi):
            s, e = _strip(text, max(q.inner_start, lo), min(q.inner_end, hi))
            if s < e:
                out.append((s, e))
    return out


def type_of(text: str, content: Sequence[Chars], quoted: Sequence[Quoted]) -> Literal["direct", "mixed", "indirect"]:
    """How the content is told, by how much of it stands within quotation marks."""
    total = sum(ink(text, lo, hi) for lo, hi in content)
    inside = sum(ink(text, max(lo, q.start), min(hi, q.end)) for lo, hi in content for q in sharing(quoted, lo, hi))
    return "direct" if total and inside >= _DIRECT * total else "mixed" if inside else "indirect"


def _strip(text: str, lo: int, hi: int) -> Chars:
    while lo < hi and text[lo].isspace():
        lo += 1
    while hi > lo and text[hi - 1].isspace():
        hi -= 1
    return lo, hi
