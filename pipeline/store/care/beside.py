"""What tells of an article outside the tables: the paths of its files in manifests."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from ..manifest import RUNS, Input, StoreDamaged, hashed_uri, manifest_paths, no_record, parse_manifest, write_manifest


def hide_paths(output: Path, paths: Collection[str]) -> None:
    """Write the manifests that name one of these input files anew, with hashes in their place; done twice, it changes nothing.

    The inputs still count as taken.

    Raises:
        StoreDamaged: a manifest cannot be read.
    """
    for path in manifest_paths(output):
        try:
            manifest = parse_manifest(path.read_bytes())
        except (ValueError, OSError) as error:
            raise StoreDamaged(f"{RUNS}/{path.name}: {no_record(error)}") from None
        if any(i.uri in paths for i in manifest.inputs):
            inputs = [_hidden(i) if i.uri in paths else i for i in manifest.inputs]
            write_manifest(output, manifest.model_copy(update={"inputs": inputs}), path)


def _hidden(taken: Input) -> Input:
    return taken.model_copy(update={"uri": hashed_uri(taken.uri)})
