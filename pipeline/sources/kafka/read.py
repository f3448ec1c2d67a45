"""Reading topics: what they hold at a moment, and the records of a range of offsets as articles and refusals."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from ..formats import AUTO, Reading, read_records
from ..lateness import in_time
from ..records import Record, Refusal, Refused
from .address import Topic, partition_of
from .client import BrokerError, Connection, Settings, SettingsError, asked, connected, library_log

Sent = tuple[int, bytes | None, datetime | None]
JSON_LINES = "jsonl"
GONE = "records that the broker had removed"
GAPS = "offsets without a record"  # compacted, aborted, or marks of transactions
SILENCE = 60.0  # seconds without an answer after which brokers are given up
_AT_ONCE = 500


@dataclass(frozen=True)
class Extent:
    """What a partition holds: offsets from ``low`` on, before ``high``; of committed records where these are asked for."""

    partition: int
    low: int
    high: int


@dataclass(frozen=True)
class Held:
    """What a topic holds at a moment; ``topic_id`` tells it from an earlier one of its name (None: an old broker)."""

    topic: Topic
    topic_id: str | None
    extents: tuple[Extent, ...]


def held_by(topic: Topic, settings: Settings) -> Held:
    """Ask the brokers of a topic what it holds.

    Raises:
        BrokerError: they do not answer, or refuse.
        SettingsError: there is no such topic, or the settings are refused.
    """
    with connected(topic, settings) as connection:
        told = asked(connection, topic, lambda seconds: connection.client.list_topics(topic.name, timeout=seconds))
        found = told.topics[topic.name]
        if (found.error is not None and found.error.name() == "UNKNOWN_TOPIC_OR_PART") or not (found.error or found.partitions):
            raise SettingsError(f"{topic.uri}: there is no such topic")
        if found.error is not None:
            raise BrokerError(f"{topic.uri}: {connection.told(found.error)}")
        extents = [_extent(connection, topic, number) for number in sorted(found.partitions)]
        return Held(topic, _topic_id(connection, topic), tuple(extents))


def _extent(connection: Connection, topic: Topic, number: int) -> Extent:
    import confluent_kafka

    place = confluent_kafka.TopicPartition(topic.name, number)
    ask = connection.client.get_watermark_offsets
    return Extent(number, *asked(connection, topic, lambda seconds: ask(place, timeout=seconds)))


def _topic_id(connection: Connection, topic: Topic) -> str | None:
    """The id of a topic, if its brokers give topics such; who may read a topic may describe it."""
    import confluent_kafka
    from confluent_kafka import admin

    settings: dict[str, Any] = {k: v for k, v in connection.settings.items() if not k.startswith(("group.", "isolation."))}
    settings |= {"bootstrap.servers": ",".join(topic.brokers), "logger": library_log()}
    client = admin.AdminClient(settings)
    try:
        (told,) = client.describe_topics(confluent_kafka.TopicCollection([topic.name]), request_timeout=5).values()
        described = told.result(5).topic_id
    except (confluent_kafka.KafkaException, TimeoutError):
        return None  # a broker before 2.8
    return str(described) if described.get_most_significant_bits() or described.get_least_significant_bits() else None


def read_range(uri: str, start: int, end: int, reading: Reading) -> Iterator[Record]:
    """The records of a partition with offsets from ``start`` on, before ``end``; there need not be one of each.

    Args:
        uri: of the partition.
        start: the first offset.
        end: the offset after the last.
        reading: how they are read; JSON lines unless it says otherwise. What is missing is counted in ``skipped``.

    Raises:
        BrokerError: brokers cannot be reached any more: no fault of any record.
    """
    own = replace(reading, format=JSON_LINES) if reading.format == AUTO else reading
    for offset, value, arrived in values(uri, start, end, reading):
        for record in records_of_value(value, f"{uri}/{offset}", own):
            yield in_time(record, arrived, reading.late, value)


def records_of_value(value: bytes | None, uri: str, reading: Reading) -> Iterator[Record]:
    """What the value of one record is: an article as a rule, or several; a refusal where it holds none."""
    number = 0
    if value is not None:
        for record in read_records(io.BytesIO(value), uri, uri, reading):
            number += 1
            yield replace(record, uri=uri if number == 1 else record.uri, record=None if number == 1 else record.record)
    if not number:
        what = "the record has no value" if value is None else "the record holds no article"
        yield Refusal.of(Refused("empty", what), uri, None, value or b"")


def values(uri: str, start: int, end: int, reading: Reading) -> Iterator[Sent]:
    """Offset, value and time of each record of a range; see :func:`read_range`."""
    topic, number = partition_of(uri)
    if start >= end:
        return
    with connected(topic, reading.kafka) as connection:
        yield from _fetched(connection, topic, number, start, end, reading)


def _fetched(connection: Connection, topic: Topic, number: int, start: int, end: int, reading: Reading) -> Iterator[Sent]:
    import confluent_kafka

    def go_on() -> None:
        connection.client.assign([confluent_kafka.TopicPartition(topic.name, number, at)])

    at, heard, short = start, time.monotonic(), False
    go_on()
    while at < end:
        got = connection.client.consume(min(_AT_ONCE, end - at), timeout=0.5)
        if time.monotonic() - heard > SILENCE:
            if not short:
                raise BrokerError(f"{topic.uri}: no answer within {SILENCE:.0f} s: {connection.told('')}")
            reading.skipped[GONE] += end - at  # and not at once: a broker that starts may not know yet what it holds
            return
        for message in got:
            error = message.error()
            if error is None:
                offset, heard, short = message.offset(), time.monotonic(), False
                _count(reading, GAPS, min(offset, end) - at)
                if offset < end:
                    yield offset, message.value(), _moment(*message.timestamp())
                    heard = time.monotonic()
                at = offset + 1
                if at >= end:
                    break
            elif error.code() == confluent_kafka.KafkaError._PARTITION_EOF:
                _count(reading, GAPS, min(message.offset(), end) - at)
                at, short = max(at, message.offset()), True
            elif error.code() == confluent_kafka.KafkaError._AUTO_OFFSET_RESET:
                low = _extent(connection, topic, number).low
                on, short = min(end, max(low, at)), low <= at
                _count(reading, GONE, on - at)
                at = on
                time.sleep(0.5 * short)
                go_on()
            elif not error.retriable() and error.code() > 0:  # refused by a broker, and not a connection that comes back
                raise BrokerError(f"{topic.uri}: {connection.told(error)}")


def _moment(kind: int, milliseconds: int) -> datetime | None:
    """When a record came, as its broker tells: the time of its producer, or of the log where the topic is set so."""
    import confluent_kafka

    if kind == confluent_kafka.TIMESTAMP_NOT_AVAILABLE:
        return None
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (OverflowError, ValueError, OSError):
        return None


def _count(reading: Reading, what: str, number: int) -> None:
    if number > 0:
        reading.skipped[what] += number
