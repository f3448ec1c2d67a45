"""Whether the rows of a document are true to its text: ids, counts, and every offset."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ...schemas import DOCUMENT_SPEAKERS, FIGURES, PARAGRAPHS, QUOTES
from ...schemas.ids import document_id, figure_id, quote_id, sha256_hex, text_key
from ..withheld import SHADE

Row = Mapping[str, Any]


def check_document(document: Row, rows: Mapping[str, Sequence[Row]], excerpts_only: bool = False) -> Iterator[str]:
    """Yield what is wrong with a row of ``documents`` and its rows of other tables, as short phrases.

    ``excerpts_only``: of a text that is shaded (see ``store.withheld``) the digest cannot be checked; all else can.
    """
    text = document["text"]
    if not (excerpts_only and SHADE in text) and document["content_sha256"] != sha256_hex(text.encode("utf-8")):
        yield "documents: content_sha256 is not that of the text"
    if document["doc_id"] != document_id(document["article_id"], document["content_sha256"]):
        yield "documents: doc_id is not the hash of article_id and content"
    counts = (
        ("char_count", len(text)),
        ("word_count", len(text.split())),
        ("paragraph_count", len(rows[PARAGRAPHS.name])),
        ("quote_count", len(rows[QUOTES.name])),
        ("figure_count", len(rows[FIGURES.name])),
    )
    for column, count in counts:
        if document[column] != count:
            yield f"documents: {column} is wrong"
    for row in rows[PARAGRAPHS.name]:
        if text[row["start_char"] : row["end_char"]] != row["text"]:
            yield "paragraphs: the text does not stand at its offsets"
    quotes = {row["quote_id"] for row in rows[QUOTES.name]}
    speakers = {row["speaker_id"] for row in rows[DOCUMENT_SPEAKERS.name]}
    figures = {row["figure_id"] for row in rows[FIGURES.name]}
    for row in rows[QUOTES.name]:
        yield from _check_quote(text, row, quotes, speakers)
    for row in rows[FIGURES.name]:
        yield from _check_figure(text, row, quotes, figures)
    for table in (QUOTES.name, FIGURES.name):
        for row in rows[table]:
            for version in ("model_version", "rules_version"):
                if row[version] != document[version]:
                    yield f"{table}: of another {version} than their document"
            if row["article_id"] != document["article_id"]:
                yield f"{table}: of another article than their document"


def _check_quote(text: str, row: Row, quotes: set[str], speakers: set[str]) -> Iterator[str]:
    spans = [(s["start_char"], s["end_char"]) for s in row["content_spans"]]
    if row["quote_id"] != quote_id(row["doc_id"], spans, row["cue_start"]):
        yield "quotes: quote_id is not the hash of document, spans and cue"
    if " ".join(text[s:e] for s, e in spans) != row["text"] or row["text_key"] != text_key(row["text"]):
        yield "quotes: the text does not stand at content_spans"
    if any(not any(s <= v["start_char"] < v["end_char"] <= e for s, e in spans) for v in row["verbatim_spans"]):
        yield "quotes: verbatim_spans lie outside content_spans"
    for name, start, end in (("cue_text", "cue_start", "cue_end"), ("speaker_mention", "speaker_start", "speaker_end")):
        if row[name] is not None and text[row[start] : row[end]] != row[name]:
            yield f"quotes: {name} does not stand at its offsets"
    if text[row["excerpt_start"] : row["excerpt_end"]] != row["excerpt"]:
        yield "quotes: the excerpt does not stand at its offsets"
    if row["continues"] is not None and row["continues"] not in quotes:
        yield "quotes: continues is no quote of the document"
    if row["speaker_id"] is not None and row["speaker_id"] not in speakers:
        yield "quotes: speaker_id is no speaker of the document"


def _check_figure(text: str, row: Row, quotes: set[str], figures: set[str]) -> Iterator[str]:
    if row["figure_id"] != figure_id(row["doc_id"], row["start_char"], row["end_char"]):
        yield "figures: figure_id is not the hash of document and span"
    if text[row["start_char"] : row["end_char"]] != row["text"]:
        yield "figures: the text does not stand at its offsets"
    if text[row["excerpt_start"] : row["excerpt_end"]] != row["excerpt"]:
        yield "figures: the excerpt does not stand at its offsets"
    if row["quote_id"] is not None and row["quote_id"] not in quotes:
        yield "figures: quote_id is no quote of the document"
    if row["part_of"] is not None and row["part_of"] not in figures:
        yield "figures: part_of is no figure of the document"
