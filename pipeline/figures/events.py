"""What befell those counted: killed, injured, displaced and the like, read from the words around a figure."""

from __future__ import annotations

import re
from typing import cast

from ..schemas.figures import Event
from ..text.chars import Chars
from .figure import Figure

_VERBS: tuple[tuple[Event, str], ...] = (
    (
        "killed",
        r"kill(?:ed|s|ing)?|die[sd]?|dying|dead|slain|slaughter(?:ed|ing)|massacred?|perish(?:ed|ing)?|drown(?:ed|ing)?"
        r"|murder(?:ed|ing)|"
        r"assassinat(?:ed|ing)|lost their lives|behead(?:ed|ing)|shot dead|claim(?:ed|ing|s)?(?= [^.]{0,30}\blives\b)|martyred"
        r"|lynched|succumbed",
    ),
    (
        "injured",
        r"injur(?:ed|es|ing)|wound(?:ed|s|ing)|hurt|maim(?:ed|ing)|hospitali[sz]ed|scalded"
        r"|suffered (?:[\w-]+ ){0,4}?(?:injur(?:y|ies)|wounds|burns)",
    ),
    (
        "displaced",
        r"displac(?:ed|es|ing)|fled|flee(?:s|ing)?|homeless|uproot(?:ed|ing)|forced from|driven from|left their homes"
        r"|forced to leave|forc(?:ed|ing) out|expelled|become refugees",
    ),
    ("missing", r"missing|unaccounted for|disappeared|vanished"),
    (
        "detained",
        r"detain(?:ed|s|ing)|arrest(?:ed|s|ing)?|jailed|imprison(?:ed|ing)|in custody|rounded up|behind bars|held hostage"
        r"|abduct(?:ed|ing)"
        r"|kidnap(?:p?ed|p?ing)|taken hostage|captur(?:ed|ing)|incarcerated|taken prisoner",
    ),
    ("trapped", r"trapp(?:ed|ing)|besieged|stranded|cut off|stuck"),
    ("evacuated", r"evacuat(?:ed|es|ing)|rescued|airlifted|pulled (?:alive )?from|brought to safety"),
    (
        "infected",
        r"infect(?:ed|s|ing)|tested positive|contract(?:ed|ing)(?= (?:the|cholera|covid|ebola|measles|malaria|hiv|it))"
        r"|fallen ill|fell ill"
        r"|sickened|diagnosed",
    ),
    (
        "destroyed",
        r"destroy(?:ed|s|ing)|demolish(?:ed|ing)?|flatten(?:ed|ing)|raz(?:ed|ing)|reduced to rubble|burn(?:ed|t)(?: down)?"
        r"|gutted|torched"
        r"|washed away|swept away|collapsed|obliterated|levelled|leveled|wrecked|damaged|damaging|sank|sunk",
    ),
    (
        "attacked",
        r"attack(?:ed|ing)|bomb(?:ed|ing)|shell(?:ed|ing)|target(?:ed|ing)|raid(?:ed|ing)|ambushed|stormed|assaulted|raped"
        r"|struck|hit"
        r"(?= by| in| during| with| \d|\.|,| the)",
    ),
)
_NOUNS: tuple[tuple[Event, str], ...] = (
    (
        "killed",
        r"deaths?|fatalit(?:y|ies)|killings?|murders?|homicides?|lives|dead|bod(?:y|ies)|corpses?|martyrs?|massacres?"
        r"|executions?",
    ),
    ("injured", r"injur(?:y|ies)|wounded|injured"),
    ("displaced", r"refugees?|displaced(?: people| persons)?|idps?|homeless|displacements?"),
    ("missing", r"missing|disappearances?"),
    ("detained", r"detainees?|arrests?|prisoners?|inmates?|hostages?|detentions?|captives?|abductions?|kidnappings?"),
    ("evacuated", r"evacuees?"),
    (
        "infected",
        r"infections?|(?:(?:new|confirmed|active|suspected|positive|coronavirus|covid|covid-19|cholera|ebola|measles|dengue"
        r"|polio|malaria"
        r"|monkeypox|mpox) )+cases|cases of (?:covid|cholera|ebola|measles|dengue|polio|malaria|monkeypox|mpox|coronavirus"
        r"|the virus|the disease)",
    ),
    ("attacked", r"(?:air ?)?strikes|air-strikes|attacks?|bombings?|raids?|shellings?"),
)
_VERB = re.compile("|".join(rf"(?P<{name}>\b(?:{words})\b)" for name, words in _VERBS), re.IGNORECASE)
_NOUN = re.compile("|".join(rf"(?P<{name}>\b(?:{words}))$" for name, words in _NOUNS), re.IGNORECASE)
_CASES = re.compile(
    r"cases? of (?:covid|cholera|ebola|measles|dengue|polio|malaria|monkeypox|mpox|coronavirus|the (?:virus|disease))",
    re.IGNORECASE,
)
_ACTS = re.compile(  # the bombing of four hospitals
    r"\b(?:(?P<attacked>bombings?|shelling|bombardment|attacks? on|strikes? on|raids? on|targeting)|(?P<killed>killings?"
    r"|murders?|deaths?|massacre|"
    r"execution|slaughter|loss|assassination)|(?P<detained>arrests?|detention|abduction|kidnapping|capture|imprisonment)"
    r"|(?P<destroyed>destruction|"
    r"demolition|collapse)|(?P<displaced>displacement|expulsion|exodus|flight)|(?P<evacuated>evacuation|rescue)"
    r"|(?P<injured>wounding|injuring)|"
    r"(?P<missing>disappearance))(?: of)?(?: (?:the|some|as many as|at least|all|its|their|his|over|more than))*\s*$",
    re.IGNORECASE,
)
_TOLL = re.compile(
    r"\b(?:(?P<killed>death (?:toll|count|rate)s?|(?:number|count|tally|toll) of (?:the )?(?:dead|deaths|fatalities"
    r"|people killed|those killed)|body count"
    r"|fatalities|deaths|toll)|(?P<injured>(?:number|count) of (?:the )?(?:injured|wounded)|injuries)|(?P<infected>(?:case"
    r"|infection) (?:count|load|numbers?)"
    r"|caseload|(?:number|tally|count) of (?:\w+ )?(?:cases|infections)|infections)|(?P<displaced>(?:number"
    r"|count) of (?:\w+ )?(?:refugees|displaced)))"
    r"\b[^.;,\d]{0,60}$",
    re.IGNORECASE,
)
PEOPLE_EVENTS = frozenset(("killed", "injured", "displaced", "missing", "detained", "trapped", "evacuated", "infected"))
_STATE_OF = re.compile(  # 12 wounded soldiers
    r"\b(?:(?P<missing>missing)|(?P<injured>wounded|injured)|(?P<displaced>displaced|homeless)|(?P<killed>dead|murdered|slain)"
    r"|(?P<trapped>trapped|stranded)"
    r"|(?P<detained>detained|arrested|jailed|imprisoned|kidnapped|abducted)|(?P<infected>infected)"
    r"|(?P<evacuated>evacuated)) [a-z]"
)
_LIVES = re.compile(r"\b(?:claim|cost|t[ao]k|los)\w* (?:[\w-]+ ){0,3}$", re.IGNORECASE)
_LIVES_LOST = re.compile(r"(?: (?:were|was|have|had|been|are))* (?:lost|claimed|taken)\b")
_STATES = frozenset("dead missing homeless died dies dying fled perished die drowned drowning vanished disappeared".split())
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
_INTRANSITIVE = frozenset("died drowned perished disappeared vanished collapsed contracted".split())


def event_of(text: str, figure: Figure, clause: Chars, before: Figure | None, after: Figure | None) -> Event | None:
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


def _of_noun(text: str, figure: Figure) -> Event | None:
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


def _acting(text: str, figure: Figure, clause: Chars, before: Figure | None) -> Event | None:
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


def _suffering(text: str, figure: Figure, clause: Chars, after: Figure | None) -> Event | None:
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
