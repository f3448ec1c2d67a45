"""What befell those counted: killed, injured, displaced and the like, read from the words around a figure."""

from __future__ import annotations

import re
from typing import cast

from schemas.figures import Event

from ..chars import Chars
from .figure import Figure

_VERBS: tuple[tuple[Event, str], ...] = (
    (
        "killed",
        r"kill(?:ed|s|ing)?|die[sd]?|dying|dead|slain|slaughter(?:ed|ing)|massacred?|perish(?:ed|ing)?|drown(?:ed|ing)?"
        r"|murder(?:ed|ing)|"
        r"assassinat(?:ed|ing)|lost their lives|behead(?:ed|ing)|shot dead|claim(?:ed|ing|s)?(?= [^.]{0,30}\blives\b)|martyred"
        r"|lynched|succumbed",
    ),
    ("injured", r"injur(?:ed|es|ing)|wound(?:ed|s|ing)|hurt|maim(?:ed|ing)|hospitali[sz]ed|scalded"),
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
_PASSIVE = re.compile(r"\b(?:was|were|been|being|be|is|are|got|who|people|others|and|or|,)\s+(?:\w+ly )?$", re.IGNORECASE)
_AGENT = re.compile(
    r"\b(?:that|which|who|by|after|before|because|as|while|when|whose|where|if|for|since|until)\b|[;:—–]|, (?:but|though)\b"
    r"|[\"“”]"
)
_PASSIVE_AFTER = re.compile(
    r"(?:\s*\([^)]*\))?,?\s*(?:(?:have|has|had|were|was|are|is|be|being|been|may|might|could|would|will|to|also|still|now"
    r"|already|left|feared|believed|"
    r"thought|reported|presumed|confirmed|reportedly|currently|being|either|both|initially|remain(?:ed)?|went|gone|people"
    r"|others|more|or|and|either|lost|"
    r"of whom|of them|in|all|those|who|that|since|so|far|ha|having|get|got|known|said|estimated|initially|later|then|either|,"
    r"|there|injured|wounded|dead)\s+)*"
)
_PREPOSED = re.compile(r"[\w’'-]+(?:[ ,][\w’'-]+){0,2}\s$")
PEOPLE_EVENTS = ("killed", "injured", "displaced", "missing", "detained", "trapped", "evacuated", "infected")


def event_of(text: str, figure: Figure, clause: Chars, before: Figure | None, after: Figure | None) -> Event | None:
    """What befell what a figure counts.

    Args:
        text: the article.
        figure: the figure, with its counted phrase.
        clause: the span that holds what is said of it.
        before: the figure before it in the sentence.
        after: the figure after it in the sentence.
    """
    own = _of_noun(text, figure)
    if own is not None and own not in ("attacked",):
        return own
    found = _acting(text, figure, clause, before) or _suffering(text, figure, clause, after)
    return found or own


def _of_noun(text: str, figure: Figure) -> Event | None:
    """The event that the counted noun itself tells: *12 deaths*, *30 refugees*."""
    if figure.counted is None:
        return None
    if _CASES.match(text, figure.counted_span[0] if figure.counted_span else figure.end):
        return "infected"
    m = _NOUN.search(figure.counted)
    return cast(Event, m.lastgroup) if m else None


def _acting(text: str, figure: Figure, clause: Chars, before: Figure | None) -> Event | None:
    """The event whose words stand before: *killing at least 12*, *the bombing of four hospitals*, *the toll rose to 50*."""
    lo = max(clause[0], before.whole_end if before is not None else 0, figure.start - 90)
    if lo >= figure.start:
        return None
    toll = _TOLL.search(text, lo, figure.start)
    if toll and figure.kind in ("count",) and (figure.counted is None or figure.unit == "person"):
        return cast(Event, toll.lastgroup)
    act = _ACTS.search(text, lo, figure.start)
    if act:
        return cast(Event, act.lastgroup)
    last = None
    for m in _VERB.finditer(text, lo, figure.start):
        last = m
    if last is None:
        return None
    gap = text[last.end() : figure.start]
    if len(gap.split()) > 4 or _AGENT.search(gap) or re.search(r"\b(?:in|on|at|from|to|with|during|of)\b", gap):
        return None
    word = last.group().lower()
    if word in (
        "dead",
        "missing",
        "homeless",
        "died",
        "dies",
        "dying",
        "fled",
        "perished",
        "die",
        "hit",
        "in custody",
        "drowned",
        "drowning",
    ):
        return None if word != "hit" else "attacked"
    if word.endswith("ed") or word in ("hurt", "slain", "struck"):
        passive = re.search(
            r"\b(?:was|were|been|being|be|is|are|got)\s+(?:\w+ly )?$",
            text[max(lo, last.start() - 22) : last.start()],
            re.IGNORECASE,
        )
        if passive:
            return None
    return cast(Event, last.lastgroup)


def _suffering(text: str, figure: Figure, clause: Chars, after: Figure | None) -> Event | None:
    """The event whose verb stands behind: *12 people were killed*, *30 missing*, *12 people trapped under a roof died*."""
    start = figure.whole_end
    hi = clause[1] if after is None else min(clause[1], max(after.start, start))
    m = _VERB.search(text, start, hi)
    if m is None:
        return None
    gap = text[start : m.start()]
    word = m.group().lower()
    if not _PASSIVE_AFTER.fullmatch(gap):
        if re.search(r"[;:—–\"“”]|\b(?:which|where|when|after|before|while|as|because|whose)\b", gap) or len(gap.split()) > 14:
            return None
        if not re.search(
            r"\b(?:was|were|been|being|are|is|be|who|have|has|had|feared|believed|reported|thought)\s+(?:\w+ )?$",
            gap,
            re.IGNORECASE,
        ) and not (word in ("died", "die", "dead", "fled", "perished", "drowned", "dying", "missing") and len(gap.split()) <= 8):
            return None
    tail = text[m.end() : m.end() + 30]
    if re.search(r"(?:ing|(?<!di)es|kills?|attack)\Z", word.split(" ")[0]) and word not in ("missing", "dying"):
        return None  # 12 fighters attacking a town
    if (
        word.endswith("ed")
        and word not in ("died", "drowned", "perished", "disappeared", "vanished", "collapsed", "contracted")
        and re.match(
            r" (?:the|a|an|his|her|their|its|at least|more than|up to|some|about|\d|two|three|four|five|six|seven|eight|nine"
            r"|ten|several|dozens)\b",
            tail,
        )
        and not re.search(r"\b(?:was|were|been|being|are|is|be)\s+(?:\w+ly )?$", gap, re.IGNORECASE)
    ):
        return None  # 12 gunmen killed the mayor
    return cast(Event, m.lastgroup)
