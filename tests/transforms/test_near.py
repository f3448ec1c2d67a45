"""Finding reprints by the bands of signatures says what comparing all that share a key says."""

from __future__ import annotations

import tempfile
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import apache_beam as beam
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.jobs.config import Config
from onrecord.jobs.engine import pipeline_options
from onrecord.schemas import DOCUMENTS
from onrecord.schemas.ids import sha256_hex
from onrecord.sources.nearness import THRESHOLD, bands, containment, signature
from onrecord.store.index import write_rows
from onrecord.store.known import Known
from onrecord.transforms.composites import FindNear
from onrecord.transforms.near import MOST
from onrecord.transforms.read import SIGNATURE
from onrecord.transforms.spools import ORDER, packed, unpacked, write_spool

from ..test_near import FIRST, OTHER

PARAGRAPHS = [*FIRST, *OTHER]

made = st.tuples(
    st.sets(st.integers(0, len(PARAGRAPHS) - 1), min_size=1),  # its paragraphs
    st.integers(0, 30),  # its article, of which it may be a version
    st.none() | st.integers(1, 20),  # the day on which it was published
)


def article(number: int, paragraphs: set[int], of: int, day: int | None) -> dict[str, Any]:
    text = "\n\n".join(PARAGRAPHS[n] for n in sorted(paragraphs)) + f" Issue {number}."
    published = day and datetime(2026, 10, day, tzinfo=UTC)
    content = sha256_hex(text.encode())
    ids = {"doc_id": f"{number:032x}", "article_id": f"{of:032x}", "content_sha256": content, "version": 1}
    return ids | {"published_at": published, "text": text}


def all_compared(known: list[dict[str, Any]], new: list[dict[str, Any]]) -> dict[str, list[Any]]:
    """The same by comparing each new article with the first ``MOST`` known and new under each of its keys, one by one."""
    every = [(a, np.array(s, np.uint32)) for a in known + new if (s := signature(a["text"])) is not None]
    keys = [bands(s[None, :])[0] for _, s in every]
    out = {}
    for n, (own, numbers) in enumerate(every):
        near = []
        for band in range(len(keys[n])):
            met = [m for m in range(n) if keys[m][band] == keys[n][band]]
            old, fresh = ([m for m in met if (every[m][0] in known) == published] for published in (True, False))
            for other, theirs in (every[m] for m in (*old[:MOST], *fresh[:MOST])):
                share = float(containment(numbers, theirs[None, :]).round(3)[0])
                if share >= THRESHOLD and other["article_id"] != own["article_id"]:
                    at = other["published_at"]
                    near.append((at is None, at and at.timestamp(), other["doc_id"], share))
        if near and own in new:
            out[own["doc_id"]] = list(min(near)[2:])
    return out


def find_near(known: list[dict[str, Any]], new: list[dict[str, Any]], cut: int, folder: Path) -> dict[str, list[Any]]:
    """What the transform finds, with the known articles in one segment and the new ones in spool files of ``cut`` rows."""
    segments = []
    if known:
        signed = [(a["doc_id"], s) for a in known if (s := signature(a["text"])) is not None]
        columns = ["content_sha256", "article_id", "doc_id", "version", "published_at", "text"]
        schema = pa.schema([DOCUMENTS.arrow.field(c) for c in columns])
        tables = {
            "documents": pa.Table.from_pylist(known, schema),
            "signatures": pa.table(
                [pa.array([d for d, _ in signed], pa.string()), pa.array([s for _, s in signed], SIGNATURE.type)],
                names=["doc_id", "signature"],
            ),
        }
        written = write_rows(folder, "r", tables, bands)
        assert written is not None
        segments.append(str(folder / written.path))
    schema = pa.schema([*(DOCUMENTS.arrow.field(c) for c in ("doc_id", "article_id", "published_at")), ORDER, SIGNATURE])
    rows = []
    for start in range(0, len(new), cut):
        lot = [a | {"order": start + n, "signature": signature(a["text"])} for n, a in enumerate(new[start : start + cut])]
        path = str(folder / f"documents-{start:03d}.arrow")
        write_spool(path, pa.Table.from_pylist(lot, schema))
        rows.append((path, packed(pa.table({"row": pa.array(range(len(lot)), pa.int32())}))))
    told = folder / "told"
    told.mkdir()
    with beam.Pipeline(options=pipeline_options(Config())) as p:
        near = p | beam.Create(rows) | FindNear(Known(tuple(segments)), str(folder))
        near | beam.Map(lambda found: (told / uuid.uuid4().hex).write_bytes(found[1]))
    found: dict[str, Any] = {}
    for row in (row for path in told.iterdir() for row in unpacked(path.read_bytes()).to_pylist()):
        other = (row["of_published"], row["of_doc_id"], row["similarity"])
        found[row["doc_id"]] = min(found.get(row["doc_id"], other), other)
    return {doc_id: list(other[1:]) for doc_id, other in found.items()}


@pytest.mark.engine
@settings(max_examples=10, deadline=None)
@given(st.lists(made, min_size=1, max_size=40), st.integers(0, 40), st.integers(1, 20))
def test_bands_find_what_comparing_all_finds(drawn: list[Any], known: int, cut: int) -> None:
    articles = [article(n, *drawing) for n, drawing in enumerate(drawn)]
    before, new = articles[:known], articles[known:] or articles[-1:]
    before = [a for a in before if a not in new]
    with tempfile.TemporaryDirectory() as folder:
        assert find_near(before, new, cut, Path(folder)) == all_compared(before, new)


@pytest.mark.engine
def test_of_many_under_a_key_the_earliest_are_compared(tmp_path: Path) -> None:
    everything = set(range(len(PARAGRAPHS)))
    known = [article(n, everything, n, 20 - n % 10) for n in range(2 * MOST)]
    new = [article(n, everything, n, None) for n in range(2 * MOST, 3 * MOST)]
    found = find_near(known, new, 7, tmp_path)
    assert found == all_compared(known, new)
    assert found.keys() == {a["doc_id"] for a in new}
