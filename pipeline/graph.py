"""The whole Beam graph on one screen: read, split, extract, write, report."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import apache_beam as beam

from .sources.formats import Reading
from .store.known import Known
from .store.manifest import write_whole
from .store.parts import Part
from .transforms import ExtractFigures, ExtractQuotes, ReadDocuments, RunStamp, SplitParagraphs, WorkItem, WriteTables

REPORT = "parts.json"


@dataclass(frozen=True)
class Job:
    """All that the graph depends on."""

    work: tuple[WorkItem, ...]
    staging: Path
    reading: Reading
    known: Known
    stamp: RunStamp
    batch_size: int
    part_bytes: int


def build(root: beam.Pipeline, job: Job) -> None:
    """Add the graph of one run to a pipeline; its last step writes ``parts.json`` into staging."""
    (
        root
        | "Inputs" >> beam.Create(list(job.work))
        | "ReadDocuments" >> ReadDocuments(job.staging / "spool", job.reading, job.known, job.stamp, job.batch_size)
        | "SplitParagraphs" >> SplitParagraphs()
        | "ExtractQuotes" >> ExtractQuotes()
        | "ExtractFigures" >> ExtractFigures()
        | "WriteTables" >> WriteTables(job.staging, job.part_bytes, job.staging / "progress")
        | "ByNothing" >> beam.Map(lambda part: (None, part))
        | "Together" >> beam.GroupByKey()
        | "Report" >> beam.Map(_report, job.staging)
    )


def read_report(staging: Path) -> list[Part]:
    """The parts that a finished graph wrote; none if there was nothing to write."""
    report = staging / REPORT
    return [Part(**p) for p in json.loads(report.read_text())] if report.exists() else []


def _report(element: tuple[None, Iterable[Part]], staging: Path) -> None:
    write_whole(staging / REPORT, json.dumps([asdict(p) for p in element[1]]))
