"""What the language room is told of an article besides its text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ..schemas.ids import document_id, hash_id, sha256_hex


@dataclass(frozen=True)
class Article:
    """A text and the columns that its rows repeat; ids are derived from the content where none are given."""

    text: str
    doc_id: str
    article_id: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published_at: datetime | None = None
    published_date: date | None = None
    language: str | None = None
    run_id: str = ""
    model_version: str = ""
    rules_version: str | None = None

    @classmethod
    def of_text(cls, text: str) -> Article:
        """An article known by its text alone."""
        content = sha256_hex(text.encode("utf-8", "surrogatepass"))
        article_id = hash_id("article", content)
        return cls(text, doc_id=document_id(article_id, content), article_id=article_id)
