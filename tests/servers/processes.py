"""Servers as processes: a free port, a start that is waited for, and an end that is sure."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest


def needed(*programs: str) -> None:
    """Skip the test, and say so, where a program that it needs is not there."""
    for program in programs:
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed, which this test needs")


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def listens(port: int, host: str = "127.0.0.1") -> bool:
    """Whether somebody listens on a port, of loopback if nothing else is said.

    Who asks often enough for a port that nobody listens on is once given that very port to ask from, and then is connected
    with itself.
    """
    with socket.socket() as s:
        s.settimeout(0.5)
        return s.connect_ex((host, port)) == 0 and s.getsockname() != s.getpeername()


@contextmanager
def server(
    command: Sequence[str | Path],
    port: int,
    log: Path,
    env: dict[str, str] | None = None,
    seconds: float = 60,
    host: str = "127.0.0.1",
) -> Iterator[subprocess.Popen[bytes]]:
    """A process that listens on a port while the context lasts, at the head of a group of its own; what it says goes to ``log``.

    Raises:
        RuntimeError: it ended, or did not listen within ``seconds``; the message holds the end of its log.
    """
    process = started(command, log, env)
    try:
        deadline = time.monotonic() + seconds
        while not listens(port, host):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{command[0]} does not listen on {port}: {log.read_text(errors='replace')[-2000:]}")
            time.sleep(0.05)
        yield process
    finally:
        end(process)


def started(command: Sequence[str | Path], log: Path, env: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
    """A process at the head of a group of its own; what it says is added to ``log``."""
    with open(log, "ab") as out:
        whole, variables = [*map(str, command)], {**os.environ, **(env or {})}
        return subprocess.Popen(
            whole, env=variables, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, start_new_session=True
        )


def end(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and those of its group."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(10)
