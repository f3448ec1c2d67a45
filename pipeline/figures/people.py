"""People: their ages (*12-year-old*, *aged 43*, *Ann Veld, 34,*, *her son is 12*), and groups of them (*a family of four*)."""

from __future__ import annotations

import re

from ..lexicon.nouns import is_person_noun
from .counted import Counted, noun_phrase
from .figure import NumberPhrase
from .kinds import What

_AGE_AFTER = re.compile(
    r"[- ](?P<unit>years?|months?|weeks?|days?)(?:[- ]old|[- ]olds|(?= of age)| of age)\b(?: of age)?|(?P<yo>[ -]?y/?o\b)",
    re.IGNORECASE,
)
_OF_AN_AGE = re.compile(r" (?:(?P<who>\d{1,2}-year-olds)\b|\d{1,3}-(?:year|month)-old(?= [a-z]))")
_AGE_BEFORE = re.compile(
    r"(?:\b(?:aged|ages?:?|age of|ages? (?:ha(?:s|ve|d) )?(?:exceed(?:s|ed|ing)?|is|was|are|were|reached|ranges?(?: from)?)"
    r"|turn(?:ed|s|ing)|(?:girls?|boys?|child|children|man|woman) of)"
    r"|\b(?:everyone|anyone|those|population"
    r"|people|adults|children|child|kids|men|women|girls|boys|youths) (?:aged )?(?:over|under"
    r"|above|below|older than|younger than|between))"
    r"\s(?:(?:between|over|under|above|below|at least|at most|more than|less than|older than|younger than|from|about|around|just"
    r"|only|nearly|almost|up to) )?$",
    re.IGNORECASE,
)
_APPOSED_AGE_BEFORE = re.compile(
    r"(?P<name>(?:[A-Z][\w’'.-]*[a-z.’'] (?:(?:[A-Z][\w’'.-]*|al|de|van|von|der|bin|[A-Z]\.) )*)?[A-Z][\w’'-]+"
    r"|\b(?:husband|wife|son|daughter|brother|sister|mother|father|baby|boy|girl|man|woman)"
    r"|\b(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir) (?:[a-z-]+ ){0,3}(?P<trade>[a-z]+))(?:, (?:now |then |also |both )?"
    r"| \()$"
)
_APPOSED_AGE_AFTER = re.compile(r",|;|\.(?:\s|$)|$")
_LIST_OF_LEVELS = re.compile(r"\((?:\d+\.\d+|\d+ [a-z]+s)\)(?:,| and|, and) ")  # Orsa (47.5) and Dell (46)
_AFTER_SURNAME = re.compile(r",(?: (?!(?:and|or|but|in)\b)[a-z]|$|\n)")
_MONTHS = re.compile(r"[ -](months?|weeks?|days?|years?)\b")
_NO_AGE_AFTER = re.compile(r"[,.]?\d|\s?%| per")
# *60 years and older*, *99 or older*, *people 70 and over*
_OR_OLDER = re.compile(
    r"(?P<unit>[ -](?:years?|months?)(?: old| of age)?)?,?(?= (?:and|or) (?:(?P<age>older|younger)|over|above|under|up)\b)"
)
_PEOPLE_BEFORE = re.compile(
    r"\b(?:people|persons?|those|anyone|everyone|residents|citizens|men|women|adults|children|kids|seniors|pupils|students|users"
    r"|workers|voters|patients|passengers|drivers|boys|girls|youths|individuals|who (?:are|were|is)|aged?"
    r"|ages)(?: aged?)?,? \(?$",
    re.IGNORECASE,
)
# *the brothers, 19 and 22, were*
_PEOPLE_APPOSED = re.compile(
    r"\b(?:brothers|sisters|sons|daughters|twins|girls|boys|men|women|children|siblings|cousins|friends|parents|victims"
    r"|suspects|teenagers), (?:both )?$"
)
_AND_ONE = re.compile(r",? (?:and|&) \d\d?(?:,|\.(?!\d)|$)")
_YOUNGER = re.compile(r"(?:younger|older) than ", re.IGNORECASE)
_CHILD_OF = re.compile(r"\b(?:girl|boy|child|age) of $", re.IGNORECASE)
_TURNED = re.compile(r"\bturn\w* $")
_TURNED_AFTER = re.compile(r"\s*(?:[.,;]|$|this|last|on|in|next|years)")
_SO_OLD_BEFORE = re.compile(
    r"(?:\b(?:[Ss]?he|He|who|I|son|daughter|brother|sister|mother|father|wife|husband|child|baby|boy|girl|grandson|granddaughter"
    r"|eldest|youngest|oldest|children|sons|daughters|kids|twins)|[A-Z][\w’'-]+ [A-Z][\w’'-]+)(?: is|[’']s| was| were| are)"
    r"(?: now| only| just| then| still)? $"
)
_BOUND = re.compile(r"(?:over|under|younger than|older than) ", re.IGNORECASE)
_DIED_AT = re.compile(
    r"\b(?:died|dies|dead|passed away|death|married|retire[sd]?|retirement|debut(?:ed)?|widowed|orphaned|pregnant|career|mother)"
    r" (?:[a-z]+ ){0,3}?at \Z"
)
_DIED_AFTER = re.compile(r"[.,;)](?!\d)|$| (?:in|on|after|of|from|and|last|this|but|when|while)\b")
_AT = re.compile(r"(?:\A|[\s“\"(])[Aa]t \Z")
_AT_AGE_AFTER = re.compile(r",? s?he\b")  # at 14 he left school
_ARE = re.compile(
    r"\b(?:patients|victims|people|them|those|dead|children|women|men|residents|voters|respondents|migrants|refugees|killed"
    r"|population)\b[^.;:\d]{0,20}\b(?:were|are|was|is) (?:all |mostly )?\Z"
)
_SO_OLD_AFTER = re.compile(
    r"(?:[.,;)”\"?!](?!\d)|$| (?:when|and (?:s?he|his|her|the|\d\d?(?=[.,;])"
    r"|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?=[.,;])"
    r"|lives?|lived|works?|has|had|is|was|will|still|a|an|in)|s?he|her|his"
    r"|years old|at the time|now|then|today)\b)"
)

# the 18-24 age group
_AGE_GROUP = re.compile(r"[ -]+(?:years? )?age[ -](?:group|bracket|range|category|cohort|band)s?\b")
_HOUSEHOLD = re.compile(r"\b(?:family|household) of $", re.IGNORECASE)
_GROUP = re.compile(
    r"\b(?:group|team|squad|panel|party|crew|gang|class|delegation|jury|board|cabinet|staff|convoy|families|households"
    r"|mother|father|mum|dad|mom|parents?|widow(?:er)?|population|city|town|village|island|hamlet|community|settlement"
    r"|municipality"
    r"|suburb|nation|country) of $",
    re.IGNORECASE,
)
_POPULATED = re.compile(r"\bpopulation\b(?! (?:fell|rose|grew|shrank))[^.,;\d]{0,40}$", re.IGNORECASE)
_GROUP_AFTER = re.compile(
    r"[.,;:)]|$| (?!born\b)(?:[a-z]+ed|left|won|went|came|sat|met|set|was|were|is|are|has|have|had|will|would|make\w*"
    r"|account\w*|lives?"
    r"|needs?|faces?|who|that|from|in|on"
    r"|at|to|and|for|after|before|where|when|but|with|by)\b"
)


def is_years(n: NumberPhrase) -> bool:
    """A whole number that may be somebody's age."""
    value = n.last.value
    return value is not None and 0 < value <= 120 and value == int(value) and n.number.scale <= 1


def years_old(n: NumberPhrase) -> What | None:
    """*12-year-old*, *six months old*."""
    m = _AGE_AFTER.match(n.text, n.at, n.hi)
    return What("age", (m["unit"] or "year").lower().rstrip("s"), None, m.end()) if m else None


def of_an_age(n: NumberPhrase) -> What | None:
    """*Two 16-year-olds*, *three 12-year-old boys*: people told by how old they are."""
    m = _OF_AN_AGE.match(n.text, n.at, n.hi) if n.number.scale == 1 else None
    if m is None:
        return None
    if m["who"]:
        return What("count", "person", Counted(m["who"], m.end(), "year-old", True), n.at)
    counted = noun_phrase(n.text, m.end(), n.hi)
    return What("count", counted.unit, counted, n.at) if counted is not None else None


def younger_than(n: NumberPhrase) -> What | None:
    """*Younger than 12*."""
    younger = _YOUNGER.match(n.text, n.before.start) and noun_phrase(n.text, n.at, n.hi) is None
    return What("age", "year", None, n.at) if younger else None


def or_older(n: NumberPhrase) -> What | None:
    """*60 years and older*, *99 or older*, *people 70 and over*."""
    m = _OR_OLDER.match(n.text, n.last.end, n.hi)
    if m is None or not (m["age"] or _PEOPLE_BEFORE.search(n.lead(30))) or (n.last.value or 0) < 1:
        return None
    unit = "month" if m["unit"] and "month" in m["unit"] else "year"
    return What("age", unit, None, max(n.at, m.end()))


def age_group(n: NumberPhrase) -> What | None:
    """*The 18-24 age group*."""
    grouped = n.ranged and n.number.scale == 1 and _AGE_GROUP.match(n.text, n.at, n.hi) is not None
    return What("age", "year", None, n.at) if grouped else None


def aged(n: NumberPhrase) -> What | None:
    """*Aged 43*, *children under five*, *turned 60*."""
    text, number = n.text, n.number
    if not _AGE_BEFORE.search(text, max(n.lo, number.start - 36), number.start) or _NO_AGE_AFTER.match(text, n.at):
        return None
    turned = _TURNED.search(text, max(n.lo, number.start - 9), number.start) is not None
    if turned and ((n.last.value or 0) < 10 or not _TURNED_AFTER.match(text, n.at)):
        return None
    months = _MONTHS.match(text, n.at, n.hi)
    if months:
        return What("age", months.group(1).rstrip("s"), None, months.end())
    child = _CHILD_OF.search(text, max(n.lo, number.start - 12), number.start)
    return What("age", "year", None, n.at) if child or noun_phrase(text, n.at, n.hi) is None else None


def apposed_age(n: NumberPhrase) -> What | None:
    """*Ann Veld, 34,*, *Ann Veld (34)*."""
    text, number = n.text, n.number
    lead = text[max(n.lo, number.start - 50) : number.start]
    if _PEOPLE_APPOSED.search(lead) and _AND_ONE.match(text, n.at, n.hi) and number.form == "digits" and not n.ranged:
        return What("age", "year", None, n.at)
    named = _APPOSED_AGE_BEFORE.search(lead) if not (lead.endswith("(") and _LIST_OF_LEVELS.search(lead)) else None
    if number.form != "digits" or n.ranged or named is None or (named["trade"] and not is_person_noun(named["trade"])):
        return None
    if lead.endswith("("):
        apposed = text.startswith(")", n.at)
    else:
        apposed = (_APPOSED_AGE_AFTER if " " in named["name"] else _AFTER_SURNAME).match(text, n.at, n.hi) is not None
    return What("age", "year", None, n.at) if apposed else None


def is_so_old(n: NumberPhrase) -> What | None:
    """*When she was 19 she left*, *their son is 12.*: an age told of somebody without the word."""
    if n.ranged or n.number.form not in ("digits", "spelled") or (n.number.value or 0) < 2:
        return None
    grown = 12 < (n.number.value or 0) < 111 and n.number.scale == 1
    if grown and _AT.search(n.lead(8)) and _AT_AGE_AFTER.match(n.text, n.at, n.hi):
        return What("age", "year", None, n.at)
    if grown and _DIED_AT.search(n.lead(50)) and _DIED_AFTER.match(n.text, n.at, n.hi):
        return What("age", "year", None, n.at)
    if n.hedged and _BOUND.match(n.text, n.before.start) and _SO_OLD_AFTER.match(n.text, n.at, n.hi):
        return What("age", "year", None, n.at) if _ARE.search(n.lead(60)) else None  # most of the patients were under five
    told = _SO_OLD_BEFORE.search(n.lead(50)) and _SO_OLD_AFTER.match(n.text, n.at, n.hi)
    return What("age", "year", None, n.at) if told else None


def group_of(n: NumberPhrase) -> What | None:
    """*A family of four pays*, *the first group of 10 left*: people, whose noun is left out."""
    lead = n.lead(24)
    told = _HOUSEHOLD.search(lead) or (_GROUP.search(lead) and _GROUP_AFTER.match(n.text, n.at, n.hi))
    if not told and _POPULATED.search(n.lead(60)) and n.before.currency is None and (n.number.value or 0) > 20:
        told = _GROUP_AFTER.match(n.text, n.at, n.hi)
    whole = n.number.form in ("digits", "spelled") and (n.number.value or 0) > 1
    return What("count", "person", None, n.at) if told and whole else None
