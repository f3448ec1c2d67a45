"""Money: currencies by sign, code and name, as ISO 4217 codes.

Names and plurals of currencies, and which country has which, are Babel's (Unicode CLDR). A name or sign that several
currencies share (*Rs*, *pound*, *dinar*) is that of the country that the article tells; where it tells none, the one that news
in English means by it, or, where there is none, a noun (*peso*).
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from babel import Locale
from babel.numbers import get_currency_name, get_currency_symbol, get_territory_currencies

from ..lexicon.forms import singular
from ..lexicon.governments import countries_told, country_of, government_of, names_of
from ..lexicon.rows import CurrencyRow
from ..lexicon.tables import phrases, table

if TYPE_CHECKING:
    from .figure import FoundFigure


def _by_first_letter(words: Iterable[str]) -> str:
    """Words as alternatives, the longer ones first, parted by their first letters: most are told by it not to stand there."""
    by: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        by.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in by.items())


_SHARING = "?"  # behind a code or noun: it stands for another currency in other countries (settle_currencies)
_ROWS = table(CurrencyRow)
_SIGNS = {row.form: row.code + _SHARING * bool(row.shared) for row in _ROWS if row.kind == "sign" and row.code}
_NAMES = {row.form: row.code + _SHARING * bool(row.shared) for row in _ROWS if row.kind == "name" and row.code}
_SHARED: dict[str, frozenset[str]] = {}
for _row in _ROWS:
    if _row.code and _row.shared:
        _SHARED[_row.code] = _SHARED.get(_row.code, frozenset((_row.code,))) | frozenset(_row.shared)
# words that are a currency only with its country's adjective before them, or after a scale (*two million real*)
_ORDINARY = frozenset(row.form for row in _ROWS if row.needs)
_TALKED_OF = frozenset(row.form for row in _ROWS if row.needs == "talk")  # or with *paid*, *cost* or the like before them
_ADJECTIVES = frozenset(row.form for row in _ROWS if row.kind == "adjective")
# codes that are English words or names too
_WORDS = frozenset(row.form for row in _ROWS if row.kind == "word" and row.needs is None)
# signs and codes that are something else too, and money before a large sum: *MAD 350 million*, *R 12,000*
_BEFORE_LARGE = frozenset(row.form for row in _ROWS if row.kind in ("sign", "word") and row.needs == "large")
_CODES = _by_first_letter(str(c) for c in Locale("en").currencies if c not in _WORDS)
ONE_LETTER = frozenset("RNPKQDEML")  # glued to digits
_GLUED_ONLY = ("元", *sorted(ONE_LETTER), "kr")
_SIGN = _by_first_letter(s for s in _SIGNS if s not in _GLUED_ONLY)
_SPACED_SIGN = (
    r"U\.S\.? ?\$|(?:us|hk|nz|c|u\.s|US|HK|NZ|NT|AU|CA|C) \$|\$(?:US|NZ|HK|AU|CA|[ACS])$|(?:usd|aud|cad|nzd|mxn|hkd|sgd)\$"
)
CURRENCY_BEFORE = (
    rf"(?<![A-Za-z])(?:(?:{_SPACED_SIGN}|{_SIGN}|R(?=[ \xa0]$)|(?:[{''.join(sorted(ONE_LETTER))}]|kr)$)|\b(?:{_CODES}))"
    r"(?:[ \xa0]?(?:\$|€|£))?"
)
_LARGE_SUM = re.compile(
    r"\d{1,3}(?:[,’']\d{3})+|\d{1,2}(?:,\d\d)+,\d{3}|\d[\d.,]*[ \xa0-]?(?:k|m|mn|mln|bn|b|tn|trn|thousand|million|billion"
    r"|trillion|lakh|crore)\b|(?!(?:19|20)\d\d\b)\d{4,}\b"
)
_SIGN_AFTER = re.compile(
    rf"[ \xa0]?(?P<sign>(?:US|HK|NT|NZ|AU|A|C|S|R)\$|[$£€¥₹₦₩₽₺₴₱₫฿₪₿₡₾₭₸元]|(?:{_CODES}|RMB|rmb|usd|eur|gbp|BTC)(?![\w$]))"
    r"(?!\s?\d)"
    r"|(?P<pence>p)(?!\w|\.\w)|(?P<cents>c)(?!\w|\.\w)"
)
_NAME_AFTER = re.compile(r"[ \xa0]?-?[ \xa0]?(?P<words>[A-Za-z.]+(?:[ -][A-Za-z.]+){0,3})")
_NEAR = 3  # mentions that a country in the figure's sentence, or of the publisher, counts for
_SOLD_TO_ALL = frozenset(("CO", "TV", "IO", "ME", "AI", "FM"))  # domains of countries that are everybody's
_MONEY_TALK = re.compile(rf"\b(?:{phrases('money')})\b", re.IGNORECASE)
_BY_WHAT = re.compile(
    r" (?:(?:an?|per) (?:lit(?:re|er)|kg|kilo|share|unit|minute|kilowatt|kWh|tin|loaf|bag|text|call)|coins?|piece)\b"
)
_POUNDS = re.compile(r"\bpounds?\Z")
_METRIC_POUNDS = frozenset(("EGP", "LBP", "SYP", "SDG", "SSP"))
_PER = re.compile(r"s? per (?!cent)[a-z]")  # 60 taka per litre
_CONVERTED = re.compile(r"s? \((?:about |around )?(?:US|A|C|HK|NZ|S)?[$€£¥₹]")
_WEIGHED_AFTER = re.compile(r"s?,? (?:of|heavier|lighter|overweight)\b")
_WEIGHED_BEFORE = re.compile(r"\b(?:weigh\w*|lost|lose|gain\w*|drop)\b[^.]*$", re.IGNORECASE)


def currency_of_sign(sign: str, dollar: str = "USD") -> str:
    """The ISO 4217 code (or noun) that a sign or code stands for; ``dollar``: what a bare *$* does."""
    sign = re.sub(r"\s", "", sign)
    if sign == "$":
        return dollar
    sign = f"{sign[1:]}$" if re.fullmatch(r"\$[A-Z]+", sign) else sign
    for form in (sign, sign.rstrip("$€£"), sign.upper(), sign.upper().rstrip("$")):
        if form in _SIGNS:
            return _SIGNS[form]
        if len(form) == 3 and form in Locale("en").currencies:
            return form
    return "USD" if sign[:1] in "uU" else sign.upper()


def glued_letters() -> str:
    """The letters of a currency that digits are glued to (*Dh5.2m*, *Tk.350*), as alternatives that look behind."""
    by_length: dict[int, list[str]] = {}
    for sign in sorted(_SIGNS):
        if len(sign) > 1 and re.fullmatch(r"[^\W\d_.][^\W\d_.]*(?:\.| [^\W\d_]+)?", sign):
            by_length.setdefault(len(sign), []).append(re.escape(sign))
    return "|".join(rf"(?<=\b(?:{'|'.join(signs)}))" for _, signs in sorted(by_length.items()))


def is_doubtful_sign(text: str, sign: str, at: int) -> bool:
    """Whether what stands before a number is no money for want of a large sum: *Br 5*, *MAD 7*; *Br 5 million* is."""
    return (sign in _BEFORE_LARGE or (sign == "R" and text[at - 1] != "R")) and _LARGE_SUM.match(text, at) is None


def money_at(text: str, number: tuple[int, int], limit: int, scaled: bool, dollar: str = "USD") -> tuple[str, int] | None:
    """The currency printed right after a number: its code (or noun) and the offset after it.

    Args:
        text: the article.
        number: the span of the number.
        limit: where the paragraph ends.
        scaled: whether the number closes with *million* or the like: what is weighed is told in plain numbers.
        dollar: what *$* and *dollars* stand for.
    """
    m = _SIGN_AFTER.match(text, number[1], limit)
    if m and m["cents"] and not _is_priced(text, number[0], m.end(), limit):
        return None
    if m:
        return ("penny" if m["pence"] else "cent" if m["cents"] else currency_of_sign(m["sign"], dollar)), m.end()
    m = _NAME_AFTER.match(text, number[1], limit)
    if m is None:
        return None
    words = re.split(r"[ -]", m["words"])
    for count in range(len(words), 0, -1):
        end = m.start("words") + sum(len(w) + 1 for w in words[:count]) - 1
        end -= words[count - 1].endswith(".")
        code = _currency_of_name([w.lower() for w in words[: count - 1]], words[count - 1].lower().rstrip("."))
        if code is None:
            continue
        if count == 1 and not scaled and not _is_money(text, number, singular(words[0].lower().rstrip(".")), end):
            return None
        return (dollar if code == "USD" and count == 1 and words[0].lower().startswith("dollar") else code), end
    return None


def _is_priced(text: str, start: int, end: int, limit: int) -> bool:
    """Whether *50c* are cents, and no degrees and no part of a section."""
    return _BY_WHAT.match(text, end, limit) is not None or _MONEY_TALK.search(text, max(0, start - 40), start) is not None


def _currency_of_name(before: list[str], last: str) -> str | None:
    """The code of *francs*, of *Swiss francs*."""
    named = _currency_names().get(" ".join([*before, last])) or _currency_names().get(" ".join([*before, singular(last)]))
    if named is not None or not before:
        return named or _NAMES.get(last) or _NAMES.get(singular(last))
    code = _NAMES.get(last) or _NAMES.get(singular(last))
    whose = " ".join(before)
    if code is not None and (country := country_of(whose) or government_of(whose)) is not None:
        own = _currency_of_country(country)
        if own is not None and own in _SHARED.get(code.rstrip(_SHARING), (code,)):
            return own  # Argentinian pesos, Costa Rican colones
    return code if whose in _ADJECTIVES else None


@functools.cache
def _currency_names() -> dict[str, str]:
    """Names of currencies with their country, in small letters (*swiss francs*): their codes."""
    out: dict[str, str] = {}
    for code in map(str, Locale("en").currencies):
        for count in (1, 2):
            name = get_currency_name(code, count=count, locale="en").lower()
            if " " in name and "(" not in name:
                out.setdefault(name, code)
                out.setdefault(_plain(name), code)
    out |= {name: code for name, code in _NAMES.items() if " " in name}
    return out


def _is_money(text: str, number: tuple[int, int], word: str, end: int) -> bool:
    """Whether *40 pounds* are money: *paid* before them, and nothing weighed behind; *40 euros* always are."""
    if word not in _ORDINARY:
        return True
    if word not in _TALKED_OF:
        return False
    if _CONVERTED.match(text, end) or _PER.match(text, end):
        return True  # a 50,000-pound ($63,000) prize
    weighed = _WEIGHED_AFTER.match(text, end) or _WEIGHED_BEFORE.search(text, max(0, number[0] - 40), number[0])
    return not weighed and _MONEY_TALK.search(text, max(0, number[0] - 40), number[0]) is not None


def settle_currencies(text: str, figures: Sequence[FoundFigure], url: str | None) -> None:
    """Give money whose sign or name several currencies share (*Rs 500*, *40 million pounds*) that of the country it is told of.

    A country counts by how often the article tells it, and by the figure's sentence and the publisher's address as by three
    times. One that counts twice as much as every other has it; where none does the unit stays a noun (*rupee*), or null for a
    sign that has no name of its own. Where no country is told it is the currency that news in English means by it.

    Args:
        text: the article.
        figures: its figures, with their sentences; units are set in place.
        url: the article's address.
    """
    shared = [f for f in figures if f.unit is not None and _SHARING in f.unit]
    pounds = [f for f in figures if f.unit == "pound" and _POUNDS.search(text, f.start, f.end) and not _is_weighed(text, f)]
    if not shared and not pounds:
        return
    told = countries_told(text)
    home = _country_of_host(_host(url))
    for f in shared:
        code, _, rest = (f.unit or "").partition(_SHARING)
        whose = _whose(code, told, countries_told(text[slice(*f.sentence)]), home)
        f.unit = whose + rest if whose is not None else None
    for f in pounds:
        whose = _whose("GBP", told, countries_told(text[slice(*f.sentence)]), home)
        if whose in _METRIC_POUNDS:
            f.kind, f.unit = "money", whose  # 1,500 pounds in Lebanon, where nothing is weighed in them


def _is_weighed(text: str, f: FoundFigure) -> bool:
    """Whether a weight is told: *40 pounds of rice*, *weighed 40 pounds*."""
    return bool(_WEIGHED_AFTER.match(text, f.end) or _WEIGHED_BEFORE.search(text, max(0, f.start - 40), f.start))


def _whose(code: str, told: Counter[str], here: Counter[str], home: str | None) -> str | None:
    """The currency of the countries that an article and a sentence tell, of those that share a code or noun."""
    scores: Counter[str] = Counter()
    for countries, weight in ((told, 1), (dict.fromkeys(here, 1), _NEAR), ({home: 1} if home else {}, _NEAR)):
        for country, times in countries.items():
            own = _currency_of_country(country)
            if own in _SHARED[code]:
                scores[own] += weight * times
    if not scores:
        return code
    if len(code) == 3 and code.isupper():
        scores[code] += 1
    (first, most), *others = scores.most_common(2)
    if not others or most >= 2 * others[0][1]:
        return first
    if not code.isupper():
        return code
    nouns = {_noun_of(c) for c in _SHARED[code]}
    return nouns.pop() if len(nouns) == 1 else None


def _noun_of(code: str) -> str:
    """The noun of a currency: *rupee*."""
    return _plain(get_currency_name(code, locale="en").split(" ")[-1].lower())


@functools.cache
def _currency_of_country(country: str) -> str | None:
    """The code of a country's currency; None for one that Babel does not know by any of its names."""
    territory = next((t for name in names_of(country) if (t := _territories().get(_plain(name.lower()))) is not None), None)
    codes = get_territory_currencies(territory) if territory is not None else []
    return codes[-1] if codes else None


@functools.cache
def _territories() -> dict[str, str]:
    """Countries by their names in small letters without accents."""
    known = {"congo - brazzaville": "congo", "congo - kinshasa": "democratic republic of the congo"}
    names = {_plain(name.lower()): code for code, name in Locale("en").territories.items() if len(code) == 2}
    return {known.get(name, name).replace("&", "and").replace("st. ", "saint "): code for name, code in names.items()}


def _plain(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c)).replace("’", "'")


@functools.lru_cache(maxsize=1024)
def _country_of_host(host: str) -> str | None:
    """The country whose domain a publisher has, or whose name its own holds: *dawn.com.pk*, *kuwaittimes.com*."""
    domain = host.rsplit(".", 1)[-1].upper()
    if len(domain) == 2 and domain not in _SOLD_TO_ALL:
        name = Locale("en").territories.get("GB" if domain == "UK" else domain)
        return government_of(name.replace("&", "and")) if name is not None else None
    told = countries_told(" ".join(part.capitalize() for part in re.findall(r"[a-z]+", host)))
    if not told:
        longest = max((name for name in _long_names() if name in host), key=len, default=None)
        told = countries_told(longest.capitalize()) if longest is not None else told
    return next(iter(told), None)


@functools.cache
def _long_names() -> tuple[str, ...]:
    """Names of countries of one word that no other word holds by chance."""
    return tuple(name for name in map(str.lower, Locale("en").territories.values()) if name.isalpha() and len(name) > 4)


def _host(url: str | None) -> str:
    return (urlsplit(url).hostname if url else None) or ""


@functools.lru_cache(maxsize=1024)
def dollar_of(url: str | None) -> str:
    """The currency that a bare *$* stands for at a publisher: that of its country's domain, where that has the sign."""
    country = _host(url).rsplit(".", 1)[-1].upper()
    if len(country) != 2 or country in _SOLD_TO_ALL or country in ("EC", "SV"):  # the last two pay in US dollars
        return "USD"
    codes = get_territory_currencies(country) if country in Locale("en").territories else []
    local = get_currency_symbol(codes[-1], locale=f"en_{country}") if codes and f"en_{country}" in _english() else None
    return codes[-1] if local == "$" else "USD"


@functools.cache
def _english() -> frozenset[str]:
    from babel.localedata import locale_identifiers

    return frozenset(i for i in locale_identifiers() if i.startswith("en_"))
