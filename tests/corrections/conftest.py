"""A small record to correct: two articles, and names that are alike."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onrecord import tables as open_tables
from onrecord.jobs.config import Config
from onrecord.jobs.run import run

FERRY = """Ferry strike ends after nine days

The ferries between Tarvo and Lenn will sail again on Monday, the port authority said.

“We got what we asked for,” said Ilse Tarn, who led the strike. “Nobody was left behind.”

Otto Lund, the harbour master, said he was relieved. “It was a long week,” he told reporters.

At least 15 people were injured when a gangway fell, the port authority said. About 400 passengers were waiting at the time.

“The sea decides,” said Ann R. Velden.
"""
COUNCIL = """Council votes on the bridge

Ilse Tarn, a member of the council, said the bridge would cost $12 million. “We can afford it,” Tarn said.

A. Velden, the treasurer, said the money was there. Ann Velden, who runs the ferry company, called the plan reckless.
"""
URLS = {"ferry": "https://news.example/ferry", "council": "https://news.example/council"}


def write_articles(folder: Path, ferry: str = FERRY) -> Path:
    rows = [
        {"text": ferry, "url": URLS["ferry"], "publisher": "The Tarvo Post", "published_at": "2026-10-01"},
        {"text": COUNCIL, "url": URLS["council"], "publisher": "The Lenn Times", "published_at": "2026-10-03"},
    ]
    (folder / "articles.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return folder / "articles.jsonl"


@pytest.fixture(scope="session")
def ferry_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The record, to be copied."""
    folder = tmp_path_factory.mktemp("ferry")
    run([str(write_articles(folder))], folder / "out", Config())
    return folder / "out"


@pytest.fixture
def record(ferry_record: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(ferry_record, tmp_path / "out"))


@pytest.fixture
def find(record: Path) -> Callable[..., dict[str, Any]]:
    """The one row of a table, as it is shown, whose text holds what is given."""

    def one(table: str, words: str, as_read: bool = False) -> dict[str, Any]:
        rows = [r for r in open_tables(record, as_read)[table].to_table().to_pylist() if words in r["text"]]
        assert len(rows) == 1, [r["text"] for r in rows]
        return rows[0]

    return one


@pytest.fixture
def correct(record: Path, onrecord: Callable[..., Any]) -> Callable[..., list[dict[str, Any]]]:
    """Correct by the command; returns what it tells."""

    def done(*args: object) -> list[dict[str, Any]]:
        out = onrecord("correct", record, "--json", *args)
        assert out.returncode == 0, out.stderr
        told: list[dict[str, Any]] = json.loads(out.stdout)
        return told

    return done
