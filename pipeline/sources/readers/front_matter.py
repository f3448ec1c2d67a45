"""What a text tells of itself at its head: between marks, as site generators write it (YAML or TOML), or a field a line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

_HEAD = re.compile(
    r"\ufeff?(?:---[ \t]*\r?\n(?P<yaml>.{1,8000}?)\r?\n(?:---|\.\.\.)|"
    r"\+\+\+[ \t]*\r?\n(?P<toml>.{1,8000}?)\r?\n\+\+\+)[ \t]*(?:\r?\n|\Z)",
    re.DOTALL,
)
_LINES = re.compile(r"\ufeff?((?:[^\W\d_][\w -]{1,24}:[ \t]+\S[^\n]*\n){3,12})(?:[ \t]*\r?\n)")  # up to a blank line
_CALLED: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "headline"),
    "author": ("author", "authors", "byline", "by"),
    "publisher": ("publisher", "publication", "newspaper", "outlet", "source"),
    "published_at": ("published_at", "published", "pubdate", "publishdate", "date"),
    "language": ("language", "lang"),
    "url": ("url", "link", "canonical_url", "canonical", "source_url"),
}


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """The fields that a text tells at its head, and the text behind these; none, and the text as it is, where it tells none."""
    found = _HEAD.match(text) or _LINES.match(text)
    if found is None:
        return {}, text
    row = _read(found) if found.re is _HEAD else _lines(found[1])
    named = {str(key).lower(): value for key, value in row.items()} if isinstance(row, dict) else {}
    fields = {}
    for name, called in _CALLED.items():
        value = next((v for c in called if (v := _told(named.get(c)))), None)
        if value is not None and (name != "url" or value[:8].lower().startswith(("http://", "https://"))):
            fields[name] = value
    rest = text[found.end() :]
    return (fields, rest.lstrip("\r\n")) if fields and rest.strip() else ({}, text)


def _lines(head: str) -> dict[str, str]:
    """Fields of a head without marks; none where they are not those of an article, its title among them."""
    row = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in head.splitlines())}
    known = [name for name, called in _CALLED.items() if row.keys() & set(called)]
    return row if "title" in known and len(known) > 2 else {}


def _read(found: re.Match[str]) -> Any:
    import yaml

    try:
        return (
            tomllib.loads(found["toml"]) if found["toml"] is not None else yaml.load(found["yaml"], yaml.BaseLoader)
        )  # all as written
    except (tomllib.TOMLDecodeError, yaml.YAMLError, ValueError, RecursionError):
        return None


def _told(value: Any) -> str | None:
    if isinstance(value, list):
        return ", ".join(filter(None, map(_told, value))) or None
    if isinstance(value, dict):
        return _told(value.get("name"))
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value).strip() or None if isinstance(value, str | int) and not isinstance(value, bool) else None
