# ruff: noqa: E501 - a case a line
"""Times of publication in words: beside names and hours, in other languages, behind a change, in scripts and in attributes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from .test_page_dates import D, N, ld, m, published


def at(hour: int, minute: int = 0, day: int = 5) -> datetime:
    return datetime(2026, 10, day, hour, minute, tzinfo=UTC)


def of(**told: Any) -> str:
    return ld({"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Ferry to close in May", **told})


CASES: dict[str, tuple[dict[str, str], datetime | None]] = {
    # months of other languages on English pages
    "fr month": ({"top": "<div class='date'>5 octobre 2026</div>"}, D),
    "fr publié": ({"top": "<p class='meta'>Publié le 5 octobre 2026 à 22h30</p>"}, N),
    "es de": ({"top": "<span class='fecha date'>5 de octubre de 2026</span>"}, D),
    "pt de": ({"top": "<time>5 de outubro de 2026</time>"}, D),
    "pt hour": ({"top": "<time>5 de outubro de 2026 às 22h30</time>"}, N),
    "de dot": ({"top": "<span class='date'>5. Oktober 2026</span>"}, D),
    "de uhr": ({"top": "<span class='date'>05. Oktober 2026, 22:30 Uhr</span>"}, N),
    "id month": ({"top": "<div class='date'>Senin, 5 Oktober 2026 22:30 WIB</div>"}, at(15, 30)),
    "ms month": ({"top": "<div class='date'>5 Mei 2026</div>"}, datetime(2026, 5, 5, tzinfo=UTC)),
    "sw month": ({"top": "<div class='date'>Jumatatu, 5 Oktoba 2026</div>"}, D),
    "tr month": ({"top": "<div class='date'>5 Ekim 2026, 22:30</div>"}, N),
    "it month": ({"top": "<div class='date'>5 ottobre 2026</div>"}, D),
    "nl month": ({"top": "<div class='date'>maandag 5 oktober 2026 22:30</div>"}, N),
    "pl month": ({"top": "<div class='date'>5 października 2026, 22:30</div>"}, N),
    "ru month": ({"top": "<div class='date'>5 октября 2026, 22:30</div>"}, N),
    "uk month": ({"top": "<div class='date'>5 жовтня 2026</div>"}, D),
    "fil month": ({"top": "<div class='date'>Oktubre 5, 2026</div>"}, D),
    "cs": ({"top": "<div class='date'>5. října 2026</div>"}, D),
    "sv": ({"top": "<time>Publicerad 5 oktober 2026 kl. 22.30</time>"}, N),
    "vi": ({"top": "<div class='date'>Thứ hai, 5/10/2026, 22:30 (GMT+7)</div>", "url": "https://courier.vn/1"}, at(15, 30)),
    "hi-en": ({"top": "<div class='date'>05 अक्टूबर 2026</div>"}, D),
    "ar": ({"top": "<div class='date'>5 أكتوبر 2026</div>"}, D),
    "el": ({"top": "<div class='date'>5 Οκτωβρίου 2026</div>"}, D),
    "kr": ({"top": "<div class='date'>2026년 10월 5일</div>"}, D),
    # zones
    "WAT": ({"top": "<div class='post-date'>October 5, 2026 at 10:30 pm WAT</div>"}, at(21, 30)),
    "EAT": ({"top": "<span class='timestamp'>Mon, October 5, 2026 22:30 EAT</span>"}, at(19, 30)),
    "IST pipe": (
        {"top": "<div class='dateline'>Updated : 06 Oct 2026, 09:00 AM IST | Published : 05 Oct 2026, 10:30 PM IST</div>"},
        at(17),
    ),
    "IST first pub": ({"top": "<p>First Published: 5 Oct 2026, 10:30 PM IST</p>"}, at(17)),
    "PKT": ({"top": "<span class='published'>Published 05 Oct, 2026 10:30pm PKT</span>"}, at(17, 30)),
    "js date": ({"head": m("publish-date", "Mon Oct 05 2026 22:30:00 GMT+0530 (India Standard Time)", "name")}, at(17)),
    "js date ld": ({"head": of(datePublished="Mon Oct 05 2026 22:30:00 GMT+0000 (Coordinated Universal Time)")}, N),
    "ld space zone": ({"head": of(datePublished="2026-10-05 22:30:00 +0300")}, at(19, 30)),
    "ld named zone": ({"head": of(datePublished="2026-10-05T22:30:00[Europe/Paris]")}, at(20, 30)),
    "ld IST text": ({"head": of(datePublished="October 05, 2026, 10:30 PM IST")}, at(17)),
    "ld GMT+8": ({"head": of(datePublished="2026-10-05T22:30:00 GMT+8")}, at(14, 30)),
    "ld no sec": ({"head": of(datePublished="2026-10-05T22:30+08:00")}, at(14, 30)),
    "ld double zone": ({"head": of(datePublished="2026-10-05T22:30:00+08:00Z")}, at(14, 30)),
    "ld hour only zone": ({"head": of(datePublished="2026-10-05T22:30:00+08")}, at(14, 30)),
    "ld 5 digits ms": ({"head": of(datePublished="2026-10-05T22:30:00.0000000Z")}, N),
    "ld list dates": ({"head": of(datePublished=["2026-10-05T22:30:00Z", "2026-10-06T22:30:00Z"])}, N),
    "ld epoch ms": ({"head": of(datePublished=1791239400000)}, N),
    "ld uploadDate video + article": (
        {
            "head": ld({"@type": "VideoObject", "name": "x", "uploadDate": "2026-09-01"})
            + of(datePublished="2026-10-05T22:30:00Z")
        },
        N,
    ),
    # order
    "uk slash time": ({"top": "<time>05/10/2026 22:30</time>", "lang": "en-GB"}, N),
    "us slash": ({"top": "<time>10/05/2026 10:30 PM</time>", "lang": "en-US"}, N),
    "in slash tld": ({"top": "<div class='date'>05/10/2026</div>", "url": "https://courier.co.in/1"}, D),
    "za dash": ({"top": "<div class='date'>05-10-2026 22:30</div>", "url": "https://courier.co.za/1"}, N),
    "unknown order": ({"top": "<div class='date'>05/10/2026</div>"}, None),
    "unambiguous": ({"top": "<div class='date'>25/10/2026</div>"}, datetime(2026, 10, 25, tzinfo=UTC)),
    "unambiguous us": ({"top": "<div class='date'>10/25/2026</div>"}, datetime(2026, 10, 25, tzinfo=UTC)),
    "ph mdy": ({"top": "<div class='date'>10/05/2026 10:30 PM</div>", "url": "https://courier.com.ph/1"}, N),
    # relative
    "relative only": ({"top": "<time>2 hours ago</time>"}, None),
    "relative w title": ({"top": "<span class='date' title='October 5, 2026 10:30 PM'>2 hours ago</span>"}, N),
    "relative w datetime": ({"top": "<time datetime='2026-10-05T22:30:00Z'>yesterday</time>"}, N),
    "relative w aria": ({"top": "<span class='timestamp' aria-label='Published: 10:30 p.m. UTC October 5, 2026'>2h</span>"}, N),
    "relative data-ts": ({"top": "<span class='posted' data-timestamp='1791239400'>3 days ago</span>"}, N),
    # modified before published
    "mod first": ({"top": "<p class='date'>Updated October 9, 2026 8:00 a.m. | Published October 5, 2026 10:30 p.m.</p>"}, N),
    "mod first times": (
        {
            "top": "<time class='updated' datetime='2026-10-09T08:00:00Z'>9 Oct</time><time class='published' datetime='2026-10-05T22:30:00Z'>5 Oct</time>"
        },
        N,
    ),
    "last updated then posted": (
        {"top": "<div class='meta'>Last Updated: Oct 9, 2026, 08:00 AM | Posted: Oct 5, 2026, 10:30 PM</div>"},
        N,
    ),
    "meta mod first": (
        {"head": m("article:modified_time", "2026-10-09T08:00:00Z") + m("article:published_time", "2026-10-05T22:30:00Z")},
        N,
    ),
    "ld mod only": ({"head": of(dateModified="2026-10-09T08:00:00Z")}, None),
    "aktualisiert": ({"top": "<p class='date'>Updated 9 October 2026, first published 5 October 2026</p>"}, D),
    # byline text
    "byline comma": ({"top": "<p class='byline'>By Ann Veld, Lindvik, 5 October 2026</p>"}, D),
    "byline dash": ({"top": "<div class='byline'>Ann Veld - October 5, 2026 10:30 PM</div>"}, N),
    "byline bullets": ({"top": "<div class='article-meta'>Ann Veld • 5 Oct 2026 • 4 min read</div>"}, D),
    "on at": ({"top": "<div class='byline'>Written by Ann Veld on October 5, 2026 at 10:30 pm</div>"}, N),
    "posted on by": ({"top": "<div class='entry-meta'>Posted on October 5, 2026 by Ann Veld in News</div>"}, D),
    "dateline pub": ({"top": "<p>LINDVIK, Oct. 5, 2026 (Agency) — The board met.</p>"}, None),
    "published in print": ({"inner": "<p><em>Published in Courier, October 5th, 2026</em></p>"}, D),
    "weekday time first": ({"top": "<div class='date'>22:30, Mon, Oct 5, 2026</div>"}, N),
    "time-of-day | day": ({"top": "<div class='pubtime'>10:30 PM | Monday | October 5, 2026</div>"}, N),
    "ordinal of": ({"top": "<div class='date'>5th of October 2026</div>"}, D),
    "Oct 5th": ({"top": "<div class='date'>Monday October 5th, 2026 @ 10:30 pm</div>"}, N),
    "hrs": ({"top": "<div class='date'>05 Oct 2026 22:30 hrs</div>"}, N),
    "h": ({"top": "<div class='date'>5 Oct 2026, 22h30</div>"}, N),
    "compact": ({"top": "<div class='date'>05Oct2026</div>"}, D),
    "two digit year": ({"top": "<div class='date'>05 Oct '26</div>"}, D),
    "amp": (
        {
            "head": of(datePublished="2026-10-05T22:30:00.000Z"),
            "top": "<amp-timeago datetime='2026-10-05T22:30:00.000Z'>5 Oct</amp-timeago>",
        },
        N,
    ),
    "amp timeago only": ({"top": "<amp-timeago layout='fixed' datetime='2026-10-05T22:30:00.000Z'>Oct 5</amp-timeago>"}, N),
    "url only": ({"url": "https://courier.example/2026/10/05/ferry"}, None),
    "nuxt": (
        {
            "foot": "<script>window.__NUXT__={data:[{article:{title:'Ferry to close in May',publishedAt:'2026-10-05T22:30:00Z'}}]}</script>"
        },
        N,
    ),
    "dataLayer": ({"foot": "<script>dataLayer=[{'pageType':'article','publishDate':'2026-10-05T22:30:00Z'}]</script>"}, N),
    "state json": (
        {
            "foot": '<script>window.__INITIAL_STATE__ = {"article":{"headline":"Ferry to close in May","datePublished":"2026-10-05T22:30:00Z"}};</script>'
        },
        N,
    ),
    "next data": (
        {
            "foot": '<script id=\'__NEXT_DATA__\' type=\'application/json\'>{"props":{"a":{"title":"Ferry to close in May","publishedDate":"2026-10-05T22:30:00Z"}}}</script>'
        },
        N,
    ),
    "meta itemprop": ({"top": "<meta itemprop='datePublished' content='2026-10-05T22:30:00Z'>"}, N),
    "article:published": ({"head": m("article:published_time", "2026-10-05T22:30:00Z ")}, N),
    "meta Last-Modified http-equiv": (
        {"head": "<meta http-equiv='last-modified' content='Fri, 09 Oct 2026 08:00:00 GMT'>"},
        None,
    ),
    "meta DC.Date w ; ": ({"head": m("DC.Date", "2026-10-05; 22:30", "name")}, N),
    "buddhist": ({"top": "<div class='date'>5 ต.ค. 2569 22:30 น.</div>"}, N),
    "event date in body": ({"inner": "<p>The fair opens on <time datetime='2026-12-24'>24 December</time>.</p>"}, None),
    "hijri": ({"top": "<div class='date'>October 05, 2026 / Rabi al-Thani 24, 1448</div>"}, D),
    "hu": ({"top": "<div class='date'>2026. október 5. 22:30</div>"}, N),
    "lt": ({"top": "<div class='date'>2026 m. spalio 5 d. 22:30</div>"}, N),
    "fi": ({"top": "<div class='date'>5. lokakuuta 2026 klo 22.30</div>"}, N),
    "ro": ({"top": "<div class='publish-date'>Luni, 05 octombrie 2026, 22:30</div>"}, N),
    "hr ambiguous": ({"top": "<div class='date'>5. listopada 2026</div>"}, None),
    "sr": ({"top": "<div class='date'>5. oktobar 2026. 22:30</div>"}, N),
    "bg": ({"top": "<div class='date'>05 октомври 2026 | 22:30</div>"}, N),
    "id abbr": ({"top": "<div class='detail__date'>Senin, 05 Okt 2026 22:30 WIB</div>"}, at(15, 30)),
    "es mex": ({"top": "<p class='fecha-date'>Lunes 5 de octubre de 2026 - 10:30 p.m.</p>"}, N),
    "ca": ({"top": "<time>5 d’octubre de 2026</time>"}, D),
    "fr 1er": ({"top": "<time>1er octobre 2026</time>"}, at(0, 0, 1)),
    "fr maj": (
        {"top": "<p class='date'>Mis à jour le 9 octobre 2026</p><p class='date-publication'>Publié le 5 octobre 2026</p>"},
        D,
    ),
    "fr both": ({"top": "<p class='date'>Publié le 5 octobre 2026 à 22h30, mis à jour le 9 octobre 2026 à 10h00</p>"}, N),
    "de both": ({"top": "<span class='date'>Veröffentlicht am 5. Oktober 2026, aktualisiert am 9. Oktober 2026</span>"}, D),
    "am pm no colon": ({"top": "<div class='date'>5 October 2026 10.30pm</div>"}, N),
    "7pm": ({"top": "<div class='date'>October 5, 2026 7 pm ET</div>"}, at(23)),
    "noon text": ({"top": "<div class='byline'>By Ann Veld, Chief Reporter | Mon, 05 Oct 2026 | 22:30 SAST</div>"}, at(20, 30)),
    "author w/ edited": ({"top": "<div class='meta'>Ann Veld, Lindvik / October 5, 2026 / Updated October 9, 2026</div>"}, D),
    "issue": ({"top": "<div class='issue-date'>Issue no. 1420, Monday 5 October 2026</div>"}, D),
    "range": ({"top": "<div class='event-date'>5 October 2026 – 9 October 2026</div>"}, None),
    "data attr iso": ({"top": "<span class='post-date' data-date='2026-10-05T22:30:00+03:00'>Today</span>"}, at(19, 30)),
    "apple": ({"head": m("article:published_time", "2026-10-05T22:30:00+0000")}, N),
    "pub milli": ({"head": m("cXenseParse:publishtime", "2026-10-05T22:30:00.123Z", "name")}, None),
    "ld slash": ({"head": of(datePublished="2026/10/05 22:30:00")}, N),
    "ld rfc": ({"head": of(datePublished="Mon, 05 Oct 2026 22:30:00 +0200")}, at(20, 30)),
    "ld ampm": ({"head": of(datePublished="2026-10-05 10:30 PM")}, N),
    "ld tz Asia/Kolkata": ({"head": of(datePublished="2026-10-05T22:30:00 Asia/Kolkata")}, at(17)),
    "ld arabic digits": ({"head": of(datePublished="٢٠٢٦-١٠-٠٥T٢٢:٣٠:٠٠")}, N),
    "script two": (
        {"foot": "<script>var a={publishedAt:'2026-10-05T22:30:00Z'},b={publishedAt:'2026-09-05T22:30:00Z'}</script>"},
        None,
    ),
    "script ga": ({"foot": "<script>gtag('set',{'publish_date':'2026-10-05'});</script>"}, D),
    "time in caption": (
        {"inner": "<figure><figcaption>Seen on <time datetime='2024-05-01'>1 May 2024</time></figcaption></figure>"},
        None,
    ),
    "correction": ({"inner": "<p class='correction-date'>Corrected on October 9, 2026: the name of the ferry.</p>"}, None),
    "profile since": ({"top": "<div class='byline'>Ann Veld, reporter since May 2019</div>"}, None),
    "born": ({"top": "<div class='byline'>By Ann Veld (born 5 October 1970)</div>"}, None),
    "comment count date": ({"foot": "<div id='comments'><p class='date'>5 October 2026</p></div>"}, None),
    "he": ({"top": "<div class='date'>5 באוקטובר 2026</div>"}, D),
    "fa digits": ({"top": "<div class='date'>۵ اکتبر ۲۰۲۶</div>"}, D),
    "bn": ({"top": "<div class='date'>৫ অক্টোবর ২০২৬</div>"}, D),
    "ur": ({"top": "<div class='date'>5 اکتوبر 2026</div>"}, D),
    "so": ({"top": "<div class='date'>Monday October 05, 2026 - 22:30:15</div>"}, datetime(2026, 10, 5, 22, 30, 15, tzinfo=UTC)),
    "gh": ({"top": "<div class='post-meta'>News Desk October - 5 - 2026 , 22:30</div>"}, N),
    "bd": ({"top": "<div class='time'>Publish : 05 Oct 2026, 10:30 PM</div>"}, N),
    "np": ({"top": "<div class='updated-time'>Published at : October 5, 2026</div>"}, D),
    "mv": ({"top": "<div class='date'>05 Oct 2026 | Mon 22:30</div>"}, N),
    "jm": ({"top": "<span class='field-date'>Published:Monday | October 5, 2026 | 12:05 AM</span>"}, at(0, 5)),
}


@pytest.mark.parametrize("case", CASES)
def test_a_page_tells_in_words_when_it_was_published(case: str) -> None:
    page, told = CASES[case]
    assert published(**page) == told
