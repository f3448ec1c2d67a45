"""Reprints: nearly the same article elsewhere is an appearance of the first, whatever the runs."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from onrecord.jobs.config import Config
from onrecord.jobs.run import run
from onrecord.jobs.summary import summarise
from onrecord.jobs.upkeep import forget
from onrecord.sources.nearness import containment, signature
from onrecord.store.care.verify import verify
from onrecord.store.manifest import read_manifests
from onrecord.store.segments import Segment, hexes
from onrecord.store.state import read_state

from .conftest import rows

pytestmark = pytest.mark.engine

FIRST = [
    "The ferry line between Port Aldis and the outer islands will stop in March, its owner said on Monday.",
    "“We cannot go on losing four million crowns a year,” said Marit Oyen, who has led the company since the spring.",
    "About 1,200 people cross each week in winter, and three times as many in July, according to the harbour office.",
    "The mayor of Aldis, Jon Heskett, called the step a betrayal and asked the ministry of transport for a new licence.",
]
OTHER = [
    "A court in Velm has freed the former head of the grain board, who had been held for eleven weeks without charge.",
    "“There was never a case,” her lawyer, Tove Lindqvist, told reporters outside, as some sixty supporters sang.",
    "Prosecutors said that they would appeal and that two other members of the board remained under investigation.",
    "The board buys nearly a third of the harvest and has been without a chair since it was searched in September.",
]


def article(name: str, paragraphs: list[str], published: str = "2026-10-01") -> dict[str, str]:
    text = "\n\n".join(paragraphs)
    return {"url": f"https://{name}.example/1", "title": name, "text": text, "published_at": published}


def reprint(paragraphs: list[str]) -> list[str]:
    return [f"(KAVA) — {paragraphs[0]}", *paragraphs[1:3], "© Kava news agency. All rights reserved."]


def read(folder: Path, *runs: list[dict[str, str]]) -> Path:
    output = folder / "out"
    folder.mkdir(parents=True, exist_ok=True)
    for n, articles in enumerate(runs):
        source = folder / f"{n}.jsonl"
        source.write_text("".join(json.dumps(a) + "\n" for a in articles))
        run([str(source)], output, Config())
    return output


def related(output: Path) -> dict[str, tuple[str, str | None]]:
    """By host: the relation, and the host of the document that it refers to."""
    appearances = rows(output, "appearances")
    host = {a["doc_id"]: a["publisher"] or a["url"].split("/")[2] for a in appearances if a["relation"] != "same_content"}
    return {a["url"].split("/")[2]: (a["relation"], a["of_doc_id"] and host.get(a["of_doc_id"])) for a in appearances}


NEWS = [article("first", FIRST), article("other", OTHER), article("copy", reprint(FIRST), "2026-10-02")]
TOLD = {
    "first.example": ("new", None),
    "other.example": ("new", None),
    "copy.example": ("near", "first.example"),
}


@pytest.mark.parametrize("cut", [1, *(pytest.param(n, marks=pytest.mark.engine) for n in (0, 2))])
def test_a_reprint_is_near_the_first_whatever_the_runs(tmp_path: Path, cut: int) -> None:
    output = read(tmp_path, *([NEWS[:cut], NEWS[cut:]] if cut else [NEWS]))
    assert related(output) == TOLD
    (near,) = (a for a in rows(output, "appearances") if a["relation"] == "near")
    assert 0.5 <= near["similarity"] <= 1
    assert list(verify(output)) == []


def test_quotes_of_a_reprint_count_once(tmp_path: Path) -> None:
    output = read(tmp_path, NEWS)
    con = duckdb.connect()
    con.execute((output / "views.sql").read_text())
    unique = con.execute("SELECT speaker_name, times_printed FROM unique_quotes WHERE type = 'direct' ORDER BY 1").fetchall()
    assert unique == [("Marit Oyen", 2), ("Tove Lindqvist", 1)]


def test_an_article_over_several_channels_counts_once(tmp_path: Path) -> None:
    """Its page, the same with other white space in a file that tells nothing, a version of it, and a paper that prints it."""
    page = article("first", FIRST) | {"publisher": "First"}
    text = {"text": page["text"].replace(" ", "  ")}
    second = article("first", [*FIRST, "The union meets on Friday."], "2026-10-02") | {"publisher": "First"}
    other = article("copy", reprint(FIRST), "2026-10-03") | {"publisher": "Copy"}
    output = read(tmp_path, [page, text, second, other])
    con = duckdb.connect()
    con.execute((output / "views.sql").read_text())
    assert con.execute("SELECT DISTINCT times_printed FROM unique_quotes WHERE type = 'direct'").fetchall() == [(2,)]
    name, quotes, utterances = con.execute("SELECT name, quotes, utterances FROM speakers ORDER BY quotes DESC").fetchone() or ()
    wordings = con.execute("SELECT count(DISTINCT text_key) FROM quotes WHERE speaker_name = ?", [name]).fetchone()
    assert quotes > utterances == wordings[0]  # type: ignore[index]
    manifest = next(read_manifests(output))
    told = dict(summarise(output, manifest, 0, 0.0).speakers)
    assert told[name] == utterances


def test_a_reprint_of_two_is_of_the_first_published(tmp_path: Path) -> None:
    later = article("later", [*FIRST, "The union meets on Friday."], "2026-10-03")
    early = article("early", FIRST, "2026-09-30")
    output = read(tmp_path, [later, early], [article("copy", reprint(FIRST), "2026-10-04")])
    assert related(output)["copy.example"] == ("near", "early.example")


def test_a_further_version_is_no_reprint(tmp_path: Path) -> None:
    changed = article("first", [*FIRST, "The union meets on Friday."], "2026-10-02")
    output = read(tmp_path, [article("first", FIRST)], [changed])
    assert sorted(a["relation"] for a in rows(output, "appearances")) == ["new", "version"]


def test_a_lost_index_is_made_anew(tmp_path: Path) -> None:
    kept, lost = read(tmp_path / "kept", NEWS[:1], NEWS[1:2], NEWS[2:]), read(tmp_path / "lost", NEWS[:1], NEWS[1:2])
    shutil.rmtree(lost / "_index")
    run([str(tmp_path / "kept" / "2.jsonl")], lost, Config())
    assert related(lost) == related(kept) == TOLD


def test_forgetting_an_article_drops_signatures(tmp_path: Path) -> None:
    output = read(tmp_path, NEWS)
    forget(output, "https://first.example/1", Config(), timedelta())
    segments = [Segment(output / f.path) for f in read_state(output).index or ()]
    assert {i for s in segments for i in hexes(s["doc_id"])} == {d["doc_id"] for d in rows(output, "documents")}
    assert sum(s.signed for s in segments) == len(rows(output, "documents"))
    assert list(verify(output)) == []
    run([str(tmp_path / "0.jsonl")], output, Config())
    assert related(output).keys() == {"other.example", "copy.example"}


def test_briefs_are_not_compared() -> None:
    assert signature("Rates were left as they were, the bank said.") is None
    assert signature("") is None


def test_containment_is_of_the_shorter() -> None:
    import numpy as np

    whole, half, other = (signature(" ".join(p)) for p in (FIRST + OTHER, FIRST, OTHER))
    assert whole and half and other
    shares = containment(half, np.array([half, whole, other], np.uint32))
    assert shares[0] == 1 and shares[1] > 0.7 and shares[2] < 0.1
