"""The command in this process, with all that a process has of its own: standard streams, environment, signals, settings.

The streams are the real descriptors 0 to 2, led to files meanwhile, so that what libraries write to them is seen as well.
"""

from __future__ import annotations

import contextlib
import io
import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
import traceback
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path

from onrecord.cli import app as cli
from onrecord.jobs import run as running

_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGUSR1, signal.SIGUSR2)


def run(args: Sequence[str], stdin: bytes | None = None, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """What ``python -m pipeline`` does with these arguments."""
    with tempfile.TemporaryDirectory() as folder, _environment(env), _settings():
        with _streams(Path(folder), stdin or b""):
            try:
                status = cli.main(args)
            except SystemExit as end:
                status = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
            except Exception:
                traceback.print_exc()
                status = 1
        out, err = ((Path(folder) / name).read_bytes().decode() for name in ("1", "2"))
    return subprocess.CompletedProcess(["onrecord", *args], status, out, err)


@contextlib.contextmanager
def _environment(env: dict[str, str] | None) -> Iterator[None]:
    before = dict(os.environ)
    try:
        if env is not None:
            os.environ.clear()
            os.environ.update(env)
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextlib.contextmanager
def _settings() -> Iterator[None]:
    """Logging, warnings, signals and folder as they were; what a process remembers of hosts is forgotten."""
    root, ours = logging.getLogger(), logging.getLogger("onrecord")
    handlers, levels = list(root.handlers), (root.level, ours.level)
    signals = {s: signal.getsignal(s) for s in _SIGNALS}
    hook, folder = threading.excepthook, os.getcwd()
    root.handlers = []
    running._fetcher.cache_clear()
    try:
        with warnings.catch_warnings():
            yield
    finally:
        root.handlers = handlers
        root.setLevel(levels[0])
        ours.setLevel(levels[1])
        logging.captureWarnings(False)
        for number, handler in signals.items():
            signal.signal(number, handler)
        threading.excepthook = hook
        os.chdir(folder)


@contextlib.contextmanager
def _streams(folder: Path, stdin: bytes) -> Iterator[None]:
    (folder / "0").write_bytes(stdin)
    streams = (sys.stdin, sys.stdout, sys.stderr)
    sys.stdout.flush()
    sys.stderr.flush()
    kept = [os.dup(n) for n in range(3)]
    try:
        for n, mode in enumerate((os.O_RDONLY, os.O_WRONLY | os.O_CREAT, os.O_WRONLY | os.O_CREAT)):
            opened = os.open(folder / str(n), mode | (os.O_APPEND if n else 0), 0o600)
            os.dup2(opened, n)
            os.close(opened)
        sys.stdin = io.TextIOWrapper(io.BufferedReader(io.FileIO(0, "r", closefd=False)), encoding="utf-8")
        sys.stdout = io.TextIOWrapper(io.BufferedWriter(io.FileIO(1, "w", closefd=False)), encoding="utf-8")
        sys.stderr = io.TextIOWrapper(
            io.BufferedWriter(io.FileIO(2, "w", closefd=False)), encoding="utf-8", errors="backslashreplace", line_buffering=True
        )
        yield
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        sys.stdin, sys.stdout, sys.stderr = streams
        for n, before in enumerate(kept):
            os.dup2(before, n)
            os.close(before)
