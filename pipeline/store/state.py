"""What all finished runs amount to: the files that count, those that may be removed, what is derived from them.

Manifests are never removed. So that an output folder with years of runs opens as fast as a young one, their sum is
written to ``_runs/checkpoints`` now and then; only the manifests after the last checkpoint are read.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, Field

from ..schemas import DOCUMENT_SPEAKERS
from ..schemas.versions import FIRST, parse_version
from ..storage import remove_at, write_at
from .manifest import (
    RUNS,
    Input,
    KeptNames,
    Manifest,
    Offset,
    PublishedFile,
    StoreDamaged,
    check_readable,
    manifest_paths,
    no_record,
    read_manifests,
)
from .seal import sealed, unsealed
from .segments import IndexFile

CHECKPOINTS = "checkpoints"
CHECKPOINT_EVERY = 50  # runs


class State(BaseModel):
    """The sum of the runs up to number ``sequence``.

    ``names`` and ``index`` are those that count, None where they have to be made anew; ``unnamed`` are the files of speakers
    that the names do not cover yet. ``aliases`` are the file, and its digest, of the newsroom's own that people were last
    joined with. ``offsets`` tell how far topics were read, the latest last.
    """

    sequence: int = 0
    schema_version: str = FIRST  # the highest of the runs
    files: dict[str, list[PublishedFile]] = Field(default_factory=dict)
    replaced: dict[str, datetime] = Field(default_factory=dict)
    forgotten: list[str] = Field(default_factory=list)
    names: KeptNames | None = None
    unnamed: list[str] = Field(default_factory=list)
    aliases: tuple[str, str] | None = None
    index: list[IndexFile] | None = None
    excerpts_only: bool = False  # a sample without texts: see ``store.withheld``
    offsets: dict[str, Offset] = Field(default_factory=dict)
    window: int = 0  # the last of a stream
    checkpoint: int = 0  # the run up to which this was written down

    def add(self, manifest: Manifest) -> None:
        """Take in the next run."""
        gone = set(manifest.replaces)
        if gone:
            self.files = {t: [f for f in fs if f.path not in gone] for t, fs in self.files.items()}
            self.replaced |= dict.fromkeys(manifest.replaces, manifest.keep_until or manifest.finished_at)
        for file in manifest.files:
            self.files.setdefault(file.table, []).append(file)
        self.forgotten += manifest.forgotten
        for uri, offset in manifest.offsets.items():
            self._set(uri, offset)
        self.window = max(self.window, manifest.window or 0)
        for uri in manifest.reread:
            self._read_again_from(uri)
        self.sequence = manifest.sequence
        self.excerpts_only |= manifest.config.get("without_text") is True
        self.schema_version = max(self.schema_version, manifest.schema_version, key=parse_version)
        self._derive(manifest, gone)

    def _read_again_from(self, uri: str) -> None:
        """Go back, in a partition, to the offset that closes the address of a range, if it is one."""
        place, _, offset = uri.rpartition("/")
        known = self.offsets.get(place)
        if known is not None and offset.isdigit() and int(offset) < known.next:
            self._set(place, known.model_copy(update={"start": int(offset), "next": int(offset)}))

    def _set(self, partition: str, offset: Offset) -> None:
        """Note how far a partition is read; the latest note stands last, whatever brokers it was asked from."""
        self.offsets.pop(partition, None)
        self.offsets[partition] = offset

    def _derive(self, manifest: Manifest, gone: set[str]) -> None:
        if manifest.index is not None:
            self.index = manifest.index
        elif manifest.kind == "repair" and manifest.files:  # written anew from files alone: what was derived is not known
            self.index, self.names = None, None
        new = [f.path for f in manifest.files if f.table == DOCUMENT_SPEAKERS.name and f.rows]
        if manifest.names is not None:
            self.names, self.unnamed = manifest.names, []
            kept = manifest.names
            self.aliases = (kept.aliases_file, kept.aliases_digest or "") if kept.aliases_file is not None else None
            return
        covered = [p for p in gone if p.startswith(f"{DOCUMENT_SPEAKERS.name}/") and p not in self.unnamed]
        uncovered = gone & set(self.unnamed)
        self.unnamed = [p for p in self.unnamed if p not in gone]
        if manifest.kind == "compact" and not (covered and uncovered):  # the same rows in other files
            self.unnamed += new if uncovered else []
        elif covered:
            self.names, self.unnamed = None, []
        else:
            self.unnamed += new

    def paths(self, output: Path, table: str) -> list[Path]:
        """The files of a table that count."""
        return [output / f.path for f in self.files.get(table, [])]


def checkpoint_paths(output: Path) -> list[Path]:
    """The checkpoints, the newest last."""
    return sorted((output / RUNS / CHECKPOINTS).glob("[0-9]*.json"))


def read_state(output: Path) -> State:
    """The state of an output folder; an empty one if no run has finished.

    Raises:
        StoreDamaged: a manifest or the newest checkpoint cannot be read.
        NewerRecord: a newer version wrote one of them.
    """
    found = checkpoint_paths(output)
    try:
        state = parse_state(found[-1].read_bytes()) if found else State()
    except (ValueError, OSError) as error:
        raise StoreDamaged(f"{RUNS}/{CHECKPOINTS}/{found[-1].name}: {no_record(error)}") from None
    for manifest in read_manifests(output, state.sequence):
        state.add(manifest)
    return state


def parse_state(data: bytes) -> State:
    """The state in a checkpoint.

    Raises:
        ValueError: it is none, or not as it was written.
        NewerRecord: a newer version wrote it.
    """
    record = unsealed(data)
    check_readable(record.get("schema_version", FIRST))
    return State.model_validate(record)


def taken_inputs(output: Path) -> Iterator[Input]:
    """The inputs that runs have taken, but for those that are to be read again since; as the manifests tell."""
    found: list[Input] = []
    for manifest in read_manifests(output):
        if manifest.reread:
            again = set(manifest.reread)
            found = [i for i in found if i.uri not in again]
        found += manifest.inputs
    return iter(found)


def write_checkpoint(output: Path, every: int = CHECKPOINT_EVERY) -> bool:
    """Write the sum of all runs if at least ``every`` have finished since the last; returns whether it was written.

    Runs that write it at the same time write the same.
    """
    state = read_state(output)
    since = manifest_paths(output, state.checkpoint)
    if not since or len(since) < every:
        return False
    state.checkpoint = state.sequence
    state.replaced = {path: at for path, at in state.replaced.items() if (output / path).exists()}
    write_at(output / RUNS / CHECKPOINTS / f"{state.sequence:06d}.json", sealed(state.model_dump(mode="json")))
    remove_at(checkpoint_paths(output)[:-2])  # a reader may be at the last but one
    return True
