"""What a source yields for each input record: an article, or a refusal with its reason."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, get_args
from urllib.parse import urlsplit

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from ..diagnostics import place_of
from ..schemas.documents import RejectReason
from ..schemas.ids import sha256_hex
from .limit import TooSlow

_log = logging.getLogger(__name__)

PAYLOAD_LIMIT = 64 * 1024
PLACE_BITS = 40  # of a record's place in its file
_REASONS = get_args(RejectReason)
_AS_DECLARED = ConfigDict(strict=True, revalidate_instances="always")
_Place = Annotated[int | None, Field(ge=0, lt=1 << PLACE_BITS)]


class Refused(Exception):
    """A record that cannot become a document; ``reason`` is one of the codes of the ``rejects`` table."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        if reason not in _REASONS:
            raise ValueError(f"{reason!r} is no reason of rejects; these are {', '.join(_REASONS)}")
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True)
class RawArticle:
    """An article as its source gives it, text decoded, nothing read into it yet.

    ``notes`` say what of the source was dropped or mended, each in one line.
    """

    __pydantic_config__ = _AS_DECLARED

    uri: str
    text: str
    record: _Place = None
    own_id: str | None = None
    url: str | None = None
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published_at: datetime | None = None
    published_date: date | None = None
    language: str | None = None
    title_added: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refusal:
    """A refused record: where, why, and the bytes as read (the first 64 KiB)."""

    __pydantic_config__ = _AS_DECLARED

    uri: str
    record: _Place
    reason: str
    detail: str
    payload: bytes
    payload_sha256: str

    @classmethod
    def of(cls, error: Refused | TooSlow, uri: str, record: int | None, payload: bytes) -> Refusal:
        """The refusal of a record, from the error that refused it."""
        detail = " ".join(error.detail[:500].encode("utf-8", "backslashreplace").decode().split())
        return cls(uri, record, error.reason, detail, payload[:PAYLOAD_LIMIT], sha256_hex(payload))


Record = RawArticle | Refusal
_DECLARED = {kind: TypeAdapter(kind) for kind in (RawArticle, Refusal)}


def check_record(record: Record, max_chars: int) -> None:
    """See that tables can hold what a reader has yielded.

    Raises:
        Refused: an article that is to be refused.
        TypeError: neither an article nor a refusal, or one with a value of another type than is declared.
    """
    if type(record) not in _DECLARED:
        raise TypeError(f"a reader yields RawArticle and Refusal, and not {record!r:.80}")
    try:
        _DECLARED[type(record)].validate_python(record)
    except ValidationError as error:
        first = error.errors()[0]
        raise TypeError(f"{type(record).__name__}.{first['loc'][0]}: {first['msg']} (given: {first['input']!r:.80})") from None
    if isinstance(record, RawArticle):
        check_text(record.text, max_chars + len(record.title or "") + 2)
        check_fields(record)


def broken(error: BaseException, uri: str) -> Refused:
    """The refusal of a record that a library, or this code, failed on: it must not take others with it."""
    _log.info("%s breaks its reader", uri, exc_info=error, extra={"uri": uri})
    return Refused("internal_error", f"{type(error).__name__} at {place_of(error)}: {error}")


def check_fields(article: RawArticle) -> None:
    """Refuse an article with a field that cannot be stored, or an address that is none.

    Raises:
        Refused: lone surrogates, a url that cannot be parsed, or a time before the first year or after the last.
    """
    for name in ("uri", "url", "title", "author", "publisher", "own_id", "language"):
        try:
            (getattr(article, name) or "").encode("utf-8")
        except UnicodeEncodeError as error:
            raise Refused("undecodable", f"{name}: lone surrogate at character {error.start}") from None
    if article.url and not is_address(article.url):
        raise Refused("bad_field", f"url: {article.url[:80]!r} cannot be parsed")
    try:
        (article.published_at or datetime.now(UTC)).astimezone(UTC)
    except OverflowError:
        raise Refused("bad_field", f"published_at: {article.published_at} is out of range") from None


def is_address(url: str) -> bool:
    """Whether an address can be parsed (RFC 3986): its host, and its port if it has one."""
    try:
        return urlsplit(url.strip()).port != 0
    except ValueError:
        return False


def check_text(text: str, max_chars: int) -> None:
    """Refuse a text that cannot be stored or read.

    Raises:
        Refused: empty, holding lone surrogates or NUL characters, or longer than ``max_chars``.
    """
    if not text.strip():
        raise Refused("empty", "the article has no text")
    if len(text) > max_chars:
        raise Refused("too_long", f"{len(text)} characters; max_chars is {max_chars}")
    if "\x00" in text:
        raise Refused("binary", "the text holds NUL characters")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise Refused("undecodable", f"lone surrogate at character {error.start}") from None


def with_title(text: str, title: str | None) -> tuple[str, bool]:
    """Put a title that came apart before the text, unless the text opens with it already."""
    if not title or _bare(text[: len(title) * 2 + 40]).startswith(_bare(title)):
        return text, False
    return f"{title}\n\n{text}", True


def _bare(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
