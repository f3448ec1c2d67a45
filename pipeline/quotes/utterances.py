"""Utterances: what the network found, brought into agreement with the quotation marks and the sentences of the article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ..lexicon.cues import cue_verb, is_telling
from ..lexicon.nouns import BODIES, is_person_noun
from ..lexicon.tables import nouns
from ..lexicon.words import COORDINATORS, FINITE, SUBORDINATORS
from ..text.chars import Chars, bare, joined, overlaps, whole_words, without, without_all
from ..text.marks import Quoted, ink
from ..text.paragraphs import dateline_end
from ..text.sentences import abbreviated
from ..text.subjects import day_as_source
from ..text.view import ArticleView
from .contents import (
    beside_quotation,
    interrupted,
    last_subject,
    name_behind,
    of_cleft,
    outside_marks,
    with_name,
    without_hearer,
    without_holes,
)
from .edges import whole_report
from .model import Decoding, FoundCue
from .reports import POSTED

_SPACE_OR_POINT = " \t\n\r\xa0,;:—–-"
# what no content ends with: points, and words that only join what follows
_LOOSE_END = re.compile(
    r"(?:[\s,;:—–-]+|(?<![\w'’])(?:and|but|or|nor|so|because|although|though|despite|if|when|where|while|before|after|of|on|in|at|by|from))\Z",
    re.IGNORECASE,
)
_STRANDED = re.compile(r"(?:on|in|of|at|by|from|so|before|after)\Z", re.IGNORECASE)  # *the show must go on.*
_WITH_ADVERB = re.compile(
    r"(he|she|it|they|we|i) (?:\w+ly|also|further|then|later|again|now|still|once|even|just)", re.IGNORECASE
)
# the complementizer, not *that is not true*
_FINITE = r"(?:is|was|are|were|has|had|will|would|can|could|may|might|must|should|does|did|seems?|makes?|made|means?|meant)\b"
_ONE = "attack|century|country|day|deal|decade|decision|evening|game|house|match|moment|month|morning|night|plan|week|year"
_THAT = re.compile(rf"that\b[:,]?(?=\s+\S)(?!\s+(?:(?:(?:{_ONE})\s+)?{_FINITE}|(?:kind|sort|type) of\b|amount\b))")
_NO_CLAUSE = re.compile(  # what no clause with *that* depends on: called that ruling “unjust”
    r"\b(?:according to|(?:call|brand|label|dubb?|hail|condemn|blast|slamm?|prais|describ|denounc|dismiss|criticis|criticiz)"
    r"(?:e|s|es|ed|d|ing)?)\Z",
    re.IGNORECASE,
)
# *“We won,” and the town is proud, the mayor said*: what follows a quotation goes on with it
_GOES_ON = re.compile(rf"\s*(?:{'|'.join(sorted(COORDINATORS | SUBORDINATORS))})\b", re.IGNORECASE)
_PREDICATE = re.compile(r"\s*(?:then|later|also|never|not|who|which|\w+ing|\w+ed|to|in|on|at|by|with|without|from|for|of)\b")
_INVERTED = re.compile(r"\s+((?:[^\W\d_a-z]|(?:the|a|an|his|her|its)\s)[^,.;:!?\n\"“”]{1,80})")
_WITH_VERB = re.compile(r"(?P<who>[^\W\d_a-z].*) (?P<verb>[a-z]+)\Z")
_BOTH = re.compile(r"[Bb]oth (?=\S+.* and )")
DOCUMENTS = nouns("document")
_POINTS = tuple(',.;:!?\n"”’')
_NOUN_BEHIND = re.compile(r"\s+(the (?:[a-z][\w-]* ){0,2}?(?P<head>[a-z]+))(?=,)")
_CLOSING = {"”": "“", "»": "«"}
_MARKS = frozenset('“”„«»"')
_SUBJECT = re.compile(r"([^\W\d_a-z][\w.’'-]*(?: [\w.’'-]+){0,5}) ")
_BRACKETED = re.compile(r"[^\W\d_a-z][\w.’'-]*(?: [\w.’'&-]+){0,15}")
_AUTHOR_BEHIND = re.compile(r"(?:the|an?|its|his|her|their|[^\W\d_a-z][\w’'-]*)\b[^.,;:!?\n\"“”]{1,80}")
_RELATIVE_LEFT = re.compile(r",? (?:which|that|who)(?: [\w’']+){1,3} to\Z")  # a plan which it hopes to | carry out
_VERB_LEFT = re.compile(  # he would appeal, a move that could | delay the vote
    r", an? (?:[\w’'-]+ ){1,4}(?:that|which) (?:could|would|will|may|might|can|should|must|has|had|have|is|was|are|were)\Z"
)
_AS_MANY = re.compile(r"\bas (?=(?:many|much|few|little) as\b)", re.IGNORECASE)  # one bound, never parted
_JOINT = re.compile(r",? (?:and|but) (?:has |had |have )?(?:also |then |later |further |again |\w+ly )?\Z")
_APART = re.compile(r"(?:;(?: (?:so|and|but|thus|yet))?|, however,) \Z")


@dataclass(eq=False)
class Utterance:
    """An attribution under way."""

    content: list[Chars]
    cue: Chars | None = None
    source: Chars | None = None
    features: dict[str, float] = field(default_factory=dict)
    sure: float = 0.0
    continues: Utterance | None = None
    follows: Utterance | None = None  # the attribution right before, where these are words of their own without one
    heads: bool = False  # a heading within the article, which quotes what follows
    turn: bool = False  # of an exchange, where the other speaks: "I was at home," Veld said. "You were not."
    within: bool = False  # in the words of another: *the court said that Veld denied it*


def agreed(page: ArticleView, found: FoundCue, decoding: Decoding) -> Utterance | None:
    """The attribution with whole words, and each quotation within it whole or not at all."""
    text = page.text
    cue = bare(page.text, (found.cue[0][0], found.cue[-1][1]) if _near(page, found.cue) else found.cue[0])
    source = _from_word(page.text, whole_words(page.text, found.source[0])) if found.source else None
    if source is not None and page.text[slice(*source)].lower() in ("the", "a", "an"):
        source = None
    according = text[slice(*cue)].lower() == "according" and text.startswith(" to ", cue[1])
    if according and source is not None and source[0] == cue[1] + 1:
        source, cue = (source[0] + len("to "), source[1]), (cue[0], source[0] + len("to"))
    adverb = _WITH_ADVERB.fullmatch(page.text, *source) if source is not None else None
    if source is not None and adverb is not None:
        source = (source[0], adverb.end(1))
    source = _beside_cue(page, outside_marks(page, source, cue), cue) if source is not None else None
    source = last_subject(page, name_behind(page.text, source, cue, found.content) or source, cue)
    source = day_as_source(page, cue, _around_bracket(page, source)) if source is not None else None
    both = _BOTH.match(text, *source) if source is not None else None
    source = (both.end(), source[1]) if source is not None and both is not None else source
    own = _WITH_VERB.match(text, *source) if source is not None and text[slice(*cue)] == ":" else None
    if own is not None and is_telling(own["verb"]):  # Ann Rees bellows: "..."
        source, cue = own.span("who"), own.span("verb")
    content = [whole_words(page.text, span) for span in found.content]
    for q in page.quotations_in(content):
        if overlaps((q.start, q.end), cue) or (source is not None and overlaps((q.start, q.end), source)):
            continue  # the attribution, or a part of it, stands within the quotation itself
        share = _share(page.text, q, content)
        if share >= decoding.snap:
            content = joined([*content, (q.start, q.end)])
        else:  # a few words of it, or but its mark
            content = without(content, (q.start, q.end))
    if not content:
        return None
    content, source = _said_behind(page, with_name(page.text, content, cue), cue, source)
    content, source = _before_attribution(page, content, cue, source)
    content, source = _around_attribution(page, content, cue, source)
    content = beside_quotation(page, cue, interrupted(page, cue, source, of_cleft(text, cue, content)))
    content = without_holes(page, _in_sentence(page, content, cue), cue, source)
    content = without_hearer(text, whole_report(page, content, cue, source), cue)
    content = trimmed(page, parted(page, content), _NO_CLAUSE.search(text, *cue) is None)
    return Utterance(content, cue, source, found.features) if content else None


def _said_behind(page: ArticleView, content: list[Chars], cue: Chars, source: Chars | None) -> tuple[list[Chars], Chars | None]:
    """*40 shops have opened, said the city's bureau of trade*: what was read as words behind the verb is who says them, and what
    was read as who says them is a word of theirs (*a tax on the rich says the bureau*).
    """
    text, verb = page.text, cue_verb(page.text[slice(*cue)])
    if verb is None or verb.cue_class != "say" or len(content) < 2 or page.quotations_in(content):
        return content, source
    lo, hi = content[-1]
    runs_on = source is not None and source[1] + 1 == cue[0] and source[0] - 4 <= content[-2][1] <= source[0] - 1
    if source is not None and not (runs_on and "," not in text[content[-2][1] : source[0]]):
        return content, source
    noun = _AUTHOR_BEHIND.fullmatch(text, lo, hi) if lo >= cue[1] and not text[cue[1] : lo].strip() else None
    if noun is None or content[-2][1] > cue[0] or any(w in FINITE for w in noun.group().split()):
        return content, source
    if source is None:
        return content[:-1], (lo, hi)
    speaks = noun.group().split(" ")[-1].istitle() or any(_speaks(w.lower()) for w in noun.group().split())
    return ([*content[:-2], (content[-2][0], source[1])], (lo, hi)) if speaks else (content, source)


def _before_attribution(
    page: ArticleView, content: list[Chars], cue: Chars, source: Chars | None
) -> tuple[list[Chars], Chars | None]:
    """*"...," the union's leader, Ann Rees, said*: what stands between a quotation with a comma and its cue is the source."""
    for q in page.quotations_in(content):
        tail = next(((q.end, e) for s, e in content if s < q.end < e), None)
        if tail is None or not q.closed or page.text[q.inner_end - 1] != "," or not tail[1] <= cue[0]:
            continue
        between = page.text[q.end : cue[0]]
        if "\n" in between or page.quotations_in([(q.end, cue[0])]) or page.wordless(*tail) or _GOES_ON.match(between):
            continue
        if source is not None and tail[1] <= source[0] and _PREDICATE.match(between) is not None:
            continue  # "...," then drove home, the report says
        content = without(content, tail)
        if source is None or (q.end <= source[0] and source[1] <= cue[0]):
            end = source[1] if source is not None else cue[0]
            source = _from_word(page.text, (q.end, end))
    return content, source


def _around_attribution(
    page: ArticleView, content: list[Chars], cue: Chars, source: Chars | None
) -> tuple[list[Chars], Chars | None]:
    """*Veld, said the statement, was the best*: a noun behind the verb, between commas, says what stands before and behind."""
    verb, text = cue_verb(page.text[slice(*cue)]), page.text
    noun = _NOUN_BEHIND.match(text, cue[1]) if verb is not None and verb.cue_class == "say" else None
    own = page.sentence_at(page.paragraph_at(cue[0]), cue[0])
    if noun is None or own is None or not _speaks(noun["head"]) or page.quotations_in([own]):
        return content, source
    if text[own[0] : cue[0]].rstrip()[-1:] != "," or (source is not None and source[0] > noun.end()):
        return content, source
    if source is not None and source[1] <= cue[0] and text[noun.end() + 2 : noun.end() + 3].isupper():
        return content, source  # Ann Rees, a baker, said the mayor, Bo Veld, had resigned
    behind = without_all([(s, e) for s, e in content if e > noun.end()], [(own[0], noun.end())])
    return joined([(own[0], cue[0]), *behind]), noun.span(1)


def _from_word(text: str, span: Chars) -> Chars | None:
    """The span from its first word on, a quotation mark or bracket before it included; None without a word."""
    lo, hi = span
    while lo < hi and not text[lo].isalnum() and text[lo] not in "\"“'‘([":
        lo += 1
    return (lo, hi) if any(c.isalnum() for c in text[lo:hi]) else None


def _near(page: ArticleView, spans: Sequence[Chars]) -> bool:
    """Whether the parts of a cue stand in one sentence, close to each other, with no quotation mark between."""
    lo, hi = spans[0][0], spans[-1][1]
    if hi - lo >= 80 or re.search(r"[\"“”]", page.text[lo:hi]):
        return False
    own = page.sentence_at(page.paragraph_at(lo), lo)
    return own is not None and hi <= own[1]


def _share(text: str, q: Quoted, content: Sequence[Chars]) -> float:
    """Share of the quotation's characters that the content covers."""
    covered = sum(ink(text, max(s, q.inner_start), min(e, q.inner_end)) for s, e in joined(content))
    return covered / max(ink(text, q.inner_start, q.inner_end), 1)


def _beside_cue(page: ArticleView, source: Chars, cue: Chars) -> Chars:
    """A source without what stands in another sentence than its cue (*said Naomi. Peter left*); where all of it does, the words
    with which the cue's sentence begins: *... at 9 p.m. Bo Lund said*.
    """
    own = page.sentence_at(page.paragraph_at(cue[0]), cue[0])
    if own is None:
        return source
    if overlaps(source, own):
        return _from_word(page.text, (max(source[0], own[0]), min(source[1], own[1]))) or source
    subject = _SUBJECT.fullmatch(page.text, own[0], cue[0])
    return subject.span(1) if subject is not None else source


def _around_bracket(page: ArticleView, source: Chars) -> Chars:
    """A source that is read of the brackets behind a noun phrase with which a sentence begins, with the whole of it:
    *The head of the college (TCA) said*; one that stands in brackets by itself, without them.
    """
    text, (lo, hi) = page.text, source
    if text[lo] == "(" and text[hi - 1] == ")":
        lo, hi = lo + 1, hi - 1
    if text[max(0, lo - 2) : lo] != " (" or text[hi : hi + 1] != ")":
        return lo, hi
    own = page.sentence_at(page.paragraph_at(lo), lo)
    subject = _BRACKETED.fullmatch(text, own[0], lo - 2) if own is not None else None
    words = subject.group().split() if subject is not None else []
    return (subject.start(), hi + 1) if subject is not None and not any(w in FINITE for w in words) else (lo, hi)


def _speaks(noun: str) -> bool:
    """Whether a noun is for somebody or something that says: *spokeswoman*, *statement*, *ministry*."""
    return is_person_noun(noun) or noun in DOCUMENTS or noun in BODIES


def _in_sentence(page: ArticleView, content: list[Chars], cue: Chars) -> list[Chars]:
    """Reported words are those of the cue's sentence, if there are any: a stray part of another sentence goes; quotations that
    are sentences of their own stay without the paper's words beside them.
    """
    p = page.paragraph_at(cue[0])
    own = page.sentence_at(p, cue[0])
    own = own if own is not None and cue[0] < own[1] else (p.start, p.end)
    if not any(overlaps(span, own) for span in content) or page.wordless(*cue):  # what a label's colon reports may be long
        return content
    posted = POSTED.match(page.text, cue[0])
    if posted is not None and len(content) == 1 and content[0][0] == posted.end() and p.end - content[0][1] <= 1:
        return content
    out: list[Chars] = []
    for s, e in content:
        quoted = page.quotations_in([(s, e)])
        if not overlaps((s, e), own):
            whole = [(q.start, q.end) for q in quoted if s <= q.start and q.end <= e and page.opens_sentence(q.start)]
            out += whole or ([(s, e)] if quoted else [])
            continue
        for edge in own:  # what runs over the sentence's edge outside quotation marks
            if s < edge < e and not any(q.start < edge < q.end for q in quoted):
                beyond = (s, edge) if edge == own[0] else (edge, e)
                out += [
                    (q.start, q.end)
                    for q in quoted
                    if beyond[0] <= q.start and q.end <= beyond[1] and page.opens_sentence(q.start)
                ]
                s, e = (edge, e) if edge == own[0] else (s, edge)
        stop = e == own[1] and page.text[e - 1] == "." and not any(q.end == e for q in quoted)
        out.append((s, e - 1) if stop and not abbreviated(page.text, s, e - 1) else (s, e))
    return joined(out)


def parted(page: ArticleView, spans: Sequence[Chars]) -> list[Chars]:
    """Spans without what stands between two quotations, if that is no word: each quotation is a span of its own."""
    out = list(spans)
    for first, second in pairwise(page.quotations_in(spans) if spans else ()):
        if any(s <= first.start and second.end <= e for s, e in out) and page.wordless(first.end, second.start):
            out = without(out, (first.end, second.start))
    return out


def trimmed(page: ArticleView, spans: Sequence[Chars], that: bool = True) -> list[Chars]:
    """Spans that hold a word, without loose ends or a complementizer at the beginning; *that* is none where a verb of saying has
    none (*according to the ministry, that plan is dead*; *called that plan “a joke”*).
    """
    out = []
    for k, (s, e) in enumerate(spans):
        s = max(s, min(dateline_end(page.text, page.paragraph_at(s)), e))
        while s < e and page.text[s] in _SPACE_OR_POINT:
            s += 1
        if (bound := _AS_MANY.match(page.text, max(s - 3, 0))) is not None and bound.end() == s:
            s = bound.start()
        left = _RELATIVE_LEFT.search(page.text, s, e) if page.text[e - 3 : e] == " to" and page.text[e : e + 1] == " " else None
        e = left.start() if left is not None else e
        verb = _VERB_LEFT.search(page.text, max(s, e - 60), e) if page.text[e : e + 2].strip().islower() else None
        e = verb.start() if verb is not None and page.text[e] == " " else e
        while e > s and not _closes_quotation(page, e) and (cut := _LOOSE_END.search(page.text, max(s, e - 12), e)) is not None:
            if page.text[e : e + 1] in _POINTS and _STRANDED.match(page.text, cut.start(), e) is not None:
                break
            e = cut.start()
        e -= _is_stray(page, s, e)
        join = _THAT.match(page.text, s, e) if that and k == 0 and s < e and not page.quotations_in([(s, s + 1)]) else None
        while join is not None:
            s = join.end()
            while s < e and page.text[s].isspace():
                s += 1
            join = _THAT.match(page.text, s, e) if page.text[s : s + 9].startswith("that the ") else None
        if s < e and not page.wordless(s, e):
            out.append((s, e))
    return out


def _is_stray(page: ArticleView, s: int, e: int) -> bool:
    """Whether a report ends with an opening mark, or the closing mark of a quotation that nothing opened."""
    mark = page.text[e - 1 : e]
    if s == e or mark not in _MARKS or _closes_quotation(page, e):
        return False
    if mark in _CLOSING:
        return page.text.count(_CLOSING[mark], s, e) < page.text.count(mark, s, e)
    return mark != '"' or page.text.count(mark, s, e) % 2 == 1


def _closes_quotation(page: ArticleView, end: int) -> bool:
    return any(q.end == end for q in page.quotations_in([(end - 1, end)]))


def share_out(page: ArticleView, said: Sequence[Utterance]) -> None:
    """Leave a quotation that several attributions hold to the one whose cue stands right behind it, with its own source."""
    for u in said:
        q = right_before(page, u)
        if q is None or u.cue is None:
            continue
        rivals = [o for o in said if o is not u and any(overlaps((q.start, q.end), span) for span in o.content)]
        if any(right_before(page, o) is q for o in rivals):
            continue
        inverted = _INVERTED.match(page.text, u.cue[1]) if page.wordless(q.end, u.cue[0]) else None
        if inverted is not None and (u.source is None or u.source[1] <= q.start):
            u.source = inverted.span(1)
            u.content = [(q.start, q.end)]
        for o in rivals:
            o.content = without_all(o.content, [(q.start, q.end)])


def right_before(page: ArticleView, u: Utterance) -> Quoted | None:
    """The quotation with a comma that ends right before an attribution."""
    if u.cue is None:
        return None
    begin = u.source[0] if u.source is not None and u.source[0] < u.cue[0] else u.cue[0]
    for q in page.quotations_in(u.content) if u.content else ():
        for at in (begin, u.cue[0]):
            if (
                q.end <= at
                and page.wordless(q.end, at)
                and "\n" not in page.text[q.end : at]
                and page.text[q.inner_end - 1] in ",?!"
            ):
                return q
    return None


def ends_before_another(page: ArticleView, u: Utterance, seen: Sequence[Utterance]) -> int | None:
    """Where a report ends behind which another begins that has the same subject (*said it was late and called for help*), or a
    clause of its own with a pronoun for it (*said it was late; so he expects help*).
    """
    if u.cue is None or u.source is None or u.content[-1][0] < u.cue[1]:
        return None
    text, (lo, hi) = page.text, u.content[-1]
    for o in seen:
        if o is u or o.cue is None or o.source is None or not lo < o.cue[0] < hi or page.quotations_in([(lo, o.cue[0])]):
            continue
        verb = cue_verb(text[slice(*o.cue)].split(" ")[0])
        same = o.source[0] == u.source[0] and verb is not None and verb.act == "speech" and text[o.cue[1] - 3 : o.cue[1]] != "ing"
        joint = _JOINT.search(text, max(lo, o.cue[0] - 30), o.cue[0]) if same else None
        if joint is None and lo < o.source[0] < o.cue[0] and text[slice(*o.source)] in ("he", "she", "they"):
            joint = _APART.search(text, max(lo, o.source[0] - 24), o.source[0])
        if joint is not None:
            return joint.start()
    return None
