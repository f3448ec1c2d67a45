"""What servers are made of: fetched from its registry once, in a pinned version, and kept for the next test."""

from __future__ import annotations

import os
import shutil
import subprocess
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

CACHE = Path(os.environ.get("ONRECORD_TEST_CACHE", "~/.cache/onrecord-tests")).expanduser()
_FETCH_SECONDS = 900


def kept(name: str, make: Callable[[Path], None]) -> Path:
    """The folder ``name`` of the cache, which ``make`` fills the first time; never half filled, whoever else asks for it."""
    folder = CACHE / name
    if not folder.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        with FileLock(CACHE / f"{name}.lock"):
            if not folder.exists():
                filling = CACHE / f"{name}-{uuid.uuid4().hex}"
                filling.mkdir()
                try:
                    make(filling)
                    filling.rename(folder)
                finally:
                    shutil.rmtree(filling, ignore_errors=True)
    return folder


def needed(*programs: str) -> None:
    """Skip the test, and say so, where a program that it needs is not there."""
    for program in programs:
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed, which this test needs")


def fetch(*command: str | Path, cwd: Path | None = None, env: dict[str, str] | None = None) -> None:
    """Run what fetches or builds something.

    Raises:
        RuntimeError: it failed; the message ends with what it said.
    """
    whole = [*map(str, command)]
    done = subprocess.run(
        whole, cwd=cwd, env={**os.environ, **(env or {})}, capture_output=True, text=True, timeout=_FETCH_SECONDS
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(whole)}: {(done.stdout + done.stderr)[-2000:]}")


def go_program(package: str, version: str) -> Path:
    """A program built from a pinned version of a Go module; Go checks it against the checksums that all the world sees."""
    needed("go")
    name = package.rsplit("/", 1)[1]

    def build(folder: Path) -> None:
        fetch("go", "install", f"{package}@{version}", env={"GOBIN": str(folder)})

    return kept(f"{name}-{version}", build) / name
