"""A Flink cluster: a job manager and a task manager, processes of their own on loopback."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .packages import unpacked
from .processes import end, free_port, needed, server, started

VERSION, _DIGEST = "2.2.1", "74dc5546fbd9add8fbcdf1222a237e09491f9b80296241aef8676ec56f8e686e"  # of apache-flink-libraries
_MAIN = "org.apache.flink.runtime"
_SETTINGS = """\
jobmanager.rpc.address: 127.0.0.1
jobmanager.rpc.port: {rpc}
jobmanager.bind-host: 127.0.0.1
jobmanager.memory.process.size: 1g
rest.address: 127.0.0.1
rest.bind-address: 127.0.0.1
rest.port: {rest}
taskmanager.host: 127.0.0.1
taskmanager.bind-host: 127.0.0.1
taskmanager.numberOfTaskSlots: {slots}
taskmanager.cpu.cores: {slots}.0
taskmanager.memory.framework.heap.size: 128m
taskmanager.memory.framework.off-heap.size: 128m
taskmanager.memory.jvm-metaspace.size: 256m
taskmanager.memory.jvm-overhead.min: 192m
taskmanager.memory.jvm-overhead.max: 192m
taskmanager.memory.task.heap.size: 256m
taskmanager.memory.task.off-heap.size: 64m
taskmanager.memory.network.min: 64m
taskmanager.memory.network.max: 64m
taskmanager.memory.managed.size: 128m
io.tmp.dirs: {folder}
"""
# what bin/flink-daemon.sh gives to Java 17
_OPEN = [
    f"--add-opens=java.base/{package}=ALL-UNNAMED"
    for package in (
        "java.lang", "java.net", "java.io", "java.nio", "sun.nio.ch", "java.lang.reflect", "java.text", "java.time", "java.util",
        "java.util.concurrent", "java.util.concurrent.atomic", "java.util.concurrent.locks",
    )
]  # fmt: skip


@contextmanager
def flink_cluster(folder: Path, slots: int = 2) -> Iterator[str]:
    """The address (``http://host:port``) of a cluster while the context lasts.

    The first time 300 MB are fetched: tests say ``@pytest.mark.timeout(900)``.

    Raises:
        RuntimeError: it does not start; the message holds the end of its log.
    """
    needed("java")
    home = unpacked("apache-flink-libraries", VERSION, _DIGEST) / "pyflink"
    folder.mkdir(parents=True, exist_ok=True)
    rest = free_port()
    (folder / "config.yaml").write_text(_SETTINGS.format(rpc=free_port(), rest=rest, slots=slots, folder=folder))
    java = ["java", "-Xmx512m", "-XX:TieredStopAtLevel=1", *_OPEN, "-cp", f"{home}/lib/*"]
    manager = [*java, f"{_MAIN}.entrypoint.StandaloneSessionClusterEntrypoint", "--configDir", folder]
    worker = [*java, f"{_MAIN}.taskexecutor.TaskManagerRunner", "--configDir", folder]
    with server(manager, rest, folder / "job-manager.log", seconds=120):
        process = started(worker, folder / "task-manager.log")
        try:
            deadline = time.monotonic() + 120
            while _slots(rest) < slots:
                if process.poll() is not None or time.monotonic() > deadline:
                    told = (folder / "task-manager.log").read_text(errors="replace")[-2000:]
                    raise RuntimeError(f"the task manager of Flink does not start: {told}")
                time.sleep(0.2)
            yield f"http://127.0.0.1:{rest}"
        finally:
            end(process)


def _slots(rest: int) -> int:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{rest}/overview", timeout=10) as answer:
            return int(json.load(answer)["slots-available"])
    except urllib.error.HTTPError:
        return 0  # it listens before it knows that it leads
