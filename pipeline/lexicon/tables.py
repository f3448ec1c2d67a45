"""The vocabulary of a language, read from the tables in its folder: one CSV file a kind, one word or phrase a line.

Every file is checked as it is read: a missing or an unknown column, an empty cell, an unknown class or a word that stands
twice is an error that names file and line.
"""

from __future__ import annotations

import csv
import functools
import gc
import io
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from .rows import NounClass, NounRow, PhraseRow, PhraseUse, TitleClass, TitleRow, VocabularyRow, WordClass, WordRow

R = TypeVar("R", bound=VocabularyRow)


class VocabularyError(ValueError):
    """A table holds what its kind does not allow; the message names file and line."""


def table(kind: type[R], language: str = "en") -> tuple[R, ...]:
    """The rows of a table, in their order.

    This is where the language is chosen: its tables lie in the folder of its name. English is the only one so far, and the
    grammar of the rules is English too.

    Raises:
        VocabularyError: the file is not as its kind must be.
    """
    rows: tuple[R, ...] = _read(language, kind)
    return rows


@functools.cache
def _read(language: str, kind: type[Any]) -> Any:
    collects = gc.isenabled()
    gc.disable()  # thousands of rows are made that all stay: half of the time would go into looking for garbage among them
    try:
        return read_table(resources.files(__package__).joinpath(language, kind.file), kind)
    finally:
        if collects:
            gc.enable()


def read_table(file: Traversable, kind: type[R]) -> tuple[R, ...]:
    """Read and check a file as a table of a kind.

    Raises:
        VocabularyError: it is none.
    """
    columns = [*(name for name in kind.model_fields if name != "note"), "note"]
    data = file.read_bytes()
    try:
        reader = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
        lines = [(reader.line_num, cells) for cells in reader]
    except UnicodeDecodeError as e:
        line = data[: e.start].count(b"\n") + 1
        raise VocabularyError(f"{file}, line {line}: not UTF-8; save it as UTF-8") from None
    if not lines or lines[0][1] != columns:
        raise VocabularyError(f"{file}, line 1: the columns must be {', '.join(columns)}")
    for number, cells in lines[1:]:
        if len(cells) != len(columns):
            raise VocabularyError(f"{file}, line {number}: {len(cells)} cells where {len(columns)} must be")
    numbers = [number for number, _ in lines[1:]]
    adapter: TypeAdapter[tuple[R, ...]] = TypeAdapter(tuple[kind, ...])  # type: ignore[valid-type]
    try:
        rows = adapter.validate_python([dict(zip(columns, cells, strict=True)) for _, cells in lines[1:]])
    except ValidationError as e:
        first = e.errors()[0]
        row_number, *where = first["loc"]
        raise VocabularyError(
            f"{file}, line {numbers[int(row_number)]}, {where[0]}: {first['msg']} ({first['input']!r})"
        ) from None
    seen: dict[tuple[object, ...], int] = {}
    for row, number in zip(rows, numbers, strict=True):
        key = tuple(getattr(row, column) for column in kind.key)
        if key in seen:
            raise VocabularyError(f"{file}, line {number}: {key[0]!r} stands in line {seen[key]} already")
        seen[key] = number
    return rows


def check_tables(language: str = "en") -> None:
    """Read every table of a language.

    Raises:
        VocabularyError: one is not as its kind must be.
    """
    for kind in VocabularyRow.__subclasses__():
        table(kind, language)


def words(of: WordClass) -> frozenset[str]:
    """The words of a class in words.csv."""
    return frozenset(row.word for row in table(WordRow) if of in row.classes)


def nouns(of: NounClass) -> frozenset[str]:
    """The nouns of a class in nouns.csv."""
    return frozenset(row.noun for row in table(NounRow) if of in row.classes)


def titles(of: TitleClass) -> frozenset[str]:
    """The words of a class in titles.csv."""
    return frozenset(row.title for row in table(TitleRow) if of in row.classes)


def phrases(of: PhraseUse) -> str:
    """The phrases of a use in phrases.csv, as alternatives of one regular expression."""
    return "|".join(row.phrase for row in table(PhraseRow) if row.use == of)
