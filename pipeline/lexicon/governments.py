"""States, their capitals and seats of government: as speakers they are one government (*Moscow*, *the Kremlin*, *Russia*); and
which of them a text is about.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections import Counter

from .rows import GovernmentRow, PlaceRow
from .tables import table

_PROPER = re.compile(r"(?:[A-Z]\.){2,}|[^\W\d_](?:[\w’'-]*\w)?")
_LONGEST = 5  # words of a country's or place's name at most
# names that hold a country's and are not it
_OTHERS = frozenset(
    "indian ocean|west indian|west indians|american indian|american indians|native american|native americans|new mexico"
    "|gulf of mexico|new england|new south wales|east london|jordan river|swiss cheese|turkish airlines|korean air|korea herald"
    "|indian summer|french guiana|french polynesia|latin american|latin america|south american|south america|north american"
    "|north america|central american|central america".split("|")
)
_GIVEN_TOO = frozenset(("jordan", "chad"))  # of people, unless no other name stands before it


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


@functools.cache
def _rows() -> dict[str, GovernmentRow]:
    return {row.name: row for row in table(GovernmentRow)}


def names_of(country: str) -> tuple[str, ...]:
    """The names of a country, its own first; none for what is no country."""
    row = _rows().get(country)
    return (row.name, *row.also) if row is not None else ()


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


@functools.cache
def _told_by() -> dict[str, str | None]:
    """What tells a country, in small letters: its names, capital, adjectives, people, cities and provinces."""
    told: dict[str, str | None] = dict.fromkeys(_OTHERS)
    for row in table(GovernmentRow):
        forms = (row.name, *row.also, *row.capital, *row.adjective, *row.people)
        told.update((_key(form), row.name) for form in forms)
    for place in table(PlaceRow):
        told.update((_key(form), place.country) for form in place.places)
    return told


@functools.cache
def _first_words() -> frozenset[str]:
    return frozenset(form.split(" ")[0] for form in _told_by())


def countries_told(text: str) -> Counter[str]:
    """How often a text names each country, its people, or a place in it: *Karachi*, *Pakistan’s*, *Pakistanis*."""
    words = list(_PROPER.finditer(text))
    out: Counter[str] = Counter()
    n = 0
    while n < len(words):
        first = words[n].group()
        n += 1
        if not first[0].isupper() or _bare(first) not in _first_words():
            continue
        for length in range(min(_LONGEST, len(words) - n + 1), 0, -1):
            name = text[words[n - 1].start() : words[n + length - 2].end()]
            country = _told_by().get(_bare(name), "")
            if country == "":
                continue
            before = words[n - 2].group() if n > 1 and text[words[n - 2].end() : words[n - 1].start()] == " " else ""
            if country is not None and not (_bare(name) in _GIVEN_TOO and before[:1].isupper() and len(before) > 2):
                out[country] += 1
            n += length - 1
            break
    return out


def _bare(name: str) -> str:
    return re.sub(r"[’']s?\Z", "", name.lower().replace("'", "’"))
