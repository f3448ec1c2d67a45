"""Writing: batches to part files in a staging folder; only descriptors of the files go on."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import apache_beam as beam
from apache_beam.transforms.window import GlobalWindow
from apache_beam.utils.windowed_value import WindowedValue

from ..schemas import DOCUMENTS, FIGURES, QUOTES, REJECTS, TABLES
from ..store.parts import Part, PartWriter
from .batches import Batch
from .elements import check_batch


class WriteTables(beam.PTransform):
    """Batches to ``Part`` descriptors of Parquet files that the bundles wrote under ``staging``.

    Args:
        staging: a folder that every worker can write.
        part_bytes: Arrow bytes gathered before part files are written; bounds a worker's memory.
        progress: a folder in which workers note what they have done, for a driver on the same machine.
    """

    def __init__(self, staging: str | Path, part_bytes: int = 16 << 20, progress: str | Path | None = None) -> None:
        super().__init__()
        self.staging = Path(staging)
        self.part_bytes = part_bytes
        self.progress = Path(progress) if progress is not None else None

    def expand(self, batches: beam.PCollection[Batch]) -> beam.PCollection[Part]:
        return batches | "Parts" >> beam.ParDo(_WriteParts(self.staging, self.part_bytes, self.progress))


class _WriteParts(beam.DoFn):
    def __init__(self, staging: Path, part_bytes: int, progress: Path | None) -> None:
        self.staging = staging
        self.part_bytes = part_bytes
        self.progress = progress

    def setup(self) -> None:
        self.notes = None
        if self.progress is not None:
            self.notes = open(self.progress / f"{os.getpid()}-{uuid.uuid4().hex}", "a", buffering=1)  # noqa: SIM115

    def teardown(self) -> None:
        if self.notes is not None:
            self.notes.close()

    def start_bundle(self) -> None:
        self.writer = PartWriter(self.staging, self.part_bytes)

    def process(self, batch: Batch) -> Iterator[Part]:
        check_batch(batch, "WriteTables")
        yield from self.writer.add({name: table for name, table in batch.items() if name in TABLES})
        if self.notes is not None:
            counts = (
                batch[name].num_rows if name in batch else 0 for name in (DOCUMENTS.name, QUOTES.name, FIGURES.name, REJECTS.name)
            )
            self.notes.write(" ".join(map(str, counts)) + "\n")

    def finish_bundle(self) -> Iterator[WindowedValue]:
        window: Any = GlobalWindow()
        for part in self.writer.flush():
            yield WindowedValue(part, window.max_timestamp(), [window])
