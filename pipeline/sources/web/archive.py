"""Archives of fetched pages: WARC 1.0 (ISO 28500), each record a gzip member of its own, written as they come."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from ...durable import sync_folder
from ...places import is_remote
from ...storage import whole_at
from ..readers.warc import REFUSAL, TOLD
from ..records import Refused
from .exchange import Answer

_FULL = 64 << 20  # bytes


class Archive:
    """A context manager; pages that were added stand in ``FOLDER/*.warc.gz`` at its end, also where it ends by an error.

    Until then they stand in a file whose name begins with a stop and ends in *.part*; for an object store in
    a temporary one.
    """

    def __init__(self, folder: Path, label: str) -> None:
        self.folder = folder
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

    def add_page(self, answer: Answer, told: dict[str, str]) -> str:
        """Write a page, and what a feed told of it; returns the uri of its record once the archive is finished."""
        kind = " ".join(answer.headers.get("content-type", "text/html").split())
        http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(answer.body)}\r\n\r\n".encode()
        return self._add("response", answer.url, "application/http; msgtype=response", told, http, answer.body)

    def add_refusal(self, url: str, error: Refused) -> None:
        """Write why there is no page."""
        told = json.dumps({"reason": error.reason, "detail": error.detail}).encode()
        self._add("metadata", url, REFUSAL, {}, told)

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
                return
            os.fsync(out.fileno())
        part = self.folder / f".{self._name}.part"
        if not self._whole:
            part.unlink()
            return
        os.replace(part, self.folder / self._name)
        sync_folder(self.folder)
        self._whole = 0

    def _put(self, part: IO[bytes]) -> None:
        if self._whole:
            part.seek(0)
            with whole_at(self.folder / self._name) as out:
                shutil.copyfileobj(part, out)
        self._whole = 0

    def _add(self, kind: str, url: str, content: str, told: dict[str, str], *block: bytes) -> str:
        fields = {
            "WARC-Type": kind,
            "WARC-Target-URI": url,
            "WARC-Date": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
            TOLD: json.dumps(told),
            "Content-Type": content,
            "Content-Length": str(sum(map(len, block))),
        }
        lines = ["WARC/1.0", *(f"{name}: {' '.join(value.split())}" for name, value in fields.items())]
        if self._out is None:
            self._name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{self.label}.warc.gz"
            if is_remote(self.folder):
                self._out = tempfile.TemporaryFile()  # noqa: SIM115 - closed by finish
            else:
                self._out = open(self.folder / f".{self._name}.part", "wb")  # noqa: SIM115 - closed by finish
        begins = self._whole
        with gzip.GzipFile(filename="", mode="wb", fileobj=self._out, compresslevel=6) as member:
            for data in ("\r\n".join([*lines, "", ""]).encode(), *block, b"\r\n\r\n"):
                member.write(data)
        self._whole = self._out.tell()
        return f"{(self.folder / self._name).resolve()}#R{begins}"
