"""Manifests: one JSON file a run under ``_runs``, written last; a run counts once its manifest is there.

A manifest is called by its number, and a number is taken once: of several runs that want the next one, one gets it. Manifests
of versions before 0.2 are called by the id of their run, which begins with the number.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from ..places import FoundFile, find
from ..schemas import SCHEMA_VERSION
from ..schemas.ids import hash_id
from ..schemas.versions import FIRST, parse_version
from ..storage import put_new, write_at
from .seal import sealed, unsealed
from .segments import IndexFile

RUNS = "_runs"
DAMAGED = "_damaged"  # what a repair has set aside

Kind = Literal["run", "compact", "reprocess", "forget", "people", "retry", "repair", "upgrade", "annotate", "sample", "correct"]


class StoreDamaged(RuntimeError):
    """Something of an output folder is not as it was written; the message says what, and what to do."""


class NewerRecord(RuntimeError):
    """The output folder was written by a newer version, which this one cannot read, or write to; the message says so."""


def check_readable(version: str) -> None:
    """Check that records of a version of the tables can be read: those of this major version, or an earlier one.

    Raises:
        NewerRecord: they cannot.
    """
    if parse_version(version)[0] > parse_version(SCHEMA_VERSION)[0]:
        raise NewerRecord(_newer(version, f"reads up to {SCHEMA_VERSION.split('.')[0]}.x"))


def check_writable(version: str) -> None:
    """Check that a record of a version of the tables can be added to: a column that is not known here would be dropped.

    Raises:
        NewerRecord: it cannot.
    """
    if not writable(version):
        raise NewerRecord(_newer(version, f"writes {SCHEMA_VERSION}, and would drop what is new"))


def writable(version: str) -> bool:
    """Whether all of a record of a version of the tables is known here."""
    return parse_version(version) <= parse_version(SCHEMA_VERSION)


def _newer(version: str, ours: str) -> str:
    return f"the record was written by a newer version of Onrecord (schema_version {version}; this one {ours}); update onrecord"


class Input(BaseModel):
    """An input file as taken: what identifies it when it is met again.

    ``modified`` (time of change in nanoseconds) only saves reading a local file again to learn its digest.
    """

    model_config = ConfigDict(frozen=True)

    uri: str
    size: int
    digest: str
    modified: int | None = None

    @property
    def key(self) -> tuple[str, int, str]:
        """What tells one input from another: path, size and digest."""
        return self.uri, self.size, self.digest


class Offset(BaseModel):
    """How far a partition of a topic was read: the offsets from ``start`` on, before ``next``.

    ``topic_id`` tells the topic from an earlier one of its name, and is the same whichever brokers are asked.
    """

    model_config = ConfigDict(frozen=True)

    start: int
    next: int
    topic_id: str | None = None


class PublishedFile(BaseModel):
    """A file that the run published, relative to the output folder.

    ``version`` is that of its table's schema: files of one version have the same columns. ``digest`` is the SHA-256 of its
    content, in hexadecimal. Manifests of earlier versions tell neither. A copy with corrections (see ``store.corrected.copies``)
    tells the path of the file that it is ``of``, empty where its rows are there by corrections alone, and a digest of the
    ``fixes`` in it, None where it is the same file.
    """

    model_config = ConfigDict(frozen=True)

    table: str
    path: str
    rows: int
    bytes: int
    version: str = FIRST
    digest: str | None = None
    of: str | None = None
    fixes: str | None = None

    @property
    def day(self) -> str:
        """The day of the partition that it lies in."""
        return self.path.split("/")[1].removeprefix("ingest_date=")


class KeptNames(BaseModel):
    """What all articles together tell of each name, kept so that a run need not read every speaker again.

    ``file`` holds the names, ``people`` is the generation that ``rules`` and ``aliases`` (a digest) made of them;
    ``aliases_file`` the newsroom's own aliases as they were given, if any.
    """

    file: str
    digest: str
    people: str
    rules: str
    aliases: str
    aliases_file: str | None = None
    aliases_digest: str | None = None


class Manifest(BaseModel):
    """What one run read, published and replaced.

    Its file is sealed (see ``store.seal``). ``replaces`` are files that count no more; they stay on disk until ``keep_until``
    for readers that hold an older list. ``forgotten`` are hashes of articles and contents that must not come back.
    ``offsets`` are ranges of topics that were read, by the addresses of their partitions.
    ``window`` is the number of a window of ``onrecord stream``: 1, 2, ..., each committed once.
    ``reread`` are inputs, taken by earlier runs, that are to be read once more: what they held is lost. ``names`` and ``index``
    are what is derived from the tables and kept beside them; where they are missing, those of the run before count on.
    """

    run_id: str
    kind: Kind = "run"
    sequence: int
    started_at: datetime
    finished_at: datetime
    pipeline_version: str
    model_version: str
    rules_version: str = ""  # not told by earlier versions
    schema_version: str = SCHEMA_VERSION
    inputs: list[Input] = Field(default_factory=list)
    offsets: dict[str, Offset] = Field(default_factory=dict)
    window: int | None = None
    files: list[PublishedFile]
    replaces: list[str]
    keep_until: datetime | None = None
    forgotten: list[str] = Field(default_factory=list)
    reread: list[str] = Field(default_factory=list)
    names: KeptNames | None = None
    index: list[IndexFile] | None = None
    counts: dict[str, int]
    config: dict[str, Any] = Field(default_factory=dict)
    seconds: dict[str, float] = Field(default_factory=dict)


def hashed_uri(uri: str) -> str:
    """What stands for the address or path of a forgotten article, so that it is known and cannot be read."""
    return hash_id("forgotten", uri)


def sequence_of(name: str) -> int:
    """The place of a run in the order of runs, from its id or the name of its manifest; 0 if it is neither."""
    head = name.split("-")[0]
    return int(head) if head.isdigit() else 0


def manifest_path(output: Path, sequence: int) -> Path:
    """Where the manifest of a run lies."""
    return output / RUNS / f"{sequence:06d}.json"


def manifest_paths(output: Path, after: int = 0) -> list[Path]:
    """The manifests of the runs after the run number ``after``, in the order of the runs."""
    return [output / RUNS / f.name for f in _listed(output, after)]


def _listed(output: Path, after: int) -> list[FoundFile]:
    found = [f for f in find(output / RUNS, deep=False) if f.name.endswith(".json") and f.name[0].isdigit()]
    return sorted(
        (f for f in found if sequence_of(f.name.removesuffix(".json")) > after),
        key=lambda f: (sequence_of(f.name.removesuffix(".json")), f.name),
    )


def read_manifests(output: Path, after: int = 0) -> Iterator[Manifest]:
    """The manifests of an output folder in the order of their runs.

    Raises:
        StoreDamaged: one cannot be read.
        NewerRecord: a newer version wrote one.
    """
    for found in _listed(output, after):
        try:
            yield _parsed(output / RUNS / found.name, found.size, found.modified)
        except (ValueError, OSError) as error:
            raise StoreDamaged(f"{RUNS}/{found.name}: {no_record(error)}") from None


def committed(output: Path, run_id: str) -> Manifest | None:
    """The manifest of a run, if it has published."""
    return next((m for m in read_manifests(output, sequence_of(run_id) - 1) if m.run_id == run_id), None)


def readable_manifests(output: Path) -> Iterator[Manifest]:
    """As ``read_manifests``, without those that cannot be read."""
    for path in manifest_paths(output):
        try:
            yield parse_manifest(path.read_bytes())
        except (ValueError, OSError):
            continue


@lru_cache(maxsize=128)
def _parsed(path: Path, size: int, modified: float) -> Manifest:
    """A manifest, read once in a process: it is looked at several times a run, and does not change."""
    return parse_manifest(path.read_bytes())


def parse_manifest(data: bytes) -> Manifest:
    """The manifest in a file.

    Raises:
        ValueError: it is none, or not as it was written.
        NewerRecord: a newer version wrote it.
    """
    record = unsealed(data)
    check_readable(record.get("schema_version", FIRST))
    return Manifest.model_validate(record)


def no_record(error: BaseException) -> str:
    """Why a manifest or a checkpoint cannot be read, in one line."""
    return f"cannot be read ({' '.join(str(error).split())[:150]})"


def manifest_text(manifest: Manifest) -> str:
    """What a file of a manifest holds."""
    return sealed(manifest.model_dump(mode="json"))


def take_number(output: Path, manifest: Manifest) -> bool:
    """Write a manifest unless another run has its number; returns whether it was written, and the run counts."""
    return put_new(manifest_path(output, manifest.sequence), manifest_text(manifest).encode())


def write_manifest(output: Path, manifest: Manifest, path: Path | None = None) -> Path:
    """Write a manifest in place of the one of its number, or of the one at ``path``."""
    return write_at(path or manifest_path(output, manifest.sequence), manifest_text(manifest))
