"""Windows of a stream, as an engine's test stream gives them: out of order, late, twice, and again."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import apache_beam as beam
import pytest
from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.testing import test_stream
from apache_beam.transforms.window import TimestampedValue
from apache_beam.utils.timestamp import Timestamp

from onrecord import tables
from onrecord.jobs.config import Config
from onrecord.jobs.run import run
from onrecord.store.care.verify import verify
from onrecord.store.manifest import read_manifests
from onrecord.stream.graph import build_stream
from onrecord.stream.windows import Stream, take_over

from ..conftest import rows

EVERY = 10
START = 1_790_000_000  # a multiple of it
DAY = 86_400.0
ARRIVED = datetime(2026, 10, 7, 12, tzinfo=UTC)
pytestmark = pytest.mark.engine


def story(n: int, published: datetime | None = None, words: str = "") -> dict[str, Any]:
    text = f"The council of Port Marrow {n} will close {n + 2} wells, said Lena Ashby. “Nobody was hurt,” she added.{words}"
    at = published.isoformat() if published is not None else None
    return {"id": f"marrow-{n}", "publisher": "The Marrow Times", "text": text, "published_at": at}


def lay(folder: Path, name: str, stories: Sequence[dict[str, Any]]) -> None:
    """Put a file into the folder that is read, which came long ago enough to be whole."""
    path = folder / name
    path.write_text("".join(json.dumps(s) + "\n" for s in stories))
    os.utime(path, (ARRIVED.timestamp(),) * 2)


class Arrive(beam.DoFn):
    """What comes before a tick: files for the folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def process(self, element: list[tuple[str, list[dict[str, Any]]]], at: Any = beam.DoFn.TimestampParam) -> Any:
        for name, stories in element:
            if not (self.folder / name).exists():
                lay(self.folder, name, stories)
        yield at


def play(tmp_path: Path, *ticks: Any, late: float | None = DAY, remember: float = DAY, config: Config | None = None) -> Path:
    """Let a stream have its ticks: each a list of files that come before it, or the number of an earlier one, given again."""
    folder, output = tmp_path / "in", tmp_path / "out"
    folder.mkdir(exist_ok=True)
    output.mkdir(exist_ok=True)
    stream = Stream((str(folder),), str(output), config or Config(batch_documents=4), "one", EVERY, late, remember)
    take_over(stream)
    events = test_stream.TestStream()
    for n, tick in enumerate(ticks):
        number, files = (tick, []) if isinstance(tick, int) else (n, tick)
        events = events.add_elements([TimestampedValue(files, Timestamp(START + EVERY * (number + 1)) - 0.001)])
        if not (n + 1 < len(ticks) and isinstance(ticks[n + 1], int)):  # what is given again comes before the watermark
            events = events.advance_watermark_to(START + EVERY * (n + 1))
    options = PipelineOptions(["--streaming", "--runner=BundleBasedDirectRunner"])
    with beam.Pipeline(options=options) as root:
        build_stream(root | events.advance_watermark_to_infinity() | beam.ParDo(Arrive(folder)), stream)
    return output


def stories_of(output: Path) -> Counter[str]:
    return Counter(tables(output)["documents"].to_table(["text"])["text"].to_pylist())


def test_each_window_is_committed_once(tmp_path: Path) -> None:
    """And holds what a bounded run of the same files would."""
    out = play(tmp_path, [("a.jsonl", [story(1), story(2)]), ("b.jsonl", [{"text": ""}])], [], [("c.jsonl", [story(3)])])
    windows = [(m.window, m.counts["documents"], m.counts["rejects"]) for m in read_manifests(out)]
    assert windows == [(1, 2, 1), (2, 1, 0)] and list(verify(out, deep=True)) == []
    run([str(tmp_path / "in")], tmp_path / "once", Config())
    for table in ("quotes", "figures", "document_speakers", "paragraphs"):
        assert rows(out, table) == rows(tmp_path / "once", table)
    assert list((out / "_work").glob("0*")) == []


def test_a_window_holds_no_more_than_it_may(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What there is more waits for the next tick; a file that is too large has a window of its own."""
    monkeypatch.setattr("onrecord.stream.windows.WINDOW_BYTES", 500)
    large = story(9, words=" It rained on all of them." * 50)
    out = play(tmp_path, [(f"{n}.jsonl", [story(n)]) for n in range(3)] + [("9.jsonl", [large])], [], [])
    assert [m.counts["documents"] for m in read_manifests(out)] == [2, 1, 1]
    assert stories_of(out) == Counter(s["text"] for s in (story(0), story(1), story(2), large))


def test_late_by_the_record_alone(tmp_path: Path) -> None:
    """In whatever order they come: what is too late is a reject, at the bound it is not, and without a date it never is."""
    edge = ARRIVED - timedelta(seconds=DAY)
    given = [
        story(1, edge - timedelta(seconds=1)), story(2, ARRIVED), story(3, edge), story(4), story(5, ARRIVED + timedelta(days=9)),
        story(6, edge - timedelta(days=400)),
    ]  # fmt: skip
    out = play(tmp_path, [("a.jsonl", given[3:])], [("b.jsonl", given[:3])])
    assert stories_of(out) == Counter(given[n]["text"] for n in (1, 2, 3, 4))
    late = tables(out)["rejects"].to_table(["reason", "uri", "detail"]).to_pylist()
    assert {r["reason"] for r in late} == {"late"} and len(late) == 2
    assert all("came 2026-10-07T12:00:00Z, 1 day, 0:00:00 at most" in r["detail"] for r in late)
    assert sum(m.counts["read"] for m in read_manifests(out)) == 6


def test_late_whenever_it_likes(tmp_path: Path) -> None:
    out = play(tmp_path, [("a.jsonl", [story(1, ARRIVED - timedelta(days=900))])], late=None)
    assert stories_of(out).total() == 1


def test_what_is_sent_again_is_dropped(tmp_path: Path) -> None:
    """In one window, in the next, and in one after that; a new version is none, nor the same words in another article."""
    other = story(1) | {"id": "marrow-other"}
    out = play(
        tmp_path,
        [("a.jsonl", [story(1), story(2), story(1)])],
        [("b.jsonl", [story(2), story(1, words=" It rained.")])],
        [("c.jsonl", [story(1), story(3), other])],
    )
    assert stories_of(out) == Counter(s["text"] for s in (story(1), story(2), story(3), story(1, words=" It rained.")))
    relations = Counter(tables(out)["appearances"].to_table(["relation"])["relation"].to_pylist())
    assert relations["version"] == 1 and relations["same_content"] == 1  # ``other``
    assert [(m.counts["read"], m.counts["known"]) for m in read_manifests(out)] == [(3, 1), (2, 1), (3, 1)]
    assert list(verify(out, deep=True)) == []


def test_what_is_forgotten_is_no_document_either(tmp_path: Path) -> None:
    """After the time for which it is remembered the record itself tells it: it has appeared once more."""
    out = play(tmp_path, [("a.jsonl", [story(1)])], [], [], [("b.jsonl", [story(1)])], remember=EVERY)
    assert stories_of(out).total() == 1
    assert tables(out)["appearances"].count_rows() == 2


def test_a_tick_given_again_does_nothing(tmp_path: Path) -> None:
    """Before its window ends, twice; its pieces are read three times, and count once."""
    out = play(tmp_path, [("a.jsonl", [story(1), story(2)])], 0, 0)
    assert [m.counts["documents"] for m in read_manifests(out)] == [2] and list(verify(out, deep=True)) == []


def test_a_restart_goes_on_from_what_was_committed(tmp_path: Path) -> None:
    """Whatever the engine remembers: here nothing."""
    play(tmp_path, [("a.jsonl", [story(1), story(2)])], [("b.jsonl", [story(3)])])
    out = play(tmp_path, [], [("c.jsonl", [story(3), story(4)])])
    assert stories_of(out) == Counter(story(n)["text"] for n in (1, 2, 3, 4))
    assert [m.window for m in read_manifests(out)] == [1, 2, 3]


def test_an_older_stream_ends(tmp_path: Path) -> None:
    out = tmp_path / "out"
    stream = Stream((str(tmp_path),), str(out), Config(), "two")
    out.mkdir()
    real = take_over

    class Later(beam.DoFn):
        def process(self, element: Any) -> Any:
            real(stream)
            yield element

    older = Stream((str(tmp_path),), str(out), Config(), "one", EVERY)
    take_over(older)
    events = test_stream.TestStream().add_elements([TimestampedValue(0, Timestamp(START))]).advance_watermark_to_infinity()
    options = PipelineOptions(["--streaming", "--runner=BundleBasedDirectRunner"])
    root = beam.Pipeline(options=options)
    build_stream(root | events | beam.ParDo(Later()), older)
    with pytest.raises(Exception, match="another 'onrecord stream' into this record has begun since"):
        root.run().wait_until_finish()
