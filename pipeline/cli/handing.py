"""``onrecord annotate`` and ``onrecord sample``: their flags, and what they do."""

from __future__ import annotations

import argparse
import dataclasses
import json
import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..printable import counted, one_line
from .ending import OK, complain, fail, say_done
from .values import count, place
from .working import at_work

if TYPE_CHECKING:
    from ..jobs.handing.annotate import Annotated

_MOST = 5  # names that are told


def add_flags(add: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the commands and their flags; ``add`` makes a command of a name, a summary, a description and examples."""
    annotate = add(
        "annotate",
        "fill in what a record lacks: outlets, days, titles, addresses",
        "Fill in what documents lack, and the rows of quotes, figures and appearances that repeat it, from a CSV or JSONL file\n"
        "as run --metadata takes it: by uri, address or path, with url, title, author, publisher, published_at, language. What\n"
        "the record tells stays, unless --replace is given. Texts and ids do not change. It is one transaction; given again, it\n"
        "does nothing.",
        "examples:\n  onrecord annotate out --metadata dates.csv\n"
        "  onrecord annotate s3://news/out --metadata desk.csv --replace\n",
    )
    _add_folder(annotate)
    annotate.add_argument("--metadata", required=True, type=Path, metavar="FILE", help="CSV or JSONL by uri, address or path")
    annotate.add_argument("--replace", action="store_true", help="also over what the record tells")
    annotate.add_argument("--json", action="store_true", help="print what was done as one JSON object")
    _add_wait(annotate)

    sample = add(
        "sample",
        "a small record of its own, drawn at random",
        "Make a record of documents that are drawn at random, with all their rows: it verifies, and every command works on it.\n"
        "The same seed draws the same documents. Rejects stay behind, and of local paths only the names of files are taken\n"
        "along. With --without-text only the excerpts of quotes and figures can be read: all else of the texts is shaded.",
        "examples:\n  onrecord sample out -n 200 --seed 1 -o small\n"
        "  onrecord sample out -n 200 --seed 1 --without-text -o to-publish\n",
    )
    _add_folder(sample)
    sample.add_argument("--number", "-n", type=count, default=100, metavar="N", help="documents (100)")
    sample.add_argument("--seed", type=int, default=1, metavar="S", help="of the drawing (1)")
    sample.add_argument("--output", "-o", required=True, type=place, metavar="DIR", help="a new folder, or s3://, gs://, az://")
    sample.add_argument("--without-text", action="store_true", help="keep only the excerpts of quotes and figures, for rights")
    sample.add_argument("--json", action="store_true", help="print what was taken as one JSON object")


def _add_folder(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", type=place, metavar="DIR", help="output folder of earlier runs")


def _add_wait(command: argparse.ArgumentParser) -> None:
    command.add_argument("--wait", action="store_true", help="wait for another run on the same folder instead of giving up")


def annotate(args: argparse.Namespace) -> int:
    """Fill in what a record lacks."""
    from ..jobs.handing.annotate import annotate as fill_in

    with at_work(args.folder):
        done = fill_in(args.folder, args.metadata, args.replace, wait=args.wait, told=lambda line: complain(line, logging.INFO))
    if args.json:
        say_done(json.dumps(dataclasses.asdict(done)), asked=True)
        return OK
    for line in _told(done):
        say_done(one_line(line))
    return OK


def _told(done: Annotated) -> list[str]:
    lines = ["Nothing to fill in: the record tells all that the file does."]
    if done.run_id is not None:
        rows = ", ".join(counted(n, table) for table, n in done.counts.items())
        columns = ", ".join(f"{name} of {n:,}" for name, n in sorted(done.columns.items()))
        lines = [f"Filled in: {rows} (run {done.run_id})", *([f"of documents: {columns}"] if columns else [])]
    if done.unmatched:
        stand = "stands" if len(done.unmatched) == 1 else "stand"
        lines.append(f"{counted(len(done.unmatched), 'rows')} {stand} for nothing in the record: {_few(done.unmatched)}")
    if done.ambiguous:
        lines.append(f"{counted(len(done.ambiguous), 'paths')} of several files, give more of each: {_few(done.ambiguous)}")
    if done.unknown_columns:
        lines.append(f"unknown columns: {_few(done.unknown_columns)}")
    if done.notes:
        lines.append(f"{counted(len(done.notes), 'values')} could not be read: {_few(done.notes)}")
    return lines


def _few(names: Sequence[str]) -> str:
    return ", ".join(names[:_MOST]) + (", …" if len(names) > _MOST else "")


def sample(args: argparse.Namespace) -> int:
    """Make a small record of a large one."""
    from ..jobs.handing.sample import sample as draw

    if args.folder.resolve() == args.output.resolve():
        return fail(f"--output {args.output}: is the record itself; give a new folder")
    with at_work(args.folder):
        done = draw(args.folder, args.output, args.number, args.seed, args.without_text)
    if args.json:
        say_done(json.dumps(dataclasses.asdict(done)), asked=True)
        return OK
    rows = ", ".join(counted(n, table) for table, n in done.rows.items() if table in ("quotes", "figures", "people"))
    of = counted(done.of, "documents")
    held = "; only excerpts can be read" if done.without_text else ""
    say_done(one_line(f"{args.output}: {done.rows['documents']:,} of {of}, {rows}{held} (run {done.run_id})"))
    return OK
