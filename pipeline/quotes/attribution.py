"""Attributions of an article: what is said (content), by which words (cue), by whom (source).

The network reads, the quotation marks have the last word: what stands between marks belongs to an utterance whole or
not at all. PolNeAR's notion of an attribution (Newell et al. 2018) is followed: an outer attribution hides those inside
its content, and an utterance interrupted by its attribution is one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field

from ..text.chars import Chars, common_chars, count_chars, joined, overlaps, without_all
from ..text.marks import Quoted
from ..text.paragraphs import Paragraph
from ..text.view import ArticleView
from .cues import Cue, read_cue
from .datelines import read_datelines
from .lines import Line, read_lines
from .model import EVIDENCE, Calibration, Decoding, WindowReading
from .reports import is_report
from .utterances import Utterance, agreed, outermost, parted, trimmed
from .voices import in_own_voice

_BLOCK = 256  # characters that are looked up together
_MANY = 32  # quotations without a word between that one utterance takes up
_REACH = 2  # paragraphs over which a quotation goes on without an attribution of its own


@dataclass
class Attribution:
    """One attribution, spans in characters of the article; quotation marks stand inside the content."""

    paragraph: int
    content: list[Chars]
    cue_span: Chars | None = None
    cue: Cue | None = None
    source: Chars | None = None
    role: Chars | None = None
    excerpt: Chars = (0, 0)
    confidence: float | None = None
    continues: Attribution | None = None
    evidence: dict[str, float] = field(default_factory=dict)


def find_attributions(
    page: ArticleView, readings: Sequence[WindowReading], decoding: Decoding, calibration: Calibration
) -> list[Attribution]:
    """Return the attributions of an article, in text order.

    Args:
        page: the article.
        readings: what the network found in its windows.
        decoding: settings.
        calibration: turns what the network saw into the probability that an attribution is right.
    """
    said, weak = _Shelf(page), _Shelf(page)
    lines = read_lines(page)
    silent: set[int] = set()  # where quotations begin that nobody says
    places = [e for reading in readings for e in reading.entities]
    datelines = read_datelines(page, places, lines, (f.cue[0] for reading in readings for f in reading.attributions))
    for reading in readings:  # no two of them share a word
        found = [u for f in reading.attributions if (u := agreed(page, f, decoding)) is not None]
        agreeing = [part for u in found for part in in_own_voice(page, u)]
        seen = [u for u in agreeing if _without_dateline(page, u, datelines)]
        unsaid = [u for u in seen if not _reports(page, u)]
        quoted = [(u, q) for u in unsaid for q in page.quotations_in(u.content)]
        silent.update(q.start for u, q in quoted if _holds(u, q) > 0.9 and not _cued_within(u, q))
        seen = [u for u in seen if u not in unsaid]
        for u in seen:
            u.sure = max(u.sure, calibration.probability(_evidence(page, u)))
        for u in outermost(page, [u for u in seen if u.sure > decoding.floor]):
            said.add(u)
        for u in seen:
            if u.sure <= decoding.floor:
                weak.add(u)
    _add_formats(page, said, [line for line in lines if not _within(page, line.cue, datelines)])
    _settle_loose(page, said, weak, readings, decoding, silent)
    rows: list[Attribution] = []
    made: dict[int, list[Attribution]] = {}
    for u in sorted(said.all(), key=lambda u: min(u.content)):
        made[id(u)] = _rows(page, u, calibration)
        if u.continues is not None and made[id(u)] and made[id(u.continues)]:
            made[id(u)][0].continues = made[id(u.continues)][-1]
        rows.extend(made[id(u)])
    return sorted(rows, key=lambda a: a.content[0])


# ------------------------------------------------------------------ what the network left out


class _Shelf:
    """Utterances by where their words and cues stand: in which paragraphs, and in which blocks of characters."""

    def __init__(self, page: ArticleView) -> None:
        self.page = page
        self._by_paragraph: dict[int, dict[Utterance, int]] = {}  # in the order in which they came
        self._by_block: dict[int, dict[Utterance, None]] = {}

    def add(self, u: Utterance) -> None:
        """Put an utterance where it belongs, also where it belongs after a change."""
        for lo, hi in [*u.content, *([u.cue] if u.cue is not None else [])]:
            for p in self.page.paragraphs_in(lo, hi):
                own = self._by_paragraph.setdefault(p.index, {})
                own.setdefault(u, len(own))
            for block in range(lo // _BLOCK, (hi - 1) // _BLOCK + 1):
                self._by_block.setdefault(block, {})[u] = None

    def near(self, spans: Sequence[Chars]) -> list[Utterance]:
        """The utterances with words or a cue that share a character with spans, and others close to these in the same paragraphs;
        those that lost all words are gone.
        """
        found: list[Utterance] = []
        for lo, hi in spans:
            close = {u: None for b in range(lo // _BLOCK, (hi - 1) // _BLOCK + 1) for u in self._by_block.get(b, ())}
            for p in self.page.paragraphs_in(lo, hi):
                own = self._by_paragraph.get(p.index, {})
                found += sorted((u for u in close if u in own), key=own.__getitem__)
        return [u for u in dict.fromkeys(found) if u.content]

    def all(self) -> list[Utterance]:
        """All utterances, by paragraph."""
        return [u for u in dict.fromkeys(u for _, own in sorted(self._by_paragraph.items()) for u in own) if u.content]


def _reports(page: ArticleView, u: Utterance) -> bool:
    return u.cue is None or is_report(page.text, u.cue, u.source, u.content, bool(page.quotations_in(u.content)))


def _without_dateline(page: ArticleView, u: Utterance, datelines: Mapping[int, int]) -> bool:
    """Take the datelines out of an utterance; whether something is left that is not said by one."""
    if u.source is not None and _within(page, u.source, datelines):
        end = datelines[page.paragraph_at(u.source[0]).index]
        u.source = (end, u.source[1]) if end < u.source[1] else None  # *RIYADH — The mayor*
    own = [(p.start, datelines[p.index]) for span in u.content for p in page.paragraphs_in(*span) if p.index in datelines]
    if any(overlaps(d, span) for d in own for span in u.content):
        u.content = trimmed(page, without_all(u.content, own))
    return bool(u.content) and (u.cue is None or not _within(page, u.cue, datelines))


def _within(page: ArticleView, span: Chars, datelines: Mapping[int, int]) -> bool:
    """Whether a span begins in a dateline."""
    return span[0] < datelines.get(page.paragraph_at(span[0]).index, 0)


def _add_formats(page: ArticleView, said: _Shelf, lines: Sequence[Line]) -> None:
    """Lines whose form alone says who speaks: *"..." — Ann Rees*, *Rees: "..."*, *REES: ...*."""
    for line in lines:
        content = trimmed(page, line.content)
        if not content:
            continue
        around = [(q.start, q.end) for q in page.quotations_in([line.cue])]  # a label within marks: all of them are turns
        for u in said.near([line.cue, *content]):
            if u.cue is not None and (overlaps(u.cue, line.cue) or any(s <= u.cue[0] < e for s, e in content)):
                u.content = []  # read otherwise than the line is, or within what is said
            elif common_chars(u.content, content):
                u.content = trimmed(page, parted(page, without_all(u.content, around or content)))
        said.add(Utterance(content, line.cue, line.source, sure=1.0))


def _settle_loose(
    page: ArticleView,
    said: _Shelf,
    weak: _Shelf,
    readings: Sequence[WindowReading],
    decoding: Decoding,
    silent: Container[int],
) -> None:
    """Quotations that no attribution holds: a weak cue reports them, they go on from one beside them, stand alone, or are no
    speech, as those that begin in ``silent`` are.
    """
    owner: dict[int, Utterance] = {}
    read = _WindowReadings(readings)
    for n, q in enumerate(page.quotations):
        holding = next((u for u in said.near([(q.start, q.end)]) if _holds(u, q) > 0.5), None)
        if holding is not None:
            owner[n] = holding
    for n, q in enumerate(page.quotations):
        here = [(q.start, q.end)]
        if n in owner or page.wordless(q.start, q.end) or any(_cued_within(u, q) for u in said.near(here)):
            continue
        p = page.paragraph_at(q.start)
        cued = [u for u in weak.near(here) if _holds(u, q) > 0.9 and not _clashes(u, said)]
        if cued:
            owner[n] = max(cued, key=lambda u: u.sure)
            said.add(owner[n])
            continue
        before = owner.get(n - 1)
        neighbour = _neighbour(page, owner, n, n - 1) or _neighbour(page, owner, n, n + 1)
        alone = page.wordless(p.start, q.start) and page.wordless(q.end, p.end)
        u: Utterance | None = None
        if neighbour is not None:
            neighbour.content = parted(page, joined([*neighbour.content, (q.start, q.end)]))
            said.add(neighbour)
            owner[n] = neighbour
        elif alone and before is not None and _goes_on(page, page.quotations[n - 1], q, p):
            u = Utterance([(q.start, q.end)], continues=before)
        elif q.start not in silent and _is_speech(page.text, q, read, decoding):
            u = Utterance([(q.start, q.end)])
        if u is not None:
            said.add(u)
            owner[n] = u


def _holds(u: Utterance, q: Quoted) -> float:
    """Share of a quotation that stands in the content of an utterance."""
    return common_chars(u.content, [(q.inner_start, q.inner_end)]) / (q.inner_end - q.inner_start)


def _cued_within(u: Utterance, q: Quoted) -> bool:
    """Whether the cue of an utterance stands in a quotation itself."""
    return u.cue is not None and q.start <= u.cue[0] < q.end


def _neighbour(page: ArticleView, owner: dict[int, Utterance], n: int, other: int) -> Utterance | None:
    """Whose the quotation beside is, where both stand in one paragraph with no word between them."""
    if other not in owner:
        return None
    if len(owner[other].content) >= _MANY:
        return None
    first, second = page.quotations[min(n, other)], page.quotations[max(n, other)]
    near = "\n" not in page.text[first.end : second.start] and page.wordless(first.end, second.start)
    return owner[other] if near else None


def _clashes(u: Utterance, said: _Shelf) -> bool:
    """Whether an attribution shares words with another, or its cue with another's."""
    assert u.cue is not None
    others = said.near([*u.content, u.cue])
    return any(common_chars(o.content, u.content) or (o.cue is not None and overlaps(o.cue, u.cue)) for o in others)


def _goes_on(page: ArticleView, before: Quoted, q: Quoted, p: Paragraph) -> bool:
    """Whether a paragraph that is all quotation goes on from the quotation before."""
    earlier = page.paragraph_at(before.start)
    return (
        p.kind == "body"
        and 0 < p.index - earlier.index <= _REACH
        and (not before.closed or page.wordless(before.end, earlier.end))
    )


class _WindowReadings:
    """What the network read, by where its windows, which are in text order, begin and end."""

    def __init__(self, readings: Sequence[WindowReading]) -> None:
        self._readings = readings
        self._begin = [int(r.window.starts[1:3].max()) for r in readings]
        self._end = [int(r.window.starts[-2]) for r in readings]

    def within(self, lo: int, hi: int) -> Sequence[WindowReading]:
        """The readings of a stretch."""
        return self._readings[bisect_left(self._end, lo) : bisect_left(self._begin, hi)]


def _is_speech(text: str, q: Quoted, read: _WindowReadings, decoding: Decoding) -> bool:
    """Whether the network takes a quotation without a cue for something said."""
    if len(text[q.inner_start : q.inner_end].split()) < decoding.floating_words:
        return False
    total, count = 0.0, 0
    for r in read.within(q.inner_start, q.inner_end):
        inside = (r.window.starts >= q.inner_start) & (r.window.starts < q.inner_end)
        total, count = total + float(r.content[inside].sum()), count + int(inside.sum())
    return count > 0 and total / count >= decoding.floating


# ------------------------------------------------------------------ rows


def _rows(page: ArticleView, u: Utterance, calibration: Calibration) -> list[Attribution]:
    """One attribution a paragraph, each going on from the one before; the one nearest to the cue has it."""
    by_paragraph: dict[int, list[Chars]] = {}
    for span in u.content:
        for p in page.paragraphs_in(*span):
            s, e = max(span[0], p.start), min(span[1], p.end)
            if s < e and not page.wordless(s, e):
                by_paragraph.setdefault(p.index, []).append((s, e))
    if not by_paragraph:
        return []
    at = page.paragraph_at(u.cue[0]).index if u.cue is not None else min(by_paragraph)
    nearest = min(by_paragraph, key=lambda i: (abs(i - at), i))
    source, role = _mention(page.text, u.source) if u.source is not None else (None, None)
    evidence = _evidence(page, u)
    confidence = calibration.probability(evidence)
    out: list[Attribution] = []
    for index, spans in sorted(by_paragraph.items()):
        row = Attribution(index, spans, source=source, role=role, confidence=confidence, continues=out[-1] if out else None)
        row.evidence = evidence
        around = list(spans)
        if index == nearest and u.cue is not None:
            own = page.sentence_at(page.paragraph_at(u.cue[0]), u.cue[0])
            begin = own[0] if own is not None else 0
            row.cue_span, row.cue = u.cue, read_cue(page.text, u.cue, u.source, bool(page.quotations_in(u.content)), begin)
            around += [u.cue] if u.source is None else [u.cue, u.source]
        row.excerpt = _excerpt(page, around)
        out.append(row)
    return out


def _evidence(page: ArticleView, u: Utterance) -> dict[str, float]:
    """What speaks for an attribution, by name: what calibration weighs."""
    quoted = common_chars(u.content, [(q.start, q.end) for q in page.quotations_in(u.content)]) / max(count_chars(u.content), 1)
    return {
        **(u.features or dict.fromkeys(EVIDENCE, 0.0)),
        "direct": float(quoted >= 0.8 and bool(u.features)),  # lines and loose quotations have a rate of their own
        "mixed": float(0 < quoted < 0.8 and bool(u.features)),
        "line": float(not u.features and u.cue is not None),
        "loose": float(not u.features and u.cue is None),
    }


_APPOSITION = re.compile(r"\s*,\s+|\s+\(|\s+[—–]\s+")
_ABBREVIATED = re.compile(r"(?:\b[A-Z]|\b(?:Jr|Sr|Inc|Co|Corp|Ltd|Calif|Mass))\.\Z")
_DANGLING = re.compile(r"\s+(?:as|of|that|and|or|to|in|for|by|with|from)\Z")
_AGE = re.compile(r"(?:aged )?\d{1,3}(?:,\s+|\Z)")
_RELATIVE = re.compile(r"(?:,?\s+|(?<=, )|(?<=,))(?:who|which|whose|whom)\b")
_COORDINATED = re.compile(r"(?:[A-Z][\w.’'-]*\s+){0,4}[A-Z][\w.’'-]*,? (?:and|&) ")


def _mention(text: str, span: Chars) -> tuple[Chars, Chars | None]:
    """The mention that names the source, and the role in apposition to it: *Bob Rees*, *a baker*."""
    lo, hi = span
    while hi > lo and text[hi - 1] in " ,.;:—–-\xa0" and not _ABBREVIATED.search(text, lo, hi):
        hi -= 1
    if text[lo:hi].endswith(("'s", "’s")):
        hi -= 2
    dangling = _DANGLING.search(text, lo + 1, hi)
    hi = dangling.start() if dangling else hi
    m = _APPOSITION.search(text, lo + 1, hi)
    if m is None or _COORDINATED.match(text, m.end(), hi) or not text[m.end() : hi].strip():
        return (lo, hi), None
    return (lo, m.start()), None if text[m.end() - 1] == "(" else _role(text, m.end(), hi)


def _role(text: str, lo: int, hi: int) -> Chars | None:
    """The role in an apposition, without age and relative clause: *44, a baker, who ...*."""
    age = _AGE.match(text, lo, hi)
    lo = age.end() if age else lo
    clause = _RELATIVE.search(text, lo, hi)
    hi = clause.start() if clause else hi
    return (lo, hi) if text[lo:hi].strip() else None


def _excerpt(page: ArticleView, spans: Sequence[Chars]) -> Chars:
    """The whole sentences that hold the spans."""
    lo, hi = min(s for s, _ in spans), max(e for _, e in spans)
    first, last = page.paragraph_at(lo), page.paragraph_at(hi - 1)
    before, after = page.sentences(first), page.sentences(last)
    start = next((s for s, _ in before[bisect_right(before, lo, key=lambda s: s[1]) :]), lo)
    end = next((e for _, e in after[bisect_left(after, hi, key=lambda s: s[1]) :]), hi)
    return min(start, lo), max(end, hi)
