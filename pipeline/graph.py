"""The Beam graphs, each on one screen: read records into spool files; extract a batch of them; extract again.

A run is cut into micro-batches of records, one graph each: what a graph holds in memory does not grow with the input.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import apache_beam as beam

from .language.joining import Alias
from .sources.formats import Reading
from .sources.limit import ARTICLE_SECONDS
from .store.known import Known
from .store.manifest import write_whole
from .store.parts import Part
from .transforms import (
    Batch,
    ExtractFigures,
    ExtractQuotes,
    JoinPeople,
    LoadDocuments,
    ReloadDocuments,
    RowGroup,
    RunStamp,
    SplitParagraphs,
    Spool,
    SpoolRecords,
    WorkItem,
    WriteTables,
)

REPORT = "report.json"


@dataclass(frozen=True)
class Sizes:
    """How much is held at once: documents extracted together, bytes of rows before part files are written; how long one takes."""

    documents: int = 64
    part_bytes: int = 16 << 20
    article_seconds: float = ARTICLE_SECONDS


def build_spool(
    root: beam.Pipeline, work: Sequence[WorkItem], folder: Path, reading: Reading, stamp: RunStamp, rows: int
) -> None:
    """Read the records of input files into spool files of at most ``rows`` in ``folder``; the report lists them."""
    spools = root | "Inputs" >> beam.Create(list(work)) | "SpoolRecords" >> SpoolRecords(folder, reading, stamp, rows)
    _report(spools | "AsDict" >> beam.Map(Spool._asdict), folder)


def build_extract(
    root: beam.Pipeline,
    spools: Sequence[str],
    folder: Path,
    known: Known,
    stamp: RunStamp,
    sizes: Sizes,
    progress: Path,
    signatures: Path,
) -> None:
    """Extract what is new in a batch of spool files into part files in ``folder``; the report lists them."""
    load = LoadDocuments(known, stamp, sizes.documents, signatures)
    batches = root | "Spools" >> beam.Create([tuple(spools)]) | "LoadDocuments" >> load
    _extract(batches, folder, stamp.model, sizes, progress)


def build_extract_again(
    root: beam.Pipeline, groups: Sequence[RowGroup], folder: Path, stamp: RunStamp, every: bool, sizes: Sizes, progress: Path
) -> None:
    """Extract published documents again into part files in ``folder``; the report lists them."""
    batches = (
        root | "RowGroups" >> beam.Create(list(groups)) | "ReloadDocuments" >> ReloadDocuments(stamp, sizes.documents, every)
    )
    _extract(batches, folder, stamp.model, sizes, progress)


def build_people(
    root: beam.Pipeline,
    files: Sequence[str],
    folder: Path,
    run_id: str,
    aliases: Mapping[str, Alias],
    shards: int = 1,
    known: Path | None = None,
    every: bool = False,
) -> None:
    """Join names of ``document_speakers`` into part files of ``people`` and ``names`` in ``folder``; the report lists them."""
    joined = JoinPeople(folder, run_id, aliases, shards, known, every)
    parts = root | "Files" >> beam.Create(list(files)) | "JoinPeople" >> joined
    _report(parts | "AsDict" >> beam.Map(asdict), folder)


def _extract(batches: beam.PCollection[Batch], folder: Path, model: str, sizes: Sizes, progress: Path) -> None:
    parts = (
        batches
        | "SplitParagraphs" >> SplitParagraphs(sizes.article_seconds)
        | "ExtractQuotes" >> ExtractQuotes(model, sizes.article_seconds)
        | "ExtractFigures" >> ExtractFigures(sizes.article_seconds)
        | "WriteTables" >> WriteTables(folder, sizes.part_bytes, progress)
    )
    _report(parts | "AsDict" >> beam.Map(asdict), folder)


def _report(rows: beam.PCollection[dict[str, Any]], folder: Path) -> None:
    (
        rows
        | "ByNothing" >> beam.Map(lambda row: (None, row))
        | "Together" >> beam.GroupByKey()
        | "Report" >> beam.Map(_write_report, folder)
    )


def _write_report(element: tuple[None, Iterable[dict[str, Any]]], folder: Path) -> None:
    write_whole(folder / REPORT, json.dumps(list(element[1])))


def read_spools(folder: Path) -> list[Spool]:
    """The spool files of a finished graph, in the order of the inputs."""
    return sorted((Spool(**row) for row in _rows(folder)), key=lambda s: (s.first, s.path))


def read_parts(folder: Path) -> list[Part]:
    """The part files of a finished graph."""
    return [Part(**row) for row in _rows(folder)]


def _rows(folder: Path) -> list[dict[str, Any]]:
    path = folder / REPORT
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
