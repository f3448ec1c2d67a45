"""The payload of a response as its server meant it: codings undone where they are still there.

Archives keep headers that speak of a coding which the crawler has undone already (CC-NEWS did so for years). The bytes
themselves tell.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable, Mapping
from typing import Any

_READ = 1 << 16
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<[!?a-zA-Z]")
_CHUNK = re.compile(rb"[0-9A-Fa-f]{1,8}[ \t]*(?:;[^\r\n]{0,200})?\r?\n")  # the line before a chunk: its length
_ZLIB = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")


class Damaged(ValueError):
    """A coding that was begun and breaks off, or is no such coding within."""


def plain_payload(data: bytes, transfer: str | None, content: str | None, most: int) -> bytes:
    """Undo what the bytes themselves show to be coded.

    Args:
        data: the payload as stored.
        transfer: the value of ``Transfer-Encoding``.
        content: the value of ``Content-Encoding``.
        most: bytes that may come out; more are cut off.

    Raises:
        Damaged: it is coded, but not to its end.
    """
    if transfer and "chunked" in transfer.lower() and _CHUNK.match(data):
        data = _joined(data, most)
    for coding in reversed(re.findall(r"[\w-]+", (content or "").lower())):
        undo = _UNDO.get(coding)
        if undo is not None and not _MARKUP.match(data):
            data = undo(data, most)
    return data[:most]


def _joined(data: bytes, most: int) -> bytes:
    """The chunks of a transfer (RFC 9112), one behind the other."""
    out: list[bytes] = []
    at = taken = 0
    while line := _CHUNK.match(data, at):
        length = int(line[0].split(b";")[0], 16)
        if not length:
            return b"".join(out)
        out.append(data[line.end() : line.end() + length])
        taken += len(out[-1])
        if taken > most:
            return b"".join(out)
        at = line.end() + length
        at += 2 if data[at : at + 2] == b"\r\n" else 1
    if at < len(data) or not out:
        return data  # a page that happens to begin with a number
    raise Damaged("its last chunk is missing")


def _gzip(data: bytes, most: int) -> bytes:
    return _inflate(data, most, 31) if data.startswith(b"\x1f\x8b") else data


def _deflate(data: bytes, most: int) -> bytes:
    if data.startswith(_ZLIB):
        return _inflate(data, most, 15)
    try:
        return _inflate(data, most, -15)  # without a head, as some servers send it
    except Damaged:
        return data


def _inflate(data: bytes, most: int, bits: int) -> bytes:
    stream = zlib.decompressobj(bits)
    try:
        out = stream.decompress(data, most)
    except zlib.error as error:
        raise Damaged(str(error)) from None
    if not stream.eof and len(out) < most:
        raise Damaged("the compressed page breaks off")
    return out


def _brotli(data: bytes, most: int) -> bytes:
    from fastwarc.stream_io import BrotliReader

    try:
        return _read(BrotliReader, data, most) or data
    except (OSError, ValueError):  # brotli has no mark by which it is told
        return data


def _zstd(data: bytes, most: int) -> bytes:
    from fastwarc.stream_io import ZstdReader

    if not data.startswith(b"\x28\xb5\x2f\xfd"):
        return data
    try:
        return _read(ZstdReader, data, most)
    except (OSError, ValueError) as error:
        raise Damaged(str(error)) from None


def _read(reader: Callable[..., Any], data: bytes, most: int) -> bytes:
    stream, out, taken = reader(io.BytesIO(data)), [], 0
    while taken < most and (piece := stream.read(_READ)):
        out.append(piece)
        taken += len(piece)
    return b"".join(out)


_UNDO: Mapping[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gzip, "x-gzip": _gzip, "deflate": _deflate, "br": _brotli, "zstd": _zstd,
}  # fmt: skip
