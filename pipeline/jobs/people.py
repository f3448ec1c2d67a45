"""A new generation of ``people``: the graph that joins names, and the newsroom's own aliases."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from .. import __version__
from ..durable import write_whole
from ..people.joining import RULES, Alias
from ..reading import model_version
from ..reading.version import rules_version
from ..schemas import PEOPLE, Table
from ..schemas.ids import hash_id, normalised_name
from ..store.manifest import Manifest, StoreDamaged
from ..store.merge import LeaveOut, carry_over, merge_parts
from ..store.names import COVERS, NAMES, Covers, covers_text, read_covers
from ..store.names import FOLDER as NAMES_FOLDER
from ..store.parts import Part, check_rows, write_part
from ..store.publish import publish
from ..store.seal import digest_of
from ..store.staging import Beside, Staging
from ..store.state import read_state
from .config import Config
from .engine import Engine, UsageError

KEPT = "aliases.csv"  # in the output folder: the aliases that the newest generation was made with
_COLUMNS = ("alias", "name", "external_id")
_SHARD_ROWS = 50_000  # of document_speakers, whose names are held at once
_SHARDS = 16  # beyond which a shard has more
_MOST_ROWS = 500_000  # but never more than these


class PeopleMaker:
    """Makes generations of ``people`` for an output folder: with the aliases of the settings, else those kept there.

    Only what is new is read, and only blocks that it touches are decided again, as long as the names kept beside the tables
    cover no file that counts no more.

    Args:
        output: the output folder.
        config: settings.
        leaving: normalised names that are in the record no more; what the aliases tell of them goes too.

    Raises:
        UsageError: the alias file cannot be used.
    """

    def __init__(self, output: Path, config: Config, leaving: Collection[str] = ()) -> None:
        self.output = output
        self.config = config
        self.leaving = frozenset(leaving)
        self.aliases = parse_aliases(self._text(), str(config.aliases or output / KEPT))
        self._beside = Beside()

    def make(self, files: Mapping[str, Path], run_id: str, folder: Path, target: str) -> Part:
        """See ``store.publish.MakePeople``."""
        known = read_covers(self.output)
        rules = f"{__version__} {rules_version()} {RULES}"
        if known is not None and (known.rules != rules or not set(known.document_speakers) <= set(files)):
            known = None  # a file that it covers counts no more, or its blocks are others
        aliases = hash_id("aliases", sorted((k, a.name, a.external_id) for k, a in self.aliases.items()))
        current = [f.path for f in read_state(self.output).files.get(PEOPLE.name, [])]
        every = known is None or known.aliases != aliases or current != [known.people]
        new = [str(path.resolve()) for name, path in files.items() if known is None or name not in known.document_speakers]
        earlier = (self.output / known.file).resolve() if known is not None else None
        people, names = self._joined(new, earlier, every, run_id, folder)
        if known is not None and earlier is not None:
            touched = [pq.read_table(folder / p.name, columns=["id"])["id"] for p in names]
            ids = pa.chunked_array([c for t in touched for c in t.chunks], pa.string()).combine_chunks()
            names = [carry_over(earlier, LeaveOut("id", ids), [folder / p.name for p in names], NAMES.name, folder)]
            if not every:
                of_people = LeaveOut("speaker_id", ids)
                fresh = [folder / p.name for p in people]
                people = [carry_over(self.output / known.people, of_people, fresh, PEOPLE.name, folder)]
        kept = f"{NAMES_FOLDER}/{run_id}.parquet"
        places = [(folder / _one(names, NAMES, folder).name, kept)]
        given = digest_of(self.output / KEPT) if (self.output / KEPT).exists() else None
        if aliases_changed(self.output, self.config) or self._text() != _given(self.output, self.config):
            places.append((write_whole(folder / KEPT, self._text()), KEPT))
            given = digest_of(folder / KEPT)
        covers = Covers(
            file=kept,
            document_speakers=sorted(files),
            people=target,
            rules=rules,
            aliases=aliases,
            digest=digest_of(places[0][0]),
            given=given,
        )
        places.append((write_whole(folder / COVERS, covers_text(covers)), f"{NAMES_FOLDER}/{COVERS}"))
        before = {f"{NAMES_FOLDER}/{p.name}" for p in (self.output / NAMES_FOLDER).glob("*.parquet")} - {kept}
        self._beside = Beside(tuple((str(p.relative_to(folder.parent)), at) for p, at in places), tuple(sorted(before)))
        return _one(people, PEOPLE, folder)

    def beside(self) -> Beside:
        """The names and the aliases that the generation was made of, which are kept with it."""
        return self._beside

    def _text(self) -> str:
        """The aliases as given, without the lines that are about names that leave the record alone."""
        text = _given(self.output, self.config)
        if not self.leaving or not text:
            return text
        head, *lines = text.splitlines(keepends=True)
        columns = [c.strip() for c in next(csv.reader([head.removeprefix("\ufeff")], skipinitialspace=True))]
        return head + "".join(line for line in lines if not self._leaves(dict(zip(columns, _cells(line), strict=False))))

    def _leaves(self, row: Mapping[str, str]) -> bool:
        return not self.leaving.isdisjoint({normalised_name(row.get("alias", "")), normalised_name(row.get("name", ""))})

    def _joined(
        self, new: Sequence[str], known: Path | None, every: bool, run_id: str, folder: Path
    ) -> tuple[list[Part], list[Part]]:
        """Parts of people and of names in ``folder`` for what is new and what that touches."""
        from .graph import build_people, read_parts

        rows = sum(pq.read_metadata(path).num_rows for path in new)
        rows += pq.read_metadata(known).num_rows if known is not None and every else 0
        if not rows:
            return [], []
        work = folder.resolve() / PEOPLE.name
        work.mkdir()
        shards = max(min(_SHARDS, 1 + rows // _SHARD_ROWS), 1 + rows // _MOST_ROWS)
        build = partial(build_people, folder=work, run_id=run_id, aliases=self.aliases, shards=shards, known=known, every=every)
        with Engine(self.config) as engine:  # one graph: blocks of names are brought together over all files
            reports = engine.run_shares(build, new, [1] * len(new), len(new) + 1, work)
        parts = [Part(p.table, f"{work.name}/{p.name}", p.rows, p.bytes) for p in read_parts(reports)]
        check_rows(folder, parts)
        return [p for p in parts if p.table == PEOPLE.name], [p for p in parts if p.table == NAMES.name]


def _cells(line: str) -> list[str]:
    return next(csv.reader([line], skipinitialspace=True), [])


def _one(parts: Sequence[Part], table: Table, folder: Path) -> Part:
    """The parts as one."""
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return write_part(folder, table.name, table.arrow.empty_table())
    return merge_parts([folder / p.name for p in parts], table.name, folder)


def aliases_changed(output: Path, config: Config) -> bool:
    """Whether the settings name other aliases than those that the newest generation was made with."""
    kept = output / KEPT
    return config.aliases is not None and (not kept.exists() or kept.read_text(encoding="utf-8") != _given(output, config))


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
        rules_version=rules_version(),
        files=[],
        replaces=[],
        counts={},
    )
    staging = Staging(output, manifest.run_id)
    with staging.dropped_on_failure():
        done = publish(staging, {}, manifest, file_bytes=config.file_mb << 20, people=PeopleMaker(output, config))
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
        what = getattr(error, "strerror", None) or "not UTF-8"
        if config.aliases is None:
            raise StoreDamaged(f"{KEPT}: cannot be read ({what}); run 'onrecord repair {output}'") from None
        raise UsageError(f"--aliases {path}: {what}") from None
