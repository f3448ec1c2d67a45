"""Running Beam graphs: in this process, in worker processes of our own, or on the runner that the settings name.

No port is opened. Beam's own engine for several processes listens on every address of the machine, and runs what whoever
connects sends back; so each worker here is a process that runs the one-process engine on its share of the work, and hears of
it through a pipe that only its parent holds.
"""

from __future__ import annotations

import gc
import logging
import multiprocessing
import os
import queue
import signal
import threading
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import Any

from .. import diagnostics
from .config import Config

_log = logging.getLogger(__name__)
Build = Callable[..., None]  # builds a graph in the pipeline that it is given
LOCAL = "DirectRunner"
_SHARES = 4  # a worker takes of each piece of work, so that none waits long for the last


class UsageError(ValueError):
    """Something the caller has to change, said in one line (exit status 2)."""


class NoInput(UsageError):
    """There is no file to read at the inputs."""


class RunError(RuntimeError):
    """The run failed; nothing was published (exit status 1)."""


def run_graph(build: Build, config: Config) -> None:
    """Build a graph and run it to its end, in this process or on the runner of the settings.

    Raises:
        RunError: the graph failed.
    """
    import apache_beam as beam

    root = beam.Pipeline(options=pipeline_options(config))
    build(root)
    try:
        root.run().wait_until_finish()
    except Exception as error:
        if "KeyboardInterrupt" in str(error):  # Beam wraps what stops its workers
            raise KeyboardInterrupt from None
        _log.info("the graph failed", exc_info=True)
        raise RunError(f"{_cause(error)}; nothing was published (run again with -v for the log)") from error
    _give_back()


class Engine:
    """What runs graphs that do not depend on one another; a context manager, at whose end its workers are no more.

    Workers start with the first work that is worth more than one of them, and keep what they have loaded. Little work is done
    here: before workers have started it is over.

    Args:
        config: settings: the runner, and how many workers.
    """

    def __init__(self, config: Config) -> None:
        self.config = config
        self._workers: list[_Worker] = []

    def __enter__(self) -> Engine:
        self._froze = not gc.get_freeze_count()
        if self._froze:  # what is loaded by now stays: garbage is collected after every graph, and need not look through it
            gc.freeze()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        for worker in self._workers:
            worker.end()
        self._workers.clear()
        if self._froze:
            gc.unfreeze()

    def run_shares(self, build: Build, work: Sequence[Any], weights: Sequence[int], least: int, folder: Path) -> list[Path]:
        """Run graphs that divide some work between them.

        Args:
            build: builds the graph of a share, given as ``work`` and ``report``: its pieces, and the file in which the graph
                tells what it has done; a partial of a function of a module.
            work: the pieces.
            weights: of each piece.
            least: weight that is worth a graph of its own.
            folder: where the reports go.

        Returns:
            The reports.

        Raises:
            RunError: a graph failed or has left no report, or a worker process ended.
        """
        shares = divide(weights, self._most(), least)
        reports = [folder / f"report-{n}.json" for n in range(len(shares))]
        self._run([partial(build, work=[work[n] for n in s], report=r) for s, r in zip(shares, reports, strict=True)])
        for report in reports:
            if not report.exists():
                raise RunError("a graph ended without telling what it did; nothing was published (run again with -v for the log)")
        return reports

    def _most(self) -> int:
        """Most shares of some work: one where nobody else here could take a second."""
        local = self.config.runner == LOCAL and self.config.worker_count > 1
        return _SHARES * self.config.worker_count if local else 1

    def _run(self, builds: Sequence[Build]) -> None:
        """Run graphs to their end: one here, several in the workers."""
        if len(builds) == 1:
            run_graph(builds[0], self.config)
            return
        while len(self._workers) < min(self.config.worker_count, len(builds)):
            self._workers.append(_Worker(self.config))
        left, busy = deque(builds), list[_Worker]()
        for worker in self._workers:
            if left:
                worker.send(left.popleft())
                busy.append(worker)
        try:
            while busy:
                wait([w.connection for w in busy])
                for worker in [w for w in busy if w.connection.poll()]:
                    if not worker.receive():
                        continue
                    if left:
                        worker.send(left.popleft())
                    else:
                        busy.remove(worker)
        except BaseException:
            self.__exit__(None, None, None)  # what the others are at is of no use any more
            raise


def divide(weights: Sequence[int], most: int, least: int) -> list[list[int]]:
    """Divide pieces of work into at most ``most`` shares of about the same weight, each of ``least`` where there are several.

    Returns:
        The numbers of the pieces of each share.
    """
    number = max(1, min(most, len(weights), sum(weights) // max(1, least)))
    loads, shares = [0] * number, [list[int]() for _ in range(number)]
    for piece in sorted(range(len(weights)), key=lambda n: -weights[n]):
        lightest = loads.index(min(loads))
        loads[lightest] += weights[piece]
        shares[lightest].append(piece)
    return [sorted(share) for share in shares if share or number == 1]


class _Worker:
    """A process that runs the graphs it is sent, one after the other."""

    def __init__(self, config: Config) -> None:
        context = multiprocessing.get_context("spawn")  # a fork would take over locks of threads that it does not have
        self.connection, other = context.Pipe()
        # what a worker runs is a share, whatever the number of workers
        own = config.model_copy(update={"workers": 1})
        self.process: BaseProcess = context.Process(target=_work, args=(other, own, diagnostics.levels()), daemon=True)
        self.process.start()
        other.close()  # so that the end of the process is the end of the pipe

    def send(self, build: Build) -> None:
        try:
            self.connection.send(build)
        except OSError:
            raise self._lost() from None

    def receive(self) -> bool:
        """Hear what the process has to tell: a record of its log, which is logged here, or that its graph has ended.

        Returns whether the graph has ended.

        Raises:
            RunError: it failed, or the process has ended.
        """
        try:
            told = self.connection.recv()
        except (EOFError, OSError):
            raise self._lost() from None
        if isinstance(told, logging.LogRecord):
            diagnostics.take(told)
            return False
        if told is not None:
            raise RunError(told)
        return True

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.connection.close()

    def _lost(self) -> RunError:
        self.process.join()
        code = self.process.exitcode or 0
        if code < 0:
            how = f"was killed by signal {-code} (was there enough memory?)"
        else:  # a worker imports the script that calls it, which must not call it again
            how = f"ended with status {code} (a script has to call it below 'if __name__ == \"__main__\":'; -v shows its errors)"
        return RunError(f"a worker process {how}; nothing was published")


def _work(connection: Connection, config: Config, levels: dict[str, int]) -> None:
    """The life of a worker process: graphs in; records of its log, and None or what went wrong, out."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process of a terminal; the parent decides
    # a thread of its own sends: an article that takes too long is interrupted wherever it is, and no message may be torn
    out: queue.SimpleQueue[logging.LogRecord | str | None] = queue.SimpleQueue()
    threading.Thread(target=_send, args=(out, connection), daemon=True).start()
    diagnostics.log_to_parent(diagnostics.ToQueue(out), levels)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    while True:
        try:
            build: Build = connection.recv()
        except EOFError:
            return
        failure = None
        try:
            run_graph(build, config)
        except RunError as error:
            failure = str(error)
        out.put(failure)


def _send(out: queue.SimpleQueue[Any], connection: Connection) -> None:
    while True:
        try:
            connection.send(out.get())
        except OSError:
            return  # the parent has ended, and so does this process


def _end_with(parent: BaseProcess) -> None:
    """End this process when its parent has ended, even by ``kill -9``: nobody waits for what it is at."""
    parent.join()
    os._exit(1)


def _give_back() -> None:
    """Let the system have the memory that a finished graph held, so that it does not add to what comes next."""
    import pyarrow as pa

    gc.collect()
    pa.default_memory_pool().release_unused()


def pipeline_options(config: Config) -> Any:
    """Beam options for a runner; DirectRunner is pinned to the engine that fetches nothing and listens nowhere."""
    from apache_beam.options.pipeline_options import PipelineOptions

    if config.runner == LOCAL:
        pinned = ["--runner=FnApiRunner", "--direct_running_mode=in_memory", "--direct_num_workers=1"]
        return PipelineOptions([*config.runner_options, *pinned])
    return PipelineOptions([*config.runner_options, f"--runner={config.runner}"])


def _cause(error: BaseException) -> str:
    """The last line of what Beam wrapped: the error of the step that failed."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    telling = [line for line in lines if not line.startswith(("File ", "^", "raise ", "~")) and ": " in line]
    return (telling[-1] if telling else lines[-1] if lines else type(error).__name__)[:300]
