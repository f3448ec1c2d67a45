"""Which format an input file has, and its records."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, cast

from .jsonl import read_jsonl
from .records import Record, Refusal, Refused
from .text import read_text

_SUFFIXES = {".txt": "text", ".text": "text", ".jsonl": "jsonl", ".ndjson": "jsonl"}
_GZIP_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True)
class Reading:
    """How inputs are read: format, names of JSON fields, longest article, and metadata given apart."""

    format: str = "auto"
    fields: Mapping[str, str] = field(default_factory=dict)
    max_chars: int = 1_000_000
    metadata: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def format_of(uri: str) -> str | None:
    """The format that a file's name tells, or None."""
    name = uri.lower().removesuffix(".gz")
    return next((f for suffix, f in _SUFFIXES.items() if name.endswith(suffix)), None)


def read_records(stream: IO[bytes], uri: str, relative: str, reading: Reading) -> Iterator[Record]:
    """Read the records of one input file.

    Args:
        stream: its bytes as stored.
        uri: where it is.
        relative: its path relative to the input it was found in (a key of the metadata).
        reading: how to read it.
    """
    chosen = reading.format if reading.format != "auto" else format_of(uri)
    head = stream.read(512)
    whole: IO[bytes] = io.BufferedReader(_Rejoined(head, stream))
    if head.startswith(_GZIP_MAGIC):
        whole = cast(IO[bytes], gzip.GzipFile(fileobj=whole))
    if chosen is None:
        chosen = "jsonl" if head.lstrip()[:1] == b"{" else "text"
    if chosen == "jsonl":
        yield from read_jsonl(whole, uri, reading.fields, reading.metadata, reading.max_chars)
        return
    given = reading.metadata.get(uri) or reading.metadata.get(relative) or {}
    try:
        yield read_text(whole, uri, given, reading.max_chars)
    except (EOFError, gzip.BadGzipFile) as error:
        yield Refusal.of(Refused("truncated", f"the compressed file breaks off or is damaged: {error}"), uri, None, head)


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
