"""What a command tells on standard error: levels, JSON lines, tracebacks, and what is heard of worker processes."""

from __future__ import annotations

import json
import logging
import os
import pickle
import queue
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onrecord import schemas, tables
from onrecord.cli.terminal import hushed
from onrecord.diagnostics import ToQueue, configure, levels, log_to_parent, take
from onrecord.lexicon import tables as tables_of_words
from onrecord.quotes.reader import AttributionReader
from onrecord.reading import steps

pytestmark = pytest.mark.engine

Command = Callable[..., subprocess.CompletedProcess[str]]
TEXT = "“We will wait,” said Ann Veld. More than 350 people fled."


@pytest.fixture
def news(tmp_path: Path) -> Path:
    rows = [{"text": TEXT}, {"text": "It rained."}, {"text": 5}]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return tmp_path / "a.jsonl"


def fails(article: Any, *rest: Any) -> Any:
    raise ZeroDivisionError("on purpose") from None


@pytest.mark.parametrize("flags", [["-q"], ["-v", "--log-json"]])
def test_an_article_that_breaks_us_has_its_traceback_in_the_log(
    news: Path, onrecord: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, flags: list[str]
) -> None:
    monkeypatch.setattr(steps, "article_figures", fails)
    done = onrecord("run", news, "--output", tmp_path / "out", *flags)
    assert done.returncode == 0 and (done.stdout == "") == ("-q" in flags)
    rejects = tables(tmp_path / "out")["rejects"].to_table(["reason", "detail"]).to_pylist()
    (detail, _) = (r["detail"] for r in rejects if r["reason"] == "internal_error")
    assert detail.startswith("ZeroDivisionError at onrecord/reading/steps.py:")
    assert ("in fails" in done.stderr) == ("-v" in flags)
    if "-v" not in flags:
        assert done.stderr == ""
    if "--log-json" in flags:
        log = [json.loads(line) for line in done.stderr.splitlines()]
        assert all(row.keys() >= {"time", "level", "logger", "message"} for row in log)
        broken = [row for row in log if "breaks the extraction" in row["message"]]
        assert {(row["level"], row["logger"]) for row in broken} == {("info", "onrecord.articles.apart")}
        assert len(broken) == 2 and all(row["doc_id"] and 'ZeroDivisionError("on purpose")' in row["traceback"] for row in broken)
        assert {row["stage"] for row in log if "stage" in row} == {"plan", "read", "decide", "extract", "publish"}


def test_a_broken_vocabulary_ends_the_run_and_refuses_no_article(
    news: Path, onrecord: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> Any:
        raise tables_of_words.VocabularyError("cues.csv, line 7, cue: no word")

    monkeypatch.setattr(tables_of_words, "_read", broken)
    done = onrecord("run", news, "--output", tmp_path / "out")
    assert done.returncode == 1 and done.stderr.startswith("onrecord: cues.csv, line 7, cue: no word"), done.stderr
    assert "nothing was published" in done.stderr and not list((tmp_path / "out").glob("rejects/**/*.parquet"))


@pytest.mark.parametrize("flags", [[], ["-vv"]])
def test_a_batch_that_cannot_be_read_together_is_told(
    news: Path, onrecord: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, flags: list[str]
) -> None:
    real = AttributionReader.read

    def alone(self: AttributionReader, given: Any) -> Any:
        given = list(given)
        return real(self, given) if len(given) == 1 else iter([1 / 0])

    monkeypatch.setattr(AttributionReader, "read", alone)
    done = onrecord("run", news, "--output", tmp_path / "out", *flags)
    told = "WARNING onrecord.articles.apart: articles of a batch are read one by one: ZeroDivisionError('division by zero')"
    assert (told in done.stderr.splitlines()) == ("-q" not in flags)
    assert ("in alone" in done.stderr) == ("-vv" in flags)
    assert tables(tmp_path / "out")["quotes"].count_rows() == 1


@pytest.mark.parametrize("flags", [[], ["-v"]])
def test_an_error_of_ours_is_told_in_a_line(onrecord: Command, monkeypatch: pytest.MonkeyPatch, flags: list[str]) -> None:
    monkeypatch.setitem(schemas.TABLES, "quotes", None)
    done = onrecord("schema", "quotes", *flags)
    assert (done.returncode, done.stdout) == (1, "")
    told = r"onrecord: internal error at onrecord/cli/views\.py:\d+: AttributeError: .*; -v shows its traceback"
    assert re.fullmatch(told, done.stderr.splitlines()[-1])
    assert ("Traceback" in done.stderr) == ("-v" in flags)


@pytest.mark.parametrize("verbosity", [0, 2])
def test_what_libraries_print_is_no_line_of_a_log_of_json(verbosity: int, capfd: pytest.CaptureFixture[str]) -> None:
    try:
        configure(verbosity, as_json=True)
        with hushed(verbosity):
            os.write(2, b"a library says something\n")
            logging.getLogger("onrecord.somewhere").warning("so do we")
        (row,) = map(json.loads, capfd.readouterr().err.splitlines())
        assert row["message"] == "so do we"
    finally:
        configure()


def test_a_log_that_nobody_reads_ends_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    shown = os.dup(2)
    os.dup2(writer, 2)
    os.close(writer)
    try:
        configure()
        with hushed(0):
            logging.getLogger("onrecord.somewhere").warning("unheard")
    finally:
        os.dup2(shown, 2)
        os.close(shown)
        configure()


def test_errors_are_json_lines_too(onrecord: Command, tmp_path: Path) -> None:
    for args in (["run", "nowhere", "--output", tmp_path / "out"], ["frobnicate"], ["verify", tmp_path], ["show", "nowhere"]):
        done = onrecord(*args, "--log-json")
        (row,) = map(json.loads, done.stderr.splitlines())
        assert (done.returncode, row["level"], row["logger"]) == (2, "error", "onrecord.cli") and row["message"]


def test_quiet_prints_what_was_asked_for(news: Path, onrecord: Command, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert json.loads(onrecord("run", news, "--output", out, "-q", "--json").stdout)["counts"]["documents"] == 2
    for args in (
        ["verify", out],
        ["compact", out],
        ["export", out, "--table", "quotes", "--format", "csv", "-o", tmp_path / "q"],
    ):
        done = onrecord(*args, "-q")
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert onrecord("export", out, "--table", "quotes", "--format", "csv", "-q").stdout.count(TEXT[:30]) == 1
    next(out.glob("quotes/**/*.parquet")).unlink()
    done = onrecord("verify", out, "-q")
    assert done.returncode == 1 and "quotes" in done.stdout  # what is wrong is what was asked for


def test_records_of_workers_arrive_whole(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    """What a worker logs passes a pipe: with its traceback, whatever a library put into it, and at the parent's levels."""
    kept = levels(), list(logging.root.handlers)
    try:
        configure(1, as_json=True)
        wanted = levels()
        assert wanted[""] == wanted["onrecord"] == logging.INFO
        out: queue.SimpleQueue[Any] = queue.SimpleQueue()
        log_to_parent(ToQueue(out), wanted)  # as if this were the worker
        log = logging.getLogger("onrecord.somewhere")
        log.debug("not wanted")
        try:
            fails(None)
        except ZeroDivisionError:
            log.info("%s broke", "it", exc_info=True, extra={"lock": queue.SimpleQueue(), "n": 3})
        record = pickle.loads(pickle.dumps(out.get_nowait()))
        assert out.empty()
        configure(1, as_json=True)
        logging.root.handlers[:] = logging.root.handlers[-1:]
        take(record)
        row = json.loads(capfd.readouterr().err)
        assert (row["message"], row["logger"], row["n"]) == ("it broke", "onrecord.somewhere", 3)
        assert "in fails" in row["traceback"] and "SimpleQueue" in row["lock"]
    finally:
        logging.root.handlers[:] = kept[1]
        for name in levels():
            logging.getLogger(name).setLevel(kept[0].get(name, logging.NOTSET))
        logging.captureWarnings(False)
