"""Worker processes: nobody else reaches them, they end with their work or their parent, and what they wrote is what counts."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import grpc
import pytest
from apache_beam.portability.api import beam_fn_api_pb2 as fn_api
from apache_beam.portability.api import beam_fn_api_pb2_grpc as fn_services

from onrecord.jobs import engine
from onrecord.jobs.config import Config, ConfigError, load_config
from onrecord.jobs.engine import RunError
from onrecord.jobs.run import run
from onrecord.store.care.verify import verify
from onrecord.transforms.steps import WorkStep
from onrecord.transforms.workers import WorkerError, Workers
from onrecord.transforms.write import WriteFiles

from .conftest import all_rows, rows
from .processes import ended, family, workers_of

TEXT = "“We counted {n} boats twice,” said Ada Brenn. More than {n} people left the harbour of Orlu, the mayor said. "


def write_articles(path: Path, count: int, sentences: int = 12) -> Path:
    texts = ("\n\n".join(TEXT.format(n=13 + n * sentences + i) for i in range(sentences)) for n in range(count))
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
    return path


# the command, for which little work is worth a worker
COMMAND = (
    "import sys; from onrecord.cli import app; from onrecord.jobs import engine; "
    "engine.WORTH, engine.CORES = 5_000, 8; sys.exit(app.main())"
)


def start(source: Path, output: Path, workers: int = 4) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", COMMAND, "run", str(source), "--output", str(output), "--workers", str(workers)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def sockets_of(pids: list[int]) -> set[str]:
    """The inodes of the sockets that processes hold."""
    held = set()
    for pid in pids:
        for handle in Path(f"/proc/{pid}/fd").glob("*"):
            with contextlib.suppress(OSError):  # closed meanwhile
                link = os.readlink(handle)
                if link.startswith("socket:["):
                    held.add(link[8:-1])
    return held


def listeners(pids: list[int]) -> Iterator[str]:
    """The addresses at which processes listen, as gRPC takes them: ``host:port``, or a path of the file system."""
    held = sockets_of(pids)
    for name in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and fields[9] in held:
                yield f"localhost:{int(fields[1].rsplit(':', 1)[1], 16)}"
    for line in Path("/proc/net/unix").read_text().splitlines()[1:]:
        fields = line.split()
        if int(fields[3], 16) & 0x10000 and fields[6] in held:  # it accepts connections
            yield f"unix:{fields[7] if len(fields) > 7 else ''}"


def bundles_given(address: str, seconds: float = 3) -> int:
    """How many bundles a stranger gets who says there that he is a worker of Beam, and that all is done that he is asked."""

    def as_worker(number: int) -> int:
        answers: queue.Queue[Any] = queue.Queue()
        given = 0
        try:
            told = [("worker_id", f"worker_{number}")]
            for request in stub.Control(iter(answers.get, None), metadata=told, timeout=seconds):
                given += request.WhichOneof("request") == "process_bundle"
                answers.put(fn_api.InstructionResponse(instruction_id=request.instruction_id))
        except grpc.RpcError:
            pass
        answers.put(None)
        return given

    with grpc.insecure_channel(address) as channel, ThreadPoolExecutor(4) as strangers:
        stub = fn_services.BeamFnControlStub(channel)
        return sum(strangers.map(as_worker, range(4)))


@pytest.mark.engine
def test_a_job_with_workers_listens_nowhere_and_a_stranger_gets_nothing(tmp_path: Path) -> None:
    source = write_articles(tmp_path / "a.jsonl", 260, 1)
    process = start(source, tmp_path / "out")
    seen: set[str] = set()
    busy = 0
    while process.poll() is None:
        busy = max(busy, len(workers_of(process.pid)))
        found = set(listeners(family(process.pid)))
        assert [bundles_given(address) for address in found - seen] == [0] * len(found - seen)
        seen |= found
        time.sleep(0.02)
    assert process.returncode == 0, process.communicate()
    assert busy == 4 and seen == set()
    assert len(rows(tmp_path / "out", "documents")) == 260


def test_what_listens_is_found() -> None:
    """The measure of the test above sees a port and a socket of the file system."""
    assert set(listeners([os.getpid()])) == set()
    with socket.socket() as port, socket.socket(socket.AF_UNIX) as local:
        port.bind(("127.0.0.1", 0))
        local.bind("\0onrecord-test")
        port.listen()
        local.listen()
        assert set(listeners([os.getpid()])) == {f"localhost:{port.getsockname()[1]}", "unix:@onrecord-test"}


@pytest.mark.engine
def test_rows_are_those_of_one_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "WORTH", 2_000)
    monkeypatch.setattr(engine, "CORES", 3)
    source = write_articles(tmp_path / "a.jsonl", 60, 2)
    for workers in (1, 3):
        run([str(source)], tmp_path / str(workers), Config(workers=workers, batch_documents=7))
    assert all_rows(tmp_path / "1") == all_rows(tmp_path / "3")
    assert list(verify(tmp_path / "3")) == []


@pytest.mark.engine
def test_a_script_that_its_workers_would_run_again_is_told_so(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    for n in range(300):
        (source / f"{n}.txt").write_text(TEXT.format(n=n))
    script = ["from pathlib import Path", "from onrecord.jobs import engine", "from onrecord.jobs.config import Config"]
    script += ["from onrecord.jobs.run import run", "engine.WORTH = 1", f"run([{str(source)!r}], Path('out'), Config(workers=2))"]
    (tmp_path / "script.py").write_text("\n".join(script))
    done = subprocess.run([sys.executable, "script.py"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1 and "if __name__ ==" in done.stderr.splitlines()[-1], done.stderr[-500:]


@pytest.mark.engine
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSEGV])
def test_a_worker_that_dies_fails_the_run_in_one_line(tmp_path: Path, how: signal.Signals) -> None:
    source = write_articles(tmp_path / "a.jsonl", 260, 1)
    process = start(source, tmp_path / "out", 2)
    while process.poll() is None and len(workers_of(process.pid)) < 2:
        time.sleep(0.02)
    others = family(process.pid)[1:]
    os.kill(workers_of(process.pid)[0], how)
    _, told = process.communicate(timeout=20)
    assert process.returncode == 1 and "internal error" not in told
    last = told.strip().splitlines()[-1]
    assert last.startswith("onrecord: a worker process was killed by signal") and "nothing was published" in last
    assert ended(others)
    assert start(source, tmp_path / "out", 1).wait(100) == 0
    assert list(verify(tmp_path / "out")) == []


@pytest.mark.engine
def test_workers_end_with_their_parent(tmp_path: Path) -> None:
    process = start(write_articles(tmp_path / "a.jsonl", 400, 8), tmp_path / "out", 2)
    while process.poll() is None and len(workers_of(process.pid)) < 2:
        time.sleep(0.02)
    time.sleep(3)  # they are at work
    others = family(process.pid)[1:]
    process.kill()
    process.communicate()
    assert ended(others)


class Divides(WorkStep):
    """Yields the inverse of a number, and at its end how many there were."""

    def start_bundle(self) -> None:
        self.count = 0

    def process(self, element: int) -> Iterator[float]:
        self.count += 1
        yield 12 / element

    def finish_bundle(self) -> Iterator[int]:
        yield self.count


class Doubles(WorkStep):
    def process(self, element: float) -> Iterator[float]:
        yield 2 * element


@pytest.mark.engine
def test_steps_in_workers_yield_what_they_yield_here_and_at_their_end() -> None:
    with Workers(2, {"sums": [Divides(), Doubles()]}) as workers:
        for _ in range(2):  # it can be begun again
            for n in (1, 2, 3, 4):
                workers.send("sums", n)
            found = sorted(workers.finished("sums"))
            assert sum(found) == 2 * (12 + 6 + 4 + 3 + 4)  # four elements, however they were shared
        with pytest.raises(WorkerError, match=r"^ZeroDivisionError: division by zero"):
            workers.send("sums", 0)  # it may have answered by then
            workers.finished("sums")


class Heavy(NamedTuple):
    chars: int


class Weighs(WorkStep):
    def process(self, element: Heavy) -> Iterator[int]:
        yield element.chars


@pytest.mark.engine
def test_of_what_waits_the_largest_is_begun_first() -> None:
    with Workers(1, {"weights": [Weighs()]}) as workers:
        for chars in (2, 3, 1, 9, 3, 7):
            workers.send("weights", Heavy(chars))
        first, *others = workers.finished("weights")
        assert first == 2 and others == [9, 7, 3, 3, 1]


def test_counts_come_from_what_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows that were read and have not been written fail the run, whatever the engine counts."""
    real = WriteFiles._flush

    def lose(step: WriteFiles) -> Any:
        step.held = {place: held for place, held in step.held.items() if place[0] != "appearances"}
        return real(step)

    monkeypatch.setattr(WriteFiles, "_flush", lose)
    source = write_articles(tmp_path / "a.jsonl", 2)
    with pytest.raises(RunError, match="2 records to be written, but there are 0 appearances"):
        run([str(source)], tmp_path / "out", Config())
    assert not list((tmp_path / "out" / "_runs").glob("*.json"))


def test_a_portable_runner_needs_an_address() -> None:
    with pytest.raises(ConfigError, match=r"^PortableRunner needs a job service: runner_options: \[--job_endpoint=HOST:PORT\]$"):
        load_config(None, {"runner": "PortableRunner"})
