"""Gold passages: by whom each quote is. Written for this project, names invented.

A passage marks ``[q1 content]``, ``[s1 speaker mention]`` and ``[c1 cue]`` in its text; below ``---`` stands for each
quote ``number stratum kind name``, the name as full as the passage gives it, ``-`` where it gives none, further speakers
after ``;``. Passages called ``test`` are for measuring only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PASSAGES = Path(__file__).parent / "passages"
STRATA = ("name", "surname", "pronoun", "nominal", "metonym", "organisation", "unnamed", "floating", "interview")
_TAG = re.compile(r"\[([qsc])(\d+) |\]")


@dataclass(frozen=True)
class GoldQuote:
    """A quote, its speaker's mention (none in floating quotes), and the names it should be credited to (none if unnamed)."""

    number: int
    stratum: str
    kind: str
    names: tuple[str, ...]
    content: tuple[tuple[int, int], ...]
    cue: tuple[int, int] | None
    source: tuple[int, int] | None


@dataclass(frozen=True)
class Passage:
    """A text and its quotes."""

    id: str
    split: str
    text: str
    quotes: tuple[GoldQuote, ...]


def read_passages(split: str | None = None) -> Iterator[Passage]:
    """Read all passages, or those of a split (*dev* or *test*)."""
    for path in sorted(PASSAGES.glob("*.txt")):
        for block in re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
            head, _, rest = block.partition("\n")
            name, part = head.split()
            if split in (None, part):
                marked, _, answers = rest.rpartition("\n---\n")
                yield _passage(name, part, marked, answers)


def _passage(name: str, split: str, marked: str, answers: str) -> Passage:
    text, at = "", 0
    open_tags: list[tuple[str, int, int]] = []
    spans: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for m in _TAG.finditer(marked):
        text += marked[at : m.start()]
        at = m.end()
        if m.group(1):
            open_tags.append((m.group(1), int(m.group(2)), len(text)))
        else:
            tag, number, start = open_tags.pop()
            spans.setdefault((tag, number), []).append((start, len(text)))
    assert not open_tags, f"{name}: a bracket is left open"
    text += marked[at:]
    quotes = []
    for line in answers.strip().splitlines():
        number, stratum, kind, names = line.split(" ", 3)
        assert stratum in STRATA, f"{name} {line}"
        n = int(number)
        quotes.append(
            GoldQuote(
                n,
                stratum,
                kind,
                () if names == "-" else tuple(names.split(" ; ")),
                tuple(spans.pop(("q", n))),
                spans.pop(("c", n), [None])[0],
                spans.pop(("s", n), [None])[0],
            )
        )
    return Passage(name, split, text, tuple(quotes))
