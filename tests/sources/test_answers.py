"""Answers and exports of publishing systems, and letters with attachments: what is an article is read, the rest is told."""

from __future__ import annotations

import json
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from onrecord.sources.formats import Reading, read_records
from onrecord.sources.records import RawArticle

TITLE = "Harbour wall gives way"
SAID = ("The wall at Brenn gave way on Monday.", "“We had warned them,” said Oda Brenn. “Nobody came.”")
HTML = "".join(f"<p>{p}</p>" for p in SAID)
TEXT = "\n\n".join((TITLE, *SAID))


def read(folder: Path, name: str, data: str | bytes | dict[str, Any] | list[Any]) -> list[Any]:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else (data if isinstance(data, str) else json.dumps(data)).encode())
    with path.open("rb") as stream:
        return [r if isinstance(r, RawArticle) else (r.reason, r.detail) for r in read_records(stream, name, name, Reading())]


def test_the_answer_for_one_article(tmp_path: Path) -> None:
    item = {
        "id": "world/wall",
        "webPublicationDate": "2026-10-05T18:30:00Z",
        "webTitle": TITLE,
        "webUrl": "https://courier.example/1",
    }
    answer = {"response": {"status": "ok", "userTier": "free", "content": item | {"fields": {"body": HTML}}}}
    for name, data in (
        ("one.json", answer),
        ("one.jsonl", json.dumps(answer) + "\n"),
        ("pretty.json", json.dumps(answer, indent=1)),
    ):
        (found,) = read(tmp_path, name, data)
        assert (found.text, found.title, found.url) == (TEXT, TITLE, "https://courier.example/1")
        assert found.published_at is not None and found.published_at.hour == 18
    for name, response in (("none.json", {"content": {"id": "x"}}), ("error.json", {"message": "no such article"})):
        ((reason, detail),) = read(tmp_path, name, {"response": {"status": "ok"} | response})
        assert reason == "missing_text" and detail.startswith("no field 'text' or the like (")


def test_a_story_of_elements(tmp_path: Path) -> None:
    """As Arc keeps it."""
    elements = [
        {"type": "text", "content": SAID[0]}, {"type": "image", "caption": "The wall", "content": "x"},
        {"type": "interstitial_link", "content": "Read more: the market"}, {"type": "raw_html", "content": "<div>ad</div>"},
        {"type": "list", "items": [{"type": "text", "content": f"<b>{SAID[1]}</b>"}]},
    ]  # fmt: skip
    story = {
        "_id": "ABC", "headlines": {"basic": TITLE}, "canonical_url": "/news/wall", "display_date": "2026-10-05T18:30:00Z",
        "credits": {"by": [{"name": "Ann Veld"}]}, "content_elements": elements,
    }  # fmt: skip
    (found,) = read(tmp_path, "arc.json", story)
    assert (found.text, found.title, found.author) == (TEXT, TITLE, "Ann Veld")
    assert found.url is None and found.notes == ("url: a path without a host: /news/wall",)


def test_an_export_of_wordpress_holds_more_than_what_was_published(tmp_path: Path) -> None:
    def item(kind: str, status: str, text: str) -> str:
        return (
            f"<item><title>{TITLE}</title><link>https://courier.example/{status}</link><content:encoded><![CDATA[{text}]]>"
            f"</content:encoded><wp:post_type>{kind}</wp:post_type><wp:status>{status}</wp:status></item>"
        )

    classic = f"{SAID[0]}<!--more-->\n\n{SAID[1]}"
    given = [item("post", "publish", classic), item("post", "draft", HTML), item("attachment", "inherit", "a caption")]
    spaces = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"'
    found, *refused = read(
        tmp_path, "site.xml", f'<rss version="2.0" {spaces}><channel><title>Courier</title>{"".join(given)}</channel></rss>'
    )
    assert found.text == TEXT and found.publisher == "Courier"
    assert refused == [("not_an_article", f"an export of WordPress: {what}") for what in ("draft", "attachment")]


def test_attachments_of_a_letter_are_read_or_refused(tmp_path: Path) -> None:
    letter = EmailMessage()
    letter["From"], letter["Subject"], letter["Date"] = (
        "Brenn Council <a@brenn.example>",
        TITLE,
        "Mon, 05 Oct 2026 18:30:00 +0200",
    )
    letter.set_content("\n\n".join(SAID))
    letter.add_attachment("Another text.", filename="statement.txt")
    letter.add_attachment(b"PK", maintype="application", subtype="zip", filename="all.zip")
    letter.add_attachment(b"GIF", maintype="image", subtype="gif", filename="logo.gif")
    found, attached, archive = read(tmp_path, "a.eml", bytes(letter))
    assert "Another" not in found.text and "warned" in found.text and found.notes == ()
    assert attached.text.strip() == "Another text." and attached.publisher == "Brenn Council"
    assert archive[0] == "bad_archive"
    letter.clear_content()
    letter.set_content(TEXT)
    assert len(read(tmp_path, "b.eml", bytes(letter))) == 1
