"""The report: one HTML page over the tables of an output folder, which asks for nothing and runs nothing but its own script.

Text of articles reaches the page in two ways only: through Jinja2's escaping, and as JSON that the script writes out as text.
A content-security policy allows the page's own style and script, by their hashes, and forbids all else (CSP Level 3).
"""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ..durable import whole_text
from ..printable import counted, printable
from .articles import ID, load_articles, packed
from .claims import side_by_side
from .overview import by_time, make_overview
from .parts import asset, make_environment
from .scan import Tables, choose, superseded

MOST_ARTICLES = 1000  # in a page, unless more are asked for
_BLOCK_BYTES = 4_650_000  # of articles; with style, script and overview a page stays below 5 MB
_MOST_CHARS = 16_000_000  # of text that is read for a page


@dataclass(frozen=True)
class Written:
    """What a page holds: how many of how many articles, and its size."""

    path: Path
    articles: int
    of: int
    bytes: int


def write_report(
    tables: Tables, target: Path, name: str, most: int = MOST_ARTICLES, told: Callable[[str], None] | None = None
) -> Written:
    """Write the page over the tables; it appears whole, by one rename.

    Args:
        tables: what finished runs published, by table name.
        target: the file to write.
        name: what the record is called in the page.
        most: the page shows at most so many articles, the latest; what is counted is counted over all.
        told: called with a line on what is done next.

    Raises:
        OSError: the file cannot be written.
    """
    tell = told or (lambda line: None)
    old = superseded(tables)
    tell("counting quotes, figures and speakers")
    overview = make_overview(tables, old)
    chosen = choose(tables, old, most, _MOST_CHARS)
    tell(f"reading {len(chosen.doc_ids):,} of {counted(chosen.of, 'articles')}")
    articles = load_articles(tables, chosen.doc_ids)
    blocks, shown = packed(articles, _BLOCK_BYTES)
    style, script = asset("report.css"), asset("marks.js") + asset("report.js")
    rendered = _template().generate(
        name=printable(name),
        made=f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        policy=_policy(style, script),
        style=style,
        script=script,
        overview=overview,
        times=by_time(overview.days),
        shown=shown,
        of=chosen.of,
        groups=side_by_side(articles[:shown]),
        blocks=blocks,
    )
    size = 0
    with whole_text(target, "utf-8") as out:
        for piece in rendered:
            out.write(piece)
            size += len(piece.encode())
    return Written(target, shown, chosen.of, size)


def _policy(style: str, script: str) -> str:
    """The content-security policy: this style and this script, and nothing else, from nowhere else."""
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode('ascii')}'"


@functools.cache
def _template() -> Any:
    environment = make_environment(lambda kind, id_: f"#{kind}={id_[:ID]}")
    environment.globals |= {"by_time": by_time}
    return environment.get_template("report.html")
