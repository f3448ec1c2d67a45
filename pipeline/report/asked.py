"""Views of a record, asked by DuckDB over the datasets of its tables: the same rows as these, wherever they lie."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from .scan import Tables

if TYPE_CHECKING:
    import duckdb

_SETTINGS: dict[str, Any] = {
    "memory_limit": "300MB",
    "threads": 2,
    "preserve_insertion_order": False,
    # nothing is fetched
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


class Views:
    """The views that some SQL defines over tables.

    Args:
        db: a database in which they are defined.
        names: what they are called.
    """

    def __init__(self, db: duckdb.DuckDBPyConnection, names: Sequence[str]) -> None:
        self.names = tuple(names)
        self._db = db

    def schema(self, name: str) -> pa.Schema:
        """The columns of a view."""
        found = self._reader(f'SELECT * FROM "{name}" LIMIT 0', 1).schema
        return pa.schema([f.with_type(pa.timestamp("us", "UTC")) if pa.types.is_timestamp(f.type) else f for f in found])

    def batches(self, name: str, columns: Sequence[str], rows: int) -> Iterator[pa.RecordBatch]:
        """The rows of a view, some at a time, in an order that stays."""
        listed = ", ".join(f'"{c}"' for c in columns)
        yield from self._reader(f'SELECT {listed} FROM "{name}" ORDER BY ALL', rows)

    def _reader(self, sql: str, rows: int) -> pa.RecordBatchReader:
        asked = self._db.sql(sql)
        make = getattr(asked, "to_arrow_reader", None) or asked.fetch_arrow_reader  # the name of DuckDB before 1.5
        reader: pa.RecordBatchReader = make(rows)
        return reader


@contextmanager
def open_views(tables: Tables, sql: str) -> Iterator[Views]:
    """The views that ``sql`` defines over these tables, by DuckDB; what its memory does not hold lies in a folder meanwhile.

    Raises:
        ModuleNotFoundError: DuckDB is not installed.
    """
    import duckdb

    with tempfile.TemporaryDirectory() as scratch:
        db = duckdb.connect(":memory:", config=_SETTINGS | {"temp_directory": scratch})
        try:
            for name, dataset in tables.items():
                db.register(name, dataset)
            db.execute(sql)
            yield Views(db, view_names(sql))
        finally:
            db.close()


def view_names(sql: str) -> list[str]:
    """The views that some SQL defines, in its order."""
    return re.findall(r"CREATE OR REPLACE VIEW (\w+)", sql)
