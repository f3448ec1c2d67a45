"""JSON lines, plain or gzipped: one article a line."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from typing import IO, Any

from .metadata import apply_metadata, language_code
from .records import RawArticle, Record, Refusal, Refused, check_text, parse_published, with_title

FIELDS = ("text", "id", "url", "title", "author", "publisher", "published_at", "language")


def read_jsonl(
    stream: IO[bytes],
    uri: str,
    fields: Mapping[str, str],
    metadata: Mapping[str, Mapping[str, str]],
    max_chars: int,
) -> Iterator[Record]:
    """Read the articles of a JSONL file, a record a line; blank lines are none.

    Args:
        stream: the bytes of the file, already decompressed.
        uri: where the file is; a record's own uri is ``<uri>#L<line>``.
        fields: for each of ``FIELDS``, the name that the file gives it.
        metadata: columns given apart, by record uri, url or id.
        max_chars: longest text accepted.
    """
    line_limit = 8 * max_chars + 65536  # escapes take up to six bytes a character
    number = 0
    while True:
        number += 1
        try:
            line = stream.readline(line_limit + 1)
        except (EOFError, zlib.error, OSError) as error:
            if isinstance(error, OSError) and not _is_gzip_error(error):
                raise
            yield Refusal.of(Refused("truncated", f"the compressed file breaks off or is damaged: {error}"), uri, number, b"")
            return
        if not line:
            return
        if not line.strip():
            continue
        try:
            if len(line) > line_limit:
                _skip_line(stream, line_limit)
                raise Refused("too_long", f"a line of more than {line_limit} bytes; max_chars is {max_chars}")
            yield _article(line, f"{uri}#L{number}", number, fields, metadata, max_chars)
        except Refused as error:
            yield Refusal.of(error, uri, number, line)


def _is_gzip_error(error: OSError) -> bool:
    return type(error).__name__ == "BadGzipFile" or "compressed" in str(error).lower() or "gzip" in str(error).lower()


def _skip_line(stream: IO[bytes], limit: int) -> None:
    while True:
        rest = stream.readline(limit)
        if not rest or rest.endswith(b"\n"):
            return


def _article(
    line: bytes,
    uri: str,
    number: int,
    fields: Mapping[str, str],
    metadata: Mapping[str, Mapping[str, str]],
    max_chars: int,
) -> RawArticle:
    row = _parse(line)
    values = {name: _text_field(row, name, fields.get(name, name)) for name in FIELDS}
    text = values.pop("text")
    if text is None:
        raise Refused("missing_text", f"no field {fields.get('text', 'text')!r}")
    check_text(text, max_chars)
    own_id = values.pop("id")
    published, day = parse_published(values["published_at"]) if values["published_at"] else (None, None)
    text, added = with_title(text, values["title"])
    article = RawArticle(
        uri=uri,
        text=text,
        record=number,
        own_id=own_id,
        url=values["url"],
        title=values["title"],
        author=values["author"],
        publisher=values["publisher"],
        published_at=published,
        published_date=day,
        language=language_code(values["language"]) if values["language"] else None,
        title_added=added,
    )
    given = metadata.get(uri) or metadata.get(values["url"] or "") or metadata.get(own_id or "") or {}
    article = apply_metadata(article, given)
    check_text(article.text, max_chars + len(article.title or "") + 2)
    return article


def _parse(line: bytes) -> Mapping[str, Any]:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Refused("undecodable", f"not UTF-8 (byte {error.start} of the line)") from None
    except (json.JSONDecodeError, RecursionError) as error:
        raise Refused("bad_json", f"not JSON: {error}") from None
    if not isinstance(row, dict):
        raise Refused("bad_json", f"a line holds one JSON object, not {type(row).__name__}")
    return row


def _text_field(row: Mapping[str, Any], name: str, field: str) -> str | None:
    value = row.get(field)
    if value is None or (value == "" and name != "text"):
        return None
    if name == "author" and isinstance(value, list) and all(isinstance(v, str) for v in value):
        value = ", ".join(value)
    if name in ("id", "published_at") and isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise Refused("bad_field", f"{field}: text expected, not {type(value).__name__}")
    if name != "text":
        check_text(value, 100_000)
    return value
