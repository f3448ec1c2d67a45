"""What lies in a folder of this machine: files, and what looks like one and cannot be read. Nothing is opened."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

UNREADABLE = "unreadable"
_KINDS = {stat.S_IFIFO: "a named pipe", stat.S_IFSOCK: "a socket", stat.S_IFCHR: "a device", stat.S_IFBLK: "a device"}


class FoundFiles(NamedTuple):
    """A file: its path, its size in bytes, why it is refused, if it is, and when it was changed (nanoseconds).

    What is refused may also be a folder, with files that nobody can see, or something else, such as a pipe.
    """

    path: str
    size: int
    refused: str | None = None
    kind: Literal["file", "folder", "other"] = "file"
    modified: int | None = None


def look(path: str) -> FoundFiles:
    """What a path is that was given by name, links followed; not for folders."""
    try:
        return _seen(path, os.stat(path))
    except OSError as error:
        return FoundFiles(path, 0, cause(error))


def walk(base: str, roots: Sequence[str] | None, enter: Callable[[str], bool] = lambda folder: True) -> Iterator[FoundFiles]:
    """Everything below a folder but what is hidden, each folder once, links that lead round in a circle included.

    Args:
        base: an absolute path.
        roots: folders, resolved, out of which no link may lead; None: they may lead anywhere.
        enter: which folders are looked into.

    Raises:
        OSError: the folder itself cannot be listed.
    """
    folders, links = deque([base]), deque[str]()  # what links lead to is mostly met in its own place first
    done: set[tuple[int, int]] = set()
    while folders or links:
        folder = folders.popleft() if folders else links.popleft()
        try:
            status = os.stat(folder)
            if (status.st_dev, status.st_ino) in done:
                continue
            done.add((status.st_dev, status.st_ino))
            with os.scandir(folder) as entries:
                listed = sorted((e for e in entries if not hidden(e.name)), key=lambda e: e.name)
        except OSError as error:
            if folder == base:
                raise
            if error.errno == errno.ENOENT:
                continue  # gone since
            yield FoundFiles(folder, 0, f"the folder cannot be listed: {cause(error)}", "folder")
            continue
        for entry in listed:
            try:
                status = entry.stat()
            except OSError as error:
                if error.errno != errno.ENOENT or entry.is_symlink():  # else it is gone since, as files that are moved are
                    isdir = entry.is_dir(follow_symlinks=False)
                    yield FoundFiles(entry.path, 0, cause(error), "folder" if isdir else "file")
                continue
            isdir, islink = stat.S_ISDIR(status.st_mode), entry.is_symlink()
            if isdir and not enter(entry.path):
                continue
            if islink and roots is not None and not _within(os.path.realpath(entry.path), roots):
                told = "a link that leads out of the input folder; allow it with follow_links in the config"
                yield FoundFiles(entry.path, 0, told, "folder" if isdir else "file")
            elif isdir:
                (links if islink else folders).append(entry.path)
            else:
                yield _seen(entry.path, status)


def glob(pattern: str, roots: Sequence[str] | None) -> Iterator[FoundFiles]:
    """What a pattern stands for, as Beam's filesystems understand it: ``*`` within a folder, ``**`` below any.

    Raises:
        OSError: the folder before the first ``*`` cannot be listed.
    """
    matches = re.compile(as_regex(pattern)).match
    parts = pattern.split("/")

    def enter(folder: str) -> bool:
        depth = folder.count("/") + 1
        above = "/".join(parts[:depth])
        return "**" in above or (depth < len(parts) and re.match(as_regex(above), folder) is not None)

    for found in walk(glob_base(pattern), roots, enter):
        if (enter if found.kind == "folder" else matches)(found.path):
            yield found


def as_regex(pattern: str) -> str:
    """The regular expression of a pattern, as Beam's filesystems understand it."""
    from apache_beam.io.filesystem import FileSystem

    return FileSystem.translate_pattern(pattern)


def glob_base(pattern: str) -> str:
    """The folder in which what a pattern stands for is looked for."""
    return os.path.dirname(re.split(r"[*?[]", pattern, maxsplit=1)[0])


def hidden(name: str) -> bool:
    """Whether a file or folder of this name is none of the input, unless it is given by name."""
    return name.startswith((".", "_"))


def cause(error: OSError) -> str:
    """What the system says of an error, without the path."""
    return error.strerror or str(error) or type(error).__name__


def _seen(path: str, status: os.stat_result) -> FoundFiles:
    if stat.S_ISREG(status.st_mode):
        return FoundFiles(path, status.st_size, modified=status.st_mtime_ns)
    return FoundFiles(path, 0, f"{_KINDS.get(stat.S_IFMT(status.st_mode), 'something else')}, not a file", "other")


def _within(target: str, roots: Sequence[str]) -> bool:
    return any(target == root or target.startswith(f"{root.rstrip('/')}/") for root in roots)
