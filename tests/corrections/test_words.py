"""Right words are found where they are printed."""

from __future__ import annotations

import pytest

from onrecord.corrections.words import find_words, quote_of
from onrecord.text.view import ArticleView

TEXT = """The lighthouse will be sold

“We kept the light for forty years,” said Rosa Pell, the keeper’s
daughter. “Now it is a hotel — or a ruin.”

She said the light was needed. The council said the light was not.

“We kept our word,” the mayor said.
"""


def found(words: str, near: str = "We kept the light") -> list[str] | None:
    page = ArticleView.of_text(TEXT)
    spans = find_words(page, words, TEXT.index(near))
    return None if spans is None else [TEXT[s:e] for s, e in spans]


@pytest.mark.parametrize(
    ("words", "spans"),
    [
        ("the light for forty years", ["the light for forty years"]),
        ("THE LIGHT for  forty years", ["the light for forty years"]),  # neither case nor white space matters
        ("the keeper's daughter", ["the keeper’s\ndaughter"]),
        ('"Now it is a hotel - or a ruin."', ["“Now it is a hotel — or a ruin.”"]),
        ("We kept the light for forty years, Now it is a hotel", ["We kept the light for forty years,", "Now it is a hotel"]),
        ("We kept the light ... Now it is a hotel", ["We kept the light", "Now it is a hotel"]),
        ("We kept the dark", None),
        ("Now it is a hotel We kept the light", None),  # not in this order
        ("", None),
    ],
)
def test_where_words_stand(words: str, spans: list[str] | None) -> None:
    assert found(words) == spans


def test_the_nearest_is_meant() -> None:
    page = ArticleView.of_text(TEXT)
    for sentence in ("She said the light", "The council said the light"):
        (span,) = find_words(page, "the light was", TEXT.index(sentence)) or [(0, 0)]
        assert span[0] == TEXT.index(sentence) + len(sentence) - len("the light")


def test_what_follows_from_words() -> None:
    page = ArticleView.of_text(TEXT)
    spans = find_words(page, "“Now it is a hotel — or a ruin.”", 0)
    told = quote_of(page, spans or [], (TEXT.index("“We kept the light"), TEXT.index("“Now")))
    begin = TEXT.index("Now it is")
    whole = f"{begin}-{TEXT.index('.”') + 1}"
    paragraph = page.paragraph_at(begin)
    assert (told["text"], told["type"]) == ("Now it is a hotel — or a ruin.", "direct")
    assert (told["paragraph_index"], told["paragraph_kind"]) == (str(paragraph.index), "body")
    assert told["content_spans"] == told["verbatim_spans"] == whole
    assert (
        told["excerpt"]
        == "“We kept the light for forty years,” said Rosa Pell, the keeper’s\ndaughter. “Now it is a hotel — or a ruin.”"
    )
    half = quote_of(page, find_words(page, "the light was needed", 0) or [], (0, 0))
    assert (half["type"], half["verbatim_spans"]) == ("indirect", "")
