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
    from .decide import DecideRecords as DecideRecords
    from .decide import Lot as Lot
    from .extract import ExtractFigures as ExtractFigures
    from .extract import ExtractQuotes as ExtractQuotes
    from .extract import ReadArticles as ReadArticles
    from .extract import SplitParagraphs as SplitParagraphs
    from .files import InputFile as InputFile
    from .files import WorkItem as WorkItem
    from .files import group_files as group_files
    from .files import list_inputs as list_inputs
    from .read import ReadDocuments as ReadDocuments
    from .reload import ReloadDocuments as ReloadDocuments
    from .reload import RowGroup as RowGroup
    from .write import WriteTables as WriteTables

_FROM = {
    "Batch": "batches",
    "DecideRecords": "decide",
    "ExtractFigures": "extract",
    "ExtractQuotes": "extract",
    "InputFile": "files",
    "Lot": "decide",
    "ReadArticles": "extract",
    "ReadDocuments": "read",
    "ReloadDocuments": "reload",
    "RowGroup": "reload",
    "RunStamp": "batches",
    "SplitParagraphs": "extract",
    "WorkItem": "files",
    "WriteTables": "write",
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
    "ReloadDocuments",
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
