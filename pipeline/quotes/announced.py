"""Reports that the form of a sentence alone tells: *"We won." That was how Veld, the mayor, once put it*; *it was announced that
the bridge is shut*, which nobody is told to have said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..lexicon.cues import cue_verb, is_telling, speaks
from ..lexicon.nouns import is_person_noun
from ..lexicon.tables import words
from ..lexicon.words import FINITE
from ..text.chars import Chars, overlaps
from ..text.marks import Quoted
from ..text.view import ArticleView
from .shelf import Shelf
from .utterances import DOCUMENTS, Utterance, trimmed

_HOW = re.compile(r"\s*(?:(?:That|This|It)(?: is| was|[’']s)|Which (?:is|was))(?: also)? (?:how|what) (?=\S)")
_WORDS_OF = re.compile(
    r"\s*(?:Those|These|Such) (?:are|were) (the (?:\w+ )?words) of ([^.,;:\n\"“”]{2,80}?)"
    r"(?= (?:after|as|at|before|during|in|last|on|when|while|who)\b|[.,;:\n])"
)
_WORDS_BEFORE = re.compile(  # In the words of its mayor, Ann Veld, the plan was "..."
    r"\b[Ii]n (?:the (?:\w+ )?(?P<of>words) of (?P<who>[^,.;:\n\"“”]{2,60}(?:, (?:[^\W\d_a-z][\w.’'-]*(?: |(?=,))){1,4})?)|"
    r"(?P<owner>his|her|their|(?:[^\W\d_a-z][\w’'-]*? ?){1,3})(?:[’']s|(?<=s)[’'])?(?: own)? (?P<words>words))(?=[,.;:])"
)
_REPLY = "|".join(
    "advice answer appraisal argument assessment conclusion cry description explanation judgment judgement message motto plea "
    "prediction rallying_cry reaction reply response retort summary verdict view warning".replace("_", " ").split()
)
_AS_REPLY = re.compile(  # "Rubbish," was his verdict; "Never," was the blunt reply from Ann Veld
    rf"\s*(?:is|was|came) (?:(?P<owner>his|her|their|(?:the )?[^.,;:\n\"“”]{{2,50}}?(?=[’']s|(?<=s)[’']))(?:[’']s?)? "
    rf"(?:[a-z-]+ ){{0,2}}?(?P<own>{_REPLY})\b|the (?:[a-z-]+ ){{0,2}}?(?P<noun>{_REPLY}) (?:of|from) "
    r"(?P<who>[^.,;:\n\"“”]{2,60}?)(?= (?:after|as|at|before|during|in|last|on|to|when|while|who)\b|[.,;:\n])|"
    r"(?:all|how|what) (?P<subject>[^.,;:\n\"“”]{2,50}?) (?P<verb>(?:could|would|had to) say|put it|described|summed)\b)"
)
_CAPITALS = r"[^\W\d_a-z][\w.’'-]*(?: [^\W\d_a-z][\w.’'-]*){0,3}"
_VERB_BEHIND = re.compile(
    rf" (?:(?P<who>{_CAPITALS})(?:, [^,.;:\n\"“”]{{2,60}},)? (?:(?:also|later|once|then|\w+ly) )?(?P<verb>[a-z]+)|"
    rf"(?P<first>[a-z]+) (?P<behind>{_CAPITALS}))(?=[,.;]| (?:about|after|as|at|during|from|in|of|on|to|when|with)\b)"
)
_VERB_BEFORE = re.compile(rf"(?P<who>{_CAPITALS})(?:, [^,.;:\n\"“”]{{2,60}},)? (?P<verb>[a-z]+), \Z")
_NAME_BEHIND = re.compile(  # "...," Ann Veld, a baker in Tarvo.
    rf"[ \t]+(?P<who>{_CAPITALS}(?:, [^.;:!?\n\"“”]{{2,100}})?|(?:[Tt]he )?(?:[\w’'&-]+ ){{0,9}}[\w’'&-]+, {_CAPITALS})"
    r"(?:[.](?=\s|\Z)|(?=[ \t]*(?:[\n“\"]|\Z)))"
)
_WORD = re.compile(r"[\w’'-]+|[,.;:\n\"“”]")
_BETWEEN = re.compile(r"(?:\s+(?:once|later|then|also|first|has|had|have|\w+ly))+\Z")
_IMPERSONAL = re.compile(
    r"\b[Ii]t (?P<cue>(?:is|was|has been|had been) (?:(?:also|later|then|now|first|\w+ly) )?(?P<verb>[a-z]+(?:ed|aid)))"
    r"(?: (?:on|in|last|earlier|this|yesterday|today)\b[^.,;:\n\"“”]{0,40}?)? that (?=\S)"
)
_ROLE_ALONE = re.compile(  # the head of the Tarvo Board (TB)
    r"(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir) (?:(?!(?:the|an?|its|his|her|their)\b|\w+ed\b)[\w’'-]+ ){0,3}?"
    r"(?P<noun>[a-z-]+)(?: (?:of|at|for|in) (?:the )?[^\W\d_a-z][^,.;:\n\"“”‘]{1,100})?"
)
_DOES = re.compile(r"(?P<verb>[a-z]+ing) (?:that )?(?=\S)")
_SOMEBODY = (
    rf"{_CAPITALS}|(?:[Tt]he|[Oo]ne of (?:the|his|her)|An?|Another|[Hh]is|[Hh]er) (?:[a-z-]+ ){{0,2}}[a-z]+|[Hh]e|[Ss]he|[Tt]hey"
)
_AS_SAID = re.compile(  # "a gift to the rich", as Veld once called it
    rf",? as (?P<who>{_SOMEBODY}) (?:(?:also|famously|had|has|later|often|once|likes? to|used to|\w+ly) )*(?P<verb>[a-z]+)\b"
    r"(?: (?:her|him|it|that|them|this))?(?=[\s,.;:)]|\Z)"
)
_PUT = frozenset("put puts call calls called say says describe describes described".split())
_CHIPS_IN = re.compile(  # "But it is late." One of the guests chipped in.
    rf" (?P<who>{_SOMEBODY}) (?:then |also )?(?P<verb>(?:break|broke|butt(?:s|ed)|chim(?:es|ed)|chip(?:s|ped)|cuts?|jump(?:s|ed)|"
    r"weigh(?:s|ed)) in|pip(?:es|ed) up|sh(?:oots|ot) back)(?=[.,]|\s)"
)
_PASSIVES = words("passive_report")
_FULL_NAME = re.compile(r"[^\W\d_a-z][\w.’'-]*(?: (?:al-|de |van |bin )?[^\W\d_a-z][\w.’'-]*)+")
_ENDS = frozenset('.;:\n"“”')
_NEAR = 80  # characters behind a quotation in which a name and its verb stand
_FAR = 250  # characters in which source and verb stand


def announced_after(page: ArticleView, said: Shelf, q: Quoted) -> Utterance | None:
    """The attribution of a quotation by the sentence behind it, which may open the next paragraph; none if that tells none.

    What the network read of that sentence (*described the merger*) is taken off the shelf.
    """
    found = _read(page.text, q.end) or _in_words(page, q)
    if found is None:
        return None
    source, cue = found
    for u in said.near([cue]):
        if u.cue is not None and overlaps(u.cue, cue):
            u.content = []
    return Utterance([(q.start, q.end)], cue, source)


def _in_words(page: ArticleView, q: Quoted) -> tuple[Chars, Chars] | None:
    """Source and cue of a quotation whose sentence tells in whose words it is."""
    own = page.sentence_at(page.paragraph_at(q.start), q.start)
    if own is None:
        return None
    for lo, hi in ((max(own[0], q.start - _FAR), q.start), (q.end, min(own[1], q.end + _NEAR))):
        m = _WORDS_BEFORE.search(page.text, lo, hi + 1)
        if m is not None and (lo == q.end or not page.quotations_in([(m.end(), q.start)])):
            return (m.span("who"), m.span("of")) if m["who"] is not None else (m.span("owner"), m.span("words"))
    return None


def told_beside(page: ArticleView, q: Quoted) -> Utterance | None:
    """The attribution of a quotation by a name and a verb of speech that few use beside it: *"Go," Ann Veld bellowed*."""
    here = [(q.start, q.end)]
    before = _VERB_BEFORE.search(page.text, max(0, q.start - 2 * _NEAR), q.start)
    if before is not None and is_telling(before["verb"]):
        return Utterance(here, before.span("verb"), before.span("who"))
    bare = _NAME_BEHIND.match(page.text, q.end, q.end + 2 * _NEAR) if q.closed and page.text[q.inner_end - 1] == "," else None
    if bare is not None and page.opens_sentence(q.start) and _is_bare(bare["who"]):
        return Utterance(here, None, bare.span("who"))
    m = (
        _VERB_BEHIND.match(page.text, q.end, q.end + _NEAR)
        if page.text[q.inner_end - 1] in ",?!" and page.opens_sentence(q.start)
        else None
    )
    if m is None or not is_telling(m["verb"] or m["first"]):
        return None
    who, verb = ("who", "verb") if m["who"] else ("behind", "first")
    return Utterance(here, m.span(verb), m.span(who))


def _is_bare(who: str) -> bool:
    """Whether words are a name with a role beside it, of somebody of two names, and no clause."""
    before = re.split(r", (?:who|which|whose)\b", who)[0]
    clause = any(w in FINITE or is_telling(w) for w in before.replace(",", "").split())
    return not clause and _FULL_NAME.search(before) is not None


def said_beside_role(page: ArticleView, u: Utterance, cue: Chars) -> bool:
    """*The head of the board, Ann Rees, said*: a role with which a sentence begins is no word of what is said; that is a
    quotation with a comma right before it, which a broken line may part from it. Whether there are words left.
    """
    if u.source is None or u.content[-1][1] + 2 != u.source[0] or u.source[1] > cue[0]:
        return True
    (lo, hi), text = u.content[-1], page.text
    role = _ROLE_ALONE.fullmatch(text, lo, hi)
    if role is None or not is_person_noun(role["noun"]) or not text[u.source[0]].isupper():
        return True
    said = next((q for q in page.quotations_in([(max(lo - 4, 0), lo)]) if q.closed and not text[q.end : lo].strip()), None)
    if len(u.content) > 1 if said is None else u.content[:-1] not in ([], [(said.start, said.end)]):
        return True
    if said is None and not page.opens_sentence(lo):
        return True
    u.source = lo, u.source[1]
    u.content = [(said.start, said.end)] if said is not None and text[said.inner_end - 1] in ",?!" else []
    return bool(u.content)


def what_letter_says(text: str, cue: Chars, content: list[Chars]) -> tuple[Chars, list[Chars]]:
    """*Drafted a letter | accusing the mayor of theft*: the participle that tells what a letter says is its verb, and no word."""
    lo, hi = content[0]
    m = _DOES.match(text, lo, hi)
    if lo != cue[1] + 1 or m is None or not speaks(m["verb"]) or text[slice(*cue)].split()[-1] not in DOCUMENTS:
        return cue, content
    return m.span("verb"), [(m.end(), hi), *content[1:]]


def announced_by_nobody(page: ArticleView, said: Shelf) -> Iterator[Utterance]:
    """The reports of verbs without a subject or an agent (*it has been reported that*) that no attribution holds yet."""
    for m in _IMPERSONAL.finditer(page.text):
        verb = cue_verb(m["verb"])
        if verb is None or verb.lemma not in _PASSIVES or page.quotations_in([m.span("cue")]):
            continue
        own = page.sentence_at(page.paragraph_at(m.start()), m.start())
        content = trimmed(page, [(m.end(), own[1])]) if own is not None and m.end() < own[1] else []
        here = [m.span("cue"), *content]
        near = said.near(here)
        if not content or any(overlaps(a, b) for u in near for a in here for b in [*u.content, *([u.cue] if u.cue else [])]):
            continue
        end = content[-1][1]
        stop = page.text[end - 1] in ".!?" and not any(q.end == end for q in page.quotations_in(content))
        content[-1] = content[-1][0], end - stop
        yield Utterance(content, m.span("cue"), sure=1.0)


def _read(text: str, at: int) -> tuple[Chars, Chars] | None:
    """Source and cue."""
    if (m := _WORDS_OF.match(text, at)) is not None:
        return m.span(2), m.span(1)
    if (m := _AS_REPLY.match(text, at)) is not None:
        who, cue = next((who, cue) for who, cue in (("owner", "own"), ("who", "noun"), ("subject", "verb")) if m[who] is not None)
        return m.span(who), m.span(cue)
    if (m := _CHIPS_IN.match(text, at)) is not None:
        return m.span("who"), m.span("verb")
    if (m := _AS_SAID.match(text, at)) is not None and (m["verb"] in _PUT or is_telling(m["verb"])):
        return m.span("who"), m.span("verb")
    how = _HOW.match(text, at)
    if how is None:
        return None
    comma = 0
    for word in _WORD.finditer(text, how.end(), how.end() + _FAR):
        if word.group() in _ENDS:
            return None
        comma = comma or (word.start() if word.group() == "," else 0)
        verb = cue_verb(word.group()) if word.group().islower() else None
        if verb is not None and verb.act == "speech" and word.start() > how.end():
            between = _BETWEEN.search(text, how.end(), word.start() - 1)
            end = comma or (between.start() if between is not None else word.start() - 1)
            return (how.end(), end), word.span()
    return None
