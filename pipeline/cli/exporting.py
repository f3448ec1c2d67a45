"""``onrecord export``: its flags, and what it does."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ..plugins import EXPORTERS
from ..printable import counted, one_line
from .ending import FAILED, OK, USAGE, Ended, Unsaid, complain, fail, say_done
from .values import EXPORTS, day, names, place, share
from .views import tables_of, undamaged

if TYPE_CHECKING:
    import pyarrow.dataset as ds

    from ..report.asked import Views

_BINARY = ("parquet", "xlsx")


def add_flags(add: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the command and its flags; ``add`` makes a command of a name, a summary, a description and examples."""
    command = add(
        "export",
        "rows of a table or view as CSV, JSON lines, Parquet or a workbook",
        "Write the rows of a table, or of a view such as speakers, that are asked for: CSV (UTF-8, opens in Excel), JSON lines,\n"
        "Parquet, or a workbook (xlsx). First stand speaker, words, article, outlet, date and address, then the person behind\n"
        "the name, then the rest. A row that does not tell what a filter asks for, such as a day, is left out. In CSV an\n"
        "apostrophe stands before a text that a spreadsheet could run as a formula (behind blanks and quotes, it begins with\n"
        "= + - @ | or the end of a line); no text is a formula in a workbook, whose cells have types; the others are untouched.",
        "examples:\n  onrecord export out --table quotes -o quotes.xlsx\n"
        "  onrecord export out --table quotes --format csv --cite --columns speaker_name,text,citation > quotes.csv\n"
        "  onrecord export out --table quotes --format jsonl --speaker 'Veld' --since 2026-10-01 --min-confidence 0.8\n"
        "  onrecord export out --table figures --event killed -o killed.csv\n"
        "  onrecord export out --table speakers --format parquet -o - | aws s3 cp - s3://shared/speakers.parquet\n",
    )
    command.add_argument("folder", type=place, metavar="DIR", help="output folder of earlier runs")
    command.add_argument(
        "--table", required=True, metavar="T", help="quotes, figures, documents ... or a view: speakers, claims ..."
    )
    command.add_argument("--format", choices=EXPORTS, metavar="F", help="%(choices)s (default: by the ending of --output)")
    command.add_argument("--output", "-o", type=Path, metavar="FILE", help="file to write, or - for standard output (default -)")
    command.add_argument("--columns", type=names, metavar="A,B", help="these columns, in this order (see onrecord schema)")
    command.add_argument("--cite", action="store_true", help="also a column citation: outlet, title, date, address, place, id")
    command.add_argument("--speaker", metavar="S", help="speaker or claimant whose name, or mention, holds this")
    command.add_argument("--text", metavar="W", help="words of the quote, paragraph, text, or sentence of the figure")
    command.add_argument("--event", metavar="E", help="of figures: killed, injured, displaced ... (see onrecord schema figures)")
    command.add_argument("--publisher", metavar="P", help="publisher whose name holds this")
    command.add_argument("--since", type=day, metavar="DATE", help="published on or after this day (YYYY-MM-DD)")
    command.add_argument("--until", type=day, metavar="DATE", help="published on or before this day")
    command.add_argument("--min-confidence", type=share, metavar="C", help="least confidence, 0 to 1")


def export(args: argparse.Namespace) -> int:
    """Rows of a table or view, in a form that programs or people read."""
    from ..report.export import ExportError, Filters, Shape, write_rows

    target = None if args.output is None or str(args.output) == "-" else args.output
    form = args.format or _form_of(target)
    if target is None and form in _BINARY and sys.stdout.isatty():
        return fail(f"--format {form}: nothing for a terminal; name a file with --output, or lead it into another program")
    tables = tables_of(args.folder)
    filters = Filters(args.speaker, args.text, args.event, args.publisher, args.since, args.until, args.min_confidence)
    try:
        with undamaged(args.folder, ExportError), _views(tables, args.table) as views:
            rows = write_rows(tables, args.table, form, target, filters, Shape(args.columns, args.cite), views)
    except ExportError as error:
        return fail(str(error))
    except OSError as error:
        if target is None:
            raise Unsaid(error) from error
        return fail(f"--output {target}: {error.strerror or error}", FAILED)
    if target is not None:
        say_done(one_line(f"{target}: {counted(rows, args.table)}"))
    elif not rows:
        complain(f"no row of {args.table} is asked for by these filters", logging.WARNING)
    return OK


def _form_of(target: Path | None) -> str:
    """The form that the name of a file asks for."""
    ending = target.suffix[1:].lower() if target is not None else ""
    if ending not in EXPORTERS.names():
        forms = ", ".join(EXPORTERS.names())
        raise Ended(f"give --format, or an --output that ends in its name; the formats are {forms}", USAGE)
    return ending


@contextmanager
def _views(tables: dict[str, ds.Dataset], name: str) -> Iterator[Views | None]:
    """The views over the tables, where a name is one of theirs; None where it is not."""
    from ..report.asked import open_views, view_names
    from ..store.tables import derived_views

    sql = derived_views()
    if name in tables:
        yield None
        return
    if name not in view_names(sql):
        raise Ended(f"--table {name}: the tables are {', '.join(tables)}; the views {', '.join(view_names(sql))}", USAGE)
    try:
        import duckdb
    except ModuleNotFoundError:
        raise Ended(f"--table {name}: views need DuckDB; pip install 'onrecord[serve]' brings it", USAGE) from None
    try:
        with open_views(tables, sql) as views:
            yield views
    except duckdb.Error as error:
        raise Ended(f"--table {name}: {' '.join(str(error).split())[:200]}", FAILED) from error
