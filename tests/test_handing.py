"""Handing a record on: what it lacks is filled in, in one transaction; a part of it is a record, with or without texts."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from onrecord import tables as open_tables
from onrecord.jobs.config import Config
from onrecord.jobs.engine import RunError, UsageError
from onrecord.jobs.handing.annotate import annotate
from onrecord.jobs.handing.sample import sample
from onrecord.jobs.run import run
from onrecord.serve.record import Record
from onrecord.store import merge
from onrecord.store.care.spans import check_document
from onrecord.store.care.verify import verify
from onrecord.store.state import read_state
from onrecord.store.withheld import SHADE, shaded

from .conftest import all_rows

pytestmark = pytest.mark.engine

Command = Callable[..., subprocess.CompletedProcess[str]]
FILLED = {"url", "title", "author", "publisher", "published_at", "published_date"}
DAYS = """uri,publisher,published_at,title,desk
flood.txt,Senna Herald,2026-10-06T08:00:00+02:00,River floods,foreign
north/same.txt,North Post,2026-10-07,,
https://dam.example/1,Dam Daily,yesterday,,
same.txt,Nobody,2020-01-01,,
gone.txt,Nobody,2020-01-01,,
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("handing")
    news = folder / "news"
    for place in ("north", "south"):
        (news / place).mkdir(parents=True)
        (news / place / "same.txt").write_text(f"“The {place} is dry,” said Ann Veld. Some 40 wells are empty.")
    (news / "flood.txt").write_text("“It rose at night,” said Bo Lund. At least 12 people were killed. He said that it was over.")
    dam = {"text": "“It holds,” said Ada Quist.", "url": "https://dam.example/1", "publisher": "www.dam.example"}
    (news / "dam.jsonl").write_text(json.dumps(dam) + "\n")
    run([str(news)], folder / "out", Config())
    return folder / "out"


@pytest.fixture
def record(made: Path, tmp_path: Path) -> Path:
    (tmp_path / "days.csv").write_text(DAYS)
    return Path(shutil.copytree(made, tmp_path / "out"))


def by_file(output: Path, table: str = "documents") -> dict[str, dict[str, Any]]:
    return {row["uri"].rpartition("news/")[2]: row for row in open_tables(output)[table].to_table().to_pylist()}


def without(rows: dict[str, list[dict[str, Any]]], columns: set[str]) -> dict[str, list[str]]:
    return {t: sorted(repr({k: v for k, v in r.items() if k not in columns}) for r in own) for t, own in rows.items()}


def test_what_is_lacking_is_filled_in_everywhere_and_once(record: Path, tmp_path: Path, onrecord: Command) -> None:
    before = all_rows(record)
    done = onrecord("annotate", record, "--metadata", tmp_path / "days.csv")
    lines = done.stdout.splitlines()
    assert (
        done.returncode == 0
        and lines[0].startswith("Filled in: 3 documents, ")
        and lines[1:]
        == [
            "of documents: published_at of 2, published_date of 2, publisher of 3, title of 1",
            "1 row stands for nothing in the record: gone.txt",
            "1 path of several files, give more of each: same.txt",
            "unknown columns: desk",
            "1 value could not be read: https://dam.example/1: published_at: 'yesterday' is not a date (use ISO 8601)",
        ]
    )
    assert list(verify(record, deep=True)) == []
    now = by_file(record)
    assert now["flood.txt"]["published_at"] == datetime(2026, 10, 6, 6, tzinfo=UTC)
    assert (now["flood.txt"]["published_date"], now["flood.txt"]["title"]) == (date(2026, 10, 6), "River floods")
    assert now["north/same.txt"]["publisher"] == "North Post" and now["south/same.txt"]["publisher"] is None
    assert now["dam.jsonl#L1"]["publisher"] == "Dam Daily"  # a bare host's name was none
    assert by_file(record, "appearances")["flood.txt"]["publisher"] == "Senna Herald"
    after = all_rows(record)
    assert without(before, FILLED) == without(after, FILLED)
    documents = {d["doc_id"]: d for d in after["documents"]}
    for table in ("quotes", "figures"):
        for row in after[table]:
            assert {c: row[c] for c in FILLED & row.keys()} == {c: documents[row["doc_id"]][c] for c in FILLED & row.keys()}
    for files in read_state(record).files.values():
        for f in files:
            if f.table in ("documents", "quotes", "figures", "appearances"):
                days = [r or datetime.max.replace(tzinfo=UTC) for r in pq.read_table(record / f.path)["published_at"].to_pylist()]
                assert days == sorted(days)  # as every reader may expect
    again = onrecord("annotate", record, "--metadata", tmp_path / "days.csv")
    assert again.stdout.startswith("Nothing to fill in") and all_rows(record) == after
    assert read_state(record).sequence == 2 and onrecord("compact", record, "--grace", "0s").returncode == 0
    assert all_rows(record) == after


def test_what_the_record_tells_stays_unless_it_is_to_be_replaced(record: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    first.write_text(json.dumps({"uri": "flood.txt", "publisher": "One", "published_at": "2026-10-01"}))
    second.write_text(json.dumps({"uri": "flood.txt", "publisher": "Two", "published_at": "2026-10-02", "author": "Ana Bell"}))
    assert annotate(record, first).columns == {"publisher": 1, "published_at": 1, "published_date": 1}
    assert annotate(record, second).columns == {"author": 1} and by_file(record)["flood.txt"]["publisher"] == "One"
    assert annotate(record, second, replace=True).columns == {"publisher": 1, "published_at": 1, "published_date": 1}
    assert annotate(record, second, replace=True).run_id is None
    row = by_file(record)["flood.txt"]
    assert (row["publisher"], row["published_date"], row["author"]) == ("Two", date(2026, 10, 2), "Ana Bell")


def test_one_that_is_stopped_has_changed_nothing(record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, files = all_rows(record), sorted(p for p in record.rglob("*.parquet"))

    def stop(*_: Any) -> None:
        raise OSError("stopped")

    with monkeypatch.context() as patch, pytest.raises((OSError, RunError), match="stopped"):
        patch.setattr("onrecord.store.publish.take_number", stop)
        annotate(record, tmp_path / "days.csv")
    assert all_rows(record) == before and sorted(p for p in record.rglob("*.parquet")) == files
    monkeypatch.setattr("onrecord.jobs.handing.annotate._HELD", 1)  # a part for every few rows
    monkeypatch.setattr("onrecord.jobs.handing.annotate._ROWS", 1)
    monkeypatch.setattr(merge, "AMPLE", merge.Room(2, 1 << 20))
    assert annotate(record, tmp_path / "days.csv").counts["documents"] == 3 and list(verify(record, deep=True)) == []


@pytest.mark.parametrize(
    ("text", "line"), [(None, "No such file"), ("publisher\nx\n", "no value in column 'uri'"), ("{oops", "not JSON")]
)
def test_a_file_that_cannot_be_used(record: Path, tmp_path: Path, text: str | None, line: str, onrecord: Command) -> None:
    if text is not None:
        (tmp_path / "bad.csv").write_text(text)
    done = onrecord("annotate", record, "--metadata", tmp_path / "bad.csv")
    assert done.returncode == 2 and line in done.stderr and len(done.stderr.splitlines()) == 1


# ------------------------------------------------------------------ samples


def test_a_sample_is_a_record_of_its_own(sample_output: Path, tmp_path: Path, onrecord: Command) -> None:
    small = tmp_path / "small"
    done = onrecord("sample", sample_output, "-n", 5, "--seed", 3, "-o", small)
    assert done.returncode == 0 and f"{small}: 5 of 16 documents, " in done.stdout
    assert list(verify(small, deep=True)) == [] and (small / "views.sql").is_file()
    own, every = all_rows(small), all_rows(sample_output)
    docs = {d["doc_id"] for d in own["documents"]}
    assert len(docs) == 5
    for table in ("documents", "paragraphs", "document_speakers", "quotes", "figures"):
        assert without({table: own[table]}, {"uri"}) == without(
            {table: [r for r in every[table] if r["doc_id"] in docs]}, {"uri"}
        )
    speakers = {s["speaker_id"] for s in own["document_speakers"]}
    assert own["people"] == [p for p in every["people"] if p["speaker_id"] in speakers]
    assert all("/" not in d["uri"] for d in own["documents"]) and own["rejects"] == []
    sample(sample_output, tmp_path / "again", 5, 3)
    sample(sample_output, tmp_path / "other", 5, 4)
    assert all_rows(tmp_path / "again") == own != all_rows(tmp_path / "other")


def test_without_texts_only_excerpts_can_be_read(sample_output: Path, tmp_path: Path, onrecord: Command) -> None:
    small = tmp_path / "small"
    done = onrecord("sample", sample_output, "-n", 99, "--without-text", "-o", small, "--json")
    assert json.loads(done.stdout)["rows"]["documents"] == 16 and list(verify(small, deep=True)) == []
    own, every = (({d["doc_id"]: d for d in all_rows(o)["documents"]}) for o in (small, sample_output))
    rows = {t: open_tables(small)[t].to_table().to_pylist() for t in ("quotes", "figures", "paragraphs")}
    kept: dict[str, set[int]] = {i: set() for i in own}
    for row in (*rows["quotes"], *rows["figures"]):
        kept[row["doc_id"]] |= set(range(row["excerpt_start"], row["excerpt_end"]))
    for i, d in own.items():
        text = every[i]["text"]
        assert d["text"] == "".join(c if n in kept[i] or c.isspace() else SHADE for n, c in enumerate(text))
        assert d["content_sha256"] == every[i]["content_sha256"]
    assert sum(d["text"].count(SHADE) for d in own.values()) > 1000
    for p in rows["paragraphs"]:
        assert p["text"] == own[p["doc_id"]]["text"][p["start_char"] : p["end_char"]]
    words = [w for d in every.values() for w in re.findall(r"\w{8,}", d["text"])]
    held = " ".join(repr(r) for t in all_rows(small).values() for r in t)
    assert len([w for w in words if w in held]) < len(words)
    assert onrecord("find", small, "--quote", rows["quotes"][0]["quote_id"]).returncode == 0
    done = onrecord("reprocess", small, "--all")
    assert done.returncode == 2 and "a sample without texts: its articles cannot be read again" in done.stderr


@pytest.mark.parametrize("flags", [[], ["--without-text"]], ids=["whole", "without text"])
def test_every_command_works_on_a_sample(sample_output: Path, tmp_path: Path, onrecord: Command, flags: list[str]) -> None:
    small = tmp_path / "small"
    assert onrecord("sample", sample_output, "-n", 8, "-o", small, *flags).returncode == 0
    before = {d["doc_id"] for d in all_rows(small)["documents"]}
    assert onrecord("export", small, "--table", "speakers", "--format", "csv").stdout.count("\n") > 3
    assert onrecord("report", small, "-o", tmp_path / "r.html").returncode == 0
    asked = Record(small, tmp_path / "cache").ask("SELECT count(*) AS n FROM voices")
    assert asked == [{"n": len(all_rows(small)["quotes"])}]
    (tmp_path / "new.txt").write_text("“We start,” said Ann Veld.")
    uri = all_rows(sample_output)["documents"][0]["uri"]
    assert onrecord("run", tmp_path / "new.txt", uri.partition("#")[0], "-o", small).returncode == 0
    assert list(verify(small, deep=True)) == []
    after = all_rows(small)["documents"]  # what is there already is known, although its text may be withheld
    assert len(after) == len({d["content_sha256"] for d in after}) and before < {d["doc_id"] for d in after}
    assert onrecord("compact", small, "--grace", "0s").returncode == onrecord("repair", small).returncode == 0
    assert onrecord("reprocess", small, "--all").returncode == (2 if flags else 0) and list(verify(small, deep=True)) == []


def test_a_text_that_is_not_shaded_is_checked_in_a_sample_too(sample_output: Path) -> None:
    tables = open_tables(sample_output)
    document = tables["documents"].to_table().to_pylist()[0]
    names = ("paragraphs", "quotes", "figures", "document_speakers")
    rows = {n: [r for r in tables[n].to_table().to_pylist() if r["doc_id"] == document["doc_id"]] for n in names}
    wrong = "documents: content_sha256 is not that of the text"
    assert list(check_document(document, rows, True)) == []
    assert wrong in check_document(document | {"text": document["text"] + "x"}, rows, True)
    withheld = document | {"text": shaded(document["text"], [])}
    assert wrong in check_document(withheld, rows) and wrong not in check_document(withheld, rows, True)


def test_where_a_sample_cannot_go(sample_output: Path, tmp_path: Path, onrecord: Command) -> None:
    for target, line in ((sample_output, "is the record itself"), (Path(__file__).parent, "is not empty")):
        done = onrecord("sample", sample_output, "-o", target)
        assert done.returncode == 2 and line in done.stderr and len(done.stderr.splitlines()) == 1
    with pytest.raises(UsageError, match="holds no finished run"):
        sample(tmp_path / "none", tmp_path / "x", 1, 1)


@pytest.mark.parametrize(
    ("kept", "shown"),
    [([], "░░ ░░░ ░"), ([(0, 2)], "ab ░░░ ░"), ([(1, 4), (2, 3), (6, 8)], "░b c░░ f"), ([(0, 99)], "ab cde f")],
)
def test_shading(kept: list[tuple[int, int]], shown: str) -> None:
    assert shaded("ab cde f", kept) == shown
