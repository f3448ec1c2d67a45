"""The ``onrecord`` command: its flags, and the exit status."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import NoReturn

from . import __version__
from .commands import COMMANDS, FAILED, OK, USAGE, Ended, noted, quiet, spare_memory

_EXAMPLES = """examples:
  onrecord run articles/ --output out                    every article, page, archive and JSON file below a folder
  onrecord run 'news/2026-*.jsonl.gz' --output out --workers 4
  zcat dump.gz | onrecord run - --output out --format jsonl
  onrecord watch incoming/ --output out --every 60s      run again and again, until stopped
  onrecord show articles/bridge.txt                      one article, quotes and figures highlighted
  onrecord verify out                                    check every row of an output folder
  onrecord schema quotes                                 the columns of a table and their meanings
"""
_STATUS = "exit status: 0 published; 1 failed, nothing published; 2 wrong usage; 3 published, too many rejects\n\n"


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Say in one line what is wrong (exit status 2)."""
        print(f"onrecord: {message}; see '{self.prog} --help'", file=sys.stderr)
        raise SystemExit(USAGE)


def make_parser() -> argparse.ArgumentParser:
    """The command line."""
    parser = _Parser(
        prog="onrecord",
        description="Reads the news and keeps the record: who said what, and which numbers they gave.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"onrecord {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=_Parser)

    def add(name: str, summary: str, description: str, epilog: str = "") -> argparse.ArgumentParser:
        command: argparse.ArgumentParser = commands.add_parser(
            name,
            help=summary,
            description=description,
            epilog=epilog,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.set_defaults(handler=COMMANDS[name])
        return command

    run = add(
        "run",
        "read what is new in the inputs and publish its tables",
        "Read what is new in the inputs and publish its tables as Parquet. Run again, it adds only what is new;\n"
        "stopped anywhere and run again, it goes on.",
        _STATUS + _EXAMPLES,
    )
    _add_reading(run)
    _add_wait(run)
    run.add_argument("--json", action="store_true", help="print the summary as one JSON object")

    watch = add(
        "watch",
        "repeat the run until stopped",
        "Repeat the run until SIGTERM or SIGINT (Ctrl-C), which finish the round under way; a second one interrupts it.\n"
        "Files still being written are left for the next round.",
        "examples:\n  onrecord watch incoming/ --output out --every 60s\n"
        "  onrecord watch incoming/ --output out --every 15m --json >> onrecord.jsonl\n",
    )
    _add_reading(watch)
    watch.add_argument("--every", type=_seconds, default=60.0, metavar="TIME", help="from round to round: 30s, 15m, 1h (60s)")
    watch.add_argument(
        "--settle", type=_seconds, default=5.0, metavar="TIME", help="a file is whole when unchanged for so long (5s)"
    )
    watch.add_argument("--json", action="store_true", help="print a JSON object a round")

    verify = add(
        "verify",
        "check an output folder and say what is wrong",
        "Check manifests, files, schemas, counts, ids, references and every offset of an output folder.",
        "exit status: 0 all is well; 1 something is wrong; 2 no output folder\n\nexample:\n  onrecord verify out",
    )
    _add_folder(verify)
    verify.add_argument("--json", action="store_true", help="print what was found as one JSON object")

    compact = add(
        "compact",
        "merge small files",
        "Merge the small files of each table and day into large ones. Rows stay as they are; the merged files stay on\n"
        "disk for --grace, for readers that have just listed them, and are removed by a later command.",
        "examples:\n  onrecord compact out\n  onrecord compact out --grace 1d",
    )
    _add_folder(compact)
    _add_keeping(compact, "1h")

    reprocess = add(
        "reprocess",
        "read known articles again with today's version",
        "Read known articles again with today's version and replace their rows in one transaction. Articles that today's\n"
        "version has read already are left alone.",
        "examples:\n  onrecord reprocess out\n  onrecord reprocess out --since 2026-10-01 --workers 4",
    )
    _add_folder(reprocess)
    reprocess.add_argument("--since", type=_day, metavar="DATE", help="only articles ingested on or after this day (YYYY-MM-DD)")
    reprocess.add_argument("--all", action="store_true", help="also articles that today's version has read")
    reprocess.add_argument("--workers", type=int, metavar="N", help="worker processes; 0 means one a core (default 1)")
    _add_keeping(reprocess)

    forget = add(
        "forget",
        "remove an article everywhere, and keep it out",
        "Remove an article, in all its versions and wherever it appeared, from every table and from the disk. Neither its\n"
        "address nor its text is taken in again. Input files are not touched.",
        "examples:\n  onrecord forget out --uri https://news.example/story\n"
        "  onrecord forget out --uri /data/incoming/news.jsonl#L17",
    )
    _add_folder(forget)
    forget.add_argument("--uri", required=True, metavar="U", help="its documents.uri or documents.url")
    _add_keeping(forget, "0s")

    retry = add(
        "retry-rejects",
        "take rejects up again",
        "Read the files of all rejects again, after a fix: with other settings, or a newer version. What is an article now\n"
        "is published, and its reject retired; what is refused again stays as it is.",
        "examples:\n  onrecord retry-rejects out\n  onrecord retry-rejects out --config fields.yaml\n",
    )
    _add_folder(retry)
    retry.add_argument("--format", metavar="F", help="auto (default), text, jsonl, html, warc, parquet or feed")
    retry.add_argument("--metadata", type=Path, metavar="FILE", help="as for run; by uri")
    retry.add_argument("--workers", type=int, metavar="N", help="worker processes; 0 means one a core (default 1)")
    _add_keeping(retry)

    show = add("show", "one article in the terminal, quotes and figures highlighted", "Show one article in the terminal.")
    show.add_argument("file", type=Path, metavar="FILE", help="an article as plain text")

    evaluate = add(
        "evaluate",
        "measure the extractor against gold attributions",
        "Run the extractor over the texts of a gold file and print precision, recall and F1.",
        "each line of GOLD, with s and e offsets into text:\n"
        '  {"doc_id": "...", "text": "...", "attributions": [{"source": [[s, e]], "cue": [[s, e]], "content": [[s, e]]}]}\n\n'
        "example:\n  onrecord evaluate --gold dev.jsonl.gz --docs ids.txt --predictions out.jsonl",
    )
    evaluate.add_argument("--gold", required=True, type=Path, metavar="GOLD", help="JSONL, also gzipped")
    evaluate.add_argument("--docs", type=Path, metavar="IDS", help="file of document ids; only these are scored")
    evaluate.add_argument("--predictions", type=Path, metavar="OUT", help="write the predictions there, in the gold's form")
    evaluate.add_argument("--model", default="bundled", metavar="M", help="folder of other weights (default: bundled)")
    evaluate.add_argument("--json", action="store_true", help="print the measures as one JSON object")

    schema = add("schema", "tables, columns, types and meanings", "Print the tables, their columns, types and meanings.")
    schema.add_argument("table", nargs="?", metavar="TABLE", help="one table only")
    return parser


def _add_reading(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "inputs", nargs="+", metavar="INPUT", help="file, folder, glob, remote URI, address of a feed, or - for standard input"
    )
    command.add_argument("--output", "-o", required=True, type=Path, metavar="DIR", help="output folder")
    command.add_argument("--config", type=Path, metavar="FILE", help="settings in YAML (see configs/local.yaml)")
    command.add_argument(
        "--metadata",
        type=Path,
        metavar="FILE",
        help="CSV or JSONL by uri or relative path: url, title, author, publisher, published_at, language",
    )
    command.add_argument(
        "--aliases", type=Path, metavar="FILE", help="your own names, CSV with alias,name,external_id; kept with the output"
    )
    command.add_argument("--format", metavar="F", help="auto (default), text, jsonl, html, warc, parquet or feed")
    command.add_argument("--workers", type=int, metavar="N", help="worker processes; 0 means one a core (default 1)")
    command.add_argument("--runner", metavar="R", help="Beam runner (default DirectRunner, pinned to its local engine)")
    command.add_argument("-v", "--verbose", action="store_true", help="show the log of Beam and of the workers")


def _add_folder(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", type=Path, metavar="DIR", help="output folder of earlier runs")


def _add_wait(command: argparse.ArgumentParser) -> None:
    command.add_argument("--wait", action="store_true", help="wait for another run on the same folder instead of giving up")


def _add_keeping(command: argparse.ArgumentParser, grace: str | None = None) -> None:
    if grace is not None:
        told = f"how long replaced files stay on disk: 30m, 1h, 2d ({grace})"
        command.add_argument("--grace", type=_seconds, default=_seconds(grace), metavar="TIME", help=told)
    command.add_argument("--config", type=Path, metavar="FILE", help="settings in YAML (see configs/local.yaml)")
    command.add_argument("--json", action="store_true", help="print the manifest as one JSON object")
    command.add_argument("-v", "--verbose", action="store_true", help="show the log of Beam and of the workers")
    _add_wait(command)


def _seconds(text: str) -> float:
    units = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
    number, unit = (text[:-1], text[-1:]) if text[-1:] in units else (text, "s")
    try:
        seconds = timedelta(**{units[unit]: float(number)}).total_seconds()
    except (ValueError, OverflowError):
        seconds = -1.0
    if not 0 <= seconds < 10**9:
        raise argparse.ArgumentTypeError(f"{text!r} is not a time such as 30s, 15m, 1h or 2d")
    return seconds


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2026-10-01") from None


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status."""
    args = make_parser().parse_args(argv)
    signal.signal(signal.SIGTERM, _interrupt)
    quiet(getattr(args, "verbose", False))
    spare_memory()
    try:
        return int(args.handler(args))
    except Ended as end:
        print(f"onrecord: {end}", file=sys.stderr)
        return end.status
    except KeyboardInterrupt as stop:
        print(f"onrecord: {noted('interrupted; nothing was published', stop)}", file=sys.stderr)
        return FAILED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK


def _interrupt(*_: object) -> NoReturn:
    """A scheduler's stop is an interrupt, also where SIGINT itself is ignored (as in background jobs)."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    raise SystemExit(main())
