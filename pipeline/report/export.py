"""Filtered extracts of a table, in any form that an exporter writes.

Exporters are plug-ins that installed packages register under the entry point ``onrecord.exporters``, our own in ``exporters``
among them.
"""

from __future__ import annotations

import base64
import json
import sys
from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any, Protocol, get_args

import pyarrow as pa
import pyarrow.compute as pc

from ..durable import whole
from ..plugins import EXPORTERS
from ..schemas import TABLES
from ..schemas.figures import Event
from .asked import Views
from .columns import make_extract
from .scan import Tables, batches

_ROWS = 2048  # at once
_BY_NAME = {
    "speaker": ("speaker_name", "speaker_mention", "claimant_name", "claimant_mention", "name"),
    "text": ("text", "detail"),
    "event": ("event",),
    "publisher": ("publisher",),
    "since": ("published_date", "published_at"),
    "until": ("published_date", "published_at"),
    "min_confidence": ("confidence",),
}


class ExportError(ValueError):
    """What cannot be exported, said in one line."""


@dataclass(frozen=True)
class Filters:
    """Which rows are wanted; what is None filters nothing, and a row that does not tell what is asked for is left out.

    Attributes:
        speaker: a part of the speaker's or claimant's name, or of the mention, whatever its case.
        text: words within the quote, the paragraph, or the sentence of a figure, whatever their case.
        event: what befell those counted.
        publisher: a part of the publisher's name, whatever its case.
        since: first day of publication.
        until: last day of publication.
        min_confidence: least probability that the row is right.
    """

    speaker: str | None = None
    text: str | None = None
    event: str | None = None
    publisher: str | None = None
    since: date | None = None
    until: date | None = None
    min_confidence: float | None = None


class Exporter(Protocol):
    """What writes rows in a form; a class that is made without arguments, and may inherit from this one.

    One that has to know the types of the columns has ``write_batches`` too, and only that is called.
    """

    @abstractmethod
    def write(self, out: IO[bytes], columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> None:
        """Write rows, of which some may be read while others have been written; ``out`` is left open.

        Args:
            out: the file, or standard output.
            columns: the names of the columns, in their order.
            rows: the values, as pyarrow gives them, by column.
        """
        ...


class BatchExporter(Exporter, Protocol):
    """An exporter that is given the types of the columns, and the rows as Arrow has them."""

    @abstractmethod
    def write_batches(self, out: IO[bytes], schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> None:
        """As ``write``.

        Args:
            out: the file, or standard output, which may be a pipe.
            schema: the columns and their types.
            batches: the rows, some at a time.
        """
        ...

    def write(self, out: IO[bytes], columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> None:
        raise NotImplementedError


@dataclass(frozen=True)
class Shape:
    """Which columns come out: those that are named, in their order, or all; and whether each row is told how to cite it."""

    columns: tuple[str, ...] | None = None
    cited: bool = False


def write_rows(
    tables: Tables,
    table: str,
    form: str,
    target: Path | None,
    filters: Filters,
    shape: Shape = Shape(),
    views: Views | None = None,
) -> int:
    """Write the rows of a table, or view, that are asked for; returns how many.

    Args:
        tables: what finished runs published, by table name.
        table: its name.
        form: the name of an exporter: ``csv``, ``jsonl``, ``parquet``, ``xlsx`` or that of another package.
        target: the file, written whole or not at all; None: standard output.
        filters: which rows.
        shape: which columns.
        views: views over the tables that may be asked for, too.

    Raises:
        ExportError: no such table or column, or it does not tell what a filter asks for.
        PluginError: no such exporter.
        OSError: the file cannot be written.
    """
    exporter: Exporter = EXPORTERS.get(form)
    if table in tables:
        schema = tables[table].schema
    elif views is not None and table in views.names:
        schema = views.schema(table)
    else:
        known = [*tables, *(views.names if views is not None else ())]
        raise ExportError(f"--table {table}: the tables are {', '.join(known)}")
    where = _where(schema.names, table, filters)
    try:
        extract = make_extract(schema, tables, shape.columns, shape.cited)
    except ValueError as error:
        raise ExportError(str(error)) from None
    if table in tables:
        read = batches(tables[table], extract.read, where, _ROWS)
    else:
        assert views is not None
        read = _kept(
            views.batches(table, list(dict.fromkeys([*extract.read, *_asked(schema.names, table, filters)])), _ROWS), where
        )
    count = 0

    def counted() -> Iterator[pa.RecordBatch]:
        nonlocal count
        for batch in extract.made(read):
            count += batch.num_rows
            yield batch

    with _opened(target) as out:
        if hasattr(exporter, "write_batches"):
            exporter.write_batches(out, extract.out, counted())
        else:
            rows = (row for batch in counted() for row in batch.to_pylist())
            exporter.write(out, extract.out.names, rows)
    return count


def _kept(read: Iterable[pa.RecordBatch], where: pc.Expression | None) -> Iterator[pa.RecordBatch]:
    for batch in read:
        kept = batch if where is None else batch.filter(where)
        if kept.num_rows:
            yield kept


def _told_by(names: Sequence[str], table: str, key: str) -> list[str]:
    """The columns that tell what a filter asks for.

    Raises:
        ExportError: none does.
    """
    # the text of a figure is the number alone: its sentence is what words are looked for in
    able = ("excerpt",) if key == "text" and "figure_id" in names and "excerpt" in names else _BY_NAME[key]
    own = [c for c in able if c in names]
    if not own:
        flag = key.replace("_", "-")
        others = [name for name, known in TABLES.items() if set(known.arrow.names) & set(_BY_NAME[key])]
        raise ExportError(f"--{flag}: the table {table} does not tell it; {', '.join(others)} do")
    return own


def _asked(names: Sequence[str], table: str, filters: Filters) -> list[str]:
    """The columns that filters look at."""
    keys = [key for key in _BY_NAME if getattr(filters, key) is not None]
    return [column for key in keys for column in _told_by(names, table, key)]


def _where(names: Sequence[str], table: str, filters: Filters) -> pc.Expression | None:
    parts: list[pc.Expression] = []

    def found(key: str) -> list[str]:
        return _told_by(names, table, key)

    for key in ("speaker", "text", "publisher"):
        value = getattr(filters, key)
        if value is not None:
            parts.append(_any([pc.match_substring(pc.field(c), value, ignore_case=True) for c in found(key)]))
    if filters.event is not None:
        if filters.event not in get_args(Event):
            raise ExportError(f"--event {filters.event}: the events are {', '.join(get_args(Event))}")
        parts.append(pc.field(found("event")[0]) == filters.event)
    if filters.min_confidence is not None:
        parts.append(pc.field(found("min_confidence")[0]) >= filters.min_confidence)
    if filters.since is not None:
        parts.append(_day(found("since")[0]) >= pc.scalar(filters.since))
    if filters.until is not None:
        parts.append(_day(found("until")[0]) <= pc.scalar(filters.until))
    return None if not parts else _all(parts)


def _day(column: str) -> pc.Expression:
    return pc.field(column).cast("date32")


def _any(parts: Sequence[pc.Expression]) -> pc.Expression:
    """Whether one holds; what is null does not."""
    out = pc.coalesce(parts[0], pc.scalar(False))
    for part in parts[1:]:
        out = out | pc.coalesce(part, pc.scalar(False))
    return out


def _all(parts: Sequence[pc.Expression]) -> pc.Expression:
    out = parts[0]
    for part in parts[1:]:
        out = out & part
    return out


def plain(value: Any) -> str:
    """A value that JSON has no form for."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    raise TypeError(f"no plain form of {type(value)}")


def flat(value: Any) -> Any:
    """A value for one cell: lists are JSON, bytes base64; numbers, dates and texts stay what they are."""
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=plain)
    return plain(value) if isinstance(value, bytes) else value


@contextmanager
def _opened(target: Path | None) -> Iterator[IO[bytes]]:
    """The file to write, which appears whole; or standard output."""
    if target is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with whole(target) as file:
        yield file
