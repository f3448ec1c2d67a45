"""Nouns for people and bodies: which of them tell a gender, and which may stand for one another (*the mayor*, *the skipper*)."""

from __future__ import annotations

import functools
import re
from typing import Literal

from .rows import AlikeRow, NounRow, TitleRow
from .tables import nouns, table, titles, words

MALE = frozenset(row.noun for row in table(NounRow) if row.gender == "m")
FEMALE = frozenset(row.noun for row in table(NounRow) if row.gender == "f")
RELATIONS = nouns("relation")
INVERSE = {row.noun: row.counterpart for row in table(NounRow) if row.counterpart is not None}
FAMILY = nouns("family")

# Heads of bodies that an article may leave without a proper name (*the electoral commission*).
BODIES = nouns("body")
# These stand for a body even alone, without article and name.
LONE_BODIES = nouns("lone_body")
COMPANY_ONLY = nouns("company")
NOT_COMPANIES = nouns("no_company")
# What a body makes or is bound by: a name that ends so is no body.
PRODUCTS = nouns("product")


def _groups(kind: Literal["person", "body"]) -> dict[str, frozenset[str]]:
    """Nouns that may stand for one another; a noun may be in several groups."""
    found: dict[str, set[str]] = {}
    for row in table(AlikeRow):
        for noun in row.nouns if row.kind == kind else ():
            found.setdefault(noun, set()).update(row.stand_for or row.nouns)
    return {noun: frozenset(like) for noun, like in found.items()}


PERSON_LIKE = _groups("person")
BODY_LIKE = _groups("body")
PERSONS = nouns("person") | MALE | FEMALE | RELATIONS | PERSON_LIKE.keys() | titles("title") | titles("of_place")
PLURALS = nouns("plural")
# What one may be called besides a trade or an office.
NO_TRADES = nouns("any_office") | nouns("any_trade") | nouns("epithet") | nouns("kin") | (nouns("relation") - titles("title"))

_SPELT_OUT = {row.title: row.spelt_out for row in table(TitleRow) if row.spelt_out is not None}
_OFFICES = {row.title: row.spelt_out for row in table(TitleRow) if row.spelt_out is not None and " " in row.spelt_out}
_OFFICE = re.compile(
    rf"\b(?:{'|'.join(sorted((o.replace(' ', '[ -]') for o in _OFFICES.values()), key=len, reverse=True))})\b", re.IGNORECASE
)
_CAPITALS = re.compile(r"\b[A-Z]{2,5}\b")
_ENDINGS = tuple(words("person_ending"))
_NO_MEN = nouns("no_man")
_FARTHER = re.compile(r"\A(?:(?:great|half|step|foster|ex)-)+|-of-(?:\w+|\w+-\w+)\Z")  # great-granddaughter, father-of-two


def spelt_out(noun: str) -> str:
    """A title in full, without *ex-*: *sen* → *senator*."""
    bare = noun.removeprefix("ex-")
    return _SPELT_OUT.get(bare, bare)


def written_out(phrase: str) -> str:
    """A phrase with the offices in it that are but initials in full: *the Tarvo SP* → *the Tarvo superintendent of police*."""
    return _CAPITALS.sub(lambda m: _OFFICES.get(m.group().lower(), m.group()), phrase)


def offices_in(phrase: str) -> set[str]:
    """The offices of a phrase that are also called by their initials, in full and without what they are of."""
    found = {m.group().lower().replace("-", " ") for m in _OFFICE.finditer(phrase)}
    return found | {office.split(" of ")[0] for office in found if office.split(" of ")[0] in _OFFICES.values()}


@functools.lru_cache(maxsize=1 << 13)
def is_person_noun(noun: str) -> bool:
    """Whether a noun in the singular is for a human being: listed, or made like one (*goalscorer*, but no *carmaker*)."""
    bare = noun.removeprefix("ex-")
    return bare in PERSONS or (bare.endswith(_ENDINGS) and bare not in BODY_LIKE) or _FARTHER.sub("", noun) in RELATIONS


@functools.lru_cache(maxsize=1 << 13)
def gender_of(noun: str) -> str | None:
    """The gender that a noun tells: *spokeswoman*, *great-aunt* → *f*."""
    noun = _FARTHER.sub("", noun)
    if noun in FEMALE or noun.endswith(("woman", "girl")):
        return "f"
    if noun in MALE or (noun.endswith("man") and noun not in _NO_MEN):
        return "m"
    return None


def by_age(head: str) -> bool:
    """Whether a noun calls somebody by the age: *the 38-year-old*, *the teenager*."""
    return head.endswith("-old") or head in ("teenager", "youth")
