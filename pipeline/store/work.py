"""What a run under way keeps: its plan, what is read and not yet extracted, and receipts of what is done.

A receipt is written once the files that it tells of last, and holds their digests, so that a run that was stopped goes on
from them: what is torn nevertheless (by a disk that says too early that it has written) is done again. All of it goes when
the run is committed. It lies with the record, so that any worker can reach it.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..places import find
from ..storage import remove_at, remove_files, write_at
from .manifest import committed
from .names import FOLDER as NAMES
from .parts import PUBLISHED
from .seal import sealed, unsealed
from .segments import FOLDER

WORK = "_work"
PLAN = "plan.json"


@dataclass(frozen=True)
class Work:
    """The folder of a run under way."""

    output: Path
    run_id: str

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self.output / WORK / self.run_id

    def write_plan(self, plan: str) -> None:
        """Write the plan down, so that the run can be gone on with if it is stopped."""
        write_at(self.folder / PLAN, plan)

    def read_plan(self) -> str | None:
        """The plan of the run, or None if it was stopped before it had one."""
        try:
            return (self.folder / PLAN).read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return None

    def note(self, kind: str, keys: Sequence[str], done: Any) -> None:
        """Write a receipt: pieces of work by their keys, and what came of them."""
        record = {"keys": list(keys), "done": done, "at": time.time()}
        write_at(self.folder / f"{kind}-{uuid.uuid4().hex[:12]}.json", sealed(record))

    def receipts(self, kind: str) -> Iterator[dict[str, Any]]:
        """The receipts of a kind, without those that are torn."""
        for path in sorted(self.folder.glob(f"{kind}-*.json")):
            try:
                yield unsealed(path.read_bytes())
            except (OSError, ValueError):
                continue

    def began(self) -> float | None:
        """When it was last written to, in seconds since 1970; None if there is nothing of it."""
        return max((f.modified for f in find(self.folder)), default=None)

    def drop(self) -> None:
        """Remove the folder; the plan first, so that it is not gone on with half gone."""
        remove_at([self.folder / PLAN])
        remove_at([self.folder])

    def drop_all(self) -> None:
        """Remove the folder, and the files that the run has written but for those that it has published."""
        done = committed(self.output, self.run_id)
        named = {f.path for f in done.files} | {f.path for f in done.index or ()} if done is not None else set()
        if done is not None and done.names is not None:
            named |= {done.names.file, str(done.names.aliases_file)}
        if done is None:
            remove_at([self.folder / PLAN])
        own = [f"{t}/{f.name}" for t in (*PUBLISHED, FOLDER, NAMES) for f in find(self.output / t) if self._is_own(f.name)]
        remove_files(self.output / path for path in own if path not in named)
        remove_at([self.folder])

    def _is_own(self, name: str) -> bool:
        return name.rpartition("/")[2].startswith((f"part-{self.run_id}-", f"{self.run_id}-"))

    @contextmanager
    def begun(self, plan: str = "{}") -> Iterator[None]:
        """Work that is not gone on with: noted, so that what it has written is known by whoever finds it stopped.

        Once it is done the folder goes; with all that was written where what is done meanwhile fails.
        """
        self.write_plan(plan)
        try:
            yield
        except BaseException:
            self.drop_all()
            raise
        self.drop()


def under_way(output: Path) -> list[Work]:
    """The runs that have left a folder: stopped ones, and such as work at this moment."""
    found = sorted(p.name for p in (output / WORK).iterdir()) if (output / WORK).is_dir() else []
    return [Work(output, name) for name in found if not name.startswith(".")]


def is_stale(work: Work, seconds: float) -> bool:
    """Whether nothing has been written there for some time."""
    began = work.began()
    return began is None or time.time() - began > seconds
