"""Manifests for Kubernetes: commands that exist, keys and values that it takes, and a program for Spark that runs."""

from __future__ import annotations

import copy
import os
import subprocess
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
import yaml

from onrecord.cli.app import make_parser
from onrecord.schemas import TABLES

from .articles import article, table
from .servers.spark import environment

FOLDER = Path(__file__).parent.parent / "configs" / "kubernetes"
MANIFESTS = sorted(FOLDER.glob("*.yaml"))


def documents(path: Path) -> list[dict[str, Any]]:
    return list(yaml.safe_load_all(path.read_text(encoding="utf-8")))


def commands(part: Any) -> list[list[str]]:
    """Every command of a container, wherever it stands."""
    if isinstance(part, list):
        return [c for item in part for c in commands(item)]
    if not isinstance(part, dict):
        return []
    own = [part["command"]] if "command" in part else []
    return own + [c for item in part.values() for c in commands(item)]


@pytest.mark.parametrize("path", [p for p in MANIFESTS if p.name != "spark.yaml"], ids=lambda p: p.name)
def test_the_commands_of_manifests_exist(path: Path) -> None:
    own = [c[1:] for c in commands(documents(path)) if c[0] == "onrecord"]
    assert own
    for words in own:
        assert make_parser().parse_args(words).handler


@pytest.mark.engine
@pytest.mark.timeout(900)
def test_kubernetes_takes_the_manifests(tmp_path: Path) -> None:
    from .servers.kubernetes import conforms

    assert conforms(*MANIFESTS) == ""
    wrong = MANIFESTS[0].read_text().replace("backoffLimit: 2", "backoffLimits: 2")
    (tmp_path / "wrong.yaml").write_text(wrong)
    assert "backoffLimits" in conforms(tmp_path / "wrong.yaml")


@pytest.mark.engine
@pytest.mark.timeout(900)
def test_the_operator_for_spark_takes_its_manifest() -> None:
    from .servers.kubernetes import spark_application

    _, application = documents(FOLDER / "spark.yaml")
    assert spark_application(copy.deepcopy(application)) == application  # nothing is unknown to it
    application["spec"]["executor"]["instances"] = "four"
    with pytest.raises(ValueError, match="instances"):
        spark_application(application)


@pytest.mark.engine
@pytest.mark.timeout(900)
def test_the_program_for_spark_runs(tmp_path: Path) -> None:
    """With Spark in one process, as ``spark-submit`` starts it in the driver's pod."""
    pyspark = pytest.importorskip("pyspark")
    program, application = documents(FOLDER / "spark.yaml")
    (name, text), *more = program["data"].items()
    assert not more and application["spec"]["mainApplicationFile"].endswith(f"/{name}")
    (tmp_path / name).write_text(text)
    pq.write_table(table([article(n) for n in range(6)]), tmp_path / "in.parquet")
    submit = [Path(pyspark.__file__).parent / "bin" / "spark-submit", "--master", "local[1]"]
    words = [tmp_path / name, tmp_path / "in.parquet", tmp_path / "out", "2"]
    done = subprocess.run([*map(str, [*submit, *words])], capture_output=True, text=True, env=os.environ | environment())
    assert done.returncode == 0, done.stderr[-2000:]
    assert {p.name for p in (tmp_path / "out").iterdir()} <= TABLES.keys()
    assert ds.dataset(tmp_path / "out" / "documents").count_rows() == 6
