"""The same rows whatever the number of workers and the engine."""

from __future__ import annotations

import gzip
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onrecord.store.manifest import read_manifests
from onrecord.transforms.files import SHARE

from .conftest import SAMPLES, all_rows, complaints, rows
from .sources.pages import page, warc_record
from .test_cli import many

EMBEDDED = """runner: PortableRunner
runner_options: [--job_endpoint=embed, --environment_type=LOOPBACK]
"""
ENGINES = {"two workers": "workers: 2\n", "embedded portable runner": EMBEDDED}


@pytest.mark.engine
@pytest.mark.parametrize("settings", ENGINES.values(), ids=ENGINES)
def test_rows_are_the_same(onrecord: Callable[..., Any], tmp_path: Path, settings: str) -> None:
    (tmp_path / "engine.yaml").write_text(settings)
    flags = ["--config", tmp_path / "engine.yaml"]
    source = tmp_path / "in"
    source.mkdir()
    for name in ("a", "b", "c"):
        many(source / f"{name}.jsonl", 15)  # the same articles three times: two thirds are appearances
    (source / "bad.jsonl").write_text("{oops\n" * 5)
    runs = {}
    for name, extra in (("one", []), ("other", flags)):
        done = onrecord("run", source, SAMPLES, "--output", tmp_path / name, "--json", *extra)
        assert done.returncode == 0 and complaints(done.stderr) == [], done.stderr
        runs[name] = done.stdout
    assert all_rows(tmp_path / "one") == all_rows(tmp_path / "other")
    one, other = (next(read_manifests(tmp_path / n)).run_id for n in ("one", "other"))
    assert one == other  # run_id does not depend on workers or engine
    again = onrecord("run", source, SAMPLES, "--output", tmp_path / "other", *flags)
    assert again.stdout.startswith("Nothing new")


@pytest.mark.engine
def test_an_archive_shared_by_workers_gives_the_same(onrecord: Callable[..., Any], tmp_path: Path) -> None:
    """Two workers take parts of one archive of more than the bytes that one takes."""
    filler = random.Random(3)
    with open(tmp_path / "crawl.warc.gz", "wb") as out:
        n = 0
        while out.tell() < SHARE * 2.5:
            picture = warc_record(f"https://courier.example/{n}.png", filler.randbytes(1 << 20), kind="image/png")
            out.write(gzip.compress(picture, 1) + gzip.compress(warc_record(f"https://courier.example/{n}", page(n))))
            n += 1
    for workers in (1, 2):
        done = onrecord("run", tmp_path / "crawl.warc.gz", "--output", tmp_path / f"out-{workers}", "--workers", workers)
        assert done.returncode == 0, done.stderr
    one, two = (all_rows(tmp_path / f"out-{workers}") for workers in (1, 2))
    assert one == two
    assert len(rows(tmp_path / "out-1", "documents")) == n > 60


@pytest.mark.engine
@pytest.mark.parametrize("settings", ENGINES.values(), ids=ENGINES)
def test_samples_are_the_same(onrecord: Callable[..., Any], sample_output: Path, tmp_path: Path, settings: str) -> None:
    """A run in which nothing is known, rejected or met twice."""
    (tmp_path / "engine.yaml").write_text(settings)
    flags = ["--config", tmp_path / "engine.yaml"]
    one = SAMPLES / "01-harbour-wall.txt"
    for name, extra in (("one", []), ("other", flags)):
        done = onrecord("run", one, "--output", tmp_path / name, *extra)
        assert done.returncode == 0, done.stderr
    assert all_rows(tmp_path / "one") == all_rows(tmp_path / "other")
    told = ("--metadata", SAMPLES / "_metadata.csv")  # as the samples of every test are read
    done = onrecord("run", SAMPLES, "--output", tmp_path / "samples", *told, *flags)
    assert done.returncode == 0, done.stderr
    assert all_rows(tmp_path / "samples") == all_rows(sample_output)
