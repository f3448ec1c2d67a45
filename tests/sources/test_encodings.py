"""Characters of pages: declared, told by the server, declared wrongly, and mixed."""

from __future__ import annotations

import io
import json

import pytest

from onrecord.characters import meant
from onrecord.sources.formats import Reading, read_records
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


ENGLISH = "“We’ll go now,” said Ann Veld. The board met on Monday, and “nobody” knew why it was so late."
ACCENTED = "“We’ll go – now,” said Zoë Müller of the café. It cost €5… “No,” she said, and nobody knew why that was so."
RUSSIAN = 3 * "«Мы идём», — сказал мэр Иван Петров. Совет города решил в понедельник закрыть паром, и никто не знает почему. "
CHINESE = 5 * "“我们走，”市长王伟说。市议会星期一决定关闭渡轮，没有人知道为什么。"
JAPANESE = 5 * "「行きます」と市長の田中さんは言った。市議会は月曜日にフェリーの廃止を決めた。"
ENCODED = [
    (ACCENTED, "utf-8-sig"), (ACCENTED, "utf-16"), (ACCENTED, "utf-16-le"), (ACCENTED, "utf-16-be"), (ACCENTED, "utf-32"),
    (ACCENTED, "cp1252"), (ACCENTED, "mac_roman"), (ENGLISH, "gb18030"), (ENGLISH, "shift_jis"), (ENGLISH, "big5"),
    (RUSSIAN, "cp1251"), (CHINESE, "gb18030"), (JAPANESE, "shift_jis"), (JAPANESE, "euc-jp"),
]  # fmt: skip
FORMS = {
    "jsonl": lambda text: 2 * (json.dumps({"title": "T", "text": text}, ensure_ascii=False) + "\n"),
    "json": lambda text: json.dumps([{"title": "T", "text": text}] * 2, ensure_ascii=False, indent=1),
    "csv": lambda text: "title,text\n" + 2 * f'T,"{text}"\n',
    "txt": lambda text: text,
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("text", "encoding"), ENCODED, ids=[e + str(n) for n, (_, e) in enumerate(ENCODED)])
def test_texts_in_other_encodings(text: str, encoding: str, form: str) -> None:
    if text is ACCENTED and encoding == "mac_roman":
        text = text.replace("€", "£")  # which the Mac did not have
    data = FORMS[form](text).encode(encoding)
    first = next(read_records(io.BytesIO(data), f"a.{form}", f"a.{form}", Reading()))
    assert isinstance(first, RawArticle) and text.strip() in first.text, first


def test_one_line_of_another_encoding_and_one_of_none() -> None:
    good = json.dumps({"text": ACCENTED}, ensure_ascii=False).encode()
    lines = [good, json.dumps({"text": ENGLISH}, ensure_ascii=False).encode("cp1252"), b'{"text": "\x81\x8d\x9d\xff\xfe"}', good]
    found = [*read_records(io.BytesIO(b"\n".join(lines)), "a.jsonl", "a.jsonl", Reading())]
    assert [r.text if isinstance(r, RawArticle) else r.reason for r in found] == [ACCENTED, ENGLISH, "undecodable", ACCENTED]


@pytest.mark.parametrize("encoding", ["utf-16-le", "mac_roman", "gb18030"])
def test_pages_that_declare_nothing(encoding: str) -> None:
    assert ENGLISH in page_text(html("", ENGLISH).encode(encoding))


def once_more(text: str, encoding: str) -> str:
    """A text of UTF-8 that somebody has read as another encoding."""
    return "".join(bytes([b]).decode(encoding, "ignore") or chr(b) for b in text.encode())


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "mac_roman", "cp1251"])
def test_mended_characters_are_noted(encoding: str) -> None:
    rows = [once_more(ACCENTED, encoding), ACCENTED, ACCENTED.replace("“", "&ldquo;").replace("”", "&amp;rdquo;")]
    data = "".join(json.dumps({"text": text}) + "\n" for text in rows).encode()
    found = [*read_records(io.BytesIO(data), "a.jsonl", "a.jsonl", Reading())]
    assert [r.text for r in found if isinstance(r, RawArticle)] == [ACCENTED] * 3
    noted = ("text: characters that were decoded wrongly are mended",)
    assert [r.notes for r in found if isinstance(r, RawArticle)] == [noted, (), ()]


@pytest.mark.parametrize(
    "text",
    ["Ærø and Ålesund said “no”", "São Paulo, “Água” — Ângela", "Ñuñoa √2 ½ Ð", "The SÃO PAULO “plan”", "naïve café – 5 °C ± 2"],
)
def test_names_of_the_world_are_not_mended(text: str) -> None:
    assert meant(text) == text


def test_a_closing_mark_that_has_lost_a_byte() -> None:
    garbled = once_more(ENGLISH, "cp1252").replace("\x9d", "")
    assert meant(garbled) == ENGLISH
