"""Connections to brokers: settings from the environment and the configuration, what they say kept in the log, errors in one line.

Settings are those of librdkafka. They may hold secrets: they are given on to the library, and shown nowhere.
"""

from __future__ import annotations

import logging
import os
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from .address import Topic

Settings = Mapping[str, str | int | float | bool]
CONNECT = 10.0  # seconds that brokers have to answer
OWN = ("bootstrap.servers", "auto.offset.reset", "enable.auto.commit", "enable.auto.offset.store", "enable.partition.eof")
_VARIABLES = re.compile(r"KAFKA_(SECURITY_PROTOCOL|(?:SASL|SSL)_[A-Z_]+)")
_SECRET = re.compile(r"password|secret|token|jaas|oauth|username|\.(?:key|pem)(?:\.|$)")
_SERVICE = re.compile(r"_(SERVICE|PORT)(_|$)")  # what Kubernetes tells of a service that is called kafka-ssl
_USUAL: dict[str, Any] = {
    "fetch.wait.max.ms": 100,
    "queued.max.messages.kbytes": 16_384,  # bounds what is held of a partition
    "isolation.level": "read_committed",
    "group.id": "onrecord",  # the library wants one; no offset is committed under it
}
_log = logging.getLogger(__name__)


class BrokerError(RuntimeError):
    """Brokers that do not answer, or refuse; said in one line, without secrets."""


class ClientMissing(ValueError):
    """The library that speaks with brokers is not installed."""


class SettingsError(ValueError):
    """Settings that the library refuses, or a topic that is not there; said in one line, without secrets."""


@dataclass
class Connection:
    """A consumer that is told what to read, and remembers what brokers last complained of.

    Attributes:
        client: of the library.
        settings: as given; for what is not to be shown.
        trouble: the last complaint.
    """

    client: Any
    settings: Settings = field(repr=False)
    trouble: str = ""

    def told(self, error: object) -> str:
        """An error in one line, with what a broker last complained of, and without secrets."""
        said = [str(getattr(error, "str", lambda: error)()), self.trouble]
        return hidden("; ".join(dict.fromkeys(s for s in said if s)), self.settings)


def from_environment() -> dict[str, str]:
    """Settings by the usual variables: ``KAFKA_SASL_PASSWORD`` is ``sasl.password``."""
    found = {name: value for name, value in os.environ.items() if _VARIABLES.fullmatch(name) and not _SERVICE.search(name)}
    return {name.removeprefix("KAFKA_").lower().replace("_", "."): value for name, value in sorted(found.items())}


def hidden(message: str, settings: Settings) -> str:
    """A message in one line, without the secrets among settings that it may repeat."""
    for value in sorted((str(v) for k, v in settings.items() if v and _SECRET.search(k)), key=len, reverse=True):
        message = message.replace(value, "…")
    return " ".join(message.split())


@contextmanager
def connected(topic: Topic, settings: Settings) -> Iterator[Connection]:
    """A connection to the brokers of a topic; nothing is asked of them yet.

    Raises:
        ClientMissing: the extra is not installed.
        SettingsError: the library refuses the settings.
    """
    try:
        import confluent_kafka
    except ModuleNotFoundError:
        raise ClientMissing(f"{topic.uri}: pip install 'onrecord[kafka]' brings what reads topics") from None
    every = from_environment() | {k: v for k, v in settings.items() if k not in OWN}
    own = {
        "bootstrap.servers": ",".join(topic.brokers),
        "auto.offset.reset": "error",
        "enable.auto.commit": False,
        "enable.auto.offset.store": False,
        "enable.partition.eof": True,
    }
    connection = Connection(None, every)

    def complained(error: Any) -> None:
        told = hidden(error.str(), every)
        if error.code() != confluent_kafka.KafkaError._ALL_BROKERS_DOWN or not connection.trouble:
            connection.trouble = told  # that all are down tells less than why one is
        _log.info("%s: %s", topic.uri, told)

    try:
        client = confluent_kafka.Consumer({**_USUAL, **every, **own, "error_cb": complained, "logger": library_log()})
    except (confluent_kafka.KafkaException, ValueError, TypeError) as error:
        told = error.args[0].str() if isinstance(error, confluent_kafka.KafkaException) else str(error)
        raise SettingsError(f"kafka: {hidden(told, every)}") from None
    connection.client = client
    try:
        yield connection
    finally:
        client.close()


def asked(connection: Connection, topic: Topic, ask: Any, seconds: float = CONNECT) -> Any:
    """What brokers answer to a question, within some seconds.

    Raises:
        BrokerError: nothing, or a refusal.
    """
    import confluent_kafka

    begun = time.monotonic()
    try:
        return ask(seconds)
    except confluent_kafka.KafkaException as error:
        connection.client.poll(0)  # what was complained of meanwhile is heard here
        why = connection.told(error.args[0])
        raise BrokerError(f"{topic.uri}: no answer within {time.monotonic() - begun:.0f} s: {why}") from None


def library_log() -> logging.Logger:
    """The log of the library: what it says of connections lost and found is for who asks for much."""
    log = logging.getLogger(f"{__name__}.library")
    log.addFilter(_lowered)
    return log


def _lowered(record: logging.LogRecord) -> bool:
    record.levelno, record.levelname = logging.DEBUG, "DEBUG"
    return record.levelno >= _log.getEffectiveLevel()
