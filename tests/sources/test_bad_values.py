"""One bad value costs the record that it is in: dates, addresses, characters that no text has, values of Parquet columns."""

from __future__ import annotations

import io
import json
import random
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.articles.rows import refusal_id
from onrecord.sources.dates import parse_published
from onrecord.sources.formats import Reading, read_records
from onrecord.sources.identity import article_ids, canonical_url
from onrecord.sources.readers.metadata import MetadataError, parse_metadata
from onrecord.sources.records import RawArticle, Refusal, Refused

from .pages import page, warc_record

SENTENCE = "“It rained,” said Ida Holm."


def read(data: bytes, uri: str, **reading: Any) -> list[RawArticle | Refusal]:
    return list(read_records(io.BytesIO(data), uri, uri, Reading(**reading)))


def told(data: bytes, uri: str, **reading: Any) -> list[tuple[int | None, str | None]]:
    """Number and reason of each record."""
    return [(r.record, r.reason if isinstance(r, Refusal) else None) for r in read(data, uri, **reading)]


def line(**values: Any) -> bytes:
    return json.dumps(values).encode() + b"\n"


# ------------------------------------------------------------------ dates

IMPOSSIBLE = [
    "2026-10-07T10:00:00+9900", "2026-10-07T10:00:00-99:59", "2026-10-07T10:00:00+24:00", "1200000000000000000000m",
    "0000-01-01", "99999-01-01", "0001-01-01T00:00+05:00", "9999-12-31T23:59-05:00", "NaN", "1e400", "9" * 5000, "\ud800", "\x00",
    "2026-10-07T25:61", "2026-02-30",
]  # fmt: skip


@pytest.mark.parametrize("value", IMPOSSIBLE, ids=lambda v: ascii(v)[:30])
def test_an_impossible_date_is_left_out_wherever_it_stands(value: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_published(value)
    assert refused.value.reason == "bad_field"
    of_page = page(1).replace(b"2026-10-05T18:30:00+02:00", value.encode(errors="replace"))
    for record in (
        *read(line(text=SENTENCE, published_at=value), "a.jsonl"),
        *read(SENTENCE.encode(), "a.txt", metadata={"a.txt": {"published_at": value}}),
        *(read(of_page, "a.html") if value.isprintable() else ()),
    ):
        assert isinstance(record, RawArticle) and record.published_at is record.published_date is None
        assert (
            record.uri == "a.html" or value == "NaN" or value in record.notes[0] or record.notes[0].startswith("published_at: ")
        )


NEAR = st.builds(
    lambda parts, ends: "".join(p + e for p, e in zip(parts, ends, strict=True)),
    st.lists(
        st.sampled_from("2026 10 07 T Wed October Z + - 99 9900 UTC GMT+3 24:00 am m h .5".split())
        | st.integers(-10, 10**25).map(str),
        min_size=10, max_size=10,
    ),
    st.lists(st.sampled_from(["-", ":", " ", "", ",", "/", "."]), min_size=10, max_size=10),
)  # fmt: skip
ZONED = st.builds(
    "{:04}-{:02}-{:02}T{:02}:{:02}{}{}".format,
    st.integers(0, 12000), st.integers(0, 13), st.integers(0, 32), st.integers(0, 25), st.integers(0, 61),
    st.sampled_from(["+", "-", "Z", " ", "UTC+"]), st.integers(0, 10**6).map(str) | st.just(""),
)  # fmt: skip


@settings(deadline=None, max_examples=600)
@given(st.text(max_size=40) | NEAR | ZONED)
def test_any_text_is_a_time_or_refused(value: str) -> None:
    try:
        moment, day = parse_published(value)
    except Refused as refused:
        assert refused.reason == "bad_field"
    else:
        assert moment.tzinfo is UTC and abs((moment.date() - day).days) <= 1
        pa.array([moment], pa.timestamp("us", "UTC"))


@pytest.mark.parametrize("value", [1e999, float("nan"), 1.5, {"a": 1}, [2026, 10], True, 10**30, -1])
def test_a_date_of_another_kind_is_left_out(value: Any) -> None:
    (record,) = read(line(text=SENTENCE, published_at=value), "a.jsonl")
    assert isinstance(record, RawArticle) and record.published_at is None
    assert (record.notes == ()) == (value != value) and all(note.startswith("published_at: ") for note in record.notes)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
NAMES = [
    "text",
    "id",
    "url",
    "title",
    "author",
    "published_at",
    "language",
    "maintext",
    "authors",
    "date_publish",
    "body",
    "html",
    "sections",
]


@settings(deadline=None, max_examples=150)
@given(st.dictionaries(st.sampled_from(NAMES), ANYTHING), st.dictionaries(st.sampled_from(NAMES), ANYTHING))
def test_values_of_any_kind_are_expected(row: dict[str, Any], body: dict[str, Any]) -> None:
    """No value fails in a way that nobody has thought of."""
    data = line(**row) + line(**row, **({} if "body" in row else {"body": body | {"sections": [body]}})) + line(text=SENTENCE)
    found = told(data, "a.jsonl")
    assert [n for n, _ in found] == [1, 2, 3] and "internal_error" not in [reason for _, reason in found]


def test_a_number_that_is_too_large_costs_its_field_and_not_the_document() -> None:
    data = json.dumps([{"text": SENTENCE, "published_at": "@"}, {"text": SENTENCE}]).replace('"@"', "1e999").encode()
    assert told(data, "a.json") == [(1, None), (2, None)]


# ------------------------------------------------------------------ addresses

BROKEN = [
    "http://[",
    "http://[::1",
    "https://a]b/",
    "http://news.example:99999/a",
    "http://news.example:port/",
    "https://a\u2100b/",
]


@pytest.mark.parametrize("url", BROKEN)
def test_an_address_that_cannot_be_parsed_is_left_out(url: str) -> None:
    records = read(line(text=SENTENCE, url=url), "a.jsonl") + read(SENTENCE.encode(), "a.txt", metadata={"a.txt": {"url": url}})
    assert [(r.url, r.notes) for r in records if isinstance(r, RawArticle)] == [(None, (f"url: {url!r} cannot be parsed",))] * 2
    archive = warc_record("https://courier.example/1", page(1)) + warc_record(url, page(2))
    assert [reason for _, reason in told(archive, "a.warc")] == [None, "bad_field"]


@pytest.mark.parametrize("url", BROKEN)
def test_a_page_that_names_no_address_has_none_or_that_where_it_was_fetched(url: str) -> None:
    data = page(1, head=f'<link rel="canonical" href="{url}"><meta property="og:url" content="{url}">')
    (alone,) = read(data, "a.html")
    (crawled,) = read(warc_record("https://courier.example/1", data), "a.warc")
    assert isinstance(alone, RawArticle) and alone.url is None
    assert isinstance(crawled, RawArticle) and crawled.url == "https://courier.example/1"


HOSTS = st.sampled_from(
    ["[", "[::1", "[::1]", "a]b", "news.example", "xn--a", "⒈.example", "..", "a" * 70 + ".example", "a:99999", "u:p@h"]
)
URLS = st.builds(
    lambda scheme, host, path: scheme + host + path,
    st.sampled_from(["http://", "https://", "//", "", "urn:", "http:", "HTTP://www."]), HOSTS | st.text(max_size=8),
    st.text(max_size=10) | st.sampled_from(["/amp/", "?a=%ff&amp=1", "?x=\ud800", "?b=%ED%A0%80"]),
)  # fmt: skip


@settings(deadline=None, max_examples=500)
@given(URLS, st.text(max_size=20))
def test_any_address_has_an_id_or_is_refused(url: str, own_id: str) -> None:
    assert canonical_url(url) == canonical_url(url)
    for record in read(line(text=SENTENCE, url=url, id=own_id), "a.jsonl"):
        assert isinstance(record, Refusal) or article_ids(record)[0]


# ------------------------------------------------------------------ characters


@pytest.mark.parametrize("field", ["text", "title", "url", "id", "author", "publisher", "language", "published_at"])
@pytest.mark.parametrize("name", ["a.jsonl", "a.parquet"])
def test_lone_surrogates_and_bytes_that_are_no_text_cost_one_record(field: str, name: str) -> None:
    rows = [{"text": SENTENCE}, {"text": SENTENCE} | {field: "\ud800"}, {"text": SENTENCE}]
    if name == "a.jsonl":
        data = b"".join(line(**r) for r in rows)
    else:
        columns = {
            c: pa.array([(r.get(c) or "").encode("utf-8", "surrogatepass") or None for r in rows], pa.binary())
            for c in {"text", field}
        }
        data = parquet(pa.table({c: a.view(pa.string()) for c, a in columns.items()}))
    assert told(data, name) == [(1, None), (2, "undecodable" if field == "text" else None), (3, None)]
    if field != "text":
        (odd,) = (r for r in read(data, name) if r.record == 2)
        assert isinstance(odd, RawArticle) and odd.notes[0].startswith(f"{field}: ")


@pytest.mark.parametrize("column", ["title", "author", "publisher", "url"])
def test_metadata_with_lone_surrogates_costs_the_column_alone(column: str) -> None:
    metadata = parse_metadata(line(uri="a.txt", **{column: "x\ud800"}), "m.jsonl")
    (record,) = read(SENTENCE.encode(), "a.txt", metadata=metadata)
    assert isinstance(record, RawArticle) and getattr(record, column) is None and record.notes[0].startswith(f"{column}: ")
    assert told(page(1), "a.html", metadata={"a.html": metadata["a.txt"] | {"author": "\ud800"}}) != []
    assert told(SENTENCE.encode(), "b.txt", metadata=metadata) == [(None, None)]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'{"uri": "a"}\n[1]\n', "line 2: a line holds one JSON object, not list"),
        (b'{"uri": "a"}\n' + b"[" * 100_000, "line 2: not JSON"),
        (b'{"uri": ' + b"9" * 5000 + b"}\n", "line 1: not JSON"),
        (b'uri,title\na,"' + b"x" * 200_000 + b'"\n', "not CSV"),
    ],
)
def test_metadata_that_cannot_be_read_is_said_in_one_line(data: bytes, message: str) -> None:
    with pytest.raises(MetadataError, match=message) as error:
        parse_metadata(data, "m.csv")
    assert "\n" not in str(error.value)


def test_a_refusal_can_be_stored_and_told_in_one_line() -> None:
    refusal = Refusal.of(Refused("bad_field", "two\nlines, \ud800"), "a.txt", None, b"")
    assert refusal.detail == "two lines, \\ud800"


def test_bad_records_are_told_apart() -> None:
    """Two that are not the same have two ids: also long ones that begin alike, and damage in two places."""
    rows = [{"words": "x" * 5000 + str(n)} for n in range(2)]
    for data, name in (
        (json.dumps(rows).encode(), "a.json"),
        (parquet(pa.table({"text": [None] * 2, "title": [r["words"] for r in rows]})), "a.parquet"),
    ):
        refusals = [r for r in read(data, name) if isinstance(r, Refusal)]
        assert len({refusal_id(r) for r in refusals}) == len(refusals) == 2
    empty = [warc_record(f"https://courier.example/{n}", b"", kind="text/html") for n in range(2)]
    assert len({refusal_id(r) for r in read(b"".join(empty), "a.warc") if isinstance(r, Refusal)}) == 2


# ------------------------------------------------------------------ Parquet


def parquet(table: pa.Table, **options: Any) -> bytes:
    out = io.BytesIO()
    pq.write_table(table, out, **options)
    return out.getvalue()


@pytest.mark.parametrize(
    "column",
    [
        pa.array([0, 2**62, None], pa.timestamp("us")), pa.array([0, -(2**62), None], pa.timestamp("ms")),
        pa.array([0, 2**31 - 1, None], pa.int32()).view(pa.date32()), pa.array([0, 2**62, None], pa.timestamp("ms", "UTC")),
    ],
    ids=str,
)  # fmt: skip
def test_a_time_that_no_calendar_has_costs_its_row(column: pa.Array) -> None:
    data = parquet(pa.table({"text": [SENTENCE] * 3, "published_at": column}))
    assert told(data, "a.parquet") == [(1, None), (2, None), (3, None)]
    assert [bool(r.notes) for r in read(data, "a.parquet") if isinstance(r, RawArticle)][1:] == [True, False]


def test_nanoseconds_and_unknown_zones() -> None:
    data = parquet(pa.table({"text": [SENTENCE], "published_at": pa.array([1_790_000_000_123_456_789], pa.timestamp("ns"))}))
    (article,) = read(data, "a.parquet")
    assert isinstance(article, RawArticle) and article.published_at == datetime(2026, 9, 21, 14, 13, 20, 123456, tzinfo=UTC)
    zoned = pa.array([0, None], pa.timestamp("us", "Nowhere/Town"))
    found = read(parquet(pa.table({"text": [SENTENCE] * 2, "published_at": zoned})), "a.parquet")
    assert [bool(r.notes) for r in found if isinstance(r, RawArticle)] == [True, False]


@pytest.mark.parametrize("column", ["text", "title"])
def test_a_corrupt_page_costs_the_rows_behind_it_in_its_row_group(column: str) -> None:
    count, rng = 600, random.Random(1)
    table = pa.table(
        {
            "text": [f"{SENTENCE} {n} {rng.randbytes(20).hex()}" for n in range(count)],
            "title": [rng.randbytes(20).hex() for _ in range(count)],
        }
    )
    data = bytearray(parquet(table, row_group_size=200, use_dictionary=False, compression="zstd", write_page_checksum=True))
    chunk = pq.ParquetFile(io.BytesIO(data)).metadata.row_group(1).column(table.schema.names.index(column))
    at = chunk.data_page_offset + chunk.total_compressed_size // 2
    data[at : at + 50] = bytes(50)
    found = read(bytes(data), "a.parquet")
    (refusal,) = (r for r in found if isinstance(r, Refusal))
    assert (refusal.reason, refusal.record) == ("bad_archive", 201) and refusal.detail.startswith(
        "rows 201 to 400 cannot be read: "
    )
    assert [r.uri for r in found if isinstance(r, RawArticle)] == [f"a.parquet#L{n}" for n in (*range(1, 201), *range(401, 601))]
