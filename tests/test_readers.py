"""Readers that poll an output folder while runs, a kill, compactions and a reprocessing go on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pytest

from onrecord import tables as open_tables
from onrecord.store.care.verify import verify

pytestmark = pytest.mark.fault

TABLES = ("documents", "quotes", "figures", "appearances")
# what holds at any time of a whole record, and of no half of one
WHOLE = """
SELECT (SELECT count(*) FROM documents) = (SELECT count(*) FROM appearances)
   AND (SELECT coalesce(sum(quote_count), 0) FROM documents) = (SELECT count(*) FROM quotes)
   AND (SELECT coalesce(sum(figure_count), 0) FROM documents) = (SELECT count(*) FROM figures)
   AND (SELECT count(*) FROM people) = (SELECT count(DISTINCT speaker_id) FROM document_speakers)
"""


def glob_with_duckdb(output: Path) -> None:
    for table in TABLES:
        rows = duckdb.connect().execute(f"SELECT * FROM read_parquet('{output}/{table}/*/*.parquet', hive_partitioning = true)")
        rows.fetchall()


def glob_with_polars(output: Path) -> None:
    import polars

    for table in TABLES:
        polars.scan_parquet(f"{output}/{table}/**/*.parquet", hive_partitioning=True).collect()


def folder_with_pandas(output: Path) -> None:
    import pandas

    for table in TABLES:
        pandas.read_parquet(output / table)


def folder_with_pyarrow(output: Path) -> None:
    for table in TABLES:
        ds.dataset(output / table, format="parquet", partitioning="hive").to_table()


def views(output: Path) -> None:
    connection = duckdb.connect()
    connection.execute((output / "views.sql").read_text())
    assert connection.execute(WHOLE).fetchone() == (True,)


def tables(output: Path) -> None:
    found = {name: dataset.to_table() for name, dataset in open_tables(output).items()}
    counts: dict[str, Any] = {name: table.num_rows for name, table in found.items()}
    assert counts["documents"] == counts["appearances"]
    assert (pc.sum(found["documents"]["quote_count"]).as_py() or 0) == counts["quotes"]
    assert (pc.sum(found["documents"]["figure_count"]).as_py() or 0) == counts["figures"]
    assert counts["people"] == pc.count_distinct(found["document_speakers"]["speaker_id"]).as_py()


PLAIN: list[Callable[[Path], None]] = [glob_with_duckdb, glob_with_polars, folder_with_pandas, folder_with_pyarrow]
READERS: list[Callable[[Path], None]] = [*PLAIN, views, tables]
# a plain glob may meet the files of a run that was killed, and the next command rolls back
GONE = ("No such file or directory", "Cannot open file", "does not exist")


class Poller(threading.Thread):
    def __init__(self, reader: Callable[[Path], None], output: Path, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.reader, self.output, self.stop = reader, output, stop
        self.polls = 0
        self.errors: list[str] = []

    def run(self) -> None:
        while not self.stop.is_set():
            try:
                self.reader(self.output)
            except Exception as error:
                if self.reader not in PLAIN or not any(gone in str(error) for gone in GONE):
                    self.errors.append(f"{type(error).__name__}: {error}")
            self.polls += 1
            time.sleep(0.1)


def articles(path: Path, start: int, count: int) -> None:
    lines = []
    for n in range(start, start + count):
        text = f"“We counted {n} boats,” said Ann Veld{n}. More than {n + 40} people fled town {n}."
        lines.append(json.dumps({"text": text, "url": f"https://news.example/{n}", "published_at": "2026-10-07"}) + "\n")
    path.write_text("".join(lines))


@pytest.mark.timeout(900)  # readers take the processor from the runs that they read
def test_readers_meet_no_error_and_no_half_run(tmp_path: Path) -> None:
    source, output = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    (tmp_path / "c.yaml").write_text("batch_documents: 40\npart_mb: 0.001\n")

    def start(*args: object) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-m", "onrecord", *map(str, args)], stdout=subprocess.DEVNULL)

    def run(*args: object) -> None:
        assert start(*args).wait(300) == 0

    job = ("run", source, "--output", output, "--config", tmp_path / "c.yaml")
    articles(source / "0.jsonl", 0, 120)
    run(*job)
    stop = threading.Event()
    pollers = [Poller(reader, output, stop) for reader in READERS]
    for poller in pollers:
        poller.start()
    for n in range(1, 4):
        articles(source / f"{n}.jsonl", 1000 * n, 120)
        run(*job)
    articles(source / "9.jsonl", 9000, 120)
    killed = start(*job)
    while not list(output.glob("_work/*/written-*.json")):
        assert killed.poll() is None
        time.sleep(0.01)
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()
    run("compact", output)
    run(*job)
    run("reprocess", output, "--all")
    run("compact", output)
    stop.set()
    polled = Counter({p.reader.__name__: p.polls for p in pollers})
    for poller in pollers:
        poller.join(60)
        assert poller.errors == [], poller.reader.__name__
    print(dict(polled))
    assert all(p.polls > 10 for p in pollers)
    assert open_tables(output)["documents"].count_rows() == 600
    assert list(verify(output)) == []
