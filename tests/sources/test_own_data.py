"""Pages that hold their article in the data of their own program alone."""

from __future__ import annotations

import json
from typing import Any

import pytest

from onrecord.sources.records import RawArticle, Refusal

from .carriers import SAID, SECOND
from .test_shapes import URL, read

THIRD = "“Nobody asked us,” Bo Lund, a fisherman of 61, told the meeting in the old school on Monday evening."
BODY = [SAID, SECOND, THIRD]
TITLE = "Wall gives way in Brenn"
MARKUP = "".join(f"<p>{p}</p>" for p in BODY)


def page(scripts: str, shown: str = "<p>Loading…</p>", title: str = TITLE) -> RawArticle | Refusal:
    head = f"<title>{title} | Brenn Courier</title><meta property='og:site_name' content='Brenn Courier'>"
    text = f"<!doctype html><html lang=en><head>{head}</head><body><div id=app>{shown}</div>{scripts}</body></html>"
    (found,) = read(text, "a.html", metadata={"a.html": {"url": URL}})
    return found


def data(value: Any, of: str = "") -> str:
    return f'<script type="application/json" {of}>{json.dumps(value)}</script>'


NUXT = [{"x": 1}, {"title": 2, "body": 3}, TITLE, [4, 5, 6], *BODY]
STORY = {"headlines": {"basic": TITLE}, "content_elements": [{"type": "text", "content": p} for p in BODY]}
PROGRAMS = {
    "next": data({"props": {"pageProps": {"article": {"title": TITLE, "body": MARKUP}}}}, 'id="__NEXT_DATA__"'),
    "gatsby": data({"result": {"data": {"wpPost": {"title": TITLE, "content": MARKUP}}}}),
    "nuxt": data(NUXT, 'id="__NUXT_DATA__"'),
    "arc": f"<script>window.Fusion=window.Fusion||{{}};Fusion.globalContent={json.dumps(STORY)};Fusion.x=1;</script>",
    "state": f"<script>window.__STATE__ = {json.dumps({'a': {'headline': TITLE, 'paragraphs': BODY}})};</script>",
    "parsed": f"<script>var s = JSON.parse({json.dumps(json.dumps({'a': {'title': TITLE, 'html': MARKUP}}))});</script>",
}


@pytest.mark.parametrize("program", PROGRAMS)
def test_the_body_in_the_data_of_a_page(program: str) -> None:
    found = page(PROGRAMS[program])
    assert isinstance(found, RawArticle), found
    assert found.text == "\n\n".join([TITLE, *BODY]) and (found.title, found.publisher) == (TITLE, "Brenn Courier")


def test_a_teaser_is_completed() -> None:
    found = page(PROGRAMS["next"], f"<article><h1>{TITLE}</h1><p>{SAID}</p><p>Subscribe to read on.</p></article>")
    assert isinstance(found, RawArticle) and found.text == "\n\n".join([TITLE, *BODY])


def test_another_article_in_the_data_is_none_of_the_page() -> None:
    other = data({"related": [{"title": "Ferry late again in Tarvo", "body": MARKUP}]})
    assert isinstance(page(other), Refusal)
    found = page(other, f"<article><h1>{TITLE}</h1><p>{SAID}</p></article>")
    assert isinstance(found, RawArticle) and THIRD not in found.text


def test_a_page_that_shows_its_article_is_read_as_it_is_shown() -> None:
    longer = data({"a": {"title": TITLE, "body": MARKUP + MARKUP}})
    shown = f"<article><h1>{TITLE}</h1>{MARKUP}<p>{SAID} {SECOND}</p></article>"
    found = page(longer, shown)
    assert isinstance(found, RawArticle) and found.text.count(THIRD) == 1


@pytest.mark.parametrize("script", ["window.x = {", "x = [1, 2", "{" * 5000, 'a = JSON.parse("{");', "a = {'b': 1};"])
def test_scripts_that_nobody_can_read_cost_nothing(script: str) -> None:
    assert isinstance(page(f"<script>{script}{' ' * 400}</script>"), Refusal)
