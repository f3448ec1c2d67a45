"""Times of publication: as they are printed, and as pages tell them; what is not told is none."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from onrecord.sources.dates import order_of, parse_published
from onrecord.sources.formats import Reading, read_records
from onrecord.sources.records import RawArticle, Refused

from .pages import LEAD, SAID


@pytest.mark.parametrize(
    ("printed", "moment"),
    [
        ("Mon, 05 Oct 2026 22:30:00 EDT", (6, 2, 30)),
        ("Mon, 05 Oct 2026 22:30:00 EST", (6, 3, 30)),
        ("Mon, 05 Oct 2026 22:30 PST", (6, 6, 30)),
        ("5 October 2026, 22:30 BST", (5, 21, 30)),
        ("2026-10-05 22:30 CET", (5, 21, 30)),
        ("2026-10-05 22:30 CEST", (5, 20, 30)),
        ("Mon, 05 Oct 2026 22:30:00 IST", (5, 17, 0)),
        ("5 Oct 2026 22:30 AEDT", (5, 11, 30)),
        ("5 Oct 2026 22:30 WAT", (5, 21, 30)),
        ("Mon, 05 Oct 2026 22:30:00 GMT+2", (5, 20, 30)),
        ("5 Oct 2026 22:30 UTC-5", (6, 3, 30)),
        ("5 Oct 2026 22:30 GMT+05:30", (5, 17, 0)),
        ("5 Oct 2026 22:30 (GMT-3)", (6, 1, 30)),
        ("Oct. 5, 2026 at 10:30 p.m. ET", (6, 2, 30)),
        ("Jan. 5, 2026 at 10:30 p.m. ET", (6, 3, 30)),
        ("2026-10-05T22:30:00+02:00[Europe/Paris]", (5, 20, 30)),
        ("2026-10-05 22:30 Asia/Kolkata", (5, 17, 0)),
        ("2026-10-05T22:30:00 02:00", (5, 20, 30)),
        ("2026-10-05 22:30:00 +02:00", (5, 20, 30)),
        ("Monday 5th October 2026 10.30pm", (5, 22, 30)),
        ("Mon Oct 05 2026 22:30:00 GMT+0200 (Central European Summer Time)", (5, 20, 30)),
        ("5 Oct 2026 | 10:30 pm", (5, 22, 30)),
        ("Published: 5 October 2026 22:30 UTC", (5, 22, 30)),
        ("Mon Oct  5 22:30:00 EST 2026", (6, 3, 30)),
        ("2026-10-05T22:30:00.123Z", (5, 22, 30)),
        ("22.30 BST on Monday 5 October 2026", (5, 21, 30)),
        ("10:30 p.m. ET, October 5, 2026", (6, 2, 30)),
        ("5 Oct 2026 22:30 SAST", (5, 20, 30)),
        ("2026-10-05 22:30 JST", (5, 13, 30)),
        ("10:30pm, 5 Oct 2026 (GMT+8)", (5, 14, 30)),
        ("20261005T223000-0500", (6, 3, 30)),
        ("05.10.2026, 22:30 Uhr", (5, 22, 30)),
        ("2026年10月5日 22:30", (5, 22, 30)),
        ("the 5th of October, 2026 22:30", (5, 22, 30)),
    ],
)
def test_zones_are_kept(printed: str, moment: tuple[int, int, int]) -> None:
    at, day = parse_published(printed)
    assert (at.day, at.hour, at.minute) == moment and day.day == 5 and at.tzinfo is UTC


def test_a_zone_of_several_countries_is_that_of_the_source() -> None:
    assert parse_published("5 July 2026 22:30 IST", country="IE")[0].hour == 21
    assert parse_published("5 July 2026 22:30 IST", country="IL")[0].hour == 19
    assert parse_published("5 July 2026 22:30 BST", country="BD")[0].hour == 16


@pytest.mark.parametrize(
    ("hints", "order"),
    [
        (("en-GB",), "dmy"),
        (("en_US.UTF-8",), "mdy"),
        (("en", "https://www.courier.co.uk/1"), "dmy"),
        (("https://post.com.au/1",), "dmy"),
        (("https://post.com.ph/",), "mdy"),
        (("https://courier.example/1",), None),
        (("https://tube.tv/1",), None),
        ((None, "en-IE"), "dmy"),
        (("https://[",), None),
        (("en-ZA",), "dmy"),
        (("en-CA",), None),
        (("https://gazette.ng/",), "dmy"),
    ],
)
def test_the_order_of_day_and_month_is_that_of_the_country(hints: tuple[str | None, ...], order: str | None) -> None:
    assert order_of(*hints)[0] == order


def test_day_and_month_are_told_by_the_source_or_not_at_all() -> None:
    with pytest.raises(Refused, match="order"):
        parse_published("05/10/2026")
    assert parse_published("05/10/2026", "dmy")[1] == date(2026, 10, 5)
    assert parse_published("05/10/2026 14:05", "mdy")[1] == date(2026, 5, 10)
    assert parse_published("13/10/2026")[1] == parse_published("10/13/2026")[1] == date(2026, 10, 13)
    assert parse_published("05.10.2026")[1] == date(2026, 10, 5) and parse_published("07/07/2026")[1] == date(2026, 7, 7)
    assert parse_published("2026/05/10")[1] == parse_published("2026-05-10", "dmy")[1] == date(2026, 5, 10)


def test_in_one_file_no_two_orders_are_mixed() -> None:
    def days(url: str) -> list[date | None]:
        lines = "".join(
            json.dumps({"text": "A.", "url": url, "date": d}) + "\n" for d in ("05/10/2026", "13/10/2026", "10/05/2026")
        )
        return [r.published_date for r in read_records(io.BytesIO(lines.encode()), "a.jsonl", "a.jsonl", Reading())]  # type: ignore[union-attr]

    assert days("https://courier.co.uk/1") == [date(2026, 10, 5), date(2026, 10, 13), date(2026, 5, 10)]
    assert days("https://courier.example/1") == [None, date(2026, 10, 13), None]


# ------------------------------------------------------------------ pages


def told(
    head: str = "", top: str = "", url: str = "https://courier.example/news/1", lang: str = "en", **given: str
) -> RawArticle:
    data = f"""<!doctype html><html lang="{lang}"><head><title>Wall gives way</title>
{head}</head><body><nav><a href="/">Home</a></nav>
<article><h1>Wall gives way</h1>{top}<p>{LEAD.format(n=1, people=300)}</p><p>{SAID}</p></article>
<aside><h3>More</h3><time datetime="2025-01-01T00:00:00Z">1 January</time></aside>
<footer>© 2026 Brenn Courier</footer></body></html>"""
    metadata = {"a.html": {"url": url} | given}
    (found,) = read_records(io.BytesIO(data.encode()), "a.html", "a.html", Reading(metadata=metadata))
    assert isinstance(found, RawArticle), found
    return found


def meta(name: str, content: str, attribute: str = "property") -> str:
    return f'<meta {attribute}="{name}" content="{content}">'


def ld(*nodes: dict[str, Any], **top: Any) -> str:
    data: Any = {"@graph": nodes} | top if len(nodes) > 1 or top else nodes[0]
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


ZONED = "2026-10-05T22:30:00-05:00"
AT = datetime(2026, 10, 6, 3, 30, tzinfo=UTC)
ARTICLE = {"@type": "NewsArticle", "datePublished": ZONED, "dateModified": "2026-10-07T09:00:00Z"}
PAGES: dict[str, tuple[dict[str, str], datetime | None]] = {
    "JSON-LD": ({"head": ld(ARTICLE)}, AT),
    "graph": (
        {"head": ld({"@type": "WebSite", "datePublished": "2020-01-01"}, {"@type": ["Article", "x"], "datePublished": ZONED})},
        AT,
    ),
    "graph, page and article": ({"head": ld({"@type": "WebPage", "datePublished": "2020-01-01T00:00:00Z"}, ARTICLE)}, AT),
    "related articles": (
        {
            "head": ld(
                {"@type": "NewsArticle", "url": "https://courier.example/other", "datePublished": "2020-01-01T00:00:00Z"},
                ARTICLE | {"mainEntityOfPage": {"@id": "https://courier.example/news/1"}},
            )
        },
        AT,
    ),
    "a comment, and a video": (
        {"head": ld({"@type": "Comment", "datePublished": ZONED}, {"@type": "VideoObject", "datePublished": ZONED})},
        None,
    ),
    "a list of other articles": (
        {"head": ld({"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "datePublished": ZONED}]})},
        None,
    ),
    "JSON-LD as printed": ({"head": ld({"@type": "Article", "datePublished": "Oct. 5, 2026 at 10:30 p.m. EST"})}, AT),
    "JSON-LD in a comment": (
        {"head": f'<script type="application/ld+json"><!-- {json.dumps(ARTICLE)} --></script>'},
        AT,
    ),
    "as the Guardian prints it": ({"top": "<div><span>First published on Mon 5 Oct 2026 22.30 EST</span></div>"}, AT),
    "broken JSON-LD": ({"head": '<script type="application/ld+json">{"a</script>' + meta("article:published_time", ZONED)}, AT),
    "meta": ({"head": meta("article:published_time", ZONED)}, AT),
    "meta after modified": (
        {"head": meta("article:modified_time", "2026-10-07T10:00:00Z") + meta("article:published_time", ZONED)},
        AT,
    ),
    "meta itemprop": ({"head": meta("datePublished", ZONED, "itemprop")}, AT),
    "meta parsely": ({"head": meta("parsely-pub-date", ZONED, "name")}, AT),
    "meta sailthru": ({"head": meta("sailthru.date", "2026-10-05 22:30:00", "name")}, datetime(2026, 10, 5, 22, 30, tzinfo=UTC)),
    "meta Dublin Core": ({"head": meta("DC.date.issued", "2026-10-05", "name")}, datetime(2026, 10, 5, tzinfo=UTC)),
    "meta citation": ({"head": meta("citation_publication_date", "2026/10/05", "name")}, datetime(2026, 10, 5, tzinfo=UTC)),
    "meta epoch": ({"head": meta("published_at", "1791239400000", "name")}, datetime(2026, 10, 5, 22, 30, tzinfo=UTC)),
    "meta, space before the zone": ({"head": meta("article:published_time", "2026-10-05 22:30:00 -05:00")}, AT),
    "milliseconds": ({"head": meta("article:published_time", "2026-10-06T03:30:00.123Z")}, AT.replace(microsecond=123000)),
    "a day, more exactly further down": (
        {"head": meta("article:published_time", "2026-10-05") + meta("pubdate", ZONED, "name")},
        AT,
    ),
    "time, pubdate": ({"top": f'<time datetime="{ZONED}" pubdate>5 October</time>'}, AT),
    "time, itemprop": ({"top": f'<time itemprop="datePublished" datetime="{ZONED}">5 October</time>'}, AT),
    "time in the article": ({"top": f'<time datetime="{ZONED}">5 October</time>'}, AT),
    "time after one of a change": (
        {"top": f'<p>Updated <time datetime="2026-10-08">8 October</time></p><time datetime="{ZONED}">x</time>'},
        AT,
    ),
    "time by class": (
        {"top": f'<time class="updated" datetime="2026-10-08">x</time><time class="entry-date" datetime="{ZONED}">y</time>'},
        AT,
    ),
    "words": ({"top": "<p>Published: 5 October 2026 22:30 EST</p>"}, AT),
    "words with a change": ({"top": '<div class="dateline">5 Oct 2026 22:30 EST | Updated 7 Oct 2026</div>'}, AT),
    "words, day first": (
        {"top": '<p class="date">Published: 05/10/2026</p>', "lang": "en-GB"},
        datetime(2026, 10, 5, tzinfo=UTC),
    ),
    "words, month first": (
        {"top": '<span class="posted-on">10/05/2026</span>', "lang": "en-US"},
        datetime(2026, 10, 5, tzinfo=UTC),
    ),
    "words, either first": ({"top": '<p class="date">Published: 05/10/2026</p>'}, None),
    "evergreen address": ({"head": meta("article:published_time", ZONED), "url": "https://courier.example/2019/02/05/wall"}, AT),
    "only an address": ({"url": "https://courier.example/2026/10/05/wall"}, None),
    "only a change": ({"head": meta("article:modified_time", "2026-10-07T10:00:00Z")}, None),
    "only a change, Open Graph": ({"head": meta("og:updated_time", "2026-10-07T10:00:00Z")}, None),
    "only a change, JSON-LD": ({"head": ld({"@type": "NewsArticle", "dateModified": ZONED})}, None),
    "only a change, in words": ({"top": '<p class="date">Updated 5 October 2026</p>'}, None),
    "only a copyright": ({"top": "<p>Copyright 2026</p>"}, None),
    "the clock's first moment": ({"head": meta("article:published_time", "1970-01-01T00:00:00Z")}, None),
    "1923": ({"head": meta("article:published_time", "1923-10-05T10:00:00Z")}, datetime(1923, 10, 5, 10, tzinfo=UTC)),
    "the future": ({"head": meta("article:published_time", "2036-10-05T10:00:00Z")}, datetime(2036, 10, 5, 10, tzinfo=UTC)),
    "none": ({}, None),
    "given apart": ({"published_at": ZONED}, AT),
    "given apart, and words": ({"published_at": ZONED, "top": "<p>Published: 3 October 2026</p>"}, AT),
    "given apart, and the page's own": ({"published_at": "2026-10-01", "head": meta("article:published_time", ZONED)}, AT),
}


@pytest.mark.parametrize("case", PAGES)
def test_a_page_tells_when_it_was_published(case: str) -> None:
    page, at = PAGES[case]
    assert told(**page).published_at == at


def test_the_day_is_the_one_that_the_page_prints() -> None:
    assert told(head=meta("article:published_time", ZONED)).published_date == date(2026, 10, 5)


def test_a_publisher_given_apart_beats_the_bare_host_of_a_page() -> None:
    assert told().publisher == "courier.example" and told(publisher="Brenn Courier").publisher == "Brenn Courier"
    assert told(head=meta("og:site_name", "Tarvo Post"), publisher="Brenn Courier").publisher == "Tarvo Post"
