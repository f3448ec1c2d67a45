"""The steps of a window, which are those of a bounded run: read, decide, extract and write, commit.

Each is told by the id of its run. What an engine gives twice is taken once, and what it has lost is missed: a window is committed
when all that was planned for it has been read, and all that was decided has been written, and not before.
"""

from __future__ import annotations

import logging
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import apache_beam as beam

from ..jobs.ingest import Job, commit_run
from ..schemas import DOCUMENTS
from ..store.known import Known
from ..store.manifest import committed
from ..store.publish import GaveWay
from ..store.state import read_state
from ..transforms.decide import Lot, decide_together
from ..transforms.extract import FiguresStep, QuotesStep, SplitStep
from ..transforms.read import LoadRecords, ReadNotes, Spool, SpoolRecords, item_key
from ..transforms.spools import CONTENT, ORDER, read_spool
from ..transforms.steps import Tagged, ended, through
from ..transforms.write import WriteFiles
from .duplicates import Sent
from .windows import Item, Run, Stream, run_of

MIB = 1 << 20
SENT = "sent"
LOTS = "lots"
SHARD = 128  # documents that are worth a worker's while
_log = logging.getLogger(__name__)


class Incomplete(RuntimeError):
    """An engine has lost something of a window, or has not waited for it; it is not committed, and read again later."""


class Read(NamedTuple):
    """What came of a piece of a window."""

    item: str
    spools: tuple[Spool, ...]
    notes: ReadNotes


class Decided(NamedTuple):
    """What was decided of a window: what reading it told, and its lots with how many records each is."""

    notes: tuple[ReadNotes, ...]
    lots: tuple[tuple[str, int], ...]


class WrittenShard(NamedTuple):
    """Files that a worker has written of a window, and of which lots."""

    lots: tuple[str, ...]
    files: tuple[Any, ...]


class _OfRuns(beam.DoFn):
    """A step that has to know the run of what it is given.

    Args:
        stream: the stream.
    """

    def __init__(self, stream: Stream) -> None:
        self.stream = stream

    def setup(self) -> None:
        self.last: tuple[str, Run] | None = None

    def run_of(self, run_id: str) -> Run | None:
        """A run that is under way; None where it is not any more, and nothing is left to do of it."""
        if self.last is None or self.last[0] != run_id:
            run = run_of(self.stream, run_id)
            if run is None:
                return None
            self.last = run_id, run
        return self.last[1]


class ReadPieces(_OfRuns):
    """Pieces to ``Read``, by the id of the run; and tagged ``sent`` what tells their articles, by ``article_id``."""

    def setup(self) -> None:
        super().setup()
        self.reading = self.stream.reading()

    def process(self, element: Item) -> Iterator[Any]:
        run_id, item = element
        run = self.run_of(run_id)
        if run is None:
            return
        notes, spools = None, list[Spool]()
        for found in SpoolRecords(run.work, self.reading, run.stamp).process(item):
            if isinstance(found, Tagged):
                notes = found.value
            else:
                spools.append(found)
        assert notes is not None
        for spool in spools:
            if spool.table == DOCUMENTS.name:
                columns = read_spool(spool.path, ("article_id", "uri", CONTENT.name, ORDER.name)).to_pylist()
                for row in columns:
                    sent = Sent(row[ORDER.name], row["uri"], row[CONTENT.name], run_id)
                    yield beam.pvalue.TaggedOutput(SENT, (row["article_id"], sent))
        yield run_id, Read(item_key(item), tuple(spools), notes)


class DecideWindow(_OfRuns):
    """All that was read of a window, and what of it was sent again, to ``Decided``; and tagged ``lots`` its lots, by shards."""

    def process(self, element: tuple[str, Iterable[Any]]) -> Iterator[Any]:
        run_id, given = element
        run = self.run_of(run_id)
        if run is None:
            return
        every = list(given)
        reads = {r.item: r for r in sorted((r for r in every if isinstance(r, Read)), key=lambda r: repr(r.spools))}
        planned = {item_key(item) for item in run.items}
        if reads.keys() != planned:
            raise Incomplete(f"{len(planned - reads.keys())} of {len(planned)} pieces of window {run.plan.window} were not read")
        again = {uri for uri in every if isinstance(uri, str)}
        output, config = self.stream.place, self.stream.config
        known = Known.of(output, read_state(output))
        spools = [s for r in reads.values() for s in r.spools]
        size = min(config.batch_documents, SHARD)
        lots = list(decide_together(spools, known, run.stamp, str(run.work.folder), size, again))
        shards = min(max(1, config.worker_count), 1 + sum(lot.size for lot in lots) // SHARD)
        for lot in lots:
            shard = zlib.crc32(lot.key.encode()) % shards
            yield beam.pvalue.TaggedOutput(LOTS, (f"{run_id}/{shard}", lot))
        yield run_id, Decided(tuple(r.notes for r in reads.values()), tuple((lot.key, lot.size) for lot in lots))


class ExtractShard(_OfRuns):
    """The lots of a shard to ``WrittenShard``, by the id of the run."""

    def setup(self) -> None:
        super().setup()
        config = self.stream.config
        seconds = config.article_seconds
        self.steps = [SplitStep(seconds), QuotesStep(seconds, config.model), FiguresStep(seconds)]
        for step in self.steps:
            step.setup()

    def process(self, element: tuple[str, Iterable[Lot]]) -> Iterator[tuple[str, WrittenShard]]:
        run_id = element[0].rpartition("/")[0]
        run = self.run_of(run_id)
        if run is None:
            return
        lots = {lot.key: lot for lot in element[1]}
        write = WriteFiles(run.work, run.stamp, int(self.stream.config.part_mb * MIB), receipts=True)
        write.setup()
        write.start_bundle()
        chain = [LoadRecords(), *self.steps, write]
        files = list(through(chain, (lots[key] for key in sorted(lots))))
        files += list(ended([write]))
        yield run_id, WrittenShard(tuple(sorted(lots)), tuple(files))


class CommitWindow(_OfRuns):
    """All that was decided and written of a window is committed, under the window's own number; again, it changes nothing."""

    def process(self, element: tuple[str, Iterable[Any]]) -> Iterator[tuple[int, str]]:
        run_id, given = element
        run = self.run_of(run_id)
        if run is None or committed(self.stream.place, run_id) is not None:
            return
        every = list(given)
        decided = next((d for d in every if isinstance(d, Decided)), None)
        if decided is None:
            raise Incomplete(f"nothing was decided of window {run.plan.window}")
        written = _once(w for w in every if isinstance(w, WrittenShard))
        left = {key for key, _ in decided.lots} - {key for w in written.values() for key in w.lots}
        if left:
            raise Incomplete(f"{len(left)} of {len(decided.lots)} lots of window {run.plan.window} were not written")
        began = run.plan.started_at.timestamp()
        job = Job(run.plan, self.stream.output, self.stream.config, run.stamp.model_version, began, frozenset(), ())
        files = [file for w in written.values() for file in w.files]
        if run.work.read_plan() is None:
            return
        try:
            commit_run(job, decided.notes, decided.lots, files)
        except GaveWay as error:
            _log.warning("window %s: %s; it is planned anew", run.plan.window, error)
            run.work.drop_all()
            return
        run.work.drop()
        _log.info("window %s took %.1f s", run.plan.window, time.time() - began)
        yield run.plan.window or 0, run_id


def _once(written: Iterable[WrittenShard]) -> Mapping[tuple[str, ...], WrittenShard]:
    """One for each shard, should an engine have had it done twice."""
    return {w.lots: w for w in written}
