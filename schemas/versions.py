"""Versions of the tables, MAJOR.MINOR: what may change between two of them.

A minor step adds a column that may be null, or a table. Files of earlier minor versions are read with null in its place. Any
other change of what stands in a record (a column that goes, or has another name, type or meaning, another sort key, or a new
field within a struct) is a major step.

A column says in which version it came (``added``), as does a table (``Table.since``): the version of the tables is the highest
of these, and nothing else has to be changed.
"""

from __future__ import annotations

from typing import Any

from pydantic import Field

FIRST = "1.0"


def added(version: str, description: str) -> Any:
    """A column that came with a minor version; its type admits ``None``, which it is in older files."""
    return Field(None, description=description, json_schema_extra={"since": version})


def parse_version(version: str) -> tuple[int, int]:
    """Major and minor; ``1``, as the first records have it, is 1.0.

    Raises:
        ValueError: this is no version.
    """
    major, _, minor = str(version).partition(".")  # a damaged manifest may hold anything
    if not (major.isdecimal() and (minor or "0").isdecimal()):
        raise ValueError(f"{version!r} is no version such as {FIRST}")
    return int(major), int(minor or 0)
