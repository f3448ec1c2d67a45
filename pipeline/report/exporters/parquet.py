"""Parquet, for programs: the extract as one file, with the types of the columns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO

import pyarrow as pa
import pyarrow.parquet as pq

from ..export import BatchExporter

_GROUP_ROWS, _GROUP_BYTES = 32_768, 16 << 20  # of a row group


class ParquetExport(BatchExporter):
    """``parquet``: one file, zstd, values as the tables hold them."""

    def write_batches(self, out: IO[bytes], schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> None:
        held: list[pa.RecordBatch] = []
        with pa.PythonFile(_Positioned(out), mode="w") as file, pq.ParquetWriter(file, schema, compression="zstd") as writer:
            for batch in batches:
                held.append(batch)
                if sum(b.num_rows for b in held) >= _GROUP_ROWS or sum(b.nbytes for b in held) >= _GROUP_BYTES:
                    writer.write_table(pa.Table.from_batches(held))
                    held = []
            if held:
                writer.write_table(pa.Table.from_batches(held))


class _Positioned:
    """A stream that knows how much was written to it, as a pipe does not; closing it leaves what is below open."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._at = 0
        self.closed = False

    def write(self, data: bytes) -> int:
        self._out.write(data)
        self._at += len(data)
        return len(data)

    def tell(self) -> int:
        return self._at

    def flush(self) -> None:
        self._out.flush()

    def writable(self) -> bool:
        return True

    def close(self) -> None:
        self.closed = True
