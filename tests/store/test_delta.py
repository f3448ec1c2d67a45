"""Each table's folder is a Delta Lake table that says what the manifests say, whatever it has missed."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.dataset as ds
import pytest
from deltalake import DeltaTable, Schema
from deltalake.transaction import AddAction

from onrecord import tables as open_tables
from onrecord.cli.app import main
from onrecord.schemas import TABLES
from onrecord.store.care.verify import verify
from onrecord.store.delta.mark import LOG, MARK, read_mark
from onrecord.store.delta.register import CHECKPOINT_EVERY, register
from onrecord.store.delta.table import delta_schema
from onrecord.store.publish import open_store
from onrecord.store.state import read_state
from onrecord.store.tables import write_views

from ..conftest import all_rows, complaints

RECORDS = Path(__file__).parents[1] / "fixtures" / "records"


@pytest.fixture
def copy(sample_output: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sample_output, tmp_path / "copy"))


def delta_rows(output: Path, name: str) -> list[dict[str, Any]]:
    """The rows of a table as its Delta log has them, the day as text, in an order of their own."""
    found = DeltaTable(output / name).to_pyarrow_table().to_pylist()
    return sorted(map(day_as_text, found), key=repr)


def day_as_text(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "ingest_date": str(row["ingest_date"])}


def table_rows(output: Path, name: str) -> list[dict[str, Any]]:
    return sorted(open_tables(output)[name].to_table().to_pylist(), key=repr)


def next_command(output: Path) -> None:
    """What every command that writes begins with."""
    with open_store(output):
        pass


def say_the_same(output: Path) -> bool:
    return all(delta_rows(output, name) == table_rows(output, name) for name in TABLES) and list(verify(output)) == []


def test_the_same_files_by_relative_paths(copy: Path) -> None:
    assert say_the_same(copy)
    for name, files in read_state(copy).files.items():
        table = DeltaTable(copy / name)
        named = pa.table(table.get_add_actions(flatten=True))
        assert sorted(f"{name}/{p}" for p in named["path"].to_pylist()) == sorted(f.path for f in files)
        assert named["num_records"].to_pylist() == [f.rows for f in files]
        assert table.metadata().partition_columns == ["ingest_date"] and table.metadata().description == TABLES[name].meaning
        comments = {f.name: f.metadata.get("comment") for f in table.schema().fields}
        assert comments == {"ingest_date": None} | {n: f.description for n, f in TABLES[name].model.model_fields.items()}
        assert "min" not in json.loads((copy / name / LOG / f"{0:020}.json").read_text().splitlines()[-2])["add"]["stats"]


def test_a_record_of_an_earlier_version_gets_logs_by_the_next_command(tmp_path: Path) -> None:
    """What its files are too old for is null."""
    output = Path(shutil.copytree(RECORDS / "people", tmp_path / "out"))
    next_command(output)
    assert all(delta_rows(output, name) == table_rows(output, name) for name in TABLES)


@pytest.mark.engine
def test_logs_that_a_run_did_not_come_to_are_behind_and_the_next_command_brings_them_up(copy: Path) -> None:
    """As where it was killed after its manifest: nothing is wrong, and nothing is left so."""
    behind = Path(shutil.copytree(copy, copy.parent / "behind"))
    (article, *_) = open_tables(copy)["documents"].to_table(columns=["uri"])["uri"].to_pylist()
    assert main(["forget", str(copy), "--uri", article, "-q"]) == 0 and say_the_same(copy)
    for path in copy.iterdir():
        if path.name not in (MARK, *TABLES):
            (shutil.rmtree if (behind / path.name).is_dir() else os.unlink)(behind / path.name)  # type: ignore[operator]
            (shutil.copytree if path.is_dir() else shutil.copy)(path, behind / path.name)
    for name in TABLES:
        for part in (copy / name).glob("ingest_date=*"):
            shutil.rmtree(behind / name / part.name)
            shutil.copytree(part, behind / name / part.name)
    mark = read_mark(behind)
    assert mark is not None and mark.sequence < read_state(behind).sequence and list(verify(behind)) == []
    next_command(behind)
    assert say_the_same(behind) and read_mark(behind) == read_mark(copy)


def external(output: Path, name: str, path: str) -> None:
    """A commit by another tool: it names a file."""
    table = DeltaTable(output / name)
    day = path.split("/")[0].removeprefix("ingest_date=")
    add = AddAction(path, 1, {"ingest_date": day}, 0, True, '{"numRecords": 1}')
    table.create_write_transaction([add], "append", table.schema(), ["ingest_date"])


def lost(output: Path) -> None:
    shutil.rmtree(output / "quotes" / LOG)


def torn(output: Path) -> None:
    (output / "quotes" / LOG / f"{0:020}.json").write_text("{oops")


def foreign(output: Path) -> None:
    external(output, "quotes", "ingest_date=2026-10-07/other.parquet")


def other_table(output: Path) -> None:
    lost(output)
    schema = Schema.from_arrow(pa.schema([("quote_id", pa.int64()), ("ingest_date", pa.date32())]))
    DeltaTable.create(output / "quotes", schema, partition_by="ingest_date")


def in_its_place(output: Path) -> None:
    lost(output)
    (output / "quotes" / LOG).write_text("")


@pytest.mark.parametrize(
    "harm", [torn, foreign, *(pytest.param(harm, marks=pytest.mark.engine) for harm in (lost, other_table, in_its_place))]
)
def test_what_is_wrong_with_a_log_is_told_and_repaired(
    copy: Path, harm: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    before = all_rows(copy)
    harm(copy)
    told = list(verify(copy))
    assert [line.partition(":")[0] for line in told] == [f"quotes/{LOG}"], told
    assert main(["repair", str(copy)]) == 0
    assert f"quotes/{LOG}: " in capsys.readouterr().out
    assert say_the_same(copy) and all_rows(copy) == before


@pytest.mark.engine
def test_a_log_that_cannot_be_written_fails_no_run(tmp_path: Path, onrecord: Any) -> None:
    out = tmp_path / "out"
    for number in (1, 2):
        (tmp_path / f"{number}.txt").write_text(f"“It rained for {number} days,” said Ann Veld.")
    assert onrecord("run", tmp_path / "1.txt", "--output", out).returncode == 0
    log = out / "figures" / LOG
    log.rename(tmp_path / "away")
    log.write_text("")
    done = onrecord("run", tmp_path / "2.txt", "--output", out)
    (line,) = complaints(done.stderr)
    assert done.returncode == 0 and "figures" in line and "the next command tries again" in line
    log.unlink()
    (tmp_path / "away").rename(log)
    assert delta_rows(out, "quotes") == table_rows(out, "quotes")  # the others are brought up all the same
    assert complaints(onrecord("run", tmp_path / "2.txt", "--output", out).stderr) == []
    assert say_the_same(out)


def test_new_columns_come_to_a_log_that_lacks_them(copy: Path) -> None:
    shutil.rmtree(copy / "figures" / LOG)
    every = delta_schema(TABLES["figures"]).fields
    early = Schema([f for f in every if f.name not in ("rules_version", "direction")])
    DeltaTable.create(copy / "figures", early, partition_by="ingest_date")
    (copy / MARK).unlink()
    next_command(copy)
    assert say_the_same(copy)
    assert {f.name for f in DeltaTable(copy / "figures").schema().fields} == {f.name for f in every}


def test_what_a_loss_of_power_left_of_a_version_is_dropped(copy: Path) -> None:
    log = copy / "quotes" / LOG
    for number, left in ((1, '{"commitInfo":{}}\n{"txn":{"appId":"onr'), (2, ""), (20, "{}")):
        (log / f"{number:020}.json").write_text(left)
    (log / f"{1:020}.checkpoint.parquet").write_bytes(b"PAR1")
    (log / "_last_checkpoint").write_text('{"version":1,"size":1}')
    next_command(copy)
    assert not (log / "_last_checkpoint").exists() and not (log / f"{1:020}.json").exists()
    (log / f"{20:020}.json").unlink()  # no version of this log
    assert say_the_same(copy)


@pytest.mark.engine
def test_registering_is_repeatable_and_keeps_checkpoints(copy: Path) -> None:
    state = read_state(copy)
    for _ in range(2):
        register(copy, state)
    assert DeltaTable(copy / "quotes").version() == 0
    for n in range(CHECKPOINT_EVERY // 2):
        external(copy, "quotes", f"ingest_date=2026-10-07/other-{n}.parquet")
        next_command(copy)
    table = DeltaTable(copy / "quotes")
    assert table.version() == CHECKPOINT_EVERY and (copy / "quotes" / LOG / "_last_checkpoint").exists()
    assert table.transaction_version("onrecord") == state.sequence
    assert say_the_same(copy) and list(verify(copy, deep=True)) == []


@pytest.mark.engine
def test_a_record_brought_back_from_a_copy_takes_its_logs_along(copy: Path) -> None:
    """Logs of a later time than the manifests are told of; they follow the manifests."""
    manifests = Path(shutil.copytree(copy / "_runs", copy.parent / "_runs"))
    (article, *_) = open_tables(copy)["documents"].to_table(columns=["uri"])["uri"].to_pylist()
    kept = Path(shutil.copytree(copy, copy.parent / "kept"))
    assert main(["forget", str(copy), "--uri", article, "-q"]) == 0
    shutil.rmtree(copy / "_runs")
    shutil.copytree(manifests, copy / "_runs")
    for name in TABLES:
        for part in (kept / name).glob("ingest_date=*"):
            shutil.copytree(part, copy / name / part.name, dirs_exist_ok=True)
    (told,) = (line for line in verify(copy) if not line.endswith(".parquet: in no manifest"))
    assert told.startswith(f"{MARK}: ")
    next_command(copy)
    assert all(delta_rows(copy, name) == table_rows(copy, name) for name in TABLES)


@pytest.mark.engine
def test_no_log_is_kept_where_the_library_misreads_the_path(tmp_path: Path, onrecord: Any) -> None:
    (tmp_path / "a.txt").write_text("“It rained,” said Ann Veld.")
    out = tmp_path / "%41" / "out"
    (line,) = complaints(onrecord("run", tmp_path / "a.txt", "--output", out).stderr)
    assert "no Delta logs are kept below a folder with %41" in line
    assert list(verify(out)) == [] and not list(out.rglob(LOG)) and not (tmp_path / "A").exists()


ODD = "a b/c'd/100%/b[1]/ünï/#"


def test_views_of_a_folder_that_was_moved(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_views(copy)  # where it lies now
    moved = copy.parent / ODD / "moved"
    moved.parent.mkdir(parents=True)
    shutil.copytree(copy, moved)
    shutil.rmtree(copy)
    expected = {name: table_rows(moved, name) for name in TABLES}
    script = (moved / "views.sql").read_text()

    def ask(place: str | None, working: Path) -> dict[str, list[dict[str, Any]]]:
        monkeypatch.chdir(working)
        db = duckdb.connect()
        if place is not None:
            db.execute(f"SET VARIABLE record = '{place}'")
        db.execute(script)
        found = {name: db.sql(f"SELECT * FROM {name}").to_arrow_table().to_pylist() for name in TABLES}
        return {name: sorted(map(day_as_text, rows), key=repr) for name, rows in found.items()}

    link = copy.parent / "link"
    link.symlink_to(moved)
    assert ask(str(link), Path("/")) == expected
    assert ask(f"{link}/", Path("/")) == expected
    assert ask(None, moved) == expected  # the working folder is the record
    (moved.parent / copy.name).symlink_to(moved)
    assert ask(None, moved.parent) == expected  # or holds it under its name
    with pytest.raises(duckdb.IOException, match="No files found"):
        ask(None, Path("/"))


def test_a_moved_folder_verifies_and_a_changed_script_does_not(copy: Path) -> None:
    moved = copy.parent / "moved's"
    copy.rename(moved)
    script = (moved / "views.sql").read_text()
    assert list(verify(moved, deep=True)) == []
    for was, now in (("record_near", "record_nearer"), ("string_split", "string_join"), ("UNION ALL BY NAME", "UNION BY NAME")):
        (moved / "views.sql").write_text(script.replace(was, now, 1))
        assert [line.partition(":")[0] for line in verify(moved, deep=True)] == ["views.sql"]


def test_plain_readers_pass_the_log_over(copy: Path) -> None:
    """A folder that is read as it is: what begins with an underscore is no data."""
    rows = ds.dataset(copy / "quotes", format="parquet", partitioning="hive").count_rows()
    assert rows == open_tables(copy)["quotes"].count_rows()
