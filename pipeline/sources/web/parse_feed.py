"""A process of its own that reads one feed: whatever a server sends costs this process its time and memory, and nobody else.

Standard input: a line of JSON with ``url`` and ``type``, then the feed. Standard output: a line of JSON with ``title`` and
``more`` (whether there were more entries than are told), then one an entry. Run as a script, so that it loads little.
"""

import hashlib
import io
import json
import re
import resource
import sys
from typing import Any

MEMORY = 1 << 30  # bytes
SECONDS = 60  # of the processor
ENTRIES = 20_000
_REFERENCE = re.compile(rb"&#([0-9a-zA-Z]*)")
_WORDS = 1000  # characters of a title or a name
_LONGEST = 4096  # characters of an address


def main() -> None:
    """Tell the entries; without ``title`` it is no feed."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    asked = json.loads(sys.stdin.buffer.readline())
    # feedparser resolves relative addresses by xml:base, else by where the feed lies; bytes it may take for a file's name
    headers = {"content-location": asked["url"], "content-type": asked["type"]}
    feed = _parsed(sys.stdin.buffer.read(), headers)
    if feed is None or (not feed.entries and (feed.bozo or not feed.get("version"))):
        print("{}")
        return
    print(json.dumps({"title": _text(feed.feed.get("title")), "more": len(feed.entries) > ENTRIES}))
    for entry in feed.entries[:ENTRIES]:
        link = entry.get("link")
        if not isinstance(link, str) or not link:
            continue
        given = {
            "url": link,
            "title": entry.get("title"),
            "published_at": entry.get("published"),
            "publisher": feed.feed.get("title"),
        }
        looks = json.dumps([given, entry.get("updated"), entry.get("summary")], sort_keys=True, default=str)
        name = _text(entry.get("id")) or link
        told = {
            "name": name if len(name) < _WORDS else _digest(name),
            "url": link[: _LONGEST + 1],
            "title": _text(entry.get("title")),
            "published_at": _text(entry.get("published")),
            "looks": _digest(looks),
        }
        print(json.dumps(told))


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
