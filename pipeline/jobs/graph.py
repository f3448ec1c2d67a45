"""The Beam graphs, each on one screen: a run reads, decides, extracts, writes and commits; or published documents are read again.

Their shape is the same on every runner. On this machine with several workers, the two steps that take the time are carried out
by processes of our own, from one element to the next; what the graph holds are ids and descriptors of files, never texts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..places import place_of
from ..sources.formats import Reading
from ..sources.limit import ARTICLE_SECONDS
from ..store.known import Known
from ..store.manifest import PublishedFile
from ..store.segments import IndexFile
from ..store.work import Work
from ..transforms import Lot, RowGroup, RunStamp, WorkItem
from ..transforms.decide import decide_together
from ..transforms.extract import FiguresStep, QuotesStep, SplitStep
from ..transforms.read import LoadRecords, ReadNotes, ReloadDocuments, Spool, SpoolRecords
from ..transforms.steps import Tagged, WorkStep, ended, through
from ..transforms.workers import InWorkers, Workers
from ..transforms.write import WriteFiles

if TYPE_CHECKING:
    import apache_beam as beam

File = PublishedFile | IndexFile
Commit = Callable[[list[ReadNotes], list[tuple[str, int]], list[File]], None]
_NAMES = ("Load", "SplitParagraphs", "ExtractQuotes", "ExtractFigures", "WriteTables")
READ, EXTRACT = "read", "extract"  # the steps that processes of our own may carry out


@dataclass(frozen=True)
class Sizes:
    """How much is held at once: documents extracted together, bytes of rows before files are written; how long one takes."""

    documents: int = 64
    part_bytes: int = 16 << 20
    article_seconds: float = ARTICLE_SECONDS


@dataclass(frozen=True)
class Done:
    """What receipts of an attempt that was stopped tell: items that are read, lots that are written, and in which files."""

    items: dict[str, Any]
    lots: frozenset[str] = frozenset()
    files: tuple[File, ...] = ()


@dataclass(frozen=True)
class Steps:
    """The steps of a graph, made once: they are carried out by the runner, or by processes of our own."""

    read: Sequence[WorkStep]
    extract: Sequence[WorkStep]


def run_steps(
    output: str, reading: Reading, stamp: RunStamp, sizes: Sizes, done: Done, progress: Path | None, again: bool | None = None
) -> Steps:
    """The steps of a run; with ``again`` those of reading documents again, every one of them or those of another version."""
    work = Work(place_of(output), stamp.run_id)
    load: WorkStep = LoadRecords(done.lots) if again is None else ReloadDocuments(stamp, sizes.documents, again, done.lots)
    write = WriteFiles(work, stamp, sizes.part_bytes, progress, receipts=True, indexed=again is None)
    seconds = sizes.article_seconds
    return Steps(
        read=[SpoolRecords(work, reading, stamp, done=done.items)],
        extract=[load, SplitStep(seconds), QuotesStep(seconds, stamp.model), FiguresStep(seconds), write],
    )


def build_run(
    root: beam.Pipeline,
    items: Sequence[WorkItem],
    known: Known,
    stamp: RunStamp,
    folder: str,
    documents: int,
    steps: Steps,
    workers: Workers | None,
    commit: Commit,
) -> None:
    """Read input files, decide what is new in them, extract it so many documents at a time, write it, and commit it."""
    import apache_beam as beam

    from ..transforms.composites import Carry, DecideRecords

    reader = steps.read[0] if workers is None else InWorkers(workers.key, READ)
    read = (
        root
        | "Inputs" >> _create(items)
        | "SpreadInputs" >> beam.Reshuffle()
        | "ReadRecords" >> beam.ParDo(Carry(reader)).with_outputs("notes", main="spools")
    )
    lots = read.spools | "DecideRecords" >> DecideRecords(known, stamp, folder, documents)
    files = _extracted(lots | "SpreadLots" >> beam.Reshuffle(), steps, workers)
    told = lots | "Counts" >> beam.Map(_count)
    side = (beam.pvalue.AsList(c) for c in (read.notes, told, files))
    root | "Once" >> beam.Impulse() | "Commit" >> beam.Map(_commit, commit, *side)


def run_here(
    items: Sequence[WorkItem], known: Known, stamp: RunStamp, folder: str, documents: int, steps: Steps, commit: Commit
) -> None:
    """Do what ``build_run`` builds, one step after the other in this process: for so few records that a graph costs more."""
    spools, notes, every = list[Spool](), list[ReadNotes](), [*steps.read, *steps.extract]
    for step in every:
        step.setup()
        step.start_bundle()
    try:
        for item in items:
            for found in through(steps.read, [item]):
                if isinstance(found, Tagged):
                    notes.append(found.value)
                else:
                    spools.append(found)
        lots = list(decide_together(spools, known, stamp, folder, documents))
        files = [*through(steps.extract, lots), *ended(steps.extract)]
    finally:
        for step in every:
            step.teardown()
    commit(notes, list(map(_count, lots)), files)


def build_again(
    root: beam.Pipeline,
    groups: Sequence[RowGroup],
    steps: Steps,
    workers: Workers | None,
    commit: Callable[[list[File]], None],
) -> None:
    """Extract published documents again, write what comes of it, and commit it."""
    import apache_beam as beam

    files = _extracted(root | "RowGroups" >> _create(groups) | "Spread" >> beam.Reshuffle(), steps, workers)
    root | "Once" >> beam.Impulse() | "Commit" >> beam.Map(_commit, commit, beam.pvalue.AsList(files))


def _extracted(elements: beam.PCollection[Any], steps: Steps, workers: Workers | None) -> beam.PCollection[File]:
    import apache_beam as beam

    from ..transforms.composites import Carry

    if workers is not None:
        return elements | "Extract" >> beam.ParDo(Carry(InWorkers(workers.key, EXTRACT)))
    for name, step in zip(_NAMES, steps.extract, strict=True):
        elements = elements | name >> beam.ParDo(Carry(step))
    return elements


def _create(work: Sequence[Any]) -> beam.PTransform:
    """The pieces of work of a graph; what follows spreads them itself."""
    import apache_beam as beam

    return beam.Create(list(work), reshuffle=False)


def _count(lot: Lot) -> tuple[str, int]:
    return lot.key, lot.size


def _commit(_: bytes, commit: Callable[..., None], *told: list[Any]) -> None:
    commit(*told)
