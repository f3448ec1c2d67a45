"""WARC: the pages of a crawl archive, plain or compressed by record (gzip, Zstandard), as Common Crawl's CC-NEWS is published.

An archive of any size is read as a stream; a part of it, told by offsets, holds the records that begin in it, so that
workers may share one file.
"""

from __future__ import annotations

import json
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import IO, Any, ClassVar

from ..crawl import arc, wacz
from ..formats import Reader, Reading, Source
from ..inflate import ZSTD, inflated
from ..records import Record, Refusal, Refused
from .entries import Entry, read_entry, skipped
from .html import MAX_BYTES

REFUSAL = "application/x-onrecord-refusal+json"  # the content type of a record that says why a page is missing
TOLD = "X-Onrecord-Told"  # the field of a record with what a feed tells of its page, as JSON
_HEAD = b"WARC/1."
_BARE = re.compile(rb"WARC/1\.\d\n")  # a line without its carriage return
_KIND = re.compile(r"[a-z-]{1,30}")
_GZIP = b"\x1f\x8b\x08"

_CHUNK = 1 << 20


class Warc(Reader):
    """``warc``: a crawl archive; also an older one (ARC), or a package of them (WACZ)."""

    suffixes: ClassVar[tuple[str, ...]] = (".warc", ".warc.zst", ".wet", ".arc", ".wacz")
    as_stored: ClassVar[bool] = True
    shared: ClassVar[bool] = True
    packed: ClassVar[bool] = True

    def sniff(self, head: bytes) -> bool:
        return head.startswith((_HEAD, arc.MARK))

    def read(self, file: Source, reading: Reading) -> Iterator[Record]:
        given, most, passed = reading.metadata, reading.max_chars, reading.skipped
        by_line = _is_by_line(file.head)
        if file.head.startswith(wacz.MARK) or by_line:
            if file.start:
                return iter(())  # one worker reads it whole
            if by_line:
                stream = inflated(file.stream, file.head) if _is_whole(file) else file.stream
                return arc.read_arc(stream, file.uri, given, most, passed)
            return wacz.read_wacz(file.stream, file.uri, lambda inner: read_warc(inner, file.uri, given, most, passed=passed))
        return read_warc(file.stream, file.uri, given, most, file.start, file.end, passed)


def _is_by_line(head: bytes) -> bool:
    """Whether an archive is one that the library for WARC does not read: an older one, or with bare line feeds in its headers."""
    if head.startswith(_GZIP):
        try:
            head = zlib.decompressobj(wbits=31).decompress(head, 64)
        except zlib.error:
            return False
    return head.startswith(arc.MARK) or _BARE.match(head) is not None


def _is_whole(file: Source) -> bool:
    """Whether an archive is zipped as one, which the library for those does not read."""
    if not file.head.startswith(_GZIP) or not file.stream.seekable():
        return False
    data = file.stream.read(_CHUNK)
    file.stream.seek(0)
    try:
        return re.search(rb"\nWARC/1\.\d\n", zlib.decompressobj(wbits=31).decompress(data, 4 * _CHUNK)) is not None
    except zlib.error:
        return False


def read_warc(
    stream: IO[bytes],
    uri: str,
    metadata: Mapping[str, Mapping[str, str]],
    max_chars: int,
    start: int = 0,
    end: int | None = None,
    passed: Counter[str] | None = None,
) -> Iterator[Record]:
    """Read the pages of an archive: HTML that was served whole, and texts that were made of pages; others are passed over.

    Args:
        stream: the bytes of the file as stored; it must seek unless ``start`` is 0.
        uri: where the file is; a record's own uri is ``<uri>#R<offset>``.
        metadata: columns given apart, by record uri or url.
        max_chars: longest text accepted.
        start: offset at or after which the records begin.
        end: offset before which they begin; None: the end of the file.
        passed: where records that are passed over are counted, by why.
    """
    passed = Counter() if passed is None else passed
    position = _first_record(stream, start, end)
    if position is None:
        return
    if end is not None and start == 0 and not _is_by_record(stream):
        end = None  # zipped as one: no other worker finds a record in it
    last, seen = position, -1
    while position is not None:
        try:
            for record in _responses(stream, end):
                last = seen = max(record.stream_pos, seen + 1)  # zipped as one, they all begin at one place
                if record.headers.get("Content-Type") == REFUSAL:
                    yield _refusal(record, uri, last)
                    continue
                entry = _entry(record)
                if _KIND.fullmatch(entry.kind) is None:
                    refused = Refused("bad_archive", "a record of no known kind: its header is not written as WARC has it")
                    yield Refusal.of(refused, uri, last, entry.kind.encode())
                    continue
                why = skipped(entry)
                if why is None:
                    own = f"{uri}#R{last}"
                    given = metadata.get(own) or metadata.get(entry.url or "") or _told(record)
                    page = read_entry(entry, record.reader.read(MAX_BYTES + 1), own, last, given, max_chars)
                    if page is not None:
                        yield page
                        continue
                    why = "no page"
                if entry.kind not in arc.ABOUT:
                    passed[why] += 1
            position = None
        except (OSError, EOFError, ValueError) as error:
            if getattr(error, "errno", None):
                raise  # the file cannot be read, which is not the archive's fault
            detail = f"the archive is damaged behind offset {last}: {' '.join(str(error).split())[:200]}"
            yield Refusal.of(Refused("bad_archive", detail), uri, last + 1, b"")
            position = _first_record(stream, last + 1, end) if stream.seekable() else None
            last = position or last
    if stream.seekable() and end is None and not _ends_whole(stream, last):
        yield Refusal.of(Refused("truncated", f"the archive breaks off behind offset {last}"), uri, last + 1, b"")


def _is_by_record(stream: IO[bytes]) -> bool:
    """Whether each record of a zipped archive is a gzip member of its own, as the standard recommends; plain ones are."""
    stream.seek(0)
    data = stream.read(_CHUNK)
    stream.seek(0)
    if not data.startswith(_GZIP):
        return True
    try:
        return b"\r\n\r\n" + _HEAD not in zlib.decompressobj(wbits=31).decompress(data, 4 * _CHUNK)
    except zlib.error:
        return True


def _responses(stream: IO[bytes], end: int | None) -> Iterator[Any]:
    """The records from where the stream stands."""
    from fastwarc.warc import ArchiveIterator

    told: Any = stream if stream.seekable() else _Told(stream)
    for record in ArchiveIterator(told, parse_http=True):
        if end is not None and record.stream_pos >= end:
            return
        yield record


class _Told:
    """A stream that cannot seek, and tells all the same where it stands: the library fails without."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._at += len(data)
        return data

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = 0) -> int:
        raise OSError("a stream that cannot seek")


def _entry(record: Any) -> Entry:
    told, http = record.headers, record.http_headers
    url = (told.get("WARC-Target-URI") or "").strip()
    kind = (told.get("WARC-Type") or "untyped").strip().lower()
    cut = told.get("WARC-Truncated")
    if http is None:
        media, *parameters = (told.get("Content-Type") or "").split(";")
        charset = next((p.partition("=")[2].strip("\"' ") for p in parameters if p.strip().lower().startswith("charset=")), None)
        status = None if kind in ("resource", "conversion") else 0  # a response of no web server
        return Entry(
            kind, url.strip("<>") or None, status, media.strip().lower(), charset, cut=cut, declared=record.content_length
        )
    return Entry(
        kind, url.strip("<>") or None, http.status_code or 0, (record.http_content_type or "").lower(), record.http_charset,
        http.get("Transfer-Encoding"), http.get("Content-Encoding"), cut, record.content_length,
    )  # fmt: skip


def _ends_whole(stream: IO[bytes], last: int) -> bool:
    """Whether an archive ends where a record does; ``last``: the offset of one of its last records."""
    stream.seek(0)
    head = stream.read(4)
    if head in ZSTD:
        return True  # a frame that breaks off is told when it is read
    if not head.startswith(_GZIP):
        stream.seek(0, 2)
        stream.seek(max(0, stream.tell() - 4))
        return stream.read(4) in (b"\r\n\r\n", b"")
    stream.seek(last)
    member = zlib.decompressobj(wbits=31)
    data = stream.read(_CHUNK)
    if not data:
        return True
    while data:
        try:
            member.decompress(data, _CHUNK)
        except zlib.error:
            return True  # damage, which was told already
        data = member.unconsumed_tail or member.unused_data or stream.read(_CHUNK)
        if member.eof:
            if not data:
                return True
            member = zlib.decompressobj(wbits=31)
    return False


def _told(record: Any) -> dict[str, str]:
    """What a feed told of a page."""
    try:
        told = json.loads(record.headers.get(TOLD) or "{}")
    except ValueError:
        return {}
    return {k: v for k, v in told.items() if isinstance(v, str)} if isinstance(told, dict) else {}


def _refusal(record: Any, uri: str, offset: int) -> Refusal:
    """The refusal of a page that could not be fetched."""
    data = record.reader.read(65536)
    try:
        told = json.loads(data)
        reason, detail = str(told["reason"]), f"{record.headers.get('WARC-Target-URI')}: {told['detail']}"
    except (ValueError, KeyError, TypeError):
        reason, detail = "bad_archive", "a refusal that cannot be read"
    if reason in ("forbidden", "fetch_failed", "bad_archive"):
        refused = Refused(reason, detail)
    else:
        refused = Refused("bad_archive", f"a refusal of no known reason: {reason[:50]}")
    return Refusal.of(refused, uri, offset, f"{record.headers.get('WARC-Target-URI')}\n".encode("utf-8", "replace") + data)


def _first_record(stream: IO[bytes], start: int, end: int | None) -> int | None:
    """The offset of the first record at or after ``start``, where the stream is left."""
    if start == 0:
        return 0
    stream.seek(0)
    zipped = stream.read(len(_GZIP)) == _GZIP
    mark = _GZIP if zipped else b"\r\n\r\n" + _HEAD
    position = start if zipped else max(0, start - 4)
    stream.seek(position)
    held = b""
    while end is None or position < end:
        data = stream.read(_CHUNK)
        held += data
        at = held.find(mark)
        while at >= 0:
            found = position + at + (0 if zipped else 4)
            if not zipped or _opens_record(held[at : at + 4096]):
                stream.seek(found)
                return found if end is None or found < end else None
            at = held.find(mark, at + 1)
        if not data:
            return None
        keep = min(len(held), 4096)  # a mark, or what is behind it, may stand across two chunks
        position += len(held) - keep
        held = held[-keep:]
    return None


def _opens_record(data: bytes) -> bool:
    """Whether a gzip member that begins here begins a WARC record."""
    try:
        return zlib.decompressobj(wbits=31).decompress(data, 64).startswith(_HEAD)
    except zlib.error:
        return False
