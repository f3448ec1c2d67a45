"""Writing: batches to files of the record, under their final names; only descriptors of the files go on."""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa

from ..schemas import DOCUMENTS, FIGURES, QUOTES, REJECTS, TABLES
from ..sources.nearness import bands
from ..store.index import write_rows
from ..store.known import SIGNATURES
from ..store.manifest import PublishedFile
from ..store.parts import part_path, write_part
from ..store.segments import IndexFile
from ..store.work import Work
from .batches import Batch, RunStamp, check_batch
from .read import LOT
from .steps import WorkStep

WRITTEN = "written"  # receipts of lots
_KEPT = (*TABLES, SIGNATURES)


class WriteFiles(WorkStep):
    """What ``WriteTables`` does; with ``receipts`` of the lots that were written, from which a run that was stopped goes on."""

    def __init__(
        self,
        work: Work,
        stamp: RunStamp,
        part_bytes: int,
        progress: str | Path | None = None,
        receipts: bool = False,
        indexed: bool = True,
    ) -> None:
        self.work = work
        self.day = f"{stamp.at:%Y-%m-%d}"
        self.part_bytes = part_bytes
        self.progress = Path(progress) if progress is not None else None
        self.receipts = receipts
        self.indexed = indexed

    def setup(self) -> None:
        self.notes = None
        if self.progress is not None:
            self.notes = open(self.progress / f"{os.getpid()}-{uuid.uuid4().hex}", "a", buffering=1)  # noqa: SIM115

    def teardown(self) -> None:
        if self.notes is not None:
            self.notes.close()

    def start_bundle(self) -> None:
        self.held: dict[tuple[str, str], list[pa.Table]] = {}  # by table and day of the partition
        self.lots: list[str] = []
        self.bytes = self.number = 0
        self.since: float | None = None

    def process(self, batch: Batch) -> Iterator[PublishedFile | IndexFile]:
        check_batch(batch, "WriteTables")
        lot = batch[LOT].to_pylist()[0] if LOT in batch else {}
        for name in _KEPT:
            if name in batch and batch[name].num_rows:
                self.held.setdefault((name, lot.get("day", self.day)), []).append(batch[name])
                self.bytes += batch[name].nbytes
        self.lots += [lot[LOT]] if lot else []
        self.since = self.since or lot.get("begun", time.time())
        if self.bytes >= self.part_bytes:  # here, and not at the end of a bundle: some runners have bundles without end
            yield from self._flush()
        if self.notes is not None:
            counts = (
                batch[name].num_rows if name in batch else 0 for name in (DOCUMENTS.name, QUOTES.name, FIGURES.name, REJECTS.name)
            )
            self.notes.write(" ".join(map(str, counts)) + "\n")

    def finish_bundle(self) -> Iterable[PublishedFile | IndexFile]:
        return self._flush()

    def _flush(self) -> list[PublishedFile | IndexFile]:
        """Write all that is held, one file a table, and then the receipt."""
        if not self.held and not self.lots:
            return []
        output, run_id = self.work.output, self.work.run_id
        tables = {place: pa.concat_tables(held) for place, held in self.held.items()}
        segment = write_rows(output, run_id, {name: t for (name, _), t in tables.items()}, bands) if self.indexed else None
        files: list[PublishedFile] = []
        for name, day in sorted(place for place in tables if place[0] in TABLES):
            files.append(write_part(output, part_path(name, day, run_id, self.number), name, tables.pop((name, day))))
        if self.receipts:
            told = {"files": [f.model_dump() for f in files], "index": segment and segment.model_dump(), "since": self.since}
            self.work.note(WRITTEN, self.lots, told)
        self.number += 1
        self.held, self.lots, self.bytes, self.since = {}, [], 0, None
        return [*files, segment] if segment is not None else [*files]
