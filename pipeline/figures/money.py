"""Money: currencies by sign, code and name, as ISO 4217 codes.

Names and plurals of currencies, and which country has a dollar of its own, are Babel's (Unicode CLDR). A name that several
currencies share stands for the one that news in English means by it, or, where there is none, is kept as a noun (*peso*).
"""

from __future__ import annotations

import functools
import re
from urllib.parse import urlsplit

from babel import Locale
from babel.numbers import get_currency_name, get_currency_symbol, get_territory_currencies

from ..lexicon.forms import singular
from ..lexicon.rows import CurrencyRow
from ..lexicon.tables import phrases, table

_ROWS = table(CurrencyRow)
_SIGNS = {row.form: row.code for row in _ROWS if row.kind == "sign" and row.code}
_NAMES = {row.form: row.code for row in _ROWS if row.kind == "name" and row.code}
# words that are a currency only with its country's adjective before them, or after a scale (*two million real*)
_ORDINARY = frozenset(row.form for row in _ROWS if row.needs)
_TALKED_OF = frozenset(row.form for row in _ROWS if row.needs == "talk")  # or with *paid*, *cost* or the like before them
_ADJECTIVES = frozenset(row.form for row in _ROWS if row.kind == "adjective")
_WORDS = frozenset(row.form for row in _ROWS if row.kind == "word")  # codes that are English words or names too
_CODES = "|".join(sorted(str(c) for c in Locale("en").currencies if c not in _WORDS))
_SIGN = "|".join(re.escape(s) for s in sorted((s for s in _SIGNS if s not in ("元", "R", "N", "P", "kr")), key=len, reverse=True))
_SPACED_SIGN = (
    r"U\.S\.? ?\$|(?:us|hk|nz|c|u\.s|US|HK|NZ|NT|AU|CA|C) \$|\$(?:US|NZ|HK|AU|CA|[ACS])$|(?:usd|aud|cad|nzd|mxn|hkd|sgd)\$"
)
CURRENCY_BEFORE = rf"(?<![A-Za-z])(?:(?:{_SPACED_SIGN}|{_SIGN}|[RNP]$)|\b(?:{_CODES}))(?:[ \xa0]?(?:\$|€|£))?"
_SIGN_AFTER = re.compile(
    rf"[ \xa0]?(?P<sign>[$£€¥₹₦₩₽₺₴₱₫฿₪₿₡₾₭₸元]|(?:{_CODES}|RMB|rmb|usd|eur|gbp|BTC)(?![\w$]))(?!\s?\d)|(?P<pence>p)(?!\w|\.\w)"
)
_NAME_AFTER = re.compile(r"[ \xa0]?-?[ \xa0]?(?P<words>[A-Za-z.]+(?:[ -][A-Za-z.]+){0,3})")
_MONEY_TALK = re.compile(rf"\b(?:{phrases('money')})\b", re.IGNORECASE)
_CONVERTED = re.compile(r"s? \((?:about |around )?(?:US|A|C|HK|NZ|S)?[$€£¥₹]")
_WEIGHED_AFTER = re.compile(r"s? (?:of|heavier|lighter|overweight)\b")
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
    if m:
        return ("penny" if m["pence"] else currency_of_sign(m["sign"], dollar)), m.end()
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


def _currency_of_name(before: list[str], last: str) -> str | None:
    """The code of *francs*, of *Swiss francs*."""
    named = _currency_names().get(" ".join([*before, last])) or _currency_names().get(" ".join([*before, singular(last)]))
    if named is not None or (before and " ".join(before) not in _ADJECTIVES):
        return named
    return _NAMES.get(last) or _NAMES.get(singular(last))


@functools.cache
def _currency_names() -> dict[str, str]:
    """Names of currencies with their country, in small letters (*swiss francs*): their codes."""
    out: dict[str, str] = {}
    for code in map(str, Locale("en").currencies):
        for count in (1, 2):
            name = get_currency_name(code, count=count, locale="en").lower()
            if " " in name and "(" not in name:
                out.setdefault(name, code)
    out |= {name: code for name, code in _NAMES.items() if " " in name}
    return out


def _is_money(text: str, number: tuple[int, int], word: str, end: int) -> bool:
    """Whether *40 pounds* are money: *paid* before them, and nothing weighed behind; *40 euros* always are."""
    if word not in _ORDINARY:
        return True
    if word not in _TALKED_OF:
        return False
    if _CONVERTED.match(text, end):
        return True  # a 50,000-pound ($63,000) prize
    weighed = _WEIGHED_AFTER.match(text, end) or _WEIGHED_BEFORE.search(text, max(0, number[0] - 40), number[0])
    return not weighed and _MONEY_TALK.search(text, max(0, number[0] - 40), number[0]) is not None


@functools.lru_cache(maxsize=1024)
def dollar_of(url: str | None) -> str:
    """The currency that a bare *$* stands for at a publisher: that of its country's domain, where that has the sign."""
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
