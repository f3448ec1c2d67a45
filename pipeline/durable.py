"""What lasts through a loss of power: folders, and files that appear whole by one rename or not at all.

A rule for whoever writes: what a record refers to is synced, its name in its folder too, before the record is; and what
a record replaces is removed only once the record has been synced.
"""

from __future__ import annotations

import contextlib
import io
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TextIO


@contextmanager
def whole(target: Path) -> Iterator[IO[bytes]]:
    """A file to write in place of ``target``: readers see the old one or the new, never a part, also after a loss of power.

    What is there and no plain file (a pipe) is written as it is.
    """
    if target.exists() and not target.is_file():
        with open(target, "wb") as out:
            yield out
        return
    part = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with open(part, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        os.replace(part, target)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


def write_whole(target: Path, text: str) -> Path:
    """Write a text file (UTF-8) as ``whole`` does; its folder is made if it is missing."""
    if not target.parent.is_dir():
        make_folder(target.parent)
    with whole(target) as out:
        out.write(text.encode("utf-8"))
    return target


@contextmanager
def whole_text(target: Path, encoding: str) -> Iterator[TextIO]:
    """A text file to write as ``whole`` does, line ends as they are given."""
    with whole(target) as raw:
        text = io.TextIOWrapper(raw, encoding=encoding, newline="", write_through=True)
        yield text
        text.detach()


def make_folder(path: Path) -> Path:
    """Make a folder, and those above it that are missing, so that it lasts; one that is there may be newly made by another."""
    if not path.is_dir():
        make_folder(path.parent)
        path.mkdir(exist_ok=True)
    with contextlib.suppress(PermissionError):  # who may not list the folder above has not made this one
        sync_folder(path.parent)
    return path


def sync_folder(folder: Path) -> None:
    """Make what was made, renamed and removed within a folder last."""
    _sync(folder)


def remove_for_good(paths: Iterable[Path]) -> int:
    """Remove files and folders so that they stay away after a loss of power; returns how many there were."""
    folders = set()
    removed = 0
    for path in paths:
        if path.is_dir() and not path.is_symlink():
            while path.is_dir():
                with contextlib.suppress(FileNotFoundError):  # another, too, removes what is in it
                    shutil.rmtree(path)
        elif path.exists():
            path.unlink(missing_ok=True)
        else:
            continue
        folders.add(path.parent)
        removed += 1
    for folder in folders:
        sync_folder(folder)
    return removed


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
