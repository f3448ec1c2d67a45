"""Filtered extracts of a table, in any form that an exporter writes.

Exporters are plug-ins that installed packages register under the entry point ``onrecord.exporters``, our own in ``exporters``
among them.
"""

from __future__ import annotations

import base64
import sys
from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any, Protocol, get_args

import pyarrow.compute as pc
import pyarrow.dataset as ds

from ..durable import whole
from ..plugins import EXPORTERS
from ..schemas import FIGURES, TABLES
from ..schemas.figures import Event
from .scan import Tables, batches

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
    """What writes rows in a form; a class that is made without arguments, and may inherit from this one."""

    @abstractmethod
    def write(self, out: IO[bytes], columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> None:
        """Write rows, of which some may be read while others have been written; ``out`` is left open.

        Args:
            out: the file, or standard output.
            columns: the names of the columns, in their order.
            rows: the values, as pyarrow gives them, by column.
        """
        ...


def write_rows(tables: Tables, table: str, form: str, target: Path | None, filters: Filters) -> int:
    """Write the rows of a table that are asked for; returns how many.

    Args:
        tables: what finished runs published, by table name.
        table: its name.
        form: the name of an exporter: ``csv``, ``jsonl`` or that of another package.
        target: the file, written whole or not at all; None: standard output.
        filters: which rows.

    Raises:
        ExportError: no such table, or it does not tell what a filter asks for.
        PluginError: no such exporter.
        OSError: the file cannot be written.
    """
    if table not in tables:
        raise ExportError(f"--table {table}: the tables are {', '.join(tables)}")
    dataset = tables[table]
    exporter: Exporter = EXPORTERS.get(form)
    columns = [c for c in dataset.schema.names if c != "ingest_date"]
    where, count = _where(dataset, table, filters), 0

    def rows() -> Iterator[dict[str, Any]]:
        nonlocal count
        for batch in batches(dataset, columns, where, 1024):
            for row in batch.to_pylist():
                count += 1
                yield row

    with _opened(target) as out:
        exporter.write(out, columns, rows())
    return count


def _where(dataset: ds.Dataset, table: str, filters: Filters) -> pc.Expression | None:
    names = set(dataset.schema.names)
    parts: list[pc.Expression] = []

    def found(key: str) -> list[str]:
        own = [c for c in _BY_NAME[key] if c in names]
        if not own:
            flag = key.replace("_", "-")
            able = [name for name, known in TABLES.items() if set(known.arrow.names) & set(_BY_NAME[key])]
            raise ExportError(f"--{flag}: the table {table} does not tell it; {', '.join(able)} do")
        return own

    for key in ("speaker", "text", "publisher"):
        value = getattr(filters, key)
        if value is not None:
            # the text of a figure is the number alone: its sentence is what words are looked for in
            own = ["excerpt"] if (key, table) == ("text", FIGURES.name) else found(key)
            parts.append(_any([pc.match_substring(pc.field(c), value, ignore_case=True) for c in own]))
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


@contextmanager
def _opened(target: Path | None) -> Iterator[IO[bytes]]:
    """The file to write, which appears whole; or standard output."""
    if target is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with whole(target) as file:
        yield file
