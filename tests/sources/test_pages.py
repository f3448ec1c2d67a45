# ruff: noqa: E501 - a case a line
"""Pages: what their elements say is in the text, what is no article is refused, titles are bare, and nothing is lost."""

from __future__ import annotations

import json

import pytest

from onrecord.sources.pages.title import bare_title
from onrecord.sources.readers.html import read_html
from onrecord.sources.records import RawArticle, Record, Refusal

BODY = [
    "The county of Ostmark will close the ferry at Lindvik in May, the transport board decided on Tuesday after a long debate.",
    "“Nobody asked those of us who live here,” said Marta Okello, a nurse, who crosses the fjord twice a day for her work.",
    "The board saves 3.1 million kroner a year by it, according to figures that its director, Jon Aune, showed the members.",
    "About 640 people use the ferry on a weekday, most of them to reach the hospital and the school on the other shore.",
    "Aune said a bus would go round the fjord every half hour, and that the journey would take 40 minutes at the most.",
]


def paragraphs(lines: list[str]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def source(inner: str, title: str = "Ferry to close in May", head: str = "", outer: str = "") -> str:
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{title}</title>{head}</head><body><nav><a href="/">Home</a></nav>'
        f"<main><article><h1>{title.partition(' | ')[0]}</h1>{inner}</article>{outer}</main>"
        "<footer>© 2026 Ostmark Post</footer></body></html>"
    )


def read(text: str, url: str = "https://ostmarkpost.example/news/ferry") -> Record:
    return read_html(text.encode(), "a.html", None, {"url": url}, 10**6)


def article(text: str, url: str = "https://ostmarkpost.example/news/ferry") -> RawArticle:
    found = read(text, url)
    assert isinstance(found, RawArticle), found
    return found


def with_paragraph(inner: str) -> str:
    return article(source(paragraphs(BODY[:2]) + inner + paragraphs(BODY[2:]))).text


@pytest.mark.parametrize(
    ("inner", "there"),
    [
        ("<p>She called it <q>a gift to nobody</q>, and left the hall before the vote was taken.</p>", "it “a gift to nobody”, and"),
        ("<p>He said: <q>They told us <q>wait</q> and we waited all summer</q> for an answer.</p>", "“They told us ‘wait’ and we waited all summer” for"),
        ("<p>Their word for it was <q>“progress”</q>, as the mayor of Lindvik said with a smile.</p>", "was “progress”, as"),
        ("<p>The quay is built on 10<sup>6</sup> stones and covers 3 km<sup>2</sup> of the shore today.</p>", "10⁶ stones and covers 3 km² of"),
        ("<p>It is the 21<sup>st</sup> ferry, and CO<sub>2</sub> from it fell by a third, the board said.</p>", "the 21st ferry, and CO2 from"),
        ("<p>Fares rose in June.<sup><a href='#n1'>1</a></sup> They had not risen<sup>[2]</sup> since 2011, he said.</p>", "June. They had not risen since 2011"),
        ("<p>The ferry carries <del>900</del> <ins>640</ins> people a day, the board said on Tuesday.</p>", "carries 640 people"),
        ("<p>The ferry carries <strike>900</strike> 640 people a day, the board said on Tuesday.</p>", "carries 640 people"),
    ],
)  # fmt: skip
def test_elements_that_say_something(inner: str, there: str) -> None:
    assert there in with_paragraph(inner)


@pytest.mark.parametrize(
    "inner",
    [
        "<blockquote><p>“The fjord is our road.”</p><footer>— Per Solli, skipper</footer></blockquote>",
        "<blockquote><p>“The fjord is our road.”</p><cite>Per Solli, skipper</cite></blockquote>",
        "<figure><blockquote>“The fjord is our road.”</blockquote><figcaption>— Per Solli, skipper</figcaption></figure>",
        "<figure class='quote'><blockquote><p>“The fjord is our road.”</p></blockquote><figcaption>Per Solli</figcaption></figure>",
    ],
)
def test_who_said_a_block_quotation(inner: str) -> None:
    text = with_paragraph(inner)
    assert text.index("The fjord is our road") < text.index("Per Solli") < text.index(BODY[2])


@pytest.mark.parametrize(
    "inner",
    [
        "<p style='color:red; display: none'>{}</p>",
        "<p hidden>{}</p>",
        "<p class='u-visually-hidden'>{}</p>",
        "<p class='screen-reader-text'>{}</p>",
        "<div style='visibility:hidden'><p>{}</p></div>",
        "<div class='related-stories'><p><a href='/x'>{}</a></p></div>",
        "<aside id='most-read'><h3>Most read</h3><p><a href='/x'>{}</a></p></aside>",
        "<div class='c-newsletter'><p>{}</p><form><input name='mail'></form></div>",
        "<section id='comments'><p><a href='/u/1'>ann</a> {}</p></section>",
        "<p class='imageCaption'>{}</p>",
        "<div class='c-interstitial'><p>{} <a href='/n'>More</a></p></div>",
        "<div class='ad-slot'><p>{}</p></div>",
        "<div class='slideshow'><p>{}</p></div>",
        "<div class='media__caption'>{}</div>",
        "<span style='border:0; clip: rect(0 0 0 0); position:absolute; width:1px'>{}</span>",
    ],
)
def test_what_readers_do_not_see_and_what_belongs_to_others(inner: str) -> None:
    text = with_paragraph(inner.format("Some 5,000 people signed up against the closure last week, a note says."))
    assert "5,000" not in text and all(line in text for line in BODY)


@pytest.mark.parametrize(
    "inner",
    [
        "<p>[<a href='/x'>{}</a>]</p>",
        "<p>[ <a href='/x'>Read more: {}</a> ]</p>",
        "<p><strong>Also Read | </strong><a href='/x'>{}</a></p>",
        "<p><b>More:</b> <a href='/x'>{}</a></p>",
        "<p>In case you missed it: <a href='/x'>{}</a></p>",
    ],
)
def test_a_line_that_leads_to_another_article_goes(inner: str) -> None:
    text = with_paragraph(inner.format("Some 5,000 people signed against the closure"))
    assert "5,000" not in text and all(line in text for line in BODY)


@pytest.mark.parametrize(
    "inner",
    [
        "<p>The board has <a href='/x'>published all of its {} letters</a></p>",
        "<p>[The ferry carried 5,000 people last week.]</p>",
        "<p class='capital-letters'>Some 5,000 people signed against it, a note says.</p>",
        "<div class='admin'><p>Some 5,000 people signed against it, a note says.</p></div>",
    ],
)
def test_a_line_that_only_looks_so_stays(inner: str) -> None:
    assert "5,000" in with_paragraph(inner.format("5,000"))


@pytest.mark.parametrize(
    ("name", "is_lead"),
    [
        *((name, True) for name in ("standfirst", "sp-descp", "story-synopsis", "strapline", "article__sumario")),
        *((name, False) for name in ("image-description", "author-description", "newsletter-desc", "video__desc", "kicker")),
    ],
)
def test_a_lead_by_what_it_is_called(name: str, is_lead: bool) -> None:
    lead = f"<h2 class='{name}'>Some 5,000 people signed up against the closure last week, a note says.</h2>"
    page = source("", outer=f"<div class='page'><div class='text'>{paragraphs(BODY)}</div></div>").replace(
        "</h1>", f"</h1>{lead}"
    )
    assert article(page).text.count("5,000") == is_lead


def test_an_article_that_a_script_uncovers_is_read() -> None:
    found = article(source(f"<div style='display:none' class='related'>{paragraphs(BODY)}</div>"))
    assert all(line in found.text for line in BODY)


@pytest.mark.parametrize("joint", ["\n\n", "\n", "</p><p>", "&lt;/p&gt;&lt;p&gt;"])
def test_what_the_page_tells_machines_where_it_shows_less(joint: str) -> None:
    told = {"@context": "https://schema.org", "@graph": [{"@type": ["NewsArticle"], "articleBody": joint.join(BODY)}]}
    head = f'<script type="application/ld+json">{json.dumps(told)}</script>'
    found = article(source(paragraphs(BODY[:2]) + "<p>To read on, subscribe.</p>", head=head))
    assert found.text.split("\n\n")[1:] == BODY
    other = json.dumps({"@type": "NewsArticle", "articleBody": "Of another article altogether, which is longer. " * 40})
    found = article(source(paragraphs(BODY), head=f'<script type="application/ld+json">{other}</script>'))
    assert all(line in found.text for line in BODY) and "another article" not in found.text


def test_every_container_of_a_body_is_read() -> None:
    more = [
        f"In village {n} the ferry is the only way to reach a doctor at night, said a letter of its council." for n in range(24)
    ]
    parts = [BODY, *(more[n : n + 6] for n in range(0, 24, 6))]
    inner = "".join(f"<div class='body container'>{paragraphs(part)}</div><div class='ad'>Advertisement</div>" for part in parts)
    text = article(source("", outer=inner)).text
    at = [text.index(line) for line in (*BODY, *more)]
    assert at == sorted(at)


def walls() -> dict[str, tuple[str, str]]:
    teaser = "<article><h2><a href='/news/{0}'>Headline {0} about the ferry at Lindvik</a></h2><p>In short: story {0} of the day.</p></article>"
    entry = (
        "<li><h3><a href='/a/{0}'>Ferry story number {0}</a></h3><p>The board said “enough” in story {0}, and went home.</p></li>"
    )
    return {
        "gone": ("Page not found", "<p>Sorry, we could not find what you were looking for. It may have moved, or have been taken away.</p>"),
        "404": ("404 - Not Found", "<p>The link that you followed may be broken, or the page may have been removed by its author.</p>"),
        "article gone": ("This article is no longer available", "<p>Please try the front page, or look for it in our archive of the year.</p>"),
        "oops": ("Oops! That page can’t be found.", "<p>It looks like nothing was found at this location. Maybe try a search here?</p>"),
        "robots": ("Just a moment...", "<p>Checking if the site connection is secure. Verify you are human by completing the action below.</p>"),
        "robots 2": ("Are you a robot?", "<p>We have noticed unusual traffic from your network. Please make sure your browser supports JavaScript.</p>"),
        "denied": ("Access Denied", "<p>You don't have permission to access this page on this server. Reference #18.2f1 was noted.</p>"),
        "consent": ("Before you continue", "<p>We and our partners use cookies to process personal data. You may withdraw your consent at any time.</p>"),
        "privacy": ("Ostmark Post", "<p>We use cookies to make the site work. Accept all cookies or manage your consent for each of them.</p>"),
        "front": ("News | Ostmark Post", "".join(teaser.format(n) for n in range(12))),
        "front of items": ("Sport", f"<ul>{''.join(entry.format(n) for n in range(12))}</ul>"),
        "search": ("Search results for “ferry”", f"<ul>{''.join(entry.format(n) for n in range(3))}</ul>"),
        "results": ("12 results found", f"<ul>{''.join(entry.format(n) for n in range(3))}</ul>"),
    }  # fmt: skip


@pytest.mark.parametrize("name", walls())
def test_what_is_no_article_is_refused(name: str) -> None:
    title, inner = walls()[name]
    found = read(source(inner, title))
    assert isinstance(found, Refusal) and found.reason == "not_an_article", found


def test_a_list_of_articles_by_its_own_word_and_a_film() -> None:
    told = '<script type="application/ld+json">{"@type": "CollectionPage", "hasPart": [{"@type": "NewsArticle"}, {"@type": "Article"}]}</script>'
    film = '<meta property="og:type" content="video.other">'
    for text in (
        source(paragraphs(BODY), head=told),
        source("<p>Watch the last ferry leave the quay at Lindvik tonight.</p>", head=film),
    ):
        found = read(text)
        assert isinstance(found, Refusal) and found.reason == "not_an_article"


@pytest.mark.parametrize(
    ("title", "first"),
    [
        ("Page not found: how a library lost its only map", "The library of Lindvik has lost the only map of the fjord, said its head, Berit Moe."),
        ("Access denied: ferry workers locked out", "Workers were locked out of the ferry on Tuesday, said Berit Moe, who leads their union."),
        ("Cookies and your data: what the new law says", "Sites must ask before they set cookies, said Berit Moe of the board for consent on Tuesday."),
        ("404 people stranded by storm", "Some 404 people were stranded at Lindvik on Tuesday, said Berit Moe, of the board."),
        ("Search for missing skipper goes on", "The search for a skipper from Lindvik went on for a third day on Tuesday, said Berit Moe."),
    ],
)  # fmt: skip
def test_articles_about_such_things_are_articles(title: str, first: str) -> None:
    assert first in article(source(paragraphs([first, BODY[3], BODY[4]]), title)).text


def test_a_live_page_and_an_article_with_many_links_are_articles() -> None:
    updates = "".join(
        f"<article><h2><a href='#u{n}'>Update {n}</a></h2><p>{BODY[n % 5]} (update {n})</p></article>" for n in range(8)
    )
    assert all(f"(update {n})" in article(source(updates)).text for n in range(8))
    linked = " ".join(f"<a href='/t/{n}'>the report of year {n} on the ferry</a>," for n in range(6))
    assert BODY[4] in article(source(paragraphs([*BODY, f"See also {linked} and others that the board has published."]))).text


@pytest.mark.parametrize("depth", [250, 450, 1200])
def test_deep_pages_are_read(depth: int) -> None:
    found = article(source("<div>" * depth + paragraphs(BODY) + "</div>" * depth))
    assert all(line in found.text for line in BODY)


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("Ferry to close in May | Ostmark Post", "Ferry to close in May"),
        ("Ferry to close in May - The Ostmark Post", "Ferry to close in May"),
        ("Ferry to close in May – ostmarkpost.example", "Ferry to close in May"),
        ("Ferry to close in May | UK news | Ostmark Post", "Ferry to close in May"),
        ("Ostmark Post: Ferry to close", "Ostmark Post: Ferry to close"),
        ("Ostmark Post | Ferry to close in May", "Ferry to close in May"),
        ("Ferry – and school – to close - Ostmark Post", "Ferry – and school – to close"),
        ("Ferry to close in May – what we know", "Ferry to close in May – what we know"),
        ("Ferry to close - Aune", "Ferry to close - Aune"),
        ("Shown heading » Somebody’s Blog", "Shown heading"),
    ],
)
def test_titles_go_without_the_name_of_the_site(title: str, bare: str) -> None:
    assert bare_title(title, ["Ostmark Post", "ostmarkpost.example"], ["Shown heading"]) == bare


MORE = [f"In village {n} the ferry is the only way to reach a doctor at night, said a letter of its council." for n in range(12)]
ALL = [*BODY, *MORE]


def by(count: int) -> list[list[str]]:
    return [ALL[n : n + count] for n in range(0, len(ALL), count)]


STRUCTURES = {
    "a div a paragraph": "".join(f"<div data-component='text-block' class='b-{n}'><p>{line}</p></div>" for n, line in enumerate(ALL)),
    "columns and gaps": "<section>" + "".join(f"<div class='column'><div class='c1'>{paragraphs(part)}</div><aside class='c2'></aside></div><div class='ad-slot'></div>" for part in by(3)) + "</section>",
    "spans": f"<div>{''.join(f'<span class=para>{line}</span>' for line in ALL)}</div>",
    "breaks": f"<div class='story'>{'<br><br>'.join(ALL)}</div>",
    "a table for layout": f"<table width='100%'><tr><td><a href='/'>Home</a></td><td>{paragraphs(ALL)}</td></tr></table>",
    "chapters": "".join(f"<section><h2>Part</h2>{paragraphs(part)}</section>" for part in by(5)),
    "text between paragraphs": "<div>" + "".join(f"<p>{a}</p>{b}" for a, b in zip(ALL[::2], [*ALL[1::2], ""], strict=True)) + "</div>",
    "a paragraph that is a link": f"{paragraphs(ALL[:3])}<p><a href='/x'>{ALL[3]}</a></p>{paragraphs(ALL[4:])}",
    "a lead called a teaser": f"<p class='article-teaser'>{ALL[0]}</p>{paragraphs(ALL[1:])}",
    "an old page": f"<center><font size=2>{paragraphs(ALL)}</font></center>",
    "a class of sharing": f"<div class='share-article'>{paragraphs([line.replace('ferry', '<a href=/f>ferry</a>') for line in ALL])}</div>",
}  # fmt: skip


@pytest.mark.parametrize("name", STRUCTURES)
def test_every_paragraph_however_it_is_marked(name: str) -> None:
    assert [line for line in article(source(STRUCTURES[name])).text.split("\n\n") if line in ALL] == ALL


def test_a_lead_above_the_body_and_articles_in_parts() -> None:
    head = "<html><head><title>Ferry to close in May</title></head><body><main><h1>Ferry to close in May</h1>"
    lead = f"{head}<p class='standfirst'>{ALL[0]}</p><div class='content'><div class='story'>{paragraphs(ALL[1:])}</div></div></main></body></html>"
    lead_of_id = lead.replace("class='standfirst'", "id='article-summary'")
    lead_told = lead.replace("<p class='standfirst'>", "<h2>").replace("</p><div class='content'>", "</h2><div class='content'>")
    lead_told = lead_told.replace("</title>", f'</title><meta name="description" content="{ALL[0]}">')
    box = f"{head}<div class='text'>{''.join(f'<p class=para>{line}</p>' for line in ALL[:-2])}<div class='factbox'><h3>Facts</h3>{''.join(f'<p class=para>{line}</p>' for line in ALL[-2:])}</div></div></main></body></html>"
    laid = f"{head.replace('<main>', '').replace('<h1>Ferry to close in May</h1>', '')}<table><tr><td><a href='/'>Home</a></td><td><h1>Ferry to close in May</h1>{'<br><br>'.join(ALL)}</td></tr></table></body></html>"
    parts = f"{head}{''.join(f'<article class=part>{paragraphs(part)}</article>' for part in by(5))}</main></body></html>"
    for page in (lead, lead_of_id, lead_told, box, laid, parts):
        assert [line for line in article(page).text.split("\n\n") if line in ALL] == ALL
