"""What rows of several tables repeat of their article, so that no join is needed; declared once."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from .base import Row
from .versions import added


class ArticleColumns(Row):
    """What is known of an article, and what has read it: the columns of ``documents`` that quotes and figures have too."""

    url: str | None = Field(None, description="The article's address, as given.")
    title: str | None = Field(None, description="The headline, as given or as read from the first line.")
    publisher: str | None = Field(None, description="The publisher, as given.")
    published_at: datetime | None = Field(None, description="When it was published (UTC).")
    published_date: date | None = Field(None, description="The day of publication as the source prints it.")
    language: str | None = Field(None, description="ISO 639-1 code, as given or detected.")
    model_version: str = Field("", description="Version of the model that read it.")
    rules_version: str | None = added("1.1", "Version of the rules and the vocabulary that read it.")
