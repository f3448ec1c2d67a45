"""Rounds of feeds, by the library: what is fetched, what waits, and what a feed's server cannot do."""

from __future__ import annotations

import _thread
import gzip
import json
import os
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator

from onrecord.sources.formats import Reading, read_records
from onrecord.sources.records import RawArticle, Refusal
from onrecord.sources.web.archive import BEGUN
from onrecord.sources.web.feeds import Fetched, archives, fetch_feeds
from onrecord.sources.web.fetch import Fetcher, Manners

from ..server import Site, feed, serving
from .pages import page

LOCAL = Manners(frozenset({"127.0.0.1"}), pause=0.0, timeout=5.0)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


class Rounds:
    """Rounds of a feed, each by a fetcher of its own, as by a process of its own."""

    def __init__(self, site: Site, output: Path) -> None:
        self.site = site
        self.output = output
        self.told: list[str] = []

    def go(self, *feeds: str, most: int = 500, stop: threading.Event | None = None) -> Fetched:
        fetcher = Fetcher(Manners(frozenset({"127.0.0.1", "localhost"}), 0.0, 5.0), stop or threading.Event())
        return fetch_feeds(feeds or [f"{self.site.url}/feed"], self.output, fetcher, self.told.append, most)

    def taken(self) -> list[str]:
        """Paths of the pages, and reasons of the refusals, in the archives that wait; which are gone then."""
        found = []
        for path in archives(self.output):
            with open(path, "rb") as stream:
                for record in ArchiveIterator(stream):
                    refusal = record.headers["WARC-Type"] == "metadata"
                    at = record.headers["WARC-Target-URI"].removeprefix(self.site.url)
                    found.append(json.loads(record.reader.read())["reason"] if refusal else at)
            path.unlink()
        return found

    def waiting(self) -> list[str]:
        """The pages that wait, as the state on disk tells."""
        state = json.loads((self.output / "_feeds" / "state.json").read_bytes())
        return [
            e["url"].removeprefix(self.site.url) for known in state.values() for e in known["entries"].values() if "waits" in e
        ]


@pytest.fixture
def rounds(site: Site, tmp_path: Path) -> Rounds:
    return Rounds(site, tmp_path / "out")


def put(site: Site, numbers: Sequence[int]) -> None:
    for n in numbers:
        site.put(f"/{n}", page(n, f"<p>Gate {n} of the lock was mended by the boatmen of the town in the night to Friday.</p>"))
    site.put("/feed", feed(site, {n: f"gate {n}" for n in numbers}), "application/xml")


def test_a_feed_is_never_a_name(site: Site, rounds: Rounds, tmp_path: Path) -> None:
    """A body that is a path, or an address, is no feed; what lies there is not opened."""
    put(site, [1])
    (tmp_path / "own.xml").write_bytes(site.pages["/feed"])
    os.mkfifo(tmp_path / "pipe")
    for n, body in enumerate((str(tmp_path / "own.xml"), f"{site.url}/feed", str(tmp_path / "pipe"), "/dev/zero", "")):
        site.put(f"/feed{n}", body.encode(), "application/xml")
        done = rounds.go(f"{site.url}/feed{n}")
        assert "neither RSS, Atom, JSON Feed nor a sitemap" in done.unread[f"{site.url}/feed{n}"]
    assert site.count("/feed") == site.count("/1") == 0


@pytest.mark.engine
def test_a_feed_names_so_many_entries(site: Site, rounds: Rounds) -> None:
    items = b"".join(b"<item><link>/%d</link></item>" % n for n in range(20_100))
    site.put("/feed", b"<rss version='2.0'><channel><title>T</title>" + items + b"</channel></rss>", "application/xml")
    assert rounds.go(most=1).waiting == 20_000 and any("the first 20,000 are read" in line for line in rounds.told)


def test_a_feed_that_takes_long_to_parse_is_given_up(site: Site, rounds: Rounds) -> None:
    """It is read by a process of its own, which ends with it."""
    site.put("/feed", b"<rss version='2.0'><channel>" + b"<item>" * 200_000, "application/xml")
    hasty = Fetcher(Manners(frozenset({"127.0.0.1"}), 0.0, 0.05))
    done = fetch_feeds([f"{site.url}/feed"], rounds.output, hasty, rounds.told.append)
    assert done.unread[f"{site.url}/feed"] == "fetch_failed: took more than 0.5 s"
    assert not Path(f"/proc/self/task/{os.getpid()}/children").read_text()


def test_what_is_over_the_cap_is_fetched_later_even_if_the_feed_names_it_no_more(site: Site, rounds: Rounds) -> None:
    put(site, range(7))
    assert (rounds.go(most=3).waiting, rounds.taken()) == (4, ["/0", "/1", "/2"])
    put(site, [9])
    assert (rounds.go(most=3).waiting, rounds.taken()) == (2, ["/3", "/4", "/5"])
    assert any("2 pages of feeds left" in line for line in rounds.told)
    assert (rounds.go(most=3).waiting, sorted(rounds.taken())) == (0, ["/6", "/9"])  # the feed itself has not changed
    assert all(site.count(f"/{n}") == 1 for n in (*range(7), 9))


def test_a_page_that_failed_is_tried_again_even_if_the_feed_names_it_no_more(site: Site, rounds: Rounds) -> None:
    put(site, [1, 2])
    site.status["/2"] = 500
    rounds.go()
    put(site, [3])
    del site.status["/2"]
    rounds.go()
    assert sorted(rounds.taken()) == ["/1", "/2", "/3"]


def test_an_outage_of_robots_txt_loses_nothing(site: Site, rounds: Rounds) -> None:
    put(site, [1, 2])
    for n in (1, 2):
        site.pages["/feed"] = site.pages["/feed"].replace(
            f"{site.url}/{n}<".encode(), f"http://localhost:{site.port}/{n}<".encode()
        )
    site.raw["/robots.txt"] = b"nothing of HTTP", 0.0
    rounds.go()
    assert any("robots.txt cannot be read" in line for line in rounds.told)
    del site.raw["/robots.txt"]
    put(site, [1, 2])
    site.status["/robots.txt"] = 503
    for _ in range(4):
        rounds.go()
    assert rounds.taken() == [] and site.count("/1") == 0
    del site.status["/robots.txt"]
    rounds.go()
    assert rounds.taken() == ["/1", "/2"]


def test_a_rest_is_kept_from_process_to_process(site: Site, rounds: Rounds) -> None:
    put(site, [1, 2, 3])
    site.status["/2"], site.headers["/2"] = 429, {"Retry-After": "3600"}
    done = rounds.go()
    assert (rounds.taken(), done.waiting, done.failed, site.count("/3")) == (["/1"], 2, 0, 0)
    asked = len(site.asked)
    done = rounds.go()
    assert len(site.asked) == asked and not done.unread and list(done.resting) == [f"{site.url}/feed"]
    state = rounds.output / "_feeds" / "state.json"
    found = json.loads(state.read_bytes())
    found[f"{site.url}/feed"]["rests"] = {site.url: time.time() - 1}
    state.write_text(json.dumps(found))
    del site.status["/2"]
    rounds.go()
    assert sorted(rounds.taken()) == ["/2", "/3"]


def test_pages_go_to_disk_as_they_come(site: Site, rounds: Rounds) -> None:
    put(site, range(16))
    for n in range(16):
        site.pages[f"/{n}"] = os.urandom(1 << 20)
    tracemalloc.start()
    try:
        assert rounds.go().pages == 16
        assert tracemalloc.get_traced_memory()[1] < 8 << 20
    finally:
        tracemalloc.stop()
    assert sum(p.stat().st_size for p in archives(rounds.output)) > 16 << 20


@pytest.mark.parametrize("how", ["stop", "interrupt"])
def test_what_was_fetched_when_the_end_is_asked_for_is_kept(site: Site, rounds: Rounds, how: str) -> None:
    put(site, range(6))
    site.raw["/3"] = b"H", 60.0
    stop = threading.Event()
    ask: Callable[[], None] = stop.set if how == "stop" else _thread.interrupt_main

    def when_it_waits() -> None:
        while not site.count("/3"):
            time.sleep(0.01)
        ask()

    threading.Thread(target=when_it_waits).start()
    begun = time.monotonic()
    if how == "stop":
        assert rounds.go(stop=stop).stopped
    else:
        with pytest.raises(KeyboardInterrupt) as caught:
            rounds.go()
        assert "3 pages fetched" in caught.value.__notes__[0]
    assert time.monotonic() - begun < 5
    assert rounds.waiting() == ["/3", "/4", "/5"]
    assert rounds.taken() == ["/0", "/1", "/2"]
    del site.raw["/3"]
    put(site, [])
    rounds.go()
    assert rounds.taken() == ["/3", "/4", "/5"] and all(site.count(f"/{n}", 200) == 1 for n in range(6))


def test_what_a_killed_round_left_half_written_is_dropped_and_fetched(site: Site, rounds: Rounds) -> None:
    put(site, [1])
    folder = rounds.output / "_feeds"
    folder.mkdir(parents=True)
    (folder / ".20261001T000000000000-00000000.warc.gz.part").write_bytes(b"\x1f\x8b half")
    (folder / "state.json").write_text('{"http')
    rounds.go()
    assert "cannot be read; feeds are fetched anew" in rounds.told[0]
    assert rounds.taken() == ["/1"] and [p.name for p in folder.iterdir()] == ["state.json"]


@pytest.mark.parametrize(("torn", "noted"), [(0, False), (0, True), (1, False), (9, False)])
def test_what_a_killed_round_had_fetched_is_not_fetched_again(site: Site, rounds: Rounds, torn: int, noted: bool) -> None:
    """As it leaves it: pages in a file that has no name yet, whether or not the state tells of them."""
    put(site, range(4))
    rounds.go(most=0)
    before = (rounds.output / "_feeds" / "state.json").read_bytes()
    assert rounds.go(most=3).pages == 3
    (archive,) = archives(rounds.output)
    part = archive.with_name(f".{archive.name}{BEGUN}")
    data = archive.read_bytes()
    part.write_bytes(data[: len(data) - torn])
    archive.unlink()
    if not noted:
        (rounds.output / "_feeds" / "state.json").write_bytes(before)
    rounds.go()
    assert rounds.taken() == ["/0", "/1", "/2", "/3"] and not part.exists() and rounds.waiting() == []
    assert [site.count(f"/{n}", 200) for n in range(4)] == [1, 1, 2 if torn else 1, 1]


DATES = [
    "Mon, 05 Oct 2026 18:30:00 +9900", "Mon, 05 Oct 2026 18:30:00 -2400", "2026-10-05T18:30:00+99:99", "1200000000000000000000m",
    "0000-00-00", "99999-99-99", "2026-10-05T25:61:61Z", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59", "²",
    "1" * 5000,
]  # fmt: skip
LINKS = [
    "http://[", "http://a..b/", "http://.b/", "http://127.0.0.1:99999/", "http://&#x2100;.example/", "mailto:bo@lund.example",
    "http://a&#xD800;b/", "//", "http://127.0.0.1/" + "a" * 6000, f"http://{'a' * 70}.example/", "javascript:x", "file:///etc/passwd",
]  # fmt: skip
TITLES = ["[red]", "[/]", "[/bold]", ":smile:", "&#27;[31m", "&#8238;", "x" * 100_000, "a&#10;b: c&#13;d"]


def test_one_bad_entry_is_one_reject_at_most(site: Site, rounds: Rounds) -> None:
    """Dates, addresses and titles as a server may make them up: every good page is read, and the round goes to its end."""
    put(site, range(len(DATES) + len(TITLES)))
    pages = [(f"{site.url}/{n}", date, "t") for n, date in enumerate(DATES)]
    pages += [(f"{site.url}/{n}", "", title) for n, title in enumerate(TITLES, len(DATES))]
    pages += [(link, "Mon, 05 Oct 2026 18:30:00 +0200", "t") for link in LINKS]
    items = "".join(
        f"<item><guid>{n}</guid><title>{t}</title><link>{u}</link><pubDate>{d}</pubDate></item>"
        for n, (u, d, t) in enumerate(pages)
    )
    site.put("/feed", f"<rss version='2.0'><channel><title>T</title>{items}</channel></rss>".encode(), "application/xml")
    rounds.go()
    records = []
    for path in archives(rounds.output):
        with open(path, "rb") as stream:
            records += list(read_records(stream, str(path), path.name, Reading()))
    assert sum(isinstance(r, RawArticle) for r in records) == len(DATES) + len(TITLES)
    assert {r.reason for r in records if isinstance(r, Refusal)} == {"forbidden"}
    assert sum(isinstance(r, Refusal) for r in records) <= len(LINKS)


def test_credentials_are_not_kept(site: Site, rounds: Rounds) -> None:
    put(site, [1, 2])
    secret = f"http://bo:fremd@127.0.0.1:{site.port}"
    site.pages["/feed"] = (
        site.pages["/feed"].replace(b"<guid>1<", f"<guid>{secret}/1<".encode()).replace(site.url.encode(), secret.encode())
    )
    site.put("/2", b"")
    site.status["/2"], site.headers["/2"] = 302, {"Location": f"{secret}/1"}
    given = f"http://ann:hemmelig@127.0.0.1:{site.port}"
    rounds.go(f"{given}/feed", f"{given}/none", "http://ann:hem/melig@127.0.0.1/", f"{given}:x/")
    assert sum(p.stat().st_size for p in archives(rounds.output)) > 0
    for path in (rounds.output / "_feeds").iterdir():
        if path.suffix == ".gz":
            with open(path, "rb") as stream:
                held = b"".join(r.headers["WARC-Target-URI"].encode() + r.reader.read() for r in ArchiveIterator(stream))
        else:
            held = path.read_bytes()
        assert not any(word in held for word in (b"hemmelig", b"melig", b"fremd", b"ann")), path
    assert len(rounds.told) == 3 and not any(word in line for line in rounds.told for word in ("melig", "fremd", "ann"))
    assert all(h.get("Authorization") == "Basic YW5uOmhlbW1lbGln" for _, path, _, h in site.asked if path != "/robots.txt")


def test_what_an_earlier_version_kept_is_read_without_credentials(site: Site, rounds: Rounds) -> None:
    put(site, [1, 2])
    old = site.url.replace("//", "//ann:hemmelig@")
    folder = rounds.output / "_feeds"
    folder.mkdir(parents=True)
    entry = {"url": f"{old}/2", "title": "t", "published_at": None, "publisher": "T", "looks": "x", "tries": 1}
    (folder / "state.json").write_text(json.dumps({f"{old}/feed": {"validators": {}, "entries": {f"{old}/2": entry}}}))
    rounds.go()
    assert sorted(rounds.taken()) == ["/1", "/2"] and "hemmelig" not in (folder / "state.json").read_text()


# ------------------------------------------------------------------ other kinds of feeds

NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


def sitemap(site: Site, numbers: Sequence[int]) -> bytes:
    places = "".join(
        f"<url><loc>{site.url}/{n}</loc><news:news><news:publication><news:name>Tarvo Post</news:name></news:publication>"
        f"<news:publication_date>2026-10-0{n}T08:00:00+02:00</news:publication_date>"
        f"<news:title>Wall {n}</news:title></news:news></url>"
        for n in numbers
    )
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="{NEWS}">{places}</urlset>'.encode()


def test_a_news_sitemap_and_what_it_tells(site: Site, rounds: Rounds) -> None:
    put(site, [1, 2])
    site.put("/feed", sitemap(site, [1, 2]), "application/xml")
    rounds.go()
    state = json.loads((rounds.output / "_feeds" / "state.json").read_bytes())
    (known,) = state.values()
    told = [(e["title"], e["publisher"], e["published_at"]) for e in known["entries"].values()]
    assert told == [(f"Wall {n}", "Tarvo Post", f"2026-10-0{n}T08:00:00+02:00") for n in (2, 1)]
    assert rounds.taken() == ["/2", "/1"]


def test_an_index_leads_to_the_sitemaps_of_its_own_site(site: Site, rounds: Rounds) -> None:
    put(site, [1, 2, 3])
    site.put("/a.xml", sitemap(site, [1]), "application/xml")
    site.put("/b.xml.gz", gzip.compress(sitemap(site, [2, 3])), "application/gzip")
    parts = "".join(
        f"<sitemap><loc>{place}</loc></sitemap>" for place in (f"{site.url}/a.xml", f"{site.url}/b.xml.gz", "http://localhost/c")
    )
    site.put("/feed", f"<sitemapindex>{parts}</sitemapindex>".encode(), "application/xml")
    rounds.go()
    assert sorted(rounds.taken()) == ["/1", "/2", "/3"] and "http://localhost/c lies on another site" in rounds.told[0]
    rounds.go()
    assert rounds.taken() == [] and site.count("/a.xml", 304) == 1


def test_a_large_sitemap_is_read_and_an_index_in_another_is_told(site: Site, rounds: Rounds) -> None:
    put(site, [1])
    long = f"<!--{'x' * (9 << 20)}--></urlset>".encode()  # longer than a page may be
    site.put("/a.xml", sitemap(site, [1]).replace(b"</urlset>", long), "application/xml")
    site.put("/b.xml", f"<sitemapindex><sitemap><loc>{site.url}/c.xml</loc></sitemap></sitemapindex>".encode(), "application/xml")
    parts = "".join(f"<sitemap><loc>{site.url}/{name}.xml</loc></sitemap>" for name in "ab")
    site.put("/feed", gzip.compress(f"<sitemapindex>{parts}</sitemapindex>".encode()), "application/gzip")
    rounds.go()
    assert rounds.taken() == ["/1"] and site.count("/c.xml") == 0
    assert [line for line in rounds.told if "an index of sitemaps within another" in line]


def test_a_json_feed(site: Site, rounds: Rounds) -> None:
    put(site, [1])
    items = [{"id": "1", "url": "/1", "title": "Wall 1", "date_published": "2026-10-05T22:30:00Z"}, {"id": "2"}, 3]
    data = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Brenn Courier", "items": items})
    site.put("/feed", data.encode(), "application/feed+json")
    rounds.go()
    assert rounds.taken() == ["/1"] and rounds.told == []
