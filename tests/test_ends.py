"""Where output leads nowhere (a full log disk, a closed pipe, closed descriptors), the status still tells what was done;
and an output folder reads right whatever the folders above it are called.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from onrecord import tables as open_tables
from onrecord.cli.ending import noted
from onrecord.jobs.config import Config
from onrecord.jobs.run import run
from onrecord.jobs.upkeep import compact
from onrecord.report.export import Filters, write_rows
from onrecord.report.page import write_report
from onrecord.store.care.verify import verify
from onrecord.store.manifest import read_manifests
from onrecord.store.state import read_state

from .conftest import complaints

pytestmark = pytest.mark.engine

TEXT = "“It rained,” said Ann Rees. More than 350 people fled."


def start(command: str, **env: str) -> subprocess.Popen[str]:
    """The command of a shell line, in which ``onrecord`` stands for it; standard error is read where the line leaves it."""
    line = f'onrecord() {{ "{sys.executable}" -m pipeline "$@"; }}; {command}'
    return subprocess.Popen(["bash", "-c", line], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ | env)


def shell(command: str, **env: str) -> tuple[int, str]:
    process = start(command, **env)
    _, told = process.communicate(timeout=100)
    return process.returncode, "".join(f"{line}\n" for line in complaints(told))


def documents(out: Path) -> int:
    return open_tables(out)["documents"].count_rows()


@pytest.fixture
def article(tmp_path: Path) -> Path:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": TEXT}) + "\n")
    return tmp_path / "a.jsonl"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ends")
    for name in "ab":
        (folder / f"{name}.jsonl").write_text(json.dumps({"text": f"{TEXT} {name}"}) + "\n{oops\n")
        run([str(folder / f"{name}.jsonl")], folder / "out", Config())
    return folder / "out"


FULL, CLOSED = "No space left on device", "Bad file descriptor"


@pytest.mark.fault
@pytest.mark.parametrize(
    ("way", "told"),
    [
        (">/dev/full", f"onrecord: the summary could not be printed: {FULL}\n"),
        (">/dev/full 2>/dev/full", ""),
        ("<&- >&- 2>&-", ""),
        (">&-", f"onrecord: the summary could not be printed: {CLOSED}\n"),
        (" --json >/dev/full", f"onrecord: the summary could not be printed: {FULL}\n"),
        ("2>/dev/full | head -c 0; exit ${PIPESTATUS[0]}", ""),
        (" -v 2>/dev/full", ""),
    ],
)
@pytest.mark.parametrize("buffered", ["", "1"])
def test_a_run_that_cannot_say_so_has_published(tmp_path: Path, article: Path, way: str, told: str, buffered: str) -> None:
    out = tmp_path / "out"
    assert shell(f"onrecord run '{article}' --output '{out}' {way}", PYTHONUNBUFFERED=buffered) == (0, told)
    assert documents(out) == 1 and list(verify(out)) == []


@pytest.mark.fault
def test_too_many_rejects_are_status_3_whatever_can_be_printed(tmp_path: Path, article: Path) -> None:
    article.write_text(article.read_text() + "{oops\n" * 3)
    (tmp_path / "c.yaml").write_text("max_reject_ratio: 0.1\n")
    line = f"onrecord run '{article}' --output '{tmp_path / 'out'}' --config '{tmp_path / 'c.yaml'}' >/dev/full 2>/dev/full"
    assert shell(line) == (3, "") and documents(tmp_path / "out") == 1


@pytest.mark.fault
@pytest.mark.parametrize("way", [">/dev/full 2>/dev/full", ">&- 2>&-"])
def test_watch_goes_on_without_its_log(tmp_path: Path, article: Path, way: str) -> None:
    out = tmp_path / "out"
    process = start(f"exec '{sys.executable}' -m pipeline watch '{tmp_path}' --output '{out}' --every 1s --settle 0s {way}")
    try:
        for number in (1, 2):
            (tmp_path / f"{number}.jsonl").write_text(json.dumps({"text": f"{TEXT} {number}"}) + "\n")
            deadline = time.monotonic() + 120
            while not read_state(out).sequence or documents(out) < 1 + number:
                assert process.poll() is None and time.monotonic() < deadline
                time.sleep(0.1)
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    finally:
        process.kill()
        process.communicate()


@pytest.mark.fault
@pytest.mark.parametrize(
    ("line", "done"),
    [
        ("compact OUT", "compact"), ("reprocess OUT --all", "reprocess"), ("retry-rejects OUT", "retry"),
        ("forget OUT --uri FOLDER/a.jsonl#L1", "forget"),
    ],
)  # fmt: skip
def test_what_was_kept_is_kept(tmp_path: Path, line: str, done: str) -> None:
    for name in "ab":
        (tmp_path / f"{name}.jsonl").write_text(json.dumps({"text": f"{TEXT} {name}"}) + "\n{oops\n")
        run([str(tmp_path / f"{name}.jsonl")], tmp_path / "out", Config())
    line = line.replace("OUT", str(tmp_path / "out")).replace("FOLDER", str(tmp_path))
    assert shell(f"onrecord {line} >/dev/full") == (0, f"onrecord: the summary could not be printed: {FULL}\n")
    assert [m.kind for m in read_manifests(tmp_path / "out")][2:] == [done] and list(verify(tmp_path / "out")) == []


@pytest.mark.parametrize(
    ("line", "status", "told"),
    [
        pytest.param("verify OUT >/dev/full 2>/dev/full", 0, "", marks=pytest.mark.fault),
        pytest.param(
            "verify OUT >/dev/full", 0, f"onrecord: the summary could not be printed: {FULL}\n", marks=pytest.mark.fault
        ),
        pytest.param("report OUT -o FILE >&- 2>&-", 0, "", marks=pytest.mark.fault),
        pytest.param("export OUT --table quotes --format csv -o FILE >/dev/full 2>&1", 0, "", marks=pytest.mark.fault),
        ("export OUT --table quotes --format csv >/dev/full", 1, f"onrecord: standard output: {FULL}\n"),
        ("export OUT --table quotes --format jsonl >&-", 1, f"onrecord: standard output: {CLOSED}\n"),
        ("export OUT --table quotes --format csv | head -c 0; exit ${PIPESTATUS[0]}", 0, ""),
        ("schema >/dev/full", 1, f"onrecord: standard output: {FULL}\n"),
        ("export --help >/dev/full", 1, f"onrecord: standard output: {FULL}\n"),
        ("--bogus 2>&-", 2, ""),
    ],
)
def test_commands_that_only_look(out: Path, tmp_path: Path, line: str, status: int, told: str) -> None:
    line = line.replace("OUT", f"'{out}'").replace("FILE", f"'{tmp_path / 'file'}'")
    assert shell(f"onrecord {line}") == (status, told)
    assert (tmp_path / "file").exists() == (" -o " in line)


@pytest.mark.fault
def test_measures_that_cannot_be_printed_are_a_failure(tmp_path: Path) -> None:
    gold = [{"source": [[14, 22]], "cue": [[9, 13]], "content": [[0, 8]]}]
    row = {"doc_id": "a", "text": "“We go,” said Ann Veld.", "attributions": gold}
    (tmp_path / "gold.jsonl").write_text(json.dumps(row) + "\n")
    line = f"onrecord evaluate --gold '{tmp_path / 'gold.jsonl'}' >/dev/full"
    assert shell(line) == (1, f"onrecord: standard output: {FULL}\n")


@pytest.mark.fault
def test_verify_says_1_for_a_problem_that_it_cannot_print(tmp_path: Path, article: Path) -> None:
    run([str(article)], tmp_path / "out", Config())
    next((tmp_path / "out" / "quotes").rglob("*.parquet")).unlink()
    assert shell(f"onrecord verify '{tmp_path / 'out'}' >/dev/full 2>/dev/full") == (1, "")


def test_that_nothing_was_published_is_said_only_where_it_is_so() -> None:
    error = OSError("no space")
    assert noted("no space; nothing was published", error) == "no space; nothing was published"
    error.add_note("it was being published, which the next command on out finishes")
    assert noted("no space; nothing was published", error) == f"no space; {error.__notes__[0]}"


ABOVE = "version=9/ingest_date=2020-01-01/doc_id=/a b/c'd\"e/100%/%41/b[1]*?{a,b}/ünï/#&;--"


@pytest.mark.parametrize("relative", [False, True])
def test_folders_above_the_output_name_no_column(
    out: Path, tmp_path: Path, relative: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(out, tmp_path / ABOVE / "out")
    monkeypatch.chdir(tmp_path)
    moved = Path(ABOVE) / "out" if relative else tmp_path / ABOVE / "out"
    merged = compact(moved, Config(), timedelta(0))
    assert merged is not None and list(verify(moved)) == []
    day = f"{merged.started_at:%Y-%m-%d}"
    columns = ["doc_id", "version", "ingest_date"]
    found = open_tables(moved)["documents"].to_table(columns=columns).to_pylist()
    assert [(r["version"], r["ingest_date"]) for r in found] == [(1, day)] * 2
    con = duckdb.connect()
    con.execute((moved / "views.sql").read_text())
    sql = f"SELECT doc_id, version, ingest_date::VARCHAR FROM documents WHERE ingest_date >= DATE '{day}'"
    assert sorted(con.execute(sql).fetchall()) == sorted((r["doc_id"], 1, day) for r in found)
    assert write_rows(open_tables(moved), "documents", "jsonl", tmp_path / "x", Filters()) == 2
    assert {json.loads(line)["version"] for line in (tmp_path / "x").read_text().splitlines()} == {1}
    page = write_report(open_tables(moved), tmp_path / "x.html", "x", 10)
    assert page.articles == page.of == 2


def test_files_of_other_days_are_passed_over(out: Path) -> None:
    con = duckdb.connect()
    con.execute((out / "views.sql").read_text())
    con.execute("SET explain_output = 'all'")
    plan = con.execute("EXPLAIN ANALYZE SELECT count(text) FROM documents WHERE ingest_date < DATE '2001-01-01'").fetchall()
    assert "Files: 0/2" in plan[0][1] or "EMPTY_RESULT" in plan[0][1], plan[0][1]
