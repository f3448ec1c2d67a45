"""Beam transforms: composites that read articles, split paragraphs, extract quotes and figures, and write tables.

Elements between them are batches: Arrow tables by table name, for some dozens of documents at a time. In a pipeline of your own
``SplitParagraphs``, ``ExtractQuotes``, ``ExtractFigures`` and ``ReadArticles`` take articles, texts or dicts, and yield rows.
"""

from .batches import Batch, RunStamp
from .decide import DecideRecords, Lot
from .extract import ExtractFigures, ExtractQuotes, ReadArticles, SplitParagraphs
from .files import InputFile, WorkItem, group_files, list_inputs
from .read import ReadDocuments
from .reload import ReloadDocuments, RowGroup
from .write import WriteTables

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
