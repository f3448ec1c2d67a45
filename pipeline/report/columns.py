"""What an extract holds beside a table's own columns, and in which order a person expects them.

First who, what and where: speaker, words, article, outlet, date, address; then the person behind the name, then the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from ..schemas import PEOPLE
from .scan import Tables

CITATION = "citation"
# columns of ``people`` under the names that they have in an extract
_PERSON = {"person_name": "name", "person_id": "person_id", "external_id": "external_id"}
_SPEAKERS = ("speaker_id", "claimant_id")  # the column by which a row is joined with a person, the first that there is
_SPOKEN = ("speaker_name", "claimant_name", "claimant", "text")
_FIRST = ("name", "reason", "title", "author", "publisher", "published_date", "url", "text")
_CITED = ("title", "publisher", "published_date", "url")
_PLACED = ("paragraph_index", "content_spans", "start_char", "end_char")
_IDS = {"figure_id": "figure", "quote_id": "quote", "doc_id": "document"}  # a figure may stand in a quote
Batches = Callable[[Sequence[str]], Iterator[pa.RecordBatch]]  # the rows that are asked for, with these columns


@dataclass(frozen=True)
class Extract:
    """The columns of an extract, and how its rows are made of those of a table.

    Attributes:
        schema: of the table or view.
        wanted: the columns, in their order.
        people: the table of people.
    """

    schema: pa.Schema
    wanted: tuple[str, ...]
    people: ds.Dataset | None = None

    @property
    def read(self) -> list[str]:
        """The columns of the table that are needed."""
        own = [c for c in self.schema.names if c in self.wanted]
        needed = [joined_by(self.schema.names)] if self._joins else []
        if CITATION in self.wanted:
            needed += [c for c in (*_CITED, *_PLACED, *_IDS) if c in self.schema.names]
        return [*own, *dict.fromkeys(c for c in needed if c is not None and c not in own)]

    @property
    def out(self) -> pa.Schema:
        """The schema of what comes out."""
        kept = {f.name: pa.field(f.name, f.type) for f in self.schema}
        return pa.schema([kept[c] if c in kept else pa.field(c, pa.string()) for c in self.wanted])

    @property
    def _joins(self) -> bool:
        return any(c in _PERSON and c not in self.schema.names for c in self.wanted)

    @cached_property
    def _known(self) -> pa.Table:
        """Every name with its person; read once, where anything is to be joined."""
        assert self.people is not None
        return self.people.to_table(["speaker_id", *_PERSON.values()]).combine_chunks()

    def made(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The rows with all columns, some at a time."""
        out = self.out
        for batch in batches:
            columns = {name: batch[name] for name in batch.schema.names}
            if self._joins:
                columns |= self._persons(batch)
            if CITATION in self.wanted:
                columns[CITATION] = pa.array([cite(row) for row in _rows(batch, self.read)], pa.string())
            yield pa.record_batch([columns[c].cast(out.field(c).type) for c in self.wanted], schema=out)

    def _persons(self, batch: pa.RecordBatch) -> dict[str, pa.Array]:
        ids = batch[str(joined_by(self.schema.names))]
        at = pc.index_in(ids, self._known["speaker_id"].combine_chunks())
        return {name: self._known[column].combine_chunks().take(at) for name, column in _PERSON.items()}


def joined_by(names: Sequence[str]) -> str | None:
    """The column by which rows with these columns are joined with people; None where they tell of nobody, or are joined."""
    return next((c for c in _SPEAKERS if c in names), None) if "person_id" not in names else None


def make_extract(schema: pa.Schema, tables: Tables, columns: Sequence[str] | None, cited: bool) -> Extract:
    """Choose the columns of an extract.

    Args:
        schema: of the table or view.
        tables: the tables, of which people are joined.
        columns: their names in the order asked for; None: all, in the order that a person expects.
        cited: add a citation, if it is not among them.

    Raises:
        ValueError: there is no such column, or nothing to cite; the message says which there are.
    """
    own = [c for c in schema.names if c != "ingest_date"]
    joined = [c for c in _PERSON if c not in own] if joined_by(own) and PEOPLE.name in tables else []
    citable = all(c in own for c in _CITED)
    if cited and not citable:
        raise ValueError("--cite: rows that tell no article cannot be cited; those of quotes, figures and documents can")
    if columns is None:
        first = [c for c in _first(own) if c in own]
        chosen = [*first, *([CITATION] if cited else []), *joined, *(c for c in own if c not in first)]
    else:
        every = [*own, *joined, *([CITATION] if citable else [])]
        if unknown := [c for c in columns if c not in every]:
            raise ValueError(f"--columns {unknown[0]}: the columns are {', '.join(every)}")
        chosen = [*dict.fromkeys(columns), *([CITATION] if cited and CITATION not in columns else [])]
    return Extract(schema, tuple(chosen), tables.get(PEOPLE.name))


def _first(own: Sequence[str]) -> Iterable[str]:
    """The columns that stand first, of those of a table or of rows of articles; others are counts, and stay as they are."""
    if "run_id" not in own and "text" not in own:
        return ()
    spoken = [c for c in _SPOKEN if c in own]
    return dict.fromkeys([*spoken, *_FIRST]) if len(spoken) > 1 else _FIRST


def cite(row: Mapping[str, Any]) -> str:
    """Where a row stands, for a footnote: outlet, title, date, address, paragraph (from 1), characters, and the row's id.

    Characters are offsets into ``documents.text`` from 0, the end excluded; what is not told is left out.
    """
    title = " ".join((row["title"] or "").split())
    day = row["published_date"]
    parts = [row["publisher"], f"“{title}”" if title else None, day.isoformat() if day else None, row["url"]]
    if row.get("paragraph_index") is not None:
        parts.append(f"paragraph {row['paragraph_index'] + 1}")
    spans = row.get("content_spans")
    if spans:
        parts.append(f"characters {spans[0]['start_char']}–{spans[-1]['end_char']}")
    elif row.get("start_char") is not None:
        parts.append(f"characters {row['start_char']}–{row['end_char']}")
    column = next(c for c in (*_IDS, "") if not c or row.get(c))
    parts.append(f"{_IDS[column]} {row[column]}" if column else None)
    return ", ".join(p for p in parts if p)


def _rows(batch: pa.RecordBatch, columns: Sequence[str]) -> list[dict[str, Any]]:
    names = [c for c in (*_CITED, *_PLACED, *_IDS) if c in columns]
    found: list[dict[str, Any]] = batch.select(names).to_pylist()
    return found
