"""One article with its rows, as the page shows it and as JSON."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from ..report.articles import DOCUMENT_COLUMNS, ROW_COLUMNS, compact, complete
from ..report.columns import cite
from ..schemas import APPEARANCES, DOCUMENTS, FIGURES, PARAGRAPHS, QUOTES, TABLES
from ..schemas.ids import ID_LENGTH
from .record import Record, Row
from .search import Found

_WORD = re.compile(r"\w+")
_PRINTED = ("quote_id", "doc_id", "title", "outlet", "published_date")  # of a quote that is printed elsewhere, too


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


def together(record: Record, found: Found) -> Found:
    """Quotes that were searched for, with one in place of several that say the same in reprints of one article.

    The one is that of the article that the others are like, or the first of them; ``also`` tells where else it is printed. Those
    of one answer are put together: where it goes on, another may hold reprints of the same.
    """
    words = [" ".join(_WORD.findall(q["text"].casefold())) for q in found.quotes]
    often = Counter(words)
    again = {q["doc_id"] for q, said in zip(found.quotes, words, strict=True) if often[said] > 1}
    first = _first_articles(record, again) if len(again) > 1 else {}
    shown: dict[tuple[str, str, int], list[Row]] = defaultdict(list)
    times = Counter[tuple[str, str]]()
    for q, said in zip(found.quotes, words, strict=True):
        nth = times[q["doc_id"], said]  # what an article quotes twice is said twice
        times[q["doc_id"], said] += 1
        shown[first.get(q["doc_id"], q["doc_id"]), said, nth].append(q)
    rows = []
    for (article, _, _), own in shown.items():
        one = min(own, key=lambda q: (q["doc_id"] != article, q["published_date"] or "9999", q["quote_id"]))
        others = [{c: q[c] for c in _PRINTED} for q in own if q is not one]
        rows.append(one | {"also": others})
    count = found.count - len(found.quotes) + len(rows) if found.next is None else found.count
    return replace(found, quotes=rows, count=count)


def _first_articles(record: Record, docs: Collection[str]) -> dict[str, str]:
    """The document that each of some documents is nearly, itself where it is none, over any number of reprints of reprints."""
    like: dict[str, str] = {}
    left = sorted(docs)
    while left:
        told = record.ask(
            f"SELECT doc_id, min(of_doc_id) AS first FROM {APPEARANCES.name} "
            "WHERE relation = 'near' AND of_doc_id IS NOT NULL AND list_contains(?::VARCHAR[], doc_id) GROUP BY doc_id",
            left,
        )
        new = {r["doc_id"]: r["first"] for r in told if r["doc_id"] not in like}
        like |= new
        left = sorted(set(new.values()) - like.keys())
    out = {}
    for doc in docs:
        at, met = doc, {doc}
        while (of := like.get(at)) is not None and of not in met:
            met.add(of)
            at = of
        out[doc] = at
    return out


def _columns(table: str) -> str:
    return ", ".join(f'"{name}"' for name in TABLES[table].arrow.names)
