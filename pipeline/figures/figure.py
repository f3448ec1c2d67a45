"""A figure as found in an article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..schemas.figures import Direction, Event, FigureKind, Modifier
from ..text.chars import Chars

# what makes a number a figure, in the order in which the rules are asked (candidate.RULES), and what keeps it from being one
FigureRule = Literal[
    "sign", "ratio", "percent", "currency", "unit", "age", "apposition", "counted", "fraction", "times", "compound", "bare",
    "shared",
]  # fmt: skip
RefusalRule = Literal["date", "glued", "name", "year", "score", "pronoun", "no count"]


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
