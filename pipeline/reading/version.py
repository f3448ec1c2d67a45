"""The version of the rules that read: rows repeat it, and articles that other rules have read can be told by it."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

RULES = 15  # raised with every change of code that changes rows; tests/golden_rows.py tells when

_PACKAGE = Path(__file__).parents[1]
_ROOMS = ("lexicon", "text", "quotes", "naming", "speakers", "figures", "reading")  # what rows are made by
_KINDS = (".csv", ".json", ".npz")


@functools.cache
def rules_version() -> str:
    """``RULES`` and a digest of all vocabulary and tables that rules go by; the same wherever the package lies.

    The weights of the network are not among them: they have a version of their own.
    """
    digest = hashlib.sha256()
    for path in data_files():
        data = path.read_bytes()
        digest.update(f"{path.relative_to(_PACKAGE).as_posix()}\0{len(data)}\0".encode() + data)
    return f"{RULES}-{digest.hexdigest()[:12]}"


def data_files() -> list[Path]:
    """The files that rules go by, in an order of their own."""
    found = (p for room in _ROOMS for p in (_PACKAGE / room).rglob("*") if p.suffix in _KINDS)
    return sorted(p for p in found if _PACKAGE / "quotes" / "weights" not in p.parents)
