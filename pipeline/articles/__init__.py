"""Articles to rows, on whatever engine: what Beam transforms, Spark and a user's own ``map`` have in common."""

from ..sources.formats import Reading
from .arrow import COLUMNS, NESTED, TABLES_OF_ARTICLE, article_reader, read_batch, read_slices
from .rows import RunStamp

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
