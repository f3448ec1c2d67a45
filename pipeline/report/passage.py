"""A quote or figure in its place: found by its id, shown with the paragraphs around it and how to cite it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow.compute as pc
from rich.console import Console, Group
from rich.text import Text

from ..printable import counted, printable, readable
from ..schemas import DOCUMENTS, FIGURES, PARAGRAPHS, QUOTES, Figure, Quote
from .columns import cite
from .scan import Tables, batches
from .terminal import Stretch, as_shown, passage_table

_ID = {QUOTES.name: "quote_id", FIGURES.name: "figure_id"}
_MOST = 5  # ids that a message tells
_HEX = frozenset("0123456789abcdef")


class NotFound(LookupError):
    """There is no such quote or figure, or more than one; said in one line."""


@dataclass(frozen=True)
class Passage:
    """A row of quotes or figures, and what stands around it.

    Attributes:
        table: where it is a row.
        row: its values.
        text: of its document; empty where the record keeps only excerpts.
        stretches: its paragraph and those around it, in text order.
        quotes: all quotes of the document.
        figures: all figures of the document.
    """

    table: str
    row: Mapping[str, Any]
    text: str
    stretches: list[Stretch]
    quotes: list[Quote]
    figures: list[Figure]

    @property
    def citation(self) -> str:
        """How to cite it."""
        return cite(self.row)


def find_passage(tables: Tables, start: str, around: int = 1) -> Passage:
    """Find the quote or figure whose id begins so, with its paragraph and some before and after it.

    Raises:
        NotFound: there is none, or there are several.
    """
    wanted = start.strip().casefold()
    if not wanted or not _HEX.issuperset(wanted):
        raise NotFound(f"{start!r} is no id: an id is made of the digits 0 to 9 and a to f (columns quote_id and figure_id)")
    found: list[tuple[str, str]] = []
    for table, column in _ID.items():
        where = pc.starts_with(pc.field(column), wanted)
        for batch in batches(tables[table], [column], where):
            found += [(table, id_) for id_ in batch[column].to_pylist()]
    if not found:
        raise NotFound(f"no quote or figure with an id that begins with {wanted}")
    if len(found) > 1:
        told = ", ".join(id_ for _, id_ in found[:_MOST]) + (", …" if len(found) > _MOST else "")
        raise NotFound(f"{counted(len(found), 'ids')} begin with {wanted}: {told}; give more of it")
    ((table, id_),) = found
    row = _rows(tables, table, _ID[table], id_)[0]
    return _passage(tables, table, row, around)


def _passage(tables: Tables, table: str, row: Mapping[str, Any], around: int) -> Passage:
    doc_id = row["doc_id"]
    (document,) = _rows(tables, DOCUMENTS.name, "doc_id", doc_id)
    own = {name: _rows(tables, name, "doc_id", doc_id) for name in (PARAGRAPHS.name, QUOTES.name, FIGURES.name)}
    quotes = [Quote(**{n: q[n] for n in Quote.model_fields}) for q in own[QUOTES.name]]
    figures = [Figure(**{n: f[n] for n in Figure.model_fields}) for f in own[FIGURES.name]]
    first, last = _reach(row)
    paragraphs = sorted(own[PARAGRAPHS.name], key=lambda p: p["paragraph_index"])
    held = [p["paragraph_index"] for p in paragraphs if p["start_char"] < last and p["end_char"] > first]
    low, high = min(held, default=row["paragraph_index"]) - around, max(held, default=row["paragraph_index"]) + around
    stretches = [
        Stretch(p["paragraph_index"], p["start_char"], p["end_char"]) for p in paragraphs if low <= p["paragraph_index"] <= high
    ]
    return Passage(table, row, document["text"], stretches, quotes, figures)


def _reach(row: Mapping[str, Any]) -> tuple[int, int]:
    """From where to where a row reaches."""
    spans = row.get("content_spans")
    return (spans[0]["start_char"], spans[-1]["end_char"]) if spans else (row["start_char"], row["end_char"])


def _rows(tables: Tables, table: str, column: str, value: str) -> list[dict[str, Any]]:
    names = [n for n in tables[table].schema.names if n != "ingest_date"]
    return [r for batch in batches(tables[table], names, pc.field(column) == value) for r in batch.to_pylist()]


def show_passage(found: Passage, console: Console) -> None:
    """Print a passage as ``show`` prints an article, its citation below; plain where the console is no terminal."""
    row = found.row
    head = Text(printable(row["title"] or "") + "\n", style="bold") if row["title"] else Text(end="")
    if found.text:
        spans = row.get("content_spans") or [{"start_char": row["start_char"], "end_char": row["end_char"]}]
        asked = [(s["start_char"], s["end_char"]) for s in spans]
        body: Any = passage_table(readable(found.text), found.stretches, found.quotes, found.figures, asked)
    else:  # a sample without texts
        start = row["excerpt_start"]
        one = [Stretch(row["paragraph_index"], 0, len(row["excerpt"]))]
        body = Group(
            passage_table(readable(row["excerpt"]), one, [], [], []), Text(f"excerpt, from character {start}", style="dim")
        )
    as_shown(Group(head, body), console)
    console.print(Text(printable(found.citation), style="dim"), soft_wrap=True)  # one line, to be copied
