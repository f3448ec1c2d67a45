"""Who wrote the document that an article quotes: *the report* speaks for the body that is told to have written it."""

from __future__ import annotations

import re

from ..lexicon.tables import nouns
from ..naming.cast import Cast, Name
from ..naming.mentions import author_of

_DOCUMENT = "|".join(sorted(nouns("document")))
_SAID_IN = re.compile(
    rf"\b[Ii]n (?:(?:an?|its|his|her|their) (?:[\w-]+ ){{0,3}}(?:{_DOCUMENT})|"
    r"the (?:[\w-]+ )?(?:letter|statement|release|memo))\b"
)
_FAR = 4000  # characters within which *the report* looks back
_AROUND = 60  # characters around a name within which it may be told that it wrote something


class Documents:
    """The documents of one article and their authors, as it is read; positions must not go back."""

    def __init__(self, text: str, cast: Cast) -> None:
        self.text = text
        self.cast = cast
        self._last: tuple[int, Name] | None = None  # who is told last to have written, or to have spoken so, and where
        self._read = 0  # up to where names have been asked

    def said(self, name: Name, lo: int, hi: int) -> None:
        """Somebody has spoken; what is *said in a statement*, around the mention and its verb, makes them its author."""
        if name.kind != "government" and _SAID_IN.search(self.text, max(0, lo - _AROUND), hi + _AROUND):
            self._told(lo, name)

    def author(self, position: int) -> Name | None:
        """Who wrote the document that was spoken of last before a position; None if nobody can tell."""
        for p in reversed(self.cast.printed_in(max(self._read - _AROUND, position - _FAR), position)):
            by = author_of(self.text, max(0, p.titled - _AROUND), p.end, [p])  # a report by Veld
            if by is not None or author_of(self.text, p.start, min(position, p.end + _AROUND), [p]) is not None:
                self._told(p.start, self.cast.of(p))
                break
        self._read = position
        return self._last[1] if self._last is not None and position - self._last[0] < _FAR else None

    def _told(self, at: int, name: Name) -> None:
        if self._last is None or at > self._last[0]:
            self._last = at, name
