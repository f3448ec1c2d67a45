"""Deciding: which records are new documents, new versions, further appearances or known already; by shards of their keys.

Only ids pass through the shuffle, as columns. Records of one content meet in one shard, in the order of the inputs, then those
of one article; what comes of it is brought together for each spool file, and cut into lots.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ..schemas import APPEARANCES, DOCUMENTS, REJECTS
from ..schemas.ids import hash_id, reject_id
from ..store.known import Known, file_of
from .batches import RunStamp
from .near import compare, keys_of
from .spools import CONTENT, ORDER, Packed, packed, read_spool, unpacked
from .steps import Tagged, WorkStep

LOT_CHARS = 100_000  # of text that a lot has at most, unless it is one document
SMALL_LOT = 20_000  # and those at the end of a spool file, by which what is left is shared out, so that workers end together
KNOWN = "known-"  # instead of a spool file: of appearances of documents that are published
_IDS = ("article_id", "doc_id", "uri", "url", "publisher", "published_at")
_COLUMNS = {DOCUMENTS.name: (CONTENT.name, "content_sha256", "char_count", *_IDS), REJECTS.name: ("reject_id",)}
Keyed = tuple[str, Packed]


class Lot(NamedTuple):
    """Rows of a spool file that are new, and the appearances of the documents among them; what a worker extracts together.

    Attributes:
        key: tells it from others of the run, and is the same in every attempt.
        spool: the spool file; None for appearances of documents that are published already.
        rows: packed, of the spool file: their numbers, and versions.
        appearances: packed; None for rejects.
        size: how many records it is.
        chars: of the texts of its documents: how much work it is.
    """

    key: str
    spool: str | None
    rows: Packed | None
    appearances: Packed | None
    size: int
    chars: int = 0


def decide_together(
    spools: Iterable[Any], known: Known, stamp: RunStamp, folder: str, documents: int, without: Collection[str] = ()
) -> Iterator[Lot]:
    """What ``DecideRecords`` does, all in one place: for so few records that their ids fit into one worker.

    Args:
        spools: the spool files.
        known: what has been published.
        stamp: the run.
        folder: a folder for signatures.
        documents: most documents of a lot.
        without: the uris of records that are left out: an engine has told that they were sent twice.
    """
    left = pa.array(sorted(without), pa.string())
    by_content, by_article, by_reject, by_band, signed, decided = (_Groups() for _ in range(6))
    for spool in spools:
        for told in identify(spool, left):
            (by_reject if told.tag == REJECTS.name else by_content).add([told.value])
    contents, versions, refused = Contents(known, stamp), Versions(known), RefusedOnce(known)
    for group in by_content.items():
        for found in contents.process(group):
            tagged = isinstance(found, Tagged)
            to = {"leaders": by_article, "signed": signed}[found.tag] if tagged else decided
            to.add([found.value if tagged else found])
    for group in by_article.items():
        decided.add(versions.process(group))
    for group in signed.items():
        by_band.add(keys_of(group, folder))
    for band in by_band.items():
        decided.add(compare(band, known))
    for group in by_reject.items():
        decided.add(refused.process(group))
    for group in decided.items():
        yield from lots_of(group, stamp, documents)


class _Groups(dict[Any, list[Any]]):
    """Values by key, as ``GroupByKey`` groups them."""

    def add(self, pairs: Iterable[tuple[Any, Any]]) -> None:
        for key, value in pairs:
            self.setdefault(key, []).append(value)


def identify(spool: Any, left: pa.Array | None = None) -> Iterator[Tagged]:
    """What tells the records of a spool file apart, by shards of its first column."""
    table = read_spool(spool.path, (*_COLUMNS[spool.table], ORDER.name))
    table = table.append_column("row", pa.array(np.arange(table.num_rows, dtype=np.int32)))
    table = table.append_column("spool", pa.repeat(spool.path, table.num_rows))
    if left is not None and len(left) and spool.table == DOCUMENTS.name:
        table = table.filter(pc.invert(pc.is_in(table["uri"], left)))
    for shard, rows in _shards(table, _COLUMNS[spool.table][0]):
        yield Tagged(spool.table, (shard, packed(rows)))


def _shards(table: pa.Table, column: str) -> Iterator[tuple[str, pa.Table]]:
    """The rows by the first digit of an id."""
    first = pc.utf8_slice_codeunits(table[column], 0, 1)
    for digit in pc.unique(first).to_pylist():
        yield digit, table.filter(pc.equal(first, digit))


def _together(parts: Iterable[Packed]) -> pa.Table:
    """Rows of several spool files in the order of the inputs."""
    return pa.concat_tables(map(unpacked, parts)).sort_by(ORDER.name).combine_chunks()


class RefusedOnce(WorkStep):
    """Rejects that are not known, each once."""

    def __init__(self, known: Known) -> None:
        self.known = known

    def process(self, element: tuple[str, Iterable[Packed]]) -> Iterator[Keyed]:
        rows = _together(element[1])
        distinct, first, _ = _first_of_each(rows["reject_id"])
        ids = distinct.to_pylist()
        fresh = ~_is_in(distinct, self.known.rejected(ids)) & ~_is_in(distinct, self.known.forgotten)
        yield from _by_spool(rows.take(pa.array(np.sort(first[fresh]))).select(["spool", "row", "reject_id"]))


class Contents(WorkStep):
    """Tell the records that bring a new content from those that carry one that is there.

    Texts that differ in white space alone are one content. Four records, in the order of the inputs; the content of the last was
    published by an earlier run::

        row      content   leads   holder   becomes
        0        A         yes     0        a document (new, near, or a version of its article)
        1        B         yes     1        a document
        2        A         no      0        an appearance of the document of row 0
        3        C         no      3        an appearance of the published one, unless that file had it before

    ``distinct`` is A B C, ``first`` the row that has each first (0 1 3), ``codes`` the content of each row (0 1 0 2).
    """

    def __init__(self, known: Known, stamp: RunStamp) -> None:
        self.known = known
        self.stamp = stamp

    def process(self, element: tuple[str, Iterable[Packed]]) -> Iterator[Any]:
        every = _together(element[1])
        rows = every.filter(pa.array(self._welcome(every))).combine_chunks()
        if not rows.num_rows:
            return
        distinct, first, codes = _first_of_each(rows[CONTENT.name])
        contents = self._published(rows, distinct, first)
        fresh = ~_is_in(distinct, contents)
        leads = np.zeros(rows.num_rows, bool)  # rows that become documents
        leads[first[fresh]] = True
        holder = first[codes]  # the row that first has the content of each row
        doc_ids = rows["doc_id"].take(pa.array(holder)).to_numpy(zero_copy_only=False)
        keep = ~leads
        met = np.flatnonzero(~fresh[codes])
        files = {n: file_of(rows["uri"][n].as_py()) for n in met.tolist()}
        published = {n: contents[distinct[int(codes[n])].as_py()] for n in files}
        appeared = self.known.appeared((file, doc_id) for n, file in files.items() for doc_id in published[n])
        for n, file in files.items():
            keep[n] = all((file, doc_id) not in appeared for doc_id in published[n])
            own = rows["doc_id"][n].as_py()
            doc_ids[n] = own if own in published[n] else published[n][0]
        new = rows.filter(pa.array(leads))
        for shard, leaders in _shards(new, "article_id"):
            yield Tagged("leaders", (shard, packed(leaders)))
        for spool, part in _by_spool(new.select(["spool", "row", ORDER.name])):
            yield Tagged("signed", (spool, part))
        spools = np.where(
            fresh[codes], rows["spool"].take(pa.array(holder)).to_numpy(zero_copy_only=False), f"{KNOWN}{element[0]}"
        )
        carried = rows.select(_IDS).append_column(ORDER, rows[ORDER.name])  # appearances go where their document is
        carried = carried.set_column(1, "doc_id", pa.array(doc_ids, pa.string())).append_column(
            "spool", pa.array(spools, pa.string())
        )
        carried = carried.append_column("relation", pa.repeat("same_content", rows.num_rows))
        yield from _by_spool(carried.append_column("of_doc_id", carried["doc_id"]).filter(pa.array(keep)))

    def _published(self, rows: pa.Table, distinct: pa.Array, first: Any) -> dict[str, tuple[str, ...]]:
        """The documents of each content that is published; of texts that are withheld only the digest is known."""
        found = self.known.contents(distinct.to_pylist())
        if self.known.withheld:
            exact = dict(zip(rows["content_sha256"].take(pa.array(first)).to_pylist(), distinct.to_pylist(), strict=True))
            found |= {exact[digest]: doc_ids for digest, doc_ids in self.known.contents(exact).items()}
        return found

    def _welcome(self, rows: pa.Table) -> Any:
        """Which rows are neither forgotten on purpose nor refused before for an error of ours in the same text."""
        welcome = np.ones(rows.num_rows, bool)
        if self.known.forgotten:
            for column in ("article_id", "content_sha256", CONTENT.name):
                welcome &= ~_is_in(rows[column], self.known.forgotten)
        if self.known.segments and not self.known.again:
            uris, contents = rows["uri"].to_pylist(), rows["content_sha256"].to_pylist()
            ids = [reject_id(u, c) for u, c in zip(uris, contents, strict=True)]
            welcome &= ~_is_in(pa.array(ids, pa.string()), self.known.rejected(ids))
        return welcome


class Versions(WorkStep):
    """For each new document its version, and that before; one and none unless the article is met again."""

    def __init__(self, known: Known) -> None:
        self.known = known

    def process(self, element: tuple[str, Iterable[Packed]]) -> Iterator[Keyed]:
        rows = _together(element[1])
        versions, before = np.ones(rows.num_rows, np.int32), np.full(rows.num_rows, None, object)
        distinct, _, codes = _first_of_each(rows["article_id"])
        latest = self.known.versions(distinct.to_pylist())
        again = _is_in(distinct, latest) | (np.bincount(codes, minlength=len(distinct)) > 1)
        for n in np.flatnonzero(again[codes]):
            article_id, doc_id = rows["article_id"][int(n)].as_py(), rows["doc_id"][int(n)].as_py()
            version, before[n] = latest.get(article_id, (0, None))
            versions[n] = version + 1
            latest[article_id] = (version + 1, doc_id)
        rows = rows.append_column("version", pa.array(versions, pa.int32()))
        rows = rows.append_column("relation", pa.array(np.where(versions > 1, "version", "new")))
        yield from _by_spool(rows.append_column("of_doc_id", pa.array(before, pa.string())))


def lots_of(element: tuple[str, Iterable[Packed]], stamp: RunStamp, most: int) -> Iterator[Lot]:
    """What was decided of a spool file, cut into lots."""
    spool, parts = element
    tables = [unpacked(part) for part in parts]
    kinds: dict[str, list[pa.Table]] = {}
    for table in tables:
        kinds.setdefault(next(mark for mark in _MARKS if mark in table.column_names), []).append(table)
    leaders, near, appearances, refused = (kinds.get(mark, []) for mark in _MARKS)
    if spool.startswith(KNOWN):
        yield _lot(None, None, _appearances(pa.concat_tables(appearances), stamp))
        return
    if refused:
        rows = pa.concat_tables(refused).sort_by("row")
        for lo in range(0, rows.num_rows, most):
            yield _lot(spool, rows.slice(lo, most), None)
        return
    documents = _related(pa.concat_tables(leaders).sort_by("row"), near)
    columns = [*_IDS, ORDER.name, "relation", "of_doc_id"]
    blank = pa.nulls(0, pa.float64())
    others = [
        t.select(columns).append_column("similarity", pa.repeat(pa.scalar(None, blank.type), t.num_rows)) for t in appearances
    ]
    every = pa.concat_tables([documents.select([*columns, "similarity"]), *others], promote_options="default")
    for lo, hi in _cuts(documents["char_count"].to_pylist(), most):
        own = documents.slice(lo, hi - lo)
        carried = every.filter(pc.is_in(every["doc_id"], own["doc_id"].combine_chunks()))
        yield _lot(spool, own.select(["row", "version"]), _appearances(carried, stamp), pc.sum(own["char_count"]).as_py())


# the column by which each kind of table is told: new documents, what is near, further appearances, rejects
_MARKS = ("version", "similarity", "relation", "reject_id")


def _cuts(weights: Sequence[int], most: int) -> Iterator[tuple[int, int]]:
    """Where documents are cut into lots: each holds a quarter of what is left, within bounds."""
    left, start, held = sum(weights), 0, 0
    for n, weight in enumerate(weights):
        if n > start and (n - start >= most or held + weight > min(LOT_CHARS, max(SMALL_LOT, left // 4))):
            yield start, n
            start, held, left = n, 0, left - held
        held += weight
    if start < len(weights):
        yield start, len(weights)


def _related(documents: pa.Table, near: Sequence[pa.Table]) -> pa.Table:
    """New documents with the one that each is near, the first published of all, if there is any."""
    found: dict[str, tuple[int, str, float]] = {}
    for row in (row for table in near for row in table.to_pylist()):
        other = (row["of_published"], row["of_doc_id"], row["similarity"])
        found[row["doc_id"]] = min(found.get(row["doc_id"], other), other)
    relation, of = documents["relation"].to_pylist(), documents["of_doc_id"].to_pylist()
    similarity: list[float | None] = [None] * len(relation)
    for n, doc_id in enumerate(documents["doc_id"].to_pylist()):
        if relation[n] == "new" and doc_id in found:
            relation[n], (_, of[n], similarity[n]) = "near", found[doc_id]
    for name, values in (("relation", relation), ("of_doc_id", of)):
        documents = documents.set_column(documents.column_names.index(name), name, pa.array(values, pa.string()))
    return documents.append_column("similarity", pa.array(similarity, pa.float64()))


def _lot(spool: str | None, rows: pa.Table | None, appearances: pa.Table | None, chars: int = 0) -> Lot:
    held = appearances if appearances is not None else rows
    assert held is not None
    named = held.select([c for c in ("doc_id", "uri", "relation", "of_doc_id", "reject_id") if c in held.column_names])
    key = hash_id("lot", named.to_pydict())
    shipped = (None if rows is None else packed(rows), None if appearances is None else packed(appearances))
    return Lot(key, spool, *shipped, held.num_rows, chars)


def _appearances(rows: pa.Table, stamp: RunStamp) -> pa.Table:
    rows, schema = rows.sort_by(ORDER.name), APPEARANCES.arrow
    count = rows.num_rows
    columns = {n: rows[n] for n in rows.column_names} | {
        "seen_at": pa.repeat(pa.scalar(stamp.at, schema.field("seen_at").type), count),
        "run_id": pa.repeat(stamp.run_id, count),
    }
    made = [columns[f.name].cast(f.type) if f.name in columns else pa.nulls(count, f.type) for f in schema]
    return pa.table(made, schema=schema)


def _first_of_each(column: pa.ChunkedArray) -> tuple[pa.Array, Any, Any]:
    """The distinct values, the row that has each first, and for each row the number of its value."""
    encoded = column.combine_chunks().dictionary_encode()
    codes = encoded.indices.to_numpy()
    return encoded.dictionary, np.unique(codes, return_index=True)[1], codes


def _is_in(values: Any, members: Iterable[str]) -> Any:
    return pc.is_in(values, value_set=pa.array(list(members), pa.string())).to_numpy(zero_copy_only=False)


def _by_spool(rows: pa.Table) -> Iterator[Keyed]:
    """The rows of each spool file, without the column that names it."""
    rows = rows.combine_chunks()
    for spool in pc.unique(rows["spool"]).to_pylist():
        yield spool, packed(rows.filter(pc.equal(rows["spool"], spool)).drop_columns(["spool"]))
