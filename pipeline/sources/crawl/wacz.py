"""WACZ: crawl archives packed with their indexes in a zip file, as browsers' archivers write them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import IO

from ..records import Record, Refusal, Refused

MARK = b"PK\x03\x04"  # how a zip file begins
_MOST = 4 << 30  # bytes that an archive within may have, were it held in memory
_ENDINGS = (".warc", ".warc.gz")


def read_wacz(stream: IO[bytes], uri: str, read: Callable[[IO[bytes]], Iterator[Record]]) -> Iterator[Record]:
    """Read the archives in a WACZ file, their records counted through.

    Args:
        stream: the bytes of the file; one that cannot seek is held in memory.
        uri: where it is; a record's own uri is ``<uri>#R<number>``.
        read: reads an archive.

    Raises:
        Refused: ``bad_archive``: not a zip file, or without an archive.
    """
    if not stream.seekable():
        stream = io.BytesIO(stream.read(_MOST))
    try:
        package = zipfile.ZipFile(stream)
    except zipfile.BadZipFile as error:
        raise Refused("bad_archive", f"not a WACZ file: {error}") from None
    names = [n for n in package.namelist() if n.lower().endswith(_ENDINGS)]
    if not names:
        raise Refused("bad_archive", "a zip file that holds no WARC file")
    number = 0
    for name in names:
        try:
            with package.open(name) as archive:
                for record in read(archive):
                    number += 1
                    place = f"{uri}#R{number}" if not isinstance(record, Refusal) else uri
                    yield replace(record, uri=place, record=number)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:  # damaged, oddly compressed, encrypted
            number += 1
            yield Refusal.of(Refused("bad_archive", f"{name}: {error}"), uri, number, b"")
