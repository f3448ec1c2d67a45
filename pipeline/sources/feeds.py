"""Feeds: RSS and Atom. What is new or changed in one is fetched, page by page, into an archive that a run then reads.

``DIR/_feeds`` holds the archives until a run has taken them, and ``state.json``: for each feed the validators of its last
answer, for each entry what it looked like and the validators of its page. An archive is whole before the state names what is
in it, so whatever is stopped is fetched again or read by the next run.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .fetch import Answer, Fetcher
from .formats import FETCHED
from .records import Refused, parse_published
from .warc import REFUSAL, TOLD

_ENTRIES = 5000  # of a feed that are remembered
_TRIES = 3  # after which a page that cannot be fetched is a reject


@dataclass(frozen=True)
class Fetched:
    """What a round of feeds brought."""

    pages: int
    unchanged: int
    failed: int


def archives(output: Path) -> list[Path]:
    """The archives that wait for a run, in the order in which they were fetched."""
    return sorted((output / FETCHED).glob("*.warc.gz"))


def fetch_feeds(feeds: Sequence[str], output: Path, fetcher: Fetcher, told: Callable[[str], None]) -> Fetched:
    """Fetch what is new in feeds into archives under ``output``.

    Args:
        feeds: their addresses.
        output: the output folder.
        fetcher: fetches.
        told: called with a line for each feed that cannot be read.
    """
    folder = output / FETCHED
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "state.json"
    state: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    pages = unchanged = failed = 0
    for feed in feeds:
        known = state.setdefault(feed, {"validators": {}, "entries": {}})
        try:
            answer = fetcher.fetch(feed, known["validators"])
            if answer.status == 304 and not any(e.get("tries") for e in known["entries"].values()):
                unchanged += 1
                continue
            entries = list(_entries(answer, known))
        except Refused as error:
            told(f"feed {feed}: {error.reason}: {error.detail}")
            failed += 1
            continue
        records = []
        for name, entry in entries:
            record, status = _page(fetcher, entry, known["entries"].setdefault(name, {}))
            pages, unchanged, failed = pages + (status == "page"), unchanged + (status == "same"), failed + (status == "failed")
            records += [record] if record else []
        if answer.status == 200:
            known["validators"] = answer.validators
        if records:
            _write(folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{_digest(feed)[:8]}.warc.gz", b"".join(records))
        _forget_old(known)
        _write(path, json.dumps(state, indent=1, sort_keys=True).encode())
    return Fetched(pages, unchanged, failed)


def _entries(answer: Answer, known: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The entries of a feed that are new, have changed, or failed before: their ids, and what is told of them."""
    import feedparser

    if answer.status == 304:
        for name, entry in known["entries"].items():
            if entry.get("tries"):
                yield name, entry
        return
    # feedparser resolves relative addresses by xml:base, else by where the feed lies
    parsed = feedparser.parse(answer.body, response_headers={"content-location": answer.url, **answer.headers})
    if parsed.bozo and not parsed.entries:
        raise Refused("fetch_failed", "neither RSS nor Atom")
    site = parsed.feed.get("title")
    for entry in parsed.entries:
        link = entry.get("link")
        if not link:
            continue
        name = entry.get("id") or link
        if known.get("forgotten") and not {entry_key(name), entry_key(link)}.isdisjoint(known["forgotten"]):
            continue
        told = {"url": link, "title": entry.get("title"), "published_at": entry.get("published"), "publisher": site}
        looks = _digest(json.dumps([told, entry.get("updated"), entry.get("summary")], sort_keys=True))
        earlier = known["entries"].get(name, {})
        if earlier.get("looks") != looks or earlier.get("tries"):
            yield name, told | {"looks": looks}


def _page(fetcher: Fetcher, entry: dict[str, Any], known: dict[str, Any]) -> tuple[bytes | None, str]:
    """The record of an entry's page, and what became of it; what is known of the entry is brought up to date."""
    known |= {k: v for k, v in entry.items() if k != "validators"}
    try:
        answer = fetcher.fetch(entry["url"], known.get("validators"))
    except Refused as error:
        known["tries"] = known.get("tries", 0) + 1
        if error.reason != "forbidden" and known["tries"] < _TRIES:
            return None, "failed"
        known.pop("tries")
        told = json.dumps({"reason": error.reason, "detail": error.detail}).encode()
        return _record("metadata", entry["url"], REFUSAL, told), "failed"
    known.pop("tries", None)
    if answer.status == 304:
        return None, "same"
    known["validators"] = answer.validators
    kind = " ".join(answer.headers.get("content-type", "text/html").split())
    http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(answer.body)}\r\n\r\n".encode() + answer.body
    return _record("response", answer.url, "application/http; msgtype=response", http, _told(entry)), "page"


def _told(entry: dict[str, Any]) -> dict[str, str]:
    """What the feed tells of a page, where it can be read."""
    told = {k: entry[k] for k in ("title", "publisher", "published_at") if entry.get(k)}
    try:
        parse_published(told.get("published_at", ""))
    except Refused:
        told.pop("published_at", None)
    return told


def _record(kind: str, url: str, content: str, block: bytes, told: dict[str, str] | None = None) -> bytes:
    """A WARC 1.0 record (ISO 28500), a gzip member of its own."""
    fields = {
        "WARC-Type": kind,
        "WARC-Target-URI": url,
        "WARC-Date": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        TOLD: json.dumps(told or {}),
        "Content-Type": content,
        "Content-Length": str(len(block)),
    }
    lines = ["WARC/1.0", *(f"{name}: {' '.join(value.split())}" for name, value in fields.items())]
    return gzip.compress("\r\n".join([*lines, "", ""]).encode() + block + b"\r\n\r\n")


def _write(path: Path, data: bytes) -> None:
    """Write a file whole: synced, then renamed into place."""
    part = path.with_name(f".{path.name}.part")
    with open(part, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    os.replace(part, path)


def _forget_old(known: dict[str, Any]) -> None:
    for name in list(known["entries"])[: max(0, len(known["entries"]) - _ENTRIES)]:
        del known["entries"][name]


def entry_key(name: str) -> str:
    """What stays of the name or address of an entry whose article is forgotten."""
    return _digest(f"forgotten {name}")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
