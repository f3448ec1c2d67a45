"""Reading: input files to batches of documents that are new, each content once.

Texts are never shuffled. Workers read records into spool files and hand on their names; one step reads the ids in them
and decides which records are new documents, new versions or further appearances; workers then load just those.
"""

from __future__ import annotations

import json
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import apache_beam as beam
import pyarrow as pa
import pyarrow.compute as pc

from ..articles.rows import article_row, refusal_row
from ..schemas import APPEARANCES, DOCUMENTS, REJECTS, TABLES
from ..sources.formats import Reading
from ..sources.records import PLACE_BITS, Refusal
from ..store.known import Known
from ..text.detect import language_of
from .batches import Batch, RunStamp
from .decide import ORDER, Decide, ToLoad
from .files import WorkItem
from .near import FindNear
from .refusals import records_of

SPOOL_ROWS = 256
SKIPPED = "skipped-"  # how names of files begin that tell what was passed over, by why
SPOOL_BYTES = 8 << 20


class Spool(NamedTuple):
    """A spool file: where it lies, its first record in the order of the inputs, and how many it holds."""

    path: str
    first: int
    rows: int


class ReadDocuments(beam.PTransform):
    """``WorkItem``s of input files to batches with ``documents``, ``appearances`` and ``rejects``.

    Args:
        scratch: an empty folder that every worker can write, for spool files.
        reading: format, names of JSON fields, longest article, metadata.
        known: what has been published already; nothing by default.
        stamp: the run that the rows belong to.
        batch_size: most documents in a batch.
    """

    def __init__(
        self,
        scratch: str | Path,
        reading: Reading | None = None,
        known: Known | None = None,
        stamp: RunStamp | None = None,
        batch_size: int = 64,
    ) -> None:
        super().__init__()
        self.scratch = Path(scratch)
        self.reading = reading or Reading()
        self.known = known or Known()
        self.stamp = stamp or RunStamp()
        self.batch_size = batch_size

    def expand(self, items: beam.PCollection[WorkItem]) -> beam.PCollection[Batch]:
        return (
            items
            | "SpoolRecords" >> SpoolRecords(self.scratch, self.reading, self.stamp)
            | "Paths" >> beam.Map(lambda spool: (None, spool.path))
            | "Together" >> beam.GroupByKey()
            | "Paired" >> beam.Map(lambda element: tuple(element[1]))
            | "DecideRecords" >> DecideRecords(self.known, self.stamp, self.scratch / "signatures")
            | "SpreadAgain" >> beam.Reshuffle()
            | "LoadRecords" >> LoadRecords(self.batch_size)
        )


class SpoolRecords(beam.PTransform):
    """``WorkItem``s to ``Spool`` files of at most ``rows`` records each; the first half of ``ReadDocuments``."""

    def __init__(self, scratch: Path, reading: Reading, stamp: RunStamp, rows: int = SPOOL_ROWS) -> None:
        super().__init__()
        self.scratch = scratch
        self.reading = reading
        self.stamp = stamp
        self.rows = rows

    def expand(self, items: beam.PCollection[WorkItem]) -> beam.PCollection[Spool]:
        spool = _Spool(self.scratch, self.reading, self.stamp, self.rows)
        return items | "Spread" >> beam.Reshuffle() | "Spool" >> beam.ParDo(spool)


class DecideRecords(beam.PTransform):
    """Tuples of spool files, decided together, to what of each is to be loaded.

    ``signatures`` is a folder that every worker can write, for what reprints of known documents are told by.
    """

    def __init__(self, known: Known, stamp: RunStamp, signatures: Path) -> None:
        super().__init__()
        self.known = known
        self.stamp = stamp
        self.signatures = signatures

    def expand(self, spools: beam.PCollection[tuple[str, ...]]) -> beam.PCollection[ToLoad]:
        near = spools | "FindNear" >> FindNear(self.known.documents, self.signatures)
        decide = beam.ParDo(Decide(self.known, self.stamp), beam.pvalue.AsSingleton(near, default_value=None))
        return spools | "AfterNear" >> beam.Reshuffle() | "Decide" >> decide


class LoadRecords(beam.PTransform):
    """``ToLoad`` to batches of at most ``batch_size`` documents.

    No Flatten may follow: it would part loading from what comes after, and texts would pass through the runner.
    """

    def __init__(self, batch_size: int) -> None:
        super().__init__()
        self.batch_size = batch_size

    def expand(self, decided: beam.PCollection[ToLoad]) -> beam.PCollection[Batch]:
        return decided | "Load" >> beam.ParDo(_Load(self.batch_size))


class _Spool(beam.DoFn):
    """Read records into spool files of articles and of refusals."""

    def __init__(self, scratch: Path, reading: Reading, stamp: RunStamp, rows: int) -> None:
        self.scratch = scratch
        self.reading = reading
        self.stamp = stamp
        self.rows = rows

    def process(self, item: WorkItem) -> Iterator[Spool]:
        if not isinstance(item, WorkItem):
            raise TypeError(f"ReadDocuments takes the WorkItems that group_files makes of files, not {type(item).__name__}")
        articles, refusals = (_Rows(self.scratch, name, self.rows) for name in (DOCUMENTS.name, REJECTS.name))
        reading = replace(self.reading, skipped=Counter())
        for file in item.files:
            for n, record in enumerate(records_of(file, reading), 1):
                order = (file.order << PLACE_BITS) + (record.record or n)
                if isinstance(record, Refusal):
                    yield from refusals.add(order, refusal_row(record, self.stamp))
                else:
                    yield from articles.add(order, article_row(record, self.stamp))
        yield from articles.close()
        yield from refusals.close()
        if reading.skipped:  # an item that is read again tells it again, under the same name
            name = f"{SKIPPED}{item.files[0].order}-{item.files[0].start}.json"
            (self.scratch / name).write_text(json.dumps(reading.skipped), encoding="utf-8")


def skipped_in(folder: Path) -> dict[str, int]:
    """How many records of archives were passed over, by why, from the files that workers left in a folder."""
    every: Counter[str] = Counter()
    for path in folder.glob(f"{SKIPPED}*.json"):
        every.update(json.loads(path.read_text(encoding="utf-8")))
    return dict(every)


class _Rows:
    """Rows on their way into spool files of one table."""

    def __init__(self, scratch: Path, name: str, most: int) -> None:
        self.scratch = scratch
        self.name = name
        self.most = most
        self.schema = TABLES[name].arrow.append(ORDER)
        self.rows: list[dict[str, Any]] = []
        self.weight = 0

    def add(self, order: int, row: dict[str, Any]) -> Iterator[Spool]:
        self.rows.append(row | {ORDER.name: order})
        self.weight += len(row.get("text") or row.get("payload") or "")
        if len(self.rows) >= self.most or self.weight >= SPOOL_BYTES:
            yield from self.close()

    def close(self) -> Iterator[Spool]:
        if not self.rows:
            return
        path = self.scratch / f"{self.name}-{uuid.uuid4().hex}.arrow"
        with pa.ipc.new_file(str(path), self.schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as out:
            out.write_table(pa.Table.from_pylist(self.rows, schema=self.schema))
        yield Spool(str(path), self.rows[0][ORDER.name], len(self.rows))
        self.rows, self.weight = [], 0


class _Load(beam.DoFn):
    """Load the decided rows of a spool file as batches."""

    def __init__(self, batch_size: int) -> None:
        self.batch_size = batch_size

    def process(self, element: ToLoad) -> Iterator[Batch]:
        if element.spool is None or element.rows is None:
            yield {APPEARANCES.name: element.appearances}
            return
        decided = element.rows.sort_by("row")
        with pa.memory_map(element.spool) as source:
            table = pa.ipc.open_file(source).read_all().drop_columns([ORDER.name])
            for lo in range(0, decided.num_rows, self.batch_size):
                chosen = decided.slice(lo, self.batch_size)
                rows = table.take(chosen["row"])
                if element.appearances is None:
                    yield {REJECTS.name: rows}
                else:
                    yield self._batch(rows, chosen["version"], element.appearances)

    def _batch(self, rows: pa.Table, versions: pa.ChunkedArray, appearances: pa.Table) -> Batch:
        given, texts = rows["language"].to_pylist(), rows["text"].to_pylist()
        languages = pa.array([language_of(g, t) for g, t in zip(given, texts, strict=True)], pa.string())
        for name, values in (("version", versions), ("language", languages)):
            index = rows.schema.get_field_index(name)
            rows = rows.set_column(index, rows.schema.field(index), values)
        own = appearances.filter(pc.is_in(appearances["doc_id"], rows["doc_id"].combine_chunks()))
        return {DOCUMENTS.name: rows, APPEARANCES.name: own}
