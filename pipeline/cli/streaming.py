"""``onrecord stream``: its flags, and what it does, from them to an exit status."""

from __future__ import annotations

import argparse
import dataclasses
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ..diagnostics import is_quiet
from ..printable import counted, one_line
from .ending import OK, break_off, say_done
from .values import seconds
from .working import READING, measured, working

if TYPE_CHECKING:
    from ..jobs.summary import Summary

SUMMARY = "the unbounded job on an engine, until stopped"
DESCRIPTION = """Read topics of Kafka and folders without end, on an engine that streams: what has come since the last window is
read, decided, extracted and committed, each window once under its own number, with the offsets that it covers. Killed and
started again, it goes on from what was committed. An article that is sent again within --remember is dropped, one that
comes later than --late after its publication is a row of rejects. On one machine, 'onrecord watch' does as well.
SIGTERM or SIGINT (Ctrl-C) end it; a second one at once."""
EXAMPLES = """examples:
  onrecord stream kafka://broker:9092/news --output s3://news/record --config configs/prism.yaml
  onrecord stream kafka://broker:9092/news --output s3://news/record --config flink.yaml --window 30s --late 7d
"""


def add_flags(command: argparse.ArgumentParser) -> None:
    """Add the flags that ``stream`` has beside those of reading."""
    command.add_argument("--window", type=seconds, default=10.0, metavar="TIME", help="from window to window: 5s, 1m (10s)")
    command.add_argument(
        "--late",
        type=late,
        default=late("30d"),
        metavar="TIME",
        help="a record comes at most so long after its publication, else it is a reject: 6h, 7d, or never (30d)",
    )
    command.add_argument(
        "--remember", type=seconds, default=seconds("1d"), metavar="TIME", help="how long what was sent is remembered (1d)"
    )
    command.add_argument("--json", action="store_true", help="print a JSON object a window")


def late(text: str) -> float | None:
    """A span of time, or None for ``never``."""
    return None if text == "never" else seconds(text)


def stream(args: argparse.Namespace) -> int:
    """Stream until a signal asks for the end."""
    from ..jobs.stop import Stop

    stop = Stop(lambda: break_off("interrupted; the next command goes on from what was committed"))
    from ..stream.job import run_stream

    windows = 0

    def report(number: int, summary: Summary) -> None:
        nonlocal windows
        windows += 1
        count(summary)
        if args.json:
            row = {"window": number, "at": datetime.now(UTC).isoformat(timespec="seconds")}
            say_done(json.dumps(row | dataclasses.asdict(summary)), asked=True)
        else:
            say_done(one_line(_line(number, summary)))

    with measured(args) as count, working(args, args.output, *READING) as (config, tell, _):
        run_stream(
            args.inputs,
            args.output,
            config,
            stop.event,
            report,
            every=max(1.0, args.window),
            late=args.late,
            remember=args.remember,
            wait=args.wait,
            told=tell,
            failed=lambda: count(None),
            lag=count.lag if args.metrics is not None else None,
        )
        if not is_quiet():
            tell(f"stopped; {counted(windows, 'windows')} committed, and the next 'onrecord stream' goes on from there")
    return OK


def _line(number: int, summary: Summary) -> str:
    counts = summary.counts
    came = ", ".join(counted(counts[kind], kind) for kind in ("documents", "quotes", "figures", "rejects"))
    told = [f"{counted(counts['read'], 'records')}: {came}"]
    if summary.rejects.get("late"):
        told.append(f"{summary.rejects['late']:,} of them late")
    if summary.lag:
        told.append(f"{counted(summary.lag, 'records')} waiting")
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} window {number}: {'; '.join(told)} ({summary.seconds:.1f} s)"
