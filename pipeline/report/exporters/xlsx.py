"""Workbooks, for spreadsheets: numbers are numbers, days are days, and no text is a formula."""

from __future__ import annotations

import logging
import math
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import IO, Any

import pyarrow as pa

from ..export import BatchExporter, ExportError, flat

MOST_ROWS = 1_048_576  # of a sheet, its head among them
MOST_CHARS = 32_767  # of a cell
_FIRST_DAY = date(1900, 3, 1)  # before it spreadsheets count days in two ways
_WIDE, _NARROW = 50, 16  # characters; a text gets the former
_WIDEST = frozenset({"text", "title", "excerpt", "citation", "detail", "url", "uri"})
_log = logging.getLogger(__name__)


class Xlsx(BatchExporter):
    """``xlsx``: a workbook with a sheet of at most 1,048,575 rows, and further ones; lists are JSON within their cell.

    A cell is a text, a number, a truth value, a day or a moment (UTC, as spreadsheets know no zones). A text is never a formula,
    whatever it begins with, and stays untouched but for its length: a cell holds 32,767 characters. Needs the extra ``xlsx``.
    """

    def write_batches(self, out: IO[bytes], schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> None:
        try:
            from xlsxwriter import Workbook
        except ModuleNotFoundError:
            raise ExportError(
                "xlsxwriter is not installed; pip install 'onrecord[xlsx]' brings what --format xlsx needs"
            ) from None
        # a row is written to disk when the next begins
        book = Workbook(out, {"constant_memory": True, "use_zip64": True, "default_date_format": "yyyy-mm-dd"})
        writer = _Writer(book, schema.names)
        for batch in batches:
            for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                writer.write(row)
        book.close()
        if writer.cut:
            _log.warning("%d texts are longer than a cell holds (%d characters) and were cut", writer.cut, MOST_CHARS)


class _Writer:
    """Rows, one after the other, on as many sheets as they need."""

    def __init__(self, book: Any, names: list[str]) -> None:
        self.cut = 0
        self._book = book
        self._names = names
        self._bold = book.add_format({"bold": True})
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self._begin()

    def write(self, row: Iterable[Any]) -> None:
        if self._at == MOST_ROWS:
            self._begin()
        for column, value in enumerate(row):
            if value is not None:
                self._cell(column, value)
        self._at += 1

    def _begin(self) -> None:
        self._sheet = self._book.add_worksheet()
        self._sheet.freeze_panes(1, 0)
        for column, name in enumerate(self._names):
            self._sheet.set_column(column, column, _WIDE if name in _WIDEST else _NARROW)
            self._sheet.write_string(0, column, name, self._bold)
        self._at = 1

    def _cell(self, column: int, value: Any) -> None:
        sheet, at = self._sheet, self._at
        if isinstance(value, bool):
            sheet.write_boolean(at, column, value)
        elif isinstance(value, int | float) and math.isfinite(value):
            sheet.write_number(at, column, value)
        elif isinstance(value, datetime) and value.date() >= _FIRST_DAY:
            naive = value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo is not None else value
            sheet.write_datetime(at, column, naive, self._moment)
        elif isinstance(value, date) and not isinstance(value, datetime) and value >= _FIRST_DAY:
            sheet.write_datetime(at, column, datetime(value.year, value.month, value.day), self._day)
        else:
            text = value.isoformat() if isinstance(value, date) else str(flat(value))
            if len(text) > MOST_CHARS:
                text, self.cut = f"{text[: MOST_CHARS - 1]}…", self.cut + 1
            sheet.write_string(at, column, text)
