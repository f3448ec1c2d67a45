"""Windows: at each tick what has arrived since the last one is planned as a run, written down, and handed on in pieces.

A window is planned once the one before it is committed. So a window is decided upon all that came before it, no more than one is
under way, however far the stream is behind; and what an engine gives again is told by the plan that is there already.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import apache_beam as beam
from apache_beam.io.restriction_trackers import OffsetRange, OffsetRestrictionTracker
from apache_beam.io.watermark_estimators import ManualWatermarkEstimator
from apache_beam.transforms.core import RestrictionProvider
from apache_beam.transforms.window import TimestampedValue
from apache_beam.utils.timestamp import Timestamp

from ..jobs.config import Config
from ..jobs.engine import NoInput, RunError
from ..jobs.plan import Plan, PlannedFile, make_plan, make_reading
from ..jobs.watch import Settled
from ..places import place_of
from ..sources.formats import Reading
from ..sources.kafka.address import is_topic
from ..storage import write_at
from ..store.manifest import committed
from ..store.state import read_state
from ..store.work import WORK, Work, is_stale, under_way
from ..transforms import RunStamp, WorkItem, group_files

STREAM = "stream.json"  # in the folder of what is under way: the stream that has the say; and with each plan, whose it is
TICKED = ".tick.json"  # beside it: the last tick that a worker has seen
WINDOW_BYTES = 64 << 20  # of files that a window holds, but for one that is larger
STALE = 3600.0  # seconds after which what another stream has begun is taken for dead
_EVER = 1 << 40
_log = logging.getLogger(__name__)
Item = tuple[str, WorkItem]  # the id of a run, and what a worker reads of it


class TakenOver(RuntimeError):
    """Another stream into the same record has begun since; this one ends."""


@dataclass(frozen=True)
class Stream:
    """What every step of a stream has to know.

    Attributes:
        inputs: topics, folders and files.
        output: the record, a path or an address that every worker can reach.
        config: settings.
        epoch: tells this start of the stream from others.
        every: seconds from window to window.
        late: seconds after its publication in which a record has to come; None: whenever it likes.
        remember: seconds for which what was sent is remembered, so that it is dropped when it is sent again.
    """

    inputs: tuple[str, ...]
    output: str
    config: Config
    epoch: str
    every: float = 10.0
    late: float | None = 30 * 86_400.0
    remember: float = 86_400.0

    @property
    def place(self) -> Path:
        """The record."""
        return place_of(self.output)

    def reading(self) -> Reading:
        """How records are read."""
        late = timedelta(seconds=self.late) if self.late is not None else None
        return replace(make_reading(self.config)[0], late=late)


@dataclass(frozen=True)
class Run:
    """A window as it was planned."""

    plan: Plan
    work: Work
    model: str

    @property
    def stamp(self) -> RunStamp:
        """What its rows tell of it."""
        return RunStamp(self.plan.run_id, self.plan.started_at, self.model)

    @property
    def items(self) -> list[WorkItem]:
        """Its pieces."""
        return group_files([f.file for f in self.plan.files], [f.taken_as.size for f in self.plan.files])


def take_over(stream: Stream) -> None:
    """Let a stream have the say: others into the same record end at their next tick."""
    write_at(stream.place / WORK / f".{STREAM}", json.dumps({"epoch": stream.epoch}))


def signs_of_life(stream: Stream) -> tuple[Any, ...]:
    """What changes as long as a stream is carried on: its last tick, and when what is under way was last written to.

    Returns:
        Empty before its first tick.
    """
    told = _read(stream.place / WORK / TICKED)
    if told is None or told.get("epoch") != stream.epoch:
        return ()
    return told["tick"], *((work.run_id, work.began()) for work in under_way(stream.place))


def run_of(stream: Stream, run_id: str) -> Run | None:
    """A window that is under way; None where it is committed, or given up."""
    work = Work(stream.place, run_id)
    text = work.read_plan()
    if text is None or committed(stream.place, run_id) is not None:
        return None
    return Run(Plan.model_validate_json(text), work, stream.config.model)


def items_at(stream: Stream, tick: int, settled: Settled) -> Iterator[Item]:
    """The pieces of the window of a tick: planned now, or as when the tick was met before; none while another is under way.

    Args:
        stream: the stream.
        tick: its moment, in microseconds since 1970.
        settled: tells which files are still being written.

    Raises:
        TakenOver: another stream has begun since.
    """
    output = stream.place
    _check_epoch(stream)
    write_at(output / WORK / TICKED, json.dumps({"epoch": stream.epoch, "tick": tick}))
    for work in under_way(output):
        mark = _mark_of(work)
        if mark is None:
            continue
        done = committed(output, work.run_id) is not None
        if mark.get("epoch") != stream.epoch:
            if done or is_stale(work, STALE):
                work.drop_all()
        elif done:
            work.drop()
        elif mark["tick"] == tick:
            run = run_of(stream, work.run_id)
            yield from ((work.run_id, item) for item in run.items) if run is not None else ()
            return
        else:
            return  # it is under way; what has come since waits for the next tick
    run = _planned(stream, tick, settled)
    if run is not None:
        yield from ((run.plan.run_id, item) for item in run.items)


def _planned(stream: Stream, tick: int, settled: Settled) -> Run | None:
    state, now = read_state(stream.place), datetime.now(UTC)
    digest = make_reading(stream.config)[1]
    try:
        plan = make_plan(stream.inputs, stream.place, state, stream.config, digest, None, now, settled.leave)
    except NoInput:
        return None
    except RunError as error:  # brokers that cannot be reached come back
        _log.warning("%s", error)
        return None
    if not plan.files:
        return None
    plan.window, plan.files = state.window + 1, list(_bounded(plan.files))
    work = Work(stream.place, plan.run_id)
    write_at(work.folder / STREAM, json.dumps({"epoch": stream.epoch, "tick": tick}))
    work.write_plan(plan.model_dump_json())
    for line in plan.told:
        _log.warning("%s", line)
    return Run(plan, work, stream.config.model)


def _bounded(files: list[PlannedFile]) -> Iterator[PlannedFile]:
    """As many files as a window holds, one at least; the others are new at the next tick. What is read of topics is bounded."""
    held = 0
    for planned in files:
        if not is_topic(planned.file.uri):
            if held and held + planned.taken_as.size > WINDOW_BYTES:
                continue
            held += planned.taken_as.size
        yield planned


def _check_epoch(stream: Stream) -> None:
    told = _read(stream.place / WORK / f".{STREAM}")
    if told is not None and told.get("epoch") != stream.epoch:
        raise TakenOver("another 'onrecord stream' into this record has begun since; this one ends")


def _mark_of(work: Work) -> dict[str, Any] | None:
    return _read(work.folder / STREAM)


def _read(place: Path) -> dict[str, Any] | None:
    try:
        return json.loads(place.read_bytes())
    except (FileNotFoundError, ValueError):
        return None


class PlanWindows(beam.DoFn):
    """Ticks to the pieces of windows, each with the id of its run, at the time of its tick."""

    def __init__(self, stream: Stream) -> None:
        self.stream = stream

    def setup(self) -> None:
        self.settled = Settled()

    def process(self, tick: Any, at: Any = beam.DoFn.TimestampParam) -> Iterator[Item]:
        yield from items_at(self.stream, at.micros, self.settled)


class Tick(beam.PTransform):
    """A tick every so many seconds, without end; its time is just before that of the clock, so that its window ends at once."""

    def __init__(self, every: float) -> None:
        super().__init__()
        self.every = every

    def expand(self, root: Any) -> beam.PCollection[int]:
        start = int(time.time() / self.every) * self.every
        return root | "Start" >> beam.Create([(start, self.every)], reshuffle=False) | "Ticks" >> beam.ParDo(_Ticks())


class _Whole(OffsetRestrictionTracker):
    """Ticks that are not parted between workers."""

    def try_split(self, fraction_of_remainder: float) -> Any:
        return super().try_split(fraction_of_remainder) if fraction_of_remainder == 0 else None

    def is_bounded(self) -> bool:
        return False


class _Ever(RestrictionProvider):
    def initial_restriction(self, element: Any) -> OffsetRange:
        return OffsetRange(0, _EVER)

    def create_tracker(self, restriction: OffsetRange) -> _Whole:
        return _Whole(restriction)

    def restriction_size(self, element: Any, restriction: OffsetRange) -> int:
        return 1

    def truncate(self, element: Any, restriction: OffsetRange) -> None:
        return None  # nothing of it is left to do when a stream is drained


class _Ticks(beam.DoFn):
    @beam.DoFn.unbounded_per_element()
    def process(
        self,
        element: tuple[float, float],
        tracker: Any = beam.DoFn.RestrictionParam(_Ever()),
        estimator: Any = beam.DoFn.WatermarkEstimatorParam(ManualWatermarkEstimator.default_provider()),
    ) -> Iterator[TimestampedValue]:
        start, every = element
        now, first = time.time(), tracker.current_restriction().start
        number = max(first, int((now - start) / every))  # ticks that were missed are not made up for
        due = start + number * every
        if due > now:
            tracker.defer_remainder(Timestamp(due))
            return
        if tracker.try_claim(number):
            yield TimestampedValue(number, Timestamp(due) - 0.001)
            estimator.set_watermark(Timestamp(due))
            tracker.defer_remainder(Timestamp(due + every))
