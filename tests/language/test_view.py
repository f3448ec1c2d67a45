"""What the steps read of an article, computed once for all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from onrecord.reading.steps import STEPS, Findings, make_steps, read_articles
from onrecord.text import view
from onrecord.text.article import Article
from onrecord.text.view import ArticleView

TEXT = (
    "Tarvo Opens Its New U.S. Bridge.\n\nThe bridge opened on Monday. “We waited ten years,” said Mayor Ann Veld. She thanked "
    "300 workers.\n\n“It was worth it,” Veld said. “Was it? Ask them.”\n\nMore than 40 boats came to the U.S. The crowd sang."
)


def test_the_steps_are_paragraphs_attributions_speakers_figures() -> None:
    assert [step.name for step in STEPS] == ["paragraphs", "attributions", "speakers", "figures"]
    assert [type(step) for step in make_steps("figures", "paragraphs")] == [STEPS[0], STEPS[3]]


def test_what_all_steps_ask_for_is_computed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: Counter[tuple[Any, ...]] = Counter()

    def counted(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def count(text: str, *rest: Any) -> Any:
            asked[(name, *rest)] += 1
            return real(text, *rest)

        return count

    for name in ("split_paragraphs", "find_marks", "sentence_spans"):
        monkeypatch.setattr(view, name, counted(name, getattr(view, name)))
    steps = make_steps()
    found = Findings.of(Article.of_text(TEXT))
    read_articles([found], steps)
    assert (len(found.quotes), len(found.speakers), len(found.figures)) == (3, 1, 3)
    assert {name for name, *_ in asked} == {"split_paragraphs", "find_marks", "sentence_spans"}
    assert set(asked.values()) == {1}


def test_articles_read_together_are_read_as_alone() -> None:
    steps = make_steps()
    texts = [TEXT, "Bo Lund said that it rained.", "", "Der Rat tagt, sagte Ilse Tarn am Montag in Halden."]
    together = [Findings.of(Article.of_text(t)) for t in texts]
    read_articles(together, steps)
    for text, found in zip(texts, together, strict=True):
        alone = Findings.of(Article.of_text(text))
        read_articles([alone], steps)
        assert (alone.quotes, alone.speakers, alone.figures) == (found.quotes, found.speakers, found.figures)
    assert [bool(f.quotes) for f in together] == [True, True, False, False]


def test_a_language_that_is_given_is_believed() -> None:
    found = Findings.of(replace(Article.of_text(TEXT), language="fr"))
    read_articles([found], make_steps())
    assert not found.quotes and not found.figures and found.view.paragraphs


@pytest.mark.parametrize(
    ("text", "word", "opens"),
    [
        ("It rained. Veld left.", "Veld", True),
        ("It rained on Mr. Veld.", "Veld", False),
        ("They flew to the U.S. The crowd sang.", "The", True),
        ("They met the U.S. President.", "President", False),
        ("1. Veld left.", "1", True),
        ("1. Veld left.", "Veld", True),
        ("“We go.” Veld left.", "Veld", True),
        ("“Why?” Veld asked.", "Veld", False),
        ("A wall and a gate.\n\nVeld left.", "Veld", True),
    ],
)
def test_what_opens_a_sentence(text: str, word: str, opens: bool) -> None:
    assert ArticleView.of_text(text).opens_sentence(text.index(word)) is opens
