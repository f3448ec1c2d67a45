"""Merging sorted part files into one sorted file, in memory that does not grow with their size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ..schemas import Table
from ..storage import remove_at, whole_at
from .manifest import PublishedFile
from .parts import PAGES, ROW_GROUP, as_declared, misfit, open_parquet, table_of
from .seal import digest_of

CARRIED_ROWS = 32_768  # of a file that is carried over, read at once
LEAST_ROWS = 64  # read from a source at once


@dataclass(frozen=True)
class Room:
    """What a merge may hold: files read at once, each with some MiB of decoded pages, and bytes of rows, a row group."""

    files: int
    chunk_bytes: int


AMPLE = Room(32, 32 << 20)  # what there is in a process that does nothing else


@dataclass(frozen=True)
class LeaveOut:
    """Rows that a merge leaves out: those with one of these values in a column."""

    column: str
    values: pa.Array


def merge_parts(
    sources: Sequence[Path], name: str, output: Path, path: str, leave_out: LeaveOut | None = None, room: Room | None = None
) -> PublishedFile:
    """Merge sorted files of the table ``name`` into one new file, which appears whole.

    Only the sort keys of all rows are held at once; rows pass through in chunks of what there is room for (:data:`AMPLE`).

    Raises:
        ValueError: a source does not have the table's schema, or is not sorted by its key.
    """
    room = room or AMPLE
    sources, between = list(sources), list[Path]()
    while len(sources) > room.files:  # in rounds: merged files are merged again
        groups = [sources[lo : lo + room.files] for lo in range(0, len(sources), room.files)]
        rounds = [f"{path}.{len(between) + n}" for n in range(len(groups))]
        sources = [output / merge_parts(g, name, output, at, leave_out, room).path for g, at in zip(groups, rounds, strict=True)]
        between += sources
    declared = table_of(name)
    source, rows = _order(sources, declared, leave_out)
    chunk = _chunk_rows(sources, room.chunk_bytes)
    at_once = max(LEAST_ROWS, chunk // max(1, len(sources)))
    readers = [_Reader(_batches(place, declared, leave_out, at_once)) for place in sources]
    with whole_at(output / path) as out, _writer(out, declared) as writer:
        for lo in range(0, rows, chunk):
            writer.write_table(_interleave(readers, source[lo : lo + chunk]), row_group_size=ROW_GROUP)
    del readers, source
    remove_at(between)
    pa.default_memory_pool().release_unused()  # or what many merges leave adds up
    return _written(output, path, name, rows)


def carry_over(earlier: Path, leave_out: LeaveOut, fresh: Sequence[Path], name: str, output: Path, path: str) -> PublishedFile:
    """Write a sorted file of the table ``name`` anew, without some rows and with those of fresh files.

    The fresh rows are held at once; those of the earlier file pass through in batches.
    """
    declared = table_of(name)
    first, order = declared.sort_by[0], [(c, "ascending") for c in declared.sort_by]
    read = (as_declared(open_parquet(p).read(), declared.arrow) for p in fresh)
    new = pa.concat_tables([declared.arrow.empty_table(), *read])
    held, rows = declared.arrow.empty_table(), 0
    with whole_at(output / path) as out, _writer(out, declared) as writer:
        for batch in _batches(earlier, declared, leave_out, CARRIED_ROWS):
            held = pa.concat_tables([held, batch])
            if held.num_rows:
                last = held[first][-1]  # more rows of the same value may follow
                before, new_before = pc.less(held[first], last), pc.less(new[first], last)
                done = pa.concat_tables([held.filter(before), new.filter(new_before)])
                held, new = held.filter(pc.invert(before)), new.filter(pc.invert(new_before))
                writer.write_table(done.sort_by(order), row_group_size=ROW_GROUP)
                rows += done.num_rows
        rest = pa.concat_tables([held, new])
        writer.write_table(rest.sort_by(order), row_group_size=ROW_GROUP)
        rows += rest.num_rows
    pa.default_memory_pool().release_unused()
    return _written(output, path, name, rows)


def put_in(earlier: Path, column: str, ids: pa.Array, new: pa.Table, name: str, output: Path, path: str) -> PublishedFile:
    """Write a file of the table ``name`` anew, with other rows in place of those that have one of some ids in a column.

    The new rows, which have no other ids, are held at once; those of the file pass through in batches, each of which is sorted.
    """
    declared, rows = table_of(name), 0
    order = [(c, "ascending") for c in declared.sort_by]
    with whole_at(output / path) as out, _writer(out, declared) as writer:
        for batch in _batches(earlier, declared, None, CARRIED_ROWS):
            here = pc.is_in(new[column], batch[column].combine_chunks())
            told = pa.concat_tables([batch.filter(pc.invert(pc.is_in(batch[column], ids))), new.filter(here)])
            new = new.filter(pc.invert(here))
            writer.write_table(told.sort_by(order), row_group_size=ROW_GROUP)
            rows += told.num_rows
    pa.default_memory_pool().release_unused()
    return _written(output, path, name, rows)


def _writer(out: Any, declared: Table) -> pq.ParquetWriter:
    return pq.ParquetWriter(out, declared.arrow, compression="zstd", **PAGES)


def _written(output: Path, path: str, name: str, rows: int) -> PublishedFile:
    """The descriptor of a file that was written."""
    place, version = output / path, table_of(name).version
    return PublishedFile(table=name, path=path, rows=rows, bytes=place.stat().st_size, version=version, digest=digest_of(place))


def _order(sources: Sequence[Path], declared: Table, leave_out: LeaveOut | None) -> tuple[Any, int]:
    """For each row of the merged file, in its order, the number of the source that it comes from.

    Only keys are read. With two sources that hold the keys *a c e* and *b d*::

        keys one after the other   a c e b d
        order (sorts them)         0 3 1 4 2
        source of each             0 1 0 1 0    so: the next row of source 0, then of source 1, then of 0 ...
    """
    extra = [leave_out.column] if leave_out is not None and leave_out.column not in declared.sort_by else []
    keys = []
    for n, path in enumerate(sources):
        with open_parquet(path) as file:
            if found := misfit(file.schema_arrow, declared):
                raise ValueError(f"{path}: {found}")
            table = file.read([*declared.sort_by, *extra], use_threads=False)
        if leave_out is not None:
            table = table.filter(pc.invert(pc.is_in(table[leave_out.column], leave_out.values)))
        numbers = pa.array(np.full(table.num_rows, n, np.int16))
        keys.append(table.select(declared.sort_by).append_column("source", numbers))
    together = pa.concat_tables(keys)
    order = pc.sort_indices(together, [(c, "ascending") for c in declared.sort_by]).to_numpy()  # stable
    source = together["source"].to_numpy()[order]
    for n in range(len(sources)):
        if np.any(np.diff(order[source == n].astype(np.int64)) < 0):
            raise ValueError(f"{sources[n]} is not sorted by {', '.join(declared.sort_by)}")
    return source, together.num_rows


def _chunk_rows(sources: Sequence[Path], limit: int) -> int:
    weight = rows = 0
    for path in sources:
        metadata = open_parquet(path).metadata
        weight += sum(metadata.row_group(n).total_byte_size for n in range(metadata.num_row_groups))
        rows += metadata.num_rows
    return max(1, min(ROW_GROUP, limit * rows // max(weight, 1)))


def _interleave(readers: Sequence[_Reader], source: Any) -> pa.Table:
    """The next rows, each from its source.

    As many as each source has to give are taken and put one after the other (*a c e*, *b d*); ``place`` says where among
    these each row of the merged file stands: for the sources 0 1 0 1 0 it is 0 3 1 4 2.
    """
    counts = np.bincount(source, minlength=len(readers))
    together = pa.concat_tables([readers[n].take(int(counts[n])) for n in np.flatnonzero(counts).tolist()])
    place = np.empty(len(source), np.int64)
    place[np.argsort(source, kind="stable")] = np.arange(len(source))
    return together.take(pa.array(place)).combine_chunks()


class _Reader:
    """The rows of a file in their order, a few at a time."""

    def __init__(self, batches: Iterator[pa.Table]) -> None:
        self.batches = batches
        self.held: list[pa.Table] = []

    def take(self, count: int) -> pa.Table:
        """The next ``count`` rows."""
        while sum(t.num_rows for t in self.held) < count:
            self.held.append(next(self.batches))
        together = pa.concat_tables(self.held)
        self.held = [together.slice(count)]
        return together.slice(0, count)


def _batches(path: Path, declared: Table, leave_out: LeaveOut | None, rows: int) -> Iterator[pa.Table]:
    with open_parquet(path) as file:
        for batch in file.iter_batches(batch_size=rows, use_threads=False):
            table = as_declared(pa.Table.from_batches([batch]), declared.arrow)
            if leave_out is not None:
                table = table.filter(pc.invert(pc.is_in(table[leave_out.column], leave_out.values)))
            yield table
