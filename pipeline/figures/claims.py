"""Who gives a figure: the speaker of the quote that holds it, or whom that speaker cites; not who denies it or only names the
thing so."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..lexicon.cues import cue_verb
from ..lexicon.forms import singular
from ..lexicon.nouns import is_person_noun
from ..lexicon.tables import nouns, words
from ..schemas import Quote
from ..schemas.figures import ClaimantStatus
from ..text.chars import Chars
from .figure import FoundFigure

# *They call the ten-year rule a success*: what is called so is told by the paper, only what it is called by the speaker
_NAMING = words("naming_verb")
_AS = re.compile(r"\bas\b")
_OF_OTHERS = re.compile(r"\b(?:claims?|allegations?|reports?|accusations?|suggestions?|rumou?rs?) that\b", re.IGNORECASE)
# *condemned the 48-hour curfew*, *approved a further $180,000*: whoever reacts to a thing does not tell its size
_REACTING = words("reacting_verb")
_CLAUSE = re.compile(r"[\s\"“‘']*(?:that|to|how|whether|if|he|she|it|they|there|we|I|you|what|why|where|when)\b", re.IGNORECASE)
_TALE = re.compile(r"[\s\"“‘']*(?:the|a|an|their|his|her|its) (?:[\w-]+ )?(?:story|tale|saga|life|adventures) (?:of|about)\b")
_OWNING_UP = re.compile(r"(?:responsibility|credit|blame|guilt) for\b")  # claimed responsibility for an attack that killed 12
_SAID = nouns("utterance")  # what is said, counted: *put forward four proposals*
_UTTERED = 14  # characters between the beginning of the words and a count of them
# a sum in another currency, a length in other units: the paper's own reckoning
_REPEATED = re.compile(r"\s*(?:\(|\[)(?:or |about |around |roughly |approximately |nearly |some |equivalent to |over )?")
_OLD_NAMED = re.compile(r"-old (?:[a-z]+ ){0,2}[A-Z]")
_CITING = re.compile(
    r"\b(?:said|says|wrote|reported|reports?|published|quoted)\b[^.;:“\"]{0,70}?,? (?:quoting|citing) (?:the"
    r" )?(?P<who>[^,.;:“”\"\n]{2,60}?)"
    r"(?=[,.;:“”\"]| as | that | who |\s*$)"
)
_ACCORDING = re.compile(r"\baccording to (?:the )?(?P<who>[^,.;:“”\"\n]{2,60}?)(?=[,.;:“”\"]|\s*$)")
# beating analysts’ estimates of $1.80
_FORECASTERS = re.compile(
    r"\b(?P<who>analysts?|economists?|forecasters?|Wall Street|markets?|pollsters|traders)(?:[’']s?)? (?:[\w-]+ ){0,2}?"
    r"(?:estimates?|forecasts?|expectations?|consensus|predictions?|projections?|target)\b[^.;:“”\"\d]{0,40}\Z"
)
_TELLING = frozenset(
    "say estimate report put claim reveal find show announce state confirm calculate forecast predict project warn tell"
    " insist note"
    " suggest indicate expect reckon allege believe declare disclose stress maintain acknowledge admit conclude assert anticipate"
    " argue contend".split()
)
_PUT_AT = re.compile(r"[^.;:]{0,80} at (?:[a-z]+ ){0,3}")  # puts the toll at about 40; not *put on hold a sale of 40*
_SHARE = re.compile(r"(?:only |just |about |some |nearly |more than )?[\w.,-]+ ?(?:%|per ?cents?\b)", re.IGNORECASE)
_WHO = re.compile(r"\bwho (?:also |has |had |have |later )?\Z")
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_AUXILIARIES = (
    r"(?:has|have|had|is|are|was|were|remains?|remained|feels?|felt|also|now|later|earlier|recently|already|itself|themselves"
    r"|alone"
    r"|\w+ly)"
)
_BETWEEN = re.compile(rf"(?: {_AUXILIARIES})* ")
_BEFORE_VERB = re.compile(rf" (?:{_AUXILIARIES} )*\Z")
_BODIES = nouns("document") | nouns("body") | nouns("anonymous") | nouns("lone_body")
_NOUN_PHRASE = re.compile(
    r"(?:\b(?:the|a|an|his|her|their|its|some|many|most|several|local|other)\b )?(?:[a-z][\w-]* ){0,2}[a-z][\w’'-]*\Z",
    re.IGNORECASE,
)
_NO_ACCOUNT = frozenset(("ask", "demand", "deny"))
# how a sentence points back at what was reported right before it
_POINTS_BACK = re.compile(
    r"(?:(?:meanwhile|moreover|also|in addition|overall|however),? )?"
    r"(?:(?:this|these|those|they|another|a further|only|among them|the (?:other|others|rest|remaining|same))\b"
    r"|(?:(?:[\d,.]+|one|two|three|four|five|six|seven|eight|nine|ten|some|most|half|a third) )?of (?:these|those|them|this|that"
    r"|the (?:total|dead|victims|injured))\b"
    r"|(?:for|in|during|over|at|within) (?:the same|this|that|these|those) (?!year\b|month\b|week\b))",
    re.IGNORECASE,
)
_STATUS: dict[str, ClaimantStatus] = {"named": "named", "unnamed": "unnamed", "none": "unspecified"}
_APART = re.compile(r"[;()“”\"]|\bwhile\b|\bbut\b")
_FRONT = 30  # characters before *according to* at the beginning of a sentence: *For 2022, according to*
_REACH = 220  # characters before a figure within which it is told who gives it
_GAP = 50  # characters of a noun phrase, or of what stands between it and its verb
_FAR = 30  # words between a verb of telling and the figure
_PARTED = re.compile(r"[;:“”\"—–]|, (?:and|but|which|who|while)\b|\. ")


@dataclass(frozen=True, slots=True)
class Claim:
    """Who gives a figure.

    Attributes:
        quote: the quote that it stands in.
        claimed: the quote whose speaker claims it; None if somebody else does, or nobody.
        status: what sort of claimant it is; *named* for a teller, until it turns out that the article has no name for them.
        teller: span of whoever is told to give it where that is no speaker of a quote: *she noted that the ILO puts it at 40*.
    """

    quote: Quote | None
    claimed: Quote | None
    status: ClaimantStatus
    teller: Chars | None = None


def read_claims(text: str, figures: Sequence[FoundFigure], quotes: Sequence[Quote], names: Sequence[Chars] = ()) -> list[Claim]:
    """Return a claim for each figure, in their order.

    Args:
        text: the article.
        figures: its figures.
        quotes: its quotes.
        names: spans of the names in it, in text order.
    """
    spans = sorted(((s.start_char, s.end_char, n) for n, q in enumerate(quotes) for s in q.content_spans))
    starts = [s for s, _, _ in spans]
    ending = {q.excerpt_end: q for q in quotes if q.act == "speech" and q.type != "direct" and q.cue_class not in _NO_ACCOUNT}
    out: list[Claim] = []
    for n, f in enumerate(figures):
        k = bisect_right(starts, f.digits[0]) - 1
        held = next(((s, k) for s, e, k in reversed(spans[max(0, k - 3) : k + 1]) if s <= f.digits[0] and f.digits[1] <= e), None)
        begin, quote = (held[0], quotes[held[1]]) if held is not None else (f.sentence[0], None)
        if n and _is_repeated(text, figures[n - 1], f):
            out.append(Claim(quote, None, "article"))
        elif quote is None and (by := _according(text, f, quotes) or _going_on(text, f, ending)) is not None:
            out.append(by)
        elif (teller := _teller(text, f, max(begin, f.sentence[0]), quote, names)) is not None:
            out.append(Claim(quote, None, "named", teller))
        else:
            out.append(_claim(text, f, _of_who(text, quotes, held[1]) if held is not None else None))
    return out


def _of_who(text: str, quotes: Sequence[Quote], at: int) -> Quote:
    """The quote at a place, or the one before in its sentence where its speaker is a *who* that nobody was found for: *said Ann
    Veld of Orsa, who put it at 40*.
    """
    quote = quotes[at]
    if quote.speaker_status != "none" or quote.cue_start is None:
        return quote
    if _WHO.search(text, max(quote.excerpt_start, quote.cue_start - 12), quote.cue_start) is None:
        return quote
    before = (q for q in reversed(quotes[max(0, at - 3) : at]) if q.excerpt_start == quote.excerpt_start)
    return next((q for q in before if q.speaker_status == "named"), quote)


def _claim(text: str, f: FoundFigure, quote: Quote | None) -> Claim:
    denied = quote is not None and quote.cue_class == "deny" and quote.cue_polarity == "affirmed"
    counted = quote is not None and _SHARE.match(quote.speaker_mention or "") is not None  # three per cent of them agreed
    if quote is None or denied or counted or _only_named(text, f, quote):
        own = f.unspecified or (denied and _OF_OTHERS.search(text, f.sentence[0], f.start) is not None)
        return Claim(quote, None, "unspecified" if own else "article")
    return Claim(quote, quote, _STATUS.get(quote.speaker_status, "unresolved"))


def _only_named(text: str, f: FoundFigure, quote: Quote) -> bool:
    """Whether the figure belongs to what a speaker calls something, reacts to or utters, and not to what they tell."""
    if quote.type == "direct" or any(s.start_char <= f.digits[0] < s.end_char for s in quote.verbatim_spans):
        return False
    begin = quote.content_spans[0].start_char
    if quote.cue_lemma in _REACTING and _CLAUSE.match(text, begin) is None:
        return True
    if _OWNING_UP.match(text, begin):
        return True
    if quote.cue_lemma == "tell" and _TALE.match(text, begin):
        return True
    if f.kind == "age" and _OLD_NAMED.search(text, f.end - 4, f.end + 40):
        return True  # the 41-year-old Veld has said that
    if quote.cue_start is not None and quote.cue_start < begin and f.counted_lemma in _SAID and f.start - begin < _UTTERED:
        return True
    return quote.cue_lemma in _NAMING and _AS.search(text, f.whole_end, f.sentence[1]) is not None


def _is_repeated(text: str, before: FoundFigure, f: FoundFigure) -> bool:
    """Whether a figure says in brackets, in another unit, what the one before said: *40 million euros (US$44 million)*."""
    same = f.kind == before.kind and f.kind in ("money", "measure") and f.unit != before.unit
    return same and _REPEATED.fullmatch(text, before.end, f.start) is not None and text[f.end : f.end + 1] in ")]"


def _according(text: str, f: FoundFigure, quotes: Sequence[Quote]) -> Claim | None:
    """Whose a figure is by an *according to* of its sentence, behind it or at the sentence's beginning, that was read for no more
    than a part of it.
    """
    told = _ACCORDING.search(text, f.end, min(f.sentence[1], f.end + _REACH))
    if told is None or _APART.search(text, f.end, told.start()) is not None:
        told = _ACCORDING.search(text, f.sentence[0], f.start)
        if told is None or (told.start() > f.sentence[0] + _FRONT) or _APART.search(text, told.end(), f.start) is not None:
            return None
    who = told["who"]
    if who.islower() and _head_tells(who.split(" of ")[0].split(" ")[-1]) is False:
        return None  # according to plan
    by = next((q for q in quotes if q.cue_start is not None and told.start() <= q.cue_start < told.end()), None)
    if by is not None:
        return Claim(None, by, _STATUS.get(by.speaker_status, "unresolved"))
    return Claim(None, None, "named", told.span("who"))


def _going_on(text: str, f: FoundFigure, ending: Mapping[int, Quote]) -> Claim | None:
    """Whose account a sentence goes on with: it points back at what was reported right before (*Of these, 40 …*), and reports
    nothing itself.
    """
    before = f.sentence[0] - 1
    while before > 0 and text[before - 1] == " ":
        before -= 1
    by = ending.get(before) if text[before : before + 1] == " " and text[before - 1] != "?" else None
    if by is None or by.cue_polarity != "affirmed" or _POINTS_BACK.match(text, *f.sentence) is None:
        return None
    return Claim(None, by, _STATUS.get(by.speaker_status, "unresolved"))


def _head_tells(noun: str) -> bool:
    """Whether a noun is for people, a body or a document."""
    low = noun.lower()
    return is_person_noun(singular(low)) or low in _BODIES or singular(low) in _BODIES


def _teller(text: str, f: FoundFigure, begin: int, quote: Quote | None, names: Sequence[Chars]) -> Chars | None:
    """Span of whoever gives a figure by the words around it, within what a speaker says or the paper tells."""
    lo = max(begin, f.start - _REACH)
    found = _FORECASTERS.search(text, lo, f.start)
    if found is not None:
        return found.span("who")
    cited = _CITING.search(text, *f.sentence)
    if cited is not None and (quote is None or quote.type != "direct") and not cited.start("who") <= f.start < cited.end("who"):
        return cited.span("who")
    if quote is None:
        return None
    told = _ACCORDING.search(text, max(f.sentence[0], f.start - _REACH), f.start)
    behind = told is not None and (
        told.start() >= begin or (quote.cue_start is not None and quote.cue_start < told.start())
    )  # its speaker's cue
    if told is not None and behind and _PARTED.search(text, told.end() + 1, f.start) is None:
        return told.span("who")
    for m in reversed(list(_WORD.finditer(text, lo, f.start))[-_FAR:]):
        if not _tells(m.group()) or (m.group() in ("put", "puts") and not _PUT_AT.fullmatch(text, m.end(), f.start)):
            continue
        if _PARTED.search(text, m.end(), f.start) is not None:
            return None
        subject = _subject(text, lo, m.start(), names)
        if subject is not None:
            return subject
    return None


@functools.lru_cache(maxsize=1 << 12)
def _tells(word: str) -> bool:
    """Whether a word is a finite verb of telling, or what stands for one: *(is) confident*."""
    if word in ("put", "puts", "confident", "optimistic", "certain", "hopeful"):
        return True
    cue = cue_verb(word) if word.islower() and not word.endswith("ing") else None
    return cue is not None and cue.lemma in _TELLING and (cue.lemma != word or word == "say")


def _subject(text: str, lo: int, verb: int, names: Sequence[Chars]) -> Chars | None:
    """Span of the name, or the noun for people or a document, that stands before a verb of telling."""
    k = bisect_left(names, (verb, verb)) - 1
    if k >= 0 and names[k][0] >= lo and _BETWEEN.fullmatch(text, names[k][1], verb):
        return names[k]
    gap = _BEFORE_VERB.search(text, max(lo, verb - _GAP), verb)
    if gap is None:
        return None
    phrase = _NOUN_PHRASE.search(text, max(lo, gap.start() - _GAP), gap.start())
    if phrase is None:
        return None
    return phrase.span() if _head_tells(phrase.group().split(" ")[-1]) else None
