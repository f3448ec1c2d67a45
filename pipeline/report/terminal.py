"""One article in the terminal: quotes and figures highlighted, the speaker beside each paragraph."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text
from spacy.tokens import Doc

from ..printable import printable, readable
from ..schemas import Figure, Quote
from .claims import number

_ASKED = "reverse"
_STYLES = {"direct": "bold green", "mixed": "green", "indirect": "cyan", "figure": "bold yellow", "cue": "underline"}


class Stretch(NamedTuple):
    """A paragraph: its number and where it lies in the text."""

    number: int
    start: int
    end: int


def as_json(doc: Doc) -> dict[str, Any]:
    """An article that was read, as plain values: what is told of it, its text, and its rows."""
    article = doc._.article
    told = {k: getattr(article, k) for k in ("title", "url", "publisher", "published_date", "language", "model_version")}
    told["published_date"] = article.published_date.isoformat() if article.published_date else None
    paragraphs = [{"kind": p.kind, "start_char": p.start, "end_char": p.end} for p in doc._.paragraphs]
    rows = {k: [r.model_dump(mode="json") for r in getattr(doc._, k)] for k in ("quotes", "figures", "speakers")}
    return {**told, "text": article.text, "paragraphs": paragraphs, **rows}


def show_article(doc: Doc, console: Console) -> None:
    """Print an article that was read, with its quotes, figures and speakers; plain where the console is no terminal."""
    as_shown(_view(doc), console)


def as_shown(what: Group, console: Console) -> None:
    """Print what was drawn; plain, without blanks at the ends of lines, where the console is no terminal."""
    if console.is_terminal:
        console.print(what)
        return
    with console.capture() as captured:
        console.print(what)
    console.file.write("".join(f"{line.rstrip()}\n" for line in captured.get().splitlines()))


def _view(doc: Doc) -> Group:
    article, all_quotes, all_figures = doc._.article, doc._.quotes, doc._.figures
    shown = readable(article.text)
    told = [article.publisher, article.published_date and article.published_date.isoformat(), article.url]
    top = Text(printable(" · ".join(t for t in told if t)) + "\n", style="dim") if any(told) else Text(end="")
    table = passage_table(shown, [Stretch(p.index, p.start, p.end) for p in doc._.paragraphs], all_quotes, all_figures)
    legend = Text("legend  ", style="dim")
    for name, style in _STYLES.items():
        legend.append(name, style=style).append("  ")
    return Group(top, table, legend)


def passage_table(
    text: str, stretches: Iterable[Stretch], quotes: list[Quote], figures: list[Figure], asked: Iterable[tuple[int, int]] = ()
) -> Table:
    """Paragraphs with their quotes and figures marked, and who says so beside them.

    Args:
        text: of the article, as it is to be shown.
        stretches: the paragraphs.
        quotes: of the article.
        figures: of the article.
        asked: stretches of characters that stand out.
    """
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 1, 0))
    table.add_column(ratio=3)
    table.add_column(ratio=2)
    for p in stretches:
        own = [q for q in quotes if q.paragraph_index == p.number]
        numbers = [f for f in figures if f.paragraph_index == p.number]
        shown = _highlighted(text, p.start, p.end, quotes, numbers)
        for start, end in asked:
            _mark(shown, start - p.start, end - p.start, _ASKED)
        table.add_row(shown, _beside(own, numbers))
    return table


def _highlighted(text: str, start: int, end: int, quotes: list[Quote], figures: list[Figure]) -> Text:
    out = Text(text[start:end])
    for q in quotes:
        for span in q.content_spans:
            _mark(out, span.start_char - start, span.end_char - start, _STYLES[q.type])
        if q.cue_start is not None and q.cue_end is not None:
            _mark(out, q.cue_start - start, q.cue_end - start, _STYLES["cue"])
    for f in figures:
        _mark(out, f.start_char - start, f.end_char - start, _STYLES["figure"])
    return out


def _mark(out: Text, start: int, end: int, style: str) -> None:
    if start < len(out) and end > 0:
        out.stylize(style, max(start, 0), min(end, len(out)))


def _beside(quotes: list[Quote], figures: list[Figure]) -> Text:
    out = Text()
    for q in quotes:
        who = printable(q.speaker_name or (f"{q.speaker_mention} ({q.speaker_status})" if q.speaker_mention else "nobody named"))
        out.append(f"{q.type} ", style=_STYLES[q.type]).append(who)
        out.append(printable(f", {q.speaker_role}") if q.speaker_role else "", style="dim")
        out.append(printable(f" [{q.cue_text}]") + "\n" if q.cue_text else "\n", style="dim")
    for f in figures:
        hedge = f.modifier.replace("_", " ")
        value = "unreadable" if f.malformed else hedge if f.value is None else f"{hedge} {number(f.value)}"
        out.append(f"{printable(f.text)} ", style=_STYLES["figure"]).append(f"{value} {f.unit or ''}".strip())
        out.append(f", {f.event}" if f.event else "", style="dim")
        out.append(f" ({printable(f.claimant_name or f.claimant_status)})\n", style="dim")
    out.rstrip()
    return out
