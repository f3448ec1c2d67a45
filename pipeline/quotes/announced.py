"""Reports that the form of a sentence alone tells: *"We won." That was how Veld, the mayor, once put it*; *it was announced that
the bridge is shut*, which nobody is told to have said; *Veld had told her that it was late*, also within another's words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..lexicon.cues import CueEntry, cue_noun, cue_verb, is_telling, speaks
from ..lexicon.forms import lemmas, singular
from ..lexicon.nouns import BODIES, is_person_noun
from ..lexicon.tables import words
from ..lexicon.words import COORDINATORS, DETERMINERS, FINITE, PREPOSITIONS, RELATIVES, SUBORDINATORS
from ..text.chars import Chars, overlaps
from ..text.marks import Quoted
from ..text.subjects import is_past
from ..text.view import ArticleView
from .cues import read_cue
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
    r"\b[Ii]t (?P<cue>(?:is|was|has been|had been) (?:(?:also|later|then|now|first|\w+ly) )?(?P<verb>[a-z]+(?:ed|aid|ood)))"
    r"(?: (?:on|in|last|earlier|this|yesterday|today)\b[^.,;:\n\"“”]{0,40}?)? that (?=\S)"
)
_AT_THE_END = re.compile(  # The bridge will be shut, it was announced on Monday.
    r", it (?P<cue>(?:is|was|has been|had been) (?:\w+ly )?(?P<verb>[a-z]+(?:ed|aid|ood)))"
    r"(?: (?:on|in|last|late|earlier|this|yesterday|today|tonight|overnight)\b[^.,;:\n\"“”]{0,40})?(?=\.(?:\s|\Z)|\n|\Z)"
)
_LEAST_WORDS = 4  # of a sentence before it
_ROLE_ALONE = re.compile(  # the head of the Tarvo Board (TB)
    r"(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir) (?:(?!(?:the|an?|its|his|her|their)\b|\w+ed\b)[\w’'-]+ ){0,3}?"
    r"(?P<noun>[a-z-]+)(?: (?:of|at|for|in) (?:the )?[^\W\d_a-z][^,.;:\n\"“”‘]{1,100})?"
)
_HEARS = re.compile(r"\b(?:told|asked|informed|warned|advised|urged|assured|reminded|ordered|instructed|notified)\Z")
_TOLD_BY = re.compile(
    r" by (?P<who>[^,.;:!?()\"“”\n]{2,80}?) (?:that |(?=(?:if|whether|why|how|what|when|where|who|to|not to) ))"
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
_OF_CLAUSE = re.compile(  # A man who knows | Kim Veld said
    r"(?P<who>\b(?:(?:the|an?|one|another|some|many|several|most|two|three|four|five) (?:[\w’-]+ ){0,3}[a-z-]+|"
    r"[\w-]+s|people|those|anyone|everyone|somebody|someone|others)) who(?:se)?"
    rf"(?: (?!(?:that|what|{'|'.join(sorted(SUBORDINATORS | COORDINATORS))}) )[\w’-]+){{1,6}} \Z",
    re.IGNORECASE,
)
_THROUGH = re.compile(  # The governor, in a statement by his secretary, | Bo Tarn
    r"(?:\A|\n|[.!?][”\"]? )(?:[A-Z][a-z]+, )?(?P<who>[^,.;:“”\"\n]{2,80})(?:, [^,.;:“”\"\n]{2,60})?,? in (?:an?|the|his|her|its)"
    r" (?:\w+ ){0,2}(?:statement|release|message|letter|communiqué|circular) (?:\w+ ){0,5}?(?:by|through|from) \Z"
)
_PASSIVES = words("passive_report")
_FULL_NAME = re.compile(r"[^\W\d_a-z][\w.’'-]*(?: (?:al-|de |van |bin )?[^\W\d_a-z][\w.’'-]*)+")
# verbs that tell a clause with *that*, or without where a pronoun or an article opens it
_TELLING = frozenset(
    "acknowledge add admit advise affirm allege announce answer argue assert assure boast caution claim clarify complain "
    "concede confess confide confirm contend declare deny explain hint inform insist joke maintain note notify observe pledge "
    "predict promise quip reassure recall reiterate remark remind repeat reply report respond retort reveal say speculate state "
    "stress swear tell testify threaten tweet underline vow warn write".split()
)
_TELL = frozenset("advise assure inform notify promise reassure remind tell warn".split())  # somebody
_TO_DO = frozenset("ask beg demand offer plead pledge promise request swear threaten vow".split())
_LET_DO = frozenset("advise ask beg implore instruct invite order plead tell urge warn".split())  # somebody
_PLAIN = _TELLING | _TO_DO | _LET_DO
_ADVERB = r"(?:has|have|had|also|later|then|once|long|since|always|twice|already|earlier|first|[a-z]+ly)"
_BOUND = re.compile(r"(?:, |\b(?:and|but|or|because|as|after|when|while|that|since|if|whether) )+")
_WHO_TELLS = re.compile(  # up to the verb
    rf"(?P<who>[Hh]e|[Ss]he|[Tt]hey|[Ii]t|one of them|(?:\d+ percent|[Mm]ost|[Mm]any|[Ss]ome|[Oo]thers)(?: of them)?|"
    rf"(?:[Tt]he )?(?:[a-z-]+ ){{0,3}}{_CAPITALS}(?:(?: (?:of|for|and|the|&))* {_CAPITALS}){{0,3}}|"
    r"(?:(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Mm]y|[Oo]ne of (?:the|his|her|its|their)|[Aa]nother|[Ss]ome|[Mm]any|"
    r"[Ss]everal|[Mm]ost) )(?:[\w’'-]+ ){0,3}?(?P<noun>[a-z-]+)(?: (?:of|from|at|in|for) [\w’' -]{2,40}?)?|"
    r"(?P<many>[a-z-]+s))"
    rf"(?: whom? [\w’' -]{{4,30}}?)?(?: {_ADVERB})* "
)
_HEARER = (
    r"(?: (?:to|with))? (?:him|her|them|us|me|(?:the|his|her|their|its|an?|one|two|some) (?:[a-z-]+ )?[a-z-]+|(?!this\b)[a-z]+s|"
    rf"{_CAPITALS})"
)
_WHEN = (
    r"(?: (?:in|on|at|as far back as|last|earlier|after|before|through|during|over|yesterday|by) [^,.;:\n\"“”]{1,40}?|"
    r", [^,.;:\n\"“”]{1,40}?,)?"
)
_THAT_BEHIND = re.compile(rf"(?P<whom>{_HEARER})?{_WHEN} that (?=\S)")
_CLAUSE_BEHIND = re.compile(
    rf"(?P<whom>{_HEARER})?{_WHEN} (?=(?:he|she|they|it|there|he[’']d|she[’']d|they[’']d|the|his|her|their) [a-z]|{_CAPITALS} )"
)
_DO_BEHIND = re.compile(rf"(?P<whom>{_HEARER})? (?=(?:not |never )?to (?P<verb>[a-z]+)\b)")
_ASK_BEHIND = re.compile(rf"(?P<whom>{_HEARER})? (?=(?:whether|if|why|how|what) )")
_NO_SUBJECT = FINITE | SUBORDINATORS | PREPOSITIONS | RELATIVES | COORDINATORS
_SUBJECT_REACH = 110  # characters before a verb in which its subject stands
_SHORT = 20  # characters of what holds no report
_REACH = 200  # characters behind a verb in which a clause has its own
_FEW = 4  # reports within one
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


def not_whom_it_tells_of(text: str, source: Chars) -> Chars:
    """*A man who knows Kim Veld said*: he says it, and not the name with which the clause on him ends; nor does a spokesman
    through whom somebody does: *The governor, in a statement by his secretary, Bo Tarn, said*.
    """
    lo, hi = source
    beside = text.endswith(("by ", "through ", "from "), 0, lo)
    if beside and (through := _THROUGH.search(text, max(0, lo - 2 * _SUBJECT_REACH), lo)) is not None:
        return through.span("who")
    begin = max(text.rfind("\n", max(0, lo - _SUBJECT_REACH), lo) + 1, lo - _SUBJECT_REACH, 0)
    if " who" not in text[begin:hi] and not text.startswith("who", lo):
        return source
    name = next((at for at in range(lo, hi) if text[at].isupper()), hi)
    m = _OF_CLAUSE.search(text, begin, name)
    return source if m is None or m.start("who") > lo else (m.start("who"), hi)


def what_letter_says(text: str, cue: Chars, content: list[Chars]) -> tuple[Chars, list[Chars]]:
    """*Drafted a letter | accusing the mayor of theft*: the participle that tells what a letter says is its verb, and no word."""
    lo, hi = content[0]
    m = _DOES.match(text, lo, hi)
    if lo != cue[1] + 1 or m is None or not speaks(m["verb"]) or text[slice(*cue)].split()[-1] not in DOCUMENTS:
        return cue, content
    return m.span("verb"), [(m.end(), hi), *content[1:]]


def told_by(text: str, cue: Chars, source: Chars | None, content: list[Chars]) -> tuple[Chars | None, list[Chars]]:
    """*Asked by the Tarvo Herald whether she would stay*, *was told by a clerk that it was late*: who asks, not who hears, and
    the words behind.
    """
    m = _TOLD_BY.match(text, cue[1]) if _HEARS.search(text, *cue) is not None else None
    behind = [(max(lo, m.end()), hi) for lo, hi in content if hi > m.end()] if m is not None else []
    return (m.span("who"), behind) if m is not None and behind else (source, content)


def announced_by_nobody(page: ArticleView, said: Shelf) -> Iterator[Utterance]:
    """The reports of verbs without a subject or an agent that no attribution holds yet: *it has been reported that*; *..., it was
    announced*.
    """
    for m in (*_IMPERSONAL.finditer(page.text), *_AT_THE_END.finditer(page.text)):
        verb = cue_verb(m["verb"])
        if verb is None or verb.lemma not in _PASSIVES or page.quotations_in([m.span("cue")]):
            continue
        own = page.sentence_at(page.paragraph_at(m.start()), m.start())
        content = trimmed(page, [_reported(page.text, own, m)]) if own is not None else []
        here = [m.span("cue"), *content]
        near = said.near(here)
        if not content or any(overlaps(a, b) for u in near for a in here for b in [*u.content, *([u.cue] if u.cue else [])]):
            continue
        end = content[-1][1]
        stop = page.text[end - 1] in ".!?" and not any(q.end == end for q in page.quotations_in(content))
        content[-1] = content[-1][0], end - stop
        yield Utterance(content, m.span("cue"), sure=1.0)


def _reported(text: str, sentence: Chars, m: re.Match[str]) -> Chars:
    """What is reported: what stands behind *that*, or before *it was announced* if that is a sentence."""
    if m.re is _IMPERSONAL:
        return m.end(), max(m.end(), sentence[1])
    words_ = [w.lower() for w in _WORD.findall(text, sentence[0], m.start())]
    whole = len(words_) >= _LEAST_WORDS and words_[0] not in _NO_SUBJECT and any(w in FINITE or w.endswith("ed") for w in words_)
    return sentence[0], m.start() if whole else sentence[0]


def told_plainly(page: ArticleView, said: Shelf) -> Iterator[Utterance]:
    """The reports whose form is plain and which no attribution holds yet: those within another's words (*Veld said Lund had told
    her that it was late*), and of sentences without any.
    """
    for o in said.all():
        if o.cue is None or o.source is None or page.wordless(*o.cue):
            continue
        outer = read_cue(page.text, o.cue, o.source, False)
        affirmed = outer.polarity == "affirmed" and outer.act != "stance"
        if affirmed and outer.cue_class != "deny":  # not: denied that Veld had told them to swim
            for span in list(o.content):
                yield from _told_in(page, said, span, within=True)
    for p in page.read:
        for own in page.sentences(p) if p.kind == "body" else ():
            if page.quotations_in([own]) or page.text[own[1] - 1] == "?":
                continue
            if not any(overlaps(own, part) for u in said.near([own]) for part in (*u.content, *([u.cue] if u.cue else ()))):
                yield from _told_in(page, said, own, within=False)


def _told_in(page: ArticleView, said: Shelf, span: Chars, within: bool) -> Iterator[Utterance]:
    """The plain reports in a stretch, a few at most."""
    text, (lo, hi), left = page.text, span, _FEW
    if hi - lo < _SHORT:
        return
    for m in _WORD.finditer(text, lo, hi):
        if not left:
            break
        verb = cue_verb(m.group()) if is_telling(m.group()) else None
        if verb is None or m.start() == lo or verb.lemma not in _PLAIN:
            continue
        cue, own = m.span(), page.sentence_at(page.paragraph_at(m.start()), m.start()) or span
        begin = _told_from(text, verb, cue[1], min(hi, own[1]))
        source = _who_tells(text, cue, (max(lo, own[0]), hi), within) if begin is not None else None
        if begin is None or source is None or page.quotations_in([cue]):
            continue
        end = min(hi, own[1]) - (own[1] <= hi and text[own[1] - 1] == ".")
        content = trimmed(page, [(begin, end)]) if begin < end else []
        clash = any(u.cue is not None and overlaps(u.cue, cue) for u in said.near([cue]))
        if not content or clash or read_cue(text, cue, source, False, own[0]).polarity != "affirmed":
            continue
        left -= 1
        yield Utterance(content, cue, source, within=within)


def _told_from(text: str, verb: CueEntry, at: int, end: int) -> int | None:
    """Where the words begin that a verb which ends at a position plainly tells."""
    end = min(end, at + _REACH)
    if verb.lemma in _TELLING and (m := _THAT_BEHIND.match(text, at, end)) is not None:
        said = text[m.end() : end].split()
        clause = any(w in FINITE or is_past(w) for w in said[1:]) and said[0] not in FINITE
        if clause and (m["whom"] is None or verb.lemma in _TELL or m["whom"].startswith(" to ")):
            return m.end()
    m = _DO_BEHIND.match(text, at, end)
    if m is not None and m["verb"] in lemmas(m["verb"]) and verb.lemma in (_TO_DO if m["whom"] is None else _LET_DO):
        return m.end()
    if verb.lemma == "ask" and (m := _ASK_BEHIND.match(text, at, end)) is not None:
        return m.end()
    m = _CLAUSE_BEHIND.match(text, at, end) if verb.lemma in _TELLING else None
    if m is None or (m["whom"] is not None) != (verb.lemma in _TELL and verb.lemma != "promise"):
        return None
    return m.end() if any(w in FINITE for w in text[m.end() : end].split(",")[0].split()[1:6]) else None


def _who_tells(text: str, cue: Chars, span: Chars, within: bool) -> Chars | None:
    """The subject right before a verb: behind the beginning of its clause, or where nobody else speaks of its sentence."""
    lo = max(span[0], cue[0] - _SUBJECT_REACH)
    begins = [lo] if lo == span[0] else []
    noun_like = text[cue[1] - 1] == "s" and cue_noun(text[slice(*cue)]) is not None  # films and TV reports that
    if within and not noun_like:
        begins += [m.end() for m in _BOUND.finditer(text, lo, cue[0])]
    for at in begins:
        m = _WHO_TELLS.fullmatch(text, at, cue[0])
        if m is None or m["who"].endswith(("’s", "'s")):
            continue
        noun = singular(m["noun"] or m["many"] or "")
        first = m["who"].split()[0].lower()
        words = [w for w in m["who"].split() if w.islower()]
        if first in _NO_SUBJECT - DETERMINERS or any(w in FINITE or is_past(w) for w in words):
            continue
        if not noun or is_person_noun(noun) or noun in BODIES or noun in DOCUMENTS:
            return m.span("who")
    return None


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
