"""Mail: newsletters and releases as ``.eml`` and in mailboxes (mbox, RFC 4155), and pages that a browser saved whole as MHTML."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from email.utils import parseaddr
from typing import IO, ClassVar, cast

from ..formats import Reader, Reading, Source
from ..limit import TooSlow
from ..pages.markup import plain_text
from ..readers.decoding import decode
from ..readers.html import read_html
from ..records import RawArticle, Record, Refusal, Refused
from .whole import MAX_BYTES, all_of, article

_POSTMARK = re.compile(rb"From \S.*\d{4}\b.*\r?$|From \S+@\S+.*\r?$", re.MULTILINE)  # the line before a letter in a mailbox
_HEADER = re.compile(rb"(?:[!-9;-~]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2,}")
_OF_MAIL = re.compile(rb"^(?:return-path|received|message-id|from|delivered-to|subject):", re.IGNORECASE | re.MULTILINE)
_OF_PAGE = re.compile(
    rb"^(?:snapshot-content-location:|content-type:\s*multipart/related)|saved by", re.IGNORECASE | re.MULTILINE
)
_NO_TEXT = ("pgp-signature", "pkcs7-signature", "x-pkcs7-signature", "calendar", "ics")  # kinds of attachments
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
            yield _letter(_parsed(all_of(file)), file, reading, None)
            return
        for number, data in enumerate(_letters(file.stream), 1):
            try:
                if len(data) > MAX_BYTES:
                    raise Refused("too_long", f"a letter of more than {MAX_BYTES} bytes")
                yield _letter(_parsed(data), file, reading, number)
            except (Refused, TooSlow) as error:
                yield Refusal.of(error, file.uri, number, data)


def _letter(letter: EmailMessage, file: Source, reading: Reading, number: int | None) -> RawArticle:
    name, address = parseaddr(_header(letter, "from") or "")
    told = {
        "title": _header(letter, "subject"),
        "publisher": name or address.rpartition("@")[2] or None,
        "published_at": _header(letter, "date"),
        "language": _header(letter, "content-language"),
        "url": (_header(letter, "archived-at") or "").strip("<>") or None,
    }
    own_id = (_header(letter, "message-id") or "").strip("<>") or None
    record = article(_text(letter), told, file, reading, number, own_id)
    attached = [" ".join((part.get_filename() or part.get_content_type()).split()) for part in _attached(letter)]
    note = f"attachments that were not read, to be saved beside it: {', '.join(attached)}"
    return replace(record, notes=(*record.notes, note)) if attached else record


def _attached(letter: EmailMessage) -> Iterator[EmailMessage]:
    """The attachments of a letter that may hold texts; letters among them are read with it."""
    for part in letter.walk():
        kind = part.get_content_maintype()
        if part.get_content_disposition() == "attachment" and kind in ("application", "text") and not part.is_multipart():
            yield from () if part.get_content_subtype() in _NO_TEXT else (part,)


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
