"""Completeness of what is read from pages, as the benchmark measures it, on pages that were made for this project."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path

import pytest

from benchmarks.pages import main, ours, pages, score, trafilatura

FIXTURES = Path(__file__).parent.parent / "fixtures"
FOLDER = FIXTURES / "pages"


@pytest.mark.parametrize("folder", ["pages", "layouts"])
def test_pages_are_read_whole_and_no_worse_than_by_trafilatura(folder: str) -> None:
    of = list(pages(FIXTURES / folder))
    mine, other = score(ours, of), score(trafilatura, of)
    assert len(of) > 20 and mine.nothing == 0
    assert mine.recall >= max(0.985, other.recall) and mine.precision >= max(0.92, other.precision)


def test_collections_are_read_as_they_are_published(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    right = json.loads((FOLDER / "tweet.json").read_bytes())["paragraphs"]
    data = (FOLDER / "tweet.html").read_bytes()
    fundus, passages = tmp_path / "fundus" / "us", tmp_path / "passages" / "cache"
    for folder in (fundus, passages, tmp_path / "none"):
        folder.mkdir(parents=True)
    (fundus / "Courier_2026_10_05.html.gz").write_bytes(gzip.compress(data))
    versions = {
        name: {"body": {"sections": [{"headline": [], "paragraphs": of}]}}
        for name, of in (("V1", ["An older page."]), ("V2", right))
    }
    (fundus / "Courier.json").write_text(json.dumps(versions), encoding="utf-8")
    (fundus / "meta.info").write_text(json.dumps({"Courier_2026_10_05.html.gz": {"url": "https://courier.example/1"}}))
    (passages / "a.html").write_bytes(data)
    told = {"https://courier.example/1": {"file": "a.html", "with": [right[0][:40]], "without": ["Subscribe"]}}
    (passages.parent / "evaldata.py").write_text(f"EVAL_PAGES = {told!r}\n", encoding="utf-8")
    for folder in (fundus.parent, passages.parent):
        (page,) = pages(folder)
        assert page.url == "https://courier.example/1" and score(ours, [page]).recall == 1.0
    assert [p.right for p in pages(fundus.parent)] == [right]
    with pytest.raises(SystemExit, match=r"clone https://github\.com/flairNLP/fundus"):
        main([str(tmp_path / "none")])


def test_the_benchmark_prints_a_line_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("tweet.html", "tweet.json"):
        shutil.copy(FOLDER / name, tmp_path)
    main([str(tmp_path)])
    printed = capsys.readouterr().out.splitlines()
    assert printed[0] == "1 pages" and [line.split()[0] for line in printed[2:]] == ["onrecord", "trafilatura", "newspaper4k"]
