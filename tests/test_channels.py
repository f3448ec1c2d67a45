"""One article over many channels is one document with several appearances: what tells texts apart is their words."""

from __future__ import annotations

import json
import shutil
import textwrap
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.cli.app import main
from onrecord.jobs.config import Config
from onrecord.jobs.run import run
from onrecord.schemas.ids import content_key
from onrecord.sources.nearness import bands
from onrecord.store.care.verify import verify
from onrecord.store.index import rebuild
from onrecord.store.known import Known
from onrecord.store.manifest import read_manifests
from onrecord.store.segments import form_of
from onrecord.store.state import read_state

from .conftest import rows

RECORD = Path(__file__).parent / "fixtures" / "records" / "index-1"
TITLE = "Ferry pier at Halden is shut for well-known faults"
PARAGRAPHS = (
    "HALDEN (Courier) — The ferry pier at Halden was shut on Tuesday after divers found 14 broken piles under it.",
    "“We told the council two years ago,” said Oda Brenn, who runs the ferries. “Nobody came to look.”",
    "The council’s engineer, Omar Sall, said the repair would cost €1.2 million and take at least six weeks.",
    "More than 300 people take the ferry each day. The nearest bridge is 40 kilometres away.",
)
TEXT = "\n\n".join((TITLE, *PARAGRAPHS))
BODY = "".join(f"<p>{p}</p>\n" for p in PARAGRAPHS)
PAGE = f"<html><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1>\n{BODY}</article></body></html>"
FEED = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Courier</title><item><title>{TITLE}</title><link>https://courier.example/pier</link>
<content:encoded><![CDATA[{BODY}]]></content:encoded></item></channel></rss>"""
WRAPPED = "\n\n".join(textwrap.fill(p, 46) for p in (TITLE, *PARAGRAPHS))
CHANNELS = {
    "1-page.html": PAGE,
    "2-wrapped.txt": WRAPPED,
    "3-agency.json": json.dumps({"title": TITLE, "text": "\n\n".join(PARAGRAPHS).replace(" ", "  ")}),
    "4-feed.xml": FEED,
}
OTHER = TEXT.replace("14 broken", "15 broken")

blanks = st.text("\t\n\r \x0b\x1f\x85\xa0\u2003\u2009\u2028\u202f\u3000", min_size=1, max_size=4)


def write(folder: Path, *names: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name in names or CHANNELS:
        (folder / name).write_text(CHANNELS[name], encoding="utf-8")
    return folder


def check_one(output: Path, first: str, *others: str) -> None:
    """There is one document, read from the first, and an appearance of each."""
    (document,) = rows(output, "documents")
    assert Path(document["uri"].partition("#")[0]).name == first
    seen = {Path(r["uri"].partition("#")[0]).name: (r["relation"], r["doc_id"]) for r in rows(output, "appearances")}
    assert seen == {first: ("new", document["doc_id"])} | dict.fromkeys(others, ("same_content", document["doc_id"]))
    quotes = rows(output, "quotes")
    assert {q["speaker_name"] for q in quotes} == {"Oda Brenn", "Omar Sall"}
    for quote in quotes:  # offsets are those of the text that was kept, verbatim
        parts = [document["text"][s["start_char"] : s["end_char"]] for s in quote["content_spans"]]
        assert " ".join(parts) == quote["text"]
    assert list(verify(output, deep=True)) == []


@given(st.lists(st.tuples(st.text("abcÄéя1“.,—-€", min_size=1, max_size=8), blanks), min_size=1, max_size=12), blanks)
def test_white_space_makes_no_difference(drawn: list[tuple[str, str]], lead: str) -> None:
    plain = " ".join(word for word, _ in drawn)
    assert content_key(lead + "".join(word + blank for word, blank in drawn)) == content_key(plain)
    assert content_key(unicodedata.normalize("NFD", plain)) == content_key(plain)
    assert content_key(plain.replace("c", "c\u00ad\u200b")) == content_key(plain)


@given(st.lists(st.text("abc1", min_size=1, max_size=4), min_size=1, max_size=9), st.integers(0, 8), st.sampled_from("“-.,!x"))
def test_words_and_marks_do(words: list[str], at: int, mark: str) -> None:
    at %= len(words)
    plain = " ".join(words)
    assert content_key(" ".join([*words[:at], words[at] + mark, *words[at + 1 :]])) != content_key(plain)
    if len(words) > 1:
        assert content_key("".join(words)) != content_key(plain)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a well-known fault", "a well-\nknown fault"),
        ("costs €5", "costs € 5"),
        ("“No,” she said.", "“ No, ” she said ."),
        ("the pier — shut", "the pier—shut"),
    ],
)
def test_a_blank_beside_a_mark_parts_no_words(one: str, other: str) -> None:
    assert content_key(one) == content_key(other)


@pytest.mark.engine
@pytest.mark.parametrize("workers", [1, 2])
def test_in_one_run(tmp_path: Path, workers: int) -> None:
    news, output = write(tmp_path / "news"), tmp_path / "out"
    counts = run([str(news)], output, Config(workers=workers)).counts
    assert (counts["documents"], counts["appearances"]) == (1, 4)
    check_one(output, *CHANNELS)


@pytest.mark.engine
@pytest.mark.parametrize("last", CHANNELS)
def test_in_several_runs(tmp_path: Path, last: str) -> None:
    first, *others = [n for n in CHANNELS if n != last] + [last]
    output = tmp_path / "out"
    for name in (first, *others):
        run([str(write(tmp_path / name, name))], output, Config())
    check_one(output, first, *others)
    again = run([str(tmp_path / last), str(tmp_path / first)], output, Config())
    assert again.run_id is None
    (tmp_path / "other.txt").write_text(OTHER)
    assert run([str(tmp_path / "other.txt")], output, Config()).counts["documents"] == 1


@pytest.mark.engine
def test_a_page_whose_breaks_have_changed_is_no_new_version(tmp_path: Path) -> None:
    output, line = tmp_path / "out", {"url": "https://courier.example/pier", "title": TITLE}
    for number, text in enumerate((TEXT, TEXT.replace("\n\n", "\n\n\n"), OTHER, WRAPPED)):
        path = tmp_path / f"{number}.jsonl"
        path.write_text(json.dumps(line | {"text": text}) + "\n")
        run([str(path)], output, Config())
    assert sorted(r["version"] for r in rows(output, "documents")) == [1, 2]
    assert [r["relation"] for r in sorted(rows(output, "appearances"), key=lambda r: r["uri"])] == [
        "new",
        "same_content",
        "version",
        "same_content",
    ]


@pytest.mark.engine
def test_what_was_forgotten_does_not_come_back_with_other_breaks(tmp_path: Path) -> None:
    output = tmp_path / "out"
    run([str(write(tmp_path / "a", "1-page.html"))], output, Config())
    assert main(["forget", str(output), "--uri", str(tmp_path / "a" / "1-page.html"), "--yes"]) == 0
    run([str(write(tmp_path / "b", "2-wrapped.txt", "3-agency.json"))], output, Config())
    assert rows(output, "documents") == []


@pytest.mark.engine
def test_a_record_of_0_2_takes_what_differs_in_white_space_for_known(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Made by 0.2 of ``TEXT`` as ``pier.txt`` and ``WRAPPED`` as ``wrapped.txt``, in which these were two documents."""
    output = Path(shutil.copytree(RECORD, tmp_path / "out"))
    before = {r["doc_id"]: r for r in rows(output, "documents")}
    old = read_state(output).index or []
    assert len(before) == 2 and {form_of(output, f) for f in old} == {1}
    assert [p for p in verify(output, deep=True) if not p.startswith("views.sql")] == []  # which are of that version
    signed = [made for s in Known.of(output, read_state(output)).open() for made in s["signature"].tolist()]

    def same_sign(text: str) -> None:
        raise AssertionError("signatures are taken over")

    segments = Known.of(output, read_state(output)).open()
    made = rebuild(output, "000000-none", read_state(output), same_sign, bands, earlier=[s for s in segments if s.signed])
    assert sum(f.rows["document"] for f in made) == 2
    again = Known(tuple(str(output / f.path) for f in made)).open()
    assert sorted(n for s in again for n in s["signature"].tolist()) == sorted(signed) != []
    for name in CHANNELS:
        run([str(write(tmp_path / name, name))], output, Config())
    assert {r["doc_id"]: r for r in rows(output, "documents")} == before
    assert [m.kind for m in read_manifests(output)] == ["run", "upgrade", *["run"] * 4]
    assert {form_of(output, f) for f in read_state(output).index or []} == {2}
    seen = [(Path(r["uri"].partition("#")[0]).name, r["doc_id"]) for r in rows(output, "appearances")]
    assert len(seen) == 6 and {name for name, _ in seen} == {"pier.txt", "wrapped.txt", *CHANNELS}
    assert {doc_id for _, doc_id in seen} == before.keys()
    (tmp_path / "news").mkdir()
    for name, text in (("pier.txt", TEXT), ("wrapped.txt", WRAPPED)):
        (tmp_path / "news" / name).write_text(text)
    run([str(tmp_path / "news")], output, Config())
    new = [r for r in rows(output, "appearances") if r["uri"].startswith(str(tmp_path / "news"))]
    assert {(Path(r["uri"]).name, r["doc_id"]) for r in new} == {
        (Path(r["uri"]).name, doc_id) for doc_id, r in before.items()
    }  # each is an appearance of its own document
    assert main(["upgrade", str(output)]) == 0 and "Nothing to do" in capsys.readouterr().out
    assert main(["forget", str(output), "--uri", "/tmp/news/pier.txt", "--yes"]) == 0
    assert list(verify(output, deep=True)) == []
