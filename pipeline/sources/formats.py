"""Which format an input file has, and its records."""

from __future__ import annotations

import functools
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO

from .limit import ARTICLE_SECONDS, TooSlow, within
from .readers.html import MAX_BYTES, read_html
from .readers.inflate import DAMAGED, damage, inflated
from .readers.json_document import read_json_document
from .readers.jsonl import read_jsonl
from .readers.parquet import read_parquet
from .readers.text import read_text
from .readers.warc import read_warc
from .records import Record, Refusal, Refused

FETCHED = "_feeds"  # the folder of an output that holds what was fetched and waits for a run
_SUFFIXES = {
    ".txt": "text", ".text": "text", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl", ".html": "html", ".htm": "html",
    ".xhtml": "html", ".warc": "warc", ".parquet": "parquet",
}  # fmt: skip
_GZIP_MAGIC = b"\x1f\x8b"
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True)
class Reading:
    """How inputs are read: format, names of JSON fields, longest article, metadata given apart, and the time for a record."""

    format: str = "auto"
    fields: Mapping[str, str] = field(default_factory=dict)
    max_chars: int = 1_000_000
    metadata: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    article_seconds: float = ARTICLE_SECONDS


def format_of(uri: str) -> str | None:
    """The format that a file's name tells, or None."""
    name = uri.lower().removesuffix(".gz")
    return next((f for suffix, f in _SUFFIXES.items() if name.endswith(suffix)), None)


def is_feed(given: str) -> bool:
    """Whether an INPUT is the address of a feed."""
    return given[:8].lower().startswith(("http://", "https://"))


def may_share(uri: str) -> bool:
    """Whether several workers may read one file of this name, each the records that begin in its part."""
    return format_of(uri) == "warc"


def read_records(
    stream: IO[bytes], uri: str, relative: str, reading: Reading, part: tuple[int, int | None] = (0, None)
) -> Iterator[Record]:
    """Read the records of one input file.

    Args:
        stream: its bytes as stored.
        uri: where it is.
        relative: its path relative to the input it was found in (a key of the metadata).
        reading: how to read it.
        part: offsets between which its records begin, where several workers share it.
    """
    records = _records(stream, uri, relative, reading, part)
    number = 0
    while True:
        number += 1
        try:
            record = within(reading.article_seconds, functools.partial(next, records, None), f"record {number} of {uri}")
        except TooSlow as error:  # not while one record was read: what is behind it is out of reach
            record, records = Refusal.of(error, uri, number, b""), iter(())
        if record is None:
            return
        yield record


def _records(
    stream: IO[bytes], uri: str, relative: str, reading: Reading, part: tuple[int, int | None] = (0, None)
) -> Iterator[Record]:
    chosen = reading.format if reading.format != "auto" else format_of(uri)
    if chosen == "warc" and part != (0, None):
        yield from read_warc(stream, uri, reading.metadata, reading.max_chars, *part)
        return
    head = stream.read(512)
    raw: IO[bytes] = stream
    if stream.seekable():
        stream.seek(0)
    else:
        raw = io.BufferedReader(_Rejoined(head, stream))
    zipped = head.startswith(_GZIP_MAGIC)
    try:
        if zipped and chosen != "warc":
            whole = inflated(raw)
            head = whole.peek(512)[:512]  # type: ignore[attr-defined]
        else:
            whole = raw
    except (Refused, *DAMAGED) as error:
        yield Refusal.of(error if isinstance(error, Refused) else damage(error), uri, None, head)
        return
    told = _told(head)
    if reading.format == "auto" and told is not None and chosen in (None, "text", "html"):
        chosen = told
    given = reading.metadata.get(uri) or reading.metadata.get(relative) or {}
    if chosen == "warc":
        if zipped and stream.seekable():
            stream.seek(0)
        yield from read_warc(raw, uri, reading.metadata, reading.max_chars)
    elif chosen == "parquet":
        yield from read_parquet(whole, uri, reading.fields, reading.metadata, reading.max_chars)
    elif chosen == "jsonl":
        read = read_json_document if _is_document(uri, head) else read_jsonl
        yield from read(whole, uri, reading.fields, reading.metadata, reading.max_chars)
    else:
        try:
            if chosen == "html":
                yield read_html(whole.read(MAX_BYTES + 1), uri, None, given, reading.max_chars)
            else:
                yield read_text(whole, uri, given, reading.max_chars)
        except (Refused, *DAMAGED) as error:
            yield Refusal.of(error if isinstance(error, Refused) else damage(error), uri, None, head)


def _told(head: bytes) -> str | None:
    """The format that the first bytes of a file tell."""
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"WARC/1."):
        return "warc"
    if _HTML.match(head):
        return "html"
    return "jsonl" if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" else None


def _is_document(uri: str, head: bytes) -> bool:
    """Whether JSON is one document and not lines: an array, or an object that its first line does not close."""
    if uri.lower().removesuffix(".gz").endswith((".jsonl", ".ndjson")):
        return False
    opening = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if opening.startswith(b"["):
        return True
    line, _, rest = opening.partition(b"\n")
    lines = line.rstrip().endswith(b"}") and rest.lstrip()[:1] == b"{"
    return not lines and (uri.lower().removesuffix(".gz").endswith(".json") or (bool(rest) and not line.rstrip().endswith(b"}")))


class _Rejoined(io.RawIOBase):
    """A stream with the bytes that were read ahead put back (remote streams cannot always seek)."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def]
        data = self._head[: len(buffer)] or self._rest.read(len(buffer))
        self._head = self._head[len(data) :]
        buffer[: len(data)] = data
        return len(data)
