"""Given names: the gender that they hint at, which a hint never decides alone, and what short ones stand for."""

from __future__ import annotations

import functools
import unicodedata

from .nouns import gender_of
from .rows import GivenNameRow
from .tables import table, words

_SURNAMES = words("surname_first")  # which stand before given names where these are two or hyphened: Lee Jae-min
_ALSO_NAMES = ("sheikh", "sheik", "shaikh")  # titles of men that are women's names besides


@functools.cache
def _table() -> dict[str, GivenNameRow]:
    return {row.name: row for row in table(GivenNameRow)}


@functools.lru_cache(maxsize=1 << 12)
def hinted_gender(name: str) -> str | None:
    """What a person's given name hints at, which decides nothing alone.

    Of a given name with a hyphen that is not known the last part counts (*Jean-Pierre*).
    """
    given, _, rest = name.lower().partition(" ")
    if given in _SURNAMES and (" " in rest or "-" in rest):
        return None
    for form in (given, _plain(given), _plain(given).rpartition("-")[2]):
        if (row := _table().get(form)) is not None:
            return row.gender
    return None


@functools.lru_cache(maxsize=1 << 12)
def gender_of_titles(titles: str, name: str) -> str | None:
    """The gender that titles tell of who is called by a name; *Sheikh* may be a woman's given name: *Sheikh Farida*."""
    told = (w.lower().rstrip(".") for w in titles.split())
    loose = hinted_gender(name) == "f"
    return next((g for w in told if not (loose and w in _ALSO_NAMES) and (g := gender_of(w)) is not None), None)


def _plain(word: str) -> str:
    """A word without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


def formal_names(given: str) -> frozenset[str]:
    """The given names that a short one may stand for: *joe* → joseph; empty for others."""
    row = _table().get(given)
    return frozenset(row.short_for) if row is not None else frozenset()
