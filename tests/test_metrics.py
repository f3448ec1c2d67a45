"""Metrics in a file, as Prometheus' own parser reads them."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from onrecord.cli.ending import USAGE, Ended
from onrecord.cli.metrics import Metrics
from onrecord.cli.working import measured
from onrecord.jobs.summary import Summary
from onrecord.transforms import read

Command = Callable[..., subprocess.CompletedProcess[str]]
TEXT = "“We will wait,” said Ann Veld. More than 350 people fled."


def samples(path: Path) -> dict[str, float]:
    """The samples of a file, their names with the values of their labels."""
    families = text_string_to_metric_families(path.read_text(encoding="utf-8"))
    return {" ".join([s.name.removeprefix("onrecord_"), *s.labels.values()]): s.value for f in families for s in f.samples}


def write(path: Path, *texts: object) -> Path:
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
    return path


@pytest.mark.engine
def test_counters_grow_from_run_to_run(onrecord: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, flags = (
        tmp_path / "metrics" / "onrecord.prom",
        ["--output", tmp_path / "out", "--metrics", tmp_path / "metrics/onrecord.prom"],
    )
    begun = time.time()
    assert onrecord("run", write(tmp_path / "a.jsonl", TEXT, TEXT, "It rained.", 5, ""), *flags).returncode == 0
    found = samples(file)
    assert {k: v for k, v in found.items() if "second" not in k} == {
        "rounds_total": 1, "failures_total": 0, "records_total": 5, "known_total": 0, "documents_total": 2, "quotes_total": 1,
        "figures_total": 1, "appearances_total new": 2, "appearances_total same_content": 1, "rejects_total bad_field": 1,
        "rejects_total empty": 1, "feeds_unread": 0, "windows_total": 0,
    }  # fmt: skip
    stages = {k.split()[1] for k in found if k.startswith("stage_seconds_total")}
    assert stages == {"plan", "read", "decide", "extract", "publish"}
    first = found["last_success_timestamp_seconds"]
    assert begun <= first <= time.time() and 0 < found["articles_per_second"] < 1000
    assert onrecord("run", write(tmp_path / "b.jsonl", TEXT, "It snowed."), *flags).returncode == 0
    found = samples(file)
    assert [found[k] for k in ("rounds_total", "records_total", "documents_total", "rejects_total empty")] == [2, 7, 3, 1]

    def gone(*_: object) -> object:
        raise OSError("the disk is gone")

    monkeypatch.setattr(read, "records_of", gone)
    assert onrecord("run", write(tmp_path / "c.jsonl", "It hailed."), *flags).returncode == 1
    failed = samples(file)
    assert failed == found | {"failures_total": 1}  # the last success is still that of the run before
    assert [p.name for p in file.parent.iterdir()] == ["onrecord.prom"]


def test_a_file_that_holds_something_else_is_begun_anew(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    file = tmp_path / "m.prom"
    file.write_text("records{ {\n")
    Metrics(file).count(Summary(None, "out"))
    assert samples(file)["rounds_total"] == 1 and "holds no metrics" in caplog.text


def test_a_file_that_cannot_be_written_is_told_before_any_work(onrecord: Command, tmp_path: Path) -> None:
    done = onrecord("run", write(tmp_path / "a.jsonl", TEXT), "--output", tmp_path / "out", "--metrics", tmp_path)
    assert (done.returncode, done.stderr) == (2, f"onrecord: --metrics {tmp_path}: Is a directory\n")
    assert not (tmp_path / "out").exists()


def test_a_window_is_counted_and_what_waits_is_told_without_one(tmp_path: Path) -> None:
    metrics = Metrics(tmp_path / "m.prom")
    metrics.count(Summary(None, "out", window=1, lag=4, lateness={"median": 60.5, "most": 7200.0}))
    metrics.count(Summary(None, "out", window=2))
    metrics.lag(9)
    found = samples(tmp_path / "m.prom")
    told = ("windows_total", "rounds_total", "lag_records", "lateness_seconds", "lateness_max_seconds")
    assert [found[name] for name in told] == [2, 2, 9, 60.5, 7200]


def test_how_late_articles_came(onrecord: Command, tmp_path: Path) -> None:
    """From their publication to the run; those without a date, or with one that is still to come, tell nothing of it."""
    now = datetime.now(UTC)
    ages = [timedelta(hours=2), timedelta(hours=30), timedelta(days=-1), None]
    lines = [{"text": TEXT + f" {n}", "published_at": a and (now - a).isoformat()} for n, a in enumerate(ages)]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    flags = ["--output", tmp_path / "out", "--metrics", tmp_path / "m.prom"]
    assert onrecord("run", tmp_path / "a.jsonl", *flags).returncode == 0
    found = samples(tmp_path / "m.prom")
    late = [found[name] // 3600 for name in ("lateness_seconds", "lateness_max_seconds")]
    assert late == [2, 30]


def test_what_another_run_counts_meanwhile_stays(tmp_path: Path) -> None:
    waiting = Metrics(tmp_path / "m.prom")
    Metrics(tmp_path / "m.prom").count(Summary(None, "out"))  # the run that it waits for
    waiting.count(Summary(None, "out"))
    assert samples(tmp_path / "m.prom")["rounds_total"] == 2


@pytest.mark.parametrize(("error", "failures"), [(KeyboardInterrupt(), 1), (RuntimeError(), 1), (Ended("", USAGE), 0)])
def test_whatever_ends_a_run_is_a_failure(tmp_path: Path, error: BaseException, failures: int) -> None:
    with pytest.raises(type(error)), measured(argparse.Namespace(metrics=tmp_path / "m.prom")):
        raise error
    assert samples(tmp_path / "m.prom")["failures_total"] == failures


def test_a_pipe_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    told: list[str] = []
    reader = threading.Thread(target=lambda: told.append((tmp_path / "pipe").read_text()), daemon=True)
    reader.start()
    writer = threading.Thread(target=Metrics, args=[tmp_path / "pipe"], daemon=True)
    writer.start()
    reader.join(10)
    assert "onrecord_rounds_total 0.0" in "".join(told)
