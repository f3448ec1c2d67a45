"""Records of earlier versions are read, kept and added to by this one. Each lies in ``fixtures/records`` as that version left it.

``people``: the first with people; ``signatures``: the last before digests. Both are of schema version 1: two runs, merged.
"""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.config import Config
from pipeline.repair import repair
from pipeline.run import run
from pipeline.store.manifest import read_manifests
from pipeline.store.verify import verify
from pipeline.upkeep import compact, reprocess

from .conftest import all_rows

RECORDS = Path(__file__).parent / "fixtures" / "records"
NEW = "“We came back to Halden,” said Oda Brenn. More than 40 people followed."


@pytest.fixture(params=["people", "signatures"])
def record(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return Path(shutil.copytree(RECORDS / request.param, tmp_path / "record"))


def test_it_is_read_as_it_is(record: Path, tmp_path: Path) -> None:
    rows = all_rows(record)
    assert len(rows["documents"]) == 2 and len(rows["quotes"]) == 16
    assert list(verify(record)) == []
    assert [p for p in verify(record, deep=True) if not p.startswith(("views.sql", "_names"))] == []  # these are made anew
    assert main(["export", str(record), "--table", "quotes", "--format", "csv", "-o", str(tmp_path / "q.csv")]) == 0
    assert main(["report", str(record), "-o", str(tmp_path / "r.html")]) == 0


def test_it_grows_and_keeps_what_it_had(record: Path, tmp_path: Path) -> None:
    before = all_rows(record)
    (tmp_path / "new.txt").write_text(NEW)
    summary = run([str(tmp_path / "new.txt")], record, Config())
    assert summary.counts["documents"] == 1
    after = all_rows(record)
    for table in ("documents", "quotes", "figures", "paragraphs", "document_speakers", "appearances"):
        assert [r for r in after[table] if r in before[table]] == before[table] and len(after[table]) > len(before[table])
    assert list(verify(record, deep=True)) == [] and all(m.sequence for m in read_manifests(record))
    assert compact(record, Config(), timedelta(0)) is not None
    assert all_rows(record) == after and list(verify(record, deep=True)) == []


@pytest.mark.engine
def test_it_is_kept(record: Path) -> None:
    before = all_rows(record)
    assert reprocess(record, Config(), every=True) is not None
    assert {d["text"] for d in all_rows(record)["documents"]} == {d["text"] for d in before["documents"]}
    quotes = next(iter(record.glob("quotes/*/part-000004-*.parquet")))
    quotes.write_bytes(quotes.read_bytes()[:-9])
    assert repair(record, Config()).left == []
    uri = before["documents"][0]["uri"]
    assert main(["forget", str(record), "--uri", uri]) == 0
    assert len(all_rows(record)["documents"]) == 1 and list(verify(record, deep=True)) == []
