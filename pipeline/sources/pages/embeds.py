"""Posts of social networks that are embedded in a page: each one paragraph, which by its end tells that it is one."""

from __future__ import annotations

import re
from typing import Any

# what networks call the elements that their posts are embedded in, and the network
_CALLED = {
    "twitter-tweet": "X", "twitter-video": "X", "twitter-embed": "X", "nojs-tweet": "X", "instagram-media": "Instagram",
    "fb-post": "Facebook", "fb-video": "Facebook", "fb-xfbml-parse-ignore": "Facebook", "bluesky-embed": "Bluesky",
    "tiktok-embed": "TikTok", "reddit-embed-bq": "Reddit", "reddit-card": "Reddit", "mastodon-embed": "Mastodon",
    "text-post-media": "Threads", "tgme_widget_message": "Telegram", "truthsocial-embed": "Truth Social",
    "imgur-embed-pub": "Imgur", "tumblr-post": "Tumblr",
}  # fmt: skip
_SIGNED = re.compile(r"\(@[\w.-]+\)(?: (?:on )?[A-Z][a-z]+\.? \d{1,2}, \d{4}.*)?$")
_TOLD = re.compile(
    r"\(@[\w.-]+\)|\bpost(?:ed| shared)? by\b|\bview (?:this post )?on\b|♬|\bby\s?u/\w|\bpic\.(?:twitter|x)\.com/", re.IGNORECASE
)
_LONGEST = 1500  # characters; what is longer is no post


def keep_apart(tree: Any) -> None:
    """Make each embedded post of a page, as lxml has it, a paragraph of its own."""
    for element in tree.xpath("//blockquote | //*[@class and (self::div or self::figure or self::section)]"):
        if element.getparent() is None:
            continue
        network = next((_CALLED[c] for c in (element.get("class") or "").split() if c in _CALLED), None)
        if network is None and (element.tag != "blockquote" or not _SIGNED.search(_words(element))):
            continue
        words = _words(element)
        if len(words) > _LONGEST:
            continue
        if words and not _TOLD.search(words):
            words += f" — View on {network}"
        _put_in_place(_outermost(element), words)


def _words(element: Any) -> str:
    pieces = (" ".join(t.split()) for t in element.xpath(".//text()[not(parent::script or parent::style)]"))
    return re.sub(r" (?=[,.;:)])|(?<=\() ", "", " ".join(filter(None, pieces)))


def _outermost(element: Any) -> Any:
    """The box that holds a post and nothing else."""
    while (box := element.getparent()) is not None and box.tag in ("div", "figure", "center") and _words(box) == _words(element):
        element = box
    return element


def _put_in_place(element: Any, words: str) -> None:
    tail = element.tail
    for child in list(element):
        element.remove(child)
    element.attrib.clear()
    element.tag, element.text, element.tail = "p", words, tail
