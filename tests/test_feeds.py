"""Feeds from a real server: each article once, changed ones as versions, politely, and nothing that is not allowed."""

from __future__ import annotations

import dataclasses
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

import onrecord.jobs.run
from onrecord.jobs.config import Config
from onrecord.jobs.retry import retry_rejects
from onrecord.jobs.run import run
from onrecord.jobs.summary import Summary
from onrecord.store.care.verify import verify

from .conftest import complaints, rows
from .server import Site, feed, serving
from .sources.pages import page

pytestmark = pytest.mark.engine

CONFIG = Config(allow_hosts=["127.0.0.1"], pause=0, timeout=5)


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


@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_three_rounds_of_a_feed(site: Site, tmp_path: Path, kind: str) -> None:
    out = tmp_path / "out"

    def go() -> Summary:
        onrecord.jobs.run._fetcher.cache_clear()  # as in a process of its own
        return run([f"{site.url}/feed"], out, CONFIG)

    publish(site, {n: story(n) for n in range(6)}, kind)
    assert go().counts["documents"] == 6
    asked = len(site.asked)
    assert go().run_id is None and [s for _, _, s, _ in site.asked[asked:]] == [404, 304]  # robots.txt, the feed
    publish(site, {n: story(n, " anew" if n == 2 else "") for n in range(8)}, kind)
    assert go().counts["documents"] == 3
    documents = rows(out, "documents")
    assert len(documents) == 9 and {d["version"] for d in documents if d["url"].endswith("/2")} == {1, 2}
    assert all(site.count(f"/{n}", 200) == (2 if n == 2 else 1) for n in range(8))
    assert not list((out / "_feeds").glob("*.warc.gz"))  # taken: the record holds what they held
    assert not list(verify(out))
    first = min(documents, key=lambda d: d["url"])
    assert (first["publisher"], first["published_at"]) == ("Brenn Courier", datetime(2026, 10, 5, 16, 30, tzinfo=UTC))


def test_relative_addresses_are_those_of_the_feed(site: Site, tmp_path: Path) -> None:
    publish(site, {1: story(1), 2: story(2), 3: story(3)})
    rss = "<rss version='2.0'><channel><title>T</title>{}</channel></rss>"
    item = "<item><title>t</title><guid>{0}</guid><link>{0}</link></item>"
    site.put("/feed", rss.format(item.format("/1") + item.format("2")).encode(), "application/xml")
    site.put("/deep/feed", rss.format(item.format("../3")).encode(), "application/xml")
    feeds = [f"{site.url}/feed", f"{site.url}/deep/feed"]
    run(feeds, tmp_path / "out", CONFIG)
    assert {d["url"] for d in rows(tmp_path / "out", "documents")} == {f"{site.url}/{n}" for n in (1, 2, 3)}


def test_an_entry_that_changed_without_its_page_is_asked_for_and_not_read_again(site: Site, tmp_path: Path) -> None:
    publish(site, {1: story(1)})
    for summary in (story(1), "another summary"):
        site.put("/feed", feed(site, {1: summary}), "application/xml")
        run([f"{site.url}/feed"], tmp_path / "out", CONFIG)
    assert (site.count("/1", 200), site.count("/1", 304)) == (1, 1)
    assert len(rows(tmp_path / "out", "documents")) == len(rows(tmp_path / "out", "appearances")) == 1


def test_robots_txt_is_kept_and_what_it_forbids_is_a_reject(site: Site, tmp_path: Path) -> None:
    publish(site, {1: story(1), 2: story(2)})
    site.put("/robots.txt", b"User-agent: *\nDisallow: /2\n", "text/plain")
    run([f"{site.url}/feed"], tmp_path / "out", CONFIG)
    assert site.count("/2") == 0 and site.count("/robots.txt") == 1
    (reject,) = rows(tmp_path / "out", "rejects")
    assert reject["reason"] == "forbidden" and "robots.txt" in reject["detail"] and f"{site.url}/2" in reject["detail"]


def test_a_page_that_fails_is_tried_three_times_and_then_rejected(site: Site, tmp_path: Path) -> None:
    publish(site, {2: story(2)})
    site.status["/2"] = 500
    found = [run([f"{site.url}/feed"], tmp_path / "out", CONFIG).rejects for _ in range(4)]
    assert found == [{}, {}, {"fetch_failed": 1}, {}] and site.count("/2") == 3


def test_feeds_that_cannot_be_read_are_told_word_for_word_and_set_the_status(
    site: Site, settings: Path, tmp_path: Path, onrecord: Any
) -> None:
    publish(site, {1: story(1)})
    site.put("/none", b"no feed at all", "text/plain")
    site.raw["/raw"] = b"\x1b[31m[/red] :smile:\r\n\r\n", 0.0
    marked = ["[/]", "[red]", "[/bold]", "[link=x]", ":smile:", "[", "\x1b[31m", "[@click=x]"]
    given = [f"{site.url}/{path}" for path in ("feed", "none", "raw", *marked)]
    done = onrecord(
        "run", *given, "http://user:hem/melig@[", "http://10.0.0.1/feed", "-o", tmp_path / "out", "--config", settings, "--json"
    )
    assert done.returncode == 3
    told = json.loads(done.stdout)
    assert told["counts"]["documents"] == 1 and told["feeds"]["pages"] == 1
    assert (
        set(given[1:]) | {"http://10.0.0.1/feed"} < set(told["feeds"]["unread"])
        and len(told["feeds"]["unread"]) == len(given) + 1
    )
    lines = complaints(done.stderr)
    assert len(lines) == len(told["feeds"]["unread"])
    for path in marked:
        assert f"onrecord: feed {site.url}/{path}: fetch_failed: status 404".replace("\x1b", "\u241b") in lines
    assert any("neither RSS, Atom" in line for line in lines) and any("10.0.0.1' is not listed" in line for line in lines)
    assert any("[/red] :smile:" in line for line in lines)
    assert "\x1b" not in done.stderr and "melig" not in done.stderr + done.stdout
    done = onrecord("run", given[1], "-o", tmp_path / "out", "--config", settings, "-q")  # an error is told still
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (3, "", 1) and f"feed {given[1]}: " in done.stderr


def test_a_signal_ends_a_round_that_waits_for_a_server_and_loses_nothing(site: Site, settings: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    publish(site, {n: story(n) for n in range(4)})
    site.raw["/2"] = b"H", 60.0
    for command in (["watch", "--every", "1s"], ["run"]):
        asked = len(site.asked)
        process = subprocess.Popen(
            [sys.executable, "-m", "onrecord", *command, f"{site.url}/feed", "-o", str(out), "--config", str(settings)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            while not any(path == "/2" for _, path, *_ in site.asked[asked:]):
                time.sleep(0.02)
            begun = time.monotonic()
            process.terminate()
            _, told = process.communicate(timeout=30)
        finally:
            process.kill()
        assert time.monotonic() - begun < 5
        if command[0] == "watch":
            assert process.returncode == 0 and "what was fetched is kept" in told
        else:
            assert process.returncode == 1 and "interrupted; nothing was published" in told
        assert len(list((out / "_feeds").glob("*.warc.gz"))) == 1
    del site.raw["/2"]
    publish(site, {})  # the feed names none of them any more
    summary = run([f"{site.url}/feed"], out, CONFIG)
    assert summary.counts["documents"] == 4 and all(site.count(f"/{n}", 200) == 1 for n in range(4))


def test_no_password_is_found_in_the_folder(site: Site, tmp_path: Path) -> None:
    """Whether the user gave it, or a feed, a redirect, a page or a record of another source holds it."""
    site.put("/robots.txt", b"User-agent: *\nDisallow: /3\n", "text/plain")
    given, others = (f"http://{who}@127.0.0.1:{site.port}" for who in ("ann:hemmelig", "bo:fremd"))
    publish(site, {n: story(n) for n in range(5)})
    site.pages["/feed"] = site.pages["/feed"].replace(site.url.encode(), others.encode())
    site.pages["/1"] = site.pages["/1"].replace(b"</head>", f"<link rel='canonical' href='{others}/one'></head>".encode())
    site.pages["/4"] = b""
    site.status["/2"], site.headers["/2"] = 302, {"Location": f"{others}/0"}
    source = tmp_path / "in" / "a.jsonl"
    source.parent.mkdir()
    source.write_text(json.dumps({"url": f"{others}/5", "text": story(5)}))
    told: list[str] = []
    summary = run([f"{given}/feed", f"{given}/none", str(source)], tmp_path / "out", CONFIG, told=told.append)
    assert summary.counts["documents"] == 3 and summary.rejects == {"empty": 1, "forbidden": 1}
    assert {d["url"] for d in rows(tmp_path / "out", "documents")} >= {f"{site.url}/0", f"{site.url}/one", f"{site.url}/5"}
    found = json.dumps(dataclasses.asdict(summary), default=str).encode() + "".join(told).encode()
    for path in (tmp_path / "out").rglob("*"):
        if path.suffix == ".parquet":
            found += repr(pq.read_table(path).to_pylist()).encode()
        elif path.is_file():
            found += path.read_bytes()
    assert site.url.encode() in found and not any(word in found for word in (b"hemmelig", b"fremd"))
    assert {h.get("Authorization") for _, path, _, h in site.asked if path == "/0"} == {"Basic YW5uOmhlbW1lbGln"}


def test_pages_that_were_refused_are_fetched_again_by_retry_rejects(site: Site, tmp_path: Path) -> None:
    """Such as those that an outage kept from being read, with an earlier version."""
    out = tmp_path / "out"
    publish(site, {n: story(n) for n in range(3)})
    site.put("/robots.txt", b"User-agent: *\nDisallow: /0\nDisallow: /1\n", "text/plain")
    assert run([f"{site.url}/feed"], out, CONFIG).rejects == {"forbidden": 2}
    site.put("/robots.txt", b"User-agent: *\nDisallow: /1\n", "text/plain")
    onrecord.jobs.run._fetcher.cache_clear()  # as in another process, which has not read robots.txt yet
    done = retry_rejects(out, CONFIG.model_copy(update={"format": "feed"}))
    assert (done.retired, done.refused_again, done.out_of_reach) == (1, 1, 0)
    documents = {d["url"]: d for d in rows(out, "documents")}
    assert set(documents) == {f"{site.url}/0", f"{site.url}/2"}
    assert documents[f"{site.url}/0"]["publisher"] == "Brenn Courier" and documents[f"{site.url}/0"]["published_at"]
    assert [r["detail"].split(": ")[0] for r in rows(out, "rejects")] == [f"{site.url}/1"]
    assert not list((out / "_feeds").glob("*.warc.gz")) and not list(verify(out))
    done = retry_rejects(out, CONFIG.model_copy(update={"format": "feed"}))
    assert (done.retired, done.refused_again, done.out_of_reach) == (0, 1, 0)


def test_a_feed_of_500_entries_is_watched(site: Site, settings: Path, tmp_path: Path) -> None:
    """Three rounds with entries added and changed between: each article once, changed ones as versions."""
    out = tmp_path / "out"
    publish(site, {n: story(n) for n in range(500)})
    command = [sys.executable, "-m", "onrecord", "watch", f"{site.url}/feed", "-o", str(out), "--config", str(settings)]
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


@pytest.mark.timeout(3600 if "ONRECORD_ENTRIES" in os.environ else 240)
def test_a_round_of_many_entries_that_is_killed_and_interrupted_goes_on(site: Site, settings: Path, tmp_path: Path) -> None:
    """``ONRECORD_ENTRIES=6000`` for as many as a large feed has."""
    out, many = tmp_path / "out", int(os.environ.get("ONRECORD_ENTRIES", "600"))
    settings.write_text(settings.read_text() + f"feed_pages: {many}\n")
    publish(site, {n: story(n) for n in range(many)})
    command = [sys.executable, "-m", "onrecord", "run", f"{site.url}/feed", "-o", str(out), "--config", str(settings)]
    for end, share in ((signal.SIGKILL, 3), (signal.SIGINT, 2)):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        try:
            while len(site.asked) < many // share:
                assert process.poll() is None
                time.sleep(0.01)
            process.send_signal(end)
            _, told = process.communicate(timeout=60)
        finally:
            process.kill()
        assert end == signal.SIGKILL or "the next run of these feeds reads what was fetched" in told
    begun = time.monotonic()
    last = subprocess.run([*command, "--json"], capture_output=True, text=True, check=True)
    print(f"{many} entries: {time.monotonic() - begun:.0f} s, {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10} MiB")
    assert json.loads(last.stdout)["counts"]["documents"] == many
    asked = Counter(path for _, path, status, _ in site.asked if status == 200)
    twice = {path for path, count in asked.items() if count > 1} - {"/feed", "/robots.txt"}
    assert asked.keys() >= {f"/{n}" for n in range(many)}
    assert len(twice) <= 2 and max(asked[path] for path in twice or ["/0"]) <= 2  # those that were on their way
    assert sorted(d["url"].rpartition("/")[2] for d in rows(out, "documents")) == sorted(map(str, range(many)))


def _documents(stdout: Any) -> int:
    """New documents of the next round that has any."""
    for line in stdout:
        round_ = json.loads(line)
        assert round_["error"] is None, round_
        if round_["counts"]["documents"]:
            return int(round_["counts"]["documents"])
    raise AssertionError("watch ended")


def test_addresses_and_names_lead_nowhere_else(site: Site, tmp_path: Path) -> None:
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
    run([f"{site.url}/feed", str(source)], out, CONFIG)
    assert {p for p in tmp_path.rglob("*") if out not in p.parents} - before == {out, out.parent}
    assert "secret" not in "".join(d["text"] for d in rows(out, "documents"))
    (refused,) = [r["detail"] for r in rows(out, "rejects") if r["reason"] == "forbidden"]
    assert "http and https are fetched" in refused
    # relative ones are addresses of the site that served the feed, which knows no such page
    assert {status for _, asked, status, _ in site.asked if asked not in ("/feed", "/robots.txt")} == {404}
