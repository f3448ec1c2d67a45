"""Patterns that are looked for only where a word stands that each of their matches holds.

Most patterns for what is rarely told (*photo by*, *on its website*) would be tried at every character of every text. The words
without which such a pattern matches nothing are read off the pattern itself, and looking for these is many times faster.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator, Set
from typing import Any

op: Any = None
parser: Any = None
with contextlib.suppress(ImportError):  # of the standard library, without a public name: without it patterns are tried everywhere
    from re import _constants, _parser  # type: ignore[attr-defined]

    op, parser = _constants, _parser

_MOST = 100  # words in one place of a pattern that are told apart
_LONG = 4  # letters of a word that seldom stands in a text for something else
_WORTH = 16  # words that take as long to look for as a letter more spares


class Seeker:
    """A regular expression that is tried only on text with one of its :attr:`words`; on all text, if it has none."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = re.compile(pattern, flags)
        self._folds = bool(self.pattern.flags & re.IGNORECASE) or "(?i" in pattern
        self.words = sorted(needed(pattern, self._folds), key=len)

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The first match within ``text[start:end]``."""
        end = len(text) if end is None else end
        return self.pattern.search(text, start, end) if self._may(text[start:end]) else None

    def match(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The match at the start of ``text[start:end]``."""
        end = len(text) if end is None else end
        return self.pattern.match(text, start, end) if self._may(text[start:end]) else None

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """All matches within ``text[start:end]``."""
        end = len(text) if end is None else end
        return self.pattern.finditer(text, start, end) if self._may(text[start:end]) else iter(())

    def _may(self, text: str) -> bool:
        if self._folds:
            text = text.lower()
        for word in self.words:
            if word in text:
                return True
        return not self.words


def needed(pattern: str, folds: bool = False) -> Set[str]:
    """Words, with spaces and points, of which every match of a pattern holds one; none if there are no such words.

    Args:
        pattern: a regular expression.
        folds: whether the words are told in small letters.
    """
    return _needed(parser.parse(pattern), folds) if parser is not None else frozenset()


def _needed(parts: Iterable[tuple[Any, Any]], folds: bool) -> Set[str]:
    choices: list[Set[str]] = []
    run: Set[str] = {""}  # what the parts since the last that may be anything can read
    for kind, value in parts:
        if kind in (op.AT, op.ASSERT, op.ASSERT_NOT):
            continue  # of no width
        own = _readings(kind, value, folds)
        if own is not None and (len(own) == 1 or min(map(len, run)) < _LONG):
            run = {before + word for before in run for word in own}
            continue
        choices += [run, _needed_of(kind, value, folds) if own is None else {""}]
        run = own or {""}
    shortest = (_shortest(words) for words in (*choices, run) if "" not in words)
    return max((words for words in shortest if 0 < len(words) <= _MOST), key=_worth, default=frozenset())


def _needed_of(kind: Any, value: Any, folds: bool) -> Set[str]:
    """What is needed for a part that may read as many things."""
    if kind is op.SUBPATTERN:
        return _needed(value[3], folds)
    if kind is op.ATOMIC_GROUP:
        return _needed(value, folds)
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        return _needed(value[2], folds) if value[0] else frozenset()
    if kind is op.BRANCH:
        each = [_needed(branch, folds) for branch in value[1]]
        return frozenset().union(*each) if all(each) else frozenset()
    return frozenset()


def _readings(kind: Any, value: Any, folds: bool) -> Set[str] | None:
    """All that a part can read, if that is not much."""
    if kind is op.LITERAL:
        return {chr(value).lower() if folds else chr(value)}
    if kind is op.IN and all(inner is op.LITERAL for inner, _ in value):
        return {chr(code).lower() if folds else chr(code) for _, code in value}
    if kind is op.SUBPATTERN:
        return _run(value[3], folds)
    if kind is op.BRANCH:
        each = [_run(branch, folds) for branch in value[1]]
        found = [words for words in each if words is not None]
        return set().union(*found) if len(found) == len(each) else None
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT) and tuple(value[:2]) == (0, 1):
        once = _run(value[2], folds)
        return once | {""} if once is not None else None
    return None


def _run(parts: Iterable[tuple[Any, Any]], folds: bool) -> Set[str] | None:
    """All that parts one behind the other can read, if that is not much."""
    run: Set[str] = {""}
    for kind, value in parts:
        if kind in (op.AT, op.ASSERT, op.ASSERT_NOT):
            continue
        own = _readings(kind, value, folds)
        if own is None or len(run) * len(own) > _MOST:
            return None
        run = {before + word for before in run for word in own}
    return run


def _shortest(words: Set[str]) -> Set[str]:
    """Words without those that hold another of them."""
    out: list[str] = []
    for word in sorted(words, key=lambda w: (len(w), w)):
        if not any(part in word for part in out):
            out.append(word)
    return frozenset(out)


def _worth(words: Set[str]) -> float:
    """How good words are for looking: long, and few."""
    return min(_LONG, *(len(word.strip()) for word in words)) - len(words) / _WORTH
