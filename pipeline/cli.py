"""The ``onrecord`` command."""

from __future__ import annotations

import argparse
import dataclasses
import json
import logging
import os
import signal
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from . import __version__

OK, FAILED, USAGE, REJECTED = 0, 1, 2, 3

_EXAMPLES = """examples:
  onrecord run articles/ --output out                    every .txt, .jsonl and .jsonl.gz below a folder
  onrecord run 'news/2026-*.jsonl.gz' --output out --workers 4
  zcat dump.gz | onrecord run - --output out --format jsonl
  onrecord show articles/bridge.txt                      one article, quotes and figures highlighted
  onrecord schema quotes                                 the columns of a table and their meanings
"""


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

    run = commands.add_parser(
        "run",
        help="read what is new in the inputs and publish its tables",
        description="Read what is new in the inputs and publish its tables as Parquet. Run again, it adds only what is new.",
        epilog="exit status: 0 published; 1 failed, nothing published; 2 wrong usage; 3 published, too many rejects\n\n"
        + _EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    run.add_argument("inputs", nargs="+", metavar="INPUT", help="file, folder, glob, remote URI, or - for standard input")
    run.add_argument("--output", "-o", required=True, type=Path, metavar="DIR", help="output folder")
    run.add_argument("--config", type=Path, metavar="FILE", help="settings in YAML (see configs/local.yaml)")
    run.add_argument(
        "--metadata",
        type=Path,
        metavar="FILE",
        help="CSV or JSONL by uri or relative path: url, title, author, publisher, published_at, language",
    )
    run.add_argument("--format", metavar="F", help="auto (default), text or jsonl")
    run.add_argument("--workers", type=int, metavar="N", help="worker processes; 0 means one a core (default 1)")
    run.add_argument("--runner", metavar="R", help="Beam runner (default DirectRunner, pinned to its local engine)")
    run.add_argument("--json", action="store_true", help="print the summary as one JSON object")
    run.add_argument("-v", "--verbose", action="store_true", help="show the log of Beam and of the workers")
    run.set_defaults(handler=_run)

    show = commands.add_parser("show", help="one article in the terminal, quotes and figures highlighted")
    show.add_argument("file", type=Path, metavar="FILE", help="an article as plain text")
    show.set_defaults(handler=_show)

    evaluate = commands.add_parser(
        "evaluate",
        help="measure the extractor against gold attributions",
        description="Run the extractor over the texts of a gold file and print precision, recall and F1.",
        epilog="each line of GOLD, with s and e offsets into text:\n"
        '  {"doc_id": "...", "text": "...", "attributions": [{"source": [[s, e]], "cue": [[s, e]], "content": [[s, e]]}]}\n\n'
        "example:\n  onrecord evaluate --gold dev.jsonl.gz --docs ids.txt --predictions out.jsonl",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    evaluate.add_argument("--gold", required=True, type=Path, metavar="GOLD", help="JSONL, also gzipped")
    evaluate.add_argument("--docs", type=Path, metavar="IDS", help="file of document ids; only these are scored")
    evaluate.add_argument("--predictions", type=Path, metavar="OUT", help="write the predictions there, in the gold's form")
    evaluate.add_argument("--json", action="store_true", help="print the measures as one JSON object")
    evaluate.set_defaults(handler=_evaluate)

    schema = commands.add_parser("schema", help="tables, columns, types and meanings")
    schema.add_argument("table", nargs="?", metavar="TABLE", help="one table only")
    schema.set_defaults(handler=_schema)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status."""
    args = make_parser().parse_args(argv)
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        return int(args.handler(args))
    except KeyboardInterrupt:
        print("onrecord: interrupted; nothing was published", file=sys.stderr)
        return FAILED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK


def _interrupt(*_: object) -> NoReturn:
    """A scheduler's stop is an interrupt, also where SIGINT itself is ignored (as in background jobs)."""
    raise KeyboardInterrupt


def _fail(message: str, status: int = USAGE) -> int:
    print(f"onrecord: {message}", file=sys.stderr)
    return status


def _run(args: argparse.Namespace) -> int:
    _quiet(args.verbose)
    from rich.console import Console

    from .config import ConfigError, load_config
    from .engine import RunError, UsageError
    from .run import run
    from .terminal import ShowProgress, hushed, print_summary

    if ":/" in str(args.output):
        return _fail(f"--output {args.output}: a local folder is needed")
    overrides: dict[str, Any] = {k: getattr(args, k) for k in ("format", "metadata", "workers", "runner")}
    try:
        config = load_config(args.config, overrides)
        with hushed(args.verbose) as console:
            summary = run(args.inputs, args.output, config, lambda notes, files: ShowProgress(notes, files, console))
    except (ConfigError, UsageError) as error:
        return _fail(str(error))
    except RunError as error:
        return _fail(str(error), FAILED)
    except OSError as error:
        return _fail(f"{error.strerror or error}: {error.filename or args.output}; nothing was published", FAILED)
    if args.json:
        print(json.dumps(dataclasses.asdict(summary)))
    else:
        print_summary(summary, Console())
    if summary.reject_ratio > config.max_reject_ratio:
        share = f"{summary.reject_ratio:.1%} of the records were rejected"
        return _fail(f"{share}; max_reject_ratio is {config.max_reject_ratio:g} (see the table rejects)", REJECTED)
    return OK


def _show(args: argparse.Namespace) -> int:
    from rich.console import Console

    from .report.terminal import show_article
    from .sources.records import Refusal
    from .sources.text import read_text

    try:
        with open(args.file, "rb") as stream:
            article = read_text(stream, str(args.file), {}, 1_000_000)
    except OSError as error:
        return _fail(f"{args.file}: {error.strerror}")
    if isinstance(article, Refusal):
        return _fail(f"{args.file}: {article.detail} ({article.reason})")
    show_article(article.text, Console())
    return OK


def _evaluate(args: argparse.Namespace) -> int:
    from .evaluation.report import evaluate_file

    try:
        print(evaluate_file(args.gold, args.docs, args.predictions, args.json))
    except OSError as error:
        return _fail(f"{error.filename}: {error.strerror}" if error.filename else str(error))
    except ValueError as error:
        return _fail(str(error))
    return OK


def _schema(args: argparse.Namespace) -> int:
    from schemas import TABLES

    if args.table is not None and args.table not in TABLES:
        return _fail(f"no table {args.table!r}; the tables are {', '.join(TABLES)}")
    for name in [args.table] if args.table else TABLES:
        table = TABLES[name]
        print(f"{name}: {table.meaning}")
        width = max(len(f.name) for f in table.arrow)
        for column in table.arrow:
            kind = str(column.type).replace(" not null", "") + ("?" if column.nullable else "")
            meaning = (column.metadata or {}).get(b"description", b"").decode()
            print(f"  {column.name:<{width}}  {kind:<24}  {meaning}")
        print()
    return OK


def _quiet(verbose: bool) -> None:
    """Keep Beam's log out of sight unless asked for."""
    logging.basicConfig(level=logging.INFO if verbose else logging.ERROR, format="%(levelname)s %(name)s: %(message)s")
    if not verbose:
        logging.getLogger("apache_beam").setLevel(logging.CRITICAL)
        warnings.filterwarnings("ignore")
        os.environ.setdefault("GRPC_VERBOSITY", "NONE")


if __name__ == "__main__":
    raise SystemExit(main())
