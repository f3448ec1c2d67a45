"""Sentences built of parts, whose speaker and words are known: whoever speaks, whatever stands beside the name, whatever is said.

Names within what is said, and commas around them, must not draw the words to another person.
"""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Callable
from typing import Any

import pytest

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
PARTS = (PEOPLE, BESIDE, VERBS, SAID, QUOTED)
SAMPLE, WRONG = 40, 1  # sentences of a form that are read, and how many may be wrong: processors round otherwise at thresholds


def built(form: str) -> dict[str, tuple[str | None, str]]:
    """All sentences of a form, with who speaks and what is said."""
    found = {}
    for who, *parts in itertools.product(*PARTS):
        text, said = FORMS[form](who, *parts)
        found[text] = PEOPLE[who], said
    return found


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


@pytest.mark.parametrize("form", FORMS)
def test_the_words_are_the_speakers(nlp: Any, form: str) -> None:
    sentences = built(form)
    drawn = random.Random(form).sample(sorted(sentences), SAMPLE)
    missed = wrong(nlp, {text: sentences[text] for text in drawn})
    assert len(missed) <= WRONG, missed


def wrong(nlp: Any, sentences: dict[str, tuple[str | None, str]]) -> list[tuple[str, str | None, str]]:
    """The sentences of which what shares most words with what is said has other words or another speaker, with what it has."""
    found = []
    for (text, (name, said)), doc in zip(sentences.items(), nlp.pipe(sentences), strict=True):
        best = max(doc._.quotes, key=lambda row: len(set(_words(row.text)) & set(_words(said))), default=None)
        if best is None or (best.speaker_name, _words(best.text)) != (name, _words(said)):
            found.append((text, best and best.speaker_name, best.text if best else ""))
    return found
