"""Articles to rows, on whatever engine: what Beam transforms, Spark and a user's own ``map`` have in common."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from ..sources.formats import Reading

if TYPE_CHECKING:
    from .arrow import COLUMNS as COLUMNS
    from .arrow import NESTED as NESTED
    from .arrow import TABLES_OF_ARTICLE as TABLES_OF_ARTICLE
    from .arrow import article_reader as article_reader
    from .arrow import read_batch as read_batch
    from .arrow import read_slices as read_slices
    from .rows import RunStamp as RunStamp

_FROM = {
    "COLUMNS": "arrow",
    "NESTED": "arrow",
    "RunStamp": "rows",
    "TABLES_OF_ARTICLE": "arrow",
    "article_reader": "arrow",
    "read_batch": "arrow",
    "read_slices": "arrow",
}
__all__ = [
    "COLUMNS",
    "NESTED",
    "TABLES_OF_ARTICLE",
    "Reading",
    "RunStamp",
    "article_reader",
    "read_batch",
    "read_slices",
]


def __getattr__(name: str) -> Any:
    """Load what is asked for when it is: planning a run needs neither the network nor what reads by it."""
    if name in _FROM:
        return getattr(importlib.import_module(f".{_FROM[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
