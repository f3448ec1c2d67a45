"""Archives of fetched pages: WARC 1.0 (ISO 28500), each record a gzip member of its own, written as they come."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import tempfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from ...durable import sync_folder
from ...places import is_remote
from ...storage import whole_at
from ..readers.warc import REFUSAL, TOLD
from ..records import Refused
from .exchange import Answer

ENTRY = "X-Onrecord-Entry"  # the field of a record with the address that its feed names, and the validators, as JSON
BEGUN = ".begun"  # what follows the name of an archive that is being written; kept where other temporary files are not
_FULL = 64 << 20  # bytes
_CHUNK = 1 << 20


class Archive:
    """A context manager; pages that were added stand in ``FOLDER/*.warc.gz`` at its end, also where it ends by an error.

    Until then they stand in a file whose name begins with a stop and ends in *.begun*; for an object store in
    a temporary one. ``note`` is called once they are safe on disk, to write down that they need not be fetched again: what is
    killed before the file has its name is found by ``left_behind``.
    """

    def __init__(self, folder: Path, label: str, note: Callable[[], None] = lambda: None) -> None:
        self.folder = folder
        self.note = note
        self.label = hashlib.sha256(label.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        self._out: IO[bytes] | None = None
        self._whole = 0  # bytes of whole records
        self._name = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self.finish()

    @property
    def full(self) -> bool:
        """Whether to finish it and begin another."""
        return self._whole >= _FULL

    def add_page(self, answer: Answer, told: dict[str, str], asked: str | None = None) -> str:
        """Write a page, what a feed told of it, and the address that the feed names.

        Returns the uri of its record once the archive is finished.
        """
        kind = " ".join(answer.headers.get("content-type", "text/html").split())
        http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(answer.body)}\r\n\r\n".encode()
        entry = {ENTRY: json.dumps({"url": asked or answer.url, "validators": answer.validators})}
        return self._add("response", answer.url, "application/http; msgtype=response", told, entry, http, answer.body)

    def add_refusal(self, url: str, error: Refused) -> None:
        """Write why there is no page."""
        told = json.dumps({"reason": error.reason, "detail": error.detail}).encode()
        self._add("metadata", url, REFUSAL, {}, {ENTRY: json.dumps({"url": url})}, told)

    def finish(self) -> None:
        """Sync it, and give it its name."""
        if self._out is None:
            return
        with self._out as out:
            self._out = None
            out.truncate(self._whole)
            out.flush()
            if is_remote(self.folder):
                self._put(out)
                self.note()
                return
            os.fsync(out.fileno())
        part = self.folder / f".{self._name}{BEGUN}"
        if not self._whole:
            part.unlink()
            return
        self.note()
        os.replace(part, self.folder / self._name)
        sync_folder(self.folder)
        self._whole = 0

    def _put(self, part: IO[bytes]) -> None:
        if self._whole:
            part.seek(0)
            with whole_at(self.folder / self._name) as out:
                shutil.copyfileobj(part, out)
        self._whole = 0

    def _add(self, kind: str, url: str, content: str, told: dict[str, str], entry: dict[str, str], *block: bytes) -> str:
        fields = {
            "WARC-Type": kind,
            "WARC-Target-URI": url,
            "WARC-Date": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
            TOLD: json.dumps(told),
            **entry,
            "Content-Type": content,
            "Content-Length": str(sum(map(len, block))),
        }
        lines = ["WARC/1.0", *(f"{name}: {' '.join(value.split())}" for name, value in fields.items())]
        if self._out is None:
            self._name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{self.label}.warc.gz"
            if is_remote(self.folder):
                self._out = tempfile.TemporaryFile()  # noqa: SIM115 - closed by finish
            else:
                self._out = open(self.folder / f".{self._name}{BEGUN}", "wb")  # noqa: SIM115 - closed by finish
        begins = self._whole
        with gzip.GzipFile(filename="", mode="wb", fileobj=self._out, compresslevel=6) as member:
            for data in ("\r\n".join([*lines, "", ""]).encode(), *block, b"\r\n\r\n"):
                member.write(data)
        self._out.flush()
        self._whole = self._out.tell()
        return f"{(self.folder / self._name).resolve()}#R{begins}"


def left_behind(folder: Path, note: Callable[[Mapping[str, Any]], None]) -> list[Path]:
    """What a killed round had begun to write, without what is torn of it; ``note`` is told of each page (see ``ENTRY``).

    They are archives once they are renamed by ``take_over``, which comes after what was noted is written down.
    """
    found = []
    for part in sorted(folder.glob(f".*{BEGUN}")):
        with part.open("r+b") as stream:
            whole = 0
            for end, head in _members(stream):
                fields = dict(line.partition(": ")[::2] for line in head.split("\r\n"))
                note(json.loads(fields.get(ENTRY) or "{}"))
                whole = end
            stream.truncate(whole)
            os.fsync(stream.fileno())
        if whole:
            found.append(part)
        else:
            part.unlink()
    return found


def take_over(parts: list[Path]) -> None:
    """Give what a killed round has left behind the names of archives."""
    for part in parts:
        os.replace(part, part.with_name(part.name.removeprefix(".").removesuffix(BEGUN)))
        sync_folder(part.parent)


def _members(stream: IO[bytes]) -> Iterator[tuple[int, str]]:
    """The whole records of an archive: where each ends, and its head."""
    at, data = 0, b""
    while data or (data := stream.read(_CHUNK)):
        member, head = zlib.decompressobj(wbits=31), b""
        while not member.eof:
            try:
                out = member.decompress(data)
            except zlib.error:
                return
            head = head if b"\r\n\r\n" in head else head + out
            at += len(data) - len(member.unused_data)
            data = member.unused_data
            if not member.eof and not (data := stream.read(_CHUNK)):
                return
        yield at, head.partition(b"\r\n\r\n")[0].decode("utf-8", "replace")
