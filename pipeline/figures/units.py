"""Measures, times, percentages and rates, with the names that the ``unit`` column has for them."""

from __future__ import annotations

import functools
import re


def _table(words: str) -> dict[str, str]:
    """*name: word word; name* as a dictionary."""
    return {name: rest.strip() for name, _, rest in (" ".join(line.split()).partition(":") for line in words.split(";"))}


_METRIC = _table(
    "metre: m; gram: g; litre: l; watt: W; hertz: Hz; byte: B; volt: V; joule: J; pascal: Pa; bit: bit; electronvolt: eV"
)
_PREFIXES = _table(
    "kilo: k; mega: M; giga: G; tera: T; peta: P; exa: E; centi: c; milli: m; micro: µ; nano: n; pico: p; deci: d; hecto: h"
)
# name: other words and symbols for it
_MEASURES = _table(
    """
metre: meter m; gram: gramme g; litre: liter L l; watt: W; volt: V; byte; bit; joule; hertz: Hz; calorie; pascal; sievert;
hectare: ha; acre; tonne: t mt; ton; metric ton; mile: mi; yard: yd yds; foot: feet ft; inch: inches in; pound: lb lbs
pound-mass; ounce: oz; stone; gallon: gal; pint; quart; barrel: bbl; bushel; carat; knot; light-year; nautical mile; fathom;
furlong; square metre: m² m2 m^2 sqm; square kilometre: km² km2 km^2; square mile; cubic metre: m³ m3 m^3; kilometre per
hour: km/h kph kmh kmph km/hr; mile per hour: mph; metre per second: m/s; degree: °; degree Celsius: °C Celsius celsius
centigrade; degree Fahrenheit: °F Fahrenheit fahrenheit; kilowatt hour: kWh kilowatt-hour; megawatt hour: MWh megawatt-hour;
gigawatt hour: GWh; terawatt hour: TWh; watt hour: Wh; basis point: bp bps; decibel: dB; horsepower: hp bhp; megapixel;
microgram: mcg; tablespoon: tbsp; teaspoon: tsp; cup; cubic foot: cu; hand; radian: rad; kilogram: kilo; kilobyte: KB;
square foot: sqft; cubic centimetre: cc; barrel per day: bpd; ton per day: tpd; magnitude; turn
"""
)
_TIMES = _table(
    """
second: sec secs s; minute: min mins; hour: hr hrs h; day; night; week: wk wks; fortnight; month: mth mths; year: yr yrs;
decade; century: centuries; millennium: millennia; millisecond: ms; microsecond; nanosecond; business day; quarter;
generation; weekend
"""
)
TIMES = frozenset(_TIMES)
_NOT_ALONE = frozenset("hand cup stone turn magnitude quarter generation s t l g in W V B T L cu mt hp bp p".split())
_LENGTHS = r"(?:(?:kilo|centi|milli)?met(?:re|er)|mile|foot|feet|inch|inche|yard)s?"


def singular_unit(word: str) -> str | None:
    """The name of a measure or time for a word or symbol (*kms*, *miles*, *GW*); None if it is none."""
    known = _known()
    return known.get(word) or (known.get(word.lower()) or known.get(word.lower().removesuffix("s")) if len(word) > 3 else None)


@functools.cache
def _known() -> dict[str, str]:
    out: dict[str, str] = {}
    for base, symbol in _METRIC.items():
        for prefix, sign in _PREFIXES.items():
            for form in (base, base.replace("tre", "ter"), "gramme" if base == "gram" else base):
                out[prefix + form] = prefix + base
            out.setdefault(sign + symbol, prefix + base)
            out.setdefault(sign + symbol + "s", prefix + base)
        if len(symbol) > 1:
            out.setdefault(symbol, base)
    for table in (_MEASURES, _TIMES):
        for name, others in table.items():
            for word in (name, *others.split()):
                out[word] = name
                if len(word) > 3:
                    out[word + ("es" if word.endswith(("ch", "x")) else "s")] = name
    out |= {"mL": "millilitre", "kms": "kilometre", "kgs": "kilogram", "KG": "kilogram", "KM": "kilometre", "kw": "kilowatt"}
    out |= {"inches": "inch", "feet": "foot", "kilos": "kilogram", "μg": "microgram"}
    return out


_SYMBOL = "|".join(
    sorted((re.escape(w) for w in _known() if len(w) <= 4 or " " in w or "/" in w or not w.isalpha()), key=len, reverse=True)
)
_GLUED = re.compile(rf"(?:{_SYMBOL})(?![A-Za-z\d²³^/])")
_SPACED = re.compile(r"[ \xa0]?-?[ \xa0]?([A-Za-z°µμ][\w°/²³]*)(?!-\d)")
_POWERED = re.compile(rf"[ \xa0-]?(?P<length>{_LENGTHS}|km|mi|ft|m) (?P<power>squared|cubed)\b", re.IGNORECASE)
_SQUARE = re.compile(rf"[ \xa0-]?(?P<power>square|sq\.?|cubic|cu\.?)[ -](?P<length>{_LENGTHS}|km|mi|ft|m|in|yd)\b", re.IGNORECASE)
_DEGREES = re.compile(
    r"[ \xa0-]?(?:°[ \xa0]?|degrees?[ -])(?P<scale>Celsius|centigrade|Fahrenheit|C|F)\b|[ \xa0]?°"
    r"|(?<=\d)(?-i:(?P<glued>[CF]))(?!\w)",
    re.IGNORECASE,
)
_HOURS = re.compile(r"[ -](?P<size>kilo|mega|giga|tera)?watt[ -]hours?\b", re.IGNORECASE)
_TWO_WORDS = re.compile(r"[ -](metric ton|nautical mile|business day|basis point|light year)(?:ne)?s?\b", re.IGNORECASE)
PER = re.compile(
    r"(?:[ -]+(?:an?|per|each|every)[ -]+|[ ]?/[ ]?)(?:single )?(?P<unit>millisecond|second|minute|hour|day|night|week|weekday"
    r"|month|quarter|year|annum"
    r"|decade|head|person|capita|share|barrel|tonne|ton|kilo(?:gram|metre|meter)?|kg|kWh|megawatt-hour|litre|liter|gallon|mile"
    r"|km|household"
    r"|family|student|pupil|child|unit|square (?:metre|meter|foot)|acre|hectare|vote|game|match|hr|h|s|dozen|piece|pound|ounce"
    r"|bottle|pack"
    r"|ticket|(?:1,000|10,000|100,000|1 million|million|thousand|hundred)(?: [a-z]+s| people)?)\b",
    re.IGNORECASE,
)
_PER_NAMES = {"annum": "year", "s": "second", "hr": "hour", "h": "hour", "km": "kilometre", "kg": "kilogram", "kilo": "kilogram",
              "kilometer": "kilometre", "liter": "litre", "capita": "person", "head": "person"}  # fmt: skip
PERCENT = re.compile(
    r"[ \xa0]?%(?:[- ]points?\b)?|(?:[ \xa0]?-?[ \xa0]?)(?:per[ -]cents?|percents?|percentage|pct|pc)\b(?:[- ]points?\b)?",
    re.IGNORECASE,
)


def measure_at(text: str, at: int, limit: int) -> tuple[str, int] | None:
    """The measure or time that is printed at ``at``, right after a number: its name and the offset after it."""
    m = _SQUARE.match(text, at, limit) or _POWERED.match(text, at, limit)
    if m:
        length = _known().get(
            re.sub(r"(?<=[a-z]{3})s$", "", m["length"].lower()), "foot" if m["length"].lower() == "feet" else m["length"]
        )
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
        return m.group(1).lower().replace("light year", "light-year"), m.end()
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
    if word.rstrip("s") == "cup" and re.match(r" of [a-z]", text[end : end + 5]):
        return "cup", end
    if unit is None or (word in _NOT_ALONE and word not in ("in", "t", "T", "L", "l", "g", "W", "V", "hp", "cups") and not glued):
        return None
    return unit, end


def _stands_as_unit(text: str, word: str, end: int, limit: int) -> bool:
    """Whether a symbol that is also a word closes its phrase (*5 ft 2 in.*, *12 m long*)."""
    after = text[end : min(end + 12, limit)]
    if word == "in":
        return re.match(r"\s*(?:$|[.,;)]|thick|long|wide|deep|tall|high)", after) is not None
    return word == "min" or (
        word != "a" and re.match(r"\s*(?:$|[.,;:)x×]|long|wide|deep|tall|high|of|and|to|from|per|away)|\s\d", after) is not None
    )


def rate_at(text: str, at: int, limit: int) -> tuple[str, int] | None:
    """The *per* of a rate at ``at`` (*a day*, *per 100,000 people*, */hour*): what one reckons by, and the offset after it."""
    m = PER.match(text, at, limit)
    if m is None:
        return None
    word = m["unit"].lower()
    word = "megawatt hour" if word == "megawatt-hour" else word.replace("meter", "metre")
    return _PER_NAMES.get(word, word), m.end()
