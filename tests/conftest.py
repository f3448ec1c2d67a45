"""Fixtures: the language pipeline, the command, and published tables as plain rows."""

from __future__ import annotations

import gc
import importlib
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from onrecord import load
from onrecord import tables as open_tables

from . import in_process

settings.register_profile("onrecord", deadline=None)  # a machine at work may take its time
settings.load_profile("onrecord")
SIGNALS = {signal.SIGINT: signal.default_int_handler, signal.SIGTERM: signal.SIG_DFL}  # whoever started the tests
SAMPLES = Path(__file__).parent / "samples"
# what differs between two runs over the same input
RUN_COLUMNS = frozenset(
    {"run_id", "ingested_at", "rejected_at", "seen_at", "ingest_date", "correction_id", "corrected_at", "undone_at"}
)


@pytest.fixture(scope="session", autouse=True)
def _frozen() -> None:
    """What is loaded by now stays: whoever collects garbage, or measures time, need not look through it."""
    importlib.import_module("onrecord.jobs.graph")
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _signals_as_they_were() -> None:
    """A command that a test or a fixture ran in this process has left its handlers; a shell ignores SIGINT in its background."""
    for number, handler in SIGNALS.items():
        signal.signal(number, handler)


@pytest.fixture(scope="session", autouse=True)
def _signatures_read_once() -> None:
    """Beam reads the signature of every method of every step again in each graph, which takes a tenth of a small run."""
    importlib.import_module("onrecord.jobs.graph")
    core = importlib.import_module("apache_beam.transforms.core")
    real, known = core.get_function_args_defaults, {}

    def once(f: Any) -> Any:
        key = getattr(f, "__func__", f), hasattr(f, "__self__")
        if key not in known:
            known[key] = real(f)
        return tuple(map(list, known[key]))

    core.get_function_args_defaults = once


@pytest.fixture(scope="session")
def nlp() -> Any:
    return load()


Completed = subprocess.CompletedProcess[str]


@pytest.fixture(scope="session")
def onrecord() -> Callable[..., Completed]:
    """Run the command as a process would, in this one: starting one costs as much as a small run.

    ``watch``, which keeps signals for itself, and what depends on how Python starts have a process of their own.
    """

    def run(*args: object, stdin: bytes | None = None, env: dict[str, str] | None = None) -> Completed:
        if args[:1] == ("watch",) or "ONRECORD_FAULT" in (env or {}):
            return _in_a_process(*args, stdin=stdin, env=env)
        return in_process.run([str(a) for a in args], stdin, env)

    return run


@pytest.fixture(scope="session")
def onrecord_process() -> Callable[..., Completed]:
    """Run the command in a process of its own."""
    return _in_a_process


def _in_a_process(*args: object, stdin: bytes | None = None, env: dict[str, str] | None = None) -> Completed:
    command = [sys.executable, "-m", "onrecord", *map(str, args)]
    done = subprocess.run(command, input=stdin or b"", capture_output=True, timeout=200, env=env)
    return subprocess.CompletedProcess(command, done.returncode, done.stdout.decode(), done.stderr.decode())


def complaints(stderr: str) -> list[str]:
    """What a command said on standard error but how far it has come, which it says every ten seconds."""
    return [line for line in stderr.splitlines() if not re.match(r"reading [\d,]+ files?$|[\d,]+ documents? \(", line)]


def rows(output: Path, table: str, columns: Sequence[str] | None = None) -> list[dict[str, Any]]:
    """The published rows of a table without what differs between runs, in an order of their own."""
    dataset = open_tables(output)[table]
    chosen = columns or [c for c in dataset.schema.names if c not in RUN_COLUMNS]
    return sorted(dataset.to_table(columns=list(chosen)).to_pylist(), key=repr)


def all_rows(output: Path) -> dict[str, list[dict[str, Any]]]:
    """``rows`` of every table."""
    return {name: rows(output, name) for name in open_tables(output)}


@pytest.fixture(scope="session")
def sample_output(tmp_path_factory: pytest.TempPathFactory, onrecord: Callable[..., Any]) -> Path:
    """The sample articles, published once by a real run."""
    output = tmp_path_factory.mktemp("samples") / "out"
    done = onrecord("run", SAMPLES, "--output", output, "--metadata", SAMPLES / "_metadata.csv")
    assert done.returncode == 0, done.stderr
    return output
