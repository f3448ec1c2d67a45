"""Jobs on Prism, with a pool of workers: processes of their own, in networks of their own, that are killed in mid-job."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from onrecord.jobs.config import Config
from onrecord.jobs.run import run
from onrecord.store.care.verify import verify

from .conftest import SAMPLES, all_rows, complaints
from .processes import ended, family
from .servers.network import joined_networks, own_network
from .servers.prism import ROOT, Pool, Prism, prism_server, worker_pool
from .servers.s3 import s3_server
from .test_cli import many

pytestmark = [pytest.mark.engine, pytest.mark.timeout(900)]
SETTINGS = ROOT / "configs" / "prism.yaml"  # as it is in the repository
JOBS, WORKERS = 8073, 50000  # the ports that it names
ENDS_WITHIN = 20  # seconds

Kill = Callable[[Prism, Pool], object]
BLOWS: dict[str, Kill] = {
    "the pool and its worker": lambda prism, pool: os.killpg(pool.pid, signal.SIGKILL),
    "the worker": lambda prism, pool: [os.kill(pid, signal.SIGKILL) for pid in family(pool.pid)[1:]],
    "Prism": lambda prism, pool: os.kill(prism.pid, signal.SIGKILL),
    "Prism, which hangs": lambda prism, pool: os.kill(prism.pid, signal.SIGSTOP),
}


@pytest.fixture
def network() -> Iterator[None]:
    with own_network():
        yield


Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Rows]:
    """Articles to read, and the rows of a run of this machine."""
    folder = tmp_path_factory.mktemp("news")
    source = many(folder / "a.jsonl", 20)
    run([str(source)], folder / "clean", Config())
    return source, all_rows(folder / "clean")


# the time after which silence is taken for the end of the workers, shortened
IMPATIENT = """
import logging, sys
logging.disable()  # Beam warns as it is loaded, before the command has said where to
import onrecord.transforms.services as services
logging.disable(logging.NOTSET)
from onrecord.cli.app import command
services.SILENT_SECONDS = 35.0
sys.exit(command())
"""


def start(
    *args: str | Path, env: dict[str, str] | None = None, program: Sequence[str] = ("-m", "onrecord")
) -> subprocess.Popen[str]:
    """The command as a process of this thread's network."""
    command = [sys.executable, *program, *map(str, args)]
    own = {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    variables = os.environ | own | (env or {})
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=variables)


def under_way(process: subprocess.Popen[str], output: Path) -> None:
    """Wait until a job has read its inputs and is at their articles."""
    deadline = time.monotonic() + 120
    while not list(output.glob("_work/*/read-*.json")):
        assert process.poll() is None and time.monotonic() < deadline, process.communicate()
        time.sleep(0.05)
    time.sleep(1)
    assert not list(output.glob("_runs/*.json")) and process.poll() is None


def line_of(process: subprocess.Popen[str], within: float) -> str:
    """The one line with which a command ends that has failed."""
    _, told = process.communicate(timeout=within)
    assert process.returncode == 1
    lines = complaints(told)
    assert len(lines) == 1 and lines[0].startswith("onrecord: "), told
    return lines[0]


def test_workers_on_another_machine_that_holds_no_folder_of_ours(tmp_path: Path) -> None:
    """Prism and its workers in a network of their own, these with neither inputs nor record: all goes through the store."""
    logs = tmp_path.parent / f"{tmp_path.name}-logs"
    settings = tmp_path / "prism.yaml"
    with joined_networks() as (here, there), here.entered(), s3_server(tmp_path, host=here.address) as s3, there.entered():
        shutil.copytree(SAMPLES, s3.folder / "in")
        service, inputs, record = f"{there.address}:{JOBS}", f"s3://{s3.bucket}/in", f"s3://{s3.bucket}/record"
        known = SETTINGS.read_text().replace(f"job_endpoint=localhost:{JOBS}", f"job_endpoint={service}")
        settings.write_text(known.replace("# - --artifact_endpoint=HOST:8073", f"- --artifact_endpoint={service}"))

        def done(output: str | Path, *args: str | Path) -> str:
            with here.entered():
                out, err = start(output, inputs, *args, env=s3.environment).communicate(timeout=240)
            assert complaints(err) == []
            return out

        with prism_server(logs, JOBS), worker_pool(logs, WORKERS, s3.environment, hidden=tmp_path) as pool:
            assert list(Path(f"/proc/{pool.pid}/root/{tmp_path}").iterdir()) == []
            assert done("run", inputs, "--output", record, "--config", settings).startswith("documents    16 new")
            assert done("run", inputs, "--output", record, "--config", settings).startswith("Nothing new")
        assert done("run", inputs, "--output", tmp_path / "local").startswith("documents    16 new")
        published = s3.folder / "record"  # as the server keeps it
    assert all_rows(published) == all_rows(tmp_path / "local")


@pytest.mark.parametrize("blow", BLOWS.values(), ids=BLOWS)
def test_a_job_that_loses_its_engine_fails_clean_and_the_next_one_ends_right(
    network: None, news: tuple[Path, Rows], tmp_path: Path, blow: Kill
) -> None:
    (source, expected), output = news, tmp_path / "out"
    small = tmp_path / "prism.yaml"
    small.write_text(f"batch_documents: 4\npart_mb: 0.001\n{SETTINGS.read_text()}")
    with prism_server(tmp_path, JOBS) as prism, worker_pool(tmp_path, WORKERS) as pool:
        process = start("run", source, "--output", output, "--config", small)
        under_way(process, output)
        blow(prism, pool)
        line = line_of(process, within=ENDS_WITHIN)
        assert "localhost:8073" in line or "SDK worker disconnected" in line
        assert not list(output.glob("_runs/*.json"))
    with prism_server(tmp_path, JOBS), worker_pool(tmp_path, WORKERS):
        process = start("run", source, "--output", output, "--config", small)
        _, told = process.communicate(timeout=240)
        assert process.returncode == 0, told
    assert all_rows(output) == expected
    assert list(verify(output, deep=True)) == []


def test_an_engine_that_waits_for_a_worker_for_ever(network: None, news: tuple[Path, Rows], tmp_path: Path) -> None:
    """A worker that hangs keeps its connections, so the engine says nothing: the job is called off."""
    source, output = news[0], tmp_path / "out"
    with prism_server(tmp_path, JOBS), worker_pool(tmp_path, WORKERS) as pool:
        process = start("run", source, "--output", output, "--config", SETTINGS, program=["-c", IMPATIENT])
        under_way(process, output)
        for pid in family(pool.pid)[1:]:
            os.kill(pid, signal.SIGSTOP)
        line = line_of(process, within=120)
    assert line.startswith("onrecord: no worker has given a sign of life for 35 s; nothing was published")
    assert not list(output.glob("_runs/*.json"))


def test_a_job_is_called_off_with_its_command(network: None, news: tuple[Path, Rows], tmp_path: Path) -> None:
    source, output = news[0], tmp_path / "out"
    with prism_server(tmp_path, JOBS), worker_pool(tmp_path, WORKERS) as pool:
        process = start("run", source, "--output", output, "--config", SETTINGS)
        under_way(process, output)
        workers = family(pool.pid)[1:]
        process.send_signal(signal.SIGTERM)
        assert line_of(process, ENDS_WITHIN).startswith("onrecord: interrupted; nothing was published")
        assert workers and ended(workers)  # nobody is left who could publish
    assert not list(output.glob("_runs/*.json"))


@pytest.mark.parametrize("address", ["localhost:8073", "10.255.255.1:8073"], ids=["nobody listens", "no such machine"])
def test_a_service_that_is_not_there_is_told_in_one_line(network: None, tmp_path: Path, address: str) -> None:
    (tmp_path / "prism.yaml").write_text(SETTINGS.read_text().replace("localhost:8073", address))
    process = start("run", SAMPLES, "--output", tmp_path / "out", "--config", tmp_path / "prism.yaml")
    line = line_of(process, within=3 * ENDS_WITHIN)  # with the start of Python and Beam, on a machine at work
    assert line == f"onrecord: no job service answers at {address} (--job_endpoint); nothing was published"
