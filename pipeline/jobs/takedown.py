"""Takedowns: an article leaves the record and all that is kept beside it. One that is stopped is finished by the next command."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel

from ..schemas.ids import normalised_name
from ..sources.paths import uri_of
from ..storage import remove_at
from ..store.legacy import remove_old_aliases
from ..store.manifest import DAMAGED, RUNS, Manifest, committed, hashed_uri, read_manifests
from ..store.publish import finish
from ..store.state import read_state
from ..store.work import Work, under_way
from .config import Config
from .engine import UsageError
from .people import PeopleMaker

if TYPE_CHECKING:  # every run asks for what was stopped; what takes an article out is loaded when one is
    from ..store.care.forget import Traces


class Takedown(BaseModel):
    """What is to be forgotten, written down before it begins; what tells of it beside the tables goes once it has left them."""

    names: list[str]
    grace: timedelta
    manifest: Manifest
    addresses: list[str]
    titles: list[str]
    article_ids: list[str]
    paths: list[str]


@dataclass(frozen=True)
class WouldGo:
    """What a takedown would take away; ``speakers`` are those who speak in no other article."""

    articles: int
    versions: int
    rows: dict[str, int]
    files: int
    paths: list[str]
    speakers: list[str]


def names_of(uri: str) -> list[str]:
    """The names under which an article is looked up."""
    named = uri_of(uri)
    return [named] if "://" in named else [named, uri_of(os.path.abspath(uri))]


def would_go(output: Path, uri: str) -> WouldGo:
    """What ``forget`` would take away; nothing is changed, and no lock is needed.

    Raises:
        UsageError: there is no such article, or the folder is no output folder.
    """
    from ..store.care.forget import rows_held

    if not (output / RUNS).is_dir():
        raise UsageError(f"{output} holds no finished run; give the folder that 'onrecord run' wrote to")
    found = _found(output, names_of(uri))
    if not found:
        raise no_article(output, uri)
    rows, files = rows_held(output, found)
    return WouldGo(
        articles=len(found.article_ids),
        versions=len(found.doc_ids),
        rows=rows,
        files=len(files),
        paths=sorted(found.paths),
        speakers=sorted(min(forms, key=lambda f: (-len(f), f)) for forms in found.speakers.values()),
    )


def no_article(output: Path, uri: str) -> UsageError:
    """The error for an article that is not there."""
    return UsageError(f"no article with uri or url {uri} in {output}; look it up in documents.uri and documents.url")


def forget(output: Path, uri: str, base: Manifest, config: Config, grace: timedelta) -> Manifest:
    """Take an article down; where that has been done, the manifest of the run that did it is returned.

    Args:
        output: an output folder whose lock is held.
        uri: its ``documents.uri``, ``documents.url`` in any form, or a local path.
        base: the manifest but for what is published and replaced.
        config: settings (sizes).
        grace: how long files with the article stay on disk.

    Raises:
        UsageError: there is no such article.
    """
    names = names_of(uri)
    found = _found(output, names)
    if not found:
        hashes = {hashed_uri(name) for name in names}
        if hashes.isdisjoint(read_state(output).forgotten):
            raise no_article(output, uri)
        return next(m for m in read_manifests(output) if not hashes.isdisjoint(m.forgotten))
    base = base.model_copy(update={"forgotten": [hashed_uri(name) for name in names]})
    job = Takedown(
        names=names,
        grace=grace,
        manifest=base,
        addresses=sorted(found.addresses),
        titles=sorted(found.titles),
        article_ids=found.article_ids.to_pylist(),
        paths=sorted(found.paths),
    )
    work = Work(output, base.run_id)
    work.write_plan(job.model_dump_json())
    return _carry_out(output, job, config)


def finish_takedowns(output: Path, told: Callable[[str], None] | None = None) -> None:
    """Finish the takedowns that were stopped under way, in an output folder that is open."""
    for work in under_way(output):
        try:
            job = Takedown.model_validate_json(work.read_plan() or "")
        except ValueError:
            continue  # another kind of run
        if told is not None:
            told(f"takedown {work.run_id} was stopped and is finished first")
        sequence = 1 + read_state(output).sequence
        manifest = job.manifest.model_copy(update={"sequence": sequence})  # others may have published since
        _carry_out(output, job.model_copy(update={"manifest": manifest}), Config.model_validate({}))


def _found(output: Path, names: list[str]) -> Traces:
    from ..sources.identity import url_article_id
    from ..store.care.forget import find_article

    return find_article(output, names, [url_article_id(names[0])])


def _carry_out(output: Path, job: Takedown, config: Config) -> Manifest:
    """Take the article out of the tables, if it has not left them, and then out of all else; done twice, it changes nothing."""
    from ..sources.identity import url_article_id
    from ..sources.web.unfeed import without_articles
    from ..store.care.beside import hide_paths
    from ..store.care.forget import forget

    work = Work(output, job.manifest.run_id)
    manifest = committed(output, work.run_id)
    if manifest is None:
        found = _found(output, job.names)
        if not found:  # another takedown of it was first
            work.drop_all()
            return next(m for m in read_manifests(output) if not set(job.manifest.forgotten).isdisjoint(m.forgotten))
        leaving = {normalised_name(form) for forms in found.speakers.values() for form in forms}
        manifest = forget(output, job.manifest, found, job.grace, PeopleMaker(output, config, leaving))
    else:  # stopped behind its commit: files that were replaced before hold the article too
        finish(output, manifest, job.grace)
    addresses, titles, articles = set(job.addresses), set(job.titles), set(job.article_ids)

    def gone(address: str, title: str | None) -> bool:
        return bool(address) and (address in addresses or url_article_id(address) in articles or title in titles)

    without_articles(output, gone)
    hide_paths(output, set(job.paths))
    remove_old_aliases(output)
    remove_at([output / DAMAGED])  # nobody can tell what is in it
    work.drop_all()  # also what an attempt that was stopped had written
    return manifest
