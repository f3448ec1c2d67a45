"""ARC: crawl archives from before WARC, as the Internet Archive and early Common Crawl wrote them; by the library warcio."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import IO, Any

from ..readers.entries import Entry, read_entry, skipped
from ..readers.html import MAX_BYTES
from ..records import Record, Refusal, Refused

MARK = b"filedesc://"  # how an ARC file begins


def read_arc(
    stream: IO[bytes], uri: str, metadata: Mapping[str, Mapping[str, str]], max_chars: int, passed: Counter[str]
) -> Iterator[Record]:
    """Read the pages of an ARC file, plain or gzipped by record; arguments as for ``read_warc``."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    records = ArchiveIterator(stream, arc2warc=True)
    last = 0
    try:
        for record in records:
            entry = _entry(record)
            if entry.kind == "warcinfo":
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
        detail = f"the archive is damaged behind offset {last}: {' '.join(str(error).split())[:200]}"
        yield Refusal.of(Refused("bad_archive", detail), uri, last + 1, b"")


def _entry(record: Any) -> Entry:
    url, http = record.rec_headers.get_header("WARC-Target-URI"), record.http_headers
    if http is None:
        return Entry(record.rec_type, url, 0, "")
    status = (http.get_statuscode() or "").strip()
    media, _, parameters = (http.get_header("Content-Type") or "").partition(";")
    charset = parameters.partition("charset=")[2].partition(";")[0].strip("\"' ") or None
    # an ARC record has the length of a page and its headers together, and nothing that tells of a cut
    return Entry(
        record.rec_type, url, int(status) if status.isdigit() else 0, media.strip().lower(), charset,
        http.get_header("Transfer-Encoding"), http.get_header("Content-Encoding"),
    )  # fmt: skip
