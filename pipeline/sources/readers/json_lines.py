"""JSON lines: one article a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import IO, Any

from ..formats import Reading, Source
from ..inflate import DAMAGED, damage
from ..limit import TooSlow
from ..records import Record, Refusal, Refused
from .decoding import as_utf8, decode
from .field_names import ANSWERS
from .json_names import found, wrapped
from .json_rows import article_of

_BETWEEN = frozenset((b"", b"[", b"]", b"],", b",", b"\x1e"))  # lines that hold no object
_GAP = re.compile(r"[\s\x1e,]*")
_DECODER = json.JSONDecoder()


def line_limit(max_chars: int) -> int:
    """Most bytes of a JSON object that may hold an article: escapes take up to six bytes a character."""
    return 8 * max_chars + 65536


def read_jsonl(file: Source, reading: Reading) -> Iterator[Record]:
    """Read the articles of a JSONL file, a record a line; blank lines are none.

    Lines may end in a comma, stand between the brackets of an array, begin with a record separator (RFC 7464), or hold several
    objects.

    Args:
        file: the file; a record's own uri is ``<uri>#L<line>``.
        reading: how it is read.
    """
    stream, uri, limit = as_utf8(file.stream), file.uri, line_limit(reading.max_chars)
    number = 0
    while True:
        number += 1
        line = b""
        try:
            line = stream.readline(limit + 1)
            if not line:
                return
            if line.strip() in _BETWEEN:
                continue
            if len(line) > limit:
                _skip_line(stream, limit)
                raise Refused("too_long", f"a line of more than {limit} bytes; max_chars is {reading.max_chars}")
            rows = [one for row in _parse(line) for one in _articles(row)]
        except (Refused, TooSlow) as error:
            yield Refusal.of(error, uri, number, line)
            if not line or error.reason == "bad_archive":  # the stream cannot be read on
                return
            continue
        except DAMAGED as error:
            yield Refusal.of(damage(error), uri, number, b"")
            return
        for n, row in enumerate(rows):
            number += n > 0  # further objects of a line are counted as lines
            if _is_action(row):
                reading.skipped["action of a bulk request"] += 1
                continue
            try:
                yield article_of(row, f"{uri}#L{number}", number, reading)
            except (Refused, TooSlow) as error:
                yield Refusal.of(error, uri, number, line if len(rows) == 1 else json.dumps(row).encode())


def _articles(row: dict[str, Any]) -> list[dict[str, Any]]:
    """An article, or those of an answer that was saved as one line."""
    if not ANSWERS & row.keys() or found(row, "text", None) is not None:
        return [row]
    return wrapped(row) or [row]


def _is_action(row: dict[str, Any]) -> bool:
    """Whether an object tells Elasticsearch what to do with the one behind it."""
    if len(row) != 1:
        return False
    ((name, told),) = row.items()
    return name in ("index", "create", "update") and isinstance(told, dict) and all(key.startswith("_") for key in told)


def _skip_line(stream: IO[bytes], limit: int) -> None:
    while True:
        rest = stream.readline(limit)
        if not rest or rest.endswith(b"\n"):
            return


def _parse(line: bytes) -> list[dict[str, Any]]:
    """The objects of a line."""
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = decode(line)  # in another encoding than the lines before
    rows: list[dict[str, Any]] = []
    at, end = 0, len(text)
    try:
        while (at := _after_gap(text, at)) < end:
            row, at = _DECODER.raw_decode(text, at)
            if not isinstance(row, dict):
                raise Refused("bad_json", f"a line holds one JSON object, not {type(row).__name__}")
            rows.append(row)
    except (ValueError, RecursionError) as error:
        raise Refused("bad_json", f"not JSON: {error}") from None
    return rows


def _after_gap(text: str, at: int) -> int:
    gap = _GAP.match(text, at)
    return gap.end() if gap else at
