"""A stream on Prism with a real broker: workers and the job are killed, and every record is where it belongs, once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from onrecord import tables
from onrecord.store.care.verify import verify
from onrecord.store.manifest import Manifest, read_manifests

from ..processes import family
from ..servers.kafka import Kafka, kafka_broker
from ..servers.network import own_network
from ..servers.prism import Pool, Prism, prism_server, worker_pool
from ..test_metrics import samples

ARTICLES = int(os.environ.get("ONRECORD_STREAM_ARTICLES", "200"))
WINDOWS = 8  # about so many
AT_ONCE = max(20, min(5_000, ARTICLES // WINDOWS))  # records of a window, at most
SECONDS = 300 + ARTICLES / 5  # on a busy machine
LATE = timedelta(days=30)
TOPIC = "articles"
pytestmark = [pytest.mark.engine, pytest.mark.timeout(int(3 * SECONDS))]


@pytest.fixture
def network() -> Iterator[None]:
    with own_network():
        yield


def made(n: int, now: datetime) -> tuple[str, bytes]:
    """An article, in time or not (*in time*, *late*: in time still, *too late*), as it is sent."""
    kind = "too late" if n % 100 == 50 else "late" if n % 20 == 7 else "in time"
    age = {
        "in time": timedelta(hours=n % 48),
        "late": LATE - timedelta(hours=1 + n % 24),
        "too late": LATE + timedelta(days=1 + n % 99),
    }
    text = f"Port Marrow closed {n + 2} of its wells, said Lena Ashby of ward {n}. “Nobody was hurt,” she added."
    told = {"id": f"marrow-{n}", "publisher": "The Marrow Times", "text": text, "published_at": (now - age[kind]).isoformat()}
    return kind, json.dumps(told).encode()


def send(kafka: Kafka, values: list[bytes]) -> None:
    kafka.produce(TOPIC, ((None, v) for v in values))


class Command:
    """``onrecord stream`` as a process that is killed and started again."""

    def __init__(self, folder: Path, kafka: Kafka, prism: Prism, pool: Pool) -> None:
        self.folder, self.output = folder, folder / "out"
        settings = folder / "prism.yaml"
        options = [f"--job_endpoint={prism.endpoint}", "--environment_type=EXTERNAL", f"--environment_config={pool.endpoint}"]
        told = {"runner": "PortableRunner", "runner_options": options, "kafka_records": AT_ONCE}
        settings.write_text(json.dumps(told))
        self.args = ["stream", f"kafka://{kafka.brokers}/{TOPIC}", "--output", str(self.output), "--config", str(settings)]
        self.start()

    def start(self) -> None:
        with open(self.folder / "command.log", "ab") as log:
            flags = ["--window", "1s", "--late", "30d", "--json", "--metrics", str(self.folder / "m.prom")]
            command = [sys.executable, "-m", "onrecord", *self.args, *flags]
            self.process = subprocess.Popen(command, stdout=log, stderr=log)

    def log(self) -> str:
        under_way = sorted(str(p.relative_to(self.output)) for p in self.output.glob("_work/*/*"))
        logs = [(self.folder / name).read_text(errors="replace")[-3000:] for name in ("command.log", "prism.log", "pool.log")]
        return "\n--\n".join([*logs, f"under way: {under_way}"])

    def manifests(self) -> list[Manifest]:
        return list(read_manifests(self.output)) if (self.output / "_runs").is_dir() else []

    def wait(self, until: Callable[[], bool]) -> None:
        deadline = time.monotonic() + SECONDS
        while not until():
            assert self.process.poll() is None and time.monotonic() < deadline, self.log()
            time.sleep(0.1)

    def read(self) -> int:
        """How many offsets are committed."""
        return sum(o.next - o.start for m in self.manifests() for o in m.offsets.values())

    def at_work(self) -> bool:
        """Whether a window is under way."""
        done = {m.run_id for m in self.manifests()}
        return any(p.parent.name not in done for p in self.output.glob("_work/*/read-*.json"))


@pytest.mark.fault
def test_each_record_is_where_it_belongs(network: None, tmp_path: Path) -> None:
    """The worker is killed twice and the job once, while articles come: in time, late, too late, and twice."""
    now = datetime.now(UTC)
    every = [made(n, now) for n in range(ARTICLES)]
    again = [every[n][1] for n in range(0, ARTICLES, 20)]
    sent = [value for _, value in every]
    with kafka_broker(tmp_path) as kafka, prism_server(tmp_path) as prism, worker_pool(tmp_path) as pool:
        send(kafka, sent[: ARTICLES // 2])
        job = Command(tmp_path, kafka, prism, pool)
        try:
            for third in range(2):
                before = job.read()
                job.wait(lambda n=before: job.read() > n and job.at_work())
                for pid in family(pool.pid)[1:]:
                    os.kill(pid, signal.SIGKILL)
                send(kafka, again[third::3])
            before = job.read()
            job.wait(lambda n=before: job.read() > n or job.at_work())
            job.process.kill()
            job.process.wait()
            send(kafka, sent[ARTICLES // 2 :] + again[2::3])
            job.start()
            job.wait(lambda: job.read() == len(sent) + len(again))
            job.process.terminate()
            assert job.process.wait(60) == 0, job.log()
        finally:
            job.process.kill()
    in_time = Counter(json.loads(v)["text"] for kind, v in every if kind != "too late")
    assert Counter(tables(job.output)["documents"].to_table(["text"])["text"].to_pylist()) == in_time
    rejects = tables(job.output)["rejects"].to_table(["reason", "payload"]).to_pylist()
    assert {r["reason"] for r in rejects} == {"late"}
    late = Counter(json.loads(r["payload"])["id"] for r in rejects)
    assert late == Counter(json.loads(v)["id"] for kind, v in every if kind == "too late")
    done = job.manifests()
    assert [m.window for m in done] == list(range(1, len(done) + 1))
    ends = dict[str, int]()
    for manifest in done:  # each goes on where the one before it has stopped
        for partition, offset in manifest.offsets.items():
            assert offset.start == ends.get(partition, 0)
            ends[partition] = offset.next
    assert sum(m.counts["read"] for m in done) == len(sent) + len(again)
    assert list(verify(job.output, deep=True)) == []
    told = samples(tmp_path / "m.prom")
    # what was committed while nobody watched is not counted
    assert 0 < told["windows_total"] <= len(done) and 0 < told["rejects_total late"] <= len(rejects)
    assert told["lag_records"] == 0 and told["failures_total"] >= 1  # the killed workers took their jobs with them
    assert 0 < told["lateness_seconds"] <= told["lateness_max_seconds"] < LATE.total_seconds() + SECONDS


def test_a_folder_and_its_duplicates(network: None, tmp_path: Path) -> None:
    """Files as they come; what is in a later one once more is told by the state that Prism keeps."""
    folder, out, now = tmp_path / "in", tmp_path / "out", datetime.now(UTC)
    folder.mkdir()
    values = [made(n, now)[1] for n in range(12)]

    def lay(name: str, lines: list[bytes]) -> None:
        (tmp_path / name).write_bytes(b"\n".join(lines))
        os.utime(tmp_path / name, (now.timestamp() - 60,) * 2)
        (tmp_path / name).rename(folder / name)

    lay("a.jsonl", values[:8])
    with prism_server(tmp_path) as prism, worker_pool(tmp_path) as pool:
        options = [f"--job_endpoint={prism.endpoint}", "--environment_type=EXTERNAL", f"--environment_config={pool.endpoint}"]
        (tmp_path / "c.yaml").write_text(json.dumps({"runner": "PortableRunner", "runner_options": options}))
        flags = ["--output", str(out), "--config", str(tmp_path / "c.yaml"), "--window", "1s"]
        flags += ["--metrics", str(tmp_path / "m.prom")]
        process = subprocess.Popen(
            [sys.executable, "-m", "onrecord", "stream", str(folder), *flags], stdout=subprocess.PIPE, text=True
        )
        try:
            _until(process, lambda: _read(out) == 8)
            lay("b.jsonl", values[4:])
            _until(process, lambda: _read(out) == 16)
            process.terminate()
            said, _ = process.communicate(timeout=60)
        finally:
            process.kill()
    assert process.returncode == 0 and [line.split()[1:3] for line in said.splitlines()] == [["window", "1:"], ["window", "2:"]]
    assert [(m.counts["documents"], m.counts["known"]) for m in read_manifests(out)] == [(8, 0), (4, 4)]
    assert tables(out)["appearances"].count_rows() == 12
    told = samples(tmp_path / "m.prom")
    names = ("windows_total", "records_total", "documents_total", "known_total", "failures_total")
    assert [told[name] for name in names] == [2, 16, 12, 4, 0] and 0 <= told["lateness_seconds"] < 48 * 3600 + SECONDS


def _until(process: subprocess.Popen[str], until: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS
    while not until():
        assert process.poll() is None and time.monotonic() < deadline
        time.sleep(0.1)


def _read(out: Path) -> int:
    return sum(m.counts["read"] for m in read_manifests(out)) if (out / "_runs").is_dir() else 0
