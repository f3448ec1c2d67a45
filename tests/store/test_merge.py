"""Merging: sorted parts to one sorted file, whatever their number and sizes."""

from __future__ import annotations

import tempfile
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.schemas import TABLES
from onrecord.store.merge import LeaveOut, Room, merge_parts
from onrecord.store.parts import rows_to_table, write_part


def appearance(doc: str, at: datetime | None, uri: str) -> dict[str, Any]:
    row = {"doc_id": doc, "article_id": "a", "uri": uri, "published_at": at, "relation": "new", "run_id": "r"}
    return row | {"seen_at": datetime(2026, 1, 1, tzinfo=UTC)}


ROWS = st.builds(
    appearance,
    st.sampled_from("abc"),
    st.none() | st.sampled_from([datetime(2026, d, 1, tzinfo=UTC) for d in (1, 2)]),
    st.text("xyz\n“", min_size=1, max_size=3),
)


def sources(folder: Path, groups: list[list[dict[str, Any]]], name: str = "appearances") -> list[Path]:
    return [folder / write_part(folder, uuid.uuid4().hex, name, rows_to_table(name, rows)).path for rows in groups]


@pytest.mark.engine
@settings(max_examples=60, deadline=None)
@given(groups=st.lists(st.lists(ROWS, max_size=9), min_size=1, max_size=7), fan_in=st.integers(2, 5), chunk=st.integers(1, 4000))
def test_merged_rows_are_the_sorted_rows(groups: list[list[dict[str, Any]]], fan_in: int, chunk: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        part = merge_parts(sources(folder, groups), "appearances", folder, "merged.parquet", room=Room(fan_in, chunk))
        merged = pq.read_table(folder / part.path)
    table = TABLES["appearances"]
    expected = pa.concat_tables([rows_to_table("appearances", g) for g in groups])
    expected = expected.sort_by([(c, "ascending") for c in table.sort_by])
    assert merged.select(table.sort_by).equals(expected.select(table.sort_by))
    assert sorted(map(repr, merged.to_pylist())) == sorted(map(repr, expected.to_pylist()))
    assert part.rows == merged.num_rows and merged.schema.equals(table.arrow, check_metadata=True)


def test_rows_are_left_out(tmp_path: Path) -> None:
    groups = [[appearance(d, None, str(n)) for n, d in enumerate("abcab")], [appearance("b", None, "9")]]
    part = merge_parts(
        sources(tmp_path, groups), "appearances", tmp_path, "merged.parquet", LeaveOut("doc_id", pa.array(["b", "z"]))
    )
    assert pq.read_table(tmp_path / part.path)["doc_id"].to_pylist() == ["a", "a", "c"] and part.rows == 3


def test_all_left_out_is_an_empty_file(tmp_path: Path) -> None:
    part = merge_parts(
        sources(tmp_path, [[appearance("a", None, "1")]]), "appearances", tmp_path, "m", LeaveOut("doc_id", pa.array(["a"]))
    )
    assert pq.read_table(tmp_path / part.path).num_rows == part.rows == 0


def test_what_is_not_sorted_or_of_another_schema_is_refused(tmp_path: Path) -> None:
    (good,) = sources(tmp_path, [[appearance(d, None, "1") for d in "ab"]])
    table = pq.read_table(good)
    pq.write_table(table.take([1, 0]), tmp_path / "unsorted.parquet")
    with pytest.raises(ValueError, match=r"unsorted.parquet is not sorted by published_at, doc_id, uri"):
        merge_parts([tmp_path / "unsorted.parquet", good], "appearances", tmp_path, "merged.parquet")
    pq.write_table(table.drop_columns(["uri"]), tmp_path / "other.parquet")
    with pytest.raises(ValueError, match="schema of appearances"):
        merge_parts([tmp_path / "other.parquet"], "appearances", tmp_path, "merged.parquet")


@pytest.mark.parametrize("batch", [1, 2, 7, 1000])
def test_rows_are_put_in_place_of_others_in_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batch: int) -> None:
    """Of a name all rows go, and all new ones come; by which the file is sorted may be null."""
    from onrecord.store import merge

    monkeypatch.setattr(merge, "CARRIED_ROWS", batch)
    row = {"rule": "r", "confidence": None, "external_id": None, "run_id": "1"}
    old = [row | {"speaker_id": f"{n // 2:03}", "person_id": f"old {n}", "name": "abc"[n % 3]} for n in range(40)]
    (earlier,) = sources(tmp_path, [old], "people")
    new = [row | {"speaker_id": "007", "person_id": f"new {n}", "name": "b"} for n in range(3)]
    ids = pa.array(["003", "007"], pa.string())
    table = pa.Table.from_pylist(new, schema=TABLES["people"].arrow)
    part = merge.put_in(earlier, "speaker_id", ids, table, "people_corrected", tmp_path, "put")
    found = pq.read_table(tmp_path / part.path)["person_id"].to_pylist()
    gone = [f"old {n}" for n in (6, 7, 14, 15)]
    assert sorted(found) == sorted({r["person_id"] for r in (*old, *new)} - {*gone}) and part.rows == len(found) == 39


@pytest.mark.parametrize("batch", [1, 2, 7, 1000])
def test_a_file_is_carried_over_in_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batch: int) -> None:
    from onrecord.store import merge

    monkeypatch.setattr(merge, "CARRIED_ROWS", batch)
    row = {"rule": "r", "confidence": None, "external_id": None, "run_id": "1"}

    def people(prefix: str, numbers: range) -> list[dict[str, Any]]:
        return [row | {"speaker_id": f"{n:03}", "person_id": prefix, "name": "abc"[n % 3]} for n in numbers]

    (earlier,) = sources(tmp_path, [people("old", range(40))], "people")
    fresh = sources(tmp_path, [people("new", range(30, 45)), people("new", range(5))], "people")
    gone = LeaveOut("speaker_id", pa.array([f"{n:03}" for n in [*range(5), *range(30, 40)]]))
    part = merge.carry_over(earlier, gone, fresh, "people", tmp_path, "carried")
    found = pq.read_table(tmp_path / part.path).select(["name", "speaker_id", "person_id"]).to_pylist()
    wanted = [("abc"[n % 3], f"{n:03}", "old" if 5 <= n < 30 else "new") for n in range(45)]
    assert [tuple(r.values()) for r in found] == sorted(wanted) and part.rows == 45
    only = merge.carry_over(earlier, LeaveOut("speaker_id", pa.array([], pa.string())), [], "people", tmp_path, "only")
    assert pq.read_table(tmp_path / only.path).equals(pq.read_table(earlier))
