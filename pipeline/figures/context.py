"""What the sentence says of its figures: event, place, time, and the whole that one is part of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..text.chars import Chars
from ..text.sentences import clause_span
from .events import PEOPLE_EVENTS, event_of, noun_event
from .figure import FoundFigure
from .scope import place_at, time_at, times_in

_UNSPECIFIED = re.compile(
    r"\b(?:(?:is|are|was|were|has been|have been|being) (?:widely |now |also |still |all )?(?:believed|thought|reported|said"
    r"|feared|estimated|understood|presumed|alleged|suspected|expected|assumed|rumou?red)"
    r"|reportedly|allegedly|apparently|purportedly|supposedly|presumably|(?:some|many|various) (?:estimates|reports)"
    r"|(?<!last )(?<!the )reports (?:suggest|say|indicate)|unconfirmed"
    r"|(?:claims?|allegations?|reports?|accusations?|suggestions?|rumou?rs?|fears?) that|feared)\b",
    re.IGNORECASE,
)
_INCLUDING = re.compile(
    r"(?:\bincluding|\binclud(?:es|ed)|\bamong (?:them|whom|the dead|those)|\bof (?:whom|which|them|those|these)"
    r"|\bmore than half|\bof the (?:dead|victims|injured)|\bcounting)"
    r",?(?: (?!it\b|he\b|she\b|they\b|in\b)[\w’'-]+){0,4}\s$",
    re.IGNORECASE,
)
_OF_WHOLE = re.compile(r" of (?:all )?(?:the|its|their|his|her|these|those|our|my|your) ", re.IGNORECASE)
_PART_OF = re.compile(r"\bof (?:all )?(?:the|its|their|his|her|these|those|our) $", re.IGNORECASE)
_OF_THEM = re.compile(r" of (?:whom|which|them|those|these)\b")
_PARTICIPLE = re.compile(r"\s*(?:kill|leav|forc|bring|injur|wound|destroy|displac|trapp|damag|strand)ing\b")
_ALONE = re.compile(r"(?:\s+(?:in|on|at|last|this|since|from|elsewhere|there|earlier|later)\b[^,;:.]*)?(?:[,;.]|$)")
_AND = re.compile(r"[^;:]*\band (?:about |around |at least |almost |nearly |more than |over |some |another |only )?")
_SAME = re.compile(r"(?:\s*(?:,|and|or|&)\s*)+(?:(?:some|another|at least|more than|about|nearly|up to) )*")


def add_context(text: str, figures: Sequence[FoundFigure], places: Sequence[Chars]) -> None:
    """Event, place, time and the whole that it is part of, for the figures of one sentence."""
    counts = [f for f in figures if f.kind in ("count", "ratio", "percent")]
    unspecified = _UNSPECIFIED.search(text, *figures[0].sentence) is not None
    for n, f in enumerate(counts):
        before, after = counts[n - 1] if n else None, counts[n + 1] if n + 1 < len(counts) else None
        clause = clause_span(text, f.sentence, f.start)
        f.part_of = _whole_of(text, f, before, after)
        joined = after is not None and _SAME.fullmatch(text, f.whole_end, after.start) is not None
        f.event = event_of(text, f, (clause[0], f.sentence[1]), before, None if joined else after)
    for n, f in enumerate(counts):
        before = counts[n - 1] if n else None
        if f.event is None and f.part_of is not None:
            f.event = f.part_of.event
        if (
            f.event is None
            and before is not None
            and before.event is not None
            and _may_share(text, before, f)
            and (
                _SAME.fullmatch(text, before.whole_end, f.start)
                or (
                    f.unit == before.unit
                    and _AND.fullmatch(text, before.whole_end, f.start)
                    and _ALONE.match(text, f.whole_end, f.sentence[1])
                )
            )
        ):
            f.event = before.event
    for n in range(len(counts) - 1, 0, -1):  # 12 women and five children were killed; 50 people, including 12 children, died
        f, after = counts[n - 1], counts[n]
        if (
            f.event is None
            and after.event is not None
            and (after.part_of is f or (_may_share(text, after, f) and _SAME.fullmatch(text, f.whole_end, after.start)))
        ):
            f.event = after.event
    times = times_in(text, figures[0].sentence)
    for f in figures:
        spans = _scopes(text, f)
        f.time_text = time_at(text, times, spans, (f.start, f.whole_end))
        f.place = place_at(text, spans, places, (f.start, f.whole_end))
        f.unspecified = unspecified
        if f.unit is None and f.kind == "count" and f.event in PEOPLE_EVENTS:
            f.unit = "person"


def _may_share(text: str, told: FoundFigure, other: FoundFigure) -> bool:
    """Whether what befell the one may have befallen the other: not what the noun of the one tells (*139 visits and 8 deaths*)."""
    return other.counted is None or noun_event(text, told) is None


def _scopes(text: str, f: FoundFigure) -> tuple[Chars, ...]:
    """Where place and time are looked for: clause, what a participle hangs on (*fell on Monday, killing 12*), sentence."""
    lo, hi = clause_span(text, f.sentence, f.start)
    if not _PARTICIPLE.match(text, lo):
        return (lo, hi), f.sentence
    comma = text.find(",", f.whole_end, hi)
    return (lo, comma if comma > 0 else hi), (f.sentence[0], lo), f.sentence


def _whole_of(text: str, f: FoundFigure, before: FoundFigure | None, after: FoundFigure | None) -> FoundFigure | None:
    """The whole of *50 people, including at least 12 children*, *of the 50 dead, 12*, *12 of the 50*."""
    if after is not None and _OF_WHOLE.fullmatch(text, f.end, after.start) and f.kind == "count" == after.kind:
        return after
    if (
        before is None
        or f.kind not in ("count", "ratio", "percent")
        or before.kind != "count"
        or (before.event is None and before.counted is None and before.unit is None)
    ):
        return None
    if before.value is not None and f.value is not None and f.kind == "count" and f.value > before.value:
        return None
    of_before = _PART_OF.search(text, f.sentence[0], before.start) is not None and re.fullmatch(
        r"[^.;:]{0,30}, ", text[before.whole_end : f.start]
    )
    of_them = _OF_THEM.match(text, f.end)
    return before if of_before or of_them or _INCLUDING.search(text, before.end, f.start) else None
