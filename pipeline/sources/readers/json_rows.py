"""JSON objects as articles: our own field names, those that a setting names, and those of news-please and fundus."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..formats import Reading
from ..records import RawArticle, Refused, broken, check_text, parse_published, with_title
from .metadata import apply_metadata, language_code

FIELDS = ("text", "id", "url", "title", "author", "publisher", "published_at", "language")


def article_of(row: Mapping[str, Any], uri: str, number: int, reading: Reading) -> RawArticle:
    """Read an article from a JSON object.

    Args:
        row: the object.
        uri: the record's own uri.
        number: its number in the file.
        reading: what names the file gives to ``FIELDS``, what is given apart, and the longest text accepted.

    Raises:
        Refused: no text, or a field that cannot be read.
    """
    try:
        return _article(row, uri, number, reading)
    except Refused:
        raise
    except Exception as error:
        raise broken(error, uri) from error


def _article(row: Mapping[str, Any], uri: str, number: int, reading: Reading) -> RawArticle:
    row = _own_names(row)
    values = {name: _text_field(row, name, reading.fields.get(name, name)) for name in FIELDS}
    text = values.pop("text")
    if text is None:
        raise Refused("missing_text", f"no field {reading.fields.get('text', 'text')!r}")
    check_text(text, reading.max_chars)
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
    metadata = reading.metadata
    given = metadata.get(uri) or metadata.get(values["url"] or "") or metadata.get(own_id or "") or {}
    article = apply_metadata(article, given)
    check_text(article.text, reading.max_chars + len(article.title or "") + 2)
    return article


def _own_names(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """The object with our names for what it names as news-please or fundus do; any other object as it is."""
    if "maintext" in row:  # news-please: absent dates are printed as None
        date = row.get("date_publish")
        own = {
            "text": row["maintext"],
            "author": row.get("authors"),
            "published_at": None if date == "None" else date,
            "publisher": row.get("source_domain"),
        }
    elif isinstance(row.get("body"), dict) and "sections" in row["body"]:  # fundus
        page = row["html"] if isinstance(row.get("html"), dict) else {}
        source = page["source_info"] if isinstance(page.get("source_info"), dict) else {}
        own = {
            "text": row.get("plaintext") or _fundus_text(row["body"]),
            "author": row.get("authors"),
            "published_at": row.get("publishing_date"),
            "publisher": source.get("publisher"),
            "url": page.get("responded_url") or page.get("requested_url"),
            "language": row.get("lang"),
        }
    else:
        return row
    told = {k: v for k, v in own.items() if v not in (None, [])}
    return told | {k: v for k, v in row.items() if k not in ("body", "text")}


def _fundus_text(body: Mapping[str, Any]) -> str:
    paragraphs = list(_strings(body.get("summary")))
    sections = body["sections"] if isinstance(body["sections"], list) else []
    for section in sections:
        if isinstance(section, dict):
            paragraphs += [*_strings(section.get("headline")), *_strings(section.get("paragraphs"))]
    return "\n\n".join(paragraphs)


def _strings(value: Any) -> list[str]:
    return [v for v in value if isinstance(v, str) and v.strip()] if isinstance(value, list) else []


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
