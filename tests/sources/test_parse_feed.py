"""What feeds and sitemaps tell of their entries, beyond the plainest of them."""

from __future__ import annotations

import json
from typing import Any

from onrecord.sources.web.parse_feed import _feed, _json_feed, _sitemap

ASKED = {"url": "https://courier.example/rss", "type": "application/rss+xml"}
GOOGLE = "http://www.google.com/schemas/sitemap-"


def test_pictures_and_films_of_a_sitemap_are_none_of_its_pages() -> None:
    spaces = " ".join(f'xmlns:{n}="{GOOGLE}{n}/1.1"' for n in ("news", "image", "video"))
    picture = "<image:image><image:loc>https://courier.example/a.jpg</image:loc><image:title>A wall</image:title></image:image>"
    film = (
        "<video:video><video:title>Watch</video:title><video:publication_date>2020-01-01</video:publication_date></video:video>"
    )
    news = (
        "<news:news><news:publication><news:name>Brenn Courier</news:name><news:language>en</news:language></news:publication>"
        "<news:publication_date>2026-10-05T22:30:00Z</news:publication_date><news:title>Wall gives way</news:title></news:news>"
    )
    for parts in (picture + news + film, film + news + picture, news):
        place = f"<url>{parts}<loc>https://courier.example/1</loc><lastmod>2026-10-06</lastmod></url>"
        _, (entry,) = _sitemap(f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" {spaces}>{place}</urlset>'.encode())
        told = entry["url"], entry["title"], entry["published_at"], entry["publisher"]
        assert told == ("https://courier.example/1", "Wall gives way", "2026-10-05T22:30:00Z", "Brenn Courier")
    _, (entry,) = _sitemap(f"<urlset {spaces}><url><loc>https://courier.example/1</loc>{picture}{film}</url></urlset>".encode())
    assert (entry["url"], entry["title"], entry["published_at"]) == ("https://courier.example/1", None, None)


def feed(item: str) -> dict[str, Any]:
    space = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    body = f'<?xml version="1.0"?><rss version="2.0" {space}><channel><title>News</title><item>{item}</item></channel></rss>'
    _, (entry,) = _feed(body.encode(), ASKED)
    return entry


def test_entries_tell_their_date_and_their_source_in_other_fields() -> None:
    entry = feed("<title>x</title><link>/1</link><dc:date>2026-10-05T22:30:00Z</dc:date>")
    assert (entry["url"], entry["published_at"]) == ("https://courier.example/1", "2026-10-05T22:30:00Z")
    entry = feed("<title>x</title><link>/1</link><source url='https://t.example'>Tarvo Post</source>")
    assert entry["publisher"] == "Tarvo Post" and feed("<link>/1</link>")["publisher"] is None


def test_an_entry_of_a_json_feed_may_be_named_by_its_address() -> None:
    items = [{"id": "https://courier.example/1"}, {"id": "two"}, {"id": "three", "url": "/3"}]
    _, entries = _json_feed(json.dumps({"version": "https://jsonfeed.org/version/1", "items": items}).encode(), ASKED["url"])
    assert [e["url"] for e in entries] == ["https://courier.example/1", "https://courier.example/3"]
