"""What is asked of the index, and the quotes that answer it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from .index import Index, confidence_word, day_of_id, first_id

COUNTED = 10_000  # matches are counted up to so many
PAGE = 50
_MOST_NAMES = 200  # of people under other names who match what is asked for
_TERM = re.compile(r'"([^"]*)"?|(\S+)')
_TOLD = ("text", "called", "status", "role", "kind", "type", "act", "cue", "polarity", "confidence", "outlet", "title")
_FOUND = f"""quote.id, quote_id, doc_id, quote.speaker_id, person.person_id, person.name AS person,
  {", ".join(f"quote.{name}" for name in _TOLD)}"""


@dataclass(frozen=True)
class Asked:
    """Which quotes are wanted; what is None filters nothing.

    Attributes:
        words: words of the quote, whatever their case or accents, all of them; those in quotation marks stand together, and
            ``wait*`` finds what begins so (three letters at least).
        speaker: words of the speaker's name or mention.
        person: the id of a person or body: all quotes under any of its names.
        outlet: words of the publisher's name, which stand together.
        type: direct, mixed or indirect.
        act: speech, thought or stance.
        kind: of the speaker: person, organisation, government ...
        since: first day of publication.
        until: last day of publication.
        confidence: least probability that utterance and mention are right.
        oldest: the oldest first, and not the newest; without those that have no date.
        after: the ``id`` after which the answer goes on.
    """

    words: str | None = None
    speaker: str | None = None
    person: str | None = None
    outlet: str | None = None
    type: str | None = None
    act: str | None = None
    kind: str | None = None
    since: date | None = None
    until: date | None = None
    confidence: float | None = None
    oldest: bool = False
    after: int | None = None


@dataclass(frozen=True)
class Found:
    """Quotes that match, how many do (no more than ``COUNTED`` + 1 are counted), and the ``id`` after which there are more."""

    quotes: list[dict[str, Any]]
    count: int
    next: int | None


def search(index: Index, asked: Asked, most: int = PAGE) -> Found:
    """The quotes that are asked for, ``most`` at once."""
    match = _match(index, asked)
    least, beyond = first_id(asked.until.toordinal()) if asked.until else 0, first_id(-1)
    if asked.since:
        beyond = first_id(asked.since.toordinal() - 1)
    elif asked.until or asked.oldest:
        beyond = first_id(0)  # what has no date does not tell that it is within
    source, id_ = ("words JOIN quote ON quote.id = words.rowid", "words.rowid") if match else ("quote", "quote.id")
    where: list[str] = [f"{id_} >= ?", f"{id_} < ?"]
    values: list[Any] = [least, beyond]
    if match:
        where, values = ["words MATCH ?", *where], [match, *values]
    if asked.confidence is not None:
        where.append("confidence >= ?")
        values.append(asked.confidence)
    counted = "words" if match and asked.confidence is None else source
    if match or asked.confidence is not None or asked.since or asked.until or asked.oldest:
        counting = f"SELECT count(*) FROM (SELECT 1 FROM {counted} WHERE {' AND '.join(where)} LIMIT {COUNTED + 1})"
        count = int(index.ask(counting, *values)[0][0])
    else:
        count = index.total()
    if asked.after is not None:
        where.append(f"{id_} {'<' if asked.oldest else '>'} ?")
        values.append(asked.after)
    rows = index.ask(
        f"SELECT {_FOUND} FROM {source} LEFT JOIN person ON person.speaker_id = quote.speaker_id "
        f"WHERE {' AND '.join(where)} ORDER BY {id_} {'DESC' if asked.oldest else 'ASC'} LIMIT ?",
        *values,
        most + 1,
    )
    return Found([_shown(r) for r in rows[:most]], count, rows[most - 1]["id"] if len(rows) > most else None)


def find_quote(index: Index, quote_id: str) -> dict[str, Any] | None:
    """One quote, by its id."""
    sql = f"SELECT {_FOUND} FROM quote LEFT JOIN person ON person.speaker_id = quote.speaker_id WHERE quote_id = ?"
    rows = index.ask(sql, _bytes(quote_id))
    return _shown(rows[0]) if rows else None


def speakers_of(index: Index, person: str) -> list[str]:
    """The ids of the names of a person or body; the id itself if people does not know it."""
    rows = index.ask("SELECT speaker_id FROM person WHERE person_id = ? LIMIT 1000", _bytes(person))
    return [bytes(r[0]).hex() for r in rows] or [person]


def _match(index: Index, asked: Asked) -> str:
    """The question as FTS5 reads it; empty if no word is asked for."""
    parts = [f"text : ({' AND '.join(_terms(asked.words))})"] if asked.words and any(_terms(asked.words)) else []
    if asked.speaker and any(_terms(asked.speaker)):
        by = " AND ".join(_terms(asked.speaker))
        also = index.ask(
            "SELECT speaker_id FROM person WHERE person_id IN (SELECT person_id FROM names JOIN person "
            f"ON person.rowid = names.rowid WHERE names MATCH ? LIMIT {_MOST_NAMES}) LIMIT {_MOST_NAMES}",
            by,
        )
        others = f" OR facets : ({' OR '.join(_word('s' + bytes(r[0]).hex()) for r in also)})" if also else ""
        parts.append(f"((speaker : ({by})){others})")
    if asked.outlet and any(c.isalnum() for c in asked.outlet):
        parts.append(f"outlet : {_word(asked.outlet)}")
    facets = [f"{key}{value}" for key, value in (("t", asked.type), ("a", asked.act), ("k", asked.kind)) if value]
    facets += filter(None, [confidence_word(asked.confidence) if asked.confidence is not None else None])
    parts += [f"facets : {_word(word)}" for word in facets]
    if asked.person:
        parts.append(f"facets : ({' OR '.join(_word('s' + s) for s in speakers_of(index, asked.person))})")
    return " AND ".join(parts)


def _terms(text: str) -> Iterator[str]:
    for phrase, word in _TERM.findall(text):
        told = phrase or word
        if any(c.isalnum() for c in told):
            begins = word.endswith("*") and len(word) > 3
            yield _word(told.rstrip("*")) + ("*" if begins else "")


def _word(text: str) -> str:
    return '"' + text.replace('"', '""').replace("\0", " ") + '"'


def _bytes(id_: str) -> bytes:
    try:
        return bytes.fromhex(id_)
    except ValueError:
        return b""


def _shown(row: sqlite3.Row) -> dict[str, Any]:
    """A quote as pages and JSON tell it."""
    day = day_of_id(row["id"])
    ids = {k: bytes(row[k]).hex() if row[k] is not None else None for k in ("quote_id", "doc_id", "speaker_id", "person_id")}
    told = {name if name != "called" else "speaker": row[name] for name in _TOLD}
    return {**ids, "person": row["person"], "published_date": date.fromordinal(day).isoformat() if day else None, **told}
