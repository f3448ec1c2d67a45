"""What is known of the Delta logs without opening them: which run they were last brought up to, and at which versions."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel

from ...places import is_remote
from ...schemas import SCHEMA_VERSION
from ...storage import write_at
from ..seal import sealed, unsealed

LOG = "_delta_log"  # in a table's folder
MARK = "_delta.json"


class Mark(BaseModel):
    """The run up to which all Delta logs were brought, and synced: its number, that of the schemas, the version of each log."""

    sequence: int
    schema_version: str
    versions: dict[str, int]


def read_mark(output: Path) -> Mark | None:
    """The mark of a record; None if it has none.

    Raises:
        ValueError: it is not as it was written.
        OSError: it cannot be read.
    """
    try:
        return Mark.model_validate(unsealed((output / MARK).read_bytes()))
    except FileNotFoundError:
        return None


def write_mark(output: Path, sequence: int, versions: dict[str, int]) -> None:
    """Write down that the logs are brought up to a run."""
    mark = Mark(sequence=sequence, schema_version=SCHEMA_VERSION, versions=versions)
    write_at(output / MARK, sealed(mark.model_dump()))


def is_registered(output: Path, sequence: int) -> bool:
    """Whether the Delta logs say what the run of a number left, as far as can be seen without opening them."""
    try:
        mark = read_mark(output)
    except (ValueError, OSError):
        return False
    if mark is None or (mark.sequence, mark.schema_version) != (sequence, SCHEMA_VERSION):
        return False
    # another tool may have written to a log, or a part of the record may be of another time than the rest
    return is_remote(output) or not any(commit_path(output, t, v + 1).exists() for t, v in mark.versions.items())


def commit_path(output: Path, table: str, version: int) -> Path:
    """Where a version of a table's log lies."""
    return output / table / LOG / f"{version:020d}.json"


def is_of_log(name: str) -> bool:
    """Whether a file, named relative to its table's folder, belongs to the log."""
    return name.startswith(f"{LOG}/")
