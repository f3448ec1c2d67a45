"""Takedowns: nothing in the output folder tells of a forgotten article; what would go is told before; none stays half done."""

from __future__ import annotations

import dataclasses
import gzip
import hashlib
import json
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from onrecord import tables as open_tables
from onrecord.cli.app import main
from onrecord.jobs.config import Config
from onrecord.jobs.engine import RunError, UsageError
from onrecord.jobs.run import run
from onrecord.jobs.takedown import would_go
from onrecord.jobs.upkeep import compact, forget
from onrecord.sources.web.archive import Archive
from onrecord.sources.web.exchange import Answer
from onrecord.sources.web.feeds import archives, entry_key
from onrecord.store.care.verify import verify
from onrecord.store.state import read_state

from .conftest import all_rows
from .server import Site, feed, serving
from .sources.pages import page

pytestmark = pytest.mark.engine

ADDRESS = "https://news.example/plumquat-harbour"
TEXT = "“The plumquat harbour opens on Friday,” said Odalys Brenn. More than 430 people came. “We shall see,” said Ann Veld."
WORDS = ["plumquat", "Odalys", "O. Brenn", "quaystone"]  # address, text, speaker, alias, path
NOW = timedelta(0)


def write_inputs(folder: Path) -> Path:
    """The article at its address, alone in a file, and in a record that is refused; others beside it."""
    folder.mkdir()
    other = {"text": "“It rained for 3 days,” said Ann Veld.", "url": "https://news.example/rain"}
    refused = {"title": "Plumquat harbour", "url": ADDRESS}
    lines = [{"text": TEXT, "url": ADDRESS}, other, refused, {"title": "no text", "url": "https://news.example/none"}]
    (folder / "a.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    (folder / "quaystone.txt").write_text(TEXT)
    (folder / "aliases.csv").write_text("alias,name\nO. Brenn,Odalys Brenn\nA. Veld,Ann Veld\n")
    return folder


def make_record(inputs: Path, output: Path) -> Path:
    """A record of two runs, compacted a moment ago, with feeds that know the article and a page that waits for a run."""
    config = Config(aliases=inputs / "aliases.csv")
    run([str(inputs / "a.jsonl")], output, config)
    run([str(inputs / "quaystone.txt")], output, config)
    compact(output, Config(), timedelta(hours=1))  # older files stay a while, and the inputs are in a checkpoint
    folder = output / "_feeds"
    folder.mkdir()
    entries = {
        "tag:1": {"url": f"{ADDRESS}?utm_source=x", "title": "Plumquat harbour", "looks": "1", "validators": {"etag": "q"}},
        "tag:2": {"url": "https://news.example/rain", "title": "Rain", "looks": "2"},
    }
    (folder / "state.json").write_text(json.dumps({"https://news.example/feed": {"validators": {}, "entries": entries}}))
    with Archive(folder, "news") as archive:
        for url in (ADDRESS, "https://news.example/snow"):
            said = TEXT if url == ADDRESS else "Snow fell on the town. It fell for two days, said Ann Veld."
            archive.add_page(Answer(url, 200, {"content-type": "text/html"}, page(1, f"<p>{said}</p>")), {})
    return output


def traces(output: Path, words: list[str] = WORDS) -> list[str]:
    """Files of an output folder in which one of these words stands, compressed or not."""
    found = []
    for path in sorted(p for p in output.rglob("*") if p.is_file()):
        data = path.read_bytes()
        if path.suffix == ".parquet":
            data += str(pq.read_table(path).to_pylist()).encode()
        elif path.suffix == ".gz":
            data += gzip.decompress(data)
        found += [f"{path.relative_to(output)}: {word}" for word in words if word.casefold().encode() in data.lower()]
    return found + [f"{p}: its name" for p in output.rglob("*") for word in words if word.casefold() in p.name.lower()]


def kept_aliases(output: Path) -> str:
    aliases = read_state(output).aliases
    assert aliases is not None
    return (output / aliases[0]).read_text()


def digests(output: Path) -> dict[str, str]:
    return {str(p): hashlib.sha256(p.read_bytes()).hexdigest() for p in output.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    inputs = write_inputs(tmp_path_factory.mktemp("takedown") / "in")
    make_record(inputs, inputs.parent / "out")
    return inputs


@pytest.fixture
def record(inputs: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(inputs.parent / "out", tmp_path / "out"))


def test_nothing_tells_of_a_forgotten_article(record: Path, inputs: Path) -> None:
    places = {line.split("/")[0] for line in traces(record)}
    assert {"_feeds", "_names", "_runs", "documents", "people", "quotes", "rejects"} <= places
    before = {t: [r for r in rows if "_id" in str(r)] for t, rows in all_rows(record).items()}
    manifest = forget(record, f"{ADDRESS}?utm_medium=mail", Config(), NOW)
    assert manifest.counts["documents"] == 1 and manifest.counts["appearances"] == 2 and manifest.counts["rejects"] == 1
    assert traces(record) == [] and list(verify(record)) == []
    after = all_rows(record)
    for table in ("documents", "appearances", "quotes", "figures", "rejects"):
        assert after[table] == [r for r in before[table] if r in after[table]] != []
    assert kept_aliases(record) == "alias,name\nA. Veld,Ann Veld\n"
    state = json.loads((record / "_feeds" / "state.json").read_text())["https://news.example/feed"]
    assert list(state["entries"]) == ["tag:2"] and entry_key("tag:1") in state["forgotten"]
    # it stays out: neither its file, nor a page of it is taken in again
    taken = [*(p for p in inputs.iterdir() if p.name != "aliases.csv"), *archives(record)]
    summary = run(list(map(str, taken)), record, Config(metadata=None))
    assert summary.counts["documents"] == 1 and traces(record, ["plumquat", "Odalys", "quaystone"]) == []
    assert not archives(record)
    again = forget(record, f"{ADDRESS}?utm_medium=mail", Config(), NOW)  # asked for twice, it is done once
    assert again.run_id == manifest.run_id


def test_what_would_go_is_told_and_nothing_changed(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = digests(record)
    told = would_go(record, ADDRESS)
    assert (told.articles, told.versions, told.speakers) == (1, 1, ["Odalys Brenn"])
    assert [Path(p).name for p in told.paths] == ["quaystone.txt"]
    assert main(["forget", str(record), "--uri", ADDRESS, "--dry-run", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == dataclasses.asdict(told)
    assert main(["forget", str(record), "--uri", ADDRESS, "--dry-run"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Would forget: ") and "Speakers of no other article: Odalys Brenn" in out
    assert digests(record) == before
    with pytest.raises(UsageError, match="no article with uri or url"):
        would_go(record, "https://news.example/nothing")
    rows = forget(record, ADDRESS, Config(), NOW).counts
    assert rows == told.rows


def test_a_feed_does_not_bring_it_back(tmp_path: Path) -> None:
    config, output = Config(allow_hosts=["127.0.0.1"], pause=0, timeout=5), tmp_path / "out"
    with serving() as site:
        publish_feed(site, 3)
        run([f"{site.url}/feed"], output, config)
        forget(output, f"{site.url}/1", Config(), NOW)
        asked = site.count("/1")
        publish_feed(site, 4)
        summary = run([f"{site.url}/feed"], output, config)
        assert summary.counts["documents"] == 1 and summary.counts["read"] == 1
        assert site.count("/1") == asked
        state = json.loads((output / "_feeds" / "state.json").read_text())[f"{site.url}/feed"]
        assert f"{site.url}/1" not in json.dumps(state) and len(state["entries"]) == 3
        assert traces(output, ["story 1 of"]) == []


def publish_feed(site: Site, count: int) -> None:
    entries = {n: f"Story {n} of the wall is told here." for n in range(count)}
    for n, text in entries.items():
        site.put(f"/{n}", page(n, f"<p>{text} The engineers of the town will look at it again before the winter comes.</p>"))
    site.put("/feed", feed(site, entries, "rss"), "application/xml")


def test_aliases_are_kept_with_the_record(inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = tmp_path / "out"

    def stop(*_: Any) -> None:
        raise OSError("stopped")

    with monkeypatch.context() as patch, pytest.raises(RunError, match="stopped"):
        patch.setattr("onrecord.store.publish.take_number", stop)
        run([str(inputs / "a.jsonl")], output, Config(aliases=inputs / "aliases.csv"))
    run([str(inputs / "a.jsonl")], output, Config(aliases=inputs / "aliases.csv"))
    run([str(inputs / "a.jsonl")], output, Config())
    assert kept_aliases(output) == (inputs / "aliases.csv").read_text()
    assert list(verify(output)) == [] and len(list(output.glob("_names/*.parquet"))) == 1
    assert {r["rule"] for r in all_rows(output)["people"]} and open_tables(output)
