"""A part of a record as a record of its own: documents drawn at random, with all rows that are theirs; to be handed on."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from ... import __version__
from ...places import find
from ...reading import model_version
from ...reading.version import rules_version
from ...schemas import APPEARANCES, DOCUMENT_SPEAKERS, DOCUMENTS, FIGURES, PARAGRAPHS, PEOPLE, QUOTES, REJECTS, TABLES
from ...schemas.ids import hash_id
from ...sources.nearness import bands, signature
from ...store.index import rebuild
from ...store.lock import StoreError
from ...store.manifest import Manifest, PublishedFile
from ...store.parts import as_declared, open_parquet, part_path, write_part
from ...store.publish import open_store, publish
from ...store.segments import IndexFile
from ...store.state import State, read_state
from ...store.withheld import SHADE, shaded
from ...store.work import WORK, Work
from ..engine import UsageError

_HELD = 16 << 20  # bytes of rows that are held at once
_ROWS = 4096  # read at once
_OWN = ("_lock", "_writer.json", WORK)  # what a sample that was stopped may have left
Spans = Mapping[str, list[tuple[int, int]]]


@dataclass(frozen=True)
class Sampled:
    """A sample: where it lies, its run, how many documents the record has, and the rows of each table that were taken."""

    output: str
    run_id: str
    of: int
    rows: dict[str, int]
    without_text: bool


def sample(source: Path, target: Path, number: int, seed: int, without_text: bool = False) -> Sampled:
    """Make a record of documents that are drawn at random; the same seed draws the same from the same documents.

    Rejects stay behind, and of paths of this machine only the names of the files are taken along.

    Args:
        source: a record, which is only read.
        target: a folder that is empty, or not there yet.
        number: of documents; where there are fewer, all are taken.
        seed: of the drawing.
        without_text: of texts only the excerpts of quotes and figures are kept; see ``store.withheld``.

    Raises:
        UsageError: the source holds no finished run, or the target is in use.
        OSError: something cannot be read or written.
    """
    state = read_state(source)
    if not state.sequence:
        raise UsageError(f"{source} holds no finished run; give the folder that 'onrecord run' wrote to")
    if (there := next((f.name for f in find(target) if f.name.split("/")[0] not in _OWN), None)) is not None:
        raise UsageError(f"--output {target}: is not empty ({there} is there); give a new folder")
    drawn, of = _drawn(source, state, number, seed)
    now = datetime.now(UTC)
    manifest = Manifest(
        run_id=f"000001-{hash_id('sample', seed, without_text, now, *drawn)[:12]}",
        kind="sample",
        sequence=1,
        started_at=now,
        finished_at=now,
        pipeline_version=__version__,
        model_version=model_version(),
        rules_version=rules_version(),
        files=[],
        replaces=[],
        counts={},
        config={"sample": {"documents": number, "seed": seed, "of": of}, "without_text": without_text},
    )
    try:
        with open_store(target, make=True), Work(target, manifest.run_id).begun():
            taken = _Taken(source, state, target, manifest.run_id, pa.array(drawn, pa.string()), without_text)
            files = list(taken.files())
            rows = {name: sum(f.rows for f in files if f.table == name) for name in TABLES}
            index = partial(_index, target, manifest.run_id, files)
            publish(target, manifest.model_copy(update={"counts": rows}), files, index=index, grace=timedelta(0))
    except StoreError as error:
        raise UsageError(str(error)) from None
    return Sampled(str(target), manifest.run_id, of, rows, without_text)


def _index(target: Path, run_id: str, files: list[PublishedFile], _: State) -> list[IndexFile]:
    """The index of the sample: what lies in it is known when a run meets it."""
    made = State(files={name: [f for f in files if f.table == name] for name in TABLES})
    return rebuild(target, run_id, made, lambda text: None if SHADE in text else signature(text), bands, ())


def _drawn(source: Path, state: State, number: int, seed: int) -> tuple[list[str], int]:
    """The ids of the documents that are drawn, in order, and how many there are."""
    count = 0

    def ids() -> Iterator[tuple[str, str]]:
        nonlocal count
        for path in state.paths(source, DOCUMENTS.name):
            with open_parquet(path) as file:
                for batch in file.iter_batches(_ROWS * 4, columns=["doc_id"]):
                    count += batch.num_rows
                    yield from ((hash_id("sample", seed, doc), doc) for doc in batch["doc_id"].to_pylist())

    drawn = heapq.nsmallest(number, ids())
    return sorted(doc for _, doc in drawn), count


class _Taken:
    """The rows of a sample, as files of its own.

    Args:
        source: the record.
        state: its state.
        target: the sample.
        run_id: the run that makes it.
        docs: ids of the documents.
        without_text: whether texts are withheld.
    """

    def __init__(self, source: Path, state: State, target: Path, run_id: str, docs: pa.Array, without_text: bool) -> None:
        self.source = source
        self.state = state
        self.target = target
        self.run_id = run_id
        self.docs = docs
        self.kept: Spans | None = self._excerpts() if without_text else None
        self._written = 0

    def files(self) -> Iterator[PublishedFile]:
        """Write all tables but ``rejects``."""
        speakers: set[str] = set()
        for name, table in TABLES.items():
            if name == REJECTS.name or not {"doc_id", "speaker_id"} & set(table.arrow.names):
                continue
            column, wanted = (
                ("doc_id", self.docs) if "doc_id" in table.arrow.names else ("speaker_id", pa.array(sorted(speakers)))
            )
            days: dict[str, list[PublishedFile]] = defaultdict(list)
            for file in self.state.files.get(name, []):
                days[file.day].append(file)
            for day in sorted(days):
                for rows in self._gathered(name, days[day], column, wanted):
                    if name == DOCUMENT_SPEAKERS.name:
                        speakers |= set(rows["speaker_id"].to_pylist())
                    self._written += 1
                    path = part_path(name, day, self.run_id, self._written)
                    yield write_part(self.target, path, name, self._own(name, rows))

    def _gathered(self, name: str, files: list[PublishedFile], column: str, wanted: pa.Array) -> Iterator[pa.Table]:
        """The rows that are taken along of the files of a day; ``people`` in one."""
        held: list[pa.Table] = []
        for file in files:
            with open_parquet(self.source / file.path) as parquet:
                for batch in parquet.iter_batches(_ROWS):
                    table = as_declared(pa.Table.from_batches([batch]), TABLES[name].arrow)
                    held.append(table.filter(pc.is_in(table[column], wanted)))
                    if name != PEOPLE.name and sum(t.nbytes for t in held) > _HELD:
                        yield pa.concat_tables(held).combine_chunks()
                        held = []
        if any(t.num_rows for t in held):
            yield pa.concat_tables(held).combine_chunks()

    def _own(self, name: str, rows: pa.Table) -> pa.Table:
        """Rows as they stand in the sample: of its run, without paths of this machine, and texts as far as they are kept."""
        new = {"run_id": pa.array([self.run_id] * rows.num_rows, pa.string())}
        if "uri" in rows.column_names:
            new["uri"] = pa.array([u if "://" in u else u.rpartition("/")[2] for u in rows["uri"].to_pylist()], pa.string())
        if name == APPEARANCES.name:
            of = rows["of_doc_id"].combine_chunks()
            new["of_doc_id"] = pc.if_else(pc.is_in(of, self.docs), of, pa.scalar(None, pa.string()))
        if self.kept is not None and name in (DOCUMENTS.name, PARAGRAPHS.name):
            starts = rows["start_char"].to_pylist() if name == PARAGRAPHS.name else [0] * rows.num_rows
            told = zip(rows["doc_id"].to_pylist(), rows["text"].to_pylist(), starts, strict=True)
            new["text"] = pa.array([shaded(text, self._within(doc, at, len(text))) for doc, text, at in told], pa.string())
        for column, values in new.items():
            at = rows.schema.get_field_index(column)
            rows = rows.set_column(at, rows.schema.field(at), values)
        return rows

    def _within(self, doc: str, at: int, length: int) -> list[tuple[int, int]]:
        """What is kept of a stretch of a document, counted from its beginning."""
        kept = (self.kept or {}).get(doc, ())
        return [(max(s - at, 0), min(e - at, length)) for s, e in kept if s < at + length and e > at]

    def _excerpts(self) -> Spans:
        """Where the excerpts of quotes and figures lie, by document."""
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        columns = ["doc_id", "excerpt_start", "excerpt_end"]
        for table in (QUOTES.name, FIGURES.name):
            for path in self.state.paths(self.source, table):
                with open_parquet(path) as parquet:
                    for batch in parquet.iter_batches(_ROWS * 4, columns=columns):
                        own = batch.filter(pc.is_in(batch["doc_id"], self.docs)).select(columns)
                        for doc, start, end in zip(*(c.to_pylist() for c in own.columns), strict=True):
                            found[doc].append((start, end))
        return found
