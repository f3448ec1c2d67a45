"""Rows of the published tables that are made of an article as it was given, or of its refusal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from .. import __version__
from ..reading import BUNDLED, model_version
from ..reading.version import rules_version
from ..schemas.ids import reject_id, sha256_hex
from ..sources.identity import article_ids
from ..sources.records import PAYLOAD_LIMIT, RawArticle, Refusal
from ..sources.web.addresses import without_credentials
from ..store.known import file_of
from ..text.article import Article
from ..text.paragraphs import headline_of
from .apart import Failure

if TYPE_CHECKING:
    from ..reading.steps import Findings

_MOST = 1 << 31
_GIVEN = ("url", "title", "author", "publisher", "published_at", "published_date", "language", "text", "title_added")
_ARTICLE = [f.name for f in fields(Article)]


@dataclass(frozen=True)
class RunStamp:
    """What a run writes into its rows: its id, the one moment that stands for all its times, and the model that reads."""

    run_id: str = "adhoc"
    at: datetime = field(default_factory=lambda: datetime.now(UTC))
    model: str = BUNDLED

    @property
    def model_version(self) -> str:
        """Version of the weights that read the documents."""
        return model_version(self.model)


def article_row(record: RawArticle, stamp: RunStamp) -> dict[str, Any]:
    """The row of ``documents`` of an article as read; version, language and counts are told later."""
    article_id, doc_id, content = article_ids(record)
    row = {name: getattr(record, name) for name in _GIVEN}
    return row | {
        "url": without_credentials(record.url) if record.url else None,
        "notes": list(record.notes) or None,
        "article_id": article_id,
        "doc_id": doc_id,
        "version": 0,  # decided when all records are known
        "uri": record.uri,
        "title": record.title or headline_of(record.text),
        "content_sha256": content,
        "char_count": len(record.text),
        "word_count": len(record.text.split()),
        "paragraph_count": 0,
        "quote_count": 0,
        "figure_count": 0,
        "ingested_at": stamp.at,
        "pipeline_version": __version__,
        "model_version": stamp.model_version,
        "rules_version": rules_version(),
        "run_id": stamp.run_id,
    }


def articles_of(documents: pa.Table) -> list[Article]:
    """Rows of ``documents`` as the language room takes them."""
    return [Article(**row) for row in documents.select(_ARTICLE).to_pylist()]


def paragraph_rows(every: Iterable[Findings]) -> Iterator[dict[str, Any]]:
    """The rows of ``paragraphs`` of articles."""
    for found in every:
        article, text = found.view.article, found.view.text
        for p in found.view.paragraphs:
            yield {
                "doc_id": article.doc_id,
                "paragraph_index": p.index,
                "kind": p.kind,
                "start_char": p.start,
                "end_char": p.end,
                "text": text[p.start : p.end],
                "run_id": article.run_id,
            }


def refusal_id(record: Refusal) -> str:
    """The id of a refused record: two that hold the same bytes, or none, are told apart by their places."""
    place = file_of(record.uri)
    return reject_id(place if record.record is None else f"{place}#{record.record}", record.payload_sha256)


def refusal_row(record: Refusal, stamp: RunStamp) -> dict[str, Any]:
    """The row of ``rejects`` of a refused record."""
    return {
        "reject_id": refusal_id(record),
        "uri": file_of(record.uri),
        "record": record.record if (record.record or 0) < _MOST else None,  # an offset in a large archive
        "stage": "read",
        "reason": record.reason,
        "detail": record.detail,
        "payload": record.payload,
        "payload_sha256": record.payload_sha256,
        "rejected_at": stamp.at,
        "run_id": stamp.run_id,
    }


def failure_row(failure: Failure, uri: str, text: str, at: datetime, run_id: str) -> dict[str, Any]:
    """The row of ``rejects`` of a document that failed as it was read, where it appeared at ``uri``."""
    payload = text.encode()
    return {
        "reject_id": reject_id(uri, sha256_hex(payload)),
        "uri": uri,
        "stage": "extract",
        "reason": failure.reason,
        "detail": failure.detail[:500],
        "payload": payload[:PAYLOAD_LIMIT],
        "payload_sha256": sha256_hex(payload),
        "rejected_at": at,
        "run_id": run_id,
    }
