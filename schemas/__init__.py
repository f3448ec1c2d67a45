"""The tables that Onrecord publishes: one pydantic model each, and the Arrow schemas derived from them."""

from .article import ArticleColumns
from .base import Row, Span, Struct, Table
from .corrections import CORRECTIONS, Correction
from .documents import APPEARANCES, DOCUMENTS, PARAGRAPHS, REJECTS, Appearance, Document, Paragraph, Reject
from .figures import FIGURES, Figure
from .quotes import QUOTES, CoSpeaker, Quote
from .speakers import DOCUMENT_SPEAKERS, PEOPLE, DocumentSpeaker, Person
from .values import values_of
from .versions import parse_version

# In the order of publication: a row never refers to one that is published after it.
TABLES: dict[str, Table] = {
    t.name: t for t in (DOCUMENTS, APPEARANCES, PARAGRAPHS, DOCUMENT_SPEAKERS, QUOTES, FIGURES, REJECTS, PEOPLE, CORRECTIONS)
}

SCHEMA_VERSION = max((t.version for t in TABLES.values()), key=parse_version)  # of all tables; see ``versions``

__all__ = [
    "APPEARANCES", "CORRECTIONS", "DOCUMENTS", "DOCUMENT_SPEAKERS", "FIGURES", "PARAGRAPHS", "PEOPLE", "QUOTES", "REJECTS",
    "SCHEMA_VERSION", "TABLES",
    "Appearance", "ArticleColumns", "CoSpeaker", "Correction", "Document", "DocumentSpeaker", "Figure", "Paragraph", "Person",
    "Quote", "Reject", "Row", "Span", "Struct", "Table", "values_of",
]  # fmt: skip
