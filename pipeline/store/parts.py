"""Part files: Arrow tables gathered per table and written as sorted, compressed Parquet."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from ..corrections.apply import COPIES
from ..schemas import TABLES, Table
from ..schemas.versions import parse_version
from ..storage import arrow_filesystem, arrow_path, whole_at
from .manifest import PublishedFile
from .names import NAMES

if TYPE_CHECKING:
    import pyarrow.dataset as ds

PUBLISHED = TABLES | COPIES  # what manifests name files of
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
    """The declaration of what is published, or of the names that are kept beside the tables."""
    return NAMES if name == NAMES.name else PUBLISHED[name]


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


def part_path(table: str, day: str, run_id: str, number: int = 0) -> str:
    """A new name for a file of a table: of the run, its number there, and the attempt, so that none is written twice."""
    return f"{table}/ingest_date={day}/part-{run_id}-{number:05d}-{uuid.uuid4().hex[:12]}.parquet"


def write_part(output: Path, path: str, name: str, table: pa.Table) -> PublishedFile:
    """Write rows of the table ``name`` as one sorted file, which appears whole.

    Raises:
        ValueError: the table's schema is not that of ``schemas``.
    """
    declared = table_of(name)
    if not table.schema.equals(declared.arrow):
        raise ValueError(f"rows of {name} do not have its schema")
    table = table.sort_by([(c, "ascending") for c in declared.sort_by])
    held = pa.BufferOutputStream()
    pq.write_table(
        table.replace_schema_metadata(declared.arrow.metadata), held, compression="zstd", row_group_size=ROW_GROUP, **PAGES
    )
    data = held.getvalue()
    with whole_at(output / path) as out:
        out.write(data)
    digest = hashlib.sha256(data).hexdigest()
    return PublishedFile(table=name, path=path, rows=table.num_rows, bytes=data.size, version=declared.version, digest=digest)


def open_parquet(path: Path, checked: bool = False) -> pq.ParquetFile:
    """A Parquet file, wherever it lies; ``checked``: its pages against their checksums."""
    return pq.ParquetFile(arrow_path(path), filesystem=arrow_filesystem(path), page_checksum_verification=checked)


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


def dataset_of(name: str, paths: Iterable[Path]) -> ds.Dataset:
    """Files of the table ``name``, wherever they lie, as one dataset of its schema; what a file is too old for is null."""
    import pyarrow.dataset as ds

    places = list(paths)
    filesystem = arrow_filesystem(places[0]) if places else None
    return ds.dataset([arrow_path(p) for p in places], schema=table_of(name).arrow, format="parquet", filesystem=filesystem)


def rows_to_table(name: str, rows: list[dict[str, Any]]) -> pa.Table:
    """An Arrow table of the declared schema from row dictionaries."""
    return pa.Table.from_pylist(rows, schema=table_of(name).arrow)
