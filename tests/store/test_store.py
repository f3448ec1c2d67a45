"""The output folder: parts, manifests, lookups, views."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

from onrecord import tables as open_tables
from onrecord.schemas import TABLES
from onrecord.schemas.ids import content_key
from onrecord.store.known import Known, file_of
from onrecord.store.manifest import read_manifests
from onrecord.store.parts import rows_to_table, write_part
from onrecord.store.state import read_state

AT = datetime(2026, 10, 7, tzinfo=UTC)


def paragraph(n: int, doc: str = "d") -> dict[str, Any]:
    return {
        "doc_id": doc,
        "paragraph_index": n,
        "kind": "body",
        "start_char": 0,
        "end_char": 1,
        "text": "x" * 1000,
        "run_id": "r",
    }


def test_parts_are_sorted_typed_and_compressed(tmp_path: Path) -> None:
    part = write_part(tmp_path, "a/b.parquet", "paragraphs", rows_to_table("paragraphs", [paragraph(n) for n in (3, 1, 2)]))
    file = pq.ParquetFile(tmp_path / part.path)
    assert file.read()["paragraph_index"].to_pylist() == [1, 2, 3]
    assert file.schema_arrow.equals(TABLES["paragraphs"].arrow)
    assert file.schema_arrow.metadata[b"schema_version"] == TABLES["paragraphs"].version.encode()
    assert file.metadata.row_group(0).column(0).compression == "ZSTD"
    assert (part.rows, part.bytes) == (3, (tmp_path / part.path).stat().st_size)
    assert part.digest == hashlib.sha256((tmp_path / part.path).read_bytes()).hexdigest()


def test_a_null_where_none_may_be_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="null"):
        write_part(tmp_path, "a.parquet", "paragraphs", rows_to_table("paragraphs", [paragraph(1) | {"text": None}]))


def test_another_schema_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="schema"):
        write_part(tmp_path, "a.parquet", "paragraphs", rows_to_table("paragraphs", [paragraph(1)]).drop_columns(["text"]))


def test_layout(sample_output: Path) -> None:
    (manifest,) = read_manifests(sample_output)
    on_disk = {str(p.relative_to(sample_output)) for p in sample_output.glob("*/*/*.parquet")}
    assert {f.path for f in manifest.files} == on_disk
    for name in TABLES:  # the first run publishes every table, with no rows if need be
        assert [p for p in on_disk if p.startswith(f"{name}/ingest_date={manifest.started_at:%Y-%m-%d}/part-")]
    assert not list((sample_output / "_work").iterdir())
    for file in manifest.files:
        assert pq.read_metadata(sample_output / file.path).num_rows == file.rows


def test_manifest_accounts_for_every_record(sample_output: Path) -> None:
    manifest = json.loads(next((sample_output / "_runs").glob("*.json")).read_text())
    counts = manifest["counts"]
    assert counts["read"] == counts["appearances"] + counts["rejects"] == 17
    assert counts["documents"] == 16 and manifest["sequence"] == 1
    assert all(i["size"] and len(i["digest"]) == 64 for i in manifest["inputs"]) and len(manifest["inputs"]) == 15


def test_rows_of_every_table_fit_their_model(sample_output: Path) -> None:
    for name, dataset in open_tables(sample_output).items():
        for row in dataset.to_table().to_pylist():
            row.pop("ingest_date")
            TABLES[name].model(**row)


def test_rows_refer_to_rows(sample_output: Path) -> None:
    t = {name: d.to_table().to_pylist() for name, d in open_tables(sample_output).items()}
    documents = {d["doc_id"]: d for d in t["documents"]}
    for name in ("appearances", "paragraphs", "quotes", "figures", "document_speakers"):
        assert {r["doc_id"] for r in t[name]} <= set(documents)
    assert {r["speaker_id"] for r in t["document_speakers"]} == {r["speaker_id"] for r in t["people"]}
    for doc_id, d in documents.items():
        for table, column in (("paragraphs", "paragraph_count"), ("quotes", "quote_count"), ("figures", "figure_count")):
            assert sum(r["doc_id"] == doc_id for r in t[table]) == d[column]
        assert d["char_count"] == len(d["text"])
    for p in t["paragraphs"]:
        assert documents[p["doc_id"]]["text"][p["start_char"] : p["end_char"]] == p["text"]
    for q in t["quotes"]:
        assert documents[q["doc_id"]]["text"][q["excerpt_start"] : q["excerpt_end"]] == q["excerpt"]


def test_views(sample_output: Path) -> None:
    con = duckdb.connect()
    con.execute((sample_output / "views.sql").read_text())
    for name, dataset in open_tables(sample_output).items():
        assert con.execute(f"SELECT count(*) FROM {name}").fetchone() == (dataset.count_rows(),)
    assert con.execute("SELECT count(*), count(DISTINCT article_id) FROM latest_documents").fetchone() == (16, 16)
    (unique,) = con.execute("SELECT count(*) FROM unique_quotes").fetchone()  # type: ignore[misc]
    assert (unique,) == con.execute("SELECT count(DISTINCT text_key) FROM quotes").fetchone()
    quoted = con.execute("SELECT quotes FROM speakers WHERE name = 'Petra Vinter'").fetchall()
    assert quoted == [(1,)]


def test_a_plain_glob_reads_the_same(sample_output: Path) -> None:
    glob = f"{sample_output}/quotes/*/*.parquet"
    (plain,) = duckdb.sql(f"SELECT count(*) FROM read_parquet('{glob}', hive_partitioning = true)").fetchall()
    assert plain == (open_tables(sample_output)["quotes"].count_rows(),)


def test_lookups(sample_output: Path) -> None:
    documents = open_tables(sample_output)["documents"].to_table().to_pylist()
    state, none = read_state(sample_output), "0" * 32
    known = Known.of(sample_output, state)
    some = documents[:3]
    keys = {content_key(d["text"]): (d["doc_id"],) for d in some}
    assert known.contents([*keys, 2 * none]) == keys
    assert known.versions([d["article_id"] for d in some]) == {d["article_id"]: (1, d["doc_id"]) for d in some}
    pairs = [(file_of(d["uri"]), d["doc_id"]) for d in some]
    assert known.appeared([*pairs, ("elsewhere", some[0]["doc_id"])]) == set(pairs)
    assert known.rejected([none]) == set() == Known().rejected([none])
    (manifest,) = read_manifests(sample_output)
    taken = manifest.inputs[:2]
    assert sorted(known.inputs([i.uri for i in taken] + ["none"]), key=repr) == sorted(taken, key=repr)


def test_no_finished_run(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no finished run"):
        open_tables(tmp_path)
    assert read_state(tmp_path).files == {}
