"""Looking up in a segment of the index finds what a look at every row finds, and reads a part of it alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.sources.nearness import BANDS, WIDTH, bands
from onrecord.store import segments
from onrecord.store.segments import Segment, merge_segments, write_segment


def contents(rng: np.random.Generator, count: int, same: int = 0) -> Any:
    """Digests of 32 bytes, of which the first ``same`` begin with the same eight."""
    made = rng.integers(0, 256, (count, 32), np.uint8)
    made[:same, :8] = 7
    return np.frombuffer(made.tobytes(), "V32")


def made(output: Path, rng: np.random.Generator, count: int, same: int = 0, signed: int = 0) -> Segment:
    held = contents(rng, count, same)
    ids = np.frombuffer(rng.bytes(16 * count), "V16")
    told = {"content": held, "article": ids, "doc_id": ids, "version": np.arange(count), "published_at": np.arange(count)}
    signatures = rng.integers(0, 1 << 32, (signed, WIDTH), np.uint32)
    file = write_segment(output, f"{rng.integers(1 << 60)}.seg", {"document": told}, np.arange(signed), signatures, bands)
    return Segment(output / file.path)


def pairs(found: tuple[Any, Any]) -> list[tuple[int, int]]:
    return list(zip(found[0].tolist(), found[1].tolist(), strict=True))


@given(st.integers(0, 3000), st.integers(0, 400), st.integers(0, 2**32 - 1), st.booleans())
def test_every_key_is_found_where_it_stands(
    tmp_path_factory: pytest.TempPathFactory, count: int, same: int, seed: int, narrow: bool
) -> None:
    rng = np.random.default_rng(seed)
    with pytest.MonkeyPatch.context() as patch:
        if narrow:  # many windows, read in several goes
            patch.setattr(segments, "_WINDOW", 100)
            patch.setattr(segments, "_MOST", 150)
        segment = made(tmp_path_factory.mktemp("index"), rng, count, min(same, count))
        held = segment["content"]
        asked = np.concatenate([held[rng.permutation(len(held))[:200]], contents(rng, 50, 10), held[:3]])
        where = {key.tobytes(): n for n, key in enumerate(held)}
        expected = [(n, where[key.tobytes()]) for n, key in enumerate(asked) if key.tobytes() in where]
        assert pairs(segment.find("content", asked)) == expected
        rows = rng.integers(0, max(count, 1), 100 if count else 0)
        assert segment.take("version", rows).tolist() == rows.tolist()


def test_a_key_of_many_signatures_is_found_in_their_order(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    signatures = rng.integers(0, 1 << 32, (5000, WIDTH), np.uint32)
    signatures[100:4000] = signatures[100]  # one text in thousands of papers
    file = write_segment(tmp_path, "1.seg", {}, np.arange(5000), signatures, bands)
    asked = bands(signatures[[100, 4500]]).T
    found = Segment(tmp_path / file.path).near(0, list(asked))
    assert len(found) == BANDS
    assert all(pairs(band) == [*((0, n) for n in range(100, 4000)), (1, 4500)] for band in found)


def test_one_key_among_many_is_found_by_reading_little(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(2)
    segment, sizes = made(tmp_path, rng, 200_000), []
    held = segment["content"]
    read = segments.read_ranges

    def counted(place: Any, ranges: Any) -> Any:
        sizes.extend(size for _, size in ranges)
        return read(place, ranges)

    monkeypatch.setattr(segments, "read_ranges", counted)
    for n in (0, 77_777, 199_999):
        assert pairs(segment.find("content", held[n : n + 1])) == [(0, n)]
    assert sum(sizes) < 3 * 20_000  # of 8 MB


@pytest.mark.parametrize("leave", [0, 3000])
def test_segments_that_are_merged_answer_as_they_did(tmp_path: Path, leave: int) -> None:
    rng = np.random.default_rng(3)
    parts = [made(tmp_path, rng, count, signed=count // 2) for count in (70_000, 0, 5)]
    gone = [row.tobytes().hex() for row in parts[0]["doc_id"][:leave]]
    whole = Segment(tmp_path / merge_segments(tmp_path, "whole.seg", parts, {"document": gone}).path)
    assert whole.count("document") == 70_005 - leave and whole.signed == 35_002 - leave
    held = np.concatenate([part["content"] for part in parts])
    assert pairs(whole.find("content", held)) == [(n, n - leave) for n in range(leave, 70_005)]
    some = np.concatenate([part["signature"] for part in parts])[[leave, -1]]
    assert (whole.take("signature", np.array([0, whole.signed - 1])) == some).all()
    assert [pairs(band) for band in whole.near(0, list(bands(some).T))] == [[(0, 0), (1, whole.signed - 1)]] * BANDS
