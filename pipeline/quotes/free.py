"""Quotations without an attribution of their own, and whose they are.

The press prints a quotation behind a reported sentence or as a paragraph of its own, and leaves the closing mark out where the
next paragraph goes on: marks, paragraphs and what stands between tell which utterance a quotation belongs to, or that it is one
of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from ..lexicon.forms import parts_of_speech
from ..lexicon.words import DETERMINERS, FINITE, PREPOSITIONS
from ..text.chars import Chars, common_chars, joined, overlaps, without_all
from ..text.marks import Quoted
from ..text.paragraphs import Paragraph
from ..text.subjects import is_past
from ..text.turns import is_answered, replies
from ..text.view import ArticleView
from .announced import announced_after, told_beside
from .model import Decoding, WindowReading
from .shelf import Shelf
from .utterances import Utterance, parted, trimmed

_MANY = 32  # quotations without a word between that one utterance takes up
_NEAR = 12  # characters before a quotation that hold the verb of a term
_SMALL = 3  # letters of words that titles may print small
_TERMINAL = re.compile(r"[.!?…][\"'”’»]*\Z")
# "..." Veld agreed.
_AGREES = re.compile(r"(?:agrees?|agreed|disagrees?|disagreed|concurs?|concurred|differs?|differed)\b\s*[.!]")
_ASKED = re.compile(  # "...?" the host asked Veld; "...?" I asked
    r"(?:(?:(?<=\bI )|(?<=\bwe ))ask(?:ed)?|(?:asks|asked) (?:[^\W\d_a-z][^.?!\n\"“”]*|him|her|them|the [^.?!\n\"“”]*))[.]\s*\Z"
)
_TERM_BEFORE = re.compile(  # the word for “the light comes in”; searched the web for “red boats”
    r"\b(?:mean(?:s|ing|t)|for|like|mark(?:s|ed|ing)?|(?:en)?titled|called|dubbed|named|known as)\s*\Z"
)
_NOUN_BEHIND = re.compile(r" (?:question|debate|attitude|approach|mentality|policy|slogan|label|tag|trope|clause|narrative)s?\b")
_CONTRACTED = re.compile(r"n[’']t\b|[’'](?:m|re|ll|ve|d)\b|\b(?:it|he|she|that|there|what|here)[’']s\b", re.IGNORECASE)
_SUBJECTS = frozenset("i you he she we they it never no not yes".split())
_RELATIVE = re.compile(r"\b(?:who|which|whose|that)\b")
_SAYS = re.compile(r"(?:say|think|answer|reply)\b")  # What does Ann Veld say? "..."
_ASKS = re.compile(r"\bask")
_COLON = re.compile(r":\s*\Z")


def set_free(page: ArticleView, u: Utterance) -> list[Quoted]:
    """Take from an attribution the quotations that are utterances of their own, and return them.

    Those are the quotations in other paragraphs, but for one that a colon announces or that is all that is said; those in
    sentences of their own beside reported words (*He said he was tired. "I will not go."*); and a question beside its answer.
    """
    assert u.cue is not None
    p = page.paragraph_at(u.cue[0])
    own = page.sentence_at(p, u.cue[0]) or (p.start, p.end)
    whole = [q for q in page.quotations_in(u.content) if any(s <= q.start and q.end <= e for s, e in u.content)]
    announced = reports(page, u, own) and not _quoted_before(page, u, p)
    others = any(overlaps(span, (p.start, p.end)) for span in u.content)
    says = u.source is not None and page.text[u.source[0]].isupper() and _SAYS.match(page.text, u.cue[0]) is not None
    asks = page.text[own[1] - 1] == "?" and not page.quotations_in([(own[1] - 1, own[1])]) and not says
    free = []
    for k, q in enumerate(whole):
        if k + 1 < len(whole) and whole[k + 1].end <= u.cue[0] and answered(page, q, whole[k + 1]):
            free.append(q)
        if overlaps(own, (q.start, q.end)):
            continue
        away = page.paragraph_at(q.start).index != p.index
        follows = page.wordless(own[1], q.start) or page.wordless(q.end, own[0])
        agrees = q.end <= own[0] and _AGREES.match(page.text, u.cue[0]) is not None
        colon = follows and not agrees and (not others or _COLON.search(page.text, max(own[0], q.start - 8), q.start) is not None)
        if (away and not colon) or (asks and own[1] <= q.start) or (announced and (away or stands_alone(page, q))):
            free.append(q)
    u.content = trimmed(page, without_all(u.content, [(q.start, q.end) for q in free])) if free else u.content
    u.content = [] if asks and free else u.content  # And | what does she | say? "Nothing."
    return free


def _quoted_before(page: ArticleView, u: Utterance, p: Paragraph) -> bool:
    """Whether the words before a cue hold a quotation: what follows *the plan was "mad," she added* is the same utterance."""
    assert u.cue is not None
    before = [(s, e) for s, e in u.content if p.start <= s and e <= u.cue[0]]
    return bool(before) and bool(page.quotations_in(before))


def reports(page: ArticleView, u: Utterance, within: Chars) -> bool:
    """Whether an attribution has words outside quotation marks within a stretch: reported speech, or words with a quotation."""
    spans = [(max(s, within[0]), min(e, within[1])) for s, e in u.content if overlaps((s, e), within)]
    bare = without_all(spans, [(q.start, q.end) for q in page.quotations_in(spans)]) if spans else []
    return any(not page.wordless(s, e) for s, e in bare)


def answered(page: ArticleView, q: Quoted, following: Quoted) -> bool:
    """Whether a quotation is a question, and another person's words stand right behind it: *"Is it safe?" "Yes," she said.*"""
    beside = "\n" not in page.text[q.end : following.start] and page.wordless(q.end, following.start)
    return beside and page.text[q.inner_end - 1] == "?"


def stands_alone(page: ArticleView, q: Quoted) -> bool:
    """Whether a quotation is a sentence, or several, with no word beside it."""
    p = page.paragraph_at(q.start)
    last = page.sentence_at(p, q.end - 1)
    return page.opens_sentence(q.start) and last is not None and page.wordless(q.end, last[1])


def settle(
    page: ArticleView,
    said: Shelf,
    weak: Shelf,
    freed: Collection[Quoted],
    silent: Collection[int],
    readings: Sequence[WindowReading],
    decoding: Decoding,
) -> None:
    """Give each quotation that no attribution holds to an utterance: it goes on from one or leads to it, a weak cue reports it,
    it stands beside one, it is one of its own, or it is no speech.

    Args:
        page: the article.
        said: the attributions; what is settled is put here.
        weak: those that the network is not sure of.
        freed: quotations that are speech, as the network read them as part of an attribution.
        silent: where quotations begin that nobody says.
        readings: what the network found in its windows.
        decoding: settings.
    """
    quotations = page.quotations
    owner: dict[int, Utterance] = {}
    read = _WindowReadings(readings)
    for n, q in enumerate(quotations):
        holding = next((u for u in said.near([(q.start, q.end)]) if holds(u, q) > 0.5), None)
        if holding is not None:
            owner[n] = holding
    for chain in _chains(page):
        _join_chain(page, said, owner, chain)
        for n in chain:
            q, here = quotations[n], [(quotations[n].start, quotations[n].end)]
            if n in owner or page.wordless(q.start, q.end):
                continue
            within = [u for u in said.near(here) if cued_within(u, q)]
            if within and not _is_whole(page, q):
                continue
            for inner in within:  # a report within what somebody says is a part of it
                inner.content = []
            u = announced_after(page, said, q) or _reported_weakly(q, said, weak) or _taken_up(page, owner, n)
            u = u or told_beside(page, q)
            if u is None and page.is_heading(q):
                free = _is_clause(page.text[q.inner_start : q.inner_end]) and _is_free(page, q, freed, silent, read, decoding)
                u = Utterance(here, heads=True) if free else None
            elif u is None and _is_turn(page, owner, n):
                u = Utterance(here, turn=True)
            elif u is None and (before := _before(page, owner, n)) is not None:
                u = Utterance(here, continues=before)
            elif u is None and _is_free(page, q, freed, silent, read, decoding):
                u = Utterance(here, follows=_attributed_before(page, said, q))
            if u is not None:
                said.add(u)
                owner[n] = u


def holds(u: Utterance, q: Quoted) -> float:
    """Share of a quotation that stands in the content of an utterance."""
    return common_chars(u.content, [(q.inner_start, q.inner_end)]) / (q.inner_end - q.inner_start)


def cued_within(u: Utterance, q: Quoted) -> bool:
    """Whether the cue of an utterance stands in a quotation itself."""
    return u.cue is not None and q.start <= u.cue[0] < q.end


def _is_said(page: ArticleView, q: Quoted, read: _WindowReadings, decoding: Decoding) -> bool:
    """Whether a quotation without a cue is speech: by its form, or as the network takes it."""
    whole = stands_alone(page, q) and _TERMINAL.search(page.text, q.inner_end - 1, q.end) is not None
    least = decoding.floating_words - whole  # a sentence of its own may be shorter
    return _is_sentence(page, q) or _is_speech(page.text, q, read, decoding, least)


def _is_free(
    page: ArticleView, q: Quoted, freed: Collection[Quoted], silent: Collection[int], read: _WindowReadings, decoding: Decoding
) -> bool:
    """Whether a quotation that nothing reports is speech: set free, a reply to the paper, or by its form or the network."""
    return q in freed or _replies(page, q) or (q.start not in silent and _is_said(page, q, read, decoding))


def _replies(page: ArticleView, q: Quoted) -> bool:
    """Whether a quotation is a sentence, or several, behind a question of the paper's own: *Does she mind? "Not in May."*"""
    before = page.sentence_before(q.start) if stands_alone(page, q) else None
    return (
        before is not None and page.text[before[1] - 1] == "?" and _TERMINAL.search(page.text, q.inner_end - 1, q.end) is not None
    )


def _chains(page: ArticleView) -> Iterator[list[int]]:
    """Quotations, those together that go on from one another: not closed at the end of a paragraph, opened again in the next."""
    chain: list[int] = []
    for n, q in enumerate(page.quotations):
        if chain and not _reopened(page, page.quotations[n - 1], q):
            yield chain
            chain = []
        chain.append(n)
    if chain:
        yield chain


def _reopened(page: ArticleView, before: Quoted, q: Quoted) -> bool:
    """Whether a quotation begins a paragraph after one that ends within a quotation; the mark may not be printed again."""
    earlier, p = page.paragraph_at(before.start), page.paragraph_at(q.start)
    opens = not before.closed and q.start == p.start and _next(page, earlier, p)
    return opens and page.wordless(before.end, earlier.end)


def _next(page: ArticleView, earlier: Paragraph, p: Paragraph) -> bool:
    """Whether no paragraph of the article's body stands between two."""
    return earlier.index < p.index <= earlier.index + 2 and all(
        between.kind != "body" for between in page.paragraphs[earlier.index + 1 : p.index]
    )


def _join_chain(page: ArticleView, said: Shelf, owner: dict[int, Utterance], chain: Sequence[int]) -> None:
    """Quotations of a chain are of the attribution behind them, or of that before: it stands in one of the paragraphs."""
    for order in (chain[::-1], chain):
        for n, other in zip(order[1:], order, strict=False):
            u = owner.get(other)
            if n not in owner and u is not None and u.cue is not None and len(u.content) < _MANY:
                owner[n] = _with(page, u, page.quotations[n])
                said.add(u)


def _with(page: ArticleView, u: Utterance, q: Quoted) -> Utterance:
    """An utterance with a quotation more."""
    u.content = parted(page, joined([*u.content, (q.start, q.end)]))
    return u


def _reported_weakly(q: Quoted, said: Shelf, weak: Shelf) -> Utterance | None:
    """The surest of the attributions that the network is not sure of, if one holds a quotation and no other its words or cue."""
    cued = [u for u in weak.near([(q.start, q.end)]) if u.source is not None and holds(u, q) > 0.9 and not _clashes(u, said)]
    return max(cued, key=lambda u: u.sure, default=None)


def _clashes(u: Utterance, said: Shelf) -> bool:
    """Whether an attribution shares words with another, or its cue with another's."""
    assert u.cue is not None
    others = said.near([*u.content, u.cue])
    return any(common_chars(o.content, u.content) or (o.cue is not None and overlaps(o.cue, u.cue)) for o in others)


def _taken_up(page: ArticleView, owner: dict[int, Utterance], n: int) -> Utterance | None:
    """The utterance of the quotation beside in the same paragraph, with no word between them, that takes this one up."""
    behind, q = owner.get(n - 1), page.quotations[n]
    if behind is not None and behind.cue is None and behind.source is not None and behind.source[0] >= page.quotations[n - 1].end:
        here = page.paragraph_at(q.start).index == page.paragraph_at(behind.source[0]).index
        return _with(page, behind, q) if here and page.wordless(behind.source[1], q.start) else None  # "...," Ann Veld. "..."
    for other in (n - 1, n + 1):
        if other not in owner:
            continue
        first, second = page.quotations[min(n, other)], page.quotations[max(n, other)]
        near = "\n" not in page.text[first.end : second.start] and page.wordless(first.end, second.start)
        u = owner[other]
        if (
            near
            and not answered(page, first, second)
            and stands_alone(page, page.quotations[n])
            and len(u.content) < _MANY
            and not reports(page, u, (first.start, second.end))
        ):
            return _with(page, u, page.quotations[n])
    return None


def _before(page: ArticleView, owner: dict[int, Utterance], n: int) -> Utterance | None:
    """The utterance that a paragraph which is all quotation goes on from: it is not closed, or ends the paragraph before, its
    attribution behind it: *"We go," he said.*
    """
    if n - 1 not in owner:
        return None
    before, q, u = page.quotations[n - 1], page.quotations[n], owner[n - 1]
    earlier, p = page.paragraph_at(before.start), page.paragraph_at(q.start)
    if p.kind != "body" or not _next(page, earlier, p) or not page.wordless(p.start, q.start):
        return None
    quoted = page.quoted(p)  # nothing but quotations stands in it
    unbroken = all(page.wordless(a.end, b.start) and not answered(page, a, b) for a, b in pairwise(quoted))
    if not unbroken or not page.wordless(quoted[-1].end, p.end):
        return None
    if not before.closed:
        return u
    if _is_asked(page, before, earlier):
        return None
    attributed = u.cue is not None and earlier.start <= u.cue[0] < earlier.end
    own = page.sentence_at(earlier, u.cue[0]) if attributed and u.cue is not None else None
    end = max(before.end, own[1] if own is not None else 0)
    goes_on = (attributed and _quoted_before(page, u, earlier)) or not reports(page, u, (earlier.start, earlier.end))
    return u if page.wordless(end, earlier.end) and goes_on else None


def _is_turn(page: ArticleView, owner: dict[int, Utterance], n: int) -> bool:
    """Whether a paragraph that is one quotation is a turn of an exchange, which the other speaks: *"I was at home," Veld said*,
    *"You were not."*. Where one turn stands alone in its paragraph, the next is the first one's again.
    """
    q = page.quotations[n]
    before, u = page.quotations[n - 1], owner.get(n - 1)
    earlier, p = page.paragraph_at(before.start), page.paragraph_at(q.start)
    if u is None or not before.closed or not _next(page, earlier, p) or not _is_whole(page, q) or before.end > earlier.end:
        return False
    if u.turn:
        return page.wordless(before.end, earlier.end)
    own = page.sentence_at(earlier, u.cue[0]) if u.cue is not None and earlier.start <= u.cue[0] < earlier.end else None
    if own is None or not page.wordless(max(before.end, own[1]), earlier.end) or reports(page, u, (earlier.start, earlier.end)):
        return False
    said, reply = _told(page, earlier), page.text[q.inner_start : q.inner_end]
    replied = replies(said, reply)
    return _is_answered(page, owner, n) if replied is None else replied


def _told(page: ArticleView, p: Paragraph) -> str:
    """All that is quoted in a paragraph."""
    return " ".join(page.text[q.inner_start : q.inner_end] for q in page.quoted(p))


def _is_answered(page: ArticleView, owner: dict[int, Utterance], n: int) -> bool:
    """Whether the words of the paragraph behind answer a quotation: *"Did anybody look?"*, *"No, sir," Veld said*."""
    if n + 1 >= len(page.quotations):
        return False
    q, reply = page.quotations[n], page.quotations[n + 1]
    p = page.paragraph_at(reply.start)
    if not _next(page, page.paragraph_at(q.start), p) or reply.start != p.start:
        return False
    said, words = page.text[q.inner_start : q.inner_end], page.text[reply.inner_start : reply.inner_end]
    return is_answered(said, words, _is_whole(page, reply))


def _is_asked(page: ArticleView, q: Quoted, p: Paragraph) -> bool:
    """Whether a paragraph ends with a question and whom it is put to: what comes next is the answer."""
    asked = page.text[q.inner_end - 1] == "?"
    return asked and any(_ASKED.match(page.text, m.start(), p.end) for m in _ASKS.finditer(page.text, q.end, p.end))


def _attributed_before(page: ArticleView, said: Shelf, q: Quoted) -> Utterance | None:
    """The attribution in the sentence right before a quotation which is a sentence of its own: *He said he was tired. "..."*"""
    own = page.sentence_before(q.start) if stands_alone(page, q) else None
    p = page.paragraph_at(own[0]) if own is not None else None
    if own is None or p is None or any(_is_asked(page, before, p) for before in page.quoted(p)[-1:]):
        return None
    cued = [u for u in said.near([own]) if u.source is not None and u.cue is not None and own[0] <= u.cue[0] < own[1]]
    return max(cued, key=lambda u: u.cue or (0, 0), default=None)


class _WindowReadings:
    """What the network read, by where its windows, which are in text order, begin and end."""

    def __init__(self, readings: Sequence[WindowReading]) -> None:
        self._readings = readings
        self._begin = [int(r.window.starts[1:3].max()) for r in readings]
        self._end = [int(r.window.starts[-2]) for r in readings]

    def within(self, lo: int, hi: int) -> Sequence[WindowReading]:
        """The readings of a stretch."""
        return self._readings[bisect_left(self._end, lo) : bisect_left(self._begin, hi)]


def _is_whole(page: ArticleView, q: Quoted) -> bool:
    """Whether a paragraph is one quotation from its opening to its closing mark, with no mark forgotten between."""
    marked = q.opened and q.closed and not any(c in '"“”' for c in page.text[q.inner_start : q.inner_end])
    return marked and _is_sentence(page, q)


def _is_sentence(page: ArticleView, q: Quoted) -> bool:
    """Whether a paragraph of the body is all quotation, and ends as a sentence does."""
    p = page.paragraph_at(q.start)
    alone = page.wordless(p.start, q.start) and page.wordless(q.end, p.end)
    return alone and p.kind == "body" and _TERMINAL.search(page.text, max(q.start, q.end - 8), q.end) is not None


def _is_clause(heading: str) -> bool:
    """Whether a heading in marks has a verb, as what somebody said has: not *A gap in the fence*, *Those who left*."""
    words = _RELATIVE.split(heading.lower())[0].split()
    if not words or _CONTRACTED.search(heading) is not None:
        return True
    orders = "VERB" in parts_of_speech(words[0]) and (
        len(words) == 1 or words[1] in DETERMINERS | PREPOSITIONS - {"of", "on", "in"}
    )
    return orders or any(w in FINITE or w in _SUBJECTS or parts_of_speech(w) == {"VERB"} or is_past(w) for w in words)


def _is_speech(text: str, q: Quoted, read: _WindowReadings, decoding: Decoding, least: int) -> bool:
    """Whether the network takes a quotation without a cue, of so many words at least, for something said."""
    words = text[q.inner_start : q.inner_end].split()
    titled = all(w[:1].isupper() for w in words if len(w) > _SMALL) and not text[q.inner_start : q.inner_end].isupper()
    if len(words) < least or titled:  # few words, or a title
        return False
    if _TERM_BEFORE.search(text, max(0, q.start - _NEAR), q.start) is not None or _NOUN_BEHIND.match(text, q.end) is not None:
        return False
    total, count = 0.0, 0
    for r in read.within(q.inner_start, q.inner_end):
        inside = (r.window.starts >= q.inner_start) & (r.window.starts < q.inner_end)
        total, count = total + float(r.content[inside].sum()), count + int(inside.sum())
    return count > 0 and total / count >= decoding.floating
