"""What the network is shown: one dress for every press, every wordpiece once, offsets that stay true."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.quotes.model import Model
from onrecord.quotes.windows import WINDOW, canonical, pack, read_pieces
from onrecord.reading import model_folder
from onrecord.text.marks import find_marks
from onrecord.text.paragraphs import split_paragraphs
from onrecord.text.view import ArticleView

from .test_properties import ARTICLES, QUICK

PRESSES = [
    "“We go,” said Ann Veld. “He said ‘no’ twice.”",
    '"We go," said Ann Veld. "He said \'no\' twice."',
    "‘We go,’ said Ann Veld. ‘He said “no” twice.’",
    "'We go,' said Ann Veld. 'He said \"no\" twice.'",
    "«We go,» said Ann Veld. «He said “no” twice.»",
]


@pytest.fixture(scope="module")
def tokenizer() -> Any:
    return Model(model_folder("bundled")).tokenizer


def shown(text: str) -> list[str]:
    return [canonical(text, p, find_marks(text, p.start, p.end)) for p in split_paragraphs(text)]


@pytest.mark.parametrize("text", PRESSES)
def test_every_press_looks_the_same(text: str) -> None:
    assert shown(text) == shown(PRESSES[0])


@pytest.mark.parametrize("text", PRESSES)
def test_every_press_has_the_same_features(tokenizer: Any, text: str) -> None:
    one, other = (next(pack(read_pieces(tokenizer, ArticleView.of_text(t)))) for t in (PRESSES[0], text))
    for name in ("ids", "shapes", "states", "starts"):
        assert (getattr(one, name) == getattr(other, name)).all(), name


def test_apostrophes_and_dashes_look_the_same() -> None:
    assert shown("It’s late – very late.") == shown("It's late — very late.")


def test_case_says_nothing_in_a_headline_in_capitals(tokenizer: Any) -> None:
    text = "COUNCIL SAYS THE WALL WILL GO"
    window = next(pack(read_pieces(tokenizer, ArticleView.of_text(text))))
    assert len(set(window.shapes[window.starts >= 0].tolist())) == 1


@given(ARTICLES)
@QUICK
def test_offsets_and_length_are_kept(text: str) -> None:
    for p in split_paragraphs(text):
        assert len(canonical(text, p, find_marks(text, p.start, p.end))) == p.end - p.start


@given(st.lists(ARTICLES, min_size=1, max_size=8).map("\n\n".join), st.sampled_from([20, 60, WINDOW]))
@QUICK
def test_every_wordpiece_stands_in_one_window(tokenizer: Any, text: str, limit: int) -> None:
    pieces = read_pieces(tokenizer, ArticleView.of_text(text), limit)
    windows = list(pack(pieces, limit))
    starts = [int(s) for w in windows for s in w.starts if s >= 0]
    assert starts == [int(s) for p in pieces for s in p.starts]
    assert all(len(w) <= limit + 2 for w in windows)


def test_a_window_begins_where_it_hurts_least(tokenizer: Any) -> None:
    plain = "The council met in the old hall and talked about the wall until late. " * 3
    text = "\n\n".join([plain.strip(), "Ann Veld turned to the crowd and continued:", "“We go.”", plain.strip()])
    windows = list(pack(read_pieces(tokenizer, ArticleView.of_text(text), 80), 80))
    opening = [text[int(w.starts[w.starts >= 0][0]) :].split("\n")[0] for w in windows]
    assert len(windows) > 1 and "“We go.”" not in opening


def test_words_are_cut_as_in_their_sentence(tokenizer: Any) -> None:
    text = "Naïve Ænd “Lund’s”—e\u0301t\u00a0al. 3rd-rate\u3000snake_case İzmir 中文 (U.S.)\x00Veld\x1cOrme‑Bo 😀 unaffable"
    page = ArticleView.of_text(text)
    whole = tokenizer.encode(canonical(text, page.read[0], page.marks(page.read[0])), add_special_tokens=False)
    for _ in range(2):  # cut, and then known
        (pieces,) = read_pieces(tokenizer, page)
        assert pieces.ids.tolist() == whole.ids
        assert list(zip(pieces.starts.tolist(), pieces.ends.tolist(), strict=True)) == whole.offsets
