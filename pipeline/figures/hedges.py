"""Bounds and hedges of figures: *more than*, *as many as*, *nearly*, *some*, *or more*, and what they make of the value."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import Literal, cast

from ..lexicon.rows import HedgeRow
from ..lexicon.tables import phrases, table
from ..schemas.figures import Modifier
from .money import CURRENCY_BEFORE, is_doubtful_sign


def _alternatives(modifier: str, place: Literal["before", "after", "word"]) -> str:
    return "|".join(row.phrase for row in table(HedgeRow) if (row.modifier, row.place) == (modifier, place))


_SETS = {
    "more": f"(?:{_alternatives('more', 'word')})",
    "less": f"(?:{_alternatives('less', 'word')})",
    "little": f"(?:(?:{_alternatives('little', 'word')}) )?",
}


def _bounding(place: Literal["before", "after"]) -> str:
    """Hedges as alternatives in the order of the table, each in a group named by its modifier and a number."""
    rows = [row for row in table(HedgeRow) if row.place == place and row.modifier != "none"]
    groups = []
    for n, (modifier, of_one) in enumerate(itertools.groupby(rows, key=lambda row: row.modifier)):
        told = re.sub(r"\{(more|less|little)\}", lambda m: _SETS[m[1]], "|".join(row.phrase for row in of_one))
        groups.append(f"(?P<{modifier}_{n}>{told})")
    return "|".join(groups)


_UNBOUND = (
    rf"(?:(?P<neutral>\b(?:{_alternatives('none', 'before')})) )?(?:\((?=[$£€]))?(?P<currency>(?-i:{CURRENCY_BEFORE}))?[ \xa0]?$"
)
_CHAIN = re.compile(rf"(?P<hedge>(?:(?<![\w-])(?:{_bounding('before')})[ \xa0]?)?){_UNBOUND}", re.IGNORECASE)
_NO_HEDGE = re.compile(_UNBOUND, re.IGNORECASE)
_HEDGE_AT = re.compile(r"(?<![\w-])\S")  # where a hedge may begin
_LATER = re.compile(_bounding("after"))
_PASSED = re.compile(r"(?:restrict|limit|exceed(?!ing)|not exceed|n[o’']t exceed|never|pass|surpass|topp|tops?\b)", re.IGNORECASE)
# *edged up to 3 per cent*, *brings the total up to 40*: how high, and no bound
_WENT_UP = re.compile(
    r"\b(?:went|go(?:es|ing|ne)?|edg\w+|cre(?:ep|pt)\w*|tick\w+|inch\w+|shot|nudged|bumped|ratchet\w+"
    r"|(?:br[io]ngs?|bringing|brought|push(?:es|ed|ing)?|tak(?:es|ing)|took|driv(?:es|ing)|drove|puts?|putting|lift(?:s|ed|ing)?"
    r"|sen[dt]s?) (?:the|its|their|this|that|his|her|our) (?:[\w-]+ ){1,4}?) ?$",
    re.IGNORECASE,
)
# *was up to 4 per cent in May from 3 per cent*
_IS_UP = re.compile(r"\b(?:is|are|was|were|now) \Z")
_FROM_WHAT = re.compile(
    r"\d[\d,.]*(?: ?%| per ?cent| [a-z]+)?(?: (?:in|on|last) \w+)?,? from (?:(?:about|around|just) )?(?:Rs\.? ?|[$€£])?\d"
)
# *about two brothers* is no estimate where something told is about them
_TOPIC = re.compile(rf"\b(?:{phrases('topic')})\s+$", re.IGNORECASE)
# a work, or what somebody says, is about what it tells of; but *the film is about 90 minutes long*
_WORK = re.compile(
    r"\b(?:(?:films?|movies?|novels?|books?|stor(?:y|ies)|songs?|plays?|podcasts?|documentar(?:y|ies)|dramas?|musicals?"
    r"|poems?)(?: \w+){0,2} (?:is|are|was|were)|(?:what|something|anything|nothing|everything|things)(?: [\w’'-]+){0,3}"
    r" (?:said|says?|th(?:ink|inks|ought)|is|was))\s+$",
    re.IGNORECASE,
)
_MANY_DIGITS = re.compile(r"\d[\d,.]")
_LASTING = re.compile(
    r"\b(?:for|after|last(?:ed|s|ing)?|took|takes?|taken|taking|spent|spend\w*|ha(?:s|ve|d|ving)|with|of|well|just|is|was|were"
    r"|been|be|a|than|"
    r"serv\w+|by|until|within|needs?|requires?|wait\w*|liv\w+|aged|years?|total\w*|lifted|to|at|from|s[ae]t|runs?|ran|and"
    r"|or)\s+$",
    re.IGNORECASE,
)
# *spread over 21 states*, *authority over 300 villages*; *controls over 300 firms* has a bound
_TAKES_OVER = re.compile(
    r"\b(?:spread(?:s|ing)?|scattered|distributed|staggered|rul(?:ed|ing)|reign(?:ed|s|ing)?|presid(?:ed|es|ing)|oversight|authority"
    r"|jurisdiction|sovereignty|control|powers?|dominance|victory|triumph|advantage|concerns?|outrage|anger|protests?|questions"
    r"|doubts|dispute|row|charges|arrested|jailed) \Z",
    re.IGNORECASE,
)
_OVER_SOME = re.compile(r"(?:over|under|above|below) (?:several|a few|few|many|countless)\b", re.IGNORECASE)
_OVER_A = re.compile(r"(?:over|under|above|below|within|around|about) an? ", re.IGNORECASE)
# what money is quarrelled over: *on trial over $2 million*
# *handed over 12 suspects*, *turned over 40 files to the court*
_GIVEN_OVER = re.compile(r"\bhand(?:s|ed|ing)? \Z", re.IGNORECASE)
_TURNED_OVER = re.compile(r"\b(?:turn(?:s|ed|ing)?|sign(?:s|ed|ing)?) \Z", re.IGNORECASE)
_TO_SOMEBODY = re.compile(r"(?: [\w’'-]+){0,4} to (?!be\b)")
_QUARREL = re.compile(r"\b(?:trial|row|dispute|lawsuit|sued|suit|case|charges|inquiry|probe|court|clash|jailed|arrested) $")
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
    m = _chain(text, max(lo, at - 60), at)
    if m is None or (m["currency"] and is_doubtful_sign(text, m["currency"], at)):
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
            m["hedge"].lower().startswith("up to")
            and (
                _WENT_UP.search(text, max(lo, start - 60), start)
                or (_IS_UP.search(text, max(lo, start - 12), start) and _FROM_WHAT.match(text, at))
            )
        ) or (
            modifier == "approximate"
            and m["hedge"].lower().startswith("about")
            and (
                _TOPIC.search(text, max(lo, start - 20), start)
                or (not _MANY_DIGITS.match(text, at) and _WORK.search(text, max(lo, start - 60), start))
            )
        ):
            return Before(m.start("currency") if m["currency"] else at, "exact", m["currency"])
    return Before(start, modifier, m["currency"])


def _chain(text: str, lo: int, at: int) -> re.Match[str] | None:
    """The longest run of hedge, neutral word and currency sign that ends at ``at``; a hedge is sought where words begin."""
    bare = _NO_HEDGE.search(text, lo, at)
    for word in _HEDGE_AT.finditer(text, lo, bare.start() if bare is not None else at):
        if (m := _CHAIN.match(text, word.start(), at)) is not None:
            return m
    return _CHAIN.match(text, bare.start(), at) if bare is not None else None


def read_after(text: str, at: int, limit: int) -> tuple[Modifier, int] | None:
    """Read a bound after the figure (*50 or more*, *50-odd*): the modifier and the offset after it."""
    m = _LATER.match(text, at, limit)
    return None if m is None or m.lastgroup is None else (cast(Modifier, m.lastgroup.rsplit("_", 1)[0]), m.end())


def is_no_bound(text: str, lo: int, start: int, end: int, kind: str, compound: bool = False) -> bool:
    """Whether *over five days*, *under two presidents* and the like say when or whom, and bound nothing."""
    hedge = text[start : start + 7].lower()
    if compound and _OVER_A.match(text, start):
        return True  # over a five-game span
    if _OVER_SOME.match(text, start) or (hedge.startswith("over ") and _TAKES_OVER.search(text, max(lo, start - 16), start)):
        return True  # took over several banks
    if hedge.startswith("over ") and _GIVEN_OVER.search(text, max(lo, start - 10), start):
        return True
    if hedge.startswith("over ") and _TURNED_OVER.search(text, max(lo, start - 10), start):
        return _TO_SOMEBODY.match(text, end) is not None
    if hedge.startswith("over ") and kind == "duration":
        return _LASTING.search(text, max(lo, start - 12), start) is None and _AGO.match(text, end) is None
    if hedge.startswith("over ") and kind == "money":
        return _QUARREL.search(text, max(lo, start - 16), start) is not None
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
