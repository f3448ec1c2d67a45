"""From the broker to a published row: articles sent to a topic at a steady rate, while ``onrecord watch`` reads it.

    python -m benchmarks.kafka_latency                            an article a second for two minutes
    python -m benchmarks.kafka_latency --seconds 600 --rate 5
    python -m benchmarks.kafka_latency --brokers broker:9092 --topic news-latency

An article counts as published when the manifest that covers its offset is there. Without ``--brokers`` a broker is started for it
(Java and Maven are needed). Memory and processor time are those of what watches; the time says what a round takes where a machine
has other things to do, too.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from confluent_kafka import Producer

from benchmarks.articles import make_article, paragraphs
from benchmarks.engines import used
from onrecord.store.manifest import manifest_paths, parse_manifest

BOUND = 5.0  # seconds
WARM = 10.0  # seconds of articles before it counts: the first round loads the model


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--rate", type=float, default=1.0, help="articles a second")
    parser.add_argument("--every", default="1s")
    parser.add_argument("--brokers")
    parser.add_argument("--topic", default="latency")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, brokers(args.brokers, Path(folder)) as address:
        output = Path(folder) / "out"
        command = ["watch", f"kafka://{address}/{args.topic}", "--output", str(output), "--every", args.every, "-q"]
        producer = Producer({"bootstrap.servers": address, "linger.ms": 0})
        sent: dict[tuple[int, int], float] = {}  # by partition and offset
        rng, body = random.Random(7), paragraphs()
        every = (json.dumps(make_article(rng, body, n)).encode() for n in range(int((args.seconds + WARM) * args.rate) + 1))
        send(producer, args.topic, next(every), {})  # makes the topic
        process = subprocess.Popen([sys.executable, "-m", "onrecord", *command])
        try:
            while len(manifest_paths(output)) < 1:
                time.sleep(0.1)
            begun, peaks = time.monotonic(), list[float]()
            spent, first = 0.0, 0  # before the articles that count
            for n, article in enumerate(every):
                time.sleep(max(0.0, begun + n / args.rate - time.monotonic()))
                if n == round(WARM * args.rate):
                    spent, first = used([process.pid]), len(manifest_paths(output))
                send(producer, args.topic, article, sent if n >= WARM * args.rate else {})
                peaks.append(resident(process.pid))
            deadline = time.monotonic() + 60
            while not (published := covered(output)).keys() >= sent.keys() and time.monotonic() < deadline:
                time.sleep(0.2)
            spent = used([process.pid]) - spent
        finally:
            process.terminate()
            process.wait(60)
        late = sorted(published[place] - at for place, at in sent.items())
        rounds = len(manifest_paths(output))
        tenth = max(1, len(peaks) // 10)
        print(f"{len(late)} articles at {args.rate:g}/s in {rounds} commits, from the broker to the manifest:")
        print(f"  median {statistics.median(late):.2f} s, 95 % {late[int(len(late) * 0.95)]:.2f} s, most {late[-1]:.2f} s")
        print(f"  bound {BOUND:g} s: {'held' if late[-1] <= BOUND else 'broken'}")
        print(f"  {spent / max(1, rounds - first):.2f} s of processor time a commit, {spent / len(late):.2f} an article")
        print(f"  memory {max(peaks[:tenth]):.0f} MiB in the first tenth, {max(peaks[-tenth:]):.0f} MiB in the last")


@contextmanager
def brokers(given: str | None, folder: Path) -> Iterator[str]:
    if given:
        yield given
        return
    from tests.servers.kafka import kafka_broker

    with kafka_broker(folder) as broker:
        yield broker.brokers


def send(producer: Producer, topic: str, value: bytes, sent: dict[tuple[int, int], float]) -> None:
    def stored(error: object, message: object) -> None:
        assert error is None, error
        sent[message.partition(), message.offset()] = time.time()  # type: ignore[attr-defined]

    producer.produce(topic, value, on_delivery=stored)
    assert producer.flush(30) == 0


def covered(output: Path) -> dict[tuple[int, int], float]:
    """When each offset was published."""
    found: dict[tuple[int, int], float] = {}
    for path in manifest_paths(output):
        at = path.stat().st_mtime
        for uri, offset in parse_manifest(path.read_bytes()).offsets.items():
            number = int(uri.rpartition("/")[2])
            found |= {(number, n): at for n in range(offset.start, offset.next)}
    return found


def resident(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * 4096 / (1 << 20)


if __name__ == "__main__":
    main()
