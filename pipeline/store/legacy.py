"""Records of versions before 0.2: what they kept in other places is finished, and removed once it is not needed any more.

A run of theirs that was decided and not carried out had written down what was to be done in its staging folder.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from ..durable import make_folder, remove_for_good, sync_folder
from ..places import is_remote
from .manifest import RUNS, Manifest, StoreDamaged, check_writable, write_manifest
from .seal import unsealed

STAGING = "_staging"
OLD = (STAGING, "_signatures", "_names/covers.json")  # what nothing reads any more
ALIASES = "aliases.csv"  # now beside the names that were made with them


def finish_old_runs(output: Path) -> list[str]:
    """Carry out what runs of earlier versions had decided; returns their ids. What they had not decided is nothing.

    Raises:
        StoreDamaged: a file that should be published is missing.
        NewerRecord: a newer version decided it.
    """
    done = []
    for folder in sorted((output / STAGING).glob("*")) if not is_remote(output) else ():
        decision = _decision(folder)
        if decision is not None:
            check_writable(decision["manifest"].get("schema_version", "1.0"))
            manifest = Manifest.model_validate(decision["manifest"])
            for staged, path in decision["moves"]:
                source, target = folder / staged, output / path
                make_folder(target.parent)
                if source.exists():
                    os.replace(source, target)
                elif not target.exists():
                    raise StoreDamaged(f"{source} is missing, so run {manifest.run_id} cannot be published; remove {folder}")
                sync_folder(target.parent)
            write_manifest(output, manifest, output / RUNS / f"{manifest.run_id}.json")
            remove_for_good([output / path for path in decision.get("remove", [])])
            done.append(manifest.run_id)
        remove_for_good([folder])
    return done


def _decision(folder: Path) -> dict[str, Any] | None:
    try:
        record = unsealed((folder / "publish.json").read_bytes())
    except (OSError, ValueError):
        return None
    return record if {"moves", "manifest"} <= record.keys() else None


def remove_old(output: Path) -> None:
    """Remove what earlier versions kept beside the tables."""
    if not is_remote(output):
        remove_for_good(output / name for name in OLD)


def remove_old_aliases(output: Path) -> None:
    """Remove the aliases of earlier versions, once they are kept with the names that were made with them."""
    if not is_remote(output):
        remove_for_good([output / ALIASES])
