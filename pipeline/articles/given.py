"""An article as somebody gives it, fields by name, to its row of ``documents`` or of ``rejects``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..schemas import DOCUMENTS, REJECTS
from ..schemas.ids import hash_id, sha256_hex
from ..sources.formats import Reading
from ..sources.limit import TooSlow, within
from ..sources.readers.json_rows import article_of
from ..sources.records import RawArticle, Refusal, Refused, check_fields
from ..text.detect import language_of
from .rows import RunStamp, article_row, refusal_row


def take(fields: Mapping[str, Any], uri: str | None, stamp: RunStamp, reading: Reading) -> tuple[str, dict[str, Any]]:
    """Read the fields of an article, as those of a line of a JSON lines file: the table of its row, and the row.

    The table is ``documents`` (version 1), or ``rejects`` where it is refused.

    Args:
        fields: the article, times as text; a ``Refused`` may stand for a value that could not be read.
        uri: where it was read; None: its own id, its address, or a hash of its text.
        stamp: the run that the row belongs to.
        reading: what names the fields have, and the longest text that is taken.
    """
    text = fields["text"].encode("utf-8", "replace") if isinstance(fields.get("text"), str) else b""
    uri = uri or str(fields.get("id") or fields.get("url") or hash_id("text", sha256_hex(text)))
    try:
        row = article_row(within(reading.article_seconds, lambda: _article(fields, uri, reading), uri), stamp)
    except (Refused, TooSlow) as error:
        return REJECTS.name, refusal_row(Refusal.of(error, uri, None, text), stamp)
    return DOCUMENTS.name, row | {"version": 1, "language": language_of(row["language"], row["text"])}


def _article(fields: Mapping[str, Any], uri: str, reading: Reading) -> RawArticle:
    article = article_of(fields, uri, 1, reading)
    check_fields(article)
    return article
