"""What befell those counted (killed, injured, displaced), and which way a figure went, read from the words around it."""

from __future__ import annotations

import functools
import re
from typing import Literal, cast

from ..lexicon.rows import EventRow
from ..lexicon.tables import table, words
from ..schemas.figures import Direction, Event
from ..text.chars import Chars
from .figure import FoundFigure, NumberPhrase


def _told_by(part: Literal["verb", "noun", "bearer", "act", "toll", "state"]) -> str:
    """The phrases of events.csv of a part as alternatives, by named groups, which are the events."""
    phrases: dict[Event, list[str]] = {}
    for row in table(EventRow):
        if row.part == part:
            phrases.setdefault(row.event, []).append(row.phrase)
    return "|".join(f"(?P<{event}>{'|'.join(told)})" for event, told in phrases.items())


# of a text in small letters: most of hundreds of words are told not to stand there by their first letter
_VERB = re.compile(rf"\b(?:{_told_by('verb')})\b")
_NOUN = re.compile(rf"\b(?:{_told_by('noun')})$", re.IGNORECASE)
_BEARER = re.compile(rf"\b(?:{_told_by('bearer')})$", re.IGNORECASE)
# a body that is no corpse: *the student body*, *public bodies*
_BODIES = re.compile(
    r"\b(?:student|governing|public|regulatory|professional|legislative|statutory|international|national|state|local|civic"
    r"|religious|trade|sport(?:s|ing)?|advisory|elected|world|industry|government|water|official|supervisory|other) bod(?:y"
    r"|ies)$",
    re.IGNORECASE,
)
_CASES = re.compile(r"\bcases?$", re.IGNORECASE)
_DISEASE = re.compile(
    r"\b(?:\w*virus|covid|cholera|ebola|measles|dengue|polio|malaria|\w*pox|mpox|influenza|flu|zika|typhoid|diphtheria"
    r"|plague|rabies|meningitis|hepatitis|tuberculosis|tb|hiv|chikungunya|infections?|infected|disease|outbreak|epidemic|pandemic"
    r"|pathogen|\w+ fever|omicron|variant|tested positive|pneumonia|whooping cough|leptospirosis|scabies|anthrax)\b",
    re.IGNORECASE,
)
_NO_PATIENTS = re.compile(
    r"\b(?:court|legal|criminal|civil|corruption|abuse|rape|murder|fraud|police|theft|cold|graft|pending|divorce|crime|test"
    r"|use|bail|violence|harassment|\w+ assault|trial) cases?$",
    re.IGNORECASE,
)
_CASES_OF = re.compile(r" of (?P<what>[^.,;:]{1,40})")
_SENTENCE = 200  # characters behind a figure within which its verb is looked for
_OUTBREAK = 400  # characters before *cases* within which a disease is named
_ACTS = re.compile(  # the bombing of four hospitals
    rf"\b(?:{_told_by('act')})(?: of)?(?: (?:the|some|as many as|at least|all|its|their|his|over|more than))*\s*$",
    re.IGNORECASE,
)
_TOLL = re.compile(rf"\b(?:{_told_by('toll')})\b[^.;,\d]{{0,60}}$", re.IGNORECASE)
# forced 2,500 people out of their homes
_DRIVING = re.compile(r"\b(?:forc|driv|drov|push|chas|hound|turn|thr[eo]w|kick)\w{0,3}\Z", re.IGNORECASE)
_DRIVEN = re.compile(
    r"[^.,;:\d]{0,40}?(?: (?:out of|from|off) (?:their|his|her|its|the|homes|houses|\w+[’']s?) "
    r"| (?:out of|from) (?!work\b|office\b|school\b|business\b)[\w’]+(?:[.,;]| (?:homes|houses|villages|lands?)\b|$)"
    r"| to (?:flee|leave|abandon|relocate|migrate|seek (?:shelter|refuge|safety))\b| into (?:exile|\w*\s?camps|shelters|tents)\b"
    r"| (?:onto|on to|into) the streets?\b)"
)
_EMPTIED = re.compile(r"[^.,;:\d]{0,40}? to (?:evacuate|be evacuated|(?:safety|safer |higher ground|shelters?\b|evacuation ))")
_MOVING = re.compile(
    r"\b(?:forc|order|t[eo]l[dl]|ask|urg|mov|shift|tak|took|relocat|br[io]n?g|brought|ferri|escort)\w{0,3}\Z", re.IGNORECASE
)
_MEETING = frozenset(("hit", "struck"))
_OUT = re.compile(r" (?:out|up|down|upon|off)\b")
_HIT_NOT_HURT = frozenset(
    "four six boundary century run homer shot target goal note record milestone high low level ball deal".split()
)
_STRUCK_BY = re.compile(r" (?:by|in|during|with|from|at|on)\b|[.,;]|$")
_WEATHER = re.compile(
    r"\b(?:storms?|cyclones?|hurricanes?|typhoons?|tornado(?:es)?|tsunami|(?:earth)?quakes?|floods?|flooding|droughts?"
    r"|heatwaves?|rains?"
    r"|winds?|snow|lightning|waves?|virus|outbreak|pandemic|crisis|shortages?|inflation|sanctions|tariffs?|strikes?|outages?)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
_HOUSEHOLDS = frozenset("family household home house village community town clan tribe settlement camp farm animal".split())
PEOPLE_EVENTS = frozenset(("killed", "injured", "displaced", "missing", "detained", "trapped", "evacuated", "infected"))
_STATE_OF = re.compile(rf"\b(?:{_told_by('state')}) [a-z]")  # 12 wounded soldiers
_HAS_OBJECT = re.compile(
    r" (?:li(?:f|v)es?|homes?|houses?|villages?|homeland|lands?|towns?|dwellings|farms|injur(?:y|ies)|wounds|burns|refuge"
    r"|shelters?|sanctuary|asylum|border|country|martyrdom|camps?|tents|refugees|jobs|work|employment)\Z"
)
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
# what those do whom it befalls: *are living in tents*
_OWN = frozenset(
    "missing dying living staying sleeping seeking taking finding sheltering fleeing flees losing leaving abandoning going"
    " falling"
    " testing facing dies perishing".split()
)
_OBJECT = re.compile(
    r" (?:the|a|an|his|her|their|its|at least|more than|up to|some|about|nearly|almost|over|as many as|another"
    r"|\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|dozens|hundreds|scores|many)\b"
)
_ACTED = frozenset(("hurt", "shot", "hit", "struck", "beat", "burnt", "sank", "sunk"))  # 3 cars and hurt 12
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
    if figure.rule == "compound" or figure.unit in ("time", "run"):
        return None  # destroyed the eight-storey building
    own = noun_event(text, figure)
    if own is not None and own != "attacked":
        return own
    of_people = figure.unit is not None and figure.unit.startswith("person")
    acting = _acting(text, figure, clause, before)
    if of_people and acting == "destroyed":
        acting = None  # a boat with 60 refugees sank
    found = acting or _suffering(text, figure, clause, after) or own or _borne(figure)
    if found == ("destroyed" if of_people else "other"):
        return None  # 60 people were on the boat that sank; released 12 reports
    if found == "displaced" and not of_people and figure.counted is not None and figure.unit not in _HOUSEHOLDS:
        return None  # a forward with four caps forced out of the sport
    return found if of_people or figure.kind == "count" or found not in PEOPLE_EVENTS else None


@functools.cache
def _label() -> re.Pattern[str]:
    """*Killed: 40*, *Destroyed houses: 146*: made when a figure stands behind a colon."""
    return re.compile(rf"(?:^|[\n.;,(] ?)(?:{_told_by('verb')})(?: [a-z]+){{0,3}}: ?$", re.IGNORECASE)


@functools.lru_cache(maxsize=1)
def _small(text: str) -> str:
    """A text in small letters, each in its place."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def noun_event(text: str, figure: FoundFigure) -> Event | None:
    """The event that the counted noun itself tells: *12 deaths*, *30 injured miners*, *40 cases* of a disease."""
    if figure.counted is None:
        return None
    if _CASES.search(figure.counted):
        of = _CASES_OF.match(text, figure.counted_span[1] if figure.counted_span else figure.whole_end)
        if _NO_PATIENTS.search(figure.counted) or (of and not _DISEASE.search(of["what"])):
            return None
        if of or _DISEASE.search(text, max(0, figure.start - _OUTBREAK), figure.sentence[1]):
            return "infected"
    if _BODIES.search(figure.counted) or (figure.counted_lemma == "body" and figure.kind != "count"):
        return None
    if figure.counted.endswith("lives"):
        lost = _LIVES.search(text, figure.sentence[0], figure.start) or _LIVES_LOST.match(text, figure.whole_end)
        return "killed" if lost else None
    m = _NOUN.search(figure.counted) or _STATE_OF.search(figure.counted)
    return cast(Event, m.lastgroup) if m else None


def _borne(figure: FoundFigure) -> Event | None:
    """What had befallen those counted before: *30 refugees*, *12 prisoners*."""
    m = _BEARER.search(figure.counted) if figure.counted is not None else None
    return cast(Event, m.lastgroup) if m else None


def _acting(text: str, figure: FoundFigure, clause: Chars, before: FoundFigure | None) -> Event | None:
    """The event whose words stand before: *killing at least 12*, *the bombing of four hospitals*, *the toll rose to 50*."""
    labelled = text[max(0, figure.start - 2) : figure.start].rstrip(" ").endswith(":")
    label = _label().search(text, max(0, figure.start - 60), figure.start) if labelled else None
    if label:
        return cast(Event, label.lastgroup)
    lo = max(clause[0], before.whole_end if before is not None else 0, figure.start - 90)
    if lo >= figure.start:
        return None
    toll = _TOLL.search(text, lo, figure.start)
    if toll and toll.lastgroup == "infected" and not _DISEASE.search(text, max(0, figure.start - _OUTBREAK), figure.sentence[1]):
        toll = None  # the number of cases in family courts
    if toll and figure.kind == "count" and (figure.counted is None or figure.unit == "person"):
        return cast(Event, toll.lastgroup)
    act = _ACTS.search(text, lo, figure.start)
    if act and (figure.unit == "person" or not act.group().lower().startswith(("bod", "remain"))):
        return cast(Event, act.lastgroup)
    driven = _driven(text, figure, lo)
    if driven is not None:
        return driven
    last = max(_VERB.finditer(_small(text), lo, figure.start), key=lambda m: m.start(), default=None)
    if last is None or last.group() in _STATES or not _ACTING_GAP.fullmatch(text, last.end(), figure.start):
        return None
    if _AGENT.search(text, last.end(), figure.start) or _PASSIVE.search(text, max(lo, last.start() - 22), last.start()):
        return None
    if _HAS_OBJECT.search(last.group()) is not None:
        return None  # lost their lives and 23 others were hurt
    if last.group() in _MEETING and (_OUT.match(text, last.end()) or figure.counted_lemma in _HIT_NOT_HURT):
        return None  # struck out 14, hit five fours
    return cast(Event, last.lastgroup)


def _driven(text: str, figure: FoundFigure, lo: int) -> Event | None:
    """*Forced 2,500 people out of their homes*, *moved 300 patients to safety*: a verb before, and where they went behind."""
    verb = max(_WORD.finditer(text, max(lo, figure.start - 30), figure.start), key=lambda m: m.end(), default=None)
    if verb is None:
        return None
    if _MOVING.search(text, verb.start(), verb.end()) and _EMPTIED.match(text, figure.whole_end, figure.sentence[1]):
        return "evacuated"
    driving = _DRIVING.search(text, verb.start(), verb.end()) and _DRIVEN.match(text, figure.whole_end, figure.sentence[1])
    return "displaced" if driving else None


def _suffering(text: str, figure: FoundFigure, clause: Chars, after: FoundFigure | None) -> Event | None:
    """The event whose verb stands behind: *12 people were killed*, *30 missing*, *12 people trapped under a roof died*."""
    start = figure.whole_end
    hi = clause[1] if after is None else min(clause[1], max(after.start, start))
    m = _VERB.search(_small(text), start, min(figure.sentence[1], start + _SENTENCE))
    if m is None or m.start() >= hi:
        return None
    gap, word = text[start : m.start()], m.group()
    helped = _HELPERS.fullmatch(gap) is not None
    if not helped:
        if _OTHER_CLAUSE.search(gap) or len(gap.split()) > 14:
            return None
        if not _AUXILIARY.search(gap) and not (word in _STATES and len(gap.split()) <= 8):
            return None
    first = word.split(" ")[0]
    if _ACTIVE.search(first) and first not in _OWN:
        return None  # 12 fighters attacking a town
    if word in _MEETING and _WEATHER.search(text, *figure.sentence):
        return None  # 12 towns hit by floods
    if word in _MEETING and not _PASSIVE.search(gap) and not _STRUCK_BY.match(text, m.end()):
        return None  # 12 storms hit Tarvo
    acts = (
        (word.endswith("ed") or word in _ACTED)
        and word not in _INTRANSITIVE
        and _OBJECT.match(text, m.end())
        and not _PASSIVE.search(gap)
    )
    return None if acts else cast(Event, m.lastgroup)  # 12 gunmen killed the mayor


# ------------------------------------------------------------------ which way it went: rose 3 per cent, down 12

_NOT = r"(?<!was )(?<!were )(?<!been )(?<!be )"  # was accelerated by several states
_UP = (
    r"r[io]sen?|rose|ris(?:es|ing)|gr[eo]w(?:n|s|ing)?|climb(?:ed|s|ing)?|jump(?:ed|s|ing)?|soar(?:ed|s|ing)?|surg(?:ed|es|ing)"
    r"|increas(?:ed|es|ing)|gain(?:ed|s|ing)?|advanc(?:ed|es|ing)|leap(?:t|ed|s)?|swell(?:ed|s)?|rall(?:ied|ies)|expand(?:ed|s)"
    r"|spiked|(?:sky)?rocketed|widen(?:ed|s|ing)?|balloon(?:ed|s|ing)|rebound(?:ed|s)|firmed|bounced|quicken(?:ed|s)|appreciat(?:ed|es)|strengthen(?:ed|s|ing)?"
    rf"|{_NOT}(?:improv(?:ed|es|ing)|recovered|accelerat(?:ed|es))"
    r"|(?:edged|ticked|inched|crept|nudged|moved|shot|went|gone) up|goes? up|up|higher"
)
_DOWN = (
    r"f[ae]ll(?:en|s|ing)?|drop(?:ped|s|ping)?|declin(?:ed|es|ing)|decreas(?:ed|es|ing)|plung(?:ed|es|ing)|slip(?:ped|s|ping)?"
    r"|slump(?:ed|s|ing)?|sank|sunk|shr[aiu]nk|slid|tumbl(?:ed|es|ing)|los(?:t|es|ing)|shed|dipped|eased|contract(?:ed|s)"
    r"|narrow(?:ed|s|ing)?|tank(?:ed|s|ing)|skidd?(?:ed|s)|nosedived|plummet(?:ed|s|ing)?|crash(?:ed|es)|retreat(?:ed|s)|reced(?:ed|es)|dwindl(?:ed|es)|depreciat(?:ed|es)"
    r"|weaken(?:ed|s|ing)?|(?:edged|ticked|inched|crept|nudged|moved|went|gone|came|come|brought) down"
    rf"|{_NOT}(?:soften(?:ed|s)|slow(?:ed|s)|cooled)|sagged|goes? down|down|lower"
)
CHANGES = f"(?:{_UP}|{_DOWN})"
# words between the verb and the size of the change; *to* and *from* give a level, *lost 30 men* and *up 40 people* no change
_SIZE = r"(?: \w+ly)?(?: by)?(?: (?:a further|another|an? (?:extra|additional)|as much as))? ?"
_WENT_BEFORE = re.compile(
    rf"(?<![\w-])(?:(?P<up>{_UP}|(?:rise|increase|gain|jump|growth|hike) of)"
    rf"|(?P<down>{_DOWN}|(?:drop|fall|decline|decrease|reduction|cut) of)){_SIZE}$",
    re.IGNORECASE,
)
# will increase its sales by 12 per cent
_CHANGED_BY = re.compile(
    r"(?<![\w-])(?:(?P<up>increas|rais|boost|lift|hik|push up)|(?P<down>reduc|cut|lower|slash|trim|decreas|shr[aiu]nk))\w*"
    r"(?: (?!to\b|and\b|that\b)[\w’'-]+){1,5} by(?: (?:a further|another|as much as))? ?$",
    re.IGNORECASE,
)
_WENT_AFTER = re.compile(
    r" (?:(?P<up>increase|rise|jump|gain|higher|growth|up(?= (?:on|from|over|year|compared|than)\b|[.,;)]))"
    r"|(?P<down>decrease|drop|fall|decline|lower|cut|down(?= (?:on|from|over|year|compared|than)\b|[.,;)]))|more|less)\b"
)
_PHRASAL = re.compile(
    r"\b(?:m[ae]k(?:es?|ing)|made|tak(?:es?|ing|en)|took|us(?:es?|ed|ing)|pick(?:s|ed|ing)?|giv(?:es?|ing|en)|gave|add(?:s|ed"
    r"|ing)?"
    r"|sign(?:s|ed|ing)?|buy(?:s|ing)?|bought|sna(?:p|pped)|eat(?:s|ing|en)?|ate|rack(?:s|ed)?|soak(?:s|ed)|shut|clos(?:es?"
    r"|ed|ing)"
    r"|break(?:s|ing)?|broke|tear|tore|turn(?:s|ed|ing)|set|put|end(?:s|ed)?|hold(?:s|ing)?|held|back(?:s|ed)?|own(?:s|ed)?|whip(?:s|ped)?|draw[ns]?|drew|shoot|shot|gun(?:s|ned)|hunt(?:s|ed)|track(?:s|ed)|bring(?:s)?|brought"
    r"|come|came|hand(?:s|ed)|round(?:s|ed)|line(?:s|d)|link(?:s|ed)|call(?:s|ed)|mow(?:s|ed|n)|burn(?:s|ed|t)|put|lit|beat(?:en)?"
    r"|lock(?:s|ed)|tie(?:s|d)|wash(?:es|ed)|follow(?:s|ed)) $",
    re.IGNORECASE,
)
_PAST = re.compile(r"past |beyond ")
_WENT_BY = re.compile(r"\bby ?$")


def direction_of(n: NumberPhrase, end: int) -> Direction | None:
    """Which way a change of the figure's size went; None where it tells no change.

    Args:
        n: the number where it is printed.
        end: offset after the figure and what it counts.
    """
    lo = max(n.lo, n.start - 50)
    if n.before.modifier == "more_than" and _PAST.match(n.text, n.start):
        return None  # rose past 300 points
    m = _WENT_BEFORE.search(n.text, lo, n.start)
    if m is not None and m[0].lower().startswith(("up", "down")) and _PHRASAL.search(n.text, lo, m.start()):
        return None  # makes up 12 per cent, shut down 40 per cent
    if m is not None and (_WENT_BY.search(n.text, lo, n.start) or n.text[end - 1] in "%" or _is_size(n, end)):
        return "up" if m["up"] else "down"
    m = _CHANGED_BY.search(n.text, max(n.lo, n.start - 70), n.start)
    if m is not None:
        return "up" if m["up"] else "down"
    after = _WENT_AFTER.match(n.text, end, n.hi)
    if after is not None and _is_size(n, end):
        return "up" if after["up"] else "down" if after["down"] else None
    return None


def _is_size(n: NumberPhrase, end: int) -> bool:
    """Whether the figure has a currency or is in per cent or points, or its level follows (*rose 12 to 45*): of what is counted,
    *lost 30 men* tells no change.
    """
    if n.number.form in ("digits", "spelled") and _TO_LEVEL.match(n.text, end, n.hi):
        return True
    return n.before.currency is not None or _SIZED.search(n.text, n.number.end, end) is not None


_TO_LEVEL = re.compile(r" to (?:(?:about|around|just|only|nearly|almost|some|over|an? \w+) )?\d")
_SIZED = re.compile(
    r"%|per ?cent|percentage|points?|dollars|euros|pounds|cents|rupees?|pais[ae]|pence|yen|yuan|dirhams?|riyals?"
    r"|dinars?|rand|naira|shillings?|taka|baht|won|pesos?|ringgit|fils|\bbps",
    re.IGNORECASE,
)
