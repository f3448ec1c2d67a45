"""What articles do not carry themselves: a CSV or JSONL file keyed by uri or path relative to the input."""

from __future__ import annotations

import csv
import functools
import io
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..dates import order_of, tells_nothing, told_time
from ..languages import known_language
from ..records import RawArticle, Refused, check_fields, is_address, with_title
from .field_names import NAMES, own_name

COLUMNS = ("url", "title", "author", "publisher", "published_at", "language")
KEY = "uri"
_TOLD = (*COLUMNS[1:], COLUMNS[0])  # a *source* is a publisher before it is an address
_KEYS = frozenset(("uri", "path", "file", "filename", "file_name", "file name"))
_LONGEST = 100_000  # characters of a field
# in lower case, as programs write it
_HOST = re.compile(r"(?:(?:[a-z0-9-]+\.)+[a-z]{2,}|\d{1,3}(?:\.\d{1,3}){3}|localhost)(?::\d+)?")


class MetadataError(ValueError):
    """A metadata file that cannot be used; the message says what to change."""


class Metadata(dict[str, dict[str, str]]):
    """Rows of a metadata file by their key; ``unknown`` are its columns that stand for nothing."""

    unknown: tuple[str, ...] = ()


def parse_metadata(data: bytes, name: str) -> Metadata:
    """Read a metadata file: rows keyed by their ``uri`` (or ``path``) column.

    Raises:
        MetadataError: not UTF-8, not CSV or JSONL, or without a key column.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise MetadataError(f"{name}: not UTF-8 (byte {error.start}); save it as UTF-8") from None
    rows: list[Mapping[str, Any]]
    if text.lstrip().startswith("{"):
        rows = []
        for n, line in enumerate(text.splitlines(), 1):
            if line.strip():
                try:
                    rows.append(json.loads(line))
                except (ValueError, RecursionError) as error:
                    raise MetadataError(f"{name}, line {n}: not JSON ({error})") from None
                if not isinstance(rows[-1], dict):
                    raise MetadataError(f"{name}, line {n}: a line holds one JSON object, not {type(rows[-1]).__name__}")
    else:
        table = csv.DictReader(io.StringIO(text), delimiter=delimiter_of(text), strict=True)
        try:
            rows = list(table)
        except csv.Error as error:  # strict, or a quotation mark that is left open swallows all rows behind it
            raise MetadataError(f"{name}, line {table.reader.line_num}: not CSV ({error})") from None
        if any(isinstance(value, str) and len(value) > _LONGEST for row in rows for value in row.values()):
            raise MetadataError(f"{name}: not CSV (a value of more than {_LONGEST:,} characters)")
    out = Metadata()
    unknown: dict[str, None] = {}
    for n, row in enumerate(rows, 1):
        ours = _columns(tuple(map(str, row)))
        unknown |= dict.fromkeys(str(c) for c in row if c not in ours.values())
        told = {c: str(row[theirs]) for c, theirs in ours.items() if row.get(theirs) not in (None, "")}
        key = told.pop(KEY, None)
        if not key:
            raise MetadataError(f"{name}, row {n}: no value in column 'uri' (or 'path')")
        out[key] = told
    out.unknown = tuple(unknown)
    return out


@functools.lru_cache(64)
def _columns(names: tuple[str, ...]) -> Mapping[str, str]:
    """What a file calls its columns, by ours: its own, or as other tables call them, the first of several."""
    found = {name: name for name in names if name in (*COLUMNS, KEY)}
    for name in names:
        own = own_name(name)
        ours = KEY if own.lower() in _KEYS else next((c for c in _TOLD if own == c or own in NAMES[c]), None)
        if ours is not None and name not in found.values():
            found.setdefault(ours, name)
    return found


def delimiter_of(text: str) -> str:
    """What stands between the columns of a table, from its first line: comma, semicolon, tab or bar, seldom a rarer mark."""
    line = text.lstrip("\ufeff\r\n").partition("\n")[0]
    return max(",;\t|^~\x01\x1f", key=line.count)


def apply_metadata(article: RawArticle, metadata: Mapping[str, str]) -> RawArticle:
    """Complete an article with fields told apart from its text; what it has already wins.

    A field that cannot be read is left out, and a note of the article says so.

    Raises:
        Refused: the article has a field that cannot be stored.
    """
    notes = []
    for name in COLUMNS:
        value = metadata.get(name)
        if not value or getattr(article, name) is not None:
            continue
        try:
            article = replace(article, **_read(name, value, article, metadata))
        except Refused as error:
            notes.append(error.detail.encode("utf-8", "backslashreplace").decode())
    check_fields(article)
    return replace(article, notes=(*article.notes, *notes)) if notes else article


def _read(name: str, value: str, article: RawArticle, metadata: Mapping[str, str]) -> dict[str, Any]:
    """The fields of an article that follow from one told apart.

    Raises:
        Refused: it cannot be read.
    """
    _check_value(name, value)
    if name == "published_at":
        hints = (metadata.get("language"), article.url, metadata.get("url"))
        moment, day = told_time(value, *order_of(*hints)) or (None, None)
        return {"published_at": moment, "published_date": day}
    if tells_nothing(value) and name != "title":
        return {}
    if name == "language":
        return {"language": language_code(value)}
    if name == "title":
        text, added = with_title(article.text, value)
        return {"title": value, "text": text, "title_added": added}
    return {name: value}


def _check_value(name: str, value: str) -> None:
    """Refuse a field that cannot be stored, or an address that cannot be parsed.

    Raises:
        Refused: ``bad_field``.
    """
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise Refused("bad_field", f"{name}: lone surrogate at character {error.start}") from None
    if "\x00" in value or len(value) > _LONGEST:
        raise Refused("bad_field", f"{name}: {len(value)} characters, or NUL among them")
    if name == "url" and not is_address(value):
        raise Refused("bad_field", f"url: {value[:80]!r} cannot be parsed")


def is_host(name: str) -> bool:
    """Whether a name is a bare host's and no publisher's own: *www.courier.example*."""
    return _HOST.fullmatch(name.strip()) is not None


def language_code(value: str) -> str | None:
    """The code of a language as ``known_language`` tells it; None: *und* and the like.

    Raises:
        Refused: neither a language tag nor a name.
    """
    try:
        return known_language(value)
    except ValueError as error:
        raise Refused("bad_field", f"language: {error}") from None
