"""What is kept of feeds, without an article: its entries leave their state, its pages the archives that wait for a run."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from ...places import is_remote
from ...storage import whole_at, write_at
from ..formats import FETCHED
from ..readers.warc import TOLD
from .archive import BEGUN
from .feeds import archives, entry_key

Gone = Callable[[str, str | None], bool]  # told an address and a title, whether it is what goes
_CHUNK = 1 << 20


def without_articles(output: Path, gone: Gone) -> None:
    """Write the files of ``DIR/_feeds`` that tell of an article anew, without it; done twice, it changes nothing.

    Of its entries hashes stay, so that it is not fetched again.
    """
    path = output / FETCHED / "state.json"
    if path.exists():
        state: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if sum(_forget_entries(known, gone) for known in state.values()):
            write_at(path, json.dumps(state, indent=1, sort_keys=True))
    for part in () if is_remote(output) else (output / FETCHED).glob(f".*{BEGUN}"):
        part.unlink()  # of a killed round; what is in it waits still
    for archive in archives(output):
        with archive.open("rb") as source:
            pieces = _pieces(source, gone)
            if any(not kept for _, _, kept in pieces):
                with whole_at(archive) as out:
                    for start, end, kept in pieces:
                        if kept:
                            _copy(source, start, end, out)


def _forget_entries(known: dict[str, Any], gone: Gone) -> int:
    """Take the entries out of what is known of a feed; returns how many."""
    entries = known.get("entries", {})
    found = [n for n, entry in entries.items() if gone(n, None) or gone(entry.get("url") or "", entry.get("title"))]
    if found:
        keys = {entry_key(key) for name in found for key in (name, entries.pop(name).get("url")) if key}
        known["forgotten"] = sorted({*known.get("forgotten", []), *keys})
        known["validators"] = {}  # the next answer tells what else is new
    return len(found)


def _pieces(source: IO[bytes], gone: Gone) -> list[tuple[int, int, bool]]:
    """The records of an archive: offsets of begin and end, and whether it is kept."""
    from fastwarc.warc import ArchiveIterator

    found: list[tuple[int, bool]] = []
    for record in ArchiveIterator(source, parse_http=False):
        try:
            title = json.loads(record.headers.get(TOLD) or "{}").get("title")
        except (ValueError, AttributeError):
            title = None
        found.append((record.stream_pos, not gone(record.headers.get("WARC-Target-URI") or "", title)))
    end = source.seek(0, 2)
    ends = [*(start for start, _ in found[1:]), end]
    return [(start, stop, kept) for (start, kept), stop in zip(found, ends, strict=True)]


def _copy(source: IO[bytes], start: int, end: int, out: IO[bytes]) -> None:
    source.seek(start)
    while start < end:
        chunk = source.read(min(_CHUNK, end - start))
        out.write(chunk)
        start += len(chunk)
