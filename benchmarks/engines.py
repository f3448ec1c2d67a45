"""Engines side by side: articles a second and processor time of the same articles, in one table.

    python -m benchmarks.engines                                    600 articles; local, Prism and Spark, of one and two cores
    python -m benchmarks.engines --articles 100 --engines local prism --parallel 1

Real processes, started for each row and measured from the command to its end: ``onrecord run`` with so many workers; the same
command with ``configs/prism.yaml``, Prism and a pool whose workers may use so many cores; a Spark master with so many workers of
a core each, to which a program like that of the documentation is submitted. Processor time is that of the whole engine
meanwhile: drivers, services, workers and what they start. What an engine costs beside the work itself (its start, the model in
each of its workers) counts, too, and weighs less the more there is to read. The same rows come out; their number is compared.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pyarrow.dataset as ds
import pytest

import onrecord
from benchmarks.articles import write_articles
from tests.processes import family
from tests.servers.network import own_network
from tests.servers.prism import ROOT, prism_server, worker_pool
from tests.servers.spark import environment, spark_cluster

_TICKS = os.sysconf("SC_CLK_TCK")
_FIELDS = "id STRING, title STRING, text STRING, published_at STRING, publisher STRING"


@dataclass(frozen=True)
class Measured:
    """Seconds by the clock, seconds of processors, and how many quotes came out."""

    wall: float
    processors: float
    quotes: int


def used(roots: Sequence[int]) -> float:
    """Seconds of processors that processes have used, and those that they started and that are under way, or were waited for."""
    total = 0
    for pid in {pid for root in roots for pid in family(root)}:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        total += sum(map(int, fields[11:15]))  # its own, and its children's that have ended
    return total / _TICKS


def timed(
    command: Sequence[str | Path], log: Path, engine: Sequence[int] = (), env: Mapping[str, str] | None = None
) -> tuple[float, float]:
    """Run a command to its end; returns seconds by the clock, and of processors with those of an engine's processes.

    Raises:
        SystemExit: it failed.
    """
    before, begun = used(engine), time.monotonic()
    variables = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])} | dict(env or {})
    with open(log, "w") as out:
        process = subprocess.Popen([*map(str, command)], stdout=out, stderr=subprocess.STDOUT, env=variables)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.monotonic() - begun
    if process.returncode:
        raise SystemExit(f"{command[0]} ended with status {process.returncode}: {log.read_text(errors='replace')[-2000:]}")
    time.sleep(1)  # until those who started workers have waited for them
    return wall, usage.ru_utime + usage.ru_stime + used(engine) - before


def local(source: Path, folder: Path, parallel: int) -> Measured:
    """The command by itself."""
    flags = ["--output", folder / "out", "--workers", str(parallel)]
    wall, processors = timed([sys.executable, "-m", "onrecord", "run", source, *flags], folder / "log")
    return Measured(wall, processors, onrecord.tables(folder / "out")["quotes"].count_rows())


def prism(source: Path, folder: Path, parallel: int) -> Measured:
    """The command on Prism; one process of Python works for a job, on so many cores."""
    flags = ["--output", folder / "out", "--config", ROOT / "configs" / "prism.yaml"]
    every = os.sched_getaffinity(0)
    with ExitStack() as stack:
        stack.enter_context(own_network())
        service = stack.enter_context(prism_server(folder, 8073))
        os.sched_setaffinity(0, sorted(every)[:parallel])
        try:
            pool = stack.enter_context(worker_pool(folder, 50000))
        finally:
            os.sched_setaffinity(0, every)
        command = [sys.executable, "-m", "onrecord", "run", source, *flags]
        wall, processors = timed(command, folder / "log", [service.pid, pool.pid])
    return Measured(wall, processors, onrecord.tables(folder / "out")["quotes"].count_rows())


def spark(source: Path, folder: Path, parallel: int) -> Measured:
    """A program on Spark, as the documentation has it; nothing is compared with other articles, and there are no ``people``."""
    with spark_cluster(folder, parallel) as cluster:
        flags = [word for name, value in cluster.settings.items() for word in ("--conf", f"{name}={value}")]
        program = [Path(__file__), "--submitted", source, folder / "out", str(4 * parallel)]
        command = [cluster.home / "bin" / "spark-submit", "--master", cluster.master, *flags, *program]
        wall, processors = timed(command, folder / "log", [worker.pid for worker in cluster.workers], environment())
    return Measured(wall, processors, ds.dataset(folder / "out" / "quotes").count_rows())


def submitted(source: str, out: str, partitions: str) -> None:
    """What is submitted to Spark."""
    from pyspark.sql import SparkSession

    import onrecord.spark

    articles = SparkSession.builder.getOrCreate().read.schema(_FIELDS).json(source).repartition(int(partitions))
    nested = onrecord.spark.read(articles).persist()
    for name, rows in onrecord.spark.tables(nested).items():
        rows.write.parquet(f"{out}/{name}")


ENGINES: dict[str, Callable[[Path, Path, int], Measured]] = {"local": local, "prism": prism, "spark": spark}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=600)
    parser.add_argument("--engines", nargs="*", default=list(ENGINES), choices=list(ENGINES))
    parser.add_argument("--parallel", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--price", type=float, default=0.04, help="of an hour of a core, for the cost of a million articles")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="onrecord-") as name:
        root = Path(name)
        words = write_articles(root / "articles", args.articles, per_file=50)
        print(f"{args.articles:,} articles, {words:,} words, {len(os.sched_getaffinity(0))} cores\n")
        heads = (
            "engine",
            "parallel",
            "wall, s",
            "articles/s",
            "CPU, s",
            "CPU over local",
            "articles/day/core",
            "a million",
            "quotes",
        )
        print(f"| {' | '.join(heads)} |\n{'|---' * len(heads)}|", flush=True)
        base: dict[int, float] = {}
        for parallel in args.parallel:
            for engine in args.engines:
                folder = root / f"{engine}-{parallel}"
                folder.mkdir()
                try:
                    found = ENGINES[engine](root / "articles", folder, parallel)
                except pytest.skip.Exception as reason:
                    print(f"| {engine} | {parallel} | left out: {reason} |", flush=True)
                    continue
                if engine == "local":
                    base[parallel] = found.processors
                over = f"{found.processors / base[parallel] - 1:+.0%}" if parallel in base else ""
                each = found.processors / args.articles
                cells = (
                    engine, parallel, f"{found.wall:.1f}", f"{args.articles / found.wall:.1f}", f"{found.processors:.1f}", over,
                    f"{86_400 / each:,.0f}", f"{each * 1e6 / 3600 * args.price:,.2f}", f"{found.quotes:,}",
                )  # fmt: skip
                print(f"| {' | '.join(map(str, cells))} |", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--submitted"]:
        submitted(*sys.argv[2:])
    else:
        main()
