"""Reading again: published documents to batches that are extracted anew."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import NamedTuple

import apache_beam as beam
import pyarrow as pa
import pyarrow.compute as pc

from .. import __version__
from ..places import place_of
from ..reading.version import rules_version
from ..schemas import APPEARANCES, DOCUMENTS
from ..schemas.ids import hash_id
from ..store.parts import as_declared, open_parquet
from .batches import Batch, RunStamp
from .read import LOT


class RowGroup(NamedTuple):
    """A row group of a published file of ``documents``, and the day of its partition."""

    path: str
    number: int
    day: str


class ReloadDocuments(beam.DoFn):
    """``RowGroup``s to batches with ``documents``, as they were published but for what reading them again changes.

    Args:
        stamp: the run that the new rows belong to.
        batch_size: most documents in a batch.
        every: also documents that today's version has read already.
        done: keys of batches that an earlier attempt has a receipt of.
    """

    def __init__(self, stamp: RunStamp, batch_size: int = 64, every: bool = False, done: frozenset[str] = frozenset()) -> None:
        self.stamp = stamp
        self.batch_size = batch_size
        self.every = every
        self.done = done

    def process(self, group: RowGroup) -> Iterator[Batch]:
        with open_parquet(place_of(group.path)) as file:
            rows = as_declared(file.read_row_group(group.number), DOCUMENTS.arrow)
        if not self.every:
            rows = rows.filter(outdated(rows, self.stamp.model_version))
        today = {
            "run_id": self.stamp.run_id,
            "pipeline_version": __version__,
            "model_version": self.stamp.model_version,
            "rules_version": rules_version(),
        }
        for column, value in today.items():
            index = rows.schema.get_field_index(column)
            rows = rows.set_column(index, rows.schema.field(index), pa.repeat(value, rows.num_rows))
        for lo in range(0, rows.num_rows, self.batch_size):
            own = rows.slice(lo, self.batch_size)
            key = hash_id("again", *own["doc_id"].to_pylist())
            if key not in self.done:  # no appearances: a document that fails is left as it is, not refused
                lot = pa.table({LOT: [key], "begun": [time.time()], "day": [group.day]})
                yield {LOT: lot, DOCUMENTS.name: own, APPEARANCES.name: APPEARANCES.arrow.empty_table()}


def outdated(rows: pa.Table, model_version: str) -> pa.ChunkedArray:
    """Which documents another model or other rules than today's have read; the rules are not told by earlier versions.

    The version of the pipeline does not count: a change of its code that changes rows raises that of the rules.
    """
    by_other_rules = pc.fill_null(pc.not_equal(rows["rules_version"], rules_version()), True)
    return pc.or_(pc.not_equal(rows["model_version"], model_version), by_other_rules)
