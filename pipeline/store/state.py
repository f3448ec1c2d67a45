"""What all finished runs amount to: the files that count, those that may be removed, the inputs taken.

Manifests are never removed. So that an output folder with years of runs opens as fast as a young one, their sum is
written to ``_runs/checkpoints`` now and then; only the manifests after the last checkpoint are read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq
from pydantic import BaseModel, Field

from ..durable import make_folder, whole, write_whole
from ..schemas.versions import FIRST, parse_version
from .manifest import (
    RUNS,
    Input,
    Manifest,
    PublishedFile,
    StoreDamaged,
    check_readable,
    hashed_uri,
    manifest_paths,
    no_record,
    read_manifests,
)
from .seal import digest_of, sealed, unsealed

CHECKPOINTS = "checkpoints"
CHECKPOINT_EVERY = 50  # runs
MOST_INPUT_FILES = 64
INPUTS_WRITTEN = {"compression": "zstd", "write_page_checksum": True}
_INPUTS = pa.schema([("uri", pa.string()), ("size", pa.int64()), ("digest", pa.string()), ("modified", pa.int64())])


class State(BaseModel):
    """The sum of the runs up to number ``sequence``."""

    sequence: int = 0
    schema_version: str = FIRST  # the highest of the runs
    files: dict[str, list[PublishedFile]] = Field(default_factory=dict)
    replaced: dict[str, datetime] = Field(default_factory=dict)
    forgotten: list[str] = Field(default_factory=list)
    input_files: list[str] = Field(default_factory=list)
    input_digests: dict[str, str] = Field(default_factory=dict)  # SHA-256 of each of ``input_files``
    reread: list[str] = Field(default_factory=list)  # inputs that are to be read again, of all that ``input_files`` hold
    checkpoint: int = 0  # the run up to which ``input_files`` hold the inputs

    def add(self, manifest: Manifest) -> None:
        """Take in the next run."""
        gone = set(manifest.replaces)
        if gone:
            self.files = {t: [f for f in fs if f.path not in gone] for t, fs in self.files.items()}
            self.replaced |= dict.fromkeys(manifest.replaces, manifest.keep_until or manifest.finished_at)
        for file in manifest.files:
            self.files.setdefault(file.table, []).append(file)
        self.forgotten += manifest.forgotten
        self.reread += manifest.reread
        self.sequence = manifest.sequence
        self.schema_version = max(self.schema_version, manifest.schema_version, key=parse_version)

    def paths(self, output: Path, table: str) -> list[Path]:
        """The files of a table that count."""
        return [output / f.path for f in self.files.get(table, [])]


def read_state(output: Path) -> State:
    """The state of an output folder; an empty one if no run has finished.

    Raises:
        StoreDamaged: a manifest or the newest checkpoint cannot be read.
        NewerRecord: a newer version wrote one of them.
    """
    found = sorted((output / RUNS / CHECKPOINTS).glob("[0-9]*.json"))
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


def taken_inputs(output: Path, uris: Collection[str]) -> list[Input]:
    """The inputs with one of these uris that finished runs have taken; others are never held in memory.

    Those of forgotten articles are known by hashes of their uris.
    """
    state = read_state(output)
    hashed = {hashed_uri(u): u for u in uris} if state.forgotten else {}
    wanted = {*uris, *hashed}
    found: list[Input] = []
    if state.input_files and wanted:
        files = [str(output / RUNS / CHECKPOINTS / name) for name in state.input_files]
        condition = pc.field("uri").isin(pa.array(sorted(wanted), pa.string()))
        rows = ds.dataset(files, schema=_INPUTS, format="parquet").scanner(filter=condition).to_table()
        found = [Input(**row) for row in rows.to_pylist() if row["uri"] not in set(state.reread)]
    found += [i for i in _taken(read_manifests(output, state.checkpoint)) if i.uri in wanted]
    return [i.model_copy(update={"uri": hashed[i.uri]}) if i.uri in hashed else i for i in found]


def _taken(manifests: Iterable[Manifest]) -> list[Input]:
    """The inputs that runs have taken, but for those that are to be read again since."""
    found: list[Input] = []
    for manifest in manifests:
        if manifest.reread:
            again = set(manifest.reread)
            found = [i for i in found if i.uri not in again]
        found += manifest.inputs
    return found


def write_checkpoint(output: Path, every: int = CHECKPOINT_EVERY) -> bool:
    """Write the sum of all runs if at least ``every`` have finished since the last; returns whether it was written."""
    state = read_state(output)
    since = manifest_paths(output, state.checkpoint)
    if not since or len(since) < every:
        return False
    folder = output / RUNS / CHECKPOINTS
    make_folder(folder)
    name = f"inputs-{state.checkpoint + 1:06d}-{state.sequence:06d}.parquet"
    anew = len(state.input_files) >= MOST_INPUT_FILES or bool(state.reread)
    earlier = [folder / f for f in state.input_files] if anew else []
    kept = ~pc.field("uri").isin(pa.array(state.reread, pa.string()))
    with whole(folder / name) as stream, pq.ParquetWriter(stream, _INPUTS, **INPUTS_WRITTEN) as out:
        for batch in ds.dataset(earlier, schema=_INPUTS, format="parquet").to_batches(filter=kept) if earlier else ():
            out.write_batch(batch)
        if state.reread:
            out.write_table(_inputs(_taken(read_manifests(output, state.checkpoint))))
        for manifest in read_manifests(output, state.checkpoint) if not state.reread else ():
            out.write_table(_inputs(manifest.inputs))
    state.reread = []
    digests = {} if earlier else state.input_digests
    state.input_digests = digests | {name: digest_of(folder / name)}
    state.input_files = [name] if earlier else [*state.input_files, name]
    state.checkpoint = state.sequence
    state.replaced = {path: at for path, at in state.replaced.items() if (output / path).exists()}
    write_whole(folder / f"{state.sequence:06d}.json", sealed(state.model_dump(mode="json")))
    for old in sorted(folder.glob("[0-9]*.json"))[:-2]:  # a reader may be at the last but one
        old.unlink()
    for path in earlier:
        path.unlink()
    return True


def _inputs(inputs: Sequence[Input]) -> pa.Table:
    return pa.Table.from_pylist([i.model_dump() for i in inputs], schema=_INPUTS)
