"""The derived table ``people``: one row per name, over all that has been published and is about to be."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as ds

from schemas import PEOPLE


def people_table(document_speakers: Sequence[Path], run_id: str) -> pa.Table:
    """Return a new generation of ``people`` from the files of ``document_speakers``.

    A name is a person by itself (rule ``same_name``): no two names are joined yet.
    """
    if not document_speakers:
        return PEOPLE.arrow.empty_table()
    names = ds.dataset([str(p) for p in document_speakers], format="parquet").to_table(["speaker_id", "name", "kind"])
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
