"""A job on Flink, where its job server is at hand: Beam's for Flink comes from Maven's repository only."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import SAMPLES, all_rows, complaints
from .servers.flink import flink_cluster
from .servers.network import own_network
from .servers.prism import ROOT, worker_pool
from .servers.s3 import s3_server

JAR = os.environ.get("ONRECORD_FLINK_JOB_SERVER", "")
SETTINGS = ROOT / "configs" / "flink.yaml"
pytestmark = [pytest.mark.engine, pytest.mark.timeout(1800)]


def test_a_cluster_starts(tmp_path: Path) -> None:
    """Without the job server nothing can be handed to it; this is as far as it goes everywhere."""
    with own_network(), flink_cluster(tmp_path / "flink") as address:
        assert address.startswith("http://127.0.0.1:")


@pytest.mark.skipif(not JAR, reason="ONRECORD_FLINK_JOB_SERVER names no jar of Beam's job server for Flink")
def test_workers_that_share_no_folder_with_anybody(tmp_path: Path) -> None:
    """The workers are in a mount namespace where neither inputs nor record are: all goes through the store."""
    logs, settings = tmp_path.parent / f"{tmp_path.name}-logs", tmp_path / "flink.yaml"
    with own_network(), s3_server(tmp_path) as s3, flink_cluster(logs / "flink") as address:
        shutil.copytree(SAMPLES, s3.folder / "in")
        inputs, record = f"s3://{s3.bucket}/in", f"s3://{s3.bucket}/record"
        known = SETTINGS.read_text().replace("http://localhost:8081", address)
        settings.write_text(f"{known}  - --flink_job_server_jar={Path(JAR).resolve()}\n")

        def done(*args: str | Path) -> str:
            variables = os.environ | s3.environment | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
            command = [sys.executable, "-m", "onrecord", *map(str, args)]
            ended = subprocess.run(command, capture_output=True, text=True, env=variables, timeout=600)
            assert ended.returncode == 0 and complaints(ended.stderr) == [], ended.stderr
            return ended.stdout

        with worker_pool(logs, 50000, s3.environment, hidden=tmp_path) as pool:
            assert list(Path(f"/proc/{pool.pid}/root/{tmp_path}").iterdir()) == []
            assert done("run", inputs, "--output", record, "--config", settings).startswith("documents    16 new")
            assert done("run", inputs, "--output", record, "--config", settings).startswith("Nothing new")
        done("run", inputs, "--output", tmp_path / "local")
        assert "as their manifests say" in done("verify", record, "--deep")
        published = s3.folder / "record"
    assert all_rows(published) == all_rows(tmp_path / "local")
