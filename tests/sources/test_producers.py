# ruff: noqa: E501 - a record a line
"""JSON as programs, interfaces and data sets write it: each field of each, and what wraps many of them."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from onrecord.sources.formats import Reading, read_records
from onrecord.sources.records import RawArticle, Refusal

S = "“We wait,” said Ann Veld, who leads the town."
T = "Wall gives way"
U = "https://courier.example/1"
N = "2026-10-05 22:30:00+00:00"
FIELDS = {"title": T, "author": "Tomas Reed", "publisher": "Brenn Courier", "published_at": N, "url": U, "language": "en"}
# by producer: a record, and the fields that it tells otherwise
RECORDS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "newspaper4k":({"url":U,"read_more_link":"","language":"en","title":T,"top_image":"https://x/y.jpg","meta_img":"","images":["https://x"],"movies":[],"keywords":[],"keyword_scores":{},"meta_keywords":["a"],"tags":[],"authors":["Tomas Reed"],"publish_date":"2026-10-05T22:30:00+00:00","summary":"","meta_description":"A wall.","meta_lang":"en","meta_favicon":"","meta_site_name":"Brenn Courier","canonical_link":U,"text":S},{}),
    "newspaper3k str date":({"title":T,"text":S,"authors":["Tomas Reed"],"publish_date":"2026-10-05 22:30:00","source_url":"https://courier.example","url":U,"meta_lang":"en","meta_site_name":"Brenn Courier"},{}),
    "trafilatura":({"title":T,"author":"Tomas Reed","hostname":"courier.example","date":"2026-10-05","fingerprint":"x","id":None,"license":None,"comments":"","raw_text":S,"text":S,"language":"en","image":None,"pagetype":"article","filedate":"2026-10-07","source":U,"source-hostname":"Brenn Courier","excerpt":"A wall.","categories":"","tags":""},{"published_at": "2026-10-05 00:00:00+00:00"}),
    "hf cc_news":({"title":T,"text":S,"domain":"courier.example","date":"2026-10-05 22:30:00","description":"A wall.","url":U,"image_url":"https://x/y.jpg"},{"author": None,"publisher": "courier.example","language": None}),
    "hf cc_news cols":({"requested_url":U,"plain_text":S,"published_date":"2026-10-05 22:30:00","title":T,"tags":[],"categories":[],"author":"Tomas Reed","sitename":"Brenn Courier","image_url":"","language":"en","language_score":0.99,"responded_url":U,"publisher":"courier.example","warc_path":"x","crawl_date":"2026-10-07T00:00:00"},{}),
    "guardian":({"id":"world/2026/oct/05/wall","type":"article","sectionId":"world","sectionName":"World news","webPublicationDate":"2026-10-05T22:30:00Z","webTitle":T,"webUrl":U,"apiUrl":"https://content.api/1","fields":{"headline":T,"bodyText":S,"byline":"Tomas Reed","trailText":"A wall","publication":"Brenn Courier","lang":"en","wordcount":"9"},"isHosted":False,"pillarId":"x","pillarName":"News"},{}),
    "guardian html":({"id":"w","webPublicationDate":"2026-10-05T22:30:00Z","webTitle":T,"webUrl":U,"fields":{"body":f"<p>{S}</p>","byline":"Tomas Reed","publication":"Brenn Courier","lang":"en"}},{}),
    "guardian blocks":({"id":"w","webPublicationDate":"2026-10-05T22:30:00Z","webTitle":T,"webUrl":U,"fields":{"byline":"Tomas Reed","publication":"Brenn Courier","lang":"en"},"blocks":{"body":[{"id":"1","bodyHtml":f"<p>{S}</p>","bodyTextSummary":S}]}},{}),
    "nyt":({"_id":"nyt://article/1","web_url":U,"snippet":"A wall","abstract":"A wall.","lead_paragraph":S,"source":"Brenn Courier","headline":{"main":T,"kicker":None,"print_headline":"Wall"},"byline":{"original":"By Tomas Reed","person":[{"firstname":"Tomas","lastname":"Reed"}]},"pub_date":"2026-10-05T22:30:00+0000","document_type":"article","news_desk":"Foreign","language":"en","uri":"nyt://article/1","word_count":900},{}),
    "gdelt":({"url":U,"url_mobile":"","title":T,"seendate":"20261005T223000Z","socialimage":"https://x","domain":"courier.example","language":"English","sourcecountry":"United Kingdom","text":S},{"author": None,"publisher": "courier.example"}),
    "gdelt gkg":({"GKGRECORDID":"20261005223000-1","DATE":20261005223000,"SourceCommonName":"Brenn Courier","DocumentIdentifier":U,"text":S,"title":T,"language":"eng"},{"author": None}),
    "mediacloud":({"id":"abc","media_name":"Brenn Courier","media_url":"courier.example","title":T,"publish_date":"2026-10-05 22:30:00","url":U,"language":"en","indexed_date":"2026-10-07T00:00:00","text":S},{"author": None}),
    "mediacloud old":({"stories_id":123,"media_id":1,"media_name":"Brenn Courier","media_url":"https://courier.example","title":T,"publish_date":"2026-10-05 22:30:00","collect_date":"2026-10-07","url":U,"guid":U,"language":"en","story_text":S},{"author": None}),
    "news-please":({"authors":["Tomas Reed"],"date_download":"2026-10-07 00:00:00","date_modify":None,"date_publish":"2026-10-05 22:30:00","description":"A wall.","filename":"x.json","image_url":"","language":"en","localpath":None,"maintext":S,"source_domain":"Brenn Courier","title":T,"title_page":None,"title_rss":None,"url":U},{}),
    "news-please NULL":({"authors":["Tomas Reed"],"date_download":"2026-10-07","date_publish":"2026-10-05 22:30:00","language":"en","maintext":S,"source_domain":"courier.example","title":T,"url":U,"text":None},{"publisher": "courier.example"}),
    "elasticsearch":({"_index":"news","_id":"1","_score":1.0,"_source":{"title":T,"body":S,"author":"Tomas Reed","publisher":"Brenn Courier","published_at":"2026-10-05T22:30:00Z","url":U,"language":"en"}},{}),
    "newsapi":({"source":{"id":"brenn","name":"Brenn Courier"},"author":"Tomas Reed","title":T,"description":"A wall.","url":U,"urlToImage":"https://x","publishedAt":"2026-10-05T22:30:00Z","content":S},{"language": None}),
    "mediastack":({"author":"Tomas Reed","title":T,"description":S,"url":U,"source":"Brenn Courier","image":None,"category":"general","language":"en","country":"gb","published_at":"2026-10-05T22:30:00+00:00"},{}),
    "wordpress":({"id":12,"date":"2026-10-05T22:30:00","date_gmt":"2026-10-05T22:30:00","guid":{"rendered":"https://courier.example/?p=12"},"modified":"2026-10-07T00:00:00","slug":"wall","status":"publish","type":"post","link":U,"title":{"rendered":T},"content":{"rendered":f"<p>{S}</p>","protected":False},"excerpt":{"rendered":"<p>A wall.</p>","protected":False},"author":7,"lang":"en","_embedded":{"author":[{"id":7,"name":"Tomas Reed"}]}},{"publisher": None}),
    "wordpress gmt":({"id":12,"date":"2026-10-06T00:30:00","date_gmt":"2026-10-05T22:30:00","link":U,"title":{"rendered":T},"content":{"rendered":f"<p>{S}</p>"}},{"publisher": None,"author": None,"language": None}),
    "ghost":({"id":"5f","uuid":"x","title":T,"slug":"wall","html":f"<p>{S}</p>","plaintext":S,"published_at":"2026-10-05T22:30:00.000Z","url":U,"primary_author":{"name":"Tomas Reed"},"authors":[{"id":"1","name":"Tomas Reed","slug":"t"}]},{"publisher": None,"language": None}),
    "ghost html":({"id":"5f","title":T,"html":f"<p>{S}</p>","published_at":"2026-10-05T22:30:00.000Z","url":U,"primary_author":{"name":"Tomas Reed"}},{"publisher": None,"language": None}),
    "substack":({"id":1,"title":T,"subtitle":"A wall","slug":"wall","post_date":"2026-10-05T22:30:00.000Z","audience":"everyone","canonical_url":U,"body_html":f"<p>{S}</p>","publishedBylines":[{"id":1,"name":"Tomas Reed"}],"publication":{"name":"Brenn Courier"}},{"language": None}),
    "feedly":({"id":"x","originId":U,"fingerprint":"a","title":T,"author":"Tomas Reed","published":1791239400000,"crawled":1791300000000,"origin":{"streamId":"feed/x","title":"Brenn Courier","htmlUrl":"https://courier.example"},"alternate":[{"href":U,"type":"text/html"}],"content":{"content":f"<p>{S}</p>","direction":"ltr"},"language":"en"},{}),
    "feedly summary":({"id":"x","title":T,"author":"Tomas Reed","published":1791239400000,"origin":{"title":"Brenn Courier"},"canonicalUrl":U,"summary":{"content":f"<p>{S}</p>"},"language":"en"},{}),
    "eventregistry":({"uri":"8123","lang":"eng","isDuplicate":False,"date":"2026-10-05","time":"22:30:00","dateTime":"2026-10-05T22:30:00Z","dateTimePub":"2026-10-05T22:30:00Z","dataType":"news","sim":0.5,"url":U,"title":T,"body":S,"source":{"uri":"courier.example","dataType":"news","title":"Brenn Courier"},"authors":[{"uri":"x","name":"Tomas Reed","type":"author"}],"image":"https://x","sentiment":0.1},{}),
    "schema.org":({"@context":"https://schema.org","@type":"NewsArticle","headline":T,"articleBody":S,"datePublished":"2026-10-05T22:30:00Z","dateModified":"2026-10-07T00:00:00Z","author":[{"@type":"Person","name":"Tomas Reed"}],"publisher":{"@type":"Organization","name":"Brenn Courier"},"mainEntityOfPage":{"@type":"WebPage","@id":U},"inLanguage":"en"},{}),
    "fundus":({"title":T,"authors":["Tomas Reed"],"publishing_date":"2026-10-05 22:30:00+00:00","topics":[],"body":{"summary":[],"sections":[{"headline":[],"paragraphs":[S]}]},"plaintext":S,"html":{"responded_url":U,"requested_url":U,"source_info":{"publisher":"Brenn Courier"}},"lang":"en"},{}),
    "gnews":({"id":"x","title":T,"description":"A wall","content":S,"url":U,"image":"x","publishedAt":"2026-10-05T22:30:00Z","lang":"en","source":{"id":"1","name":"Brenn Courier","url":"https://courier.example"}},{"author": None}),
    "newsdata":({"article_id":"x","title":T,"link":U,"keywords":None,"creator":["Tomas Reed"],"video_url":None,"description":"A wall","content":S,"pubDate":"2026-10-05 22:30:00","pubDateTZ":"UTC","image_url":"x","source_id":"brenn","source_name":"Brenn Courier","language":"english","country":["uk"]},{}),
    "currents":({"id":"x","title":T,"description":S,"url":U,"author":"Tomas Reed","image":"x","language":"en","category":[],"published":"2026-10-05 22:30:00 +0000"},{"publisher": None}),
    "newscatcher":({"title":T,"author":"Tomas Reed","authors":["Tomas Reed"],"published_date":"2026-10-05 22:30:00","published_date_precision":"full","link":U,"clean_url":"courier.example","name_source":"Brenn Courier","excerpt":"A","summary":S,"language":"en","_id":"1","content":S},{}),
    "webz":({"thread":{"uuid":"x","url":U,"site":"courier.example","site_full":"www.courier.example","title":T,"published":"2026-10-05T22:30:00.000+00:00"},"uuid":"x","url":U,"author":"Tomas Reed","published":"2026-10-05T22:30:00.000+00:00","title":T,"text":S,"language":"english"},{"publisher": "www.courier.example"}),
    "diffbot":({"type":"article","title":T,"text":S,"html":f"<p>{S}</p>","date":"Mon, 05 Oct 2026 22:30:00 GMT","author":"Tomas Reed","pageUrl":U,"siteName":"Brenn Courier","humanLanguage":"en"},{}),
    "readability":({"title":T,"byline":"By Tomas Reed","dir":None,"lang":"en","content":f"<div id='readability-page-1'><p>{S}</p></div>","textContent":S,"length":50,"excerpt":"A","siteName":"Brenn Courier","publishedTime":"2026-10-05T22:30:00Z","url":U},{}),
    "drupal":({"nid":[{"value":12}],"title":[{"value":T}],"body":[{"value":f"<p>{S}</p>","format":"full_html","processed":f"<p>{S}</p>"}],"created":[{"value":"2026-10-05T22:30:00+00:00"}],"langcode":[{"value":"en"}]},{"publisher": None,"author": None,"url": None}),
    "mongo":({"_id":{"$oid":"5f0"},"title":T,"text":S,"date":{"$date":"2026-10-05T22:30:00Z"},"author":"Tomas Reed","publisher":"Brenn Courier","url":U,"language":"en"},{}),
    "mongo long":({"_id":{"$oid":"5f0"},"title":T,"text":S,"date":{"$date":{"$numberLong":"1791239400000"}},"author":"Tomas Reed","publisher":"Brenn Courier","url":U,"language":"en"},{}),
    "feeds as JSON":({"title":T,"pubDate":"2026-10-05 22:30:00","link":U,"guid":U,"author":"Tomas Reed","thumbnail":"","description":"A wall","content":f"<p>{S}</p>","enclosure":{},"categories":[]},{"publisher": None,"language": None}),
    "odd fields":({"text":S,"title":T,"author":{"x":1},"publisher":[1,2],"published_at":{"a":1},"url":["a","b"],"language":7},{"author": None,"publisher": None,"published_at": None,"url": None,"language": None}),
    "odd strings":({"text":S,"title":T,"author":True,"publisher":False,"published_at":"soon","url":"http://[bad","language":"??"},{"author": None,"publisher": None,"published_at": None,"url": None,"language": None}),
    "nulls":({"text":S,"title":T,"author":None,"publisher":None,"published_at":None,"url":None,"language":None},{"author": None,"publisher": None,"published_at": None,"url": None,"language": None}),
    "author string list":({"text":S,"title":T,"author":"['Tomas Reed', 'Ida Holm']"},{"author": "Tomas Reed, Ida Holm","publisher": None,"published_at": None,"url": None,"language": None}),
    "author names":({"text":S,"title":T,"authors":[{"first_name":"Tomas","last_name":"Reed"}]},{"publisher": None,"published_at": None,"url": None,"language": None}),
    "author By":({"text":S,"title":T,"byline":"By Tomas Reed"},{"publisher": None,"published_at": None,"url": None,"language": None}),
    "paragraph objs":({"title":T,"content":[{"type":"paragraph","text":S},{"type":"image","url":"x"},{"type":"paragraph","text":"Rain."}]},{"author": None,"publisher": None,"published_at": None,"url": None,"language": None}),
    "json-ld in page prop":({"title":T,"text":S,"metadata":{"author":"Tomas Reed","url":U,"published_at":N,"publisher":"Brenn Courier","language":"en"}},{}),
    "meta":({"text":S,"meta":{"title":T,"author":"Tomas Reed","url":U,"date":N,"source":"Brenn Courier","lang":"en"}},{}),
    "corpora":({"id":"x","text":S,"source":"cc-news","added":"2026-10-07","created":"2026-10-05T22:30:00Z","metadata":{"url":U,"title":T}},{"author": None,"publisher": "any","language": None}),
}  # fmt: skip


def read(text: str, name: str) -> list[RawArticle | Refusal]:
    return [*read_records(io.BytesIO(text.encode()), name, name, Reading())]


@pytest.mark.parametrize("form", ["jsonl", "json"])
@pytest.mark.parametrize("producer", RECORDS)
def test_records_of_other_programs(producer: str, form: str) -> None:
    record, otherwise = RECORDS[producer]
    found = read(json.dumps(record) + "\n" if form == "jsonl" else json.dumps([record, record], indent=1), f"a.{form}")[0]
    assert isinstance(found, RawArticle), found
    told = {name: getattr(found, name) for name in FIELDS}
    told["published_at"] = told["published_at"] and str(told["published_at"])
    wanted = {name: value for name, value in {**FIELDS, **otherwise}.items() if value != "any"}
    assert {name: told[name] for name in wanted} == wanted
    assert found.text.startswith(f"{T}\n\n{S}") and "<" not in found.text


def test_odd_fields_are_left_out_with_a_note_each() -> None:
    for producer, count in (("odd fields", 4), ("odd strings", 4), ("nulls", 0), ("guardian", 0)):
        record = RECORDS[producer][0]
        (found,) = read(json.dumps(record) + "\n", "a.jsonl")
        assert isinstance(found, RawArticle) and len(found.notes) >= count and bool(found.notes) == bool(count)


@pytest.mark.parametrize("producer", ["nyt", "mediastack", "feedly summary"])
def test_a_summary_alone_is_noted(producer: str) -> None:
    (found,) = read(json.dumps(RECORDS[producer][0]) + "\n", "a.jsonl")
    assert isinstance(found, RawArticle) and found.notes[0] == "text: the record holds a summary alone"
    (none,) = read(json.dumps({"description": S, "version": 3}) + "\n", "a.jsonl")
    assert isinstance(none, Refusal) and none.reason == "missing_text"


WRAPPERS: list[dict[str, Any]] = [
    {"status": "ok", "totalResults": 2, "articles": [1]},
    {"response": {"status": "ok", "results": [1]}},
    {"took": 3, "hits": {"total": {"value": 1}, "hits": [1]}},
    {"data": [1], "pagination": {"limit": 1}},
    {"articles": {"results": [1], "totalResults": 1}},
    {"posts": [1]},
    {"items": [1]},
    {"response": {"docs": [1], "meta": {}}},
    {"stories": [1]},
    {"news": [1]},
    {"results": [1], "nextPage": "x"},
    {"data": {"articles": [1]}},
    {"feed": {"url": "x"}, "items": [1]},
    {"value": [1]},
    {"objects": [1]},
    {"data": {"items": [1]}},
    {"articleResults": [1]},
    {"content": [1], "page": 1},
    {"list": [1]},
    {"newsItems": [1]},
    {"Brenn Courier": [1]},
    {"2026-10-05": [1]},
    {"total": 2, "list": [1]},
    {"payload": {"articles": [1]}},
    {"_embedded": {"posts": [1]}},
    {"rss": {"channel": {"title": "Brenn Courier", "item": [1]}}},
    {"export": {"article": [1]}},
]


@pytest.mark.parametrize("wrapper", WRAPPERS, ids=lambda w: ".".join(w))
def test_what_wraps_records_is_no_publisher(wrapper: dict[str, Any]) -> None:
    two = [{"title": T, "text": S, "url": f"{U}{n}"} for n in range(2)]
    found = read(json.dumps(wrapper).replace("[1]", json.dumps(two)), "a.json")
    assert [(r.title, r.publisher) for r in found if isinstance(r, RawArticle)] == [(T, None)] * 2 and len(found) == 2
