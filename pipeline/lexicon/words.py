"""Words that the rules for names, speakers and figures know: what ends or opens a noun phrase, words for people."""

from __future__ import annotations

from .rows import CalendarRow
from .tables import nouns, table, titles, words

ADVERBS = words("adverb")
PRONOUNS = words("pronoun")
# Pronouns that name somebody anew (*many said*); the others stand for somebody named before.
QUANTITY_PRONOUNS = words("quantity_pronoun")
ANAPHORS = PRONOUNS - QUANTITY_PRONOUNS
RELATIVES = words("relative")
DETERMINERS = words("determiner")
PREPOSITIONS = words("preposition")
SUBORDINATORS = words("subordinator")
COORDINATORS = words("coordinator")
FINITE = words("finite")

MONTHS = tuple(row.name for row in table(CalendarRow) if row.kind == "month")
WEEKDAYS = tuple(row.name for row in table(CalendarRow) if row.kind == "day")
# with their abbreviations
DATE_MONTHS = tuple(form for row in table(CalendarRow) if row.kind == "month" for form in (row.name, *row.abbreviations))
DATE_WEEKDAYS = tuple(form for row in table(CalendarRow) if row.kind == "day" for form in (row.name, *row.abbreviations))
DAYS = frozenset(name.lower() for name in (*MONTHS, *DATE_WEEKDAYS)) | words("time")

TITLES = titles("title")
CAPITALS_TITLES = titles("capitals")
LEADING_TITLES = titles("leading")
STOPPED_TITLES = titles("stopped")
OF_PLACE = titles("of_place")
TITLES_BEHIND = titles("behind")
# Words that stand before a title without being one.
TITLE_MODIFIERS = titles("modifier")
NOT_TITLED = titles("no_title_before")  # General Motors is nobody's rank
ABBREVIATIONS = "|".join(sorted(title.capitalize() for title in titles("abbreviation")))
# what may stand within a name in small letters
PARTICLE = rf"(?:{'|'.join(sorted(words('name_particle')))})"
# Nouns for somebody whom the paper does not name on purpose.
ANONYMOUS = nouns("anonymous")
ORGANISATION = nouns("organisation")
GROUPS = nouns("group")
MEDIA = nouns("media")
# Words that begin a sentence with a capital and are no name.
UNIT_WORDS = (
    DETERMINERS
    | PRONOUNS
    | PREPOSITIONS
    | SUBORDINATORS
    | COORDINATORS
    | ADVERBS
    | RELATIVES
    | DAYS - {"may", "march"}
    | words("opener")
)
