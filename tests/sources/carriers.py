"""Files of every format, written for tests: each tells that Ann Veld waits, most that the Brenn Courier said so on 5 October."""

from __future__ import annotations

import io
import quopri
import tarfile
import textwrap
import zipfile
from collections.abc import Mapping

SAID = "“We wait,” said Ann Veld, who leads the town. The council agreed on Monday to rebuild the wall that a storm destroyed."
SECOND = "The work will take 14 months, according to the county engineer, who came to the meeting with a plan of the old harbour."


def zipped(files: Mapping[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def docx(paragraphs: list[str]) -> bytes:
    kinds = "application/vnd.openxmlformats-package.relationships+xml"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    of = "http://schemas.openxmlformats.org"
    body = "".join(f"<w:p><w:r><w:t>{p}</w:t></w:r></w:p>" for p in paragraphs)
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{of}/package/2006/content-types">'
            f'<Default Extension="rels" ContentType="{kinds}"/>'
            f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{of}/package/2006/relationships"><Relationship Id="r1" '
            f'Type="{of}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f'<w:document xmlns:w="{of}/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>',
        }
    )


def epub() -> bytes:
    page = "<html xmlns='http://www.w3.org/1999/xhtml'><body>{}</body></html>"
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="OEBPS/c.opf"/></rootfiles></container>',
            "OEBPS/c.opf": '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
            "<dc:title>Brenn Courier</dc:title><dc:date>2026-10-05</dc:date><dc:language>en</dc:language></metadata><manifest>"
            '<item id="a" href="a.xhtml"/><item id="b" href="b%20c.xhtml"/></manifest><spine><itemref idref="a"/>'
            "<itemref idref='b'/></spine></package>",
            "OEBPS/a.xhtml": page.format("<p>Cover</p>"),
            "OEBPS/b c.xhtml": page.format(f"<h1>Wall gives way</h1><p>{SAID}</p><p>{SECOND}</p>"),
        }
    )


def pdf(text: str) -> bytes:
    """A PDF of one page and one line, in the standard's own Helvetica."""
    line = f"BT /F1 12 Tf 40 700 Td ({text}) Tj ET".encode("cp1252")
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(line), line),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]  # fmt: skip
    out, places = b"%PDF-1.4\n", []
    for n, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (n, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (table, len(out))


PAGE = f"""<!doctype html><html lang="en"><head><title>Wall gives way</title>
<meta property="og:site_name" content="Brenn Courier">
<meta property="article:published_time" content="2026-10-05T22:30:00+02:00"></head><body><article><h1>Wall gives way</h1>
<p>{SAID}</p><p>{SECOND}</p></article></body></html>"""
NITF = f"""<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf.dtd"><nitf xml:lang="en"><head><docdata><doc-id id-string="n1"/>
<date.issue norm="20261005T203000Z"/></docdata><pubdata name="Brenn Courier"/></head><body><body.head>
<hedline><hl1>Wall gives way</hl1></hedline><byline>By <person>Tomas Reed</person></byline><dateline>BRENN</dateline></body.head>
<body.content><p>{SAID}</p>
<p>{SECOND}</p></body.content></body></nitf>"""
NEWSML = f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:courier:1" xml:lang="en-GB"><itemMeta>
<provider literal="Brenn Courier"/><versionCreated>2026-10-06T10:00:00+02:00</versionCreated>
<firstCreated>2026-10-05T22:30:00+02:00</firstCreated></itemMeta><contentMeta><headline>Wall gives way</headline>
<by>By Tomas Reed</by></contentMeta><contentSet><inlineXML contenttype="application/xhtml+xml">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><p>{SAID}</p><p>{SECOND}</p></body></html></inlineXML>
</contentSet></newsItem>"""
RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Brenn Courier</title><language>en-gb</language><item>
<title>Wall gives way</title><link>https://courier.example/1</link><dc:creator>Tomas Reed</dc:creator>
<pubDate>Mon, 05 Oct 2026 16:30:00 EDT</pubDate><content:encoded><![CDATA[<p>{SAID}</p><p>{SECOND}</p>]]></content:encoded>
</item></channel></rss>"""
NEXIS = textwrap.dedent("""
                                   1 of 2 DOCUMENTS

                                  Brenn Courier

                         October 5, 2026 Monday
                            Late Edition - Final

    Wall gives way

    BYLINE: By Tomas Reed

    SECTION: Section A; Pg. 1

    LENGTH: 90 words

    DATELINE: BRENN

    BODY:

       “We wait,” said Ann Veld, who
       leads the town.

       The council met on Monday.

    LOAD-DATE: October 6, 2026

    LANGUAGE: en

    PUBLICATION-TYPE: Newspaper

                 Copyright 2026 Brenn Courier
                         All Rights Reserved

                                   2 of 2 DOCUMENTS

                                  Tarvo Post

                         October 6, 2026 Tuesday

    Ferry late

    LENGTH: 20 words

    The ferry was late on Tuesday.

    LOAD-DATE: October 6, 2026
    """)
NEXIS_UNI = textwrap.dedent("""\
    Wall gives way
    Brenn Courier
    October 5, 2026 Monday

    Copyright 2026 Brenn Courier All Rights Reserved

    Section: NEWS; Pg. 1
    Length: 90 words
    Byline: Tomas Reed

    Body

    “We wait,” said Ann Veld, who leads the town.

    The council met on Monday.

    Load-Date: October 6, 2026

    End of Document

    Ferry late
    Tarvo Post
    October 6, 2026 Tuesday

    Copyright 2026 Tarvo Post

    Length: 20 words

    Body

    The ferry was late on Tuesday.

    Load-Date: October 6, 2026

    End of Document
    """)
FACTIVA = textwrap.dedent("""\
    SE News
    HD Wall gives way
    BY By Tomas Reed
    WC 90 words
    PD 5 October 2026
    ET 22:30
    SN Brenn Courier
    SC BRNC
    LA en
    CY Copyright 2026

    LP
    “We wait,” said Ann Veld, who leads the town.

    TD
    The council met on Monday.

    AN Document BRNC000020261005e2a500001

    SE News
    HD Ferry late
    WC 20 words
    PD 6 October 2026
    SN Tarvo Post
    LP
    The ferry was late on Tuesday.
    AN Document TRVP000020261006e2a600002
    """)
FACTIVA_SHOWN = textwrap.dedent("""\
    Wall gives way
    By Tomas Reed
    90 words
    5 October 2026
    22:30
    Brenn Courier
    BRNC
    English
    Copyright 2026. Brenn Courier.

    “We wait,” said Ann Veld, who leads the town.

    The council met on Monday.

    Document BRNC000020261005e2a500001

    Ferry late
    20 words
    6 October 2026
    Tarvo Post
    TRVP
    English
    (c) 2026 Tarvo Post

    The ferry was late on Tuesday, and the boatmen were told to wait for the wind.

    Document TRVP000020261006e2a600002
    """)
PROQUEST = textwrap.dedent("""\
    ____________________________________________________________

    Document 1 of 2

    Wall gives way

    Author: Tomas Reed

    Publication info: Brenn Courier ; Brenn [Brenn]. 05 Oct 2026: A.1.

    Abstract: A wall.

    Full text: “We wait,” said Ann Veld, who leads the town.

    The council met on Monday.

    Subject: Walls

    Title: Wall gives way

    Publication title: Brenn Courier

    Publication date: Oct 5, 2026

    ProQuest document ID: 12345

    ____________________________________________________________

    Document 2 of 2

    Ferry late

    Publication info: Tarvo Post ; Tarvo. 06 Oct 2026: 2.

    Full text: The ferry was late.

    ProQuest document ID: 12346
    """)
LETTER = (
    b"From: Brenn Courier <news@courier.example>\nSubject: =?utf-8?q?Wall_gives_way?=\nDate: Mon, 05 Oct 2026 22:30:00 +0200\n"
    b"Message-ID: <1@courier.example>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=windows-1252\n"
    b"Content-Transfer-Encoding: 8bit\n\n"
) + f"{SAID}\n\n{SECOND}\n".encode("cp1252")
MHTML = (
    b"From: <Saved by Blink>\nSnapshot-Content-Location: https://courier.example/1\nSubject: Wall\nMIME-Version: 1.0\n"
    b'Content-Type: multipart/related; type="text/html"; boundary="B"\n\n--B\nContent-Type: text/html\n'
    b"Content-Transfer-Encoding: quoted-printable\nContent-Location: https://courier.example/1\n\n"
    + quopri.encodestring(PAGE.encode())
    + b"\n--B--\n"
)
SRT = (
    "1\n00:00:01,000 --> 00:00:04,000\n- “We wait,” said\n\n2\n00:00:04,100 --> 00:00:06,000\nAnn Veld of <i>Brenn</i>.\n\n"
    "3\n00:00:16,000 --> 00:00:18,000\nThe next item.\n"
)
VTT = "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Ann Veld>We wait.\n\n00:04.100 --> 00:06.000\n<v Bo Lund>We do not.\n"
