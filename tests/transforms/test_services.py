"""Addresses that a job on another engine needs: who answers there, and what is said where nobody does."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Thread
from typing import Any

import grpc
import pytest
from apache_beam.options.pipeline_options import PipelineOptions, PortableOptions

from onrecord.jobs.config import Config
from onrecord.jobs.engine import pipeline_options
from onrecord.transforms import services
from onrecord.transforms.services import Unreachable, service_of

from ..conftest import SAMPLES
from ..servers.processes import free_port


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "REACHED_SECONDS", 0.3)


@pytest.fixture
def server() -> Iterator[tuple[grpc.Server, str]]:
    """A server of gRPC that knows no job service: it answers that it does not."""
    made = grpc.server(ThreadPoolExecutor(1))
    port = made.add_insecure_port("127.0.0.1:0")
    made.start()
    yield made, f"127.0.0.1:{port}"
    made.stop(0).wait()


@pytest.fixture
def silent() -> Iterator[str]:
    """Somebody who takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"127.0.0.1:{listening.getsockname()[1]}"


def portable(endpoint: str, *more: str) -> PipelineOptions:
    return PipelineOptions(["--runner=PortableRunner", f"--job_endpoint={endpoint}", *more])


def test_a_service_answers_until_it_ends(server: tuple[grpc.Server, str]) -> None:
    service = service_of(portable(server[1]))
    assert service is not None and service.answers()
    server[0].stop(0).wait()
    assert not service.answers()


def test_a_service_that_is_not_there(silent: str) -> None:
    for endpoint in (f"127.0.0.1:{free_port()}", silent):
        with pytest.raises(Unreachable, match=rf"no job service answers at {endpoint} \(--job_endpoint\)"):
            service_of(portable(endpoint))


def test_a_pool_of_this_machine_is_asked_for_before_a_job_is_handed_over(server: tuple[grpc.Server, str], silent: str) -> None:
    """Prism ends where the pool that it is told of is not there."""
    gone = f"localhost:{free_port()}"
    for config in (f"--environment_config={gone}", f'--environment_config={{"url": "{gone}"}}'):
        for endpoint in (server[1], "embed"):
            with pytest.raises(Unreachable, match=rf"nobody answers at {gone} \(--environment_config\): Connection refused"):
                service_of(portable(endpoint, "--environment_type=EXTERNAL", config))
    assert service_of(portable("embed", "--environment_type=EXTERNAL", f"--environment_config={silent}")) is None
    assert service_of(portable(server[1], "--environment_type=LOOPBACK")) is not None


def test_a_pool_beside_another_machine_is_its_own_affair(server: tuple[grpc.Server, str]) -> None:
    """To a cluster, localhost is each of its machines."""
    there = PipelineOptions(["--runner=FlinkRunner", f"--flink_master=http://{server[1]}", "--environment_type=EXTERNAL"])
    there.view_as(PortableOptions).environment_config = f"localhost:{free_port()}"
    assert service_of(there) is None


@pytest.mark.parametrize("master", ["[auto]", "[local]", "local[4]"])
def test_an_engine_in_this_process_has_no_address(master: str) -> None:
    for runner, option in (("FlinkRunner", "flink_master"), ("SparkRunner", "spark_master_url")):
        assert service_of(PipelineOptions([f"--runner={runner}", f"--{option}={master}"])) is None


@pytest.mark.parametrize(
    ("runner", "option", "scheme"), [("Flink", "flink_master", "http"), ("Spark", "spark_master_url", "spark")]
)
def test_a_cluster_that_is_not_there(runner: str, option: str, scheme: str) -> None:
    address = f"localhost:{free_port()}"
    with pytest.raises(Unreachable, match=rf"nobody answers at {address} \(--{option}\)"):
        service_of(PipelineOptions([f"--runner={runner}Runner", f"--{option}={scheme}://{address}"]))


def test_a_job_may_take_as_long_as_it_takes() -> None:
    """Beam's five minutes are those of the answer that ends with the job."""

    def seconds(*options: str) -> int:
        config = Config(runner="PortableRunner", runner_options=["--job_endpoint=localhost:8073", *options])
        return int(pipeline_options(config).view_as(PortableOptions).job_server_timeout)

    assert seconds() > 365 * 86_400
    assert seconds("--job_server_timeout=7") == seconds("--job-server-timeout=7") == 7


def test_options_that_a_runner_refuses_are_told_in_one_line(onrecord: Callable[..., Any], tmp_path: Path) -> None:
    """The settings for Dataflow as they are in the repository, without a project of one's own."""
    done = onrecord("run", SAMPLES, "--output", tmp_path / "out", "--config", "configs/dataflow.yaml")
    (line,) = done.stderr.splitlines()
    assert done.returncode == 2 and line.startswith("onrecord: runner_options: ") and "Invalid Project ID (PROJECT)" in line


def test_what_listens_to_a_job_dies_in_silence(server: tuple[grpc.Server, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Beam's threads ask a service that is gone; the job's end tells of it, and they would tell it again, with their stack."""
    told: list[type[BaseException] | None] = []
    monkeypatch.setattr("threading.excepthook", lambda args: told.append(args.exc_type))

    class Result:
        _job_id = "1"

        def wait_until_finish(self) -> None:
            for dies in (lambda: grpc.insecure_channel(server[1]).unary_unary("/job/messages")(b""), lambda: 1 / 0):
                listens = Thread(target=dies)
                listens.start()
                listens.join()

    services.carry_out(Result, service_of(portable(server[1])))
    assert told == [ZeroDivisionError]
