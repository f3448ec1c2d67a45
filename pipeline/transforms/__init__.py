"""Beam transforms: composites that read articles, split paragraphs, extract quotes and figures, and write tables.

Elements between them are batches: Arrow tables by table name, for some dozens of documents at a time. In a pipeline of your own
``SplitParagraphs``, ``ExtractQuotes``, ``ExtractFigures`` and ``ReadArticles`` take articles, texts or dicts, and yield rows.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .batches import Batch as Batch
    from .batches import RunStamp as RunStamp
    from .composites import DecideRecords as DecideRecords
    from .composites import ExtractFigures as ExtractFigures
    from .composites import ExtractQuotes as ExtractQuotes
    from .composites import ReadArticles as ReadArticles
    from .composites import ReadDocuments as ReadDocuments
    from .composites import SplitParagraphs as SplitParagraphs
    from .composites import WriteTables as WriteTables
    from .decide import Lot as Lot
    from .files import InputFile as InputFile
    from .files import WorkItem as WorkItem
    from .files import group_files as group_files
    from .files import list_inputs as list_inputs
    from .read import RowGroup as RowGroup

_FROM = {
    "Batch": "batches",
    "DecideRecords": "composites",
    "ExtractFigures": "composites",
    "ExtractQuotes": "composites",
    "InputFile": "files",
    "Lot": "decide",
    "ReadArticles": "composites",
    "ReadDocuments": "composites",
    "RowGroup": "read",
    "RunStamp": "batches",
    "SplitParagraphs": "composites",
    "WorkItem": "files",
    "WriteTables": "composites",
    "group_files": "files",
    "list_inputs": "files",
}
__all__ = [
    "Batch",
    "DecideRecords",
    "ExtractFigures",
    "ExtractQuotes",
    "InputFile",
    "Lot",
    "ReadArticles",
    "ReadDocuments",
    "RowGroup",
    "RunStamp",
    "SplitParagraphs",
    "WorkItem",
    "WriteTables",
    "group_files",
    "list_inputs",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Load what is asked for when it is: planning a run needs neither Beam nor the network."""
    if name in _FROM:
        return getattr(importlib.import_module(f".{_FROM[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
