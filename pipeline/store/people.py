"""The derived table ``people``: one row per name, over all that has been published and is about to be."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from schemas import DOCUMENT_SPEAKERS, PEOPLE

from .merge import merge_parts
from .parts import Part, dataset_of, write_part
from .shards import id_shards, in_shard

SHARD_ROWS = 500_000  # of document_speakers, grouped at once


def people_parts(document_speakers: Sequence[Path], run_id: str, folder: Path) -> Part:
    """Write a new generation of ``people`` into ``folder``, made from the files of ``document_speakers``.

    A name is a person by itself (rule ``same_name``): no two names are joined yet. Names are grouped by shards of
    their ids, so that memory does not grow with their number.
    """
    rows = sum(pq.read_metadata(path).num_rows for path in document_speakers)
    prefixes = id_shards(rows, SHARD_ROWS)
    if len(prefixes) == 1:
        return write_part(folder, PEOPLE.name, _people(document_speakers, run_id, ""))
    parts = [write_part(folder, PEOPLE.name, _people(document_speakers, run_id, prefix)) for prefix in prefixes]
    return merge_parts([folder / p.name for p in parts], PEOPLE.name, folder)


def _people(document_speakers: Sequence[Path], run_id: str, prefix: str) -> pa.Table:
    if not document_speakers:
        return PEOPLE.arrow.empty_table()
    dataset = dataset_of(DOCUMENT_SPEAKERS.name, document_speakers)
    names = dataset.to_table(["speaker_id", "name"], filter=in_shard("speaker_id", prefix))
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
