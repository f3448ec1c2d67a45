"""Input files: what INPUT arguments stand for, on this machine or through Beam's filesystems."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import re
import stat
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, NamedTuple

from ..places import SCHEMES, StorageError, find, is_remote, place_of
from ..sources.formats import is_known, may_share, suffixes
from ..sources.paths import bad_name, uri_of
from ..store.manifest import Input
from .folders import UNREADABLE, FoundFiles, as_regex, cause, glob, glob_base, hidden, look, walk

_GLOB = frozenset("*?[")
SHARE = 32 << 20  # bytes of an archive that one worker reads
_SMALL = 1 << 20  # bytes of a file that is read whole to know its digest
_TICK_NS = 2_000_000_000


class InputError(ValueError):
    """An INPUT that cannot be used; the message says what to change."""


class NoInputError(InputError):
    """There is no file to read."""


class InputFile(NamedTuple):
    """A file to read: its uri, its path relative to the INPUT it was found in, its place in the order of inputs.

    ``called`` is the uri that its rows show, where that is another (standard input); ``start`` and ``end`` are the offsets
    between which the records begin that are read, where workers share the file. ``refused``: the reason of the ``rejects``
    table for which it is not opened at all, and what is wrong with it. ``modified``: when it had been changed as it was listed.
    """

    uri: str
    relative: str
    order: int = 0
    called: str | None = None
    start: int = 0
    end: int | None = None
    refused: tuple[str, str] | None = None
    modified: int | None = None

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


def list_inputs(inputs: Sequence[str], format_given: bool = False, follow_links: bool = False) -> Listing:
    """List files, folders (with all below), globs and remote URIs, in an order that depends on names alone.

    What cannot be read is listed with its refusal; nothing is opened.

    Args:
        inputs: files, folders, globs and remote URIs.
        format_given: files are listed whatever their names tell.
        follow_links: links below a folder may lead out of all folders given.

    Raises:
        InputError: an input does not exist, cannot be listed, or holds no file that can be read.
    """
    found: dict[str, tuple[InputFile, int]] = {}
    left_out: list[str] = []
    known: dict[str, bool] = {}  # by the end of a name, which many share
    roots = None if follow_links else [os.path.realpath(_base(i)) for i in inputs if "://" not in i]
    for given in inputs:
        single, matches = _matches(given, roots)
        base = len(_base(given))
        if not matches:
            raise NoInputError(f"no input at {given}; give a file, a folder, a glob or - for standard input")
        for match in matches:
            relative = os.path.basename(match.path) if single else match.path[base:].lstrip("/")
            if not single and any(map(hidden, relative.split("/"))):
                continue
            if single or format_given or match.kind != "file" or _is_known(relative.rpartition("/")[2], known):
                if match.path not in found or found[match.path][0].refused:  # a link that is given by name too is followed
                    found[match.path] = _input_file(match, relative), match.size
            else:
                left_out.append(match.path)
    if not found:
        endings = f"{', '.join(suffixes())}, each with .gz, .bz2, .xz or .zst too"
        raise NoInputError(f"no readable file in {' '.join(inputs)}; names end in {endings}, or give --format")
    files, sizes = [], []
    for order, name in enumerate(sorted(found)):
        file, size = found[name]
        files.append(InputFile(file.uri, file.relative, order, refused=file.refused, modified=file.modified))
        sizes.append(size)
    return Listing(tuple(files), tuple(sizes), tuple(left_out))


def _is_known(name: str, seen: dict[str, bool]) -> bool:
    """``is_known``, asked once for all names without a further stop that end alike."""
    stem, stop, end = name.rpartition(".")
    if not stop or "." in stem:
        return is_known(name)
    if end not in seen:
        seen[end] = is_known(name)
    return seen[end]


def _input_file(found: FoundFiles, relative: str) -> InputFile:
    wrong = bad_name(found.path)
    if wrong is None:
        refused = (UNREADABLE, found.refused) if found.refused else None
        return InputFile(found.path, relative, refused=refused, modified=found.modified)
    uri = uri_of(found.path)  # it is never opened, and the path itself could not be written down
    return InputFile(uri, uri, refused=(UNREADABLE, found.refused) if found.refused else ("bad_name", wrong))


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
    """Open a file as stored, not decompressed. Never waits for a writer, as opening a pipe would.

    Raises:
        OSError: the file cannot be opened, or is none.
    """
    if is_remote(place := place_of(uri)):
        return place.open("rb")
    if "://" in uri:
        from .filesystems import open_at

        return open_at(uri)
    return _open_local(uri)


def _open_local(path: str) -> io.BufferedReader:
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, "not a file", path)
    return open(handle, "rb")


def fingerprint(file: InputFile, size: int, known: Sequence[Input] = ()) -> Input:
    """Identify a file's content: SHA-256 of a local file, the store's own tag or checksum of a remote one.

    Args:
        file: the file.
        size: its size in bytes.
        known: fingerprints of the same path; a local file of the same size and time of change is not read again.

    Raises:
        InputError: the file cannot be read.
    """
    for earlier in known if file.modified is not None else ():
        if (earlier.size, earlier.modified) == (size, file.modified):
            return earlier
    try:
        if "://" in file.uri:
            if not is_remote(place := place_of(file.uri)):
                from .filesystems import checksum_of

                return Input(uri=file.name, size=size, digest=checksum_of(file.uri))
            head = place.stat()
            digest = place.name if file.called else str(getattr(head, "st_etag", ""))  # standard input is kept under its digest
            return Input(uri=file.name, size=head.st_size, digest=digest)
        with _open_local(file.uri) as stream:
            before = os.fstat(stream.fileno())
            for earlier in known:
                if (earlier.size, earlier.modified) == (before.st_size, before.st_mtime_ns):
                    return earlier
            digest = _digest(stream, before.st_size)
            after = os.fstat(stream.fileno())
        # a file that may yet change within the same tick of the clock has to be read to be known
        settled = before.st_mtime_ns == after.st_mtime_ns and abs(time.time_ns() - after.st_mtime_ns) > _TICK_NS
        modified = after.st_mtime_ns if settled else None
        return Input(uri=file.name, size=after.st_size, digest=digest, modified=modified)
    except OSError as error:
        raise InputError(cause(error)) from None


def _digest(stream: io.BufferedReader, size: int) -> str:
    """SHA-256 of a file; of many that are small most of the time would go into reading by pieces."""
    digest = hashlib.sha256(stream.read()) if size <= _SMALL else hashlib.file_digest(stream, "sha256")
    return digest.hexdigest()


def _matches(given: str, roots: Sequence[str] | None) -> tuple[bool, list[FoundFiles]]:
    """What an INPUT stands for, and whether it names that one file."""
    path = _absolute(given)
    try:
        if given.partition(":")[0] in SCHEMES and "://" in given:
            stored = list(_stored(path, bool(_GLOB & set(given))))
            return len(stored) == 1 and stored[0].path == path, stored
        if "://" in given:
            from .filesystems import matches_of

            found = [FoundFiles(p, size) for p, size in matches_of(path, bool(_GLOB & set(given)))]
            return len(found) == 1 and found[0].path.rstrip("/") == path, found
        if os.path.isdir(path):
            return False, list(walk(path, roots))
        if os.path.lexists(path):  # its name may hold glob characters
            return True, [look(path)]
        return False, list(glob(path, roots)) if _GLOB & set(given) and os.path.isdir(glob_base(path)) else []
    except StorageError as error:
        raise InputError(f"cannot list {error}" if str(error).startswith(given) else str(error)) from None
    except OSError as error:
        raise InputError(f"cannot list {given}: {cause(error)}") from None


def _stored(path: str, pattern: bool) -> Iterator[FoundFiles]:
    """What lies in an object store at an address, or below it, or matches it."""
    place = place_of(path)
    if not pattern and place.is_file():
        yield FoundFiles(path, place.stat().st_size)
        return
    base = place_of(_base(path))
    matches = re.compile(as_regex(path)).match if pattern else None
    for found in find(base):
        address = f"{base}/{found.name}"
        if matches is None or matches(address):
            yield FoundFiles(address, found.size)


def _absolute(given: str) -> str:
    return given.rstrip("/") if "://" in given else os.path.abspath(given)


def _base(given: str) -> str:
    """The folder to which the paths of what an INPUT stands for are relative."""
    path = _absolute(given)
    if "://" not in given:
        return path if os.path.isdir(path) or not _GLOB & set(path) else glob_base(path)
    while _GLOB & set(path):
        path = os.path.dirname(path)
    return path
