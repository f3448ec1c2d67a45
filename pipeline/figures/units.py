"""Measures, times, percentages and rates, with the names that the ``unit`` column has for them."""

from __future__ import annotations

import functools
import re

from ..lexicon.forms import singular
from ..lexicon.rows import UnitRow
from ..lexicon.tables import table

TIMES = frozenset(row.unit for row in table(UnitRow) if row.kind == "time")
_NOT_ALONE = frozenset(form for row in table(UnitRow) for form in row.doubtful)
_LENGTHS = r"(?:(?:kilo|centi|milli)?met(?:re|er)|mile|foot|feet|inch|inche|yard|rod)s?"


def singular_unit(word: str) -> str | None:
    """The name of a measure or time for a word or symbol (*kms*, *miles*, *GW*); None if it is none."""
    known = _known()
    low = word.lower()
    return known.get(word) or (known.get(low) or known.get(singular(low)) if len(word) > 3 else None)


@functools.cache
def _known() -> dict[str, str]:
    """Every form in the singular, with the prefixes that it takes: the unit."""
    out: dict[str, str] = {}
    rows = [row for row in table(UnitRow) if row.kind in ("measure", "time")]
    prefixes = [row for row in table(UnitRow) if row.kind == "prefix"]
    for row in rows:
        for prefix in prefixes if row.symbol is not None else ():
            for form in (row.unit, *(form for form in row.forms if len(form) > 3)):
                out[prefix.unit + form] = prefix.unit + row.unit
            for sign in (f"{prefix.symbol}{row.symbol}", f"{prefix.symbol}{row.symbol}s"):
                out.setdefault(sign, prefix.unit + row.unit)
        if row.symbol is not None and len(row.symbol) > 1:
            out.setdefault(row.symbol, row.unit)
    for row in rows:
        out |= dict.fromkeys((row.unit, *row.forms), row.unit)
    return out


_SYMBOL = "|".join(
    sorted((re.escape(w) for w in _known() if len(w) <= 4 or " " in w or "/" in w or not w.isalpha()), key=len, reverse=True)
)
_WITH_MARKS = sorted((re.escape(w) for w in _known() if re.search(r"[a-zA-Z][./-][a-zA-Z]", w)), key=len, reverse=True)
_JOINED = re.compile(
    rf"[ \xa0-]?(?P<form>{'|'.join(_WITH_MARKS)})"
    r"s?(?![A-Za-z\d²³^/])"
)
_GLUED = re.compile(rf"(?:{_SYMBOL})(?![A-Za-z\d²³^/])")
_SPACED = re.compile(
    r"[ \xa0]?-?[ \xa0]?([A-Za-z°µμ][\w°/²³]*)(?!-(?:\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven)\b))"
)
_POWERED = re.compile(rf"[ \xa0-]?(?P<length>{_LENGTHS}|km|mi|ft|m) (?P<power>squared|cubed)\b", re.IGNORECASE)
_SQUARE = re.compile(rf"[ \xa0-]?(?P<power>square|sq\.?|cubic|cu\.?)[ -](?P<length>{_LENGTHS}|km|mi|ft|m|in|yd)\b", re.IGNORECASE)
_DEGREES = re.compile(
    r"[ \xa0-]?(?:[°º˚][ \xa0]?|degrees?[ -])(?P<scale>Celsius|centigrade|Fahrenheit|C|F)\b|[ \xa0]?[°º˚]"
    r"|(?<=\d)(?-i:(?P<glued>[CF]))(?!\w)",
    re.IGNORECASE,
)
_HOURS = re.compile(r"[ -](?P<size>kilo|mega|giga|tera)?watt[ -]hours?\b", re.IGNORECASE)
_TWO_WORDS = re.compile(
    rf"[ -]({'|'.join(form for form in _known() if re.fullmatch('[a-z]+ [a-z]+', form))})(?:ne)?s?\b", re.IGNORECASE
)
_RATES = {form.lower(): row.unit for row in table(UnitRow) for form in row.rate}
PER = re.compile(
    rf"(?:[ -]+(?:an?|per|each|every)[ -]+|[ ]?/[ ]?)(?:single )?(?P<unit>{'|'.join(_RATES)}"
    r"|(?:1,000|10,000|100,000|1 million|million|thousand|hundred)(?: [a-z]+s| people)?"
    r"|100 ?(?:km|kilomet(?:re|er)s|miles|g|grams|ml|people|inhabitants|residents))\b",
    re.IGNORECASE,
)
# *per dose*, *per eligible voter*: whatever one reckons by, at the end of its phrase
_PER_ANYTHING = re.compile(
    r"[ -]per[ -](?!(?:cents?|se|capita|diem|annum)\b)(?P<unit>[a-z][a-z’'-]+(?: [a-z][a-z-]+)??)(?=[.,;:)”\"]|$| (?:in|of|on|for"
    r"|at|to|from|and|or|with|by|but|that|which|when|after|before|this|last|is|was|were|are|as|than|during|under|over|if|it|they"
    r"|while|since|who|will|would|has|had|have|can|could|may|he|she|we|compared|against|because|until|so)\b)"
)
_TO_THE = re.compile(r" to the (?P<unit>gallon|lit(?:re|er)|acre|hectare)\b")
_BELOW_ZERO = re.compile(r" below zero\b")
_MAY_BE_COLD = frozenset((None, "degree", "degree Celsius", "degree Fahrenheit"))
AND_A_HALF = re.compile(r" and an? (?P<part>half|quarter)\b(?! (?:of|million|billion|dozen|an?|the)\b)")
_HALVED = frozenset(("mile", "tonne", "ton", "metre", "kilometre", "acre", "inch", "foot", "pound", "litre"))
PERCENT = re.compile(
    r"[ \xa0]?%(?:[- ]points?\b)?|(?:[ \xa0]?-?[ \xa0]?)(?:per[ -]cents?|percents?|percentage|pct|pc)\b(?:[- ]points?\b)?",
    re.IGNORECASE,
)


def measure_at(text: str, at: int, limit: int) -> tuple[str, int] | None:
    """The measure or time that is printed at ``at``, right after a number: its name and the offset after it."""
    m = _SQUARE.match(text, at, limit) or _POWERED.match(text, at, limit)
    if m:
        length = singular_unit(m["length"].lower()) or m["length"]
        return f"{'square' if m['power'][0].lower() == 's' else 'cubic'} {length}", m.end()
    m = _DEGREES.match(text, at, limit)
    if m:
        scale = (m["scale"] or m["glued"] or "").lower()[:1]
        return f"degree {'Celsius' if scale == 'c' else 'Fahrenheit'}" if scale else "degree", m.end()
    m = _HOURS.match(text, at, limit)
    if m:
        return f"{(m['size'] or '').lower()}watt hour", m.end()
    m = _TWO_WORDS.match(text, at, limit)
    if m:
        return _known()[m.group(1).lower()], m.end()
    m = _JOINED.match(text, at, limit)
    if m:
        return _known()[m["form"]], m.end()
    m = _GLUED.match(text, at, limit)
    if m:
        return _known()[m.group()], m.end()
    m = _SPACED.match(text, at, limit)
    if m is None:
        return None
    word = m.group(1) if m.group(1) in _known() else m.group(1).split("/")[0]
    end = m.start(1) + len(word)
    glued = m.start(1) == at
    if word in ("in", "m", "min", "s", "h", "t", "l", "g", "a") and not glued and not _stands_as_unit(text, word, end, limit):
        return None
    unit = singular_unit(word)
    if word == "quarters":
        return "quarter", end
    if unit == "cup" and re.match(r" of [a-z]", text[end : end + 5]):
        return "cup", end
    if unit is None or (word in _NOT_ALONE and word not in ("in", "t", "T", "L", "l", "g", "W", "V", "hp", "cups") and not glued):
        return None
    return unit, end


# a magnitude 7.1 quake, of magnitude 6.3, 5.8-magnitude, 6.2 on the Richter scale
_MAGNITUDE_BEFORE = re.compile(r"\bmagnitude (?:of )?(?:about |around )?\Z", re.IGNORECASE)
_MAGNITUDE_AFTER = re.compile(
    r"(?P<word>[ -]magnitude)(?= (?:[a-z]+ )?(?:quake|earthquake|tremor|aftershock|temblor|shock|tsunami|event)s?\b"
    r"| (?:hit|struck|shook|was|rocked|jolted|on|in|off|at)\b|[.,;])"
    r"|(?= (?:on|points on) the (?:open-ended )?(?:Richter|moment magnitude)\b)"
)
_OF_A_QUAKE = re.compile(r"\d\d?\.\d")


def magnitude_at(text: str, lo: int, number: tuple[int, int], at: int, limit: int) -> tuple[str, int] | None:
    """The magnitude of an earthquake: its name and the offset after the figure; None where none is told."""
    after = _MAGNITUDE_AFTER.match(text, at, limit)
    if after is not None:
        return "magnitude", after.end()
    told = _OF_A_QUAKE.fullmatch(text, *number) and _MAGNITUDE_BEFORE.search(text, max(lo, number[0] - 24), number[0])
    return ("magnitude", at) if told else None


def _stands_as_unit(text: str, word: str, end: int, limit: int) -> bool:
    """Whether a symbol that is also a word closes its phrase (*5 ft 2 in.*, *12 m long*)."""
    after = text[end : min(end + 12, limit)]
    if word == "in":
        return re.match(r"\s*(?:$|[.,;)]|thick|long|wide|deep|tall|high)", after) is not None
    return word == "min" or (
        word != "a"
        and re.match(
            r"\s*(?:$|[.,;:)]|[x×]\b|(?:long|wide|deep|tall|high|radius|diameter|range|depth|height|above|below|of|and|to|from|per"
            r"|away|in|on|with|at|for|or|by|during|apart|behind|ahead)\b)|\s\d",
            after,
        )
        is not None
    )


def rate_at(text: str, at: int, limit: int) -> tuple[str, int] | None:
    """The *per* of a rate at ``at`` (*a day*, *per 100,000 people*, */hour*): what one reckons by, and the offset after it."""
    m = PER.match(text, at, limit) or _PER_ANYTHING.match(text, at, limit) or _TO_THE.match(text, at, limit)
    if m is None:
        return None
    word = m["unit"].lower()
    return _RATES.get(word, word), m.end()


def told_behind(text: str, at: int, limit: int, value: float, unit: str | None) -> tuple[float, int] | None:
    """The value that words behind a measure make of it, and the offset after them: *20 degrees below zero*, *a year and a half*.

    Args:
        text: the article.
        at: offset after the number and its unit.
        limit: where the paragraph ends.
        value: the number.
        unit: its unit.
    """
    if unit in _MAY_BE_COLD and (m := _BELOW_ZERO.match(text, at, limit)) is not None:
        return -value, m.end()
    if (unit in TIMES or unit in _HALVED) and (m := AND_A_HALF.match(text, at, limit)) is not None:
        return value + (0.5 if m["part"] == "half" else 0.25), m.end()
    return None
