"""Filtered extracts of a table as CSV, for spreadsheets, or JSON lines, for everything else."""

from __future__ import annotations

import base64
import csv
import io
import json
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, TextIO, get_args

import pyarrow.compute as pc
import pyarrow.dataset as ds

from ..durable import whole_text
from ..schemas import FIGURES, TABLES
from ..schemas.figures import Event
from .scan import Tables, batches

Format = Literal["csv", "jsonl"]
# What a spreadsheet takes for a formula, whatever the cell was meant to be (OWASP, CSV injection), in any form of the
# character: full width, small, superscript. Some programs pass over what shows nothing, and over quotes, before it.
_FORMULA = frozenset("=+-\N{MINUS SIGN}@|")
_BREAKS = frozenset("\t\r\n")  # one of these before all else begins a cell of its own in some programs
_QUOTES = frozenset("'\"")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
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


def write_rows(tables: Tables, table: str, form: Format, target: Path | None, filters: Filters) -> int:
    """Write the rows of a table that are asked for; returns how many.

    CSV is UTF-8 with a byte order mark, as Excel wants it; lists are JSON within their cell, bytes are base64, and an
    apostrophe stands before a text that a spreadsheet could run as a formula: see ``may_run``. Taking the first apostrophe
    off every cell where ``may_run`` holds for the rest gives the texts back; JSON lines hold them untouched.

    Args:
        tables: what finished runs published, by table name.
        table: its name.
        form: ``csv`` or ``jsonl``.
        target: the file, written whole or not at all; None: standard output.
        filters: which rows.

    Raises:
        ExportError: no such table, or it does not tell what a filter asks for.
        OSError: the file cannot be written.
    """
    if table not in tables:
        raise ExportError(f"--table {table}: the tables are {', '.join(tables)}")
    dataset = tables[table]
    columns = [c for c in dataset.schema.names if c != "ingest_date"]
    where, rows = _where(dataset, table, filters), 0
    with _opened(target, "utf-8-sig" if form == "csv" else "utf-8") as out:
        write = _csv_writer(out, columns) if form == "csv" else _json_writer(out)
        for batch in batches(dataset, columns, where, 1024):
            for row in batch.to_pylist():
                write(row)
                rows += 1
    return rows


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


def _csv_writer(out: TextIO, columns: Sequence[str]) -> Callable[[dict[str, Any]], object]:
    writer = csv.writer(out)
    writer.writerow(columns)
    return lambda row: writer.writerow([_cell(row[c]) for c in columns])


def _json_writer(out: TextIO) -> Callable[[dict[str, Any]], object]:
    return lambda row: out.write(json.dumps(row, ensure_ascii=False, default=_plain) + "\n")


def may_run(text: str) -> bool:
    """Whether a spreadsheet could take a text for a formula.

    It could if, behind blanks, quotes and characters that show nothing, the text begins with ``= + - @ |`` in any width, or
    if a tab or the end of a line is among those. A plain number such as ``-5`` is none.
    """
    if _NUMBER.fullmatch(text):
        return False
    for char in text:
        if char in _BREAKS:
            return True
        if not (char in _QUOTES or char.isspace() or unicodedata.category(char) in ("Cc", "Cf")):
            return not _FORMULA.isdisjoint(unicodedata.normalize("NFKC", char)[:1])
    return False


def _cell(value: Any) -> Any:
    if isinstance(value, list | dict):
        value = json.dumps(value, ensure_ascii=False, default=_plain)
    elif isinstance(value, date | bytes):
        value = _plain(value)
    return f"'{value}" if isinstance(value, str) and may_run(value) else value


def _plain(value: Any) -> str:
    """A value that JSON has no form for."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    raise TypeError(f"no plain form of {type(value)}")


@contextmanager
def _opened(target: Path | None, encoding: str) -> Iterator[TextIO]:
    """The file to write, which appears whole; or standard output."""
    if target is None:
        out = io.TextIOWrapper(sys.stdout.buffer, encoding=encoding, newline="")
        try:
            yield out
            out.flush()
        finally:
            out.detach()
        return
    with whole_text(target, encoding) as file:
        yield file
