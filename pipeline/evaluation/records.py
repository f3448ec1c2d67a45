"""Measures of records: whether the words are right, whether the name is, and whether there was a report at all.

What a journalist would print is a record: somebody's words under somebody's name. A gold attribution counts unless it is
debatable or no speech. A predicted attribution (rows linked by ``continues`` are one) goes with the gold one that it shares
most characters with, one to one; it is left out where that one does not count, and *spurious* where it meets none. A word is
a letter or digit here: *found* shares half of the characters that either of the two holds, *words right* four fifths.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from ..schemas import Quote

FOUND, WORDS = 0.5, 0.8
_SHOWN = 110  # characters of an error's words
_NO_NAME = re.compile(
    r"\b(?:the|mr|mrs|ms|dr|prof|professor|sir|president|minister|prime|king|queen|pope|prince|princess|government|of)\b"
    r"|'s\b|[^a-z0-9 ]"
)
_SAME = (
    {"us", "united states", "usa", "united states america", "america"},
    {"uk", "united kingdom", "britain"},
    {"un", "united nations"},
    {"eu", "european union"},
)
_OPENING = tuple("“\"‘'«")


class Fault(NamedTuple):
    """Something wrong: ``missed``, ``words``, ``name`` or ``spurious``, with what was expected and what was read."""

    kind: str
    expected: str
    read: str
    rule: str | None = None
    confidence: float | None = None


@dataclass(frozen=True)
class _Said:
    """A predicted attribution: its first row, and the characters of all rows that go on from it."""

    row: Quote
    chars: frozenset[int]


@dataclass(frozen=True)
class _Gold:
    """A gold attribution of a text."""

    text: str
    given: Mapping[str, Any]

    @cached_property
    def chars(self) -> frozenset[int]:
        return _chars(self.text, self.given["content"])

    @property
    def counts(self) -> bool:
        return self.given["act"] == "speech" and not self.given["debatable"]

    @property
    def direct(self) -> bool:
        return all(s == 0 or self.text.startswith(_OPENING, s - 1) for s, _ in self.given["content"])

    @property
    def words(self) -> str:
        return _shown(self.text, self.given["content"])


def count_records(
    text: str, gold: Iterable[Mapping[str, Any]], quotes: Iterable[Quote], floor: float = 0.0
) -> tuple[Counter[str], list[Fault]]:
    """Counts of one document, to be added up and given to ``record_measures``, and what is wrong in it.

    Args:
        text: the article.
        gold: its attributions, with ``content``, ``speaker`` (see ``with_names``), ``status`` (named, unnamed, none), ``act`` and
            ``debatable``.
        quotes: the rows read from it.
        floor: rows of a lower confidence are left out.
    """
    wanted = [_Gold(text, g) for g in with_names(text, gold)]
    said = [s for s in _said(text, quotes) if s.row.act == "speech" and (s.row.confidence is None or s.row.confidence >= floor)]
    pairs = _pairs(wanted, said)
    of_said = {j: i for i, (j, _) in pairs.items()}
    n: Counter[str] = Counter()
    faults: list[Fault] = []
    for j, s in enumerate(said):
        held = [g for g in wanted if g.chars & s.chars]
        if j in of_said:
            n["predicted"] += wanted[of_said[j]].counts
        elif not held:
            n.update(("predicted", "spurious"))
            faults.append(_fault("spurious", "", _read(text, s), s))
        else:
            n["predicted"] += all(g.counts for g in held)  # a second row on words that another row holds
    for i, g in enumerate(wanted):
        if g.counts:
            _judge(n, faults, g, pairs.get(i), said)
    return n, faults


def with_names(text: str, gold: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Attributions whose speakers are told by name: joined by a semicolon, also where gold tells the places of the names.

    Args:
        text: the article.
        gold: its attributions; ``speaker`` is a name, None, or ``[[s, e]]``, offsets of names into the text.
    """
    return [
        {**g, "speaker": "; ".join(text[s:e] for s, e in g["speaker"]) if isinstance(g["speaker"], list) else g["speaker"]}
        for g in gold
    ]


def _judge(n: Counter[str], faults: list[Fault], gold: _Gold, pair: tuple[int, float] | None, said: Sequence[_Said]) -> None:
    n["gold"] += 1
    n["gold_direct"] += gold.direct
    speaker = gold.given["speaker"] or gold.given["status"]
    j, share = pair or (0, 0.0)
    if share < FOUND:
        faults.append(Fault("missed", f"{speaker}: {gold.words}", ""))
        return
    s = said[j]
    words, name = share >= WORDS, _name_right(gold.given, s.row)
    n["found"] += 1
    n["words"] += words
    n["names"] += name
    n["records"] += words and name
    n["direct_records"] += gold.direct and words and name
    n["names_given"] += bool(s.row.speaker_name)
    n["names_wrong"] += bool(s.row.speaker_name) and not name
    if not words:
        faults.append(_fault("words", gold.words, _read(gold.text, s), s))
    if not name:
        read = s.row.speaker_name or s.row.speaker_status
        faults.append(Fault("name", f"{speaker}: {gold.words}", read, s.row.speaker_rule, s.row.speaker_confidence))


def record_measures(n: Counter[str]) -> dict[str, Any]:
    """Shares from summed counts: ``f1`` of records, and of what was found, of direct quotations, of names and of rows."""
    return {
        "counts": dict(sorted(n.items())),
        "f1": _ratio(2 * n["records"], n["gold"] + n["predicted"]),
        "found": _ratio(n["found"], n["gold"]),
        "words_right": _ratio(n["words"], n["found"]),
        "names_right": _ratio(n["names"], n["found"]),
        "direct": _ratio(n["direct_records"], n["gold_direct"]),
        "names_wrong": _ratio(n["names_wrong"], n["names_given"]),
        "spurious": _ratio(n["spurious"], n["predicted"]),
    }


def same_name(one: str, other: str) -> bool:
    """Whether two names are one person's or body's: equal but for titles, or one's words among the other's with the last word
    or two words in common.
    """
    a, b = _key(one), _key(other)
    if not a or not b:
        return False
    if a == b or any({" ".join(a), " ".join(b)} <= known for known in _SAME):
        return True
    short, long = sorted((a, b), key=len)
    return set(short) <= set(long) and (short[-1] == long[-1] or len(short) > 1)


def _key(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return _NO_NAME.sub(" ", plain).split()


def _name_right(gold: Mapping[str, Any], row: Quote) -> bool:
    if gold["status"] != "named":
        return not row.speaker_name
    names = [n for n in (row.speaker_name, *(c.name for c in row.co_speakers)) if n]
    return any(same_name(wanted, name) for wanted in gold["speaker"].split(";") for name in names)


def _said(text: str, quotes: Iterable[Quote]) -> list[_Said]:
    roots: dict[str, str] = {}
    rows: dict[str, Quote] = {}
    spans: dict[str, list[tuple[int, int]]] = {}
    for q in sorted(quotes, key=lambda q: q.content_spans[0].start_char):
        root = roots[q.quote_id] = roots.get(q.continues or "", q.quote_id)
        rows.setdefault(root, q)
        spans.setdefault(root, []).extend((s.start_char, s.end_char) for s in q.content_spans)
    return [_Said(row, _chars(text, spans[root])) for root, row in rows.items()]


def _pairs(wanted: Sequence[_Gold], said: Sequence[_Said]) -> dict[int, tuple[int, float]]:
    """Gold attributions with the predicted one that they go with, and the share of characters that both hold."""
    shares = []
    for i, g in enumerate(wanted):
        for j, s in enumerate(said):
            both = len(g.chars & s.chars)
            if both:
                shares.append((both / len(g.chars | s.chars), i, j))
    pairs: dict[int, tuple[int, float]] = {}
    used: set[int] = set()
    for share, i, j in sorted(shares, reverse=True):
        if i not in pairs and j not in used:
            pairs[i] = (j, share)
            used.add(j)
    return pairs


def _chars(text: str, spans: Iterable[Sequence[int]]) -> frozenset[int]:
    return frozenset(i for start, end in spans for i in range(start, end) if text[i].isalnum())


def _shown(text: str, spans: Iterable[Sequence[int]]) -> str:
    return " ".join(text[start:end] for start, end in spans)[:_SHOWN]


def _read(text: str, said: _Said) -> str:
    return f"{said.row.speaker_name} {said.row.cue_text}: {said.row.text}"[: 2 * _SHOWN]


def _fault(kind: str, expected: str, read: str, said: _Said) -> Fault:
    return Fault(kind, expected, read, said.row.speaker_rule, said.row.confidence)


def _ratio(a: int, b: int) -> float:
    return a / b if b else 0.0
