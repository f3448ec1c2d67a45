"""References and doubly decoded characters: as they came in, as they were meant out."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest

from onrecord.characters import meant
from onrecord.sources.formats import Reading, read_records
from onrecord.sources.records import RawArticle

CASES = [
    ("&#8220;We are open,&#8221; said Ida Roca.", "“We are open,” said Ida Roca."),
    ("&ldquo;We don&rsquo;t know,&rdquo; she said.", "“We don’t know,” she said."),
    ("&amp;#8220;Yes,&amp;#8221; he said.", "“Yes,” he said."),
    ("â€œWe are open,â€\x9d she said. Itâ€™s late.", "“We are open,” she said. It’s late."),
    ("Tarn &amp; Sons of CafÃ© Noir pay Â£5.", "Tarn & Sons of Café Noir pay £5."),
    ("AT&T, R&D; and &nonsense; stay.", "AT&T, R&D; and &nonsense; stay."),
    ("São Paulo, Ângela and “Café” stay.", "São Paulo, Ângela and “Café” stay."),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_characters(text: str, expected: str) -> None:
    assert meant(text) == expected
    assert meant(expected) == expected


def test_offsets_count_in_the_text_of_the_doc(nlp: Any) -> None:
    doc = nlp("It rained. &#8220;We don&#8217;t know,&#8221; said Ida Roca. The shop sells soap.")
    (quote,) = doc._.quotes
    (span,) = quote.content_spans
    assert (quote.type, quote.text, quote.speaker_name) == ("direct", "We don’t know,", "Ida Roca")
    assert doc.text[span.start_char : span.end_char] == quote.text


def test_articles_come_in_with_their_characters() -> None:
    row = {"title": "Q&amp;A", "text": "&#8220;We are open,&#8221; said Ida Roca."}
    (article,) = read_records(BytesIO(json.dumps(row).encode()), "a.jsonl", "a.jsonl", Reading())
    assert isinstance(article, RawArticle)
    assert (article.title, article.text) == ("Q&A", "Q&A\n\n“We are open,” said Ida Roca.")
