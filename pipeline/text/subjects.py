"""Subjects of a sentence by its form alone: a pronoun, a name or a noun with its article, and the verb behind it; and whose a
second verb is, or what goes on behind words that somebody tells.
"""

from __future__ import annotations

import re

from ..lexicon.cues import cue_verb, speaks
from ..lexicon.forms import lemmas, parts_of_speech, singular
from ..lexicon.nouns import BODIES, BODY_LIKE, PLURALS, is_person_noun
from ..lexicon.words import DAYS, DETERMINERS, FINITE, RELATIVES, SUBORDINATORS
from .chars import Chars
from .view import ArticleView

# whose past is like the infinitive
SAME_FORMS = frozenset("beat bet cast cost cut forecast hit hurt let put quit read set shut spread".split())
_SUBJECT = (
    r"(?P<who>[Hh]e|[Ss]he|[Tt]hey|[Ii]t|[Ww]e|I|(?:[Tt]he |[Aa]n? |[Hh]is |[Hh]er )?"
    r"[^\W\d_a-z][\w.’'-]*(?: [^\W\d_a-z][\w.’'-]*){0,4}|(?:[Tt]he|[Hh]is|[Hh]er) [a-z-]+) "
    r"(?:(?:also|then|later|has|had|have|\w+ly) )?(?P<verb>[a-z]+)\b"
)
_FIRST = re.compile(rf"(?:[A-Z][\w’'-]* [^,.;:\n\"“”]{{1,80}}, )?{_SUBJECT}")  # Following his speech, | he gave
_NEXT = re.compile(rf",[”\"]? {_SUBJECT}")
_OTHER = re.compile(r", (?:who|which|whose|but|and)\b")
_PRONOUN = re.compile(r"\b(?P<who>[Hh]e|[Ss]he|[Tt]hey) (?:(?:also|then|later|further|has|had|have) )*\Z")
_NOUN = re.compile(r" (?P<who>(?:the|an?|its|his|her|their) [^,.;:\n\"“”]{2,60}|(?:[a-z-]+ ){0,2}[a-z]+s)(?=\.?\s*(?:\n|\Z)|\. )")
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being|got|gets)(?: \w+ly| also| since| now)? \Z")
_BY = re.compile(
    r" (?:\w+ly |also |again )?by (?P<who>(?:(?:the|an?|his|her|their|its|one|two|several|some) )?[^\s,;:.\n\"“”]"
    r"[^,;:.\n\"“”]{1,80}?)(?= (?:that|to|not|about|how|why|whether|if|on|last|this|earlier|in|at)\b|,? [\"“])"
)
_WHO_AND = re.compile(r"\b(?P<who>[Ww]ho) [a-z][^,;:.!?\n\"“”]{3,100},? and (?:\w+ly |also |now |still )?\Z")
_GOES_ON = re.compile(r",? (?:but|and|yet|then)(?: \w+ly| also| later| then)? \Z")
_ANOTHER = re.compile(r" (?:[^\W\d_a-z]|(?:he|she|they|it|we|who|which|that|whom|while|because|after|when)\b)")
_WHO = re.compile(r"\s*(?P<who>[^\W\d_a-z][^\"“”;:]{2,90}?),? ")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SOMEBODY = frozenset("he she they we i you who everyone everybody nobody some many others people".split())
_OBJECTS = DETERMINERS | frozenset("for that if whether him them her it people residents drivers anyone everyone".split())
_CLAUSES = RELATIVES | SUBORDINATORS - {"as", "before", "after", "until", "since"}
_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")
_MINDS = frozenset("believe expect fear hope think want".split())
_REACH = 300  # characters of a report in which a second verb may stand
_COMMENT = re.compile(  # said it fell by a fifth | , a drop that she called “a gift”
    r", (?:which|(?:an?|the) [a-z][\w’ -]{1,40}?) (?:that )?(?:it|he|she|they) (?:later |also |once |has |had )*"
    r"(?:calls?|called|describes?|described|dubs|dubbed|terms|termed|labels|labelled|labeled)(?: as)? [“\"‘']"
)
_QUOTED_LAST = re.compile(r"[^“”\"]*[”\"’']?\Z")
_BUT_WHETHER = re.compile(  # said it is safe | , but is it?
    r", (?:but|and|so|yet) (?:is|are|was|were|will|would|can|could|should|does|do|did|has|have|who|what|why|how|where|when)\b"
)
_SET_OFF = re.compile(r"(?: \w+ly)?, (?P<who>(?:who|which|that)\b)?")
_FEW = 40  # characters behind a report in which a comment that has begun in it is told
_LONG = 30  # words of a subject with all that tells more of it
_LONGEST = 10  # words of a subject
_FAR = 40  # characters before a verb in which its pronoun stands


def is_past(word: str) -> bool:
    """Whether a word may be a verb in the past, or a participle of it: *left*, *called*, *hit*."""
    return word.islower() and (
        word in SAME_FORMS or (not word.endswith(("s", "ing")) and any(base != word for base in lemmas(word)))
    )


def subject_first(text: str, begin: int, end: int) -> Chars | None:
    """The subject with which a sentence begins, perhaps behind words set off, of whatever goes on without another up to a
    position: *After it he gave her the drum, | saying*.
    """
    m = _FIRST.match(text, begin, end)
    return m.span("who") if m is not None and _is_verb(m["verb"]) and _OTHER.search(text, m.end(), end) is None else None


def subject_next(text: str, at: int) -> Chars | None:
    """The subject behind a comma at a position: *Insisting that she had paid | , Veld left the court*."""
    m = _NEXT.match(text, at)
    return m.span("who") if m is not None and _is_verb(m["verb"]) else None


def pronoun_before(text: str, at: int) -> Chars | None:
    """The pronoun right before a verb at a position: *he also | claimed*."""
    m = _PRONOUN.search(text, max(0, at - _FAR), at)
    return m.span("who") if m is not None else None


def noun_behind(text: str, at: int) -> Chars | None:
    """The noun phrase behind a verb that ends at a position, up to the end of its sentence: *claimed | the port authority.*"""
    m = _NOUN.match(text, at)
    return m.span("who") if m is not None and not any(w in FINITE for w in m["who"].split()) else None


def _is_verb(word: str) -> bool:
    """Whether a word may be the verb of a main clause."""
    return is_past(word) or word in FINITE or (word.endswith("s") and "VERB" in parts_of_speech(word))


def agent_behind(text: str, cue: Chars) -> Chars | None:
    """By whom it is told behind a verb in the passive that somebody was told something: *were warned by | the club | that*."""
    if " by " not in text[cue[1] : cue[1] + _FAR]:
        return None
    m = _BY.match(text, cue[1]) if _PASSIVE.search(text, max(0, cue[0] - _FAR), cue[0]) is not None else None
    if m is None:
        return None
    words = m["who"].split()
    last = singular(words[-1].lower())
    known = is_person_noun(last) or words[-1] in PLURALS or last in BODIES or last in BODY_LIKE
    return m.span("who") if known or words[-1][0].isupper() else None


def subject_of_second(text: str, begin: int, cue: int) -> Chars | None:
    """The subject of a second verb: *Veld | did not reply at once, but said*, *a baker | who | lives there and claims*.

    Args:
        text: the article.
        begin: of the sentence.
        cue: where the second verb begins.
    """
    relative = _WHO_AND.search(text, max(begin, cue - 3 * _FAR), cue)
    if relative is not None:
        return relative.span("who")
    joint = _GOES_ON.search(text, max(begin, cue - _FAR), cue)
    subject = subject_first(text, begin, joint.start()) if joint is not None else None
    if subject is None or joint is None or _ANOTHER.search(text, subject[1], joint.start()) is not None:
        return None
    return subject


def comment_begins(text: str, lo: int, hi: int) -> int | None:
    """Where the paper goes on behind the words of a report, with what the same speaker calls it or with a question of its own:
    *said it fell by a fifth | , which she called “a gift”*; None if it does not.
    """
    called = _COMMENT.search(text, lo, min(hi + _FEW, len(text)))
    if called is not None and called.start() < hi and (called.end() >= hi or _QUOTED_LAST.match(text, called.end(), hi)):
        return called.start()  # not: said the fee, which she called “a joke”, had to go
    asked = _BUT_WHETHER.search(text, lo, hi) if text[hi : hi + 1] == "?" else None
    return asked.start() if asked is not None else None


def _form(word: str) -> str:
    """Whether a verb is in the past (*said*), of one in the present (*says*), or else (*say*)."""
    if is_past(word) and word not in lemmas(word):
        return "past"
    return "one" if word.endswith("s") else "many"


def told_of_thing(text: str, cue: str, lo: int, at: int, verb: str, following: str) -> bool:
    """Whether a verb that is joined to words of a report goes with the verb of saying, as what the words tell of says nothing:
    *said the boilers were cold and | asked for help*.

    Args:
        text: the article.
        cue: the verb of saying, in small letters.
        lo: where the words of the report begin.
        at: where the conjunction before the second verb stands.
        verb: the second verb.
        following: the word behind it.
    """
    second = cue_verb(verb)
    if at - lo > _REACH or second is None or cue_verb(cue) is None or _form(cue) != _form(verb) or verb.endswith("ing"):
        return False
    of_papers = second.cue_class == "say" if second.act == "speech" else second.lemma not in _MINDS
    if of_papers or not (following in _OBJECTS or following == "to" or following.istitle()):
        return False
    words = _WORD.findall(_QUOTED.sub("", text[lo:at]))
    k = next((k for k, w in enumerate(words[: _LONGEST + 1]) if w.lower() in FINITE), 0)
    subject = words[:k]
    if not subject or any(not w.islower() or w in _SOMEBODY or w in BODIES or is_person_noun(singular(w)) for w in subject):
        return False
    return not any(w.lower() in _SOMEBODY or w.lower() in _CLAUSES for w in words[k:])


def day_as_source(page: ArticleView, cue: Chars, source: Chars) -> Chars:
    """Whom a source is that was read as the day behind the verb: the words between a quotation and it (*"...," Senator Ann Veld,
    R-Tarvo, said Tuesday*).
    """
    text = page.text
    if text[slice(*source)].lower() not in DAYS or source[0] < cue[1]:
        return source
    own = page.sentence_at(page.paragraph_at(cue[0]), cue[0]) or cue
    begin = max([own[0], *(q.end for q in page.quotations_in([own]) if q.end <= cue[0])])
    m = _WHO.fullmatch(text, begin, cue[0])
    return m.span("who") if m is not None else source


def whole_around(page: ArticleView, content: list[Chars], own: Chars, said_by: Chars) -> list[Chars] | None:
    """The subject before an attribution, whole, whose verb stands behind it (*The price of | bread, Lund said, | was high*), and
    what *it was Lund*, before one, goes on with (*who had paid*).
    """
    text, (begin, end) = page.text, said_by
    (s, e), later = content[0], next((span for span in content if span[0] >= end), None)
    behind = _SET_OFF.match(text, end, own[1])
    if behind is None or text[begin - 2 : begin] != ", " or page.quotations_in([(own[0], begin)]):
        return None
    cleft = behind["who"] and s == own[0] and text.startswith("It ", s)
    if cleft and (later is None or later[0] > behind.start("who")):
        return [(s, begin - 2), (behind.start("who"), own[1] - (text[own[1] - 1] in ".?!"))]
    goes_on = later is not None and later[0] <= behind.end() + 1 and text[later[0] : later[1]].split()[0].strip("“\"‘'") in FINITE
    front = text[own[0] : begin - 2].split()
    if not goes_on or s < own[0] or e == begin - 2 or len(front) > _LONG or any(speaks(w) or w in RELATIVES for w in front):
        return None
    return [(own[0], begin - 2), *(span for span in content if span[0] >= end)]
