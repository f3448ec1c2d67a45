"""Sources: bytes in, articles or refusals out."""

from __future__ import annotations

import gzip
import io
import json
import os
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.characters import meant
from onrecord.plugins import READERS
from onrecord.sources.dates import parse_published
from onrecord.sources.formats import Reading, read_records, reader_for
from onrecord.sources.identity import article_ids, canonical_url
from onrecord.sources.readers.decoding import decode
from onrecord.sources.readers.metadata import MetadataError, parse_metadata
from onrecord.sources.records import RawArticle, Refusal, Refused, with_title

SENTENCE = "“It’s late – no café is open,” said Renée Müller. The mayor of Zürich agreed and went home at nine."


def read(data: bytes, uri: str = "news/a.txt", relative: str = "a.txt", **reading: Any) -> list[RawArticle | Refusal]:
    return list(read_records(io.BytesIO(data), uri, relative, Reading(**reading)))


def reason(data: bytes, uri: str = "news/a.txt", **reading: Any) -> list[str | None]:
    return [r.reason if isinstance(r, Refusal) else None for r in read(data, uri, **reading)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-32"])
def test_encodings(encoding: str) -> None:
    assert decode(SENTENCE.encode(encoding)) == SENTENCE


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"text \x00 with NUL", "binary"),
        (bytes(range(32)) * 20, "binary"),
        (os.urandom(4000), None),
        (bytes([0x81, 0x8D, 0x9D, 0xFF, 0xFE, 0x80]) * 40, "undecodable"),
        (b"\xff\xfe\xff", "undecodable"),
    ],
)
def test_refused_bytes(data: bytes, expected: str | None) -> None:
    assert reason(data)[0] in ({expected} if expected else {"binary", "undecodable"})


@given(st.binary(max_size=300))
def test_any_bytes_are_an_article_or_a_refusal(data: bytes) -> None:
    for name in ("a.txt", "a.jsonl", "a.jsonl.gz"):
        for record in read(data, name):
            assert isinstance(record, RawArticle | Refusal)
            if isinstance(record, RawArticle):
                record.text.encode("utf-8")


@given(st.text(min_size=1, max_size=300))
def test_utf8_is_kept_to_the_character(text: str) -> None:
    for record in read(text.encode("utf-8", "replace")):
        if isinstance(record, RawArticle) and "\x00" not in text:  # a letter and a NUL are one of UTF-16
            assert record.text == meant(text.encode("utf-8", "replace").decode("utf-8").removeprefix("\ufeff"))


def test_too_long() -> None:
    assert reason(b"word " * 50, max_chars=100) == ["too_long"]
    assert reason(b"word " * 500, max_chars=100) == ["too_long"]


def line(**values: Any) -> bytes:
    return json.dumps(values).encode() + b"\n"


JSON_LINES: dict[str, tuple[bytes, str | None]] = {
    "good": (line(text="It rained."), None),
    "no text": (line(title="Rain"), "missing_text"),
    "null text": (line(text=None), "missing_text"),
    "empty text": (line(text=" "), "empty"),
    "text is a number": (line(text=7), "bad_field"),
    "not JSON": (b'{"text": "It rained.\n', "bad_json"),
    "not an object": (b"[1, 2]\n", "bad_json"),
    "deeply nested": (b"[" * 50_000 + b"\n", "bad_json"),
    "not UTF-8": (b'{"text": "caf\xe9"}\n', None),
    "no encoding": (b'{"text": "\x81\x8d\x9d\xff\xfe\x80\x81\x8d\x9d\xff"}\n', "undecodable"),
    "lone surrogate": (b'{"text": "a \\ud800 b"}\n', "undecodable"),
    "NUL": (b'{"text": "a \\u0000 b"}\n', "binary"),
    "too long": (line(text="x" * 2000), "too_long"),
    "line too long": (b'{"text": "' + b"x" * 100_000 + b'"}\n', "too_long"),
}


@pytest.mark.parametrize(("data", "expected"), JSON_LINES.values(), ids=JSON_LINES)
def test_json_line(data: bytes, expected: str | None) -> None:
    assert reason(data, "a.jsonl", max_chars=1000) == [expected]


@pytest.mark.parametrize(("data", "expected"), JSON_LINES.values(), ids=JSON_LINES)
def test_one_bad_line_touches_no_other(data: bytes, expected: str | None) -> None:
    good = line(text="It snowed.")
    records = read(good + data + b"\n\n" + good, "a.jsonl", max_chars=1000)
    assert [r.record for r in records] == [1, 2, 5]
    assert [isinstance(r, Refusal) for r in records] == [False, expected is not None, False]


def test_gzip_and_truncated_gzip() -> None:
    whole = gzip.compress(b"".join(line(text=f"It rained {n} times. {os.urandom(40).hex()}") for n in range(500)))
    assert len(read(whole, "a.jsonl.gz")) == 500
    cut = read(whole[: len(whole) // 2], "a.jsonl.gz")
    assert isinstance(cut[-1], Refusal) and cut[-1].reason == "truncated"
    assert 100 < len(cut) < 400 and all(isinstance(r, RawArticle) for r in cut[:-1])
    assert reason(b"\x1f\x8b garbage", "a.jsonl.gz") == ["truncated"]


def test_refusal_keeps_the_record() -> None:
    (refusal,) = read(b'{"title": "Rain"}\n', "a.jsonl")
    assert isinstance(refusal, Refusal)
    assert (refusal.payload, refusal.record) == (b'{"title": "Rain"}\n', 1) and refusal.detail.startswith("no field 'text'")


def test_fields_can_be_mapped() -> None:
    data = line(body="It rained.", headline="Rain", date="2026-10-07", by=["Ann Veld", "Bo Lund"])
    fields = {"text": "body", "title": "headline", "published_at": "date", "author": "by"}
    (article,) = read(data, "a.jsonl", fields=fields)
    assert isinstance(article, RawArticle)
    assert (article.text, article.title, article.title_added) == ("Rain\n\nIt rained.", "Rain", True)
    assert (article.author, article.published_date) == ("Ann Veld, Bo Lund", date(2026, 10, 7))


def test_title_that_opens_the_body_is_not_added() -> None:
    assert with_title("Rain again!\n\nIt rained.", "Rain again") == ("Rain again!\n\nIt rained.", False)
    assert with_title("It rained.", None) == ("It rained.", False)


@pytest.mark.parametrize(
    ("printed", "moment", "day"),
    [
        ("2026-10-07", datetime(2026, 10, 7, tzinfo=UTC), date(2026, 10, 7)),
        ("2026-10-07T23:30:00-05:00", datetime(2026, 10, 8, 4, 30, tzinfo=UTC), date(2026, 10, 7)),
        ("Wed, 07 Oct 2026 08:00:00 GMT", datetime(2026, 10, 7, 8, tzinfo=UTC), date(2026, 10, 7)),
        ("7 October 2026", datetime(2026, 10, 7, tzinfo=UTC), date(2026, 10, 7)),
    ],
)
def test_dates(printed: str, moment: datetime, day: date) -> None:
    assert parse_published(printed) == (moment, day)


@pytest.mark.parametrize("printed", ["yesterday", "12", "2026-13-01", "October 2026", "", "99999999999999999999"])
def test_no_dates(printed: str) -> None:
    with pytest.raises(Refused, match="published_at"):
        parse_published(printed)


def test_metadata_by_relative_path_and_uri() -> None:
    csv = b"uri,title,published_at,publisher,language\na.txt,Rain,2026-10-07,Tarvo Gazette,en-GB\n"
    metadata = parse_metadata(csv, "m.csv")
    (article,) = read(b"It rained.", metadata=metadata)
    assert isinstance(article, RawArticle)
    assert (article.text, article.publisher, article.language) == ("Rain\n\nIt rained.", "Tarvo Gazette", "en")
    by_uri = parse_metadata(b'{"uri": "news/a.txt", "publisher": "Tarvo Gazette"}\n', "m.jsonl")
    assert read(b"It rained.", metadata=by_uri)[0].publisher == "Tarvo Gazette"  # type: ignore[union-attr]


@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_metadata_of_other_delimiters_and_its_unknown_columns(mark: str) -> None:
    data = "uri,title,publisher,Rubric,published_at\na.txt,Rain,Gazette,Weather,2026-10-07\n".replace(",", mark)
    metadata = parse_metadata(data.encode(), "m.csv")
    assert metadata == {"a.txt": {"title": "Rain", "publisher": "Gazette", "published_at": "2026-10-07"}}
    assert metadata.unknown == ("Rubric",)


def test_the_article_wins_over_metadata() -> None:
    metadata = {"a.jsonl#L1": {"title": "Other", "publisher": "Other"}}
    (article,) = read(line(text="It rained.", publisher="Own"), "a.jsonl", metadata=metadata)
    assert (article.publisher, article.title) == ("Own", "Other")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("data", "message"), [(b"title\nx\n", "no value in column 'uri'"), (b"{oops\n", "line 1: not JSON"), (b"\xff", "UTF-8")]
)
def test_bad_metadata(data: bytes, message: str) -> None:
    with pytest.raises(MetadataError, match=message):
        parse_metadata(data, "m.csv")


@pytest.mark.parametrize(
    ("uri", "expected"),
    [
        ("a.txt", "text"),
        ("A.TXT", "text"),
        ("a.jsonl.gz", "jsonl"),
        ("a.ndjson", "jsonl"),
        ("a.png", None),
        ("gs://b/a.jsonl", "jsonl"),
    ],
)
def test_format_by_name(uri: str, expected: str | None) -> None:
    assert reader_for(uri) is (None if expected is None else READERS.get(expected))


def test_format_by_content_without_a_name() -> None:
    assert len(read(line(text="a b") * 3, "stdin")) == 3
    assert len(read(b"It rained.\n{not json}\n", "stdin")) == 1


def test_ids_depend_on_address_and_content_alone() -> None:
    one = RawArticle("x.txt", "It rained.", url="https://News.example/a?utm_source=x&id=3#top")
    two = RawArticle("y.txt", "It rained.", url="https://news.example/a?id=3")
    assert article_ids(one) == article_ids(two)
    assert article_ids(RawArticle("x.txt", "It rained.")) == article_ids(RawArticle("y.txt", "It rained."))
    changed = article_ids(RawArticle("x.txt", "It snowed.", url=two.url))
    assert changed[0] == article_ids(two)[0] and changed[1] != article_ids(two)[1]
    assert canonical_url(" https://news.example/a ") == "https://news.example/a"


@pytest.mark.parametrize(
    "form",
    [
        "https://m.news.example/world/story-1",
        "http://www.news.example/world/story-1/",
        "https://amp.news.example/world/story-1?utm_campaign=x#top",
        "https://mobile.news.example/amp/world/story-1",
        "https://news.example/world/story-1/amp/",
        "https://news.example/world/story-1.amp",
        "https://news.example/world/story-1?amp=1&outputType=amp",
        "https://news-example.cdn.ampproject.org/c/s/www.news.example/world/story-1?amp_js_v=0.1&usqp=x",
        "https://www.google.co.uk/amp/s/news.example/world/story-1",
        "HTTPS://News.Example:443/world//story-1?fbclid=abc",
    ],
)
def test_forms_of_one_address(form: str) -> None:
    assert canonical_url(form) == canonical_url("https://news.example/world/story-1")


@pytest.mark.parametrize(
    "other",
    [
        "https://news.example/world/story-2",
        "https://news.example/world/story-1?page=2",
        "https://live.news.example/world/story-1",
        "https://news.example/example/world/story-1",
        "https://m.example/world/story-1",
        "https://news.example/world/story-1/amplifier",
    ],
)
def test_other_addresses(other: str) -> None:
    assert canonical_url(other) != canonical_url("https://news.example/world/story-1")


@pytest.mark.parametrize("odd", ["http://[::1", "urn:isbn:123", "", "news.example/a b", "https://"])
def test_no_address_is_still_the_same_each_time(odd: str) -> None:
    assert canonical_url(odd) == canonical_url(odd)


@pytest.mark.parametrize(
    ("uri", "form", "data", "uris"),
    [
        ("stdin", "auto", b'{"text": "It rained."}', ["stdin#L1"]),
        ("stdin", "jsonl", b'{"text": "It rained."}', ["stdin#L1"]),
        ("stdin", "json", b'{"text": "It rained."}', ["stdin"]),
        ("a.json", "auto", b'{"text": "It rained."}', ["a.json"]),
        ("a.json", "jsonl", b'{"text": "It rained."}', ["a.json"]),
        ("a.json", "auto", b'{"text": "It rained."}\n\n{"text": "It snowed."}', ["a.json#L1", "a.json#L3"]),
        ("stdin", "jsonl", b'[{"text": "It rained."}]', ["stdin#L1"]),
        ("a.txt", "auto", b'{\n"text": "It rained."}', ["a.txt"]),
        ("a.html", "auto", b'{"text": "It rained."}\n{"text": "It snowed."}', ["a.html#L1", "a.html#L2"]),
    ],
)
def test_json_is_lines_or_documents_as_name_and_first_bytes_tell(uri: str, form: str, data: bytes, uris: list[str]) -> None:
    assert [article.uri for article in read(data, uri, format=form)] == uris
