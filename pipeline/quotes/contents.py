"""What belongs to the words of a report, and what beside them does not: whole names and clauses, a quotation that its attribution
interrupts (*"If it stops," said Ann Rees, who runs the mill, "we may save half."*), and what the paper tells beside
one (*he shouts, "Open," until shots are heard*).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from ..lexicon.cues import cue_verb, speaks
from ..lexicon.forms import lemmas, singular
from ..lexicon.nouns import BODIES, is_person_noun
from ..lexicon.words import ADVERBS, COORDINATORS, DAYS, DETERMINERS, FINITE, PARTICLE, PREPOSITIONS, RELATIVES, TITLES
from ..text.chars import Chars, joined, overlaps, without
from ..text.marks import Quoted
from ..text.seek import Seeker
from ..text.sentences import abbreviated
from ..text.view import ArticleView
from .edges import opens_clause

_WORD = re.compile(r"[^\W\d_]+")
_TOPIC = re.compile(r" (?P<words>(?:of|about|on) [^\"“”,.;:]{2,50})[,:] ?")
_OF_BEHIND = re.compile(r" (?:of|about|on)\Z")
_OPENED = re.compile(r"(?: [^\"“”,.;:]{2,50})?[,:]? ")
_VERB_BETWEEN = re.compile(r",? (?:and|but) [a-z][^\"“”.;:\n]{2,60}: ")
_LOUD = re.compile(
    r"\b(?:bellow|chant|cr(?:y|ie)|mouth|mutter|roar|scream|shout|whisper|yell)(?:s|d|ed|ing)?\Z"
)  # what is words alone
_CLEFT = re.compile(r"(?: (?:next|then|later|us|me|them|him|her|on \w+))? (?:is|was)(?::| that\b)? ?(?=\S)")
_WHAT, _NEAR_WHAT = re.compile(r"\bwhat\b", re.IGNORECASE), 80  # characters before a verb in which its *what* stands
_WHEN = re.compile(r"\s+(?:until|before|as|while|when|after|and then)\b")
_BEHIND_QUOTATION = re.compile(r"[^.;:\n\"“”]{0,100}")  # between a quotation and the cue behind it
_COPULA = re.compile(r"\s*(?:is|are|was|were)\b")
# said: "We won," and that the mill ...
_TOGETHER = re.compile(
    r"\W*(?:and|but|or|nor|because|if|when|while|so)\s+(?:that|how|he|she|it|they|we|I|the|an?|his|her|its|their)\b"
)
_BUT = re.compile(  # Tarvo saw 13 cases, but Ann Veld, a baker, said
    r"(?P<verb>\A|[^,;.]* )(?:but|while|although|though) (?P<who>[^\W\d_a-z][\w.’'-]*(?: [^\W\d_a-z][\w.’'-]*){1,3}), "
    r"(?:an?|the) [^,;.]{2,80}, \Z"
)
_NAME_BEHIND = re.compile(r"\s+((?:the\s)?(?:[^\W\d_a-z][\w’'-]*\s){0,3}[^\W\d_a-z][\w’'-]*)(?=[,.:;])")
_PARTS = tuple(',"”’»—–')
_WHERE = re.compile(r"\b[a-z]+ing (?=(?:in|at|to|on|from|outside|inside|during|after|before|by|via)\b)")  # speaking in Brant
_POINT = re.compile(r"[.;!?\"“”]\s")
_GOES_ON = re.compile(r"[,—–-]\s*\Z")
_ASIDE = Seeker(
    r"(?P<who>(?:[^\W\d_a-z][\w.’'-]*(?: (?=\S))){1,5}?[^\W\d_a-z][\w.’'-]*)(?:, [^,;:\n“”\"]{2,80})?, (?:who|which) \Z"
)
_OWNED = re.compile(r"(?:[’']s|\w[’']s)(?P<noun>(?: [a-z][\w-]*){1,4}) ")
_REACH = 160  # characters in which the noun of a relative clause stands
_MARKED_NOUN = re.compile(r" [“‘\"'](?:[a-z][\w-]*[ ”’\"']){1,3} ?(?=[a-z])")
_NAMES_BEHIND = re.compile(r"\s+(?P<first>(?:[^\W\d_a-z][\w.’'-]*\s+)+)")  # urged Sheikh Ahmad | Nawaf to act
_NAME_ENDS = re.compile(r"(?<=[\w,] )[^\W\d_a-z][a-z]+ \Z")
_REST_OF_NAME = re.compile(r"(?:[^\W\d_a-z][\w.’'-]* ){1,3}(?=(?:to|if|whether|how|why|what|about)\b)")
_TO_TITLE = re.compile(r" to (?P<words>(?:[^\W\d_a-z][\w.’'-]* ){1,6})")
_ASKED_WHOM = re.compile(r"ask(?:ed|s)? (?:[^\W\d_a-z][\w.’'-]* ){1,5}(?=(?:if|whether|how|why|what|who|when|where|about)\b)")
_REST_OF_TITLED = re.compile(r"(?:[^\W\d_a-z][\w.’'-]* ){1,3}(?=(?:the|an?|his|her|its|their|that|how)\b)")
_HEARER = re.compile(r"[A-Z]{2,6} (?=[\w“\"‘])")  # tells RTW | the crops failed
_IS_TOLD = re.compile(r"\b(?:is|are|was|were|be|been|being|’s|'s|’re|'re)(?: \w+)?\s*\Z", re.IGNORECASE)
_UP_TO_COMMA = re.compile(r"(?: [\w’'-]+){1,8}, ")
_UP_TO_VERB = re.compile(r"(?P<words>(?: [\w’'-]+){1,8})(?: [–—-])? {1,2}")  # adopted in | March  says the board
_NOT_SAID = ADVERBS | COORDINATORS | FINITE | RELATIVES | {"as", "be", "been", "being"}
_FROM_COMMA = re.compile(r", (?:[\w’'-]+ ){1,4}")
_HOLE = 120  # characters of words that may be missing between two parts of a report
CAPITAL = r"(?:[ae]l-)?[^\W\d_a-z][\w.’'-]*"
_APPOSED = re.compile(  # what tells more of a name, behind it: speaking in Brant; 41; the union's secretary; head of the mill
    r"(?:(?:who|whose|[a-z]+ing|of|from|one of) [^,]{2,80}|\d\d"
    r"|(?:the|an?|[^\W\d_a-z][\w’'-]*(?:[’']s|s[’'])) (?P<noun>[^,]{2,80}?)"
    r"|(?P<bare>[a-z][\w-]*(?: [a-z][\w-]*)?) (?:of|at|for|in) [^,]{2,80}), "
)
_NAME_SET_OFF = re.compile(  # her husband, Bo Rees, and a clause with a subject of its own
    rf", (?P<who>{CAPITAL}(?: (?:{PARTICLE} )?{CAPITAL}){{1,3}}), (?P<clause>(?!(?:who|whose|which|and|or|an?|\d)\b)[^,.;:\n]+)"
)
_NAMED = re.compile(rf"{CAPITAL}(?: {CAPITAL})*, ")
_OF_PLACE = re.compile(r" (?:of|at|for|in|from|on)\b")
_MANY = 6  # commas that set off what tells more of somebody
_NAME_REACH = 200  # characters behind a noun for somebody in which the name and its clause are looked for
_HEARD = re.compile(  # urged the council | to pay
    r"(?P<who>[^;:\n\"“”]{2,200}?),? (?P<what>(?:not )?to (?:not (?:only )?)?(?:[a-z]+ly )?(?P<verb>[a-z]+)\b)"
)
_ASKING = frozenset(
    "advise appeal ask beg beseech call command direct encourage exhort implore instruct invite order press "
    "request tell urge warn".split()
)
_ON = ("on", "upon", "to")
_CLAUSE = re.compile(r"(?:that|if|whether|how|why|what|when|where|for|he|she|they|we|i|there)\b", re.IGNORECASE)
_LEADS_TO = frozenset(  # words that another *to* belongs to: a plan to pay, ready to pay
    "able according adamant allowed attempt attempts bid capacity decision due eager efforts forced free going keen likely meant "
    "need needs ought plan plans power ready right responsible said set supposed unable used way willing".split()
)
_HEARERS = frozenset("him her them us me you it all both everybody everyone anybody anyone others people".split())
_FEW = 3  # words of whom one tells to do something, and not a clause
_HEARER_ENDS = PREPOSITIONS | RELATIVES | {"and", "or", "not"}
_TOPIC_BEFORE = re.compile(r"(?:Of|About|Regarding|Concerning|As (?:for|to)|Asked (?:about|on)) [^,.;:\n\"“”]{2,160},?\s*")


def outside_marks(page: ArticleView, source: Chars, cue: Chars) -> Chars:
    """A source without the quotation that it runs into; a nickname between marks, or a name in its role, is a part of it, and so
    is a noun between marks right before the verb.
    """
    behind = _MARKED_NOUN.match(page.text, source[1], cue[0]) if source[1] < cue[0] else None
    if behind is not None and behind.end() == cue[0]:
        return source[0], cue[0] - 1  # Tarvo’s ‘bread price’ shows that
    for q in page.quotations_in([source]):
        part = q.end <= source[1] and _GOES_ON.search(page.text, source[0], q.start) is None
        if source[0] < q.start < source[1] and not part:
            return source[0], source[0] + len(page.text[source[0] : q.start].rstrip(" ,;:—–-"))
    return source


def interrupted(page: ArticleView, cue: Chars, source: Chars | None, content: Sequence[Chars]) -> list[Chars]:
    """The content with the second half of a quotation that the attribution interrupts, whole.

    *"If it stops," said Ann Rees, who runs the mill, "we may save half."*: the first half ends with a comma, and the second goes
    on with a small letter behind a comma, with no other verb of speech between.
    """
    text, out = page.text, list(content)
    start = min(cue[0], (source or cue)[0])
    if not any(text[q.inner_end - 1] == "," and q.end <= start and page.wordless(q.end, start) for q in page.quotations_in(out)):
        return out
    p = page.paragraph_at(cue[0])
    begin = max(cue[1], source[1] if source is not None else 0)
    begin -= text[begin - 1] == ","  # read as the source's last
    quoted = page.quoted(p)
    k = bisect_left(quoted, begin, key=lambda q: q.start)
    second = quoted[k] if k < len(quoted) else None
    if second is None or not text[second.inner_start].islower() or _GOES_ON.search(text, begin, second.start) is None:
        return out
    between = _WHERE.sub("", text[cue[1] : second.start])
    stops = (m for m in _POINT.finditer(between) if m.group()[0] != "." or not abbreviated(between, 0, m.start()))
    if next(stops, None) is not None or any(speaks(m.group()) for m in _WORD.finditer(between)):
        return out
    return joined([*without(out, (second.start, second.end)), (second.start, second.end)])


def of_cleft(text: str, cue: Chars, content: list[Chars]) -> list[Chars]:
    """The words behind *what Veld said next was that ...*, without *what*."""
    end = content[-1][1]
    if len(content) > 1 and text[slice(*content[0])].lower() == "what" and text[cue[0] : cue[1]].endswith((" is", " was")):
        return content[1:]
    m = _CLEFT.match(text, cue[1], end)
    if m is None or m.end() >= end or _WHAT.search(text, max(0, cue[0] - _NEAR_WHAT), cue[0]) is None:
        return content
    first = text[slice(*content[0])].lower()
    return [(m.end(), end)] if first == "what" or (content[0][0] > cue[1] and content[0][0] <= m.end()) else content


def beside_quotation(page: ArticleView, cue: Chars, content: list[Chars]) -> list[Chars]:
    """The content without what is told of the saying: what it was of (*joked of the museum, "I have not seen it."*), before a
    quotation that is a sentence right behind the cue, or before one that a colon opens (*The club waits: "It is open," said Ann
    Rees*), and when, or what it is like (*shouts, "Open," until shots are heard*,
    *said, "We won," a line that drew cheers*), behind one; and without the verb before a noun of saying (*"Go" is her advice*).
    """
    text, out = page.text, content
    for q in page.quotations_in(content):
        copula = _COPULA.match(text, q.end, cue[0]) if q.end <= cue[0] else None
        if copula is not None:
            out = [(s, q.end if s < q.end < e <= copula.end() else e) for s, e in out]
        lead = _lead_in(page, q, cue, content)
        out = without(out, lead) if lead is not None else out
        if cue[1] <= q.start and any(_VERB_BETWEEN.fullmatch(text, e, q.start) and s >= cue[1] for s, e in content):
            out = without(out, (cue[1], q.start))  # summed up her plan and was blunt: "We go."
    first = content[0]
    if first[1] <= cue[0] and page.opens_sentence(first[0]) and _TOPIC_BEFORE.fullmatch(text, *first) is not None:
        said = [q for q in page.quotations_in(content) if q.start >= cue[1]]
        if said and text[said[0].inner_start].isupper() and not page.quotations_in([first]):
            out = without(out, first)  # Of the merger, she adds, "We had no choice."
    of = _OF_BEHIND.search(text, *cue)
    verb = of.start() if of is not None else cue[1]
    for q in page.quotations_in(content):
        p = page.paragraph_at(q.start)
        if q.start < cue[1] or not text[q.inner_start].isupper() or not q.closed or q.end > p.end:
            continue
        topic = _TOPIC.fullmatch(text, verb, q.start)
        if topic is None and _OPENED.fullmatch(text, cue[1], q.start) is None:
            continue
        if topic is not None and not any(_is_verb(w) for w in topic["words"].split()):
            out = without(out, (cue[1], q.start))
        own = page.sentence_at(p, q.end - 1)
        end = own[1] if own is not None else q.end
        announced = _announced(text, cue, q.start) and " " in text[q.inner_start : q.inner_end]
        told = (announced and _TOGETHER.match(text, q.end) is None) or (
            (text[q.inner_end - 1] == "," or _LOUD.search(text, *cue) is not None) and _WHEN.match(text, q.end)
        )
        if told and q.end < end and not page.quotations_in([(q.end, end)]):
            out = without(out, (q.end, end))
    return out


def _lead_in(page: ArticleView, q: Quoted, cue: Chars, content: list[Chars]) -> Chars | None:
    """The paper's own words before a quotation that a colon opens and whose attribution stands right behind it."""
    text = page.text
    if not (q.closed and text[q.inner_start].isupper() and text.endswith(": ", 0, q.start)):
        return None
    own = page.sentence_at(page.paragraph_at(q.start), q.start)
    if own is None or _BEHIND_QUOTATION.fullmatch(text, q.end, cue[0]) is None:
        return None
    begin = max((before.end for before in page.quotations_in(content) if before.end <= q.start), default=own[0])
    return max(own[0], begin), q.start


def _announced(text: str, cue: Chars, start: int) -> bool:
    """Whether a colon, or a comma with no noun of what is said before it, stands between a cue and a quotation."""
    between = text[cue[1] : start]
    first = between.split(" ")[1:2] if between[:1] == " " else []
    verb = cue_verb(text[slice(*cue)].lower())
    told = first == [] or first[0].strip(",").lower() in PREPOSITIONS | DAYS or (verb is not None and verb.lemma == "tell")
    return between.endswith(": ") or (between.endswith(", ") and told)


def name_behind(text: str, source: Chars | None, cue: Chars, content: Sequence[Chars]) -> Chars | None:
    """The name right behind a verb of saying that a comma or mark parts from what is before it: *..., says Veld: "..."*; not the
    first word of what is said: *Ann Rees, the coroner, said Veld, 29, was sorry*.
    """
    verb = cue_verb(text[slice(*cue)])
    says = verb is not None and verb.cue_class == "say" and verb.lemma != "tell"
    name = _NAME_BEHIND.match(text, cue[1]) if says else None
    if (
        name is None
        or (verb is not None and verb.lemma == "call")  # the gathering, called the Tarvo Forum,
        or (text[name.end()] == "." and abbreviated(text, *name.span(1)))
        or text[max(cue[0] - 2, 0) : cue[0]].strip()[-1:] not in _PARTS
    ):
        return None
    said = source is not None and source[1] <= cue[0] and any(overlaps(name.span(1), part) for part in content)
    return None if said or (source is not None and overlaps(source, (cue[1], name.end(1) + 1))) else name.span(1)


def last_subject(page: ArticleView, source: Chars | None, cue: Chars) -> Chars | None:
    """The subject right before a verb, where the one of the sentence's first half was read (*Tarvo saw 13 cases, but Ann Veld, a
    baker, said*), or the words of a relative clause (*Ann Veld, who lectures in Tarvo, told*).
    """
    if source is None or source[1] > cue[0] or page.quotations_in([(source[1], cue[0])]):
        return source
    owned = _OWNED.fullmatch(page.text, source[1] - 2, cue[0])
    if owned is not None and not any(w in FINITE | ADVERBS or w.endswith("ly") for w in owned["noun"].split()):
        return source[0], owned.end() - 1  # Tarvo’s | chief engineer said
    aside = _ASIDE.search(page.text, max(0, source[0] - _REACH), source[0])
    if aside is not None and _speaks_alone(page.text[slice(*source)].split(" ")[0]):
        return aside.span("who")  # Ann Veld, who | lectures in Tarvo, told
    m = _BUT.search(page.text, source[1], cue[0])
    return m.span("who") if m is not None and any(w in FINITE or cue_verb(w) is not None for w in m["verb"].split()) else source


def _speaks_alone(word: str) -> bool:
    """Whether a word in small letters is a verb of one person: *lectures*, *lived*."""
    return word.islower() and word.endswith(("s", "ed", "ught", "ote")) and bool(lemmas(word)) and word not in lemmas(word)


def _is_verb(word: str) -> bool:
    return word.lower() in FINITE or (word.endswith("ing") and speaks(word))  # an advertisement of Ann Veld asking


def with_name(text: str, content: list[Chars], cue: Chars) -> list[Chars]:
    """*Urged Sheikh Ahmad Nawaf to act*: a name that stands right behind the cue, whole; and without one who hears what is said
    (*tells RTW the crops failed*).
    """
    lo, hi = content[0]
    asked = _ASKED_WHOM.match(text, cue[0])
    if asked is not None and lo < asked.end() < hi:  # asked Ann Veld | why she left
        return [(asked.end(), hi), *content[1:]]
    if lo == cue[1] + 1 and (verb := cue_verb(text[slice(*cue)].lower())) is not None and verb.lemma == "tell":
        hearer = _HEARER.match(text, lo, hi) if _IS_TOLD.search(text, max(0, cue[0] - 30), cue[0]) is None else None
        if hearer is not None:
            return [(hearer.end(), hi), *content[1:]]
    to = _TO_TITLE.fullmatch(text, cue[1], lo) if lo > cue[1] else None
    titled = to is not None and any(w.lower() in TITLES for w in to["words"].split())
    if titled and (hearer := _REST_OF_TITLED.match(text, lo, hi)) is not None:  # conveyed to President Ann | Veld the thanks
        return [(hearer.end(), hi), *content[1:]]
    if lo > cue[1] and text[lo].isupper() and (m := _NAMES_BEHIND.fullmatch(text, cue[1], lo)) is not None:
        return [(m.start("first"), hi), *content[1:]]
    rest = _REST_OF_NAME.match(text, lo, hi) if lo > cue[1] and _NAME_ENDS.search(text, cue[1], lo) is not None else None
    return content if rest is None else [(rest.end(), hi), *content[1:]]  # asked the chief executive Daniel | Yong if he was


def without_hearer(text: str, content: list[Chars], cue: Chars) -> list[Chars]:
    """*Urged the council to pay*, *ordered Ann Veld to leave*: what is to be done, without who is to do it."""
    said = text[slice(*cue)].lower().split()
    if not content or not said:
        return content
    (lo, hi), verb = content[0], cue_verb(said[0])
    m = _HEARD.match(text, cue[1] + 1, hi) if verb is not None and verb.lemma in _ASKING and lo > cue[1] else None
    if m is None or verb is None or m.start("what") < lo or _CLAUSE.match(text, cue[1] + 1) is not None:
        return content
    if (verb.lemma in ("call", "appeal")) != (said[-1] in _ON):
        return content
    words, last = m["who"].split(), m["who"].split()[-1].lower()
    if (
        any(w.lower() in FINITE for w in words)
        or (verb.lemma == "tell" and len(words) > _FEW)
        or last in _LEADS_TO
        or last.endswith("ed")
        or m["verb"] not in lemmas(m["verb"])
    ):
        return content
    if cue_verb(last) is not None and last not in lemmas(last):  # warned that Tarvo wants to pay
        return content
    ends = (k for k, w in enumerate(words) if k and (w.lower().strip("(,") in _HEARER_ENDS or _is_participle(words, k)))
    head = next(ends, len(words)) - 1
    noun = words[head].strip(",)")
    hears = (
        noun[:1].isupper()
        or noun.lower() in _HEARERS
        or is_person_noun(singular(noun.lower()))
        or singular(noun.lower()) in BODIES
    )
    return [(m.start("what"), hi), *content[1:]] if hears or verb.lemma in ("urge", "call", "appeal") else content


def _is_participle(words: Sequence[str], k: int) -> bool:
    """Whether a word tells more of the noun before it: *people picking mushrooms*."""
    return words[k].islower() and words[k].endswith(("ing", "ed")) and words[k - 1].lower() not in DETERMINERS


def without_holes(page: ArticleView, content: list[Chars], cue: Chars, source: Chars | None) -> list[Chars]:
    """A report as it stands in its sentence, where a few of its words between others, or before a quotation, were not read; up to
    the comma before who says it.
    """
    quoted = page.quotations_in(content)
    out = content[:1]
    attribution = [cue, *([source] if source is not None else [])]
    for s, e in content[1:]:
        hole = (out[-1][1], s)
        near = 0 < s - hole[0] <= _HOLE and page.sentence_at(page.paragraph_at(s), s) == page.sentence_at(
            page.paragraph_at(out[-1][0]), out[-1][0]
        )
        if quoted:  # at the | summit in Tarvo, | “we won”
            plain = not page.quotations_in([out[-1]]) and any(s <= q.start and page.wordless(s, q.start) for q in quoted)
            begun = page.text[slice(*out[-1])].split(" ")[-1].lower() in DETERMINERS | PREPOSITIONS | COORDINATORS
            near = near and plain and begun and not page.wordless(*hole)
            near = near and not any(speaks(w) for w in _words(page.text, hole))
        if near and not any(overlaps(hole, part) for part in attribution) and not page.quotations_in([hole]):
            out[-1] = (out[-1][0], e)
        else:
            out.append((s, e))
    if quoted:
        return out
    begin, end = min(attribution)[0], max(attribution)[1]
    for k, (s, e) in enumerate(out):
        up_to = _UP_TO_VERB.fullmatch(page.text, e, begin) if e < begin else None
        if e < begin and _UP_TO_COMMA.fullmatch(page.text, e, begin) is not None:
            out[k] = (s, begin - 2)
        elif up_to is not None and not any(
            w.lower() in _NOT_SAID or w.endswith("ly") or speaks(w) for w in up_to["words"].split()
        ):
            out[k] = (s, up_to.end("words"))
        elif k and out[k - 1][1] <= begin and end < s and (m := _FROM_COMMA.fullmatch(page.text, end, s)) is not None:
            out[k] = (s if any(cue_verb(w) is not None for w in m.group().split()) else end + 2, e)
    return out


def _words(text: str, span: Chars) -> list[str]:
    return [m.group() for m in _WORD.finditer(text, *span)]


def without_appositions(text: str, source: Chars, content: list[Chars]) -> list[Chars]:
    """*According to Ann Rees, the union's secretary, the dam is full*: what tells more of who says it is not said."""
    begin, (lo, hi) = source[1], content[0]
    for _ in range(_MANY):
        end = _apposition_end(text, begin, lo, hi)
        if end is None:
            break
        begin, lo = end - len(", "), end
    return [(lo, hi), *content[1:]]


def _apposition_end(text: str, begin: int, lo: int, hi: int) -> int | None:
    """Where what tells more of somebody, behind a comma, ends in words that are said, and a clause follows."""
    m = _APPOSED.match(text, begin + len(", "), hi) if text.startswith(", ", begin) and begin < lo else None
    if m is None or m.end() <= lo:
        return None
    noun = m["noun"] or m["bare"]
    if noun is not None and not is_of_person(noun):
        return None
    if m["noun"] and " " not in noun and _NAMED.match(text, m.end(), hi):
        return None  # according to Ann Rees, the mayor, Bo Veld, has resigned
    return m.end() if opens_clause(text, m.end(), hi) else None  # not: according to the Ledger, a woman, aged 30, was held


def with_name_behind(text: str, source: Chars) -> Chars:
    """*According to her husband, Bo Rees, the dam is full*: a noun for somebody with the name behind it."""
    m = _NAME_SET_OFF.match(text, source[1], source[1] + _NAME_REACH)
    if m is None or not is_of_person(text[slice(*source)]):
        return source
    return (source[0], m.end("who")) if any(w in FINITE for w in m["clause"].split()) else source


def is_of_person(phrase: str) -> bool:
    """Whether a noun phrase is for a person, by its noun: *secretary of the union*."""
    words = _OF_PLACE.split(phrase)[0].split()
    return bool(words) and is_person_noun(words[-1].lower())
