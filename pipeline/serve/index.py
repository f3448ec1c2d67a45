"""The full-text index over the quotes of a record: SQLite's FTS5, in a file of the user's cache, kept up to date file by file.

The id of a quote tells its day, the latest first, so that the newest quotes that match are the first that FTS5 finds, and a
stretch of time is a stretch of ids. What filters ask for (type, kind, speaker, confidence) stands as words in a column of its
own: a filter is one more word that has to match. Both keep an answer over a million quotes within milliseconds.

The index holds the words of the quotes, in a folder that only its owner can read. It can be deleted at any time.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..corrections.apply import counting, fold
from ..report.scan import among, batches
from ..schemas import CORRECTIONS, PEOPLE, QUOTES

if TYPE_CHECKING:
    from .record import Snapshot

Told = Callable[[str], None]
_FORMAT = 2  # of the index; one of another format is made anew
_BATCH = 16_384
_LAST_DAY = 1 << 22  # beyond every day that has a number
_PER_DAY = 32  # bits of an id below the day
_STEPS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95)  # of confidence that are words
_COLUMNS = [
    "quote_id", "doc_id", "speaker_id", "text", "speaker_name", "speaker_mention", "speaker_mention_kind", "speaker_status",
    "speaker_role", "speaker_kind", "type", "act", "cue_text", "cue_polarity", "confidence", "publisher", "title",
    "published_date",
]  # fmt: skip
_SCHEMA = """
CREATE TABLE file (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, rows INTEGER NOT NULL);
CREATE TABLE superseded (doc_id BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE quote (
  id INTEGER PRIMARY KEY, file INTEGER NOT NULL, quote_id BLOB NOT NULL, doc_id BLOB NOT NULL, speaker_id BLOB,
  text TEXT NOT NULL, speaker TEXT, outlet TEXT, facets TEXT NOT NULL, called TEXT, status TEXT, role TEXT, kind TEXT,
  type TEXT, act TEXT, cue TEXT, polarity TEXT, confidence REAL, title TEXT);
CREATE INDEX quote_by_id ON quote (quote_id);
CREATE INDEX quote_by_document ON quote (doc_id);
CREATE VIRTUAL TABLE words USING fts5 (
  text, speaker, outlet, facets, content = 'quote', content_rowid = 'id', prefix = '3',
  tokenize = 'unicode61 remove_diacritics 2');
CREATE TABLE person (speaker_id BLOB PRIMARY KEY, person_id BLOB NOT NULL, name TEXT NOT NULL);
CREATE INDEX person_by_id ON person (person_id);
CREATE VIRTUAL TABLE names USING fts5 (name, content = 'person', tokenize = 'unicode61 remove_diacritics 2');
CREATE TABLE put_right (quote_id BLOB PRIMARY KEY, id INTEGER NOT NULL, file INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE told (name TEXT PRIMARY KEY, value);
"""
_INSERT = f"INSERT INTO quote VALUES ({', '.join('?' * 19)})"
_INSERT_WORDS = "INSERT INTO words (rowid, text, speaker, outlet, facets) VALUES (?, ?, ?, ?, ?)"
_DELETE_WORDS = """
INSERT INTO words (words, rowid, text, speaker, outlet, facets)
  SELECT 'delete', id, text, speaker, outlet, facets FROM quote WHERE """


def place_of(folder: Path) -> Path:
    """The folder of the user's cache for what is kept of a record; made if it is missing, and nobody else's to read."""
    place = _place(folder)
    place.mkdir(parents=True, exist_ok=True)
    place.chmod(0o700)
    return place


def _place(folder: Path) -> Path:
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "onrecord" / "serve" / hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:24]


def drop(folder: Path) -> None:
    """Remove what the user's cache keeps of a record, so that nothing of what it forgets stays; who serves it makes it anew."""
    shutil.rmtree(_place(folder), ignore_errors=True)


def first_id(day: int) -> int:
    """The least id of a quote of a day, by its number (0: without a date); ids of later days are less."""
    return (_LAST_DAY - day) << _PER_DAY


def day_of_id(id_: int) -> int:
    """The number of the day of a quote; 0 if it has none."""
    return _LAST_DAY - (id_ >> _PER_DAY)


def confidence_word(least: float) -> str | None:
    """The word that all quotes of at least such a confidence have, and others may."""
    below = [step for step in _STEPS if step <= least]
    return f"c{round(100 * below[-1])}" if below else None


class BeingMade(RuntimeError):
    """There is no index at the moment; the message says so."""


class Index:
    """The index of a record, in a folder."""

    def __init__(self, place: Path) -> None:
        self.path = place / "quotes.sqlite"
        self._own = threading.local()

    def ask(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        """The rows of an answer; each thread has a connection of its own, to the newest file.

        Raises:
            BeingMade: the index was deleted.
        """
        try:
            inode = self.path.stat().st_ino
        except FileNotFoundError:
            raise BeingMade("The index of the quotes is being made anew; try again in a moment.") from None
        if getattr(self._own, "inode", None) != inode:
            self._own.db = _connect(self.path, read_only=True)
            self._own.inode = inode
        return self._own.db.execute(sql, values).fetchall()

    def total(self) -> int:
        """How many quotes it holds."""
        return int(self.ask("SELECT value FROM told WHERE name = 'quotes'")[0][0])

    def update(self, at: Snapshot, told: Told = lambda line: None) -> None:
        """Make the index hold the quotes of a record as it stands, newest versions only.

        Args:
            at: the record.
            told: called with a line on how far it has come.

        Raises:
            OSError: it cannot be written.
        """
        try:
            if not self._updated(at, told):
                self._made(at, told)
        except sqlite3.OperationalError as error:
            raise OSError(f"{self.path}: {error}") from error

    def _updated(self, at: Snapshot, told: Told) -> bool:
        """Bring an index that is there up to date; returns False if it has to be made anew."""
        if not self.path.exists():
            return False
        try:
            with closing(_connect(self.path)) as db:
                if db.execute("PRAGMA user_version").fetchone()[0] != _FORMAT:
                    return False
                db.execute("BEGIN IMMEDIATE")
                with db:
                    return _brought_up(db, at, told)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_ERROR:  # a table or column is missing
                return False
            raise  # the disk is full, or another process writes for too long
        except sqlite3.DatabaseError:  # damaged
            return False

    def _made(self, at: Snapshot, told: Told) -> None:
        """Make the index anew; it appears whole, by one rename."""
        new = self.path.with_name(f"{self.path.name}.{os.getpid()}.tmp")
        try:
            new.parent.mkdir(mode=0o700, exist_ok=True)
            new.unlink(missing_ok=True)
            with closing(_connect(new)) as db:
                db.execute("PRAGMA journal_mode = OFF")
                db.execute("PRAGMA synchronous = OFF")
                db.executescript(f"{_SCHEMA}; PRAGMA user_version = {_FORMAT};")
                db.execute("BEGIN")
                with db:
                    _brought_up(db, at, told)
                db.execute("PRAGMA journal_mode = WAL")
            for beside in ("-wal", "-shm"):
                self.path.with_name(self.path.name + beside).unlink(missing_ok=True)
            new.replace(self.path)
        finally:
            with suppress(OSError):
                new.unlink(missing_ok=True)


def _connect(path: Path, read_only: bool = False) -> sqlite3.Connection:
    address = f"{path.resolve().as_uri()}{'?mode=ro' if read_only else ''}"
    db = sqlite3.connect(address, uri=True, timeout=60, isolation_level=None, check_same_thread=False)
    db.row_factory = sqlite3.Row
    db.execute(f"PRAGMA cache_size = {-4_000 if read_only else -48_000}")  # KiB
    db.execute("PRAGMA secure_delete = ON")  # what is forgotten does not stay in free pages
    return db


def _brought_up(db: sqlite3.Connection, at: Snapshot, told: Told) -> bool:
    """Take out files that count no more and take in those that are new.

    Returns False if the index is better made anew: older versions came back, or most of it would be taken out.
    """
    have = {path: (id_, rows) for id_, path, rows in db.execute("SELECT id, path, rows FROM file")}
    fragments = {f.path: f for f in at.tables[QUOTES.name].get_fragments()}
    known = {bytes(row[0]).hex() for row in db.execute("SELECT doc_id FROM superseded")}
    gone = {id_: rows for path, (id_, rows) in have.items() if path not in fragments}
    new = [f for path, f in fragments.items() if path not in have]
    if known - at.old or (gone and 2 * sum(gone.values()) >= sum(rows for _, rows in have.values())):
        return False
    if gone:
        _delete(db, f"file IN ({', '.join('?' * len(gone))})", *gone)
        db.execute(f"DELETE FROM put_right WHERE file IN ({', '.join('?' * len(gone))})", list(gone))
        db.executemany("DELETE FROM file WHERE id = ?", [(id_,) for id_ in gone])
    for doc in at.old - known:
        _delete(db, "doc_id = ?", bytes.fromhex(doc))
        db.execute("INSERT INTO superseded VALUES (?)", (bytes.fromhex(doc),))
    counts = [f.count_rows() for f in new]
    done = 0
    (last,) = db.execute("SELECT coalesce((SELECT value FROM told WHERE name = 'last'), 0)").fetchone()
    for fragment, count in zip(new, counts, strict=True):
        file = db.execute("INSERT INTO file (path, rows) VALUES (?, ?)", (fragment.path, count)).lastrowid
        for rows in _rows(at, fragment):
            taken = sorted(_entry(r, int(file or 0), last + n) for n, r in enumerate(rows, 1) if r["doc_id"] not in at.old)
            last += len(rows)
            db.executemany(_INSERT, taken)
            db.executemany(_INSERT_WORDS, [(r[0], *r[5:9]) for r in taken])
            done += len(rows)
            told(f"indexing quotes: {done:,} of {sum(counts):,}")
    put_right = _put_right(db, at, bool(gone or new or at.old != known))
    if gone or new or put_right or at.old != known:
        db.execute("INSERT OR REPLACE INTO told VALUES ('last', ?)", (last,))
        db.execute("INSERT OR REPLACE INTO told SELECT 'quotes', count(*) FROM quote INDEXED BY quote_by_document")
    _take_people(db, at)
    return True


def _put_right(db: sqlite3.Connection, at: Snapshot, changed: bool) -> bool:
    """Let quotes that people have corrected stand so, and those that are no longer as they were read; whether any changed."""
    files = "\n".join(sorted(at.tables[CORRECTIONS.name].files))
    if not changed and db.execute("SELECT 1 FROM told WHERE name = 'corrections' AND value = ?", (files,)).fetchone():
        return False
    ids = {bytes.fromhex(id_) for id_ in fold(counting(at.tables[CORRECTIONS.name].to_table()))["quote"]}
    places = {bytes(row[0]): (row[1], row[2]) for row in db.execute("SELECT quote_id, id, file FROM put_right")}
    for id_ in ids | places.keys():
        here = db.execute("SELECT id, file FROM quote WHERE quote_id = ?", (id_,)).fetchone()
        if here is not None:
            places[id_] = here[0], here[1]
            _delete(db, "id = ?", here[0])
    for batch in batches(at.corrected[QUOTES.name], _COLUMNS, among("quote_id", {id_.hex() for id_ in places})):
        for row in batch.to_pylist():
            if row["doc_id"] not in at.old:
                number, file = places[bytes.fromhex(row["quote_id"])]
                taken = (number, *_entry(row, file, 0)[1:])
                db.execute(_INSERT, taken)
                db.execute(_INSERT_WORDS, (taken[0], *taken[5:9]))
    db.execute("DELETE FROM put_right")
    db.executemany("INSERT INTO put_right VALUES (?, ?, ?)", [(id_, *places[id_]) for id_ in ids & places.keys()])
    db.execute("INSERT OR REPLACE INTO told VALUES ('corrections', ?)", (files,))
    return bool(places)


def _delete(db: sqlite3.Connection, where: str, *values: Any) -> None:
    db.execute(_DELETE_WORDS + where, values)
    db.execute(f"DELETE FROM quote WHERE {where}", values)


def _rows(at: Snapshot, fragment: Any) -> Iterator[list[dict[str, Any]]]:
    schema = at.tables[QUOTES.name].schema
    scanner = fragment.scanner(
        schema=schema, columns=_COLUMNS, batch_size=_BATCH, batch_readahead=1, fragment_readahead=1, use_threads=False
    )
    for batch in scanner.to_batches():
        yield batch.to_pylist()


def _entry(row: dict[str, Any], file: int, number: int) -> tuple[Any, ...]:
    """A quote as the index holds it; ``number`` is no other quote's."""
    day, name, mention = row["published_date"], row["speaker_name"], row["speaker_mention"]
    said_by = mention if mention and row["speaker_mention_kind"] != "pronoun" and mention not in (name or "") else None
    words = [f"t{row['type']}", f"a{row['act']}"]
    words += [f"k{row['speaker_kind']}"] if row["speaker_kind"] else []
    words += [f"s{row['speaker_id']}"] if row["speaker_id"] else []
    words += [f"c{round(100 * step)}" for step in _STEPS if (row["confidence"] or 0.0) >= step]
    return (
        first_id(day.toordinal() if day else 0) + number,
        file,
        bytes.fromhex(row["quote_id"]),
        bytes.fromhex(row["doc_id"]),
        bytes.fromhex(row["speaker_id"]) if row["speaker_id"] else None,
        row["text"],
        " · ".join(filter(None, (name, said_by))) or None,
        row["publisher"],
        " ".join(words),
        name or mention,
        row["speaker_status"],
        row["speaker_role"],
        row["speaker_kind"],
        row["type"],
        row["act"],
        row["cue_text"],
        row["cue_polarity"] if row["cue_polarity"] != "affirmed" else None,
        row["confidence"],
        row["title"],
    )


def _take_people(db: sqlite3.Connection, at: Snapshot) -> None:
    """Take in the newest generation of people, if there is a newer one, with the names that corrections bring."""
    files = "\n".join(sorted((*at.tables[PEOPLE.name].files, *at.tables[CORRECTIONS.name].files)))
    if db.execute("SELECT 1 FROM told WHERE name = 'people' AND value = ?", (files,)).fetchone():
        return
    db.execute("DELETE FROM person")
    for batch in batches(at.corrected[PEOPLE.name], ["speaker_id", "person_id", "name"]):
        rows = zip(*(column.to_pylist() for column in batch.columns), strict=True)
        taken = [(bytes.fromhex(speaker), bytes.fromhex(person), name) for speaker, person, name in rows]
        db.executemany("INSERT OR REPLACE INTO person VALUES (?, ?, ?)", taken)
    db.execute("INSERT INTO names (names) VALUES ('rebuild')")
    db.execute("INSERT OR REPLACE INTO told VALUES ('people', ?)", (files,))
