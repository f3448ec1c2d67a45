"""Files that appear whole, by one rename, or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


@contextmanager
def written_whole(target: Path, encoding: str) -> Iterator[TextIO]:
    """A file to write in place of ``target``, line ends as they are given; what is no plain file (a pipe) is written as it is.

    Raises:
        OSError: it cannot be written.
    """
    if target.exists() and not target.is_file():
        with open(target, "w", encoding=encoding, newline="") as out:
            yield out
        return
    part = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with open(part, "w", encoding=encoding, newline="") as out:
            yield out
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)
