"""What a run is to read: the input files that no finished run has taken, in an order that depends on names alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, Field

from .. import __version__
from ..plugins import PluginError
from ..reading import model_version
from ..reading.version import rules_version
from ..schemas import SCHEMA_VERSION
from ..schemas.ids import hash_id, sha256_hex
from ..sources.formats import AUTO, FETCHED, Reading, check_format
from ..sources.kafka.address import is_topic
from ..sources.kafka.client import BrokerError
from ..sources.paths import uri_of
from ..sources.readers.metadata import Metadata, MetadataError, parse_metadata
from ..store.known import Known
from ..store.manifest import Input, Offset
from ..store.state import State
from ..transforms.files import InputError, InputFile, Listing, NoInputError, fingerprint, list_inputs
from ..transforms.folders import UNREADABLE
from ..transforms.refusals import refusal_of
from ..transforms.topics import Ranges, plan_topics
from .config import MEANING, Config
from .engine import NoInput, RunError, UsageError

Leave = Callable[[InputFile, int], bool]  # whether to leave a file of this size for a later run


class PlannedFile(BaseModel):
    """An input file of a plan."""

    file: InputFile
    taken_as: Input


class Plan(BaseModel):
    """All that a run depends on, written down before it begins, so that a run that was stopped can be gone on with."""

    form: Literal[4]  # of what is kept; that of another version is not gone on with
    run_id: str
    sequence: int
    started_at: datetime
    given: list[str]
    meaning: dict[str, Any]
    files: list[PlannedFile]
    left_out: int = 0  # files of unknown format
    again: bool = False  # files are read too that have been taken
    offsets: dict[str, Offset] = Field(default_factory=dict)  # how far topics are read once this is done
    window: int | None = None  # of a stream
    lost: int = 0  # records of topics that brokers removed before they were read
    documents: int = 64  # most of a lot: lots that are done are known by what they hold
    left_for_later: int = Field(0, exclude=True)
    waiting: int = Field(0, exclude=True)  # records of topics that are left for the next run
    ends: dict[str, int] = Field(default_factory=dict, exclude=True)  # of topics
    told: list[str] = Field(default_factory=list, exclude=True)  # lines on what topics have lost

    def goes_on_with(self, earlier: Plan) -> bool:
        """Whether this run was asked for with the same inputs and settings as one that was stopped."""
        same = (earlier.sequence, earlier.given, earlier.meaning, earlier.again)
        return same == (self.sequence, self.given, self.meaning, self.again) and all(
            f.taken_as.key in [g.taken_as.key for g in self.files] for f in earlier.files if f.file.called
        )

    def without_changed_files(self) -> Plan:
        """The plan without files that have changed or vanished since; a later run finds what is new."""
        return self.model_copy(update={"files": [f for f in self.files if _unchanged(f)]})


def make_plan(
    inputs: Sequence[str],
    output: Path,
    state: State,
    config: Config,
    metadata_sha256: str | None,
    stdin: str | None,
    now: datetime,
    leave: Leave | None = None,
    again: bool = False,
    until: Mapping[str, int] | None = None,
) -> Plan:
    """Plan the run that reads what is new in the inputs.

    Args:
        inputs: files, folders, globs, remote URIs, topics; ``stdin`` stands for standard input.
        output: the output folder; files within it are no input.
        state: the record.
        config: settings.
        metadata_sha256: digest of the metadata file, if there is one.
        stdin: where standard input is kept.
        now: the moment that stands for all times of the run.
        leave: tells files that are left for a later run.
        again: read files too that have been taken as they are.
        until: the ends before which topics are read; by default those of this moment.

    Raises:
        RunError: brokers do not answer.
        NoInput: there is no file to read.
        UsageError: an input cannot be read.
    """
    topics = [i for i in inputs if is_topic(i)]
    try:
        ranges = plan_topics(topics, state.offsets, config.kafka, config.kafka_records, until) if topics else Ranges()
        named = [i for i in inputs if not is_topic(i)]
        listing = list_inputs(named, config.format != AUTO, config.follow_links) if named else Listing((), (), ())
        record = Known.of(output, state)
        same = np.zeros(len(listing.files), bool) if again else _as_taken(listing, record)
        found = [
            (file._replace(called="stdin:") if file.uri == stdin else file, size)
            for file, size in ((listing.files[n], listing.sizes[n]) for n in np.flatnonzero(~same).tolist())
        ]
        inside = output.resolve()
        fetched = str(inside / FETCHED)
        found = [(f, s) for f, s in found if f.called or not _within(f.uri, inside) or os.path.dirname(f.uri) == fetched]
        beside = {str(path.resolve()) for path in (config.metadata, config.aliases) if path is not None}  # tells of articles
        if beside:
            found = [(f, size) for f, size in found if f.called or str(Path(f.uri).resolve()) not in beside]
        waiting = {f for f, size in found if leave and not f.refused and os.path.dirname(f.uri) != fetched and leave(f, size)}
        taken: dict[str, list[Input]] = {}
        for known in record.inputs(f.name for f, _ in found):
            taken.setdefault(known.uri, []).append(known)
        chosen = []
        for file, size in found:
            if file not in waiting:
                file, mark = _marked(file, size, taken.get(file.name, ()))
                if again or file.refused or all(mark.key != k.key for k in taken.get(file.name, ())):
                    chosen.append((file, mark))
        if not again:
            chosen = _not_told_yet(chosen, record)
    except NoInputError as error:
        raise NoInput(str(error)) from None
    except BrokerError as error:
        raise RunError(f"{error}; nothing was published") from None
    except InputError as error:
        raise UsageError(str(error)) from None
    chosen += [(p.file, Input(uri=p.file.uri, size=p.bytes, digest=f"{p.file.start}-{p.file.end}")) for p in ranges.pieces]
    sequence = 1 + state.sequence
    meaning = config.model_dump(mode="json", include=set(MEANING)) | {
        "metadata": metadata_sha256,
        "pipeline_version": __version__,
        "model_version": model_version(config.model),
        "rules_version": rules_version(),
        "schema_version": SCHEMA_VERSION,
    }
    identity = hash_id("run", sequence, [m.key for _, m in chosen], sorted(meaning.items(), key=lambda m: m[0]))
    return Plan(
        form=4,
        run_id=f"{sequence:06d}-{identity[:12]}",
        sequence=sequence,
        started_at=now,
        given=["-" if i == stdin else i if "://" in i else uri_of(os.path.abspath(i)) for i in inputs],
        meaning=meaning,
        files=[PlannedFile(file=f._replace(order=n), taken_as=m) for n, (f, m) in enumerate(chosen)],
        left_out=len(listing.left_out),
        again=again,
        offsets=ranges.offsets,
        lost=ranges.lost,
        documents=config.batch_documents,
        waiting=ranges.waiting,
        ends=ranges.ends,
        told=ranges.told,
        left_for_later=len(waiting),
    )


def _as_taken(listing: Listing, known: Known) -> npt.NDArray[np.bool_]:
    """For each file that is listed whether a run has taken it as it is, by its size and when it was changed."""
    files = listing.files
    return known.unchanged([f.uri for f in files], listing.sizes, [None if f.refused else f.modified for f in files])


def _within(uri: str, folder: Path) -> bool:
    return uri.startswith(f"{str(folder).rstrip('/')}/")


def _marked(file: InputFile, size: int, taken: Sequence[Input]) -> tuple[InputFile, Input]:
    """A file and its fingerprint; one that cannot be read becomes a refused one."""
    try:
        if not file.refused:
            return file, fingerprint(file, size, taken)
    except InputError as error:
        file = file._replace(refused=(UNREADABLE, str(error)))
    return file, Input(uri=file.name, size=0, digest="")


def _not_told_yet(chosen: list[tuple[InputFile, Input]], known: Known) -> list[tuple[InputFile, Input]]:
    """The files without those that cannot be read and of which that is published already."""
    if not any(file.refused for file, _ in chosen):
        return chosen
    from ..articles.rows import refusal_id

    ids = {file.name: refusal_id(refusal_of(file, *file.refused)) for file, _ in chosen if file.refused}
    told = known.rejected(ids.values())
    return [(file, mark) for file, mark in chosen if ids.get(file.name) not in told]


def _unchanged(planned: PlannedFile) -> bool:
    if planned.file.refused or is_topic(planned.file.uri):
        return True  # it is not read, or cannot change
    try:
        size = planned.taken_as.size if "://" in planned.file.uri else os.path.getsize(planned.file.uri)
        return fingerprint(planned.file._replace(modified=None), size, [planned.taken_as]).key == planned.taken_as.key
    except (OSError, InputError):
        return False


def make_reading(config: Config) -> tuple[Reading, str | None]:
    """How the inputs are read, and the digest of the metadata file.

    Raises:
        UsageError: the format, or the metadata, cannot be read.
    """
    data, metadata = None, Metadata()
    try:
        check_format(config.format)
        if config.metadata is not None:
            data = config.metadata.read_bytes()
            metadata = parse_metadata(data, str(config.metadata))
    except PluginError as error:
        raise UsageError(str(error)) from None
    except OSError as error:
        raise UsageError(f"--metadata {config.metadata}: {error.strerror}") from None
    except MetadataError as error:
        raise UsageError(f"--metadata {error}") from None
    reading = Reading(config.format, config.fields, config.max_chars, metadata, config.article_seconds, kafka=config.kafka)
    return reading, sha256_hex(data) if data is not None else None
