"""Pronouns that stand before the name they mean."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.naming.cast import Cast
from onrecord.speakers.beside import named_behind
from onrecord.speakers.resolve import resolve_pronoun
from onrecord.text.view import ArticleView

BEFORE = "Ana Ferrer spoke first. Marek Dudek thanked Rosa Pinto for the seed. "


@pytest.mark.parametrize(
    ("sentence", "pronoun", "meant"),
    [
        ("After her term as mayor, Lucia Bravo went back to the farm.", "her", "Lucia Bravo"),
        ("When he left the mill in May, Tomasz Wilk sold his boat.", "he", "Tomasz Wilk"),
        ("As she told the hall, Minister Ngozi Ade will stand again.", "she", "Ngozi Ade"),
        ("In his report, Idris Kamara blamed the pump.", "his", "Idris Kamara"),
        ("With her brother abroad, Zainab Sesay ran the shop.", "her", "Zainab Sesay"),
        # the name is no subject, does not fit, or somebody else is spoken of before the pronoun
        ("After a talk with his foreman, Idris Kamara, the crew left.", "his", "Marek Dudek"),
        ("In her report, the pump was blamed.", "her", "Rosa Pinto"),
        ("When she left, Tomasz Wilk sold the boat.", "she", "Rosa Pinto"),
    ],
)
def test_pronoun_before_its_name(nlp: Any, sentence: str, pronoun: str, meant: str) -> None:
    doc = nlp(BEFORE + sentence)
    start = doc.text.index(f" {pronoun} ", len(BEFORE)) + 1
    said = resolve_pronoun(ArticleView(doc._.article), doc._.entities, (start, start + len(pronoun)))
    assert said is not None and said.full == meant


def test_who_reports_before_the_name(nlp: Any) -> None:
    text = "Ana Ferrer spoke first. As she said that the seed was late, Rosa Pinto held up a bag."
    assert [(q.speaker_mention, q.speaker_name) for q in nlp(text)._.quotes if q.speaker_mention == "she"] == [
        ("she", "Rosa Pinto")
    ]


BARRED = [  # behind a subject in its clause stands another; behind an owner, or a clause that depends, perhaps the same
    ("He told Idris Kamara that the pump was new.", "He", ["Idris Kamara"]),
    ("He said of Idris Kamara that the pump was his.", "He", ["Idris Kamara"]),
    ("Throughout his life Idris Kamara had kept bees.", "his", []),
    ("It was a blow, and at her trial Zainab Sesay wept.", "her", []),
    ("The band played on when she left, and Zainab Sesay sang.", "she", []),
    ("Asked why she left, Zainab Sesay named nobody.", "she", []),
]


@pytest.mark.parametrize(("sentence", "pronoun", "barred"), BARRED)
def test_who_is_named_behind(nlp: Any, sentence: str, pronoun: str, barred: list[str]) -> None:
    doc = nlp(BEFORE + sentence)
    page = ArticleView(doc._.article)
    page.entities = doc._.entities
    start = doc.text.index(pronoun, len(BEFORE))
    found = named_behind(page, Cast(page), (), (start, start + len(pronoun)))
    assert [n.full for n in found] == barred
