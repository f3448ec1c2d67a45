"""Feeds from a real server: each article once, changed ones as versions, politely, and nothing that is not allowed."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from .conftest import rows
from .server import Site, feed, serving
from .sources.pages import page


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    path = tmp_path / "feeds.yaml"
    path.write_text("allow_hosts: [127.0.0.1]\npause: 0\ntimeout: 5\n")
    return path


def publish(site: Site, entries: dict[int, str], kind: str = "rss") -> None:
    for n, text in entries.items():
        site.put(f"/{n}", page(n, f"<p>{text} The engineers of the town will look at it again before the winter comes.</p>"))
    site.put("/feed", feed(site, entries, kind), "application/xml")


def story(n: int, change: str = "") -> str:
    return f"Story {n} of the wall{change} is told here."


@pytest.mark.parametrize("kind", ["rss", pytest.param("atom", marks=pytest.mark.engine)])
def test_three_rounds_of_a_feed(site: Site, settings: Path, tmp_path: Path, onrecord: Any, kind: str) -> None:
    out = tmp_path / "out"

    def go() -> dict[str, Any]:
        done = onrecord("run", f"{site.url}/feed", "--output", out, "--config", settings, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    publish(site, {n: story(n) for n in range(6)}, kind)
    assert go()["counts"]["documents"] == 6
    asked = len(site.asked)
    assert go()["run_id"] is None and [s for _, _, s, _ in site.asked[asked:]] in ([304], [404, 304])  # robots.txt, the feed
    publish(site, {n: story(n, " anew" if n == 2 else "") for n in range(8)}, kind)
    assert go()["counts"]["documents"] == 3
    documents = rows(out, "documents")
    assert len(documents) == 9 and {d["version"] for d in documents if d["url"].endswith("/2")} == {1, 2}
    assert all(site.count(f"/{n}", 200) == (2 if n == 2 else 1) for n in range(8))
    assert not list((out / "_feeds").glob("*.warc.gz"))  # taken: the record holds what they held
    assert onrecord("verify", out).returncode == 0
    first = min(documents, key=lambda d: d["url"])
    assert (first["publisher"], first["published_at"]) == ("Brenn Courier", datetime(2026, 10, 5, 16, 30, tzinfo=UTC))


def test_relative_addresses_are_those_of_the_feed(site: Site, settings: Path, tmp_path: Path, onrecord: Any) -> None:
    publish(site, {1: story(1), 2: story(2), 3: story(3)})
    rss = "<rss version='2.0'><channel><title>T</title>{}</channel></rss>"
    item = "<item><title>t</title><guid>{0}</guid><link>{0}</link></item>"
    site.put("/feed", rss.format(item.format("/1") + item.format("2")).encode(), "application/xml")
    site.put("/deep/feed", rss.format(item.format("../3")).encode(), "application/xml")
    feeds = [f"{site.url}/feed", f"{site.url}/deep/feed"]
    assert onrecord("run", *feeds, "-o", tmp_path / "out", "--config", settings).returncode == 0
    assert {d["url"] for d in rows(tmp_path / "out", "documents")} == {f"{site.url}/{n}" for n in (1, 2, 3)}


def test_an_entry_that_changed_without_its_page_is_asked_for_and_not_read_again(
    site: Site, settings: Path, tmp_path: Path, onrecord: Any
) -> None:
    publish(site, {1: story(1)})
    for summary in (story(1), "another summary"):
        site.put("/feed", feed(site, {1: summary}), "application/xml")
        assert onrecord("run", f"{site.url}/feed", "-o", tmp_path / "out", "--config", settings).returncode == 0
    assert (site.count("/1", 200), site.count("/1", 304)) == (1, 1)
    assert len(rows(tmp_path / "out", "documents")) == len(rows(tmp_path / "out", "appearances")) == 1


def test_robots_txt_is_kept_and_what_it_forbids_is_a_reject(site: Site, settings: Path, tmp_path: Path, onrecord: Any) -> None:
    publish(site, {1: story(1), 2: story(2)})
    site.put("/robots.txt", b"User-agent: *\nDisallow: /2\n", "text/plain")
    assert onrecord("run", f"{site.url}/feed", "-o", tmp_path / "out", "--config", settings).returncode == 0
    assert site.count("/2") == 0 and site.count("/robots.txt") == 1
    (reject,) = rows(tmp_path / "out", "rejects")
    assert reject["reason"] == "forbidden" and "robots.txt" in reject["detail"] and f"{site.url}/2" in reject["detail"]


@pytest.mark.engine
def test_a_page_that_fails_is_tried_three_times_and_then_rejected(
    site: Site, settings: Path, tmp_path: Path, onrecord: Any
) -> None:
    publish(site, {1: story(1), 2: story(2)})
    site.status["/2"] = 500
    found = []
    for _ in range(4):
        assert onrecord("run", f"{site.url}/feed", "-o", tmp_path / "out", "--config", settings).returncode == 0
        found.append([r["reason"] for r in rows(tmp_path / "out", "rejects")])
    assert found == [[], [], ["fetch_failed"], ["fetch_failed"]] and site.count("/2") == 3


def test_a_feed_that_cannot_be_read_is_said_in_one_line(site: Site, settings: Path, tmp_path: Path, onrecord: Any) -> None:
    site.put("/feed", b"no feed at all", "text/plain")
    done = onrecord("run", f"{site.url}/feed", "-o", tmp_path / "out", "--config", settings)
    assert done.returncode == 3 and "neither RSS nor Atom" in done.stderr and len(done.stderr.splitlines()) == 1


@pytest.mark.engine
def test_a_feed_of_500_entries_is_watched(site: Site, settings: Path, tmp_path: Path) -> None:
    """Three rounds with entries added and changed between: each article once, changed ones as versions."""
    out = tmp_path / "out"
    publish(site, {n: story(n) for n in range(500)})
    command = [sys.executable, "-m", "pipeline", "watch", f"{site.url}/feed", "-o", str(out), "--config", str(settings)]
    watch = subprocess.Popen([*command, "--every", "1s", "--json"], stdout=subprocess.PIPE, text=True)
    assert watch.stdout is not None
    try:
        changes = [
            {n: story(n, " anew" if n % 50 == 0 else "") for n in range(510)},
            {
                n: story(n, " at last" if n == 7 else " anew" if n % 50 == 0 else "") for n in range(5, 520)
            },  # five have left the feed
        ]
        found = [_documents(watch.stdout)]
        for entries in changes:
            publish(site, entries)
            found.append(_documents(watch.stdout))
        for _ in range(2):  # a round may have begun before the feed was changed for the last time
            watch.stdout.readline()
    finally:
        watch.terminate()
        assert watch.wait(60) == 0
    assert found == [500, 20, 11]
    documents = rows(out, "documents")
    assert len({d["article_id"] for d in documents}) == 520 and len(documents) == 531
    assert {d["version"] for d in documents if d["url"].endswith("/50")} == {1, 2}
    assert site.count("/robots.txt") == 1 and site.count("/feed", 304) >= 1
    assert all(site.count(f"/{n}", 200) == 1 for n in range(1, 50) if n != 7)


def _documents(stdout: Any) -> int:
    """New documents of the next round that has any."""
    for line in stdout:
        round_ = json.loads(line)
        assert round_["error"] is None, round_
        if round_["counts"]["documents"]:
            return int(round_["counts"]["documents"])
    raise AssertionError("watch ended")


def test_addresses_and_names_lead_nowhere_else(site: Site, settings: Path, tmp_path: Path, onrecord: Any) -> None:
    """Entries of a feed and fields of records that point to files: refused or kept as words, never opened nor written."""
    secret = tmp_path / "secret.html"
    secret.write_bytes(page(1, "<p>The secret of the wall stands here, and nobody but the engineers may read it today.</p>"))
    tricks = [secret.as_uri(), str(secret), "../../secret.html", f"{site.url}/../../../secret.html", f"{site.url}/%2e%2e/x"]
    items = "".join(f"<item><title>t</title><guid>{n}</guid><link>{t}</link></item>" for n, t in enumerate(tricks))
    site.put("/feed", f"<rss version='2.0'><channel><title>T</title>{items}</channel></rss>".encode(), "application/xml")
    source = tmp_path / "in" / "a.jsonl"
    source.parent.mkdir()
    tricky = {"id": "../../../x", "url": secret.as_uri(), "publisher": "../../y", "title": "/etc/z", "text": story(1)}
    source.write_text(json.dumps(tricky))
    before = set(tmp_path.rglob("*"))
    out = tmp_path / "deep" / "out"
    for given in (f"{site.url}/feed", source):
        onrecord("run", given, "--output", out, "--config", settings)
    assert {p for p in tmp_path.rglob("*") if out not in p.parents} - before == {out, out.parent}
    assert "secret" not in "".join(d["text"] for d in rows(out, "documents"))
    (refused,) = [r["detail"] for r in rows(out, "rejects") if r["reason"] == "forbidden"]
    assert "http and https are fetched" in refused
    # relative ones are addresses of the site that served the feed, which knows no such page
    assert {status for _, asked, status, _ in site.asked if asked not in ("/feed", "/robots.txt")} == {404}
