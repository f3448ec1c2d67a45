"""A record that ten runs and all that keeps it have written is read alike by everything that reads Delta, and by moved views."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from deltalake import DeltaTable

from onrecord import tables as open_tables
from onrecord.jobs.config import Config
from onrecord.jobs.run import run
from onrecord.jobs.upkeep import compact, forget, reprocess
from onrecord.schemas import TABLES
from onrecord.store.care.verify import verify
from onrecord.store.state import read_state

from .servers.processes import end
from .servers.spark import spark_cluster
from .test_object_store import commit

HERE = Path(__file__).parent
pytestmark = [pytest.mark.engine, pytest.mark.timeout(2400)]
Rows = list[dict[str, Any]]


def write(folder: Path, number: int) -> Path:
    texts = [f"“We saw {10 * number + i} boats,” said Ann Veld{i}. More than {number + i + 40} people fled." for i in range(3)]
    lines = [{"text": t, "url": f"https://news.example/{number}/{i}", "published_at": "2026-10-07"} for i, t in enumerate(texts)]
    path = folder / f"{number}.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines) + f'{{"bad": {number}}}\n')
    return path


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kept")
    out = folder / "out"
    for number in range(10):
        run([str(write(folder, number))], out, Config())
    assert compact(out, Config(), timedelta(hours=1)) is not None
    forget(out, "https://news.example/3/1", Config(), timedelta(hours=1))
    assert reprocess(out, Config(), every=True) is not None
    assert read_state(out).sequence == 13 and list(verify(out, deep=True)) == []
    return out


def alike(rows: Iterable[dict[str, Any]]) -> Rows:
    """Rows with the day as text, in an order of their own."""
    return sorted(({**row, "ingest_date": str(row["ingest_date"])} for row in rows), key=repr)


def published(output: Path, name: str) -> Rows:
    return alike(open_tables(output)[name].to_table().to_pylist())


def with_polars(folder: Path) -> pa.Table:
    import polars as pl

    return pl.scan_delta(str(folder)).collect().to_arrow()


def with_pandas(folder: Path) -> pa.Table:
    import pandas as pd

    return pa.Table.from_pandas(DeltaTable(folder).to_pandas(types_mapper=pd.ArrowDtype), preserve_index=False)


def with_duckdb(folder: Path) -> pa.Table:
    return duckdb.connect().from_arrow(DeltaTable(folder).to_pyarrow_dataset()).to_arrow_table()


@pytest.mark.parametrize("reader", [with_polars, with_pandas, with_duckdb])
def test_readers_of_delta_give_what_is_published(kept: Path, reader: Callable[[Path], pa.Table]) -> None:
    for name in TABLES:
        assert alike(reader(kept / name).to_pylist()) == published(kept, name), name


def test_a_plain_glob_reads_rows_twice(kept: Path) -> None:
    """What was replaced lies there for a while: this is what the logs and the views are for."""
    (found,) = duckdb.connect().execute(f"SELECT count(*) FROM read_parquet('{kept}/quotes/ingest_date=*/*.parquet')").fetchall()
    assert found[0] > len(published(kept, "quotes"))


def test_a_folder_that_was_copied_is_read_from_elsewhere(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copied = Path(shutil.copytree(kept, tmp_path / "handed on" / "record"))
    away = kept.rename(kept.parent / "away")  # so that nothing is read where it was
    try:
        monkeypatch.chdir("/")
        db = duckdb.connect()
        db.execute(f"SET VARIABLE record = '{copied}'")
        db.execute((copied / "views.sql").read_text())
        for name in TABLES:
            found = db.sql(f"SELECT * FROM {name}").to_arrow_table().to_pylist()
            assert alike(found) == published(copied, name), name
            assert alike(DeltaTable(copied / name).to_pyarrow_table().to_pylist()) == published(copied, name), name
    finally:
        away.rename(kept)


def test_spark_reads_it_with_the_jar_of_delta(kept: Path, tmp_path: Path) -> None:
    log = tmp_path / "driver.log"
    with spark_cluster(tmp_path / "cluster", workers=1) as cluster:
        driver = cluster.start([HERE / "spark_driver.py", "record", str(kept), str(tmp_path / "read")], log)
        try:
            assert driver.wait(900) == 0, log.read_text(errors="replace")[-3000:]
        finally:
            end(driver)
    for name, table in TABLES.items():
        found = pq.read_table(tmp_path / "read" / name, partitioning=None)
        declared = pa.schema([*table.arrow, pa.field("ingest_date", pa.date32())])
        assert found.schema.names == declared.names
        assert alike(found.cast(declared).to_pylist()) == published(kept, name), name


@pytest.mark.parametrize("call", ["delta:1", "log:1", "log:8"])
def test_a_run_killed_after_its_manifest_is_registered_by_the_next(tmp_path: Path, onrecord: Any, call: str) -> None:
    """Before any log was written, and in the midst of them."""
    out = tmp_path / "out"
    run([str(write(tmp_path, 0))], out, Config())
    paths = [str(HERE / "injection"), *filter(None, [os.environ.get("PYTHONPATH")])]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "ONRECORD_FAULT": f"kill:{call}"}
    assert onrecord("run", write(tmp_path, 1), "--output", out, env=env).returncode == -signal.SIGKILL
    assert read_state(out).sequence == 2 and list(verify(out)) == []  # it counts
    behind = [name for name in TABLES if alike(DeltaTable(out / name).to_pyarrow_table().to_pylist()) != published(out, name)]
    assert behind
    if call == "delta:1":
        assert {DeltaTable(out / name).version() for name in TABLES} == {0}
    assert "Nothing new" in onrecord("run", tmp_path / "1.jsonl", "--output", out).stdout
    for name in TABLES:
        table = DeltaTable(out / name)
        assert alike(table.to_pyarrow_table().to_pylist()) == published(out, name), name
        assert (table.version(), table.transaction_version("onrecord")) == (1, 2)
    assert list(verify(out)) == []


def test_two_writers_leave_one_right_log(tmp_path: Path) -> None:
    """They commit without the lock, as writers to an object store do."""
    code = "import sys; from tests.test_object_store import commit\nfor n in range(10): commit(sys.argv[1], f'{sys.argv[2]}-{n}')"
    out = tmp_path / "out"
    out.mkdir()
    writers = [subprocess.Popen([sys.executable, "-c", code, str(out), name]) for name in "ab"]
    assert [w.wait(300) for w in writers] == [0, 0]
    commit(str(out), "last")
    assert read_state(out).sequence == 21 and list(verify(out)) == []
    for name in TABLES:
        table = DeltaTable(out / name)
        assert table.transaction_version("onrecord") == 21
        assert alike(table.to_pyarrow_table().to_pylist()) == published(out, name), name
