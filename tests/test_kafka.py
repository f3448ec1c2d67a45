"""Topics of Kafka as inputs: a real broker, what it keeps and loses, and runs and brokers that are killed."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from onrecord import tables
from onrecord.jobs import engine
from onrecord.jobs.config import Config
from onrecord.jobs.engine import RunError, UsageError
from onrecord.jobs.run import run
from onrecord.store.care.verify import verify
from onrecord.store.manifest import read_manifests
from onrecord.store.state import read_state

from .articles import article
from .conftest import all_rows
from .processes import family
from .servers.kafka import PASSWORD, USER, Kafka, kafka_broker
from .servers.processes import free_port
from .test_metrics import samples

KILLS = int(os.environ.get("ONRECORD_KAFKA_KILLS", "4"))
SMALL: dict[str, Any] = {"batch_documents": 5, "part_mb": 0.0001}
TEXT = "The council of Port Marrow {n} will close {m} of its wells, said Lena Ashby. “Nobody was hurt,” she added."
pytestmark = [pytest.mark.engine, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kafka]:
    with kafka_broker(tmp_path_factory.mktemp("kafka")) as broker:
        yield broker


@pytest.fixture
def client(kafka: Kafka) -> Any:
    """What makes and changes topics."""
    admin = pytest.importorskip("confluent_kafka.admin")
    return admin.AdminClient({"bootstrap.servers": kafka.brokers})


def done(futures: dict[Any, Any]) -> None:
    for future in futures.values():
        future.result(30)


def made(client: Any, name: str, partitions: int = 1) -> None:
    from confluent_kafka.admin import NewTopic

    done(client.create_topics([NewTopic(name, partitions, 1)]))


def topic() -> str:
    return f"t-{uuid.uuid4().hex[:12]}"


def uri(kafka: Kafka, name: str) -> str:
    return f"kafka://{kafka.brokers}/{name}"


def value(n: int) -> bytes:
    return json.dumps(article(n), default=str).encode()


def short(n: int) -> bytes:
    return json.dumps({"id": f"short-{n}", "publisher": "The Marrow Times", "text": TEXT.format(n=n, m=n + 2)}).encode()


def send(kafka: Kafka, name: str, values: Sequence[bytes | None]) -> None:
    kafka.produce(name, ((None, v) for v in values))


def taken(output: Path) -> Counter[str]:
    """How often each record is in the record: as an article, or as a reject."""
    every = tables(output)
    return Counter(u for name in ("appearances", "rejects") for u in every[name].to_table(["uri"])["uri"].to_pylist())


def reads(output: Path) -> list[dict[str, tuple[int, int]]]:
    """The ranges that each run has read, by partition."""
    return [{u.rpartition("/")[2]: (o.start, o.next) for u, o in m.offsets.items()} for m in read_manifests(output)]


def test_each_run_reads_what_has_come(onrecord: Callable[..., Any], kafka: Kafka, client: Any, tmp_path: Path) -> None:
    name, out = topic(), tmp_path / "out"
    made(client, name)
    dead = [b"Two boats sank.", b'{"title": "Boats"}', None]
    send(kafka, name, [*map(value, range(6)), *dead])
    first = onrecord("run", uri(kafka, name), "--output", out)
    assert first.returncode == 0 and "0 duplicate, 3 rejected" in first.stdout, first.stderr
    send(kafka, name, [value(6), value(0)])
    told = json.loads(onrecord("run", uri(kafka, name), "--output", out, "--json").stdout)
    assert (told["lag"], told["counts"]["documents"], told["appearances"]) == (0, 1, {"near": 1, "same_content": 1})
    assert onrecord("run", uri(kafka, name), "--output", out).stdout.startswith("Nothing new")
    assert reads(out) == [{"0": (0, 9)}, {"0": (9, 11)}]
    assert taken(out) == Counter(f"{uri(kafka, name)}/0/{n}" for n in range(11))
    rejects = tables(out)["rejects"].to_table(["uri", "reason"]).to_pylist()
    reasons = {r["uri"].rpartition("/")[2]: r["reason"] for r in rejects}
    assert reasons == {"6": "bad_json", "7": "missing_text", "8": "empty"}
    assert list(verify(out, deep=True)) == []


def test_the_rows_of_a_file(kafka: Kafka, client: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In several commits, and by two workers, as in one by one."""
    name = topic()
    made(client, name)
    send(kafka, name, [value(n) for n in range(40)])
    (tmp_path / "a.jsonl").write_bytes(b"\n".join(value(n) for n in range(40)))
    run([str(tmp_path / "a.jsonl")], tmp_path / "file", Config())
    cut = run([uri(kafka, name)], tmp_path / "cut", Config(kafka_records=15))
    assert [s.counts["read"] for s in (*cut.finished, cut)] == [15, 15, 10] and cut.lag == 0
    monkeypatch.setattr(engine, "WORTH", 1000)
    monkeypatch.setattr("onrecord.transforms.topics.PIECE", 7)
    monkeypatch.setattr(engine, "CORES", 2)
    run([uri(kafka, name)], tmp_path / "two", Config(workers=2))

    def plain(output: Path) -> Any:
        rows = {t: [{k: v for k, v in row.items() if k != "uri"} for row in found] for t, found in all_rows(output).items()}
        return {t: sorted(found, key=repr) for t, found in rows.items()}

    assert plain(tmp_path / "file") == plain(tmp_path / "two")
    near = ("relation", "of_doc_id", "similarity")  # to what was published before
    for name in ("documents", "quotes", "figures", "document_speakers", "people"):
        assert plain(tmp_path / "cut")[name] == plain(tmp_path / "file")[name]
    assert [{k: v for k, v in r.items() if k not in near} for r in plain(tmp_path / "cut")["appearances"]]


def test_what_transactions_leave(kafka: Kafka, client: Any, tmp_path: Path) -> None:
    """What was taken back is not read, nor what is not yet certain; and that no record has an offset loses none."""
    confluent, name, out = pytest.importorskip("confluent_kafka"), topic(), tmp_path / "out"
    made(client, name)
    producer = confluent.Producer({"bootstrap.servers": kafka.brokers, "transactional.id": name})
    producer.init_transactions(60)
    for n, end in enumerate((producer.commit_transaction, producer.abort_transaction, producer.commit_transaction, None)):
        producer.begin_transaction()
        producer.produce(name, short(n))
        producer.flush(30)
        if end is not None:
            end(30)
    summary = run([uri(kafka, name)], out, Config())
    assert taken(out) == Counter(f"{uri(kafka, name)}/0/{n}" for n in (0, 4))
    assert summary.skipped == {"offsets without a record": 4} and reads(out) == [{"0": (0, 6)}]
    producer.commit_transaction(30)
    run([uri(kafka, name)], out, Config())
    assert taken(out) == Counter(f"{uri(kafka, name)}/0/{n}" for n in (0, 4, 6))


def test_records_that_were_removed_are_counted(kafka: Kafka, client: Any, tmp_path: Path) -> None:
    confluent, name, out = pytest.importorskip("confluent_kafka"), topic(), tmp_path / "out"
    made(client, name)
    send(kafka, name, [short(n) for n in range(3)])
    run([uri(kafka, name)], out, Config())
    send(kafka, name, [short(n) for n in range(3, 10)])
    done(client.delete_records([confluent.TopicPartition(name, 0, 8)]))
    lines = list[str]()
    summary = run([uri(kafka, name)], out, Config(), told=lines.append)
    assert lines == [f"{uri(kafka, name)}/0: 5 records, from offset 3 on, removed unread"]
    assert summary.counts["lost"] == 5 and summary.counts["documents"] == 2


def test_removed_while_the_run_was_stopped(kafka: Kafka, client: Any, tmp_path: Path) -> None:
    """Between plan and reading: what is left is read, and what is not is counted."""
    from onrecord.sources.formats import Reading
    from onrecord.sources.kafka.read import read_range

    confluent, name = pytest.importorskip("confluent_kafka"), topic()
    made(client, name)
    send(kafka, name, [short(n) for n in range(6)])
    done(client.delete_records([confluent.TopicPartition(name, 0, 4)]))
    reading = Reading()
    assert [r.uri.rpartition("/")[2] for r in read_range(f"{uri(kafka, name)}/0", 1, 6, reading)] == ["4", "5"]
    assert reading.skipped == {"records that the broker had removed": 3}


def test_a_topic_that_grows_and_one_made_anew(kafka: Kafka, client: Any, tmp_path: Path) -> None:
    from confluent_kafka.admin import NewPartitions

    name, out, lines = topic(), tmp_path / "out", list[str]()
    made(client, name)
    send(kafka, name, [short(n) for n in range(4)])
    run([uri(kafka, name)], out, Config())
    done(client.create_partitions([NewPartitions(name, 4)]))
    wait(lambda: len(client.list_topics(name).topics[name].partitions) == 4)
    client_of = pytest.importorskip("confluent_kafka").Producer({"bootstrap.servers": kafka.brokers})
    for n in range(4):
        client_of.produce(name, short(10 + n), partition=n)
    assert client_of.flush(30) == 0
    assert run([uri(kafka, name)], out, Config(), told=lines.append).counts["documents"] == 4
    assert reads(out)[1] == {"0": (4, 5), "1": (0, 1), "2": (0, 1), "3": (0, 1)} and lines == []

    done(client.delete_topics([name], operation_timeout=30))
    wait(lambda: name not in client.list_topics().topics)
    made(client, name)
    send(kafka, name, [short(n) for n in range(20, 29)])
    assert run([uri(kafka, name)], out, Config(), told=lines.append).counts["documents"] == 9
    assert lines == [f"{uri(kafka, name)}/0: the topic was made anew; it is read from its beginning"]


def test_the_same_topic_at_another_broker_goes_on(kafka: Kafka, client: Any, tmp_path: Path) -> None:
    name, out = topic(), tmp_path / "out"
    made(client, name)
    send(kafka, name, [short(n) for n in range(3)])
    run([uri(kafka, name)], out, Config())
    send(kafka, name, [short(3)])
    other = f"kafka://127.0.0.1:9,localhost:{kafka.port}/{name}"
    assert run([other], out, Config()).counts["read"] == 1
    send(kafka, name, [short(4)])
    assert run([uri(kafka, name)], out, Config()).counts["read"] == 1


def wait(until: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_password(
    kafka: Kafka, client: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, onrecord: Callable[..., Any]
) -> None:
    """By variables or by the configuration; and neither a record nor a log tells it."""
    name, out = topic(), tmp_path / "out"
    made(client, name)
    send(kafka, name, [short(0)])
    address = f"kafka://{kafka.closed}/{name}"
    settings = ("security.protocol: SASL_PLAINTEXT", "sasl.mechanism: PLAIN", f"sasl.username: {USER}")
    (tmp_path / "c.yaml").write_text("".join(["kafka:\n", *(f"  {line}\n" for line in settings)]))
    flags = ("run", address, "--output", out, "--config", tmp_path / "c.yaml", "-vv")
    monkeypatch.setenv("KAFKA_SASL_PASSWORD", "wrong-one")
    refused = onrecord(*flags)
    assert refused.returncode == 1 and "wrong-one" not in refused.stderr
    assert [line for line in refused.stderr.splitlines() if line.startswith("onrecord: ") and "Authentication failed" in line]
    monkeypatch.setenv("KAFKA_SASL_PASSWORD", PASSWORD)
    took = onrecord(*flags)
    assert took.returncode == 0, took.stderr
    held = b"".join(p.read_bytes() for p in out.rglob("*") if p.is_file())
    assert PASSWORD not in took.stderr and PASSWORD.encode() not in held and USER.encode() not in held
    monkeypatch.delenv("KAFKA_SASL_PASSWORD")
    send(kafka, name, [short(1)])
    with (tmp_path / "c.yaml").open("a") as file:
        file.write(f"  sasl.password: {PASSWORD}\n")
    took = onrecord(*flags)
    assert took.returncode == 0 and taken(out).total() == 2
    held = b"".join(p.read_bytes() for p in out.rglob("*") if p.is_file())
    assert PASSWORD not in took.stderr and PASSWORD.encode() not in held


def test_what_cannot_be_is_told_in_one_line(kafka: Kafka, tmp_path: Path) -> None:
    begun = time.monotonic()
    with pytest.raises(RunError, match=r"kafka://127.0.0.1:9/news: no answer within \d+ s: .*(refused|down)"):
        run(["kafka://127.0.0.1:9/news"], tmp_path / "out", Config())
    assert time.monotonic() - begun < 60
    with pytest.raises(UsageError, match="there is no such topic"):
        run([uri(kafka, "nothing-here")], tmp_path / "out", Config())
    with pytest.raises(UsageError, match=r'No such configuration property: "sasl\.pasword"'):
        run([uri(kafka, "news")], tmp_path / "out", Config(kafka={"sasl.pasword": "pine"}))
    assert list(read_manifests(tmp_path / "out")) == []


def test_what_is_watched_is_published_soon(kafka: Kafka, client: Any, tmp_path: Path) -> None:
    name, out, metrics = topic(), tmp_path / "out", tmp_path / "m.prom"
    made(client, name)
    command = ["watch", uri(kafka, name), "--output", str(out), "--every", "1s", "--json", "--metrics", str(metrics)]
    process = subprocess.Popen(
        [sys.executable, "-m", "onrecord", *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        for n in range(3):
            send(kafka, name, [short(n)])
            wait(lambda n=n: out.exists() and sum(m.counts["documents"] for m in read_manifests(out)) == n + 1)
    finally:
        process.terminate()
    said, errors = process.communicate(timeout=60)
    assert process.returncode == 0 and errors == ""
    rounds = [json.loads(line) for line in said.splitlines()]
    assert sum(r["counts"]["documents"] for r in rounds) == 3 and all(r["error"] is None for r in rounds)
    told = samples(metrics)
    assert [told[n] for n in ("records_total", "documents_total", "rounds_total", "lag_records")] == [3, 3, len(rounds), 0]


@pytest.mark.fault
@pytest.mark.parametrize("case", range(KILLS))
def test_run_and_broker_are_killed(tmp_path: Path, case: int) -> None:
    """The run, or the broker while it reads, or both, at any moment: each record is in the record once in the end."""
    rng, out = random.Random(case), tmp_path / "out"
    (tmp_path / "small.yaml").write_text("batch_documents: 4\npart_mb: 0.0001\nkafka_records: 40\n")
    values = [short(n) if n % 9 else b"no JSON %d" % n for n in range(120)]
    name, what = topic(), ("run", "broker", "both")[case % 3]
    with ExitStack() as broker:
        kafka = broker.enter_context(kafka_broker(tmp_path))
        port, address = kafka.port, uri(kafka, name)
        kafka.produce(name, ((str(n).encode(), v) for n, v in enumerate(values[:90])))
        command = ["run", address, "--output", str(out), "--config", str(tmp_path / "small.yaml"), "-q"]
        process = subprocess.Popen([sys.executable, "-m", "onrecord", *command], stderr=subprocess.PIPE, text=True)
        try:
            time.sleep(rng.uniform(1, 9))
            if what != "broker":
                for pid in family(process.pid):
                    os.kill(pid, signal.SIGKILL)
            if what != "run":
                os.kill(kafka.pid, signal.SIGKILL)
                broker.close()
                time.sleep(rng.uniform(0, 2))
                kafka = broker.enter_context(kafka_broker(tmp_path, port))
            told = process.communicate(timeout=300)[1]
        finally:
            process.kill()
        if what == "broker":  # it has waited for the broker, or ended in one line
            assert process.returncode in (0, 1) and len(told.splitlines()) == process.returncode, told
        kafka.produce(name, ((str(n).encode(), v) for n, v in enumerate(values[90:])))
        last = subprocess.run([sys.executable, "-m", "onrecord", *command], capture_output=True, text=True, timeout=300)
        assert (last.returncode, last.stderr) == (0, "")
    ends = read_state(out).offsets
    assert sum(o.next for o in ends.values()) == len(values)
    assert taken(out) == Counter(f"{u}/{n}" for u, o in ends.items() for n in range(o.next))
    kept = tables(out)["documents"].to_table(["text"])["text"].to_pylist()
    assert sorted(kept) == sorted(json.loads(v)["text"] for n, v in enumerate(values) if n % 9)
    assert list(verify(out, deep=True)) == []


def test_what_is_lost_is_read_again(onrecord: Callable[..., Any], kafka: Kafka, client: Any, tmp_path: Path) -> None:
    """A repair sets offsets back; retrying rejects passes over records of topics."""
    name, out = topic(), tmp_path / "out"
    made(client, name)
    send(kafka, name, [short(0), b"no JSON", short(1)])
    run([uri(kafka, name)], out, Config())
    send(kafka, name, [short(2)])
    run([uri(kafka, name)], out, Config())
    again = onrecord("retry-rejects", out)
    assert again.returncode == 0 and "1 out of reach" in again.stdout, again.stderr
    before = all_rows(out)
    for lost in read_state(out).paths(out, "documents")[:1]:
        lost.unlink()
    assert onrecord("repair", out).returncode == 0
    assert read_state(out).offsets[f"{uri(kafka, name)}/0"].next == 0
    assert run([uri(kafka, name)], out, Config()).counts["documents"] == 2
    assert taken(out) == Counter(f"{uri(kafka, name)}/0/{n}" for n in range(4))
    assert all_rows(out)["documents"] == before["documents"] and list(verify(out, deep=True)) == []


def test_a_free_port_is_no_broker(tmp_path: Path) -> None:
    """Something that listens and says nothing is not waited for without end."""
    import socket

    with socket.create_server(("127.0.0.1", free_port())) as server:
        begun = time.monotonic()
        with pytest.raises(RunError, match="no answer within"):
            run([f"kafka://127.0.0.1:{server.getsockname()[1]}/news"], tmp_path / "out", Config())
        assert time.monotonic() - begun < 60
