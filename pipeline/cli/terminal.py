"""What the terminal shows of a run: progress while it goes on, a summary at its end."""

from __future__ import annotations

import errno
import io
import logging
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..diagnostics import VERBOSE, is_json, logged_to, said
from ..jobs.summary import Summary
from ..printable import counted, one_line

_STATUS_EVERY = 0.5  # seconds on a terminal
_NOTED = ("documents", "quotes", "figures", "rejects")
_LINE_EVERY = 10.0  # seconds where output goes to a file or a log


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Let the caller decide: Rich would end the process."""
        raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))


def drawn(draw: Callable[[Console], None]) -> str:
    """What is drawn on a console that is like standard output, without the last end of line; nothing is printed."""
    like, text = Console(), io.StringIO()
    colours: Any = like.color_system
    draw(Console(file=text, force_terminal=like.is_terminal, color_system=colours, no_color=like.no_color, width=like.width))
    return text.getvalue().removesuffix("\n")


def tell(console: Console, line: str, level: int = logging.INFO, **fields: Any) -> None:
    """Say a line on a console, in the form of the log; where it cannot be written, work goes on."""
    told = said(line, level, **fields)
    if told is not None:
        with suppress(OSError):
            console.print(told, markup=False, emoji=False, highlight=False, soft_wrap=True)


@contextmanager
def hushed(verbosity: int) -> Iterator[Console]:
    """Keep what libraries and worker processes write to standard error out of sight; yields a console that still shows.

    The log still shows, too. Where much is to be told, all is shown, unless it has to be JSON.
    """
    if verbosity >= VERBOSE and not is_json():
        yield _Console(stderr=True)
        return
    with suppress(OSError):
        sys.stderr.flush()
    shown = os.dup(2)
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    stream = os.fdopen(shown, "w", errors="backslashreplace", closefd=False)
    try:
        with logged_to(stream):
            yield _Console(file=stream)
    finally:
        with suppress(OSError):
            stream.close()
        os.dup2(shown, 2)
        os.close(shown)


class ShowProgress:
    """Context manager that tells on standard error how far the workers have come."""

    def __init__(self, notes: Path, files: int, console: Console) -> None:
        self.notes = notes
        self.files = files
        self.console = console
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> None:
        self._started = time.monotonic()
        self._thread.start()

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        if self.console.is_terminal and not is_json():
            with suppress(OSError), self.console.status(f"reading {counted(self.files, 'files')}") as status:
                while not self._stop.wait(_STATUS_EVERY):
                    status.update(self._line())
            return
        while not self._stop.wait(_LINE_EVERY):
            if is_json():
                tell(self.console, self._line(), **dict(zip(_NOTED, count_notes(self.notes), strict=True)))
                continue
            with suppress(OSError):
                self.console.print(self._line(), highlight=False)

    def _line(self) -> str:
        documents, quotes, figures, rejects = count_notes(self.notes)
        rate = documents / max(time.monotonic() - self._started, 0.001)
        if not documents:
            return f"reading {counted(self.files, 'files')}"
        told = (counted(n, name) for n, name in ((quotes, "quotes"), (figures, "figures"), (rejects, "rejects")))
        return f"{counted(documents, 'documents')} ({rate:,.0f}/s), {', '.join(told)}"


def count_notes(notes: Path) -> tuple[int, int, int, int]:
    """Sum what the workers have noted: documents, quotes, figures, rejects."""
    total = [0, 0, 0, 0]
    for note in notes.glob("*"):
        for line in note.read_text().splitlines():
            values = line.split()
            if len(values) == len(total):
                total = [a + int(b) for a, b in zip(total, values, strict=True)]
    return total[0], total[1], total[2], total[3]


def summary_text(summary: Summary) -> str:
    """The summary of a run as a table, as standard output shows it."""
    return drawn(lambda console: _print_summary(summary, console))


def _print_summary(summary: Summary, console: Console) -> None:
    if not summary.counts["appearances"] and not summary.counts["rejects"]:
        told = f"Nothing new: every record of the inputs is already in {summary.output}."
        console.print(one_line(told), markup=False, highlight=False)
        if summary.unmatched_aliases:
            console.print(one_line(f"aliases: {_unknown_names(summary)}"), markup=False, highlight=False)
        return
    counts = summary.counts
    if (nothing := _nothing_but(summary)) is not None:
        console.print(nothing, markup=False, highlight=False)
    table = Table(show_header=False, box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(style="bold")
    table.add_column()
    again = counts["appearances"] - counts["documents"]
    documents = counted(counts["documents"], "documents")
    rows = [
        ("documents", f"{_new(summary)}, {again + counts['known']:,} duplicate, {counts['rejects']:,} rejected"),
        ("rejected", _listed(summary.rejects)),
        ("passed over", _listed(summary.skipped)),
        ("lost", f"{counted(counts['lost'], 'records')} of topics, removed unread" if counts.get("lost") else ""),
        ("waiting", f"{counted(summary.lag, 'records')} of topics came meanwhile" if summary.lag else ""),
        ("quotes", f"{counts['quotes']:,}  {_listed(summary.quotes)}" if counts["documents"] else ""),
        ("figures", f"{counts['figures']:,}  {_listed(summary.figures)}" if counts["documents"] else ""),
        ("most quoted", ", ".join(f"{name} ({n:,})" for name, n in summary.speakers)),
        ("not English", _not_english(summary)),
        ("no date", f"{summary.undated:,} of {documents}; give dates with --metadata" if summary.undated else ""),
        ("notes", f"{summary.noted:,} of {documents}, something left out or mended: column notes" if summary.noted else ""),
        ("metadata", _unused(summary)),
        ("aliases", _unknown_names(summary)),
        ("left out", f"{counted(summary.left_out, 'files')} of unknown format; use --format" if summary.left_out else ""),
        ("time", f"{summary.seconds:.1f} s, {counts['documents'] / max(summary.seconds, 0.001):,.1f} documents/s"),
        ("output", f"{summary.output} (run {summary.run_id})"),
    ]
    for label, value in rows:
        if value:
            table.add_row(label, Text(one_line(value)))
    console.print(table, highlight=False, soft_wrap=False)


def _nothing_but(summary: Summary) -> str | None:
    """That there is nothing new, although records were taken; None if there is."""
    counts, relations = summary.counts, summary.appearances
    if not counts["documents"]:
        known = "was known already" if counts["appearances"] or counts["known"] else ""
        return f"Nothing new: every record {' or '.join(filter(None, (known, 'was rejected' if counts['rejects'] else '')))}."
    if relations.get("near", 0) == counts["documents"]:
        return "Nothing new but reprints: every document has nearly the words of one that is known."
    return None


def _new(summary: Summary) -> str:
    """How many documents are new, and how many of these are so in part."""
    relations = summary.appearances
    kinds = (("near", "reprints"), ("version", "further versions"))
    told = [counted(relations[name], what) for name, what in kinds if relations.get(name)]
    return f"{summary.counts['documents']:,} new" + (f" ({', '.join(told)} among them)" if told else "")


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{n:,} {name}" for name, n in counts.items())


def _unused(summary: Summary) -> str:
    """What of the metadata told nothing, by name."""
    rows, columns = summary.unmatched, summary.unknown_columns
    stand = "stands" if len(rows) == 1 else "stand"
    told = f"{counted(len(rows), 'rows')} {stand} for nothing that was read: {_few(rows)}" if rows else ""
    return "; ".join(filter(None, (told, f"unknown columns: {_few(columns)}" if columns else "")))


def _unknown_names(summary: Summary) -> str:
    names = summary.unmatched_aliases
    return f"{len(names):,} stand for nobody in the record: {_few(names)}" if names else ""


def _few(names: Sequence[str], most: int = 5) -> str:
    return ", ".join(names[:most]) + (", …" if len(names) > most else "")


def _not_english(summary: Summary) -> str:
    other = {name: n for name, n in summary.languages.items() if name != "en"}
    return f"{_listed(other)}: kept without quotes and figures" if other else ""
