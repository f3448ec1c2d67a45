"""What ``onrecord correct`` and ``onrecord gold`` take and do: what people put right, and what that teaches."""

from __future__ import annotations

import argparse
import getpass
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..corrections.asked import FIGURE_COLUMNS, QUOTE_COLUMNS, CorrectionError, Wanted, parse_set, read_file
from ..printable import counted, one_line
from .ending import OK, USAGE, Ended, check_folder, fail, say, say_done
from .values import place
from .working import working

if TYPE_CHECKING:
    from ..corrections.apply import Row

Add = Callable[..., argparse.ArgumentParser]
_TOLD = {
    "speaker": "who said it; empty where nobody is named",
    "role": "the speaker's role, as printed",
    "kind": "of the speaker: person, organisation ...; of the figure: count, money ...",
    "gender": "of the speaker: female, male, other",
    "type": "direct, mixed or indirect",
    "words": "the words of the quote, as they are printed; ... for what lies between",
    "act": "speech, thought or stance",
    "value": "the number",
    "low": "least value that the words allow",
    "high": "greatest value that the words allow",
    "modifier": "exact, at_least, more_than, approximate ...",
    "unit": "singular noun, currency or SI name: person, USD, tonne",
    "counted": "the noun phrase counted",
    "event": "killed, injured, displaced ...; empty for none",
    "place": "where",
    "time": "when, as printed",
    "claimant": "who gives the number; empty for the article itself",
}


def add_commands(add: Add) -> None:
    """Add the two commands to the command line."""
    command = add(
        "correct",
        "put right what was read wrong",
        "Put a quote or figure right, by its id or the first characters of it, or say that there is none, or that it is right;\n"
        "say that two names are one, or are not. What was read stays; views.sql, onrecord.tables, report, export and serve show\n"
        "it corrected from then on, also after 'reprocess'. Ids stand in exports (quote_id, figure_id) and in 'onrecord serve'.",
        "examples:\n"
        "  onrecord correct out --quote 1f3a9c02 --speaker 'Ilse Tarn' --role mayor --by 'M. Kern' --why 'she spoke, not Lund'\n"
        "  onrecord correct out --quote 1f3a9c02 --none\n"
        "  onrecord correct out --figure 7b20d1aa --value 12 --event injured\n"
        "  onrecord correct out --quote 1f3a9c02 --accept\n"
        "  onrecord correct out --are-two 'Ann Veld' 'A. Veld'\n"
        "  onrecord correct out --file corrections.csv     with the columns what,id,column,value,by,why\n"
        "  onrecord correct out --list\n"
        "  onrecord correct out --undo 5c1e77d0\n",
    )
    command.add_argument("folder", type=place, metavar="DIR", help="output folder of earlier runs")
    which = command.add_mutually_exclusive_group(required=True)
    which.add_argument("--quote", metavar="ID", help="the quote: its quote_id, or how that begins")
    which.add_argument("--figure", metavar="ID", help="the figure: its figure_id, or how that begins")
    which.add_argument("--are-one", nargs=2, metavar=("NAME", "NAME"), help="two names are one person or body")
    which.add_argument("--are-two", nargs=2, metavar=("NAME", "NAME"), help="two names are not one")
    which.add_argument("--file", type=Path, metavar="FILE", help="corrections of a CSV file: all of them, or none")
    which.add_argument("--list", action="store_true", help="show what was corrected, and what has no row any more")
    which.add_argument("--undo", metavar="ID", help="take a correction back, or all of a quote or figure")
    for name, told in _TOLD.items():
        command.add_argument(f"--{name}", metavar="V", help=told)
    command.add_argument("--set", action="append", default=[], metavar="COLUMN=VALUE", help="any other column, several times")
    judged = command.add_mutually_exclusive_group()
    judged.add_argument("--none", action="store_const", const="none", dest="verdict", help="there is no such quote or figure")
    judged.add_argument("--accept", action="store_const", const="accept", dest="verdict", help="it is right")
    command.add_argument("--by", metavar="NAME", help="who says so (default: the user of this session)")
    command.add_argument("--why", metavar="TEXT", help="why")
    command.add_argument("--config", type=Path, metavar="FILE", help="settings in YAML (see configs/local.yaml)")
    command.add_argument("--json", action="store_true", help="print the corrections as one JSON array")
    command.add_argument("--wait", action="store_true", help="wait for another run on the same folder instead of giving up")

    command = add(
        "gold",
        "gold from what people have corrected and accepted",
        "Write articles of which people have corrected or accepted quotes as gold, a JSON object a line: for\n"
        "'onrecord evaluate --gold', also with --names, and for training. Quotes that nobody has judged stand there as they\n"
        "were read, marked 'debatable', and --names does not count them; --complete leaves out articles that have such quotes.",
        "examples:\n  onrecord gold out -o gold.jsonl && onrecord evaluate --gold gold.jsonl --names\n"
        "  onrecord gold out --complete -o gold.jsonl\n",
    )
    command.add_argument("folder", type=place, metavar="DIR", help="output folder of earlier runs")
    command.add_argument("--output", "-o", required=True, type=Path, metavar="FILE", help="the file, .jsonl or .jsonl.gz")
    command.add_argument("--complete", action="store_true", help="only articles of which every quote was corrected or accepted")
    command.add_argument("--json", action="store_true", help="print what was written as one JSON object")


def user() -> str:
    """Who is at work, as the environment tells it."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an id without a name
        return ""


def correct(args: argparse.Namespace) -> int:
    """What people put right, or take back."""
    if args.list:
        return _list(args)
    from ..jobs import upkeep

    by = args.by if args.by is not None else user()
    try:
        wanted = [] if args.undo else _asked(args, by)
    except CorrectionError as error:
        return fail(str(error))
    with working(args, args.folder) as (config, tell, _):
        if args.undo:
            made = upkeep.undo(args.folder, args.undo, by, config, wait=args.wait, told=tell)
        else:
            made = upkeep.correct(args.folder, wanted, config, wait=args.wait, told=tell)
    _say(made.rows, args.json)
    if not args.json:
        n, what = len({r["correction_id"] for r in made.rows}), "taken back" if args.undo else "kept"
        say_done(one_line(f"{n:,} {'correction' if n == 1 else 'corrections'} {what} (run {made.manifest.run_id})"))
    return OK


def _asked(args: argparse.Namespace, by: str) -> list[Wanted]:
    given = {name: value for name in _TOLD if (value := getattr(args, name)) is not None} | parse_set(args.set)
    pair = args.are_one or args.are_two
    if (args.file or pair) and (given or args.verdict):
        raise CorrectionError("--file, --are-one and --are-two go without --speaker, --value and the like")
    if args.file:
        try:
            text = args.file.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise CorrectionError(f"--file {args.file}: {getattr(error, 'strerror', None) or 'not UTF-8'}") from None
        return read_file(text, args.file.name, by)
    if pair:
        return [Wanted("person", pair[0], pair[1], verdict="one" if args.are_one else "two", by=by, why=args.why)]
    what = "quote" if args.quote is not None else "figure"
    other = FIGURE_COLUMNS if what == "quote" else QUOTE_COLUMNS
    known = QUOTE_COLUMNS if what == "quote" else FIGURE_COLUMNS
    for name in given:
        if name in other and name not in known:
            able = ", ".join(f"--{k}" for k in known if k in _TOLD)
            raise CorrectionError(f"--{name}: a {what} has none; {able} can be put right")
    return [Wanted(what, args.quote or args.figure or "", None, given, args.verdict, by, args.why)]


def _list(args: argparse.Namespace) -> int:
    rows = corrections_of(args.folder)
    _say(rows, args.json)
    if not args.json and not rows:
        say_done(one_line(f"{args.folder}: nothing has been corrected"))
    return OK


def corrections_of(folder: Path) -> list[Row]:
    """All corrections of a record, undone ones too, in the order in which they were made.

    Raises:
        Ended: it holds no finished run, is damaged, or a newer version wrote it.
    """
    from ..store.corrected.rows import read_corrections
    from ..store.manifest import NewerRecord
    from ..store.state import read_state
    from .views import undamaged

    check_folder(folder)
    try:
        with undamaged(folder):
            state = read_state(folder)
            if not state.sequence:
                raise Ended(f"{folder} holds no finished run; 'onrecord run INPUT --output {folder}' makes one", USAGE)
            return read_corrections(folder, state)
    except NewerRecord as error:
        raise Ended(str(error), USAGE) from None


def _say(rows: list[Row], as_json: bool) -> None:
    from ..corrections.told import line, summed

    every = summed(rows)
    if as_json:
        say(json.dumps(every, ensure_ascii=False, default=str))
        return
    for told in every:
        say_done(one_line(line(told)), asked=True)


def unmatched_lines(folder: Path) -> list[str]:
    """The corrections that have no row any more, a line each."""
    from ..corrections.told import line, summed

    every = summed(corrections_of(folder))
    return [line(t) for t in every if not t["matched"] and t["undone_at"] is None and t["verdict"] != "none"]


def gold(args: argparse.Namespace) -> int:
    """Gold from that."""
    from ..evaluation.gold import write_gold
    from .views import tables_of, undamaged

    tables: Any = tables_of(args.folder)
    try:
        with undamaged(args.folder):
            done = write_gold(tables, corrections_of(args.folder), args.output, args.complete)
    except OSError as error:
        return fail(f"--output {args.output}: {error.strerror or error}")
    if args.json:
        say_done(json.dumps(done | {"path": str(args.output)}), asked=True)
    elif not done["documents"]:
        say_done(one_line(f"{args.output}: nothing yet; 'onrecord correct' corrects quotes, and accepts them (--accept)"))
    else:
        told = ", ".join(
            (counted(done["documents"], "articles"), f"{counted(done['judged'], 'quotes')} judged, {done['as_read']:,} as read")
        )
        say_done(one_line(f"{args.output}: {told}"))
    return OK
