"""Bounds and hedges of figures: *more than*, *as many as*, *nearly*, *some*, *or more*, and what they make of the value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast

from ..schemas.figures import Modifier
from .money import CURRENCY_BEFORE

_COMPARED = r"(?:more|greater|higher|larger|bigger|longer|older|better|other|taller|farther|further|heavier|wider|deeper|faster)"
_LESSER = r"(?:fewer|less|lower|smaller|shorter|younger|cheaper|lighter)"
_A_LITTLE = r"(?:(?:far|well|much|slightly|just|a little|only slightly|significantly|considerably|even|many|way|somewhat) )?"
# ordered: of two that match at a place, the longer phrase stands first
_HEDGES: tuple[tuple[Modifier, str], ...] = (
    ("at_most", rf"(?:not|no) {_COMPARED} than"),
    ("at_least", rf"(?:not|no) {_LESSER} than"),
    ("nearly", r"just (?:under|below|short of|shy of)|a little (?:under|less than|below)|slightly (?:under|less than"
               r"|fewer than|below)|not quite"),
    ("at_most", r"not exceed(?:ing)?|n[o’']t exceed|never exceeds?"),
    ("more_than", rf"{_A_LITTLE}{_COMPARED} than|{_A_LITTLE}(?:over|above)|upwards? of|in excess of|exceed(?:s|ed|ing)?"
                  rf"|north of|[>≻]"
                  r"|(?:sur)?pass(?:es|ed|ing)|topp(?:ed|ing)|tops"),
    ("at_least", r"at least|a minimum of|minimum(?: of)?|as (?:few|little) as|≥"),
    ("at_most", r"at (?:the )?most|as (?:many|much|high|long|far|tall|large|big|late|old) as|up to|a maximum of"
                r"|maximum(?: of)?|a ceiling of"
                r"|capped at|within|≤"),
    ("less_than", rf"{_A_LITTLE}{_LESSER} than|{_A_LITTLE}(?:under|below)|south of|<"),
    ("nearly", r"(?:very )?almost|nearly|close to|approaching|verging on|(?:just )?(?:short|shy) of"),
    ("approximate", r"about|around|roughly|approximately|approx\.?|some|an? (?:additional |further )?estimated"
                    r"|estimated(?: at)?|an average of"
                    r"|average of|circa|ca?\.|in the region of|in the (?:order|neighbou?rhood|vicinity) of|something like"
                    r"|more or less|averaging"
                    r"|an additional estimated|~|≈|±|perhaps|maybe|possibly|probably|on average"),
)  # fmt: skip
_NEUTRAL = (
    r"(?:an additional|additional|another|a further|a total of|a record|a combined|a whopping|a staggering|a mere|a|an|all|only"
    r"|(?:the )?ages? of|age)"
)
_WORDS = "|".join(f"(?P<{m}_{n}>{words})" for n, (m, words) in enumerate(_HEDGES))
_CHAIN = re.compile(
    rf"(?P<hedge>(?:(?<![\w-])(?:{_WORDS})[ \xa0]?)?)(?:(?P<neutral>\b{_NEUTRAL})"
    rf" )?(?:\((?=[$£€]))?(?P<currency>(?-i:{CURRENCY_BEFORE}))?[ \xa0]?$",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"(?P<at_least>[ -]?\+(?!\d)|-plus\b| plus(?=[.,;)]|$)|(?:,? or (?:more|above|over|older|higher|greater"
    r"|longer)\b(?! (?:less|than)))|,? and (?:over|above|up|older|counting)\b(?! to))"
    r"|(?P<at_most>,? or (?:less|fewer|under|below|younger|lower)\b|,? at (?:the )?most\b|,? max(?:imum)?\b)"
    r"|(?P<approximate> or so\b|-odd\b| or thereabouts\b|,? more or less\b|-something\b|-ish\b| give or take\b)",
)
_PASSED = re.compile(r"(?:exceed(?!ing)|not exceed|n[o’']t exceed|never|pass|surpass|topp|tops)", re.IGNORECASE)
# *about two brothers* is no estimate where something told is about them
_TOPIC = re.compile(
    r"\b(?:books?|films?|movies?|stor(?:y|ies)|songs?|play|novel|talk\w*|speak\w*|spoke|questions?|concern\w*|know\w*|knew"
    r"|ask\w*|think\w*|"
    r"thought|worr\w+|care[sd]?|tell\w*|told|joke[sd]?|say\w*|said|complain\w*|learn\w*|hear\w*|heard|information|details|"
    r"something|nothing|anything|are|is|what|debate\w*|read\w*|writ\w+|wrote|documentary|podcast|article|forget|forgot)\s+$",
    re.IGNORECASE,
)
_LASTING = re.compile(
    r"\b(?:for|after|last(?:ed|s|ing)?|took|takes?|taken|taking|spent|spend\w*|ha(?:s|ve|d|ving)|with|of|well|just|is|was|were"
    r"|been|be|a|than|"
    r"serv\w+|by|until|within|needs?|requires?|wait\w*|liv\w+|aged|years?|total\w*|lifted|to|at|from|s[ae]t|runs?|ran|and"
    r"|or)\s+$",
    re.IGNORECASE,
)
_OVER_A = re.compile(r"(?:over|under|above|below|within|around|about) an? ", re.IGNORECASE)
_AGO = re.compile(r" (?:later|ago|earlier|before|after|old)\b")
_UNDER_SOMEBODY = re.compile(
    r"\s+(?:\w+ )?(?:presidents?|prime|governments?|administrations?|leaders?|names?|flags?|conditions?|laws?|kings?|rulers?"
    r"|owners?|managers?"
    r"|headings?|charges?|counts?|regimes?|articles?|sections?)\b"
)


@dataclass(frozen=True, slots=True)
class Before:
    """What stands before a number: where the figure begins, how it is bounded, and the currency sign."""

    start: int
    modifier: Modifier
    currency: str | None


def read_before(text: str, lo: int, at: int) -> Before:
    """Read hedge and currency sign that end at ``at``, not before ``lo``."""
    m = _CHAIN.search(text, max(lo, at - 60), at)
    if m is None:
        return Before(at, "exact", None)
    start = m.start("currency") if m["currency"] else at
    modifier: Modifier = "exact"
    if m["hedge"] and m["hedge"] != "~ ":
        modifier = cast(
            Modifier,
            next(k for k, v in m.groupdict().items() if v and k not in ("hedge", "neutral", "currency")).rsplit("_", 1)[0],
        )
        start = m.start("hedge")
        if _PASSED.match(m["hedge"]):
            start = m.start("currency") if m["currency"] else at  # a verb is no part of the figure
        elif (
            modifier == "approximate"
            and m["hedge"].lower().startswith("about")
            and _TOPIC.search(text, max(lo, start - 20), start)
        ):
            return Before(m.start("currency") if m["currency"] else at, "exact", m["currency"])
    return Before(start, modifier, m["currency"])


def read_after(text: str, at: int, limit: int) -> tuple[Modifier, int] | None:
    """Read a bound after the figure (*50 or more*, *50-odd*): the modifier and the offset after it."""
    m = _LATER.match(text, at, limit)
    return None if m is None or m.lastgroup is None else (cast(Modifier, m.lastgroup), m.end())


def is_no_bound(text: str, lo: int, start: int, end: int, kind: str, compound: bool = False) -> bool:
    """Whether *over five days*, *under two presidents* and the like say when or whom, and bound nothing."""
    hedge = text[start : start + 7].lower()
    if compound and _OVER_A.match(text, start):
        return True  # over a five-game span
    if hedge.startswith("over ") and kind == "duration":
        return _LASTING.search(text, max(lo, start - 12), start) is None and _AGO.match(text, end) is None
    if hedge.startswith("within "):
        return kind not in ("duration", "measure")
    if hedge.startswith("under ") and kind == "count":
        return _UNDER_SOMEBODY.match(text, end) is not None
    return False


def bounds(modifier: Modifier, value: float | None) -> tuple[float | None, float | None]:
    """Low and high of a single value by the table of modifiers."""
    low = value if modifier in ("exact", "at_least", "more_than") else None
    high = value if modifier in ("exact", "at_most", "less_than", "nearly") else None
    return low, high
