"""Job services of engines on other machines: reached before a job is handed over, watched while it is at work.

Beam's own client waits five minutes for a service that is not there, for ever for one whose machine is gone, and leaves a job at
work whose driver was stopped.
"""

from __future__ import annotations

import errno
import json
import logging
import os
import re
import socket
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, TimeoutError
from contextlib import suppress
from typing import Any

import grpc
from apache_beam.metrics.monitoring_infos import (
    FINISH_BUNDLE_MSECS_URN,
    PROCESS_BUNDLE_MSECS_URN,
    START_BUNDLE_MSECS_URN,
    extract_counter_value,
)
from apache_beam.options.pipeline_options import (
    FlinkRunnerOptions,
    PipelineOptions,
    PortableOptions,
    SparkRunnerOptions,
    StandardOptions,
)
from apache_beam.portability.api import beam_job_api_pb2, beam_job_api_pb2_grpc

EMBEDDED = "embed"  # Beam's own service, in this process
REACHED_SECONDS = 5.0  # in which a service has to be there
LOST_SECONDS = 10.0  # without an answer, after which it is taken for lost
SILENT_SECONDS = (
    300.0  # without work that workers tell of, after which they are taken for lost: they tell of it every 30 s at least
)
CANCEL_SECONDS = 6.0  # in which a job that is called off has to end
_ASK_SECONDS, _EVERY = 5.0, 2.0  # that one question may take, and between two
_ADDRESS = re.compile(r"(?:\w+://)?([\w.-]+|\[[0-9a-fA-F:]+\]):(\d+)/?")
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]", "::1")
_GONE = (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED)
_WORK = (START_BUNDLE_MSECS_URN, PROCESS_BUNDLE_MSECS_URN, FINISH_BUNDLE_MSECS_URN)
_log = logging.getLogger(__name__)


class Unreachable(RuntimeError):
    """Nobody answers at an address that a job needs; nothing was begun."""


class Lost(RuntimeError):
    """A job that may be at work still: its service does not answer any more, or does not say that it has ended."""


class Service:
    """A job service at ``host:port``."""

    def __init__(self, endpoint: str) -> None:
        self.endpoint = endpoint
        self.channel = grpc.insecure_channel(endpoint)
        self.stub = beam_job_api_pb2_grpc.JobServiceStub(self.channel)

    def reach(self) -> None:
        """Wait a while for the service.

        Raises:
            Unreachable: it is not there, or what is there is no job service.
        """
        try:
            grpc.channel_ready_future(self.channel).result(timeout=REACHED_SECONDS)
        except grpc.FutureTimeoutError:
            raise Unreachable(f"no job service answers at {self.endpoint} (--job_endpoint)") from None

    def answers(self) -> bool:
        """Whether it answers a question, whatever it says."""
        try:
            self.stub.DescribePipelineOptions(beam_job_api_pb2.DescribePipelineOptionsRequest(), timeout=_ASK_SECONDS)
        except grpc.RpcError as error:
            return error.code() not in _GONE
        return True

    def work_of(self, result: Any) -> int | None:
        """Milliseconds that workers say they have spent in the steps of a job; None where the service tells none.

        They may fall as well: what a bundle has told is replaced by what the next one tells. A worker at work changes them.

        Args:
            result: Beam's result of the job.
        """
        question = beam_job_api_pb2.GetJobMetricsRequest(job_id=result._job_id)  # what Beam makes of the answer leaves this out
        try:
            told = self.stub.GetJobMetrics(question, timeout=_ASK_SECONDS).metrics
        except grpc.RpcError:
            return None
        known = [m for m in (*told.attempted, *told.committed) if m.urn in _WORK]
        return sum(extract_counter_value(m) for m in known) if known else None


def service_of(options: PipelineOptions) -> Service | None:
    """The job service that a job is handed to, once it and what else must be reached from here has answered.

    Returns:
        None where the runner has none, or starts its own.

    Raises:
        Unreachable: nobody answers; the message names the address and the option.
    """
    portable = options.view_as(PortableOptions)
    endpoint = portable.job_endpoint
    service = Service(endpoint) if endpoint and endpoint != EMBEDDED else None
    if service is not None:
        service.reach()
    elif not endpoint:
        masters = {
            "FlinkRunner": ("--flink_master", options.view_as(FlinkRunnerOptions).flink_master),
            "SparkRunner": ("--spark_master_url", options.view_as(SparkRunnerOptions).spark_master_url),
        }
        option, address = masters.get(options.view_as(StandardOptions).runner, ("", ""))
        if (told := _ADDRESS.fullmatch(address)) is not None:  # and no word for an engine in this process
            _connect(told[1], int(told[2]), option, f"{told[1]}:{told[2]}")
    pool = _pool_of(portable)
    # how the engine names a pool says nothing of this machine, unless the engine itself is on it
    if pool is not None and (endpoint == EMBEDDED or all(_host(a) in _LOOPBACK for a in (pool, endpoint or ""))):
        _connect(_host(pool), int(pool.rpartition(":")[2]), "--environment_config", pool)
    return service


def _host(address: str) -> str:
    return address.rpartition(":")[0]


def _pool_of(portable: Any) -> str | None:
    """The address of the pool that starts workers, if that is how they are started."""
    if portable.environment_type != "EXTERNAL":
        return None
    told = portable.environment_config or portable.lookup_environment_option("external_service_address") or ""
    if told.startswith("{"):
        with suppress(ValueError, AttributeError):
            told = json.loads(told).get("url", "")
    return told if told.rpartition(":")[2].isdigit() else None


def _connect(host: str, port: int, option: str, address: str) -> None:
    try:
        with socket.create_connection((host.strip("[]"), port), timeout=REACHED_SECONDS) as asked:
            if asked.getsockname() == asked.getpeername():  # this end was given the very port that it asks for
                raise ConnectionRefusedError(errno.ECONNREFUSED, os.strerror(errno.ECONNREFUSED))
    except OSError as error:
        why = f": {error.strerror}" if getattr(error, "strerror", None) else ""
        raise Unreachable(f"nobody answers at {address} ({option}){why}") from None


def carry_out(run: Callable[[], Any], service: Service | None) -> None:
    """Run a graph to its end by ``run``, which hands it over and returns Beam's result.

    Raises:
        Lost: the service does not answer any more.
        Exception: what Beam raises where the graph failed.
        KeyboardInterrupt: this process was asked to stop; the job was called off.
    """
    if service is None:
        run().wait_until_finish()
        return
    handed: list[Any] = []
    ended: Future[None] = Future()

    def wait() -> None:
        try:
            handed.append(run())
            handed[0].wait_until_finish()
        except BaseException as error:
            ended.set_exception(error)
        else:
            ended.set_result(None)

    if not isinstance(threading.excepthook, _ToldByTheJob):
        threading.excepthook = _ToldByTheJob(threading.excepthook)
    # a thread that is waited for at the end of the process would keep it from ending while a dead machine is waited for
    threading.Thread(target=wait, name="job", daemon=True).start()
    try:
        _watch(service, ended, handed)
    except _Silent as silent:
        if not _call_off(handed[0], ended):
            raise Lost(f"{silent}; the job at {service.endpoint} did not end when it was called off") from None
        raise RuntimeError(str(silent)) from None
    except KeyboardInterrupt as stop:
        if handed and not _call_off(handed[0], ended):
            raise Lost(f"interrupted; the job at {service.endpoint} did not end when it was called off") from stop
        raise


class _ToldByTheJob:
    """A hook for what threads die of: Beam listens to a job in threads, and that its service is gone the job's own end tells."""

    def __init__(self, others: Callable[[threading.ExceptHookArgs], Any]) -> None:
        self._others = others

    def __call__(self, args: threading.ExceptHookArgs) -> None:
        if isinstance(args.exc_value, grpc.RpcError):
            _log.info("nothing more is heard of the job: %s", args.exc_value)
        else:
            self._others(args)


class _Silent(Exception):
    """The workers of a job do nothing any more, of which its engine knows nothing."""


def _watch(service: Service, ended: Future[None], handed: Sequence[Any]) -> None:
    """Wait for the end of a job whose service answers, and whose workers work."""
    heard = worked = time.monotonic()
    work: int | None = None
    while True:
        with suppress(TimeoutError):
            ended.result(timeout=_EVERY)
            return
        if ended.done():  # a time-out of Beam's, and not ours
            ended.result()
        now = time.monotonic()
        if service.answers():
            heard = now
        elif now - heard >= LOST_SECONDS:
            raise Lost(f"the job service at {service.endpoint} does not answer any more")
        last, work = work, service.work_of(handed[0]) if handed else None
        if work is None or work != last:  # an engine that tells none, or only at the end, is taken at its word
            worked = now
        elif now - worked >= SILENT_SECONDS:
            raise _Silent(f"no worker has given a sign of life for {SILENT_SECONDS:.0f} s")


def _call_off(result: Any, ended: Future[None]) -> bool:
    """Call a job off; whether it is known to have ended."""
    canceller = threading.Thread(target=_cancel, args=[result], daemon=True)
    canceller.start()
    try:
        ended.result(timeout=CANCEL_SECONDS)
    except TimeoutError:
        return ended.done()
    except BaseException as error:
        _log.info("the job has ended: %s", error)
    return True


def _cancel(result: Any) -> None:
    with suppress(Exception):
        result.cancel()
