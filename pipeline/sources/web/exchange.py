"""One request and its answer, over a connection to an address that was checked, within a time that the server has no say in."""

from __future__ import annotations

import contextlib
import functools
import http.client
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import urllib3
from urllib3.connection import HTTPConnection

from ..records import Refused
from .addresses import Where

_LOOK = 0.2  # seconds between two looks at whether to stop
_T = TypeVar("_T")


class Stopped(Exception):
    """The end was asked for while a server was waited for."""


@dataclass(frozen=True)
class Answer:
    """What a server answered; ``status`` 304 has no body. ``cut``: the body was longer."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    cut: bool = False

    @property
    def validators(self) -> dict[str, str]:
        """What to send with the next request for the same page."""
        named = {"etag": self.headers.get("etag"), "modified": self.headers.get("last-modified")}
        return {k: " ".join(v.split())[:1000] for k, v in named.items() if v}


def interruptible(work: Callable[[], _T], seconds: float, stop: threading.Event, cut: Callable[[], None]) -> _T:
    """What ``work`` returns or raises, done in a thread of its own; ``cut`` makes it end.

    Resolvers, handshakes and the lines of a header have no common limit of time, and none of them looks at an event.

    Raises:
        Stopped: ``stop`` was set.
        Refused: ``fetch_failed``: it took more than ``seconds``.
    """
    done: queue.SimpleQueue[tuple[Any, BaseException | None]] = queue.SimpleQueue()

    def go() -> None:
        try:
            done.put((work(), None))
        except BaseException as error:
            done.put((None, error))

    ends = time.monotonic() + seconds
    threading.Thread(target=go, daemon=True).start()
    try:
        while not stop.is_set():
            try:
                result, error = done.get(timeout=min(_LOOK, max(0.0, ends - time.monotonic())))
            except queue.Empty:
                if time.monotonic() >= ends:
                    raise Refused("fetch_failed", f"took more than {seconds:g} s") from None
                continue
            if error is not None:
                raise error
            return cast(_T, result)
        raise Stopped
    finally:
        cut()


class Wire:
    """The connection of an exchange, which another thread may cut."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: list[socket.socket] = []
        self._cut = False

    def hold(self, made: socket.socket) -> None:
        """Keep a hand on a connection; it outlives the handover of the socket to TLS."""
        with self._lock:
            self._held.append(made.dup())
        if self._cut:
            self.cut()

    def cut(self) -> None:
        """End the connection, whatever is being waited for on it."""
        self._cut = True
        with self._lock:
            for held in self._held:
                with contextlib.suppress(OSError):  # ended already
                    held.shutdown(socket.SHUT_RDWR)
                held.close()
            self._held.clear()


def ask(
    where: Where, addresses: Sequence[str], headers: Mapping[str, str], timeout: float, most: int, wire: Wire, cut: bool
) -> Answer:
    """Send a request to the first of the addresses that takes a connection, and read the answer.

    Args:
        where: what to ask for.
        addresses: numeric addresses, checked.
        headers: of the request.
        timeout: seconds for connecting, and for each read.
        most: longest body, decompressed.
        wire: told the connection.
        cut: take a longer body up to there; else it is refused.

    Raises:
        Refused: ``fetch_failed``.
    """
    try:
        with _connected(where, addresses, timeout, wire) as stream:
            connection = HTTPConnection(where.host, where.port, timeout=timeout)
            connection.sock = stream
            connection.request("GET", where.target, headers=headers, preload_content=False)
            response = connection.getresponse()
            body, longer = _body(response, most, cut)
            found = {k.lower(): v for k, v in response.headers.items()}
            return Answer(where.url, response.status, found, body, longer)
    except (urllib3.exceptions.HTTPError, http.client.HTTPException, OSError, ValueError) as error:
        raise Refused("fetch_failed", f"{type(error).__name__}: {' '.join(str(error).split())[:200]}") from None


def _connected(where: Where, addresses: Sequence[str], timeout: float, wire: Wire) -> socket.socket:
    """A connection; certificates are checked against the host's name."""
    for n, address in enumerate(addresses, 1):
        try:
            made = socket.create_connection((address, where.port), timeout)
            break
        except OSError:
            if n == len(addresses):
                raise
    wire.hold(made)
    return _tls().wrap_socket(made, server_hostname=where.host) if where.scheme == "https" else made


@functools.cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _body(response: Any, most: int, cut: bool) -> tuple[bytes, bool]:
    """The body, decompressed, read to its limit only; and whether it went on."""
    body = bytearray()
    for data in response.stream(65536, decode_content=True):
        body += data
        if len(body) > most:
            if not cut:
                raise Refused("fetch_failed", f"more than {most} bytes")
            return bytes(body[:most]), True
    return bytes(body), False
