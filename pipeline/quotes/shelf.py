"""Utterances under way, found again by where they stand."""

from __future__ import annotations

from collections.abc import Sequence

from ..text.chars import Chars
from ..text.view import ArticleView
from .utterances import Utterance

_BLOCK = 256  # characters that are looked up together


class Shelf:
    """Utterances by where their words and cues stand: in which paragraphs, and in which blocks of characters."""

    def __init__(self, page: ArticleView) -> None:
        self.page = page
        self._by_paragraph: dict[int, dict[Utterance, int]] = {}  # in the order in which they came
        self._by_block: dict[int, dict[Utterance, None]] = {}

    def add(self, u: Utterance) -> None:
        """Put an utterance where it belongs, also where it belongs after a change."""
        for lo, hi in [*u.content, *([u.cue] if u.cue is not None else [])]:
            for p in self.page.paragraphs_in(lo, hi):
                own = self._by_paragraph.setdefault(p.index, {})
                own.setdefault(u, len(own))
            for block in range(lo // _BLOCK, (hi - 1) // _BLOCK + 1):
                self._by_block.setdefault(block, {})[u] = None

    def near(self, spans: Sequence[Chars]) -> list[Utterance]:
        """The utterances with words or a cue that share a character with spans, and others close to these in the same paragraphs;
        those that lost all words are gone.
        """
        found: list[Utterance] = []
        for lo, hi in spans:
            close = {u: None for b in range(lo // _BLOCK, (hi - 1) // _BLOCK + 1) for u in self._by_block.get(b, ())}
            for p in self.page.paragraphs_in(lo, hi):
                own = self._by_paragraph.get(p.index, {})
                found += sorted((u for u in close if u in own), key=own.__getitem__)
        return [u for u in dict.fromkeys(found) if u.content]

    def all(self) -> list[Utterance]:
        """All utterances, by paragraph."""
        return [u for u in dict.fromkeys(u for _, own in sorted(self._by_paragraph.items()) for u in own) if u.content]
