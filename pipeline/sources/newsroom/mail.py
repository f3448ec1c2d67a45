"""Mail: newsletters and releases as ``.eml`` and in mailboxes (mbox, RFC 4155), and pages that a browser saved whole as MHTML."""

from __future__ import annotations

import email
import email.policy
import io
import mimetypes
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from email.message import EmailMessage
from email.utils import parseaddr
from typing import IO, ClassVar, cast

from ..containers import MARK, Member
from ..formats import AUTO, Reader, Reading, Source, read_members
from ..limit import TooSlow
from ..pages.markup import plain_text
from ..readers.decoding import decode
from ..readers.html import read_html
from ..readers.metadata import apply_metadata
from ..records import RawArticle, Record, Refusal, Refused
from .whole import MAX_BYTES, all_of, article

_POSTMARK = re.compile(rb"From \S.*\d{4}\b.*\r?$|From \S+@\S+.*\r?$", re.MULTILINE)  # the line before a letter in a mailbox
_HEADER = re.compile(rb"(?:[!-9;-~]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2,}")
_OF_MAIL = re.compile(rb"^(?:return-path|received|message-id|from|delivered-to|subject):", re.IGNORECASE | re.MULTILINE)
_OF_PAGE = re.compile(
    rb"^(?:snapshot-content-location:|content-type:\s*multipart/related)|saved by", re.IGNORECASE | re.MULTILINE
)
_NO_TEXT = frozenset(  # kinds of attachments
    "pgp-signature pgp-keys pgp-encrypted pkcs7-signature x-pkcs7-signature calendar ics vcard x-vcard directory".split()
)
_SHARED = ("published_at", "publisher")  # what is told of a letter and holds of its attachments too
_SHORT = 0.5  # of the words of the page in a letter, below which its plain text is a stub: *view this in your browser*


class Mail(Reader):
    """``mail``: a letter a file, or a mailbox of letters."""

    suffixes: ClassVar[tuple[str, ...]] = (".eml", ".mbox")

    def sniff(self, head: bytes) -> bool:
        return _POSTMARK.match(head) is not None or (
            _HEADER.match(head) is not None and len(_OF_MAIL.findall(head)) > 1 and not _OF_PAGE.search(head)
        )

    def read(self, file: Source, reading: Reading) -> Iterator[Record]:
        if _POSTMARK.match(file.head) is None:
            found = [*_records(all_of(file), file, reading, None)]
            yield from found if len(found) == 1 else (replace(r, record=n) for n, r in enumerate(found, 1))
            return
        of_all = (r for k, data in enumerate(_letters(file.stream), 1) for r in _records(data, file, reading, k))
        yield from (replace(r, record=n) for n, r in enumerate(of_all, 1))


def _records(data: bytes, file: Source, reading: Reading, number: int | None) -> Iterator[Record]:
    """A letter, and what its attachments hold, of which its sender and its date tell unless they do so themselves."""
    try:
        if len(data) > MAX_BYTES:
            raise Refused("too_long", f"a letter of more than {MAX_BYTES} bytes")
        letter = _parsed(data)
        told, attached = _told(letter), [*_attached(letter)]
        try:
            yield _letter(letter, told, file, reading, number)
        except (Refused, TooSlow) as error:
            if not attached or error.reason != "empty":
                yield Refusal.of(error, file.uri, number, data)
        place = file.uri if number is None else f"{file.uri}{MARK}{number}"
        for record in read_members(attached, place, place, replace(reading, format=AUTO), file.depth) if attached else ():
            if number is not None:
                record = replace(record, uri=record.uri.replace(f"{place}{MARK}", f"{place}/", 1))
            yield apply_metadata(record, {c: told[c] or "" for c in _SHARED}) if isinstance(record, RawArticle) else record
    except (Refused, TooSlow) as error:
        yield Refusal.of(error, file.uri, number, data)


def _told(letter: EmailMessage) -> dict[str, str | None]:
    """What the headers of a letter tell of it."""
    name, address = parseaddr(_header(letter, "from") or "")
    return {
        "title": _header(letter, "subject"),
        "publisher": name or address.rpartition("@")[2] or None,
        "published_at": _header(letter, "date"),
        "language": _header(letter, "content-language"),
        "url": (_header(letter, "archived-at") or "").strip("<>") or None,
    }


def _letter(letter: EmailMessage, told: Mapping[str, str | None], file: Source, reading: Reading, number: int | None) -> Record:
    own_id = (_header(letter, "message-id") or "").strip("<>") or None
    return article(_text(letter), told, file, reading, number, own_id)


def _attached(letter: EmailMessage) -> Iterator[Member]:
    """The attachments of a letter that may hold texts; letters among them are read with it.

    Some programs send documents as parts to be shown in the letter, which only those of text are.
    """
    for number, part in enumerate(letter.walk(), 1):
        kind, is_attached = part.get_content_maintype(), part.get_content_disposition() == "attachment"
        if part.is_multipart() or part.get_content_subtype() in _NO_TEXT:
            continue
        if (kind == "application" and (is_attached or part.get_filename())) or (kind == "text" and is_attached):
            name = part.get_filename() or f"{number}{mimetypes.guess_extension(part.get_content_type()) or ''}"
            data = cast(bytes, part.get_payload(decode=True) or b"")
            yield Member(" ".join(name.replace("/", " ").split()), cast(IO[bytes], io.BytesIO(data)))


def _letters(stream: IO[bytes]) -> Iterator[bytes]:
    """The letters of a mailbox, each of at most ``MAX_BYTES`` and a line; what is beyond that is left out."""
    lines: list[bytes] = []
    size, blank = 0, True
    while line := stream.readline(MAX_BYTES):
        if blank and _POSTMARK.match(line):
            if lines:
                yield b"".join(lines)
            lines, size = [], 0
        elif size <= MAX_BYTES:
            lines.append(line[1:] if line.startswith(b">") and line.lstrip(b">").startswith(b"From ") else line)
            size += len(line)
        blank = not line.strip()
    if lines:
        yield b"".join(lines)


class SavedPage(Reader):
    """``mhtml``: a page a file, as browsers save it with all that belongs to it."""

    suffixes: ClassVar[tuple[str, ...]] = (".mhtml", ".mht")

    def sniff(self, head: bytes) -> bool:
        return _HEADER.match(head) is not None and _OF_PAGE.search(head) is not None

    def read(self, file: Source, reading: Reading) -> Iterator[Record]:
        saved = _parsed(all_of(file))
        for part in saved.walk():
            if part.get_content_type() in ("text/html", "application/xhtml+xml"):
                url = _header(part, "content-location") or _header(saved, "snapshot-content-location")
                url = url if url and url.startswith(("http://", "https://")) else _header(saved, "snapshot-content-location")
                data = _text_of(part).encode("utf-8", "replace")
                yield read_html(data, file.uri, None, file.given, reading.max_chars, url)
                return
        raise Refused("not_an_article", "a saved page without a page")


def _parsed(data: bytes) -> EmailMessage:
    return email.message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n"), policy=email.policy.default)


def _header(letter: EmailMessage, name: str) -> str | None:
    try:
        value = letter.get(name)
    except (ValueError, TypeError, AttributeError, IndexError, LookupError):  # headers that the library fails on
        return None
    return " ".join(str(value).split()) if value else None


def _text(letter: EmailMessage) -> str:
    plain, page = [], []
    for part in letter.walk():
        if part.get_content_disposition() == "attachment":
            continue
        if part.get_content_type() == "text/plain":
            plain.append(_text_of(part).replace("\r\n", "\n"))
        elif part.get_content_type() == "text/html":
            page.append(plain_text(_text_of(part)))
    texts = "\n\n".join(plain), "\n\n".join(page)
    if not any(t.strip() for t in texts):
        raise Refused("empty", "a letter without text")
    return texts[0] if len(texts[0].split()) > _SHORT * len(texts[1].split()) else texts[1]


def _text_of(part: EmailMessage) -> str:
    data = cast(bytes, part.get_payload(decode=True) or b"")
    charset = part.get_content_charset()
    try:
        return data.decode(charset or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return decode(data) if data.strip() else ""
