"""What offices, agencies, mail and databases keep articles in, and files that hold files: each read, or refused by name."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import sys
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa
import pytest

from onrecord.plugins import READERS
from onrecord.sources.formats import Reading, read_records
from onrecord.sources.records import RawArticle, Refusal
from onrecord.store.known import file_of

from . import carriers
from .carriers import SAID, SECOND, docx, epub, pdf, tarred, zipped

AT = datetime(2026, 10, 5, 20, 30, tzinfo=UTC)
DAY = datetime(2026, 10, 5, tzinfo=UTC)


def read(data: bytes | str, uri: str, **reading: Any) -> list[RawArticle | Refusal]:
    stream = io.BytesIO(data.encode() if isinstance(data, str) else data)
    return list(read_records(stream, uri, uri, Reading(**reading)))


def articles(data: bytes | str, uri: str, **reading: Any) -> list[RawArticle]:
    found = read(data, uri, **reading)
    assert all(isinstance(a, RawArticle) for a in found), found
    return [a for a in found if isinstance(a, RawArticle)]


def reasons(data: bytes | str, uri: str) -> list[str | None]:
    return [r.reason if isinstance(r, Refusal) else None for r in read(data, uri)]


HEADLINE, BY, COURIER = "Wall gives way", "Tomas Reed", "Brenn Courier"
ALL = (HEADLINE, BY, COURIER, DAY)
TOLD: dict[str, tuple[str | bytes, str | None, str | None, str | None, datetime | None]] = {
    "a.nitf": (carriers.NITF, HEADLINE, BY, COURIER, AT),
    "newsml.xml": (carriers.NEWSML, HEADLINE, BY, COURIER, AT),
    "rss.xml": (carriers.RSS, HEADLINE, BY, COURIER, AT),
    "nexis.txt": (carriers.NEXIS, HEADLINE, BY, COURIER, DAY),
    "nexis-uni.txt": (carriers.NEXIS_UNI, HEADLINE, BY, COURIER, DAY),
    "nexis.docx": (docx(carriers.NEXIS_UNI.splitlines()), HEADLINE, BY, COURIER, DAY),
    "factiva.txt": (carriers.FACTIVA, HEADLINE, BY, COURIER, DAY.replace(hour=22, minute=30)),
    "factiva-shown.txt": (carriers.FACTIVA_SHOWN, HEADLINE, BY, COURIER, DAY.replace(hour=22, minute=30)),
    "proquest.txt": (carriers.PROQUEST, HEADLINE, BY, COURIER, DAY),
    "a.eml": (carriers.LETTER, HEADLINE, None, COURIER, AT),
    "a.mhtml": (carriers.MHTML, HEADLINE, None, COURIER, AT),
    "a.docx": (docx([SAID, SECOND]), None, None, None, None),
    "a.pdf": (pdf("\x93We wait,\x94 said Ann Veld.".encode("latin-1").decode("cp1252")), None, None, None, None),
    "a.srt": (carriers.SRT, None, None, None, None),
    "a.csv": (f'Headline;Author;"Full Text";Date;Source\n{HEADLINE};{BY};"{SAID}\n{SECOND}";2026-10-05;{COURIER}\n', *ALL),
    "a.tsv": (f"title\tbyline\tcontent\tpublished\tpublication\n{HEADLINE}\t{BY}\t{SAID}\t5 Oct 2026\t{COURIER}\n", *ALL),
}  # fmt: skip


@pytest.mark.parametrize("name", TOLD)
@pytest.mark.parametrize("named", [True, False], ids=["named", "unnamed"])
def test_each_format_is_read_whatever_its_file_is_called(name: str, named: bool) -> None:
    data, title, author, publisher, at = TOLD[name]
    first = articles(data, name if named else "download")[0]
    assert (first.title, first.author, first.publisher, first.published_at) == (title, author, publisher, at)
    assert "“We wait,” said Ann Veld" in first.text and "Copyright" not in first.text and "<" not in first.text


@pytest.mark.parametrize("name", ["nexis.txt", "nexis-uni.txt", "nexis.docx", "factiva.txt", "factiva-shown.txt", "proquest.txt"])
def test_an_export_holds_many_articles(name: str) -> None:
    first, second = articles(TOLD[name][0], name)
    assert first.text == f"{HEADLINE}\n\n“We wait,” said Ann Veld, who leads the town.\n\nThe council met on Monday."
    assert (second.title, second.publisher, second.published_date) == ("Ferry late", "Tarvo Post", date(2026, 10, 6))
    assert second.text.startswith("Ferry late\n\nThe ferry was late") and second.uri == f"{name}#L2"


def test_paragraphs_of_markup_and_of_speakers_are_kept() -> None:
    assert articles(carriers.NEWSML, "a.xml")[0].text.split("\n\n") == [HEADLINE, SAID, SECOND]
    assert articles(carriers.VTT, "a.vtt")[0].text.split("\n\n") == ["Ann Veld: We wait.", "Bo Lund: We do not."]
    assert articles(carriers.SRT, "a.srt")[0].text.split("\n\n") == ["“We wait,” said Ann Veld of Brenn.", "The next item."]
    assert articles(docx([SAID, SECOND]), "a.docx")[0].text.split("\n\n") == [SAID, SECOND]


def test_a_book_is_an_article_a_chapter() -> None:
    cover, chapter = read(epub(), "a.epub")
    assert isinstance(cover, Refusal) and cover.reason == "not_an_article"
    assert isinstance(chapter, RawArticle) and chapter.text.split("\n\n") == [HEADLINE, SAID, SECOND]
    assert (chapter.publisher, chapter.published_date, chapter.language) == (COURIER, date(2026, 10, 5), "en")


def test_a_letter_of_markup_alone_and_one_with_a_stub() -> None:
    head = b"From: a@courier.example\nSubject: Wall\nMIME-Version: 1.0\n"
    page = f"<html><body><p>{SAID}</p><p>{SECOND}</p></body></html>".encode()
    alone = head + b"Content-Type: text/html; charset=utf-8\n\n" + page
    stub = head + b'Content-Type: multipart/alternative; boundary="B"\n\n--B\nContent-Type: text/plain\n\nView in browser.\n--B\n'
    stub += b"Content-Type: text/html; charset=utf-8\n\n" + page + b"\n--B--\n"
    for data in (alone, stub):
        (letter,) = articles(data, "a.eml")
        assert letter.text.split("\n\n") == ["Wall", SAID, SECOND] and letter.publisher == "courier.example"


def test_entries_of_a_saved_feed_that_are_summaries_say_so() -> None:
    entry = "<item><title>Rain</title><description>It rained &amp;amp; snowed.</description></item>"
    data = carriers.RSS.replace("</channel>", f"{entry}<item><title>None</title></item></channel>")
    full, summary, none = read(data, "a.xml")
    assert isinstance(full, RawArticle) and full.notes == ()
    assert isinstance(summary, RawArticle) and summary.notes == ("text: the feed holds a summary alone",)
    assert isinstance(none, Refusal) and (none.reason, none.record) == ("missing_text", 3)


# ------------------------------------------------------------------ tables


def test_a_row_that_is_bad_costs_itself() -> None:
    data = b'title,text,date\nA,"It\nrained.",x\nB,,\nC,It snowed.,2026-10-05,more\nD,caf\xe9 \x93hail\x94,\n'
    found = read(data, "a.csv")
    assert [r.reason if isinstance(r, Refusal) else r.text for r in found] == [
        "A\n\nIt\nrained.", "empty", "bad_field", "D\n\ncafé “hail”",
    ]  # fmt: skip
    assert [r.uri for r in found if isinstance(r, RawArticle)] == ["a.csv#L1", "a.csv#L4"]


def test_a_table_without_a_text_says_what_its_columns_are() -> None:
    (refusal,) = read("a,b\n1,2\n", "a.csv")
    assert isinstance(refusal, Refusal) and refusal.reason == "missing_text" and "(they are a, b)" in refusal.detail
    assert articles("a,b\nIt rained.,2\n", "a.csv", fields={"text": "a"})[0].text == "It rained."


def test_a_list_of_authors_that_was_written_as_text() -> None:
    (a,) = articles("title,text,authors\nA,It rained.,\"['Ann Veld', 'Bo Lund']\"\n", "a.csv")
    assert a.author == "Ann Veld, Bo Lund"


# ------------------------------------------------------------------ refused by name


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"), ("a", rb"{\rtf1 It rained.}", "rich text"),
        ("a.odt", b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.text", "an OpenDocument text"),
        ("a.xlsx", zipped({"[Content_Types].xml": "", "xl/workbook.xml": ""}), "an Excel sheet"),
        ("a", b"Rar!\x1a\x07\x00", "a RAR archive"),
        ("a.txt", b"\x89PNG\r\n\x1a\n", "a picture"),
        ("a.xml", b"<?xml version='1.0'?><recipe>Salt</recipe>", "XML with the root element <recipe>"),
        ("a.xml", b"<urlset><url><loc>https://a.example</loc></url></urlset>", "a sitemap holds addresses"),
    ],
)  # fmt: skip
def test_what_is_not_read_is_refused_by_name_and_never_read_as_text(name: str, data: bytes, what: str) -> None:
    (refusal,) = read(data, name)
    assert isinstance(refusal, Refusal) and refusal.reason == "unsupported" and refusal.detail.startswith(what)


def test_pdf_without_its_extra_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    (refusal,) = read(pdf("x"), "a.pdf")
    assert isinstance(refusal, Refusal) and "pip install 'onrecord[pdf]'" in refusal.detail


@pytest.mark.parametrize("name", [n for n in TOLD if not n.endswith((".txt", ".srt", ".eml", ".csv", ".tsv"))])
def test_a_file_that_breaks_off_is_refused_or_read_as_far_as_it_goes(name: str) -> None:
    data = TOLD[name][0]
    data = data.encode() if isinstance(data, str) else data
    for end in range(0, len(data), max(1, len(data) // 12)):
        assert "internal_error" not in reasons(data[:end], name), end


# ------------------------------------------------------------------ files that hold files

LINES = b'{"text": "It rained."}\n{"text": "It snowed."}\n'
WEEK = {
    "mon/a.jsonl": LINES,
    "b.txt": b"It hailed.",
    "c.png": b"\x89PNG\r\n",
    "__MACOSX/x.txt": b"no",
    "d.jsonl.gz": gzip.compress(LINES),
}


def zstd(data: bytes) -> bytes:
    return bytes(pa.compress(data, "zstd", asbytes=True))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("w.zip", zipped(WEEK)), ("w.tar", tarred(WEEK)), ("w.tgz", gzip.compress(tarred(WEEK))),
        ("w.tar.bz2", bz2.compress(tarred(WEEK))),
        ("w.tar.xz", lzma.compress(tarred(WEEK))), ("w.tar.zst", zstd(tarred(WEEK))), ("download", zipped(WEEK)),
    ],
)  # fmt: skip
def test_the_files_of_an_archive_are_read_as_files(name: str, data: bytes) -> None:
    found = read(data, name)
    assert [(r.record, r.reason if isinstance(r, Refusal) else r.text) for r in found] == [
        (1, "It rained."), (2, "It snowed."), (3, "It hailed."), (4, "unsupported"), (5, "It rained."), (6, "It snowed."),
    ]  # fmt: skip
    assert [r.uri for r in found][:4] == [
        f"{name}#!/mon/a.jsonl#L1",
        f"{name}#!/mon/a.jsonl#L2",
        f"{name}#!/b.txt",
        f"{name}#!/c.png",
    ]
    assert {file_of(r.uri) for r in found} == {name}


@pytest.mark.parametrize(
    ("ending", "pack"), [(".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress), (".zst", zstd)]
)
def test_compressed_files_of_every_kind(ending: str, pack: Any) -> None:
    assert [a.text for a in articles(pack(LINES) + pack(LINES), f"a.jsonl{ending}")] == ["It rained.", "It snowed."] * 2
    assert articles(pack(LINES), "dump")[0].text == "It rained."
    lines = b"".join(b'{"text": "It rained %d times."}\n' % n for n in range(3000))
    assert reasons(pack(lines)[:-30], f"a.jsonl{ending}")[-1] == "truncated"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.zip", zipped({"a.txt": b"a" * 100_000_000})), ("a.txt.bz2", bz2.compress(b"a" * 100_000_000)),
        ("a.jsonl.zst", zstd(bytes(100_000_000))), ("a.jsonl.xz", lzma.compress(bytes(100_000_000), preset=0)),
        ("a.zip", zipped({"a.zip": zipped({"a.zip": zipped({"a.zip": zipped({"a.txt": b"x"})})})})),
        ("a.zip", zipped(WEEK)[:200]),
    ],
    ids=["zip", "bz2", "zst", "xz", "nested", "cut"],
)  # fmt: skip
def test_archives_that_are_built_to_harm_or_broken(name: str, data: bytes) -> None:
    (refusal,) = read(data, name)
    assert isinstance(refusal, Refusal) and refusal.reason in ("bad_archive", "too_long")


def test_every_suffix_belongs_to_one_format() -> None:
    every = [s for reader in READERS.every().values() for s in reader.suffixes]
    assert len(every) == len(set(every))


HELD = [
    ("a.nitf", carriers.NITF.replace("<docdata>", '<docdata management-status="canceled">')),
    ("a.newsml", carriers.NEWSML.replace("</itemMeta>", '<pubStatus qcode="stat:canceled"/></itemMeta>')),
    ("a.json", '{"pubstatus": "withheld", "headline": "Wall", "body_text": "It rained."}'),
]


@pytest.mark.parametrize(("name", "text"), HELD)
def test_what_an_agency_has_taken_back_is_no_article(name: str, text: str) -> None:
    (found,) = read_records(io.BytesIO(text.encode()), name, name, Reading())
    assert isinstance(found, Refusal) and found.reason == "not_an_article" and "its agency has" in found.detail


def test_captions_of_an_agency_are_none_of_its_text_and_its_release_is_a_time() -> None:
    media = "<media media-type='image'><media-caption><p>The wall. Photo: Bo Lund</p></media-caption></media>"
    text = carriers.NITF.replace("</body.content>", f"{media}</body.content>").replace("date.issue", "date.release")
    (found,) = read_records(io.BytesIO(text.encode()), "a.nitf", "a.nitf", Reading())
    assert isinstance(found, RawArticle) and "Photo" not in found.text and found.text.endswith(SECOND)
    assert str(found.published_at) == "2026-10-05 20:30:00+00:00"


def test_what_a_letter_hides_is_not_read() -> None:
    letter = (
        "From: a@b.example\nSubject: Wall\nContent-Type: text/html; charset=utf-8\n\n<html><body>"
        f"<div style='display:none;max-height:0'>What stands in it today</div><p>{SAID}</p><p>{SECOND}</p></body></html>"
    )
    (found,) = read_records(io.BytesIO(letter.encode()), "a.eml", "a.eml", Reading())
    assert isinstance(found, RawArticle) and found.text == f"Wall\n\n{SAID}\n\n{SECOND}"
