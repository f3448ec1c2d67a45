"""The fields of an article in other people's JSON: where they stand, and the shapes that their values have there."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..dates import tells_nothing
from ..pages.markup import is_markup, plain_text
from ..records import Refused
from .field_names import ANSWERS, NAMES, SUMMARIES, WITHIN
from .metadata import is_host

_WRAPPERS = (
    "response",
    "result",
    "content",
    "data",
    "payload",
    "props",
    "pageProps",
)  # what an answer for one article has it under
_NAMED = (
    "name",
    "main",
    "basic",
    "title",
    "label",
    "id",
    "domain",
    "uri",
    "$oid",
    "$date",
    "$numberLong",
    "rendered",
    "@id",
    "url",
    "value",
)
_TEXTS = (
    "text", "content", "content_elements", "items", "body", "bodyHtml", "paragraph", "p", "value", "rendered", "html", "children",
    "blocks",
)  # fmt: skip
# what editors call the pieces of a paragraph: of ProseMirror and Contentful, of Sanity, of Slate and Lexical
_INLINE = frozenset(("text", "span", "link", "autolink", "hyperlink", "mention", "linebreak", "hardBreak", "hard_break", "a"))
_NO_WORDS = frozenset(
    ("interstitial_link", "raw_html", "oembed_response", "custom_embed", "divider", "image", "video", "gallery")
)
_DEEPEST = 8
_BY = re.compile(r"^\s*by\s+", re.IGNORECASE)


def found(row: Mapping[str, Any], name: str, field: str | None) -> tuple[str, Any] | None:
    """What a row calls a field, and its value.

    Args:
        row: the row.
        name: one of ``NAMES``.
        field: what the settings say that the row calls it, with dots into objects; None: what others call it.
    """
    if field is not None:
        value = _at(row, field)
        return None if value is None else (field, value)
    host = blank = None  # a publisher's own name is better, and a text that holds anything
    for place in (row, *(row[key] for key in WITHIN if isinstance(row.get(key), dict))):
        for called in NAMES[name]:
            value = _at(place, called) if "." in called else place.get(called)
            if _is_nothing(value, name) or not _fits(name, called, value):
                continue
            if name == "text" and isinstance(value, str) and not value.strip():
                blank = blank or (called, value)
                continue
            if name != "publisher" or not (isinstance(value, str) and is_host(value)):
                return called, value
            host = host or (called, value)
    if host is not None:
        return host
    if name == "text" and any(found(row, other, None) for other in ("title", "url")):
        for called in SUMMARIES:
            if not _is_nothing(row.get(called), "summary") and isinstance(row[called], str | dict):
                return called, row[called]
    return blank


def unwrapped(row: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The article in the answer for a single one, such as the Guardian's ``response.content``; None if there is none."""
    for _ in range(_DEEPEST):
        inner = [row[key] for key in _WRAPPERS if isinstance(row.get(key), dict)]
        if len(inner) != 1:
            return None
        (row,) = inner
        if found(row, "text", None) is not None and any(found(row, name, None) for name in ("title", "url")):
            return row
    return None


def wrapped(row: Mapping[str, Any], depth: int = 0) -> list[dict[str, Any]]:
    """The articles that an answer holds in a list, as one line may; none of any other object."""
    for key, value in row.items():
        if key.lower() not in ANSWERS or depth > _DEEPEST:
            continue
        if isinstance(value, list) and value and all(isinstance(v, dict) for v in value):
            if found(value[0], "text", None) is not None:
                return value
        elif isinstance(value, dict) and (inner := wrapped(value, depth + 1)):
            return inner
    return []


def text_of(value: Any, called: str, depth: int = 0) -> str:
    """The text of an article: text, markup, a list of paragraphs, or an object with one of these.

    Raises:
        Refused: it is none of these, or a refusal that a reader has put in its place.
    """
    if isinstance(value, Refused):
        raise value
    if isinstance(value, str):
        return plain_text(value) if is_markup(value) else value
    if depth < _DEEPEST:
        if called == "bodies" and isinstance(value, list):  # of ninjs: the same words in several forms
            plain = [v for v in value if isinstance(v, dict) and "plain" in str(v.get("contenttype") or v.get("contentType"))]
            value = (plain or value)[:1]
        if depth and isinstance(value, list) and value and all(map(_is_inline, value)):
            return "".join(text_of(v, called, depth + 1) for v in value)
        if isinstance(value, list) and all(isinstance(v, str | dict) for v in value):
            return "\n\n".join(filter(None, (text_of(v, called, depth + 1).strip() for v in value)))
        if isinstance(value, dict):
            if depth and value.get("type") in _NO_WORDS:
                return ""  # of Arc, among its paragraphs
            for key in _TEXTS:
                if isinstance(value.get(key), str | list):
                    return text_of(value[key], called, depth + 1)
            if depth and isinstance(value.get("data"), dict):
                return text_of(value["data"], called, depth + 1)  # of Editor.js, among its blocks
            if "sections" in value:
                return "\n\n".join(_paragraphs(value))
            if depth:
                return ""  # a picture among paragraphs
    raise Refused("bad_field", f"{called}: text expected, not {type(value).__name__}")


def _is_inline(value: Any) -> bool:
    """Whether a node of an editor's document is a piece of a paragraph, and none itself."""
    if not isinstance(value, dict):
        return False
    kind = next((value[key] for key in ("type", "_type", "nodeType") if isinstance(value.get(key), str)), None)
    return kind in _INLINE if kind else set(value) & {"text"} == {"text"} and isinstance(value["text"], str)


def told(value: Any, name: str, called: str) -> str | None:
    """An optional field as text; None where it tells nothing.

    Raises:
        Refused: it is of no kind that such a field has.
    """
    if isinstance(value, Refused):
        raise value
    if name == "published_at" and (parts := _parts_of_date(value)) is not None:
        return parts
    if name == "author":
        people = list(dict.fromkeys(_people(value, 0)))
        if people or not _is_odd(value):
            return ", ".join(people) or None
    elif isinstance(value, dict):
        for key in _NAMED:
            if key in value and not isinstance(value[key], list):
                return told(value[key], name, called)
    elif isinstance(value, list) and value and (len(value) == 1 or called == "headlines") and not isinstance(value[0], list):
        return told(value[0], name, called)
    elif isinstance(value, float) and value != value:
        return None
    elif isinstance(value, str):
        return (
            None
            if tells_nothing(value) and name != "title"
            else plain_text(value)
            if name == "title" and is_markup(value)
            else value
        )
    elif isinstance(value, int | float) and not isinstance(value, bool) and name in ("id", "published_at"):
        return str(int(value)) if value == value // 1 and abs(value) < 1 << 64 else str(value)
    raise Refused("bad_field", f"{called}: text expected, not {type(value).__name__}")


def _parts_of_date(value: Any) -> str | None:
    """A date that is told by its numbers, year first: a list as Java writes it, or an object."""
    if isinstance(value, dict):
        value = [value.get(k) for k in ("year", "month", "day")] if "year" in value else None
    if not isinstance(value, list) or not 3 <= len(value) <= 7 or not all(type(v) is int for v in value):
        return None
    clock = [*value[3:6], 0, 0, 0][:3]
    return "{:04}-{:02}-{:02}".format(*value[:3]) + ("T{:02}:{:02}:{:02}".format(*clock) if len(value) > 3 else "")


def _at(row: Mapping[str, Any], field: str) -> Any:
    if field in row:
        return row[field]
    value: Any = row
    for key in field.split("."):
        if isinstance(value, list):
            value = value[int(key)] if key.isdecimal() and int(key) < len(value) else None
        else:
            value = value.get(key) if isinstance(value, dict) else None
    return value


def _is_nothing(value: Any, name: str) -> bool:
    if value is None or value == [] or value == {} or (isinstance(value, float) and value != value):
        return True
    return name != "text" and isinstance(value, str) and (not value.strip() or (name != "title" and tells_nothing(value)))


def _fits(name: str, called: str, value: Any) -> bool:
    """Whether a field that several things are called by is what it is taken for."""
    address = isinstance(value, str) and value[:8].lower().startswith(("http://", "https://"))
    if name == "url":
        if isinstance(value, dict):
            return called == "mainEntityOfPage" and "@id" in value
        return called not in ("source", "uri", "originId") or address
    if name == "title" and called in ("name", "subject"):
        return isinstance(value, str)
    if called == "html":
        return name == "text" and isinstance(value, str)
    if name == "publisher":
        return not address
    if name == "id":
        return called != "uri" or not address
    if name == "text" and called in ("content", "article", "body") and isinstance(value, dict):
        return any(key in value for key in (*_TEXTS, "sections"))
    return True


def _is_odd(value: Any) -> bool:
    return isinstance(value, bool | int) or (isinstance(value, float) and value == value)


def _people(value: Any, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        return
    if isinstance(value, str):
        listed = _listed(value)
        if listed is not None:
            yield from _people(listed, depth + 1)
        elif value.strip() and not tells_nothing(value):
            yield _BY.sub("", value.strip()) if depth or _BY.match(value) else value
    elif isinstance(value, list):
        for one in value:
            yield from _people(one, depth + 1)
    elif isinstance(value, dict):
        parts = [
            value.get(k)
            for k in (
                "first",
                "firstName",
                "first_name",
                "firstname",
                "given",
                "last",
                "lastName",
                "last_name",
                "lastname",
                "family",
            )
        ]
        name = (
            value.get("name")
            or value.get("display_name")
            or value.get("full_name")
            or value.get("fullName")
            or value.get("original")
            or value.get("byline")
            or value.get("value")
        )
        yield from _people(name or " ".join(p for p in parts if isinstance(p, str)) or value.get("person"), depth + 1)


def _listed(value: str) -> list[Any] | None:
    """A list that somebody has written as text: *['Ann Veld', 'Bo Lund']*."""
    if not (value.startswith("[") and value.endswith("]")) or len(value) > 10_000:
        return None
    for read in (json.loads, ast.literal_eval):
        try:
            listed = read(value)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
        return listed if isinstance(listed, list) else None
    return None


def _paragraphs(body: Mapping[str, Any]) -> list[str]:
    """The paragraphs of an article of fundus."""
    paragraphs = _strings(body.get("summary"))
    sections = body["sections"] if isinstance(body["sections"], list) else []
    for section in sections:
        if isinstance(section, dict):
            paragraphs += [*_strings(section.get("headline")), *_strings(section.get("paragraphs"))]
    return paragraphs


def _strings(value: Any) -> list[str]:
    return [v for v in value if isinstance(v, str) and v.strip()] if isinstance(value, list) else []
