"""JSON as it comes: the fields that other people's programs write, and what they put into these."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from onrecord.sources.formats import Reading, read_records
from onrecord.sources.records import RawArticle, Refusal

SAID = "“We wait,” said Ann Veld."
AT = datetime(2026, 10, 5, 22, 30, tzinfo=UTC)
DAY = datetime(2026, 10, 5, tzinfo=UTC)
URL = "https://courier.example/1"


def read(data: bytes | str, uri: str = "a.jsonl", **reading: Any) -> list[RawArticle | Refusal]:
    data = data.encode() if isinstance(data, str) else data
    return list(read_records(io.BytesIO(data), uri, uri, Reading(**reading)))


def article(row: Any, uri: str = "a.jsonl", **reading: Any) -> RawArticle:
    (found,) = read(json.dumps(row), uri, **reading)
    assert isinstance(found, RawArticle), found
    return found


PROGRAMS: dict[str, Any] = {
    "newspaper4k": {
        "url": URL,
        "source_url": "https://courier.example",
        "title": "Wall",
        "authors": ["Tomas Reed"],
        "text": SAID,
        "publish_date": "2026-10-05 22:30:00",
        "meta_lang": "en",
        "publisher": "Courier",
        "top_image": "x",
    },
    "trafilatura": {
        "title": "Wall",
        "author": "Tomas Reed",
        "hostname": "courier.example",
        "date": "2026-10-05T22:30:00Z",
        "source": URL,
        "source-hostname": "Courier",
        "text": SAID,
        "raw_text": SAID,
        "language": "en",
        "id": None,
        "comments": "",
    },
    "news-please": {
        "authors": ["Tomas Reed"],
        "date_publish": "2026-10-05 22:30:00",
        "maintext": SAID,
        "title": "Wall",
        "url": URL,
        "language": "en",
        "source_domain": "courier.example",
        "publisher": "Courier",
        "date_modify": "None",
    },
    "Guardian": {
        "webTitle": "Wall",
        "webUrl": URL,
        "webPublicationDate": "2026-10-05T22:30:00Z",
        "id": "uk/2026/wall",
        "fields": {"bodyText": SAID, "byline": "Tomas Reed", "publication": "Courier", "lang": "en"},
    },
    "Elasticsearch": {
        "_index": "n",
        "_id": "1",
        "_source": {
            "text": SAID,
            "title": "Wall",
            "author": "Tomas Reed",
            "publisher": "Courier",
            "url": URL,
            "published_at": 1791239400,
            "language": "en",
        },
    },
    "Event Registry": {
        "uri": "7001",
        "lang": "en",
        "dateTimePub": "2026-10-05T22:30:00Z",
        "url": URL,
        "title": "Wall",
        "body": SAID,
        "source": {"uri": "courier.example", "title": "Courier"},
        "authors": [{"name": "Tomas Reed", "uri": "x"}],
    },
    "Media Cloud": {
        "stories_id": 17,
        "title": "Wall",
        "url": URL,
        "language": "en",
        "publish_date": "2026-10-05 22:30:00",
        "text": SAID,
        "media_name": "Courier",
        "media_url": "https://courier.example",
        "byline": "By Tomas Reed",
    },
    "NewsAPI": {
        "source": {"id": None, "name": "Courier"},
        "author": "Tomas Reed",
        "title": "Wall",
        "url": URL,
        "content": SAID,
        "publishedAt": "2026-10-05T22:30:00Z",
        "language": "en",
    },
    "WordPress": {
        "id": 9,
        "date": "2026-10-05T22:30:00",
        "link": URL,
        "title": {"rendered": "Wall"},
        "lang": "en",
        "content": {"rendered": f"<p>{SAID}</p>"},
        "author": "Tomas Reed",
        "site_name": "Courier",
    },
    "schema.org": {
        "@type": "NewsArticle",
        "headline": "Wall",
        "articleBody": SAID,
        "datePublished": "2026-10-05T22:30:00Z",
        "url": URL,
        "author": [{"@type": "Person", "name": "Tomas Reed"}],
        "publisher": {"@type": "Organization", "name": "Courier"},
        "inLanguage": "en",
    },
    "ninjs": {
        "uri": "http://bna.example/1",
        "headline": "Wall",
        "byline": "Tomas Reed",
        "body_text": SAID,
        "language": "en",
        "url": URL,
        "firstcreated": "2026-10-05T22:30:00Z",
        "versioncreated": "2026-10-06T09:00:00Z",
        "publisher": "Courier",
    },
    "ninjs 2": {
        "uri": "urn:1",
        "headlines": [{"role": "main", "value": "Wall"}, {"role": "short", "value": "W"}],
        "by": "x",
        "bodies": [{"contenttype": "text/html", "value": f"<p>{SAID}</p>"}, {"contenttype": "text/plain", "value": SAID}],
        "byline": "Tomas Reed",
        "firstcreated": "2026-10-05T22:30:00Z",
        "language": "en",
        "publication": "Courier",
        "url": URL,
    },
    "MongoDB": {
        "_id": {"$oid": "abc"},
        "text": SAID,
        "title": "Wall",
        "author": {"name": "Tomas Reed"},
        "source": "Courier",
        "url": URL,
        "date": {"$date": {"$numberLong": "1791239400000"}},
        "language": "en",
    },
}


@pytest.mark.parametrize("program", PROGRAMS)
def test_what_programs_write(program: str) -> None:
    a = article(PROGRAMS[program])
    assert (a.text, a.title, a.publisher, a.url, a.language) == (f"Wall\n\n{SAID}", "Wall", "Courier", URL, "en")
    assert (a.author or "").removeprefix("By ") == "Tomas Reed" and a.published_at == AT and a.notes == ()


WRAPPED: dict[str, Any] = {
    "articles": {"status": "ok", "totalResults": 2, "articles": "@"},
    "results": {"response": {"status": "ok", "results": "@"}},
    "hits": {"took": 3, "hits": {"total": 2, "hits": "@"}},
    "docs": {"response": {"docs": "@", "meta": {"hits": 2}}},
    "data": {"meta": {"next": None}, "data": "@"},
    "events": {"articles": {"page": 1, "results": "@"}},
    "array": "@",
}


@pytest.mark.parametrize("wrapper", WRAPPED)
def test_the_wrapper_of_articles_is_no_publisher(wrapper: str) -> None:
    rows = [{"text": SAID, "title": "Wall", "related": [{"text": "no", "title": "no"}]}, {"text": "It rained."}]
    for indent in (None, 1):
        found = read(json.dumps(WRAPPED[wrapper], indent=indent).replace('"@"', json.dumps(rows)), "a.json")
        assert [(r.text, r.publisher) for r in found if isinstance(r, RawArticle)] == [
            (f"Wall\n\n{SAID}", None),
            ("It rained.", None),
        ]
        assert [r.uri for r in found] == ["a.json#L1", "a.json#L2"]


def test_a_json_feed_tells_its_publisher() -> None:
    items = [
        {
            "id": "1",
            "url": URL,
            "title": "Wall",
            "content_html": f"<p>{SAID}</p><p>It&nbsp;rained &amp; snowed.</p>",
            "date_published": "2026-10-05T22:30:00-05:00",
            "authors": [{"name": "Ann Rees"}, {"name": "Bo Lund"}],
        }
    ]
    (a,) = read(json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Courier", "items": items}), "a.json")
    assert isinstance(a, RawArticle) and (a.publisher, a.author, a.published_date) == (
        "Courier",
        "Ann Rees, Bo Lund",
        date(2026, 10, 5),
    )
    assert a.text == f"Wall\n\n{SAID}\n\nIt rained & snowed."


def test_fields_of_a_setting_lead_into_objects() -> None:
    row = {"content": {"body": SAID}, "meta": {"headline": "Wall", "by": [{"name": "Ann Rees"}]}, "a.b": "Courier"}
    a = article(row, fields={"text": "content.body", "title": "meta.headline", "author": "meta.by.0.name", "publisher": "a.b"})
    assert (a.text, a.title, a.author, a.publisher) == (f"Wall\n\n{SAID}", "Wall", "Ann Rees", "Courier")


@pytest.mark.parametrize(
    "text",
    [
        ["One.", "Two."],
        [{"text": "One."}, {"type": "image", "url": "x"}, {"text": "Two."}],
        {"paragraphs": 1, "text": ["One.", "Two."]},
        "<p>One.</p>\n<p>Two.</p>",
        "<div>One.</div><script>no</script><ul><li>Two.</li></ul>",
        [{"content": [{"text": "One."}]}, "Two."],
    ],
)
def test_paragraphs_in_every_form(text: Any) -> None:
    assert article({"text": text}).text == "One.\n\nTwo."


@pytest.mark.parametrize(
    ("value", "author"),
    [
        ({"name": "Ann Rees"}, "Ann Rees"),
        ([{"name": "Ann Rees"}, "Bo Lund"], "Ann Rees, Bo Lund"),
        ([], None),
        (["By Ann Rees"], "Ann Rees"),
        ([{"firstName": "Ann", "lastName": "Rees"}], "Ann Rees"),
        ("['Ann Rees', 'Bo Lund']", "Ann Rees, Bo Lund"),
        (None, None),
        (float("nan"), None),
        (["Ann Rees", "Ann Rees"], "Ann Rees"),
        ("N/A", None),
    ],
)
def test_authors_in_every_form(value: Any, author: str | None) -> None:
    a = article({"text": SAID, "author": value})
    assert (a.author, a.notes) == (author, ())


@pytest.mark.parametrize(
    ("value", "at"),
    [
        (1791239400, AT),
        (1791239400000, AT),
        (1791239400.5, AT.replace(microsecond=500000)),
        ("1791239400", AT),
        (20261005, DAY),
        ("20261005T223000Z", AT),
        ("20261005223000", AT),
        ({"$date": "2026-10-05T22:30:00Z"}, AT),
        ("N/A", None),
        (float("nan"), None),
        (0, None),
        ("0000-00-00 00:00:00", None),
        ("null", None),
        ("", None),
        ("/Date(1791239400000)/", AT),
        (["2026-10-05"], DAY),
        ("1970-01-01T00:00:00Z", None),
    ],
)
def test_times_in_every_form(value: Any, at: datetime | None) -> None:
    a = article({"text": SAID, "date": value})
    assert (a.published_at, a.notes) == (at, ())


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", 7),
        ("author", 7),
        ("publisher", True),
        ("published_at", "soon"),
        ("language", "x!"),
        ("url", "http://["),
        ("id", [[]]),
    ],
)
def test_an_odd_field_is_left_out_with_a_note_and_the_article_is_kept(field: str, value: Any) -> None:
    a = article({"text": SAID, field: value})
    assert a.text == SAID and len(a.notes) == 1 and a.notes[0].startswith(f"{field}: ")


def test_a_publisher_given_apart_beats_a_bare_host() -> None:
    given = {"a.jsonl#L1": {"publisher": "Brenn Courier"}}
    assert article({"text": SAID, "domain": "courier.example"}, metadata=given).publisher == "Brenn Courier"
    assert article({"text": SAID, "domain": "courier.example"}).publisher == "courier.example"
    assert article({"text": SAID, "publisher": "Tarvo Post"}, metadata=given).publisher == "Tarvo Post"


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        ('{"text":"A."},\n{"text":"B."},\n', ["A.", "B."]),
        ('{"text":"A."}{"text":"B."} {"text":"C."}', ["A.", "B.", "C."]),
        ('\x1e{"text":"A."}\n\x1e{"text":"B."}\n', ["A.", "B."]),
        ('\ufeff{"text":"A."}\n{"text":"B."}', ["A.", "B."]),
        ('[\n{"text":"A."},\n{"text":"B."}\n]\n', ["A.", "B."]),
        ('{"text":"A.\u2028B."}', ["A.\u2028B."]),
        ('{"text":"A.","text":"B."}', ["B."]),
        ('{\n"text":"A."\n}\n{\n"text":"B."\n}\n', ["A.", "B."]),
        ('[{"text":"A."},{"text":"B."}]', ["A.", "B."]),
        ('{"text":"A.","title":NaN,"author":Infinity}', ["A."]),
    ],
)
def test_lines_in_every_form(data: str, texts: list[str]) -> None:
    found = read(data)
    assert [r.text for r in found if isinstance(r, RawArticle)] == texts and len({r.uri for r in found}) == len(found) == len(
        texts
    )


def test_words_that_are_no_json_in_a_document_wherever_its_pieces_part() -> None:
    row = '{"text": "It rained, NaN, so @.", "title": NaN, "n": -Infinity}'
    rows = ", ".join(row.replace("@", str(n)) for n in range(5000))
    found = read(f"[{rows}]", "a.json")
    assert [r.text for r in found if isinstance(r, RawArticle)] == [f"It rained, NaN, so {n}." for n in range(5000)]


def test_articles_under_keys_of_their_own_and_columns_of_them() -> None:
    by_key = {"17": {"text": SAID, "title": "Wall"}, "18": {"text": "It rained."}}
    by_column = {"title": {"0": "Wall", "1": None}, "text": {"0": SAID, "1": "It rained."}}
    for data in (by_key, by_column):
        found = read(json.dumps(data), "a.json")
        assert [r.text for r in found if isinstance(r, RawArticle)] == [f"Wall\n\n{SAID}", "It rained."]
