"""``onrecord find``: its flags, and what it does."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable

from .ending import OK, fail, say
from .values import place
from .views import tables_of, undamaged


def add_flags(add: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the command and its flags; ``add`` makes a command of a name, a summary, a description and examples."""
    command = add(
        "find",
        "a quote or figure in its place, by its id",
        "Show a quote or figure in its place: its paragraph and those around it, quotes and figures coloured, speakers in the\n"
        "margin, and below it how to cite it: outlet, title, date, address, paragraph (from 1), characters and id. Characters\n"
        "are offsets into documents.text from 0, the end excluded.",
        "examples:\n  onrecord find out --quote 6c4ed5e1ba20\n  onrecord find out --quote 6c4ed5e1ba20 --around 3\n"
        "  onrecord find out --quote 6c4ed5e1ba20 --json\n",
    )
    command.add_argument("folder", type=place, metavar="DIR", help="output folder of earlier runs")
    command.add_argument(
        "--quote", required=True, metavar="ID", help="quote_id or figure_id, or as much of its beginning as is unique"
    )
    command.add_argument("--around", type=_few, default=1, metavar="N", help="paragraphs before and after it (1)")
    command.add_argument("--json", action="store_true", help="print the row, its paragraphs and citation as one JSON object")


def _few(text: str) -> int:
    if not text.isdecimal() or int(text) > 1000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 to 1000")
    return int(text)


def find(args: argparse.Namespace) -> int:
    """A passage in the terminal."""
    from ..report.export import plain
    from ..report.passage import NotFound, find_passage, show_passage
    from .terminal import drawn

    tables = tables_of(args.folder)
    try:
        with undamaged(args.folder, NotFound):
            found = find_passage(tables, args.quote, args.around)
    except NotFound as error:
        return fail(f"{args.folder}: {error}")
    if args.json:
        paragraphs = [{**s._asdict(), "text": found.text[s.start : s.end]} for s in found.stretches]
        told = {"table": found.table, "row": found.row, "paragraphs": paragraphs, "citation": found.citation}
        say(json.dumps(told, ensure_ascii=False, default=plain, indent=2))
    else:
        say(drawn(lambda console: show_passage(found, console)))
    return OK
