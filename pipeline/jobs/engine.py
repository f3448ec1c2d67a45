"""Running Beam graphs: on this machine, by its own engine for one process, or on the runner that the settings name."""

from __future__ import annotations

import gc
import logging
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from .config import Config

if TYPE_CHECKING:
    from ..transforms.steps import Steps
    from ..transforms.workers import Workers

_log = logging.getLogger(__name__)
Build = Callable[..., None]  # builds a graph in the pipeline that it is given
LOCAL = "DirectRunner"
WORTH = 64 << 10  # bytes of input that are worth a worker's start
_LONGEST = 10 * 365 * 86_400  # seconds that a job may take
CORES = len(os.sched_getaffinity(0))  # more workers than these only wait for one another


class UsageError(ValueError):
    """Something the caller has to change, said in one line (exit status 2)."""


class NoInput(UsageError):
    """There is no file to read at the inputs."""


class RunError(RuntimeError):
    """The run failed; nothing was published (exit status 1)."""


class RunLost(RunError):
    """Nobody knows how the run ended: its workers may be at work still, and publish (exit status 1)."""


def workers_for(config: Config, size: int) -> int:
    """How many worker processes of this machine ``size`` bytes of input are worth; one: all is done in this process."""
    return max(1, min(config.worker_count, CORES, size // WORTH)) if config.runner == LOCAL else 1


class _Warm:
    """Worker processes that are kept from one graph to the next; none before the first that is worth them."""

    workers: Workers | None = None

    def end(self) -> None:
        """End the processes, if there are any."""
        workers, self.workers = self.workers, None
        if workers is not None:
            workers.__exit__(None, None, None)


_warm: list[_Warm] = []


@contextmanager
def warm_workers() -> Iterator[None]:
    """Keep worker processes, and what they have loaded, from one graph to the next while the context lasts."""
    _warm.append(_Warm())
    try:
        yield
    finally:
        _warm.pop().end()


@contextmanager
def local_workers(config: Config, size: int, steps: Mapping[str, Steps]) -> Iterator[Workers | None]:
    """Worker processes for steps of a graph that runs here; none on another runner, or where one process is done sooner.

    Args:
        config: settings.
        size: bytes of input.
        steps: by name.
    """
    from ..transforms.workers import WorkerError, Workers

    most = min(config.worker_count, CORES) if config.runner == LOCAL else 1
    number, warm = workers_for(config, size), _warm[-1] if _warm else None
    kept = warm.workers if warm is not None else None
    if most < 2 or (number < 2 and kept is None):
        yield None
        return
    try:
        if warm is None:
            with Workers(number, steps) as workers:
                yield workers
            return
        if kept is not None:
            kept.renew(steps)
        else:
            kept = warm.workers = Workers(most, steps).__enter__()
        yield kept
    except BaseException as error:
        if warm is not None:
            warm.end()  # they may be at what is not wanted any more
        if isinstance(error, WorkerError):
            raise RunError(str(error)) from error
        raise


def is_small(config: Config, size: int) -> bool:
    """Whether a run on this machine is done sooner step by step than by a graph.

    Loading Beam, building a graph and running it takes more than a second of processor time, whatever it does.
    """
    return config.runner == LOCAL and size < 2 * WORTH


def run_small(work: Callable[[], None]) -> None:
    """Do what a graph would do, by ``work``.

    Raises:
        RunError: it failed.
    """
    try:
        work()
    except Exception as error:
        _log.info("a step failed", exc_info=True)
        says = isinstance(error, (OSError, RuntimeError, ValueError))  # others' words alone tell nothing: *'text'*
        raise RunError(
            f"{_cause(error) if says else repr(error)}; nothing was published (run again with -v for the log)"
        ) from error


def run_graph(build: Build, config: Config) -> None:
    """Build a graph and run it to its end, in this process or on the runner of the settings.

    Raises:
        RunError: the graph failed.
        RunLost: the engine does not answer any more.
        UsageError: the options of the runner cannot be used.
    """
    import apache_beam as beam

    from ..transforms.services import Lost, Unreachable, carry_out, service_of

    options = pipeline_options(config)
    try:
        root = beam.Pipeline(options=options)
    except ValueError as error:
        raise UsageError(f"runner_options: {' '.join(str(error).split())}") from None
    service = None
    try:
        service = service_of(options) if config.runner != LOCAL else None
        build(root)
        carry_out(root.run, service)
    except Unreachable as error:
        raise RunError(f"{error}; nothing was published") from None
    except Lost as error:
        raise RunLost(f"{error}; whether it goes on there is not known here") from error
    except Exception as error:
        if "KeyboardInterrupt" in str(error):  # Beam wraps what stops its workers
            raise KeyboardInterrupt from None
        _log.info("the graph failed", exc_info=True)
        if service is not None and not service.answers():
            raise RunLost(f"the job service at {service.endpoint} has ended while the job was at work") from error
        raise RunError(f"{_cause(error)}; nothing was published (run again with -v for the log)") from error
    _give_back()


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
    given = list(config.runner_options)
    if config.runner != "DataflowRunner" and not any(o.replace("-", "_").startswith("__job_server_timeout") for o in given):
        given.append(f"--job_server_timeout={_LONGEST}")  # Beam's five minutes end the job, too: the state is one answer
    return PipelineOptions([*given, f"--runner={config.runner}"])


def _cause(error: BaseException) -> str:
    """The last line of what Beam wrapped: the error of the step that failed."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    telling = [line for line in lines if not line.startswith(("File ", "^", "raise ", "~")) and ": " in line]
    told = telling[-1] if telling else lines[-1] if lines else type(error).__name__
    return told.replace("apache_beam[", "onrecord[")[:300]  # the extra of ours that brings what is missing
