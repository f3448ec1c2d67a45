"""Feeds that were saved to a file, RSS and Atom: the texts that stand in them, an article an entry."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from typing import Any

from ..formats import Reading, Source
from ..limit import TooSlow
from ..pages.markup import is_markup, plain_text
from ..records import RawArticle, Record, Refusal, Refused
from .whole import article

_NO_POST = ("attachment", "revision", "nav_menu_item", "wp_block", "wp_template", "wp_global_styles", "custom_css")
_UNPUBLISHED = ("draft", "auto-draft", "pending", "private", "future", "trash")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)  # *more*, and the blocks of an editor
_BROKEN = (ValueError, TypeError, LookupError, ArithmeticError, AttributeError, AssertionError, RecursionError)


def read_feed(data: bytes, file: Source, reading: Reading) -> Iterator[Record]:
    """The articles of a feed. Where an entry holds a summary alone, that is its text, and a note of the article says so.

    Raises:
        Refused: ``bad_archive``: the parser cannot take it.
    """
    import feedparser

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            feed = feedparser.parse(io.BytesIO(data), resolve_relative_uris=False, sanitize_html=False)
    except _BROKEN as error:
        raise Refused("bad_archive", f"not readable as a feed: {error}") from None
    if not feed.entries:
        raise Refused("empty", "a feed without entries")
    publisher, language = _text(feed.feed.get("title")), _text(feed.feed.get("language"))
    for number, entry in enumerate(feed.entries, 1):
        try:
            yield _entry(entry, publisher, language, number, file, reading, str(feed.version).startswith("rss"))
        except (Refused, TooSlow) as error:
            yield Refusal.of(error, file.uri, number, repr(dict(entry)).encode("utf-8", "replace"))


def _entry(
    entry: Any, publisher: str | None, language: str | None, number: int, file: Source, reading: Reading, is_rss: bool
) -> RawArticle:
    kind, status = entry.get("wp_post_type"), entry.get("wp_status")  # of a site that WordPress exported
    if kind in _NO_POST or status in _UNPUBLISHED:
        raise Refused("not_an_article", f"an export of WordPress: {kind if kind in _NO_POST else status}")
    date = entry.get("published") or entry.get("created") or (entry.get("updated") if is_rss else None)  # dc:date, to the library
    contents = [c.get("value") for c in entry.get("content", []) if _text(c.get("value"))]
    summary = _text(entry.get("summary"))
    markup = max(contents, key=len, default=None) or summary
    if not markup:
        raise Refused("missing_text", "an entry without a text; give the feed's own address to fetch its pages")
    told = {
        "url": _text(entry.get("link")),
        "title": _plain(_text(entry.get("title"))),
        "author": _text(entry.get("author")),
        "publisher": _text(entry.get("source", {}).get("title")) or publisher,
        "published_at": _text(date),
        "language": language,
    }
    own = _text(entry.get("id"))
    record = article(_plain(markup) or "", told, file, reading, number, own)
    if contents:
        return record
    note = "text: the feed holds a summary alone"
    return RawArticle(**(record.__dict__ | {"notes": (*record.notes, note)}))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _plain(value: str | None) -> str | None:
    value = _COMMENT.sub("", value) if value and "<!--" in value else value
    return plain_text(value) if value and (is_markup(value) or "&" in value) else value
