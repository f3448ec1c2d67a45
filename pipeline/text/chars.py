"""Spans of characters: half-open, and sets of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

Chars = tuple[int, int]


def overlaps(a: Chars, b: Chars) -> bool:
    """Whether two spans share a character."""
    return a[0] < b[1] and b[0] < a[1]


def stands_in(spans: Sequence[Chars], at: int) -> bool:
    """Whether a character stands in one of the spans, which are in text order."""
    k = bisect_left(spans, (at + 1, 0)) - 1
    return k >= 0 and at < spans[k][1]


def joined(spans: Sequence[Chars]) -> list[Chars]:
    """The same characters as spans that neither touch nor overlap, in text order."""
    out: list[Chars] = []
    for s, e in sorted(spans):
        if out and s <= out[-1][1]:
            out[-1] = out[-1][0], max(out[-1][1], e)
        else:
            out.append((s, e))
    return out


def without(spans: Sequence[Chars], hole: Chars) -> list[Chars]:
    """The spans but for the characters of a hole."""
    return [p for s, e in spans for p in ((s, min(e, hole[0])), (max(s, hole[1]), e)) if p[0] < p[1]]


def without_all(spans: list[Chars], holes: Sequence[Chars]) -> list[Chars]:
    """The spans but for the characters of all holes."""
    for hole in holes:
        spans = without(spans, hole)
    return spans


def common_chars(a: Sequence[Chars], b: Sequence[Chars]) -> int:
    """Number of characters that two sets of spans share."""
    if len(a) == len(b) == 1:
        return max(0, min(a[0][1], b[0][1]) - max(a[0][0], b[0][0]))
    return sum(max(0, min(e, y) - max(s, x)) for s, e in a for x, y in b)


def count_chars(spans: Sequence[Chars]) -> int:
    """Number of characters of spans that do not overlap."""
    return sum(e - s for s, e in spans)


def whole_words(text: str, span: Chars) -> Chars:
    """The span widened to whole words."""
    lo, hi = span
    while 0 < lo < len(text) and text[lo - 1].isalnum() and text[lo].isalnum():
        lo -= 1
    while 0 < hi < len(text) and text[hi - 1].isalnum() and text[hi].isalnum():
        hi += 1
    if text[lo : lo + 2] == "s " and text[max(0, lo - 1) : lo] in ("'", "’") and text[max(0, lo - 2) : lo - 1].isalpha():
        lo = whole_words(text, (lo - 2, hi))[0]  # women's | organisations
    return lo, hi


def bare(text: str, span: Chars) -> Chars:
    """The span as whole words without the points around them; a point alone (a colon, a dash) stays."""
    lo, hi = whole_words(text, span)
    s, e = lo, hi
    while s < e and not text[s].isalnum():
        s += 1
    while e > s and not text[e - 1].isalnum():
        e -= 1
    return (s, e) if s < e else (lo, hi)
