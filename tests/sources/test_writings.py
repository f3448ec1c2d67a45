"""Tables, JSON, times and characters as more programs write them."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from onrecord.sources.dates import order_of, parse_published
from onrecord.sources.pages.title import bare_title
from onrecord.sources.readers.metadata import parse_metadata
from onrecord.sources.readers.published import published_of
from onrecord.sources.records import RawArticle, Refused

from .carriers import SECOND
from .test_shapes import SAID, URL, article, read

TOLD = {"title": "Wall", "text": SAID, "date": "2026-10-05", "source": "Brenn Courier", "author": "Tomas Reed"}


def table(*rows: list[str], delimiter: str = ",", **form: Any) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, **form).writerows(rows)
    return out.getvalue()


def told_of(record: RawArticle) -> tuple[str | None, ...]:
    return record.title, record.publisher, record.author, str(record.published_date)


WHOLE = ("Wall", "Brenn Courier", "Tomas Reed", "2026-10-05")


@pytest.mark.parametrize(
    "names",
    [
        "Title Text Date Source Author",
        "TITLE TEXT PUBLISHED_AT SOURCE AUTHOR",
        "Headline Body Date Publication Byline",
        "articleTitle articleText articleDate articleSource articleAuthor",
        "news_title news_content news_date news_source news_author",
        "Titel Volltext Datum Quelle Autor",
        "título texto fecha fuente autor",
        "titre texte date journal auteur",
        "titolo testo datum fonte autore",
        "kop tekst datum bron auteur",
        "Title FullText pubdate pubtitle Authors",
    ],
)
def test_names_of_fields_in_other_spellings_and_languages(names: str) -> None:
    row = dict(zip(names.split(), TOLD.values(), strict=True))
    assert told_of(article(row)) == WHOLE and article(row).text == f"Wall\n\n{SAID}"
    (found,) = read(table([*row], [*row.values()], delimiter=";"), "a.csv")
    assert isinstance(found, RawArticle) and told_of(found) == WHOLE
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist([row]), out)
    (found,) = read(out.getvalue(), "a.parquet")
    assert isinstance(found, RawArticle) and told_of(found) == WHOLE


def test_a_field_of_its_own_name_comes_before_one_in_another_spelling() -> None:
    assert article({"Title": "No", "title": "Wall", "text": SAID}).title == "Wall"
    assert article({"_source": {"title": "Wall", "text": SAID, "source": "Brenn Courier"}}).publisher == "Brenn Courier"


@pytest.mark.parametrize("blank", ["", "  ", "\n"])
def test_a_text_that_holds_nothing_leaves_it_to_another(blank: str) -> None:
    assert article({"title": "Wall", "text": blank, "content": SAID}).text.endswith(SAID)
    (found,) = read(json.dumps({"title": "Wall", "text": blank}))
    assert not isinstance(found, RawArticle) and found.reason == "empty"


PAGE = (
    "<!doctype html><html><head><title>Wall</title><meta property='article:published_time' content='2026-10-05T22:30:00Z'></head>"
    "<body><nav><a href='/'>All of the news of today</a></nav><article><h1>Wall</h1>"
    f"<p>{SAID} It took them two years to say so, and it was late.</p>"
    f"<p>{SECOND} The town has waited for it since the storm, and so have its fishermen.</p></article></body></html>"
)


@pytest.mark.parametrize("name", ["html", "raw_html", "content", "text"])
def test_a_whole_page_in_a_field_is_read_as_one(name: str) -> None:
    found = article({"url": URL, name: PAGE})
    assert "All of the news" not in found.text and found.text.startswith(f"Wall\n\n{SAID}")
    assert (found.title, found.url, str(found.published_date)) == ("Wall", URL, "2026-10-05")


@pytest.mark.parametrize("wrap", ["articles", "results", "objects", "data", "items"])
def test_answers_that_were_saved_one_a_line(wrap: str) -> None:
    lines = [json.dumps({"status": "ok", wrap: [{"title": f"Wall {k}", "text": SAID} for k in range(n)]}) for n in (2, 1)]
    found = read("\n".join(lines))
    assert [r.title for r in found if isinstance(r, RawArticle)] == ["Wall 0", "Wall 1", "Wall 0"] and len(found) == 3


@pytest.mark.parametrize(
    "written",
    [
        {"columns": ["title", "text"], "index": [0], "data": [["Wall", SAID]]},
        {"ok": True, "columns": [{"name": "title"}, {"name": "text"}], "rows": [["Wall", SAID]]},
        {"range": "A1:B2", "values": [["Title", "Text"], ["Wall", SAID]]},
        [["title", "text"], ["Wall", SAID]],
        [[{"title": "Wall", "text": SAID}]],
    ],
)
def test_tables_in_json(written: Any) -> None:
    (found,) = read(json.dumps(written), "a.json")
    assert isinstance(found, RawArticle), found
    assert (found.title, found.text) == ("Wall", f"Wall\n\n{SAID}")


@pytest.mark.parametrize("before", ["\n\n", "# exported on Monday\n", "Results of the search\n\n", "sep=,\n", "\ufeff"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^", "~", "\x01"])
def test_what_stands_before_the_names_of_columns_and_what_parts_them(before: str, delimiter: str) -> None:
    text = before.replace("sep=,", f"sep={delimiter}") + table(["id", "title", "text"], ["1", "Wall", SAID], delimiter=delimiter)
    (found,) = read(text, "a.csv")
    assert isinstance(found, RawArticle), found
    assert (found.title, found.text, found.record) == ("Wall", f"Wall\n\n{SAID}", 1)


def test_marks_behind_a_backslash() -> None:
    said = '"We wait," said Ann Veld, "and wait."\n\nIt rained.'
    rows = [["title", "text", "date"], *(["Wall", said, "2026-10-05"] for _ in range(3))]
    text = table(*rows, quoting=csv.QUOTE_ALL, doublequote=False, escapechar="\\")
    found = read(text, "a.csv")
    assert [r.text for r in found if isinstance(r, RawArticle)] == [f"Wall\n\n{said}"] * 3 and len(found) == 3
    doubled = read(table(*rows, [r"C:\\", said, "2026-10-05"]), "a.csv")
    assert len(doubled) == 4 and all(isinstance(r, RawArticle) for r in doubled)


@pytest.mark.parametrize(
    ("printed", "moment"),
    [
        ("2026-10-05 21:15 (CEST)", "2026-10-05T19:15"),
        ("2026-10-05 21:15:00 +0200 CEST", "2026-10-05T19:15"),
        ("2026.10.05. 오후 9:15", "2026-10-05T21:15"),
        ("2026년 10월 5일 오전 12시", "2026-10-05T00:00"),
        ("2026年10月5日 18時15分", "2026-10-05T18:15"),
        ("2026年10月5日 下午9:15", "2026-10-05T21:15"),
        ("2026/10/05(月) 18:15", "2026-10-05T18:15"),
        ("2026-10-05 (Mon) 18:15", "2026-10-05T18:15"),
        ("5 أكتوبر 2026 9:15 م", "2026-10-05T21:15"),
        ("5/10/2026 9:15 μ.μ.", "2026-10-05T21:15"),
        ("5 октября 2026, 09:15 МСК", "2026-10-05T06:15"),
        ("2026-10-05Z", "2026-10-05T00:00"),
        ("2026-10-05+02:00", "2026-10-05T00:00"),
        ("2026-W41-1", "2026-10-05T00:00"),
    ],
)
def test_times_as_they_are_printed(printed: str, moment: str) -> None:
    assert parse_published(printed, *order_of("en-GB"))[0].isoformat()[:16] == moment


@pytest.mark.parametrize("printed", ["2026-10-05/2026-10-06", "2026-10-05 - 2026-10-07", "05/10/2026–06/10/2026"])
def test_a_span_of_days_is_no_time(printed: str) -> None:
    with pytest.raises(Refused):
        parse_published(printed, *order_of("en-GB"))


@pytest.mark.parametrize("parts", [[2026, 10, 5], [2026, 10, 5, 22, 30], {"year": 2026, "month": 10, "day": 5}])
def test_a_date_in_parts(parts: Any) -> None:
    assert str(article({"text": SAID, "date": parts}).published_date) == "2026-10-05"


@pytest.mark.parametrize("said", ["<span>Updated</span> ", "<b>Last modified:</b>\n", "Edited on "])
def test_the_word_before_an_element_of_time_tells_of_a_change(said: str) -> None:
    from lxml import html

    page = f"<body><article><div class=meta>{said}<time datetime='2026-10-07T09:15:00Z'>7 Oct</time></div></article></body>"
    assert published_of(html.document_fromstring(page)) is None


POLISH = (
    "„Nie czekamy”, said Łukasz Wójcik of Łódź, where the żuraw stands. “We wait for spring,” he told the Gazeta in Świdnica, "
    "near Wrocław, on Friday. Mayor Żaneta Gąsior agreed with Wójcik."
)


def test_marks_of_central_europe_are_not_letters_of_a_mac() -> None:
    (found,) = read(f"Wall gives way\n\n{POLISH}".encode("cp1250"), "a.txt")
    assert isinstance(found, RawArticle) and found.text.endswith(POLISH)


@pytest.mark.parametrize("charset", ["iso-8859-15", "iso-8859-2", "iso-8859-1", "iso-8859-9"])
def test_marks_of_windows_in_a_page_of_an_iso_encoding(charset: str) -> None:
    page = PAGE.replace("<head>", f"<head><meta charset={charset}>").encode("cp1252")
    (found,) = read(page, "a.html")
    assert isinstance(found, RawArticle) and SAID in found.text


@pytest.mark.parametrize(
    "names", ["URI,Publisher,Published_At", "path;publisher;date", "File\tSource\tDate", "filename|newspaper|published_date"]
)
def test_columns_of_metadata_in_other_spellings(names: str) -> None:
    mark = next(m for m in ",;\t|" if m in names)
    rows = parse_metadata(f"{names}{mark}Section\na.txt{mark}Brenn Courier{mark}2026-10-05{mark}x\n".encode(), "m.csv")
    assert rows == {"a.txt": {"publisher": "Brenn Courier", "published_at": "2026-10-05"}} and rows.unknown == ("Section",)


def test_a_column_of_its_own_name_comes_first_and_the_other_is_named() -> None:
    rows = parse_metadata(b"uri,Publisher,publisher\na.txt,No,Yes\n", "m.csv")
    assert rows == {"a.txt": {"publisher": "Yes"}} and rows.unknown == ("Publisher",)


@pytest.mark.parametrize("head", ["Title: Wall\nAuthor: Tomas Reed\nDate: 5 October 2026\nSource: Brenn Courier\nWords: 90\n"])
def test_fields_at_the_head_of_a_text_a_line_each(head: str) -> None:
    for end in ("\n", "\r\n"):
        (found,) = read(f"{head}\n{SAID}\n\nIt rained: all of Monday.\n".replace("\n", end), "a.txt")
        assert isinstance(found, RawArticle) and told_of(found) == WHOLE and found.text.startswith(f"Wall\n\n{SAID}")


@pytest.mark.parametrize("head", ["Brenn: Wall\nTarvo: Ferry\nLindvik: Bridge\n", "Title: Wall\nWhere: Brenn\nWhen: Monday\n"])
def test_lines_with_colons_are_no_fields(head: str) -> None:
    (found,) = read(f"{head}\n{SAID}\n", "a.txt")
    assert isinstance(found, RawArticle) and found.text.startswith(head.strip())


@pytest.mark.parametrize("text", [SAID.encode(), SAID.encode("cp1252"), PAGE.encode("cp1252")])
def test_text_that_parquet_keeps_as_bytes(text: bytes) -> None:
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist([{"title": "Wall", "content": text}]), out)
    (found,) = read(out.getvalue(), "a.parquet")
    assert isinstance(found, RawArticle) and SAID in found.text and "All of the news" not in found.text


@pytest.mark.parametrize(
    ("element", "moment"),
    [
        ("<time class='entry-date published updated' datetime='2026-10-05T09:15:00+01:00'>5 Oct</time>", "2026-10-05T08:15"),
        ("<time class='updated' datetime='2026-10-05T09:15:00+01:00'>5 Oct</time>", None),
        ("<div class='today-date'>Monday, 5 October 2026</div>", None),
        ("<div id='current-date'><time datetime='2026-10-05'>5 Oct</time></div>", None),
        ("<div class=date>Updated - October 07, 2026<br>Published - October 05, 2026 09:15 am IST</div>", "2026-10-05T03:45"),
        ("<meta property='article:published_time' content='2026-10-05T09:15:00−05:00'>", "2026-10-05T14:15"),
    ],
)
def test_times_of_pages(element: str, moment: str | None) -> None:
    from lxml import html

    found = published_of(html.document_fromstring(f"<body><article>{element}<p>{SAID}</p></article></body>"))
    assert (found and found.moment.isoformat()[:16]) == moment


def test_a_heading_that_is_the_sites_name_is_no_title() -> None:
    assert (
        bare_title("Wall gives way", ["Brenn Courier"], ["Brenn Courier"], "Wall gives way | Brenn Courier") == "Wall gives way"
    )
    assert (
        bare_title("Wall gives way", ["Brenn Courier"], ["Wall gives way"], "Wall gives way | Brenn Courier") == "Wall gives way"
    )


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_space_behind_each_delimiter(delimiter: str) -> None:
    said = "“We wait,” said Ann Veld, the mayor; she waits.\n\nIt rained."
    rows = ["title", "text", "date"], ["Wall", f'"{said}"', "2026-10-05"]
    (found,) = read("".join(f"{delimiter} ".join(row) + "\n" for row in rows), "a.csv")
    assert isinstance(found, RawArticle) and found.text == f"Wall\n\n{said}" and str(found.published_date) == "2026-10-05"
