"""Rejects are taken up again: what is an article now is published, and its reject is gone."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from onrecord.jobs.config import Config
from onrecord.jobs.retry import _reachable, retry_rejects
from onrecord.jobs.run import run
from onrecord.reading import steps
from onrecord.store.care.verify import verify
from onrecord.store.manifest import Manifest, parse_manifest, read_manifests

from .conftest import rows


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lines = [{"text": "“It rained,” said Ann Rees."}, {"words": "“It snowed,” said Bo Lund."}, {"nothing": 1}]
    news = tmp_path / "news.jsonl"
    news.write_text("".join(json.dumps(line) + "\n" for line in lines))
    (tmp_path / "gone.jsonl").write_text("{oops\n")
    return tmp_path


@pytest.mark.engine
def test_what_is_an_article_now_is_published_and_its_reject_retired(folder: Path, onrecord: Any) -> None:
    out, inputs = folder / "out", [folder / "news.jsonl", folder / "gone.jsonl"]
    assert onrecord("run", *inputs, "--output", out).returncode == 0
    before = rows(out, "appearances")
    assert sorted(r["reason"] for r in rows(out, "rejects")) == ["bad_json", "missing_text", "missing_text"]
    (folder / "gone.jsonl").unlink()
    (folder / "fields.yaml").write_text("fields: {text: words}\n")
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


@pytest.mark.engine
def test_an_article_that_broke_us_is_tried_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, out = steps.article_figures, folder / "out"
    monkeypatch.setattr(steps, "article_figures", lambda a, *rest: 1 / 0 if "rained" in a.text else real(a, *rest))
    run([str(folder / "news.jsonl")], out, Config())
    assert sorted(r["reason"] for r in rows(out, "rejects")) == ["internal_error", "missing_text", "missing_text"]
    before = rows(out, "rejects")
    done = retry_rejects(out, Config())
    assert (done.retired, done.refused_again) == (0, 3) and rows(out, "rejects") == before  # still broken
    monkeypatch.setattr(steps, "article_figures", real)
    done = retry_rejects(out, Config())
    assert (done.retired, done.refused_again) == (1, 2)
    assert [d["text"] for d in rows(out, "documents")] == ["“It rained,” said Ann Rees."]
    assert sorted(r["reason"] for r in rows(out, "rejects")) == ["missing_text", "missing_text"]


GOOD, OTHER, BROKEN = "“It rained,” said Ann Rees.", "“It snowed,” said Bo Lund.", "“It hailed,” said Mina Sarkov."


def write(path: Path, *lines: object) -> str:
    path.write_text("".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines))
    return str(path)


def manifests(out: Path) -> list[Manifest]:
    return list(read_manifests(out))


@pytest.mark.engine
def test_each_reject_is_counted_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Several of one file, the same record in two files, one that is read now and breaks us, duplicates, files changed."""
    real, out = steps.article_figures, tmp_path / "out"
    monkeypatch.setattr(steps, "article_figures", lambda a, *rest: 1 / 0 if "hailed" in a.text else real(a, *rest))
    same = [{"words": OTHER}, {"words": OTHER}, {"nothing": 1}]
    inputs = [
        write(tmp_path / "a.jsonl", {"text": GOOD}, *same, {"words": BROKEN}),
        write(tmp_path / "b.jsonl", *same, {"words": GOOD}),
        write(tmp_path / "c.jsonl", {"text": BROKEN}),
        write(tmp_path / "mended.jsonl", "{oops", {"text": "It thawed."}, "{gone", "{still"),
        write(tmp_path / "lost.jsonl", "{oops", "{oops", {"words": "It froze."}),
    ]
    run(inputs, out, Config())
    assert len(rows(out, "rejects")) == 4 + 4 + 1 + 3 + 3  # alike or not, each bad record is one
    write(tmp_path / "mended.jsonl", {"words": "It cleared."}, {"words": "It thawed."}, "{still", "{new")
    (tmp_path / "lost.jsonl").unlink()
    done = retry_rejects(out, Config.model_validate({"fields": {"text": "words"}}))
    assert (done.retired, done.refused_again, done.out_of_reach) == (2 + 3 + 1, 2 + 1 + 1, 2 + 3)
    left = sorted((Path(r["uri"]).name.split("#")[0], r["reason"], r["record"] or 0) for r in rows(out, "rejects"))
    assert left == [
        ("a.jsonl", "missing_text", 4), ("a.jsonl", "missing_text", 5), ("b.jsonl", "missing_text", 3),
        ("c.jsonl", "internal_error", 0), ("lost.jsonl", "bad_json", 1), ("lost.jsonl", "bad_json", 2),
        ("lost.jsonl", "missing_text", 3), ("mended.jsonl", "bad_json", 3), ("mended.jsonl", "bad_json", 3),
        ("mended.jsonl", "bad_json", 4), ("mended.jsonl", "bad_json", 4),
    ]  # fmt: skip
    assert {d["text"] for d in rows(out, "documents")} == {GOOD, OTHER, "It thawed.", "It cleared."}
    assert list(verify(out)) == []
    first, second = manifests(out)
    assert (first.kind, second.kind) == ("run", "retry")
    assert second.counts["retired"] == 6 and second.counts["rejects"] == 2 and second.counts["carried"] == 9
    assert done.summary is not None and done.summary.rejects == {"bad_json": 2}


@pytest.mark.engine
def test_what_a_changed_setting_refuses_is_no_reject_if_it_was_taken_before(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run([write(tmp_path / "a.jsonl", {"text": GOOD, "published_at": "2026-10-01", "day": "soon"}, "{oops")], out, Config())
    done = retry_rejects(out, Config.model_validate({"fields": {"published_at": "day"}}))
    assert (done.retired, done.refused_again, done.out_of_reach) == (0, 1, 0)
    assert [r["reason"] for r in rows(out, "rejects")] == ["bad_json"] and list(verify(out)) == []


def test_a_page_of_a_feed_is_not_taken_for_a_feed(tmp_path: Path) -> None:
    assert not _reachable("https://news.example/story", Config()) and _reachable("hdfs://host/a.jsonl", Config())
    assert not _reachable("stdin:", Config()) and not _reachable(str(tmp_path), Config())


@pytest.mark.engine
def test_earlier_versions_retired_in_a_run_of_its_own(folder: Path) -> None:
    out = folder / "out"
    run([str(folder / "news.jsonl")], out, Config())
    path = next((out / "_runs").glob("[0-9]*.json"))
    earlier = parse_manifest(path.read_bytes()).model_dump(mode="json") | {"kind": "retry", "counts": {"rejects": 1}}
    path.write_text(json.dumps(earlier))  # without a seal, as they were
    assert list(verify(out)) == []


@pytest.mark.fault
@pytest.mark.parametrize("call", ["replace:3", "replace:8", "replace:12", "replace:16", "replace:20", "fsync:12", "fsync:30"])
def test_killed_anywhere_it_has_retired_all_or_nothing(folder: Path, onrecord: Any, call: str) -> None:
    out = folder / "out"
    run([str(folder / "news.jsonl")], out, Config())
    (folder / "fields.yaml").write_text("fields: {text: words}\n")
    retry = ("retry-rejects", out, "--config", folder / "fields.yaml")
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parent / "injection"), "ONRECORD_FAULT": f"kill:{call}"}
    onrecord(*retry, env=env)
    published = OTHER in {d["text"] for d in rows(out, "documents")}
    assert len(rows(out, "rejects")) == (1 if published else 2)
    assert onrecord(*retry).returncode == 0
    assert sorted(d["text"] for d in rows(out, "documents")) == [GOOD, OTHER]
    assert [r["record"] for r in rows(out, "rejects")] == [3] and list(verify(out)) == []


def test_a_folder_that_holds_no_run_is_said_in_one_line(tmp_path: Path, onrecord: Any) -> None:
    done = onrecord("retry-rejects", tmp_path)
    assert done.returncode == 2 and "holds no finished run" in done.stderr and done.stderr.count("\n") == 1
