"""Attributions as rows of quotes."""

from __future__ import annotations

from dataclasses import replace

from onrecord.quotes.reader import AttributionReader
from onrecord.reading import BUNDLED, model_folder
from onrecord.reading.rows import quote_rows
from onrecord.speakers.resolve import resolve_speakers
from onrecord.text.view import ArticleView

TEXT = "“We mended the wall of Tarvo in a week,” said Ann Veld.\n\n“Nobody thanked us for it afterwards, and nobody will.”"


def test_a_quotation_that_goes_on_from_two_others_is_one_row() -> None:
    view = ArticleView.of_text(TEXT)
    (found,) = AttributionReader(model_folder(BUNDLED)).read([view])
    view.entities = found.entities
    twice = [*found.attributions, replace(found.attributions[-1])]
    speakers, _ = resolve_speakers(view, twice)
    rows = quote_rows(view, twice, speakers)
    assert len(rows) == len({r.quote_id for r in rows}) == len(found.attributions)
