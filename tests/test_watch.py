"""Watching: rounds of the run, in a real process."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from onrecord.jobs import ingest
from onrecord.jobs.config import Config
from onrecord.jobs.engine import RunError, warm_workers
from onrecord.jobs.run import run
from onrecord.jobs.watch import Settled
from onrecord.store.care.verify import verify
from onrecord.store.manifest import read_manifests
from onrecord.transforms import InputFile, read

from .conftest import SAMPLES, all_rows, rows

TEXT = "“We go on {} roads,” said Ann Veld."


class Watch:
    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline()

    def round(self) -> dict[str, Any]:
        return dict(json.loads(self.line()))

    def until(self, **counts: int) -> dict[str, Any]:
        """The next round that did something, which is this."""
        while True:
            done = self.round()
            if done["run_id"] or done["error"]:
                assert {k: done["counts"][k] for k in counts} == counts, done
                return done


@contextmanager
def watching(*args: object) -> Iterator[Watch]:
    command = [sys.executable, "-m", "onrecord", "watch", *map(str, args)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
    try:
        yield Watch(process)
    finally:
        process.kill()
        process.wait()


def write(folder: Path, name: str, *numbers: int) -> None:
    """Let a file come in as a careful sender does: whole."""
    (folder.parent / "sent").write_text("".join(json.dumps({"text": TEXT.format(n)}) + "\n" for n in numbers))
    (folder.parent / "sent").rename(folder / name)


@pytest.mark.engine
def test_rounds_take_what_comes_and_a_signal_finishes_the_round(tmp_path: Path) -> None:
    folder, output = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    flags = ["--every", "0.3s", "--settle", "0.3s", "--json", "--metrics", tmp_path / "m.prom"]
    with watching(folder, "--output", output, *flags) as watch:
        first = watch.round()
        assert first["error"] is None and first["run_id"] is None and first["round"] == 1  # nothing has come yet
        write(folder, "a.jsonl", 1, 2)
        watch.until(documents=2, quotes=2)
        write(folder, "b.jsonl", 2, 3)
        watch.until(documents=1, appearances=2)
        write(folder, "c.jsonl", *range(100, 400))
        while not list(output.glob("_work/*/plan.json")):
            time.sleep(0.01)
        os.killpg(watch.process.pid, signal.SIGINT)  # as Ctrl-C in a terminal does: every process of the group
        assert watch.until(documents=300)["error"] is None
        assert watch.process.wait(30) == 0 and watch.line() == ""
    assert len(rows(output, "documents")) == 303
    metrics = (tmp_path / "m.prom").read_text().splitlines()
    assert {"onrecord_documents_total 303.0", 'onrecord_appearances_total{relation="same_content"} 1.0'} <= set(metrics)


@pytest.mark.engine
def test_a_second_signal_interrupts_the_round(tmp_path: Path) -> None:
    folder, output = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    write(folder, "a.jsonl", *range(4000))
    with watching(folder, "--output", output, "--settle", "0s") as watch:
        while not list(output.glob("_work/*/read-*.json")):
            time.sleep(0.01)
        for _ in range(60):  # on a busy machine two signals may reach it as one
            watch.process.send_signal(signal.SIGTERM)
            time.sleep(0.5)
            if watch.process.poll() is not None:
                break
        assert watch.process.poll() == 1 and watch.process.stderr is not None
        assert watch.process.stderr.read().startswith("onrecord: interrupted; the next command goes on")


@pytest.mark.engine
def test_a_failing_round_is_told_and_the_next_goes_on(tmp_path: Path) -> None:
    folder, output = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    output.mkdir()
    write(folder, "a.jsonl", 1)
    (output / "_runs").write_text("in the way")
    with watching(folder, "--output", output, "--every", "0.3s", "--settle", "0s") as watch:
        assert " round 1: failed: " in watch.line()
        (output / "_runs").unlink()
        line = watch.line()
        while "failed" in line:
            line = watch.line()
        assert ": 1 document, 1 quote, 1 figure, 0 rejects (" in line
        assert ": nothing new (" in watch.line()
        watch.process.terminate()
        assert watch.process.wait(30) == 0


@pytest.mark.engine
def test_a_file_still_being_written_is_left(tmp_path: Path) -> None:
    folder, output = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    with watching(folder, "--output", output, "--every", "0.2s", "--settle", "1s", "--json") as watch:
        watch.round()
        with open(folder / "a.jsonl", "w") as out:
            for n in range(12):
                out.write(json.dumps({"text": TEXT.format(n)})[: 20 if n == 11 else None])
                out.flush()
                time.sleep(0.15)
                if n < 11:
                    out.write("\n")
            out.write(json.dumps({"text": TEXT.format(11)})[20:] + "\n")
        done = watch.until(documents=12, rejects=0)
        assert done["left_for_later"] == 0


@pytest.mark.engine
def test_a_small_round_needs_no_graph_and_yields_its_rows(
    sample_output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object) -> None:
        raise AssertionError("a graph was built")

    monkeypatch.setattr(ingest, "run_graph", none)
    with warm_workers():
        run([str(SAMPLES)], tmp_path, Config(metadata=SAMPLES / "_metadata.csv"))
    assert all_rows(tmp_path) == all_rows(sample_output)
    assert list(verify(tmp_path, deep=True)) == []


def test_a_small_round_that_fails_publishes_nothing_and_the_next_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object) -> object:
        raise OSError("the disk is gone")

    (tmp_path / "in").mkdir()
    write(tmp_path / "in", "a.jsonl", 1, 2)
    with warm_workers():
        with monkeypatch.context() as broken:
            broken.setattr(read, "records_of", gone)
            with pytest.raises(RunError, match=r"^the disk is gone; nothing was published \(run again with -v"):
                run([str(tmp_path / "in")], tmp_path / "out", Config())
        assert list(read_manifests(tmp_path / "out")) == []
        assert run([str(tmp_path / "in")], tmp_path / "out", Config()).counts["documents"] == 2


def test_settled_by_either_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x")
    file, now = InputFile(str(path), "a.txt"), 1000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    settled = Settled(5)
    os.utime(path, (time.time() - 60,) * 2)
    assert not settled.leave(file, 1)  # old enough at once
    os.utime(path, (time.time() + 9999,) * 2)  # the clock was set back since
    assert settled.leave(file, 1)
    now += 4
    assert settled.leave(file, 1)
    now += 2
    assert not settled.leave(file, 1)
    path.write_text("xy")
    os.utime(path, (time.time() + 9999,) * 2)
    assert settled.leave(file, 2)
    path.unlink()
    assert settled.leave(file, 2)  # gone meanwhile
    assert not settled.leave(InputFile("gs://b/a.txt", "a.txt"), 1)


def test_wrong_usage(onrecord: Any, tmp_path: Path) -> None:
    done = onrecord("watch", "-", "--output", tmp_path / "out")
    assert done.returncode == 2 and "onrecord run -" in done.stderr
    done = onrecord("watch", tmp_path, "--output", tmp_path / "out", "--every", "soon")
    assert done.returncode == 2 and "'soon' is not a time such as 30s" in done.stderr
