"""The staging folder of a run: its plan, the batches that are done, and what it is about to publish.

What is noted as done lasts through a loss of power, and is looked at again before a stopped run goes on from it: what is
torn nevertheless (by a disk that says too early that it has written) is done again.

A staging folder without ``publish.json`` is a run that has published nothing: it is gone on with, or dropped. With
``publish.json`` the run is decided and only has to be carried out, by whoever opens the output folder next.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ..durable import Mark, make_folder, mark_of, remove_for_good, sync_file, sync_folder, write_whole
from ..schemas import TABLES
from ..schemas.versions import FIRST
from .manifest import RUNS, STAGING, Manifest, StoreDamaged, check_writable, write_manifest
from .parts import Part
from .seal import sealed, unsealed
from .tables import write_views

PLAN, PUBLISH = "plan.json", "publish.json"


@dataclass(frozen=True)
class Done:
    """A finished batch: its parts (names within the staging folder) and what else its report holds."""

    parts: tuple[Part, ...]
    notes: dict[str, Any]


@dataclass(frozen=True)
class Beside:
    """What a run publishes beside the tables: staged files and their places in the output folder, and what leaves it.

    ``remove`` are files or folders; what is not there any more is no error.
    """

    moves: tuple[tuple[str, str], ...] = ()
    remove: tuple[str, ...] = ()

    def __add__(self, other: Beside) -> Beside:
        """Both."""
        return Beside(self.moves + other.moves, self.remove + other.remove)


NOTHING = Beside()


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
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else None

    def fresh(self, name: str) -> Path:
        """An empty folder within, for one attempt; what an earlier attempt left is removed.

        Each attempt has a folder of its own: a worker that has outlived its driver may still write to the earlier one.
        """
        self.clear(name)
        return make_folder(self.folder / f"{name}-{uuid.uuid4().hex[:8]}")

    def clear(self, name: str) -> None:
        """Remove the folders of all attempts at ``name``."""
        for earlier in self.folder.glob(f"{name}-" + "[0-9a-f]" * 8):
            shutil.rmtree(earlier, ignore_errors=True)

    def finish(self, name: str, folder: Path, parts: Sequence[Part], notes: dict[str, Any]) -> Done:
        """Note that a batch is done, with its parts in ``folder``; all files there are made to last before."""
        placed = tuple(Part(p.table, f"{folder.name}/{p.name}", p.rows, p.bytes) for p in parts)
        whole = [p for p in folder.iterdir() if p.is_file() and not p.name.startswith(".")]
        files = {f"{folder.name}/{p.name}": _synced_mark(p) for p in whole}
        sync_folder(folder)
        report = {"parts": [asdict(p) for p in placed], "notes": notes, "files": files}
        write_whole(self.folder / f"{name}.json", json.dumps(report))
        return Done(placed, notes)

    def done(self, name: str) -> Done | None:
        """The batch of this name, if it is done."""
        report = self._note(name)
        return Done(tuple(Part(**p) for p in report["parts"]), report["notes"]) if report is not None else None

    def is_whole(self, name: str) -> bool:
        """Whether a batch is done, and all its files are as they were then."""
        report = self._note(name)
        try:
            return report is not None and all(mark_of(self.folder / f) == tuple(m) for f, m in report["files"].items())
        except OSError:
            return False

    def undo(self, name: str) -> None:
        """Take back that a batch is done, so that it is done again."""
        (self.folder / f"{name}.json").unlink(missing_ok=True)
        sync_folder(self.folder)

    def noted(self) -> list[str]:
        """The names of all batches that are noted as done."""
        return sorted(p.stem for p in self.folder.glob("*.json") if p.name not in (PLAN, PUBLISH))

    def _note(self, name: str) -> dict[str, Any] | None:
        try:
            report = json.loads((self.folder / f"{name}.json").read_bytes())
        except (FileNotFoundError, ValueError):
            return None
        # notes of another version, or torn ones, are none
        return report if isinstance(report, dict) and {"parts", "notes", "files"} <= report.keys() else None

    def drop(self) -> None:
        """Remove the folder, for good: stopped on the way, it is neither gone on with nor forgotten half carried out."""
        with contextlib.suppress(OSError):
            (self.folder / PLAN).unlink(missing_ok=True)
            for path in self.folder.iterdir():
                if path.is_dir():
                    shutil.rmtree(path, ignore_errors=True)
        shutil.rmtree(self.folder, ignore_errors=True)
        if self.folder.parent.is_dir():
            sync_folder(self.folder.parent)

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

    def decide(self, moves: Sequence[tuple[str, str]], manifest: Manifest, remove: Sequence[str] = ()) -> None:
        """Write down what is to be published, file by file, and what goes; from then on the run cannot be undone."""
        for staged, _ in moves:
            sync_file(self.folder / staged)
        for folder in {(self.folder / staged).parent for staged, _ in moves}:
            sync_folder(folder)
        record = {"moves": list(moves), "remove": list(remove), "manifest": manifest.model_dump(mode="json")}
        write_whole(self.folder / PUBLISH, sealed(record))

    def note_decided(self, error: BaseException) -> None:
        """Note on an error that what it broke off is going to be published."""
        error.add_note(f"it was being published, which the next command on {self.output} finishes")

    def decision(self) -> dict[str, Any] | None:
        """What was decided; None if nothing was, or what is written of it is torn, so that nothing has been done of it."""
        try:
            record = unsealed((self.folder / PUBLISH).read_bytes())
        except (OSError, ValueError):
            return None
        return record if {"moves", "manifest"} <= record.keys() else None

    def moves(self) -> list[tuple[str, str]]:
        """Where each file goes that is to be published, if that is decided."""
        return [(s, t) for s, t in (self.decision() or {}).get("moves", [])]

    def decided(self) -> bool:
        """Whether the run only has to be carried out."""
        return self.decision() is not None

    def half_published(self) -> bool:
        """Whether files of the run are in place, and what else was to be done cannot be read."""
        if not (self.folder / PUBLISH).exists() or self.decided():
            return False
        return any(next((self.output / table).rglob(f"part-{self.run_id}-*.parquet"), None) for table in TABLES)

    def carry_out(self) -> Manifest:
        """Publish what was decided: one rename a file, then the manifest; then what goes. Done twice, it changes nothing.

        Raises:
            StoreDamaged: a file that should be published is missing, or nothing is decided.
        NewerRecord: a newer version decided it.
        """
        record = self.decision()
        if record is None:
            raise StoreDamaged(f"{self.folder / PUBLISH} cannot be read; nothing was published")
        check_writable(record["manifest"].get("schema_version", FIRST))
        manifest = Manifest.model_validate(record["manifest"])
        folders = set()
        for staged, path in record["moves"]:
            source, target = self.folder / staged, self.output / path
            folders.add(make_folder(target.parent))
            if source.exists():
                os.replace(source, target)
            elif not target.exists():
                raise StoreDamaged(f"{source} is missing, so run {self.run_id} cannot be published; remove {self.folder}")
        for folder in folders:
            sync_folder(folder)
        make_folder(self.output / RUNS)
        write_manifest(self.output, manifest)
        write_views(self.output)
        remove_for_good([self.output / path for path in record.get("remove", [])])
        self.drop()
        return manifest


def unfinished(output: Path) -> list[Staging]:
    """The runs that have left a staging folder."""
    found = sorted(p for p in (output / STAGING).glob("*") if p.is_dir())
    return [Staging(output, p.name) for p in found]


def _synced_mark(path: Path) -> Mark:
    sync_file(path)
    return mark_of(path)
