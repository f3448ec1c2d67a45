# ruff: noqa: E501 - a case a line
"""What stands in a page's text and is not the article's own: posts of networks, teasers, sign-ups, lines to share."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from onrecord.sources.formats import Reading, read_records
from onrecord.sources.records import RawArticle
from onrecord.text.paragraphs import split_paragraphs

from .test_pages import BODY, article, paragraphs, source

POSTS = {
    "tweet": '<blockquote class="twitter-tweet"><p lang="en">The ferry closes.<br><br>Who asked us? <a href="https://t.co/x">https://t.co/x</a></p>&mdash; Per Solli (@solli) <a href="#">May 5, 2026</a></blockquote>',
    "tweet in a figure": '<figure class="wp-block-embed"><div class="wp-block-embed__wrapper"><blockquote class="twitter-tweet"><p>The ferry closes.</p>— Per Solli (@solli) <a href="#">May 5, 2026</a></blockquote></div></figure>',
    "unnamed": '<blockquote><p>The ferry closes.</p>&mdash; Per Solli (@solli) <a href="#">May 5, 2026</a></blockquote>',
    "Instagram": '<blockquote class="instagram-media"><div><p>The ferry closes.</p><p>A post shared by Per Solli (@solli) on <time>May 5, 2026</time></p></div></blockquote>',
    "Instagram, empty": '<blockquote class="instagram-media"><div><a href="#">View this post on Instagram</a></div></blockquote>',
    "Facebook": '<div class="fb-post"><blockquote><p>The ferry closes.</p>Posted by <a href="#">Lindvik Council</a> on&nbsp;<a href="#">Tuesday, May 5, 2026</a></blockquote></div>',
    "Bluesky": '<blockquote class="bluesky-embed"><p>The ferry closes.</p>&mdash; Per (<a href="#">@solli.bsky.social</a>) <a href="#">May 5, 2026 at 3:04 PM</a></blockquote>',
    "TikTok": '<blockquote class="tiktok-embed"><section><a href="#">@solli</a><p>The ferry closes.</p><a href="#">♬ original sound - solli</a></section></blockquote>',
    "Reddit": '<blockquote class="reddit-embed-bq"><a href="#">The ferry closes.</a><br> by<a href="#">u/solli</a> in<a href="#">lindvik</a></blockquote>',
    "Threads": '<blockquote class="text-post-media"><a href="#"><div>Post by @solli</div><div>View on Threads</div></a></blockquote>',
    "Telegram": '<div class="tgme_widget_message"><p>The ferry closes, and 300 are cut off.</p></div>',
}  # fmt: skip


def kinds(text: str, title: str | None) -> dict[str, str]:
    return {text[p.start : p.end]: p.kind for p in split_paragraphs(text, title)}


@pytest.mark.parametrize("name", POSTS)
def test_an_embedded_post_is_a_paragraph_of_its_own_kind(name: str) -> None:
    found = article(source(paragraphs(BODY[:2]) + POSTS[name] + paragraphs(BODY[2:])))
    told = kinds(found.text, found.title)
    assert [told.pop(line) for line in BODY] == ["body"] * 5
    assert sorted(told.values()) == ["embed", "headline"]


def test_posts_in_markup_of_json_and_in_plain_text() -> None:
    post = POSTS["tweet"]
    row = json.dumps({"title": "Ferry", "content": {"rendered": paragraphs(BODY[:2]) + post + paragraphs(BODY[2:])}}) + "\n"
    (found,) = read_records(io.BytesIO(row.encode()), "a.jsonl", "a.jsonl", Reading())
    assert isinstance(found, RawArticle) and "embed" in kinds(found.text, found.title).values()
    text = "\n\n".join([*BODY[:2], "The ferry closes.", "— Per Solli (@solli) May 5, 2026", BODY[2]])
    assert [*kinds(text, None).values()] == ["body", "body", "embed", "embed", "body"]


def test_what_is_read_from_a_post_tells_so(nlp: Any) -> None:
    doc = nlp(f"{BODY[1]}\n\n“It closes for 300 people.” — Per Moe (@moe) May 5, 2026\n\n{BODY[2]}")
    assert [(q.speaker_name, q.paragraph_kind) for q in doc._.quotes if "closes" in q.text] == [("Per Moe", "embed")]
    assert [f.paragraph_kind for f in doc._.figures if f.text == "300"] == ["embed"]
    assert {q.paragraph_kind for q in doc._.quotes if "closes" not in q.text} == {"body"}


def test_a_handle_within_a_sentence_makes_no_post() -> None:
    line = "The mayor — Bo Lund (@bolund) on most networks — has left the town."
    assert kinds(f"{BODY[0]}\n\n{line}\n\n{BODY[1]}", None)[line] == "body"


OTHERS = [
    "<p>Also read: <a href='/1'>Bridge at Solvik to cost 400 million kroner</a></p>",
    "<p>RELATED: <a href='/1'>Bridge at Solvik to cost 400 million kroner</a></p>",
    "<p>Don’t miss: <a href='/1'>Bridge at Solvik to cost 400 million kroner</a></p>",
    "<p>You might also like: <a href='/1'>Bridge at Solvik to cost 400 million kroner</a></p>",
    "<p>→ <a href='/1'>Bridge at Solvik</a> to cost 400 million kroner</p>",
    "<p><a href='/1'><b>Bridge at Solvik to cost 400 million kroner, board told</b></a></p>",
    "<h3>More on this story</h3><p><a href='/1'>Bridge at Solvik to cost 400 million kroner</a></p>",
    "<div data-component='promo'><p><a href='/1'>Bridge at Solvik</a></p><p>The 400 million bridge explained</p></div>",
    "<p>Get the best of our journalism: subscribe to The Morning, our daily newsletter with 400 readers.</p>",
    "<p>Want more stories like this? <a href='/n'>Sign up here</a> to our newsletter, read by 400 people.</p>",
    "<div class='inline-signup'><h3>Sign up to First Edition</h3><p>Join 400 readers</p><form><input type='email'></form></div>",
    "<p>Facebook | Twitter | WhatsApp</p><p>400 shares</p><p>45 comments</p>",
    "<p>Story continues below</p><p>- Advertisement -</p><p>ADVERTISEMENT - SCROLL TO CONTINUE</p>",
    "<p>Download our app for 400 stories a day.</p><p>Join our WhatsApp channel for more news.</p>",
    "<p>Do you have a story? Contact us at post@ostmarkpost.example or call 555 0123.</p>",
    "<p>Support independent journalism for 400 kroner a year.</p>",
    "<p>Listen to this article</p><p>4 min read</p><p>Reading time: 4 minutes</p>",
    "<p><em>Ann Veld is a reporter for the Ostmark Post. Follow her on X.</em></p>",
    "<ol class='commentlist'><li class='comment'><a href='/u'>x</a><p>Shame on the board, 400 people will lose their jobs, and so on.</p></li></ol>",
]  # fmt: skip


@pytest.mark.parametrize("inner", OTHERS)
def test_what_belongs_to_the_page_is_boilerplate_or_left_out(inner: str) -> None:
    found = article(source(paragraphs(BODY[:2]) + inner + paragraphs(BODY[2:])))
    told = kinds(found.text, found.title)
    assert [told.pop(line) for line in BODY] == ["body"] * 5
    assert {*told.values()} <= {"headline", "boilerplate"}


@pytest.mark.parametrize(
    "line",
    [
        "Support for union members fell by a third in May, the board’s own figures show.",
        "Join him at the quay on any morning and you will see how it is done, Jon Aune said.",
        "Privacy policy is made in the capital and broken in the valleys, said Marta Okello.",
        "Advertisement spending rose by 5 per cent in May.",
        "Reading time is what children lack, the ministry found.",
        "She wrote to him at post@lindvik.example and he answered on the same day.",
        "Contact with the ferry was lost at noon, the coast guard said.",
        "Share prices fell on Tuesday after the board met.",
    ],
)
def test_lines_of_an_article_stay(line: str) -> None:
    assert kinds("\n\n".join([*BODY, line, BODY[0]]), None)[line] == "body"
    assert line in article(source(paragraphs([*BODY[:2], line, *BODY[2:]]))).text
