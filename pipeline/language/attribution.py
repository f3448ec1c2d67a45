"""Rules that find attributions: what is said (content), by which words (cue), by whom (source).

The first reader of Onrecord, in a few plain rules over quotation marks, reporting verbs and the noun phrase
beside them. PolNeAR's notion of an attribution (Newell et al. 2018) is followed: an outer attribution hides those
inside its content, and an utterance interrupted by its attribution is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .lexicon import (
    ACCORDING, ADVERBS, COLON, COORDINATORS, CUE_PARTICLES, CUES, DAYS, DETERMINERS, FOLLOWING, NOUN_LIKE, NP_PREPOSITIONS,
    PERSONAL, PREPOSITIONS, QUOTED, Cue,
)  # fmt: skip
from .mentions import Subject, clause_subject, phrase_end, subject_after, subject_before, verb_like
from .units import Item, Unit

Chars = tuple[int, int]
_STOPS = frozenset(". , ; :".split())
_DASHES = frozenset("— – - -- ―".split())
_JOINS = frozenset("and but while whereas although yet".split())
_WH = frozenset("whether if how why what".split())
_ADDRESSED = frozenset("tell ask warn remind promise inform urge assure order instruct caution advise".split())
_INFINITIVE = frozenset("promise vow pledge swear threaten refuse agree offer demand".split())
_MIN_UNCUED_WORDS = 5


@dataclass
class Attribution:
    """One attribution, spans in characters of the article; quotation marks stand inside the content."""

    paragraph: int
    content: list[Chars]
    cue_span: Chars | None = None
    cue: Cue | None = None
    source: Chars | None = None
    role: Chars | None = None
    polarity: str = "affirmed"
    rule: str = ""
    excerpt: Chars = (0, 0)
    continues: Attribution | None = None
    quotations: int = 0
    open_ended: bool = False


@dataclass
class _Candidate:
    """A reporting verb in a sentence, with the items of its clause: ``[lo, hi)`` holds source and cue."""

    cue: Cue
    at: int
    cue_lo: int
    cue_hi: int
    lo: int
    hi: int
    subject: Subject | None
    inverted: bool = False


@dataclass
class _State:
    """What earlier paragraphs leave open."""

    last: Attribution | None = None  # the last one that quotes
    pending: Attribution | None = None  # a cue whose quotation follows in the next paragraph
    found: list[Attribution] = field(default_factory=list)


def find_attributions(units: Sequence[Unit]) -> list[Attribution]:
    """Return the attributions of an article, in text order, from its paragraphs (boilerplate left out)."""
    state = _State()
    for unit in units:
        _read_paragraph(unit, state)
    return sorted((a for a in state.found if a.content), key=lambda a: a.content[0])


def _read_paragraph(unit: Unit, state: _State) -> None:
    here: list[Attribution] = []
    loose: list[tuple[int, Item]] = []  # quotations that no cue of their sentence took
    pending, state.pending = state.pending, None
    for n, sentence in enumerate(unit.sentences):
        found, left = _read_sentence(sentence, unit.paragraph.index, unit.paragraph.kind == "headline")
        free = []
        for item in left:
            if pending is not None and n == 0 and item is sentence[0]:
                _take(pending, item, sentence)
                here.append(pending)
                pending = None
            elif (earlier := _follows(here, unit, n, sentence, item)) is not None:
                _take(earlier, item, sentence)
            else:
                free.append((n, item))
        loose.extend(free)
        here.extend(a for a in found if a.content)
        waiting = [a for a in found if not a.content]
        if waiting and n == len(unit.sentences) - 1:
            state.pending = waiting[-1]
    _settle(loose, here, unit, state)
    for a in here:
        if a not in state.found:
            state.found.append(a)
    quoting = [a for a in here if a.quotations]
    if quoting:
        state.last = max(quoting, key=lambda a: a.content[-1])
    elif here or unit.paragraph.kind not in ("caption", "subhead"):
        state.last = None if not unit.quotations else state.last


def _settle(loose: list[tuple[int, Item]], here: list[Attribution], unit: Unit, state: _State) -> None:
    """Quotations without a cue in their own sentence: they belong to the next, to the one before, or to nobody."""
    for n, item in loose:
        sentence = unit.sentences[n]
        whole = _is_whole(sentence, item)
        following = next((a for a in here if a.quotations and a.content[0][0] > item.start), None)
        before = next((a for a in reversed(here) if a.quotations and a.content[-1][1] <= item.start), None)
        if whole and before is not None and before.cue is not None and item is sentence[0]:
            _take(before, item, sentence)
        elif whole and following is not None and following.cue is not None and not _between(unit, item, following):
            _take(following, item, sentence)
        elif whole and item is unit.sentences[0][0] and state.last is not None and _may_continue(state.last, unit):
            row = Attribution(unit.paragraph.index, [], rule="continued", continues=state.last)
            _take(row, item, sentence)
            here.append(row)
        elif whole or _words(item) >= _MIN_UNCUED_WORDS:
            row = Attribution(unit.paragraph.index, [], rule="no cue")
            _take(row, item, sentence)
            here.append(row)


def _may_continue(last: Attribution, unit: Unit) -> bool:
    return unit.paragraph.kind == "body" and unit.paragraph.index - last.paragraph <= 2


def _follows(here: list[Attribution], unit: Unit, n: int, sentence: list[Item], item: Item) -> Attribution | None:
    """*"A," he said. "B."*: the sentence opens with a quotation and the one before was attributed."""
    if item is not sentence[0] or n == 0 or _words(item) <= 1:
        return None
    reach = unit.sentences[n - 1][-1].end
    return next((a for a in reversed(here) if a.quotations and a.excerpt[1] >= reach), None)


def _between(unit: Unit, item: Item, following: Attribution) -> bool:
    """Whether narration stands between a quotation and the content that follows it."""
    return any(
        i.is_word for s in unit.sentences for i in s if not i.quoted and item.end <= i.start < following.content[0][0]
    )


def _is_whole(sentence: list[Item], item: Item) -> bool:
    """Whether the sentence is nothing but quotations."""
    return item.quoted is not None and not any(i.is_word for i in sentence)


def _words(item: Item) -> int:
    return len(item.text.split())


def _take(a: Attribution, item: Item, sentence: list[Item]) -> None:
    a.content = sorted([*a.content, (item.start, item.end)])
    a.quotations += 1
    a.paragraph = min(a.paragraph, a.paragraph)
    lo, hi = sentence[0].start, sentence[-1].end
    a.excerpt = (min(a.excerpt[0], lo), max(a.excerpt[1], hi)) if a.excerpt[1] else (lo, hi)
    a.open_ended = item.quoted is not None and not item.quoted.closed


# ------------------------------------------------------------------ one sentence


def _read_sentence(s: list[Item], paragraph: int, headline: bool) -> tuple[list[Attribution], list[Item]]:
    """Attributions of a sentence and the quotations that none of them holds.

    An attribution without content waits for the next paragraph (the sentence ends with a colon).
    """
    candidates = _candidates(s, headline)
    taken = 0  # items before this one are spoken for
    out: list[Attribution] = []
    used: set[int] = set()
    for k, c in enumerate(candidates):
        if c.at < taken:
            continue
        stop = _next_clause(s, candidates, k)
        content: list[tuple[int, int]] = []
        before = _content_before(s, c, taken)
        if before:
            content.append(before)
        interrupted = "" if not before else "quotation" if s[before[1] - 1].quoted else "clause"
        other = candidates[k + 1].at if k + 1 < len(candidates) else None
        after, waits = _content_after(s, c, stop, interrupted, other)
        if after:
            content.append(after)
        if not content and not waits:
            continue
        a = _attribution(s, c, content, paragraph)
        out.append(a)
        used.update(i for lo, hi in content for i in range(lo, hi))
        taken = max([c.hi, *(hi for _, hi in content)])
    if len(s) > 2 and s[0].quoted and 0 not in used and (signature := _signature(s, 1)) is not None:
        out.append(_attribution(s, signature, [(0, 1)], paragraph))
        used.add(0)
    for n, item in enumerate(s):
        if item.quoted and n not in used and (subject := _of_quoted_predicate(s, n)) is not None:
            c = _Candidate(QUOTED, n, n, n, subject.lo, n, subject)
            out.append(_attribution(s, c, [(n, n + 1)], paragraph))
            used.add(n)
    left = [i for n, i in enumerate(s) if i.quoted and n not in used]
    return out, left


def _signature(s: list[Item], dash: int) -> _Candidate | None:
    """*"..." ― Ann Veld, Tarvo*: a dash and a name sign the quotation."""
    if s[dash].low not in _DASHES or not s[dash + 1].is_name:
        return None
    end = phrase_end(s, dash + 1, len(s), NP_PREPOSITIONS)
    if end is None or end < len(s) and s[end].low not in (".", ",", ";", "("):
        return None
    return _Candidate(COLON, dash, dash, dash + 1, dash, end, Subject(dash + 1, end, "signature", end))


def _of_quoted_predicate(s: list[Item], n: int) -> Subject | None:
    """*Tarvo “flatly rejects” the charge*: the quotation is the verb, its subject stands before it."""
    words = s[n].text.strip("\"'“”‘’`«»„").lower().split()[:3]
    if not any(w in CUES for w in words) or n == 0:
        return None
    subject = subject_before(s, n)
    return subject if subject is not None and subject.rule == "subject" and subject.lo <= 2 else None


def _attribution(s: list[Item], c: _Candidate, content: list[tuple[int, int]], paragraph: int) -> Attribution:
    subject = c.subject
    spans = [(s[lo].start, s[hi - 1].end) for lo, hi in content]
    last = [i for lo, hi in content for i in s[lo:hi] if i.quoted]
    return Attribution(
        paragraph=paragraph,
        content=sorted(spans),
        cue_span=(s[c.cue_lo].start, s[c.cue_hi - 1].end) if c.cue_hi > c.cue_lo else None,
        cue=c.cue if c.cue_hi > c.cue_lo else None,
        source=(s[subject.lo].start, s[subject.hi - 1].end) if subject else None,
        role=(s[subject.role[0]].start, s[subject.role[1] - 1].end) if subject and subject.role else None,
        polarity=subject.polarity if subject else "affirmed",
        rule=subject.rule if subject else "no subject",
        excerpt=(s[0].start, s[-1].end),
        quotations=len(last),
        open_ended=bool(last) and last[-1].quoted is not None and not last[-1].quoted.closed,
    )


def _candidates(s: list[Item], headline: bool) -> list[_Candidate]:
    out: list[_Candidate] = []
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


def _according(s: list[Item], i: int) -> _Candidate | None:
    end = phrase_end(s, i + 2, len(s), NP_PREPOSITIONS)
    if end is None:
        return None
    outer = end
    subject = Subject(i + 2, end, "according to", end)
    return _Candidate(ACCORDING, i, i, i + 2, i, outer, subject)


def _colon(s: list[Item], i: int, headline: bool) -> _Candidate | None:
    """*Ann Veld: "..."* in a transcript, *Veld: War is over* in a headline."""
    if not 1 <= i <= 6 or not all(x.is_name or x.low in (".", "-", "of", "the") for x in s[:i]) or i + 1 >= len(s):
        return None
    quoted = s[i + 1].quoted is not None
    if not (quoted or headline):
        return None
    return _Candidate(COLON if quoted else Cue(":", "say", "speech", "clause"), i, i, i + 1, 0, i + 1, Subject(0, i, "label", 0))


def _verb(s: list[Item], i: int, earlier: list[_Candidate], headline: bool) -> _Candidate | None:
    item = s[i]
    cue = CUES[item.low]
    before = s[i - 1] if i else None
    if before is not None and before.quoted is None and (before.low in DETERMINERS and before.low not in ("this", "some", "many", "both", "all") or before.low in ("of", "'s", "'", "no")):
        return None
    hi = i + 1
    particle = CUE_PARTICLES.get(item.low)
    if particle is not None:
        if hi < len(s) and s[hi].low == particle:
            hi += 1
        elif cue.lemma in ("point", "go"):
            return None
    after_quote = before is not None and (before.quoted is not None or before.low in {",", *_DASHES} and i > 1)
    right = subject_after(s, i, len(s)) if after_quote and not item.low.endswith("ing") else None
    subject = subject_before(s, i)
    if right is not None and _inverts(s, i, right, subject):
        return _Candidate(cue, i, i, hi, i, right.outer, right, inverted=True)
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
    return _Candidate(cue, i, i, hi, min(lo, i), hi, subject)


def _verbal(s: list[Item], i: int, subject: Subject) -> bool:
    """Whether a form that may be a noun is a verb here: a pronoun, a name or an auxiliary stands before it."""
    before = s[i - 1]
    if subject.rule == "clause subject":
        return s[i].low.endswith("ing") or before.low in COORDINATORS or before.low == ","
    return before.low in PERSONAL or before.low == "who" or before.low in ("to", "has", "had", "have", "will", "would") or (
        before.is_name and subject.hi == i and not s[i].is_name
    ) or s[i].low in ("found", "called", "read", "stated") or (subject.hi == i and i + 1 < len(s) and s[i + 1].low == "that")


def _inverts(s: list[Item], i: int, right: Subject, left: Subject | None) -> bool:
    """Whether *said Rees* is verb and subject, not *Ann, a baker, said Rees would come*."""
    direct = s[i - 1].quoted is not None or i > 1 and s[i - 2].quoted is not None
    if CUES[s[i].low].lemma in _ADDRESSED and not direct:
        return False
    if direct:
        return True
    if left is not None and left.rule == "subject with apposition":
        return False
    stop = s[right.hi] if right.hi < len(s) else None
    if stop is not None and verb_like(stop) and stop.low != "'s":
        return False
    return stop is None or stop.low in _STOPS or stop.low in PREPOSITIONS or stop.low in DAYS or stop.low in ("who", "when", "as")


def _next_clause(s: list[Item], candidates: list[_Candidate], k: int) -> int:
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
        if own and quotes_next and not c.inverted and s[c.lo - 1].low in {",", ";", *_DASHES}:
            return c.lo - 1
        if c.cue is ACCORDING:
            return c.lo - 1 if c.lo and s[c.lo - 1].low == "," else c.lo
    return len(s)


# ------------------------------------------------------------------ content


def _content_before(s: list[Item], c: _Candidate, taken: int) -> tuple[int, int] | None:
    """What stands before source and cue: *"...," he said*, *The bridge will close, officials said*."""
    if c.subject is not None and c.subject.rule == "clause subject":
        return None
    hi = c.lo
    comma = False
    while hi > taken and not s[hi - 1].quoted and s[hi - 1].low in {",", ";", *_DASHES}:
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
    if not comma or c.cue.lemma not in FOLLOWING:
        return None
    lo = _from_clause_start(s, taken, hi)
    # what follows the cue must be the end, or the clause before the comma is only an adverbial
    after = s[c.hi] if c.hi < len(s) else None
    closes = after is None or after.low in (".", ",", ";", "—", "–") or after.low in PREPOSITIONS or after.low in DAYS
    if not closes or hi - lo < 3 or not any(verb_like(i) or i.quoted for i in s[lo:hi]):
        return None
    if s[lo].low in PREPOSITIONS and not any(i.low == "," for i in s[lo:hi]) and not any(verb_like(i) for i in s[lo + 2 : hi]):
        return None
    return lo, hi


def _from_clause_start(s: list[Item], taken: int, hi: int) -> int:
    lo = next((n for n in range(hi - 1, taken, -1) if s[n].quoted and s[n - 1].low == ":"), taken)
    while lo < hi - 1 and not s[lo].quoted and (s[lo].low in COORDINATORS or not s[lo].is_word):
        lo += 1
    return lo


def _content_after(
    s: list[Item], c: _Candidate, stop: int, interrupted: str, other: int | None
) -> tuple[tuple[int, int] | None, bool]:
    """What stands after the cue, and whether it waits for the next paragraph."""
    hi = stop
    while hi > c.hi and not s[hi - 1].quoted and s[hi - 1].low in (".", ",", ";", "!", "?"):
        hi -= 1
    p = c.hi
    if p < len(s) and s[-1].low == ":" and c.cue is not ACCORDING:
        return None, not interrupted
    if p >= hi:
        return None, False
    quotes = [n for n in range(p, hi) if s[n].quoted]
    if interrupted or c.inverted:
        # only a further quotation belongs to it: "A," he said in Tarvo, "B."
        n = quotes[0] if quotes else None
        if n is None and interrupted == "clause" and s[p].low == "," and hi - p > 3 and hi == len(s) - 1:
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
    if c.cue.reach == "quote" and quotes:
        hi = quotes[-1] + 1  # criticised the plan as “mad” at a rally
    return (start, hi), False


def _clause_start(s: list[Item], c: _Candidate, p: int, hi: int, quotes: list[int]) -> int | None:
    first = s[p]
    if c.cue.reach == "quote" and not (quotes or c.cue.lemma in ("ask", "wonder") and first.low in _WH):
        return None
    if first.low == "that" and not first.quoted and c.cue.reach != "quote":
        return p + 1
    if first.quoted or first.low in (":", ","):
        n = p if first.quoted else p + 1
        if n < hi and (s[n].quoted or first.low == ":"):
            return n
        if first.low == "," and n < hi and s[n].low == "that":
            return n + 1
    if c.cue is not COLON and first.low in _WH or first.low == "to" and c.cue.lemma in _INFINITIVE:
        return p
    that = next((n for n in range(p, min(p + 16, hi)) if s[n].low == "that" and not s[n].quoted), None)
    near = quotes[0] if quotes and quotes[0] - p <= 24 else None
    if c.cue.lemma in _ADDRESSED or first.low in PREPOSITIONS or first.low in DAYS:
        if that is not None and (near is None or that < near):
            return that + 1
        if near is not None and (s[near - 1].low in (",", ":") or c.cue.reach != "quote"):
            return near
        wh = next((n for n in range(p, min(p + 10, hi)) if s[n].low in _WH and n > p), None)
        if wh is not None:
            return wh
        if c.cue.lemma in _ADDRESSED:
            pronoun = next((n for n in range(p + 1, min(p + 8, hi)) if s[n].low in PERSONAL and n + 1 < hi and verb_like(s[n + 1])), None)
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
    return p if near is not None else None
