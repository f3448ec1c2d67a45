"""What a stream refuses, each in one line, and when its ticks come."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from apache_beam.io.restriction_trackers import OffsetRange
from apache_beam.utils.timestamp import Timestamp

from onrecord.cli.streaming import late
from onrecord.stream.windows import _Ticks, _Whole

Command = Callable[..., subprocess.CompletedProcess[str]]
PRISM = "{runner: PortableRunner, runner_options: [--job_endpoint=localhost:9]}"


@pytest.mark.parametrize(
    "settings", ["{}", "runner: SparkRunner", "{runner: PortableRunner, runner_options: [--job_endpoint=embed]}"]
)
def test_an_engine_that_cannot_stream(onrecord: Command, tmp_path: Path, settings: str) -> None:
    (tmp_path / "c.yaml").write_text(settings)
    done = onrecord("stream", tmp_path, "--output", tmp_path / "out", "--config", tmp_path / "c.yaml")
    (line,) = done.stderr.splitlines()
    assert done.returncode == 2 and "cannot stream: use 'onrecord watch'" in line
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("given", ["-", "https://courier.example/rss"])
def test_an_input_that_does_not_go_on(onrecord: Command, tmp_path: Path, given: str) -> None:
    (tmp_path / "c.yaml").write_text(PRISM)
    done = onrecord("stream", given, "--output", tmp_path / "out", "--config", tmp_path / "c.yaml")
    assert done.returncode == 2 and f"{given}: a stream reads topics, folders and files" in done.stderr


def test_late_may_be_never() -> None:
    assert late("never") is None and late("7d") == 7 * 86_400


class Watermark:
    moment: Timestamp | None = None

    def set_watermark(self, moment: Timestamp) -> None:
        self.moment = moment


class Tracker(_Whole):
    deferred: Timestamp | None = None

    def defer_remainder(self, until: Timestamp) -> None:
        self.deferred = until


def ticks(start: float, first: int = 0) -> tuple[list[Any], Tracker, Watermark]:
    tracker, watermark = Tracker(OffsetRange(first, 1 << 40)), Watermark()
    return list(_Ticks().process((start, 10.0), tracker, watermark)), tracker, watermark


def test_a_tick_comes_when_it_is_due_and_those_missed_do_not() -> None:
    start = int(time.time() / 10) * 10 - 1000
    ((tick,), tracker, watermark) = ticks(start)
    assert tick.value == 100 and watermark.moment == Timestamp(start + 1000)
    assert tick.timestamp < watermark.moment and tracker.deferred == Timestamp(start + 1010)
    (none, tracker, watermark) = ticks(start, 102)
    assert none == [] and tracker.deferred == Timestamp(start + 1020) and watermark.moment is None


def test_ticks_are_not_parted() -> None:
    tracker = _Whole(OffsetRange(0, 1 << 40))
    assert tracker.try_claim(3) and tracker.try_split(0.5) is None and tracker.try_split(0) is not None
