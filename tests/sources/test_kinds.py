# ruff: noqa: E501 - files as they are
"""Kinds of input in which words were once lost or put wrongly without a word: each is read whole, or refused by name."""

from __future__ import annotations

import csv
import io
import json
from email.message import EmailMessage

import pytest

from onrecord.sources.formats import Reading, read_records
from onrecord.sources.readers.metadata import MetadataError, is_host, parse_metadata
from onrecord.sources.records import RawArticle, Refusal

from .carriers import PAGE, SAID, SECOND, docx, zipped

THIRD = "“Nobody asked the boatmen,” Ida Holm said at the meeting on Monday, which more than 300 people of the town came to hear."
FIELD = "{} of the old harbour: this is a line of the text, and no field of any database."


def read(data: bytes | str, uri: str) -> list[RawArticle | Refusal]:
    return [*read_records(io.BytesIO(data.encode() if isinstance(data, str) else data), uri, uri, Reading())]


def one(data: bytes | str, uri: str) -> RawArticle:
    (found,) = read(data, uri)
    assert isinstance(found, RawArticle), found
    return found


# ------------------------------------------------------------------ databases

NEXIS = "Brenn Courier\n\n   October 5, 2026, Monday\n\nWall gives way\n\nBYLINE: Tomas Reed\n\nLENGTH: 90 words\n\n"
UNI = "Wall gives way\nBrenn Courier\nOctober 5, 2026 Monday\n\nCopyright 2026 Brenn Courier\n\nLength: 90 words\n\nBody\n\n"
FACTIVA = "HD Wall gives way\nBY Tomas Reed\nWC 90 words\nPD 5 October 2026\nSN Brenn Courier\nLA English\n"
AN = "AN Document BRNC000020261005ema50001p\n"
LINES = {
    "nexis.txt": (
        f"   1 of 1 DOCUMENT\n\n   {NEXIS}{SAID}\n\nByline: a word that begins a line.\n\n{SECOND}\n\nSubject: the wall.\n\n{THIRD}\n\n"
        "LOAD-DATE: October 6, 2026\n\nSUBJECT: WALLS (90%)\n",
        ("Byline: a word that begins a line.", "Subject: the wall."), ("WALLS",),
    ),
    "uni.txt": (
        f"Page 1 of 2\n\n{UNI}{SAID}\n\n{SECOND}\n\nURL: where it all is told.\n\n{THIRD}\n\nGraphic\n\nA photograph of the wall as it "
        "was on the morning after the storm, with boats.\n\nClassification\n\nLanguage: ENGLISH\n\nEnd of Document\n",
        ("URL: where it all is told.",), ("Graphic", "photograph", "Classification"),
    ),
    "order.txt": (
        "Date and Time: Sunday, November 1, 2026 10:00 AM\nJob Number: 12\nDocuments (1)\n1. Wall gives way\nClient/Matter: -None-\n"
        f"Search Terms: wall\n\n{UNI}{SAID}\n\n{SECOND}\n\n{THIRD}\n\nLoad-Date: October 6, 2026\n\nEnd of Document\n",
        (), ("Job Number", "Search Terms"),
    ),
    "codes.txt": (
        f"{FACTIVA}LP\n{SAID}\n\nIN the town nobody slept.\n\nTD\n{SECOND}\n\nCO was not a word that they knew.\n\nBY the sea they wait.\n\n"
        f"{THIRD}\n\nCO brnc : Brenn Ltd\nRE uk : Britain\n{AN}",
        ("IN the town nobody slept.", "CO was not a word", "BY the sea they wait."), ("brnc", "Britain"),
    ),
    "shown.txt": (
        "News\nWall gives way\nTomas Reed\n90 words\n5 October 2026\nBrenn Courier\nBRNC\nEnglish\n© 2026 Brenn Courier.\n\n"
        f"{SAID}\n\n{SECOND}\n\n{THIRD}\n\nDocument BRNC000020261005ema50001p\n\nSearch Summary\nText\n" + "wall or gate or lock\n" * 5,
        (), ("Search Summary",),
    ),
    "proquest.txt": (
        "____________________________________________________________\n\nReport Information from ProQuest\nNovember 01 2026\n\n"
        f"Document 1 of 1\n\nWall gives way\n\nAuthor: Tomas Reed\n\nFull text: {SAID}\n\nLocation: the hall, on Monday.\n\n{SECOND}\n\n"
        f"{THIRD}\n\nSubject: Walls; Towns\n\nTitle: Wall gives way\n\nPublication title: Brenn Courier\n\nPublication date: Oct 5, 2026\n",
        ("Location: the hall, on Monday.",), ("Walls; Towns",),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LINES)
def test_lines_of_a_text_that_begin_as_fields_do_cost_no_text(name: str) -> None:
    data, kept, left = LINES[name]
    found = one(data, name)
    assert (found.title, found.author or "Tomas Reed", found.publisher) == ("Wall gives way", "Tomas Reed", "Brenn Courier")
    assert found.published_date is not None and found.published_date.isoformat() == "2026-10-05"
    assert all(words in found.text for words in (SAID, SECOND, THIRD, *kept)) and not any(words in found.text for words in left)


@pytest.mark.parametrize(
    "start", ["HD sets are on sale.\nPD James wrote of it.", "SE Brenn waits for rain.\nBY night it sleeps."]
)
def test_a_text_that_begins_as_an_entry_does_is_a_text(start: str) -> None:
    assert one(f"{start}\n\n{SAID}\n", "a.txt").text.startswith(start)


def test_an_entry_without_a_text_is_none() -> None:
    (refusal,) = read(f"   1 of 1 DOCUMENT\n\n   {NEXIS}LOAD-DATE: October 6, 2026\n", "nexis.txt")
    assert isinstance(refusal, Refusal) and refusal.reason == "missing_text"


# ------------------------------------------------------------------ agencies, subtitles


def test_components_of_a_message_are_articles_each_and_forms_of_one_are_one() -> None:
    part = (
        "<NewsComponent{}><NewsLines><HeadLine>{}</HeadLine></NewsLines><ContentItem><DataContent>{}</DataContent></ContentItem>"
        "</NewsComponent>"
    )
    item = (
        "<NewsML><NewsItem><NewsManagement><FirstCreated>20261005T203000Z</FirstCreated></NewsManagement><NewsComponent{}>"
        f"{part.format('', 'Wall gives way', f'<p>{SAID}</p>')}{part.format('', 'Boatmen wait', f'<p>{SECOND}</p><p>{THIRD}</p>')}"
        "</NewsComponent></NewsItem></NewsML>"
    )
    several = [r for r in read(item.format(""), "a.xml") if isinstance(r, RawArticle)]
    assert [(r.title, r.uri, r.published_date is not None) for r in several] == [
        ("Wall gives way", "a.xml#L1", True), ("Boatmen wait", "a.xml#L2", True),
    ]  # fmt: skip
    assert SAID in several[0].text and THIRD in several[1].text
    assert THIRD in one(item.format(' EquivalentsList="yes"'), "a.xml").text
    picture = f'<ContentItem><Encoding Notation="Base64"><DataContent>{"iVBORw0KGgo" * 99}</DataContent></Encoding></ContentItem>'
    text = f"<ContentItem><DataContent><p>{SAID}</p></DataContent></ContentItem>"
    assert one(f"<NewsML><NewsItem><NewsComponent>{picture}{text}</NewsComponent></NewsItem></NewsML>", "a.xml").text == SAID


def test_what_stands_between_cues_is_not_said() -> None:
    data = (
        "WEBVTT\n\nfirst\n00:01.000 --> 00:04.000\n<v Ann Veld>We wait</v>\n \nfor it,\n\nNOTE\nnobody says this\n\nsecond\n"
        "00:04.000 --> 00:05.000\n<00:00:04.200><c>she said.</c>\n"
    )
    assert one(data, "a.vtt").text == "Ann Veld: We wait for it, she said."


@pytest.mark.parametrize("name", ["a.ass", "a.sbv", "a.ttml"])
def test_other_subtitles_are_refused_by_name(name: str) -> None:
    (refusal,) = read("0:00:01.000,0:00:04.000\nWe wait.\n", name)
    assert isinstance(refusal, Refusal) and refusal.reason == "unsupported" and ".srt or .vtt" in refusal.detail


# ------------------------------------------------------------------ tables


def test_marks_that_do_not_pair_cost_the_rows_that_they_swallow_and_say_so() -> None:
    rows = ('A,"It rained.\n', "B,It snowed.\n", 'C,"It hailed."\n', "D,It blew.\n", 'E,"She said "no" to it."\n', 'F,"It froze')
    first, second, third, last = read("title,text\n" + "".join(rows), "a.csv")
    assert isinstance(second, RawArticle) and second.text == "D\n\nIt blew."
    for refusal, held in ((first, "".join(rows[:3])), (third, rows[4]), (last, rows[5])):
        assert isinstance(refusal, Refusal) and refusal.reason == "bad_field" and refusal.payload.decode() == held
        assert "quotation marks that do not pair" in refusal.detail


def test_marks_of_a_table_that_quotes_nothing_are_kept() -> None:
    rows = read('title\ttext\nA\t"No," she said, and left.\nB\t"It "rained"."\n', "a.tsv")
    assert isinstance(rows[0], RawArticle) and rows[0].text == 'A\n\n"No," she said, and left.'
    assert isinstance(rows[1], Refusal) and rows[1].reason == "bad_field"


def test_a_row_has_a_limit_and_the_process_has_none_of_it() -> None:
    before = csv.field_size_limit()
    lines = f"{'y' * 1000}\n" * 200
    data = f'title,text\nA,"{lines}B,It snowed.\nC,{"x" * 200_000}\nD,It hailed.\n'
    found = [*read_records(io.BytesIO(data.encode()), "a.csv", "a.csv", Reading(max_chars=10_000))]
    long = [r for r in found if isinstance(r, Refusal) and r.reason == "too_long"]
    assert ["left open" in r.detail for r in long] == [True, False] and csv.field_size_limit() >= before
    assert [r.text for r in found if isinstance(r, RawArticle)] == ["B\n\nIt snowed.", "D\n\nIt hailed."]


@pytest.mark.parametrize("nothing", ["nan", "NULL", "N/A"])
def test_a_word_for_no_text_is_none(nothing: str) -> None:
    (refusal,) = read(f"title,text\nA,{nothing}\n", "a.csv")
    assert isinstance(refusal, Refusal) and refusal.reason == "empty" and nothing in refusal.detail


def test_metadata_with_a_mark_left_open_is_refused_with_its_line() -> None:
    with pytest.raises(MetadataError, match=r"m\.csv, line 3: not CSV"):
        parse_metadata(b'uri,title\na.txt,"Wall\nb.txt,Ferry\n', "m.csv")


@pytest.mark.parametrize(
    ("name", "host"), [("10.0.0.7:8080", True), ("localhost", True), ("courier.example", True), ("Post", False)]
)
def test_bare_hosts(name: str, host: bool) -> None:
    assert is_host(name) is host


# ------------------------------------------------------------------ letters


def letter(text: str, *attached: tuple[bytes, str, str], disposition: str = "attachment") -> bytes:
    told = EmailMessage()
    told["From"], told["Subject"] = "Brenn Council <press@brenn.example>", "Statement"
    told["Date"] = "Mon, 05 Oct 2026 22:30:00 +0200"
    told.set_content(text)
    for data, subtype, name in attached:
        told.add_attachment(data, maintype="application", subtype=subtype, filename=name, disposition=disposition)
    return bytes(told)


DOCX = (docx([SAID, SECOND]), "vnd.openxmlformats-officedocument.wordprocessingml.document", "statement.docx")


def test_attachments_are_read_as_files_and_what_the_letter_tells_holds_of_them() -> None:
    old, page = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "msword", "old.doc"), (PAGE.encode(), "octet-stream", "wall.html")
    signed = (b"x", "pgp-signature", "signature.asc")
    body, statement, wall, refused = read(letter("Please find it attached.", DOCX, page, old, signed), "a.eml")
    assert [r.record for r in (body, statement, wall, refused)] == [1, 2, 3, 4] and body.uri == "a.eml"
    assert isinstance(statement, RawArticle) and statement.uri == "a.eml#!/statement.docx" and statement.text.endswith(SECOND)
    assert (statement.publisher, str(statement.published_at)) == ("Brenn Council", "2026-10-05 20:30:00+00:00")
    assert isinstance(wall, RawArticle) and (wall.title, wall.publisher) == ("Wall gives way", "Brenn Courier")
    assert isinstance(refused, Refusal) and (refused.reason, refused.uri) == ("unsupported", "a.eml#!/old.doc")
    assert one(letter("", DOCX, disposition="inline"), "a.eml").text == statement.text


def test_attachments_in_a_mailbox_and_in_one_another() -> None:
    mark = b"From press@brenn.example Mon Oct  5 22:30:00 2026\n"
    found = read(mark + letter("One.", DOCX) + b"\n" + mark + letter("Two.", DOCX), "a.mbox")
    assert [(r.uri, r.record) for r in found] == [
        ("a.mbox#L1", 1), ("a.mbox#!/1/statement.docx", 2), ("a.mbox#L2", 3), ("a.mbox#!/2/statement.docx", 4),
    ]  # fmt: skip
    deep = letter("In.", DOCX)
    for _ in range(3):
        deep = letter("Out.", (zipped({"a.eml": deep}), "zip", "a.zip"))
    last = read(deep, "a.eml")[-1]
    assert isinstance(last, Refusal) and (last.reason, last.detail) == ("bad_archive", "more than 3 archives within one another")


# ------------------------------------------------------------------ JSON, pages


def test_json_without_a_text_says_what_there_is_and_what_to_do() -> None:
    chat = {"name": "Brenn news", "type": "public_channel", "messages": [{"id": 1, "from": "Brenn news", "text": [SAID]}]}
    (refusal,) = read(json.dumps(chat), "result.json")
    assert isinstance(refusal, Refusal) and refusal.reason == "missing_text"
    assert "(name, type, messages)" in refusal.detail and "an object for each article" in refusal.detail


def test_graphs_of_linked_data_and_names_of_agencies() -> None:
    graph = {
        "@context": "https://schema.org",
        "@graph": [{"@type": "WebSite", "name": "Courier"}, {"headline": "A", "articleBody": SAID}],
    }
    site, article = read(json.dumps(graph), "a.json")
    assert isinstance(site, Refusal) and isinstance(article, RawArticle) and article.text == f"A\n\n{SAID}"
    item = {
        "headline": "A",
        "authorsByline": "Tomas Reed",
        "body_nitf": f"<nitf><body><body.content><p>{SAID}</p></body.content></body></nitf>",
    }
    found = one(json.dumps(item), "a.json")
    assert (found.text, found.author) == (f"A\n\n{SAID}", "Tomas Reed")


def test_a_page_without_spaces_between_words_has_words() -> None:
    said = "「私たちは待っている」と町長は述べた。防波堤の建設費は二億円で、当初の計画よりはるかに高い。工事は十四か月かかる見込みである。"
    assert said in one(f'<html lang="ja"><body><article><h1>防波堤</h1><p>{said}</p></article></body></html>', "a.html").text


def test_a_time_of_publication_behind_that_of_a_change() -> None:
    told = '<p class="dateline">Updated: October 7, 2026 10:00 | Published: October 5, 2026 22:30 CET</p>'
    page = f"<html><body><article><h1>Wall gives way</h1>{told}<p>{SAID}</p><p>{SECOND}</p></article></body></html>"
    assert str(one(page, "a.html").published_at) == "2026-10-05 21:30:00+00:00"
