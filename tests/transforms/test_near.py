"""Finding reprints by the bands of signatures says what comparing all that share a key says."""

from __future__ import annotations

import json
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import apache_beam as beam
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.jobs.config import Config
from onrecord.jobs.engine import pipeline_options
from onrecord.schemas import DOCUMENTS
from onrecord.sources.nearness import THRESHOLD, bands, containment, signature
from onrecord.transforms.decide import ORDER
from onrecord.transforms.near import MOST, FindNear

from ..test_near import FIRST, OTHER

PARAGRAPHS = [*FIRST, *OTHER]
COLUMNS = ["doc_id", "article_id", "published_at", "text", "content_sha256"]

made = st.tuples(
    st.sets(st.integers(0, len(PARAGRAPHS) - 1), min_size=1),  # its paragraphs
    st.integers(0, 30),  # its article, of which it may be a version
    st.none() | st.integers(1, 20),  # the day on which it was published
)


def article(number: int, paragraphs: set[int], of: int, day: int | None) -> dict[str, Any]:
    text = "\n\n".join(PARAGRAPHS[n] for n in sorted(paragraphs)) + f" Issue {number}."
    published = day and datetime(2026, 10, day, tzinfo=UTC)
    return {"doc_id": f"d{number}", "article_id": f"a{of}", "published_at": published, "text": text, "content_sha256": text}


def all_compared(known: list[dict[str, Any]], new: list[dict[str, Any]]) -> dict[str, list[Any]]:
    """The same by comparing each new article with the first ``MOST`` under each of its keys, one by one."""
    every = [(a, np.array(s, np.uint32)) for a in known + new if (s := signature(a["text"])) is not None]
    keys = [bands(s[None, :])[0] for _, s in every]
    out = {}
    for n, (own, numbers) in enumerate(every):
        near = []
        for band in range(len(keys[n])):
            met = [m for m in range(n) if keys[m][band] == keys[n][band]]
            for other, theirs in (every[m] for m in met[:MOST]):
                share = float(containment(numbers, theirs[None, :]).round(3)[0])
                if share >= THRESHOLD and other["article_id"] != own["article_id"]:
                    at = other["published_at"]
                    near.append((at is None, at and at.timestamp(), other["doc_id"], share))
        if near and own in new:
            out[own["doc_id"]] = list(min(near)[2:])
    return out


def find_near(known: list[dict[str, Any]], new: list[dict[str, Any]], cut: int, folder: Path) -> dict[str, list[Any]]:
    """What the transform finds, with the known articles in files of ``cut`` rows and the new ones in such spool files."""
    schema = pa.schema([DOCUMENTS.arrow.field(c) for c in COLUMNS])
    files, spools = [], []
    for start in range(0, len(known), cut):
        files.append(str(folder / f"known-{start:03d}.parquet"))
        pq.write_table(pa.Table.from_pylist(known[start : start + cut], schema), files[-1])
    for start in range(0, len(new), cut):
        rows = [article | {ORDER.name: start + n} for n, article in enumerate(new[start : start + cut])]
        spools.append(str(folder / f"documents-{start:03d}.arrow"))
        with pa.OSFile(spools[-1], "wb") as out, pa.ipc.new_file(out, schema.append(ORDER)) as writer:
            writer.write_table(pa.Table.from_pylist(rows, schema.append(ORDER)))
    told = folder / "told.json"
    with beam.Pipeline(options=pipeline_options(Config())) as p:
        near = p | beam.Create([tuple(spools)]) | FindNear(files, folder / "cache")
        near | beam.Map(lambda found: told.write_text(json.dumps(found)))
    return json.loads(told.read_text()) if told.exists() else {}


@settings(max_examples=10, deadline=None)
@given(st.lists(made, min_size=1, max_size=40), st.integers(0, 40), st.integers(1, 20))
def test_bands_find_what_comparing_all_finds(drawn: list[Any], known: int, cut: int) -> None:
    articles = [article(n, *drawing) for n, drawing in enumerate(drawn)]
    before, new = articles[:known], articles[known:] or articles[-1:]
    before = [a for a in before if a not in new]
    with tempfile.TemporaryDirectory() as folder:
        assert find_near(before, new, cut, Path(folder)) == all_compared(before, new)


def test_of_many_under_a_key_the_earliest_are_compared(tmp_path: Path) -> None:
    everything = set(range(len(PARAGRAPHS)))
    known = [article(n, everything, n, 20 - n % 10) for n in range(2 * MOST)]
    new = [article(n, everything, n, None) for n in range(2 * MOST, 3 * MOST)]
    found = find_near(known, new, 7, tmp_path)
    assert found == all_compared(known, new)
    assert found.keys() == {a["doc_id"] for a in new}
