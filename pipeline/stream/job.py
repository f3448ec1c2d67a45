"""The unbounded job from the machine that starts it: handed to an engine, begun again where that fails, called off at its end."""

from __future__ import annotations

import logging
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import apache_beam as beam

from ..jobs.config import Config
from ..jobs.engine import LOCAL, NoInput, RunError, UsageError, pipeline_options
from ..jobs.plan import make_plan, make_reading
from ..jobs.summary import Summary, summarise
from ..jobs.takedown import finish_takedowns
from ..jobs.upgrade import bring_over
from ..sources.formats import is_feed
from ..sources.kafka.address import is_topic
from ..store.lock import StoreError
from ..store.manifest import StoreDamaged, read_manifests
from ..store.publish import follow, open_store
from ..store.state import read_state
from ..transforms.topics import lag_of
from .graph import build_stream
from .windows import Stream, Tick, signs_of_life, take_over

TRIES = 5  # of a job that commits no window
_PAUSE = 2.0  # seconds before the second of them, doubled for each further one
_EVERY = 0.5
_ASK_LAG = 10.0  # seconds after which the lag is asked for again
SILENT = 120.0  # seconds without a tick or anything written, after which an engine is taken to have lost its workers
_LOOK = 10.0  # seconds after which that is looked at again, at most
_CALLED_OFF = 10.0  # seconds in which an engine has to end a job
_EVER = "--job_server_timeout=315360000"  # the state of a job is one answer, which ends with it
_log = logging.getLogger(__name__)


def check_engine(config: Config) -> None:
    """See that the runner of the settings can stream.

    Raises:
        UsageError: it cannot; the message names the command that can.
    """
    embedded = any(o.replace(" ", "=") == "--job_endpoint=embed" for o in config.runner_options)
    if config.runner in (LOCAL, "SparkRunner") or embedded:
        name = "Beam's embedded engine" if embedded else config.runner
        raise UsageError(
            f"{name} cannot stream: use 'onrecord watch', which publishes every few seconds on this machine, or name an engine "
            "that can (runner: PortableRunner with a --job_endpoint of Prism or Flink, FlinkRunner or DataflowRunner)"
        )


def run_stream(
    inputs: Sequence[str],
    output: Path,
    config: Config,
    stop: threading.Event,
    report: Callable[[int, Summary], None],
    *,
    every: float = 10.0,
    late: float | None = 30 * 86_400.0,
    remember: float = 86_400.0,
    wait: bool = False,
    told: Callable[[str], None] | None = None,
    failed: Callable[[], None] | None = None,
    lag: Callable[[int], None] | None = None,
) -> None:
    """Stream until ``stop`` is set. A window under way is given up then, and read again by whoever comes next.

    Args:
        inputs: topics, folders and files.
        output: the record; every worker has to reach it.
        config: settings; the runner among them.
        stop: asks for the end.
        report: called with the number and the summary of each window that is committed.
        every: seconds from window to window.
        late: seconds after its publication in which a record has to come; None: whenever it likes.
        remember: seconds for which what was sent is remembered.
        wait: wait for another command on the same record to end.
        told: called with lines on what is waited for, or failed and is tried again.
        failed: called where the job has failed and is begun again.
        lag: called now and then with how many records of topics are not committed, whether windows are or not.

    Raises:
        UsageError: the runner cannot stream, or an input cannot be read.
        RunError: the job fails again and again, or its brokers or its engine cannot be reached.
    """
    check_engine(config)
    for given in inputs:
        if given == "-" or is_feed(given):
            raise UsageError(
                f"{given}: a stream reads topics, folders and files; 'onrecord watch' reads feeds, 'onrecord run' the rest"
            )
    try:
        with open_store(output, wait, told, make=True):
            finish_takedowns(output, told)
            bring_over(output, config, told)
            _check_inputs(inputs, output, config)
            stream = Stream(tuple(inputs), str(output), config, "", every, late, remember)
            _keep_up(stream, stop, _Reports(stream, report), told, failed, _Lag(stream, lag) if lag is not None else None)
            follow(output, read_state(output))  # a worker that was called off may not have come to that
    except StoreError as error:
        raise UsageError(str(error)) from None
    except StoreDamaged as error:
        raise RunError(str(error)) from None


def _check_inputs(inputs: Sequence[str], output: Path, config: Config) -> None:
    """See that inputs can be read before an engine is told to."""
    with suppress(NoInput):  # what comes will be read
        make_plan(inputs, output, read_state(output), config, make_reading(config)[1], None, datetime.now(UTC))


class _Reports:
    """Reports each window once, as its manifest is met."""

    def __init__(self, stream: Stream, report: Callable[[int, Summary], None]) -> None:
        self.stream = stream
        self.report = report
        self.last = read_state(stream.place).sequence

    def __call__(self) -> int:
        """Report what has been committed since; returns how many windows it was."""
        number, output = 0, self.stream.place
        for manifest in read_manifests(output, self.last):
            self.last = manifest.sequence
            if manifest.window is not None:
                number += 1
                seconds = (manifest.finished_at - manifest.started_at).total_seconds()
                summary = summarise(output, manifest, 0, seconds)
                summary.lag = _lag(self.stream)
                self.report(manifest.window, summary)
        return number


def _lag(stream: Stream) -> int | None:
    return lag_of(list(filter(is_topic, stream.inputs)), read_state(stream.place).offsets, stream.config.kafka)


class _Lag:
    """Tells the lag now and then; asked for in a thread of its own, since brokers may not answer."""

    def __init__(self, stream: Stream, tell: Callable[[int], None]) -> None:
        self.stream = stream
        self.tell = tell
        self._found: Future[int | None] | None = None
        self._asked = time.monotonic()

    def __call__(self, reported: bool) -> None:
        """Tell what was found, and ask again when it is time to; a window's own report is newer than what was asked before."""
        if reported:
            self._asked, self._found = time.monotonic(), None
        if self._found is not None and self._found.done():
            found, self._found = self._found, None
            if found.exception() is None and (records := found.result()) is not None:
                self.tell(records)
        if self._found is None and time.monotonic() - self._asked >= _ASK_LAG:
            self._asked, self._found = time.monotonic(), Future()
            threading.Thread(target=self._ask, args=[self._found], name="lag", daemon=True).start()

    def _ask(self, found: Future[int | None]) -> None:
        try:
            found.set_result(_lag(self.stream))
        except Exception as error:
            found.set_exception(error)


def _keep_up(
    stream: Stream,
    stop: threading.Event,
    reports: _Reports,
    told: Callable[[str], None] | None,
    failed: Callable[[], None] | None,
    lag: _Lag | None,
) -> None:
    """Have the job done, and begin it again where it fails, as long as it comes on."""
    times = 0
    while not stop.is_set():
        own = replace(stream, epoch=uuid.uuid4().hex)
        take_over(own)
        error, committed = _once(own, stop, reports, lag)
        if error is None:
            return
        times = 1 if committed else times + 1
        why = _line(error)
        if times >= TRIES:
            raise RunError(f"the job has failed {times} times without committing anything: {why}")
        if failed is not None:
            failed()
        pause = _PAUSE * 2 ** (times - 1)
        if told is not None:
            told(f"the job failed ({why}); it is begun again in {pause:.0f} s, from what was committed")
        stop.wait(pause)


def _once(stream: Stream, stop: threading.Event, reports: _Reports, lag: _Lag | None) -> tuple[BaseException | None, int]:
    """Hand the job over and wait for its end, or ask for it; returns what failed, and how many windows were committed."""
    job, life = _Job(stream), _Life(stream)
    lost, committed = False, 0
    while not job.ended.wait(_EVERY):
        met = reports()
        committed += met
        if lag is not None:
            lag(met > 0)
        lost = life.is_lost()
        if stop.is_set() or lost:
            job.call_off()
            break
    committed += reports()
    if stop.is_set():
        return None, committed
    if lost:
        return RuntimeError(f"no worker has given a sign of life for {life.limit:.0f} s"), committed
    return job.error or RuntimeError("the engine has ended the job"), committed


class _Life:
    """Tells a job that is carried on from one whose engine waits for ever for a worker that is gone, and says nothing of it."""

    def __init__(self, stream: Stream) -> None:
        self.stream = stream
        self.limit = max(SILENT, 6 * stream.every)
        self._signs: tuple[Any, ...] = ()
        self._heard = self._looked = time.monotonic()

    def is_lost(self) -> bool:
        """Whether there was no sign of life for too long. None is missed before the first: engines may take minutes to begin."""
        now = time.monotonic()
        if now - self._looked < min(_LOOK, self.limit / 6):
            return False
        self._looked = now
        signs = signs_of_life(self.stream)
        if signs != self._signs or not signs:
            self._signs, self._heard = signs, now
        return now - self._heard >= self.limit


class _Job:
    """A job, in a thread of its own: what waits for an engine that is gone must not keep this process from ending."""

    def __init__(self, stream: Stream) -> None:
        self.stream = stream
        self.ended = threading.Event()
        self.error: BaseException | None = None
        self._result: Any = None
        self._called_off = threading.Event()
        threading.Thread(target=self._run, name="stream", daemon=True).start()

    def _run(self) -> None:
        options = pipeline_options(self.stream.config.model_copy(update={"runner_options": self._options()}))
        try:
            root = beam.Pipeline(options=options)
            build_stream(root | "Tick" >> Tick(self.stream.every), self.stream)
            self._result = root.run()
            if self._called_off.is_set():
                self._result.cancel()
            self._result.wait_until_finish()
        except BaseException as error:
            _log.info("the job has ended", exc_info=True)
            self.error = error
        finally:
            self.ended.set()

    def _options(self) -> list[str]:
        given = list(self.stream.config.runner_options)
        timeout = any(o.startswith("--job_server_timeout") for o in given)
        return [*given, "--streaming", *([] if timeout else [_EVER])]

    def call_off(self) -> None:
        """Ask the engine to end the job, and wait a while for it."""
        self._called_off.set()
        if self._result is not None:
            threading.Thread(target=self._cancel, daemon=True).start()
        self.ended.wait(_CALLED_OFF)

    def _cancel(self) -> None:
        try:
            self._result.cancel()
        except Exception:
            _log.info("the job could not be called off", exc_info=True)


def _line(error: BaseException) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    telling = [line for line in lines if not line.startswith(("File ", "^", "raise ", "~", "debug_")) and ": " in line]
    return " ".join((telling[-1] if telling else lines[-1] if lines else type(error).__name__).split())[:300]
