"""Topics as inputs: which offsets a run reads, from where the last one stopped to where topics end as it is planned."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ..printable import counted
from ..sources.kafka.address import AddressError, Topic, topic_of
from ..sources.kafka.client import BrokerError, ClientMissing, Settings, SettingsError
from ..sources.kafka.read import Extent, Held, held_by
from ..store.manifest import Offset
from .files import InputError, InputFile

PIECE = 1000  # offsets that a worker reads together
BYTES = 2048  # that a record is taken to have, so that pieces can be weighed against files
_PATIENCE = 10.0  # seconds that a broker which starts may take to know what it holds


class Piece(NamedTuple):
    """Offsets of a partition that a worker reads together, and about how many bytes they are."""

    file: InputFile
    bytes: int


@dataclass
class Ranges:
    """What a run reads of topics.

    Attributes:
        pieces: in the order of topics, partitions and offsets.
        offsets: how far each partition is read once they are.
        ends: where each partition ended as this was planned.
        waiting: records that are left for a later run.
        lost: offsets that brokers removed before they were read.
        told: lines on what was lost or begun anew.
    """

    pieces: list[Piece] = field(default_factory=list)
    offsets: dict[str, Offset] = field(default_factory=dict)
    ends: dict[str, int] = field(default_factory=dict)
    waiting: int = 0
    lost: int = 0
    told: list[str] = field(default_factory=list)


def plan_topics(
    inputs: Sequence[str], known: Mapping[str, Offset], settings: Settings, most: int, until: Mapping[str, int] | None = None
) -> Ranges:
    """Plan which offsets a run reads.

    Args:
        inputs: addresses of topics.
        known: how far earlier runs have read, by partition.
        settings: of the client.
        most: offsets that one run takes; of each partition about as many, so that none waits for another.
        until: the ends before which it reads; by default those of this moment.

    Raises:
        InputError: an address is none, there is no such topic, or the settings are refused.
        BrokerError: brokers do not answer.
    """
    ranges, begins, highs = Ranges(), dict[str, Offset](), dict[str, int]()
    met = set[str | None]()
    moved = set[str]()  # partitions that are gone on with elsewhere than where they were left
    for topic in _topics(inputs):
        held = _held(topic, known, settings)
        if held.topic_id in met:
            continue  # asked for at other brokers, too
        met |= {held.topic_id} - {None}
        for extent in held.extents:
            uri = topic.partition(extent.partition)
            last = _last(uri, held, extent, known)
            begins[uri] = _begin(uri, held, extent, last, ranges)
            if last is not None and last.next != begins[uri].next:
                moved.add(uri)
            highs[uri] = max(begins[uri].next, min(extent.high, (until or {}).get(uri, extent.high)))
    ranges.ends = dict(highs)
    left = {uri: highs[uri] - begin.next for uri, begin in begins.items()}
    shares = _shares(left, most)
    for uri, begin in begins.items():
        end = begin.next + shares[uri]
        if end > begin.next or uri in moved:
            ranges.offsets[uri] = begin.model_copy(update={"next": end})
            ranges.pieces += _pieces(uri, begin.next, end)
    ranges.waiting = sum(left.values()) - sum(shares.values())
    return ranges


def lag_of(inputs: Sequence[str], known: Mapping[str, Offset], settings: Settings) -> int | None:
    """How many offsets of topics are not read; None where brokers do not tell, or there is no topic."""
    if not inputs:
        return None
    try:
        lag = 0
        for topic in _topics(inputs):
            held = held_by(topic, settings)
            for extent in held.extents:
                last = _last(topic.partition(extent.partition), held, extent, known)
                lag += max(0, extent.high - max(extent.low, last.next if last is not None else 0))
        return lag
    except (BrokerError, SettingsError):
        return None


def _topics(inputs: Sequence[str]) -> list[Topic]:
    try:
        return sorted({topic_of(given) for given in inputs})
    except AddressError as error:
        raise InputError(str(error)) from None


def _held(topic: Topic, known: Mapping[str, Offset], settings: Settings) -> Held:
    """What a topic holds; where that is less than was read of it, once more after a while."""
    since = time.monotonic()
    try:
        while True:
            held = held_by(topic, settings)
            last = {e: _last(topic.partition(e.partition), held, e, known) for e in held.extents}
            short = [e for e, o in last.items() if o is not None and o.topic_id == held.topic_id and e.high < o.next]
            if not short or time.monotonic() - since > _PATIENCE:
                return held
            time.sleep(0.5)
    except (ClientMissing, SettingsError) as error:
        raise InputError(str(error)) from None


def _last(uri: str, held: Held, extent: Extent, known: Mapping[str, Offset]) -> Offset | None:
    """How far a partition was read last, though it was asked for at other brokers of the cluster."""
    number = str(extent.partition)
    for place in reversed(list(known)):
        same = held.topic_id is not None and known[place].topic_id == held.topic_id and place.rpartition("/")[2] == number
        if same or place == uri:
            return known[place]
    return None


def _begin(uri: str, held: Held, extent: Extent, last: Offset | None, ranges: Ranges) -> Offset:
    """Where to begin: behind what was read, unless the broker holds that no more."""
    start = last.next if last is not None else extent.low
    if last is not None and None not in (last.topic_id, held.topic_id) and last.topic_id != held.topic_id:
        ranges.told.append(f"{uri}: the topic was made anew; it is read from its beginning")
        start = extent.low
    elif start > extent.high:
        ranges.told.append(f"{uri}: was read up to offset {start}, but ends at {extent.high} now; it is read on from there")
        start = extent.high
    elif start < extent.low:
        gone = extent.low - start
        ranges.lost += gone
        ranges.told.append(f"{uri}: {counted(gone, 'records')}, from offset {start} on, removed unread")
        start = extent.low
    return Offset(start=start, next=start, topic_id=held.topic_id)


def _shares(left: Mapping[str, int], most: int) -> dict[str, int]:
    """How many offsets of each partition are read, of at most so many: all alike, and what one does not need others get."""
    shares, rest = dict.fromkeys(left, 0), most
    by_need = sorted(left, key=lambda uri: (left[uri], uri))
    for n, uri in enumerate(by_need):
        shares[uri] = min(left[uri], max(0, rest) // (len(by_need) - n))
        rest -= shares[uri]
    return shares


def _pieces(uri: str, start: int, end: int) -> Iterator[Piece]:
    for at in range(start, end, PIECE):
        last = min(end, at + PIECE)
        yield Piece(InputFile(uri, uri, start=at, end=last), BYTES * (last - at))
    if start == end:  # nothing to read, but the place to go on from has changed
        yield Piece(InputFile(uri, uri, start=start, end=end), 0)
