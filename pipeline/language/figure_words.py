"""Words and patterns that the figures are read by: hedges, units, events, dates and other numbers that are no figures."""

from __future__ import annotations

import re

from .lexicon import FINITE

HEDGES = (
    ("more_than", r"(?:more|greater|higher) than|over|above|upwards of|in excess of|exceeding"),
    ("at_least", r"at least|no fewer than|no less than|a minimum of"),
    ("at_most", r"at most|as many as|as much as|up to|no more than|not more than|a maximum of"),
    ("less_than", r"(?:fewer|less|lower) than|under|below"),
    ("nearly", r"almost|nearly|close to|just under|just short of"),
    (
        "approximate",
        r"about|around|roughly|approximately|some|an estimated|an average of|or so|circa|an additional estimated|estimated",
    ),
)
HEDGE = re.compile("|".join(rf"(?P<{name}>\b(?:{words}))" for name, words in HEDGES) + r"|(?P<exact>\bexactly)", re.IGNORECASE)
BEFORE = re.compile(
    rf"(?:(?P<hedge>\b(?:{'|'.join(words for _, words in HEDGES)}|exactly))\s+)?(?:(?:a|an|the|another"
    rf"|a further|a total of)\s+)?(?P<currency>(?:US|A|C|NZ|HK|S)?\$|[£€¥₹]|\b(?:USD|EUR|GBP) )?\s?$",
    re.IGNORECASE,
)
CURRENCY_SIGNS = {
    "$": "USD",
    "us$": "USD",
    "a$": "AUD",
    "c$": "CAD",
    "nz$": "NZD",
    "hk$": "HKD",
    "s$": "SGD",
    "£": "GBP",
    "€": "EUR",
    "¥": "JPY",
    "₹": "INR",
}
CURRENCY_WORDS = {
    "dollar": "USD",
    "pound": "GBP",
    "euro": "EUR",
    "yen": "JPY",
    "rupee": "INR",
    "rouble": "RUB",
    "ruble": "RUB",
    "franc": "CHF",
    "yuan": "CNY",
    "cent": "cent",
    "penny": "penny",
    "pence": "penny",
}
TIME = {"night", "second", "minute", "hour", "day", "week", "fortnight", "month", "year", "decade", "century"}
_MEASURES = {  # SI name, or the unit's own: the words for it
    "tonne": "tonne", "ton": "ton", "kilogram": "kilogram kg", "gram": "gram", "kilometre": "kilometre kilometer km",
    "metre": "metre meter", "mile": "mile", "foot": "foot", "inch": "inch", "acre": "acre", "hectare": "hectare",
    "litre": "litre liter", "gallon": "gallon", "barrel": "barrel", "megawatt": "megawatt", "mile per hour": "mph",
    "centimetre": "centimetre cm", "millimetre": "mm", "yard": "yard", "degree": "degree", "volt": "volt", "ounce":
    "ounce",
}  # fmt: skip
MEASURES = {word: unit for unit, words in _MEASURES.items() for word in words.split()}
PEOPLE = frozenset(
    (
        "person people civilian child man woman soldier troop resident refugee worker victim voter student patient life migrant "
        "protester family-member boy girl fighter officer migrant passenger employee member demonstrator journalist doctor "
        "rebel militant hostage prisoner inmate survivor adult teenager villager supporter respondent death casualty other "
        "police"
        " newborn baby infant mother father nurse teacher guest farmer pupil tourist commuter driver"
    ).split()
)
IRREGULAR = {
    **{n: n for n in ("sheep", "deer", "fish", "aircraft", "personnel", "staff", "cattle", "headquarters")},
    "people": "person",
    "children": "child",
    "men": "man",
    "women": "woman",
    "lives": "life",
    "feet": "foot",
    "wives": "wife",
    "teeth": "tooth",
    "mice": "mouse",
    "geese": "goose",
    "percent": "percent",
    "others": "other",
    "troops": "troop",
    "police": "police",
    "series": "series",
    "species": "species",
    "data": "data",
    "centuries": "century",
    "crises": "crisis",
}
EVENTS = (
    ("killed", r"killed|kills?|killing|died|dead|deaths?|dies|die|lives|fatalities|slain|massacred|perished|drowned"),
    ("injured", r"injured|wounded|hurt|injuring|wounding|injuries"),
    ("displaced", r"displaced|fled|flee|homeless|refugees?|uprooted|driven from"),
    ("missing", r"missing|unaccounted for"),
    ("detained", r"detained|arrested|arrests|jailed|imprisoned|detaining|detainees"),
    ("trapped", r"trapped|besieged|stranded"),
    ("evacuated", r"evacuated|evacuating|evacuees|rescued"),
    ("infected", r"infected|infections|tested positive"),
    ("destroyed", r"destroyed|destroying|demolished|flattened|razed"),
    ("attacked", r"attacked|bombed|bombing|shelled|targeted|hit"),
)
EVENT = re.compile("|".join(rf"(?P<{name}>\b(?:{words})\b)" for name, words in EVENTS), re.IGNORECASE)
MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar"
    r"|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?"
)
DATE_BEFORE = re.compile(
    rf"(?:\b{MONTH} (?:the )?|\b(?:Article|Section|Chapter|Route|Highway|Flight|Channel|No|Nos|Room|Page"
    rf"|Phase|Level|Unit|Group|Type|Form|Title|Rule|Act|Part|Day|Week|War|District|Ward|Number|Line"
    rf"|Platform|Boeing|Airbus|Apollo|Windows|iPhone|Area|Resolution|Proposition|Amendment|Interstate|Gate"
    rf"|Terminal|Grade|Class|Category|Game|Round|Season|Episode|Volume|Psalm|Verse|Formula"
    rf"|Super Bowl)\.? )$"
)
YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|since|by|of|from|until|to|before|after|during|early|late|mid|between|around|the|for|and"
    r"|year|summer|winter|spring|autumn|fall|election)[ -]|[(/])$",
    re.IGNORECASE,
)
TIME_AFTER = re.compile(r"\s?(?:a\.?m\b|p\.?m\b|o[’']clock|GMT\b|BST\b|EST\b|ET\b|noon\b)|[:.]\d\d\b|h\d\d\b", re.IGNORECASE)
DATE_AFTER = re.compile(rf"(?:st|nd|rd|th)\b|\s{MONTH}(?: \d{{4}})?\b|s\b|/\d|-\d{{1,2}}\b(?! (?:per|%))")
PERCENT = re.compile(r"\s?(?:%|per cent\b|percent\b|percentage points?\b)", re.IGNORECASE)
AGE_AFTER = re.compile(r"[- ]years?[- ]old\b|[- ]months?[- ]old\b", re.IGNORECASE)
AGE_BEFORE = re.compile(
    r"(?:\b(?:aged|age|ages)|\b(?:girl|boy|child|man|woman) of"
    r"|\b(?:everyone|anyone|those|people|adults|children|men|women) (?:aged )?(?:over|under|above|below)) $",
    re.IGNORECASE,
)
WORD = re.compile(r"\s*-?\s*([A-Za-z][\w’'-]*)")
PLACE = re.compile(
    r"\b(?:in|at|near|across|outside|from)\s+((?:the )?(?:(?:north|south|east|west|central|northern"
    r"|southern|eastern|western|rebel-held)\w*(?: of)? )*(?!January|February|March|April|May\b|June|July"
    r"|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday"
    r"|Sunday)(?:U\.[SKN]\.|[A-Z][\w’-]{2,}(?: (?:al-|de |of )?[A-Z][\w-]*)*))"
)
WHEN = re.compile(
    rf"\b(?:(?:on|(?<!could )(?<!can )(?<!may )(?<!to )(?<!will )(?<!would )last|this|next|since|until|by"
    rf"|in|before|after|during|late|early|earlier|over the (?:past"
    rf"|last))\s+)+(?:{MONTH}(?: \d{{1,2}})?(?:,? \d{{4}})?|(?:Mon|Tues|Wednes|Thurs|Fri|Satur"
    rf"|Sun)day(?: \w+ing| night)?|week|month|year|weekend|night|decade|summer|winter|spring|autumn|(?:19"
    rf"|20)\d\d|today|\w+ (?:days|weeks|months|years))\b|\byesterday\b|\btoday\b|\bso far this year\b"
)
UNSPECIFIED = re.compile(
    r"\b(?:(?:is|are|was|were|has been|have been) (?:believed|thought|reported|said|feared|estimated"
    r"|understood|presumed|alleged)|reportedly|allegedly|apparently)\b",
    re.IGNORECASE,
)
INCLUDING = re.compile(r"(?:\bincluding|\bamong them|\bof (?:whom|which|them)|\bmore than half)\s+[^.,;]{0,25}$", re.IGNORECASE)
NO_NOUN = FINITE - {"plans", "needs", "looks", "likes", "wants", "supports", "helps", "shows", "means"}
