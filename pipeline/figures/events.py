"""What befell those counted: killed, injured, displaced and the like, read from the words around a figure."""

from __future__ import annotations

import re
from typing import Literal, cast

from ..lexicon.rows import EventRow
from ..lexicon.tables import table, words
from ..schemas.figures import Event
from ..text.chars import Chars
from .figure import FoundFigure


def _told_by(part: Literal["verb", "noun", "act", "toll", "state"]) -> str:
    """The phrases of events.csv of a part as alternatives, by named groups, which are the events."""
    phrases: dict[Event, list[str]] = {}
    for row in table(EventRow):
        if row.part == part:
            phrases.setdefault(row.event, []).append(row.phrase)
    return "|".join(f"(?P<{event}>{'|'.join(told)})" for event, told in phrases.items())


_VERB = re.compile(rf"\b(?:{_told_by('verb')})\b", re.IGNORECASE)
_NOUN = re.compile(rf"\b(?:{_told_by('noun')})$", re.IGNORECASE)
_CASES = re.compile(
    r"cases? of (?:covid|cholera|ebola|measles|dengue|polio|malaria|monkeypox|mpox|coronavirus|the (?:virus|disease))",
    re.IGNORECASE,
)
_ACTS = re.compile(  # the bombing of four hospitals
    rf"\b(?:{_told_by('act')})(?: of)?(?: (?:the|some|as many as|at least|all|its|their|his|over|more than))*\s*$",
    re.IGNORECASE,
)
_TOLL = re.compile(rf"\b(?:{_told_by('toll')})\b[^.;,\d]{{0,60}}$", re.IGNORECASE)
PEOPLE_EVENTS = frozenset(("killed", "injured", "displaced", "missing", "detained", "trapped", "evacuated", "infected"))
_STATE_OF = re.compile(rf"\b(?:{_told_by('state')}) [a-z]")  # 12 wounded soldiers
_LIVES = re.compile(r"\b(?:claim|cost|t[ao]k|los)\w* (?:[\w-]+ ){0,3}$", re.IGNORECASE)
_LIVES_LOST = re.compile(r"(?: (?:were|was|have|had|been|are))* (?:lost|claimed|taken)\b")
_STATES = words("event_state")
_PASSIVE = re.compile(r"\b(?:was|were|been|being|be|is|are|got)\s+(?:\w+ly )?$", re.IGNORECASE)
_ACTING_GAP = re.compile(r"(?!.*(?:[;:—–\"“”,]|\b(?:in|on|at|from|to|with|during|of)\b))(?:\s+\S+){0,4}\s*")
_AGENT = re.compile(r"\b(?:that|which|who|by|after|before|because|as|while|when|whose|where|if|for|since|until)\b")
# what may stand between those counted and what befell them: *(of whom) have (reportedly) been killed or*
_HELPERS = re.compile(
    r"(?:\s*\([^)]*\))?,?\s*(?:(?:have|has|had|having|were|was|are|is|be|being|been|may|might|could|would|will|to|also|still"
    r"|now|already|later|then"
    r"|left|feared|believed|thought|reported|presumed|confirmed|known|estimated|said|\w+ly|so far|since|both|either|all|there"
    r"|remain(?:ed)?|went|gone"
    r"|get|got|people|others|more|of whom|of them|of the \w+|those|who|that|or|and|,|injured|wounded|dead|in)\s+)*"
)
_OTHER_CLAUSE = re.compile(
    r"[;:—–\"“”]|\b(?:which|where|when|after|before|while|as|because|whose|but|about|against|over|than|until)\b|\S, (?:who"
    r"|that)\b|\S and (?:he|she|it|they)\b"
)
_AUXILIARY = re.compile(
    r"\b(?:was|were|been|being|are|is|be|who|have|has|had|feared|believed|reported|thought)\s+(?:\w+ )?$", re.IGNORECASE
)
_ACTIVE = re.compile(r"(?:ing|(?<!di)es|kills?|attack)\Z")
_OBJECT = re.compile(
    r" (?:the|a|an|his|her|their|its|at least|more than|up to|some|about|\d|two|three|four|five|six|seven|eight|nine|ten"
    r"|several|dozens)\b"
)
_INTRANSITIVE = words("intransitive")


def event_of(
    text: str, figure: FoundFigure, clause: Chars, before: FoundFigure | None, after: FoundFigure | None
) -> Event | None:
    """What befell what a figure counts.

    Args:
        text: the article.
        figure: the figure, with its counted phrase.
        clause: the span that holds what is said of it.
        before: the figure before it in the sentence.
        after: the figure after it in the sentence.
    """
    if figure.rule == "compound":
        return None  # destroyed the eight-storey building
    own = _of_noun(text, figure)
    if own is not None and own != "attacked":
        return own
    found = _acting(text, figure, clause, before) or _suffering(text, figure, clause, after) or own
    of_people = figure.unit is not None and figure.unit.startswith("person")
    return found if of_people or figure.kind == "count" or found not in PEOPLE_EVENTS else None


def _of_noun(text: str, figure: FoundFigure) -> Event | None:
    """The event that the counted noun itself tells: *12 deaths*, *30 refugees*."""
    if figure.counted is None:
        return None
    if _CASES.match(text, figure.counted_span[0] if figure.counted_span else figure.end):
        return "infected"
    if figure.counted.endswith("lives"):
        lost = _LIVES.search(text, figure.sentence[0], figure.start) or _LIVES_LOST.match(text, figure.whole_end)
        return "killed" if lost else None
    m = _NOUN.search(figure.counted) or _STATE_OF.search(figure.counted)
    return cast(Event, m.lastgroup) if m else None


def _acting(text: str, figure: FoundFigure, clause: Chars, before: FoundFigure | None) -> Event | None:
    """The event whose words stand before: *killing at least 12*, *the bombing of four hospitals*, *the toll rose to 50*."""
    lo = max(clause[0], before.whole_end if before is not None else 0, figure.start - 90)
    if lo >= figure.start:
        return None
    toll = _TOLL.search(text, lo, figure.start)
    if toll and figure.kind == "count" and (figure.counted is None or figure.unit == "person"):
        return cast(Event, toll.lastgroup)
    act = _ACTS.search(text, lo, figure.start)
    if act:
        return cast(Event, act.lastgroup)
    last = max(_VERB.finditer(text, lo, figure.start), key=lambda m: m.start(), default=None)
    if last is None or last.group().lower() in _STATES or not _ACTING_GAP.fullmatch(text, last.end(), figure.start):
        return None
    if _AGENT.search(text, last.end(), figure.start) or _PASSIVE.search(text, max(lo, last.start() - 22), last.start()):
        return None
    return cast(Event, last.lastgroup)


def _suffering(text: str, figure: FoundFigure, clause: Chars, after: FoundFigure | None) -> Event | None:
    """The event whose verb stands behind: *12 people were killed*, *30 missing*, *12 people trapped under a roof died*."""
    start = figure.whole_end
    hi = clause[1] if after is None else min(clause[1], max(after.start, start))
    m = _VERB.search(text, start, hi)
    if m is None:
        return None
    gap, word = text[start : m.start()], m.group().lower()
    helped = _HELPERS.fullmatch(gap) is not None
    if not helped:
        if _OTHER_CLAUSE.search(gap) or len(gap.split()) > 14:
            return None
        if not _AUXILIARY.search(gap) and not (word in _STATES and len(gap.split()) <= 8):
            return None
    if _ACTIVE.search(word.split(" ")[0]) and word not in ("missing", "dying"):
        return None  # 12 fighters attacking a town
    acts = word.endswith("ed") and word not in _INTRANSITIVE and _OBJECT.match(text, m.end()) and not _PASSIVE.search(gap)
    return None if acts else cast(Event, m.lastgroup)  # 12 gunmen killed the mayor
