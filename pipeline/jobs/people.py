"""A new generation of ``people``: names that are joined, and the newsroom's own aliases."""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from .. import __version__
from ..places import find, is_remote
from ..reading import model_version
from ..reading.version import rules_version
from ..schemas import DOCUMENT_SPEAKERS, PEOPLE
from ..schemas.ids import hash_id, normalised_name, sha256_hex
from ..storage import remove_at, write_at
from ..store.legacy import ALIASES as OLD_ALIASES
from ..store.manifest import KeptNames, Manifest, PublishedFile, StoreDamaged
from ..store.merge import LeaveOut, carry_over, merge_parts
from ..store.names import FOLDER, NAMES
from ..store.parts import open_parquet, part_path, write_part
from ..store.publish import publish
from ..store.seal import digest_of
from ..store.state import State, read_state
from ..store.work import Work
from .config import Config
from .engine import UsageError

if TYPE_CHECKING:  # what joins names is loaded when there are some: most runs of a schedule have nothing new
    from ..people.joining import Alias

_COLUMNS = ("alias", "name", "external_id")
_SHARD_ROWS = 50_000  # of document_speakers, whose names are held at once
_SHARDS = 16  # beyond which a shard has more
_MOST_ROWS = 500_000  # but never more than these
_SPEAKERS = DOCUMENT_SPEAKERS.name


class PeopleMaker:
    """Makes generations of ``people`` for an output folder: with the aliases of the settings, else those kept there.

    Only what is new is read, and only blocks that it touches are decided again, as long as the names kept beside the tables
    cover no file that counts no more.

    Args:
        output: the output folder.
        config: settings.
        leaving: normalised names that are in the record no more; what the aliases tell of them goes too.
        lost: kept aliases that cannot be read are done without; those that no manifest names any more are taken up.

    Raises:
        UsageError: the alias file cannot be used.
    """

    def __init__(self, output: Path, config: Config, leaving: Collection[str] = (), lost: bool = False) -> None:
        self.output = output
        self.config = config
        self.leaving = frozenset(leaving)
        try:
            self.given = given_aliases(output, config)
        except StoreDamaged:
            if not lost:
                raise
            self.given = ""
        if lost and not self.given and read_state(output).names is None:
            self.given = _unnamed_aliases(output)
        self.aliases = parse_aliases(self._text(), f"{config.aliases or 'kept in the output'}")

    def make(
        self, state: State, new: Sequence[PublishedFile], gone: Iterable[str], run_id: str, day: str
    ) -> tuple[PublishedFile, KeptNames]:
        """See ``store.publish.MakePeople``."""
        from ..corrections.pairs import names_of
        from ..people.joining import RULES
        from ..people.said import with_said
        from ..store.corrected.rows import read_corrections

        rules = f"{__version__} {rules_version()} {RULES}"
        known, left = state.names, set(gone)
        covered = {f.path for f in state.files.get(_SPEAKERS, [])} - set(state.unnamed)
        if known is not None and (known.rules != rules or covered & left or not _whole(self.output, known)):
            known = None  # a file that it covers counts no more, or its blocks are others
        said = names_of(r for r in read_corrections(self.output, state, new, left) if r["undone_at"] is None)
        taken = with_said(self.aliases, said)
        told = sorted((i, *sorted(others)) for i, others in said.apart.items())
        aliases = hash_id("aliases", sorted((k, a.name, a.external_id) for k, a in taken.items()), *([told] if told else []))
        current = [f.path for f in state.files.get(PEOPLE.name, []) if f.path not in left]
        every = known is None or known.aliases != aliases or current != [known.people]
        counted = [f.path for f in state.files.get(_SPEAKERS, []) if f.path not in left and f.rows]
        added = [p for p in counted if known is None or p in state.unnamed] + [f.path for f in new if f.table == _SPEAKERS]
        earlier = self.output / known.file if known is not None else None
        folder = Work(self.output, run_id).folder / f"people-{uuid.uuid4().hex[:8]}"
        made = self._joined([self.output / p for p in added], earlier, every, run_id, folder, taken, said.apart)
        people, names = ([folder / f.path for f in made if f.table == t] for t in (PEOPLE.name, NAMES.name))
        kept, target = f"{FOLDER}/{run_id}-{uuid.uuid4().hex[:12]}.parquet", part_path(PEOPLE.name, day, run_id)
        if known is not None and earlier is not None:
            ids = [open_parquet(p).read(["id"])["id"] for p in names]
            touched = pa.chunked_array([c for t in ids for c in t.chunks], pa.string()).combine_chunks()
            of_names = carry_over(earlier, LeaveOut("id", touched), names, NAMES.name, self.output, kept)
            if not every:
                leave = LeaveOut("speaker_id", touched)
                of_people = carry_over(self.output / known.people, leave, people, PEOPLE.name, self.output, target)
            else:
                of_people = self._one(people, PEOPLE.name, target)
        else:
            of_names, of_people = self._one(names, NAMES.name, kept), self._one(people, PEOPLE.name, target)
        remove_at([folder])
        return of_people, KeptNames(
            file=kept, digest=of_names.digest or "", people=target, rules=rules, aliases=aliases,
            **self._kept_aliases(state, run_id),
        )  # fmt: skip

    def _kept_aliases(self, state: State, run_id: str) -> dict[str, str | None]:
        """Where the aliases are kept; as they were, unless they have changed."""
        text = self._text()
        if not text:
            return {}
        if state.aliases is not None and state.aliases[1] == sha256_hex(text.encode()):
            return dict(zip(("aliases_file", "aliases_digest"), state.aliases, strict=True))
        path = f"{FOLDER}/{run_id}-{uuid.uuid4().hex[:12]}.csv"
        write_at(self.output / path, text)
        return {"aliases_file": path, "aliases_digest": sha256_hex(text.encode())}

    def _text(self) -> str:
        """The aliases as given, without the lines that are about names that leave the record alone."""
        text = self.given
        if not self.leaving or not text:
            return text
        head, *lines = text.splitlines(keepends=True)
        columns = [c.strip() for c in next(csv.reader([head.removeprefix("\ufeff")], skipinitialspace=True))]
        return head + "".join(line for line in lines if not self._leaves(dict(zip(columns, _cells(line), strict=False))))

    def _leaves(self, row: Mapping[str, str]) -> bool:
        return not self.leaving.isdisjoint({normalised_name(row.get("alias", "")), normalised_name(row.get("name", ""))})

    def _joined(
        self,
        new: Sequence[Path],
        known: Path | None,
        every: bool,
        run_id: str,
        folder: Path,
        taken: Mapping[str, Alias],
        apart: Mapping[str, Set[str]],
    ) -> list[PublishedFile]:
        """Files of people and of names in ``folder`` for what is new and what that touches."""
        rows = sum(open_parquet(path).metadata.num_rows for path in new)
        rows += open_parquet(known).metadata.num_rows if known is not None and every else 0
        if not rows:
            return []
        from ..people.transform import join_people

        shards = max(min(_SHARDS, 1 + rows // _SHARD_ROWS), 1 + rows // _MOST_ROWS)
        return join_people(new, folder, run_id, taken, shards, known, every, apart)

    def _one(self, parts: Sequence[Path], table: str, path: str) -> PublishedFile:
        """The files as one."""
        if parts:
            return merge_parts(parts, table, self.output, path)
        return write_part(self.output, path, table, {PEOPLE.name: PEOPLE, NAMES.name: NAMES}[table].arrow.empty_table())


def _unnamed_aliases(output: Path) -> str:
    """The newest aliases that lie with the names; empty if there are none that can be read."""
    newest = max((f for f in find(output / FOLDER) if f.name.endswith(".csv")), key=lambda f: f.modified, default=None)
    try:
        return (output / FOLDER / newest.name).read_text(encoding="utf-8") if newest is not None else ""
    except (OSError, UnicodeDecodeError):
        return ""


def _whole(output: Path, names: KeptNames) -> bool:
    try:
        return digest_of(output / names.file) == names.digest
    except OSError:
        return False


def _cells(line: str) -> list[str]:
    return next(csv.reader([line], skipinitialspace=True), [])


def aliases_changed(output: Path, state: State, config: Config) -> bool:
    """Whether the settings name other aliases than those that the newest generation was made with."""
    if config.aliases is None:
        return False
    return given_aliases(output, config) != given_aliases(output, config.model_copy(update={"aliases": None}), state)


def publish_people(output: Path, config: Config, told: Callable[[str], None] | None = None) -> Manifest:
    """Publish a new generation of ``people`` and nothing else, for aliases that have changed; the folder is open."""
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
    with Work(output, manifest.run_id).begun():
        done = publish(output, manifest, [], people=PeopleMaker(output, config))
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
    from ..people.joining import Alias

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


def read_aliases(path: Path) -> str:
    """A file of aliases.

    Raises:
        UsageError: it cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"--aliases {path}: {getattr(error, 'strerror', None) or 'not UTF-8'}") from None


def merge_aliases(kept: str, given: str) -> str:
    """Aliases of earlier files with those of a further one, which counts where they differ.

    A name that stands for another now takes those along that stood for it.
    """
    if not kept.strip():
        return given
    before, new = _alias_rows(kept), _alias_rows(given)
    renamed = {normalised_name(alias): name for alias, name, _ in new}
    stood = {normalised_name(alias): name for alias, name, _ in before if normalised_name(alias) not in renamed}
    ids = {normalised_name(name): external for rows in (before, new) for _, name, external in rows if external}
    merged: dict[str, tuple[str, str]] = {}
    for alias, name, _ in [*(r for r in before if normalised_name(r[0]) not in renamed), *new]:
        target = renamed.get(normalised_name(name)) or stood.get(normalised_name(name)) or name
        itself = normalised_name(alias) == normalised_name(target)
        if not itself or normalised_name(alias) in renamed:
            merged[normalised_name(alias)] = alias, name if itself else target
    rows = [(alias, name, ids.get(normalised_name(name), "")) for alias, name in merged.values()]
    if sorted(rows) == sorted(before):
        return kept
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([_COLUMNS, *rows])
    return out.getvalue()


def _alias_rows(text: str) -> list[tuple[str, str, str]]:
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), skipinitialspace=True)
    rows.fieldnames = [c.strip() for c in rows.fieldnames or ()]
    told = (tuple((row.get(c) or "").strip() for c in _COLUMNS) for row in rows)
    return [(alias, name, external) for alias, name, external in told]


def unmatched_aliases(output: Path, config: Config) -> list[str]:
    """The aliases of the settings that nobody in the record is called by."""
    names = read_state(output).names
    if config.aliases is None or names is None:
        return []
    wanted = {normalised_name(alias): alias for alias, _, _ in _alias_rows(read_aliases(config.aliases))}
    with open_parquet(output / names.file) as file:
        for batch in file.iter_batches(columns=["name"], use_threads=False):
            for name in map(normalised_name, batch["name"].to_pylist()):
                wanted.pop(name, None)
    return list(wanted.values())


def given_aliases(output: Path, config: Config, state: State | None = None) -> str:
    """The aliases that were kept, with those of the settings; empty if there are none.

    Raises:
        UsageError: those of the settings cannot be read.
        StoreDamaged: those that were kept are not as they were given.
    """
    if config.aliases is not None:
        kept = given_aliases(output, config.model_copy(update={"aliases": None}), state)
        return merge_aliases(kept, read_aliases(config.aliases))
    state = state or read_state(output)
    path, digest = state.aliases or (None, None)
    old = output / OLD_ALIASES  # of a version before 0.2
    if path is None and (is_remote(output) or state.names is not None or not old.exists()):
        return ""
    try:
        if path is not None and digest_of(output / path) != digest:
            raise StoreDamaged(f"{path}: not as it was given; run 'onrecord repair {output}'")
        return (output / path if path is not None else old).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        what = getattr(error, "strerror", None) or "not UTF-8"
        raise StoreDamaged(f"{path or OLD_ALIASES}: cannot be read ({what}); run 'onrecord repair {output}'") from None
