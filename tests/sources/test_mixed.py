# ruff: noqa: E501 - a file a line
"""A folder as people have it: a hundred files of many formats, read in one run, each of them or refused by name."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from onrecord.jobs.config import Config
from onrecord.jobs.run import run
from onrecord.sources.formats import Reading, read_records
from onrecord.sources.records import RawArticle
from onrecord.store.care.verify import verify

from ..conftest import rows
from . import carriers
from .carriers import SAID, SECOND, docx, epub, pdf, tarred, zipped
from .pages import page, warc_record
from .test_forms import FILES

LINE = json.dumps({"title": "Wall gives way", "text": SAID}) + "\n"


def files() -> dict[str, bytes]:
    """A file of each of more than 25 formats, by a name with ``{}`` for its number."""
    text = {
        "a{}.txt": f"Wall gives way\n\n{SAID}\n\n{SECOND}\n", "a{}.jsonl": LINE, "a{}.json": json.dumps([{"text": SAID}]),
        "feed{}.json": FILES["jsonfeed.json"], "a{}.csv": f'title,text\nWall,"{SAID}"\n', "a{}.tsv": f"title\ttext\nWall\t{SAID}\n",
        "a{}.html": carriers.PAGE, "a{}.mhtml": carriers.MHTML, "a{}.xml": carriers.RSS, "a{}.atom": FILES["atom.xml"],
        "a{}.rdf": FILES["rss1.rdf"], "a{}.nitf": carriers.NITF, "a{}.newsml": carriers.NEWSML, "nexis{}.txt": carriers.NEXIS,
        "factiva{}.txt": carriers.FACTIVA, "proquest{}.txt": carriers.PROQUEST, "a{}.eml": carriers.LETTER,
        "a{}.mbox": FILES["list.mbox"], "a{}.srt": carriers.SRT, "a{}.vtt": carriers.VTT, "map{}.xml": "<urlset><url/></urlset>",
        "empty{}.txt": "", "wall{}.html": "<html><title>Not found</title><body><p>Page not found.</p></body></html>",
    }  # fmt: skip
    parquet = pa.BufferOutputStream()
    pq.write_table(pa.table({"text": [SAID]}), parquet)
    line = LINE.encode()
    return {name: data.encode() if isinstance(data, str) else data for name, data in text.items()} | {
        "a{}.parquet": parquet.getvalue().to_pybytes(), "a{}.docx": docx([SAID, SECOND]), "a{}.epub": epub(), "a{}.pdf": pdf(SAID[:40]),
        "a{}.warc.gz": gzip.compress(warc_record("https://courier.example/1", page(1))), "a{}.zip": zipped({"b.jsonl": line}),
        "a{}.tar.gz": gzip.compress(tarred({"b.txt": SAID.encode()})), "b{}.jsonl.bz2": bz2.compress(line),
        "b{}.jsonl.xz": lzma.compress(line), "b{}.jsonl.gz": gzip.compress(line), "a{}.rtf": rb"{\rtf1 It rained.}",
        "a{}.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a{}.xlsx": zipped({"xl/workbook.xml": ""}),
    }  # fmt: skip


@pytest.mark.engine
def test_a_folder_of_everything(tmp_path: Path) -> None:
    news, output = tmp_path / "news", tmp_path / "out"
    news.mkdir()
    wanted: Counter[str] = Counter()
    for name, data in files().items():
        for number in range(3):
            path = news / name.format(number)
            path.write_bytes(data)
            with path.open("rb") as stream:
                for record in read_records(stream, str(path), path.name, Reading()):
                    wanted["read" if isinstance(record, RawArticle) else record.reason] += 1
    assert len(list(news.iterdir())) >= 100 and len(files()) >= 25
    summary = run([str(news)], output, Config())
    seen, refused = rows(output, "appearances"), rows(output, "rejects")
    assert Counter({"read": len(seen), **Counter(r["reason"] for r in refused)}) == wanted
    assert summary.rejects == {reason: count for reason, count in wanted.items() if reason != "read"}
    told = {Path(r["uri"].partition("#")[0]).name for r in (*seen, *refused)}
    assert told == {path.name for path in news.iterdir()}
    of_name = {Path(r["uri"]).suffix for r in refused if r["reason"] == "unsupported"}
    assert of_name == {".rtf", ".doc", ".xlsx", ".xml"} and "internal_error" not in summary.rejects
    assert list(verify(output)) == []
