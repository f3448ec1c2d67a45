"""Bringing a record of an earlier version over: what it lacks is made from its tables, in one transaction; nothing is copied."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from .. import __version__
from ..reading import model_version
from ..reading.version import rules_version
from ..schemas.ids import hash_id
from ..sources.nearness import bands, signature
from ..store.index import rebuild
from ..store.legacy import finish_old_runs, remove_old, remove_old_aliases
from ..store.manifest import Manifest
from ..store.publish import publish
from ..store.segments import FORM, IndexFile, form_of, open_segments
from ..store.state import State, read_state
from ..store.work import Work
from .config import Config


def bring_over(output: Path, config: Config, told: Callable[[str], None] | None = None) -> Manifest | None:
    """Make the index of a record that has none, as those of versions before 0.2, lost it, or has one of before 0.3.

    The folder is open. None if its index is as it should be.
    """
    for run_id in finish_old_runs(output):
        if told is not None:
            told(f"run {run_id} had been stopped while it was publishing; it is published now")
    state = read_state(output)
    if state.names is not None:
        remove_old_aliases(output)
    forms = [form_of(output, f) for f in state.index or ()]
    if not state.sequence or (state.index is not None and all(form == FORM for form in forms)):
        return None
    now, sequence = datetime.now(UTC), 1 + state.sequence
    manifest = Manifest(
        run_id=f"{sequence:06d}-{hash_id('upgrade', sequence, now)[:12]}",
        kind="upgrade",
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

    def index(state: State) -> list[IndexFile]:
        there = [f for f in state.index or () if form_of(output, f) is not None and f.rows["document"]]
        earlier = open_segments(str(output / f.path) for f in there)
        return rebuild(output, manifest.run_id, state, signature, bands, earlier=[s for s in earlier if s.form < FORM])

    with Work(output, manifest.run_id).begun():
        done = publish(output, manifest, [], index=index)
    remove_old(output)
    if told is not None:
        told("the index of the record was missing, or is of an earlier version, and was made from its tables")
    return done
