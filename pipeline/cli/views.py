"""What commands do that look at articles or tables and change neither: show, report, evaluate, schema."""

from __future__ import annotations

import argparse
import dataclasses
import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..printable import counted, one_line
from .ending import FAILED, OK, USAGE, Ended, check_folder, complain, fail, say, say_done

if TYPE_CHECKING:
    import pyarrow.dataset as ds

    from ..sources.records import RawArticle


def show(args: argparse.Namespace) -> int:
    """One article in the terminal."""
    from .. import load
    from ..report.terminal import as_json, show_article
    from ..text.article import Article
    from ..text.detect import is_english
    from .terminal import drawn

    articles = _articles(args.file, args.number, args.format)
    raw: Any = next(articles)
    nlp = load("bundled+all" if args.all else "bundled")
    doc = nlp.make_doc(raw.text)
    told = {k: getattr(raw, k) for k in ("title", "url", "publisher", "published_at", "published_date", "language")}
    doc._.article = dataclasses.replace(Article.of_text(raw.text), **told)
    doc = nlp(doc)
    language = doc._.article.language
    if args.json:
        say(json.dumps(as_json(doc), ensure_ascii=False, indent=2))
    else:
        say(drawn(lambda console: show_article(doc, console)))
    if language is not None and not is_english(language):
        complain(f"{args.file}: language {language}; quotes and figures are read in English only", logging.WARNING)
    last = sum(1 for _ in articles) + args.number
    if last > 1 and not args.json:
        number, of = args.number, f"{last:,}" if last < args.number + _AHEAD else f"{last:,} or more"
        other = "" if number == last else f"; --number {number + 1} shows the next"
        complain(f"{args.file}: article {number:,} of {of}{other}", logging.INFO)
    return OK


_AHEAD = 100  # articles that are counted behind the one that is shown: of an archive, counting all may take long


def _articles(file: str, number: int, form: str | None) -> Iterator[RawArticle | None]:
    """The article of a file with this number, from 1, and None for each that follows, up to a limit."""
    from ..sources.formats import Reading, read_records
    from ..sources.paths import uri_of
    from ..sources.records import Refusal

    count = 0
    try:
        with sys.stdin.buffer if file == "-" else open(file, "rb") as stream:
            for count, record in enumerate(read_records(stream, uri_of(file), Path(file).name, Reading(form or "auto")), 1):
                if count == number:
                    if isinstance(record, Refusal):
                        raise Ended(f"{file}: {record.detail} ({record.reason})", USAGE)
                    yield record
                elif count > number:
                    yield None
                if count == number + _AHEAD:
                    return
    except OSError as error:
        raise Ended(f"{file}: {error.strerror or error}", USAGE) from None
    if not count:
        raise Ended(f"{file}: holds no article", USAGE)
    if count < number:
        raise Ended(f"--number {number}: {file} holds {counted(count, 'articles')}", USAGE)


def report(args: argparse.Namespace) -> int:
    """A page over the tables of a folder."""
    from ..report.page import MOST_ARTICLES, write_report

    def told(line: str) -> None:
        complain(line, logging.INFO)

    tables = tables_of(args.folder)
    target = args.output
    if target.is_dir():
        return fail(f"--output {target}: is a folder; name a file, such as {target / 'report.html'}")
    name = args.title or args.folder.resolve().name
    try:
        with undamaged(args.folder):
            done = write_report(tables, target, name, args.articles or MOST_ARTICLES, told if sys.stderr.isatty() else None)
    except OSError as error:
        return fail(f"--output {target}: {error.strerror or error}", FAILED)
    if args.json:
        say_done(json.dumps(dataclasses.asdict(done) | {"path": str(done.path)}), asked=True)
        return OK
    held = counted(done.of, "articles")
    held = held if done.articles == done.of else f"the latest {done.articles:,} of {held}"
    say_done(one_line(f"{target}: {held}, {done.bytes / 1e6:.1f} MB; open it in any browser"))
    return OK


def tables_of(folder: Path) -> dict[str, ds.Dataset]:
    """The tables of an output folder; that there are none, or damaged ones, ends the command."""
    from .. import tables
    from ..store.manifest import NewerRecord

    check_folder(folder)
    try:
        with undamaged(folder):
            return tables(folder)
    except (FileNotFoundError, NewerRecord) as error:
        raise Ended(str(error), USAGE) from None


@contextmanager
def undamaged(folder: Path, *passing: type[Exception]) -> Iterator[None]:
    """Read an output folder; that it is damaged ends the command, other errors pass."""
    from ..store.care.check import damage_told
    from ..store.manifest import StoreDamaged

    try:
        with damage_told(folder, passing):
            yield
    except StoreDamaged as error:
        raise Ended(str(error), FAILED) from error


def evaluate(args: argparse.Namespace) -> int:
    """Measures against gold attributions."""
    from ..evaluation.report import evaluate_file, evaluate_names

    if not args.names and (args.texts or args.floor or args.errors):
        return fail("--texts, --floor and --errors need --names")
    if args.names and args.predictions:
        return fail("--predictions is written without --names")
    try:
        if args.names:
            measures = evaluate_names(args.gold, args.docs, args.texts, args.floor, args.errors, args.json, args.model)
        else:
            measures = evaluate_file(args.gold, args.docs, args.predictions, args.json, args.model)
    except OSError as error:
        return fail(f"{error.filename}: {error.strerror}" if error.filename else str(error))
    except ValueError as error:
        return fail(str(error))
    say(measures)
    return OK


def schema(args: argparse.Namespace) -> int:
    """Tables, columns, types and meanings."""
    from ..schemas import SCHEMA_VERSION, TABLES, values_of
    from ..schemas.base import since_of
    from ..schemas.versions import FIRST, parse_version

    if args.table is not None and args.table not in TABLES:
        return fail(f"no table {args.table!r}; the tables are {', '.join(TABLES)}")
    lines = [] if args.table else [f"schema_version {SCHEMA_VERSION}", ""]
    for name in [args.table] if args.table else TABLES:
        table: Any = TABLES[name]
        lines.append(f"{name}: {table.meaning}" + (f" Since {table.since}." if table.since != FIRST else ""))
        width = max(len(f.name) for f in table.arrow)
        for column in table.arrow:
            kind = str(column.type).replace(" not null", "") + ("?" if column.nullable else "")
            meaning = (column.metadata or {}).get(b"description", b"").decode()
            if parse_version(since_of(column)) > parse_version(table.since):
                meaning += f" Since {since_of(column)}; null in older files."
            lines.append(f"  {column.name:<{width}}  {kind:<24}  {meaning}")
            told = (values_of(table.model.model_fields[column.name].annotation) or {}) if args.table else {}
            lines += [f"  {'':<{width}}    {value:<{max(map(len, told))}}  {what}" for value, what in told.items()]
        lines.append("")
    say("\n".join(lines))
    return OK
