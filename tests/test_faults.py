"""A run that is killed, stopped, or meets a full disk or a lost permission at a random moment loses nothing.

Each case starts the real command in a forked process, strikes it, gives it once more and compares every table with a clean
run's. ``ONRECORD_FAULT_CASES=0:200`` runs more cases than the ten of every build; ``-s`` shows what became of them.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from onrecord.jobs import ingest

from . import disk
from .conftest import all_rows
from .injection import faults
from .processes import workers_of

FIRST, LAST = map(int, os.environ.get("ONRECORD_FAULT_CASES", "0:10").split(":"))
INJECTION = str(Path(__file__).parent / "injection")  # for worker processes; this one's children install it themselves
# what strikes, and the number of worker processes
KINDS = [
    ("driver killed", 1), ("injected kill", 1), ("worker killed", 2), ("injected ENOSPC", 1), ("SIGTERM", 1),
    ("injected kill", 1), ("driver killed", 2), ("injected EACCES", 1), ("full disk", 1), ("injected ENOSPC", 2),
]  # fmt: skip

pytestmark = pytest.mark.fault


def write_inputs(folder: Path) -> Path:
    """Articles with repeats within and across files, further versions, and records that are refused."""
    folder.mkdir()
    rng = random.Random(3)
    names = ["Ada Brenn", "Tomas Orlu", "Mina Sarkov", "Ilse Tarn", "Bo Lund", "Ann Veld"]
    for n in range(3):
        lines = []
        for i in range(12):
            who, count = rng.choice(names), rng.randint(12, 900)
            day = f"2026-10-{1 + (n * 12 + i) % 28:02}"
            text = (
                f"“We counted them twice,” said {who}. More than {count} people left town {n}-{i}.\n\nThe mayor said it rained."
            )
            lines.append({"text": text, "published_at": day, "url": f"https://news.example/{n}/{i}"})
            if i % 5 == 0:
                lines.append({"text": text, "url": f"https://other.example/{n}/{i}"})
            if i % 6 == 0:
                lines.append({"text": f"{text} It snowed later.", "url": f"https://m.news.example/{n}/{i}"})
        body = "".join(json.dumps(line) + "\n" for line in [*lines, lines[3]])
        (folder / f"{n}.jsonl").write_text(body + '{"title": "no text"}\n{oops\n{oops\n')
    return folder


class Job:
    """The command over the inputs, with settings that make several batches."""

    def __init__(self, inputs: Path, settings: Path) -> None:
        self.inputs = inputs
        self.settings = settings
        self.log = settings / "log"

    def start(self, output: Path, workers: int, **env: str) -> Running:
        argv = ["run", self.inputs, "--output", output, "--config", self.settings / f"{workers}.yaml", "--workers", workers]
        self.log.write_text("")

        def before() -> None:
            ingest.SHARE_CHARS = 500  # little work is worth a worker
            if "ONRECORD_FAULT" in env:
                faults.install(env["ONRECORD_FAULT"])

        return Running(disk.start(argv, self.log, before, **env))

    def finish(self, output: Path, workers: int) -> float:
        begun = time.monotonic()
        assert self.start(output, workers).wait() == 0, self.log.read_text()
        return time.monotonic() - begun


@dataclass
class Running:
    """A process under way."""

    pid: int
    status: int | None = None

    def poll(self, options: int = os.WNOHANG) -> int | None:
        if self.status is None:
            pid, status = os.waitpid(self.pid, options)
            self.status = os.waitstatus_to_exitcode(status) if pid else None
        return self.status

    def wait(self) -> int:
        self.poll(0)
        assert self.status is not None
        return self.status


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory) -> Job:
    folder = tmp_path_factory.mktemp("faults")
    for workers, batch in ((1, 16), (2, 32)):  # workers take their time to start, for each batch
        (folder / f"{workers}.yaml").write_text(f"batch_documents: {batch}\npart_mb: 0.001\nfile_mb: 1\n")
    return Job(write_inputs(folder / "in"), folder)


@pytest.fixture(scope="module")
def clean(job: Job, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], dict[int, float]]:
    """The tables of a clean run, and how long one takes with one and two workers."""
    folder = tmp_path_factory.mktemp("clean")
    seconds = {workers: job.finish(folder / str(workers), workers) for workers in (1, 2)}
    assert all_rows(folder / "1") == all_rows(folder / "2")
    return all_rows(folder / "1"), seconds


@pytest.fixture(scope="module")
def outcomes() -> Iterator[Counter[tuple[str, str]]]:
    counted: Counter[tuple[str, str]] = Counter()
    yield counted
    for (kind, outcome), count in sorted(counted.items()):
        print(f"\n{kind}: {outcome} and equal afterwards: {count}", end="")


def strike(kind: str, process: Running, delay: float) -> None:
    if kind == "worker killed":
        while process.poll() is None and not workers_of(process.pid):
            time.sleep(0.02)
    deadline = time.monotonic() + delay
    while process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    victim = process.pid
    if kind == "worker killed":
        victim = next(iter(reversed(workers_of(process.pid))), process.pid)
    with contextlib.suppress(ProcessLookupError):
        os.kill(victim, signal.SIGTERM if kind == "SIGTERM" else signal.SIGKILL)


@pytest.mark.parametrize("case", range(FIRST, LAST))
def test_tables_equal_those_of_a_clean_run(
    job: Job, clean: tuple[dict[str, Any], dict[int, float]], outcomes: Counter[tuple[str, str]], tmp_path: Path, case: int
) -> None:
    expected, seconds = clean
    kind, workers = KINDS[case % len(KINDS)]
    rng = random.Random(case)
    output = tmp_path / "out"
    env = {"TMPDIR": "/dev/shm"} if case % 3 == 0 and os.access("/dev/shm", os.W_OK) else {}  # another filesystem
    if kind == "full disk":
        output = full_disk(tmp_path, rng.randint(200, 900))
    if kind.startswith("injected"):
        call = rng.choice(["replace", "fsync", "write"] if workers == 1 else ["write"])
        most = {"replace": 27, "fsync": 180, "write": 52}[call] if workers == 1 else 13  # about as many as there are
        env |= {"PYTHONPATH": INJECTION, "ONRECORD_FAULT": f"{kind.split()[1]}:{call}:{rng.randint(1, most)}"}
    process = job.start(output, workers, **env)
    if not kind.startswith("injected") and kind != "full disk":
        at_once = kind == "worker killed" and rng.random() < 0.3  # before it has said a word
        strike(kind, process, 0 if at_once else rng.uniform(0, seconds[workers]))
    status, told = process.wait(), job.log.read_text()
    assert status in (0, 1, -signal.SIGKILL, -signal.SIGTERM), told
    if status == 1:
        last = told.strip().splitlines()[-1]  # there may be lines of progress before it
        assert last.startswith("onrecord: ") and "nothing was published" in last, told
    if kind == "full disk":
        subprocess.run(["mount", "-o", "remount,size=64m", str(output)], check=True)
    published = bool(list((output / "_runs").glob("[0-9]*.json")))
    kept = bool(list((output / "_work").glob("*/written-*.json")))
    try:
        job.finish(output, 1)
        assert all_rows(output) == expected
        assert disk.problems_of(output) == []
        assert not list((output / "_work").iterdir())
    finally:
        if kind == "full disk":
            subprocess.run(["umount", str(output)], check=True)
    outcomes[f"{kind}, {workers} workers", "published before" if published else "lots kept" if kept else "stopped"] += 1


def full_disk(folder: Path, kib: int) -> Path:
    """A filesystem of this size, where this process may mount one."""
    output = folder / "disk"
    output.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kib}k", "tmpfs", str(output)], capture_output=True)
    if done.returncode:
        pytest.skip("this process may not mount a filesystem; the injected ENOSPC stands for it")
    return output
