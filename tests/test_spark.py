"""Onrecord on a real Spark cluster, with Delta, an S3 server and a Kafka broker, and what is left where processes are killed."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import time
import urllib.parse
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from onrecord import articles, read_batch, tables
from onrecord.schemas import TABLES

from .articles import BAD, article, table
from .conftest import RUN_COLUMNS
from .servers.kafka import kafka_broker
from .servers.processes import end
from .servers.s3 import S3, s3_server
from .servers.spark import Spark, fill_up, spark_cluster

ARTICLES = int(os.environ.get("ONRECORD_SPARK_ARTICLES", "300"))
PARTITIONS = 24
DRIVER = Path(__file__).parent / "spark_driver.py"
NAMES = [t.name for t in articles.TABLES_OF_ARTICLE]
SECONDS = 600  # that a job may take on a busy machine
pytestmark = [pytest.mark.engine, pytest.mark.timeout(2400)]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Spark]:
    with spark_cluster(tmp_path_factory.mktemp("spark")) as spark:
        yield spark


def delta_rows(folder: Path, name: str) -> list[dict[str, Any]]:
    """The rows of a Delta table as its log has them, in an order of their own, without what differs between runs."""
    files: dict[str, None] = {}
    for entry in sorted((folder / name / "_delta_log").glob("*.json")):
        for action in map(json.loads, entry.read_text().splitlines()):
            if "add" in action:
                files[urllib.parse.unquote(action["add"]["path"])] = None
            if "remove" in action:
                files.pop(urllib.parse.unquote(action["remove"]["path"]))
    every = [pq.read_table(folder / name / path, partitioning=None) for path in files]
    assert all(one.schema.names == TABLES[name].arrow.names for one in every)
    # the driver has checked the types; here they are cast for what Parquet calls otherwise, such as the items of lists
    return plain([row for one in every for row in one.cast(TABLES[name].arrow).to_pylist()])


def plain(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(({k: v for k, v in row.items() if k not in RUN_COLUMNS} for row in rows), key=repr)


def wait(until: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait for something that a driver at work brings about."""
    deadline = time.monotonic() + SECONDS
    while not until():
        assert process.poll() is None and time.monotonic() < deadline, log.read_text(errors="replace")[-3000:]
        time.sleep(0.02)


def finish(process: subprocess.Popen[bytes], log: Path) -> None:
    try:
        assert process.wait(SECONDS) == 0, log.read_text(errors="replace")[-3000:]
    finally:
        end(process)


def s3a(s3: S3) -> dict[str, str]:
    """The settings by which Spark finds an S3 server."""
    told = {
        "endpoint": s3.endpoint, "endpoint.region": s3.region, "access.key": s3.key, "secret.key": s3.secret,
        "path.style.access": "true", "connection.ssl.enabled": "false",
    }  # fmt: skip
    return {f"spark.hadoop.fs.s3a.{name}": value for name, value in told.items()}


def upload(s3: S3, name: str, data: Path) -> None:
    import obstore

    store = obstore.store.S3Store(
        s3.bucket, endpoint=s3.endpoint, access_key_id=s3.key, secret_access_key=s3.secret, region=s3.region,
        virtual_hosted_style_request=False, client_options={"allow_http": True},
    )  # fmt: skip
    obstore.put(store, name, data)


def test_a_backfill_outlives_an_executor_and_a_worker(onrecord: Callable[..., Any], cluster: Spark, tmp_path: Path) -> None:
    """From ``s3a://`` to Delta on ``s3a://``, both killed in mid-job: the rows of the local run."""
    given = table([*(article(n) for n in range(ARTICLES)), *({"text": text} for text, _ in BAD)])
    pq.write_table(given, tmp_path / "news.parquet")
    done = onrecord("run", tmp_path / "news.parquet", "--output", tmp_path / "local")
    assert done.returncode == 0, done.stderr
    local = {name: dataset.to_table().to_pylist() for name, dataset in tables(tmp_path / "local").items()}
    place = local["documents"][0]["uri"].rpartition("#")[0]
    uris = pa.array([f"{place}#L{n + 1}" for n in range(given.num_rows)])
    with_uris = given.append_column("uri", uris)
    pq.write_table(pa.concat_tables([with_uris, with_uris.slice(0, 20)]), tmp_path / "with_uris.parquet")  # twenty of them twice

    log = tmp_path / "driver.log"
    with s3_server(tmp_path) as s3:
        upload(s3, "news.parquet", tmp_path / "with_uris.parquet")
        source, out = f"s3a://{s3.bucket}/news.parquet", f"s3a://{s3.bucket}/tables"
        job = cluster.start([DRIVER, "batch", source, out, str(PARTITIONS)], log, s3a(s3))
        try:
            wait(lambda: read(log) >= 3, job, log)
            os.kill(cluster.executors()[0], signal.SIGKILL)
            wait(lambda: read(log) >= 8, job, log)
            os.kill(cluster.workers[1].pid, signal.SIGKILL)
            assert read(log) < PARTITIONS
        finally:
            finish(job, log)
        published = {name: delta_rows(s3.folder / "tables", name) for name in NAMES}
    said = log.read_text()
    assert len(re.findall("ERROR TaskSchedulerImpl: Lost executor", said)) >= 2
    assert "refused: fields: body is not read; what is read is text, id, url, " in said
    assert "refused: keep: the result has a column url of its own; rename yours" in said
    assert len(published["documents"]) == ARTICLES
    for name in NAMES:
        if name != "rejects":
            assert published[name] == plain(local[name]), name
    told = [sorted((r["reason"], r["detail"]) for r in rows["rejects"]) for rows in (published, local)]
    assert told[0] == told[1] and {reason for reason, _ in told[0]} == {reason for _, reason in BAD}


def read(log: Path) -> int:
    """How many of the partitions are read."""
    return max((int(n) for n in re.findall(rf"\((\d+)/{PARTITIONS}\)", log.read_text(errors="replace"))), default=0)


def test_a_stream_writes_each_article_once(cluster: Spark, tmp_path: Path) -> None:
    """From a broker to Delta, the driver killed three times in the midst of a batch, and restarted from its checkpoint."""
    fill_up(cluster)
    rows = [article(n) for n in range(ARTICLES)] + [{"text": text, "id": reason} for text, reason in BAD if reason != "too_long"]
    twice = rows[::20]
    out, log = tmp_path / "tables", tmp_path / "driver.log"
    program = [DRIVER, "stream"]
    with kafka_broker(tmp_path) as kafka:
        kafka.produce("articles", ((None, json.dumps(row, default=str).encode()) for row in (*rows, *twice)))
        places = [kafka.brokers, "articles", str(out), str(tmp_path / "checkpoint"), str(len(rows) // 4)]
        for kill in range(3):
            before = commits(out, "documents")
            job = cluster.start([*program, *places, "0"], log)
            try:
                # where a batch is written in part, or, so that not all are alike, just read
                wait(
                    lambda n=before, t="documents" if kill else "rejects": commits(out, t) > (n if t == "documents" else 0),
                    job,
                    log,
                )
            finally:
                end(job)
        finish(cluster.start([*program, *places, "now"], log), log)
    documents = delta_rows(out, "documents")
    assert max(Counter(d["article_id"] for d in documents).values()) == 1
    expected = read_batch(table(rows)).to_pylist()
    good = [r for r in expected if r["reason"] is None]
    assert plain([{name: r[name] for name in TABLES["documents"].arrow.names} for r in good]) == documents
    for name in NAMES[1:]:
        assert delta_rows(out, name) == plain([row for r in expected for row in r[name]]), name
    assert commits(out, "documents") == len(list((tmp_path / "checkpoint/commits").glob("[0-9]*"))) >= 4


def commits(out: Path, name: str) -> int:
    """How often a Delta table was written to."""
    return len(list((out / name / "_delta_log").glob("*.json")))
