"""JSON lines: one article a line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import IO, Any

from ..formats import Reading, Source
from ..inflate import DAMAGED, damage
from ..limit import TooSlow
from ..records import Record, Refusal, Refused
from .json_rows import article_of


def line_limit(max_chars: int) -> int:
    """Most bytes of a JSON object that may hold an article: escapes take up to six bytes a character."""
    return 8 * max_chars + 65536


def read_jsonl(file: Source, reading: Reading) -> Iterator[Record]:
    """Read the articles of a JSONL file, a record a line; blank lines are none.

    Args:
        file: the file; a record's own uri is ``<uri>#L<line>``.
        reading: how it is read.
    """
    stream, uri, limit = file.stream, file.uri, line_limit(reading.max_chars)
    number = 0
    while True:
        number += 1
        line = b""
        try:
            line = stream.readline(limit + 1)
            if not line:
                return
            if not line.strip():
                continue
            if len(line) > limit:
                _skip_line(stream, limit)
                raise Refused("too_long", f"a line of more than {limit} bytes; max_chars is {reading.max_chars}")
            yield article_of(_parse(line), f"{uri}#L{number}", number, reading)
        except (Refused, TooSlow) as error:
            yield Refusal.of(error, uri, number, line)
            if error.reason == "bad_archive":
                return
        except DAMAGED as error:
            yield Refusal.of(damage(error), uri, number, b"")
            return


def _skip_line(stream: IO[bytes], limit: int) -> None:
    while True:
        rest = stream.readline(limit)
        if not rest or rest.endswith(b"\n"):
            return


def _parse(line: bytes) -> Mapping[str, Any]:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Refused("undecodable", f"not UTF-8 (byte {error.start} of the line)") from None
    except (ValueError, RecursionError) as error:
        raise Refused("bad_json", f"not JSON: {error}") from None
    if not isinstance(row, dict):
        raise Refused("bad_json", f"a line holds one JSON object, not {type(row).__name__}")
    return row
