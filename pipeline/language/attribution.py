"""Rules that find attributions: what is said (content), by which words (cue), by whom (source).

The first reader of Onrecord, in a few plain rules over quotation marks, reporting verbs and the noun phrase
beside them. PolNeAR's notion of an attribution (Newell et al. 2018) is followed: an outer attribution hides those
inside its content, and an utterance interrupted by its attribution is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .content import content_after, content_before
from .cues import Candidate, find_candidates, next_clause, quoted_predicate, signature
from .lexicon import QUOTED, Cue
from .units import Item, Unit

Chars = tuple[int, int]
_MIN_UNCUED_WORDS = 5
_MIN_HEADLINE_WORDS = 3  # headlines quote shortly, and mark as quotations only what somebody said


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
    excerpt: Chars = (0, 0)
    continues: Attribution | None = None
    quotations: int = 0


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
    state.found.extend(here)
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
            row = Attribution(unit.paragraph.index, [], continues=state.last)
            _take(row, item, sentence)
            here.append(row)
        elif whole or _words(item) >= (_MIN_HEADLINE_WORDS if unit.paragraph.kind == "headline" else _MIN_UNCUED_WORDS):
            row = Attribution(unit.paragraph.index, [])
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
    return any(i.is_word for s in unit.sentences for i in s if not i.quoted and item.end <= i.start < following.content[0][0])


def _is_whole(sentence: list[Item], item: Item) -> bool:
    """Whether the sentence is nothing but quotations."""
    return item.quoted is not None and not any(i.is_word for i in sentence)


def _words(item: Item) -> int:
    return len(item.text.split())


def _take(a: Attribution, item: Item, sentence: list[Item]) -> None:
    a.content = sorted([*a.content, (item.start, item.end)])
    a.quotations += 1
    lo, hi = sentence[0].start, sentence[-1].end
    a.excerpt = (min(a.excerpt[0], lo), max(a.excerpt[1], hi)) if a.excerpt[1] else (lo, hi)


# ------------------------------------------------------------------ one sentence


def _read_sentence(s: list[Item], paragraph: int, headline: bool) -> tuple[list[Attribution], list[Item]]:
    """Attributions of a sentence and the quotations that none of them holds.

    An attribution without content waits for the next paragraph (the sentence ends with a colon).
    """
    candidates = find_candidates(s, headline)
    taken = 0  # items before this one are spoken for
    out: list[Attribution] = []
    used: set[int] = set()
    for k, c in enumerate(candidates):
        if c.at < taken:
            continue
        stop = next_clause(s, candidates, k)
        before = content_before(s, c, taken)
        interrupted = "" if not before else "quotation" if s[before[1] - 1].quoted else "clause"
        other = candidates[k + 1].at if k + 1 < len(candidates) else None
        after, waits = content_after(s, c, stop, interrupted, other)
        content = [part for part in (before, after) if part]
        if not content and not waits:
            continue
        a = _attribution(s, c, content, paragraph)
        out.append(a)
        used.update(i for lo, hi in content for i in range(lo, hi))
        taken = max([c.hi, *(hi for _, hi in content)])
    if len(s) > 2 and s[0].quoted and 0 not in used and (signed := signature(s, 1)) is not None:
        out.append(_attribution(s, signed, [(0, 1)], paragraph))
        used.add(0)
    for n, item in enumerate(s):
        if item.quoted and n not in used and (subject := quoted_predicate(s, n)) is not None:
            c = Candidate(QUOTED, n, n, n, subject.lo, n, subject)
            out.append(_attribution(s, c, [(n, n + 1)], paragraph))
            used.add(n)
    left = [i for n, i in enumerate(s) if i.quoted and n not in used]
    return out, left


def _attribution(s: list[Item], c: Candidate, content: list[tuple[int, int]], paragraph: int) -> Attribution:
    subject = c.subject
    spans = [(s[lo].start, s[hi - 1].end) for lo, hi in content]
    return Attribution(
        paragraph=paragraph,
        content=sorted(spans),
        cue_span=(s[c.cue_lo].start, s[c.cue_hi - 1].end) if c.cue_hi > c.cue_lo else None,
        cue=c.cue if c.cue_hi > c.cue_lo else None,
        source=(s[subject.lo].start, s[subject.hi - 1].end) if subject else None,
        role=(s[subject.role[0]].start, s[subject.role[1] - 1].end) if subject and subject.role else None,
        polarity=subject.polarity if subject else "affirmed",
        excerpt=(s[0].start, s[-1].end),
        quotations=sum(i.quoted is not None for lo, hi in content for i in s[lo:hi]),
    )
