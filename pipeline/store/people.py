"""The derived table ``people``: one row per name, over all that has been published and is about to be."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from schemas import PEOPLE

from .merge import merge_parts
from .parts import Part, write_part

SHARD_ROWS = 500_000  # of document_speakers, grouped at once
_HEX = "0123456789abcdef"


def people_parts(document_speakers: Sequence[Path], run_id: str, folder: Path) -> Part:
    """Write a new generation of ``people`` into ``folder``, made from the files of ``document_speakers``.

    A name is a person by itself (rule ``same_name``): no two names are joined yet. Names are grouped by shards of
    their ids, so that memory does not grow with their number.
    """
    rows = sum(pq.read_metadata(path).num_rows for path in document_speakers)
    digits = 0
    while rows > SHARD_ROWS * 16**digits:
        digits += 1
    shards = (_people(document_speakers, run_id, prefix) for prefix in _prefixes(digits))
    if digits == 0:
        return write_part(folder, PEOPLE.name, next(iter(shards)))
    parts = [write_part(folder, PEOPLE.name, shard) for shard in shards]
    return merge_parts([folder / p.name for p in parts], PEOPLE.name, folder)


def _prefixes(digits: int) -> list[str]:
    prefixes = [""]
    for _ in range(digits):
        prefixes = [p + d for p in prefixes for d in _HEX]
    return prefixes


def _people(document_speakers: Sequence[Path], run_id: str, prefix: str) -> pa.Table:
    if not document_speakers:
        return PEOPLE.arrow.empty_table()
    own = pc.starts_with(pc.field("speaker_id"), prefix) if prefix else None
    dataset = ds.dataset([str(p) for p in document_speakers], format="parquet")
    names = dataset.to_table(["speaker_id", "name"], filter=own)
    # of several spellings of one normalised name the first in text order stands, whatever the order of files
    grouped = names.group_by("speaker_id", use_threads=False).aggregate([("name", "min")])
    count = grouped.num_rows
    columns = {
        "speaker_id": grouped["speaker_id"],
        "person_id": grouped["speaker_id"],
        "name": grouped["name_min"],
        "rule": pa.repeat("same_name", count),
        "confidence": pa.nulls(count, pa.float64()),
        "external_id": pa.nulls(count, pa.string()),
        "run_id": pa.repeat(run_id, count),
    }
    return pa.table(columns, schema=PEOPLE.arrow)
