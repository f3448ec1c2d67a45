"""The index holds what the record holds, however it came to: file by file it is what it is when made anew."""

from __future__ import annotations

import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmarks.invented import write_record
from onrecord.serve.index import Index, drop, place_of
from onrecord.serve.record import Record
from onrecord.store.manifest import manifest_path


def content(index: Index) -> tuple[set[tuple[Any, ...]], set[tuple[Any, ...]], int, list[int]]:
    """Quotes and people, how many quotes are told, and in how many some words are found."""
    columns = "quote_id, doc_id, text, speaker, outlet, facets, called, type, confidence"
    quotes = {tuple(r) for r in index.ask(f"SELECT {columns} FROM quote")}
    people = {tuple(r) for r in index.ask("SELECT * FROM person")}
    counts = [
        index.ask("SELECT count(*) FROM words WHERE words MATCH ?", w)[0][0] for w in ("the", "will", "text : bab*", "tdirect")
    ]
    return quotes, people, index.total(), counts


def made_anew(folder: Path, place: Path) -> Index:
    place.mkdir()
    index = Index(place)
    index.update(Record(folder, place / "scratch").now)
    return index


@pytest.fixture
def invented(tmp_path: Path) -> Path:
    write_record(tmp_path / "out", 240, runs=3)
    return tmp_path / "out"


def manifest(folder: Path, sequence: int) -> Path:
    return manifest_path(folder, sequence)


def test_a_new_run_is_taken_in(invented: Path, tmp_path: Path) -> None:
    last, aside = manifest(invented, 3), tmp_path / "aside.json"
    last.rename(aside)
    record, index = Record(invented, tmp_path / "scratch"), Index(tmp_path)
    index.update(record.now)
    before = index.path.stat().st_ino
    assert index.total() == 160 and not record.refresh()
    aside.rename(last)
    assert record.refresh()
    index.update(record.now)
    assert index.path.stat().st_ino == before  # it was added to
    assert index.total() == 240
    assert content(index) == content(made_anew(invented, tmp_path / "anew"))


def test_a_file_that_counts_no_more_is_taken_out(invented: Path, tmp_path: Path) -> None:
    record, index = Record(invented, tmp_path / "scratch"), Index(tmp_path)
    told: list[str] = []
    index.update(record.now, told.append)
    assert told[-1] == "indexing quotes: 240 of 240"
    manifest(invented, 2).unlink()
    assert record.refresh()
    index.update(record.now)
    assert index.total() == 160
    assert content(index) == content(made_anew(invented, tmp_path / "anew"))


@pytest.mark.engine
def test_files_that_were_merged(invented: Path, tmp_path: Path, onrecord: Any) -> None:
    record, index = Record(invented, tmp_path / "scratch"), Index(tmp_path)
    index.update(record.now)
    before, inode = content(index), index.path.stat().st_ino
    assert onrecord("compact", invented).returncode == 0
    assert record.refresh()
    index.update(record.now)
    assert content(index) == before and index.path.stat().st_ino != inode  # all of it would have been taken out


def test_nothing_is_done_where_nothing_is_new(invented: Path, tmp_path: Path) -> None:
    index = Index(tmp_path)
    index.update(Record(invented, tmp_path / "scratch").now)
    told: list[str] = []
    index.update(Record(invented, tmp_path / "scratch").now, told.append)
    assert told == []


def _made_a_version(folder: Path) -> tuple[str, str]:
    """Make the first document of the second run a new version of one of the first; returns their ids, the older first."""
    (first,), (second,) = (list((folder / "documents").rglob(f"part-{n:06d}-*")) for n in (1, 2))
    old, table = pq.read_table(first), pq.read_table(second)
    rows = table.to_pylist()
    rows[0] |= {"article_id": old["article_id"][0].as_py(), "version": 2}
    pq.write_table(pa.Table.from_pylist(rows, schema=table.schema), second)
    return old["doc_id"][0].as_py(), rows[0]["doc_id"]


def documents_in(index: Index) -> set[str]:
    return {bytes(r[0]).hex() for r in index.ask("SELECT DISTINCT doc_id FROM quote")}


def test_newest_versions_alone(invented: Path, tmp_path: Path) -> None:
    """In an index that was there, and in one made anew; and an older version that comes back."""
    older, newer = _made_a_version(invented)
    later, aside = manifest(invented, 2), tmp_path / "aside.json"
    later.rename(aside)
    record, index = Record(invented, tmp_path / "scratch"), Index(tmp_path)
    index.update(record.now)
    assert older in documents_in(index)
    aside.rename(later)
    assert record.refresh()
    index.update(record.now)
    assert index.total() == 232 and content(index) == content(made_anew(invented, tmp_path / "anew"))
    assert older not in documents_in(index) and newer in documents_in(index)
    assert (
        record.ask("SELECT count(*) AS n FROM current_quotes")
        == record.ask("SELECT count(*) AS n FROM latest_quotes")
        == [{"n": 232}]
    )
    later.unlink()
    assert record.refresh()
    index.update(record.now)
    assert older in documents_in(index) and newer not in documents_in(index)


def _scrambled(path: Path) -> None:
    path.write_bytes(b"no database" * 1000)


def _of_another_format(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")


def _without_a_table(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TABLE told")


def _torn(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:20_000])


@pytest.mark.parametrize("harm", [_scrambled, _of_another_format, _without_a_table, _torn, Path.unlink])
def test_an_index_that_is_no_good_is_made_anew(invented: Path, tmp_path: Path, harm: Any) -> None:
    place = tmp_path / "place"
    index = made_anew(invented, place)
    good = content(index)
    for beside in ("-wal", "-shm"):
        index.path.with_name(index.path.name + beside).unlink(missing_ok=True)
    harm(index.path)
    again = Index(place)
    again.update(Record(invented, tmp_path / "scratch").now)
    assert content(again) == good


def test_place_is_its_owners_and_each_records_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    place = place_of(tmp_path / "a")
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert place == place_of(tmp_path / "b" / ".." / "a") != place_of(tmp_path / "b")
    drop(tmp_path / "a")
    assert not place.exists()
    drop(tmp_path / "a")


@pytest.mark.engine
def test_what_is_forgotten_leaves_the_cache(
    invented: Path, onrecord: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    index = Index(place_of(invented))
    index.update(Record(invented, tmp_path / "scratch").now)
    done = onrecord("forget", invented, "--uri", "https://3.example/story")
    assert done.returncode == 0, done.stderr
    assert not index.path.exists()
    index.update(Record(invented, tmp_path / "scratch").now)
    assert index.total() == 232


def test_pages_are_kept_up_with_the_record(opened: Any, invented: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    last, aside = manifest(invented, 3), tmp_path / "aside.json"
    last.rename(aside)
    client = opened(invented)
    assert client.get("/api/quotes").json()["count"] == 160
    aside.rename(last)
    client.app.state.site.refresh()
    assert client.get("/api/quotes").json()["count"] == 240
    assert sum(r["quotes"] for r in client.get("/api/views/outlets").json()) == 240
    shutil.rmtree(place_of(invented))  # by whoever cleans the cache
    assert client.get("/api/quotes").status_code == client.get("/").status_code == 503
    client.app.state.site.refresh()
    assert client.get("/api/quotes?q=the").json()["count"] > 0 and client.app.state.site.index.path.exists()


def test_a_file_that_was_replaced_and_removed_meanwhile(invented: Path, tmp_path: Path) -> None:
    record = Record(invented, tmp_path / "scratch")
    manifest(invented, 2).unlink()
    for path in (invented / "quotes").rglob("part-000002-*"):
        path.unlink()
    assert record.ask("SELECT count(*) AS n FROM quotes") == [{"n": 160}]
