"""Deciding: which records are new documents, new versions, further appearances, or known already."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import apache_beam as beam
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ..schemas import APPEARANCES, REJECTS
from ..schemas.ids import reject_id
from ..store.known import Known, file_of
from .batches import RunStamp

LOT = 64  # documents of a spool file that are loaded by one graph
ORDER = pa.field("order", pa.int64(), nullable=False)  # of the record among all inputs
Near = dict[str, tuple[str, float]]  # doc_id: that of the first document that it is near, and how near
_NOTHING = pa.table({})
_APPEARS = ("article_id", "doc_id", "uri", "url", "publisher", "published_at")


class ToLoad(NamedTuple):
    """Rows of a spool file to load: their numbers, weights (ids and versions), and the appearances of the documents among them.

    Appearances of documents that are published already come without a file.
    """

    spool: str | None
    rows: pa.Table | None
    appearances: pa.Table | None


class Decision(NamedTuple):
    """A ``ToLoad`` written down: where, the spool file if any, how many rows it makes, and their weight in characters."""

    path: str
    spool: str | None
    rows: int
    weight: int


def write_decisions(to_load: ToLoad, folder: Path) -> Iterator[Decision]:
    """Write down what is to be loaded, so that other graphs can load it: a lot of rows a file, then their appearances."""
    rows, appearances = to_load.rows, to_load.appearances
    if rows is None:
        yield _written(folder, None, _NOTHING, appearances)
        return
    for lo in range(0, rows.num_rows, LOT):
        lot = rows.slice(lo, LOT)
        own = appearances
        if appearances is not None:
            own = appearances.filter(pc.is_in(appearances["doc_id"], lot["doc_id"].combine_chunks()))
        yield _written(folder, to_load.spool, lot, own)


def _written(folder: Path, spool: str | None, rows: pa.Table, appearances: pa.Table | None) -> Decision:
    path = folder / f"{uuid.uuid4().hex}.arrow"
    with open(path, "wb") as out:
        for table in (rows, _NOTHING if appearances is None else appearances):
            with pa.ipc.new_stream(out, table.schema) as stream:
                stream.write_table(table)
    weight = pc.sum(rows["weight"]).as_py() if spool is not None else 0
    return Decision(str(path), spool, (rows if appearances is None else appearances).num_rows, weight)


def read_decision(decision: Decision) -> ToLoad:
    """What was written down."""
    with open(decision.path, "rb") as source:
        rows, appearances = (pa.ipc.open_stream(source).read_all() for _ in range(2))
    absent = _NOTHING.schema
    return ToLoad(
        decision.spool,
        None if rows.schema.equals(absent) else rows,
        None if appearances.schema.equals(absent) else appearances,
    )


class Decide(beam.DoFn):
    """Tell new documents, versions, appearances and known records apart; deterministic in the order of inputs.

    Yields for each spool file its rows to load; appearances travel with the document that they are of. Works on
    columns; only what is not simply new is looked at row by row.
    """

    def __init__(self, known: Known, stamp: RunStamp) -> None:
        self.known = known
        self.stamp = stamp

    def process(self, element: Sequence[str], near: Near | None = None) -> Iterator[ToLoad]:
        spools = sorted(element)
        refused = [s for s in spools if Path(s).name.startswith(REJECTS.name)]
        accepted = [s for s in spools if s not in set(refused)]
        if refused:
            yield from self._refusals(refused)
        if accepted:
            yield from self._articles(accepted, near or {})

    def _refusals(self, spools: list[str]) -> Iterator[ToLoad]:
        rows = _identities(spools, ["reject_id"])
        distinct, first, _ = _first_of_each(rows["reject_id"])
        fresh = ~_is_in(distinct, self.known.rejected(distinct)) & ~_is_in(distinct, self.known.forgotten)
        chosen = rows.take(pa.array(np.sort(first[fresh]))).select(["spool", "row"])
        chosen = chosen.append_column("weight", pa.repeat(pa.scalar(0, pa.int32()), chosen.num_rows))
        for n, part in _by_spool(chosen):
            yield ToLoad(spools[n], part, None)

    def _articles(self, spools: list[str], near: Near) -> Iterator[ToLoad]:
        """Four records, in the order of the inputs; the content of the last was published by an earlier run::

            row      content   leads   holder   becomes
            0        A         yes     0        a document (new, near, or a version of its article)
            1        B         yes     1        a document
            2        A         no      0        an appearance of the document of row 0
            3        C         no      3        an appearance of the published one, unless that file had it before

        ``distinct`` is A B C, ``first`` the row that has each first (0 1 3), ``codes`` the content of each row (0 1 0 2).
        """
        every = _identities(spools, ["content_sha256", "char_count", *_APPEARS])
        rows = every.filter(pa.array(self._welcome(every))).combine_chunks()
        if not rows.num_rows:
            return
        distinct, first, codes = _first_of_each(rows["content_sha256"])
        contents = self.known.contents(distinct)
        fresh = ~_is_in(distinct, contents)
        leads = np.zeros(rows.num_rows, bool)  # rows that become documents
        leads[first[fresh]] = True
        holder = first[codes]  # the row that first has the content of each row
        doc_ids = rows["doc_id"].take(pa.array(holder)).to_numpy(zero_copy_only=False)
        keep = np.ones(rows.num_rows, bool)
        for n in np.flatnonzero(~fresh[codes]):
            doc_ids[n] = contents[distinct[int(codes[n])].as_py()]
        appeared = self.known.appeared(set(contents.values())) if contents else set()
        for n in np.flatnonzero(~fresh[codes]):
            keep[n] = (file_of(rows["uri"][int(n)].as_py()), doc_ids[n]) not in appeared
        versions, before = self._versions(rows, leads)
        relation = np.where(leads, np.where(versions > 1, "version", "new"), "same_content").astype(object)
        of = np.where(leads, before, doc_ids)
        similarity = np.full(rows.num_rows, np.nan)
        for n in np.flatnonzero(relation == "new") if near else ():
            if doc_ids[n] in near:
                relation[n], (of[n], similarity[n]) = "near", near[doc_ids[n]]
        appearances = self._appearances(rows, doc_ids, relation, of, similarity)
        spool = np.where(fresh[codes], rows["spool"].to_numpy()[holder], -1)  # appearances go where their document is
        held = dict(_by_spool(appearances.append_column("spool", pa.array(spool)).filter(pa.array(keep))))
        if -1 in held:
            yield ToLoad(None, None, held[-1].cast(APPEARANCES.arrow))
        documents = rows.select(["spool", "row", "doc_id", "char_count"]).rename_columns(["spool", "row", "doc_id", "weight"])
        documents = documents.append_column("version", pa.array(versions, pa.int32()))
        for spool_number, part in _by_spool(documents.filter(pa.array(leads))):
            yield ToLoad(spools[spool_number], part, held[spool_number].cast(APPEARANCES.arrow))

    def _welcome(self, rows: pa.Table) -> Any:
        """Which rows are neither forgotten on purpose nor refused before for an error of ours in the same text."""
        welcome = np.ones(rows.num_rows, bool)
        if self.known.forgotten:
            for column in ("article_id", "content_sha256"):
                welcome &= ~_is_in(rows[column], self.known.forgotten)
        if self.known.rejects and not self.known.again:
            uris, contents = rows["uri"].to_pylist(), rows["content_sha256"].to_pylist()
            ids = pa.array([reject_id(u, c) for u, c in zip(uris, contents, strict=True)], pa.string())
            welcome &= ~_is_in(ids, self.known.rejected(ids))
        return welcome

    def _versions(self, rows: pa.Table, leads: Any) -> tuple[Any, Any]:
        """For each row its version and the doc_id of the version before; one and none unless the article is met again."""
        versions, before = np.ones(rows.num_rows, np.int32), np.full(rows.num_rows, None, object)
        new = np.flatnonzero(leads)
        distinct, _, codes = _first_of_each(rows["article_id"].take(pa.array(new)))
        latest = self.known.versions(distinct)
        again = _is_in(distinct, latest) | (np.bincount(codes, minlength=len(distinct)) > 1)
        for n in new[again[codes]]:
            article_id, doc_id = rows["article_id"][int(n)].as_py(), rows["doc_id"][int(n)].as_py()
            version, before[n] = latest.get(article_id, (0, None))
            versions[n] = version + 1
            latest[article_id] = (version + 1, doc_id)
        return versions, before

    def _appearances(self, rows: pa.Table, doc_ids: Any, relation: Any, of: Any, similarity: Any) -> pa.Table:
        count, schema = rows.num_rows, APPEARANCES.arrow
        columns = {n: rows[n] for n in _APPEARS} | {
            "doc_id": pa.array(doc_ids, pa.string()),
            "relation": pa.array(relation, pa.string()),
            "of_doc_id": pa.array(of, pa.string()),
            "similarity": pa.array(similarity, from_pandas=True),
            "seen_at": pa.repeat(pa.scalar(self.stamp.at, schema.field("seen_at").type), count),
            "run_id": pa.repeat(self.stamp.run_id, count),
        }
        return pa.table([columns.get(f.name, pa.nulls(count, f.type)) for f in schema], schema=schema)


def _identities(spools: list[str], columns: list[str]) -> pa.Table:
    """Columns of all rows of the spool files in the order of the inputs, with the number of file and row."""
    tables = []
    for n, spool in enumerate(spools):
        with pa.memory_map(spool) as source:
            names = pa.ipc.open_file(source).schema.names
            fields = pa.ipc.IpcReadOptions(included_fields=[names.index(c) for c in (*columns, ORDER.name)])
            table = pa.ipc.open_file(source, options=fields).read_all()
            table = table.append_column("spool", pa.repeat(pa.scalar(n, pa.int32()), table.num_rows))
            tables.append(table.append_column("row", pa.array(np.arange(table.num_rows, dtype=np.int32))))
    return pa.concat_tables(tables).sort_by(ORDER.name).combine_chunks()


def _first_of_each(column: pa.ChunkedArray) -> tuple[pa.Array, Any, Any]:
    """The distinct values, the row that has each first, and for each row the number of its value."""
    encoded = column.combine_chunks().dictionary_encode()
    codes = encoded.indices.to_numpy()
    return encoded.dictionary, np.unique(codes, return_index=True)[1], codes


def _is_in(values: pa.Array, members: Iterable[str]) -> Any:
    return pc.is_in(values, value_set=pa.array(list(members), pa.string())).to_numpy(zero_copy_only=False)


def _by_spool(rows: pa.Table) -> Iterator[tuple[int, pa.Table]]:
    """The rows of each spool file, without the column that numbers it; copies, for a slice is shipped with its whole."""
    numbers = rows["spool"].to_numpy()
    order = np.argsort(numbers, kind="stable")
    rows = rows.drop_columns(["spool"])
    spools, first, counts = np.unique(numbers[order], return_index=True, return_counts=True)
    for spool, lo, count in zip(spools.tolist(), first.tolist(), counts.tolist(), strict=True):
        yield spool, rows.take(pa.array(order[lo : lo + count]))
