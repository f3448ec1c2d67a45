"""Decompressing gzip with a limit: what blows up a thousandfold is no news."""

from __future__ import annotations

import gzip
import io
import zlib
from typing import IO, cast

from .records import Refused

FREE = 64 << 20  # bytes that may come out whatever went in
RATIO = 200  # most bytes out for each byte in, beyond that; JSON of one phrase repeated reaches some 100
DAMAGED = (EOFError, zlib.error, gzip.BadGzipFile)


def inflated(stream: IO[bytes]) -> io.BufferedReader:
    """The decompressed bytes of a gzip stream of any number of members.

    Reading raises ``Refused`` (``bad_archive``) once more than ``FREE`` bytes and ``RATIO`` times the bytes read have come
    out, and one of ``DAMAGED`` where the stream is broken.
    """
    return io.BufferedReader(_Inflated(stream))


def damage(error: BaseException) -> Refused:
    """The refusal of what lies behind a break in a compressed file."""
    return Refused("truncated", f"the compressed file breaks off or is damaged: {error}")


class _Counted(io.RawIOBase):
    """A stream that counts what is read of it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def]
        data = self._stream.read(len(buffer))
        self.count += len(data)
        buffer[: len(data)] = data
        return len(data)


class _Inflated(io.RawIOBase):
    def __init__(self, stream: IO[bytes]) -> None:
        self._read = _Counted(stream)
        self._gzip = gzip.GzipFile(fileobj=cast(IO[bytes], io.BufferedReader(self._read)))
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def]
        data = self._gzip.read(len(buffer))
        self._count += len(data)
        if self._count > FREE and self._count > RATIO * self._read.count:
            raise Refused("bad_archive", f"gzip of more than {RATIO} times its own size")
        buffer[: len(data)] = data
        return len(data)
