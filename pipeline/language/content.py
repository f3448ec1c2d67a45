"""What a reporting verb reports: the stretch of its sentence before it, after it, or both."""

from __future__ import annotations

from .cues import ADDRESSED, DASHES, Candidate
from .lexicon import ACCORDING, ADVERBS, COLON, COORDINATORS, DAYS, FOLLOWING, PERSONAL, PREPOSITIONS, SUBORDINATORS
from .mentions import verb_like
from .units import Item

_WH = frozenset("whether if how why what".split())
_INFINITIVE = frozenset("promise vow pledge swear threaten refuse agree offer demand".split())


def content_before(s: list[Item], c: Candidate, taken: int) -> tuple[int, int] | None:
    """What stands before source and cue: *"...," he said*, *The bridge will close, officials said*."""
    if c.subject is not None and c.subject.rule == "clause subject":
        return None
    hi = c.lo
    comma = False
    while hi > taken and not s[hi - 1].quoted and s[hi - 1].low in {",", ";", *DASHES}:
        hi -= 1
        comma = True
    if hi <= taken:
        return None
    last = s[hi - 1]
    if last.quoted is not None:
        return _from_clause_start(s, taken, hi), hi
    if c.cue is ACCORDING:
        if not s[hi - 1].is_word or s[hi - 1].low in COORDINATORS or c.at <= 2:
            return None
        lo = _from_clause_start(s, taken, hi)
        return (lo, hi) if hi - lo >= 3 else None
    if not comma or c.cue.lemma not in FOLLOWING or s[c.at].low.endswith("ing"):
        return None
    lo = _from_clause_start(s, taken, hi)
    # what follows the cue must be the end, or the clause before the comma is only an adverbial
    after = s[c.hi] if c.hi < len(s) else None
    closes = (
        c.cue.lemma in ADDRESSED
        or after is None
        or after.low in (".", ",", ";", "—", "–")
        or after.low in PREPOSITIONS
        or after.low in DAYS
    )
    if c.cue.lemma in ADDRESSED and any(i.low in ("that", "whether") or i.quoted for i in s[c.hi :]):
        return None
    parted = c.hi + 1 < len(s) and s[c.hi].low == "," and verb_like(s[c.hi + 1])  # The wall, she said, will go
    if parted:
        return lo, hi
    plain = hi - lo >= 5 and s[lo].low not in PREPOSITIONS | DAYS | SUBORDINATORS | ADVERBS
    if not closes or hi - lo < 3 or not (plain or any(verb_like(i) or i.quoted for i in s[lo:hi])):
        return None
    if s[lo].low in PREPOSITIONS and not any(i.low == "," for i in s[lo:hi]) and not any(verb_like(i) for i in s[lo + 2 : hi]):
        return None
    return lo, hi


def _from_clause_start(s: list[Item], taken: int, hi: int) -> int:
    if taken == 0 and len(s[0].text) > 2 and s[0].text.isupper():  # a dateline: HALDEN (Agency) -
        dash = next((n for n in range(1, min(9, hi - 1)) if s[n].low in DASHES), None)
        if dash is not None and not any(i.text.islower() for i in s[:dash]):
            taken = dash + 1
    lo = next((n for n in range(hi - 1, taken, -1) if s[n].quoted and s[n - 1].low == ":"), taken)
    while lo < hi - 1 and not s[lo].quoted and (s[lo].low in COORDINATORS or not s[lo].is_word):
        lo += 1
    return lo


def content_after(
    s: list[Item], c: Candidate, stop: int, interrupted: str, other: int | None
) -> tuple[tuple[int, int] | None, bool]:
    """What stands after the cue, and whether it waits for the next paragraph."""
    hi = stop
    while hi > c.hi and not s[hi - 1].quoted and s[hi - 1].low in (".", ",", ";", "!", "?"):
        hi -= 1
    if s[0].low == "(" and hi > c.hi and s[hi - 1].low == ")":
        hi -= 2 if s[hi - 2].low == "." else 1
    p = c.hi
    if p < len(s) and s[-1].low == ":" and c.cue is not ACCORDING:
        return None, not interrupted
    if p >= hi:
        return None, False
    quotes = [n for n in range(p, hi) if s[n].quoted]
    if interrupted or c.inverted:
        # only a further quotation belongs to it: "A," he said in Tarvo, "B."
        n = quotes[0] if quotes else None
        goes_on = p + 1 < hi and s[p].low == "," and s[p + 1].low not in COORDINATORS
        if n is None and interrupted == "clause" and goes_on and hi - p > 3 and (hi == len(s) - 1 or verb_like(s[p + 1])):
            return (p + 1, hi), False  # The bridge, officials said, will close
        if n is None or not (s[n - 1].low in (",", ":", ".", "—", "–") or s[n - 1].quoted or n == p):
            return None, False
        return (n, hi), False
    if c.cue is ACCORDING:
        opens = c.at <= 2 or s[c.at - 1].low in COORDINATORS
        p += s[p].low == ","
        return ((p, hi) if opens and p < hi and (hi - p > 2 or s[p].quoted) else None), False
    if c.cue.reach == "quote" and other is not None and quotes and other < quotes[0]:
        return None, False  # a nearer verb reports the quotation
    start = _clause_start(s, c, p, hi, quotes)
    if start is None or start >= hi:
        return None, False
    by_preposition = s[p].low in PREPOSITIONS and s[start].quoted and s[start - 1].low not in (",", ":")
    if quotes and (c.cue.reach == "quote" or by_preposition):
        hi = quotes[-1] + 1  # criticised the plan as “mad” at a rally
    return (start, hi), False


def _clause_start(s: list[Item], c: Candidate, p: int, hi: int, quotes: list[int]) -> int | None:
    first = s[p]
    if c.cue.reach == "quote" and not (quotes or (c.cue.lemma in ("ask", "wonder") and first.low in _WH)):
        return None
    if first.low == "that" and not first.quoted and c.cue.reach != "quote":
        return p + 1
    if first.quoted or first.low in (":", ","):
        n = p if first.quoted else p + 1
        if n < hi and (s[n].quoted or first.low == ":"):
            return n
        if first.low == "," and n < hi and s[n].low == "that":
            return n + 1
    if (c.cue is not COLON and first.low in _WH) or (first.low == "to" and c.cue.lemma in _INFINITIVE):
        return p
    that = next((n for n in range(p, min(p + 16, hi)) if s[n].low == "that" and not s[n].quoted), None)
    near = quotes[0] if quotes and quotes[0] - p <= 24 else None
    if c.cue.lemma in ADDRESSED or first.low in PREPOSITIONS or first.low in DAYS:
        if that is not None and (near is None or that < near):
            return that + 1
        if near is not None and c.cue.reach == "quote":
            return near if all(i.low in PREPOSITIONS for i in s[p:near]) else p  # dismissed as “absurd”
        if near is not None:
            return near
        wh = next((n for n in range(p, min(p + 10, hi)) if s[n].low in _WH and n > p), None)
        if wh is not None:
            return wh
        if c.cue.lemma in ADDRESSED:
            pronoun = next(
                (n for n in range(p + 1, min(p + 8, hi)) if s[n].low in PERSONAL and n + 1 < hi and verb_like(s[n + 1])), None
            )
            return pronoun
        if first.low in DAYS and c.cue.reach == "clause" and p + 3 < hi and s[p + 1].low not in PREPOSITIONS:
            return p + 1
        return None
    if c.cue.reach == "clause" and hi - p >= 3 and first.is_word and first.low not in ("so", "as", "no", "yes"):
        if any(verb_like(i) or i.quoted for i in s[p:hi]) or c.cue.lemma == ":":
            return p
        return None
    if c.cue.reach == "that" and p + 1 < hi:
        if first.low in PERSONAL or first.low in ("there", "it"):
            return p if verb_like(s[p + 1]) or s[p + 1].low in ADVERBS else None
        if that is not None and that - p <= 2:
            return that + 1
        if first.is_name and any(verb_like(i) for i in s[p : p + 5]):
            return p
    return p if near is not None and (c.cue.reach == "quote" or near - p <= 4) else None
