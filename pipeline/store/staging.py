"""The staging folder of a run: its plan, the batches that are done, and what it is about to publish.

A staging folder without ``publish.json`` is a run that has published nothing: it is gone on with, or dropped. With
``publish.json`` the run is decided and only has to be carried out, by whoever opens the output folder next.
"""

from __future__ import annotations

import json
import os
import shutil
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .lock import StoreDamaged
from .manifest import RUNS, STAGING, Manifest, sync_folder, write_manifest, write_whole
from .parts import Part
from .tables import write_views

PLAN, PUBLISH = "plan.json", "publish.json"


@dataclass(frozen=True)
class Done:
    """A finished batch: its parts (names within the staging folder) and what else its report holds."""

    parts: tuple[Part, ...]
    notes: dict[str, Any]


@dataclass(frozen=True)
class Staging:
    """The staging folder of one run."""

    output: Path
    run_id: str

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self.output / STAGING / self.run_id

    def write_plan(self, plan: str) -> None:
        """Write the plan down, so that the run can be gone on with if it is stopped."""
        write_whole(self.folder / PLAN, plan)

    def read_plan(self) -> str | None:
        """The plan of the run, or None if it was stopped before it had one."""
        path = self.folder / PLAN
        return path.read_text(encoding="utf-8") if path.exists() else None

    def fresh(self, name: str) -> Path:
        """An empty folder within, for one attempt; what an earlier attempt left is removed.

        Each attempt has a folder of its own: a worker that has outlived its driver may still write to the earlier one.
        """
        self.clear(name)
        path = self.folder / f"{name}-{uuid.uuid4().hex[:8]}"
        path.mkdir(parents=True)
        return path

    def clear(self, name: str) -> None:
        """Remove the folders of all attempts at ``name``."""
        for earlier in self.folder.glob(f"{name}-" + "[0-9a-f]" * 8):
            shutil.rmtree(earlier, ignore_errors=True)

    def finish(self, name: str, folder: Path, parts: Sequence[Part], notes: dict[str, Any]) -> Done:
        """Note that a batch is done, with its parts in ``folder``."""
        placed = tuple(Part(p.table, f"{folder.name}/{p.name}", p.rows, p.bytes) for p in parts)
        write_whole(self.folder / f"{name}.json", json.dumps({"parts": [asdict(p) for p in placed], "notes": notes}))
        return Done(placed, notes)

    def done(self, name: str) -> Done | None:
        """The batch of this name, if it is done."""
        path = self.folder / f"{name}.json"
        if not path.exists():
            return None
        report = json.loads(path.read_text(encoding="utf-8"))
        return Done(tuple(Part(**p) for p in report["parts"]), report["notes"])

    def drop(self) -> None:
        """Remove the folder."""
        shutil.rmtree(self.folder, ignore_errors=True)

    @contextmanager
    def dropped_on_failure(self) -> Iterator[None]:
        """Remove the folder if what is done meanwhile fails before it is decided."""
        try:
            yield
        except BaseException as error:
            if self.decided():
                self.note_decided(error)
            else:
                self.drop()
            raise

    def note_decided(self, error: BaseException) -> None:
        """Note on an error that what it broke off is going to be published."""
        error.add_note(f"it was being published, which the next command on {self.output} finishes")

    def decide(self, moves: Sequence[tuple[str, str]], manifest: Manifest) -> None:
        """Write down what is to be published, file by file; from then on the run cannot be undone."""
        record = {"moves": list(moves), "manifest": manifest.model_dump(mode="json")}
        write_whole(self.folder / PUBLISH, json.dumps(record))

    def moves(self) -> list[tuple[str, str]]:
        """Where each file goes that is to be published, if that is decided."""
        path = self.folder / PUBLISH
        return [(s, t) for s, t in json.loads(path.read_text(encoding="utf-8"))["moves"]] if path.exists() else []

    def decided(self) -> bool:
        """Whether the run only has to be carried out."""
        return (self.folder / PUBLISH).exists()

    def carry_out(self) -> Manifest:
        """Publish what was decided: one rename a file, the manifest last. Done twice, it changes nothing.

        Raises:
            StoreDamaged: a file that should be published is missing.
        """
        record = json.loads((self.folder / PUBLISH).read_text(encoding="utf-8"))
        manifest = Manifest.model_validate(record["manifest"])
        folders = set()
        for staged, path in record["moves"]:
            source, target = self.folder / staged, self.output / path
            target.parent.mkdir(parents=True, exist_ok=True)
            folders.add(target.parent)
            if source.exists():
                os.replace(source, target)
            elif not target.exists():
                raise StoreDamaged(f"{source} is missing, so run {self.run_id} cannot be published; remove {self.folder}")
        for folder in folders:
            sync_folder(folder)
        (self.output / RUNS).mkdir(exist_ok=True)
        write_manifest(self.output, manifest)
        write_views(self.output)
        self.drop()
        return manifest


def unfinished(output: Path) -> list[Staging]:
    """The runs that have left a staging folder."""
    found = sorted(p for p in (output / STAGING).glob("*") if p.is_dir())
    return [Staging(output, p.name) for p in found]
