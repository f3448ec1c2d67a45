"""Rows and their Arrow form: a table is declared once, as a pydantic model, and everything else follows.

A column is a field of the model. Its meaning is the field's ``description``; whether it may be null is
whether its type admits ``None``; its Arrow type is derived from the annotation (``arrow_type``).
"""

from __future__ import annotations

import types
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pyarrow as pa
from pydantic import BaseModel, ConfigDict, Field

from .versions import FIRST, parse_version

Int32 = Annotated[int, pa.int32()]

_SCALARS: dict[Any, pa.DataType] = {
    str: pa.string(),
    bytes: pa.binary(),
    bool: pa.bool_(),
    int: pa.int64(),
    float: pa.float64(),
    datetime: pa.timestamp("us", tz="UTC"),
    date: pa.date32(),
}


class Struct(BaseModel):
    """A nested value of a column (an Arrow struct)."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Row(BaseModel):
    """A row of one table. ``run_id`` is the run that published it."""

    model_config = ConfigDict(extra="forbid")

    run_id: str = Field(default="", description="The run that published the row.")


class Span(Struct):
    """A half-open stretch ``[start_char, end_char)`` of ``documents.text``, in code points."""

    start_char: Int32
    end_char: Int32


@dataclass(frozen=True)
class Table:
    """A published table: its name, what a row is, its model, the order of rows within a file, and in which version it came."""

    name: str
    model: type[Row]
    sort_by: tuple[str, ...]
    since: str = FIRST

    @property
    def meaning(self) -> str:
        """What one row of the table stands for: the first line of the model's docstring."""
        return (self.model.__doc__ or "").strip().split("\n")[0]

    @property
    def arrow(self) -> pa.Schema:
        """The Arrow schema, with each column's meaning and the table's ``schema_version`` as metadata."""
        return _arrow_schema(self)

    @property
    def version(self) -> str:
        """The version in which the table came to be as it is: that of its newest column."""
        return str(self.arrow.metadata[b"schema_version"], "ascii")

    def arrow_at(self, version: str) -> pa.Schema:
        """The Arrow schema as it was in a version: without the columns that came later."""
        return pa.schema([f for f in self.arrow if parse_version(since_of(f)) <= parse_version(version)])


def arrow_type(annotation: Any) -> tuple[pa.DataType, bool]:
    """Return the Arrow type of an annotation and whether it may be null.

    Raises:
        TypeError: the annotation has no Arrow counterpart here.
    """
    origin, args = get_origin(annotation), get_args(annotation)
    if origin in (Union, types.UnionType):
        inner = [a for a in args if a is not type(None)]
        if len(inner) != 1:
            raise TypeError(f"a column has one type, not {annotation}")
        return arrow_type(inner[0])[0], len(inner) < len(args)
    if origin is Annotated:
        for extra in args[1:]:
            if isinstance(extra, pa.DataType):
                return extra, False
        return arrow_type(args[0])
    if origin is Literal:
        return pa.string(), False
    if origin is list:
        return pa.list_(arrow_type(args[0])[0]), False
    if isinstance(annotation, type) and issubclass(annotation, Struct):
        return pa.struct([_arrow_field(n, f) for n, f in annotation.model_fields.items()]), False
    if annotation in _SCALARS:
        return _SCALARS[annotation], False
    raise TypeError(f"no Arrow type for {annotation}")


def _arrow_field(name: str, field: Any) -> pa.Field:
    # pydantic moves Annotated's extras into field.metadata; the Arrow type among them wins.
    given = [m for m in field.metadata if isinstance(m, pa.DataType)]
    dtype, nullable = arrow_type(field.annotation)
    told = {"description": field.description, "since": (field.json_schema_extra or {}).get("since")}
    metadata = {key: value for key, value in told.items() if value is not None}
    if "since" in metadata and not nullable:
        raise TypeError(f"column {name} came later: its type has to admit None, for older files")
    return pa.field(name, given[0] if given else dtype, nullable=nullable, metadata=metadata or None)


def since_of(column: pa.Field) -> str:
    """The version in which a column came."""
    return (column.metadata or {}).get(b"since", FIRST.encode()).decode()


_CACHE: dict[str, pa.Schema] = {}


def _arrow_schema(table: Table) -> pa.Schema:
    if table.name not in _CACHE:
        every = table.model.model_fields
        own = [n for n in every if n in table.model.__annotations__]
        inherited = [n for n in every if n not in own and n != "run_id"]
        fields = {n: every[n] for n in (*own, *inherited, "run_id")}  # what is special to the table comes first
        columns = [_arrow_field(n, f) for n, f in fields.items()]
        version = max([table.since, *map(since_of, columns)], key=parse_version)
        _CACHE[table.name] = pa.schema(columns, metadata={"schema_version": version, "table": table.name})
    return _CACHE[table.name]
