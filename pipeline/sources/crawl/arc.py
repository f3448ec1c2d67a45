"""Crawl archives by the library warcio, which reads them line by line: ARC, from before WARC, as the Internet Archive and early
Common Crawl wrote them, and WARC with bare line feeds, as hand-made programs write it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import IO, Any

from ..readers.entries import Entry, read_entry, skipped
from ..readers.html import MAX_BYTES
from ..records import Record, Refusal, Refused

ABOUT = ("warcinfo", "request", "metadata")  # kinds of records that tell of others, and of no page
MARK = b"filedesc://"  # how an ARC file begins


def read_arc(
    stream: IO[bytes], uri: str, metadata: Mapping[str, Mapping[str, str]], max_chars: int, passed: Counter[str]
) -> Iterator[Record]:
    """Read the pages of an archive, plain or gzipped by record; arguments as for ``read_warc``."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    records = ArchiveIterator(stream, arc2warc=True)
    last = 0
    try:
        for record in records:
            entry = _entry(record)
            if entry.kind in ABOUT:
                continue
            why = skipped(entry)
            data = record.raw_stream.read(MAX_BYTES + 1) if why is None else b""
            last = max(records.get_record_offset(), last + 1)  # asking for it passes over what is left of the record
            if why is None:
                own = f"{uri}#R{last}"
                given = metadata.get(own) or metadata.get(entry.url or "") or {}
                page = read_entry(entry, data, own, last, given, max_chars)
                if page is not None:
                    yield page
                    continue
                why = "no page"
            passed[why] += 1
    except (ArchiveLoadFailed, OSError, EOFError, ValueError) as error:
        if getattr(error, "errno", None):
            raise  # the file cannot be read, which is not the archive's fault
        detail = (
            f"the archive is damaged behind offset {last}, or its line ends were changed: {' '.join(str(error).split())[:200]}"
        )
        yield Refusal.of(Refused("bad_archive", detail), uri, last + 1, b"")


def _entry(record: Any) -> Entry:
    told, http = record.rec_headers, record.http_headers
    url, kind = (told.get_header("WARC-Target-URI") or "").strip().strip("<>") or None, record.rec_type or "untyped"
    cut = told.get_header("WARC-Truncated")
    # an ARC record has the length of a page and its headers together
    declared = 0 if record.format == "arc" else getattr(record.raw_stream, "limit", 0)
    source = told.get_header("Content-Type") if http is None else http.get_header("Content-Type")
    media, _, parameters = (source or "").partition(";")
    charset = parameters.partition("charset=")[2].partition(";")[0].strip("\"' ") or None
    if http is None:
        status = None if kind in ("resource", "conversion") else 0  # a response of no web server
        return Entry(kind, url, status, media.strip().lower(), charset, cut=cut, declared=declared)
    code = (http.get_statuscode() or "").strip()
    return Entry(
        kind, url, int(code) if code.isdigit() else 0, media.strip().lower(), charset, http.get_header("Transfer-Encoding"),
        http.get_header("Content-Encoding"), cut, declared,
    )  # fmt: skip
