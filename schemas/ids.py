"""Ids: hex strings that depend on content alone, the same on every machine, worker count and runner."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence

ID_LENGTH = 32
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")  # soft hyphens, and what breaks a line or does not, without width
_BESIDE_MARKS = re.compile(r"(?<=\W) | (?=\W)")


def hash_id(*parts: object) -> str:
    """Return a 128-bit id of the parts as 32 hex digits (SHA-256, parts separated by a unit separator)."""
    joined = "\x1f".join("" if p is None else str(p) for p in parts)
    return hashlib.sha256(joined.encode("utf-8")).hexdigest()[:ID_LENGTH]


def sha256_hex(data: bytes) -> str:
    """Return the SHA-256 of data as 64 hex digits."""
    return hashlib.sha256(data).hexdigest()


def content_key(text: str) -> str:
    """Return what tells one content from another: a SHA-256 (64 hex digits) of the words and marks of a text, in their order.

    White space only parts words, so that texts that differ in it alone have one key: in breaks of lines and paragraphs, spaces
    that are doubled, unbreakable or of no width, soft hyphens, blanks beside marks (*“ No ”*, *ill-* at the end of a line). So
    have texts that Unicode holds to be equal (NFC).
    """
    words = " ".join(unicodedata.normalize("NFC", _UNSEEN.sub("", text)).split())
    return sha256_hex(_BESIDE_MARKS.sub("", words).encode("utf-8"))


def document_id(article_id: str, content_sha256: str) -> str:
    """Return the id of one version of an article."""
    return hash_id("document", article_id, content_sha256)


def quote_id(doc_id: str, content_spans: Sequence[tuple[int, int]], cue_start: int | None) -> str:
    """Return the id of an utterance: where its content and its cue stand in a document."""
    return hash_id("quote", doc_id, *content_spans, cue_start)


def figure_id(doc_id: str, start_char: int, end_char: int) -> str:
    """Return the id of a figure: where it stands in a document."""
    return hash_id("figure", doc_id, start_char, end_char)


def speaker_id(kind: str | None, name: str | None) -> str:
    """Return the id of a speaker: the same for the same kind and normalised name."""
    return hash_id("speaker", kind, normalised_name(name or ""))


def reject_id(uri: str, payload_sha256: str) -> str:
    """Return the id of a refused record: the same bad record, met again at the same place, has the same id."""
    return hash_id("reject", uri, payload_sha256)


def text_key(text: str) -> str:
    """Return an id of the case-folded words of a text, so that equal words have equal keys in any article."""
    return hash_id("text", " ".join(re.findall(r"[^\W_]+", text.casefold())))


def normalised_name(name: str) -> str:
    """Return a name in the form that ids are made of: case-folded words, titles' full stops gone."""
    return " ".join(re.findall(r"[^\W_]+", name.casefold()))
