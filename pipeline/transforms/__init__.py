"""Beam transforms: composites that read articles, split paragraphs, extract quotes and figures, and write tables.

Elements between them are batches: Arrow tables by table name, for some dozens of documents at a time. In a pipeline of your own
``SplitParagraphs``, ``ExtractQuotes``, ``ExtractFigures`` and ``ReadArticles`` take articles, texts or dicts, and yield rows.
"""

from ..people.transform import JoinPeople
from .batches import Batch, RunStamp
from .decide import Decision, read_decision, write_decisions
from .extract import ExtractFigures, ExtractQuotes, ReadArticles, SplitParagraphs
from .files import InputFile, WorkItem, group_files, list_inputs
from .read import DecideRecords, LoadRecords, ReadDocuments, Spool, SpoolRecords
from .reload import ReloadDocuments, RowGroup
from .write import WriteTables

__all__ = [
    "Batch",
    "DecideRecords",
    "Decision",
    "ExtractFigures",
    "ExtractQuotes",
    "InputFile",
    "JoinPeople",
    "LoadRecords",
    "ReadArticles",
    "ReadDocuments",
    "ReloadDocuments",
    "RowGroup",
    "RunStamp",
    "SplitParagraphs",
    "Spool",
    "SpoolRecords",
    "WorkItem",
    "WriteTables",
    "group_files",
    "list_inputs",
    "read_decision",
    "write_decisions",
]  # fmt: skip
