"""Addresses of topics, ``kafka://broker:port[,broker:port]/topic``, and of what is in them."""

from __future__ import annotations

import re
from dataclasses import dataclass

SCHEME = "kafka://"
PORT = 9092
_BROKER = re.compile(r"(?:\[[0-9a-fA-F:.]+\]|[\w.-]+)(?::\d{1,5})?")
_TOPIC = re.compile(r"(?!\.\.?$)[\w.-]{1,249}", re.ASCII)


class AddressError(ValueError):
    """An address that is of no topic; the message says what is wrong with it."""


@dataclass(frozen=True, order=True)
class Topic:
    """A topic and where it is asked for.

    Attributes:
        brokers: addresses of brokers, each with its port, in an order of their own.
        name: of the topic.
    """

    brokers: tuple[str, ...]
    name: str

    @property
    def uri(self) -> str:
        """Its address; the same however its brokers were listed."""
        return f"{SCHEME}{','.join(self.brokers)}/{self.name}"

    def partition(self, number: int) -> str:
        """The address of a partition; a record's own has its offset behind that."""
        return f"{self.uri}/{number}"


def is_topic(given: str) -> bool:
    """Whether an INPUT is meant as the address of a topic, or what is in one."""
    return given[: len(SCHEME)].lower() == SCHEME


def topic_of(given: str) -> Topic:
    """The topic at an address.

    Raises:
        AddressError: there is none; passwords are not repeated.
    """
    hosts, _, name = given[len(SCHEME) :].rstrip("/").partition("/")
    if "@" in given:
        raise AddressError(f"{SCHEME}…: credentials have no place in an address; give them in KAFKA_SASL_USERNAME and _PASSWORD")
    brokers = [b.strip().lower() for b in hosts.split(",")]
    if not all(map(_BROKER.fullmatch, brokers)) or _TOPIC.fullmatch(name) is None:
        raise AddressError(f"{given}: the address of a topic is {SCHEME}broker:{PORT}[,broker:{PORT}]/topic")
    return Topic(tuple(sorted({b if re.search(r":\d+$", b) else f"{b}:{PORT}" for b in brokers})), name)


def partition_of(uri: str) -> tuple[Topic, int]:
    """The topic and the number of a partition, from the partition's own address."""
    place, _, number = uri.rpartition("/")
    return topic_of(place), int(number)
