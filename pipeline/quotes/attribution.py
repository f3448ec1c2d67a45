"""Attributions of an article: what is said (content), by which words (cue), by whom (source).

The network reads, the quotation marks have the last word: what stands between marks belongs to an utterance whole or
not at all. PolNeAR's notion of an attribution (Newell et al. 2018) is followed: an utterance interrupted by its attribution
is one, and an outer attribution hides those inside its content, but for the plain ones (*the court said that Veld denied it*).
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..lexicon.cues import cue_verb
from ..lexicon.forms import COMPLEMENTS, MODIFIERS
from ..lexicon.words import ABBREVIATIONS, COORDINATORS, FINITE, PREPOSITIONS, RELATIVES
from ..text.chars import Chars, common_chars, count_chars, joined, overlaps, without_all
from ..text.marks import Quoted
from ..text.view import ArticleView
from .announced import announced_by_nobody, told_plainly
from .coordinated import each_its_own, go_on, lend_sources, parted_reports, told_apart
from .cues import DOING, Cue, read_cue
from .free import cued_within, holds, set_free, settle
from .lines import Line, headed, read_datelines, read_lines, read_name_lines
from .model import EVIDENCE, Calibration, Decoding, WindowReading
from .reports import is_report, tells_clause
from .shelf import Shelf, outermost, told_within
from .utterances import Utterance, agreed, parted, share_out, trimmed
from .voices import FORM, in_own_voice

# times the floor, for what no quotation tells to be in anybody's words
_UNTOLD = 1.2  # a thought or a stance towards something
_UNREAL = 1.3  # what was not said, or may be
_DONE = 1.6  # what may be but done: *identified the body*, *offered a lift*


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
    follows: Attribution | None = None  # the attribution in the sentence before, where this one has none
    evidence: dict[str, float] = field(default_factory=dict)
    heads: bool = False  # a heading within the article, which quotes what follows
    turn: bool = False  # of an exchange, where the other speaks: "I was at home," Veld said. "You were not."
    within: bool = False  # in the words of another: *the court said that Veld denied it*
    silent: bool = False  # no row: read like one, it tells who is spoken of (*Veld did not mention Lund. He left*)


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
    said, weak = Shelf(page), Shelf(page)
    hushed: list[Utterance] = []
    inner: list[tuple[Utterance, list[Chars]]] = []
    freed: set[Quoted] = set()
    silent: set[int] = set()  # where quotations begin that nobody says
    tellers = {w.lower() for r in readings for f in r.attributions for s, e in f.source for w in page.text[s:e].split()}
    headline = headed(page, tellers)
    lines = [*([headline] if headline is not None else []), *read_lines(page)]
    places = [e for reading in readings for e in reading.entities]
    datelines = read_datelines(page, places, lines, (f.cue[0] for reading in readings for f in reading.attributions))
    for reading in readings:  # no two of them share a word
        found = [u for f in reading.attributions if (u := agreed(page, f, decoding)) is not None]
        found = told_apart(page, found)
        each_its_own(page, found)
        go_on(page, found)
        found = [u for u in found if u.content]
        lend_sources(page, found)
        agreeing = [part for u in found for part in in_own_voice(page, u)]
        seen = parted_reports(page, [u for u in agreeing if _without_dateline(page, u, datelines)])
        unsaid = [u for u in seen if not _reports(page, u)]
        quoted = [(u, q) for u in unsaid for q in page.quotations_in(u.content)]
        silent.update(q.start for u, q in quoted if holds(u, q) > 0.9 and not cued_within(u, q))
        seen = [u for u in seen if u not in unsaid]
        for u in unsaid:
            _give_back(u, seen)
        hushed += [u for u in unsaid if u.content and not page.quotations_in(u.content)]
        for u in seen:
            u.sure = max(u.sure, calibration.probability(_evidence(page, u)))
        unsure = [u for u in seen if u.sure <= _floor(page, u, decoding.floor)]
        hushed += [u for u in unsure if u.sure > decoding.floor]
        seen = [u for u in seen if u not in unsure]
        read = [(u, list(u.content)) for u in seen]
        sure = outermost(page, seen)
        inner += [(u, content) for u, content in read if u not in sure]
        share_out(page, sure)
        cues = {u.cue for u in sure}
        for u in sure:
            u.content = [] if cues.issuperset(u.content) else u.content  # *said*, which another has for its cue
        for u in (u for u in sure if u.content):
            free = set_free(page, u)
            freed.update(free)
            if u.content and not _reports(page, u):  # what is left when quotations went to others, or to none
                u.content = []  # Lund remembers the day. "It rained."
            said.add(u)
        for u in unsure:
            weak.add(u)
    lines = [line for line in lines if line.cue is None or not _within(page, line.cue, datelines)]
    _add_formats(page, said, [*lines, *read_name_lines(page, places)])
    for u in announced_by_nobody(page, said):
        said.add(u)
    settle(page, said, weak, freed, silent, readings, decoding)
    for u in told_within(page, said, inner):
        said.add(u)
    for u in told_plainly(page, said):
        said.add(u)
    rows: list[Attribution] = []
    made: dict[int, list[Attribution]] = {}
    for u in sorted(said.all(), key=lambda u: min(u.content)):
        made[id(u)] = _rows(page, u, calibration)
        if not _is_left(page, u, calibration, decoding.floor):
            for row in made[id(u)]:
                row.silent = True
        if u.continues is not None and made[id(u)] and made[id(u.continues)]:
            made[id(u)][0].continues = made[id(u.continues)][-1]
        if u.follows is not None and made[id(u)] and made.get(id(u.follows)):
            made[id(u)][0].follows = made[id(u.follows)][-1]
        rows.extend(made[id(u)])
    if hushed:
        rows += _silent(page, hushed, rows, calibration, decoding.floor)
    return sorted(rows, key=lambda a: a.content[0])


_is_report = functools.lru_cache(maxsize=64)(is_report)  # each is asked for several times


def _reports(page: ArticleView, u: Utterance) -> bool:
    return u.cue is None or _is_report(page.text, u.cue, u.source, tuple(u.content), bool(page.quotations_in(u.content)))


def _silent(
    page: ArticleView, hushed: Sequence[Utterance], rows: Sequence[Attribution], calibration: Calibration, floor: float
) -> list[Attribution]:
    """What was read like a report by somebody and is none, beside the rows: whoever is its subject is spoken of."""
    taken = joined([span for a in rows for span in (*a.content, *([a.cue_span] if a.cue_span else []))])
    out: list[Attribution] = []
    for u in hushed:
        own = [*u.content, *([u.cue] if u.cue is not None else [])]
        if u.source is None or calibration.probability(_evidence(page, u)) <= floor or common_chars(own, taken):
            continue
        made = _rows(page, u, calibration)
        for row in made:
            row.silent = True
        out += made
    return out


def _floor(page: ArticleView, u: Utterance, floor: float) -> float:
    """The confidence from which an attribution is written: higher where no quotation tells it to be in anybody's words and nobody
    did say it (*may say*), or where no clause is told of a thought, a stance (*attempted a return*) or what one may have done.
    """
    if u.cue is None or page.quotations_in(u.content):
        return floor
    read = read_cue(page.text, u.cue, u.source, False)
    clause = tells_clause(page.text, u.cue, u.content)
    if read.act != "speech":
        return floor * (1.0 if clause else _UNTOLD)
    doubt = _UNREAL if read.polarity != "affirmed" else 1.0
    noun = u.source is None and cue_verb(page.text[slice(*u.cue)].split()[0].lower()) is None  # allegations of theft
    done = noun or (read.lemma in DOING and " as " not in page.text[slice(*u.content[0])])
    return floor * max(doubt, _DONE if done and not clause else 1.0)


def _is_left(page: ArticleView, u: Utterance, calibration: Calibration, floor: float) -> bool:
    """Whether what was read is still to be believed once quotations went to others, and words to where they belong: what is told
    by no form, nor by a verb of saying, must reach the floor as it is.
    """
    if u.cue is None or not u.features or u.sure >= FORM or calibration.probability(_evidence(page, u)) > floor:
        return True
    return read_cue(page.text, u.cue, u.source, bool(page.quotations_in(u.content))).cue_class == "say"


def _give_back(unsaid: Utterance, seen: Sequence[Utterance]) -> None:
    """Whole words for whoever says what is read of a clause that reports nothing: *the law says “may”, Veld noted*."""
    if unsaid.source is None or unsaid.cue is None or unsaid.source[0] > unsaid.cue[0]:
        return
    for u in seen:
        lo, hi = u.content[0][0], u.content[-1][1]
        if u.cue is not None and unsaid.cue[1] <= lo and hi <= u.cue[0] and common_chars(u.content, unsaid.content):
            u.content = joined([(unsaid.source[0], hi)])


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


def _add_formats(page: ArticleView, said: Shelf, lines: Sequence[Line]) -> None:
    """Lines whose form alone says who speaks: *"..." — Ann Rees*, *Rees: "..."*, *REES: ...*."""
    for line in lines:
        content = trimmed(page, line.content)
        if not content:
            continue
        own = line.cue or line.source
        around = [(q.start, q.end) for q in page.quotations_in([own])]  # a label within marks: all of them are turns
        for u in said.near([own, *content]):
            if u.cue is not None and (overlaps(u.cue, own) or any(s <= u.cue[0] < e for s, e in content)):
                u.content = []  # read otherwise than the line is, or within what is said
            elif common_chars(u.content, content):
                u.content = trimmed(page, parted(page, without_all(u.content, around or content)))
        said.add(Utterance(content, line.cue, line.source, sure=1.0))


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
    if source is not None and role is None:
        role = _role_behind(page, source[1])
        role = None if role is not None and any(overlaps(role, span) for span in u.content) else role
    root = u
    while root.continues is not None:
        root = root.continues
    evidence = _evidence(page, root)
    confidence = calibration.probability(evidence)
    out: list[Attribution] = []
    for index, spans in sorted(by_paragraph.items()):
        row = Attribution(index, spans, source=source, role=role, confidence=confidence, continues=out[-1] if out else None)
        row.evidence, row.heads, row.turn, row.within = evidence, u.heads, u.turn, u.within
        around = list(spans)
        if index == nearest and u.cue is not None:
            own = page.sentence_at(page.paragraph_at(u.cue[0]), u.cue[0])
            begin = own[0] if own is not None else 0
            row.cue_span, row.cue = u.cue, read_cue(page.text, u.cue, u.source, bool(page.quotations_in(u.content)), begin)
            if row.cue.lemma in _ALOUD and all(page.text[s] in _OPENING and page.opens_sentence(s) for s, _ in u.content[:1]):
                row.cue = replace(row.cue, act="speech")
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
        "line": float(not u.features and (u.cue or u.source) is not None),
        "loose": float(not u.features and (u.cue or u.source) is None),
        "follows": float(u.follows is not None),
    }


_ALOUD = frozenset("reflect reckon figure remember judge guess presume ponder muse".split())  # what is quoted so was said
_OPENING = frozenset("\"“‘'«”„")
_LEADS = re.compile(  # which Veld says; one of these people is Ann Veld
    r"(?:which|that|who|whom|what|where|was|were) (?=[^\W\d_a-z])|[^,]{2,60} (?:is|are|was|were) (?=[^\W\d_a-z])"
)
_CLAUSE_OF = re.compile(  # Ann Veld, 40, | who
    r"(?:\A|(?<=[\n“\"])|(?<=[.!?,:;—–][ ”\"]))([^\W\d_][\w.’'-]*(?: [\w.’'-]+){0,8}),(?: (?:aged )?\d{1,3},)? \Z"
)
_APPOSITION = re.compile(r"\s*,\s+|\s+\(|\s+[—–]\s+")
_WITHIN = re.compile(r"[^()]*\)\s+([^\W\d_][\w’'-]*)")  # a bracket within a mention, with the word behind it
_ENDS_MENTION = PREPOSITIONS | COORDINATORS | RELATIVES | FINITE
_ABBREVIATED = re.compile(r"(?:\b[A-Z]|\b(?:Jr|Sr|Inc|Co|Corp|Ltd|Calif|Mass))\.\Z")
_DANGLING = re.compile(r"\s+(?:as|of|that|and|or|to|in|for|by|with|from)\Z")
_ASKS = re.compile(
    r"(?:Did|Does|Do|Has|Have|Had|Is|Are|Was|Were|Will|Would|Can|Could|Should|May|Might) (?=[A-Z])|Little (?:did|does|do) "
)
_AGE = re.compile(r"(?:aged )?\d{1,3}(?:,\s+|\Z)")
_BEHIND = re.compile(  # an article opens it, and a comma or the end of the sentence closes it
    r"(?: \([^()\n]{1,30}\))?(?:,? (?:of|from) (?:[A-Z][\w-]*,? ){1,2}(?<=, )|, )(?:(?:aged )?\d{1,3}, )?"
    r"(?P<role>(?:an?|the|his|her|its|their|our|my) (?:(?!\b(?:who|which|said|says|told|is|was|has|had)\b)[^,.;:“”\"()]){2,80}|"
    r"(?:former|then|now) [^,.;:“”\"()]{2,60})(?=[,.;:”\"]|\s(?:who|which)\b|$)"
)
_RELATIVE = re.compile(r"(?:,?\s+|(?<=, )|(?<=,))(?:who|which|whose|whom)\b")
_TITLED = re.compile(rf"(?:{ABBREVIATIONS})\.? [A-Z]")
_COORDINATED = re.compile(  # Ann Veld, | Bo Rees and; Ann Veld, | 34, and Bo Rees; Ann Veld, | the mayor, and Bo Rees
    r"(?:(?:[A-Z][\w.’'-]*\s+){0,4}[A-Z][\w.’'-]*,? (?:and|&) |"
    r"(?:(?:aged )?\d{1,3}[,)]*|(?:the|an?|his|her) [a-z][^,;:“”\"()]{2,60},) and (?:[a-z][\w’-]* ){0,3}[A-Z][\w’'-]+ [A-Z])"
)


def _mention(text: str, span: Chars) -> tuple[Chars, Chars | None]:
    """The mention that names the source, and the role in apposition to it: *Bob Rees*, *a baker*."""
    lo, hi = _clause_head(text, span)
    asked = _ASKS.match(text, lo, hi)
    lo = asked.end() if asked is not None else lo  # Did Veld say
    leads = _LEADS.match(text, lo, hi)
    lo = leads.end() if leads is not None else lo
    while hi > lo and text[hi - 1] in " ,.;:—–-\xa0" and not _ABBREVIATED.search(text, lo, hi):
        hi -= 1
    if text[lo:hi].endswith(("'s", "’s")):
        hi -= 2
    dangling = _DANGLING.search(text, lo + 1, hi)
    hi = dangling.start() if dangling else hi
    m = _APPOSITION.search(text, lo + 1, hi)
    while m is not None:
        if text[m.end() - 1] == "(":
            within = _WITHIN.match(text, m.end(), hi)
            if within is None or within.group(1).lower() in _ENDS_MENTION:
                break
            m = _APPOSITION.search(text, within.end(), hi)  # Tarvo Green Party (TGP) chair Ann Veld
            continue
        fields = MODIFIERS.match(text, lo, hi) or COMPLEMENTS.match(text, lo, hi)
        if fields is None or fields.end() <= m.start():
            break
        m = _APPOSITION.search(text, fields.end(), hi)  # the sales, training and service manager Ann Veld
    if m is None or _COORDINATED.match(text, m.end(), hi) or not text[m.end() : hi].strip():
        return (lo, hi), None
    if _TITLED.match(text, m.end(), hi) is not None and text[lo : m.start()].split(" ")[-1][:1].isupper():
        return (lo, hi), None  # Public Works and Housing, Eng. Ann Veld
    return (lo, m.start()), None if text[m.end() - 1] == "(" else _role(text, m.end(), hi)


def _clause_head(text: str, span: Chars) -> Chars:
    """What a relative clause belongs to, where the clause was read for the source: *Ann Veld, | who lives in Tarvo, | said*."""
    lo, hi = span
    at = lo if text.startswith("who ", lo) and hi > lo + 4 else lo - 4
    begin = max(0, at - 100)
    m = _CLAUSE_OF.search(text[begin:at]) if at >= 0 and text.startswith("who ", at) else None
    return (begin + m.start(1), begin + m.end(1)) if m is not None else span


def _role_behind(page: ArticleView, at: int) -> Chars | None:
    """The role in an apposition right behind a source: *Bob Rees, a baker*."""
    m = _BEHIND.match(page.text, at)
    own = page.sentence_at(page.paragraph_at(at - 1), at - 1)
    ends = m is not None and (own is None or m.end("role") <= own[1])
    return _role(page.text, *m.span("role")) if m is not None and ends else None


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
