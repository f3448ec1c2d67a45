"""One article with its rows, as the page shows it and as JSON."""

from __future__ import annotations

from typing import Any

from ..report.articles import DOCUMENT_COLUMNS, ROW_COLUMNS, compact, complete
from ..report.columns import cite
from ..schemas import DOCUMENTS, FIGURES, PARAGRAPHS, QUOTES, TABLES
from ..schemas.ids import ID_LENGTH
from .record import Record, Row


def marked_article(record: Record, doc_id: str) -> Row | None:
    """An article as ``marks.js`` reads it; None if it is not in the record."""
    found = record.ask(f"SELECT {', '.join(DOCUMENT_COLUMNS)} FROM {DOCUMENTS.name} WHERE doc_id = ?", doc_id)
    if not found:
        return None
    rows = {
        name: record.ask(f"SELECT {', '.join(columns)} FROM {name} WHERE doc_id = ?", doc_id)
        for name, columns in ROW_COLUMNS.items()
    }
    article = found[0] | {name: [dict(r) for r in own] for name, own in rows.items()}
    speakers = sorted({q["speaker_id"] for q in rows[QUOTES.name] if q["speaker_id"]})
    people = record.ask("SELECT speaker_id, person_id, name FROM people WHERE list_contains(?::VARCHAR[], speaker_id)", speakers)
    complete(article, {p["speaker_id"]: (p["person_id"], p["name"]) for p in people})
    shown = compact(article, ID_LENGTH)
    for figure, row in zip(shown["figs"], article[FIGURES.name], strict=True):
        figure["fid"] = row["figure_id"]
    for marks, name in (("quotes", QUOTES.name), ("figs", FIGURES.name)):
        for mark, row in zip(shown[marks], article[name], strict=True):
            mark["cite"] = cite({**found[0], **row, "paragraph_index": _paragraph_of(row, article[PARAGRAPHS.name])})
    return shown


def _paragraph_of(row: Row, paragraphs: list[Row]) -> int | None:
    """The number of the paragraph in which a quote or figure begins."""
    start = row["content_spans"][0]["start_char"] if "content_spans" in row else row["start_char"]
    return next((p["paragraph_index"] for p in paragraphs if p["start_char"] <= start < p["end_char"]), None)


def whole_article(record: Record, doc_id: str) -> dict[str, Any] | None:
    """An article with all columns of its document, paragraphs, quotes and figures; None if it is not in the record."""
    found = record.ask(f"SELECT {_columns(DOCUMENTS.name)} FROM {DOCUMENTS.name} WHERE doc_id = ?", doc_id)
    if not found:
        return None
    order = {PARAGRAPHS.name: "paragraph_index", QUOTES.name: "content_spans[1].start_char", FIGURES.name: "start_char"}
    return found[0] | {
        name: record.ask(f"SELECT {_columns(name)} FROM {name} WHERE doc_id = ? ORDER BY {by}", doc_id)
        for name, by in order.items()
    }


def _columns(table: str) -> str:
    return ", ".join(f'"{name}"' for name in TABLES[table].arrow.names)
