"""The Beam graphs, each on one screen: read records into spool files; decide what is new in a batch of them; extract it.

A run is cut into micro-batches of records: what a graph holds in memory does not grow with the input. Work on several inputs
or decisions may be shared between several graphs of a kind. A graph tells what it has written in a report of its own; nothing
is taken from an engine's counters, which count twice what is done twice, if there are any.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import apache_beam as beam

from ..durable import write_whole
from ..people.joining import Alias
from ..sources.formats import Reading
from ..sources.limit import ARTICLE_SECONDS
from ..store.known import Known
from ..store.parts import Part
from ..transforms import (
    Batch,
    DecideRecords,
    Decision,
    ExtractFigures,
    ExtractQuotes,
    JoinPeople,
    LoadRecords,
    ReloadDocuments,
    RowGroup,
    RunStamp,
    SplitParagraphs,
    Spool,
    SpoolRecords,
    WorkItem,
    WriteTables,
    read_decision,
    write_decisions,
)


@dataclass(frozen=True)
class Sizes:
    """How much is held at once: documents extracted together, bytes of rows before part files are written; how long one takes."""

    documents: int = 64
    part_bytes: int = 16 << 20
    article_seconds: float = ARTICLE_SECONDS


def build_spool(
    root: beam.Pipeline, work: Sequence[WorkItem], folder: Path, reading: Reading, stamp: RunStamp, rows: int, report: Path
) -> None:
    """Read the records of input files into spool files of at most ``rows`` in ``folder``; the report lists them."""
    spools = root | "Inputs" >> _create(work) | "SpoolRecords" >> SpoolRecords(folder, reading, stamp, rows)
    _report(spools | "AsDict" >> beam.Map(Spool._asdict), report)


def build_decide(
    root: beam.Pipeline,
    work: Sequence[tuple[str, ...]],
    folder: Path,
    known: Known,
    stamp: RunStamp,
    signatures: Path,
    report: Path,
) -> None:
    """Decide what is new in a batch of spool files, and write it down in ``folder``; the report lists the decisions."""
    decided = root | "Spools" >> _create(work) | "DecideRecords" >> DecideRecords(known, stamp, signatures)
    written = decided | "WriteDecisions" >> beam.FlatMap(write_decisions, folder)
    _report(written | "AsDict" >> beam.Map(Decision._asdict), report)


def build_extract(
    root: beam.Pipeline, work: Sequence[Decision], folder: Path, stamp: RunStamp, sizes: Sizes, progress: Path, report: Path
) -> None:
    """Extract what was decided to be new into part files in ``folder``; the report lists them."""
    decided = root | "Decisions" >> _create(work) | "Spread" >> beam.Reshuffle()
    batches = decided | "ReadDecisions" >> beam.Map(read_decision) | "LoadRecords" >> LoadRecords(sizes.documents)
    _extract(batches, folder, stamp.model, sizes, progress, report)


def build_extract_again(
    root: beam.Pipeline,
    work: Sequence[RowGroup],
    folder: Path,
    stamp: RunStamp,
    every: bool,
    sizes: Sizes,
    progress: Path,
    report: Path,
) -> None:
    """Extract published documents again into part files in ``folder``; the report lists them."""
    batches = root | "RowGroups" >> _create(work) | "ReloadDocuments" >> ReloadDocuments(stamp, sizes.documents, every)
    _extract(batches, folder, stamp.model, sizes, progress, report)


def build_people(
    root: beam.Pipeline,
    work: Sequence[str],
    folder: Path,
    run_id: str,
    aliases: Mapping[str, Alias],
    report: Path,
    shards: int = 1,
    known: Path | None = None,
    every: bool = False,
) -> None:
    """Join names of ``document_speakers`` into part files of ``people`` and ``names`` in ``folder``; the report lists them."""
    joined = JoinPeople(folder, run_id, aliases, shards, known, every)
    parts = root | "Files" >> _create(work) | "JoinPeople" >> joined
    _report(parts | "AsDict" >> beam.Map(asdict), report)


def _extract(batches: beam.PCollection[Batch], folder: Path, model: str, sizes: Sizes, progress: Path, report: Path) -> None:
    parts = (
        batches
        | "SplitParagraphs" >> SplitParagraphs(sizes.article_seconds)
        | "ExtractQuotes" >> ExtractQuotes(model, sizes.article_seconds)
        | "ExtractFigures" >> ExtractFigures(sizes.article_seconds)
        | "WriteTables" >> WriteTables(folder, sizes.part_bytes, progress)
    )
    _report(parts | "AsDict" >> beam.Map(asdict), report)


def _create(work: Sequence[Any]) -> beam.PTransform:
    """The pieces of work of a graph; what follows spreads them itself."""
    return beam.Create(list(work), reshuffle=False)


def _report(rows: beam.PCollection[dict[str, Any]], report: Path) -> None:
    """Write down what a graph has done, also where that is nothing: a report that is missing is a graph that did not end."""
    rows.pipeline | "Once" >> beam.Impulse() | "Report" >> beam.Map(_write_report, report, beam.pvalue.AsList(rows))


def _write_report(_: bytes, report: Path, rows: list[dict[str, Any]]) -> None:
    write_whole(report, json.dumps(rows))


def read_spools(reports: Iterable[Path]) -> list[Spool]:
    """The spool files of finished graphs, in the order of the inputs."""
    return sorted((Spool(**row) for report in reports for row in _rows(report)), key=lambda s: (s.first, s.path))


def read_decisions(reports: Iterable[Path]) -> list[Decision]:
    """The decisions of finished graphs."""
    return [Decision(**row) for report in reports for row in _rows(report)]


def read_parts(reports: Iterable[Path]) -> list[Part]:
    """The part files of finished graphs."""
    return [Part(**row) for report in reports for row in _rows(report)]


def _rows(report: Path) -> list[dict[str, Any]]:
    return json.loads(report.read_text(encoding="utf-8"))
