"""Quotation marks: which stretches of a paragraph are printed as somebody's words.

Every style of the English press is read (“ ” ‘ ’ " ' « » „ “ `` '' ‹ › ‹‹ ›› << >> 「 」 ´ and mixtures of them), whether or
not the marks balance. Apostrophes, possessives, elisions (’em, ’90s), feet and inches are not quotation marks.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from ..lexicon.rows import ScannerVerbRow
from ..lexicon.tables import table
from .chars import Chars
from .sentences import sentence_spans

_MARK = re.compile(r"``|''|‘‘|’’|´´|““|””|\"\"|‹‹|››|<<|>>|[“”„‟«»\"‘’‚‛'`´‹›「」『』❝❞＂]")
_DOUBLE_OPEN = {"“", "„", "‟", "«", "``", "‘‘", "““", "‹‹", "<<", "‹", "「", "『", "❝"}
_DOUBLE_CLOSE = {"”", "»", "''", "’’", "””", "››", ">>", "›", "」", "』", "❞"}
_EITHER = {'"', "＂", "´´", '""'}  # alike at both ends
_TWICE = {"““", "””", '""'}  # one mark where it opens, and two where a quotation within another closes with it
_POINTS = frozenset(".,;:!?")
_DOUBLE_MARKS = frozenset('“”„‟«»"')
_BEFORE_OPENING = frozenset(" \t\n\r\xa0\u2009\u202f([{<—–-―/:;“‘\"'„«…‹「『❝")
_AFTER_CLOSING = frozenset(" \t\n\r\xa0\u2009\u202f)]}>—–-―/.,:;!?…”’\"'»“›」』❞")
_SINGLE_CLOSE = re.compile(r"(?<=[^\s])['’´](?![^\W_])")
_TURN = re.compile(r"[.,!?…][’'](?=\W|$)|[‘“\"]|\s'")
_ELISION = re.compile(r"(?:em|til|tis|twas|cause|bout|round|n|nother|kay|fraid|\d0s|\d\d)\b", re.IGNORECASE)
_CAPITALISED = re.compile(r"[^\W\d_a-z]\w+")
_NEAR = 2000  # characters in which such a name stands again
_WORDS_WITHIN = 40  # characters of words that somebody marks as another's while speaking
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


def find_marks(text: str, start: int = 0, end: int | None = None) -> tuple[Quoted, ...]:
    """Return the quoted stretches of the paragraph ``text[start:end]``, those within others too, in text order.

    A mark that is never closed quotes to the end of the paragraph. A closing mark that nothing opened
    quotes from the start of its sentence, so that no speech is lost where the press forgot a mark.
    """
    end = len(text) if end is None else end
    marks = _classify(text, start, end)
    if not marks:
        return ()
    closed_twice = _closed_twice(marks)
    reopened = _REOPENED.match(text, end) is not None
    found: list[Quoted] = []
    stack: list[_Mark] = []
    floor = start  # nothing may be quoted twice
    sentences: list[Chars] = []
    for i, mark in enumerate(marks):
        if mark.role == "open":
            nested = i in closed_twice or (reopened and _is_word_within(text, marks, i))
            if stack and mark.double and stack[-1].double and not nested:
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
            sentences = sentences or sentence_spans(text, start, end)
            begin = sentences[bisect_right(sentences, mark.start, key=lambda s: s[0]) - 1][0]
            if begin < floor:  # behind a quotation within this one; never what reports the quotation before
                begin = mark.start if text[floor - 1] in _DOUBLE_MARKS else mark.start - len(text[floor : mark.start].lstrip())
            if begin < mark.start:
                found.append(Quoted(begin, mark.end, begin, mark.start, False, True))
                floor = mark.end
    if stack and stack[0].end < end:
        stop = _strip_back(text, stack[0].end, end)
        if not reopened:
            stop = _before_attribution(text, stack[0].end, stop)
        if stop > stack[0].end:
            found.append(Quoted(stack[0].start, stop, stack[0].end, stop, True, False))
    outer = [q for q in found if q.depth == 1]
    within = [q for q in found if q.depth > 1 and _holds(outer, q)]
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
    ahead = _Ahead(text, start, end)
    open_double = 0
    single_open = False
    for ch, i, j in _marks_in(text, start, end):
        before = text[i - 1] if i > start else " "
        after = text[j] if j < end else " "
        can_open = before in _BEFORE_OPENING and not after.isspace()
        can_close = not before.isspace() and i > start and (after in _AFTER_CLOSING)
        if ch in _DOUBLE_OPEN or ch in _DOUBLE_CLOSE or ch in _EITHER:
            role = _double_role(ch, before, can_open, can_close, open_double > 0, text[j : min(j + 2, end)])
            if role == "none":
                continue
            open_double = open_double + 1 if role == "open" else max(open_double - 1, 0)
            orphan = role == "close" and can_close and (before in ".,!?…—" or _SAID.match(text, j, end) is not None)
            marks.append(_Mark(i, j, True, role, orphan))
        elif single_open:
            if can_close and ch not in "‘‚‛`" and not _is_possessive(text, i, j, ahead):
                single_open = False
                marks.append(_Mark(i, j, False, "close"))
        elif ch == "‘" and can_open and after.isupper() and text[max(i - 2, start) : i] in (", ", ": ") and ahead.last_close < j:
            single_open = True  # Veld said, ‘We go: nothing closes it
            marks.append(_Mark(i, j, False, "open"))
        elif (
            ch == "'" and can_open and text[i - 2 : i] == ": " and ahead.last_close < j and _GOES_ON.match(text, end) is not None
        ):
            single_open = True  # Veld said: 'We go. ¶ 'We stay.'
            marks.append(_Mark(i, j, False, "open"))
        elif ch in "‘‚‛`'´" and can_open and not _ELISION.match(text, j) and ahead.last_close > j:
            single_open = True
            marks.append(_Mark(i, j, False, "open"))
        elif ch in "‘'" and i == start and can_open and not _ELISION.match(text, j) and not _is_letter(text, i, j):
            marks.append(_Mark(i, j, False, "open"))  # the paragraph opens with it and the next goes on
            single_open = True
    return marks


def _is_letter(text: str, i: int, j: int) -> bool:
    """Whether a mark is the first letter of a name, which has it in the midst of a sentence too: *a letter of ‘Enbaqo*."""
    name = _CAPITALISED.match(text, j)
    within = re.compile(rf"[a-z] {re.escape(text[i : name.end()])}\b") if name is not None else None
    return within is not None and within.search(text, max(0, i - _NEAR), j + _NEAR) is not None


def _double_role(ch: str, before: str, can_open: bool, can_close: bool, inside: bool, behind: str) -> str:
    if ch == '"' and not inside and _FEET.search(before):
        return "none"  # inches
    if ch in ("“", "‟", "«") and inside and (not can_open or behind[:1] in _POINTS):
        return "close"  # „German“ or a slip of the pen
    if ch in _DOUBLE_OPEN:
        return "open"
    if ch in _EITHER or ch == "''":
        if inside:
            return "open" if can_open and not can_close else "close"
        return (
            "open"
            if can_open or (not can_close and (before.isspace() or (before in _POINTS and behind[:1].isalnum())))
            else "close"
        )
    if not inside and not can_close and (can_open or (ch == "”" and before.isspace() and behind[1:].isalnum())):
        return "open"  # ” or » used as an opening mark
    return "close"


def _marks_in(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """The marks of a paragraph with where they stand; one that is printed twice is one if it opens a quotation so."""
    twice = False
    for m in _MARK.finditer(text, start, end):
        ch, i, j = m.group(), m.start(), m.end()
        if ch not in _TWICE:
            yield ch, i, j
            continue
        opens = (i == start or text[i - 1].isspace()) and j < end and text[j].isalnum()
        if opens != twice:
            twice = opens
            yield ch, i, j
        else:
            yield ch[0], i, i + 1
            yield ch[1], i + 1, j


class _Ahead:
    """What closing marks a paragraph holds, looked up once for all its marks."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self._start, self._end = text, start, end

    @cached_property
    def last_close(self) -> int:
        """Where the last mark stands that may close a single quotation; -1 without one."""
        return max((m.start() for m in _SINGLE_CLOSE.finditer(self.text, self._start, self._end)), default=-1)

    @cached_property
    def _turns(self) -> list[int]:
        return [m.start() for m in _TURN.finditer(self.text, self._start, self._end)]

    def turn(self, at: int) -> str:
        """The character with which the next quotation closes or opens; empty without one."""
        k = bisect_left(self._turns, at)
        return self.text[self._turns[k]] if k < len(self._turns) else ""


def _is_possessive(text: str, i: int, j: int, ahead: _Ahead) -> bool:
    """Whether the single mark at i is *workers’ rights* or *mornin’* inside a quotation that closes further on."""
    if not (text[i - 1] in "sSzx" or text[i - 2 : i] == "in") or not text[j : j + 2].strip() or not text[j : j + 1].isspace():
        return False
    later = ahead.turn(j)
    return later != "" and later in ".,!?…"


def _closed_twice(marks: list[_Mark]) -> set[int]:
    """The marks from which on both a quotation opened there and the one around it are closed."""
    depth = list(accumulate((0 if not m.double else 1 if m.role == "open" else -1 for m in marks), initial=0))
    least = list(accumulate(reversed(depth), min))[::-1]
    return {i for i in range(len(marks)) if least[i + 1] < depth[i]}


def _is_word_within(text: str, marks: Sequence[_Mark], i: int) -> bool:
    """Whether an opening mark has a few words of a sentence to itself, which goes on behind: *was it "only" late?*."""
    mark, after = marks[i], marks[i + 1] if i + 1 < len(marks) else None
    if after is None or after.role != "close" or not after.double or after.start - mark.end > _WORDS_WITHIN:
        return False
    inside = text[mark.end : after.start]
    return (
        text[mark.start - 2 : mark.start - 1].isalnum()
        and inside[-1:].isalnum()
        and text[after.end : after.end + 1] in (" ", ",")
    )


def _holds(outer: Sequence[Quoted], q: Quoted) -> bool:
    """Whether one of the quotations, which follow each other, holds another."""
    k = bisect_right(outer, q.start, key=lambda o: o.start) - 1
    return k >= 0 and q.end <= outer[k].end


def _strip_back(text: str, lo: int, hi: int) -> int:
    while hi > lo and text[hi - 1].isspace():
        hi -= 1
    return hi


WEIGHTS_FORM = 2  # the attribution model's weights were trained on what the scanner finds with the verbs of their form


_SAYING = (
    r"(?:said|says|added|adds|explained|explains|stated|states|noted|notes|recalled|recalls|wrote|writes|concluded|concludes)"
)
_NAME = r"(?:[^\W\d_a-z][\w.’'-]* ){1,4}"
_WHO = rf"(?:{_NAME}|(?:he|she|they) |[Tt]he (?:[\w-]+ ){{1,2}})"
_AFTER_WHO = r"(?=[.,;:]|\s(?:on|in|at|during|while|when|after|to|adding)\b|\s*\Z)"
_SAID = re.compile(rf",? (?:{_SAYING} [^\W_]|{_WHO}{_SAYING}\b{_AFTER_WHO})")  # behind a closing mark that nothing opened
_SAID_WITHIN = re.compile(rf"[,?!](?= {_SAYING} (?:[^\W\d_a-z]|(?:the|a|an|his|her|their) [a-z])| {_WHO}{_SAYING}\b{_AFTER_WHO})")
_REOPENED = re.compile(r"\s*[“\"«„‘']")
_GOES_ON = re.compile(r"\s*'(?=[^\W\d_a-z])")  # the next paragraph, with the same mark


@functools.cache
def _attribution() -> re.Pattern[str]:
    """A comma before an attribution that ends a sentence: of a thousand verbs, and made when a quotation is not closed."""
    spoken = "|".join(row.verb_form for row in table(ScannerVerbRow) if row.weights_form == WEIGHTS_FORM)
    return re.compile(rf",(?= (?:[\w.’'-]+ ){{1,5}}(?:{spoken})\b[^,.]{{0,40}}\.$)")


def _before_attribution(text: str, lo: int, hi: int) -> int:
    """Where a quotation without a closing mark ends if its sentence ends as *..., Veld said.*, or one goes on behind *..., said
    Veld,*.
    """
    m = _SAID_WITHIN.search(text, lo, hi) or _attribution().search(text, lo, hi)
    return m.end() if m else hi
