"""Characters of pages: declared, told by the server, declared wrongly, and mixed."""

from __future__ import annotations

import pytest

from onrecord.characters import meant
from onrecord.sources.pages.encoding import page_text
from onrecord.sources.readers.html import read_html
from onrecord.sources.records import RawArticle

from .pages import page, warc_record
from .test_crawls import read

SAID = "“It’s €5 – no more,” Zoë Müller said…"


def html(declared: str, text: str = SAID) -> str:
    return f"<html><head>{declared}</head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize(
    "label", ["iso-8859-1", "ISO_8859-1", "latin1", "us-ascii", "windows-1252", "utf-8", "utf8", "x-nonesuch"]
)
@pytest.mark.parametrize("form", ['<meta charset="{}">', '<meta http-equiv="Content-Type" content="text/html; charset={}">'])
def test_declared_latin_is_what_browsers_read(label: str, form: str) -> None:
    source = html(form.format(label))
    assert SAID in page_text(source.encode("cp1252")) and SAID in page_text(source.encode("utf-8"))


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("windows-1251", "«Мы идём», — сказал Иван Петров."),
        ("iso-8859-2", "Řekl to ministr Jiří Žák"),
        ("shift_jis", "「行く」と市長は言った"),
        ("gb2312", "“我们走”，市长说"),
        ("euc-kr", "“간다”고 시장이 말했다"),
        ("windows-1254", "“Geliyoruz” dedi Başkan Işık"),
    ],
)
def test_what_a_server_or_a_page_declares(encoding: str, text: str) -> None:
    data = html("", text).encode(encoding)
    assert text in page_text(data, encoding)
    assert text in page_text(html(f"<meta charset={encoding}>", text).encode(encoding))
    assert text in page_text(f'<?xml version="1.0" encoding="{encoding}"?>'.encode() + data)


def test_byte_order_marks_and_pages_of_two_encodings() -> None:
    assert SAID in page_text(html("").encode("utf-16")) and SAID in page_text(html("").encode("utf-8-sig"))
    mixed = html("<meta charset=utf-8>", "Zoë: ").encode() + SAID.encode("cp1252")
    assert "Zoë: " in page_text(mixed) and SAID in page_text(mixed)


def test_the_servers_word_counts_in_an_archive() -> None:
    body = page(1).replace(b"\xe2\x80\x9c", b"\x93").replace(b"\xe2\x80\x9d", b"\x94")
    (found,) = read(warc_record("https://courier.example/1", body, kind="text/html; charset=ISO-8859-1"), "a.warc")
    assert isinstance(found, RawArticle) and "“It was old,” Mayor Ann Rees said." in found.text
    polish = page(1, "<p>Žk</p>").decode().encode("cp1257", "replace")
    (found,) = read(warc_record("https://courier.example/1", polish, "text/html; charset=windows-1257"), "a.warc")
    assert isinstance(found, RawArticle) and "Žk" in found.text and "“It was old,”" in found.text


def test_a_page_that_declares_latin_keeps_its_quotation_marks() -> None:
    data = page(1).decode().replace("<head>", '<head><meta charset="iso-8859-1">').encode("cp1252")
    found = read_html(data, "a.html", None, {}, 10**6)
    assert isinstance(found, RawArticle) and "“It was old,” Mayor Ann Rees said." in found.text


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("\x93We go,\x94 she said\x85", "“We go,” she said…"),
        ("It\x92s \x80400 \x96 no more", "It’s €400 – no more"),
        ("&ldquo;We go,&rdquo; she said&hellip;", "“We go,” she said…"),
        ("â€œWe go,â€\x9d she said", "“We go,” she said"),
    ],
)
def test_controls_stand_for_marks(printed: str, text: str) -> None:
    assert meant(printed) == text
