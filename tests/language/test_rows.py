"""Attributions as rows of quotes."""

from __future__ import annotations

from dataclasses import replace

from pipeline.language import BUNDLED, model_folder
from pipeline.language.article import Article
from pipeline.language.paragraphs import split_paragraphs
from pipeline.language.reading import Reader
from pipeline.language.rows import quote_rows
from pipeline.language.speakers import resolve_speakers

TEXT = "“We mended the wall of Tarvo in a week,” said Ann Veld.\n\n“Nobody thanked us for it afterwards, and nobody will.”"


def test_a_quotation_that_goes_on_from_two_others_is_one_row() -> None:
    paragraphs = split_paragraphs(TEXT, None)
    (found,) = Reader(model_folder(BUNDLED)).read([(TEXT, paragraphs)])
    twice = [*found.attributions, replace(found.attributions[-1])]
    speakers, _ = resolve_speakers(TEXT, twice, found.entities)
    rows = quote_rows(Article(text=TEXT, doc_id="d", article_id="a"), paragraphs, twice, speakers)
    assert len(rows) == len({r.quote_id for r in rows}) == len(found.attributions)
