"""One bounded run: plan, run the graph, reconcile the counts, publish."""

from __future__ import annotations

import logging
import os
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.dataset as ds

from schemas import SCHEMA_VERSION
from schemas.ids import hash_id

from . import __version__
from .config import MEANING, Config
from .language import MODEL_VERSION
from .sources.formats import Reading
from .sources.metadata import MetadataError, parse_metadata
from .store.known import Known, KnownInputs
from .store.manifest import STAGING, Input, Manifest, read_manifests
from .store.parts import Part
from .store.publish import StoreError, drop_staging, make_staging, open_store, plan_files, publish

STDIN, STDIN_URI = "-", "stdin:"


class UsageError(ValueError):
    """Something the caller has to change, said in one line (exit status 2)."""


class RunError(RuntimeError):
    """The run failed; nothing was published (exit status 1)."""


@dataclass
class Summary:
    """What a run did, for the table at its end and for ``--json``."""

    run_id: str | None
    output: str
    counts: dict[str, int] = field(default_factory=dict)
    rejects: dict[str, int] = field(default_factory=dict)
    quotes: dict[str, int] = field(default_factory=dict)
    figures: dict[str, int] = field(default_factory=dict)
    speakers: list[tuple[str, int]] = field(default_factory=list)
    languages: dict[str, int] = field(default_factory=dict)
    undated: int = 0
    left_out: int = 0
    seconds: float = 0.0

    @property
    def reject_ratio(self) -> float:
        """Share of the records taken that were rejected."""
        taken = self.counts.get("appearances", 0) + self.counts.get("rejects", 0)
        return self.counts.get("rejects", 0) / taken if taken else 0.0


Progress = Callable[[Path, int], Any]  # given the folder of workers' notes and the number of input files


@dataclass(frozen=True)
class _Plan:
    files: tuple[Any, ...]  # transforms.InputFile
    sizes: tuple[int, ...]
    inputs: tuple[Input, ...]
    left_out: int
    sequence: int
    run_id: str


def run(inputs: Sequence[str], output: Path, config: Config, progress: Progress | None = None) -> Summary:
    """Read what is new in the inputs and publish its tables under ``output``.

    Args:
        inputs: files, folders, globs, remote URIs, or ``-`` for standard input.
        output: the output folder, made if missing.
        config: settings.
        progress: called with the folder of workers' notes; a context manager that is open while the graph runs.

    Raises:
        UsageError: an input is missing, the output cannot be written, or the metadata cannot be used.
        RunError: the graph failed or its counts do not agree; nothing was published.
    """
    started, clock = datetime.now(UTC), time.monotonic()
    try:
        open_store(output)
    except StoreError as error:
        raise UsageError(str(error)) from None
    with _Stdin(output, inputs) as given:
        plan = _plan(given, output, config)
        if not plan.files:
            return Summary(None, str(output), counts=_no_counts(), left_out=plan.left_out, seconds=time.monotonic() - clock)
        staging = make_staging(output, plan.run_id)
        try:
            parts, read = _execute(plan, output, staging, config, started, progress)
            counts = _reconcile(parts, read)
            # where every record was known, the manifest alone is written, so that its inputs are not read again
            files = plan_files(output, staging, parts, plan.run_id, started) if parts or plan.sequence == 1 else ([], [])
            pairs, replaced = files
            summary = _summary(plan, output, staging, parts, counts)
            summary.seconds = time.monotonic() - clock
            manifest = Manifest(
                run_id=plan.run_id,
                sequence=plan.sequence,
                started_at=started,
                finished_at=datetime.now(UTC),
                pipeline_version=__version__,
                model_version=MODEL_VERSION,
                schema_version=SCHEMA_VERSION,
                inputs=list(plan.inputs),
                files=[file for _, file in pairs],
                replaces=replaced,
                counts=counts,
                config=config.model_dump(mode="json"),
                seconds={"total": round(summary.seconds, 3)},
            )
            publish(output, staging, pairs, manifest)
            return summary
        finally:
            drop_staging(output, plan.run_id)


class _Stdin:
    """Standard input as a file in staging, where a file can be read twice and by any worker."""

    def __init__(self, output: Path, inputs: Sequence[str]) -> None:
        self.inputs = list(inputs)
        self.path = output / STAGING / "stdin"

    def __enter__(self) -> list[str]:
        if STDIN in self.inputs:
            with open(self.path, "wb") as spool:
                shutil.copyfileobj(sys.stdin.buffer, spool)
        return [str(self.path) if i == STDIN else i for i in self.inputs]

    def __exit__(self, *_: object) -> None:
        self.path.unlink(missing_ok=True)


def _plan(inputs: Sequence[str], output: Path, config: Config) -> _Plan:
    """The input files that no finished run has taken, and the id of the run that takes them."""
    from .transforms.files import InputError, fingerprint, list_inputs

    try:
        listing = list_inputs(inputs, config.format != "auto")
        taken = KnownInputs.of(output).taken
        spooled = os.path.abspath(output / STAGING / "stdin")
        listed = [f._replace(called=STDIN_URI) if f.uri == spooled else f for f in listing.files]
        prints = [fingerprint(f, size) for f, size in zip(listed, listing.sizes, strict=True)]
    except InputError as error:
        raise UsageError(str(error)) from None
    inside = output.resolve()
    chosen = [
        (file, size, mark)
        for file, size, mark in zip(listed, listing.sizes, prints, strict=True)
        if mark not in taken and (file.called is not None or inside not in Path(file.uri).parents)
    ]
    files = tuple(f._replace(order=n) for n, (f, _, _) in enumerate(chosen))
    marks = tuple(mark for _, _, mark in chosen)
    sequence = 1 + max((m.sequence for m in read_manifests(output)), default=0)
    meaning = config.model_dump(mode="json", include=set(MEANING))
    work = [(m.uri, m.size, m.digest) for m in marks]
    run_id = f"{sequence:06d}-{hash_id('run', sequence, work, sorted(meaning.items()), __version__, MODEL_VERSION)[:12]}"
    return _Plan(files, tuple(size for _, size, _ in chosen), marks, len(listing.left_out), sequence, run_id)


def _reading(config: Config) -> Reading:
    metadata = {}
    if config.metadata is not None:
        try:
            metadata = parse_metadata(config.metadata.read_bytes(), str(config.metadata))
        except OSError as error:
            raise UsageError(f"--metadata {config.metadata}: {error.strerror}") from None
        except MetadataError as error:
            raise UsageError(f"--metadata {error}") from None
    return Reading(config.format, config.fields, config.max_chars, metadata)


def _execute(
    plan: _Plan, output: Path, staging: Path, config: Config, started: datetime, progress: Progress | None
) -> tuple[list[Part], Counter[str]]:
    """Run the graph; returns the staged parts and the counts of records read and known."""
    import apache_beam as beam

    from .graph import Job, build, read_report
    from .transforms import RunStamp, group_files

    job = Job(
        work=tuple(group_files(plan.files, plan.sizes)),
        staging=staging.resolve(),
        reading=_reading(config),
        known=Known.of(output.resolve()),
        stamp=RunStamp(plan.run_id, started),
        batch_size=config.batch_documents,
        part_bytes=config.part_mb << 20,
    )
    root = beam.Pipeline(options=pipeline_options(config))
    build(root, job)
    try:
        with progress(staging / "progress", len(plan.files)) if progress is not None else nullcontext():
            result = root.run()
            result.wait_until_finish()
    except Exception as error:
        if "KeyboardInterrupt" in str(error):  # Beam wraps what stops its workers
            raise KeyboardInterrupt from None
        logging.getLogger(__name__).debug("the graph failed", exc_info=True)
        raise RunError(f"{_cause(error)}; nothing was published (run again with -v for the log)") from error
    counters = result.metrics().query(beam.metrics.MetricsFilter().with_namespace("onrecord"))["counters"]
    return read_report(staging), Counter(
        {c.key.metric.name: c.result or 0 for c in counters}
    )  # an engine may tell nothing of a count of none


def pipeline_options(config: Config) -> Any:
    """Beam options for a runner; DirectRunner is pinned to the local engine that fetches nothing (FnApiRunner)."""
    from apache_beam.options.pipeline_options import PipelineOptions

    flags = [*config.runner_options]
    if config.runner == "DirectRunner":
        mode = "multi_processing" if config.worker_count > 1 else "in_memory"
        flags += ["--runner=FnApiRunner", f"--direct_running_mode={mode}", f"--direct_num_workers={config.worker_count}"]
    else:
        flags.append(f"--runner={config.runner}")
        if config.runner == "PortableRunner" and not any(f.startswith("--job_endpoint") for f in flags):
            flags += ["--job_endpoint=embed", "--environment_type=LOOPBACK"]
    return PipelineOptions(flags)


def _cause(error: BaseException) -> str:
    """The last line of what Beam wrapped: the error of the worker that failed."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    telling = [line for line in lines if not line.startswith(("File ", "^", "raise ", "~")) and ": " in line]
    return (telling[-1] if telling else lines[-1] if lines else type(error).__name__)[:300]


def _no_counts() -> dict[str, int]:
    return dict.fromkeys(("read", "known", "documents", "appearances", "quotes", "figures", "rejects"), 0)


def _reconcile(parts: Sequence[Part], read: Counter[str]) -> dict[str, int]:
    """Counts by table; every record read is an appearance, a reject, or known already.

    Raises:
        RunError: the counts do not agree.
    """
    counts = _no_counts()
    for part in parts:
        counts[part.table] = counts.get(part.table, 0) + part.rows
    counts["read"], counts["known"] = read["records_read"], read["records_known"]
    if counts["read"] != counts["appearances"] + counts["rejects"] + counts["known"]:
        raise RunError(
            f"{counts['read']} records read, but {counts['appearances']} appearances, {counts['rejects']} rejects and "
            f"{counts['known']} known ones; nothing was published"
        )
    return counts


def _summary(plan: _Plan, output: Path, staging: Path, parts: Sequence[Part], counts: dict[str, int]) -> Summary:
    def tally(table: str, column: str) -> dict[str, int]:
        files = [str(staging / p.name) for p in parts if p.table == table and p.rows]
        if not files:
            return {}
        values = pc.value_counts(ds.dataset(files).to_table([column])[column]).to_pylist()
        return {str(v["values"]): v["counts"] for v in sorted(values, key=lambda v: (-v["counts"], str(v["values"])))}

    speakers = {name: n for name, n in tally("quotes", "speaker_name").items() if name != "None"}
    return Summary(
        run_id=plan.run_id,
        output=str(output),
        counts=counts,
        rejects=tally("rejects", "reason"),
        quotes=tally("quotes", "type"),
        figures=tally("figures", "kind"),
        speakers=list(speakers.items())[:10],
        languages=tally("documents", "language"),
        undated=tally("documents", "published_at").get("None", 0),
        left_out=plan.left_out,
    )
