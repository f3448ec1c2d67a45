"""States, their capitals and seats of government: as speakers they are one government (*Moscow*, *the Kremlin*, *Russia*)."""

from __future__ import annotations

import functools
import itertools
import re

from .rows import GovernmentRow
from .tables import table


@functools.cache
def _table() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Government by name, by adjective, by its people; all in small letters."""
    names: dict[str, str] = {}
    adjectives: dict[str, str] = {}
    peoples: dict[str, str] = {}
    for row in table(GovernmentRow):
        names.update((_key(form), row.name) for form in (row.name, *row.also, *row.capital, *row.seat))
        adjectives.update((form.lower(), row.name) for form in row.adjective)
        peoples.update((form.lower(), row.name) for form in row.people)
    for people, name in peoples.items():
        adjectives.setdefault(people.removesuffix("s"), name)
    return names, adjectives, peoples


def government_of(name: str) -> str | None:
    """The government that a place or seat stands for as a speaker: *Moscow* → *Russia*; None for other places."""
    return _table()[0].get(_key(name))


def country_of(adjective: str) -> str | None:
    """The country of an adjective, or of what one of its people is called: *Syrian* → *Syria*, *Dane* → *Denmark*."""
    low, countries = adjective.lower(), _table()[1]
    return countries.get(low) or countries.get(re.sub(r"(?:wo)?man\Z", "", low))


def nations_in(phrase: str) -> set[str]:
    """The countries that a phrase tells: *the Danish company*, *Syria's leader*, *a Russian-born pianist*."""
    words = phrase.split()
    pairs = [re.sub(r"[’']s\Z", "", " ".join(pair)) for pair in itertools.pairwise(words)]
    told = [country_of(pair) or government_of(pair) for pair in pairs]  # the South African driver, the New Zealand rower
    told += [
        country_of(w.removesuffix("-born"))
        or (government_of(w[:-2]) if w[-2:] in ("’s", "'s") else government_of(w) if w.isupper() else None)
        for w in words
    ]
    return {c for c in told if c is not None}


def is_people(noun: str) -> bool:
    """Whether a noun is a people's name: *Russians*."""
    return noun.lower() in _table()[2]


def _key(name: str) -> str:
    return name.lower().replace("'", "’").removeprefix("the ")
