"""Parts of a table by the first digits of an id, each small enough to hold."""

from __future__ import annotations

import pyarrow.compute as pc

_HEX = "0123456789abcdef"


def id_shards(rows: int, at_once: int) -> list[str]:
    """Prefixes of ids that part so many rows into shards of about ``at_once`` or fewer; one empty prefix is all."""
    prefixes = [""]
    while rows > at_once * len(prefixes):
        prefixes = [p + d for p in prefixes for d in _HEX]
    return prefixes


def in_shard(column: str, prefix: str) -> pc.Expression | None:
    """The condition for a row to lie in a shard; None for all rows."""
    return pc.starts_with(pc.field(column), prefix) if prefix else None
