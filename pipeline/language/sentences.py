"""Sentence and clause spans of a paragraph, by characters: where a figure's context begins and ends."""

from __future__ import annotations

import re

from .chars import Chars
from .lexicon import ABBREVIATIONS

_END = re.compile(r"[.!?…][\"'”’»)\]]*(?=\s+[^\sa-z,;])")
_NOT_END = re.compile(
    rf"(?:\b(?:{ABBREVIATIONS}|No|Nos|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec|vs|approx|est|[A-Z])|\b[A-Za-z]\.[A-Za-z])\.$"
)
_CLAUSE = re.compile(
    r";|[:—–]\s|,? (?:while|whereas|but|although|though)\b|, (?:and|with|which|who|when|after|before|as"
    r"|where)\b|, (?=(?:leav|kill|forc|bring|injur|wound|destroy|displac|trapp|damag|strand)ing\b)|\bcompared (?:to|with)\b"
)


def sentence_spans(text: str, start: int, end: int) -> list[Chars]:
    """Return the spans of the sentences of ``text[start:end]``, white space between them left out."""
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
    lo, hi = sentence
    for m in _CLAUSE.finditer(text, *sentence):
        if m.end() <= position:
            lo = m.end()
        elif m.start() > position:
            hi = m.start()
            break
    return lo, hi
