"""A Spark cluster: a master, workers and their executors, processes of their own on loopback."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import pytest

from ..processes import family
from .cache import jars
from .processes import end, free_port, needed, server, started

ROOT = Path(__file__).parents[2]
_SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"  # compiling code well does not pay within a minute
_DAEMON = {"SPARK_DAEMON_MEMORY": "256m", "SPARK_DAEMON_JAVA_OPTS": _SHORT_LIVED}


@dataclass
class Spark:
    """How a cluster is reached, its folder, and the processes of its workers."""

    master: str
    folder: Path
    home: Path
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    settings: dict[str, str] = field(default_factory=dict)

    def start(
        self, program: Sequence[str | Path], log: Path, settings: Mapping[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        """Start a driver: a Python program with its arguments. What it says goes to ``log``."""
        every = self.settings | dict(settings or {})
        flags = [word for name, value in every.items() for word in ("--conf", f"{name}={value}")]
        command = [self.home / "bin/spark-submit", "--master", self.master, *flags, *program]
        return started(command, log, environment())

    def executors(self) -> list[int]:
        """The processes of the executors there are."""
        return [pid for worker in self.workers for pid in family(worker.pid)[1:] if _runs(pid, b"CoarseGrainedExecutorBackend")]


def _runs(pid: int, what: bytes) -> bool:
    try:
        return what in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def environment() -> dict[str, str]:
    """The variables of every process of a cluster: it stays on loopback, and reads with the code under test."""
    return {
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOCAL_HOSTNAME": "127.0.0.1",
        "SPARK_NO_DAEMONIZE": "1",
        "PYSPARK_PYTHON": sys.executable,
        "PYSPARK_DRIVER_PYTHON": sys.executable,
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        "OMP_NUM_THREADS": "1",
    }


@contextmanager
def spark_cluster(folder: Path, workers: int = 2) -> Iterator[Spark]:
    """A master and workers of a core each while the context lasts."""
    needed("java")
    found = find_spec("pyspark")
    if found is None or found.origin is None:
        pytest.skip("pyspark is not installed (the extra 'spark'), which this test needs")
    home = Path(found.origin).parent
    folder.mkdir(parents=True, exist_ok=True)
    extra = folder / "jars"
    extra.mkdir()
    for jar in jars("spark").glob("*.jar"):
        (extra / jar.name).symlink_to(jar)
    port, run = free_port(), home / "bin/spark-class"
    launch, env = (
        "org.apache.spark.deploy",
        environment() | {"SPARK_HOME": str(home), "SPARK_DAEMON_MEMORY": "256m", "SPARK_DAEMON_JAVA_OPTS": _SHORT_LIVED},
    )
    settings = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": "700m",
        "spark.executor.memory": "700m",
        "spark.executor.cores": "1",
        "spark.executorEnv.PYTHONPATH": env["PYTHONPATH"],
        "spark.executorEnv.OMP_NUM_THREADS": "1",
        "spark.driver.extraJavaOptions": _SHORT_LIVED,
        "spark.executor.extraJavaOptions": _SHORT_LIVED,
        "spark.driver.extraClassPath": f"{extra}/*",
        "spark.executor.extraClassPath": f"{extra}/*",
        "spark.sql.extensions": "io.delta.sql.DeltaSparkSessionExtension",
        "spark.sql.catalog.spark_catalog": "org.apache.spark.sql.delta.catalog.DeltaCatalog",
        "spark.sql.shuffle.partitions": "2",
        "spark.databricks.delta.snapshotPartitions": "1",
        "spark.ui.enabled": "false",
        "spark.local.dir": str(folder / "scratch"),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
    }
    master = [run, f"{launch}.master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", "0"]
    with server(master, port, folder / "master.log", env) as process:
        del process
        cluster = Spark(f"spark://127.0.0.1:{port}", folder, home, settings=settings)
        try:
            fill_up(cluster, workers)
            yield cluster
        finally:
            for worker in cluster.workers:
                end(worker)
            shutil.rmtree(folder / "scratch", ignore_errors=True)


def fill_up(cluster: Spark, most: int = 2) -> None:
    """Start workers until there are so many, and wait until the master knows them."""
    cluster.workers = [worker for worker in cluster.workers if worker.poll() is None]
    logs = []
    while len(cluster.workers) < most:
        log = cluster.folder / f"worker-{uuid.uuid4().hex}.log"
        env = environment() | {"SPARK_HOME": str(cluster.home), **_DAEMON}
        limits = ["--cores", "1", "--memory", "1g", "--webui-port", "0", "--work-dir", str(log.with_suffix(""))]
        command = [cluster.home / "bin/spark-class", "org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1", *limits]
        cluster.workers.append(started([*command, cluster.master], log, env))
        logs.append(log)
    deadline = time.monotonic() + 120
    while not all("Successfully registered with master" in log.read_text(errors="replace") for log in logs):
        assert time.monotonic() < deadline, [log.read_text(errors="replace")[-1000:] for log in logs]
        time.sleep(0.05)
