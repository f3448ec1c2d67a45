"""Running one Beam graph on the engine that the settings name."""

from __future__ import annotations

import gc
import logging
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from .config import Config

_PATIENCE = 5.0  # seconds in which the engine may notice by itself that a worker has died


class UsageError(ValueError):
    """Something the caller has to change, said in one line (exit status 2)."""


class NoInput(UsageError):
    """There is no file to read at the inputs."""


class RunError(RuntimeError):
    """The run failed; nothing was published (exit status 1)."""


def run_graph(build: Callable[[Any], None], config: Config) -> Counter[str]:
    """Build a graph, run it to its end and return the counters of Onrecord's own steps.

    Raises:
        RunError: the graph failed.
    """
    import apache_beam as beam

    root = beam.Pipeline(options=pipeline_options(config))
    build(root)
    lost: list[str] = []
    try:
        with _workers_watched(lost):
            result = root.run()
            result.wait_until_finish()
    except Exception as error:
        if "KeyboardInterrupt" in str(error):  # Beam wraps what stops its workers
            raise KeyboardInterrupt from None
        if lost:
            raise RunError(f"{lost[0]} (was there enough memory?); nothing was published") from error
        logging.getLogger(__name__).debug("the graph failed", exc_info=True)
        raise RunError(f"{_cause(error)}; nothing was published (run again with -v for the log)") from error
    _give_back()
    counters = result.metrics().query(beam.metrics.MetricsFilter().with_namespace("onrecord"))["counters"]
    return Counter({c.key.metric.name: c.result or 0 for c in counters})  # an engine may tell nothing of a count of none


def _give_back() -> None:
    """Let the system have the memory that a finished graph held, so that it does not add to what comes next."""
    import pyarrow as pa

    gc.collect()
    pa.default_memory_pool().release_unused()


@contextmanager
def _workers_watched(lost: list[str]) -> Iterator[None]:
    """Fail a graph whose worker process has died.

    Beam's local engine notices it when a worker breaks off, but waits for ever for one that dies before it has said a
    word. The thread that minds the process raises an error then, of which nobody hears; here it is heard, and put
    into ``lost``.
    """
    main = threading.main_thread()
    if threading.current_thread() is not main:  # only the main thread can be woken
        yield
        return
    ended, usual = threading.Event(), threading.excepthook

    def hear(args: threading.ExceptHookArgs) -> None:
        if args.thread is None or args.thread.name != "run_worker":
            usual(args)
            return
        lost.append("a worker process was killed")
        if not ended.wait(_PATIENCE) and main.ident is not None:
            signal.pthread_kill(main.ident, signal.SIGUSR1)

    def wake(*_: object) -> NoReturn:
        raise RuntimeError(*lost)

    threading.excepthook = hear
    before = signal.signal(signal.SIGUSR1, wake)
    try:
        yield
    finally:
        ended.set()
        threading.excepthook = usual
        signal.signal(signal.SIGUSR1, before)


def pipeline_options(config: Config) -> Any:
    """Beam options for a runner; DirectRunner is pinned to the local engine that fetches nothing (FnApiRunner)."""
    from apache_beam.options.pipeline_options import PipelineOptions

    flags = [*config.runner_options]
    if config.runner == "DirectRunner":
        mode = "multi_processing" if config.worker_count > 1 else "in_memory"
        flags += ["--runner=FnApiRunner", f"--direct_running_mode={mode}", f"--direct_num_workers={config.worker_count}"]
    else:
        flags.append(f"--runner={config.runner}")
        if config.runner == "PortableRunner" and not any(f.startswith("--job_endpoint") for f in flags):
            flags += ["--job_endpoint=embed", "--environment_type=LOOPBACK"]
    return PipelineOptions(flags)


def _cause(error: BaseException) -> str:
    """The last line of what Beam wrapped: the error of the worker that failed."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    telling = [line for line in lines if not line.startswith(("File ", "^", "raise ", "~")) and ": " in line]
    return (telling[-1] if telling else lines[-1] if lines else type(error).__name__)[:300]
