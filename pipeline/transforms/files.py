"""Input files: what INPUT arguments stand for, through Beam's filesystems."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, NamedTuple

from apache_beam.io.filesystem import BeamIOError, CompressionTypes, FileMetadata
from apache_beam.io.filesystems import FileSystems

from ..sources.formats import format_of, may_share
from ..store.manifest import Input

_GLOB = frozenset("*?[")
SHARE = 32 << 20  # bytes of an archive that one worker reads
_TICK_NS = 2_000_000_000


class InputError(ValueError):
    """An INPUT that cannot be used; the message says what to change."""


class NoInputError(InputError):
    """There is no file to read."""


class InputFile(NamedTuple):
    """A file to read: its uri, its path relative to the INPUT it was found in, its place in the order of inputs.

    ``called`` is the uri that its rows show, where that is another (standard input); ``start`` and ``end`` are the offsets
    between which the records begin that are read, where workers share the file.
    """

    uri: str
    relative: str
    order: int = 0
    called: str | None = None
    start: int = 0
    end: int | None = None

    @property
    def name(self) -> str:
        """The uri that its rows show."""
        return self.called or self.uri


class WorkItem(NamedTuple):
    """Files that one worker reads together."""

    files: tuple[InputFile, ...]


@dataclass(frozen=True)
class Listing:
    """The files that the INPUT arguments stand for, and those left out since their names tell no known format."""

    files: tuple[InputFile, ...]
    sizes: tuple[int, ...]
    left_out: tuple[str, ...]


def list_inputs(inputs: Sequence[str], format_given: bool = False) -> Listing:
    """List files, folders (with all below), globs and remote URIs, in an order that depends on names alone.

    Raises:
        InputError: an input does not exist, or holds no file that can be read.
    """
    found: dict[str, tuple[str, int]] = {}
    left_out: list[str] = []
    for given in inputs:
        named = not _GLOB & set(given)
        matches = sorted(_matches(given), key=lambda m: m.path)
        if not matches:
            raise NoInputError(f"no input at {given}; give a file, a folder, a glob or - for standard input")
        single = named and len(matches) == 1 and matches[0].path.rstrip("/") == _absolute(given)
        for match in matches:
            relative = os.path.basename(match.path) if single else _relative(match.path, given)
            if _hidden(relative) and not single:
                continue
            if single or format_given or format_of(match.path) is not None:
                found.setdefault(match.path, (relative, match.size_in_bytes))
            else:
                left_out.append(match.path)
    if not found:
        endings = ".txt, .json, .jsonl, .html, .parquet or .warc, each with .gz too"
        raise NoInputError(f"no readable file in {' '.join(inputs)}; names end in {endings}, or give --format")
    names = sorted(found)
    files = tuple(InputFile(name, found[name][0], n) for n, name in enumerate(names))
    return Listing(files, tuple(found[name][1] for name in names), tuple(left_out))


def group_files(files: Sequence[InputFile], sizes: Sequence[int], most: int = 200, limit: int = 4 << 20) -> list[WorkItem]:
    """Group files into items of at most ``most`` files and, where there are several, ``limit`` bytes.

    An archive of more than ``SHARE`` bytes is parted between items.
    """
    items: list[WorkItem] = []
    group: list[InputFile] = []
    weight = 0
    for file, size in zip(files, sizes, strict=True):
        if size > SHARE and may_share(file.uri):
            cuts = [*range(0, size, SHARE)]
            items += [WorkItem((file._replace(start=a, end=b),)) for a, b in zip(cuts, [*cuts[1:], None], strict=True)]
            continue
        if group and (len(group) >= most or weight + size > limit):
            items.append(WorkItem(tuple(group)))
            group, weight = [], 0
        group.append(file)
        weight += size
    if group:
        items.append(WorkItem(tuple(group)))
    return items


def open_raw(uri: str) -> IO[bytes]:
    """Open a file as stored, not decompressed."""
    return FileSystems.open(uri, compression_type=CompressionTypes.UNCOMPRESSED)


def fingerprint(file: InputFile, size: int, known: Iterable[Input] = ()) -> Input:
    """Identify a file's content: SHA-256 of a local file, the filesystem's own checksum of a remote one.

    Args:
        file: the file.
        size: its size in bytes.
        known: fingerprints of the same path; a local file of the same size and time of change is not read again.

    Raises:
        InputError: the file cannot be read.
    """
    try:
        if "://" in file.uri:
            return Input(uri=file.name, size=size, digest=str(FileSystems.checksum(file.uri)))
        with open(file.uri, "rb") as stream:
            before = os.fstat(stream.fileno())
            for earlier in known:
                if (earlier.size, earlier.modified) == (before.st_size, before.st_mtime_ns):
                    return earlier
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            after = os.fstat(stream.fileno())
        # a file that may yet change within the same tick of the clock has to be read to be known
        settled = before.st_mtime_ns == after.st_mtime_ns and abs(time.time_ns() - after.st_mtime_ns) > _TICK_NS
        modified = after.st_mtime_ns if settled else None
        return Input(uri=file.name, size=after.st_size, digest=digest, modified=modified)
    except (OSError, BeamIOError) as error:
        raise InputError(f"cannot read {file.uri}: {getattr(error, 'strerror', None) or error}") from None


def _matches(given: str) -> Iterator[FileMetadata]:
    path = _absolute(given)
    patterns = [f"{path.rstrip('/')}/**"] if "://" not in given and os.path.isdir(path) else [path]
    if "://" in given and not _GLOB & set(given):
        patterns.append(f"{path.rstrip('/')}/**")
    if "://" not in given and os.path.isfile(path):  # its name may hold glob characters
        yield FileMetadata(path, os.path.getsize(path), 0.0)
        return
    try:
        for result in FileSystems.match(patterns):
            yield from (m for m in result.metadata_list if "://" in m.path or os.path.isfile(m.path))
    except (BeamIOError, ValueError) as error:
        raise InputError(f"cannot list {given}: {error}") from None


def _absolute(given: str) -> str:
    return given.rstrip("/") if "://" in given else os.path.abspath(given)


def _relative(path: str, given: str) -> str:
    base = _absolute(given)
    while _GLOB & set(base):
        base = os.path.dirname(base)
    return path[len(base) :].lstrip("/") or os.path.basename(path)


def _hidden(relative: str) -> bool:
    return any(part.startswith((".", "_")) for part in relative.split("/"))
