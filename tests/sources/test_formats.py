"""Formats: pages, archives, other people's JSON, Parquet; told by content, read in parts, refused where built to harm."""

from __future__ import annotations

import gzip
import io
import json
import random
import time
import tracemalloc
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.sources.formats import Reading, read_records
from onrecord.sources.readers.warc import read_warc
from onrecord.sources.records import RawArticle, Refusal

from .pages import FUNDUS, NEWS_PLEASE, SAID, page, warc, warc_record


def read(data: bytes, uri: str, **reading: Any) -> list[RawArticle | Refusal]:
    return list(read_records(io.BytesIO(data), uri, uri, Reading(**reading)))


def article(data: bytes, uri: str, **reading: Any) -> RawArticle:
    (found,) = read(data, uri, **reading)
    assert isinstance(found, RawArticle), found
    return found


def reasons(data: bytes, uri: str, **reading: Any) -> list[str | None]:
    return [r.reason if isinstance(r, Refusal) else None for r in read(data, uri, **reading)]


def parquet(rows: list[dict[str, Any]]) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), out)
    return out.getvalue()


def test_a_page_gives_text_title_author_date_and_publisher() -> None:
    a = article(page(7), "a.html")
    assert (a.title, a.author, a.publisher, a.language) == ("Wall 7 gives way", "Tomas Reed", "Brenn Courier", "en")
    assert (a.published_at, a.published_date) == (datetime(2026, 10, 5, 16, 30, tzinfo=UTC), date(2026, 10, 5))
    assert a.text.split("\n\n")[-1] == SAID and "Sport" not in a.text and "rights reserved" not in a.text


@pytest.mark.parametrize(
    "quotation",
    [
        "<blockquote><p>“We have no wall and no money left for one,” she told the council on Tuesday.</p></blockquote>",
        "<aside class='pullquote'>“We have no wall and no money left for one,” she told the council on Tuesday.</aside>",
        "<div class='c-pull-quote big'>“We have no wall and no money left for one,” she told the council on Tuesday.</div>",
    ],
)
def test_block_and_pull_quotes_of_a_page_are_kept(quotation: str) -> None:
    paragraphs = article(page(1, quotation), "a.html").text.split("\n\n")
    assert "“We have no wall and no money left for one,” she told the council on Tuesday." in paragraphs


def test_metadata_given_apart_completes_a_page_and_gives_its_address() -> None:
    a = article(page(1), "a.html", metadata={"a.html": {"url": "https://courier.example/1", "language": "en-GB"}})
    assert (a.url, a.language) == ("https://courier.example/1", "en")


def test_a_page_without_an_article_is_refused() -> None:
    assert reasons(b"<!doctype html><html><body><nav><a href='/'>Home</a></nav></body></html>", "a.html") == ["not_an_article"]


@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (page(1), 1), (json.dumps(NEWS_PLEASE).encode(), 1), (parquet([{"text": "It rained."}, {"text": "It snowed."}]), 2),
        (warc(3, zipped=False), 3), ("“It rained,” he said.".encode(), 1),
    ],
    ids=["html", "json", "parquet", "warc", "text"],
)  # fmt: skip
def test_the_format_is_told_by_the_content_where_the_name_tells_none(data: bytes, texts: int, zipped: bool) -> None:
    if zipped and data.startswith(b"PAR1"):
        pytest.skip("Parquet is compressed within")
    found = read(gzip.compress(data) if zipped else data, "download")
    assert [type(r) for r in found] == [RawArticle] * texts


def test_a_page_in_a_file_that_is_called_text_is_read_as_a_page() -> None:
    assert article(page(1), "a.txt").title == "Wall 1 gives way"


# ------------------------------------------------------------------ JSON


@pytest.mark.parametrize(
    ("data", "uri"),
    [
        (json.dumps(NEWS_PLEASE), "a.jsonl"), (json.dumps(NEWS_PLEASE, indent=2), "a.json"), (json.dumps(NEWS_PLEASE), "a.json"),
        (json.dumps([NEWS_PLEASE]), "a.json"),
    ],
)  # fmt: skip
def test_news_please(data: str, uri: str) -> None:
    a = article(data.encode(), uri)
    assert (a.title, a.author, a.publisher, a.url) == (
        "Wall gives way",
        "Tomas Reed, Ida Holm",
        "courier.example",
        "https://courier.example/1",
    )
    assert a.text.endswith(SAID) and a.published_date == date(2026, 10, 5)


def test_news_please_prints_absent_dates_as_none() -> None:
    assert article(json.dumps(NEWS_PLEASE | {"date_publish": "None"}).encode(), "a.jsonl").published_at is None


def test_fundus() -> None:
    a = article(json.dumps(FUNDUS).encode(), "a.jsonl")
    assert a.text.split("\n\n") == ["Wall gives way", "A wall is gone.", "Old stones", SAID, "It rained."]
    assert (a.author, a.published_at) == ("Tomas Reed", datetime(2026, 10, 5, 16, 30, tzinfo=UTC))


def test_fundus_by_publisher() -> None:
    crawl = {"Courier": [FUNDUS, FUNDUS | {"title": "Again"}], "Post": [FUNDUS | {"title": "Third"}], "Empty": []}
    found = read(json.dumps(crawl, indent=4).encode(), "crawl.json")
    assert [(a.publisher, a.title) for a in found if isinstance(a, RawArticle)] == [
        ("Courier", "Wall gives way"), ("Courier", "Again"), ("Post", "Third"),
    ]  # fmt: skip
    assert [a.uri for a in found] == ["crawl.json#L1", "crawl.json#L2", "crawl.json#L3"]


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_one_object_a_line_whatever_the_file_is_called(name: str) -> None:
    data = "\n".join(json.dumps({"text": f"It rained {n} times. " * 40}) for n in (2, 3))
    assert [r.uri for r in read(data.encode(), name)] == [f"{name}#L1", f"{name}#L2"]


def test_fundus_by_publisher_on_one_line() -> None:
    assert article(json.dumps({"Courier": [FUNDUS]}).encode(), "crawl.json").publisher == "Courier"


def test_a_field_named_in_the_settings_wins() -> None:
    assert article(json.dumps({"main": "It rained."}).encode(), "a.jsonl", fields={"text": "main"}).text == "It rained."


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("[]", ["empty"]), ('[{"text": "It rained."}, 5, {"text": ""}]', [None, "bad_json", "empty"]),
        ('[{"text": "It rained."}', [None, "bad_json"]),
        ("[1", ["bad_json", "bad_json"]), ('{\n"text": "It rained."', ["bad_json"]), ("{\n}", ["empty"]), ("5", ["bad_json"]),
    ],
)  # fmt: skip
def test_json_documents_that_are_broken(data: str, expected: list[str | None]) -> None:
    assert reasons(data.encode(), "a.json") == expected


@pytest.mark.engine
def test_a_large_array_is_read_with_flat_memory() -> None:
    peaks = []
    for count in (200, 4000):
        data = json.dumps([NEWS_PLEASE | {"maintext": f"{n} {SAID}" * 20} for n in range(count)]).encode()
        tracemalloc.start()
        assert sum(1 for _ in read_records(io.BytesIO(data), "a.json", "a.json", Reading())) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0] + (1 << 20)


# ------------------------------------------------------------------ Parquet


def test_parquet_with_mapped_columns() -> None:
    rows = [{"body": SAID, "when": datetime(2026, 10, 5, 16, 30, tzinfo=UTC), "n": 1}, {"body": None, "when": None, "n": 2}]
    found = read(parquet(rows), "a.parquet", fields={"text": "body", "published_at": "when"})
    assert isinstance(found[0], RawArticle) and found[0].published_at == rows[0]["when"] and found[0].uri == "a.parquet#L1"
    assert isinstance(found[1], Refusal) and (found[1].reason, found[1].record) == ("missing_text", 2)


def test_parquet_without_the_column_says_which() -> None:
    (refusal,) = read(parquet([{"words": SAID}]), "a.parquet")
    assert isinstance(refusal, Refusal) and refusal.reason == "missing_text" and "'text'" in refusal.detail


# ------------------------------------------------------------------ WARC


@pytest.mark.parametrize("zipped", [True, False], ids=["gzip", "plain"])
def test_an_archive_gives_its_pages_and_no_other_record(zipped: bool) -> None:
    found = read(warc(9, zipped), "crawl.warc.gz" if zipped else "crawl.warc")
    assert [a.url for a in found if isinstance(a, RawArticle)] == [f"https://courier.example/{n}" for n in range(9)]
    assert all(a.uri.startswith("crawl.warc") and "#R" in a.uri for a in found)


@pytest.mark.parametrize("zipped", [True, False], ids=["gzip", "plain"])
@pytest.mark.parametrize("parts", [2, 3, 7, 40])
def test_parts_of_an_archive_hold_every_record_once(zipped: bool, parts: int) -> None:
    data = warc(30, zipped)
    step = -(-len(data) // parts)
    cuts = [*range(0, len(data), step)]
    found = [
        r.uri
        for lo, hi in zip(cuts, [*cuts[1:], None], strict=True)
        for r in read_warc(io.BytesIO(data), "a.warc", {}, 10**6, lo, hi)
    ]
    assert found == [r.uri for r in read_warc(io.BytesIO(data), "a.warc", {}, 10**6)]


def test_an_archive_that_was_zipped_as_one_is_read_by_one_worker() -> None:
    data = gzip.compress(warc(9, zipped=False))
    found = [list(read_warc(io.BytesIO(data), "a.warc", {}, 10**6, *part)) for part in ((0, 100), (100, None))]
    assert [type(r) for r in found[0]] == [RawArticle] * 9 and found[1] == []
    assert len({r.uri for r in found[0]}) == 9


@pytest.mark.parametrize("zipped", [True, False], ids=["gzip", "plain"])
def test_an_archive_that_breaks_off_gives_what_is_whole_and_a_reject(zipped: bool) -> None:
    data = warc(12, zipped)
    found = reasons(data[: len(data) // 2], "a.warc")
    assert found[0] is None and found[-1] == "truncated" and set(found) == {None, "truncated"}


def test_damage_within_an_archive_costs_the_record_it_is_in() -> None:
    data = bytearray(warc(12))
    middle = len(data) // 2
    data[middle : middle + 40] = bytes(40)
    found = reasons(bytes(data), "a.warc.gz")
    assert found.count(None) >= 10 and "bad_archive" in found


def test_pages_that_a_server_compressed_or_refused() -> None:
    data = b"".join(
        [
            warc_record("https://courier.example/1", gzip.compress(page(1)), coding="gzip"),
            warc_record("https://courier.example/2", page(2), status="404 Not Found"),
            warc_record("https://courier.example/3", b"", kind="text/html"),
        ]
    )
    assert reasons(data, "a.warc") == [None, "empty"]


# ------------------------------------------------------------------ built to harm


def lol() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY l0 "lol">{entities}]><html><body><p>&l9;</p></body></html>'.encode()


HOSTILE = {
    "nested tags": (b"<html>" + b"<div>" * 2_000_000, "a.html", "too_long"),
    "nested tags, shorter": (b"<html>" + b"<div>" * 1_000_000, "a.html", "not_an_article"),
    "nested arrays": (b"[" * 1_000_000, "a.json", "bad_json"),
    "endless line": (b'{"text": "' + b"x" * 40_000_000, "a.jsonl", "too_long"),
    "endless string in an array": (b'[{"text": "' + b"x" * 40_000_000, "a.json", "too_long"),
    "gzip bomb, lines": (gzip.compress(bytes(200_000_000)), "a.jsonl.gz", "bad_archive"),
    "gzip bomb, text": (gzip.compress(b"a" * 200_000_000), "a.txt.gz", "too_long"),
    "gzip bomb, page": (gzip.compress(b"<html>" + b"a" * 200_000_000), "a.html.gz", "too_long"),
    "gzip bomb in an archive": (
        warc_record("https://courier.example/1", gzip.compress(b"<html>" + b"a" * 200_000_000), coding="gzip"), "a.warc",
        "too_long",
    ),
    "entities": (lol(), "a.html", "not_an_article"),
    "not Parquet": (b"PAR1" + b"\xff" * 100 + b"PAR1", "a.parquet", "bad_archive"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "uri", "expected"), HOSTILE.values(), ids=HOSTILE)
def test_what_is_built_to_harm_is_refused_quickly_and_in_little_memory(data: bytes, uri: str, expected: str) -> None:
    tracemalloc.start()
    begin = time.process_time()
    found = read(data, uri)
    took, peak = time.process_time() - begin, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(found[0], Refusal) and found[0].reason == expected
    assert took < 3 and peak < 120 << 20  # a second on an idle machine, without the tracing


# ------------------------------------------------------------------ anything at all

SEEDS = {
    "a.html": page(1), "a.warc": warc(3, zipped=False), "a.warc.gz": warc(3),
    "a.json": json.dumps([NEWS_PLEASE, FUNDUS]).encode(),
    "b.json": json.dumps({"Courier": [FUNDUS]}, indent=1).encode(), "a.jsonl": json.dumps(NEWS_PLEASE).encode() * 2,
    "a.jsonl.gz": gzip.compress(json.dumps(NEWS_PLEASE).encode()), "a.parquet": parquet([{"text": SAID}] * 3),
    "a.txt": SAID.encode(), "unnamed": page(2),
}  # fmt: skip


def mutated(data: bytes, rng: random.Random) -> bytes:
    """Bytes changed, cut, doubled, moved and filled in."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 8)):
        at = rng.randrange(len(out) + 1)
        match rng.randrange(6):
            case 0 if out:
                out[at % len(out)] = rng.randrange(256)
            case 1:
                del out[at : at + rng.randint(1, 60)]
            case 2:
                out[at:at] = out[at : at + rng.randint(1, 200)]
            case 3:
                out[at:at] = rng.randbytes(rng.randint(1, 20))
            case 4:
                del out[at:]
            case _:
                out[at:at] = rng.choice([b"\x00", b"<", b'"', b"{", b"]", b"\r\n\r\n", b"WARC/1.0", b"\x1f\x8b\x08", b"&#0;"])
    return bytes(out)


@given(st.sampled_from(sorted(SEEDS)), st.integers(0, 2**32))
@settings(max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@pytest.mark.engine
def test_any_input_is_articles_and_refusals(name: str, seed: int) -> None:
    for record in read(mutated(SEEDS[name], random.Random(seed)), name):
        assert isinstance(record, RawArticle | Refusal)
        if isinstance(record, RawArticle):
            assert record.text.strip() and record.text.encode("utf-8")
