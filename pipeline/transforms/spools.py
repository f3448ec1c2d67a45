"""Spool files, and tables on their way between steps: packed, so that the runner holds little more than it is given."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from ..places import is_remote, place_of
from ..storage import whole_at

ORDER = pa.field("order", pa.int64(), nullable=False)  # of the record among all inputs
CONTENT = pa.field("content", pa.string(), nullable=False)  # ``content_key`` of the text of a document
Packed = bytes  # an Arrow table


def packed(table: pa.Table) -> Packed:
    """A table as bytes; a slice of another without the rest of it."""
    held = pa.BufferOutputStream()
    with pa.ipc.new_stream(held, table.schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as out:
        out.write_table(table.combine_chunks())
    return held.getvalue().to_pybytes()


def unpacked(data: Packed) -> pa.Table:
    """A table from bytes."""
    return pa.ipc.open_stream(data).read_all()


def write_spool(path: str, table: pa.Table) -> memoryview:
    """Write a spool file, whole; returns what it holds."""
    held = pa.BufferOutputStream()
    with pa.ipc.new_file(held, table.schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as out:
        out.write_table(table)
    data = held.getvalue()
    with whole_at(place_of(path)) as file:
        file.write(data)
    return memoryview(data)


def read_spool(path: str, columns: Sequence[str] | None = None) -> pa.Table:
    """A spool file, or some of its columns."""
    place = place_of(path)
    source = pa.py_buffer(place.read_bytes()) if is_remote(place) else pa.memory_map(path)
    if columns is None:
        return pa.ipc.open_file(source).read_all()
    names = pa.ipc.open_file(source).schema.names
    fields = pa.ipc.IpcReadOptions(included_fields=[names.index(c) for c in columns])
    return pa.ipc.open_file(source, options=fields).read_all()
