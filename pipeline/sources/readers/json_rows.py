"""JSON objects as articles: our own field names, those that a setting names, and those of other people's programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..dates import tells_nothing
from ..formats import Reading
from ..records import RawArticle, Refusal, Refused, broken, check_text
from .field_names import SUMMARIES, with_own_names
from .html import is_page, read_html
from .json_names import found, text_of, told, unwrapped
from .metadata import apply_metadata, is_host

_WITHDRAWN = ("canceled", "withheld")  # of ninjs
_SHORT = 40  # characters of what may stand for no text: *nan*
FIELDS = ("text", "id", "url", "title", "author", "publisher", "published_at", "language")


def article_of(row: Mapping[str, Any], uri: str, number: int, reading: Reading) -> RawArticle:
    """Read an article from a JSON object. An optional field that is odd is left out, with a note.

    Args:
        row: the object.
        uri: the record's own uri.
        number: its number in the file.
        reading: what names the file gives to ``FIELDS``, what is given apart, and the longest text accepted.

    Raises:
        Refused: no text, or one that cannot be read.
    """
    try:
        return _article(row, uri, number, reading)
    except Refused:
        raise
    except Exception as error:
        raise broken(error, uri) from error


def _no_text(row: Mapping[str, Any], named: str | None) -> str:
    """What to do about a record without a text."""
    if named is not None:
        return f"no field {named!r}, which the settings name for the text"
    told = ", ".join(str(name)[:40] for name in [*row][:20])
    what = f"no field 'text' or the like ({told or 'an empty object'})"
    return f"{what}; name the one that holds it with fields: {{text: NAME}}, or give an object for each article"


def _page(value: Any, uri: str, number: int, reading: Reading) -> RawArticle | None:
    """The article of a whole page that stands where a text does; None: it is no page.

    Raises:
        Refused: the page is no article.
    """
    if not isinstance(value, str) or not is_page(value):
        return None
    read = read_html(value.encode("utf-8", "backslashreplace"), uri, number, {}, reading.max_chars)
    if isinstance(read, Refusal):
        raise Refused(read.reason, read.detail)
    return read


def _with_page(article: RawArticle, page: RawArticle) -> RawArticle:
    """An article with what its page tells of it, where its record does not."""
    names = ("url", "title", "author", "publisher", "published_at", "published_date", "language")
    missing = {name: getattr(page, name) for name in names if getattr(article, name) is None}
    return replace(article, **missing, title_added=article.title_added or page.title_added)


def _article(row: Mapping[str, Any], uri: str, number: int, reading: Reading) -> RawArticle:
    body = found(row := with_own_names(row), "text", reading.fields.get("text"))
    if body is None and (within := unwrapped(row)) is not None:
        row, body = within, found(within, "text", None)
    if body is None:
        raise Refused("missing_text", _no_text(row, reading.fields.get("text")))
    if row.get("pubstatus") in _WITHDRAWN:
        raise Refused("not_an_article", f"an item that its agency has {row['pubstatus']}")
    page = _page(body[1], uri, number, reading)
    text = page.text if page else text_of(body[1], body[0])
    if len(text) < _SHORT and text.strip() and tells_nothing(text):
        raise Refused("empty", f"{body[0]}: {text.strip()!r} stands for no text")
    check_text(text, reading.max_chars)
    values: dict[str, str] = {}
    notes = ["text: the record holds a summary alone"] if body[0] in SUMMARIES else []
    for name in FIELDS[1:]:
        field = found(row, name, reading.fields.get(name))
        try:
            value = told(field[1], name, field[0]) if field else None
        except Refused as error:
            notes.append(error.detail)
            continue
        if name == "url" and value is not None and value[:1] == "/" != value[1:2]:
            notes.append(f"url: a path without a host: {value[:200]}")  # two outlets may have it
        elif value is not None:
            values[name] = value
    own_id = values.pop("id", None)
    if own_id is not None and not own_id.isprintable():
        notes.append("id: characters that cannot be printed")
        own_id = None
    article = RawArticle(uri=uri, text=text, record=number, own_id=own_id, notes=tuple(notes))
    host = values.pop("publisher") if is_host(values.get("publisher", "")) else None  # what stands apart is better than that
    article = apply_metadata(article, values)
    if page is not None:
        article = _with_page(article, page)
    metadata = reading.metadata
    given = metadata.get(uri) or metadata.get(values.get("url", "")) or metadata.get(own_id or "") or {}
    article = apply_metadata(article, given)
    if article.publisher is None and host:
        article = replace(article, publisher=host)
    check_text(article.text, reading.max_chars + len(article.title or "") + 2)
    return article
