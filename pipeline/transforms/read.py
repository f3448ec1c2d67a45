"""Reading: input files to batches of documents that are new, each content once.

Texts are never shuffled. Workers read records into spool files, which lie with the record, and hand on their names; the ids in
them are brought together by shards, and say which records are new documents, new versions or further appearances; workers then
load just those. Published documents are read again as the batches that they were.
"""

from __future__ import annotations

import hashlib
import time
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from .. import __version__
from ..articles.rows import article_row, refusal_row
from ..places import place_of
from ..reading.version import rules_version
from ..schemas import APPEARANCES, DOCUMENTS, REJECTS, TABLES
from ..schemas.ids import content_key, hash_id
from ..sources.formats import Reading
from ..sources.nearness import WIDTH, signature
from ..sources.records import PLACE_BITS, Refusal
from ..store.known import SIGNATURES
from ..store.parts import as_declared, open_parquet
from ..store.work import Work
from ..text.detect import language_of
from .batches import Batch, RunStamp
from .decide import Lot
from .files import WorkItem
from .refusals import matched_keys, records_of, unread_files
from .spools import CONTENT, ORDER, read_spool, unpacked, write_spool
from .steps import Tagged, WorkStep

SPOOL_ROWS = 256
LOT = "lot"  # of a batch: the key of the lot that it was, and when it was begun
READ = "read"  # receipts of items
SPOOL_BYTES = 8 << 20
SIGNATURE = pa.field("signature", pa.list_(pa.uint32(), WIDTH))


class Spool(NamedTuple):
    """A spool file: its table, where it lies, how many records it holds, and the SHA-256 of its content."""

    table: str
    path: str
    rows: int
    digest: str


class ReadNotes(NamedTuple):
    """What else reading some files tells.

    Attributes:
        read: records.
        unread: uris of files that could not be read, and have to be tried again.
        skipped: how many records of archives were passed over, by why.
        matched: keys of the metadata that stand for something.
    """

    read: int
    unread: tuple[str, ...]
    skipped: dict[str, int]
    matched: tuple[str, ...]


class SpoolRecords(WorkStep):
    """Read the records of ``WorkItem``s into spool files of articles and of refusals, of at most ``rows`` records each.

    Yields ``Spool``s, and ``ReadNotes`` tagged ``notes``. What an earlier attempt has a receipt of is not read again.

    Args:
        work: of the run.
        reading: how inputs are read.
        stamp: the run.
        rows: most records of a spool file.
        done: what earlier attempts have read, by the keys of items.
    """

    def __init__(
        self, work: Work, reading: Reading, stamp: RunStamp, rows: int = SPOOL_ROWS, done: Mapping[str, Any] | None = None
    ) -> None:
        self.work = work
        self.reading = reading
        self.stamp = stamp
        self.rows = rows
        self.done = dict(done or {})

    def process(self, item: WorkItem) -> Iterator[Any]:
        if not isinstance(item, WorkItem):
            raise TypeError(f"ReadDocuments takes the WorkItems that group_files makes of files, not {type(item).__name__}")
        key = item_key(item)
        spools, notes = read_back(self.done[key]) if key in self.done else self._read(item, key)
        yield from spools
        yield Tagged("notes", notes)

    def _read(self, item: WorkItem, key: str) -> tuple[list[Spool], ReadNotes]:
        articles, refusals = (_Rows(self.work.folder, name, self.rows) for name in (DOCUMENTS.name, REJECTS.name))
        reading = replace(self.reading, skipped=Counter())
        for file in item.files:
            for n, record in enumerate(records_of(file, reading), 1):
                order = (file.order << PLACE_BITS) + (record.record or n)
                if isinstance(record, Refusal):
                    refusals.add(order, refusal_row(record, self.stamp))
                else:
                    told = {CONTENT.name: content_key(record.text), SIGNATURE.name: signature(record.text)}
                    articles.add(order, article_row(record, self.stamp) | told)
        spools = [*articles.close(), *refusals.close()]
        places = [s.path for s in spools]
        notes = ReadNotes(
            sum(s.rows for s in spools),
            tuple(sorted(unread_files(places))),
            dict(reading.skipped),
            tuple(sorted(matched_keys(places, item.files, reading.metadata))) if reading.metadata else (),
        )
        self.work.note(READ, [key], {"spools": [s._asdict() for s in spools], "notes": notes._asdict()})
        return spools, notes


def item_key(item: WorkItem) -> str:
    """What tells an item from others of a run."""
    return hash_id("item", *((f.uri, f.start, f.end) for f in item.files))


def read_back(told: Mapping[str, Any]) -> tuple[list[Spool], ReadNotes]:
    """What a receipt tells of an item."""
    notes = told["notes"]
    kept = {"unread": tuple(notes["unread"]), "matched": tuple(notes["matched"])}
    return [Spool(**s) for s in told["spools"]], ReadNotes(**(notes | kept))


class _Rows:
    """Rows on their way into spool files of one table."""

    def __init__(self, folder: Path, name: str, most: int) -> None:
        self.folder = folder
        self.name = name
        self.most = most
        own = [CONTENT, SIGNATURE] if name == DOCUMENTS.name else []
        self.schema = pa.schema([*TABLES[name].arrow, ORDER, *own])
        self.rows: list[dict[str, Any]] = []
        self.weight = 0
        self.spools: list[Spool] = []

    def add(self, order: int, row: dict[str, Any]) -> None:
        self.rows.append(row | {ORDER.name: order})
        self.weight += len(row.get("text") or row.get("payload") or "")
        if len(self.rows) >= self.most or self.weight >= SPOOL_BYTES:
            self.close()

    def close(self) -> list[Spool]:
        if self.rows:
            path = str(self.folder / f"{self.name}-{uuid.uuid4().hex[:16]}.arrow")
            data = write_spool(path, pa.Table.from_pylist(self.rows, schema=self.schema))
            self.spools.append(Spool(self.name, path, len(self.rows), hashlib.sha256(data).hexdigest()))
            self.rows, self.weight = [], 0
        return self.spools


class LoadRecords(WorkStep):
    """Load ``Lot``s as batches, with the signatures of their documents; those that an earlier attempt has a receipt of are not.

    Args:
        done: keys of lots that are done.
    """

    def __init__(self, done: frozenset[str] = frozenset()) -> None:
        self.done = done

    def process(self, lot: Lot) -> Iterator[Batch]:
        if lot.key in self.done:
            return
        batch: Batch = {LOT: pa.table({LOT: [lot.key], "begun": [time.time()]})}
        if lot.appearances is not None:
            batch[APPEARANCES.name] = unpacked(lot.appearances)
        if lot.spool is not None and lot.rows is not None:
            decided = unpacked(lot.rows)
            rows = read_spool(lot.spool).take(decided["row"])
            if lot.appearances is None:
                batch[REJECTS.name] = rows.drop_columns([ORDER.name])
            else:
                batch[SIGNATURES] = rows.filter(pc.is_valid(rows[SIGNATURE.name])).select(["doc_id", SIGNATURE.name])
                batch[DOCUMENTS.name] = _as_decided(
                    rows.drop_columns([ORDER.name, CONTENT.name, SIGNATURE.name]), decided["version"]
                )
        yield batch


def _as_decided(rows: pa.Table, versions: pa.ChunkedArray) -> pa.Table:
    given, texts = rows["language"].to_pylist(), rows["text"].to_pylist()
    languages = pa.array([language_of(g, t) for g, t in zip(given, texts, strict=True)], pa.string())
    for name, values in (("version", versions), ("language", languages)):
        index = rows.schema.get_field_index(name)
        rows = rows.set_column(index, rows.schema.field(index), values)
    return rows.replace_schema_metadata(DOCUMENTS.arrow.metadata)


class RowGroup(NamedTuple):
    """A row group of a published file of ``documents``, and the day of its partition."""

    path: str
    number: int
    day: str


class ReloadDocuments(WorkStep):
    """``RowGroup``s to batches with ``documents``, as they were published but for what reading them again changes.

    Args:
        stamp: the run that the new rows belong to.
        batch_size: most documents in a batch.
        every: also documents that today's version has read already.
        done: keys of batches that an earlier attempt has a receipt of.
    """

    def __init__(self, stamp: RunStamp, batch_size: int = 64, every: bool = False, done: frozenset[str] = frozenset()) -> None:
        self.stamp = stamp
        self.batch_size = batch_size
        self.every = every
        self.done = done

    def process(self, group: RowGroup) -> Iterator[Batch]:
        with open_parquet(place_of(group.path)) as file:
            rows = as_declared(file.read_row_group(group.number), DOCUMENTS.arrow)
        if not self.every:
            rows = rows.filter(outdated(rows, self.stamp.model_version))
        today = {
            "run_id": self.stamp.run_id,
            "pipeline_version": __version__,
            "model_version": self.stamp.model_version,
            "rules_version": rules_version(),
        }
        for column, value in today.items():
            index = rows.schema.get_field_index(column)
            rows = rows.set_column(index, rows.schema.field(index), pa.repeat(value, rows.num_rows))
        for lo in range(0, rows.num_rows, self.batch_size):
            own = rows.slice(lo, self.batch_size)
            key = hash_id("again", *own["doc_id"].to_pylist())
            if key not in self.done:  # no appearances: a document that fails is left as it is, not refused
                lot = pa.table({LOT: [key], "begun": [time.time()], "day": [group.day]})
                yield {LOT: lot, DOCUMENTS.name: own, APPEARANCES.name: APPEARANCES.arrow.empty_table()}


def outdated(rows: pa.Table, model_version: str) -> pa.ChunkedArray:
    """Which documents another model or other rules than today's have read; the rules are not told by earlier versions.

    The version of the pipeline does not count: a change of its code that changes rows raises that of the rules.
    """
    by_other_rules = pc.fill_null(pc.not_equal(rows["rules_version"], rules_version()), True)
    return pc.or_(pc.not_equal(rows["model_version"], model_version), by_other_rules)
