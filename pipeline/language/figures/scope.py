"""Where and when a figure holds: the place and the time named in its clause, else in its sentence; never guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..chars import Chars
from .negatives import MONTH

_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_UNIT = r"(?:seconds?|minutes?|hours?|days?|nights?|weeks?|weekends?|fortnight|months?|years?|decades?|century|centuries|quarters?|seasons?|summer|winter|spring|autumn|fall)"
_NUMBER = r"(?i:\d[\d,.]*|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty(?:-\w+)?|several|few|couple of|dozen)"
_PERIOD = r"(?:morning|afternoon|evening|night)"
_DATE = rf"(?:(?:{_DAY},? )?(?:{MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b(?! million| billion|[,.]\d)(?:,? (?:19|20)\d\d\b)?|\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {MONTH}(?:,? (?:19|20)\d\d\b)?|{MONTH},? (?:19|20)\d\d\b))"
_BARE_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
WHEN = re.compile(
    rf"\b(?i:between|from) (?:{_DATE}|{_BARE_MONTH}|(?:19|20)\d\d) (?:and|to|until|through) (?:{_DATE}|{_BARE_MONTH}|(?:19|20)\d\d)\b"
    rf"|\b(?i:(?:on|in|since|until|by|before|after|from|during|early|earlier|late|mid|as of|through|the|at the end of|for|around) )*{_DATE}"
    rf"|\b(?i:(?:on|since|until|by|before|after|from|late|early|as of|through|last|next|this|earlier|overnight) )*{_DAY}\b(?:[’']s\b)?(?: {_PERIOD})?"
    rf"|\b(?i:(?:in|since|until|by|before|after|from|during|early|earlier|late|mid|through|last|next|this|the|of|end of|beginning of|for) )+(?:mid-|early |late )?{_BARE_MONTH}\b(?!,? [A-Z])"
    rf"|\b(?i:in|since|until|by|before|after|from|during|between|through|of|for|early|late|mid|back in|fiscal(?: year)?|the year|the end of|the summer of|the spring of|the fall of|the winter of)"
    rf" (?:mid-|early |late |fiscal |fiscal year |the end of |the start of |the beginning of )?(?:19|20)\d\d(?:s|[-–]\d\d(?:\d\d)?)?\b(?! (?:people|men|women|children|dollars|(?!was|is|has|as|vs)[a-z]+s\b)|,\d| per)"
    rf"|\b(?i:(?:over|during|in|within|for|throughout|across|after|by|since|until|from|at) )?(?:the (?:past|last|first|next|previous|coming|preceding|following|same|third|second|fourth|final|current|fiscal|"
    rf"whole|entire|opening|early|late|latter) (?:{_NUMBER} (?:and a half )?)?(?:full |business |fiscal )?{_UNIT}(?: of (?:the year|this year|last year|(?:19|20)\d\d|{_BARE_MONTH}))?\b)"
    rf"|\b(?i:(?:later|earlier|early|late|so far|by|since|until|from|at the end of|by the end of|the end of|the start of|in|over|during|before|after) )*(?<!can )(?<!could )(?<!may )(?<!to )(?<!will )(?<!would )"
    rf"(?:last|this|next|every|each) (?:(?:fiscal|financial|calendar|school) )?(?:{_UNIT}|{_PERIOD}|{_BARE_MONTH})(?:[’']s\b)?"
    rf"|\b(?i:(?:more|less) than |almost |nearly |about |around |some |at least |over |just )?{_NUMBER} (?:and a half )?{_UNIT} (?:ago|earlier|later|previously)\b"
    rf"|\b(?i:by|at|until|before|since|after|toward|towards) the (?:end|start|beginning|middle|turn|close) of (?:the |this |last |next )?(?:(?:year|month|week|day|century|decade|quarter|season)|(?:19|20)\d\d|{_BARE_MONTH})(?: (?:19|20)\d\d)?\b"
    rf"|\b(?i:yesterday|today|tonight|overnight|tomorrow|currently|so far this (?:year|month|week)|to date|year-on-year|nowadays|at present)(?:[’']s\b)?(?: {_PERIOD})?\b"
    rf"|\b(?i:in|during|over|since|through) (?:the )?(?:19|20)?\d0s\b",
)
_DIRECTION = r"(?:north|south|east|west|central|northern|southern|eastern|western|north-?east(?:ern)?|north-?west(?:ern)?|south-?east(?:ern)?|south-?west(?:ern)?|rebel-held|government-held|downtown|greater|inner|mainland|rural|coastal|neighbou?ring|occupied|opposition-held)"
_KIND = (
    r"(?:cit(?:y|ies)|towns?|villages?|provinces?|districts?|states?|regions?|ports?|capital|islands?|suburbs?|count(?:y|ies)|areas?|neighbou?rhoods?|governorates?"
    r"|camps?|countr(?:y|ies)|nations?|parts?|outskirts|countryside|centre|center|north|south|east|west|streets?|coast|border|valley|hills|mountains?|corner|heart)"
)
# what stands between a preposition and the name of a place: *in the besieged eastern districts of*
_BEFORE_PLACE = re.compile(
    rf"\b(?:(?:in|at|near|across|outside|from|inside|around|throughout|within|into|off|over|on|toward|towards)\s+|(?:bombing|bombardment|shelling|siege|battle|invasion"
    rf"|capture|fall|occupation)\s+of\s+)(?P<whole>(?:the )?(?:(?:[\w’-]+ ){{0,3}}{_KIND}(?: of|,)? )?(?:(?:the )?(?P<direction>(?:{_DIRECTION} )+))?(?:the )?)$",
)


def time_at(text: str, spans: Sequence[Chars], figure: Chars) -> str | None:
    """The time named in the first of the spans that names one, the nearest to the figure; not the figure itself."""
    for lo, hi in spans:
        found = [m for m in WHEN.finditer(text, lo, hi) if not (m.start() <= figure[0] < m.end() or figure[0] <= m.start() < figure[1])]
        if found:
            nearest = min(found, key=lambda m: max(m.start() - figure[1], figure[0] - m.end()))
            return nearest.group().strip().rstrip(".,")
    return None


def place_at(text: str, spans: Sequence[Chars], places: Sequence[Chars], figure: Chars) -> str | None:
    """The place named in the first of the spans that names one behind a preposition, the nearest to the figure.

    Args:
        text: the article.
        spans: clause and sentence.
        places: the names of places in the article, in text order.
        figure: the figure's span.
    """
    for lo, hi in spans:
        best: tuple[int, str] | None = None
        for s, e in places:
            if s < lo or e > hi:
                continue
            m = _BEFORE_PLACE.search(text, max(lo, s - 60), s)
            if m is None:
                continue
            distance = max(s - figure[1], figure[0] - e)
            name = (m["direction"] or "") + re.sub(r"[’']s?$", "", text[s:e].rstrip("’'"))
            if best is None or distance < best[0]:
                best = distance, name
        if best is not None:
            return best[1]
    return None
