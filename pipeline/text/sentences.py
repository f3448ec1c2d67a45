"""Where sentences begin and end, and clauses within them: the one splitter that every rule asks.

A full stop behind an abbreviation ends a sentence or does not; the abbreviation tells (*Mr.*), or what follows (*in the U.S.
The*, *the U.S. president*). The cases are in tests/language/test_sentences.py.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Iterator

from ..lexicon.abbreviations import (
    AFTER_TIMES,
    ANYWHERE,
    BEFORE_NAMES,
    BEFORE_NUMBERS,
    EXCLAIMED,
    OPENERS,
    STATES,
    WITHIN,
)
from ..lexicon.cues import speaks
from ..lexicon.forms import parts_of_speech
from ..lexicon.given_names import hinted_gender
from ..lexicon.nouns import is_person_noun
from ..lexicon.tables import words
from ..lexicon.words import FINITE
from .chars import Chars

_STOP = re.compile(
    r"(?P<stop>[.!?…](?<![.!?…][.!?…])(?<![.!?…]\s[.!?…])[.!?…]*+(?:\s[.…]++)*+)(?P<closing>[\"'”’»)\]]*+)(?=\s++(?P<mark>[“‘\"'«„(\[]*+)(?P<next>\S))"
)
_OPENING = re.compile(r"[“‘\"'«„(\[]*\Z")
_WORD = re.compile(r"[^\W_]+")
_LETTERS = re.compile(r"(?:[A-Za-z]{1,2}\.)+[A-Za-z]{1,2}")  # U.S, D.C, Ph.D
_TIME = re.compile(r"[ap]\.?m", re.IGNORECASE)
_ZONE = re.compile(r"[A-Z]\.(?:[A-Z]\.)?T\.")  # E.S.T.
_PARTICIPLE = re.compile(  # the U.S. Reacting to the vote, he ...
    r"[A-Z][a-z]+ing (?:a|about|after|an|as|at|before|by|during|for|from|her|his|in|its|of|on|that|the|their|to|with)\b"
)
_COUNTED = re.compile(  # law no. 5, not: the answer was no. 5 people left
    r"\b(?:act|bill|bulletin|case|cell|circular|clause|constituency|contract|decision|decree|directive|district|edict|exhibit|"
    r"file|flight|form|gate|highway|house|item|judgment|law|licence|license|line|lot|notice|order|page|petition|plot|regulation|"
    r"resolution|room|route|rule|section|shop|statute|unit|ward) no\Z"
)
_NUMERAL = re.compile(r"\d{1,3}|[A-Za-z]|[ivxIVX]{1,5}")
_NAME_DOES = re.compile(r"(?:[^\W\d_a-z][\w.’'-]* ){1,4}([a-z]+)\b")  # "Why?" Ann Veld asked
_WHOLE_NAME = re.compile(r"[^\W\d_a-z][\w’'-]* ([^\W\d_a-z][\w’'-]*)")
_LEGAL = words("legal_form")
_CLAUSE = re.compile(
    r";|[:—–]\s|,? (?:while|whereas|but|although|though)\b|, (?:and|with|which|who|when|after|before|as"
    r"|where)\b|, (?=(?:leav|kill|forc|bring|injur|wound|destroy|displac|trapp|damag|strand)ing\b)|\bcompared (?:to|with)\b"
)

_ABBREVIATED = ANYWHERE | BEFORE_NAMES | BEFORE_NUMBERS | STATES | WITHIN
_LONGEST = 2000  # characters of a sentence; the longest of 57,000 in the news has 1,223, and what is done to one may be quadratic
_ABBREVIATION = 16  # characters of the longest


def sentence_spans(text: str, start: int, end: int) -> list[Chars]:
    """Return the spans of the sentences of ``text[start:end]``, white space between them left out.

    What has no end for a long time (a table, a list of names) is cut between two words.
    """
    spans = _sentences(text, start, end)
    if all(hi - lo <= _LONGEST for lo, hi in spans):
        return spans
    return [part for span in spans for part in _cut(text, *span)]


def _sentences(text: str, start: int, end: int) -> list[Chars]:
    spans = []
    lo = start
    for m in _STOP.finditer(text, start, end):
        if _goes_on(text, lo, end, m):
            continue
        spans.append((lo, m.end()))
        lo = m.end()
        while lo < end and text[lo].isspace():
            lo += 1
    if lo < end:
        spans.append((lo, end))
    return spans


def _goes_on(text: str, lo: int, end: int, m: re.Match[str]) -> bool:
    """Whether a sentence that begins at ``lo`` goes on behind a stop."""
    at = m.start("next")
    following = text[at]
    if not m["mark"] and (following in ",;.!?…" or (following.islower() and not text[at + 1 : at + 2].isupper())):
        return True  # an iPhone begins one
    if m["stop"] == ".":
        quoted = any(c in "\"'”’»" for c in m["closing"])
        return not quoted and _is_abbreviation(text, lo, m.start(), end, m)
    if "…" in m["stop"] or "." in m["stop"]:
        return False
    if m["closing"]:
        return not m["mark"] and _name_speaks(text, at, end)
    return _word_before(text, lo, m.start())[0] in EXCLAIMED and not _opens(text, at, end)


def abbreviated(text: str, lo: int, stop: int) -> bool:
    """Whether the word before a full stop is one that is printed with it: *Bo Rees Jr.*, *Tarn Inc.*, *the U.S.*, *J. P.*"""
    word, _ = _word_before(text, lo, stop)
    return word in _ABBREVIATED or _LETTERS.fullmatch(word) is not None or (len(word) == 1 and word.isupper())


def _is_abbreviation(text: str, lo: int, stop: int, end: int, m: re.Match[str]) -> bool:
    """Whether the full stop at ``stop`` belongs to its word alone."""
    at, quotes = m.start("next"), m["mark"].strip("([") != ""
    word, begin = _word_before(text, lo, stop)
    if not word:
        return False
    if _OPENING.match(text, lo, begin) and _NUMERAL.fullmatch(word):
        return True  # 1. The council
    if _TIME.fullmatch(word):
        return _word_at(text, at, end).lower() in AFTER_TIMES or _ZONE.match(text, at, end) is not None
    own = word in ANYWHERE or text[max(lo, begin - 4) : begin].lower() == "the "  # no initials of somebody: sold by Tarn Inc. Ann
    number, opens = text[at].isdigit(), _opens(text, at, end) or _another_speaks(text, lo, begin, at, end, own)
    if word in WITHIN or (number and (word in BEFORE_NUMBERS or _COUNTED.search(text, max(lo, begin - _ABBREVIATION), stop))):
        return True
    if word in STATES and text[max(lo, begin - 2) : begin] == ", ":
        return not opens and not quotes
    if word in ANYWHERE or (_LETTERS.fullmatch(word) and word not in BEFORE_NAMES):
        return not opens and not quotes
    if word in BEFORE_NAMES:
        return True
    if len(word) == 1 and word.isupper():  # an initial, but in *so did I*
        return not opens and not (word == "I" and text[max(lo, begin - 2) : begin - 1].islower())
    return False


def _name_speaks(text: str, at: int, end: int) -> bool:
    """Whether a name and a verb of speech stand at a position: *"Why?" Ann Veld asked*."""
    m = _NAME_DOES.match(text, at, min(end, at + 80))
    return m is not None and speaks(m.group(1))


def _another_speaks(text: str, lo: int, begin: int, at: int, end: int, named: bool) -> bool:
    """Whether a role with a name, or a whole name where one may stand, and a verb of speech stand at a position, behind a clause
    that has its verb: *said Bo Rees Jr. Nurse Ada Lind said*, not *On Monday Tarn Inc. Chairman Ada Lind said*.
    """
    first = _word_at(text, at, end)
    name = _WHOLE_NAME.match(text, at, end) if named else None
    firm = text[begin : text.find(".", begin)].lower() in _LEGAL and name is not None and not is_person_noun(name[1].lower())
    whole = name is not None and (firm or hinted_gender(first) is not None)
    if not (whole or is_person_noun(first.lower())) or not _name_speaks(text, at, end):
        return False
    clause = _WORD.findall(text, max(lo, text.rfind(",", lo, begin)), begin)
    return any(w in FINITE or speaks(w) or (firm and w.islower() and "VERB" in parts_of_speech(w)) for w in clause)


def _word_before(text: str, lo: int, stop: int) -> tuple[str, int]:
    """The word that ends at a stop, with stops within it, and where it begins; empty if it is longer than any abbreviation."""
    at = stop
    while at > lo and (text[at - 1].isalnum() or text[at - 1] in ".&"):
        at -= 1
        if stop - at > _ABBREVIATION:
            return "", stop
    return text[at:stop], at


def _word_at(text: str, at: int, end: int) -> str:
    m = _WORD.match(text, at, end)
    return m.group() if m is not None and text[m.end() : m.end() + 1] != "-" else ""


def _opens(text: str, at: int, end: int) -> bool:
    """Whether a word has its capital because it begins a sentence."""
    word = _word_at(text, at, end)
    opener = word.lower() in OPENERS or _PARTICIPLE.match(text, at, end) is not None
    return word[:1].isupper() and (len(word) == 1 or not word.isupper()) and opener


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
