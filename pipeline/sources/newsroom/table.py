"""Tables: CSV and TSV, an article a row, the first row naming the columns."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import IO, Any, ClassVar

from ...printable import counted
from ..formats import Reader, Reading, Source
from ..limit import TooSlow
from ..readers.decoding import as_utf8
from ..readers.json_lines import line_limit
from ..readers.json_names import NAMES, WITHIN
from ..readers.json_rows import article_of
from ..readers.metadata import delimiter_of
from ..records import Record, Refusal, Refused

_KNOWN = {re.sub(r"[\W_]", "", name).lower(): name for names in reversed([*NAMES.values()]) for name in reversed(names)}
_NAMES = frozenset(_KNOWN.values())
_TEXTS = frozenset(NAMES["text"])
_DELIMITER = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)  # a first line that Excel writes
_LONGEST_NAME = 60


class Rows(Reader):
    """``csv``: an article a row; comma, semicolon, tab or bar between the columns."""

    suffixes: ClassVar[tuple[str, ...]] = (".csv", ".tsv", ".tab")

    def sniff(self, head: bytes) -> bool:
        line, end, rest = head.decode("utf-8-sig", "replace").partition("\n")
        if _DELIMITER.fullmatch(line):
            line, end, _ = rest.partition("\n")
        names = [name.strip().strip('"') for name in line.split(delimiter_of(line))]
        known = [_own_name(name) for name in names if len(name) < _LONGEST_NAME]
        return (
            bool(end) and len(known) == len(names) > 1 and bool(_TEXTS & {*known}) and len({n for n in known if n in _NAMES}) > 1
        )

    def read(self, file: Source, reading: Reading) -> Iterator[Record]:
        limit = line_limit(reading.max_chars)
        lines = _Lines(as_utf8(file.stream), limit)
        first = next(lines, "")
        named = _DELIMITER.fullmatch(first)
        first = next(lines, "") if named else first
        csv.field_size_limit(limit)
        rows = csv.reader(_again(first, lines), delimiter=named[1] if named else delimiter_of(first))
        names = [_column(name, reading) for name in next(rows, [])]
        wanted = {*(reading.fields[f] for f in ("text",) if f in reading.fields)} or {*_TEXTS, *WITHIN}
        if not wanted & {*names}:
            told = ", ".join(n[:_LONGEST_NAME] for n in names[:20])
            raise Refused("missing_text", f"no column holds a text (they are {told}); map it with fields: {{text: COLUMN}}")
        number = 0
        while True:
            number += 1
            row: list[str] = []
            try:
                try:
                    row = next(rows)
                except StopIteration:
                    return
                except csv.Error as error:
                    raise Refused("bad_field", f"not readable as a row: {error}") from None
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
                yield Refusal.of(error, file.uri, number, "\t".join(row).encode("utf-8", "surrogateescape"))
                if lines.ended:
                    return


def _own_name(name: str) -> str:
    """The name by which a column is known: *Full Text* is *full_text*."""
    return _KNOWN.get(re.sub(r"[\W_]", "", name).lower(), name.strip())


def _column(name: str, reading: Reading) -> str:
    return name.strip() if name.strip() in reading.fields.values() else _own_name(name)


def _again(first: str, lines: Iterator[str]) -> Iterator[str]:
    yield first
    yield from lines


class _Lines:
    """The lines of a stream, none longer than a limit; bytes that are none of its encoding become lone surrogates."""

    def __init__(self, stream: IO[bytes], limit: int) -> None:
        readable: Any = stream if isinstance(stream, io.BufferedIOBase) else io.BufferedReader(_Plain(stream))
        self._text = io.TextIOWrapper(readable, "utf-8-sig", "surrogateescape", newline="")
        self._limit = limit
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        try:
            line = self._text.readline(self._limit + 1)
        except Refused:
            self.ended = True
            raise
        if len(line) > self._limit:
            self.ended = True
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
