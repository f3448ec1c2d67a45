"""What the attribution network reads: wordpieces with their shape and quotation state, packed into windows.

A window is a run of whole paragraphs (or of whole sentences of a paragraph that is too long) of one article. It is
read by itself, so that no decision depends on what else is read in the same run.

The text is shown to the network in one dress, whatever the press: quotation marks as the scanner of
:mod:`.marks` reads them become “ ” (‘ ’ for a quotation within one), apostrophes and dashes one character each,
the colon of a dateline a dash.
The change keeps every character's place, so offsets of wordpieces are offsets into the text as read.
"""

from __future__ import annotations

import functools
import re
import threading
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ..text.chars import Chars
from ..text.marks import Quoted
from ..text.paragraphs import Paragraph
from ..text.view import ArticleView
from .lines import city_colon

Ints = npt.NDArray[np.int64]

CLS, SEP = 101, 102
MARKERS = {"headline": 2, "body": 1}  # [unused1], [unused0]: stand before each paragraph
SHAPES = 13
STATES = 6
WINDOW = 254  # wordpieces of a window, without its two ends

_LOWER, _TITLE, _UPPER, _MIXED, _DIGITS, _ALNUM = 1, 2, 3, 4, 5, 6
_MARK, _APOSTROPHE, _STOP, _COMMA, _OTHER, _SHOUTED = 7, 8, 9, 10, 11, 12
_IN_CASE = (_LOWER, _TITLE, _MIXED)
_INSIDE, _OPENING, _CLOSING, _NESTED, _UNCLOSED = 1, 2, 3, 4, 5

_MID_PARAGRAPH = 4.0  # how ill a window begins within a paragraph

_WORD = re.compile(r"[^\W_]+")
_POINTS = dict.fromkeys(".!?", _STOP) | dict.fromkeys("'’‘", _APOSTROPHE) | dict.fromkeys(",;:—–-()", _COMMA)


class _Classes(dict[int, str]):
    """What each character is: a translation table that is filled as characters come."""

    def __missing__(self, code: int) -> str:
        c = chr(code)
        self[code] = found = chr(0 if c.isspace() else _POINTS.get(c, _OTHER))
        return found


_CLASSES = _Classes()
_SAME_LENGTH = (("’", "'"), ("‘", "'"), ("‛", "'"), ("―", "—"), ("–", "—"), ("‐", "-"), ("‑", "-"))
_ODD = re.compile("[‛―‐‑]")  # their shape is their own, not that of what they are read as
_PART = re.compile(r" ?[^ \t\n\r!-/:-@\[-`{-~“”‘’—–]+|.", re.DOTALL)  # a word, with the space before it, or a point
_KEPT = 1 << 19  # characters of words that are kept
_DOUBLE_DASH = re.compile(r"(?<!-)--(?!-)")


@dataclass(slots=True)
class Pieces:
    """Wordpieces of a stretch of text that is never parted, with what the network is told of each."""

    ids: Ints
    starts: Ints
    ends: Ints
    shapes: Ints
    states: Ints
    marker: int = 0  # of the paragraph, where the stretch opens one
    seam: float = 0.0  # how ill a window may begin here


@dataclass(slots=True)
class Window:
    """A window: arrays over its wordpieces; markers and ends have ``starts`` -1."""

    ids: Ints
    starts: Ints
    ends: Ints
    shapes: Ints
    states: Ints

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def words(self) -> Ints:
        """Where words, points and markers begin: wordpieces that go on with a word are left out."""
        word = (self.shapes >= _LOWER) & (self.shapes <= _ALNUM) | (self.shapes == _SHOUTED)
        goes_on = word[1:] & word[:-1] & (self.starts[1:] == self.ends[:-1])
        return np.flatnonzero(np.concatenate(([True], ~goes_on)))


class _Known:
    """Words and points with their wordpieces and shapes: each is cut once, as most words of an article are words of the last.

    A word is cut alone as it is in its sentence, for the tokenizer parts words at white space and points before all else.
    """

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        self._lock = threading.Lock()
        self._forget()

    def _forget(self) -> None:
        self._known: dict[str, int] = {}
        self._words = [array("q") for _ in range(5)]  # of each: first wordpiece, how many, length, words in capitals, other words
        self._pieces = [array("q") for _ in range(4)]  # of each wordpiece: id, start and end within its word, shape
        self._chars = 0

    def read(self, text: str, paragraphs: Sequence[Chars]) -> tuple[Ints, Ints, Ints, Ints]:
        """The wordpieces of a text in the network's dress: ids, starts, ends, shapes; in capitals case says nothing."""
        with self._lock:
            words = _PART.findall(text)
            if self._chars > _KEPT:
                self._forget()
            self._learn(list(set(words).difference(self._known)))
            at = np.fromiter(map(self._known.__getitem__, words), np.int64, len(words))
            first, count, length, capitals, others = (np.frombuffer(column, np.int64)[at] for column in self._words)
            ends_at = np.cumsum(length)
            begins, pieces = ends_at - length, np.cumsum(count)
            piece = np.repeat(first - pieces + count, count) + np.arange(pieces[-1])
            ids, starts, ends, shapes = (np.frombuffer(column, np.int64)[piece] for column in self._pieces)
        begins = np.repeat(begins, count)
        starts += begins
        ends += begins
        spans = np.array(paragraphs, np.int64).reshape(-1, 2)
        lo, hi = np.searchsorted(ends_at, spans.T, "right")
        upper, cased = (np.append(0, np.cumsum(column)) for column in (capitals, others))
        shouted = upper[hi] - upper[lo] > np.maximum(3, 2 * (cased[hi] - cased[lo]))
        for s, e in spans[shouted].tolist():
            own = shapes[slice(*np.searchsorted(starts, (s, e)))]
            own[(own == _UPPER) | (own == _TITLE) | (own == _LOWER)] = _SHOUTED
        return ids, starts, ends, shapes

    def _learn(self, words: Sequence[str]) -> None:
        if not words:
            return
        encoding = self._tokenizer.encode("\n".join(words), add_special_tokens=False)
        starts, ends = np.array(encoding.offsets, np.int64).reshape(-1, 2).T
        length = np.fromiter(map(len, words), np.int64, len(words))
        begins = np.cumsum(length + 1) - length - 1
        of = np.searchsorted(begins, starts, "right") - 1
        count = np.bincount(of, minlength=len(words))
        first = len(self._pieces[0]) + np.cumsum(count) - count
        shapes, kinds = zip(*map(_shapes, words), strict=True)
        capitals = np.array([own.count(_UPPER) for own in kinds])
        others = np.array([sum(kind in _IN_CASE for kind in own) for own in kinds])
        for column, numbers in zip(self._words, (first, count, length, capitals, others), strict=True):
            column.frombytes(numbers.astype(np.int64).tobytes())
        shape = np.frombuffer(b"\0".join(shapes), np.uint8)[starts]
        pieces = (np.array(encoding.ids), starts - begins[of], ends - begins[of], shape)
        for column, numbers in zip(self._pieces, pieces, strict=True):
            column.frombytes(numbers.astype(np.int64).tobytes())
        self._known.update(zip(words, range(len(self._known), len(self._known) + len(words)), strict=True))
        self._chars += int(length.sum())


def _shapes(word: str) -> tuple[bytes, list[int]]:
    """The shape of each character of a word or point, which may have a space before it, and of each word in it as a whole."""
    if word.lstrip(" ").isalnum():
        kind = _word_shape(word.lstrip(" "))
        return bytes((kind,)) * len(word), [kind]
    shapes, kinds = bytearray(word.translate(_CLASSES).encode("latin-1")), []
    for m in _WORD.finditer(word):
        kinds.append(_word_shape(m.group()))
        shapes[m.start() : m.end()] = bytes((kinds[-1],)) * len(m.group())
    return bytes(shapes), kinds


@functools.lru_cache(maxsize=2)
def _known(tokenizer: Any) -> _Known:
    return _Known(tokenizer)


def read_pieces(tokenizer: Any, page: ArticleView, limit: int = WINDOW) -> list[Pieces]:
    """Return the stretches of an article, in text order: paragraphs, boilerplate left out, or their sentences.

    Args:
        tokenizer: a ``tokenizers.Tokenizer`` of wordpieces.
        page: the article.
        limit: wordpieces that a stretch has at most; longer paragraphs are cut between sentences, longer sentences
            between wordpieces.
    """
    text, read = page.text, page.read
    if not read:
        return []
    marks = [page.marks(p) for p in read]
    ids, starts, ends, shapes = _known(tokenizer).read(_dressed(page, marks), [(p.start, p.end) for p in read])
    if odd := [m.start() for m in _ODD.finditer(text)]:
        shapes[np.isin(starts, odd)] = _OTHER
    state, marked = _states(text, marks)
    shapes[marked[starts]] = _MARK
    states: Ints = state[starts].astype(np.int64)
    edges = np.searchsorted(starts, [at for p in read for at in (p.start, p.end)]).tolist()
    out: list[Pieces] = []
    before: Quoted | None = None
    for k, (p, quoted) in enumerate(zip(read, marks, strict=True)):
        begin, end = edges[2 * k : 2 * k + 2]
        if begin == end:
            continue
        outer = [q for q in quoted if q.depth == 1]
        seam = _seam(text, p, outer, before)
        before = outer[-1] if outer and outer[-1].end == p.end else None
        marker = MARKERS["headline" if p.kind == "headline" else "body"]
        for lo, hi in _cuts(page, p, starts[begin:end], limit - 1):
            part = slice(begin + lo, begin + hi)
            columns = (ids[part], starts[part], ends[part], shapes[part], states[part])
            out.append(Pieces(*columns, marker, seam) if lo == 0 else Pieces(*columns, 0, _MID_PARAGRAPH))
    return out


def pack(stretches: Sequence[Pieces], limit: int = WINDOW) -> Iterator[Window]:
    """Pack stretches into windows of at most ``limit`` wordpieces, parted where it hurts least.

    A quotation that goes on and a colon that announces one are kept with what they belong to where there is room.
    """
    at = 0
    while at < len(stretches):
        size, end = 0, at
        while end < len(stretches) and (end == at or size + _size(stretches[end]) <= limit):
            size += _size(stretches[end])
            end += 1
        if end < len(stretches):
            # the best seam among those that leave the window more than half full
            best, filled = end, size
            for cut in range(end - 1, at, -1):
                filled -= _size(stretches[cut])
                if 2 * filled < limit:
                    break
                if stretches[cut].seam + 0.5 < stretches[best].seam:
                    best = cut
            end = best
        yield _join(stretches[at:end])
        at = end


def _dressed(page: ArticleView, marks: Sequence[Sequence[Quoted]]) -> str:
    """The article as the network sees it, as long as it is; what is not read is blank."""
    colon = city_colon(page)
    out, at = [], 0
    for p, quoted in zip(page.read, marks, strict=True):
        out += ["\n" * (p.start - at), canonical(page.text, p, quoted, colon)]
        at = p.end
    return "".join(out)


def canonical(text: str, paragraph: Paragraph, quoted: Sequence[Quoted], colon: int | None = None) -> str:
    """The paragraph as the network sees it, as long as it is in the text; the ``colon`` of a dateline is a dash."""
    lo = paragraph.start
    line = text[lo : paragraph.end]
    for printed, read in _SAME_LENGTH:
        line = line.replace(printed, read)
    line = _DOUBLE_DASH.sub("— ", line) if "--" in line else line
    has_colon = colon is not None and lo <= colon < paragraph.end
    if not quoted and not has_colon:
        return line
    chars = list(line)
    if colon is not None and has_colon:
        chars[colon - lo] = "—"
    for q in quoted:
        opening, closing = ("“", "”") if q.depth == 1 else ("‘", "’")
        for s, e, mark in ((q.start, q.inner_start, opening), (q.inner_end, q.end, closing)):
            for i in range(s, e):
                chars[i - lo] = mark if i == s else " "
    return "".join(chars)


def _size(stretch: Pieces) -> int:
    return len(stretch.ids) + (stretch.marker > 0)


def _join(stretches: Sequence[Pieces]) -> Window:
    parts = [_alone(CLS)]
    for s in stretches:
        if s.marker:
            parts.append(_alone(s.marker))
        parts.append((s.ids, s.starts, s.ends, s.shapes, s.states))
    parts.append(_alone(SEP))
    return Window(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _alone(piece: int) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    """The columns of a wordpiece that stands for nothing in the text."""
    nowhere, plain = np.array([-1]), np.array([0])
    return np.array([piece]), nowhere, nowhere, plain, plain


def _seam(text: str, p: Paragraph, outer: Sequence[Quoted], before: Quoted | None) -> float:
    """How ill a window may begin with this paragraph."""
    opens = bool(outer) and outer[0].start == p.start
    cost = 0.0
    if before is not None and not before.closed:
        cost += 3.0  # the quotation goes on
    at = p.start
    while at > 0 and text[at - 1].isspace():
        at -= 1
    if text[at - 1 : at] == ":":
        cost += 3.0
    if opens:
        whole = outer[0].end == p.end
        cost += 2.0 if whole else 1.0
    return cost


def _cuts(page: ArticleView, p: Paragraph, starts: Ints, limit: int) -> Iterator[tuple[int, int]]:
    """Ranges of wordpieces: the whole paragraph, or groups of its sentences that are short enough."""
    if len(starts) <= limit:
        yield 0, len(starts)
        return
    sentences = page.sentences(p)[1:]
    edges = [*(int(np.searchsorted(starts, s)) for s, _ in sentences), len(starts)]
    lo = hi = 0
    for edge in edges:
        if edge - lo > limit and hi > lo:
            yield lo, hi
            lo = hi
        while edge - lo > limit:
            yield lo, lo + limit
            lo += limit
        hi = edge
    if hi > lo:
        yield lo, hi


def _states(text: str, marks: Sequence[Sequence[Quoted]]) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.bool_]]:
    """For each character how it stands to quotations, and whether it is of a mark of one."""
    state, marked = np.zeros(len(text), np.uint8), np.zeros(len(text), bool)
    for q in (q for quoted in marks for q in quoted):
        if q.depth == 1:
            state[q.start : q.end] = _INSIDE if q.closed else _UNCLOSED
            state[q.start : q.inner_start], state[q.inner_end : q.end] = _OPENING, _CLOSING
        else:
            state[q.start : q.end] = _NESTED
        marked[q.start : q.inner_start] = marked[q.inner_end : q.end] = True
    return state, marked


def _word_shape(word: str) -> int:
    if word.isdigit():
        return _DIGITS
    if any(c.isdigit() for c in word):
        return _ALNUM
    if word.islower():
        return _LOWER
    if word.isupper():
        return _UPPER if len(word) > 1 else _TITLE
    return _TITLE if word[0].isupper() and word[1:].islower() else _MIXED
