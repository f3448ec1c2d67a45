"""A new generation of ``people``: the graph that joins names, and the newsroom's own aliases."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq

from schemas import PEOPLE, SCHEMA_VERSION
from schemas.ids import hash_id, normalised_name

from . import __version__
from .config import Config
from .engine import UsageError, run_graph
from .language import model_version
from .language.joining import Alias
from .store.manifest import Manifest, write_whole
from .store.merge import merge_parts
from .store.parts import Part, write_part
from .store.publish import MakePeople, publish
from .store.staging import Staging
from .store.state import read_state

KEPT = "aliases.csv"  # in the output folder: the aliases that the newest generation was made with
_COLUMNS = ("alias", "name", "external_id")
_SHARD_ROWS = 500_000  # of document_speakers, whose names are held at once
_FEW_ROWS = 200_000  # that are joined before workers have started


def people_maker(output: Path, config: Config) -> MakePeople:
    """What makes a generation of ``people`` for an output folder: with the aliases of the settings, else those kept there.

    Raises:
        UsageError: the alias file cannot be used.
    """
    aliases = parse_aliases(_given(output, config), str(config.aliases or output / KEPT))

    def make(files: Sequence[Path], run_id: str, folder: Path) -> Part:
        from .graph import build_people, read_parts

        rows = sum(pq.read_metadata(path).num_rows for path in files)
        if not rows:
            return write_part(folder, PEOPLE.name, PEOPLE.arrow.empty_table())
        work = folder.resolve() / "people"
        work.mkdir()
        own = config.model_copy(update={"workers": 1}) if rows < _FEW_ROWS else config
        shards = 1 + rows // _SHARD_ROWS
        paths = [str(path.resolve()) for path in files]
        run_graph(lambda root: build_people(root, paths, work, run_id, aliases, shards), own)
        parts = [work / p.name for p in read_parts(work)]
        if len(parts) == 1:
            (only,) = read_parts(work)
            return Part(only.table, f"{work.name}/{only.name}", only.rows, only.bytes)
        return merge_parts(parts, PEOPLE.name, folder)

    return make


def aliases_changed(output: Path, config: Config) -> bool:
    """Whether the settings name other aliases than those that the newest generation was made with."""
    kept = output / KEPT
    return config.aliases is not None and (not kept.exists() or kept.read_text(encoding="utf-8") != _given(output, config))


def keep_aliases(output: Path, config: Config) -> None:
    """Keep the aliases of the settings with the output, for every later command that makes ``people``."""
    if aliases_changed(output, config):
        write_whole(output / KEPT, _given(output, config))


def publish_people(output: Path, config: Config, told: Callable[[str], None] | None = None) -> Manifest:
    """Publish a new generation of ``people`` and nothing else, for aliases that have changed; the lock is held."""
    now = datetime.now(UTC)
    sequence = 1 + read_state(output).sequence
    manifest = Manifest(
        run_id=f"{sequence:06d}-{hash_id('people', sequence, now)[:12]}",
        kind="people",
        sequence=sequence,
        started_at=now,
        finished_at=now,
        pipeline_version=__version__,
        model_version=model_version(config.model),
        schema_version=SCHEMA_VERSION,
        files=[],
        replaces=[],
        counts={},
    )
    staging = Staging(output, manifest.run_id)
    with staging.dropped_on_failure():
        done = publish(staging, {}, manifest, file_bytes=config.file_mb << 20, people=people_maker(output, config))
    keep_aliases(output, config)
    if told is not None:
        told(f"people are joined anew with {config.aliases}")
    return done


def parse_aliases(text: str, where: str) -> dict[str, Alias]:
    """Aliases by normalised name; the names that they stand for are their own aliases.

    Args:
        text: CSV with the columns ``alias, name, external_id``; the last may be left out.
        where: the file's name, for errors.

    Raises:
        UsageError: a column or a value is missing, or an alias stands for two names.
    """
    if not text.strip():
        return {}
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), skipinitialspace=True)
    columns = [c.strip() for c in rows.fieldnames or ()]
    if not {"alias", "name"} <= set(columns) <= set(_COLUMNS):
        raise UsageError(f"--aliases {where}: the first line must be {','.join(_COLUMNS)}")
    rows.fieldnames = columns
    out: dict[str, Alias] = {}
    for row in rows:
        alias, name, external = ((row.get(c) or "").strip() for c in _COLUMNS)
        if not normalised_name(alias) or not normalised_name(name):
            raise UsageError(f"--aliases {where}: line {rows.line_num}: alias and name must both be given")
        person = Alias(name, external or None)
        for form in (alias, name):
            if out.setdefault(normalised_name(form), person) != person:
                raise UsageError(f"--aliases {where}: line {rows.line_num}: {form} stands for two names or ids")
    return out


def _given(output: Path, config: Config) -> str:
    path = config.aliases or output / KEPT
    if config.aliases is None and not path.exists():
        return ""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"--aliases {path}: {getattr(error, 'strerror', None) or 'not UTF-8'}") from None
