"""Tables: CSV and TSV, an article a row, the first row naming the columns."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import IO, Any, ClassVar, cast

from ...printable import counted
from ..formats import Reader, Reading, Source
from ..limit import TooSlow
from ..readers.decoding import as_utf8
from ..readers.field_names import NAMES, WITHIN, own_name
from ..readers.json_lines import line_limit
from ..readers.json_rows import article_of
from ..readers.metadata import delimiter_of
from ..records import Record, Refusal, Refused

_NAMES = frozenset(name for names in NAMES.values() for name in names)
_TEXTS = frozenset(NAMES["text"])
_DELIMITER = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)  # a first line that Excel writes
_PREAMBLE = 20  # lines before the row that names the columns: what was exported, and when
_SAMPLE = 64 * 1024
_ESCAPED = re.compile(r'\\"(?![",;\t|\r\n])')
_DOUBLED = re.compile(r'[^\s",;\t|\\]""|""[^\s",;\t|]')
_LONGEST_NAME = 60
_MOST = (1 << 31) - 1  # characters of a value, to the library; how long a row may be is told by its lines


class Rows(Reader):
    """``csv``: an article a row; comma, semicolon, tab or bar between the columns."""

    suffixes: ClassVar[tuple[str, ...]] = (".csv", ".tsv", ".tab")

    def sniff(self, head: bytes) -> bool:
        line, end, rest = head.decode("utf-8-sig", "replace").partition("\n")
        if _DELIMITER.fullmatch(line):
            line, end, _ = rest.partition("\n")
        names = [name.strip().strip('"') for name in line.split(delimiter_of(line))]
        known = [own_name(name) for name in names if len(name) < _LONGEST_NAME]
        return (
            bool(end) and len(known) == len(names) > 1 and bool(_TEXTS & {*known}) and len({n for n in known if n in _NAMES}) > 1
        )

    def read(self, file: Source, reading: Reading) -> Iterator[Record]:
        limit = line_limit(reading.max_chars)
        lines = _Lines(as_utf8(file.stream), limit)
        wanted = {*(reading.fields[f] for f in ("text",) if f in reading.fields)} or {*_TEXTS, *WITHIN}
        delimiter = _begin(lines, wanted, reading)
        if csv.field_size_limit() < _MOST:  # it is one for all of the process, and others count on it: never lowered
            csv.field_size_limit(_MOST)
        form: dict[str, Any] = {"delimiter": delimiter}
        if lines.spaced(delimiter):
            form["skipinitialspace"] = True
        if lines.escapes:
            form |= {"escapechar": "\\", "doublequote": False}
        rows = csv.reader(lines, **form)
        names = [_column(name, reading) for name in next(rows, [])]
        if not any(names):
            raise Refused("empty", "no row that names the columns")
        if not wanted & {*names}:
            told = ", ".join(n[:_LONGEST_NAME] for n in names[:20])
            raise Refused("missing_text", f"no column holds a text (they are {told}); map it with fields: {{text: COLUMN}}")
        number = 0
        while True:
            number += 1
            row: list[str] = []
            try:
                lines.row.clear()
                try:
                    row = next(rows)
                except StopIteration:
                    return
                except csv.Error as error:
                    raise Refused("bad_field", f"not readable as a row: {error}") from None
                row = _paired(row, lines.row, form)
                if not any(row):
                    continue
                if len(row) > len(names):
                    raise Refused(
                        "bad_field",
                        f"{counted(len(row), 'values')} under {counted(len(names), 'columns')}; "
                        "quote those that hold the delimiter",
                    )
                yield article_of(dict(zip(names, row, strict=False)), f"{file.uri}#L{number}", number, reading)
            except (Refused, TooSlow) as error:
                yield Refusal.of(error, file.uri, number, "".join(lines.row).encode("utf-8", "surrogateescape"))
                if lines.ended:
                    return


def _begin(lines: _Lines, wanted: set[str], reading: Reading) -> str:
    """Take what stands before the row that names the columns, and tell what parts these."""
    ahead = lines.ahead()
    start = 0
    for at, line in enumerate(ahead[:_PREAMBLE]):
        if isinstance(line, Refused):
            break
        if (named := _DELIMITER.fullmatch(line)) is not None:
            lines.skip(at + 1)
            return named[1]
        names = {_column(name.strip().strip('"'), reading) for name in line.split(delimiter_of(line))}
        if names & wanted and len(names) > 1:
            start = at
            break
        if start == at and not line.strip() and at + 1 < len(ahead):
            start = at + 1  # only blank ones so far
    first = ahead[start] if start < len(ahead) else ""
    lines.skip(start)
    return delimiter_of(first if isinstance(first, str) else "")


def _column(name: str, reading: Reading) -> str:
    return name.strip() if name.strip() in reading.fields.values() else own_name(name)


def _paired(row: list[str], lines: list[str], form: dict[str, Any]) -> list[str]:
    """The values of a row whose quotation marks pair; the library drops others, and takes further rows for values.

    Where tabs part the columns, a value that only begins with a mark is taken as it stands: many programs quote none.

    Raises:
        Refused: ``bad_field``.
    """
    if any('"' in line for line in lines):
        try:
            next(csv.reader(lines, strict=True, **form), None)
        except csv.Error:
            plain = lines[0].rstrip("\r\n").split("\t")
            if form["delimiter"] == "\t" and len(lines) == 1 and not any(v[:1] == '"' == v[1:][-1:] for v in plain):
                return plain
            told = (
                f"quotation marks that do not pair, in {counted(len(lines), 'lines')}; double those that stand in a quoted value"
            )
            raise Refused("bad_field", told) from None
    return row


class _Lines:
    """The lines of a stream; bytes that are none of its encoding become lone surrogates.

    ``row`` holds those that were taken since it was last cleared; of no row are there more characters than a limit.
    """

    def __init__(self, stream: IO[bytes], limit: int) -> None:
        readable: Any = stream if isinstance(stream, io.BufferedIOBase) else io.BufferedReader(_Plain(stream))
        self._text = io.TextIOWrapper(readable, "utf-8-sig", "surrogateescape", newline="")
        self._limit = limit
        self._ahead: list[str | Refused] = []
        self._taken = 0
        self.row: list[str] = []
        self.ended = False
        self.escapes = False  # whether a backslash stands before a mark within a quoted value, and not another mark

    def ahead(self) -> list[str | Refused]:
        """The next lines, which are still to be taken; a refusal in place of one that is too long."""
        size = 0
        while size < _SAMPLE:
            try:
                self._ahead.append(self._next())
            except Refused as error:
                self._ahead.append(error)
                break
            except StopIteration:
                break
            size += len(cast(str, self._ahead[-1]))
        sample = "".join(line for line in self._ahead if isinstance(line, str))
        self.escapes = _ESCAPED.search(sample) is not None and _DOUBLED.search(sample) is None
        return self._ahead

    def spaced(self, delimiter: str) -> bool:
        """Whether a space stands behind each delimiter of the next line, and before quotation marks too."""
        first = self._ahead[0] if self._ahead else ""
        return isinstance(first, str) and all(name[:1] == " " for name in first.split(delimiter)[1:]) and delimiter in first

    def skip(self, count: int) -> None:
        """Leave out some of the lines ahead."""
        del self._ahead[:count]

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._ahead.pop(0) if self._ahead else self._next()
        if isinstance(line, Refused):
            raise line
        self._taken = len(line) + (self._taken if self.row else 0)
        if self._taken > self._limit:
            raise Refused("too_long", f"a row of more than {self._limit} characters; is a quotation mark left open?")
        self.row.append(line)
        return line

    def _next(self) -> str:
        try:
            line = self._text.readline(self._limit + 1)
        except Refused:
            self.ended = True
            raise
        if len(line) > self._limit:
            while line and not line.endswith("\n"):
                line = self._text.readline(self._limit)
            raise Refused("too_long", f"a line of more than {self._limit} characters")
        if not line:
            raise StopIteration
        return line


class _Plain(io.RawIOBase):
    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
