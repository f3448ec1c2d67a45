"""Feeds: RSS, Atom, JSON Feed and sitemaps. What is new or changed in one is fetched, page by page, into archives for a run.

``DIR/_feeds`` holds the archives until a run has taken them, and ``state.json``: for each feed the validators of its last
answer, for each entry what it looked like, the validators of its page, and whether it waits to be fetched. Pages go to disk as
they arrive, and tell which entries they are of. What a killed round has left behind becomes an archive in the next one, so that
nothing that has come is asked for again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...places import is_remote
from ...printable import counted
from ...storage import write_at
from ..dates import parse_published
from ..formats import FETCHED
from ..records import Refused
from .addresses import parse, shown, without_credentials
from .archive import Archive, left_behind, take_over
from .exchange import Answer, Stopped, interruptible
from .fetch import Fetcher, Later

_ENTRIES = 5000  # that are remembered of a feed when it names them no more
_WAITING = 20_000  # entries of a feed that may wait to be fetched; beyond them the feed is read again
_LONGEST = 50 << 20  # bytes of a feed, which sitemaps may have
_TRIES = 3  # after which a page that cannot be fetched is a reject
_SECONDS = 900.0  # of a round that a feed may take; what is left waits for the next
_TOLD = ("title", "publisher", "published_at")  # what a feed tells of a page
_PARSER = Path(__file__).with_name("parse_feed.py")

Told = Callable[[str], None]


@dataclass
class Fetched:
    """What a round of feeds brought.

    Attributes:
        pages: fetched.
        unchanged: feeds and pages that were the same as before.
        failed: pages that could not be fetched.
        waiting: entries whose pages are left for the next round.
        unread: feeds that could not be read, and why.
        resting: feeds whose servers asked to be left alone for now, and until when.
        stopped: whether the end was asked for meanwhile; what was fetched waits for the next run.
    """

    pages: int = 0
    unchanged: int = 0
    failed: int = 0
    waiting: int = 0
    unread: dict[str, str] = field(default_factory=dict)
    resting: dict[str, str] = field(default_factory=dict)
    stopped: bool = False


def archives(output: Path) -> list[Path]:
    """The archives that wait for a run, in the order in which they were fetched."""
    return sorted((output / FETCHED).glob("*.warc.gz"))


def fetch_feeds(feeds: Sequence[str], output: Path, fetcher: Fetcher, told: Told, most: int = 500) -> Fetched:
    """Fetch what is new in feeds into archives under ``output``.

    Args:
        feeds: their addresses.
        output: the output folder.
        fetcher: fetches; its ``stop`` ends the round, and what was fetched is kept.
        told: called with a line for each feed that cannot be read, and on what waits.
        most: pages that are asked for of a feed in a round; the rest waits for the next.
    """
    folder = _prepared(output)
    state = _State(folder / "state.json", told)
    _take_over(folder, state)
    for known in state.feeds.values():
        for site, until in known.get("rests", {}).items():
            fetcher.rests[site] = max(until, fetcher.rests.get(site, 0.0))
    round_ = _Round(folder, state, fetcher, told, most)
    done = round_.done
    try:
        for given in feeds:
            round_.take(given)
    except Stopped:
        done.stopped = True
        told("stopped while fetching; what was fetched is kept for the next run of these feeds")
    except KeyboardInterrupt as stop:
        if done.pages:
            stop.add_note(f"{counted(done.pages, 'pages')} fetched; the next run of these feeds reads what was fetched")
        raise
    done.waiting = sum(_waits(e) for known in state.feeds.values() for e in known["entries"].values())
    if done.waiting:
        told(f"{counted(done.waiting, 'pages')} of feeds left for the next round")
    return done


def fetch_again(refused: Mapping[str, str], output: Path, fetcher: Fetcher) -> dict[str, str]:
    """Fetch pages that were refused once more.

    Args:
        refused: ids of rejects, and the addresses of their pages.
        output: the output folder.
        fetcher: fetches.

    Returns:
        Ids of the rejects whose pages came, and the uris that their records have in the archives that wait.
    """
    folder = _prepared(output)
    state = _State(folder / "state.json", lambda line: None)
    _take_over(folder, state)
    known = {e["url"]: e for feed in state.feeds.values() for e in feed["entries"].values()}
    found: dict[str, str] = {}
    with Archive(folder, "again") as archive:
        for name, url in refused.items():
            try:
                answer = fetcher.fetch(url)
            except Refused:
                continue
            found[name] = archive.add_page(answer, _told(known.get(url, {})))
            if archive.full:
                archive.finish()
    return found


def _prepared(output: Path) -> Path:
    """The folder of what is fetched, without what was left half written beside the archives."""
    folder = output / FETCHED
    if is_remote(folder):
        return folder  # where nothing is half written
    folder.mkdir(parents=True, exist_ok=True)
    for part in (*folder.glob(".*.part"), *folder.glob(".*.tmp")):
        part.unlink()
    return folder


def _take_over(folder: Path, state: _State) -> None:
    """Take what a killed round has fetched for fetched."""
    if is_remote(folder):
        return
    entries: dict[str, list[dict[str, Any]]] = {}
    for known in state.feeds.values():
        for entry in known["entries"].values():
            entries.setdefault(entry["url"], []).append(entry)

    def note(page: Mapping[str, Any]) -> None:
        for entry in entries.get(page.get("url", ""), ()):
            _fetched(entry, page.get("validators"))

    parts = left_behind(folder, note)
    if parts:
        state.write()
        take_over(parts)


class _State:
    """What is known of feeds, by their addresses."""

    def __init__(self, path: Path, told: Told) -> None:
        self.path = path
        self.feeds: dict[str, Any]
        try:
            found = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
            self.feeds = {without_credentials(feed): _without_credentials(known) for feed, known in found.items()}
        except (ValueError, KeyError, TypeError, AttributeError):
            told(f"{path} cannot be read; feeds are fetched anew")
            self.feeds = {}
        self._written = ""

    def write(self) -> None:
        """Write it whole, if it has changed: synced, then renamed into place."""
        text = json.dumps(self.feeds)  # in lines it would be ten times slower
        if text != self._written:
            write_at(self.path, text)
            self._written = text


def _without_credentials(known: dict[str, Any]) -> dict[str, Any]:
    entries = {without_credentials(n): e | {"url": without_credentials(e["url"])} for n, e in known["entries"].items()}
    return known | {"entries": entries, "validators": known["validators"]}


class _Round:
    """A round of feeds under way."""

    def __init__(self, folder: Path, state: _State, fetcher: Fetcher, told: Told, most: int) -> None:
        self.folder = folder
        self.state = state
        self.fetcher = fetcher
        self.told = told
        self.most = most
        self.done = Fetched()

    def take(self, given: str, part: bool = False) -> None:
        """Read a feed, and fetch the pages of what is new in it; of an index of sitemaps, in those of the same site."""
        known: dict[str, Any] = {"validators": {}, "entries": {}}
        feed = shown(given)
        try:
            feed = self.fetcher.trust(given)
            known = self.state.feeds.setdefault(feed, known)
            self.done.unchanged += not _note_entries(self.fetcher, feed, known, self.told)
        except Refused as error:
            why = f"{error.reason}: {error.detail}"
            self.told(f"feed {feed}: {why}")
            rests = isinstance(error, Later) and parse(feed).site in self.fetcher.rests
            (self.done.resting if rests else self.done.unread)[feed] = why
            if error.reason == "forbidden":
                return
        self.state.write()  # what the feed names now, it may not name in the next round
        if any(_waits(e) for e in known["entries"].values()):
            self._fetch_pages(feed, known)
        if part and known.get("parts"):
            self.told(f"feed {feed}: an index of sitemaps within another, which is not followed; name it itself to have it read")
        for other in () if part else known.get("parts", ()):
            if _host(other) == _host(feed):
                self.take(other, part=True)
            else:
                self.told(f"feed {feed}: the sitemap {other} lies on another site; name it itself to have it read")

    def _fetch_pages(self, feed: str, known: dict[str, Any]) -> None:
        """Fetch the pages of the entries that wait; what has been fetched is kept, however this ends."""
        entries, asked, ends = known["entries"], 0, time.monotonic() + _SECONDS
        with contextlib.ExitStack() as at_end:
            at_end.callback(self.state.write)
            at_end.callback(self._note_rests, known)
            archive = at_end.enter_context(Archive(self.folder, feed, self.state.write))
            later: dict[str, int] = {}
            for name in [n for n, e in entries.items() if _waits(e)]:
                if asked >= self.most or time.monotonic() > ends:
                    break
                try:
                    _page(self.fetcher, entries[name], archive, self.done)
                    asked += 1
                except Later as error:
                    later[error.detail] = later.get(error.detail, 0) + 1
                    entries[name] = entries.pop(name)  # others first, the next time
                if archive.full:
                    archive.finish()
            for why, pages in later.items():
                self.told(f"feed {feed}: {counted(pages, 'pages')} left for later: {why}")

    def _note_rests(self, known: dict[str, Any]) -> None:
        known.pop("rests", None)
        rests = {site: until for site, until in self.fetcher.rests.items() if until > time.time()}
        if rests:
            known["rests"] = rests


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0].lower()


def _waits(entry: Mapping[str, Any]) -> bool:
    return bool(entry.get("waits") or entry.get("tries"))


def _page(fetcher: Fetcher, entry: dict[str, Any], archive: Archive, done: Fetched) -> None:
    """Fetch the page of an entry; what is known of the entry is brought up to date.

    Raises:
        Later: it cannot be asked for now.
    """
    try:
        answer = fetcher.fetch(entry["url"], entry.get("validators"))
    except Later:
        raise
    except Refused as error:
        done.failed += 1
        entry["tries"] = entry.get("tries", 0) + 1
        if error.reason != "forbidden" and entry["tries"] < _TRIES:
            return
        archive.add_refusal(entry["url"], error)
    else:
        if answer.status == 304:
            done.unchanged += 1
        else:
            archive.add_page(answer, _told(entry), entry["url"])
            done.pages += 1
            _fetched(entry, answer.validators)
    _fetched(entry)


def _fetched(entry: dict[str, Any], validators: Mapping[str, str] | None = None) -> None:
    if validators is not None:
        entry["validators"] = dict(validators)
    entry.pop("tries", None)
    entry.pop("waits", None)


def _note_entries(fetcher: Fetcher, feed: str, known: dict[str, Any], told: Told) -> bool:
    """Note which entries of a feed are new or have changed; returns whether there was anything to look at.

    Raises:
        Refused: it cannot be read.
    """
    entries = known["entries"]
    answer = fetcher.fetch(feed, known["validators"], _LONGEST)
    if answer.status == 304:
        return any(_waits(e) for e in entries.values())
    head, *listed = _parsed(answer, fetcher)
    if "title" not in head:
        raise Refused("fetch_failed", "neither RSS, Atom, JSON Feed nor a sitemap")
    known["parts"] = [without_credentials(part) for part in head.get("parts", ())]
    if head["more"] and listed:
        told(f"feed {feed}: more than {len(listed):,} entries; the first {len(listed):,} are read")
    room = _WAITING - sum(_waits(e) for e in entries.values())
    named, forgotten = set(), set(known.get("forgotten", ()))
    for entry in listed:
        name, url = without_credentials(entry.pop("name")), without_credentials(entry["url"])
        if forgotten and not forgotten.isdisjoint((entry_key(name), entry_key(url))):
            continue
        named.add(name)
        entry |= {"url": url, "publisher": entry.get("publisher") or head["title"]}
        earlier = entries.pop(name, {})  # entries stand in the order in which they were last named
        if earlier.get("looks") == entry["looks"]:
            entries[name] = earlier
        elif room > 0:
            room -= not _waits(earlier)
            entries[name] = earlier | entry | {"waits": True}
        elif earlier:
            entries[name] = earlier
    known["validators"] = answer.validators if room > 0 else {}
    _forget_old(entries, named)
    return True


def _parsed(answer: Answer, fetcher: Fetcher) -> list[dict[str, Any]]:
    """What a feed holds: its head and its entries, read in a process of its own."""
    asked = json.dumps({"url": answer.url, "type": " ".join(answer.headers.get("content-type", "").split())}).encode()
    command = [sys.executable, "-P", str(_PARSER)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        limit = 10 * fetcher.manners.timeout
        out, _ = interruptible(lambda: process.communicate(asked + b"\n" + answer.body), limit, fetcher.stop, process.kill)
    try:
        lines = [json.loads(line) for line in out.splitlines()]
    except ValueError:
        lines = []
    if process.returncode or not lines:
        raise Refused("fetch_failed", "a feed that takes too much to read, or none")
    return lines


def _told(entry: Mapping[str, Any]) -> dict[str, str]:
    """What the feed tells of a page, where it can be read."""
    told = {k: entry[k] for k in _TOLD if entry.get(k)}
    try:
        parse_published(told.get("published_at", ""))
    except (Refused, ValueError, OverflowError):
        told.pop("published_at", None)
    return told


def _forget_old(entries: dict[str, Any], named: set[str]) -> None:
    """Forget the entries that the feed named longest ago."""
    others = [name for name, entry in entries.items() if name not in named and not _waits(entry)]
    for name in others[: max(0, len(others) - _ENTRIES)]:
        del entries[name]


def entry_key(name: str) -> str:
    """What stays of the name or address of an entry whose article is forgotten."""
    return hashlib.sha256(f"forgotten {name}".encode("utf-8", "surrogatepass")).hexdigest()
