"""Cues: words that report, with their class (what kind of saying) and act (speech, thought or stance).

Verbs were gathered from the cues of PolNeAR's training articles (Newell et al. 2018) and from the reporting verbs of the
press at large, and classed by hand. Nouns stand for the verb they are made of (*accusation*: accuse).
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Literal

from ..schemas.quotes import Act, CueClass
from .forms import is_verb_only, lemmas, singular
from .given_names import hinted_gender
from .rows import CueRow
from .tables import table


@dataclass(frozen=True, slots=True)
class CueEntry:
    """A lemma, its class (what kind of saying) and act (speech, thought or stance)."""

    lemma: str
    cue_class: CueClass
    act: Act


@functools.cache
def _entries(part: Literal["verb", "noun", "other"]) -> dict[str, CueEntry]:
    return {row.cue: CueEntry(row.lemma or row.cue, row.cue_class, row.act) for row in table(CueRow) if row.part == part}


@functools.lru_cache(maxsize=1 << 14)
def cue_verb(word: str) -> CueEntry | None:
    """The cue of which a word in small letters is a form: *said* → say; None if it is no verb of saying, thought or stance."""
    verbs = _entries("verb")
    return verbs.get(word) or next((verbs[base] for base in lemmas(word) if base in verbs), None)


@functools.lru_cache(maxsize=1 << 14)
def cue_noun(word: str) -> CueEntry | None:
    """The cue that a word in small letters is but as a verb: *claims* → claim, *according* → accord; None if it is none."""
    return _entries("other").get(word) or _entries("noun").get(word) or _entries("noun").get(singular(word))


def speaks(word: str) -> bool:
    """Whether a word, in small letters, is a form of a verb of speech."""
    verb = cue_verb(word) if word.islower() else None
    return verb is not None and verb.act == "speech"


def is_telling(word: str) -> bool:
    """Whether a word is a form of a verb of speech that a sentence in the past, or of one person, is made with."""
    entry = cue_verb(word) if word.islower() else None
    return entry is not None and entry.act == "speech" and word != entry.lemma and not word.endswith("ing")


def says_before(text: str, word: str, name: str) -> bool:
    """Whether the capitalised word before a name is a verb: *Says Veld: "..."*, *Send Veld away*; *Said* is a given name too,
    and then the name stands without it elsewhere.
    """
    low = word.lower()
    if word == name or not (is_telling(low) or (" " not in name and is_verb_only(low))):
        return False
    return hinted_gender(word) is None or text.count(name) > text.count(f"{word} {name}")
