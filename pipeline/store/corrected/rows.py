"""Rows of a record that corrections are about, as they were read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from ...corrections.apply import Row
from ...schemas import CORRECTIONS, DOCUMENT_SPEAKERS, DOCUMENTS, FIGURES, PARAGRAPHS, PEOPLE, QUOTES
from ..manifest import PublishedFile
from ..parts import dataset_of
from ..state import State

if TYPE_CHECKING:  # most runs meet no correction
    from ...corrections.making import AsRead

_DOCUMENT = ["doc_id", "article_id", "text", "title"]


def read_corrections(output: Path, state: State, new: Iterable[PublishedFile] = (), gone: Collection[str] = ()) -> list[Row]:
    """The rows of ``corrections``, undone ones too, in the order in which they were made.

    Args:
        output: the record.
        state: as it stands.
        new: files that a run adds.
        gone: paths of those that it replaces.
    """
    every = [*state.files.get(CORRECTIONS.name, []), *(f for f in new if f.table == CORRECTIONS.name)]
    paths = [output / f.path for f in every if f.rows and f.path not in gone]
    if not paths:
        return []
    rows: list[Row] = dataset_of(CORRECTIONS.name, paths).to_table().to_pylist()
    return sorted(rows, key=lambda r: (r["corrected_at"], r["correction_id"]))


def ids_beginning(output: Path, state: State, table: str, column: str, beginnings: Sequence[str]) -> dict[str, list[Row]]:
    """The ids, each with its document, that begin with what is given."""
    whole = [b for b in beginnings if len(b) == 32]
    where = pc.field(column).isin(pa.array(whole, pa.string()))
    for beginning in beginnings:
        if len(beginning) < 32:
            where = where | pc.starts_with(pc.field(column), beginning)
    rows = _rows(output, state, table, [column, "doc_id"], where)
    found: dict[str, list[Row]] = {b: [] for b in beginnings}
    lengths = sorted({len(b) for b in beginnings})
    for row in rows:
        for length in lengths:
            if (key := row[column][:length]) in found:
                found[key].append(row)
    return found


def read_documents(output: Path, state: State, doc_ids: Collection[str]) -> dict[str, AsRead]:
    """Documents with all rows that corrections may be about, as they were read."""
    from ...corrections.making import AsRead

    own = pc.field("doc_id").isin(pa.array(sorted(doc_ids), pa.string()))
    rows = {
        table: _rows(output, state, table, None, own)
        for table in (PARAGRAPHS.name, DOCUMENT_SPEAKERS.name, QUOTES.name, FIGURES.name)
    }
    by_document: dict[tuple[str, str], list[Row]] = {}
    for table, every in rows.items():
        for row in every:
            by_document.setdefault((row["doc_id"], table), []).append(row)

    def of(doc: str, table: str) -> list[Row]:
        return by_document.get((doc, table), [])

    return {
        d["doc_id"]: AsRead(
            document=d,
            paragraphs=of(d["doc_id"], PARAGRAPHS.name),
            speakers=of(d["doc_id"], DOCUMENT_SPEAKERS.name),
            quotes={q["quote_id"]: q for q in of(d["doc_id"], QUOTES.name)},
            figures={f["figure_id"]: f for f in of(d["doc_id"], FIGURES.name)},
        )
        for d in _rows(output, state, DOCUMENTS.name, _DOCUMENT, own)
    }


def known_speakers(output: Path, state: State, ids: Collection[str]) -> set[str]:
    """Those of these ids of speakers that people have."""
    rows = _rows(output, state, PEOPLE.name, ["speaker_id"], pc.field("speaker_id").isin(pa.array(sorted(ids), pa.string())))
    return {row["speaker_id"] for row in rows}


def names_of_speakers(output: Path, state: State, ids: Collection[str]) -> dict[str, str]:
    """How documents call the speakers of these ids."""
    own = pc.field("speaker_id").isin(pa.array(sorted(ids), pa.string()))
    rows = _rows(output, state, DOCUMENT_SPEAKERS.name, ["speaker_id", "name"], own)
    return {row["speaker_id"]: row["name"] for row in sorted(rows, key=lambda r: (r["name"].isupper(), r["name"]), reverse=True)}


def _rows(output: Path, state: State, table: str, columns: list[str] | None, where: Any) -> list[Row]:
    paths = [output / f.path for f in state.files.get(table, []) if f.rows]
    if not paths:
        return []
    rows: list[Row] = dataset_of(table, paths).to_table(columns, filter=where).to_pylist()
    return rows
