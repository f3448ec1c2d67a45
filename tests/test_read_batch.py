"""``read_batch``: what a run publishes, for whoever maps a function over Arrow batches."""

from __future__ import annotations

import concurrent.futures
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from onrecord import articles, read_batch, tables
from onrecord.articles import arrow
from onrecord.reading import steps
from onrecord.schemas import DOCUMENTS, TABLES

from .articles import BAD, article, table
from .conftest import RUN_COLUMNS

LISTS = {"paragraphs": "paragraph_index", "quotes": "quote_id", "figures": "start_char", "document_speakers": "speaker_id"}
AT = datetime(2026, 11, 3, 12, tzinfo=UTC)


def batch_of(rows: list[dict[str, Any]]) -> pa.RecordBatch:
    (batch,) = table(rows).combine_chunks().to_batches()
    return batch


def plain(row: dict[str, Any]) -> dict[str, Any]:
    """A nested row without what differs between runs, its lists in an order of their own."""
    lists = {
        name: sorted(({k: v for k, v in r.items() if k not in RUN_COLUMNS} for r in row[name]), key=lambda r, by=by: r[by])
        for name, by in LISTS.items()
    }
    return {name: row[name] for name in DOCUMENTS.arrow.names if name not in RUN_COLUMNS} | lists


def test_rows_are_those_of_a_run(onrecord: Callable[..., Any], tmp_path: Path) -> None:
    """Of the same articles in a file, row by row, those that cannot be read among them."""
    rows = [article(n) for n in range(12)]
    rows[3] |= {"text": "Der Bürgermeister sagte, die Brücke über den Fluss bleibe drei Wochen lang gesperrt.", "language": "de"}
    rows[5] |= {"text": "<p>The bridge is shut.</p><p>“We left,” said Jo Tan.</p>", "url": "no address", "language": "Klingon?"}
    rows[4:4] = [{"text": text} for text, _ in BAD]
    given = table(rows)
    pq.write_table(given, tmp_path / "news.parquet")
    done = onrecord("run", tmp_path / "news.parquet", "--output", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    published = {name: dataset.to_table().to_pylist() for name, dataset in tables(tmp_path / "out").items()}

    file = published["documents"][0]["uri"].rpartition("#")[0]
    uris = [f"{file}#L{n}" for n in range(1, len(rows) + 1)]
    (batch,) = given.append_column("uri", pa.array(uris)).combine_chunks().to_batches()
    found = read_batch(batch, at=AT, run_id="r").to_pylist()
    assert [r["uri"] for r in found] == uris

    expected = {d["uri"]: d | {name: [r for r in published[name] if r["doc_id"] == d["doc_id"]] for name in LISTS}
                for d in published["documents"]}  # fmt: skip
    good = [r for r in found if r["reason"] is None]
    assert [plain(r) for r in good] == [plain(expected[r["uri"]]) for r in good]
    assert len(good) == len(expected) == 12
    assert min(sum(r[n] for r in good) for n in ("quote_count", "figure_count", "paragraph_count")) > 20
    assert any(r["notes"] for r in good)

    refused = [(n, r["reason"], r["detail"]) for n, r in enumerate(found, 1) if r["reason"] is not None]
    assert sorted((r["record"], r["reason"], r["detail"]) for r in published["rejects"]) == refused
    assert [reason for _, reason, _ in refused] == [reason for _, reason in BAD]


def test_types_and_columns_are_those_of_the_tables() -> None:
    (good, bad) = read_batch(batch_of([article(1), {"text": "", "id": "x"}]), run_id="r", at=AT).to_pylist()
    for name, declared in TABLES.items():
        if name in arrow.NESTED.names:
            struct = articles.NESTED.field(name).type.value_type
            assert [(f.name, f.type) for f in struct] == [(f.name, f.type) for f in declared.arrow]
            assert all(r["run_id"] == "r" for r in good[name])
    assert {good["ingested_at"], bad["rejects"][0]["rejected_at"]} == {AT}
    (reject,) = bad["rejects"]
    assert (reject["stage"], reject["uri"], reject["reason"], reject["payload"]) == ("read", "x", "empty", b"")
    assert [bad[name] for name in LISTS] == [[]] * len(LISTS)
    assert {name for name in DOCUMENTS.arrow.names if bad[name] is not None} == {"uri"} and good["rejects"] == []


def test_only_the_articles_count() -> None:
    """Not what stands beside them, nor what they are read with, nor who reads at the same time."""
    rows = [article(n) for n in range(6)]
    alone = [read_batch(batch_of([row]), at=AT).to_pylist()[0] for row in rows]
    with concurrent.futures.ThreadPoolExecutor(2) as threads:
        turned = list(threads.map(lambda batch: read_batch(batch, at=AT).to_pylist(), [batch_of(rows), batch_of(rows[::-1])]))
    assert turned == [alone, alone[::-1]]
    wider = table(rows).append_column("body", pa.array(["Another text."] * 6)).append_column("timestamp", pa.array([7] * 6))
    assert read_batch(wider, at=AT).to_pylist() == alone
    with pytest.raises(ValueError, match=r"^read_batch needs a column 'text'; the batch has body$"):
        read_batch(wider.select(["body"]))


def test_as_many_rows_as_were_given() -> None:
    """None, the same one twice, a table in several pieces, and types of other libraries."""
    none = read_batch(batch_of([article(1)]).slice(0, 0))
    assert none.num_rows == 0 and none.schema == articles.NESTED
    twice = batch_of([article(1), article(1)])
    assert len({r["doc_id"] for r in read_batch(twice, at=AT).to_pylist()}) == 1
    pieces = pa.Table.from_batches([twice, twice.slice(1)])
    found = read_batch(pieces, at=AT)
    assert isinstance(found, pa.Table) and found.num_rows == 3
    for kind in (pa.large_string(), pa.string_view()):
        cast = pa.table(
            {
                "text": pa.array([article(1)["text"]], kind),
                "published_at": pa.array([1_700_000_000_123_456_789], pa.timestamp("ns")),
            }
        )
        (row,) = read_batch(cast).to_pylist()
        assert row["quote_count"] > 1 and row["published_at"] == datetime(2023, 11, 14, 22, 13, 20, 123456, UTC)


def test_slices_hold_so_many_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [article(n) for n in range(5)]
    whole = read_batch(batch_of(rows), at=AT)
    monkeypatch.setattr(arrow, "_SLICE_CHARS", 2 * len(rows[0]["text"]) + 20)
    parts = list(articles.read_slices(batch_of(rows), arrow.RunStamp(at=AT), arrow.Reading()))
    assert [p.num_rows for p in parts] == [2, 2, 1]
    assert pa.concat_batches(parts) == whole


@pytest.mark.parametrize("stage", ["resolve_speakers", "article_figures"])
def test_an_article_that_breaks_us_is_a_row_and_touches_no_other(monkeypatch: pytest.MonkeyPatch, stage: str) -> None:
    real = getattr(steps, stage)

    def breaks(view: Any, *rest: Any) -> Any:
        if "Marrow 2" in view.text:
            raise ZeroDivisionError("on purpose")
        return real(view, *rest)

    monkeypatch.setattr(steps, stage, breaks)
    found = read_batch(batch_of([article(n) for n in (1, 2, 3)]), at=AT).to_pylist()
    assert [r["reason"] for r in found] == [None, "internal_error", None]
    (reject,) = found[1]["rejects"]
    assert reject["stage"] == "extract" and "ZeroDivisionError at onrecord/reading/steps.py" in reject["detail"]
    assert reject["payload"].decode().endswith(article(2)["text"])


def test_one_that_breaks_the_network_or_takes_too_long_touches_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """The step that reads articles together reads each by itself then."""
    reader = articles.article_reader("bundled")
    real = reader._network

    def breaks(found: Any) -> None:
        if any("Marrow 2" in one.view.text for one in found):
            while len(found) == 1:
                sum(range(1000))
            raise ZeroDivisionError("on purpose")
        real(found)

    monkeypatch.setattr(reader, "_network", breaks)
    found = read_batch(batch_of([article(n) for n in (1, 2, 3)]), seconds=0.5).to_pylist()
    assert [r["reason"] for r in found] == [None, "too_slow", None]
    assert [r["quote_count"] for r in found] == [4, None, 4]
