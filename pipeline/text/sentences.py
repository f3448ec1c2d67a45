"""Sentence and clause spans of a paragraph, by characters: where a figure's context begins and ends."""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Iterator

from ..lexicon.words import ABBREVIATIONS
from .chars import Chars

_END = re.compile(r"[.!?…][\"'”’»)\]]*(?=\s+[^\sa-z,;])")
_NOT_END = re.compile(
    rf"(?:\b(?:{ABBREVIATIONS}|No|Nos|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec|vs|approx|est|[A-Z])|\b[A-Za-z]\.[A-Za-z])\.$"
)
_CLAUSE = re.compile(
    r";|[:—–]\s|,? (?:while|whereas|but|although|though)\b|, (?:and|with|which|who|when|after|before|as"
    r"|where)\b|, (?=(?:leav|kill|forc|bring|injur|wound|destroy|displac|trapp|damag|strand)ing\b)|\bcompared (?:to|with)\b"
)

_LONGEST = 2000  # characters of a sentence; the longest of 57,000 in the news has 1,223, and what is done to one may be quadratic


def sentence_spans(text: str, start: int, end: int) -> list[Chars]:
    """Return the spans of the sentences of ``text[start:end]``, white space between them left out.

    What has no end for a long time (a table, a list of names) is cut between two words.
    """
    return [part for span in _sentences(text, start, end) for part in _cut(text, *span)]


def _sentences(text: str, start: int, end: int) -> list[Chars]:
    spans = []
    lo = start
    for m in _END.finditer(text, start, end):
        if text[m.start()] == "." and _NOT_END.search(text, max(start, m.start() - 8), m.start() + 1):
            continue
        spans.append((lo, m.end()))
        lo = m.end()
        while lo < end and text[lo].isspace():
            lo += 1
    if lo < end:
        spans.append((lo, end))
    return spans


def clause_span(text: str, sentence: Chars, position: int) -> Chars:
    """Return the span of the clause of a sentence that holds ``position``: cut at conjunctions and semicolons."""
    parted = _parted(text, sentence)
    k = bisect_right(parted, position, key=lambda span: span[1])
    lo = parted[k - 1][1] if k else sentence[0]
    hi = next((s for s, _ in parted[k : k + 2] if s > position), sentence[1])
    return lo, hi


@functools.lru_cache(maxsize=64)  # each figure of a sentence asks
def _parted(text: str, sentence: Chars) -> list[Chars]:
    """What parts the clauses of a sentence."""
    return [m.span() for m in _CLAUSE.finditer(text, *sentence)]


def _cut(text: str, lo: int, hi: int) -> Iterator[Chars]:
    """The sentence, in parts where it is too long."""
    while hi - lo > _LONGEST:
        end = next((at for at in range(lo + _LONGEST, lo + _LONGEST // 2, -1) if text[at].isspace()), lo + _LONGEST)
        yield lo, end
        lo = end
        while lo < hi and text[lo].isspace():
            lo += 1
    if lo < hi:
        yield lo, hi
