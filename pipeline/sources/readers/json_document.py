"""JSON documents: one article as an object of many lines, an array of articles, or arrays by publisher as fundus writes them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Generator, Iterator
from decimal import Decimal
from typing import IO, Any

import ijson

from ..formats import Reading, Source
from ..inflate import DAMAGED, damage
from ..limit import TooSlow
from ..records import Record, Refusal, Refused
from .decoding import as_utf8
from .field_names import ANSWERS, NAMES, own_name
from .json_lines import line_limit
from .json_rows import article_of

_TEXTS = frozenset(NAMES["text"])  # an object with one of these is an article, and its lists are fields
_TOLD = frozenset((*NAMES["title"], *NAMES["url"])) - {"name", "source", "uri", "subject"}
_COLUMNS = ("columns", "fields", "header", "headers", "fieldnames")
_LONGEST_NAME = 60
_DEEPEST = 4
_WORD = b"NaInfity-"  # letters of the words that are no JSON, as Python and R write them all the same
_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+("?)|(-?Infinity|NaN)', re.DOTALL)
_REST = re.compile(rb'(?:[^"\\]++|\\.)*+("?)', re.DOTALL)  # of a text that began in an earlier piece


def read_json_document(file: Source, reading: Reading) -> Iterator[Record]:
    """Read the articles of a JSON document; they are parsed one by one, however large it is.

    Args:
        file: the file; a record's own uri is ``<uri>#L<number>``, of a single article ``<uri>``.
        reading: how it is read.
    """
    uri = file.uri
    number = 0
    try:
        for publisher, single, row in _objects(_Bounded(as_utf8(file.stream), line_limit(reading.max_chars))):
            number += 1
            own = uri if single else f"{uri}#L{number}"
            try:
                if not isinstance(row, dict):
                    raise Refused("bad_json", f"an article is a JSON object, not {type(row).__name__}")
                yield article_of({"publisher": publisher, **row} if publisher else row, own, number, reading)
            except (Refused, TooSlow) as error:
                yield Refusal.of(error, uri, number, str(row).encode("utf-8", "replace"))
    except (Refused, TooSlow) as error:
        yield Refusal.of(error, uri, number + 1, b"")
    except (ijson.JSONError, UnicodeDecodeError, RecursionError, ValueError, ArithmeticError) as error:
        yield Refusal.of(Refused("bad_json", f"not JSON: {' '.join(str(error).split())[:200]}"), uri, number + 1, b"")
    except DAMAGED as error:
        yield Refusal.of(damage(error), uri, number + 1, b"")


def _objects(stream: _Bounded) -> Iterator[tuple[str | None, bool, Any]]:
    """Publisher, whether it is the only one, and value of each article."""
    events = ijson.basic_parse(stream, multiple_values=True)
    event: tuple[str, Any] | None = next(events)
    first = True
    while event is not None:  # as a rule there is one value; files called .json may hold one a line
        if event[0] == "start_array":
            yield from ((None, False, value) for value in _rows(_rest(events, stream)))
        elif event[0] != "start_map":
            raise Refused("bad_json", "a JSON document holds an object or an array of objects")
        else:
            row = yield from _object(events, stream)
            event = next(events, None)
            several = _by_key(row or {})
            yield from ((None, False, one) for one in several)
            if row and not several:
                yield None, first and event is None, row
            first = False
            stream.next_one()
            continue
        event = next(events, None)


def _object(
    events: Iterator[tuple[str, Any]], stream: _Bounded, depth: int = 0
) -> Generator[tuple[str | None, bool, Any], None, dict[str, Any] | None]:
    """Yield the articles of an object that wraps them, as answers of interfaces do, or lists them by publisher.

    Returns any other object as it is; None if it was one of these.
    """
    row: dict[str, Any] = {}
    wraps = False
    for kind, key in events:
        if kind == "end_map":
            break
        kind, value = next(events)
        if kind == "start_map" and key.lower() in ANSWERS and depth < _DEEPEST and not _TEXTS & row.keys():
            inner = yield from _object(events, stream, depth + 1)
            wraps = wraps or inner is None
            row[key] = inner
        elif kind == "start_array" and not _TEXTS & row.keys():  # also one that is called as a text is: *content*
            kind, value = next(events)  # articles, or a field that is a list
            if kind == "end_array":
                wraps = wraps or (key in ANSWERS and depth > 0) or key == "articles"
                row[key] = []
                continue
            first = _build(events, kind, value)
            rest = _rest(events, stream)
            columns = next((row[name] for name in _COLUMNS if isinstance(row.get(name), list)), None)
            if columns and isinstance(first, list):  # a table, as pandas and databases write it
                names = [c.get("name") if isinstance(c, dict) else c for c in columns]
                wraps = True
                yield from ((None, False, one) for one in _rows(itertools.chain([names, first], rest)))
            elif isinstance(first, list) and _names_columns(first):
                wraps = True
                yield from ((None, False, one) for one in _rows(itertools.chain([first], rest)))
            elif isinstance(first, dict) and (
                key.lower() in ANSWERS or _is_of_fundus(first) or (not _TOLD & row.keys() and _is_article(first))
            ):
                wraps = True
                publisher = key if _is_of_fundus(first) else row.get("title") if _is_json_feed(row) else None
                yield from ((publisher, False, one) for one in itertools.chain([first], rest))
            else:
                row[key] = [first, *rest]
        else:
            row[key] = _build(events, kind, value)
    empty = any(value == [] and key.lower() in ANSWERS for key, value in row.items())
    if empty and (_is_json_feed(row) or not (_TEXTS | _TOLD) & row.keys()):
        return None  # an answer with nothing in it
    return None if wraps else row


def _rows(values: Iterator[Any]) -> Iterator[Any]:
    """The articles of an array: its objects, those of arrays within it, or a table whose first row names the columns."""
    names: list[Any] | None = None
    for value in values:
        if names is not None and isinstance(value, list):
            yield dict(zip(map(str, names), value, strict=False))
        elif isinstance(value, list) and _names_columns(value):
            names = value
        elif isinstance(value, list) and value and all(isinstance(v, dict) for v in value):
            yield from value
        else:
            yield value


def _names_columns(value: list[Any]) -> bool:
    """Whether an array holds names of fields, that of a text among them."""
    names = {own_name(v) for v in value if isinstance(v, str) and len(v) <= _LONGEST_NAME}
    return len(value) > 1 and len(names) == len(value) and bool(_TEXTS & names)


def _by_key(row: dict[str, Any]) -> list[dict[str, Any]]:
    """The articles of an object that holds them under keys of their own, or each of their fields so, as pandas writes them."""
    values = list(row.values())
    if values and not _TEXTS & row.keys() and all(isinstance(v, dict) and _TEXTS & v.keys() for v in values):
        return values
    texts: dict[str, Any] = next((row[name] for name in NAMES["text"] if isinstance(row.get(name), dict)), {})
    if texts and all(key.isdecimal() for key in texts):
        fields = [(name, column) for name, column in row.items() if isinstance(column, dict)]
        return [{name: column.get(key) for name, column in fields} for key in texts]
    return []


def _is_of_fundus(row: dict[str, Any]) -> bool:
    """Whether an object is an article as fundus writes them, which lists them by publisher."""
    return (isinstance(row.get("body"), dict) and "sections" in row["body"]) or {"plaintext", "publishing_date"} <= row.keys()


def _is_article(row: dict[str, Any]) -> bool:
    """Whether an object has a text, and a title or an address."""
    return bool(_TEXTS & row.keys()) and bool(_TOLD & row.keys())


def _is_json_feed(row: dict[str, Any]) -> bool:
    return "jsonfeed.org" in str(row.get("version"))


def _rest(events: Iterator[tuple[str, Any]], stream: _Bounded) -> Iterator[Any]:
    for kind, value in events:
        if kind == "end_array":
            return
        stream.next_one()
        yield _build(events, kind, value)


def _build(events: Iterator[tuple[str, Any]], kind: str, value: Any) -> Any:
    """The value that begins with an event."""
    if kind == "start_map":
        out: dict[str, Any] = {}
        for kind, key in events:
            if kind == "end_map":
                return out
            out[key] = _build(events, *next(events))
    if kind == "start_array":
        values: list[Any] = []
        for kind, value in events:
            if kind == "end_array":
                return values
            values.append(_build(events, kind, value))
    return float(value) if isinstance(value, Decimal) else value  # asked for floats, the parser ends at 1e999


class _Bounded:
    """A stream of which no article may take more than a limit; ``NaN`` and ``Infinity`` outside of texts are read as null."""

    def __init__(self, stream: IO[bytes], limit: int) -> None:
        self._stream = stream
        self._limit = limit
        self._taken = 0
        self._held = b""
        self._in_text = False

    def read(self, size: int = 65536) -> bytes:
        data = self._read(size)
        while not data and self._held:
            data = self._read(size)
        self._taken += len(data)
        if self._taken > self._limit + 131072:
            raise Refused("too_long", f"an article of more than {self._limit} bytes")
        return data

    def _read(self, size: int) -> bytes:
        if not size:
            return b""
        read = self._stream.read(size)
        data, self._held = self._held + read, b""
        if read:  # a word, or what stands behind a backslash, may lie across two pieces
            cut = len(data.rstrip(_WORD).rstrip(b"\\"))
            data, self._held = data[:cut], data[cut:]
        start = 0
        if self._in_text and (rest := _REST.match(data)):
            start, self._in_text = rest.end(), not rest[1]
        return data[:start] + _TOKEN.sub(self._token, data[start:])

    def _token(self, found: re.Match[bytes]) -> bytes:
        if found[2]:
            return b"null"
        self._in_text = not found[1]
        return found[0]

    def next_one(self) -> None:
        """The article is read: the next one may take as much again."""
        self._taken = 0
