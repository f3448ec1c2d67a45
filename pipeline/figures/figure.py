"""A number where it is printed, and a figure as found in an article."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ..schemas.figures import Direction, Event, FigureKind, Modifier
from ..text.chars import Chars
from .hedges import Before

Form = Literal["digits", "spelled", "fraction", "ratio", "vague", "malformed"]
# what makes a number a figure, in the order in which the rules are asked (candidate.RULES), and what keeps it from being one
FigureRule = Literal[
    "sign", "ratio", "percent", "currency", "unit", "age", "counted", "apposition", "fraction", "times", "compound", "bare",
    "shared",
]  # fmt: skip
RefusalRule = Literal["date", "glued", "name", "year", "score", "pronoun", "no count"]


# what its confidence is told from besides the rule (FoundFigure.evidence)
EVIDENCE = (
    "vague", "hedged", "range", "no unit", "noun left out", "four digits", "spelled", "decimal", "long phrase", "capitalised",
    "part of something",
)  # fmt: skip
_FOUR_DIGITS = re.compile(r"\d{4}")
_LONG = 4  # words of a counted phrase from which it is a long one


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written.

    Attributes:
        start: offset into the text.
        end: offset after it, its scale (*million*) included.
        value: what it says; None if vague or malformed.
        low: least value of a vague number.
        high: value that a vague number stays below.
        form: how it is written.
        readings: the values that malformed digits may stand for.
        scale: what *million* multiplies by, where such a word closes the number.
    """

    start: int
    end: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    form: Form = "digits"
    readings: tuple[float, ...] = ()
    scale: float = 1.0


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


@dataclass(slots=True)
class FoundFigure:
    """A figure as found: spans in characters of the article, values as the ``figures`` table defines them.

    Attributes:
        paragraph: index of its paragraph.
        start: offset of the figure, hedge and currency sign included.
        end: offset after it, unit included.
        digits: span of the number alone.
        rule: what made a number a figure; what its confidence is told from.
        whole_end: offset after the phrase that it counts.
        sentence: span of the sentence that holds it.
        unspecified: the sentence says that somebody believes it, but not who.
    """

    paragraph: int
    start: int
    end: int
    digits: Chars
    modifier: Modifier
    kind: FigureKind
    rule: FigureRule
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    counted: str | None = None
    counted_lemma: str | None = None
    counted_span: Chars | None = None
    event: Event | None = None
    direction: Direction | None = None
    place: str | None = None
    time_text: str | None = None
    part_of: FoundFigure | None = None
    malformed: bool = False
    readings: tuple[float, ...] = ()
    whole_end: int = 0
    sentence: Chars = (0, 0)
    unspecified: bool = False

    def evidence(self, text: str) -> dict[str, float]:
        """What one sees of it that speaks for or against its being read right, by the names of EVIDENCE; 1 where it holds.

        Args:
            text: the article.
        """
        printed = text[slice(*self.digits)]
        words = self.counted.split() if self.counted is not None else []
        holds = {
            "vague": self.modifier == "vague",
            "hedged": self.modifier not in ("exact", "range", "vague"),
            "range": self.modifier == "range",
            "no unit": self.unit is None,
            "noun left out": self.kind == "count" and self.counted is None,
            "four digits": _FOUR_DIGITS.fullmatch(printed) is not None,
            "spelled": not printed[:1].isdigit(),
            "decimal": "." in printed,
            "long phrase": len(words) >= _LONG,
            "capitalised": bool(words) and words[-1][:1].isupper(),
            "part of something": self.kind in ("percent", "ratio") and self.counted is not None,
        }
        return {name: float(held) for name, held in holds.items()}
