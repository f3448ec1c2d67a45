"""Corrections outlive readings anew, are told where they have no row any more, and go with an article that is forgotten."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onrecord import tables as open_tables
from onrecord.jobs.config import Config
from onrecord.jobs.run import run
from onrecord.jobs.upkeep import reprocess
from onrecord.store.care.verify import verify
from onrecord.store.manifest import read_manifests

from .conftest import URLS
from .readers import same_everywhere

Row = dict[str, Any]
pytestmark = pytest.mark.engine


def test_a_row_that_is_read_no_more(tmp_path: Path, onrecord: Callable[..., Any]) -> None:
    """A reading with ``all`` has attributions of little confidence, which one without it has not."""
    unsaid = "The government has not said when the road will be opened."
    (tmp_path / "a.txt").write_text(f"The road to Tarvo was shut on Friday.\n\n{unsaid}\n\n“It is late,” said Bo Lund.")
    every, out = Config(all=True), tmp_path / "out"
    run([str(tmp_path / "a.txt")], out, every)
    few = {q["quote_id"] for q in _quotes(tmp_path)}
    unsure = next(q for q in open_tables(out)["quotes"].to_table().to_pylist() if q["quote_id"] not in few)
    sure = next(q for q in open_tables(out)["quotes"].to_table().to_pylist() if "late" in q["text"])
    for quote, role in ((unsure, "baker"), (sure, "pilot")):
        assert onrecord("correct", out, "--quote", quote["quote_id"], "--role", role, "--by", "M. Kern").returncode == 0
    done = onrecord("reprocess", out, "--all")
    assert done.returncode == 0
    (told,) = [line for line in done.stdout.splitlines() if line.startswith("correction without a row: ")]
    assert unsure["quote_id"][:12] in told and told.endswith("[nothing like it is read any more]")
    assert list(read_manifests(out))[-1].counts["corrections_unmatched"] == 1
    assert "[nothing like it is read any more]" in onrecord("correct", out, "--list").stdout.splitlines()[0]
    assert [q["speaker_role"] for q in open_tables(out)["quotes"].to_table().to_pylist()] == ["pilot"]
    same_everywhere(out)
    assert reprocess(out, every, every=True) is not None  # which has it again
    assert sorted(q["speaker_role"] for q in open_tables(out)["quotes"].to_table().to_pylist()) == ["baker", "pilot"]
    assert "[nothing" not in onrecord("correct", out, "--list").stdout and list(verify(out, deep=True)) == []


def _quotes(folder: Path) -> list[Row]:
    run([str(folder / "a.txt")], folder / "few", Config())
    return open_tables(folder / "few")["quotes"].to_table().to_pylist()


def test_a_forgotten_article_takes_its_corrections_along(
    record: Path, correct: Callable[..., list[Row]], find: Callable[..., Row], onrecord: Callable[..., Any]
) -> None:
    correct("--quote", find("quotes", "he was relieved")["quote_id"], "--role", "pilot", "--by", "M. Kern")
    correct("--quote", find("quotes", "We can afford it")["quote_id"], "--role", "baker", "--by", "M. Kern")
    correct("--are-one", "Otto Lund", "Ilse Tarn", "--by", "M. Kern")  # Lund speaks in no other article
    correct("--are-one", "A. Velden", "Ann Velden", "--by", "M. Kern")
    assert onrecord("forget", record, "--uri", URLS["ferry"]).returncode == 0
    told = json.loads(onrecord("correct", record, "--list", "--json").stdout)
    assert [t["words"] for t in told] == ["We can afford it,", "A. Velden / Ann Velden"]
    kept = b"".join(p.read_bytes() for p in (record / "corrections").rglob("*.parquet"))
    assert b"Otto Lund" not in kept and b"pilot" not in kept
    assert find("quotes", "We can afford it")["speaker_role"] == "baker"
    same_everywhere(record)
    assert list(verify(record, deep=True)) == []


def test_new_articles_meet_what_was_said_of_names(record: Path, correct: Callable[..., list[Row]], tmp_path: Path) -> None:
    """Names that are one, or two, are joined so by later runs, too."""
    correct("--are-two", "Ann R. Velden", "Ann Velden", "--by", "M. Kern")
    correct("--are-one", "Otto Lund", "Ilse Tarn", "--by", "M. Kern")
    (tmp_path / "more.txt").write_text("“No ferry today,” said Ann Velden. “We wait,” said Otto Lund, the pilot.")
    run([str(tmp_path / "more.txt")], record, Config())
    tables = {name: open_tables(record)[name].to_table().to_pylist() for name in ("people", "document_speakers")}
    names = {s["speaker_id"]: s["name"] for s in tables["document_speakers"]}
    person = {names[p["speaker_id"]]: p["person_id"] for p in tables["people"]}
    assert person["Ann Velden"] != person["Ann R. Velden"] and person["Otto Lund"] == person["Ilse Tarn"]
    assert list(verify(record)) == []
