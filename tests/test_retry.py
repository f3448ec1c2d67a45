"""Rejects are taken up again: what is an article now is published, and its reject is gone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import rows


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lines = [{"text": "“It rained,” said Ann Rees."}, {"body": "“It snowed,” said Bo Lund."}, {"nothing": 1}]
    news = tmp_path / "news.jsonl"
    news.write_text("".join(json.dumps(line) + "\n" for line in lines))
    (tmp_path / "gone.jsonl").write_text("{oops\n")
    return tmp_path


def test_what_is_an_article_now_is_published_and_its_reject_retired(folder: Path, onrecord: Any) -> None:
    out, inputs = folder / "out", [folder / "news.jsonl", folder / "gone.jsonl"]
    assert onrecord("run", *inputs, "--output", out).returncode == 0
    before = rows(out, "appearances")
    assert sorted(r["reason"] for r in rows(out, "rejects")) == ["bad_json", "missing_text", "missing_text"]
    (folder / "gone.jsonl").unlink()
    (folder / "fields.yaml").write_text("fields: {text: body}\n")
    done = onrecord("retry-rejects", out, "--config", folder / "fields.yaml", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["retired"], told["refused_again"], told["out_of_reach"]) == (1, 1, 1)
    assert sorted(d["text"] for d in rows(out, "documents")) == ["“It rained,” said Ann Rees.", "“It snowed,” said Bo Lund."]
    assert len(rows(out, "appearances")) == len(before) + 1
    assert sorted(r["reason"] for r in rows(out, "rejects") if r["uri"].endswith("gone.jsonl")) == ["bad_json"]
    assert onrecord("verify", out).returncode == 0


@pytest.mark.engine
def test_without_a_change_nothing_changes(folder: Path, onrecord: Any) -> None:
    out = folder / "out"
    onrecord("run", folder / "news.jsonl", "--output", out)
    before = {t: rows(out, t) for t in ("documents", "appearances", "quotes", "rejects")}
    done = onrecord("retry-rejects", out)
    assert done.returncode == 0 and done.stdout == "0 rejects are articles now, 2 were refused again\n"
    assert before == {t: rows(out, t) for t in before}


def test_an_article_that_broke_us_is_tried_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.config import Config
    from pipeline.retry import retry_rejects
    from pipeline.run import run
    from pipeline.transforms import extract

    real, out = extract.article_figures, folder / "out"
    monkeypatch.setattr(extract, "article_figures", lambda a, *rest: 1 / 0 if "rained" in a.text else real(a, *rest))
    run([str(folder / "news.jsonl")], out, Config())
    assert sorted(r["reason"] for r in rows(out, "rejects")) == ["internal_error", "missing_text", "missing_text"]
    before = rows(out, "rejects")
    done = retry_rejects(out, Config())
    assert (done.retired, done.refused_again) == (0, 3) and rows(out, "rejects") == before  # still broken
    monkeypatch.setattr(extract, "article_figures", real)
    done = retry_rejects(out, Config())
    assert (done.retired, done.refused_again) == (1, 2)
    assert [d["text"] for d in rows(out, "documents")] == ["“It rained,” said Ann Rees."]
    assert sorted(r["reason"] for r in rows(out, "rejects")) == ["missing_text", "missing_text"]


def test_a_folder_that_holds_no_run_is_said_in_one_line(tmp_path: Path, onrecord: Any) -> None:
    done = onrecord("retry-rejects", tmp_path)
    assert done.returncode == 2 and "holds no finished run" in done.stderr and done.stderr.count("\n") == 1
