"""What lies beside articles: their metadata, and files of every format in one folder."""

from __future__ import annotations

import json
from pathlib import Path

from onrecord.cli.terminal import summary_text
from onrecord.jobs.config import Config
from onrecord.jobs.run import run
from onrecord.store.care.verify import verify
from onrecord.store.known import file_of

from .conftest import rows
from .sources.carriers import zipped
from .sources.test_newsroom import TOLD
from .sources.test_newsroom import read as read_all


def test_what_of_the_metadata_stands_for_nothing_is_counted_and_named(tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.txt").write_text("“It rained,” said Ann Rees.")
    (news / "b.jsonl").write_text(json.dumps({"text": "It snowed.", "id": "own-7"}) + "\n")
    (news / "c.jsonl").write_text(json.dumps({"text": "It hailed.", "url": "https://courier.example/1"}) + "\n")
    keys = ["a.txt", "own-7", "https://courier.example/1", "lost.txt", f"{news}/b.jsonl#L9"]
    (tmp_path / "m.csv").write_text("uri;author;Rubric\n" + "".join(f"{key};Ann Rees;x\n" for key in keys))
    summary = run([str(news)], tmp_path / "out", Config(metadata=tmp_path / "m.csv"))
    assert (summary.unmatched, summary.unknown_columns) == ([f"{news}/b.jsonl#L9", "lost.txt"], ["Rubric"])
    told = " ".join(summary_text(summary).split())
    assert "2 rows stand for nothing that was read" in told and "lost.txt; unknown columns: Rubric" in told
    assert {r["author"] for r in rows(tmp_path / "out", "documents")} == {"Ann Rees"}


def test_a_folder_of_every_format_is_read_or_refused_by_name(tmp_path: Path) -> None:
    news, output = tmp_path / "news", tmp_path / "out"
    news.mkdir()
    for name, (data, *_) in TOLD.items():
        (news / name).write_bytes(data.encode() if isinstance(data, str) else data)
    files = {p.name: p.read_bytes() for p in news.iterdir()}
    (news / "all.zip").write_bytes(zipped({f"week/{name}": data for name, data in files.items()}))
    (news / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    (news / "picture.png").write_bytes(b"\x89PNG\r\n")
    summary = run([str(news)], output, Config())
    read = sum(len(read_all(data, name)) for name, data in files.items())
    assert summary.rejects == {"unsupported": 1} and summary.left_out == 1
    assert summary.counts["read"] == 2 * read + 1 == summary.counts["appearances"] + summary.counts["rejects"]
    appeared = {file_of(r["uri"]) for r in rows(output, "appearances")}
    assert appeared == {str(news / name) for name in (*files, "all.zip")} and list(verify(output)) == []
    assert run([str(news)], output, Config()).run_id is None


def test_files_that_tell_of_articles_are_none(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("“It rained,” said Ann Rees.")
    (tmp_path / "m.csv").write_text("uri,author\na.txt,Ann Rees\n")
    (tmp_path / "n.csv").write_text("alias,name\nA. Rees,Ann Rees\n")
    summary = run([str(tmp_path)], tmp_path / "out", Config(metadata=tmp_path / "m.csv", aliases=tmp_path / "n.csv"))
    assert (summary.counts["documents"], summary.counts["rejects"]) == (1, 0)
