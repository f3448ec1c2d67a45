"""Compaction: small files of a table and day become few large ones under a new manifest; rows stay as they are."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from ...schemas import PEOPLE, TABLES
from ..manifest import Manifest, PublishedFile
from ..merge import merge_parts
from ..parts import in_groups, part_path
from ..publish import GRACE, publish, sweep
from ..state import State, read_state, write_checkpoint
from ..work import Work


def plan_compaction(state: State, file_bytes: int) -> dict[tuple[str, str], list[list[PublishedFile]]]:
    """Which files to merge, by table and day: groups of at least two that together stay below ``file_bytes``.

    Files of half that size or more are left alone. ``people`` is always one file.
    """
    groups: dict[tuple[str, str], list[list[PublishedFile]]] = {}
    for table in TABLES:
        by_day: dict[str, list[PublishedFile]] = {}
        for file in state.files.get(table, []):
            if table != PEOPLE.name and file.bytes < file_bytes / 2:
                by_day.setdefault(file.day, []).append(file)
        for day, small in by_day.items():
            found = [g for g in in_groups(small, file_bytes) if len(g) > 1]
            if found:
                groups[table, day] = found
    return groups


def compact(output: Path, manifest: Manifest, file_bytes: int, grace: timedelta = GRACE) -> Manifest | None:
    """Merge small files in one transaction, sum up the manifests, and return the manifest; None if nothing is small.

    Args:
        output: an output folder that is open.
        manifest: id, versions and times of the run.
        file_bytes: size up to which files are merged.
        grace: how long the merged ones stay for readers.
    """
    groups = plan_compaction(read_state(output), file_bytes)
    if not groups:
        if grace <= timedelta(0):
            sweep(output, at_once=True)
        write_checkpoint(output, every=1)
        return None
    files: list[PublishedFile] = []
    with Work(output, manifest.run_id).begun():
        for (table, day), found in groups.items():
            for group in found:
                path = part_path(table, day, manifest.run_id, len(files))
                files.append(merge_parts([output / f.path for f in group], table, output, path))
        replaced = [f.path for found in groups.values() for group in found for f in group]
        counts = {"files_before": len(replaced), "files_after": len(files)}
        done = publish(output, manifest.model_copy(update={"replaces": replaced, "counts": counts}), files, grace=grace)
    write_checkpoint(output, every=1)
    return done
