"""Processes under way, as the system tells of them."""

from __future__ import annotations

import time
from pathlib import Path


def ended(pids: list[int]) -> bool:
    """Whether processes are no more, or will be in a moment."""
    deadline = time.monotonic() + 5
    left = pids
    while left and time.monotonic() < deadline:
        left = [pid for pid in left if running(pid)]
        time.sleep(0.02)
    return not left


def running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def family(pid: int) -> list[int]:
    """A process and all that it started."""
    parents: dict[int, list[int]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents.setdefault(int(status.read_text().rsplit(")", 1)[1].split()[1]), []).append(int(status.parent.name))
        except OSError:
            continue
    found = [pid]
    for one in found:
        found += parents.get(one, [])
    return found


def workers_of(pid: int) -> list[int]:
    found = []
    for one in family(pid)[1:]:
        try:
            command = Path(f"/proc/{one}/cmdline").read_bytes()
        except OSError:
            continue
        if b"spawn_main" in command:
            found.append(one)
    return found
