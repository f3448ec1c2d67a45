# ruff: noqa: E501 - a case a line
"""When pages of all sorts of publishers say that they were published."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from lxml import html

from onrecord.sources.readers.published import published_of


def m(name: str, content: str, attribute: str = "property") -> str:
    return f'<meta {attribute}="{name}" content="{content}">'


def ld(told: Any) -> str:
    return f'<script type="application/ld+json">{told if isinstance(told, str) else json.dumps(told)}</script>'


def published(
    head: str = "", top: str = "", url: str = "https://courier.example/news/1", lang: str = "en", foot: str = "", inner: str = ""
) -> datetime | None:
    page = f"""<!doctype html><html lang="{lang}"><head><title>Ferry to close in May</title>{head}</head><body><nav><a href="/">Home</a></nav>
<main><article><h1>Ferry to close in May</h1>{top}<p>The county will close the ferry in May, the board decided.</p>{inner}</article></main>
<aside><h3>More</h3><time datetime="2025-01-01T00:00:00Z">1 January 2025</time></aside>{foot}<footer>© 2026 Courier</footer></body></html>"""
    found = published_of(html.document_fromstring(page), url)
    return found.moment if found else None


Z = "2026-10-05T22:30:00-05:00"
A = datetime(2026, 10, 6, 3, 30, tzinfo=UTC)  # the same
N = datetime(2026, 10, 5, 22, 30, tzinfo=UTC)
D = datetime(2026, 10, 5, tzinfo=UTC)
PAGES: dict[str, tuple[dict[str, str], datetime | None]] = {
    # metas of CMSes
    "og:article:published_time":({"head": m("og:article:published_time",Z)},A),
    "name article:published_time":({"head": m("article:published_time",Z,"name")},A),
    "og:pubdate":({"head": m("og:pubdate",Z)},A),
    "pubdate itemprop":({"head": m("pubdate",Z,"itemprop")},A),
    "lastmod + pubdate":({"head": m("lastmod","2026-10-09T00:00:00Z","name")+m("pubdate",Z,"name")},A),
    "dcterms.created":({"head": m("dcterms.created",Z,"name")},A),
    "DC.date.created":({"head": m("DC.date.created",Z,"name")},A),
    "dcterms.modified only":({"head": m("dcterms.modified",Z,"name")},None),
    "dc.modified + dc.created":({"head": m("DCTERMS.modified","2026-10-09","name")+m("DCTERMS.created",Z,"name")},A),
    "parsely-pub-date Z":({"head": m("parsely-pub-date","2026-10-06T03:30:00Z","name")},A),
    "parsely json":({"head": "<meta name='parsely-page' content='"+json.dumps({"title":"x","pub_date":Z})+"'>"},A),
    "ptime ":({"head": m("ptime","20261005223000","name")+m("pdate","20261005","name")},N),
    "pdate":({"head": m("pdate","20261005","name")},D),
    "cXense":({"head": m("cXenseParse:recs:publishtime",Z,"name")},A),
    "REVISION_DATE only":({"head": m("REVISION_DATE","Mon, 05 Oct 2026 22:30:00 -0500","name")},None),
    "OriginalPublicationDate ":({"head": m("OriginalPublicationDate","2026/10/05 22:30:00","name")},N),
    "dat ":({"head": m("date.release",Z,"name")},A),
    "article.published":({"head": m("article.published",Z,"name")},A),
    "article_date_original":({"head": m("article_date_original",Z,"name")},A),
    "publish-date":({"head": m("publish-date","Mon, 05 Oct 2026 22:30:00 EST","name")},A),
    "PublishDate":({"head": m("PublishDate","10/5/2026 10:30:00 PM","name"),"lang": "en-US"},N),
    "issue_time":({"head": m("article:publish_time",Z)},A),
    "weibo create_at":({"head": m("weibo:article:create_at","2026-10-05 22:30:00","name")},N),
    "twitter:data":({"head": m("twitter:label1","Published","name")+m("twitter:data1","5 Oct 2026 22:30 EST","name")},A),
    "published epoch s":({"head": m("article:published_time","1791257400")},datetime(2026,10,6,3,30,tzinfo=UTC)),
    "date iso basic":({"head": m("date","20261005T223000-0500","name")},A),
    "date.issue":({"head": m("date.issue",Z,"name")},A),
    "bt:pubDate":({"head": m("bt:pubDate",Z,"name")},A),
    "DISPLAYDATE":({"head": m("DISPLAYDATE","October 5, 2026","name")},D),
    "creation_date":({"head": m("creation_date",Z,"name")},A),
    "article:published_time empty, pubdate":({"head": m("article:published_time","")+m("pubdate",Z,"name")},A),
    "garbage then good":({"head": m("article:published_time","now")+ld({"@type":"NewsArticle","datePublished":Z})},A),
    "modified before published":({"head": ld({"@type":"NewsArticle","dateModified":"2026-10-01T00:00:00Z","datePublished":Z})},A),
    "content expires":({"head": m("article:expiration_time","2027-10-05T00:00:00Z")+m("article:published_time",Z)},A),
    "http-equiv date":({"head": '<meta http-equiv="date" content="Mon, 05 Oct 2026 22:30:00 EST">'},A),
    "http-equiv last-modified":({"head": '<meta http-equiv="last-modified" content="Mon, 05 Oct 2026 22:30:00 EST">'},None),
    # JSON-LD
    "list of nodes":({"head": ld([{"@type":"BreadcrumbList"},{"@type":"NewsArticle","datePublished":Z}])},A),
    "type list":({"head": ld({"@type":["NewsArticle","AnalysisNewsArticle"],"datePublished":Z})},A),
    "OpinionNewsArticle":({"head": ld({"@type":"OpinionNewsArticle","datePublished":Z})},A),
    "LiveBlogPosting":({"head": ld({"@type":"LiveBlogPosting","datePublished":Z,"liveBlogUpdate":[{"@type":"BlogPosting","datePublished":"2026-10-01T00:00:00Z"}]})},A),
    "live updates first":({"head": ld({"@type":"LiveBlogPosting","liveBlogUpdate":[{"@type":"BlogPosting","datePublished":"2026-10-07T00:00:00Z"}],"datePublished":Z})},A),
    "http type":({"head": ld({"@type":"http://schema.org/NewsArticle","datePublished":Z})},A),
    "trailing comma":({"head": ld(f'{{"@type":"NewsArticle","datePublished":"{Z}",}}')},A),
    "newline in string":({"head": ld(f'{{"@type":"NewsArticle","description":"a\nb","datePublished":"{Z}"}}')},A),
    "bad escape":({"head": ld(f'{{"@type":"NewsArticle","headline":"It\\\'s","datePublished":"{Z}"}}')},A),
    "two objects":({"head": ld(f'{{"@type":"WebSite"}}\n{{"@type":"NewsArticle","datePublished":"{Z}"}}')},A),
    "html entities":({"head": ld(json.dumps({"@type":"NewsArticle","datePublished":Z}).replace('"','&quot;'))},A),
    "CDATA":({"head": '<script type="application/ld+json">//<![CDATA[\n'+json.dumps({"@type":"NewsArticle","datePublished":Z})+'\n//]]></script>'},A),
    "mainEntity":({"head": ld({"@type":"WebPage","mainEntity":{"@type":"NewsArticle","datePublished":Z}})},A),
    "page wins not over article":({"head": ld({"@graph":[{"@type":"WebPage","datePublished":"2026-01-01T00:00:00Z","url":"https://courier.example/news/1"},{"@type":"NewsArticle","datePublished":Z}]})},A),
    "org with foundingDate":({"head": ld({"@type":"NewsArticle","datePublished":Z,"publisher":{"@type":"Organization","foundingDate":"1911"}})},A),
    "video inside":({"head": ld({"@type":"NewsArticle","video":{"@type":"VideoObject","datePublished":"2020-01-01","uploadDate":"2020-01-01"},"datePublished":Z})},A),
    "comments inside":({"head": ld({"@type":"NewsArticle","comment":[{"@type":"Comment","datePublished":"2026-10-08T00:00:00Z"}],"datePublished":Z})},A),
    "uploadDate only":({"head": ld({"@type":"VideoObject","uploadDate":Z})},None),
    "DiscussionForumPosting":({"head": ld({"@type":"NewsArticle","datePublished":"Mon Oct 05 2026 22:30:00 GMT-0500 (CDT)"})},A),
    "dateCreated & datePublished":({"head": ld({"@type":"NewsArticle","dateCreated":"2026-10-01T00:00:00Z","datePublished":Z})},A),
    "datePublished dict":({"head": ld({"@type":"NewsArticle","datePublished":{"@type":"Date","@value":Z}})},A),
    "related by mainEntityOfPage":({"head": ld([{"@type":"NewsArticle","mainEntityOfPage":"https://courier.example/other","datePublished":"2020-01-01T00:00:00Z"},{"@type":"NewsArticle","mainEntityOfPage":"https://courier.example/news/1","datePublished":Z}])},A),
    "other headline first":({"head": ld([{"@type":"NewsArticle","headline":"Another","datePublished":"2020-01-01T00:00:00Z"},{"@type":"NewsArticle","headline":"Ferry to close in May","datePublished":Z}])},A),
    "next data":({"foot": '<script id="__NEXT_DATA__" type="application/json">'+json.dumps({"props":{"article":{"title":"Ferry to close in May","publishedAt":Z}}})+'</script>'},A),
    # elements
    "time with text only":({"top": "<time>October 5, 2026 10:30 p.m. EST</time>"},A),
    "time datetime bad text good":({"top": '<time datetime="1 hour ago">5 Oct 2026 22:30 EST</time>'},A),
    "time relative":({"top": '<time datetime="2026-10-05T22:30:00-05:00">3 hours ago</time>'},A),
    "time updated first":({"top": f'<div class="dates"><span>Updated: <time datetime="2026-10-08T00:00:00Z">8 Oct</time></span> <span>Published: <time datetime="{Z}">5 Oct</time></span></div>'},A),
    "time modified itemprop":({"top": f'<time itemprop="dateModified" datetime="2026-10-08T00:00:00Z">8 Oct</time><time itemprop="datePublished" datetime="{Z}">5 Oct</time>'},A),
    "time data-attr":({"top": '<span class="timestamp" data-timestamp="1791257400000">5 Oct</span>'},A),
    "span title":({"top": f'<abbr class="published updated" title="{Z}">5 Oct</abbr>'},A),
    "time in body is event":({"inner": '<p>The storm of <time datetime="1999-12-25">25 December 1999</time> took the quay.</p>',"head": m("article:published_time",Z)},A),
    "time only in related":({"inner": '<div class="related-list"><time datetime="2024-01-01">x</time></div>'},None),
    "relative-time":({"top": f'<relative-time datetime="{Z}">yesterday</relative-time>'},A),
    "local-time span content":({"top": f'<span itemprop="datePublished" content="{Z}">5 October</span>'},A),
    "RDFa":({"top": f'<span property="schema:datePublished" content="{Z}">5 October</span>'},A),
    "dc:date":({"top": f'<span property="dc:date dc:created" content="{Z}" datatype="xsd:dateTime">5 October</span>'},A),
    # words
    "words byline":({"top": '<div class="byline">By Ann Veld | Oct 5, 2026 10:30 PM EST</div>'},A),
    "words ":({"top": '<div class="byline">By Ann Veld</div><div class="date">Mon 5 Oct 2026 22.30 BST</div>'},datetime(2026,10,5,21,30,tzinfo=UTC)),
    "words IST India":({"top": '<span class="publish-time">Published - October 05, 2026 10:30 pm IST</span>'},datetime(2026,10,5,17,0,tzinfo=UTC)),
    "words updated & published India":({"top": '<p class="publish-time">Updated - October 06, 2026 08:00 am IST - Lindvik</p><p class="publish-time">Published - October 05, 2026 10:30 pm IST</p>'},datetime(2026,10,5,17,0,tzinfo=UTC)),
    "words First Published":({"top": '<span>First Published: 5 Oct 2026, 10:30 PM IST</span>'},datetime(2026,10,5,17,0,tzinfo=UTC)),
    "words Posted on":({"top": '<div>Posted on Monday, October 5, 2026 at 10:30 p.m. EST by Ann Veld</div>'},A),
    "words AU":({"top": '<p class="posted">Posted Mon 5 Oct 2026 at 10:30pm AEDT</p>'},datetime(2026,10,5,11,30,tzinfo=UTC)),
    "words ZA":({"top": '<div class="article-date">05 Oct 2026 - 22:30</div>',"url": "https://news.co.za/1"},N),
    "words NG":({"top": '<div class="post-date">5th October 2026</div>'},D),
    "words dmy UK":({"top": '<div class="date">05/10/2026 22:30</div>',"url": "https://post.co.uk/1"},N),
    "words mdy US":({"top": '<div class="date">10/05/2026 10:30 PM</div>',"lang": "en-US"},N),
    "words dotted":({"top": '<div class="date">05.10.2026, 22:30 Uhr</div>',"url": "https://post.de/1"},N),
    "words iso":({"top": '<div class="date">2026-10-05 22:30</div>'},N),
    "words slashes iso":({"top": '<div class="date">2026/10/05 22:30 KST</div>',"url": "https://post.kr/1"},datetime(2026,10,5,13,30,tzinfo=UTC)),
    "words caps":({"top": '<div class="date">PUBLISHED: OCTOBER 5, 2026 AT 10:30 P.M. EST</div>'},A),
    "words Published | UPDATED caps":({"top": '<div class="meta">PUBLISHED: October 5, 2026 at 10:30 p.m. EST | UPDATED: October 8, 2026 at 1:00 p.m.</div>'},A),
    "words SGT":({"top": '<div class="story-postdate">Published Oct 05, 2026, 10:30 PM SGT</div>'},datetime(2026,10,5,14,30,tzinfo=UTC)),
    "words GMT+8":({"top": '<div class="date">Published: 10:30pm, 5 Oct 2026 (GMT+8)</div>'},datetime(2026,10,5,14,30,tzinfo=UTC)),
    "words no year":({"top": '<div class="date">Oct 5, 10:30 PM</div>'},None),
    "words yesterday":({"top": '<div class="date">Yesterday, 22:30</div>'},None),
    "words time only":({"top": '<div class="time">22:30</div>'},None),
    "words deadline in body":({"inner": '<p>The tender closes on 5 October 2027.</p>'},None),
    "copyright words":({"inner": '<p class="copyright-date">© 2026 Courier, 5 October 2026</p>'},None),
    "comments dates":({"foot": '<div class="comments"><div class="comment"><span class="comment-date">5 October 2026</span></div></div>'},None),
    "url only":({"url": "https://courier.example/2026/oct/05/x"},None),
    "head of meta wins over words":({"head": m("article:published_time",Z),"top": '<div class="date">1 Oct 2026</div>'},A),
    "published vs JSON-LD own wins":({"head": m("article:published_time","2026-10-06T03:30:00Z")+ld({"@type":"NewsArticle","datePublished":Z})},A),
    "meta zone-less LD zoned":({"head": m("date","2026-10-05 22:30:00","name")+ld({"@type":"NewsArticle","datePublished":Z})},A),
    "LD day meta exact":({"head": m("article:published_time",Z)+ld({"@type":"NewsArticle","datePublished":"2026-10-05"})},A),
}  # fmt: skip


@pytest.mark.parametrize("case", PAGES)
def test_a_page_tells_when_it_was_published(case: str) -> None:
    page, at = PAGES[case]
    assert published(**page) == at
