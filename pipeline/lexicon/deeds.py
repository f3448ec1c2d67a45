"""What tells that a noun for people is somebody's, where nobody is called so: the driver drives, the singer has an album."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from .forms import is_noun, lemmas, parts_of_speech, singular
from .rows import DeedRow
from .tables import table

_BEFALLS = "~"
_BE = frozenset("was were is are been being be got".split())
_AS = _BE | {"as", "become", "became", "becomes"}
_ENDING = re.compile(r"(?P<stem>[a-z]{2,}?)(?P<last>[a-z])(?P=last)?(?:er|or)")


def tells(noun: str, words: Sequence[str]) -> bool:
    """Whether words of a clause, in small letters, tell its subject to do what a noun in the singular is for, or to be that."""
    deeds = deeds_of(noun)
    for k, word in enumerate(words):
        verbs = lemmas(word)
        befalls = _BE.intersection(words[max(0, k - 2) : k]) and not word.endswith("ing") and word not in verbs
        if word == noun and _AS.intersection(words[max(0, k - 4) : k]):
            return True
        if word == noun or (word == f"{noun}s" and k):
            continue  # met a nurse
        if any(f"{_BEFALLS}{v}" in deeds for v in verbs) and befalls:
            return True
        if word in deeds and not befalls:
            return True  # guides tourists
        if not verbs and singular(word) in deeds:
            return True
        if not befalls and not deeds.isdisjoint(verbs):
            return True
    return False


@functools.lru_cache(maxsize=1 << 10)
def deeds_of(noun: str) -> frozenset[str]:
    """The deeds that deeds.csv tells of a noun, or else the word that it is made of: *gravedigger* → *dig*, *organist*."""
    told = frozenset(d for row in table(DeedRow) if noun in row.nouns for d in row.deeds)
    if told:
        return told
    if noun.endswith("ist"):
        return frozenset(thing for end in ("", "e", "o", "y") if is_noun(thing := noun.removesuffix("ist") + end))
    parts = (noun[at:] for at in (0, *range(2, len(noun) - 4)) if at == 0 or is_noun(noun[:at].rstrip("-")))
    made = (m for part in parts if (m := _ENDING.fullmatch(part)) is not None)
    return frozenset(v for m in made for v in _verbs(m) if len(v) > 2 and "VERB" in parts_of_speech(v))


def _verbs(m: re.Match[str]) -> tuple[str, ...]:
    stem = m["stem"] + m["last"]
    return m.group()[:-2], m.group()[:-1], stem, f"{stem}e"
