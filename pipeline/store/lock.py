"""One writer at a time: a lock on the output folder that ends with its process, however that ends."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from ..durable import write_whole

LOCK, WRITER = "_lock", "_writer.json"
_POLL = 0.2  # seconds between two looks while waiting


class StoreError(OSError):
    """The output folder cannot be used; the message says what to change."""


class StoreLocked(StoreError):
    """Another run is writing to the output folder."""


@contextmanager
def locked(output: Path, wait: bool = False, told: Callable[[str], None] | None = None) -> Iterator[None]:
    """Hold the only right to write under ``output``.

    The lock is the operating system's (``flock``): it is gone with the process that held it, so none is ever stale.

    Args:
        output: an existing folder.
        wait: wait for a run that is writing to end, instead of giving up.
        told: called once with a line on whom the wait is for.

    Raises:
        StoreLocked: another run is writing, and ``wait`` is not set.
        StoreError: the folder cannot be written.
    """
    lock = FileLock(output / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        if not wait:
            raise StoreLocked(f"{_writer(output)}; give --wait to wait for its end") from None
        if told is not None:
            told(f"waiting: {_writer(output)}")
        lock.acquire(poll_interval=_POLL)
    except PermissionError as error:
        raise StoreError(f"cannot write to {output}: {error.strerror}; choose another folder") from None
    try:
        _sign(output)
        yield
    finally:
        (output / WRITER).unlink(missing_ok=True)
        lock.release()


def _sign(output: Path) -> None:
    me = {"pid": os.getpid(), "host": socket.gethostname(), "since": datetime.now(UTC).isoformat(timespec="seconds")}
    write_whole(output / WRITER, json.dumps(me))


def _writer(output: Path) -> str:
    try:
        who = json.loads((output / WRITER).read_text())
        return f"another run is writing to {output} (process {who['pid']} on {who['host']} since {who['since']})"
    except (OSError, ValueError, KeyError):
        return f"another run is writing to {output}"
