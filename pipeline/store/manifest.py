"""Manifests: one JSON file a run under ``_runs``, written last; a run counts once its manifest is there."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

RUNS = "_runs"
STAGING = "_staging"


class Input(BaseModel):
    """An input file as taken: what identifies it when it is met again."""

    model_config = ConfigDict(frozen=True)

    uri: str
    size: int
    digest: str


class PublishedFile(BaseModel):
    """A file that the run published, relative to the output folder."""

    table: str
    path: str
    rows: int
    bytes: int


class Manifest(BaseModel):
    """What one run read and published."""

    run_id: str
    sequence: int
    started_at: datetime
    finished_at: datetime
    pipeline_version: str
    model_version: str
    schema_version: str
    inputs: list[Input]
    files: list[PublishedFile]
    replaces: list[str]
    counts: dict[str, int]
    config: dict[str, Any]
    seconds: dict[str, float]


def read_manifests(output: Path) -> Iterator[Manifest]:
    """The manifests of an output folder in the order of their runs."""
    for path in sorted((output / RUNS).glob("*.json")):
        yield Manifest.model_validate_json(path.read_bytes())


def write_manifest(output: Path, manifest: Manifest) -> Path:
    """Write a manifest by one rename; from then on the run counts."""
    return write_whole(output / RUNS / f"{manifest.run_id}.json", json.dumps(manifest.model_dump(mode="json"), indent=1))


def write_whole(target: Path, text: str) -> Path:
    """Write a text file so that readers see the old one or the new, never a part."""
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.tmp")
    with open(temporary, "w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    os.replace(temporary, target)
    return target


def current_files(output: Path) -> dict[str, list[PublishedFile]]:
    """The files that finished runs published and none replaced, by table."""
    files: dict[str, list[PublishedFile]] = {}
    replaced: set[str] = set()
    for manifest in read_manifests(output):
        replaced.update(manifest.replaces)
        for file in manifest.files:
            files.setdefault(file.table, []).append(file)
    return {t: [f for f in fs if f.path not in replaced] for t, fs in files.items()}
