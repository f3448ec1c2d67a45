"""Fetching pages politely and safely: allowed hosts only, robots.txt, a pause for each host, limits, conditional requests.

Nothing is fetched from an address that is not public, unless its host is listed: names are resolved first, each address is
checked, and the connection goes to an address that was checked, on every redirect anew (RFC 9309 for robots.txt, RFC 9110
for conditional requests and Retry-After). Names and passwords that stand in addresses are used where the user gave them,
for the same site only, and never kept.
"""

from __future__ import annotations

import base64
import socket
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import unquote

from protego import Protego

from ..records import Refused
from .addresses import Where, credentials, is_public, joined, parse
from .exchange import Answer, Stopped, Wire, ask, interruptible

AGENT = "onrecord"
_REDIRECTS = 5
_REDIRECTED = (301, 302, 303, 307, 308)
_ROBOTS_BYTES = 512 * 1024  # RFC 9309 asks for at least 500 KiB
_ROBOTS_SECONDS = 3600.0  # for which a robots.txt is taken as read
_OUTAGE_SECONDS = 30.0  # for which a robots.txt that could not be read is not asked for again
_LONGEST_PAUSE = 60.0  # seconds between requests that a robots.txt may ask for
_LONGEST_REST = 86400.0  # seconds without requests that a server may ask for


class Later(Refused):
    """A page that cannot be asked for now; nothing is said of the page itself."""

    def __init__(self, detail: str) -> None:
        super().__init__("fetch_failed", detail)


@dataclass(frozen=True)
class Manners:
    """What may be fetched, and how.

    Attributes:
        allow_hosts: hosts that may be fetched from; empty: every public one. A listed host may also be private or local.
        pause: seconds between two requests to a host, at least.
        timeout: seconds for connecting, and for each read; ten times as many for a whole answer.
        max_bytes: longest body, decompressed.
    """

    allow_hosts: frozenset[str] = frozenset()
    pause: float = 1.0
    timeout: float = 20.0
    max_bytes: int = 8 << 20


@dataclass
class Fetcher:
    """Fetches pages, one at a time; remembers robots.txt and the last request of each host while it lives.

    Attributes:
        manners: what may be fetched, and how.
        stop: ends whatever is waited for.
        rests: by site, the time (seconds since 1970) until which its server asked to be left alone.
    """

    manners: Manners = field(default_factory=Manners)
    stop: threading.Event = field(default_factory=threading.Event)
    rests: dict[str, float] = field(default_factory=dict)
    _robots: dict[str, tuple[Protego | str, float]] = field(default_factory=dict)  # a word is why there are no rules
    _last: dict[str, float] = field(default_factory=dict)
    _credentials: dict[str, str] = field(default_factory=dict)

    def trust(self, url: str) -> str:
        """The address without name and password; they are sent to its site from now on.

        Raises:
            Refused: ``forbidden``: no address that can be fetched.
        """
        where, given = parse(url), credentials(url)
        if given is not None:
            self._credentials[where.site] = base64.b64encode(unquote(given).encode()).decode()
        return where.url

    def fetch(self, url: str, validators: Mapping[str, str] | None = None, most: int = 0) -> Answer:
        """Fetch a page, following redirects.

        Args:
            url: its address; a name or password in it is not used.
            validators: those of the last answer: an unchanged page is answered by 304.
            most: longest body, decompressed, where it may be longer than that of a page.

        Raises:
            Later: it cannot be asked for now.
            Refused: ``forbidden`` (host, address, scheme or robots.txt) or ``fetch_failed``.
            Stopped: the end was asked for.
        """
        named = {"If-None-Match": "etag", "If-Modified-Since": "modified"}
        headers = {k: validators[v] for k, v in named.items() if validators.get(v)} if validators else {}
        where = parse(url)
        for _ in range(_REDIRECTS + 1):
            self._check_robots(where)
            answer = self._get(where, headers, max(most, self.manners.max_bytes))
            if answer.status not in _REDIRECTED or "location" not in answer.headers:
                break
            where = parse(joined(where.url, answer.headers["location"]))
        else:
            raise Refused("fetch_failed", f"more than {_REDIRECTS} redirects")
        if where.site in self.rests and answer.status in (429, 503):
            raise Later(f"status {answer.status}; asked to come back later")
        if answer.status not in (200, 304):
            raise Refused("fetch_failed", f"status {answer.status}")
        return answer

    def _check_robots(self, where: Where) -> None:
        rules, read_at = self._robots.get(where.site, ("", float("-inf")))
        if time.monotonic() - read_at > (_OUTAGE_SECONDS if isinstance(rules, str) else _ROBOTS_SECONDS):
            try:
                rules = Protego.parse(self._robots_txt(where.site))
            except Later as error:
                rules = error.detail
            self._robots[where.site] = rules, time.monotonic()
        if isinstance(rules, str):
            raise Later(rules)
        if not rules.can_fetch(where.url, AGENT):
            raise Refused("forbidden", "robots.txt does not allow it")

    def _robots_txt(self, site: str) -> str:
        """The rules of a site (RFC 9309, 2.3.1): none where there are none.

        Raises:
            Later: the server fails or cannot be reached, so that nobody knows what it allows.
            Refused: ``forbidden``: they lie where nothing may be fetched from.
        """
        where = parse(f"{site}/robots.txt")
        for _ in range(_REDIRECTS + 1):
            try:
                answer = self._get(where, {}, _ROBOTS_BYTES, cut=True)
            except Refused as error:
                if error.reason == "forbidden":
                    raise  # here or where it redirects to: the settings say whether to know its rules
                raise Later(f"robots.txt cannot be read: {error.detail}") from None
            if answer.status not in _REDIRECTED or "location" not in answer.headers:
                break
            try:
                where = parse(joined(where.url, answer.headers["location"]))
            except Refused:
                return ""  # it leads nowhere
        if answer.status >= 500 or answer.status == 429:
            raise Later(f"robots.txt cannot be read: status {answer.status}")
        if answer.status != 200:
            return ""
        whole = answer.body[: answer.body.rfind(b"\n") + 1] if answer.cut else answer.body
        return whole.decode("utf-8-sig", "replace")

    def _get(self, where: Where, headers: Mapping[str, str], most: int, cut: bool = False) -> Answer:
        rest = self.rests.get(where.site, 0.0)
        if rest > time.time():
            raise Later(f"{where.site} asked for no request before {datetime.fromtimestamp(rest, UTC):%Y-%m-%d %H:%M:%S} UTC")
        self.rests.pop(where.site, None)
        limit = 10 * self.manners.timeout
        addresses = interruptible(lambda: self._checked_addresses(where), limit, self.stop, lambda: None)
        self._wait(where)
        sent = {
            "Host": where.site.partition("//")[2],
            "User-Agent": AGENT,
            "Accept-Encoding": "gzip",
            **headers,
        }
        if where.site in self._credentials:
            sent["Authorization"] = f"Basic {self._credentials[where.site]}"
        wire = Wire()
        answer = interruptible(
            lambda: ask(where, addresses, sent, self.manners.timeout, most, wire, cut), limit, self.stop, wire.cut
        )
        if answer.status in (429, 503):
            asked = _retry_after(answer.headers.get("retry-after", ""))
            if asked is not None:
                self.rests[where.site] = time.time() + min(max(asked, 0.0), _LONGEST_REST)
        return answer

    def _checked_addresses(self, where: Where) -> Sequence[str]:
        """The addresses to connect to: every one that the host's name stands for must be public, or the host listed."""
        host = where.host
        listed = host in self.manners.allow_hosts
        if not host or (self.manners.allow_hosts and not listed):
            raise Refused("forbidden", f"host {host[:300] or '?'!r} is not listed in allow_hosts")
        try:
            found = [str(info[4][0]) for info in socket.getaddrinfo(host, where.port, type=socket.SOCK_STREAM)]
        except OSError as error:
            raise Refused("fetch_failed", f"host {host!r}: {error.strerror or error}") from None
        except (ValueError, OverflowError):  # a label that no name can have
            raise Refused("forbidden", f"no name of a host: {host[:200]!r}") from None
        private = [a for a in found if not is_public(a)]
        if private and not listed:
            raise Refused(
                "forbidden", f"host {host!r} stands for {private[0]}, which is not public; list it in allow_hosts to allow it"
            )
        return list(dict.fromkeys(found))

    def _wait(self, where: Where) -> None:
        """Wait until the host may be asked again."""
        rules, _ = self._robots.get(where.site, ("", 0.0))
        asked = float((None if isinstance(rules, str) else rules.crawl_delay(AGENT)) or 0)
        pause = max(self.manners.pause, min(asked, _LONGEST_PAUSE))
        left = self._last.get(where.host, float("-inf")) + pause - time.monotonic()
        if left > 0 and self.stop.wait(left):
            raise Stopped
        self._last[where.host] = time.monotonic()


def _retry_after(value: str) -> float | None:
    """Seconds until a server wants to be asked again, told as seconds or as a date; None: it does not tell."""
    value = value.strip()
    if value.isascii() and value.isdecimal():
        return float(value[:12])
    try:
        moment = parsedate_to_datetime(value)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() - time.time()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
