"""Crawl archives as they lie around: codings that are told and undone already, records that were cut, older and packed forms."""

from __future__ import annotations

import bz2
import gzip
import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
import zstandard

from onrecord.articles.rows import refusal_id
from onrecord.sources.formats import Reading, read_records
from onrecord.sources.payload import Damaged, plain_payload
from onrecord.sources.records import RawArticle, Record, Refusal

from .pages import page, warc, warc_record


def read(data: bytes, uri: str, passed: Counter[str] | None = None) -> list[Record]:
    reading = Reading(skipped=Counter() if passed is None else passed)
    return list(read_records(io.BytesIO(data), uri, uri, reading))


def urls(data: bytes, uri: str) -> list[str | None]:
    return [r.url if isinstance(r, RawArticle) else f"{r.reason}: {r.detail}" for r in read(data, uri)]


def record(kind: str, url: str, block: bytes, *fields: str) -> bytes:
    head = [f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}", *fields, f"Content-Length: {len(block)}"]
    return "\r\n".join([*head, "", ""]).encode() + block + b"\r\n\r\n"


def coded(n: int, body: bytes, *headers: str) -> bytes:
    http = "\r\n".join(["HTTP/1.1 200 OK", "Content-Type: text/html; charset=utf-8", *headers, "", ""]).encode() + body
    return record("response", f"https://courier.example/{n}", http, "Content-Type: application/http; msgtype=response")


def chunked(body: bytes, size: int = 200) -> bytes:
    pieces = [body[n : n + size] for n in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in [*pieces, b""])


def deflated(body: bytes, bits: int) -> bytes:
    stream = zlib.compressobj(wbits=bits)
    return stream.compress(body) + stream.flush()


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", "deflate", "br", "zstd", "gzip, br", "identity", "utf-8"])
@pytest.mark.parametrize("transfer", [(), ("Transfer-Encoding: chunked",)], ids=["whole", "chunked"])
def test_headers_of_a_coding_that_was_undone_already(coding: str, transfer: tuple[str, ...]) -> None:
    """As CC-NEWS was written until 2019."""
    data = b"".join(gzip.compress(coded(n, page(n), f"Content-Encoding: {coding}", *transfer)) for n in range(3))
    assert urls(data, "a.warc.gz") == [f"https://courier.example/{n}" for n in range(3)]


@pytest.mark.parametrize(
    ("coding", "undo"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda body: deflated(body, -15)),
        ("zstd", zstandard.ZstdCompressor().compress),
        ("", bytes),
    ],
    ids=["gzip", "zlib", "deflate", "zstd", "plain"],
)
@pytest.mark.parametrize("transfer", [True, False], ids=["chunked", "whole"])
def test_codings_that_are_still_there_are_undone(coding: str, undo: Callable[[bytes], bytes], transfer: bool) -> None:
    body = undo(page(1))
    headers = [f"Content-Encoding: {coding}"] if coding else []
    data = coded(1, chunked(body) if transfer else body, *headers, *["Transfer-Encoding: chunked"] * transfer)
    assert urls(data, "a.warc") == ["https://courier.example/1"]


def test_what_is_coded_and_breaks_off_is_no_page() -> None:
    body = gzip.compress(page(1))
    assert urls(coded(1, body[:-20], "Content-Encoding: gzip"), "a.warc")[0].startswith("truncated")  # type: ignore[union-attr]
    with pytest.raises(Damaged):
        plain_payload(chunked(page(1))[:-5], "chunked", None, 10**6)
    assert plain_payload(b"7 people\ncame", "chunked", None, 10**6) == b"7 people\ncame"
    assert len(plain_payload(gzip.compress(bytes(10**7)), None, "gzip", 1000)) == 1000


def test_refusals_of_records_that_hold_the_same_are_told_apart() -> None:
    found = read(b"".join(coded(n, b"<html><body>Gone.</body></html>") for n in range(4)), "a.warc")
    found += read(b'{"text": ""}\n{"text": ""}\n', "a.jsonl")
    refusals = [r for r in found if isinstance(r, Refusal)]
    assert len({refusal_id(r) for r in refusals}) == len(refusals) == 6


@pytest.mark.parametrize("why", ["length", "time", "disconnect", "unspecified"])
def test_a_page_that_the_crawler_cut_off_is_not_published_as_whole(why: str) -> None:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page(1)
    cut = record("response", "https://c.example/1", block, "Content-Type: application/http", f"WARC-Truncated: {why}")
    (refusal,) = read(cut, "a.warc")
    assert isinstance(refusal, Refusal) and refusal.reason == "truncated" and why in refusal.detail


def test_addresses_in_angle_brackets_and_other_kinds_of_records() -> None:
    """As wget writes them; records without a server's answer; texts that were made of pages."""
    text = "Wall gives way\n The wall broke. \n\n“It was old,” Mayor Ann Rees said.\n".encode()
    data = b"".join(
        [
            warc_record("<https://courier.example/1>", page(1)),
            record("resource", "https://courier.example/2", page(2), "Content-Type: text/html; charset=utf-8"),
            record("conversion", "https://courier.example/3", text, "Content-Type: text/plain"),
            warc_record("https://courier.example/4", page(4), kind=""),
        ]
    )
    assert urls(data, "a.warc") == [f"https://courier.example/{n}" for n in range(1, 5)]
    third = read(data, "a.warc")[2]
    assert isinstance(third, RawArticle)
    assert third.text == "Wall gives way\n\nThe wall broke.\n\n“It was old,” Mayor Ann Rees said."
    assert urls(gzip.compress(record("conversion", "https://c.example/3", text, "Content-Type: text/plain")), "a.warc.wet.gz")


def test_what_is_passed_over_is_counted_by_why() -> None:
    data = b"".join(
        [
            record("warcinfo", "-", b"software: x\r\n", "Content-Type: application/warc-fields"),
            warc_record("https://courier.example/1", page(1)),
            warc_record("https://courier.example/1.png", b"\x89PNG", kind="image/png"),
            warc_record("https://courier.example/2.png", b"\x89PNG", kind="image/png"),
            warc_record("https://courier.example/2", page(2), status="404 Not Found"),
            record("revisit", "https://courier.example/3", b"", "Content-Type: application/http"),
            record("resource", "urn:text:https://courier.example/3", b"Wall", "Content-Type: text/plain"),
            record("request", "https://courier.example/1", b"GET / HTTP/1.1\r\n\r\n", "Content-Type: application/http"),
            warc_record("dns:courier.example", b"x", kind=""),
        ]
    )
    passed: Counter[str] = Counter()
    assert len(read(data, "a.warc", passed)) == 1
    assert passed == {"image/png": 2, "status 404": 1, "revisit record": 1, "no page of the web": 2}


@pytest.mark.parametrize("dictionary", [False, True])
def test_an_archive_in_zstandard(dictionary: bool) -> None:
    records = [warc_record(f"https://courier.example/{n}", page(n)) for n in range(4)]
    if dictionary:  # as the Archive Team writes them: the dictionary in a frame before the records
        trained = zstandard.train_dictionary(4000, [page(n) + b"%d" % (n * 7919) * 3 for n in range(200)])
        packer, content = zstandard.ZstdCompressor(dict_data=trained), trained.as_bytes()
        head = b"\x5d\x2a\x4d\x18" + len(content).to_bytes(4, "little") + content
    else:
        packer, head = zstandard.ZstdCompressor(), b""
    data = head + b"".join(packer.compress(r) for r in records)
    assert urls(data, "a.warc.zst") == [f"https://courier.example/{n}" for n in range(4)]
    assert urls(data[:-30], "a.warc.zst")[-1].startswith(("bad_archive", "truncated"))  # type: ignore[union-attr]


def arc(*pages: tuple[str, bytes]) -> list[bytes]:
    """Records of an ARC file, version 1."""
    lines = b"1 0 Courier\nURL IP-address Archive-date Content-type Archive-length\n"
    records = [b"filedesc://a.arc 0.0.0.0 20070105120000 text/plain %d\n%s\n" % (len(lines), lines)]
    for url, body in pages:
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
        records.append(b"%s 192.0.2.1 20070105120000 text/html %d\n%s\n" % (url.encode(), len(http), http))
    return records


@pytest.mark.parametrize("name", ["a.arc", "a.arc.gz", "old"])
def test_an_archive_from_before_warc(name: str) -> None:
    records = arc(*((f"http://courier.example/{n}", page(n)) for n in range(3)))
    data = b"".join(gzip.compress(r) for r in records) if name.endswith(".gz") else b"".join(records)
    assert urls(data, name) == [f"http://courier.example/{n}" for n in range(3)]
    assert urls(data[: len(data) // 2], name)[0] == "http://courier.example/0"


def test_archives_in_a_package() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("datapackage.json", "{}")
        package.writestr("archive/a.warc.gz", warc(3))
        package.writestr("archive/b.warc", warc(2, zipped=False))
        package.writestr("pages/pages.jsonl", '{"title": "Wall"}')
    found = read(out.getvalue(), "saved.wacz")
    assert [r.uri for r in found] == [f"saved.wacz#R{n}" for n in range(1, 6)] and all(isinstance(r, RawArticle) for r in found)
    assert urls(b"PK\x03\x04 no zip", "saved.wacz")[0].startswith("bad_archive")  # type: ignore[union-attr]


class Pipe(io.RawIOBase):
    """A stream that cannot seek."""

    def __init__(self, data: bytes) -> None:
        self._data = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._data.readinto(buffer)


@pytest.mark.parametrize("packed", [bytes, gzip.compress, bz2.compress, zstandard.ZstdCompressor().compress])
@pytest.mark.parametrize("seeks", [True, False])
def test_an_archive_however_packed_and_from_a_pipe(packed: Callable[[bytes], bytes], seeks: bool) -> None:
    data = packed(warc(2, False))
    stream: Any = io.BytesIO(data) if seeks else io.BufferedReader(Pipe(data))
    assert [type(r) for r in read_records(stream, "a.warc", "a.warc", Reading())] == [RawArticle, RawArticle]


def by_line(whole: bytes) -> bytes:
    """A record with bare line feeds, its lengths those of what is left."""
    head, _, block = whole.partition(b"\r\n\r\n")
    http, _, body = block.removesuffix(b"\r\n\r\n").partition(b"\r\n\r\n")
    block = http.replace(b"\r\n", b"\n") + b"\n\n" + body
    head = b"\n".join(x if b"Content-Length" not in x else b"Content-Length: %d" % len(block) for x in head.split(b"\r\n"))
    return head + b"\n\n" + block + b"\n\n"


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("a.warc", b"".join),
        ("a.warc.gz", lambda records: b"".join(map(gzip.compress, records))),
        ("a.warc.gz", lambda records: gzip.compress(b"".join(records))),
        ("no-name", b"".join),
    ],
    ids=["plain", "by record", "as one", "unnamed"],
)
def test_an_archive_with_bare_line_feeds(name: str, pack: Callable[[list[bytes]], bytes]) -> None:
    records = [by_line(warc_record(f"https://courier.example/{n}", page(n))) for n in range(3)]
    records.append(by_line(warc_record("https://courier.example/3.png", b"x", kind="image/png")))
    passed: Counter[str] = Counter()
    found = read(pack(records), name, passed)
    assert [r.url for r in found if isinstance(r, RawArticle)] == [f"https://courier.example/{n}" for n in range(3)]
    assert len(found) == 3 and passed == {"image/png": 1}


def test_an_archive_whose_line_ends_were_changed_is_refused_by_name() -> None:
    whole = b"".join(warc_record(f"https://courier.example/{n}", page(n)) for n in range(3)).replace(b"\r\n", b"\n")
    last = read(whole, "a.warc")[-1]
    assert isinstance(last, Refusal) and last.reason == "bad_archive" and "line ends were changed" in last.detail


def test_a_record_whose_header_is_no_warc_is_refused() -> None:
    first, second = warc_record("https://courier.example/1", page(1)), by_line(warc_record("https://courier.example/2", page(2)))
    passed: Counter[str] = Counter()
    found = read(gzip.compress(first) + gzip.compress(second), "a.warc.gz", passed)
    assert [r.reason if isinstance(r, Refusal) else r.url for r in found] == ["https://courier.example/1", "bad_archive"]
    assert not passed


def test_an_archive_of_no_page_says_so() -> None:
    passed: Counter[str] = Counter()
    (found,) = read(warc_record("https://courier.example/3.png", b"x", kind="image/png"), "a.warc", passed)
    assert (
        isinstance(found, Refusal) and found.detail == "the file holds no article; passed over: 1 record" and passed.total() == 1
    )
