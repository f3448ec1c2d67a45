"""A file that holds no article is told as such, once, and never lost in silence."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from onrecord.sources.formats import Reading, read_records
from onrecord.sources.records import Refusal


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in files.items():
            package.writestr(name, data)
    return out.getvalue()


def tarred(mode: str, **files: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as package:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            package.addfile(info, io.BytesIO(data))
    return out.getvalue()


def table() -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table({"text": pa.array([], pa.string())}), out)
    return out.getvalue()


INFO = (
    b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Type: application/warc-fields\r\nContent-Length: 11\r\n\r\nsoftware: x\r\n\r\n"
)
FILES = {
    "a.zip": zipped(),
    "hidden.zip": zipped(**{".DS_Store": b"x", "__MACOSX/a.txt": b"x"}),
    "folders.zip": zipped(**{"a/": b""}),
    "a.tar": tarred("w"),
    "a.tgz": tarred("w:gz"),
    "hidden.tar": tarred("w", **{"._a.txt": b"x"}),
    "within.zip": zipped(**{"a.zip": zipped()}),
    "lines.zip": zipped(**{"a.jsonl": b"\n"}),
    "a.warc": INFO,
    "b.warc": b"",
    "a.warc.gz": gzip.compress(INFO),
    "a.wacz": zipped(**{"archive/a.warc.gz": gzip.compress(INFO)}),
    "a.arc": b"filedesc://x.arc 0.0.0.0 20061023000000 text/plain 8\n1 0 x\nU\n\n",
    "a.jsonl": b"",
    "blank.jsonl": b"\n\n",
    "a.json": b"[]",
    "wrapped.json": b'{"status": "ok", "results": []}',
    "feed.json": b'{"version": "https://jsonfeed.org/version/1.1", "title": "Courier", "items": []}',
    "a.csv": b"title,text\n",
    "a.parquet": table(),
    "a.txt": b"",
    "a.html": b"",
    "a.xml": b"<rss><channel></channel></rss>",
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_no_article_is_one_reject(name: str) -> None:
    (found,) = read_records(io.BytesIO(FILES[name]), name, name, Reading())
    assert isinstance(found, Refusal) and found.reason == "empty"


def test_each_file_of_no_article_in_a_package_is_told() -> None:
    package = zipped(**{"a.jsonl": b"", "b.jsonl": b'{"text": "It rained all day."}', "c.zip": zipped()})
    found = list(read_records(io.BytesIO(package), "p.zip", "p.zip", Reading()))
    assert [(r.uri, isinstance(r, Refusal)) for r in found] == [
        ("p.zip#!/a.jsonl", True),
        ("p.zip#!/b.jsonl#L1", False),
        ("p.zip#!/c.zip", True),
    ]


def test_a_part_of_a_shared_archive_may_hold_none() -> None:
    assert not list(read_records(io.BytesIO(INFO), "a.warc", "a.warc", Reading(), (0, 50)))
