"""A Kafka broker that is its own controller (KRaft), in one process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from .cache import fetch, jars
from .processes import free_port, server

_CLUSTER = "b25yZWNvcmQtdGVzdHMtMQ"  # any 16 bytes
_SETTINGS = """
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller}
listeners=PLAINTEXT://127.0.0.1:{port},SASL_PLAINTEXT://127.0.0.1:{closed},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{port},SASL_PLAINTEXT://127.0.0.1:{closed}
controller.listener.names=CONTROLLER
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT
sasl.enabled.mechanisms=PLAIN
listener.name.sasl_plaintext.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required \
  user_{user}="{password}";
log.dirs={folder}/log
num.partitions=2
offsets.topic.num.partitions=1
offsets.topic.replication.factor=1
transaction.state.log.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
"""


USER, PASSWORD = "newsroom", "tiny-harbour-lantern"


@dataclass(frozen=True)
class Kafka:
    """How a broker is reached, and its process."""

    brokers: str
    closed: str  # to who has no password
    pid: int
    port: int

    def produce(self, topic: str, records: Iterable[tuple[bytes | None, bytes | None]]) -> None:
        """Send records, keys and values, and wait until all are stored; the topic is made if need be, with two partitions."""
        client = pytest.importorskip("confluent_kafka")
        producer = client.Producer({"bootstrap.servers": self.brokers, "enable.idempotence": True, "linger.ms": 5})
        for key, value in records:
            producer.produce(topic, value, key)
            producer.poll(0)
        assert producer.flush(60) == 0


@contextmanager
def kafka_broker(folder: Path, port: int | None = None) -> Iterator[Kafka]:
    """A broker while the context lasts; started again over the same folder and port, it holds what it held."""
    classes = f"{jars('kafka')}/*"
    root = folder / "kafka"
    settings = root / "server.properties"
    port = port or free_port()
    if not settings.exists():
        root.mkdir(parents=True)
        ports = {"port": port, "closed": free_port(), "controller": free_port()}
        settings.write_text(_SETTINGS.format(**ports, folder=root, user=USER, password=PASSWORD))
        fetch("java", "-cp", classes, "kafka.tools.StorageTool", "format", "-t", _CLUSTER, "-c", settings)
    memory = ("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
    command = ["java", *memory, "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-cp", classes, "kafka.Kafka", settings]
    with server(command, port, root / "kafka.log") as process:
        closed = settings.read_text().partition("SASL_PLAINTEXT://")[2].partition(",")[0]
        yield Kafka(f"127.0.0.1:{port}", closed, process.pid, port)
