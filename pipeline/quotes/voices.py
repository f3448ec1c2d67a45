"""Attributions whose grammar tells who speaks, whatever was read: another's voice, and a verb before its subject.

*X was quoted as saying*, *the paper cited X as saying*, *X was overheard telling an aide that*: X speaks, not the medium.
*The harbour is shut, says X: “…”*: X speaks twice, the words before the verb and those behind the colon.
"""

from __future__ import annotations

import itertools
import re

from ..lexicon.cues import cue_verb
from ..lexicon.nouns import BODIES, is_person_noun
from ..lexicon.tables import words
from ..lexicon.words import ABBREVIATIONS, ADVERBS, FINITE, PARTICLE, PREPOSITIONS, SUBORDINATORS
from ..text.chars import Chars, joined, overlaps, without_all
from ..text.view import ArticleView
from .announced import not_whom_it_tells_of, said_beside_role, told_by, what_letter_says
from .contents import CAPITAL, is_of_person, with_name_behind, without_appositions
from .reports import is_plain
from .utterances import Utterance, trimmed

_VOICED = (
    r"(?:quoted|cited|reported|heard|overheard|recorded|filmed|caught|seen|quoting|citing|quotes|cites|"
    r"(?:alleged|claimed|said)(?= to have ))"
)
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
_ADDRESSEE = re.compile(r"\s+[^,;:\n\"“”]{1,40}?(?: that\b|:)")  # telling an aide that
_BEHIND = re.compile(r"\s+(?:by )?(?P<who>[^;:\n\"“”]{2,80}?)\s*:\s*(?=[\"“])")
_DETERMINER = re.compile(r"\b(?:the|a|an|its|his|her|their|this)\s+\Z", re.IGNORECASE)
_HOW = rf"(?: (?:\w+ly|never|not|{'|'.join(sorted(ADVERBS))}))*"
_BEFORE_PARTICIPLE = re.compile(  # was also told, is by this letter hereby informed
    rf"\b(?:is|are|was|were|be|been|being|'s|’s){_HOW}(?: (?:by|in|on)(?: (?!(?:and|but|or|who) )[\w’-]+){{1,4}}?)?{_HOW} "
    r"(?:\w+ed|told|forbidden)\Z",
    re.IGNORECASE,
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
_FRONTED = re.compile(r"[^\W\d_a-z][a-z]+ing(?: (?!that\b)[^,.;:\n\"“”]{1,60})?(?=, )")  # Prosecuting, Ann Rees said
_INTERRUPTED = re.compile(r",[ \"“‘']*(?P<verb>[^\W\d_][\w’']*)")
_IN_LETTER = re.compile(  # In a letter to Bo Lund, Ann Rees wrote
    r"(?:In|With|Via) (?:an?|his|her|its|their) (?:[\w-]+ ){0,2}?(?:address|article|e-?mail|interview|letter|memo|message|note|"
    r"petition|post|reply|response|speech|statement|text|tweet) (?:to|with|for|addressed to) [^,;:\n\"“”]{2,60}(?=, )"
)
_ROLE_BEFORE = re.compile(  # its author, | Ann Rees, said
    r", (?P<role>(?:the|an?|its|his|her|their|[^\W\d_a-z][\w’'-]*(?:[’']s|s[’'])) (?P<noun>[^,.;:\n\"“”‘]{2,60})), \Z"
)
_SENTENCE_END = re.compile(r"[ .]*\Z")
_SEGMENT = re.compile(r", (?=\S)")
_MESSAGE_OF = re.compile(
    rf"(?P<who>\b(?:[Hh]is|[Hh]er|[Tt]heir|[Ii]ts)|{CAPITAL}(?: {CAPITAL}){{0,3}}(?=[’']))(?:[’']s?)? (?:[a-z-]+ ){{0,2}}"
    r"(?:advice|answer|appeal|letter|message|note|plea|question|reply|response|warning|words)(?: to)?\Z"
)
_TO = re.compile(rf".{{0,3}}(?: to)? ?(?:the )?(?:{CAPITAL} )*")
_LEAD = r"(?:of|the|an?|in|at|on|from|by|for|with|and|or|but|who|whose|that)\b"
_PERSON = re.compile(  # Brant mayor Olle Hald, up to what tells more of him
    rf"(?:(?:{CAPITAL}|(?!{_LEAD})[a-z]+) ){{0,3}}{CAPITAL} (?:{PARTICLE} )?{CAPITAL}(?= (?:of|from|at|in) |,|\Z)"
)
_SOMEBODY = re.compile(r"(?:the|an?) (?:[a-z-]+ ){0,3}?(?P<noun>[a-z]+)(?= (?:of|from|at|in) |,|\Z)")
_ADVERBS = ADVERBS & words("sentence_opener")
_WHO_SAID = re.compile(
    r"(?:\b(?P<who>who)|(?<=[\w)], )(?P<which>which)) (?:(?:has|have|had|also|then|later|once|earlier|\w+ly) ){0,2}\Z"
    r"|(?<![\w’'-])(?P<noun>(?:[Tt]he|[Aa]n?|[Oo]ne|[Aa]nother) (?:[\w’-]+ ){0,4}?[\w’-]+),? who [^.;:!?\n]{3,90} \Z"
)
_SHORT_TITLE = re.compile(rf"\b(?:{ABBREVIATIONS})\.?\Z")
_BEHIND_FIRM = re.compile(  # Tallow Tbk|. director Bo Rees
    rf"(?:\.?[A-Z]\b)*\.?(?: [a-z-]+){{0,3}} (?P<noun>[a-z-]+)(?: {CAPITAL}){{2,4}} "
)
_BEHIND_STOP = re.compile(rf"\. {CAPITAL}(?: (?:{PARTICLE} )?{CAPITAL}){{0,3}}")
_APPOSED_TO = re.compile(
    rf" (?P<who>[^,;:\n\"“”]{{2,60}}), (?:{CAPITAL}|[a-z]+)(?: [a-z-]+){{0,3}} (?:of|at|for) (?:the )?(?:{CAPITAL} )*"
)
_MORE = re.compile(r"(?:,? (?:of|from|at|in|for) [^,]*|, [^,]+(?:, (?:of|from|at|in|who|[a-z]+ing)\b[^,]*)?)?")
_TELLING = re.compile(r"\b(?:told|tells|telling)\Z", re.IGNORECASE)
_TOLD = re.compile(r" (?:the|an?|his|her|its|their) (?:[a-z-]+ ){0,2}?(?P<whom>[a-z]+) (?!(?:that|of|in|on|at|to|for|and|or)\b)")
_HEARING = frozenset("jury inquest hearing meeting conference crowd rally audience gathering congregation newspaper".split())
_BETWEEN = re.compile(r"\s+(?P<who>(?:the|an?|his|her|its|their) [^,.;:\n\"“”‘]{2,60}), (?=[\"“‘])")
_AGENT = re.compile(
    r" by (?P<who>[^,.;:\n\"“”]{2,60}?)"
    r"(?=[,.;:\n]|\Z| (?:and|at|in|on|after|during|when|who|is|was|were|are|had|has|have|will|would)\b)"
)
_ASKING = ("demand", "ask", "warn")  # classes of verbs whose object hears, so that another verb may follow it
_ASKED = frozenset("advised directed encouraged instructed invited obliged ordered reminded told urged warned".split())
_TASK = re.compile(
    r" to (?:appear|apologise|apologize|comply|evacuate|explain|hand|pay|probe|reconsider|resign|respond|step|submit|testify)\b"
)
_HEARERS = words("hearer")  # verbs whose object hears
_REACH = 200  # characters behind the beginning of a cue in which its form is looked for
_FAR = 600  # characters before a verb in which the name is looked for that was read as words
_MANY = 6  # commas that set off what tells more of somebody
_LONGEST = 140  # characters of a noun phrase for who is cited
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
    before = u.source is not None and u.source[1] <= lo
    if u.source is not None and before and (_is_heard(page.text, u.cue, begin) or _is_asked(page.text, u.source, u.cue)):
        u.source = None  # Veld was told that, Veld told to pay
    u.cue, u.content = what_letter_says(page.text, u.cue, u.content)
    read = u.content
    if u.source is not None:
        u.source, u.content = _whole_source(page.text, u.source, u.content)
        rest = _BEHIND_FIRM.fullmatch(page.text, u.source[1], lo) if u.source[1] < lo else None
        if rest is not None and is_person_noun(rest["noun"]):
            u.source = u.source[0], lo - 1
    who = _WHO_SAID.search(page.text, max(begin, lo - _LONGEST), lo) if u.source is None else None
    if who is not None and (who["noun"] is None or is_person_noun(who["noun"].split(" ")[-1])):
        u.source = who.span(who.lastgroup or "who")  # greeted by Ann Rees, who said the dam was full
    between = _BETWEEN.match(page.text, u.cue[1]) if u.source is None else None
    if between is not None and any(overlaps(between.span("who"), span) for span in u.content):
        u.source, u.content = between.span("who"), without_all(u.content, [between.span()])  # "Rain," said the baker, "is due."
    _whose_message(page.text, u, u.cue, begin)
    _by_agent(page, u, u.cue)
    u.source, u.content = told_by(page.text, u.cue, u.source, u.content)
    _with_role(page.text, u, u.cue)
    u.sure = FORM if is_plain(page.text, u.cue, u.source, u.content) else u.sure
    _fronted(page.text, u, u.cue, begin)
    _at_the_end(page, u, u.cue, begin, end)
    _told_whom(page.text, u, u.cue)
    _according_to(page.text, u, u.cue)
    if u.content is not read:
        u.content = trimmed(page, u.content, page.text[slice(*u.cue)].lower() != "according to") or read
    _behind_participle(page, u, u.cue, begin, end)
    if not said_beside_role(page, u, u.cue):
        return []
    return _quoted_as_saying(page, u, u.cue, begin, min(end, lo + _REACH)) or _said_before_colon(page, u, u.cue, begin) or [u]


def _whole_source(text: str, source: Chars, content: list[Chars]) -> tuple[Chars, list[Chars]]:
    """*Earlier, one resident, Bo Rees*: without what tells when; *said Atty. | Jose Cruz*: with the name behind."""
    lo, hi = not_whom_it_tells_of(text, source)
    first = text[lo:hi].split(" ")[0]
    if first.endswith(",") and first[:-1].lower() in _ADVERBS and hi > lo + len(first) + 1:
        lo += len(first) + 1
    name = _BEHIND_STOP.match(text, hi - (text[hi - 1] == ".")) if _SHORT_TITLE.search(text, lo, hi) is not None else None
    if name is None:
        return (lo, hi), content
    return (lo, name.end()), without_all(content, [(lo, name.end())]) or content


def _by_agent(page: ArticleView, u: Utterance, cue: Chars) -> None:
    """*Called “a disgrace” by Ann Rees*: whom a participle and its words name behind the quotation says it."""
    verb = cue_verb(page.text[slice(*cue)].lower().removesuffix(" as"))
    if u.source is not None or verb is None or verb.act != "speech":
        return
    for q in page.quotations_in(u.content):
        m = _AGENT.match(page.text, q.end) if q.closed and q.start >= cue[1] else None
        if m is not None and page.text[cue[1] : q.start].strip() in ("", "as"):
            u.source, u.content = m.span("who"), without_all(u.content, [(q.end, max(e for _, e in u.content))])
            return


def _according_to(text: str, u: Utterance, cue: Chars) -> None:
    """*Schools according to her are shut*, *according to Ann Rees, head of the Mill, the dam is full*: who, and what tells more
    of whom, are no words of what is said.
    """
    if text[slice(*cue)].lower() != "according to":
        return
    if u.source is not None:
        named = _APPOSED_TO.fullmatch(text, cue[1], u.source[0])
        if named is not None and not any(overlaps(named.span("who"), span) for span in u.content):
            u.source = named.start("who"), u.source[1]
        whole = with_name_behind(text, u.source)
        u.content = without_all(u.content, [whole]) if whole != u.source else u.content
        u.source = whole
        u.content = without_appositions(text, u.source, u.content)
    m = _BY_PRONOUN.match(text, cue[1])
    if m is None:
        return
    who = m.span("who")
    if u.source is None or not overlaps(u.source, who):
        if u.source is not None and u.content[0][1] <= u.source[0] and u.source[1] <= cue[0]:
            u.content = joined([(u.content[0][0], u.source[1]), *u.content[1:]])  # the welfare of pupils according to her
        u.source = who
    u.content = without_all(u.content, [who])


def _whose_message(text: str, u: Utterance, cue: Chars, begin: int) -> None:
    """*Her message to Ann Veld: “...”*: whose it is, and not who is to hear it."""
    if u.source is None or u.source[0] < cue[1] or _TO.fullmatch(text, cue[1] - 3, u.source[0]) is None:
        return
    if (owner := _MESSAGE_OF.search(text, begin, cue[1])) is not None:
        u.source = owner.span("who")


def _with_role(text: str, u: Utterance, cue: Chars) -> None:
    """*The bill is dead, its author, Ann Rees, said*: a role before a name that commas set off is no word of what is said."""
    if u.source is None or not u.content or u.source[1] > cue[0] or text[u.source[0] : cue[0]].rstrip()[-1:] != ",":
        return
    m = _ROLE_BEFORE.search(text, max(u.content[0][0], u.source[0] - _REACH), u.source[0])
    if m is None or not is_of_person(m["noun"]) or text[u.source[0]].islower():
        return
    content = [(s, min(e, m.start())) for s, e in u.content if s < m.start()]
    if any(overlaps(m.span("role"), span) for span in u.content) and any(
        w in FINITE or w.endswith("ed") for s, e in content for w in text[s:e].split()
    ):
        u.source, u.content = (m.start("role"), u.source[1]), [*content, *(span for span in u.content if span[0] > cue[0])]


def _fronted(text: str, u: Utterance, cue: Chars, begin: int) -> None:
    """*Prosecuting, Ann Rees said Veld, 34, drove off*: who says it stands behind the participle, which is no word of it."""
    letter = _IN_LETTER.match(text, begin, cue[0])
    if letter is not None and is_of_person(text[letter.end() + 2 : cue[0]].split(", ")[0]):
        letter = None  # in an interview with Ann Rees, Professor of Law at Lund, said the paper
    m = _FRONTED.match(text, begin, cue[0]) or letter
    goes_on = _INTERRUPTED.match(text, max(cue[1], u.source[1] if u.source is not None else 0)) if m is not None else None
    if m is None or (goes_on is not None and goes_on["verb"].lower() in FINITE):
        return  # Mending the lock, Ann Rees said, would take a year
    who = m.end() + 2
    if u.source is not None and (u.source[0] == begin or (m is letter and u.source[0] < m.end())):
        stop = u.source[1] if u.source[1] > who else who + len(text[who : cue[0]].rstrip(" ,"))
        if not who + 1 < stop < who + _LONGEST or not _may_be_who(text[who:stop].split(", ")[0]):
            return
        u.source = who, stop
    if u.source is not None and m.end() < u.source[0] < cue[0]:
        u.content = [span for span in u.content if span[1] > m.end() + 1] or u.content


def _at_the_end(page: ArticleView, u: Utterance, cue: Chars, begin: int, end: int) -> None:
    """*The dam was full, Ann Rees, of the mill, said.*: a name behind a comma in what was read as the words is who says them."""
    text, verb = page.text, cue_verb(page.text[slice(*cue)].lower())
    last = _SENTENCE_END.match(text, cue[1], end) is not None
    if not last or verb is None or verb.cue_class != "say" or page.quotations_in([(begin, cue[0])]):
        return
    if u.source is not None and u.source[1] > cue[0]:
        return
    begin = max(begin, cue[0] - _FAR)
    commas = [m.end() for m in _SEGMENT.finditer(text, begin, cue[0])]
    stop = begin + len(text[begin : cue[0]].rstrip(" ,"))
    for form, at in itertools.product((_PERSON, _SOMEBODY), reversed(commas[-_MANY:])):
        name = form.match(text, at, stop)
        if name is None or (form is _SOMEBODY and not is_person_noun(name["noun"])):
            continue
        said = trimmed(page, [(s, min(e, at - 2)) for s, e in u.content if s < at - 2])
        told = any(overlaps((at, stop), span) for span in u.content) and any(w in FINITE for w in text[begin:at].split())
        beside = text[name.end() : u.source[0] if u.source is not None and u.source[0] > at else stop]
        if said and told and (u.source is None or at <= u.source[0]) and _MORE.fullmatch(beside) is not None:
            u.source, u.content = (at, stop), said
            return


def _told_whom(text: str, u: Utterance, cue: Chars) -> None:
    """*Told the court Veld, 29, was sorry*: whom one tells is no word of it, and the subject behind is."""
    m = _TOLD.match(text, cue[1], cue[1] + _REACH) if _TELLING.search(text, *cue) is not None else None
    if m is None or not (m["whom"] in BODIES or m["whom"] in _HEARING or is_person_noun(m["whom"])):
        return
    k = next((k for k, (s, _) in enumerate(u.content) if s >= cue[1]), None)
    if k is None:
        return
    lo, hi = u.content[k]
    if lo < m.end() < hi:
        u.content[k] = (m.end(), hi)
    elif m.end() < lo < m.end() + _LONGEST and text[lo:hi].split()[0] in FINITE | {"who", "which", "and"}:
        subject = text[m.end() : lo]
        if not any(w in FINITE for w in subject.split()) and not any(c in subject for c in '"“”:;\n'):
            u.content[k] = (m.end(), hi)


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
    verb = cue_verb(text[cue[0] : cue[1]].rpartition(" ")[2])
    return verb is not None and verb.lemma in _HEARERS and _BEFORE_PARTICIPLE.search(text, begin, cue[1]) is not None


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
