"""Attributions whose grammar tells who speaks, whatever was read: another's voice, and a verb before its subject.

*X was quoted as saying*, *the paper cited X as saying*, *X was overheard telling an aide that*: X speaks, not the medium.
*The harbour is shut, says X: “…”*: X speaks twice, the words before the verb and those behind the colon.
"""

from __future__ import annotations

import re

from ..lexicon.cues import cue_verb
from ..lexicon.tables import words
from ..lexicon.words import FINITE, PREPOSITIONS, SUBORDINATORS
from ..text.chars import Chars, joined, overlaps, without_all
from ..text.view import ArticleView
from .utterances import Utterance, trimmed

_VOICED = r"(?:quoted|cited|reported|heard|overheard|recorded|filmed|caught|seen|quoting|citing|quotes|cites)"
_SAID = r"(?:(?:as )?(?P<verb>[a-z]+ing)|to have (?P<perfect>[a-z]+))\b"
_PLACE = r"(?: (?:by|in|on|at) [^,;:\n\"“”]{1,60}?)?"
_PASSIVE = re.compile(rf"\s*(?:\w+ )?{_VOICED}{_PLACE} {_SAID}{_PLACE}(?=[\s:,.])")
_ACTIVE = re.compile(rf"\s*(?:\w+ )?{_VOICED} (?P<who>[^;:\n\"“”]{{2,80}}?),? as (?P<verb>[a-z]+ing)\b")
_HEARD = re.compile(r"\b(?:heard|overheard|recorded|filmed|caught|seen)\b")
_VOICE_BEFORE = re.compile(  # X was cited by the daily as saying: the daily is no speaker
    r"\b(?:is|are|was|were|been|being)(?: \w+ly)? (?P<voiced>quoted|cited|reported|heard|overheard|recorded|filmed) "
    r"(?:by|in|on|at) [^,;:\n\"“”]{1,80}? (?:as |to have )\Z"
)
_BE = re.compile(r"\b(?:is|are|was|were|be|been|being|'s|’s)\b(?: \w+ly)?\s*\Z", re.IGNORECASE)
_BE_IN_CUE = re.compile(r"(?:(?:has|have|had) )?(?:is|are|was|were|be|been|being)\b", re.IGNORECASE)
_ADDRESSEE = re.compile(r"\s+[^,;:\n\"“”]{1,40}? that\b")  # telling an aide that
_BEHIND = re.compile(r"\s+(?:by )?(?P<who>[^;:\n\"“”]{2,80}?)\s*:\s*(?=[\"“])")
_DETERMINER = re.compile(r"\b(?:the|a|an|its|his|her|their|this)\s+\Z", re.IGNORECASE)
_BEFORE_PARTICIPLE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|'s|’s)(?: (?:\w+ly|also|once|then|later|already|never|not|again))* "
    r"(?P<verb>\w+ed|told)\Z"
)
_NOBODY = re.compile(
    r" (?:is|was|has been|had been) (?:\w+ )?\w+(?:ed|aid|wn|ld) (?:(?:on|in|last|earlier) [^.,;:\n]{1,40} )?that\b"
)
_BY_PRONOUN = re.compile(  # according to her are, but not: according to her doctor
    r" (?P<who>him|them|us|me|(?:her|it)(?=[,.;:]| (?:also |still |now |then |never )?"
    r"(?:is|are|was|were|has|have|had|do|does|did|would|should|could|can|may|might|must|never)\b))(?![\w-])"
)
_SAID_BEHIND = re.compile(
    r"(?P<object> [^.,;:\n\"“”]{2,80}? (?:to [a-z]+|about|of|for|against)\b[^.,;:\n\"“”]{0,80}?) (?P<verb>said|says)\b"
)
_ASKING = ("demand", "ask", "warn")  # classes of verbs whose object hears, so that another verb may follow it
_ASKED = frozenset("advised directed encouraged instructed invited obliged ordered reminded told urged warned".split())
_TASK = re.compile(
    r" to (?:appear|apologise|apologize|comply|evacuate|explain|hand|pay|probe|reconsider|resign|respond|step|submit|testify)\b"
)
_HEARERS = words("hearer")  # verbs whose object hears
_REACH = 200  # characters behind the beginning of a cue in which its form is looked for
_LONGEST = 100  # characters of a noun phrase for who is cited
FORM = 0.9  # the confidence of a form that leaves no doubt


def in_own_voice(page: ArticleView, u: Utterance) -> list[Utterance]:
    """The utterance under its own speaker, in parts where it has several; as it is where its form tells nothing."""
    if u.cue is None:
        return [u]
    lo = u.cue[0]
    own = page.sentence_at(page.paragraph_at(lo), lo)
    begin, end = own if own is not None and own[0] <= lo else (lo, lo)
    if u.source is not None and page.text[slice(*u.source)].lower() == "it" and _NOBODY.match(page.text, u.source[1]):
        u.source = None  # It has been confirmed that
    if (
        u.source is not None
        and u.source[1] <= lo
        and (_is_heard(page.text, u.cue, begin) or _is_asked(page.text, u.source, u.cue))
    ):
        u.source = None  # Veld was told that, Veld told to pay
    _according_to(page.text, u, u.cue)
    _behind_participle(page, u, u.cue, begin, end)
    return _quoted_as_saying(page, u, u.cue, begin, min(end, lo + _REACH)) or _said_before_colon(page, u, u.cue, begin) or [u]


def _according_to(text: str, u: Utterance, cue: Chars) -> None:
    """*Schools according to her are shut*: the pronoun is the source, and no word of what is said."""
    m = _BY_PRONOUN.match(text, cue[1]) if text[slice(*cue)].lower() == "according to" else None
    if m is None:
        return
    who = m.span("who")
    if u.source is None or not overlaps(u.source, who):
        if u.source is not None and u.content[0][1] <= u.source[0] and u.source[1] <= cue[0]:
            u.content = joined([(u.content[0][0], u.source[1]), *u.content[1:]])  # the welfare of pupils according to her
        u.source = who
    u.content = without_all(u.content, [who])


def _behind_participle(page: ArticleView, u: Utterance, cue: Chars, begin: int, end: int) -> None:
    """*The hosts of a contest urging pupils to write said 40 had come*: the participle tells which contest."""
    text, source = page.text, u.source
    first = cue_verb(text[slice(*cue)].lower())
    if source is None or source[0] != begin or text[source[1] : cue[0]] != " ":
        return
    if first is None or first.cue_class not in _ASKING:
        return
    m = _SAID_BEHIND.match(text, cue[1], end) if text[cue[1] - 3 : cue[1]] == "ing" else None
    verb = cue_verb(m["verb"]) if m is not None else None
    if m is None or verb is None or verb.cue_class != "say" or any(w in FINITE for w in m["object"].split()):
        return
    content = trimmed(page, [(max(s, m.end()), e) for s, e in u.content if e > m.end()])
    if content:
        u.source, u.cue, u.content = (source[0], m.end("object")), m.span("verb"), content


def _is_heard(text: str, cue: Chars, begin: int) -> bool:
    """Whether the subject of a passive is who hears: *Veld was told that*, *the parents have been warned that*."""
    m = _BEFORE_PARTICIPLE.search(text, begin, cue[1])
    verb = cue_verb(m["verb"]) if m is not None else None
    return verb is not None and verb.lemma in _HEARERS


def _is_asked(text: str, source: Chars, cue: Chars) -> bool:
    """Whether a participle before an infinitive has for its subject who is asked, as headlines print it: *Veld told to pay*; so
    is who is *accused of* something.
    """
    word = text[slice(*cue)].lower()
    if word == "accused of" or (word == "accused" and text[cue[1] : cue[1] + 4] == " of "):
        return True
    if source[1] + 1 != cue[0]:
        return False
    return (word in _ASKED and text[cue[1] : cue[1] + 4] == " to ") or (word == "asked" and _TASK.match(text, cue[1]) is not None)


def _quoted_as_saying(page: ArticleView, u: Utterance, cue: Chars, begin: int, end: int) -> list[Utterance] | None:
    voiced = _VOICE_BEFORE.search(page.text, begin, cue[0])
    if voiced is not None:  # read as the medium's: what is before the verb of citing speaks
        ahead = u.source is not None and u.source[1] <= voiced.start()
        u.source = u.source if ahead else _who_is_cited(page.text, begin, voiced.start())
        cue = voiced.start(), cue[1]
    be = _BE_IN_CUE.match(page.text, *cue)
    at = be.end() if be is not None else cue[0]
    passive = be is not None or _BE.search(page.text, begin, cue[0]) is not None
    m = (_PASSIVE if passive else _ACTIVE).match(page.text, at, end)
    verb = m and (m.group("verb") or m.groupdict().get("perfect"))
    entry = cue_verb(verb) if verb else None
    if m is None or entry is None or entry.act != "speech":
        return None
    start = m.end()
    addressee = _ADDRESSEE.match(page.text, start, end) if entry.lemma == "tell" else None
    start = addressee.end() if addressee is not None else start
    quoted = [(q.start, q.end) for q in page.quotations_in(u.content)]
    before = [span for span in quoted if span[1] <= cue[0]]
    content = trimmed(page, [*before, *((max(s, start), e) for s, e in u.content if e > start)])
    if not content:
        return None
    if passive:
        u.source = _subject(page, u, cue, begin)
        said = m.span("verb") if m.group("verb") else m.span("perfect")
        u.cue = said if _HEARD.search(m.group()) else (cue[0], said[1])  # of what was heard the verb of hearing is no part
    else:
        u.source, u.cue = m.span("who"), m.span("verb")
    u.content, u.sure = content, max(u.sure, FORM)
    return [u]


def _who_is_cited(text: str, begin: int, end: int) -> Chars | None:
    """The noun phrase with which a sentence begins, up to a passive: *On Monday, the minister, Ann Veld, was cited*."""
    words = text[begin:end].rstrip(" ,")
    opening = words.split(" ")[0].lower() in PREPOSITIONS | SUBORDINATORS
    start = begin + (words.find(", ") + 2 if opening and ", " in words else 0)
    end = begin + len(words)
    return (start, end) if 2 < end - start < _LONGEST and _may_be_who(text[start:end]) else None


def _subject(page: ArticleView, u: Utterance, cue: Chars, begin: int) -> Chars | None:
    """What stands before a passive: read as the source, or as a part of the words."""
    if u.source is not None and begin <= u.source[0] and u.source[1] <= cue[0]:
        return u.source
    plain = [span for span in u.content if begin <= span[0] and span[1] <= cue[0] and not page.quotations_in([span])]
    if not plain:
        return None
    determiner = _DETERMINER.search(page.text, max(begin, plain[-1][0] - 8), plain[-1][0])
    return (determiner.start() if determiner is not None else plain[-1][0]), plain[-1][1]


def _said_before_colon(page: ArticleView, u: Utterance, cue: Chars, begin: int) -> list[Utterance] | None:
    text = page.text
    behind = _BEHIND.match(text, cue[1], cue[1] + _REACH)
    if behind is None or text[cue[0] : cue[1]].endswith("ing"):
        return None
    if not _may_be_who(behind.group("who")) or page.quotations_in([(begin, cue[0])]):
        return None
    quotation = next((q for q in page.quotations_in([(behind.end(), behind.end() + 1)]) if q.start == behind.end()), None)
    if quotation is None:
        return None
    if u.source is not None and begin <= u.source[0] < u.source[1] <= cue[0]:  # Ann Veld, of the mill, explains the delay: "..."
        whole = text[quotation.inner_start].isupper() and text[quotation.inner_end - 1] in ".!?"
        if whole and not behind.group("who").split()[0].endswith("ing"):  # criticised detaching the deficit: "..."
            u.content = joined([*without_all(u.content, [(begin, quotation.start)]), (quotation.start, quotation.end)])
            return [u]
        return None
    if not text[begin : cue[0]].rstrip().endswith(","):
        return None
    front = trimmed(page, [(begin, cue[0])])
    later = [span for span in u.content if span[0] >= quotation.end]
    said = Utterance([(quotation.start, quotation.end), *later], cue, behind.span("who"), u.features, u.sure)
    return [said, Utterance(front, cue, behind.span("who"), u.features, u.sure)] if front else [said]


def _may_be_who(words: str) -> bool:
    """Whether words may be a noun phrase for who speaks: no adverbial (*in a statement that*), no clause."""
    found = words.split()
    return found[0].lower() not in PREPOSITIONS | SUBORDINATORS and not any(w in FINITE or cue_verb(w) is not None for w in found)
