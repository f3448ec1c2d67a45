"""Names of files: which can be told as they are in tables, messages and JSON, and how the others are told."""

from __future__ import annotations

import os
import unicodedata
from urllib.parse import quote, unquote_to_bytes

_SCHEME = "file://"


def bad_name(path: str) -> str | None:
    """What is wrong with a path as text, or None: bytes that are not UTF-8 (as ``os.fsdecode`` gives them), controls."""
    if path.isascii() and path.isprintable():
        return None
    kinds = {unicodedata.category(c) for c in path if not c.isascii() or not c.isprintable()}
    if "Cs" in kinds:
        return "the name is not UTF-8; rename the file or its folder"
    return "the name holds control characters; rename the file or its folder" if "Cc" in kinds else None


def uri_of(path: str) -> str:
    """The uri of a path: the path itself, or a ``file:`` URI with its bytes percent-encoded (RFC 8089) where it has a bad name.

    No path is a ``file:`` URI, so that no two have one uri.
    """
    if bad_name(path) is None:
        return path
    scheme, mark, rest = path.rpartition("://")
    return f"{scheme}{mark}{quote(os.fsencode(rest))}" if mark else _SCHEME + quote(os.fsencode(path))


def path_of(uri: str) -> str:
    """The path that a uri of ``uri_of`` stands for; of any other, itself."""
    return os.fsdecode(unquote_to_bytes(uri.removeprefix(_SCHEME))) if uri.startswith(f"{_SCHEME}/") else uri
