"""Completeness of what is read from pages, as the benchmark measures it, on pages that were made for this project."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from benchmarks.pages import main, ours, pages, score, trafilatura

FOLDER = Path(__file__).parent.parent / "fixtures" / "pages"


def test_pages_are_read_whole_and_no_worse_than_by_trafilatura() -> None:
    of = list(pages(FOLDER))
    mine, other = score(ours, of), score(trafilatura, of)
    assert len(of) > 20 and mine.nothing == 0
    assert mine.recall >= max(0.985, other.recall) and mine.precision >= max(0.92, other.precision)


def test_the_benchmark_prints_a_line_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("tweet.html", "tweet.json"):
        shutil.copy(FOLDER / name, tmp_path)
    main([str(tmp_path)])
    printed = capsys.readouterr().out.splitlines()
    assert printed[0] == "1 pages" and [line.split()[0] for line in printed[2:]] == ["onrecord", "trafilatura", "newspaper4k"]
