"""Reading: input files to batches of documents that are new, each content once.

Texts are never shuffled. Workers read records into spool files and hand on small tables of ids; one step decides
which records are new documents, new versions or further appearances; workers then load just those from the spools.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import apache_beam as beam
import pyarrow as pa
import pyarrow.compute as pc
from apache_beam.metrics import Metrics

from schemas import APPEARANCES, DOCUMENTS, REJECTS
from schemas.ids import hash_id

from .. import __version__
from ..language import MODEL_VERSION
from ..language.detect import detect_language
from ..language.paragraphs import headline_of
from ..sources.formats import Reading, read_records
from ..sources.identity import article_ids
from ..sources.records import RawArticle, Refusal
from ..store.known import Known, file_of
from ..store.parts import rows_to_table
from .batches import Batch, RunStamp
from .files import WorkItem, open_raw

SPOOL_ROWS = 256
SPOOL_BYTES = 8 << 20
_IDENTITY = pa.schema(
    [("order", pa.int64()), ("row", pa.int32()), ("key", pa.string()), ("article_id", pa.string()), ("doc_id", pa.string())]
    + [APPEARANCES.arrow.field(n) for n in ("uri", "url", "publisher", "published_at")]
)
_GIVEN = ("url", "title", "author", "publisher", "published_at", "published_date", "language", "text", "title_added")


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
        decided = (
            items
            | "Spread" >> beam.Reshuffle()
            | "Spool" >> beam.ParDo(_Spool(self.scratch, self.reading, self.stamp))
            | "ByNothing" >> beam.Map(lambda spooled: (None, spooled))
            | "Together" >> beam.GroupByKey()
            | "Decide" >> beam.ParDo(_Decide(self.known, self.stamp)).with_outputs("batches", main="decisions")
        )
        loaded = decided.decisions | "SpreadAgain" >> beam.Reshuffle() | "Load" >> beam.ParDo(_Load(self.batch_size))
        return (loaded, decided.batches) | "Batches" >> beam.Flatten()


class _Spool(beam.DoFn):
    """Read records into spool files; yields (spool file, identities) for articles and for refusals."""

    def __init__(self, scratch: Path, reading: Reading, stamp: RunStamp) -> None:
        self.scratch = scratch
        self.reading = reading
        self.stamp = stamp
        self.read = Metrics.counter("onrecord", "records_read")

    def process(self, item: WorkItem) -> Iterator[tuple[str, pa.Table]]:
        articles, refusals = _Rows(self.scratch, "documents"), _Rows(self.scratch, "rejects")
        for file in item.files:
            with open_raw(file.uri) as stream:
                for n, record in enumerate(read_records(stream, file.uri, file.relative, self.reading), 1):
                    self.read.inc()
                    order = (file.order << 32) + n
                    if isinstance(record, Refusal):
                        yield from refusals.add(order, *_refusal_rows(record, self.stamp))
                    else:
                        yield from articles.add(order, *_article_rows(record, self.stamp))
        yield from articles.close()
        yield from refusals.close()


def _refusal_rows(record: Refusal, stamp: RunStamp) -> tuple[dict[str, Any], dict[str, Any]]:
    reject_id = hash_id("reject", file_of(record.uri), record.payload_sha256, record.reason)
    row = {
        "reject_id": reject_id,
        "uri": file_of(record.uri),
        "record": record.record,
        "stage": "read",
        "reason": record.reason,
        "detail": record.detail,
        "payload": record.payload,
        "payload_sha256": record.payload_sha256,
        "rejected_at": stamp.at,
        "run_id": stamp.run_id,
    }
    return row, {"key": reject_id, "uri": row["uri"]}


def _article_rows(record: RawArticle, stamp: RunStamp) -> tuple[dict[str, Any], dict[str, Any]]:
    article_id, doc_id, content = article_ids(record)
    row = {name: getattr(record, name) for name in _GIVEN}
    row |= {
        "article_id": article_id,
        "doc_id": doc_id,
        "version": 0,  # decided when all records are known
        "uri": record.uri,
        "title": record.title or headline_of(record.text),
        "content_sha256": content,
        "char_count": len(record.text),
        "word_count": len(record.text.split()),
        "paragraph_count": 0,
        "quote_count": 0,
        "figure_count": 0,
        "ingested_at": stamp.at,
        "pipeline_version": __version__,
        "model_version": MODEL_VERSION,
        "run_id": stamp.run_id,
    }
    identity = {"key": content, "article_id": article_id, "doc_id": doc_id, "uri": record.uri}
    return row, identity | {n: getattr(record, n) for n in ("url", "publisher", "published_at")}


class _Rows:
    """Rows on their way into spool files of one table, each file with the identities of its rows."""

    def __init__(self, scratch: Path, name: str) -> None:
        self.scratch = scratch
        self.name = name
        self.rows: list[dict[str, Any]] = []
        self.identities: list[dict[str, Any]] = []
        self.weight = 0

    def add(self, order: int, row: dict[str, Any], identity: dict[str, Any]) -> Iterator[tuple[str, pa.Table]]:
        self.identities.append(identity | {"order": order, "row": len(self.rows)})
        self.rows.append(row)
        self.weight += len(row.get("text") or row.get("payload") or "")
        if len(self.rows) >= SPOOL_ROWS or self.weight >= SPOOL_BYTES:
            yield from self.close()

    def close(self) -> Iterator[tuple[str, pa.Table]]:
        if not self.rows:
            return
        table = rows_to_table(self.name, self.rows)
        path = self.scratch / f"{self.name}-{uuid.uuid4().hex}.arrow"
        with pa.ipc.new_file(str(path), table.schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as out:
            out.write_table(table)
        yield str(path), pa.Table.from_pylist(self.identities, schema=_IDENTITY)
        self.rows, self.identities, self.weight = [], [], 0


class _Decide(beam.DoFn):
    """Tell new documents, versions, appearances and known records apart; deterministic in the order of inputs.

    Yields for each spool file its rows to load; appearances travel with the document that they are of.
    """

    def __init__(self, known: Known, stamp: RunStamp) -> None:
        self.known = known
        self.stamp = stamp
        self.skipped = Metrics.counter("onrecord", "records_known")

    def process(self, element: tuple[None, Iterable[tuple[str, pa.Table]]]) -> Iterator[Any]:
        tables: dict[str, list[pa.Table]] = {DOCUMENTS.name: [], REJECTS.name: []}
        for spool, identities in element[1]:
            kind = REJECTS.name if Path(spool).name.startswith(REJECTS.name) else DOCUMENTS.name
            name = pa.DictionaryArray.from_arrays(pa.nulls(identities.num_rows, pa.int32()).fill_null(0), pa.array([spool]))
            tables[kind].append(identities.append_column("spool", pa.chunked_array([name])))
        if tables[REJECTS.name]:
            yield from self._refusals(_ordered(tables[REJECTS.name]))
        if tables[DOCUMENTS.name]:
            yield from self._articles(_ordered(tables[DOCUMENTS.name]))

    def _refusals(self, rows: pa.Table) -> Iterator[_ToLoad]:
        keys = rows["key"].to_pylist()
        seen = self.known.rejected(keys)
        fresh = [key not in seen and not seen.add(key) for key in keys]  # type: ignore[func-returns-value]
        self.skipped.inc(len(keys) - sum(fresh))
        chosen = rows.filter(pa.array(fresh)).select(["spool", "row"])
        for spool, part in _by_spool(chosen):
            yield _ToLoad(spool, part, None)

    def _articles(self, rows: pa.Table) -> Iterator[Any]:
        keys, article_ids, doc_ids = (rows[n].to_pylist() for n in ("key", "article_id", "doc_id"))
        contents = self.known.contents(keys)
        appeared = self.known.appeared(contents.values()) if contents else set()
        versions = self.known.versions(article_ids)
        new: dict[str, int] = {}  # content: the row that has it first
        taken: list[int] = []  # rows that are appearances, and for each the row of its document, version and relation
        holders: list[int | None] = []
        columns: dict[str, list[Any]] = {"doc_id": [], "relation": [], "of_doc_id": [], "version": []}
        for n, key in enumerate(keys):
            version, before = 0, None
            if key in new:
                relation, doc_id = "same_content", doc_ids[new[key]]
            elif key in contents:
                relation, doc_id = "same_content", contents[key]
                if (file_of(rows["uri"][n].as_py()), doc_id) in appeared:
                    self.skipped.inc()
                    continue
            else:
                new[key] = n
                last, before = versions.get(article_ids[n], (0, None))
                version, doc_id = last + 1, doc_ids[n]
                versions[article_ids[n]] = (version, doc_id)
                relation = "version" if last else "new"
            taken.append(n)
            holders.append(new.get(key))
            of = doc_id if relation == "same_content" else before
            for name, value in zip(columns, (doc_id, relation, of, version), strict=True):
                columns[name].append(value)
        yield from self._grouped(rows, taken, holders, columns)

    def _grouped(
        self, rows: pa.Table, taken: list[int], holders: list[int | None], columns: dict[str, list[Any]]
    ) -> Iterator[Any]:
        count = len(taken)
        spools = rows["spool"].combine_chunks()
        decided = rows.take(pa.array(taken, pa.int64()))
        appearances = pa.table(
            {
                **{n: decided[n] for n in ("article_id", "uri", "url", "publisher", "published_at")},
                **{n: pa.array(columns[n], pa.string()) for n in ("doc_id", "relation", "of_doc_id")},
                "similarity": pa.nulls(count, pa.float64()),
                "seen_at": pa.array([self.stamp.at] * count, APPEARANCES.arrow.field("seen_at").type),
                "run_id": pa.array([self.stamp.run_id] * count, pa.string()),
            }
        ).select(APPEARANCES.arrow.names)
        appearances = pa.table(appearances.columns, schema=APPEARANCES.arrow)
        documents = pa.table(
            {"spool": decided["spool"], "row": decided["row"], "version": pa.array(columns["version"], pa.int32())}
        )
        documents = documents.filter(pc.greater(documents["version"], 0))
        held = appearances.append_column("spool", spools.take(pa.array(holders, pa.int64())))
        alone = held.filter(pc.is_null(held["spool"])).drop_columns(["spool"])
        if alone.num_rows:
            yield beam.pvalue.TaggedOutput("batches", {APPEARANCES.name: alone.cast(APPEARANCES.arrow)})
        with_documents = dict(_by_spool(held.filter(pc.is_valid(held["spool"]))))
        for spool, part in _by_spool(documents):
            yield _ToLoad(spool, part, with_documents[spool].cast(APPEARANCES.arrow))


class _ToLoad(NamedTuple):
    """Rows of a spool file to load: their numbers (and versions), and the appearances of the documents among them."""

    spool: str
    rows: pa.Table
    appearances: pa.Table | None


def _ordered(tables: list[pa.Table]) -> pa.Table:
    return pa.concat_tables(tables).unify_dictionaries().sort_by("order")


def _by_spool(rows: pa.Table) -> Iterator[tuple[str, pa.Table]]:
    """The rows of each spool file, without the column that names it."""
    for spool in pc.unique(rows["spool"]).to_pylist():
        yield spool, rows.filter(pc.equal(rows["spool"], spool)).drop_columns(["spool"])


class _Load(beam.DoFn):
    """Load the decided rows of a spool file as batches."""

    def __init__(self, batch_size: int) -> None:
        self.batch_size = batch_size

    def process(self, element: _ToLoad) -> Iterator[Batch]:
        decided = element.rows.sort_by("row")
        with pa.memory_map(element.spool) as source:
            table = pa.ipc.open_file(source).read_all()
            for lo in range(0, decided.num_rows, self.batch_size):
                chosen = decided.slice(lo, self.batch_size)
                rows = table.take(chosen["row"])
                if element.appearances is None:
                    yield {REJECTS.name: rows}
                else:
                    yield self._batch(rows, chosen["version"], element.appearances)

    def _batch(self, rows: pa.Table, versions: pa.ChunkedArray, appearances: pa.Table) -> Batch:
        given, texts = rows["language"].to_pylist(), rows["text"].to_pylist()
        languages = pa.array([g or detect_language(t) for g, t in zip(given, texts, strict=True)], pa.string())
        for name, values in (("version", versions), ("language", languages)):
            index = rows.schema.get_field_index(name)
            rows = rows.set_column(index, rows.schema.field(index), values)
        own = appearances.filter(pc.is_in(appearances["doc_id"], rows["doc_id"].combine_chunks()))
        return {DOCUMENTS.name: rows, APPEARANCES.name: own}
