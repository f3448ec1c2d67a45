"""A process of its own that reads one feed: whatever a server sends costs this process its time and memory, and nobody else.

RSS and Atom, JSON Feed, sitemaps and indexes of these. Standard input: a line of JSON with ``url`` and ``type``, then the feed.
Standard output: a line of JSON with ``title``, ``more`` (whether there were more entries than are told) and, of an index,
``parts`` (the addresses of its sitemaps), then one an entry. Run as a script, so that it loads little.
"""

import gzip
import hashlib
import io
import json
import re
import resource
import sys
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree

MEMORY = 1 << 30  # bytes
SECONDS = 60  # of the processor
ENTRIES = 20_000
_REFERENCE = re.compile(rb"&#([0-9a-zA-Z]*)")
_WORDS = 1000  # characters of a title or a name
_LONGEST = 4096  # characters of an address
_PARTS = 50  # sitemaps of an index that are read, those that changed last
_SITEMAP = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)[\s>]")


def main() -> None:
    """Tell the entries; a head without ``title`` says that it is no feed."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    asked = json.loads(sys.stdin.buffer.readline())
    body = sys.stdin.buffer.read()
    body = gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body
    if _SITEMAP.search(body[:4096]):
        head, entries = _sitemap(body)
    elif body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        head, entries = _json_feed(body, asked["url"])
    else:
        head, entries = _feed(body, asked)
    print(json.dumps(head))
    for entry in entries[:ENTRIES]:
        print(json.dumps(entry))


Told = tuple[dict[str, Any], list[dict[str, Any]]]


def _feed(body: bytes, asked: dict[str, str]) -> Told:
    """RSS and Atom."""
    # feedparser resolves relative addresses by xml:base, else by where the feed lies; bytes it may take for a file's name
    feed = _parsed(body, {"content-location": asked["url"], "content-type": asked["type"]})
    if feed is None or (not feed.entries and (feed.bozo or not feed.get("version"))):
        return {}, []
    title = feed.feed.get("title")
    is_rss = str(feed.get("version")).startswith("rss")
    entries = []
    for entry in feed.entries[:ENTRIES]:
        link = entry.get("link")
        if not isinstance(link, str) or not link:
            continue
        given = {"url": link, "title": entry.get("title"), "published_at": entry.get("published"), "publisher": title}
        looks = [given, entry.get("updated"), entry.get("summary")]
        published = entry.get("published") or entry.get("created") or (entry.get("updated") if is_rss else None)  # dc:date
        told = _entry(entry.get("id"), link, entry.get("title"), published, looks)
        source = entry.get("source")  # of an entry that an aggregator took over
        entries.append(told | {"publisher": _text(source.get("title")) if isinstance(source, dict) else None})
    return {"title": _text(title), "more": len(feed.entries) > ENTRIES}, entries


def _json_feed(body: bytes, url: str) -> Told:
    """JSON Feed, https://jsonfeed.org."""
    try:
        feed = json.loads(body)
    except (ValueError, RecursionError):
        return {}, []
    if "jsonfeed.org" not in str(feed.get("version")) or not isinstance(feed.get("items"), list):
        return {}, []
    entries = []
    for item in feed["items"][:ENTRIES]:
        names = item if isinstance(item, dict) else {}
        own = names.get("id") if "://" in str(names.get("id")) else None
        link = names.get("url") or names.get("external_url") or own
        if isinstance(link, str) and link:
            looks = [item.get(k) for k in ("title", "date_published", "date_modified", "summary", "content_text", "content_html")]
            link = urljoin(url, link)
            entries.append(_entry(item.get("id"), link, item.get("title"), item.get("date_published"), [link, looks]))
    return {"title": _text(feed.get("title")), "more": len(feed["items"]) > ENTRIES}, entries


def _sitemap(body: bytes) -> Told:
    """A sitemap, with what Google's extension for news tells; of an index, where its sitemaps are."""
    try:
        root = ElementTree.fromstring(body)
    except (ElementTree.ParseError, ValueError, LookupError):
        return {}, []
    found: list[dict[str, str]] = []
    for place in root:
        told = _told_of(place)
        if told.get("loc"):
            found.append(told)
    head = {"title": None, "more": len(found) > ENTRIES}
    if _name(root) == "sitemapindex":
        newest = sorted(found, key=lambda told: told.get("lastmod", ""), reverse=True)
        return head | {"parts": [told["loc"] for told in newest[:_PARTS]], "more": len(found) > _PARTS}, []
    newest = sorted(found, key=lambda told: told.get("publication_date") or told.get("lastmod") or "", reverse=True)
    entries = []
    for told in newest[:ENTRIES]:
        entry = _entry(None, told["loc"], told.get("title"), told.get("publication_date"), sorted(told.items()))
        entries.append(entry | {"publisher": _text(told.get("name"))})
    return head, entries


def _told_of(place: ElementTree.Element) -> dict[str, str]:
    """What a sitemap tells of a page itself and of its news; its pictures and films have addresses and titles of their own."""
    told: dict[str, str] = {}
    for child in place:
        for element in child.iter() if _name(child) == "news" else [child] if not len(child) else []:
            if element.text and element.text.strip():
                told.setdefault(_name(element), element.text.strip())
    return told


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _entry(name: object, url: str, title: object, published: object, looks: Any) -> dict[str, Any]:
    name = _text(name) or url
    return {
        "name": name if len(name) < _WORDS else _digest(name),
        "url": url[: _LONGEST + 1],
        "title": _text(title),
        "published_at": _text(published),
        "looks": _digest(json.dumps(looks, sort_keys=True, default=str)),
    }


def _parsed(body: bytes, headers: dict[str, str]) -> Any:
    """The feed; None if the parser cannot take it."""
    import feedparser

    for data in (body, _REFERENCE.sub(_character, body)):  # it fails on references to what is no character
        try:
            return feedparser.parse(io.BytesIO(data), response_headers=headers)
        except (ValueError, TypeError, LookupError, ArithmeticError, AttributeError, AssertionError, RecursionError):
            continue
    return None


def _character(reference: re.Match[bytes]) -> bytes:
    digits = reference[1].lower()
    try:
        code = int(digits[1:], 16) if digits.startswith(b"x") else int(digits)
        chr(code).encode()
    except (ValueError, OverflowError):
        return b"?"
    return reference[0]


def _text(value: object) -> str | None:
    return value[:_WORDS] if isinstance(value, str) else None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


if __name__ == "__main__":
    main()
