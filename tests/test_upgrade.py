"""Records of earlier versions are read, kept and added to by this one. Each lies in ``fixtures/records`` as that version left it.

``people`` and ``people-unmerged``: the first with people; ``signatures``: the last before digests; ``names-unmerged``: one with
kept names, before those. The unmerged are of one run over five texts and a torn line of JSON, the others of two runs, merged.
All are of schema version 1.
"""

from __future__ import annotations

import csv
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from onrecord import tables as open_tables
from onrecord.cli.app import main
from onrecord.jobs.config import Config
from onrecord.jobs.repair import repair
from onrecord.jobs.run import run
from onrecord.jobs.upkeep import compact, reprocess
from onrecord.store.care.verify import verify
from onrecord.store.manifest import read_manifests

from .conftest import all_rows

pytestmark = pytest.mark.engine

RECORDS = Path(__file__).parent / "fixtures" / "records"
NEW = "“We came back to Halden,” said Oda Brenn. More than 40 people followed."
# rows as the version that made the record counted them
MERGED = {"people": {"documents": 2, "quotes": 16, "figures": 7}, "signatures": {"documents": 2, "quotes": 16, "figures": 10}}
UNMERGED = {
    "people-unmerged": {"documents": 5, "quotes": 33, "figures": 18, "rejects": 1},
    "names-unmerged": {"documents": 5, "quotes": 33, "figures": 20, "rejects": 1},
}


@pytest.fixture(params=[*MERGED, *UNMERGED])
def record(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return Path(shutil.copytree(RECORDS / request.param, tmp_path / request.param))


def contents(record: Path) -> dict[str, bytes]:
    """What a record holds, by path within it; the lock, which is empty and comes with the first command, left out."""
    return {str(p.relative_to(record)): p.read_bytes() for p in record.rglob("*") if p.is_file() and p.name != "_lock"}


def test_it_is_read_as_it_is(record: Path, tmp_path: Path) -> None:
    as_left = contents(record)
    rows = all_rows(record)
    for table, count in (MERGED | UNMERGED)[record.name].items():
        assert len(rows[table]) == count, table
    assert {r["reason"] for r in rows["rejects"]} <= {"bad_json"}
    assert list(verify(record)) == []
    assert [p for p in verify(record, deep=True) if not p.startswith("views.sql")] == []  # these are made anew
    assert main(["export", str(record), "--table", "quotes", "--format", "csv", "-o", str(tmp_path / "q.csv")]) == 0
    with (tmp_path / "q.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {r["quote_id"] for r in csv.DictReader(file)} == {r["quote_id"] for r in rows["quotes"]}
    assert main(["report", str(record), "-o", str(tmp_path / "r.html")]) == 0
    assert all(p["name"] in (tmp_path / "r.html").read_text() for p in rows["people"][:3])
    assert contents(record) == as_left


@pytest.mark.parametrize("record", [*MERGED, *(pytest.param(r, marks=pytest.mark.engine) for r in UNMERGED)], indirect=True)
def test_it_grows_and_keeps_what_it_had(record: Path, tmp_path: Path) -> None:
    before = all_rows(record)
    (tmp_path / "new.txt").write_text(NEW)
    summary = run([str(tmp_path / "new.txt")], record, Config())
    assert summary.counts["documents"] == 1
    after = all_rows(record)
    for table in ("documents", "quotes", "figures", "paragraphs", "document_speakers", "appearances"):
        assert [r for r in after[table] if r in before[table]] == before[table] and len(after[table]) > len(before[table])
    assert list(verify(record, deep=True)) == []
    assert [m.kind for m in read_manifests(record)][-2:] == ["upgrade", "run"] and not (record / "_signatures").exists()
    (tmp_path / "newer.txt").write_text("“The ferry sails at nine,” said Omar Sall. The pier had been shut since March.")
    run([str(tmp_path / "newer.txt")], record, Config())  # of the same day, whenever that is: two files that may be one
    after = all_rows(record)
    assert compact(record, Config(), timedelta(0)) is not None
    assert all_rows(record) == after and list(verify(record, deep=True)) == []


def test_it_is_brought_over_in_one_transaction_that_copies_nothing(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, parts = all_rows(record), {p: p.stat().st_mtime_ns for p in record.glob("documents/*/*.parquet")}
    assert main(["upgrade", str(record)]) == 0
    assert "nothing in its tables has changed" in capsys.readouterr().out
    assert all_rows(record) == before and {p: p.stat().st_mtime_ns for p in parts} == parts
    assert [m.kind for m in read_manifests(record)][-1] == "upgrade" and list(verify(record, deep=True)) == []
    assert main(["upgrade", str(record)]) == 0
    assert "Nothing to do" in capsys.readouterr().out


def test_it_is_kept(record: Path) -> None:
    before = all_rows(record)
    assert reprocess(record, Config(), every=True) is not None
    assert {d["text"] for d in all_rows(record)["documents"]} == {d["text"] for d in before["documents"]}
    quotes = Path(open_tables(record)["quotes"].files[0])
    quotes.write_bytes(quotes.read_bytes()[:-9])
    assert repair(record, Config()).left == []
    uri = before["documents"][0]["uri"]
    assert main(["forget", str(record), "--uri", uri]) == 0
    left = all_rows(record)["documents"]
    assert len(left) == len(before["documents"]) - 1 and uri not in {d["uri"] for d in left}
    assert list(verify(record, deep=True)) == []
