"""Where and when a figure holds: the place and the time named in its clause, else in its sentence; never guessed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from ..lexicon.tables import phrases
from ..lexicon.words import MONTHS, WEEKDAYS
from ..text.chars import Chars
from .figure import FoundFigure
from .negatives import MONTH

_DAY = rf"(?:{'|'.join(WEEKDAYS)})"
_UNIT = (
    r"(?:seconds?|minutes?|hours?|days?|nights?|weeks?|weekends?|fortnight|months?|years?|decades?|century|centuries"
    r"|quarters?|half|semester|trimester"
    r"|seasons?"
    r"|summer|winter|spring|autumn|fall)"
)
_COUNT = (
    r"(?i:\d[\d,.]*|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty(?:-\w+)?|several|(?:a )?few"
    r"|(?:a )?couple of|dozen)"
)
_PERIOD = r"(?:morning|afternoon|evening|night)"
_YEAR = r"(?:1[5-9]|20)\d\d"
_MONTH_DAY = rf"{MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b(?! million| billion|[,.]\d)(?:,? {_YEAR}\b)?"
_DAY_MONTH = rf"\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {MONTH}(?:,? {_YEAR}\b)?"
_DATE = rf"(?:(?:{_DAY},? )?(?:{_MONTH_DAY}|{_DAY_MONTH}|{MONTH},? {_YEAR}\b))"
_FULL_MONTH = rf"(?:{'|'.join(MONTHS)})"
_POINT = rf"(?:{_DATE}|{_FULL_MONTH}|{_YEAR})"
_AT = r"on|in|since|until|by|before|after|from|during|early|earlier|late|mid|through"
_WHEN = (
    # the three months to June, the year ended March 31
    rf"(?i:(?:in|for|during|over|of) )?the (?:(?:first|second|third|fourth|last|three|six|nine|12|twelve|full|fiscal"
    rf"|financial) ){{0,2}}(?:quarter|months?|year|half|week|period) (?i:ended|ending|to|through|until|up to|starting)"
    rf" (?i:on |the )?{_POINT}\b(?! and)",
    # in H1 2024, in Q3
    r"(?i:(?:in|for|during|over|since|by|of) )(?:[QH][1-4]|[1-4]Q|[12]H|FY)(?:[ -]?(?:of )?(?:FY)?(?:20)?\d\d(?:[-/–]\d\d)?)?\b",
    # between May and June 2014
    rf"(?i:between|from|during) {_POINT} (?:and|to|until|through) (?:{_POINT}\b|today\b|now\b)",
    # between 4 and 11 May
    rf"(?i:between|from) \d{{1,2}} (?:and|to) {_DAY_MONTH}\b",
    # since September 2015
    rf"(?i:(?:{_AT}|as of|the|at the end of|for|around|last|this|next) )*{_DATE}",
    # on Monday night
    rf"(?i:(?:{_AT}|as of|last|next|this|overnight) )*{_DAY}\b(?:[’']s\b)?(?: {_PERIOD})?",
    # last May
    rf"(?i:(?:as of|{_AT}|last|next|this|the|end of|beginning of|for) )+(?:mid-|early "
    rf"|late )?{_FULL_MONTH}\b(?: quarter\b)?(?! [A-Z]|\.? \d)",
    # in 2014, in fiscal 2014, in the 2010s, of 2014-16
    rf"(?i:{_AT}|between|as of|of|for|back in|fiscal(?: year)?|the year|the end of|the (?:summer|spring|fall|autumn"
    rf"|winter) of) (?:mid-|early |late "
    rf"|fiscal (?:year )?|the (?:end|start|beginning) of )?{_YEAR}(?:s|[-–]\d\d(?:\d\d)?)?\b"
    r"(?! (?:people|men|women|children|(?!was|is|has|as|vs)[a-z]+s\b)|,\d| per|%)",
    # over the past three weeks, in the first quarter of this year
    rf"(?i:(?:{_AT}|over|within|for|throughout|across|at) )?the (?:past|last|first|next|previous|coming|preceding|following"
    rf"|same|third|second"
    rf"|fourth|final|current|fiscal|whole|entire|opening|early|late|latter) (?:{_COUNT} (?:(?:or|to) {_COUNT} |and a half )?)?"
    rf"(?:full |business |fiscal )?{_UNIT}"
    rf"(?: of (?:the year|this year|last year|{_YEAR}|{_FULL_MONTH}))?\b",
    # so far this year, later last month; not *can last weeks*
    rf"(?i:(?:{_AT}|later|so far|at the end of|by the end of|the end of|the start of"
    rf"|over) )*(?<!can )(?<!could )(?<!may )(?<!to )(?<!will )"
    rf"(?<!would )(?i:last|this|next|every|each) (?:(?:fiscal|financial|calendar|school) )?(?:{_UNIT}|{_PERIOD}"
    rf"|{_FULL_MONTH})(?:[’']s\b)?",
    rf"(?i:(?:more|less) than |almost |nearly |about |around |some |at least |over |just )?{_COUNT} (?:and a half )?{_UNIT} "
    # almost two weeks ago
    r"(?:(?:ago|earlier|later|previously)\b|before(?=[.,;)]|$))",
    rf"(?i:by|at|until|before|since|after|towards?) the (?:end|start|beginning|middle|turn|close) of (?:the |this |last "
    rf"|next )?(?:current |coming )?"
    # by the end of the year
    rf"(?:(?:year|month|week|day|century|decade|quarter|season)|{_YEAR}|{_FULL_MONTH})(?: {_YEAR})?\b",
    rf"(?:[Yy]esterday|[Tt]oday|[Tt]onight|[Oo]vernight|[Tt]omorrow|[Cc]urrently|[Tt]o date|year-on-year|[Nn]owadays"
    rf"|[Nn]ow(?! that\b)"
    rf"|[Aa]t present)(?:[’']s\b)?(?: {_PERIOD})?\b",
    r"(?i:by|at|before|towards?) (?:year[- ]?end|(?:the )?year[’']s end)\b",
    # in the 2009 elections
    rf"(?i:{_AT}) the {_YEAR} [a-z]+\b",
    # in the 1990s
    r"(?i:in|during|over|since|through) (?:(?:the )?(?:early |late |mid-)?(?:1[5-9]|20)\d0s|the (?:early |late |mid-)?\d0s)"
    r"(?: and (?:the )?(?:1[5-9]|20)?\d0s)?\b",
)
_OF_DAYS = re.compile(r"(?:Today|Tomorrow|Now|Tonight|Overnight|Currently|Yesterday)\b")
_OPENER = re.compile(r"[.?!:;“\"”—–-]\s")
_SHORT_DECADE = re.compile(r"\w+ the (?:early |late |mid-)?\d0s", re.IGNORECASE)  # lows in the mid-20s
_DEGREES = re.compile(r"°|\b(?:degrees|temperatures?|highs?|lows?|Celsius|Fahrenheit)\b", re.IGNORECASE)
_NEAR_DECADE = 80
_SINCE = re.compile(r"\b(?i:since) (?:its|his|her|their|the|a|an|our|my) (?:[\w’'-]+ ){1,4}\Z")
_OWNED_TIME = re.compile(r"[’']s\Z")
_PREPOSED = re.compile(rf"\A(?:{_AT}) (?=\w)", re.IGNORECASE)
_NO_PART = re.compile(rf"\Aof (?={_YEAR})|\A(?:(?:{_AT}|for) )?the (?=(?:{MONTH}|{_DAY})\b(?! quarter))")
_TIME = re.compile("|".join(rf"\b{form}" for form in _WHEN))
# what every time has one of, so that most sentences need not be read for one
_SIGNS = (
    *(name.lower() for name in WEEKDAYS), *(name.lower()[:3] for name in MONTHS), "second", "minute", "hour", "day",
    "night", "week",
    "month", "year", "decade", "centur", "quarter", "season", "summer", "winter", "spring", "autumn", "fall", "morning",
    "evening", " h1", " h2", " q1", " q2", " q3", " q4", " fy", "1q", "2q", "3q", "4q", "1h", "2h", "now", "to date",
    "current", "tomorrow", "at present", "turn of",
)  # fmt: skip
_YEARS = re.compile(r"\b(?:1[5-9]|20)?\d0s|\b(?:1[5-9]|20)\d\d")
_DIRECTION = f"(?:{phrases('direction')})"
_KIND = f"(?:{phrases('place')})"
# what stands between a preposition and the name of a place: *in the besieged eastern districts of*
_BEFORE_PLACE = re.compile(
    rf"\b(?:(?i:in|at|near|across|outside|(?P<origin>from(?: all)?(?: over| across| around| inside| outside| within)?)|inside"
    rf"|around|throughout|within|into|off|over|on)\s+|(?:bombing"
    rf"|bombardment|shelling|siege|battle|invasion"
    rf"|capture|fall|occupation)\s+of\s+)(?P<whole>(?:the )?(?:(?:[\w’-]+ ){{0,3}}{_KIND}(?: of"
    rf"|,)? )?(?:(?:the )?(?P<direction>(?:{_DIRECTION} )+))?(?:the )?)$",
)
_OWNED = re.compile(r"[’']s?\b")
_OPENS = re.compile(r"(?:^|[.;:,“\"\n]\s?|\b(?:and|while|but|as|that|with) )(?:the )?$", re.IGNORECASE)
# what is done by those in a place rather than by its government: *Sorra has 12 mills*, *Sorra residents*
_HOLDS = re.compile(
    r" (?:(?:has|had|have|having|now|also|already|currently|only) )*(?:(?:has|had|have)(?! (?:been|[a-z]{2,}(?:ed|en)|made"
    r"|put|sent"
    r"|cut|paid|set|led|kept|left|brought|bought|found|spent|given|shown)\b)|welcom(?:es|ed)|attract(?:s|ed)|count(?:s|ed)"
    r"|record(?:s|ed)|register(?:s|ed)"
    r"|produc(?:es|ed|ing)|export(?:s|ed)|import(?:s|ed)|arrest(?:s|ed)|detain(?:s|ed)|received|saw|seen|los(?:es|t)"
    r"|suffer(?:s|ed)"
    r"|hold(?:s)?|held|is home to|hosts?|hosted|sold|built)\b"
    r"| (?:residents|households|voters|families|homes|schools|hospitals|streets|citizens|pupils|students|farmers)\b"
)
_BETWEEN = re.compile(r"[,;:“”\"]")
_PARTED = re.compile(r"\b(?:which|that|whose|before)\b|\band (?:then )?(?:\w+ed|was|were|is|are|has|have|had)\b|[—–:(]|--")
_ADJECTIVE = re.compile(r"(?:an|ese|ish|ic|i)\Z")
_LOWER = re.compile(r" [a-z]+")
_MOVED = frozenset(("displaced", "evacuated"))


# *rose 5 per cent from 2021*, *over the same period of last year*, *on the year*: what a change is measured from
_MEASURED_FROM = re.compile(r" (?:from|over|than|versus|against|compared (?:with|to))\b(?: (?:in|at|on|for))?(?: the)? ?\Z")
_FROM_WHEN = re.compile(r"(?:from|over) (?!the (?:past|last|next|coming|first)\b)(?![^,]* to )", re.IGNORECASE)
_ON_BEFORE = re.compile(r"on (?:the (?:previous|preceding|same)|last|a) (?:year|month|quarter|week|day|session)", re.IGNORECASE)
_SAME_TIME = re.compile(
    r" (?:from|over|than|versus|against|compared (?:with|to)|on) (?:[a-z]+ )?(?:the )?(?:same|similar|corresponding|previous"
    r"|prior|year-earlier|year-ago|preceding) (?:[a-z]+ )?(?:in |of |a )?\Z"
)
_UP_ON = re.compile(r" (?:(?:up|down|higher|lower|more|less|fewer|better|worse) )?")
_BASE_NEAR = 58  # characters behind a figure within which it is told what it is measured from


def times_in(text: str, span: Chars) -> list[Chars]:
    """The times that a sentence names."""
    low = text[slice(*span)].lower()
    if not any(sign in low for sign in _SIGNS) and _YEARS.search(low) is None:
        return []
    return [_with_event(text, span[0], m) for m in _TIME.finditer(text, *span) if not _is_named(text, span[0], m)]


def _is_named(text: str, lo: int, m: re.Match[str]) -> bool:
    """Whether a word for a time is a name's, printed with a capital within a sentence: *the Tomorrow Group*."""
    named = _OF_DAYS.match(m.group()) is not None and m.start() > lo and _OPENER.match(text, m.start() - 2) is None
    decade = _SHORT_DECADE.fullmatch(m.group()) is not None and _DEGREES.search(text, lo, min(len(text), m.end() + _NEAR_DECADE))
    return bool(decade) or (named and text[m.start() - 1] == " ")


def _with_event(text: str, lo: int, m: re.Match[str]) -> Chars:
    """The span of a time with what it is the time of, where all since then is meant: *since its launch in 2020*."""
    since = _SINCE.search(text, max(lo, m.start() - 50), m.start()) if m.group()[:3] in ("in ", "on ", "at ") else None
    return since.start() if since is not None else m.start(), m.end()


def time_at(text: str, times: Sequence[Chars], spans: Sequence[Chars], figure: Chars) -> str | None:
    """The time named in the first of the spans that names one, the nearest to the figure; not the figure itself.

    Args:
        text: the article.
        times: the times that the sentence names.
        spans: clause and sentence.
        figure: the figure's span.
    """
    others = [t for t in times if not (t[0] <= figure[0] < t[1] or figure[0] <= t[0] < figure[1])]
    for lo, hi in spans:
        found = [t for t in others if lo <= t[0] and t[1] <= hi]
        if found:
            start, end = min(found, key=lambda t: max(t[0] - figure[1], figure[0] - t[1]))
            return _trimmed(text[start:end].strip().rstrip(".,"))
    return None


def is_base(text: str, f: FoundFigure, time: Chars) -> bool:
    """Whether a time behind a figure is that of what a change is measured from: *rose 5 per cent from 2021*."""
    between = text[f.whole_end : time[0]]
    if between == " " and text[time[0] : time[0] + 9] in ("more than", "less than"):
        return True  # 27 per cent more than a year ago
    if len(between) > _BASE_NEAR:
        return False
    if _SAME_TIME.search(between) is not None:
        return True
    if f.direction is None:
        return False
    base = _FROM_WHEN.match(text, *time) or _ON_BEFORE.match(text, *time)
    return (base is not None and _UP_ON.fullmatch(between) is not None) or _MEASURED_FROM.fullmatch(between) is not None


def _trimmed(time: str) -> str:
    """A time without what is of the words around it: *this year’s* budget, *for the April 24* election, *of 2019*."""
    own = _OWNED_TIME.sub("", time)
    if own != time:
        own = _PREPOSED.sub("", own)
    return _NO_PART.sub("", own)


def places_within(places: Sequence[Chars], span: Chars) -> Sequence[Chars]:
    """Those of the places that begin within a span."""
    return places[bisect_left(places, (span[0], span[0])) : bisect_left(places, (span[1], span[1]))]


def place_at(text: str, spans: Sequence[Chars], places: Sequence[Chars], f: FoundFigure) -> str | None:
    """The place named in the first of the spans that names one: behind a preposition, else as an owner or as who has what is
    counted; the nearest to the figure, but not where somebody comes from.

    Args:
        text: the article.
        spans: the clause, and what it hangs on.
        places: the names of places in the article, in text order.
        f: the figure, with its event.
    """
    named = text[f.start - 2 : f.start] == " (" and f.kind != "age"
    own = [p for p in places_within(places, (max(spans[0][0], f.start - 60), f.start)) if p[1] == f.start - 2] if named else []
    if own:
        return text[slice(*own[-1])]  # Norr (40 per cent), Sund (12)
    for lo, hi in spans:
        best: tuple[bool, int, str] | None = None
        for s, e in places_within(places, (lo, hi)):
            if e > hi or text[e : e + 1] == "-" or (_ADJECTIVE.search(text, s, e) and _LOWER.match(text, e)):
                continue
            m = _BEFORE_PLACE.search(text, max(lo, s - 60), s)
            if m is not None and m["origin"] and f.event not in _MOVED:
                continue
            owns = e <= f.start and (_is_owner(text, s, e) or _is_holder(text, s, e))
            if m is None and (not owns or _BETWEEN.search(text, e, f.start) is not None):
                continue
            if s > f.whole_end and _PARTED.search(text, f.whole_end, s):
                continue
            name = (m["direction"] if m and m["direction"] else "") + re.sub(r"[’']s?$", "", text[s:e].rstrip("’'"))
            rank = m is None, max(s - f.whole_end, f.start - e), name
            best = rank if best is None or rank < best else best
        if best is not None:
            return best[2]
    return None


def _is_owner(text: str, start: int, end: int) -> bool:
    """*Sorra’s exports*."""
    return (text[end - 1] in "s’'" and _OWNED.search(text, start, end) is not None) or _OWNED.match(text, end) is not None


def _is_holder(text: str, start: int, end: int) -> bool:
    """*Sorra has 12 mills*, *Sorra residents*."""
    return _OPENS.search(text, max(0, start - 12), start) is not None and _HOLDS.match(text, end) is not None
