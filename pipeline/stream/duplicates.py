"""Duplicates: records that were sent again, told by what is remembered of each article for a while."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import apache_beam as beam
from apache_beam.coders import PickleCoder
from apache_beam.transforms.timeutil import TimeDomain
from apache_beam.transforms.userstate import BagStateSpec, TimerSpec, on_timer
from apache_beam.transforms.window import FixedWindows, GlobalWindows

MOST = 32  # contents of an article that are remembered


class Sent(NamedTuple):
    """What tells a record: its place among the inputs, its own address, its content; and the run that reads it."""

    order: int
    uri: str
    content: str
    run_id: str


class FindSentAgain(beam.PTransform):
    """What was sent, by ``article_id``, to the addresses of records that were sent before, by the id of their run.

    Of records of one window the first in the order of the inputs is the one that counts. A record that an engine gives once more
    is known by its address, and is not its own duplicate.

    Args:
        every: seconds of a window.
        remember: seconds for which an article is remembered after it was last sent; bounds the state.
    """

    def __init__(self, every: float, remember: float) -> None:
        super().__init__()
        self.every = every
        self.remember = remember

    def expand(self, sent: beam.PCollection[Any]) -> beam.PCollection[Any]:
        return (
            sent
            | "ByArticle" >> beam.GroupByKey()  # of the window, so that their order is that of the inputs
            | "OverWindows" >> beam.WindowInto(GlobalWindows())
            | "Remember" >> beam.ParDo(_Remember(self.remember)).with_output_types(tuple[str, str])
            | "InWindows" >> beam.WindowInto(FixedWindows(self.every))
        )


class _Remember(beam.DoFn):
    SEEN = BagStateSpec("seen", PickleCoder())
    EXPIRY = TimerSpec("expiry", TimeDomain.WATERMARK)

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def process(
        self,
        element: tuple[str, Iterable[Sent]],
        at: Any = beam.DoFn.TimestampParam,
        seen: Any = beam.DoFn.StateParam(SEEN),
        expiry: Any = beam.DoFn.TimerParam(EXPIRY),
    ) -> Iterator[tuple[str, str]]:
        first: dict[str, str] = dict(seen.read())
        before = len(first)
        for sent in sorted(set(element[1])):
            if first.setdefault(sent.content, sent.uri) != sent.uri:
                yield sent.run_id, sent.uri
        new = list(first.items())[before:]
        if len(first) > MOST:
            seen.clear()
            new = list(first.items())[-MOST:]
        for content in new:
            seen.add(content)
        expiry.set(at + self.seconds)

    @on_timer(EXPIRY)
    def forget(self, seen: Any = beam.DoFn.StateParam(SEEN)) -> None:
        seen.clear()
