"""Reporting verbs of a sentence, each with its subject: the places where somebody may be quoted."""

from __future__ import annotations

from dataclasses import dataclass

from .lexicon import (
    ACCORDING,
    ADVERBS,
    COLON,
    COORDINATORS,
    CUE_PARTICLES,
    CUES,
    DAYS,
    DETERMINERS,
    NOUN_LIKE,
    NP_PREPOSITIONS,
    PARTICIPLES,
    PERSONAL,
    PREPOSITIONS,
    TITLES,
    Cue,
)  # fmt: skip
from .mentions import Subject, clause_subject, phrase_end, subject_after, subject_before, verb_like
from .units import Item

DASHES = frozenset("— – - -- ―".split())
_STOPS = frozenset(". , ; :".split())
_JOINS = frozenset("and but while whereas although yet".split())
ADDRESSED = frozenset("tell ask warn remind promise inform urge assure order instruct caution advise".split())


@dataclass
class Candidate:
    """A reporting verb in a sentence, with the items of its clause: ``[lo, hi)`` holds source and cue."""

    cue: Cue
    at: int
    cue_lo: int
    cue_hi: int
    lo: int
    hi: int
    subject: Subject | None
    inverted: bool = False


def find_candidates(s: list[Item], headline: bool) -> list[Candidate]:
    """Return the reporting verbs of a sentence (and *according to*, and a label's colon) that have a subject."""
    out: list[Candidate] = []
    for i, item in enumerate(s):
        if item.quoted:
            continue
        c = None
        if item.low == "according" and i + 2 < len(s) and s[i + 1].low == "to":
            c = _according(s, i)
        elif item.low == ":" and not any(x.cue_hi == i for x in out):
            c = _colon(s, i, headline)
        elif item.low in CUES and (headline or not item.is_name or i == 0):
            c = _verb(s, i, out, headline)
        if c is not None:
            out.append(c)
    return out


def _according(s: list[Item], i: int) -> Candidate | None:
    end = phrase_end(s, i + 2, len(s), NP_PREPOSITIONS)
    if end is None:
        return None
    outer = end
    subject = Subject(i + 2, end, "according to", end)
    return Candidate(ACCORDING, i, i, i + 2, i, outer, subject)


def _colon(s: list[Item], i: int, headline: bool) -> Candidate | None:
    """*Ann Veld: "..."* in a transcript, *Veld: War is over* in a headline."""
    if i == 0 or i + 1 >= len(s):
        return None
    quoted = s[i + 1].quoted is not None
    if not 1 <= i <= 6 or not all(x.is_name or x.low in TITLES or x.low in (".", "-", "of", "the") for x in s[:i]):
        return _reporting_colon(s, i) if quoted else None
    if not (quoted or headline):
        return None
    return Candidate(COLON if quoted else Cue(":", "say", "speech", "clause"), i, i, i + 1, 0, i + 1, Subject(0, i, "label", 0))


def _reporting_colon(s: list[Item], i: int) -> Candidate | None:
    """*Veld gloated: "..."*: before a colon and a quotation any past tense reports; so does a name after a dash."""
    verb = s[i - 1]
    if verb.low.endswith("ed") and len(verb.low) > 4 and not verb.is_name:
        subject = subject_before(s, i - 1)
        cue = Cue(verb.low, "other", "speech", "quote")
        return None if subject is None else Candidate(cue, i - 1, i - 1, i, min(subject.lo, i - 1), i, subject)
    lo = i
    while lo > 0 and s[lo - 1].is_name:
        lo -= 1
    if lo < i and lo > 0 and s[lo - 1].low in DASHES:
        return Candidate(COLON, i, i, i + 1, lo, i + 1, Subject(lo, i, "label", lo))
    return None


def _verb(s: list[Item], i: int, earlier: list[Candidate], headline: bool) -> Candidate | None:
    item = s[i]
    cue = CUES[item.low]
    before = s[i - 1] if i else None
    if (
        before is not None
        and before.quoted is None
        and (
            (before.low in DETERMINERS and before.low not in ("this", "some", "many", "both", "all"))
            or before.low in ("of", "'s", "'", "no")
        )
    ):
        return None
    if item.low in PARTICIPLES and not any(x.low in ("has", "had", "have", "'ve") for x in s[max(0, i - 3) : i]):
        return None
    hi = i + 1
    particle = CUE_PARTICLES.get(item.low)
    if particle is not None:
        if hi < len(s) and s[hi].low == particle:
            hi += 1
        elif cue.lemma in ("point", "go"):
            return None
    after_quote = before is not None and (before.quoted is not None or (before.low in {",", *DASHES} and i > 1))
    right = subject_after(s, i, len(s)) if after_quote and not item.low.endswith("ing") else None
    subject = subject_before(s, i)
    if right is not None and _inverts(s, i, right, subject):
        return Candidate(cue, i, i, hi, i, right.outer, right, inverted=True)
    if subject is None and item.low.endswith("ing") and earlier:
        prior = earlier[0].subject
        subject = prior and Subject(prior.lo, prior.hi, "clause subject", i, prior.role)
    if subject is None and headline and before is not None and before.low in (",", ";") and item.low.endswith("s"):
        subject = clause_subject(s, i - 1)
    if subject is None:
        return None
    if subject.rule == "clause subject" and earlier and earlier[0].subject is not None and earlier[0].cue is not COLON:
        prior = earlier[0].subject
        subject = Subject(prior.lo, prior.hi, subject.rule, subject.outer, prior.role, subject.polarity)
    if item.low in NOUN_LIKE and not _verbal(s, i, subject):
        return None
    lo = i if subject.outer > i or subject.rule == "clause subject" else subject.lo
    return Candidate(cue, i, i, hi, min(lo, i), hi, subject)


def _verbal(s: list[Item], i: int, subject: Subject) -> bool:
    """Whether a form that may be a noun is a verb here: a pronoun, a name or an auxiliary stands before it."""
    before = s[i - 1]
    if subject.rule == "clause subject":
        return s[i].low.endswith("ing") or before.low in COORDINATORS or before.low == ","
    return (
        before.low in PERSONAL
        or before.low == "who"
        or before.low in ("to", "has", "had", "have", "will", "would")
        or (before.is_name and subject.hi == i and not s[i].is_name)
        or s[i].low in ("found", "called", "read", "stated")
        or (subject.hi == i and i + 1 < len(s) and s[i + 1].low == "that")
    )


def _inverts(s: list[Item], i: int, right: Subject, left: Subject | None) -> bool:
    """Whether *said Rees* is verb and subject, not *Ann, a baker, said Rees would come*."""
    direct = s[i - 1].quoted is not None or (i > 1 and s[i - 2].quoted is not None)
    if CUES[s[i].low].lemma in ADDRESSED and not direct:
        return False
    if direct:
        return True
    if left is not None and left.rule == "subject with apposition":
        return False
    stop = s[right.hi] if right.hi < len(s) else None
    if stop is not None and verb_like(stop) and stop.low != "'s":
        return False
    return stop is None or stop.low in _STOPS or stop.low in PREPOSITIONS or stop.low in DAYS or stop.low in ("who", "when", "as")


def next_clause(s: list[Item], candidates: list[Candidate], k: int) -> int:
    """Where the clause of the next cue begins that is not part of this one's content."""
    for c in candidates[k + 1 :]:
        joined = c.lo > 0 and (s[c.lo - 1].low in COORDINATORS or s[c.lo - 1].low == ",")
        if c.subject is not None and c.subject.rule == "clause subject" and joined:
            lo = c.lo
            while lo > 0 and (s[lo - 1].low in COORDINATORS or s[lo - 1].low == "," or s[lo - 1].low in ADVERBS):
                lo -= 1
            return lo
        own = c.subject is not None and c.subject.rule != "clause subject" and c.lo > 1
        if own and s[c.lo - 1].low in _JOINS and s[c.lo - 2].low in (",", ";") and not c.inverted:
            return c.lo - 2
        quotes_next = c.cue_hi < len(s) and s[min(c.cue_hi + (s[c.cue_hi].low in (",", ":")), len(s) - 1)].quoted
        if own and quotes_next and not c.inverted and s[c.lo - 1].low in {",", ";", *DASHES}:
            return c.lo - 1
        if c.cue is ACCORDING:
            return c.lo - 1 if c.lo and s[c.lo - 1].low == "," else c.lo
    return len(s)


def signature(s: list[Item], dash: int) -> Candidate | None:
    """*"..." ― Ann Veld, Tarvo*: a dash and a name sign the quotation."""
    if s[dash].low not in DASHES or not s[dash + 1].is_name:
        return None
    end = phrase_end(s, dash + 1, len(s), NP_PREPOSITIONS)
    if end is None or (end < len(s) and s[end].low not in (".", ",", ";", "(")):
        return None
    return Candidate(COLON, dash, dash, dash + 1, dash, end, Subject(dash + 1, end, "signature", end))


def quoted_predicate(s: list[Item], n: int) -> Subject | None:
    """*Tarvo “flatly rejects” the charge*: the quotation is the verb, its subject stands before it."""
    words = s[n].text.strip("\"'“”‘’`«»„").lower().split()[:3]
    if not any(w in CUES for w in words) or n == 0:
        return None
    subject = subject_before(s, n)
    return subject if subject is not None and subject.rule == "subject" and subject.lo <= 2 else None
