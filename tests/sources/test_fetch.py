"""The fetcher on a real server: what it asks, what it refuses, and how long a server can hold it."""

from __future__ import annotations

import gzip
import itertools
import socket
import threading
import time
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from onrecord.sources.records import Refused
from onrecord.sources.web.exchange import Stopped
from onrecord.sources.web.fetch import Fetcher, Later, Manners

from ..server import Site, serving

LOCAL = Manners(frozenset({"127.0.0.1"}), pause=0.0, timeout=5.0)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


def refused(url: str, manners: Manners = LOCAL) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        Fetcher(manners).fetch(url)
    return caught.value.reason, caught.value.detail


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9/", "http://localhost:9/", "http://[::1]:9/", "http://10.1.2.3/", "http://192.168.1.1/", "http://0.0.0.0/",
        "http://169.254.169.254/latest/meta-data", "http://[::ffff:127.0.0.1]/", "http://2130706433/", "file:///etc/passwd",
        "gopher://127.0.0.1/", "http:///nohost", "http://user@127.0.0.1/", "http://[fd00::1]/", "http://host:99999/",
    ],
)  # fmt: skip
def test_what_is_not_public_is_never_asked(url: str) -> None:
    assert refused(url, Manners())[0] == "forbidden"


def test_only_listed_hosts_are_asked_where_hosts_are_listed() -> None:
    assert refused("http://news.example/", LOCAL) == ("forbidden", "host 'news.example' is not listed in allow_hosts")


def test_a_redirect_is_checked_as_an_address_is(site: Site) -> None:
    site.put("/away", b"")
    site.status["/away"], site.headers["/away"] = 302, {"Location": "http://169.254.169.254/latest/meta-data"}
    reason, detail = refused(f"{site.url}/away")
    assert reason == "forbidden" and "169.254.169.254" in detail


def test_a_redirect_is_followed_but_not_for_ever(site: Site) -> None:
    site.put("/old", b"")
    site.status["/old"], site.headers["/old"] = 301, {"Location": "/new"}
    site.put("/new", b"here")
    assert Fetcher(LOCAL).fetch(f"{site.url}/old").body == b"here"
    site.headers["/old"] = {"Location": "/old"}
    assert refused(f"{site.url}/old") == ("fetch_failed", "more than 5 redirects")


def test_a_body_has_a_limit(site: Site) -> None:
    site.put("/big", b"x" * 100_000)
    assert refused(f"{site.url}/big", Manners(frozenset({"127.0.0.1"}), 0.0, 5.0, 50_000)) == (
        "fetch_failed",
        "more than 50000 bytes",
    )


def test_a_body_that_blows_up_is_cut_before_it_takes_memory(site: Site) -> None:
    zeros = gzip.compress(bytes(64 << 20))
    site.put("/big", zeros)
    site.put("/bigger", gzip.compress(zeros))
    site.headers["/big"]["Content-Encoding"], site.headers["/bigger"]["Content-Encoding"] = "gzip", "gzip, gzip"
    tracemalloc.start()
    try:
        for path in ("/big", "/bigger"):
            assert refused(f"{site.url}{path}", Manners(frozenset({"127.0.0.1"}), 0.0, 5.0, 1 << 20))[0] == "fetch_failed"
        assert tracemalloc.get_traced_memory()[1] < 8 << 20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("status", [429, 500, 503, None])
def test_a_site_whose_robots_txt_fails_is_asked_later(site: Site, status: int | None) -> None:
    """Nobody knows what it allows; that says nothing of its pages."""
    site.put("/1", b"page")
    site.status["/robots.txt"] = status or 200
    if status is None:
        site.raw["/robots.txt"] = b"no answer in HTTP", 0.0
    with pytest.raises(Later, match=r"robots\.txt cannot be read"):
        Fetcher(LOCAL).fetch(f"{site.url}/1")
    assert site.count("/1") == 0


def test_a_site_that_cannot_be_reached_is_asked_later() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(Later):
        Fetcher(LOCAL).fetch(f"http://127.0.0.1:{port}/1")


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_robots_txt_that_is_not_there_forbids_nothing(site: Site, status: int) -> None:
    site.put("/1", b"page")
    site.status["/robots.txt"] = status
    assert Fetcher(LOCAL).fetch(f"{site.url}/1").body == b"page"


def forbids(site: Site, robots: bytes) -> bool:
    """Whether these rules keep the page /1 from being fetched."""
    site.put("/1", b"page")
    site.put("/robots.txt", robots, "text/plain")
    try:
        return Fetcher(LOCAL).fetch(f"{site.url}/1").body != b"page"
    except Refused as error:
        assert not isinstance(error, Later), error
        return error.reason == "forbidden"


def test_a_byte_order_mark_does_not_hide_rules(site: Site) -> None:
    assert forbids(site, b"\xef\xbb\xbfUser-agent: *\nDisallow: /\n")


def test_a_long_robots_txt_is_read_as_far_as_it_must_be(site: Site) -> None:
    rules, line = b"User-agent: *\nDisallow: /1\n", b"# the wall of the town is long, and so is this\n"
    assert forbids(site, rules + 20_000 * line)
    assert forbids(site, 10_000 * line + rules + 10_000 * line)
    assert not forbids(site, 12_000 * line + rules)
    # a line that is cut is no line: half of /1-and-more would be /1
    head = b"User-agent: *\n"
    room = 512 * 1024 - len(head) - len(b"Disallow: /1")
    filled = head + (room // 2) * b"#\n" + (b"\n" if room % 2 else b"")
    assert not forbids(site, filled + b"Disallow: /1-and-more\n")


def redirects(site: Site, hops: int) -> None:
    """Let robots.txt lie this many redirects away."""
    for n in range(hops):
        path = f"/robots{n}" if n else "/robots.txt"
        site.put(path, b"")
        site.status[path], site.headers[path] = 302, {"Location": f"/robots{n + 1}"}
    site.put(f"/robots{hops}", b"User-agent: *\nDisallow: /1\n", "text/plain")
    site.put("/1", b"page")


def test_a_redirected_robots_txt_is_followed_five_hops(site: Site) -> None:
    redirects(site, 5)
    assert refused(f"{site.url}/1") == ("forbidden", "robots.txt does not allow it")
    redirects(site, 6)
    assert Fetcher(LOCAL).fetch(f"{site.url}/1").body == b"page"


def test_a_redirected_robots_txt_is_checked_as_an_address_is(site: Site) -> None:
    redirects(site, 1)
    site.headers["/robots.txt"] = {"Location": "http://169.254.169.254/robots.txt"}
    reason, detail = refused(f"{site.url}/1")
    assert reason == "forbidden" and "169.254.169.254" in detail
    for nowhere in ("http://[", "ftp://127.0.0.1/robots.txt"):
        site.headers["/robots.txt"] = {"Location": nowhere}
        assert Fetcher(LOCAL).fetch(f"{site.url}/1").body == b"page"


@pytest.mark.parametrize("status", [429, 503])
def test_a_server_that_asks_for_rest_gets_it(site: Site, status: int) -> None:
    site.put("/1", b"")
    site.put("/2", b"page")
    fetcher = Fetcher(LOCAL)
    at = datetime.now(UTC) + timedelta(hours=1)
    for told, seconds in (("120", 120), (format_datetime(at, usegmt=True), 3600), ("999999999999999999", 86400)):
        fetcher.rests.clear()
        site.status["/1"], site.headers["/1"] = status, {"Retry-After": told}
        for path in ("/1", "/2"):
            with pytest.raises(Later):
                fetcher.fetch(f"{site.url}{path}")
        assert fetcher.rests[site.url] == pytest.approx(time.time() + seconds, abs=5)
    assert site.count("/2") == 0
    fetcher.rests[site.url] = time.time() - 1
    assert fetcher.fetch(f"{site.url}/2").body == b"page"


@pytest.mark.parametrize("told", ["soon", "-5", "Mon, 99 Foo 2026 99:99:99 +9999", "nan", "1e9", "\xa0", "²"])
def test_a_rest_that_cannot_be_read_is_none(site: Site, told: str) -> None:
    site.put("/1", b"")
    site.status["/1"], site.headers["/1"] = 503, {"Retry-After": told}
    assert refused(f"{site.url}/1") == ("fetch_failed", "status 503")


BROKEN = [
    "http://[", "http://a]/", "http://[::1]x/", "http://127.0.0.1:99999/", "http://127.0.0.1:x/", "http://", "//", "///", "http:",
    "http://a..b/", "http://.b/", f"http://{'a' * 70}.example/", f"http://{'b.' * 200}/", "http://\u2100.example/", "ftp://x/",
    "http://127.0.0.1:80@[/", "http://%5b::1]/", "javascript:alert(1)", "\\\\x", "http://xn--a-ecp.example/", "http://a%00b/",
]  # fmt: skip


@pytest.mark.parametrize("away", [*BROKEN, "/" + "a" * 5000])
def test_a_redirect_to_a_broken_address_is_a_refusal(site: Site, away: str) -> None:
    site.put("/away", b"")
    site.status["/away"], site.headers["/away"] = 302, {"Location": away.encode().decode("latin-1")}
    hosts = {"127.0.0.1", "a..b", ".b", f"{'a' * 70}.example", ("b." * 200).rstrip("."), "a%00b", "xn--a-ecp.example"}
    with pytest.raises(Refused):
        Fetcher(Manners(frozenset(hosts), 0.0, 5.0)).fetch(f"{site.url}/away")


@pytest.mark.parametrize(
    "url", [*BROKEN, "http://127.0.0.1/\ud800", "http://\ud800/", "\x00", "", " ", "http://a\x00b/", "a" * 9999]
)
def test_a_broken_address_is_a_refusal(url: str) -> None:
    assert refused(url, Manners(frozenset({"a..b", ".b", f"{'a' * 70}.example", "a\x00b"}), 0.0, 1.0))


ANSWERS = [
    b"", b"\x00" * 500, b"HTTP/9.9 abc\r\n\r\n", b"HTTP/1.1 99999 x\r\n\r\n",
    b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nabc", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nno",
    b"HTTP/1.1 200 OK\r\nA: " + b"x" * 70_000 + b"\r\n\r\n", b"\x1b[31mHTTP/1.1 [/red]\r\n\r\n",
]  # fmt: skip


@pytest.mark.parametrize("answer", ANSWERS, ids=range(len(ANSWERS)))
def test_an_answer_that_is_none_is_a_refusal(site: Site, answer: bytes) -> None:
    site.raw["/1"] = answer, 0.0
    try:
        assert Fetcher(LOCAL).fetch(f"{site.url}/1").body in (b"", b"abc", b"no")
    except Refused as error:
        assert error.reason == "fetch_failed"


def test_the_address_that_was_checked_is_the_one_connected_to(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name is looked up once a request: what it stands for the next time is of no account."""
    real, looked_up = socket.getaddrinfo, []

    def resolver(host: str, *rest: Any, **options: Any) -> Any:
        if host == "turns.example":
            looked_up.append(host)
            host = "127.0.0.1"
        return real(host, *rest, **options)

    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    site.put("/1", b"page")
    url = f"http://turns.example:{site.port}/1"
    assert Fetcher(Manners(frozenset({"turns.example"}), 0.0, 5.0)).fetch(url).body == b"page"
    assert len(looked_up) == len(site.asked) == 2  # robots.txt and the page
    assert refused(url, Manners())[0] == "forbidden" and len(site.asked) == 2


# ------------------------------------------------------------------ time

SLOW = b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 60_000


def held_for(fetcher: Fetcher, url: str) -> float:
    begun = time.monotonic()
    threading.Timer(0.3, fetcher.stop.set).start()
    with pytest.raises(Stopped):
        fetcher.fetch(url)
    return time.monotonic() - begun


@pytest.mark.parametrize(
    "sent", [(SLOW, 0.05), (b"HTTP/1.1 200 OK\r\n\r\n" + b"a" * 60_000, 0.05), (b"a", 60.0)], ids=["head", "body", "silent"]
)
@pytest.mark.parametrize("path", ["/robots.txt", "/1"])
def test_no_server_holds_one_who_is_asked_to_stop(site: Site, path: str, sent: tuple[bytes, float]) -> None:
    site.raw[path] = sent
    before = threading.active_count()
    assert held_for(Fetcher(LOCAL), f"{site.url}/1") < 2
    ends = time.monotonic() + 5
    while any(t.name.startswith("Thread") and "(go)" in t.name for t in threading.enumerate()):
        assert time.monotonic() < ends, before  # what it waited on was cut
        time.sleep(0.01)


def test_no_pause_holds_one_who_is_asked_to_stop(site: Site) -> None:
    assert held_for(Fetcher(Manners(frozenset({"127.0.0.1"}), 60.0)), f"{site.url}/1") < 2
    site.put("/robots.txt", b"User-agent: *\nCrawl-delay: 50\n")
    assert held_for(Fetcher(LOCAL), f"{site.url}/1") < 2


def test_a_head_that_never_ends_costs_ten_times_the_timeout(site: Site) -> None:
    site.raw["/1"] = SLOW, 0.05
    begun = time.monotonic()
    assert refused(f"{site.url}/1", Manners(frozenset({"127.0.0.1"}), 0.0, 0.1)) == ("fetch_failed", "took more than 1 s")
    assert time.monotonic() - begun < 3


# ------------------------------------------------------------------ credentials


def sent_with(site: Site, path: str) -> list[str | None]:
    return [headers.get("Authorization") for _, asked, _, headers in site.asked if asked == path]


def test_credentials_of_the_user_go_to_their_site_only(site: Site) -> None:
    fetcher = Fetcher(Manners(frozenset({"127.0.0.1", "localhost"}), 0.0, 5.0))
    given = f"http://ann:hem%6Delig@127.0.0.1:{site.port}/feed"
    assert fetcher.trust(given) == f"{site.url}/feed"
    for path in ("/feed", "/1"):
        site.put(path, b"here")
        fetcher.fetch(site.url + path)
        assert sent_with(site, path) == ["Basic YW5uOmhlbW1lbGln"]
    site.put("/away", b"")
    site.status["/away"], site.headers["/away"] = 302, {"Location": f"http://bo:fremd@localhost:{site.port}/there"}
    site.put("/there", b"there")
    answer = fetcher.fetch(f"{site.url}/away")
    assert answer.url == f"http://localhost:{site.port}/there" and sent_with(site, "/there") == [None]


@pytest.mark.parametrize(("robots", "pause"), [(b"", 0.15), (b"User-agent: *\nCrawl-delay: 0.3\n", 0.3)])
def test_the_pause_between_two_requests_is_kept(site: Site, robots: bytes, pause: float) -> None:
    site.put("/robots.txt", robots, "text/plain")
    fetcher = Fetcher(Manners(frozenset({"127.0.0.1"}), 0.15, 5.0))
    for n in range(3):
        site.put(f"/{n}", b"page")
        fetcher.fetch(f"{site.url}/{n}")
    times = [t for t, path, *_ in site.asked if path != "/robots.txt"]
    assert all(b - a >= 0.6 * pause for a, b in itertools.pairwise(times))


def test_a_server_that_never_answers_costs_the_timeout(site: Site) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as silent:
        begin = time.monotonic()
        reason, _ = refused(f"http://127.0.0.1:{silent.getsockname()[1]}/", Manners(frozenset({"127.0.0.1"}), 0.0, 0.5))
        assert time.monotonic() - begin < 3
    assert reason in ("fetch_failed", "forbidden")
