"""Compaction: small files of a table and day become few large ones under a new manifest; rows stay as they are."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from ...schemas import DOCUMENT_SPEAKERS, PEOPLE
from ..manifest import Manifest, PublishedFile
from ..merge import AMPLE, merge_parts
from ..names import rename_covered
from ..parts import Part, in_groups
from ..publish import GRACE, publish, sweep
from ..staging import Staging
from ..state import State, read_state, write_checkpoint


def plan_compaction(state: State, file_bytes: int) -> dict[tuple[str, str], list[list[PublishedFile]]]:
    """Which files to merge, by table and day: groups of at least two that together stay below ``file_bytes``.

    Files of half that size or more are left alone. ``people`` is always one file.
    """
    groups: dict[tuple[str, str], list[list[PublishedFile]]] = {}
    for table, files in state.files.items():
        by_day: dict[str, list[PublishedFile]] = {}
        for file in files:
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
        output: an output folder whose lock is held.
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
    staging = Staging(output, manifest.run_id)
    folder = staging.fresh("compacted")
    staged: dict[tuple[str, str], list[Part]] = {}
    with staging.dropped_on_failure():
        for (table, day), found in groups.items():
            for group in found:
                part = merge_parts([output / f.path for f in group], table, folder, room=AMPLE)
                staged.setdefault((table, day), []).append(Part(table, f"{folder.name}/{part.name}", part.rows, part.bytes))
        replaced = [f for found in groups.values() for group in found for f in group]
        merged = manifest.model_copy(
            update={
                "replaces": [f.path for f in replaced],
                "counts": {"files_before": len(replaced), "files_after": sum(len(p) for p in staged.values())},
            }
        )
        done = publish(staging, staged, merged, file_bytes=0, grace=grace, people=None)
    speakers = [f.path for f in replaced if f.table == DOCUMENT_SPEAKERS.name]
    rename_covered(output, speakers, [f.path for f in done.files if f.table == DOCUMENT_SPEAKERS.name])
    write_checkpoint(output, every=1)
    return done
