"""Attributions as rows of quotes."""

from __future__ import annotations

from dataclasses import replace

from onrecord.quotes.reader import Reader
from onrecord.reading import BUNDLED, model_folder
from onrecord.reading.rows import quote_rows
from onrecord.speakers.resolve import resolve_speakers
from onrecord.text.article import Article
from onrecord.text.paragraphs import split_paragraphs

TEXT = "“We mended the wall of Tarvo in a week,” said Ann Veld.\n\n“Nobody thanked us for it afterwards, and nobody will.”"


def test_a_quotation_that_goes_on_from_two_others_is_one_row() -> None:
    paragraphs = split_paragraphs(TEXT, None)
    (found,) = Reader(model_folder(BUNDLED)).read([(TEXT, paragraphs)])
    twice = [*found.attributions, replace(found.attributions[-1])]
    speakers, _ = resolve_speakers(TEXT, twice, found.entities)
    rows = quote_rows(Article(text=TEXT, doc_id="d", article_id="a"), paragraphs, twice, speakers)
    assert len(rows) == len({r.quote_id for r in rows}) == len(found.attributions)
