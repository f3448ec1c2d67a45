"""A real HTTP server on loopback, with pages that a test sets and a log of what was asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Site:
    """What the server serves: path to body, and headers besides; ``asked`` logs time, path, status and request headers."""

    port: int = 0
    pages: dict[str, bytes] = field(default_factory=dict)
    headers: dict[str, dict[str, str]] = field(default_factory=dict)
    status: dict[str, int] = field(default_factory=dict)
    raw: dict[str, tuple[bytes, float]] = field(default_factory=dict)  # bytes sent one by one, seconds before each
    asked: list[tuple[float, str, int, dict[str, str]]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def put(self, path: str, body: bytes, kind: str = "text/html; charset=utf-8", tag: str | None = None) -> None:
        self.pages[path] = body
        self.headers[path] = {"Content-Type": kind, "ETag": tag or f'"{hash(body) & 0xFFFFFF:x}"'}

    def count(self, path: str, status: int | None = None) -> int:
        return sum(p == path and (status is None or s == status) for _, p, s, _ in self.asked)


@contextmanager
def serving() -> Iterator[Site]:
    """Serve a site while the context lasts."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if self.path in site.raw:
                self.send_raw(*site.raw[self.path])
                return
            body, headers = site.pages.get(self.path), site.headers.get(self.path, {})
            status = site.status.get(self.path, 200 if body is not None else 404)
            if status == 200 and headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
                status, body = 304, b""
            site.asked.append((time.monotonic(), self.path, status, dict(self.headers)))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def send_raw(self, data: bytes, pause: float) -> None:
            site.asked.append((time.monotonic(), self.path, 0, dict(self.headers)))
            self.close_connection = True
            with suppress(OSError):  # nobody listens any more
                for byte in data if pause else [data]:
                    time.sleep(pause)
                    self.wfile.write(byte if isinstance(byte, bytes) else bytes([byte]))

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


def feed(site: Site, entries: dict[int, str], kind: str = "rss") -> bytes:
    """A feed of the Brenn Courier: entry number to what its summary says."""
    if kind == "atom":
        items = "".join(
            f"<entry><id>tag:{n}</id><title>Wall {n}</title><link href='{site.url}/{n}'/><updated>2026-10-05T18:30:00Z</updated>"
            f"<summary>{text}</summary></entry>"
            for n, text in entries.items()
        )
        return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Brenn Courier</title>{items}</feed>".encode()
    items = "".join(
        f"<item><guid>{n}</guid><title>Wall {n}</title><link>{site.url}/{n}</link>"
        f"<pubDate>Mon, 05 Oct 2026 18:30:00 +0200</pubDate><description>{text}</description></item>"
        for n, text in entries.items()
    )
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>Brenn Courier</title>{items}</channel></rss>".encode()
