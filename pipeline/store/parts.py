"""Part files: Arrow tables gathered per table and written as sorted, compressed Parquet."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, TypeVar

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from ..schemas import TABLES, Table
from ..schemas.versions import parse_version
from .manifest import StoreDamaged
from .names import NAMES

ROW_GROUP = 100_000
# small pages: who reads many files at once, a little of each, holds a page of every column
PAGES = {"data_page_size": 64 << 10, "dictionary_pagesize_limit": 64 << 10, "write_page_checksum": True}


class HasBytes(Protocol):
    """What has a size."""

    @property
    def bytes(self) -> int:
        """Its size on disk."""


Sized = TypeVar("Sized", bound=HasBytes)


def table_of(name: str) -> Table:
    """The declaration of a published table, or of the names that are kept beside them."""
    return NAMES if name == NAMES.name else TABLES[name]


@dataclass(frozen=True)
class Part:
    """A Parquet file in staging: its table, name within the staging folder, and size."""

    table: str
    name: str
    rows: int
    bytes: int


def in_groups(files: Iterable[Sized], limit: int) -> Iterator[list[Sized]]:
    """Files in their order, in groups that stay within ``limit`` bytes; one that is larger stands alone."""
    group: list[Sized] = []
    weight = 0
    for file in files:
        if group and weight + file.bytes > limit:
            yield group
            group, weight = [], 0
        group.append(file)
        weight += file.bytes
    if group:
        yield group


@dataclass
class PartWriter:
    """Gathers tables and writes them out once they weigh ``limit`` bytes in memory, so that memory stays flat."""

    staging: Path
    limit: int
    _held: dict[str, list[pa.Table]] = field(default_factory=dict)
    _bytes: int = 0

    def add(self, tables: dict[str, pa.Table]) -> list[Part]:
        """Take tables; returns the parts that had to be written."""
        for name, table in tables.items():
            if table.num_rows:
                self._held.setdefault(name, []).append(table)
                self._bytes += table.nbytes
        return self.flush() if self._bytes >= self.limit else []

    def flush(self) -> list[Part]:
        """Write all that is held, one file a table."""
        parts = []
        while self._held:  # each table is let go of as soon as it is written
            name, held = self._held.popitem()
            parts.append(write_part(self.staging, name, pa.concat_tables(held)))
            del held
        self._bytes = 0
        return parts


def write_part(staging: Path, name: str, table: pa.Table) -> Part:
    """Write one sorted part file of the table ``name`` into staging, synced to disk.

    Raises:
        ValueError: the table's schema is not that of ``schemas``.
    """
    declared = table_of(name)
    if not table.schema.equals(declared.arrow):
        raise ValueError(f"rows of {name} do not have its schema")
    table = table.sort_by([(c, "ascending") for c in declared.sort_by])
    target = staging / f"{name}-{uuid.uuid4().hex}.parquet"
    with open(target, "wb") as out:
        pq.write_table(
            table.replace_schema_metadata(declared.arrow.metadata), out, compression="zstd", row_group_size=ROW_GROUP, **PAGES
        )
        out.flush()
        os.fsync(out.fileno())
    return Part(name, target.name, table.num_rows, target.stat().st_size)


def check_rows(folder: Path, parts: Iterable[Part]) -> None:
    """Check that parts in a folder hold the rows that their descriptors tell.

    Raises:
        StoreDamaged: one does not, or is not there.
    """
    for part in parts:
        try:
            rows = pq.read_metadata(folder / part.name).num_rows
        except (OSError, pa.ArrowInvalid) as error:
            raise StoreDamaged(f"{folder / part.name} cannot be read ({error}); nothing was published") from None
        if rows != part.rows:
            raise StoreDamaged(f"{folder / part.name} holds {rows} rows, not {part.rows}; nothing was published")


def as_declared(rows: pa.Table, schema: pa.Schema) -> pa.Table:
    """Rows of a file in today's form: the columns of a schema, by name; those that the file is too old for are null."""
    there = set(rows.column_names)
    columns = [rows[f.name].cast(f.type) if f.name in there else pa.nulls(rows.num_rows, f.type) for f in schema]
    return pa.Table.from_arrays(columns, schema=schema)


def misfit(schema: pa.Schema, declared: Table) -> str | None:
    """What keeps a file's schema from being the table's in the version of the file or, where that is newer, from holding it."""
    version = (schema.metadata or {}).get(b"schema_version", b"").decode("utf-8", "replace")
    try:
        major, minor = parse_version(version)
    except ValueError:
        return f"schema_version is {version!r}"
    ours = parse_version(declared.version)
    if major != ours[0]:
        return f"schema_version is {version}, not {ours[0]}.x"
    columns = declared.arrow_at(version)
    fits = all(f.name in schema.names and schema.field(f.name).equals(f) for f in columns)
    return None if fits and (minor > ours[1] or len(schema) == len(columns)) else f"not the schema of {declared.name}"


def dataset_of(name: str, paths: Iterable[Path | str]) -> ds.Dataset:
    """Files of the table ``name``, wherever they lie, as one dataset of its schema; what a file is too old for is null."""
    return ds.dataset([str(p) for p in paths], schema=table_of(name).arrow, format="parquet")


def rows_to_table(name: str, rows: list[dict[str, Any]]) -> pa.Table:
    """An Arrow table of the declared schema from row dictionaries."""
    return pa.Table.from_pylist(rows, schema=table_of(name).arrow)
