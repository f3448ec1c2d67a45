"""What tells of an article outside the tables: the paths of its files in manifests and checkpoints."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ..manifest import RUNS, Input, hashed_uri, manifest_text, read_manifests
from ..seal import digest_of, sealed
from ..state import CHECKPOINTS, INPUTS_WRITTEN, parse_state, read_state


def without_paths(output: Path, into: Path, paths: Collection[str]) -> list[tuple[Path, str]]:
    """Write manifests and checkpoints that name one of these input files anew into a folder, with hashes in their place.

    Returns the files written, and where each belongs in the output folder. The inputs still count as taken.
    """
    written = []
    for manifest in read_manifests(output):
        if any(i.uri in paths for i in manifest.inputs):
            inputs = [_hidden(i) if i.uri in paths else i for i in manifest.inputs]
            target = into / f"{manifest.run_id}.json"
            target.write_text(manifest_text(manifest.model_copy(update={"inputs": inputs})), encoding="utf-8")
            written.append((target, f"{RUNS}/{target.name}"))
    wanted = pa.array(sorted(paths), pa.string())
    for name in read_state(output).input_files:
        table = pq.read_table(output / RUNS / CHECKPOINTS / name)
        if pc.any(pc.is_in(table["uri"], wanted)).as_py():
            uris = [hashed_uri(u) if u in paths else u for u in table["uri"].to_pylist()]
            pq.write_table(table.set_column(0, "uri", pa.array(uris, pa.string())), into / name, **INPUTS_WRITTEN)
            written.append((into / name, f"{RUNS}/{CHECKPOINTS}/{name}"))
    digests = {path.name: digest_of(path) for path, at in written if at.startswith(f"{RUNS}/{CHECKPOINTS}/")}
    for path in sorted((output / RUNS / CHECKPOINTS).glob("[0-9]*.json")) if digests else ():
        state = parse_state(path.read_bytes())
        told = {n: digests.get(n, d) for n, d in state.input_digests.items()}
        (into / path.name).write_text(sealed(state.model_copy(update={"input_digests": told}).model_dump(mode="json")))
        written.append((into / path.name, f"{RUNS}/{CHECKPOINTS}/{path.name}"))
    return written


def _hidden(taken: Input) -> Input:
    return taken.model_copy(update={"uri": hashed_uri(taken.uri)})
