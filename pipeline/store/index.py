"""Writing the index: the segments of a run, merged in levels, made anew where they are missing, and without what is forgotten."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ..schemas import APPEARANCES, DOCUMENTS, REJECTS
from .known import SIGNATURES, rows_of, rows_of_inputs
from .manifest import Input
from .parts import as_declared, open_parquet
from .segments import KEYS, IndexFile, Segment, hashed, merge_segments, open_segments, raw, write_segment
from .state import State, taken_inputs

WIDTH = 129  # numbers of a signature
LEVEL = 8  # segments of one size that become one
_SMALLEST = 256 << 10  # bytes below which all segments are of one size
_AT_ONCE = 20_000  # documents of a segment that is made anew

Keys = Callable[[Any], Any]  # the keys of signatures, by band
Sign = Callable[[str], Sequence[int] | None]  # the signature of a text, if it is long enough to have one


def write_rows(output: Path, run_id: str, tables: Mapping[str, pa.Table], keys: Keys) -> IndexFile | None:
    """Write a segment of what is new in some tables; None where there is nothing to look up.

    ``signatures`` among the tables are those of documents, by ``doc_id``.
    """
    rows = rows_of(dict(tables))
    if not any(len(next(iter(fields.values()))) for fields in rows.values()):
        return None
    signed, signatures = np.empty(0, "<u4"), np.empty((0, WIDTH), "<u4")
    if SIGNATURES in tables and DOCUMENTS.name in tables:
        made = tables[SIGNATURES]
        at = pc.index_in(made["doc_id"], tables[DOCUMENTS.name]["doc_id"].combine_chunks())
        made = made.filter(pc.is_valid(at))
        signed = pc.drop_null(at).to_numpy().astype("<u4")
        signatures = made["signature"].combine_chunks().flatten().to_numpy().reshape(-1, WIDTH).astype("<u4")
    return write_segment(output, segment_name(run_id), rows, signed, signatures, keys)


def write_inputs(output: Path, run_id: str, inputs: Sequence[Input], keys: Keys) -> IndexFile | None:
    """Write a segment of the inputs that a run has taken."""
    if not inputs:
        return None
    nothing = np.empty(0, "<u4"), np.empty((0, WIDTH), "<u4")
    return write_segment(output, segment_name(run_id), rows_of_inputs(inputs), *nothing, keys)


def segment_name(run_id: str) -> str:
    """The name of a new segment."""
    return f"{run_id}-{uuid.uuid4().hex[:12]}.seg"


def merged(output: Path, run_id: str, files: Sequence[IndexFile]) -> list[IndexFile]:
    """The segments, those of a size merged where there are enough of them."""
    now = list(files)
    while group := _to_merge(now):
        made = merge_segments(output, segment_name(run_id), open_segments(str(output / f.path) for f in group))
        now[now.index(group[0])] = made
        now = [f for f in now if f not in group]
    return now


def _to_merge(files: Sequence[IndexFile]) -> list[IndexFile]:
    """The segments that are to become one, if there are enough of a size; the smallest size first."""
    levels: dict[int, list[IndexFile]] = {}
    for file in files:
        levels.setdefault(_level(file), []).append(file)
    return next((levels[n] for n in sorted(levels) if len(levels[n]) >= LEVEL), [])


def _level(file: IndexFile) -> int:
    level, size = 0, _SMALLEST
    while file.bytes > size:
        level, size = level + 1, size * LEVEL
    return level


def without(
    output: Path,
    run_id: str,
    files: Sequence[IndexFile],
    doc_ids: Collection[str],
    reject_ids: Collection[str],
    pairs: Iterable[tuple[str, str]] = (),
) -> list[IndexFile]:
    """The segments without some documents and rejects, and appearances by file and ``doc_id``; those without them as they are."""
    leave = {"document": doc_ids, "reject": reject_ids, "appearance": [hashed(*pair).hex() for pair in pairs]}
    now = []
    for file in files:
        segment = open_segments([str(output / file.path)])[0]
        made = merge_segments(output, segment_name(run_id), [segment], leave)
        if made.rows == file.rows:
            (output / made.path).unlink()
            made = file
        if sum(made.rows.values()):
            now.append(made)
    return now


def rebuild(
    output: Path,
    run_id: str,
    state: State,
    sign: Sign,
    keys: Keys,
    inputs: Iterable[Input] | None = None,
    earlier: Sequence[Segment] = (),
) -> list[IndexFile]:
    """Make the index anew from the tables and the manifests.

    Args:
        output: the record.
        run_id: the run that does it.
        state: the tables that count.
        sign: makes signatures.
        keys: gives their keys.
        inputs: what has been taken; by default what the manifests tell.
        earlier: segments of the first form, of which signatures are taken over.
    """
    found: list[IndexFile | None] = []
    for tables in _batches(output, state):
        if DOCUMENTS.name in tables:
            tables[SIGNATURES] = _signatures(tables[DOCUMENTS.name], sign, earlier)
        found.append(write_rows(output, run_id, tables, keys))
    found.append(write_inputs(output, run_id, list(taken_inputs(output) if inputs is None else inputs), keys))
    return merged(output, run_id, [f for f in found if f is not None])


def _signatures(documents: pa.Table, sign: Sign, earlier: Sequence[Segment]) -> pa.Table:
    """The signatures of documents: those that they had, where they had any."""
    contents, doc_ids = documents["content_sha256"].to_pylist(), documents["doc_id"].to_pylist()
    wanted, made = raw(contents, KEYS["content"]), dict[str, Sequence[int]]()
    for segment in earlier:
        asked, rows = segment.find("content", wanted)
        of_row = np.full(segment.count("document"), -1)
        of_row[segment["signed_row"]] = np.arange(segment.signed)
        own = of_row[rows] >= 0
        made |= zip((doc_ids[n] for n in asked[own]), segment.take("signature", of_row[rows[own]]), strict=True)
    texts = zip(doc_ids, documents["text"].to_pylist(), strict=True)
    every = [(doc_id, made[doc_id] if doc_id in made else sign(text)) for doc_id, text in texts]
    signed = [(doc_id, signature) for doc_id, signature in every if signature is not None]
    columns = [pa.array([d for d, _ in signed], pa.string()), pa.array([s for _, s in signed], pa.list_(pa.uint32(), WIDTH))]
    return pa.table(columns, names=["doc_id", "signature"])


def _batches(output: Path, state: State) -> Iterator[dict[str, pa.Table]]:
    columns = {
        DOCUMENTS: ["content_sha256", "article_id", "doc_id", "version", "published_at", "text"],
        APPEARANCES: ["uri", "doc_id"],
        REJECTS: ["reject_id"],
    }
    for table, names in columns.items():
        schema = pa.schema([table.arrow.field(n) for n in names])
        for path in state.paths(output, table.name):
            with open_parquet(path) as file:
                for batch in file.iter_batches(_AT_ONCE, columns=[n for n in names if n in file.schema_arrow.names]):
                    yield {table.name: as_declared(pa.Table.from_batches([batch]), schema)}
