"""What Kubernetes takes for valid: kubeconform with the schemas of its own API, and models of the operator for Spark."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import Any

from .cache import fetch, go_program
from .packages import unpacked

VERSION = "1.37.0"  # of Kubernetes, whose schemas a package of the same version holds
_SCHEMAS = "85136d018a27b50ec7fc049d902bfa5193f5976807e6c0f408e3ab6fe078cad9"
_MODELS = "c86989b74395afaf20f011d13bcb665584f2b2f1fc3289fdfa988092acab7f7c"


def conforms(*manifests: Path) -> str:
    """What kubeconform finds wrong with manifests, unknown keys included; nothing if all is well."""
    program = go_program("github.com/yannh/kubeconform/cmd/kubeconform", "v0.8.0")
    schemas = unpacked("kubernetes-validate", VERSION, _SCHEMAS, _local) / "kubernetes_validate" / "kubernetes-json-schema"
    place = f"{schemas}/v{VERSION}-local-strict/{{{{.ResourceKind}}}}{{{{.KindSuffix}}}}.json"
    flags = ["-strict", "-kubernetes-version", VERSION, "-schema-location", place, "-skip", "SparkApplication"]
    try:
        fetch(program, *flags, *manifests)
    except RuntimeError as error:
        return str(error)
    return ""


def spark_application(manifest: dict[str, Any]) -> dict[str, Any]:
    """A SparkApplication as the operator's models have it: what they do not know is left out.

    Raises:
        ValueError: it has values that the operator does not take.
    """
    folder = str(unpacked("kubeflow-spark-api", "2.4.0", _MODELS))
    sys.path.insert(0, folder)
    try:
        models = importlib.import_module("kubeflow_spark_api.models")
    finally:
        sys.path.remove(folder)
    known: dict[str, Any] = models.SparkV1beta2SparkApplication.from_dict(manifest).to_dict()
    return known


def _local(folder: Path) -> None:
    """Let schemas name each other by their files, and not by addresses of the web."""
    for path in folder.rglob(f"v{VERSION}-local-strict/*.json"):
        schema = json.loads(path.read_text().replace('"/api/_definitions.json#', '"_definitions.json#'))
        schema.pop("$id", None)
        path.write_text(json.dumps(schema))
