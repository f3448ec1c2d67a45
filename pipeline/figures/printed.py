"""A number where it is printed: the paragraph around it, its hedge, its currency sign, and the range it opens."""

from __future__ import annotations

from dataclasses import dataclass

from ..schemas.figures import Modifier
from .hedges import Before
from .numbers import Number


@dataclass(slots=True)
class NumberPhrase:
    """A number in its paragraph.

    Attributes:
        text: the article.
        lo: where what may belong to it begins.
        hi: where its paragraph ends.
        number: the number.
        last: the second number of a range, else the number.
        range: both ends of the range.
        before: the hedge and currency sign before it.
        start: offset of the hedge, or of the number.
        at: offset after it and a bound printed right behind (*50-plus*).
        later: that bound.
        headline: it stands in a line whose words all begin with capitals.
        dollar: the currency that a bare dollar sign stands for.
    """

    text: str
    lo: int
    hi: int
    number: Number
    last: Number
    range: tuple[float, float]
    before: Before
    start: int
    at: int
    later: Modifier | None
    headline: bool
    dollar: str

    @property
    def raw(self) -> str:
        """The number as printed, in small letters."""
        return self.text[self.number.start : self.number.end].lower()

    @property
    def hedged(self) -> bool:
        """Whether a bound or hedge stands before it."""
        return self.before.modifier != "exact"

    @property
    def ranged(self) -> bool:
        """Whether it opens a range."""
        return self.last is not self.number

    def lead(self, length: int) -> str:
        """The text before the figure, at most so many characters."""
        return self.text[max(self.lo, self.before.start - length) : self.before.start]

    def tail(self, length: int) -> str:
        """The text after the number, at most so many characters."""
        return self.text[self.at : min(self.hi, self.at + length)]
