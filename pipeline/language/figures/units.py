"""Units of figures: currencies, measures, times, percentages and rates, with the names that the ``unit`` column has.

Names, plurals and signs of currencies are Babel's (Unicode CLDR). A sign or name that several currencies share stands
for the one that news in English means by it, or, where there is none, is kept as a noun (*peso*).
"""

from __future__ import annotations

import functools
import re
from urllib.parse import urlsplit

from babel import Locale
from babel.numbers import get_currency_name, get_currency_symbol, get_territory_currencies

_SIGNS = {
    "$": "USD", "US$": "USD", "U.S.$": "USD", "USD$": "USD", "A$": "AUD", "AU$": "AUD", "AUD$": "AUD", "C$": "CAD", "CA$": "CAD",
    "CAD$": "CAD", "NZ$": "NZD", "NZD$": "NZD", "HK$": "HKD", "S$": "SGD", "NT$": "TWD", "R$": "BRL", "Mex$": "MXN",
    "MX$": "MXN", "MXN$": "MXN", "J$": "JMD", "TT$": "TTD", "Z$": "ZWL", "£": "GBP", "€": "EUR", "¥": "JPY", "₹": "INR", "₦": "NGN",
    "₩": "KRW", "₽": "RUB", "₺": "TRY", "₴": "UAH", "₱": "PHP", "₫": "VND", "฿": "THB", "₪": "ILS", "₿": "BTC", "₡": "CRC",
    "₾": "GEL", "₭": "LAK", "₸": "KZT", "₵": "GHS", "GH₵": "GHS", "元": "CNY", "E£": "EGP",
    "Rs": "INR", "Rs.": "INR", "RM": "MYR", "Rp": "IDR", "SR": "SAR", "KSh": "KES", "Ksh": "KES", "Sh": "KES", "Dh": "AED", "Dhs": "AED",
    "Tk": "BDT", "R": "ZAR", "RMB": "CNY", "BTC": "BTC", "kr": "krone",
}  # fmt: skip
# names that several countries' money has: what news in English means by the bare word, or the word itself
_SHARED = {
    "dollar": "USD", "pound": "GBP", "sterling": "GBP", "quid": "GBP", "euro": "EUR", "yen": "JPY", "yuan": "CNY",
    "renminbi": "CNY", "rmb": "CNY", "won": "KRW", "rupee": "INR", "baht": "THB", "zloty": "PLN", "forint": "HUF", "rand": "ZAR",
    "naira": "NGN", "cedi": "GHS", "hryvnia": "UAH", "hryvnias": "UAH", "rouble": "RUB", "ruble": "RUB", "real": "BRL",
    "reais": "BRL", "shekel": "ILS", "ringgit": "MYR", "rupiah": "IDR", "dong": "VND", "taka": "BDT", "birr": "ETB", "lira": "TRY",
    "lari": "GEL", "dram": "AMD", "tenge": "KZT", "toman": "toman", "bitcoin": "BTC", "pula": "BWP", "kwacha": "kwacha",
    "peso": "peso", "dinar": "dinar", "dirham": "dirham", "riyal": "riyal", "rial": "rial", "shilling": "shilling",
    "krone": "krone", "kroner": "krone", "krona": "krona", "kronor": "krona", "kronur": "krona", "koruna": "koruna", "crown": "crown",
    "franc": "franc", "leu": "leu", "lev": "lev", "som": "som", "peseta": "peseta", "guilder": "guilder", "markka": "markka",
    "mark": "mark", "drachma": "drachma", "escudo": "escudo", "cent": "cent", "penny": "penny", "pence": "penny", "pennies": "penny",
    "p": "penny", "satoshi": "satoshi", "kopeck": "kopeck", "buck": "USD", "greenback": "USD", "dime": "dime", "kuai": "CNY",
}  # fmt: skip
# words that are a currency only with its country's adjective before them, or after a scale (*two million real*)
_ORDINARY = frozenset("real som mark crown won rand leu lev pound p dong taka dram buck dime sterling quid".split())
_ADJECTIVES = {
    "us": "US", "u.s.": "US", "american": "US", "british": "British", "mainland": "", "sterling": "British", "swiss": "Swiss",
    "finnish": "Finnish", "dutch": "Dutch", "french": "French", "chinese": "Chinese", "belgian": "Belgian",
}  # fmt: skip
_METRIC = {"metre": "m", "gram": "g", "litre": "l", "watt": "W", "hertz": "Hz", "byte": "B", "volt": "V", "joule": "J", "pascal": "Pa",
           "bit": "bit", "electronvolt": "eV", "gray": "Gy", "sievert": "Sv", "calorie": "cal"}  # fmt: skip
_PREFIXES = {"kilo": "k", "mega": "M", "giga": "G", "tera": "T", "peta": "P", "exa": "E", "centi": "c", "milli": "m", "micro": "µ",
             "nano": "n", "pico": "p", "deci": "d", "hecto": "h", "atto": "a"}  # fmt: skip
_MEASURES = {  # name: other words and symbols for it
    "metre": "meter m", "gram": "gramme g", "litre": "liter L l", "watt": "W", "volt": "V", "byte": "", "bit": "", "joule": "",
    "hertz": "Hz", "calorie": "", "pascal": "", "sievert": "", "hectare": "ha", "acre": "", "tonne": "t mt", "ton": "",
    "metric ton": "", "mile": "mi", "yard": "yd yds", "foot": "feet ft", "inch": "inches in", "pound": "lb lbs pound-mass", "ounce":
    "oz", "stone": "", "gallon": "gal", "pint": "", "quart": "", "barrel": "bbl", "bushel": "", "carat": "", "knot": "", "light-year": "",
    "nautical mile": "", "fathom": "", "furlong": "", "square metre": "m² m2 m^2 sqm", "square kilometre": "km² km2 km^2",
    "square mile": "", "cubic metre": "m³ m3 m^3", "kilometre per hour": "km/h kph kmh kmph km/hr", "mile per hour": "mph",
    "metre per second": "m/s", "degree": "°", "degree Celsius": "°C Celsius celsius centigrade", "degree Fahrenheit":
    "°F Fahrenheit fahrenheit", "kilowatt hour": "kWh kilowatt-hour", "megawatt hour": "MWh megawatt-hour", "gigawatt hour": "GWh",
    "terawatt hour": "TWh", "watt hour": "Wh", "basis point": "bp bps", "decibel": "dB", "horsepower": "hp bhp", "megapixel": "",
    "milligram": "mcg", "tablespoon": "tbsp", "teaspoon": "tsp", "cup": "", "cubic foot": "cu", "hand": "", "radian": "rad",
    "kilogram": "kilo", "kilobyte": "KB", "square foot": "sqft", "centimetre cubed": "cc", "barrel per day": "bpd", "ton per day": "tpd",
    "magnitude": "", "turn": "",
}  # fmt: skip
_TIMES = {
    "second": "sec secs s", "minute": "min mins", "hour": "hr hrs h", "day": "", "night": "", "week": "wk wks", "fortnight": "",
    "month": "mth mths", "year": "yr yrs", "decade": "", "century": "centuries", "millennium": "millennia", "millisecond": "ms",
    "microsecond": "", "nanosecond": "", "business day": "", "quarter": "", "generation": "", "weekend": "",
}  # fmt: skip
_NOT_ALONE = frozenset("hand cup stone turn magnitude quarter generation s t l g in W V B T L cu mt hp bp p".split())
_LENGTHS = r"(?:(?:kilo|centi|milli)?met(?:re|er)|mile|foot|feet|inch|inche|yard)s?"


def singular_unit(word: str) -> str | None:
    """The name of a measure or time for a word or symbol (*kms*, *miles*, *GW*); None if it is none."""
    return _known().get(word) or _known().get(word.lower() if len(word) > 3 else word) or _known().get(word.rstrip("s").lower(), None)


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
    out |= {"mL": "millilitre", "kms": "kilometre", "kgs": "kilogram", "KG": "kilogram", "KM": "kilometre", "kw": "kilowatt",
            "inches": "inch", "feet": "foot", "kilos": "kilogram", "μg": "microgram", "hertz": "hertz", "horsepower": "horsepower"}  # fmt: skip
    return out


_SYMBOL = "|".join(
    sorted(
        (re.escape(w) for w in _known() if len(w) <= 4 or " " in w or "/" in w or not w.isalpha()), key=len, reverse=True
    )
)
_GLUED = re.compile(rf"(?:{_SYMBOL})(?![A-Za-z\d²³^/])")
_SPACED = re.compile(r"[ \xa0]?-?[ \xa0]?([A-Za-z°][\w°/²³-]*)")
_SQUARE = re.compile(rf"[ \xa0-]?(?P<power>square|sq\.?|cubic|cu\.?)[ -](?P<length>{_LENGTHS}|km|mi|ft|m|in|yd)\b", re.IGNORECASE)
_DEGREES = re.compile(r"[ \xa0-]?(?:°[ \xa0]?|degrees?[ -])(?P<scale>Celsius|centigrade|Fahrenheit|C|F)\b|[ \xa0]?°|(?<=\d)(?-i:(?P<glued>[CF]))(?!\w)", re.IGNORECASE)
_HOURS = re.compile(r"[ -](?P<size>kilo|mega|giga|tera)?watt[ -]hours?\b", re.IGNORECASE)
_TWO_WORDS = re.compile(r"[ -](metric ton|nautical mile|business day|basis point|light year)(?:ne)?s?\b", re.IGNORECASE)
PER = re.compile(
    r"(?:[ -]+(?:an?|per|each|every)[ -]+|[ ]?/[ ]?)(?:single )?(?P<unit>second|minute|hour|day|night|week|weekday|month|quarter|year|annum"
    r"|decade|head|person|capita|share|barrel|tonne|ton|kilo(?:gram|metre|meter)?|kg|kWh|megawatt-hour|litre|liter|gallon|mile|km|household"
    r"|family|student|pupil|child|unit|square (?:metre|meter|foot)|acre|hectare|vote|game|match|hr|h|dozen|piece|pound|ounce|bottle|pack"
    r"|ticket|(?:1,000|10,000|100,000|1 million|million|thousand|hundred)(?: [a-z]+s| people)?)\b",
    re.IGNORECASE,
)
_PER_NAMES = {"annum": "year", "hr": "hour", "h": "hour", "km": "kilometre", "kg": "kilogram", "kilo": "kilogram",
              "kilometer": "kilometre", "liter": "litre", "capita": "person", "head": "person"}  # fmt: skip
PERCENT = re.compile(
    r"[ \xa0]?%(?:[- ]points?\b)?|(?:[ \xa0]?-?[ \xa0]?)(?:per[ -]cents?|percents?|percentage|pct|pc)\b(?:[- ]points?\b)?", re.IGNORECASE
)


def measure_at(text: str, at: int, limit: int) -> tuple[str, int] | None:
    """The measure or time that is printed at ``at``, right after a number: its name and the offset after it."""
    m = _SQUARE.match(text, at, limit)
    if m:
        length = _known().get(re.sub(r"(?<=[a-z]{3})s$", "", m["length"].lower()), "foot" if m["length"].lower() == "feet" else m["length"])
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
    word = m.group(1).split("-")[0]
    end = m.start(1) + len(word)
    glued = m.start(1) == at
    if word in ("in", "m", "min", "s", "h", "t", "l", "g", "a") and not glued and not _stands_as_unit(text, word, end, limit):
        return None
    unit = singular_unit(word)
    if unit is None or (word in _NOT_ALONE and word not in ("in", "t", "T", "L", "l", "g", "W", "V", "hp", "cups") and not glued):
        return None
    return unit, end


def _stands_as_unit(text: str, word: str, end: int, limit: int) -> bool:
    """Whether a symbol that is also a word closes its phrase (*5 ft 2 in.*, *12 m long*)."""
    after = text[end : min(end + 12, limit)]
    if word == "in":
        return re.match(r"\s*(?:$|[.,;)]|thick|long|wide|deep|tall|high)", after) is not None
    return word not in ("a", "min") and (re.match(r"\s*(?:$|[.,;:)x×]|long|wide|deep|tall|high|of|and|to|from|per|away)|\s\d", after) is not None)


def rate_at(text: str, at: int, limit: int) -> tuple[str, int] | None:
    """The *per* of a rate at ``at`` (*a day*, *per 100,000 people*, */hour*): what one reckons by, and the offset after it."""
    m = PER.match(text, at, limit)
    if m is None:
        return None
    word = m["unit"].lower()
    word = "megawatt hour" if word == "megawatt-hour" else word.replace("meter", "metre")
    return _PER_NAMES.get(word, word), m.end()


# ------------------------------------------------------------------ money


@functools.cache
def _currency_names() -> dict[str, str]:
    """Names of currencies with their country, in small letters (*swiss francs*): their codes."""
    out: dict[str, str] = {}
    for code in Locale("en").currencies:
        for count in (1, 2):
            name = get_currency_name(code, count=count, locale="en").lower()
            if " " in name and "(" not in name:
                out.setdefault(name, code)
    for adjective, code in {
        "american": "USD", "us": "USD", "u.s.": "USD", "australian": "AUD", "canadian": "CAD", "new zealand": "NZD",
        "hong kong": "HKD", "singapore": "SGD", "taiwan": "TWD",
    }.items():  # fmt: skip
        out[f"{adjective} dollar"] = out[f"{adjective} dollars"] = code
    out |= {"pounds sterling": "GBP", "pound sterling": "GBP", "british pounds": "GBP", "russian roubles": "RUB", "israeli shekels": "ILS",
            "danish kroner": "DKK", "norwegian kroner": "NOK", "swedish kronor": "SEK", "mexican pesos": "MXN", "indian rupees": "INR",
            "czech crowns": "CZK", "chinese yuan": "CNY", "south korean won": "KRW", "emirati dirhams": "AED", "turkish lira": "TRY"}  # fmt: skip
    return out


_CODES = "|".join(sorted(c for c in Locale("en").currencies if c not in ("ALL", "TOP", "MOP", "XXX", "BAD", "CUP", "DEM", "LAK", "SIT")))
_SIGN = "|".join(re.escape(s) for s in sorted((s for s in _SIGNS if s not in ("元", "R", "kr")), key=len, reverse=True))
CURRENCY_BEFORE = rf"(?<![A-Za-z])(?:(?:{_SIGN}|R(?=\d)|[UC]\.?S\.? ?\$|[ac] \$|u\.s \$)|\b(?:{_CODES}))(?:[ \xa0]?(?:\$|€|£))?"
_SIGN_AFTER = re.compile(
    rf"[ \xa0]?(?P<sign>[$£€¥₹₦₩₽₺₴₱₫฿₪₿₡₾₭₸元]|(?:{_CODES}|RMB|rmb|usd|eur|gbp|BTC)(?![\w$]))(?!\d)"
)
_WORDS_AFTER = re.compile(r"[ \xa0]?-?[ \xa0]?([A-Za-z.]+(?:[ -][A-Za-z.]+){0,3})")
_MONEY_TALK = re.compile(
    r"\b(?:pa(?:y|ys|id|ying)|cost(?:s|ing)?|worth|price[ds]?|fine[ds]?|earn\w*|spen[dt]\w*|salary|wage|fee|rais\w+|donat\w+|bill|owe\w*"
    r"|budget|profit|loss|charge[ds]?|s[oe]ld|sell\w*|for|fund\w*|loan|debt|invest\w*|tax\w*|bonus|rent|save[ds]?)\b",
    re.IGNORECASE,
)


def currency_of_sign(sign: str, dollar: str = "USD") -> str:
    """The ISO 4217 code (or noun) that a sign or code stands for; ``dollar``: what a bare *$* does."""
    sign = re.sub(r"\s", "", sign)
    if sign == "$":
        return dollar
    for form in (sign, sign.rstrip("$€£"), sign.upper(), sign.upper().rstrip("$")):
        if form in _SIGNS:
            return _SIGNS[form]
        if len(form) == 3 and form in Locale("en").currencies:
            return form
    return "USD" if re.match(r"[Uu]\.?[Ss]", sign) else "CAD" if sign[0] in "cC" else "AUD" if sign[0] in "aA" else sign.upper()


def money_at(text: str, number: tuple[int, int], limit: int, scaled: bool, dollar: str = "USD") -> tuple[str, int] | None:
    """The currency printed right after a number: its code (or noun) and the offset after it.

    Args:
        text: the article.
        number: the span of the number.
        limit: where the paragraph ends.
        scaled: whether the number closes with *million* or the like: what is weighed is told in plain numbers.
        dollar: what *$* and *dollars* stand for.
    """
    at = number[1]
    m = _SIGN_AFTER.match(text, at, limit)
    if m:
        return currency_of_sign(m["sign"], dollar), m.end()
    if re.compile(r"p(?!\w|\.\w)").match(text, at, limit):
        return "penny", at + 1
    m = _WORDS_AFTER.match(text, at, limit)
    if m is None:
        return None
    words = re.split(r"[ -]", m.group(1))
    lengths = [len(w) for w in words]
    for count in range(len(words), 0, -1):
        end = m.start(1) + sum(lengths[:count]) + count - 1
        phrase = " ".join(words[:count]).lower().rstrip(".")
        if not phrase:
            return None
        end -= text[m.start(1) : end].endswith(".")
        code = _currency_names().get(phrase)
        if code is None and count == 1:
            word = phrase if phrase in _SHARED else phrase[:-1] if phrase.endswith("s") else phrase
            code = _SHARED.get(word)
            if code is not None and word in _ORDINARY and not scaled and not _is_money(text, number, word, end, limit):
                return None
            code = dollar if word == "dollar" and code else code
        elif code is None and count >= 2 and " ".join(words[: count - 1]).lower() in _ADJECTIVES:
            code = _SHARED.get(phrase.split(" ")[-1].removesuffix("s"))
        if code is not None:
            return code, end
    return None


def _is_money(text: str, number: tuple[int, int], word: str, end: int, limit: int) -> bool:
    """Whether *40 pounds* are money: *paid* before them, and nothing weighed behind."""
    if word in ("quid", "sterling", "buck", "dime", "baht"):
        return True
    before, after = text[max(0, number[0] - 40) : number[0]], text[end : min(end + 12, limit)]
    weighed = re.match(r"s? (?:of|heavier|lighter|overweight)\b", after) or re.search(r"\b(?:weigh\w*|lost|lose|gain\w*|drop)\b[^.]*$", before)
    return word in ("pound", "won", "rand", "taka", "dong", "mark", "crown") and not weighed and _MONEY_TALK.search(before) is not None


@functools.lru_cache(maxsize=1024)
def dollar_of(url: str | None) -> str:
    """The currency that a bare *$* stands for at a publisher: that of its country's domain where it is a dollar or has its sign."""
    host = urlsplit(url).hostname if url else None
    country = (host or "").rsplit(".", 1)[-1].upper()
    if len(country) != 2 or country in ("CO", "TV", "IO", "ME", "AI", "FM", "EC", "SV"):  # sold to all, or paid in US dollars
        return "USD"
    codes = get_territory_currencies(country) if country in Locale("en").territories else []
    local = get_currency_symbol(codes[-1], locale=f"en_{country}") if codes and f"en_{country}" in _english() else None
    return codes[-1] if local == "$" else "USD"


@functools.cache
def _english() -> frozenset[str]:
    from babel.localedata import locale_identifiers

    return frozenset(i for i in locale_identifiers() if i.startswith("en_"))
