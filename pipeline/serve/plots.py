"""Where the shapes of the plots stand: x in percent of the width, y in pixels from the top, as in ``report.charts``."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ..report.charts import Box
from ..report.claims import ReportedClaim, number
from ..report.overview import by_time

Parts = Mapping[str, int]
_GAP = 0.14  # of a column's width is left free
_WIDEST = 8.0  # percent; few columns need not fill the width
_LOG = 30.0  # greatest over least value from which the scale is logarithmic
_LEFT, _RIGHT = 12.0, 95.0  # percent between which days lie; labels of values stand on the left


@dataclass(frozen=True)
class OverTime:
    """Counts by day, month or year: labels with their parts."""

    columns: list[tuple[str, dict[str, int]]]

    @property
    def most(self) -> int:
        """The highest column."""
        return max((sum(parts.values()) for _, parts in self.columns), default=0)

    def total(self, part: str) -> int:
        """How much of a part there is in all."""
        return sum(parts.get(part, 0) for _, parts in self.columns)


def over_time(days: Mapping[date, Parts]) -> OverTime:
    """Counts by day, put together by day, month or year, by how long a time they cover."""
    names = list(next(iter(days.values()))) if days else []
    every = {day: sum(parts.values()) for day, parts in days.items()}
    series = {name: by_time({d: parts[name] for d, parts in days.items()}, every) for name in names}
    labels = [label for label, _ in by_time(every)]
    return OverTime([(label, {name: series[name][n][1] for name in names}) for n, label in enumerate(labels)])


def stacks(time: OverTime, height: float, shares: bool = False) -> list[tuple[str, Box]]:
    """Columns over time, the parts upon one another: of what is counted, or of all of each column (``shares``)."""
    step = 100 / max(1, len(time.columns))
    width = min(step * (1 - _GAP), _WIDEST)
    out = []
    for place, (label, parts) in enumerate(time.columns):
        whole = sum(parts.values()) if shares else time.most
        y = float(height)
        for name, n in parts.items():
            if n:
                tall = height * n / whole
                y -= tall
                x = place * step + (step - width) / 2
                out.append((name, Box(label, n, round(x, 3), round(y, 2), round(width, 3), round(tall, 2))))
    return out


@dataclass(frozen=True)
class Stroke:
    """A claim on a plot: where its day and its value, least and greatest value stand; what is not told is None."""

    claim: ReportedClaim
    x: float
    top: float | None
    bottom: float | None
    point: float | None
    open_top: bool


@dataclass(frozen=True)
class Conflict:
    """Claims on one event over time: strokes, marks of values and of days."""

    strokes: list[Stroke]
    values: list[tuple[float, str]]
    days: list[tuple[float, str]]
    logarithmic: bool


def conflict(claims: Sequence[ReportedClaim], height: float) -> Conflict | None:
    """A plot of claims with a day and a number; None if there are fewer than two, or all are of one day."""
    drawn = [c for c in claims if c.day is not None and c.drawn]
    days = sorted({c.day.toordinal() for c in drawn if c.day})
    told = [v for c in drawn for v in (c.low, c.high, c.value) if v is not None and v > 0]
    if len(drawn) < 2 or len(days) < 2 or not told:
        return None
    logarithmic = max(told) / min(told) > _LOG
    least, most = (math.log10(min(told)) - 0.1, math.log10(max(told)) + 0.05) if logarithmic else (0.0, max(told) * 1.05)

    def up(value: float | None) -> float | None:
        if value is None or value < 0:
            return None
        on = (math.log10(value) if value > 0 else least) if logarithmic else value
        return round(height * (1 - max(0.0, on - least) / (most - least)), 2)

    def across(day: int) -> float:
        return round(_LEFT + (_RIGHT - _LEFT) * (day - days[0]) / (days[-1] - days[0]), 3)

    own = Counter(c.day for c in drawn)
    apart = min(1.6, 0.8 * (_RIGHT - _LEFT) / (days[-1] - days[0]) / max(own.values()))  # claims of one day, side by side
    before: Counter[date | None] = Counter()
    strokes = []
    for c in drawn:
        aside = (before[c.day] - (own[c.day] - 1) / 2) * apart
        before[c.day] += 1
        x = across(c.day.toordinal() if c.day else 0) + aside
        top, bottom = up(c.high), up(c.low)
        open_top = top is None and bottom is not None
        if open_top and c.modifier != "exact":
            top = max(0.0, (bottom or 0.0) - 26)
        if bottom is None and top is not None:
            bottom = float(height)
        strokes.append(Stroke(c, round(x, 3), top, bottom, up(c.value), open_top))
    return Conflict(
        strokes, _marks({v: y for v in told if (y := up(v)) is not None}), _ends(days, across), logarithmic
    )  # fmt: skip


def _marks(places: Mapping[float, float], apart: float = 18) -> list[tuple[float, str]]:
    """Labels of values that do not touch one another, from the greatest down."""
    shown: list[tuple[float, str]] = []
    for value, y in sorted(places.items(), reverse=True):
        if not shown or y - shown[-1][0] >= apart:
            shown.append((y, number(value)))
    return shown


def _ends(days: Sequence[int], across: Callable[[int], float]) -> list[tuple[float, str]]:
    return [(across(day), date.fromordinal(day).isoformat()) for day in (days[0], days[-1])]
