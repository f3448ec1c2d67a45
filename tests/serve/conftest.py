"""Fixtures: records that are served, in this process and with caches of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.invented import write_record
from onrecord.jobs.config import Config
from onrecord.jobs.run import run

from ..report.hostile import write_hostile

TOKEN = "a-token-of-these-tests"


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def opened() -> Callable[[Path], Any]:
    """A client of the pages over a record, with the token."""
    from fastapi.testclient import TestClient

    from onrecord.serve.app import make_app
    from onrecord.serve.site import Site

    def client(folder: Path) -> Any:
        app = make_app(Site(folder), TOKEN)
        headers = {"Authorization": f"Bearer {TOKEN}"}
        return TestClient(app, base_url="http://127.0.0.1:8400", headers=headers, follow_redirects=False)

    return client


@pytest.fixture(scope="session")
def samples(sample_output: Path, opened: Callable[[Path], Any]) -> Any:
    return opened(sample_output)


@pytest.fixture(scope="session")
def invented_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("invented") / "out"
    write_record(folder, 640, runs=4)
    return folder


@pytest.fixture(scope="session")
def invented(invented_output: Path, opened: Callable[[Path], Any]) -> Any:
    return opened(invented_output)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory, opened: Callable[[Path], Any]) -> Any:
    folder = tmp_path_factory.mktemp("hostile")
    run([str(write_hostile(folder))], folder / "out", Config())
    return opened(folder / "out")
