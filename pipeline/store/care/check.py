"""What of an output folder is not as it was written: its published files, checkpoints and what is kept beside the tables."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ...schemas import TABLES
from ..lock import StoreError
from ..manifest import (
    RUNS,
    SIGNATURES,
    STAGING,
    NewerRecord,
    PublishedFile,
    StoreDamaged,
    manifest_paths,
    no_record,
    parse_manifest,
    readable_manifests,
    writable,
)
from ..names import COVERS, Covers
from ..names import FOLDER as NAMES_FOLDER
from ..parts import misfit
from ..seal import digest_of, unsealed
from ..staging import PLAN, PUBLISH, Staging, unfinished
from ..state import CHECKPOINTS, State, parse_state, read_state
from ..tables import views_text

ALIASES = "aliases.csv"
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
            return f"{file.path}: {size} bytes, not {file.bytes}"
        with pq.ParquetFile(path) as parquet:
            rows, schema = parquet.metadata.num_rows, parquet.schema_arrow
        if rows != file.rows:
            return f"{file.path}: {rows} rows, not {file.rows}"
        if file.table in TABLES and (found := misfit(schema, TABLES[file.table])):  # a newer version may have further tables
            return f"{file.path}: {found}"
        if deep and file.digest is not None and digest_of(path) != file.digest:
            return f"{file.path}: not as it was written: its digest is another"
        return page_problem(path, file.path) if deep else None
    except UNREADABLE as error:
        return f"{file.path}: {no_record(error)}"


def page_problem(path: Path, called: str) -> str | None:
    """What is wrong with the pages of a Parquet file, or None: each is read, and checked where it has a checksum."""
    try:
        with pq.ParquetFile(path, page_checksum_verification=True) as parquet:
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
    """The checkpoints that are not as they were written, with the inputs that the newest names."""
    folder = output / RUNS / CHECKPOINTS
    newest = None
    for path in sorted(folder.glob("[0-9]*.json")):
        try:
            newest = parse_state(path.read_bytes())
        except (ValueError, OSError) as error:
            yield path, f"{RUNS}/{CHECKPOINTS}/{path.name}: {no_record(error)}"
    for name in newest.input_files if newest is not None else ():
        path, called = folder / name, f"{RUNS}/{CHECKPOINTS}/{name}"
        digest = newest.input_digests.get(name) if newest is not None else None
        try:
            if not path.is_file():
                yield path, f"{called}: missing"
            elif digest is not None and digest_of(path) != digest:
                yield path, f"{called}: not as it was written: its digest is another"
            elif found := page_problem(path, called):
                yield path, found
        except OSError as error:
            yield path, f"{called}: {no_record(error)}"


def kept_problems(output: Path) -> Iterator[str]:
    """What is wrong with what is kept beside the tables; all of it is made anew from them when it is next asked for."""
    names, views = output / NAMES_FOLDER, output / "views.sql"
    try:
        if views.read_text(encoding="utf-8") != views_text(output) and writable(read_state(output).schema_version):
            yield "views.sql: not as it was written; the next command that writes makes it anew"
    except (OSError, ValueError):
        yield "views.sql: cannot be read; the next command that writes makes it anew"
    covers = names / COVERS
    if covers.exists():
        try:
            told = Covers.model_validate(unsealed(covers.read_bytes()))
            if digest_of(output / told.file) != told.digest:
                yield f"{told.file}: not as it was written; the next run makes it anew"
        except (ValueError, OSError) as error:
            yield f"{NAMES_FOLDER}/{COVERS}: {no_record(error)}"
        else:
            yield from _alias_problems(output, told.given)
    for path in sorted((output / SIGNATURES).glob("*.parquet")):
        if found := page_problem(path, f"{SIGNATURES}/{path.name}"):
            yield f"{found}; the next run makes it anew"


def _alias_problems(output: Path, given: str | None) -> Iterator[str]:
    """What is wrong with the kept aliases; ``given`` is the digest of those that people were joined with."""
    try:
        if given is not None and digest_of(output / ALIASES) != given:
            yield f"{ALIASES}: not as it was when people were joined with it; give your own file again with --aliases"
        elif (output / ALIASES).is_dir():
            yield f"{ALIASES}: a folder in place of a file"
    except OSError as error:
        yield f"{ALIASES}: {no_record(error)}; give your own file again with --aliases"


def staging_problems(output: Path) -> list[str]:
    """What stopped runs had written down and cannot be read."""
    found = []
    for staging in unfinished(output):
        if (staging.folder / PUBLISH).exists() and staging.decision() is None:
            found.append(f"{STAGING}/{staging.run_id}/{PUBLISH}: cannot be read")
        elif not _plan_whole(staging):
            found.append(f"{STAGING}/{staging.run_id}/{PLAN}: cannot be read")
    return found


def feed_problems(output: Path) -> list[str]:
    """What is known of feeds and cannot be read."""
    try:
        json.loads((output / FEEDS).read_bytes())
    except FileNotFoundError:
        return []
    except (OSError, ValueError):
        return [f"{FEEDS}: cannot be read"]
    return []


def _plan_whole(staging: Staging) -> bool:
    try:
        json.loads(staging.read_plan() or "{}")
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
    folders = (f"{name}: a folder in place of a file" for name in ("views.sql", ALIASES) if (output / name).is_dir())
    return next(chain(files, staging_problems(output), feed_problems(output), folders), None)


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
