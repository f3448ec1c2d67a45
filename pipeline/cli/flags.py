"""The flags of the ``onrecord`` command, with their help."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import NoReturn

from .. import __version__
from ..diagnostics import QUIET, USUAL
from . import exporting, finding, handing, streaming
from .commands import COMMANDS
from .correcting import add_commands as add_correcting
from .ending import fail, say
from .values import FORMATS, count, day, place, port, seconds, share

_EXAMPLES = """examples:
  onrecord run articles/ --output out                    every article, page, archive and JSON file below a folder
  onrecord run 'news/2026-*.jsonl.gz' --output out --workers 4
  zcat dump.gz | onrecord run - --output out --format jsonl
  onrecord run kafka://broker:9092/news --output out     what is new in a topic of Kafka
  onrecord watch incoming/ --output out --every 60s      run again and again, until stopped
  onrecord show articles/bridge.txt                      one article, quotes and figures highlighted
  onrecord report out -o report.html                     a page over the tables, to open in a browser
  onrecord serve out                                     pages over the tables, to search and see all of them
  onrecord export out --table quotes --format csv > quotes.csv
  onrecord correct out --quote 1f3a9c02 --speaker 'Ilse Tarn'    put right what was read wrong
  onrecord verify out                                    check every row of an output folder
  onrecord schema quotes                                 the columns of a table and their meanings
"""
_STATUS = (
    "exit status: 0 published; 1 failed, nothing published; 2 wrong usage; 3 published, but too many\n"
    "rejects, or a feed that cannot be read\n\n"
)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Say in one line what is wrong (exit status 2)."""
        raise SystemExit(fail(f"{message}; see '{self.prog} --help'"))

    def _print_message(self, message: str, file: object = None) -> None:
        """Print help or version; argparse would pass over a failure."""
        say(message.removesuffix("\n"))


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
        _add_diagnostics(command)
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
    watch.add_argument("--every", type=seconds, default=60.0, metavar="TIME", help="from round to round: 30s, 15m, 1h (60s)")
    watch.add_argument(
        "--settle", type=seconds, default=5.0, metavar="TIME", help="a file is whole when unchanged for so long (5s)"
    )
    watch.add_argument("--json", action="store_true", help="print a JSON object a round")

    stream = add("stream", streaming.SUMMARY, streaming.DESCRIPTION, streaming.EXAMPLES)
    _add_reading(stream)
    _add_wait(stream)
    streaming.add_flags(stream)

    verify = add(
        "verify",
        "check an output folder and say what is wrong",
        "Check manifests, files, schemas, counts, ids, references and every offset of an output folder. What is wrong is mended\n"
        "by 'onrecord repair'.",
        "exit status: 0 all is well; 1 something is wrong; 2 no output folder\n\n"
        "examples:\n  onrecord verify out\n  onrecord verify out --deep",
    )
    _add_folder(verify)
    verify.add_argument("--deep", action="store_true", help="read every byte: digests of files, checksums of their pages")
    verify.add_argument("--json", action="store_true", help="print what was found as one JSON object")

    repair = add(
        "repair",
        "heal what can be healed of an output folder",
        "Heal an output folder and say, a line each, what was healed and what cannot be. Rows that were read from articles are\n"
        "read again; lost articles are taken out, and their inputs become new again, so that the next run reads them. What is\n"
        "damaged is set aside under DIR/_damaged, and may be removed once all is well.",
        "exit status: 0 all is well now; 1 something is wrong still; 2 no output folder\n\n"
        "examples:\n  onrecord repair out --dry-run\n  onrecord repair out && onrecord run articles/ --output out",
    )
    _add_folder(repair)
    repair.add_argument("--dry-run", action="store_true", help="say what is wrong, and change nothing")
    repair.add_argument("--workers", type=int, metavar="N", help="worker processes; 0 means one a core (default 1)")
    _add_keeping(repair)

    compact = add(
        "compact",
        "merge small files",
        "Merge the small files of each table and day into large ones. Rows stay as they are; the merged files stay on\n"
        "disk for --grace, for readers that have just listed them, and are removed by a later command.",
        "examples:\n  onrecord compact out\n  onrecord compact out --grace 1d",
    )
    _add_folder(compact)
    _add_keeping(compact, "1h")

    vacuum = add(
        "vacuum",
        "remove files that no run has published",
        "Remove files that no manifest names: of runs that were killed, or gave way to another. Those that are younger than\n"
        "--older stay, for a run that is under way on another machine has not published its files yet.",
        "examples:\n  onrecord vacuum out --dry-run\n  onrecord vacuum s3://news/out --older 2d",
    )
    _add_folder(vacuum)
    vacuum.add_argument("--older", type=seconds, default=seconds("24h"), metavar="TIME", help="longer than any run takes (24h)")
    vacuum.add_argument("--dry-run", action="store_true", help="say what would go, and remove nothing")
    _add_keeping(vacuum)

    upgrade = add(
        "upgrade",
        "bring an output folder of an earlier version over",
        "Make what a record of an earlier version lacks, such as its index, from its tables, in one transaction. Nothing is\n"
        "copied, and no row changes. Any other command that writes does the same first.",
        "examples:\n  onrecord upgrade out",
    )
    _add_folder(upgrade)
    _add_keeping(upgrade)

    reprocess = add(
        "reprocess",
        "read known articles again with today's model and rules",
        "Read known articles again with today's model and rules and replace their rows in one transaction. Articles that these\n"
        "have read already (documents.model_version, documents.rules_version) are left alone.",
        "examples:\n  onrecord reprocess out\n  onrecord reprocess out --since 2026-10-01 --workers 4",
    )
    _add_folder(reprocess)
    reprocess.add_argument("--since", type=day, metavar="DATE", help="only articles ingested on or after this day (YYYY-MM-DD)")
    reprocess.add_argument("--all", action="store_true", help="also articles that today's model and rules have read")
    reprocess.add_argument("--workers", type=int, metavar="N", help="worker processes; 0 means one a core (default 1)")
    _add_keeping(reprocess)

    forget = add(
        "forget",
        "remove an article everywhere, and keep it out",
        "Remove an article, in all its versions and wherever it appeared, from every table and from the disk. Neither its\n"
        "address nor its text is taken in again: hashes of them are kept. Input files are not touched. On a terminal it says\n"
        "what would go, and asks. Stopped under way, it is finished by the next command.",
        "examples:\n  onrecord forget out --uri https://news.example/story --dry-run\n"
        "  onrecord forget out --uri https://news.example/story\n"
        "  onrecord forget out --uri /data/incoming/news.jsonl#L17",
    )
    _add_folder(forget)
    forget.add_argument("--uri", required=True, metavar="U", help="its documents.uri or documents.url")
    forget.add_argument("--dry-run", action="store_true", help="say what would go, and change nothing")
    forget.add_argument("--yes", "-y", action="store_true", help="do not ask; without a terminal it is never asked")
    _add_keeping(forget, "0s")

    retry = add(
        "retry-rejects",
        "take rejects up again",
        "Read the files of all rejects again, after a fix: with other settings, or a newer version. What is an article now\n"
        "is published, and its reject retired; what is refused again stays as it is.",
        "examples:\n  onrecord retry-rejects out\n  onrecord retry-rejects out --config fields.yaml\n",
    )
    _add_folder(retry)
    _add_format(retry)
    retry.add_argument("--metadata", type=Path, metavar="FILE", help="as for run; by uri")
    retry.add_argument("--workers", type=int, metavar="N", help="worker processes; 0 means one a core (default 1)")
    _add_keeping(retry)

    show = add(
        "show",
        "one article in the terminal, quotes and figures highlighted",
        "Show one article in the terminal: quotes and figures coloured, the speaker in the margin; plain where the output is\n"
        "no terminal.",
        "examples:\n  onrecord show article.txt\n  onrecord show page.html\n  onrecord show news.jsonl --number 17 --json\n",
    )
    show.add_argument("file", metavar="FILE", help="an article in any format that run reads, or - for standard input")
    show.add_argument("--number", type=count, default=1, metavar="N", help="which article of a file that holds many (1)")
    _add_format(show)
    _add_all(show)
    show.add_argument(
        "--json", action="store_true", help="print text, paragraphs, quotes, figures and speakers as one JSON object"
    )

    report = add(
        "report",
        "a self-contained page over the tables",
        "Write one HTML page over the tables of an output folder: overview, speakers, figures side by side, quotes to search,\n"
        "and every article with its quotes and figures marked. It opens from disk, and asks for nothing from anywhere.",
        "examples:\n  onrecord report out -o report.html\n  onrecord report out -o week.html --articles 300 --title 'Week 40'\n",
    )
    _add_folder(report)
    report.add_argument("--output", "-o", required=True, type=Path, metavar="FILE", help="the page to write")
    report.add_argument(
        "--articles", type=count, metavar="N",
        help="articles in the page, the latest, as far as they fit into 5 MB (1000); overview and speakers count all",
    )  # fmt: skip
    report.add_argument("--title", metavar="T", help="what the page is called (default: the folder's name)")
    report.add_argument("--json", action="store_true", help="print what was written as one JSON object")

    serve = add(
        "serve",
        "a local page to search and see a record",
        "Serve pages over an output folder, on this machine and to its user alone: quotes to search, speakers, shares, claims\n"
        "side by side, articles with their marks, and the same as JSON. The address that is printed holds a token, which is\n"
        "needed for all. Quotes are indexed in the user's cache (~/.cache/onrecord/serve). Needs the extra 'serve'.",
        "examples:\n  onrecord serve out\n  onrecord serve out --port 8500\n",
    )
    _add_folder(serve)
    serve.add_argument("--port", type=port, default=8400, metavar="P", help="0 takes any that is free (8400)")

    exporting.add_flags(add)
    finding.add_flags(add)
    handing.add_flags(add)

    add_correcting(add)

    evaluate = add(
        "evaluate",
        "measure the extractor against gold attributions",
        "Run the extractor over the texts of a gold file and print precision, recall and F1.",
        "each line of GOLD, with s and e offsets into text:\n"
        '  {"doc_id": "...", "text": "...", "attributions": [{"source": [[s, e]], "cue": [[s, e]], "content": [[s, e]]}]}\n\n'
        'with --names each attribution also has "speaker" (a name, or [[s, e]] of names), "status", "act" and "debatable"\n\n'
        "examples:\n  onrecord evaluate --gold dev.jsonl.gz --docs ids.txt --predictions out.jsonl\n"
        "  onrecord evaluate --gold names.jsonl --texts texts.jsonl.gz --names --errors",
    )
    evaluate.add_argument("--gold", required=True, type=Path, metavar="GOLD", help="JSONL, also gzipped")
    evaluate.add_argument("--docs", type=Path, metavar="IDS", help="file of document ids; only these are scored")
    evaluate.add_argument("--predictions", type=Path, metavar="OUT", help="write the predictions there, in the gold's form")
    evaluate.add_argument("--names", action="store_true", help="measure records: the right words under the right name")
    evaluate.add_argument("--texts", type=Path, metavar="FILE", help="with --names: JSONL of doc_id and text, if GOLD has none")
    evaluate.add_argument("--floor", type=share, default=0.0, metavar="C", help="with --names: leave out less confident rows")
    evaluate.add_argument("--errors", action="store_true", help="with --names: print what is wrong, a line each")
    evaluate.add_argument("--model", default="bundled", metavar="M", help="folder of other weights (default: bundled)")
    evaluate.add_argument("--json", action="store_true", help="print the measures as one JSON object")

    schema = add("schema", "tables, columns, types and meanings", "Print the tables, their columns, types and meanings.")
    schema.add_argument("table", nargs="?", metavar="TABLE", help="one table only")
    return parser


def _add_reading(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "inputs",
        nargs="+",
        metavar="INPUT",
        help="file, folder, glob, remote URI, address of a feed, topic (kafka://broker:9092/topic), or - for standard input",
    )
    command.add_argument("--output", "-o", required=True, type=place, metavar="DIR", help="output folder, or s3://, gs://, az://")
    command.add_argument("--config", type=Path, metavar="FILE", help="settings in YAML (see configs/local.yaml)")
    command.add_argument(
        "--metadata",
        type=Path,
        metavar="FILE",
        help="CSV or JSONL by uri or relative path: url, title, author, publisher, published_at, language",
    )
    command.add_argument(
        "--aliases",
        type=Path,
        metavar="FILE",
        help="your own names, CSV with alias,name,external_id; added to those that are kept",
    )
    command.add_argument(
        "--metrics", type=Path, metavar="FILE", help="write metrics there after each round, in Prometheus' text form"
    )
    _add_format(command)
    _add_all(command)
    command.add_argument("--workers", type=int, metavar="N", help="worker processes; 0 means one a core (default 1)")
    command.add_argument("--runner", metavar="R", help="Beam runner (default DirectRunner, pinned to its local engine)")


def _add_all(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--all", action="store_true", default=None, help="also attributions of so little confidence that they are left out"
    )


def _add_format(command: argparse.ArgumentParser) -> None:
    command.add_argument("--format", choices=FORMATS, metavar="F", help="%(choices)s (default auto)")


def _add_diagnostics(command: argparse.ArgumentParser) -> None:
    group = command.add_mutually_exclusive_group()
    group.add_argument(
        "-v",
        "--verbose",
        dest="verbosity",
        action="count",
        default=USUAL,
        help="show the log of the work, of libraries too; -vv more",
    )
    group.add_argument(
        "-q",
        "--quiet",
        dest="verbosity",
        action="store_const",
        const=QUIET,
        help="print nothing but errors and what was asked for",
    )
    command.add_argument("--log-json", action="store_true", help="write standard error as JSON, an object a line")


def _add_folder(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", type=place, metavar="DIR", help="output folder of earlier runs")


def _add_wait(command: argparse.ArgumentParser) -> None:
    command.add_argument("--wait", action="store_true", help="wait for another run on the same folder instead of giving up")


def _add_keeping(command: argparse.ArgumentParser, grace: str | None = None) -> None:
    if grace is not None:
        told = f"how long replaced files stay on disk: 30m, 1h, 2d ({grace})"
        command.add_argument("--grace", type=seconds, default=seconds(grace), metavar="TIME", help=told)
    command.add_argument("--config", type=Path, metavar="FILE", help="settings in YAML (see configs/local.yaml)")
    command.add_argument("--json", action="store_true", help="print the manifest as one JSON object")
    _add_wait(command)
