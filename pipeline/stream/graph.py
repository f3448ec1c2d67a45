"""The unbounded graph, on one screen: ticks, windows of what has arrived, the steps of each; what is grouped is of one window."""

from __future__ import annotations

from typing import Any

import apache_beam as beam
from apache_beam.transforms.window import FixedWindows

from .duplicates import FindSentAgain
from .steps import LOTS, SENT, CommitWindow, DecideWindow, ExtractShard, ReadPieces
from .windows import PlanWindows, Stream


def build_stream(ticks: beam.PCollection[Any], stream: Stream) -> beam.PCollection[tuple[int, str]]:
    """From ticks to the numbers of the windows that were committed, and the ids of their runs."""
    pieces = (
        ticks
        | "InWindows" >> beam.WindowInto(FixedWindows(stream.every))
        | "PlanWindows" >> beam.ParDo(PlanWindows(stream))
        | "SpreadPieces" >> beam.Reshuffle()
    )
    read = pieces | "ReadPieces" >> beam.ParDo(ReadPieces(stream)).with_outputs(SENT, main="read")
    again = read[SENT] | "FindSentAgain" >> FindSentAgain(stream.every, stream.remember)
    decided = (
        (read.read, again)
        | "OfWindow" >> beam.Flatten()
        | "ByWindow" >> beam.GroupByKey()
        | "DecideWindow" >> beam.ParDo(DecideWindow(stream)).with_outputs(LOTS, main="decided")
    )
    written = decided[LOTS] | "ByShard" >> beam.GroupByKey() | "ExtractShard" >> beam.ParDo(ExtractShard(stream))
    return (
        (decided.decided, written)
        | "DoneOfWindow" >> beam.Flatten()
        | "AllOfWindow" >> beam.GroupByKey()
        | "CommitWindow" >> beam.ParDo(CommitWindow(stream))
    )
