"""Fetching pages politely and safely: allowed hosts only, robots.txt, a pause for each host, limits, conditional requests.

Nothing is fetched from an address that is not public, unless its host is listed: names are resolved first, each address is
checked, and the connection goes to the address that was checked, on every redirect anew (RFC 9309 for robots.txt, RFC 9110
for conditional requests).
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

import urllib3
from protego import Protego

from .records import Refused

AGENT = "onrecord"
_SCHEMES = {"http": 80, "https": 443}
_REDIRECTS = 5
_ROBOTS_BYTES = 512 * 1024  # RFC 9309 asks for at least 500 KiB
_ROBOTS_SECONDS = 3600.0  # for which a robots.txt is taken as read
_LONGEST_PAUSE = 60.0  # seconds between requests that a robots.txt may ask for


@dataclass(frozen=True)
class Manners:
    """What may be fetched, and how.

    Attributes:
        allow_hosts: hosts that may be fetched from; empty: every public one. A listed host may also be private or local.
        pause: seconds between two requests to a host, at least.
        timeout: seconds for connecting, and for each read.
        max_bytes: longest body, decompressed.
    """

    allow_hosts: frozenset[str] = frozenset()
    pause: float = 1.0
    timeout: float = 20.0
    max_bytes: int = 8 << 20


@dataclass(frozen=True)
class Answer:
    """What a server answered; ``status`` 304 has no body."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def validators(self) -> dict[str, str]:
        """What to send with the next request for the same page."""
        named = {"etag": self.headers.get("etag"), "modified": self.headers.get("last-modified")}
        return {k: v for k, v in named.items() if v}


@dataclass
class Fetcher:
    """Fetches pages, one at a time; remembers robots.txt and the last request of each host while it lives."""

    manners: Manners = field(default_factory=Manners)
    _robots: dict[str, tuple[Protego, float]] = field(default_factory=dict)
    _last: dict[str, float] = field(default_factory=dict)

    def fetch(self, url: str, validators: Mapping[str, str] | None = None) -> Answer:
        """Fetch a page, following redirects.

        Args:
            url: its address.
            validators: those of the last answer: an unchanged page is answered by 304.

        Raises:
            Refused: ``forbidden`` (host, address, scheme or robots.txt) or ``fetch_failed``.
        """
        headers = {"If-None-Match": validators.get("etag"), "If-Modified-Since": validators.get("modified")} if validators else {}
        for _ in range(_REDIRECTS + 1):
            self._check_robots(url)
            answer = self._get(url, {k: v for k, v in headers.items() if v}, self.manners.max_bytes)
            if answer.status not in (301, 302, 303, 307, 308) or "location" not in answer.headers:
                break
            url = _joined(url, answer.headers["location"])
        else:
            raise Refused("fetch_failed", f"more than {_REDIRECTS} redirects")
        if answer.status not in (200, 304):
            raise Refused("fetch_failed", f"status {answer.status}")
        return answer

    def _check_robots(self, url: str) -> None:
        parts, _ = _split(url)
        site = f"{parts.scheme}://{parts.netloc}"
        rules, read_at = self._robots.get(site, (None, 0.0))
        if rules is None or time.monotonic() - read_at > _ROBOTS_SECONDS:
            rules = Protego.parse(self._robots_txt(site))
            self._robots[site] = rules, time.monotonic()
        if not rules.can_fetch(url, AGENT):
            raise Refused("forbidden", "robots.txt does not allow it")

    def _robots_txt(self, site: str) -> str:
        """The rules of a site: none where there are none, and all forbidden where the server fails (RFC 9309, 2.3.1)."""
        try:
            answer = self._get(f"{site}/robots.txt", {}, _ROBOTS_BYTES)
        except Refused as error:
            if error.reason == "forbidden":
                raise
            return "User-agent: *\nDisallow: /"
        if answer.status >= 500:
            return "User-agent: *\nDisallow: /"
        return answer.body.decode("utf-8", "replace") if answer.status == 200 else ""

    def _get(self, url: str, headers: Mapping[str, str], most: int) -> Answer:
        parts, port = _split(url)
        host = (parts.hostname or "").rstrip(".")
        address = self._checked_address(parts.scheme, host, port)
        self._wait(host, f"{parts.scheme}://{parts.netloc}")
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        sent = {
            "Host": parts.netloc.rpartition("@")[2],
            "User-Agent": AGENT,
            "Accept-Encoding": "gzip",
            **headers,
        }
        timeout = urllib3.Timeout(connect=self.manners.timeout, read=self.manners.timeout)
        try:
            with _pool(parts.scheme, address, port, host, timeout) as pool:
                response = pool.request("GET", path, headers=sent, redirect=False, retries=False, preload_content=False)
                try:
                    return Answer(
                        url, response.status, {k.lower(): v for k, v in response.headers.items()}, self._body(response, most)
                    )
                finally:
                    response.close()
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            raise Refused("fetch_failed", f"{type(error).__name__}: {' '.join(str(error).split())[:200]}") from None

    def _body(self, response: Any, most: int) -> bytes:
        """The body, decompressed; read to its limit only, and within a time that grows with none of the server's tricks."""
        ends = time.monotonic() + 10 * self.manners.timeout
        body = bytearray()
        for data in response.stream(65536, decode_content=True):
            body += data
            if len(body) > most:
                raise Refused("fetch_failed", f"more than {most} bytes")
            if time.monotonic() > ends:
                raise Refused("fetch_failed", f"took more than {10 * self.manners.timeout:.0f} s")
        return bytes(body)

    def _checked_address(self, scheme: str, host: str, port: int) -> str:
        """The address to connect to: every one that the host's name stands for must be public, or the host listed."""
        if scheme not in _SCHEMES:
            raise Refused("forbidden", f"scheme {scheme or '?'!r}; http and https are fetched")
        listed = host in self.manners.allow_hosts
        if not host or (self.manners.allow_hosts and not listed):
            raise Refused("forbidden", f"host {host or '?'!r} is not listed in allow_hosts")
        try:
            found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        except OSError as error:
            raise Refused("fetch_failed", f"host {host!r}: {error.strerror or error}") from None
        private = [a for a in found if not _is_public(a)]
        if private and not listed:
            raise Refused(
                "forbidden", f"host {host!r} stands for {private[0]}, which is not public; list it in allow_hosts to allow it"
            )
        return found[0]

    def _wait(self, host: str, site: str) -> None:
        """Wait until the host may be asked again."""
        rules, _ = self._robots.get(site, (None, 0.0))
        asked = float((rules.crawl_delay(AGENT) if rules is not None else None) or 0)
        pause = max(self.manners.pause, min(asked, _LONGEST_PAUSE))
        left = self._last.get(host, -1e9) + pause - time.monotonic()
        if left > 0:
            time.sleep(left)
        self._last[host] = time.monotonic()


def _is_public(address: str) -> bool:
    """Whether an address is one of the public internet; those that map to an IPv4 address are as public as that."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    return (mapped or ip).is_global and not ip.is_multicast


def _split(url: str) -> tuple[SplitResult, int]:
    """The parts of an address, and its port."""
    try:
        parts = urlsplit(url)
        return parts, parts.port or _SCHEMES.get(parts.scheme, 0)
    except ValueError:
        raise Refused("forbidden", f"no address that can be fetched: {url[:200]!r}") from None


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:
        raise Refused("forbidden", f"no address that can be fetched: {location[:200]!r}") from None


def _pool(scheme: str, address: str, port: int, host: str, timeout: urllib3.Timeout) -> urllib3.HTTPConnectionPool:
    """Connections to one address; certificates are checked against the host's name."""
    if scheme == "https":
        return urllib3.HTTPSConnectionPool(address, port, timeout=timeout, maxsize=1, server_hostname=host, assert_hostname=host)
    return urllib3.HTTPConnectionPool(address, port, timeout=timeout, maxsize=1)
