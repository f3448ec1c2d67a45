"""Prism, the portable runner that the Beam project itself makes, and a pool that starts workers for it."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .cache import go_program
from .network import in_own_network
from .processes import free_port, server

VERSION = "v2.77.0"  # Beam's own, the one that the package is pinned to
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Prism:
    """The address of the job service, and its process."""

    endpoint: str
    process: subprocess.Popen[bytes]

    @property
    def pid(self) -> int:
        return self.process.pid


@dataclass(frozen=True)
class Pool:
    """The address of a worker pool, and its process, at the head of the group of its workers."""

    endpoint: str
    process: subprocess.Popen[bytes]

    @property
    def pid(self) -> int:
        return self.process.pid


@contextmanager
def prism_server(folder: Path, port: int | None = None) -> Iterator[Prism]:
    """Prism while the context lasts. It listens on every address, so this is within ``own_network()`` only.

    The first time it is built, which takes some two minutes of processor time: tests say ``@pytest.mark.timeout(900)``.
    """
    program = go_program("github.com/apache/beam/sdks/v2/go/cmd/prism", VERSION)
    assert in_own_network(), "Prism would listen on every address of this machine"
    port = port or free_port()
    folder.mkdir(parents=True, exist_ok=True)
    command = [program, f"--job_port={port}", "--serve_http=false", "--log_kind=text"]
    with server(command, port, folder / "prism.log") as process:
        yield Prism(f"localhost:{port}", process)


@contextmanager
def worker_pool(
    folder: Path, port: int | None = None, env: dict[str, str] | None = None, hidden: Path | None = None
) -> Iterator[Pool]:
    """A pool that starts workers when a runner asks for them (``--environment_type=EXTERNAL``), while the context lasts.

    They read with the code under test. It listens on every address, so this is within ``own_network()`` only.

    Args:
        folder: where its log lies.
        port: that it listens on; a free one if none is given.
        env: variables of the workers beside those of this process.
        hidden: a folder that the workers do not see: they are in a mount namespace in which it is empty.
    """
    assert in_own_network(), "the pool would listen on every address of this machine"
    port = port or free_port()
    folder.mkdir(parents=True, exist_ok=True)
    variables = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",  # it starts what is called python
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    command = [sys.executable, "-m", "apache_beam.runners.worker.worker_pool_main", f"--service_port={port}"]
    if hidden is not None:
        covered = f"mount -t tmpfs none {shlex.quote(str(hidden))} && exec {shlex.join(command)}"
        command = ["unshare", "-m", "sh", "-c", covered]
    with server(command, port, folder / "pool.log", variables | (env or {})) as process:
        yield Pool(f"localhost:{port}", process)


def prism_options(prism: Prism, pool: Pool) -> list[str]:
    """The options of a job (``runner_options``) with ``runner: PortableRunner``."""
    return [f"--job_endpoint={prism.endpoint}", "--environment_type=EXTERNAL", f"--environment_config={pool.endpoint}"]
