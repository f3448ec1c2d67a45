"""Whom a pronoun means by where it and the names stand in their sentences: an owner beside a name, an object with its subject."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.naming.cast import Cast
from onrecord.speakers.grammar import named_beside, role_of, subject_before
from onrecord.speakers.resolve import resolve_pronoun
from onrecord.text.view import ArticleView

OPENING = "Rosa Pinto and Marek Dudek run the mill. "


def page_of(nlp: Any, text: str) -> ArticleView:
    doc = nlp(text)
    page = ArticleView(doc._.article)
    page.entities = doc._.entities
    return page


def place_of(text: str, pronoun: str) -> tuple[int, int]:
    start = text.rindex(f" {pronoun}") + 1
    return start, start + len(pronoun)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Rosa met her brother", "owner"),
        ("Rosa met her first editor", "owner"),
        ("the mill told her that", "object"),
        ("the mill sent her away", "object"),
        ("the mill sent her.", "object"),
    ],
)
def test_her_is_owner_or_object(text: str, role: str) -> None:
    assert role_of(text, place_of(text, "her")) == role


@pytest.mark.parametrize(
    ("sentence", "pronoun", "meant"),
    [
        ("The hall cheered Zainab Sesay and her crew.", "her", "Zainab Sesay"),
        ("A letter came from Idris Kamara or his brother.", "his", "Idris Kamara"),
        ("The prize went to Tomasz Wilk (Gdynia) and his wife Ewa.", "his", "Tomasz Wilk"),
        ("Zainab Sesay ran the shop and her brother left.", "her", None),  # a clause of its own
        ("The hall cheered Zainab Sesay and him.", "him", None),  # he owns nothing
        ("The hall cheered Zainab Sesay and his crew.", "his", None),  # the name hints at another
    ],
)
def test_owner_right_behind_a_name(nlp: Any, sentence: str, pronoun: str, meant: str | None) -> None:
    page = page_of(nlp, OPENING + sentence)
    name = named_beside(page, Cast(page), place_of(page.text, pronoun))
    assert (name.full if name is not None else None) == meant


@pytest.mark.parametrize(
    ("sentence", "pronoun", "barred"),
    [
        ("Idris Kamara later chose to follow him.", "him", ["Idris Kamara"]),
        ("When the rain came, Zainab Sesay drove her home.", "her", ["Zainab Sesay"]),
        ("Idris Kamara always said that Tomasz Wilk paid him.", "him", ["Tomasz Wilk"]),
        # who may be oneself: behind, with; in a clause of another subject; as an owner
        ("Zainab Sesay looked behind her.", "her", []),
        ("Idris Kamara brought the bag with him.", "him", []),
        ("Idris Kamara asked the crew to follow him.", "him", []),
        ("Idris Kamara said the crew knew him.", "him", []),
        ("Zainab Sesay drove her brother home.", "her", []),
        ("A friend of Idris Kamara drove him.", "him", []),
    ],
)
def test_an_object_is_not_the_subject(nlp: Any, sentence: str, pronoun: str, barred: list[str]) -> None:
    page = page_of(nlp, OPENING + sentence)
    assert [n.full for n in subject_before(page, Cast(page), place_of(page.text, pronoun))] == barred


@pytest.mark.parametrize(
    ("text", "pronoun", "meant"),
    [
        ("Idris Kamara met Tomasz Wilk at the mill. The next day Tomasz Wilk decided to pay him.", "him", "Idris Kamara"),
        ("Rosa Pinto wrote to Zainab Sesay and her sister.", "her", "Zainab Sesay"),
        ("Rosa Pinto spoke to Zainab Sesay. Then Rosa Pinto sold her boat.", "her", "Rosa Pinto"),
    ],
)
def test_whom_a_pronoun_means(nlp: Any, text: str, pronoun: str, meant: str) -> None:
    page = page_of(nlp, text)
    said = resolve_pronoun(page, page.entities, place_of(text, pronoun))
    assert said is not None and said.full == meant
