"""Articles to rows, on whatever engine: what Beam transforms, Spark and a user's own ``map`` have in common."""

from .arrow import COLUMNS, NESTED, TABLES_OF_ARTICLE, article_reader, read_batch, read_slices

__all__ = ["COLUMNS", "NESTED", "TABLES_OF_ARTICLE", "article_reader", "read_batch", "read_slices"]
