"""What articles do not carry themselves: a CSV or JSONL file keyed by uri or path relative to the input."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..languages import known_language
from ..records import RawArticle, Refused, check_fields, parse_published, with_title

COLUMNS = ("url", "title", "author", "publisher", "published_at", "language")
KEY = "uri"


class MetadataError(ValueError):
    """A metadata file that cannot be used; the message says what to change."""


def parse_metadata(data: bytes, name: str) -> dict[str, dict[str, str]]:
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
        try:
            rows = list(csv.DictReader(io.StringIO(text)))
        except csv.Error as error:
            raise MetadataError(f"{name}: not CSV ({error})") from None
    out = {}
    for n, row in enumerate(rows, 1):
        key = row.get(KEY) or row.get("path")
        if not key:
            raise MetadataError(f"{name}, row {n}: no value in column 'uri' (or 'path')")
        out[str(key)] = {c: str(row[c]) for c in COLUMNS if row.get(c) not in (None, "")}
    return out


def apply_metadata(article: RawArticle, metadata: Mapping[str, str]) -> RawArticle:
    """Complete an article with the columns given for it; what the article carries itself wins.

    Raises:
        Refused: a column cannot be read, or the article has a field that cannot be stored.
    """
    if not metadata:
        check_fields(article)
        return article
    missing: dict[str, Any] = {c: v for c, v in metadata.items() if c != "published_at" and getattr(article, c) is None}
    if "published_at" in metadata and article.published_at is None:
        moment, day = parse_published(metadata["published_at"])
        article = replace(article, published_at=moment, published_date=day)
    if "language" in missing:
        missing["language"] = language_code(missing["language"])
    if "title" in missing:
        text, added = with_title(article.text, missing["title"])
        article = replace(article, text=text, title_added=added)
    article = replace(article, **missing)
    check_fields(article)
    return article


def language_code(value: str) -> str | None:
    """The code of a language as ``known_language`` tells it; None: *und* and the like.

    Raises:
        Refused: neither a language tag nor a name.
    """
    try:
        return known_language(value)
    except ValueError as error:
        raise Refused("bad_field", f"language: {error}") from None
