"""spaCy's tokenizer in linear time: what it does to a word is bounded, however long the word is.

It strips affixes off a word one by one and copies and searches the rest each time, which is quadratic in the length of a run
without a space (tens of seconds for 40,000 marks). Tokens of ordinary text are spaCy's own.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc

from ..characters import meant

_LONGEST = 1000  # characters of a word that are tokenized together; no word and no address of a page is longer
_TAIL = 64  # characters of a word's end that hold any suffix but a longer run of dots
_LONG = re.compile(rf"\S{{{_LONGEST}}}(?=\S)")


class Suffixes:
    """Search for a suffix where it can stand: in the last characters of a word.

    Args:
        pattern: spaCy's pattern, whose alternatives end at the word's end.
    """

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern  # spaCy asks the owner of a search for it when a tokenizer is saved
        self._search = re.compile(pattern).search

    def search(self, word: str) -> re.Match[str] | None:
        """The suffix of a word; its span is told from a place within the word."""
        if len(word) <= _TAIL:
            return self._search(word)
        found = self._search(word[-_TAIL:])
        return self._search(word) if found is not None and found.start() == 0 else found


class LinearTokenizer(Tokenizer):
    """A tokenizer that cuts words of more than a thousand characters before it looks at them; offsets stay what they are."""

    @classmethod
    def like(cls, tokenizer: Any) -> LinearTokenizer:
        """A tokenizer with the rules of another."""
        return cls(
            tokenizer.vocab,
            rules=tokenizer.rules,
            prefix_search=tokenizer.prefix_search,
            suffix_search=Suffixes(tokenizer.suffix_search.__self__.pattern).search,
            infix_finditer=tokenizer.infix_finditer,
            token_match=tokenizer.token_match,
            url_match=tokenizer.url_match,
            faster_heuristics=tokenizer.faster_heuristics,
        )

    def __call__(self, string: str) -> Doc:
        """Tokenize a text, its references as characters: the offsets of all that is found count in ``Doc.text``."""
        string = meant(string)
        cuts = [0, *(m.end() for m in _LONG.finditer(string)), len(string)]
        if len(cuts) == 2:
            return super().__call__(string)
        parts = [super(LinearTokenizer, self).__call__(string[a:b]) for a, b in pairwise(cuts)]
        return Doc.from_docs(parts, ensure_whitespace=False)
