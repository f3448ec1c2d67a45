"""Quotation marks: which stretches of a paragraph are printed as somebody's words.

Every style of the English press is read (“ ” ‘ ’ " ' « » „ “ `` '' and mixtures of them), whether or not
the marks balance. Apostrophes, possessives, elisions (’em, ’90s), feet and inches are not quotation marks.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from .cue_lexicon import VERB_FORMS

_MARK = re.compile(r"``|''|[“”„‟«»\"‘’‚‛'`]")
_DOUBLE_OPEN = {"“", "„", "‟", "«", "``"}
_DOUBLE_CLOSE = {"”", "»", "''"}
_BEFORE_OPENING = frozenset(" \t\n\r\xa0\u2009\u202f([{<—–-―/:;“‘\"'„«…")
_AFTER_CLOSING = frozenset(" \t\n\r\xa0\u2009\u202f)]}>—–-―/.,:;!?…”’\"'»“")
_ELISION = re.compile(r"(?:em|til|tis|twas|cause|bout|round|n|nother|kay|fraid|\d0s|\d\d)\b", re.IGNORECASE)
_FEET = re.compile(r"(?:\d|[¼½¾])$")


@dataclass(frozen=True)
class Quoted:
    """A quoted stretch, offsets into the text that was scanned.

    ``start``/``end`` include the marks, ``inner_start``/``inner_end`` do not. ``opened`` and ``closed`` say
    whether the mark is printed there: a quotation over several paragraphs closes in the last one only.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    opened: bool
    closed: bool
    depth: int = 1  # 2 and more: a quotation within a quotation


def ink(text: str, lo: int, hi: int) -> int:
    """Number of characters of ``text[lo:hi]`` that are no white space."""
    return sum(map(len, text[lo:hi].split())) if lo < hi else 0


def find_quoted(text: str, start: int = 0, end: int | None = None) -> list[Quoted]:
    """Return the outermost quoted stretches of the paragraph ``text[start:end]``, in text order; see :func:`find_marks`."""
    return [q for q in find_marks(text, start, end) if q.depth == 1]


@functools.lru_cache(maxsize=1 << 12)  # windows, attributions and rows ask for the same paragraphs
def find_marks(text: str, start: int = 0, end: int | None = None) -> tuple[Quoted, ...]:
    """Return the quoted stretches of the paragraph ``text[start:end]``, those within others too, in text order.

    A mark that is never closed quotes to the end of the paragraph. A closing mark that nothing opened
    quotes from the start of its sentence, so that no speech is lost where the press forgot a mark.
    """
    end = len(text) if end is None else end
    marks = _classify(text, start, end)
    found: list[Quoted] = []
    stack: list[_Mark] = []
    floor = start  # nothing may be quoted twice
    for i, mark in enumerate(marks):
        if mark.role == "open":
            if stack and mark.double and stack[-1].double and not _closes_twice(marks, i):
                # the earlier mark was never closed: it quotes up to here at most
                first = stack[0]
                stop = _before_attribution(text, first.end, _strip_back(text, first.end, mark.start))
                if len(stack) == 1 and stop > first.end:
                    found.append(Quoted(first.start, stop, first.end, stop, True, False))
                    floor = stop
                stack.clear()
            stack.append(mark)
        elif stack:
            level = next((k for k in range(len(stack) - 1, -1, -1) if stack[k].double == mark.double), None)
            if level is None:
                continue
            del stack[level + 1 :]
            opener = stack.pop()
            found.append(Quoted(opener.start, mark.end, opener.end, mark.start, True, True, len(stack) + 1))
            if not stack:
                floor = mark.end
        elif mark.double and mark.orphan_closer:
            begin = _sentence_start(text, floor, mark.start)
            if begin < mark.start:
                found.append(Quoted(begin, mark.end, begin, mark.start, False, True))
                floor = mark.end
    if stack and stack[0].end < end:
        stop = _strip_back(text, stack[0].end, end)
        if stop > stack[0].end:
            found.append(Quoted(stack[0].start, stop, stack[0].end, stop, True, False))
    outer = [q for q in found if q.depth == 1]
    within = [q for q in found if q.depth > 1 and any(o.start <= q.start and q.end <= o.end for o in outer)]
    worded = (q for q in outer + within if text[q.inner_start : q.inner_end].strip())
    return tuple(sorted(worded, key=lambda q: (q.start, q.depth)))


@dataclass
class _Mark:
    start: int
    end: int
    double: bool
    role: str  # open or close
    orphan_closer: bool = False


def _classify(text: str, start: int, end: int) -> list[_Mark]:
    marks: list[_Mark] = []
    open_double = 0
    single_open = False
    for m in _MARK.finditer(text, start, end):
        ch, i, j = m.group(), m.start(), m.end()
        before = text[i - 1] if i > start else " "
        after = text[j] if j < end else " "
        can_open = before in _BEFORE_OPENING and not after.isspace()
        can_close = not before.isspace() and i > start and (after in _AFTER_CLOSING)
        if ch in _DOUBLE_OPEN or ch in _DOUBLE_CLOSE or ch == '"':
            role = _double_role(ch, before, can_open, can_close, open_double > 0)
            if role == "none":
                continue
            open_double = open_double + 1 if role == "open" else max(open_double - 1, 0)
            marks.append(_Mark(i, j, True, role, role == "close" and before in ".,!?…—" and can_close))
        elif single_open:
            if can_close and ch not in "‘‚‛`" and not _is_possessive(text, i, j, end):
                single_open = False
                marks.append(_Mark(i, j, False, "close"))
        elif ch in "‘‚‛`'" and can_open and not _ELISION.match(text, j) and _has_single_close(text, j, end):
            single_open = True
            marks.append(_Mark(i, j, False, "open"))
        elif ch in "‘'" and i == start and can_open and not _ELISION.match(text, j):
            marks.append(_Mark(i, j, False, "open"))  # the paragraph opens with it and the next goes on
            single_open = True
    return marks


def _double_role(ch: str, before: str, can_open: bool, can_close: bool, inside: bool) -> str:
    if ch == '"' and not inside and _FEET.search(before):
        return "none"  # inches
    if ch in ("“", "‟", "«") and inside and can_close and not can_open:
        return "close"  # „German“ or a slip of the pen
    if ch in _DOUBLE_OPEN:
        return "open"
    if ch == '"' or ch == "''":
        if inside:
            return "open" if can_open and not can_close else "close"
        return "open" if can_open else "close" if can_close else "open" if before.isspace() else "close"
    if not inside and can_open and not can_close:
        return "open"  # ” or » used as an opening mark
    return "close"


def _is_possessive(text: str, i: int, j: int, end: int) -> bool:
    """Whether the single mark at i is *workers’ rights* or *mornin’* inside a quotation that closes further on."""
    if not (text[i - 1] in "sSzx" or text[i - 2 : i] == "in") or not text[j : j + 2].strip() or not text[j : j + 1].isspace():
        return False
    later = re.compile(r"[.,!?…][’'](?=\W|$)|[‘“\"]|\s'").search(text, j, end)
    return later is not None and later.group()[0] in ".,!?…"


def _has_single_close(text: str, j: int, end: int) -> bool:
    return re.compile(r"(?<=[^\s])['’](?![^\W_])").search(text, j + 1, end) is not None


def _closes_twice(marks: list[_Mark], i: int) -> bool:
    """Whether the marks from i on close both a quotation opened at i and the one around it."""
    depth = 0
    for m in marks[i:]:
        if m.double:
            depth += 1 if m.role == "open" else -1
            if depth < 0:
                return True
    return False


def _strip_back(text: str, lo: int, hi: int) -> int:
    while hi > lo and text[hi - 1].isspace():
        hi -= 1
    return hi


_SPOKEN = "|".join(sorted(form for form, entry in VERB_FORMS.items() if entry.act == "speech"))
_ATTRIBUTION = re.compile(rf",(?= (?:[\w.’'-]+ ){{1,5}}(?:{_SPOKEN})\b[^,.]{{0,40}}\.$)")


def _before_attribution(text: str, lo: int, hi: int) -> int:
    """Where a quotation without a closing mark ends if its sentence ends as *..., Veld said.*"""
    m = _ATTRIBUTION.search(text, lo, hi)
    return m.end() if m else hi


_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]*\s+(?=[^\sa-z])")


def _sentence_start(text: str, lo: int, hi: int) -> int:
    for m in _SENTENCE_END.finditer(text, lo, hi):
        lo = m.end()
    while lo < hi and text[lo].isspace():
        lo += 1
    return lo
