"""The noun phrase beside a reporting verb: who is said to speak.

There is no parser: a phrase is read word by word from the verb outwards, up to a word that cannot belong to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .lexicon import (
    ADVERBS,
    ANAPHORS,
    AUXILIARIES,
    COORDINATORS,
    CUES,
    DAYS,
    DETERMINERS,
    FINITE,
    NEGATIONS,
    NOUN_LIKE,
    NP_PREPOSITIONS,
    PASSIVE,
    PERSONAL,
    PREPOSITIONS,
    QUANTIFIERS,
    RAISING,
    RELATIVES,
    SPEECH_NOUNS,
    SUBORDINATORS,
    UNREALISED,
    WRITTEN,
)  # fmt: skip
from .units import Item

_MAX_WORDS = 16
MODALS = frozenset("will would could can may might must shall should to".split())
_HARD_STOPS = frozenset(", ; : — – -- ( ) [ ] . ! ? … ...".split())


@dataclass(frozen=True)
class Subject:
    """Items ``[lo, hi)`` of a sentence that name the speaker; ``outer_lo`` is where the whole clause begins."""

    lo: int
    hi: int
    rule: str
    outer: int
    role: tuple[int, int] | None = None
    polarity: str = "affirmed"


def verb_like(item: Item) -> bool:
    """Whether a word is probably a finite verb, by lexicon or ending."""
    low = item.low
    if item.quoted or item.is_name:
        return low in FINITE and low != "will" and item.text != item.text.upper()
    return low in FINITE or (low in CUES and low not in NOUN_LIKE) or (low.endswith("ed") and len(low) > 4)


def subject_before(s: Sequence[Item], cue: int) -> Subject | None:
    """The subject that stands before the verb at ``cue``: *Bob Rees, a baker, has also said*."""
    j, polarity, infinitive, passive = cue - 1, "affirmed", False, False
    while j >= 0 and s[j].quoted is None:
        low = s[j].low
        if low in NEGATIONS:
            polarity = "negated"
        elif low in UNREALISED and polarity == "affirmed":
            polarity = "unrealised"
        if low == "to" and (j == 0 or s[j - 1].low not in RAISING):
            return None
        if low == "to" or (
            infinitive and (low in FINITE or low.endswith(("ed", "ing")) or low in ("on", "used", "able", "about"))
        ):
            infinitive = True
        elif low in ADVERBS or low in AUXILIARIES or (low.endswith("ly") and not s[j].is_name and len(low) > 4):
            passive = passive or low in PASSIVE
        else:
            break
        j -= 1
    participle = s[cue].low.endswith("ing")
    if passive and not participle:
        return None
    if infinitive and any(s[k].low in ("went", "on", "continued") for k in range(j + 1, cue)):
        polarity = "affirmed"
    if j < 0 or s[j].quoted:
        return None
    low = s[j].low
    if low in COORDINATORS or (participle and j == cue - 1 and low not in WRITTEN and not s[j].is_name):
        found = clause_subject(s, j)
        return found and Subject(found.lo, found.hi, "clause subject", j, found.role, polarity)
    if low in (",", ")", "—", "–", "--"):
        return _before_apposition(s, j, polarity)
    lo = _phrase_start(s, j)
    if lo is None:
        return None
    if s[lo].low in RELATIVES:
        return _antecedent(s, lo, polarity)
    if lo < j and not s[lo].is_name and s[lo].low.endswith(("ed", "ing")) and s[lo].low not in CUES:
        return None  # a participle, not a noun phrase
    return Subject(lo, j + 1, "subject", lo, None, polarity)


def subject_after(s: Sequence[Item], cue: int, end: int) -> Subject | None:
    """The subject that stands after the verb at ``cue``: *said Bob Rees, a baker*."""
    lo = cue + 1
    while lo < end and (s[lo].low in ADVERBS or s[lo].low.endswith("ly")) and not s[lo].is_name and not s[lo].quoted:
        lo += 1
    hi = phrase_end(s, lo, end, NP_PREPOSITIONS - {"in", "on", "to", "at", "with", "from"})
    if hi is None:
        return None
    role = None
    outer = hi
    if hi < end and s[hi].low == ",":
        stop = hi + 1
        while stop < end and not s[stop].quoted and s[stop].low not in (",", ".", ";", ":", "—", "–"):
            stop += 1
        if (
            1 < stop - hi <= 20
            and s[hi + 1].low not in SUBORDINATORS | RELATIVES | COORDINATORS | PREPOSITIONS
            and not _is_participle(s[hi + 1])
        ):
            role, outer = (hi + 1, stop), stop
    return Subject(lo, hi, "inverted subject", outer, role)


def phrase_end(s: Sequence[Item], lo: int, end: int, within: frozenset[str]) -> int | None:
    """End of the noun phrase that begins at ``lo``; prepositions of ``within`` stay inside it."""
    if lo >= end or s[lo].quoted or not s[lo].is_word:
        return None
    first = s[lo].low
    if first in ANAPHORS:
        return lo + 1
    if (
        first in PREPOSITIONS
        or first in SUBORDINATORS
        or first in COORDINATORS
        or first in RELATIVES
        or (first in DAYS and first != "may")
    ):
        return None
    hi = lo
    while hi < end and hi - lo < _MAX_WORDS:
        item = s[hi]
        low = item.low
        if item.quoted or low in _HARD_STOPS or low in SUBORDINATORS or low in RELATIVES or low in PERSONAL:
            break
        if low in PREPOSITIONS and (low not in within or hi + 1 >= end or s[hi + 1].low in DAYS):
            break
        if low in COORDINATORS and not (low == "and" and hi + 1 < end and s[hi + 1].is_name and s[hi - 1].is_name):
            break
        if hi > lo and (
            (low in DAYS and low != "may")
            or low in ADVERBS
            or low in QUANTIFIERS
            or (low in FINITE and not item.is_name and low != "'s")
        ):
            break
        hi += 1
    while hi > lo and (s[hi - 1].low in PREPOSITIONS or s[hi - 1].low in DETERMINERS):
        hi -= 1
    return hi if hi > lo else None


def clause_subject(s: Sequence[Item], before: int) -> Subject | None:
    """The subject of the sentence: its first noun phrase, after an opening adverbial."""
    k = 0
    while k < before and (s[k].low in ADVERBS or s[k].low in COORDINATORS or s[k].low == "however"):
        k += 1
        if k < before and s[k].low == ",":
            k += 1
    if k < before and (s[k].low in PREPOSITIONS or s[k].low in SUBORDINATORS or _is_participle(s[k], s[k + 1])):
        comma = next((n for n in range(k, before) if s[n].low == ","), None)
        if comma is None:  # On Monday they published
            pronoun = next((n for n in range(k + 1, before) if s[n].low in PERSONAL), None)
            return None if pronoun is None else Subject(pronoun, pronoun + 1, "clause subject", pronoun)
        k = comma + 1
    lo = k
    if lo >= before or s[lo].quoted or not s[lo].is_word or s[lo].low in PREPOSITIONS:
        return None
    if s[lo].low in PERSONAL:
        return Subject(lo, lo + 1, "clause subject", lo)
    hi = lo
    while hi < before and hi - lo < _MAX_WORDS:
        item = s[hi]
        if item.quoted or item.low in _HARD_STOPS or item.low in RELATIVES or item.low in SUBORDINATORS:
            break
        if hi > lo and (verb_like(item) or item.low in ADVERBS or (item.low in AUXILIARIES and item.low != "'s")):
            break
        if (
            hi > lo
            and s[hi - 1].is_name
            and s[hi - 1].low not in DETERMINERS
            and not item.is_name
            and item.low not in NP_PREPOSITIONS | {"and", "'s"} | DETERMINERS
        ):
            break  # a name, then a lower-case word: the verb, whichever it is
        hi += 1
    while hi > lo and (s[hi - 1].low in PREPOSITIONS or s[hi - 1].low in COORDINATORS or s[hi - 1].low in DETERMINERS):
        hi -= 1
    return Subject(lo, hi, "clause subject", lo) if hi > lo else None


def _is_participle(item: Item, following: Item | None = None) -> bool:
    """Whether a word in -ing opens an adverbial (*Speaking in Tarvo*) and is no name (*Fleming*, *Manning Lund*)."""
    if item.quoted is not None or not item.low.endswith("ing") or len(item.low) <= 5:
        return False
    return not item.is_name or item.low in CUES or (following is not None and following.is_word and not following.is_name)


def _before_apposition(s: Sequence[Item], comma: int, polarity: str) -> Subject | None:
    """*Bob Rees, a baker, 44, said* and *Bob Rees, who bakes, said*: the phrase before the first matching comma."""
    opening = {")": "(", "—": "—", "–": "–", "--": "--"}.get(s[comma].low, ",")
    best: Subject | None = None
    k = comma - 1
    while k > 0 and comma - k <= 40 and s[k].quoted is None and s[k].low not in (".", ";", ":"):
        if s[k].low == opening and comma - k > 1:
            found = _noun_phrase_to(s, k) if s[k + 1].low not in COORDINATORS | SUBORDINATORS | PERSONAL else None
            if found is None and best is not None:
                break
            if found is not None:
                opens = found[0] == 0 or s[found[0] - 1].quoted is not None
                if best is None or opens:  # a chain of appositions is as long as the sentence, or it is none
                    role = (k + 1, comma) if opening != "(" else None
                    best = Subject(found[0], found[1], "subject with apposition", found[0], role, polarity)
                if opens or s[found[0] - 1].low != opening:
                    break
        k -= 1
    return best


def _noun_phrase_to(s: Sequence[Item], hi: int) -> tuple[int, int] | None:
    """The noun phrase that ends before item hi, an abbreviation in brackets left out."""
    if s[hi - 1].low == ")":  # Doctors of the World (DOW), which ..., said
        while hi > 0 and s[hi - 1].low != "(":
            hi -= 1
        hi -= 1
    lo = _phrase_start(s, hi - 1) if hi > 0 else None
    if lo is None or s[lo].low in RELATIVES | ADVERBS | DAYS or (hi - lo > 1 and _is_participle(s[lo], s[lo + 1])):
        return None
    return lo, hi


def _antecedent(s: Sequence[Item], relative: int, polarity: str) -> Subject | None:
    """*the minister who said*: the phrase before the relative pronoun."""
    if s[relative].low != "who":
        return None
    j = relative - 1
    if j >= 0 and s[j].low == ",":
        j -= 1
    lo = _phrase_start(s, j) if j >= 0 and s[j].quoted is None else None
    return Subject(lo, j + 1, "antecedent", lo, None, polarity) if lo is not None else None


def _phrase_start(s: Sequence[Item], j: int) -> int | None:
    """Start of the noun phrase that ends with item j."""
    if j < 0 or s[j].quoted or (not s[j].is_word and s[j].low != "%"):
        return None
    last = s[j].low
    if last in PERSONAL or last in RELATIVES or last in ANAPHORS:
        return j
    if (
        last in PREPOSITIONS
        or last in DETERMINERS - {"some", "many", "both", "this", "that"}
        or last in SUBORDINATORS
        or last in COORDINATORS
    ):
        return None
    if last in FINITE and not s[j].is_name:
        return None
    lo = j
    while lo > 0 and j - lo < _MAX_WORDS:
        item, right = s[lo - 1], s[lo]
        low = item.low
        if item.quoted or low in _HARD_STOPS or low in SUBORDINATORS or low in RELATIVES or low in PERSONAL or low == "''":
            break
        if low in FINITE and low != "'s" and not (item.is_name and lo > 1):
            break
        if low in CUES and not item.is_name and low not in NOUN_LIKE and not low.endswith(("ing", "ed")):
            break
        if low in CUES and low.endswith("ed") and right.is_name and lo > 1 and s[lo - 2].is_name:
            break  # The Gazette noted Mayor Veld said
        if low in COORDINATORS and not (low == "and" and lo > 1 and _joins(s, lo - 1)):
            break
        if (low in ADVERBS and low not in ("both", "all")) or low in ("said", "says", "told", "added"):
            break
        lo -= 1
    if lo == j and not s[j].is_name and last.endswith("ed") and lo > 0 and s[lo - 1].low in FINITE:
        return None  # who asked not to be named said
    run = j
    while s[j].is_name and run > lo and s[run - 1].is_name:
        run -= 1
    if run > lo and s[j].is_name and s[run - 1].low in SPEECH_NOUNS:
        lo = run  # a claim Rees dismissed
    if 0 < lo < j and s[lo - 1].low in MODALS and not s[lo].is_name:
        lo += 1  # would involve Mayor Veld
    while lo < j and (s[lo].low in COORDINATORS or s[lo].low in ("'s", "however", "then", "meanwhile")):
        lo += 1
    return _without_fronted(s, lo, j)


def _joins(s: Sequence[Item], at: int) -> bool:
    """Whether *and* joins two speakers: *Ann Veld and Bo Lund*, *residents and workers* after a comma or at the start."""
    left, right = s[at - 1], s[at + 1]
    if left.is_name and right.is_name:
        return True
    plural = not left.is_name and left.low.endswith("s") and left.is_word
    return plural and (at == 1 or s[at - 2].low in _HARD_STOPS)


def _without_fronted(s: Sequence[Item], lo: int, j: int) -> int | None:
    """Drop an opening adverbial that no comma parts from the subject: *In Tarvo the mayor said*."""
    verb = not s[lo].is_name and s[lo].low.endswith("ed") and s[lo].low not in DETERMINERS  # asked to leave the hall
    if (s[lo].low not in PREPOSITIONS and s[lo].low not in DAYS and not verb) or lo == j:
        return lo
    k = j
    if s[j].is_name:
        while k > lo + 1 and s[k - 1].is_name:
            k -= 1
        return k
    while k > lo + 1 and s[k].low not in DETERMINERS:
        k -= 1
    return k if s[k].low in DETERMINERS else j
