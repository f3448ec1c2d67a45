"""Opening the Delta table of a folder: its address, its options, its schema, and the files that its log names."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from ...places import client_options, is_remote
from ...schemas import Table
from ..manifest import PublishedFile
from ..parts import table_of

if TYPE_CHECKING:
    from deltalake import DeltaTable, Schema

DAY = "ingest_date"  # stands in the paths of files, and in the log for each of them


_MISREAD = re.compile(r"%[0-9A-Fa-f]{2}|\\")  # in the path of a local folder, which the library takes for another


class DeltaFailed(RuntimeError):
    """A Delta log could not be read or written; the message says why, in one line."""


_used_in: list[int] = []  # the process that has used the library, which does not work in one that is forked from it


def works_here() -> bool:
    """Whether the library can be used in this process."""
    return not _used_in or _used_in[0] == os.getpid()


@contextmanager
def told() -> Iterator[None]:
    """What goes wrong in the library, in one line; a panic of its Rust is no ``Exception``.

    Raises:
        DeltaFailed: something went wrong.
    """
    if not works_here():
        raise DeltaFailed("this process was forked from one that has used deltalake, which does not work in both")
    _used_in[:] = [os.getpid()]
    try:
        yield
    except (KeyboardInterrupt, SystemExit, GeneratorExit, DeltaFailed):
        raise
    except BaseException as error:
        line = next((part for part in str(error).splitlines() if part.strip()), type(error).__name__)
        raise DeltaFailed(re.sub(r"\?[^\s)]*", "", line)[:200]) from error


def options(place: Path) -> dict[str, str] | None:
    """What the library is told of an object store; credentials it finds in the usual variables."""
    if not is_remote(place):
        return None
    found = {name: str(value).lower() if value is True else str(value) for name, value in client_options().items()}
    found |= {"max_retries": "4", "retry_timeout": "15s"}
    if place.parts[0] == "s3:":
        found["conditional_put"] = "etag"  # of two who write a version, one does
        if (endpoint := os.environ.get("AWS_ENDPOINT_URL_S3")) is not None:
            found["aws_endpoint"] = endpoint
    return found


def open_delta(output: Path, name: str, version: int | None = None) -> DeltaTable:
    """The Delta table of a table's folder, as its log has it now or had it in a version.

    Raises:
        TableNotFoundError: it has no log.
        DeltaError: the log cannot be read.
    """
    from deltalake import DeltaTable

    return DeltaTable(address(output, name), version=version, storage_options=options(output))


def misread(output: Path) -> str | None:
    """What of a record's path the library takes for something else, so that no Delta logs can be kept there."""
    found = None if is_remote(output) else _MISREAD.search(str(output.resolve()))
    return found[0] if found else None


def address(output: Path, name: str) -> str:
    """What a table's folder is called in the library."""
    return str(output.resolve() / name)


def delta_schema(table: Table) -> Schema:
    """A table's columns and ``ingest_date``; all may be null, as what a file is too old for is. Meanings are their comments."""
    from deltalake import Schema

    return Schema.from_arrow(pa.schema([*map(_nullable, table.arrow), pa.field(DAY, pa.date32())]))


def _nullable(column: pa.Field) -> pa.Field:
    meaning = (column.metadata or {}).get(b"description")
    return pa.field(column.name, _inner(column.type), metadata={b"comment": meaning} if meaning else None)


def _inner(kind: pa.DataType) -> pa.DataType:
    """A type with all that it holds nullable: what a Delta table does not check it does not promise."""
    if pa.types.is_list(kind):
        return pa.list_(_inner(kind.value_type))
    if pa.types.is_struct(kind):
        return pa.struct([pa.field(f.name, _inner(f.type)) for f in kind])
    return kind


def named_files(table: DeltaTable) -> dict[str, dict[str, Any]]:
    """The files that the newest version names, by their path in the table's folder: ``size``, ``rows`` and ``day``."""
    actions: Any = pa.table(table.get_add_actions(flatten=True))
    columns = ("path", "size_bytes", "num_records", f"partition.{DAY}")
    rows = zip(*(actions[c].to_pylist() if c in actions.column_names else [None] * len(actions) for c in columns), strict=True)
    return {path: {"size": size, "rows": count, "day": str(day)} for path, size, count, day in rows}


def in_folder(file: PublishedFile) -> str:
    """The path of a published file in its table's folder."""
    return file.path.removeprefix(f"{file.table}/")


def described(file: PublishedFile) -> dict[str, Any]:
    """What a log is to tell of a published file, as ``named_files`` has it."""
    return {"size": file.bytes, "rows": file.rows, "day": file.day}


def misfitting(table: DeltaTable, name: str) -> list[str]:
    """The columns that a Delta table lacks or has otherwise, and are to be as ``schemas`` has them."""
    there = {f.name: f.type for f in table.schema().fields}
    return [f.name for f in delta_schema(table_of(name)).fields if there.get(f.name) != f.type]
