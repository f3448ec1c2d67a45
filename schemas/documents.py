"""What was read: documents, where they appeared, their paragraphs, and what could not be read."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from .article import ArticleColumns
from .base import Int32, Row, Table
from .versions import added

ParagraphKind = Literal["headline", "subhead", "body", "caption", "embed", "boilerplate"]
Relation = Literal["new", "version", "same_content", "near"]
RejectReason = Literal[
    "empty", "binary", "undecodable", "truncated", "bad_json", "missing_text", "too_long", "bad_field",
    "bad_archive", "not_an_article", "fetch_failed", "forbidden", "internal_error",
    "too_slow", "bad_name", "unreadable", "unsupported", "late",
]  # fmt: skip


class Document(ArticleColumns):
    """A distinct version of an article.

    Ids are hex strings, the same for the same article on every machine.
    """

    article_id: str = Field(description="Hash of the canonical url or own id; without either, of the content.")
    doc_id: str = Field(description="Hash of article_id and content: one version of the article.")
    version: Int32 = Field(description="1, 2, ... in the order the versions were met.")
    uri: str = Field(description="Where it was first read.")
    author: str | None = Field(None, description="The author, as given.")
    text: str = Field(description="The text exactly as decoded, line breaks kept; all offsets point into it.")
    title_added: bool = Field(description="Whether a title that came apart was put before the body.")
    content_sha256: str = Field(description="SHA-256 of the text in UTF-8.")
    char_count: Int32 = Field(description="Code points in the text.")
    word_count: Int32 = Field(description="Words in the text, split at white space.")
    paragraph_count: Int32 = Field(0, description="Rows in paragraphs.")
    quote_count: Int32 = Field(0, description="Rows in quotes.")
    figure_count: Int32 = Field(0, description="Rows in figures.")
    ingested_at: datetime = Field(description="Start of the run that published it (UTC).")
    pipeline_version: str = Field(description="Version of Onrecord.")
    notes: list[str] | None = added("1.3", "What was left out or mended on reading, such as a date that is none, a line each.")


class Appearance(Row):
    """An input record that was taken: which outlet carried which document, and when."""

    doc_id: str = Field(description="The document that holds its content (always a row of documents).")
    article_id: str = Field(description="The article id of the record itself.")
    uri: str = Field(description="Where it was read.")
    url: str | None = Field(None, description="The record's own address.")
    publisher: str | None = Field(None, description="The record's own publisher.")
    published_at: datetime | None = Field(None, description="The record's own time of publication (UTC).")
    relation: Relation = Field(description="new, a further version, the same content again, or nearly the same.")
    of_doc_id: str | None = Field(None, description="The earlier document that the relation refers to.")
    similarity: float | None = Field(
        None, description="For near: estimated share of the shorter text that the other holds, 0 to 1."
    )
    seen_at: datetime = Field(description="Start of the run that took it (UTC).")


class Paragraph(Row):
    """A paragraph of a document, hard-wrapped lines joined."""

    doc_id: str = Field(description="The document.")
    paragraph_index: Int32 = Field(description="0, 1, ... in text order.")
    kind: ParagraphKind = Field(description="headline, subhead, body, caption, embed or boilerplate.")
    start_char: Int32 = Field(description="Offset of the first character in documents.text.")
    end_char: Int32 = Field(description="Offset after the last character.")
    text: str = Field(description="documents.text[start_char:end_char].")


class Reject(Row):
    """An input record that could not become a document, with the reason."""

    reject_id: str = Field(description="Hash of uri, place and payload: the same bad record is rejected once.")
    uri: str = Field(description="Where it was read.")
    record: Int32 | None = Field(None, description="Line or record number in the input, from 1.")
    stage: str = Field(description="The stage that refused it: read or extract.")
    reason: RejectReason = Field(description="Reason code.")
    detail: str = Field(description="What was wrong, in one line.")
    payload: bytes | None = Field(None, description="The first 64 KiB of the record as read.")
    payload_sha256: str = Field(description="SHA-256 of the whole record as read.")
    rejected_at: datetime = Field(description="Start of the run that refused it (UTC).")


DOCUMENTS = Table("documents", Document, ("published_at", "doc_id"))
APPEARANCES = Table("appearances", Appearance, ("published_at", "doc_id", "uri"))
PARAGRAPHS = Table("paragraphs", Paragraph, ("doc_id", "paragraph_index"))
REJECTS = Table("rejects", Reject, ("uri", "record", "reject_id"))
