"""Figures side by side: what befell whom, where, as each claimant gives it, with bounds as intervals on one scale."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ..printable import printable
from .articles import title_of

_APART = timedelta(days=14)  # claims on one place further apart are on different events
_LOG = 30.0  # largest over least value from which the scale is logarithmic
_LEFT, _RIGHT = 4.0, 88.0  # percent of the width between which values lie; the rest is for what is open
_NEAR = 0.1  # of a number that is told without bounds: so far from it *about* reaches
NO_PLACE = "no place told"
_DASHED = ("approximate", "vague", "nearly")


@dataclass
class ReportedClaim:
    """A figure as a row of the page: its interval, in percent of the width; ``source`` is who answers for it."""

    text: str
    counted: str
    what: str | None
    claimant: str
    status: str
    time: str
    day: date | None
    doc_id: str
    title: str
    part: bool
    modifier: str
    low: float | None = None
    high: float | None = None
    value: float | None = None
    begin: float | None = None
    end: float | None = None
    point: float | None = None
    open_end: bool = False
    source: str = ""

    @property
    def drawn(self) -> bool:
        """Whether it has a value or a bound."""
        return self.begin is not None or self.point is not None

    @property
    def dashed(self) -> bool:
        """Whether the words leave the bounds vague."""
        return self.modifier in _DASHED

    @property
    def hollow(self) -> bool:
        """Whether the value itself is excluded."""
        return self.modifier in ("more_than", "less_than", "nearly")


@dataclass
class Group:
    """Claims on one event, unit and place, the earliest first."""

    event: str
    unit: str
    place: str
    claims: list[ReportedClaim]
    scale: list[tuple[float, str]]
    logarithmic: bool
    differ: bool


def side_by_side(articles: Iterable[Mapping[str, Any]], most: int = 60) -> list[Group]:
    """Groups of figures with an event; those whose claims differ first, then those at a place, then those with most claims."""
    found: dict[tuple[str, str, str], list[tuple[date | None, Mapping[str, Any], Mapping[str, Any]]]] = defaultdict(list)
    for article in articles:
        for f in article["figures"]:
            if f["event"] and f["event"] != "other" and not f["malformed"]:
                place = f["place"].casefold() if f["place"] else article["doc_id"]  # without a place: this article's
                found[f["event"], f["unit"] or f["counted_lemma"] or "", place].append((article["day"], article, f))
    groups = []
    for (event, unit, _), every in found.items():
        for rows in _together(every):
            claims = [_claim(article, f) for _, article, f in rows]
            scale, logarithmic = _place(claims)
            place = next((f["place"] for _, _, f in rows if f["place"]), None)
            where = printable(place) if place else NO_PLACE
            groups.append(Group(event, unit, where, claims, scale, logarithmic, _differ(claims)))
    groups.sort(key=lambda g: (not g.differ, g.place == NO_PLACE, -len(g.claims), g.event, g.place))
    return groups[:most]


def _together(
    rows: Sequence[tuple[date | None, Mapping[str, Any], Mapping[str, Any]]],
) -> Iterable[list[tuple[date | None, Mapping[str, Any], Mapping[str, Any]]]]:
    """Rows in the order of time, parted where too long a time lies between two."""
    group: list[tuple[date | None, Mapping[str, Any], Mapping[str, Any]]] = []
    for row in sorted(rows, key=lambda r: (r[0] is None, r[0] or date.min, r[1]["doc_id"], r[2]["start_char"])):
        last = group[-1][0] if group else row[0]
        if group and ((last is None) != (row[0] is None) or (last and row[0] and row[0] - last > _APART)):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _claim(article: Mapping[str, Any], f: Mapping[str, Any]) -> ReportedClaim:
    who = f["claimant_name"] or f["claimant_mention"]
    return ReportedClaim(
        text=printable(" ".join(f["text"].split())),
        counted=printable(f["counted"] or ""),
        what=f["counted_lemma"],
        claimant=printable(who) if who else {"article": "the article itself"}.get(f["claimant_status"], "not told"),
        source=(who or article.get("publisher") or article["doc_id"]).casefold(),
        status=f["claimant_status"],
        time=printable(f["time_text"] or ""),
        day=article["day"],
        doc_id=article["doc_id"],
        title=title_of(article),
        part=f["part_of"] is not None,
        modifier=f["modifier"],
        low=f["low"],
        high=f["high"],
        value=f["value"],
    )


def _place(claims: Sequence[ReportedClaim]) -> tuple[list[tuple[float, str]], bool]:
    """Put claims on one scale; returns its marks, and whether it is logarithmic."""
    values = [v for c in claims for v in (c.low, c.high, c.value) if v is not None and v >= 0]
    positive = [v for v in values if v > 0]
    if not positive:
        return [], False
    logarithmic = max(positive) / min(positive) > _LOG and min(values) > 0
    least = math.log10(min(positive)) - 0.2 if logarithmic else 0.0
    most = math.log10(max(positive)) if logarithmic else max(positive)

    def at(value: float) -> float:
        on = math.log10(value) if logarithmic else value
        return round(_LEFT + (_RIGHT - _LEFT) * max(0.0, on - least) / (most - least), 2)

    for c in claims:
        c.point = at(c.value) if c.value is not None and c.value >= 0 else None
        low = at(c.low) if c.low is not None and c.low >= 0 else None
        high = at(c.high) if c.high is not None and c.high >= 0 else None
        if c.modifier == "approximate" and c.point is not None:
            low, high = max(0.0, c.point - 3), c.point + 3  # no bounds are told: a stroke on both sides
        elif low is None and high is not None:
            low = 0.0
        elif high is None and low is not None:
            high, c.open_end = 100.0, True
        c.begin, c.end = low, high
    marks = sorted(
        {v for c in claims for v in ((c.value,) if c.value is not None else (c.low, c.high)) if v is not None and v >= 0}
    )
    shown: list[tuple[float, str]] = []
    for value in marks:
        if not shown or at(value) - shown[-1][0] > 14:
            shown.append((at(value), number(value)))
    return shown, logarithmic


def number(value: float) -> str:
    """A number as people write it: 1,200; 2.5 million."""
    for size, word in ((1e18, "quintillion"), (1e15, "quadrillion"), (1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(value) >= size:
            return f"{value / size:,.4g} {word}"
    return f"{value:,.6g}"


def _differ(claims: Sequence[ReportedClaim]) -> bool:
    """Whether two sources give different numbers for what may be the same, or one is told to give two."""
    told = [c for c in claims if not c.part and c.drawn]
    return any(_conflict(a, b) for n, a in enumerate(told) for b in told[:n])


def _conflict(a: ReportedClaim, b: ReportedClaim) -> bool:
    """Whether claims are not equal, though time and what is counted are the same, where both tell them.

    Of two numbers that one source gives in one article each counts something else (12 in the north, 30 in all), and one that it
    gives on a later day takes the place of the earlier; what two articles of a day tell of it may be true of both, or not.
    """
    if a.source == b.source:
        differ = a.doc_id != b.doc_id and a.day == b.day and _apart(a, b)
    else:
        differ = (a.low, a.high, a.value) != (b.low, b.high, b.value)
    return differ and all(
        not one or not other or one.casefold() == other.casefold() for one, other in ((a.time, b.time), (a.what, b.what))
    )


def _apart(a: ReportedClaim, b: ReportedClaim) -> bool:
    """Whether no number is within both."""
    (low, high), (other_low, other_high) = _within(a), _within(b)
    return low > other_high or other_low > high


def _within(claim: ReportedClaim) -> tuple[float, float]:
    """Between which numbers a claim lies."""
    if claim.low is None and claim.high is None:
        if claim.value is None:
            return -math.inf, math.inf
        near = _NEAR * abs(claim.value) if claim.modifier in _DASHED else 0.0
        return claim.value - near, claim.value + near
    return (-math.inf if claim.low is None else claim.low), (math.inf if claim.high is None else claim.high)
