"""Readers of Delta see corrections in tables beside those that were read, which take space only for what differs."""

from __future__ import annotations

import json
import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from deltalake import DeltaTable

from onrecord import tables as open_tables
from onrecord.corrections.apply import COPIES, CORRECTED
from onrecord.jobs.config import Config
from onrecord.jobs.run import run
from onrecord.store.care.verify import verify
from onrecord.store.manifest import manifest_paths
from onrecord.store.state import read_state

from ..test_delta import alike, published, with_duckdb, with_pandas, with_polars
from .conftest import URLS
from .kinds import KINDS, lines, row_of
from .readers import by_copies

Command = Callable[..., Any]
INJECTION = Path(__file__).parents[1] / "injection"
pytestmark = [pytest.mark.engine, pytest.mark.timeout(900)]


def more(folder: Path, number: int) -> Path:
    path = folder / f"{number}.jsonl"
    row = {"text": f"“We saw {number} boats,” said Ann Veld{number}.", "url": f"https://news.example/{number}"}
    path.write_text(json.dumps(row) + "\n")
    return path


def all_kinds(folder: Path, onrecord: Command, target: Path) -> None:
    rows = [line for kind in KINDS for line in lines(folder, kind)]
    target.write_text("\n".join(["what,id,column,value,by,why", *rows]), encoding="utf-8")
    assert onrecord("correct", folder, "--file", target).returncode == 0


def same_as_read(folder: Path) -> bool:
    read = open_tables(folder, as_read=True)
    return all(by_copies(folder, name) == sorted(map(repr, read[name].to_table().to_pylist())) for name in CORRECTED)


def right(folder: Path) -> bool:
    shown = open_tables(folder)
    return all(by_copies(folder, name) == sorted(map(repr, shown[name].to_table().to_pylist())) for name in CORRECTED)


@pytest.mark.parametrize("reader", [with_polars, with_pandas, with_duckdb])
def test_every_reader_of_delta(record: Path, onrecord: Command, tmp_path: Path, reader: Callable[[Path], Any]) -> None:
    all_kinds(record, onrecord, tmp_path / "c.csv")
    moved = Path(shutil.copytree(record, tmp_path / "moved"))
    for name in CORRECTED:
        assert alike(reader(moved / f"{name}_corrected").to_pylist()) == published(record, name), name
    assert not same_as_read(record) and list(verify(moved, deep=True)) == []


def test_they_follow_all_that_is_done_to_a_record(record: Path, onrecord: Command, tmp_path: Path) -> None:
    all_kinds(record, onrecord, tmp_path / "c.csv")
    for command in (
        ("run", more(tmp_path, 1), "--output", record),
        ("compact", record, "--grace", "0s"),
        ("reprocess", record, "--all"),
        ("forget", record, "--uri", URLS["council"], "--grace", "0s", "--yes"),
        ("vacuum", record, "--older", "0s"),
        ("run", more(tmp_path, 2), "--output", record),
    ):
        done = onrecord(*command)
        assert done.returncode == 0, done.stderr
        assert right(record) and list(verify(record, deep=True)) == [], command
    for t in json.loads(onrecord("correct", record, "--list", "--json").stdout):
        assert onrecord("correct", record, "--undo", t["id"][:12], "--by", "Ada Quist").returncode == 0
    assert right(record) and same_as_read(record) and list(verify(record, deep=True)) == []


def test_only_what_differs_takes_space_and_is_written(tmp_path: Path, onrecord: Command) -> None:
    out = tmp_path / "out"
    for number in (1, 2, 3):
        run([str(more(tmp_path, number))], out, Config())
    assert not any((out / copy).exists() for copy in COPIES)  # nothing of the kind without corrections

    def correct(words: str, *flags: str) -> None:
        (quote,) = (q for q in open_tables(out)["quotes"].to_table().to_pylist() if words in q["text"])
        assert onrecord("correct", out, "--quote", quote["quote_id"], "--by", "M. Kern", *flags).returncode == 0

    def of_quotes() -> dict[str, Any]:
        return {f.of: f for f in read_state(out).files["quotes_corrected"]}

    def is_the_same(file: Any) -> bool:
        return (out / file.path).samefile(out / file.of)

    correct("2 boats", "--role", "pilot")
    first = of_quotes()
    assert sorted(map(is_the_same, first.values())) == [False, True, True] and right(out)
    assert all(is_the_same(f) for f in read_state(out).files["figures_corrected"])
    run([str(more(tmp_path, 4))], out, Config())
    assert {of: f for of, f in of_quotes().items() if of in first} == first and len(of_quotes()) == 4
    correct("3 boats", "--none")
    second = of_quotes()
    assert [f for of, f in second.items() if of not in first or f != first[of]] == [
        second[of] for of in second if of not in first or (not is_the_same(second[of]) and is_the_same(first[of]))
    ]
    assert sum(is_the_same(f) for f in second.values()) == 2 and right(out) and list(verify(out, deep=True)) == []


def test_a_forgotten_article_is_in_no_copy(record: Path, onrecord: Command, tmp_path: Path) -> None:
    all_kinds(record, onrecord, tmp_path / "c.csv")
    before = {p for copy in COPIES for p in (record / copy).rglob("*.parquet")}
    assert onrecord("forget", record, "--uri", URLS["ferry"], "--grace", "0s", "--yes").returncode == 0
    left = {p for copy in COPIES for p in (record / copy).rglob("*.parquet")}
    assert not before & left and right(record)
    told = [repr(DeltaTable(record / copy).to_pyarrow_table().to_pylist()) for copy in COPIES]
    assert not any("Otto Lund" in t or "gangway" in t for t in told)
    for log in record.rglob("_delta_log/*.json"):
        assert "Otto" not in log.read_text()


def lost_copy(record: Path) -> None:
    next((record / "quotes_corrected").rglob("*.parquet")).unlink()


def lost_log(record: Path) -> None:
    shutil.rmtree(record / "figures_corrected" / "_delta_log")


def lost_manifest(record: Path) -> None:
    manifest_paths(record)[-1].unlink()


@pytest.mark.parametrize("harm", [lost_copy, lost_log, lost_manifest])
def test_what_is_lost_is_repaired(record: Path, onrecord: Command, tmp_path: Path, harm: Callable[[Path], None]) -> None:
    all_kinds(record, onrecord, tmp_path / "c.csv")
    if harm is lost_manifest:
        row = row_of(record, KINDS[1])
        assert onrecord("correct", record, "--quote", row["quote_id"], "--role", "cook", "--by", "M. Kern").returncode == 0
    harm(record)
    assert list(verify(record)) != []
    done = onrecord("repair", record)
    assert done.returncode == 0, done.stdout
    assert right(record) and not same_as_read(record) and list(verify(record, deep=True)) == []


@pytest.mark.parametrize("call", ["delta:1", "log:8"])
def test_a_correction_killed_after_its_manifest_is_registered_by_the_next_command(
    record: Path, onrecord: Command, tmp_path: Path, call: str
) -> None:
    quote = row_of(record, KINDS[1])["quote_id"]
    paths = [str(INJECTION), *filter(None, [os.environ.get("PYTHONPATH")])]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "ONRECORD_FAULT": f"kill:{call}"}
    killed = onrecord("correct", record, "--quote", quote, "--role", "pilot", "--by", "M. Kern", env=env)
    assert killed.returncode == -signal.SIGKILL and list(verify(record)) == []
    assert onrecord("run", more(tmp_path, 1), "--output", record).returncode == 0
    assert right(record) and not same_as_read(record) and list(verify(record)) == []
