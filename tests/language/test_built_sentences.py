"""Sentences built of parts, whose speaker and words are known: whoever speaks, whatever stands beside the name, whatever is said.

Names within what is said, and commas around them, must not draw the words to another person.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

PEOPLE = {
    "Ann Lowe": "Ann Lowe",
    "Mr Oduya": "Oduya",
    "Dr Roy Lal": "Roy Lal",
    "Inspector Jane Ford": "Jane Ford",
    "Senator Luis Prado": "Luis Prado",
    "Finance Minister Bo Lund": "Bo Lund",
    "Kavita Rao": "Kavita Rao",
    "a police spokesman": None,
}
BESIDE = (  # what tells more of a name; where a verb follows, a comma closes it
    "",
    ", 41",
    ", of Kent Police",
    ", who chairs the board",
    ", a baker from Lund",
    ", the union’s general secretary",
    ", Brant’s deputy mayor",
    ", speaking in Abuja",
)
SAID = (
    "Bell, 29, had shown no remorse",
    "Shell, Eni and others had paid nothing",
    "the dam was full",
    "the road, built in 1987, was unsafe",
    "Veld and Bell would both be charged",
    "nobody from the ministry had called",
    "more than 40 families had lost their homes",
)
QUOTED = (
    "The dam is full, and nobody has told us",
    "They took our land, our cattle, our name",
    "Mr Bell should resign",
    "What happened in Brant must never happen again",
)
VERBS = ("said", "warned that", "told reporters on Monday that", "argued that", "explained that")
Built = tuple[str, str]  # the sentence and the words that are said


def _first(words: str) -> str:
    return words[0].upper() + words[1:]


def _closed(beside: str) -> str:
    return f"{beside}," if beside else ""


FORMS: dict[str, Callable[[str, str, str, str, str], Built]] = {
    "X said C": lambda who, beside, verb, said, _: (f"{_first(who)}{_closed(beside)} {verb} {said}.", said),
    "Prosecuting, X said C": lambda who, beside, verb, said, _: (f"Prosecuting, {who}{_closed(beside)} {verb} {said}.", said),
    "On Friday, X said C": lambda who, beside, verb, said, _: (f"On Friday, {who}{_closed(beside)} {verb} {said}.", said),
    "C, X said": lambda who, beside, _, said, __: (f"{_first(said)}, {who}{_closed(beside)} said.", said),
    "C, said X": lambda who, beside, _, said, __: (f"{_first(said)}, said {who}{beside}.", said),
    "According to X, C": lambda who, beside, _, said, __: (f"According to {who}{beside}, {said}.", said),
    "Q, said X": lambda who, beside, _, __, quoted: (f"“{quoted},” said {who}{beside}.", quoted),
    "Q, X said": lambda who, beside, _, __, quoted: (f"“{quoted},” {who}{_closed(beside)} said.", quoted),
    "X said: Q": lambda who, beside, _, __, quoted: (f"{_first(who)}{_closed(beside)} said: “{quoted}.”", quoted),
    "Q, said X, Q": lambda who, beside, _, __, quoted: (
        f"“{quoted.split(' ', 2)[0]} {quoted.split(' ', 2)[1]},” said {who}{beside}, “{quoted.split(' ', 2)[2]}.”",
        quoted,
    ),
}
ALL = [*itertools.product(FORMS, PEOPLE, BESIDE, VERBS, SAID, QUOTED)]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def told(nlp: Any, form: str, who: str, beside: str, verb: str, said: str, quoted: str) -> tuple[str, str | None, list[str]]:
    """The built sentence, who is credited with what shares most words with what was said, and which words."""
    text, wanted = FORMS[form](who, beside, verb, said, quoted)
    rows = nlp(text)._.quotes
    best = max(rows, key=lambda row: len(set(_words(row.text)) & set(_words(wanted))), default=None)
    return text, best and best.speaker_name, _words(best.text) if best else []


@pytest.mark.parametrize("form", FORMS)
@given(parts=st.tuples(*map(st.sampled_from, (tuple(PEOPLE), BESIDE, VERBS, SAID, QUOTED))))
def test_the_words_are_the_speakers(nlp: Any, form: str, parts: tuple[str, str, str, str, str]) -> None:
    text, name, words = told(nlp, form, *parts)
    assert name == PEOPLE[parts[0]], text
    wanted = _words(FORMS[form](*parts)[1])
    assert words == wanted, text
