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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

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
_INSIDE, _OPENING, _CLOSING, _NESTED, _UNCLOSED = 1, 2, 3, 4, 5

_MID_PARAGRAPH = 4.0  # how ill a window begins within a paragraph

_WORD = re.compile(r"[^\W_]+")
_POINTS = dict.fromkeys(".!?", _STOP) | dict.fromkeys("'’‘", _APOSTROPHE) | dict.fromkeys(",;:—–-()", _COMMA)
_OF_WORD = 255  # a character of a word, whose shape the whole word tells


class _Classes(dict[int, str]):
    """What each character is: a translation table that is filled as characters come."""

    def __missing__(self, code: int) -> str:
        c = chr(code)
        self[code] = found = chr(_OF_WORD if c.isalnum() else 0 if c.isspace() else _POINTS.get(c, _OTHER))
        return found


_CLASSES = _Classes()
_SAME_LENGTH = str.maketrans({"’": "'", "‘": "'", "‛": "'", "―": "—", "–": "—", "‐": "-", "‑": "-"})
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


def read_pieces(tokenizer: Any, page: ArticleView, limit: int = WINDOW) -> list[Pieces]:
    """Return the stretches of an article, in text order: paragraphs, boilerplate left out, or their sentences.

    Args:
        tokenizer: a ``tokenizers.Tokenizer`` of wordpieces.
        page: the article.
        limit: wordpieces that a stretch has at most; longer paragraphs are cut between sentences, longer sentences
            between wordpieces.
    """
    text, read = page.text, page.read
    marks = [page.marks(p) for p in read]
    colon = city_colon(page)
    encodings = tokenizer.encode_batch(
        [canonical(text, p, m, colon) for p, m in zip(read, marks, strict=True)], add_special_tokens=False
    )
    out: list[Pieces] = []
    before: Quoted | None = None
    for p, quoted, encoding in zip(read, marks, encodings, strict=True):
        if not encoding.ids:
            continue
        offsets = np.asarray(encoding.offsets, np.int64) + p.start
        ids = np.asarray(encoding.ids, np.int64)
        starts, ends = offsets[:, 0].copy(), offsets[:, 1].copy()
        shapes, states = _features(text, p, quoted, starts)
        outer = [q for q in quoted if q.depth == 1]
        seam = _seam(text, p, outer, before)
        before = outer[-1] if outer and outer[-1].end == p.end else None
        marker = MARKERS["headline" if p.kind == "headline" else "body"]
        for lo, hi in _cuts(page, p, starts, limit - 1):
            part = slice(lo, hi)
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


def canonical(text: str, paragraph: Paragraph, quoted: Sequence[Quoted], colon: int | None = None) -> str:
    """The paragraph as the network sees it, as long as it is in the text; the ``colon`` of a dateline is a dash."""
    lo = paragraph.start
    chars = list(_DOUBLE_DASH.sub("— ", text[lo : paragraph.end].translate(_SAME_LENGTH)))
    if colon is not None and lo <= colon < paragraph.end:
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


def _features(text: str, p: Paragraph, quoted: Sequence[Quoted], starts: Ints) -> tuple[Ints, Ints]:
    lo, line = p.start, text[p.start : p.end]
    shape = np.frombuffer(line.translate(_CLASSES).encode("latin-1"), np.uint8).copy()
    state = np.zeros(len(line), np.uint8)
    kinds = np.array([_word_shape(word) for word in _WORD.findall(line)], np.uint8)
    count = np.bincount(kinds, minlength=SHAPES)
    in_case = count[_LOWER] + count[_TITLE] + count[_MIXED]
    if count[_UPPER] > max(3, 2 * in_case):  # in capitals: case says nothing
        kinds[(kinds == _UPPER) | (kinds == _TITLE) | (kinds == _LOWER)] = _SHOUTED
    lettered = shape == _OF_WORD
    begins = lettered.copy()
    begins[1:] &= ~lettered[:-1]
    shape[lettered] = kinds[np.cumsum(begins)[lettered] - 1]
    for q in quoted:
        if q.depth == 1:
            inside = _INSIDE if q.closed else _UNCLOSED
            state[q.start - lo : q.end - lo] = inside
        else:
            state[q.start - lo : q.end - lo] = _NESTED
            continue
        for s, e, kind in ((q.start, q.inner_start, _OPENING), (q.inner_end, q.end, _CLOSING)):
            state[s - lo : e - lo] = kind
            shape[s - lo : e - lo] = _MARK
    for q in quoted:
        if q.depth > 1:
            for s, e in ((q.start, q.inner_start), (q.inner_end, q.end)):
                shape[s - lo : e - lo] = _MARK
    at = starts - lo
    return shape[at].astype(np.int64), state[at].astype(np.int64)


@functools.lru_cache(maxsize=1 << 16)
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
