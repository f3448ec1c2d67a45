# ruff: noqa: E501 - files as they are
"""Files of the same formats in other shapes: other programs, other generations of a standard, other encodings."""

from __future__ import annotations

import base64
import io
import json
import quopri

import pytest

from onrecord.sources.formats import Reading, read_records
from onrecord.sources.records import RawArticle, Refusal

from . import carriers
from .carriers import SAID, SECOND

HEADLINE = "Wall gives way"
FILES: dict[str, str | bytes] = {}
FILES["atom.xml"] = (
    f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Brenn Courier</title><entry><title>{HEADLINE}</title><link href="https://courier.example/1"/><id>tag:1</id><published>2026-10-05T22:30:00+02:00</published><updated>2026-10-07T00:00:00Z</updated><author><name>Tomas Reed</name></author><content type="html">&lt;p&gt;{SAID}&lt;/p&gt;&lt;p&gt;{SECOND}&lt;/p&gt;</content></entry></feed>'
)
FILES["xhtml.atom"] = (
    f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Brenn Courier</title><entry><title type="html">{HEADLINE}</title><link rel="alternate" href="https://courier.example/1"/><published>2026-10-05T22:30:00+02:00</published><author><name>Tomas Reed</name></author><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{SAID}</p><p>{SECOND}</p></div></content></entry></feed>'
)
FILES["rss1.rdf"] = (
    f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel rdf:about="x"><title>Brenn Courier</title></channel><item rdf:about="https://courier.example/1"><title>{HEADLINE}</title><link>https://courier.example/1</link><dc:creator>Tomas Reed</dc:creator><dc:date>2026-10-05T22:30:00+02:00</dc:date><content:encoded><![CDATA[<p>{SAID}</p><p>{SECOND}</p>]]></content:encoded></item></rdf:RDF>'
)
FILES["jsonfeed.json"] = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Brenn Courier",
        "items": [
            {
                "id": "1",
                "url": "https://courier.example/1",
                "title": HEADLINE,
                "content_html": f"<p>{SAID}</p><p>{SECOND}</p>",
                "date_published": "2026-10-05T22:30:00+02:00",
                "authors": [{"name": "Tomas Reed"}],
                "language": "en",
            }
        ],
    }
)
FILES["jsonfeed-text.json"] = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1",
        "title": "Brenn Courier",
        "home_page_url": "https://courier.example",
        "items": [
            {
                "id": "1",
                "url": "https://courier.example/1",
                "title": HEADLINE,
                "content_text": f"{SAID}\n\n{SECOND}",
                "date_published": "2026-10-05T22:30:00+02:00",
                "author": {"name": "Tomas Reed"},
            }
        ],
    },
    indent=1,
)
FILES["newsml1.xml"] = (
    f'<NewsML><NewsItem><Identification/><NewsManagement><FirstCreated>20261005T223000+0200</FirstCreated></NewsManagement><NewsComponent><NewsLines><HeadLine>{HEADLINE}</HeadLine><ByLine>By Tomas Reed</ByLine></NewsLines><AdministrativeMetadata><Provider><Party FormalName="Brenn Courier"/></Provider></AdministrativeMetadata><ContentItem><DataContent><p>{SAID}</p><p>{SECOND}</p></DataContent></ContentItem></NewsComponent></NewsItem></NewsML>'
)
FILES["newsmessage.xml"] = (
    f'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet><newsItem guid="a"><itemMeta><provider><name>Brenn Courier</name></provider><firstCreated>2026-10-05T22:30:00+02:00</firstCreated></itemMeta><contentMeta><headline>{HEADLINE}</headline><by>Tomas Reed</by></contentMeta><contentSet><inlineXML><nitf><body><body.content><p>{SAID}</p><p>{SECOND}</p></body.content></body></nitf></inlineXML></contentSet></newsItem><newsItem guid="b"><contentMeta><headline>Photo</headline></contentMeta><contentSet><remoteContent href="x.jpg"/></contentSet></newsItem></itemSet></newsMessage>'
)
FILES["inlinedata.xml"] = (
    f'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="a"><itemMeta><provider qcode="x"><name>Brenn Courier</name></provider><versionCreated>2026-10-05T22:30:00+02:00</versionCreated></itemMeta><contentMeta><headline>{HEADLINE}</headline><by>Tomas Reed</by></contentMeta><contentSet><inlineData contenttype="text/plain">{SAID}\n\n{SECOND}</inlineData></contentSet></newsItem>'
)
FILES["ninjs.json"] = json.dumps(
    {
        "uri": "https://courier.example/1",
        "type": "text",
        "versioncreated": "2026-10-05T22:30:00+02:00",
        "headline": HEADLINE,
        "byline": "Tomas Reed",
        "body_xhtml": f"<p>{SAID}</p><p>{SECOND}</p>",
        "language": "en",
        "infosources": [{"name": "Brenn Courier"}],
    },
    indent=1,
)
FILES["ninjs2.json"] = json.dumps(
    {
        "uri": "urn:x",
        "standard": {"name": "ninjs", "version": "2.0"},
        "firstCreated": "2026-10-05T22:30:00+02:00",
        "headlines": [{"role": "main", "value": HEADLINE}],
        "by": "Tomas Reed",
        "bodies": [{"contentType": "text/html", "value": f"<p>{SAID}</p><p>{SECOND}</p>"}],
        "language": "en",
    }
)
FILES["nitf-old.xml"] = (
    f'<?xml version="1.0" encoding="iso-8859-1"?><nitf><head><title>{HEADLINE}</title></head><body><body.head><hedline><hl1 id="h">{HEADLINE}</hl1><hl2>Sub</hl2></hedline><byline>Tomas Reed</byline><dateline><location>BRENN</location></dateline></body.head><body.content><block><p>{SAID}</p><p>{SECOND}</p></block></body.content></body></nitf>'.replace(
        "“", "&#8220;"
    ).replace("”", "&#8221;")
)
MAIL = f"From: Brenn Courier <news@courier.example>\r\nTo: b@x.example\r\nSubject: =?utf-8?B?{base64.b64encode(HEADLINE.encode()).decode()}?=\r\nDate: Mon, 5 Oct 2026 22:30:00 +0200\r\nMIME-Version: 1.0\r\n"
FILES["qp.eml"] = (
    MAIL + "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
).encode() + quopri.encodestring(f"{SAID}\n\n{SECOND}\n".encode())
FILES["b64.eml"] = (
    MAIL + "Content-Type: text/html; charset=windows-1252\r\nContent-Transfer-Encoding: base64\r\n\r\n"
).encode() + base64.encodebytes(f"<html><body><p>{SAID}</p><p>{SECOND}</p></body></html>".encode("cp1252"))
FILES["multi.eml"] = (
    MAIL
    + 'Content-Type: multipart/mixed; boundary="A"\r\n\r\n--A\r\nContent-Type: multipart/alternative; boundary="B"\r\n\r\n--B\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n'
    + f"{SAID}\r\n\r\n{SECOND}\r\n"
    + "--B\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    + f"<p>{SAID}</p><p>{SECOND}</p>"
    + "\r\n--B--\r\n--A\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=x.pdf\r\n\r\n%PDF\r\n--A--\r\n"
).encode()
FILES["list.mbox"] = (
    b"From news@courier.example Mon Oct  5 22:30:00 2026\n"
    + FILES["qp.eml"].replace(b"\r\n", b"\n")
    + b"\nFrom news@courier.example Tue Oct  6 22:30:00 2026\n"
    + FILES["multi.eml"].replace(b"\r\n", b"\n")
    + b"\n"
)
FILES["google.mbox"] = (
    b"From 1712@xxx Mon Oct 05 20:30:00 +0000 2026\r\nX-GM-THRID: 1\r\nX-Gmail-Labels: News\r\n"
    + FILES["b64.eml"]
    + b"\r\n\r\nFrom 1713@xxx Mon Oct 05 20:30:00 +0000 2026\r\n"
    + FILES["qp.eml"]
)
FILES["ie.mht"] = (
    (
        b'From: "Saved by Windows Internet Explorer 8"\r\nSubject: Wall\r\nDate: Mon, 5 Oct 2026 22:30:00 +0200\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="B"\r\n\r\nThis is a multi-part message in MIME format.\r\n\r\n--B\r\nContent-Type: text/html;\r\n\tcharset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://courier.example/1\r\n\r\n'
    )
    + quopri.encodestring(carriers.PAGE.encode())
    + b"\r\n--B--\r\n"
)
FILES["crlf.srt"] = (
    "\ufeff"
    + "1\r\n00:00:01,000 --> 00:00:04,000\r\n“We wait,” said Ann Veld,\r\nwho leads the town.\r\n\r\n2\r\n00:00:04,100 --> 00:00:09,000\r\nThe council agreed on Monday to rebuild the wall.\r\n"
).encode()
FILES["latin.srt"] = (
    "1\n00:00:01,000 --> 00:00:04,000\n“We wait,” said Ann Veld,\nwho leads the town.\n\n2\n00:00:04,100 --> 00:00:09,000\nThe council agreed on Monday to rebuild the wall.\n".encode(
        "cp1252"
    )
)
FILES["notes.vtt"] = (
    "WEBVTT - Brenn news\nKind: captions\nLanguage: en\n\nNOTE made by hand\n\nSTYLE\n::cue {color: lime}\n\nintro\n00:00:01.000 --> 00:00:04.000 align:start position:0%\n“We wait,” said <c.yellow>Ann Veld</c>,\nwho leads the town.\n\n2\n00:00:04.100 --> 00:00:09.000\nThe council agreed on Monday to rebuild the wall.\n"
)
FILES["youtube.vtt"] = (
    "WEBVTT\nKind: captions\nLanguage: en\n\n00:00:00.000 --> 00:00:02.000\n“We wait,” said\n\n00:00:02.000 --> 00:00:02.010\n“We wait,” said\n\n00:00:02.010 --> 00:00:04.000\n“We wait,” said\nAnn Veld, who leads the town.\n\n00:00:04.000 --> 00:00:05.000\nAnn Veld, who leads the town.\n"
)
FILES["excel.csv"] = (
    f'title\ttext\tdate\tauthor\tsource\r\n{HEADLINE}\t"{SAID}\n\n{SECOND}"\t2026-10-05\tTomas Reed\tBrenn Courier\r\n'
).encode("utf-16")
FILES["bar.csv"] = (
    f'Title|Body|Published|Author|Publication\n{HEADLINE}|"{SAID}\n\n{SECOND}"|5 October 2026|Tomas Reed|Brenn Courier\n'
)
FILES["semi-latin.csv"] = (f'Headline;Text;Date\r\n{HEADLINE};"{SAID}\r\n\r\n{SECOND}";2026-10-05\r\n').encode("cp1252")
FILES["tabs.tsv"] = f"id\theadline\tcontent\tpubdate\n1\t{HEADLINE}\t{SAID} {SECOND}\t2026-10-05T22:30:00Z\n"
FILES["single-quoted.csv"] = f'"index","title","text","date"\n"0","{HEADLINE}","{SAID} He said ""no"".","2026-10-05"\n'
FILES["sep.csv"] = f"sep=;\ntitle;text;date\n{HEADLINE};{SAID};2026-10-05\n"
FILES["nexis3.txt"] = f"""

                               1 of 2 DOCUMENTS


                                 Brenn Courier

                            October 5, 2026 Monday
                                 Final Edition

{HEADLINE}

BYLINE: Tomas Reed

SECTION: NEWS; Pg. A01

LENGTH: 120 words

DATELINE: BRENN

{SAID}

{SECOND}

LOAD-DATE: October 6, 2026

LANGUAGE: ENGLISH

PUBLICATION-TYPE: Newspaper

                     Copyright 2026 Brenn Courier
                             All Rights Reserved


                               2 of 2 DOCUMENTS


                                 Tarvo Post

                            October 6, 2026 Tuesday

Ferry late

LENGTH: 80 words

The ferry was late again on Tuesday, the line said in a note to all who wait.

LOAD-DATE: October 6, 2026

                     Copyright 2026 Tarvo Post
"""
FILES["proquest2.txt"] = f"""____________________________________________________________

Document 1 of 1

{HEADLINE}: BRENN

Reed, Tomas. Brenn Courier; Brenn [Brenn]05 Oct 2026: A1.

ProQuest document link

____________________________________________________________

Full text: {SAID}

{SECOND}

Title: {HEADLINE}: BRENN

Publication title: Brenn Courier

Publication date: Oct 5, 2026

Author: Reed, Tomas

Language of publication: English

ProQuest document ID: 1

Copyright: Copyright Brenn Courier Oct 5, 2026
"""
FILES["factiva2.txt"] = f"""HD
{HEADLINE}
BY
Tomas Reed
WC
120 words
PD
5 October 2026
SN
Brenn Courier
SC
BRNC
LA
English
CY
(c) 2026 Brenn Courier.
LP
{SAID}
TD
{SECOND}
AN
Document BRNC000020261005ema50001p
"""
UNDATED = (".srt", ".vtt", "nitf-old.xml")


def read(data: str | bytes, name: str) -> list[RawArticle | Refusal]:
    return [*read_records(io.BytesIO(data.encode() if isinstance(data, str) else data), name, name, Reading())]


@pytest.mark.parametrize("named", [True, False], ids=["named", "unnamed"])
@pytest.mark.parametrize("name", FILES)
def test_a_file_of_another_shape(name: str, named: bool) -> None:
    found = read(FILES[name], name if named else "download")[0]
    assert isinstance(found, RawArticle), found
    words = " ".join(found.text.split())
    assert "“We wait,” said Ann Veld, who leads the town." in words and words.count("said") <= 2 and "<" not in words
    assert found.notes == ()
    if not name.endswith((".srt", ".vtt")):
        assert found.title is not None and found.title.startswith(HEADLINE)
    if not name.endswith(UNDATED):
        assert found.published_date is not None and found.published_date.isoformat() == "2026-10-05"


@pytest.mark.parametrize(("name", "count"), [("list.mbox", 3), ("google.mbox", 2), ("nexis3.txt", 2), ("newsmessage.xml", 2)])
def test_files_of_several(name: str, count: int) -> None:
    found = read(FILES[name], name)
    assert len(found) == count and len({r.record for r in found}) == count


def test_a_mailbox_keeps_to_itself_what_is_wrong_with_a_letter() -> None:
    letter = b"Subject: Wall\nFrom: a@courier.example\n\nIt rained.\n>From the hills it came.\n\n"
    mark = b"From a@courier.example Mon Oct  5 22:30:00 2026\n"
    one, empty, three = read(mark + letter + mark + b"Subject: Nothing\nFrom: a@courier.example\n\n" + mark + letter, "a.mbox")
    assert isinstance(one, RawArticle) and isinstance(three, RawArticle) and one.text == three.text
    assert one.text.rstrip().endswith("It rained.\nFrom the hills it came.")
    assert isinstance(empty, Refusal) and (empty.reason, empty.record) == ("empty", 2)
