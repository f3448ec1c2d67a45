"""Inputs on filesystems that Beam reads, other than this machine's and object stores."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from apache_beam.io.filesystem import BeamIOError, CompressionTypes
from apache_beam.io.filesystems import FileSystems


def open_at(uri: str) -> IO[bytes]:
    """Open a file as stored.

    Raises:
        OSError: it cannot be opened.
    """
    try:
        return FileSystems.open(uri, compression_type=CompressionTypes.UNCOMPRESSED)
    except BeamIOError as error:
        raise OSError(str(error)) from error


def checksum_of(uri: str) -> str:
    """What the filesystem tells contents apart by.

    Raises:
        OSError: it cannot be told.
    """
    try:
        return str(FileSystems.checksum(uri))
    except BeamIOError as error:
        raise OSError(str(error)) from error


def matches_of(path: str, pattern: bool) -> Iterator[tuple[str, int]]:
    """Path and size of each file that an address names, or that lies below it; or that matches it as a pattern.

    Raises:
        OSError: it cannot be listed.
    """
    try:
        for result in FileSystems.match([path] if pattern else [path, f"{path}/**"]):
            yield from ((m.path, m.size_in_bytes) for m in result.metadata_list)
    except (BeamIOError, ValueError) as error:
        raise OSError(re.sub(r"\s+", " ", str(error))) from error
