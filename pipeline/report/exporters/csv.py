"""CSV, for spreadsheets."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from typing import IO, Any

from ..export import Exporter, flat, plain

# What a spreadsheet takes for a formula, whatever the cell was meant to be (OWASP, CSV injection), in any form of the
# character: full width, small, superscript. Some programs pass over what shows nothing, and over quotes, before it.
_FORMULA = frozenset("=+-\N{MINUS SIGN}@|")
_BREAKS = frozenset("\t\r\n")  # one of these before all else begins a cell of its own in some programs
_QUOTES = frozenset("'\"")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


class Csv(Exporter):
    """``csv``: UTF-8 with a byte order mark, as Excel wants it; lists are JSON within their cell, bytes are base64.

    An apostrophe stands before a text that a spreadsheet could run as a formula: see ``may_run``. Taking the first apostrophe
    off every cell where ``may_run`` holds for the rest gives the texts back.
    """

    def write(self, out: IO[bytes], columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> None:
        text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="")
        try:
            writer = csv.writer(text)
            writer.writerow(columns)
            writer.writerows([_cell(row[c]) for c in columns] for row in rows)
            text.flush()
        finally:
            text.detach()


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
    value = plain(value) if isinstance(value, date) else flat(value)
    return f"'{value}" if isinstance(value, str) and may_run(value) else value
