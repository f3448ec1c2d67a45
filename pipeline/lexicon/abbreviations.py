"""Abbreviations with a full stop, by what the stop may mean: which end a sentence, and what tells."""

from __future__ import annotations

from .rows import AbbreviationClass, AbbreviationRow
from .tables import table, words
from .words import DATE_MONTHS, DATE_WEEKDAYS


def _of(kind: AbbreviationClass) -> frozenset[str]:
    return frozenset(row.form for row in table(AbbreviationRow) if kind in row.classes)


BEFORE_NAMES = _of("before_name")  # the sentence goes on
BEFORE_NUMBERS = _of("before_number")  # so too, if a number follows
WITHIN = _of("within")  # before whatever they belong to
ANYWHERE = _of("anywhere")  # at a sentence's end or within it: the next word tells
STATES = _of("state")  # so too behind a place and a comma: *Tarvo, Calif.*
EXCLAIMED = _of("exclaimed")  # names that are printed with an exclamation mark
# what a time of day (*9 a.m.*) goes on with
AFTER_TIMES = frozenset(form.lower() for form in (*DATE_MONTHS, *DATE_WEEKDAYS)) | words("after_time")
OPENERS = words("sentence_opener")  # words that, with a capital, begin a sentence and no name
