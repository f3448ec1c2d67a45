"""Manifests: one JSON file a run under ``_runs``, written last; a run counts once its manifest is there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from ..durable import write_whole
from ..schemas import SCHEMA_VERSION
from ..schemas.ids import hash_id
from ..schemas.versions import FIRST, parse_version
from .seal import sealed, unsealed

RUNS = "_runs"
STAGING = "_staging"
DAMAGED = "_damaged"  # what a repair has set aside
SIGNATURES = "_signatures"  # what reprints are told by; made anew where it is missing

Kind = Literal["run", "compact", "reprocess", "forget", "people", "retry", "repair"]


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


class PublishedFile(BaseModel):
    """A file that the run published, relative to the output folder.

    ``version`` is that of its table's schema: files of one version have the same columns. ``digest`` is the SHA-256 of its
    content, in hexadecimal. Manifests of earlier versions tell neither.
    """

    model_config = ConfigDict(frozen=True)

    table: str
    path: str
    rows: int
    bytes: int
    version: str = FIRST
    digest: str | None = None

    @property
    def day(self) -> str:
        """The day of the partition that it lies in."""
        return self.path.split("/")[1].removeprefix("ingest_date=")


class Manifest(BaseModel):
    """What one run read, published and replaced.

    Its file is sealed (see ``store.seal``). ``replaces`` are files that count no more; they stay on disk until ``keep_until``
    for readers that hold an older list. ``forgotten`` are hashes of articles and contents that must not come back.
    ``reread`` are inputs, taken by earlier runs, that are to be read once more: what they held is lost.
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
    files: list[PublishedFile]
    replaces: list[str]
    keep_until: datetime | None = None
    forgotten: list[str] = Field(default_factory=list)
    reread: list[str] = Field(default_factory=list)
    counts: dict[str, int]
    config: dict[str, Any] = Field(default_factory=dict)
    seconds: dict[str, float] = Field(default_factory=dict)


def hashed_uri(uri: str) -> str:
    """What stands for the address or path of a forgotten article, so that it is known and cannot be read."""
    return hash_id("forgotten", uri)


def sequence_of(name: str) -> int:
    """The place of a run in the order of runs, from its id or the name of its manifest; 0 if it is neither."""
    head = name.split("-")[0]
    return int(head) if head.isdigit() and name != head else 0


def manifest_paths(output: Path, after: int = 0) -> list[Path]:
    """The manifests of the runs after the run number ``after``, in the order of the runs."""
    found = [(sequence_of(p.stem), p) for p in (output / RUNS).glob("[0-9]*.json")]
    return [p for n, p in sorted(found) if n > after]


def read_manifests(output: Path, after: int = 0) -> Iterator[Manifest]:
    """The manifests of an output folder in the order of their runs.

    Raises:
        StoreDamaged: one cannot be read.
        NewerRecord: a newer version wrote one.
    """
    for path in manifest_paths(output, after):
        try:
            yield _parsed(path, path.stat().st_mtime_ns)
        except (ValueError, OSError) as error:
            raise StoreDamaged(f"{RUNS}/{path.name}: {no_record(error)}") from None


def readable_manifests(output: Path) -> Iterator[Manifest]:
    """As ``read_manifests``, without those that cannot be read."""
    for path in manifest_paths(output):
        try:
            yield parse_manifest(path.read_bytes())
        except (ValueError, OSError):
            continue


@lru_cache(maxsize=128)
def _parsed(path: Path, modified: int) -> Manifest:
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


def write_manifest(output: Path, manifest: Manifest) -> Path:
    """Write a manifest by one rename; from then on the run counts."""
    return write_whole(output / RUNS / f"{manifest.run_id}.json", manifest_text(manifest))
