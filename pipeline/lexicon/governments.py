"""States, their capitals and seats of government: as speakers they are one government (*Moscow*, *the Kremlin*, *Russia*); and
which of them a text is about.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Sequence

from .rows import GovernmentRow, PlaceRow
from .tables import nouns, table

_PROPER = re.compile(r"(?:[A-Z]\.){2,}|[^\W\d_](?:[\w’'-]*\w)?")
_LONGEST = 5  # words of a country's or place's name at most
# names that hold a country's and are not it
_OTHERS = frozenset(
    "indian ocean|west indian|west indians|american indian|american indians|native american|native americans|new mexico"
    "|gulf of mexico|new england|new south wales|east london|jordan river|swiss cheese|turkish airlines|korean air|korea herald"
    "|indian summer|french guiana|french polynesia|latin american|latin america|south american|south america|north american"
    "|north america|central american|central america".split("|")
)
_OF_NO_STATE = nouns("people")
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


@functools.lru_cache(maxsize=1 << 13)
def government_of(name: str) -> str | None:
    """The government that a place or seat stands for as a speaker: *Moscow*, *Government of Russia* → *Russia*; else None."""
    return _table()[0].get(_key(name))


@functools.cache
def _rows() -> dict[str, GovernmentRow]:
    return {row.name: row for row in table(GovernmentRow)}


def names_of(country: str) -> tuple[str, ...]:
    """The names of a country, its own first; none for what is no country."""
    row = _rows().get(country)
    return (row.name, *row.also) if row is not None else ()


def all_names() -> tuple[str, ...]:
    """The names of all states, capitals and seats, as they are written."""
    return tuple(form for row in table(GovernmentRow) for form in (row.name, *row.also, *row.capital, *row.seat))


@functools.lru_cache(maxsize=1 << 13)
def country_of(adjective: str) -> str | None:
    """The country of an adjective, or of what one of its people is called: *Syrian* → *Syria*, *Dane* → *Denmark*."""
    low, countries = adjective.lower(), _table()[1]
    return countries.get(low) or countries.get(re.sub(r"(?:wo)?man\Z", "", low))


@functools.lru_cache(maxsize=1 << 12)
def nations_in(phrase: str) -> frozenset[str]:
    """The countries that a phrase tells: *the Danish company*, *Syria's leader*, *a Russian-born pianist*."""
    words, told, at = phrase.split(), list[str](), 0
    while at < len(words):
        for length in (3, 2, 1):  # the Papua New Guinean driver, the New Zealand rower
            if (country := _country_at(words[at : at + length])) is not None:
                told.append(country)
                break
        at += length
    return frozenset(told)


def _country_at(words: Sequence[str]) -> str | None:
    """The country of an adjective, or whose name, of several words or an owner's, they are."""
    own = re.sub(r"[’']s\Z", "", " ".join(words))
    if len(words) > 1:
        return country_of(own) or government_of(own)
    word = words[0]
    return country_of(word.removesuffix("-born")) or (government_of(own) if own != word or word.isupper() else None)


def is_people(noun: str) -> bool:
    """Whether a noun is what a people or the faithful of a religion are called: *Russians*, *Kurds*, *Sikhs*."""
    return noun.lower() in _table()[2] or noun.lower() in _OF_NO_STATE


def is_national(word: str) -> bool:
    """Whether a word is of a country's people, and no name by itself: *Finnish*, *the Finn*, *Finns*."""
    return country_of(word) is not None or is_people(word)


def _key(name: str) -> str:
    return name.lower().replace("'", "’").removeprefix("government of ").removeprefix("the ")


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
