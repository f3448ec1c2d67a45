"""A stream that is stopped and goes on: on an object store, and with a newer version of the package."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from onrecord import __version__, tables
from onrecord.jobs.config import Config
from onrecord.jobs.run import run
from onrecord.store.care.verify import verify
from onrecord.store.manifest import Manifest, read_manifests

from ..conftest import all_rows, complaints
from ..processes import family
from ..servers.network import own_network
from ..servers.prism import ROOT, Pool, Prism, prism_options, prism_server, worker_pool
from ..servers.s3 import s3_server

pytestmark = [pytest.mark.engine, pytest.mark.timeout(900)]
SECONDS = 300  # on a busy machine
TEXT = "Port Marrow closed {m} of its wells, said Lena Ashby of ward {n}. “Nobody was hurt,” she added."


@pytest.fixture
def network() -> Iterator[None]:
    with own_network():
        yield


def lay(folder: Path, name: str, *numbers: int) -> None:
    """Let a file come in, whole, and changed long enough ago."""
    held = folder.parent / name
    lines = ({"id": f"marrow-{n}", "publisher": "The Marrow Times", "text": TEXT.format(n=n, m=n + 2)} for n in numbers)
    held.write_text("".join(json.dumps(line) + "\n" for line in lines))
    os.utime(held, (time.time() - 60,) * 2)
    held.rename(folder / name)


def start(
    source: str | Path,
    output: str | Path,
    settings: Path,
    prism: Prism,
    pool: Pool,
    *flags: str,
    program: Sequence[str] = ("-m", "onrecord"),
    **env: str,
) -> subprocess.Popen[str]:
    settings.write_text(json.dumps({"runner": "PortableRunner", "runner_options": prism_options(prism, pool)}))
    command = ["stream", str(source), "--output", str(output), "--config", str(settings), *flags]
    own = {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    return subprocess.Popen(
        [sys.executable, *program, *command],
        env=os.environ | own | env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def manifests(record: Path) -> list[Manifest]:
    return list(read_manifests(record)) if (record / "_runs").is_dir() else []


def read(record: Path) -> int:
    return sum(m.counts["read"] for m in manifests(record))


def wait(process: subprocess.Popen[str], until: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS
    while not until():
        assert process.poll() is None and time.monotonic() < deadline, process.communicate()[1][-2000:]
        time.sleep(0.1)


def stopped(process: subprocess.Popen[str], how: signal.Signals) -> str:
    """The one line with which a stream ends that was asked to."""
    process.send_signal(how)
    _, told = process.communicate(timeout=120)
    assert process.returncode == 0, told
    line, *others = complaints(told)
    assert not others, told
    return line


def test_a_record_on_an_object_store(network: None, tmp_path: Path) -> None:
    """Inputs and record are reached by their addresses alone; two files, one after the other, are two windows."""
    (tmp_path / "in").mkdir()
    with s3_server(tmp_path) as s3, prism_server(tmp_path) as prism, worker_pool(tmp_path, env=s3.environment) as pool:
        (s3.folder / "in").mkdir()
        record = s3.folder / "record"  # as the server keeps it
        lay(tmp_path / "in", "a.jsonl", *range(6))
        shutil.copy2(tmp_path / "in" / "a.jsonl", s3.folder / "in" / "a.jsonl")
        addresses = f"s3://{s3.bucket}/in", f"s3://{s3.bucket}/record"
        process = start(*addresses, tmp_path / "c.yaml", prism, pool, "--window", "1s", **s3.environment)
        try:
            wait(process, lambda: read(record) == 6)
            lay(tmp_path / "in", "b.jsonl", *range(4, 10))
            shutil.copy2(tmp_path / "in" / "b.jsonl", s3.folder / "in" / "b.jsonl")
            wait(process, lambda: read(record) == 12)
            line = stopped(process, signal.SIGTERM)
        finally:
            process.kill()
        checked = [sys.executable, "-m", "onrecord", "verify", addresses[1], "--deep"]
        done = subprocess.run(checked, env=os.environ | s3.environment, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stdout
        assert line == "onrecord: stopped; 2 windows committed, and the next 'onrecord stream' goes on from there"
    assert [(m.window, m.counts["documents"], m.counts["known"]) for m in manifests(record)] == [(1, 6, 0), (2, 4, 2)]
    run([str(tmp_path / "in" / "a.jsonl")], tmp_path / "local", Config())
    run([str(tmp_path / "in" / "b.jsonl")], tmp_path / "local", Config())
    ours, local = all_rows(record), all_rows(tmp_path / "local")
    for name in ("paragraphs", "quotes", "figures", "document_speakers", "people"):
        assert ours[name] == local[name]


# the time after which silence is taken for the end of the workers, shortened
IMPATIENT = "import sys, onrecord.stream.job as job; job.SILENT = 12.0; from onrecord.cli.app import command; sys.exit(command())"


def test_an_engine_that_waits_for_a_worker_for_ever(network: None, tmp_path: Path) -> None:
    """A worker that hangs keeps its connections, so the engine says nothing: the job is called off, and begun again."""
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    lay(folder, "a.jsonl", *range(6))
    with prism_server(tmp_path) as prism, worker_pool(tmp_path) as pool:
        process = start(folder, out, tmp_path / "c.yaml", prism, pool, "--window", "1s", program=["-c", IMPATIENT])
        try:
            wait(process, lambda: read(out) == 6)
            for pid in family(pool.pid)[1:]:
                os.kill(pid, signal.SIGSTOP)
            lay(folder, "b.jsonl", *range(4, 10))
            wait(process, lambda: read(out) == 12)
        finally:
            process.kill()
        assert "no worker has given a sign of life for 12 s" in process.communicate()[1]
    texts = tables(out)["documents"].to_table(["text"])["text"].to_pylist()
    assert Counter(texts) == Counter(TEXT.format(n=n, m=n + 2) for n in range(10))


def newer(folder: Path) -> Mapping[str, str]:
    """A newer version of the package, as it would be installed: its number, and a word more that rules go by."""
    shutil.copytree(ROOT / "src" / "onrecord", folder / "onrecord", ignore=shutil.ignore_patterns("__pycache__"))
    package, schemas = folder / "onrecord" / "__init__.py", folder / "onrecord" / "schemas"
    assert schemas.is_dir()
    package.write_text(package.read_text().replace(f'"{__version__}"', '"99.1.0"'))
    rules = folder / "onrecord" / "reading" / "version.py"
    rules.write_text(rules.read_text().replace("RULES = ", "RULES = 9900 + "))
    return {"PYTHONPATH": str(folder)}


def test_a_running_stream_is_brought_up_to_date(network: None, tmp_path: Path) -> None:
    """Stopped in the middle of a window, with other workers and other settings behind it: nothing is lost, or there twice."""
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    lay(folder, "a.jsonl", *range(8))
    with prism_server(tmp_path) as prism:
        with worker_pool(tmp_path) as pool:
            process = start(folder, out, tmp_path / "c.yaml", prism, pool, "--window", "2s")
            try:
                wait(process, lambda: read(out) == 8)
                lay(folder, "b.jsonl", *range(4, 60))
                done = {m.run_id for m in manifests(out)}
                wait(process, lambda: any(p.parent.name not in done for p in out.glob("_work/*/read-*.json")))
                assert "goes on from there" in stopped(process, signal.SIGINT)
            finally:
                process.kill()
        before, env = manifests(out), newer(tmp_path / "next")
        lay(folder, "c.jsonl", *range(56, 70))
        with worker_pool(tmp_path / "next", env=dict(env)) as pool:
            process = start(folder, out, tmp_path / "c.yaml", prism, pool, "--window", "1s", "--late", "never", **env)
            try:
                wait(process, lambda: read(out) == 8 + 56 + 14)
                assert "goes on from there" in stopped(process, signal.SIGTERM)
            finally:
                process.kill()
    after = manifests(out)
    assert [m.window for m in after] == list(range(1, len(after) + 1)) and len(after) > len(before)
    versions = [m.pipeline_version for m in after]
    assert versions == [__version__] * len(before) + ["99.1.0"] * (len(after) - len(before))
    documents = tables(out)["documents"].to_table(["text", "rules_version"]).to_pylist()
    assert Counter(d["text"] for d in documents) == Counter(TEXT.format(n=n, m=n + 2) for n in range(70))
    assert len({d["rules_version"] for d in documents}) == 2
    assert list(verify(out, deep=True)) == []
