"""A small record and the commands that change it, for tests that stop them anywhere."""

from __future__ import annotations

import functools
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.store.manifest import manifest_paths
from onrecord.store.state import read_state

from . import disk
from .conftest import all_rows
from .test_takedown import ADDRESS, make_record, write_inputs

COMMANDS = ("first run", "run", "people", "compact", "forget", "reprocess", "retry-rejects", "repair")


@dataclass
class Scenarios:
    """The record lies in ``folder/record/out``; each case works on a copy."""

    folder: Path

    def __post_init__(self) -> None:
        self.inputs = write_inputs(self.folder / "in")
        (self.folder / "record").mkdir()
        self.log = self.folder / "log"
        new = [f"“We saw {n} boats,” said Bo Lund. More than {n}0 people fled." for n in range(20, 26)]
        (self.inputs / "new.jsonl").write_text("".join(json.dumps({"text": t}) + "\n" for t in new) + "{oops\n")
        (self.inputs / "late.jsonl").write_text(
            json.dumps({"body": "“It snowed on 4 days,” said Ilse Tarn.", "url": "https://a.example/l"})
        )
        (self.inputs / "others.csv").write_text("alias,name\nBo Lund,Boris Lund\n")
        (self.folder / "small.yaml").write_text("batch_documents: 4\npart_mb: 0.001\n")
        (self.folder / "fields.yaml").write_text("fields: {text: body}\n")
        pid = disk.fork()  # so that this process stays as it is, to be forked
        if not pid:
            try:
                make_record(self.inputs, self.folder / "record" / "out")
            finally:
                disk.os._exit(0)
        disk.os.waitpid(pid, 0)
        late = ["run", self.inputs / "late.jsonl", "--output", self.folder / "record" / "out"]
        assert disk.command(late, self.log) == 0, self.log.read_text()

    def argv(self, name: str, output: Path) -> list[object]:
        small = ["--config", self.folder / "small.yaml"]
        return {
            "first run": ["run", self.inputs / "new.jsonl", self.inputs / "a.jsonl", "--output", output, *small],
            "run": ["run", self.inputs / "new.jsonl", "--output", output, *small],
            "people": ["run", self.inputs / "a.jsonl", "--output", output, "--aliases", self.inputs / "others.csv"],
            "compact": ["compact", output, "--grace", "0s"],
            "forget": ["forget", output, "--uri", ADDRESS],
            "reprocess": ["reprocess", output, "--all", *small],
            "repair": ["repair", output],
            "retry-rejects": ["retry-rejects", output, "--config", self.folder / "fields.yaml"],
        }[name]

    def copy(self, name: str, to: Path) -> Path:
        """The record before a command, in a folder of its own below ``to``."""
        to.mkdir(parents=True)
        if name != "first run":
            shutil.copytree(self.folder / "record" / "out", to / "out")
        if name == "repair":
            self._damage(to / "out")
        return to / "out"

    @staticmethod
    def _damage(output: Path) -> None:
        """A lost manifest, lost rows, and articles that cannot be read any more."""
        state = read_state(output)
        quotes, documents = (output / next(f.path for f in state.files[t] if f.rows) for t in ("quotes", "documents"))
        quotes.unlink()
        documents.write_bytes(documents.read_bytes()[:-9])
        manifest_paths(output)[-1].write_text("{oops")

    @functools.cache  # noqa: B019 - one object a module
    def undisturbed(self, name: str) -> tuple[dict[str, list[dict[str, Any]]], int]:
        """The tables after a command that nothing disturbs, and how many steps it takes."""
        output = self.copy(name, self.folder / "undisturbed" / name)
        status, steps = disk.counted(self.argv(name, output), output.parent, self.log)
        assert status in (0, 3), self.log.read_text()
        return all_rows(output), steps

    def again(self, name: str, output: Path) -> None:
        """Give a command (once more), to its end."""
        assert disk.command(self.argv(name, output), self.log) in (0, 3), self.log.read_text()[-3000:]

    __hash__ = object.__hash__
