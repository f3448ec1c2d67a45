"""A record of a crawl archive, WARC or ARC, to the article of its page; or why it is none, in words that can be counted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ..limit import TooSlow
from ..payload import Damaged, plain_payload
from ..records import RawArticle, Record, Refusal, Refused, check_text
from .decoding import decode
from .html import MAX_BYTES, read_html
from .metadata import apply_metadata

PAGES = ("text/html", "application/xhtml+xml")
_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Entry:
    """A record of an archive.

    Attributes:
        kind: *response*, *resource*, *conversion* and the like.
        url: the address it was fetched from.
        status: of the response; None: a record without one, such as a resource.
        media: its media type without parameters, in lower case; empty: not told.
        charset: the encoding that the server told.
        transfer: the value of ``Transfer-Encoding``.
        content: the value of ``Content-Encoding``.
        cut: why the crawler cut it off, as the record tells.
        declared: bytes that it should have.
    """

    kind: str
    url: str | None
    status: int | None
    media: str
    charset: str | None = None
    transfer: str | None = None
    content: str | None = None
    cut: str | None = None
    declared: int = 0


def skipped(entry: Entry) -> str | None:
    """Why a record is passed over, as the summary of a run counts it; None: it is to be read.

    A page that a server coded, or of which it told no type, is told by its bytes, later.
    """
    if entry.kind == "conversion":
        return None if entry.media == "text/plain" else f"conversion to {_short(entry.media)}"
    if entry.kind not in ("response", "resource"):
        return f"{entry.kind} record"
    if not (entry.url or "").lower().startswith(("http:", "https:")):
        return "no page of the web"
    if entry.status is not None and entry.status != 200:
        return f"status {entry.status}"
    if entry.media and entry.media not in PAGES:
        return _short(entry.media)
    return None


def read_entry(entry: Entry, data: bytes, uri: str, number: int, given: Mapping[str, str], max_chars: int) -> Record | None:
    """Read the page of a record; None: it turns out to be no page.

    Args:
        entry: what the archive tells of it.
        data: its payload as stored, of at most ``MAX_BYTES`` and one more.
        uri: the record's own uri.
        number: its place in the archive.
        given: columns given apart for it.
        max_chars: longest text accepted.
    """
    if entry.cut:
        detail = f"the crawler cut the page off (WARC-Truncated: {entry.cut})"
        return Refusal.of(Refused("truncated", detail), uri, number, data)
    if len(data) < min(entry.declared, MAX_BYTES):
        return Refusal.of(Refused("truncated", f"{len(data)} of {entry.declared} bytes of the page"), uri, number, data)
    if entry.kind == "conversion":
        return _text(entry, data, uri, number, given, max_chars)
    try:
        data = plain_payload(data, entry.transfer, entry.content, MAX_BYTES + 1)
    except Damaged as error:
        return Refusal.of(Refused("truncated", f"the page as the server coded it is damaged: {error}"), uri, number, data)
    if not entry.media and not _HTML.match(data):
        return None
    return read_html(data, uri, number, given, max_chars, entry.url, entry.charset)


def _text(entry: Entry, data: bytes, uri: str, number: int, given: Mapping[str, str], max_chars: int) -> Record:
    """The text of a page as somebody else extracted it (WET)."""
    try:
        lines = (line.strip() for line in decode(data).splitlines())
        text = "\n\n".join(line for line in lines if line)
        check_text(text, max_chars)
        return apply_metadata(RawArticle(uri=uri, text=text, record=number, url=entry.url), given)
    except (Refused, TooSlow) as error:
        return Refusal.of(error, uri, number, data)


def _short(media: str) -> str:
    return media[:40] if re.fullmatch(r"[\w.+-]+/[\w.+-]+", media) else "no page"
