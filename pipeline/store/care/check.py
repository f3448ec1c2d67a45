"""What of an output folder is not as it was written: its published files, checkpoints and what is kept beside the tables."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

import pyarrow as pa

from ...printable import counted
from ..lock import StoreError
from ..manifest import (
    RUNS,
    NewerRecord,
    PublishedFile,
    StoreDamaged,
    manifest_paths,
    no_record,
    parse_manifest,
    readable_manifests,
    writable,
)
from ..parts import PUBLISHED, misfit, open_parquet
from ..seal import digest_of
from ..segments import is_there
from ..state import CHECKPOINTS, State, checkpoint_paths, parse_state, read_state
from ..tables import is_views_text
from ..work import PLAN, WORK, Work, under_way

FEEDS = "_feeds/state.json"
UNREADABLE = (OSError, pa.ArrowException, ValueError)


def file_problem(output: Path, file: PublishedFile, deep: bool = False) -> str | None:
    """What is wrong with a published file, or None: its size, footer, rows and schema; ``deep``: every byte of it, too."""
    path = output / file.path
    try:
        if not path.is_file():
            return f"{file.path}: missing"
        size = path.stat().st_size
        if size != file.bytes:
            return f"{file.path}: {counted(size, 'bytes')}, not {file.bytes}"
        with open_parquet(path) as parquet:
            rows, schema = parquet.metadata.num_rows, parquet.schema_arrow
        if rows != file.rows:
            return f"{file.path}: {counted(rows, 'rows')}, not {file.rows}"
        if file.table in PUBLISHED and (found := misfit(schema, PUBLISHED[file.table])):  # a newer one may have more
            return f"{file.path}: {found}"
        if deep and file.digest is not None and digest_of(path) != file.digest:
            return f"{file.path}: not as it was written: its digest is another"
        return page_problem(path, file.path) if deep else None
    except UNREADABLE as error:
        return f"{file.path}: {no_record(error)}"


def page_problem(path: Path, called: str) -> str | None:
    """What is wrong with the pages of a Parquet file, or None: each is read, and checked where it has a checksum."""
    try:
        with open_parquet(path, checked=True) as parquet:
            for _ in parquet.iter_batches(batch_size=1000):
                pass
    except UNREADABLE as error:
        return f"{called}: {no_record(error)}"
    return None


def replaced_problems(output: Path, state: State) -> Iterator[tuple[str, str]]:
    """The files that are replaced and damaged, which older lists name, and what is wrong with each."""
    older = (f for m in readable_manifests(output) for f in m.files if f.path in state.replaced)
    for file in older:
        if (output / file.path).exists() and (found := file_problem(output, file, deep=True)):
            yield file.path, found


def manifest_problems(output: Path) -> Iterator[tuple[Path, str]]:
    """The manifests and checkpoints that are not as they were written, and what is wrong with each."""
    for path in manifest_paths(output):
        try:
            parse_manifest(path.read_bytes())
        except (ValueError, OSError) as error:
            yield path, f"{RUNS}/{path.name}: {no_record(error)}"
    yield from checkpoint_problems(output)


def checkpoint_problems(output: Path) -> Iterator[tuple[Path, str]]:
    """The checkpoints that are not as they were written."""
    for path in checkpoint_paths(output):
        try:
            parse_state(path.read_bytes())
        except (ValueError, OSError) as error:
            yield path, f"{RUNS}/{CHECKPOINTS}/{path.name}: {no_record(error)}"


def views_problem(output: Path) -> str | None:
    """What is wrong with the views, which the next command that writes makes anew."""
    try:
        same = is_views_text(output, (output / "views.sql").read_text(encoding="utf-8"))
        return None if same or not writable(read_state(output).schema_version) else "views.sql: not as it was written"
    except (OSError, ValueError):
        return "views.sql: cannot be read"


def derived_problems(output: Path) -> Iterator[str]:
    """What is wrong with the names and the index that the newest manifests name; both are made anew from the tables."""
    state = read_state(output)
    named = [
        *([(state.names.file, state.names.digest)] if state.names is not None else []),
        *([state.aliases] if state.aliases else []),
    ]
    yield from (found for path, digest in named if (found := _digest_problem(output, path, digest)))
    yield from (found for f in state.index or () if (found := _digest_problem(output, f.path, f.digest)))


def _lost_segments(output: Path, state: State) -> Iterator[str]:
    return (f"{f.path}: missing or damaged" for f in state.index or () if not is_there(output, f))


def _digest_problem(output: Path, path: str, digest: str | None) -> str | None:
    try:
        return None if digest_of(output / path) == digest else f"{path}: not as it was written"
    except FileNotFoundError:
        return f"{path}: missing"
    except OSError as error:
        return f"{path}: {no_record(error)}"


def work_problems(output: Path) -> list[tuple[str, str]]:
    """The stopped runs whose plan cannot be read, and what is wrong with each."""
    return [(w.run_id, f"{WORK}/{w.run_id}/{PLAN}: cannot be read") for w in under_way(output) if not _plan_whole(w)]


def feed_problems(output: Path) -> list[str]:
    """What is known of feeds and cannot be read."""
    try:
        json.loads((output / FEEDS).read_bytes())
    except FileNotFoundError:
        return []
    except (OSError, ValueError):
        return [f"{FEEDS}: cannot be read"]
    return []


def _plan_whole(work: Work) -> bool:
    try:
        json.loads(work.read_plan() or "{}")
    except (OSError, ValueError):
        return False
    return True


def damage_of(output: Path, deep: bool = False) -> str | None:
    """The first thing that is wrong with an output folder, so that commands fail by it; None if nothing is seen."""
    try:
        state = read_state(output)
    except StoreDamaged as error:
        return str(error)
    except OSError:
        return None
    files = filter(None, (file_problem(output, f, deep) for files in state.files.values() for f in files))
    folders = ("views.sql: a folder in place of a file" for _ in range((output / "views.sql").is_dir()))
    stopped = (problem for _, problem in work_problems(output))
    return next(
        chain(
            files, derived_problems(output) if deep else _lost_segments(output, state), stopped, feed_problems(output), folders
        ),
        None,
    )


@contextmanager
def damage_told(output: Path, passing: tuple[type[Exception], ...] = ()) -> Iterator[None]:
    """Work on an output folder: what fails since the folder is damaged says so.

    Args:
        output: the folder.
        passing: errors that have another cause.

    Raises:
        StoreDamaged: the folder is damaged; what to do is said.
    """
    try:
        yield
    except Exception as error:
        if isinstance(error, (StoreError, NewerRecord, *passing)) or "run 'onrecord repair" in str(error):
            raise
        found = damage_of(output) if (output / RUNS).is_dir() else None
        if found is None and isinstance(error, StoreDamaged):
            found = str(error)
        if found is None and _is_decoding(error):
            found = damage_of(output, deep=True)
        if found is None:
            raise
        raise StoreDamaged(f"{found}; run 'onrecord repair {output}'") from error


def _is_decoding(error: Exception) -> bool:
    """Whether an error is of a file's content, rather than of what was asked for."""
    system = isinstance(error, OSError) and error.errno is not None
    return isinstance(error, (pa.ArrowException, OSError, UnicodeDecodeError)) and not system
