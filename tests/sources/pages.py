"""Pages, archives and other people's JSON, made for tests."""

from __future__ import annotations

import gzip
from typing import Any

LEAD = "The harbour wall number {n} gave way on Monday, the mayor said, and {people} people were moved to higher ground by night."
SAID = "“It was old,” Mayor Ann Rees said. The council will meet on Friday to decide who pays for the wall, which is very old."


def page(n: int = 1, body: str = "", head: str = "") -> bytes:
    """An article's page of the Brenn Courier."""
    return f"""<!doctype html>
<html lang="en"><head><title>Wall {n} gives way | Brenn Courier</title><meta name="author" content="Tomas Reed">
<meta property="og:title" content="Wall {n} gives way"><meta property="og:site_name" content="Brenn Courier">
<meta property="article:published_time" content="2026-10-05T18:30:00+02:00">{head}</head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Wall {n} gives way</h1>
<p>{LEAD.format(n=n, people=300 + n)}</p>{body}<p>{SAID}</p></article>
<footer>Copyright 2026 Brenn Courier. All rights reserved.</footer></body></html>""".encode()


def warc_record(url: str, body: bytes, kind: str = "text/html; charset=utf-8", status: str = "200 OK", coding: str = "") -> bytes:
    """A response record (WARC 1.0, ISO 28500)."""
    coded = f"Content-Encoding: {coding}\r\n" if coding else ""
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{coded}Content-Length: {len(body)}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-10-05T20:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def warc(count: int, zipped: bool = True) -> bytes:
    """An archive of ``count`` pages with a picture between every four."""
    records = []
    for n in range(count):
        if n % 4 == 3:
            records.append(warc_record(f"https://courier.example/{n}.png", b"\x89PNG", kind="image/png"))
        records.append(warc_record(f"https://courier.example/{n}", page(n)))
    return b"".join(gzip.compress(r) if zipped else r for r in records)


NEWS_PLEASE: dict[str, Any] = {
    "authors": ["Tomas Reed", "Ida Holm"], "date_download": "2026-10-06 04:00:00", "date_modify": "None",
    "date_publish": "2026-10-05 18:30:00", "description": "A wall.", "filename": "x.json", "image_url": None, "language": "en",
    "localpath": None, "maintext": SAID, "source_domain": "courier.example", "title": "Wall gives way", "url": "https://courier.example/1",
}  # fmt: skip
FUNDUS: dict[str, Any] = {
    "title": "Wall gives way", "authors": ["Tomas Reed"], "publishing_date": "2026-10-05 18:30:00+02:00", "topics": ["Brenn"],
    "free_access": True,
    "body": {"summary": ["A wall is gone."], "sections": [{"headline": ["Old stones"], "paragraphs": [SAID, "It rained."]}]},
}  # fmt: skip
