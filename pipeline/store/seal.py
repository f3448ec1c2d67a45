"""Sealed JSON: a record that holds a digest of the rest of itself, so that no change of it goes unseen.

The digest is of the canonical form (sorted keys, no spaces), so that only what is told counts. Records of earlier versions
have no seal. That there should be one is told by a key of its own: a flipped bit spoils one of the two, and not both.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

_BY, _SEAL = "sealed_by", "seal"
_METHOD = "sha256"
_CHUNK = 1 << 20  # bytes


class BrokenSeal(ValueError):
    """A record is not as it was written."""


def sealed(record: dict[str, Any]) -> str:
    """The record as JSON, with its seal."""
    return json.dumps({_BY: _METHOD, _SEAL: _digest(record), **record}, indent=1)


def unsealed(data: bytes) -> dict[str, Any]:
    """A record as written by ``sealed``, or by an earlier version.

    Raises:
        BrokenSeal: it is no JSON object, or not as it was written.
    """
    try:
        record = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise BrokenSeal(f"not JSON ({error})") from None
    if not isinstance(record, dict):
        raise BrokenSeal("not a JSON object")
    by, seal = record.pop(_BY, None), record.pop(_SEAL, None)
    if (by, seal) != (None, None) and (by != _METHOD or seal != _digest(record)):
        raise BrokenSeal("not as it was written: its seal is broken")
    return record


def digest_of(path: Path) -> str:
    """The SHA-256 of a file's content, in hexadecimal."""
    digest = hashlib.new(_METHOD)
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _digest(record: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(record, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
