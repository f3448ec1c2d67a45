"""Decompressing with a limit: what blows up a thousandfold is no news."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable, Mapping
from typing import IO, cast

import pyarrow as pa

from .records import Refused

FREE = 64 << 20  # bytes that may come out whatever went in
RATIO = 200  # most bytes out for each byte in, beyond that; JSON of one phrase repeated reaches some 100
DAMAGED = (EOFError, zlib.error, gzip.BadGzipFile, lzma.LZMAError)
_GZIP = b"\x1f\x8b"
ZSTD = (b"\x28\xb5\x2f\xfd", b"\x5d\x2a\x4d\x18")  # a frame; a dictionary, which stands before the first


def _zstd(stream: IO[bytes]) -> IO[bytes]:
    return cast(IO[bytes], pa.CompressedInputStream(pa.PythonFile(stream, mode="r"), "zstd"))


_OPENERS: Mapping[bytes, tuple[str, Callable[[IO[bytes]], IO[bytes]]]] = {
    _GZIP: (".gz", lambda stream: cast(IO[bytes], gzip.GzipFile(fileobj=stream))),
    b"BZh": (".bz2", lambda stream: cast(IO[bytes], bz2.BZ2File(stream))),
    b"\xfd7zXZ\x00": (".xz", lambda stream: cast(IO[bytes], lzma.LZMAFile(stream))),  # noqa: SIM115
    b"\x28\xb5\x2f\xfd": (".zst", _zstd),
}
ENDINGS = tuple(ending for ending, _ in _OPENERS.values())


def is_record_wise(head: bytes) -> bool:
    """Whether bytes that begin so are compressed as crawl archives are, record by record: with gzip or Zstandard."""
    return head.startswith((_GZIP, *ZSTD))


def is_compressed(head: bytes) -> bool:
    """Whether bytes that begin so are compressed in a way that ``inflated`` undoes."""
    return head.startswith(tuple(_OPENERS))


def without_ending(name: str) -> str:
    """A file's name in lower case without the ending that tells how it is compressed: *news.jsonl.GZ* → *news.jsonl*."""
    name = name.lower()
    if not name.endswith(ENDINGS):
        return name
    return next((name.removesuffix(ending) for ending in ENDINGS if name.endswith(ending)), name)


def inflated(stream: IO[bytes], head: bytes) -> io.BufferedReader:
    """The decompressed bytes of a stream that begins with ``head``, of any number of members.

    Reading raises ``Refused`` (``bad_archive``) once more than ``FREE`` bytes and ``RATIO`` times the bytes read have come
    out, and one of ``DAMAGED`` where the stream is broken.
    """
    opener = next(opener for magic, (_, opener) in _OPENERS.items() if head.startswith(magic))
    return io.BufferedReader(_Inflated(stream, opener))


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


class Limited(io.RawIOBase):
    """What comes out of something compressed, with a limit by what went in.

    Args:
        stream: what comes out.
        went_in: tells how many bytes have gone in so far.
    """

    def __init__(self, stream: IO[bytes], went_in: Callable[[], int]) -> None:
        self._out = stream
        self._went_in = went_in
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def]
        try:
            data = self._out.read(len(buffer))
        except OSError as error:  # of bz2 and zstd, which have no errors of their own; the stream's own errors have a number
            if error.errno is None and not isinstance(error, gzip.BadGzipFile):
                raise EOFError(str(error)) from error
            raise
        self._count += len(data)
        if self._count > FREE and self._count > RATIO * self._went_in():
            raise Refused("bad_archive", f"more than {RATIO} times its own size, compressed")
        buffer[: len(data)] = data
        return len(data)


class _Inflated(Limited):
    def __init__(self, stream: IO[bytes], opener: Callable[[IO[bytes]], IO[bytes]]) -> None:
        read = _Counted(stream)
        super().__init__(opener(cast(IO[bytes], io.BufferedReader(read))), lambda: read.count)
