"""Publishing: staged parts become the run's files, one rename each, in the order of the tables; the manifest is last."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from schemas import TABLES

from .manifest import RUNS, STAGING, Manifest, PublishedFile, current_files, write_manifest
from .parts import Part, write_part
from .people import people_table
from .tables import write_views


class StoreError(OSError):
    """The output folder cannot be used; the message says what to change."""


def open_store(output: Path) -> None:
    """Make the output folder, or find that it cannot be written.

    Raises:
        StoreError: it is a file, or may not be written.
    """
    try:
        output.mkdir(parents=True, exist_ok=True)
        probe = output / STAGING
        probe.mkdir(exist_ok=True)
        (probe / ".writable").touch()
        (probe / ".writable").unlink()
    except OSError as error:
        raise StoreError(f"cannot write to {output}: {error.strerror}; choose another --output") from None


def make_staging(output: Path, run_id: str) -> Path:
    """An empty staging folder for a run, whatever an earlier attempt left there."""
    staging = output / STAGING / run_id
    shutil.rmtree(staging, ignore_errors=True)
    (staging / "spool").mkdir(parents=True)
    (staging / "progress").mkdir()
    return staging


def drop_staging(output: Path, run_id: str) -> None:
    """Remove a run's staging folder."""
    shutil.rmtree(output / STAGING / run_id, ignore_errors=True)


def plan_files(
    output: Path, staging: Path, parts: Sequence[Part], run_id: str, at: datetime
) -> tuple[list[tuple[Part, PublishedFile]], list[str]]:
    """Name the run's files, with a new generation of ``people`` and empty files for tables that have none.

    Returns pairs of staged part and file to be, in the order of publication, and the paths that they replace.
    """
    current = current_files(output)
    speakers = [output / f.path for f in current.get("document_speakers", [])]
    speakers += [staging / p.name for p in parts if p.table == "document_speakers"]
    every = [p for p in parts if p.table != "people"]
    every.append(write_part(staging, "people", people_table(speakers, run_id)))
    for name, table in TABLES.items():
        if name not in current and not any(p.table == name for p in every):
            every.append(write_part(staging, name, table.arrow.empty_table()))
    pairs = []
    for name in TABLES:
        for n, part in enumerate(sorted((p for p in every if p.table == name), key=lambda p: p.name)):
            path = f"{name}/ingest_date={at:%Y-%m-%d}/part-{run_id}-{n:05d}.parquet"
            pairs.append((part, PublishedFile(table=name, path=path, rows=part.rows, bytes=part.bytes)))
    return pairs, [f.path for f in current.get("people", [])]


def publish(output: Path, staging: Path, pairs: Sequence[tuple[Part, PublishedFile]], manifest: Manifest) -> None:
    """Move the parts into place, write the manifest, then remove what the run replaced and write ``views.sql``."""
    for part, file in pairs:
        target = output / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(staging / part.name, target)
    (output / RUNS).mkdir(exist_ok=True)
    write_manifest(output, manifest)
    write_views(output)
    for path in manifest.replaces:
        (output / path).unlink(missing_ok=True)
