"""The same record however the input was cut: into runs, batches, attempts; and whatever the clock says."""

from __future__ import annotations

import io
import json
import random
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.jobs import run as run_module
from onrecord.jobs.config import Config
from onrecord.jobs.engine import RunError
from onrecord.jobs.run import run
from onrecord.store.care.verify import verify
from onrecord.store.manifest import read_manifests

from .conftest import all_rows, rows
from .stops import SMALL, stop_writing

pytestmark = pytest.mark.engine  # several whole jobs each


def text_of(n: int) -> str:
    return f"“We counted {n} boats,” said Ann Veld{n % 7}. More than {n + 40} people fled."


def write_mixed(folder: Path, files: int, each: int, seed: int = 1) -> list[Path]:
    """JSONL files with repeats within and across files, further versions, mobile addresses and refused records."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(seed)
    paths = []
    for f in range(files):
        lines = []
        for _ in range(each):
            n = rng.randrange(files * each)
            host = rng.choice(["news.example", "m.news.example", "www.news.example", "other.example"])
            line: dict[str, Any] = {"text": text_of(n), "published_at": f"2026-10-{1 + n % 28:02}"}
            if rng.random() < 0.7:
                line["url"] = f"https://{host}/{n // 3}?utm_source=x{n}"
            lines.append(json.dumps(line if rng.random() < 0.9 else {"title": n}))
        paths.append(folder / f"{f:02}.jsonl")
        paths[-1].write_text("\n".join([*lines, "{oops", "{oops"]) + "\n")
    return paths


def go(source: object, output: Path, **config: Any) -> Any:
    return run([str(source)], output, Config(**config))


def test_ten_runs_are_as_one(tmp_path: Path) -> None:
    paths = write_mixed(tmp_path / "in", 10, 25)
    for path in paths:
        go(path, tmp_path / "ten")
    go(tmp_path / "in", tmp_path / "one")
    assert all_rows(tmp_path / "ten") == all_rows(tmp_path / "one")
    assert {a["relation"] for a in rows(tmp_path / "one", "appearances")} == {"new", "version", "same_content"}
    assert list(verify(tmp_path / "ten")) == list(verify(tmp_path / "one")) == []


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(documents=st.integers(1, 30), seed=st.integers(0, 99))
def test_rows_do_not_depend_on_lots(tmp_path_factory: pytest.TempPathFactory, documents: int, seed: int) -> None:
    folder = tmp_path_factory.mktemp("lots")
    write_mixed(folder / "in", 2, 9, seed)
    go(folder / "in", folder / "one")
    go(folder / "in", folder / "many", batch_documents=documents, part_mb=0.0001)
    assert all_rows(folder / "one") == all_rows(folder / "many")


@pytest.mark.parametrize("error", [RunError("the disk is gone"), KeyboardInterrupt(), OSError(28, "No space left on device")])
def test_a_stopped_run_is_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    write_mixed(tmp_path / "in", 2, 30)
    output = tmp_path / "out"
    with monkeypatch.context() as patch, pytest.raises((RunError, KeyboardInterrupt)) as stopped:
        stop_writing(patch, 2, error)
        go(tmp_path / "in", output, **SMALL)
    assert stopped.value.__notes__ == ["what is done of it is kept, and the same command goes on from there"]
    assert not list(read_manifests(output)) and len(list(output.glob("_work/*/written-*.json"))) == 2
    left = {p.name for p in output.glob("*/*/*.parquet")}
    told: list[str] = []
    summary = run([str(tmp_path / "in")], output, Config(**SMALL), told=told.append)
    (finished,) = summary.finished
    assert summary.run_id is None and told == [f"going on with run {finished.run_id}, which was stopped"]
    (manifest,) = read_manifests(output)
    assert left <= {Path(f.path).name for f in manifest.files}  # they were not written again
    go(tmp_path / "in", tmp_path / "clean")
    assert all_rows(output) == all_rows(tmp_path / "clean") and finished.counts["read"] == 64
    assert not list((output / "_work").iterdir())


def stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An output folder with a run over two files that was stopped after its first lots."""
    write_mixed(tmp_path / "in", 2, 30)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        stop_writing(patch, 2, KeyboardInterrupt())
        go(tmp_path / "in", tmp_path / "out", **SMALL)
    return tmp_path / "out"


def test_other_inputs_or_settings_roll_it_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = stopped(tmp_path, monkeypatch)
    told: list[str] = []
    run([str(tmp_path / "in" / "00.jsonl")], output, Config(), told=told.append)
    assert len(told) == 1 and "is rolled back; nothing of it had been published" in told[0]
    go(tmp_path / "in" / "00.jsonl", tmp_path / "clean")
    assert all_rows(output) == all_rows(tmp_path / "clean")


def test_what_came_meanwhile_is_read_after_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = stopped(tmp_path, monkeypatch)
    (tmp_path / "in" / "000.jsonl").write_text(json.dumps({"text": "It rained."}) + "\n")
    summary = go(tmp_path / "in", output)
    assert [s.counts["read"] for s in (*summary.finished, summary)] == [64, 1]
    assert [m.sequence for m in read_manifests(output)] == [1, 2] and list(verify(output)) == []


def test_standard_input_is_kept_for_the_next_attempt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = write_mixed(tmp_path / "in", 1, 30)[0].read_bytes()

    def piped(data: bytes, output: str) -> Any:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
        return go("-", tmp_path / output, **SMALL)

    with monkeypatch.context() as patch:
        stop_writing(patch, 1, KeyboardInterrupt())
        with pytest.raises(KeyboardInterrupt):
            piped(lines, "out")
    (finished,) = piped(lines, "out").finished
    assert finished.counts["read"] == 32
    piped(lines, "clean")
    assert all_rows(tmp_path / "out") == all_rows(tmp_path / "clean")
    with monkeypatch.context() as patch:
        stop_writing(patch, 1, KeyboardInterrupt())
        with pytest.raises(KeyboardInterrupt):
            piped(b'{"text": "It rained."}\n' * 20 + lines, "out")
    other = piped(b'{"text": "It snowed."}\n', "out")  # other words at the same inlet: not what was stopped
    assert other.finished == [] and other.counts["documents"] == 1 and list(verify(tmp_path / "out")) == []


def test_a_folder_that_was_moved(tmp_path: Path) -> None:
    (path,) = write_mixed(tmp_path / "in", 1, 5)
    go(path, tmp_path / "out")
    (tmp_path / "out").rename(tmp_path / "moved")
    assert go(path, tmp_path / "moved").run_id is None
    connection = duckdb.connect()
    connection.execute((tmp_path / "moved" / "views.sql").read_text())
    assert connection.execute("SELECT count(*) FROM documents").fetchone() != (0,)


def test_files_that_changed_or_vanished_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, output = tmp_path / "in", tmp_path / "out"
    paths = write_mixed(source, 4, 8)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        stop_writing(patch, 2, KeyboardInterrupt())
        go(source, output, **SMALL)
    paths[2].write_text(json.dumps({"text": "It snowed."}) + "\n")
    paths[3].unlink()
    with pytest.raises(RunError, match="inputs have changed since the run was stopped; run again"):
        go(source, output, **SMALL)
    go(source, output)
    assert list(verify(output)) == [] and "It snowed." in {d["text"] for d in rows(output, "documents")}
    go(source, tmp_path / "clean")
    assert all_rows(output) == all_rows(tmp_path / "clean")


def clock(moment: datetime) -> type[datetime]:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return moment.astimezone(tz)

    return Clock


def test_a_clock_that_was_set_back_changes_no_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.store import publish

    paths = write_mixed(tmp_path / "in", 3, 20)
    now = datetime.now().astimezone()
    for path, moment in zip(paths, (now, now - timedelta(days=400), now - timedelta(days=2)), strict=True):
        for module in (run_module, publish):
            monkeypatch.setattr(module, "datetime", clock(moment))
        go(path, tmp_path / "out")
    monkeypatch.undo()
    go(tmp_path / "in", tmp_path / "clean")
    assert all_rows(tmp_path / "out") == all_rows(tmp_path / "clean") and list(verify(tmp_path / "out")) == []
    days = {p.name for p in (tmp_path / "out" / "documents").glob("ingest_date=*")}
    assert len(days) == 3


def test_an_article_that_broke_us_is_rejected_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.reading import steps

    source = tmp_path / "a.jsonl"
    source.write_text(json.dumps({"text": text_of(1)}) + "\n")
    real = steps.article_figures
    monkeypatch.setattr(steps, "article_figures", lambda a, *rest: 1 / 0 if "boats" in a.text else real(a, *rest))
    assert go(source, tmp_path / "out").counts["rejects"] == 1
    source.write_text(source.read_text() + json.dumps({"text": "It rained."}) + "\n")
    counts = go(source, tmp_path / "out").counts
    assert (counts["rejects"], counts["known"], counts["documents"]) == (0, 1, 1)
    assert len(rows(tmp_path / "out", "rejects")) == 1 and list(verify(tmp_path / "out")) == []


def test_an_unchanged_file_is_not_read_again_to_know_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import os
    import time

    from onrecord.transforms import files

    source = tmp_path / "a.jsonl"
    source.write_text(json.dumps({"text": text_of(1)}) + "\n")
    os.utime(source, (time.time() - 60,) * 2)
    go(source, tmp_path / "out")
    (manifest,) = read_manifests(tmp_path / "out")
    assert manifest.inputs[0].modified == source.stat().st_mtime_ns

    def unread(*_: object) -> object:
        raise AssertionError("the file was read")

    monkeypatch.setattr(files, "_digest", unread)
    assert go(source, tmp_path / "out").run_id is None
    source.write_text(source.read_text().replace("boats", "goats"))  # as long as before
    with pytest.raises(AssertionError, match="was read"):
        go(source, tmp_path / "out")
