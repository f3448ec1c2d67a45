"""The paper's own words: names, pronouns and noun phrases outside quotations make salient whom they stand for; and whom it
introduces, interviews, or names but later.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from ..lexicon.forms import is_noun, lemmas, parts_of_speech, singular
from ..lexicon.governments import country_of
from ..lexicon.nouns import BODIES, BODY_LIKE, PLURALS, is_person_noun
from ..lexicon.words import DETERMINERS, FINITE, PREPOSITIONS, RELATIVES, UNIT_WORDS
from ..naming.cast import Cast, Name
from ..naming.mentions import Mention, head_of
from ..naming.names import PrintedName
from ..text.chars import Chars, stands_in
from ..text.view import ArticleView
from .beside import is_modifier
from .discourse import OTHER, POSSESSIVE, SUBJECT, Discourse, Referent, is_called
from .noun_phrases import NounPhrases

_PRONOUN = re.compile(r"[HISThist](?<!\w\w)(?:(?<=[Hh])(?:e|is|er|im)|(?<=[Ss])he|(?<=[Ii])t|(?<=[Tt])hey)\b")  # *he*, fast
_NOUN = re.compile(
    r"(?<![\w’'-])([Tt]he|[Aa]n?|[Oo]ne|[Aa]nother|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[\w’'-]{1,40}[’']s?) "
    r"(?=((?:[\w’'-]+ ){0,4}[\w’'-]+))"
)
_LINK = r"(?:and |but |when |while |as |because |before |after |until )"
_OPENS = re.compile(rf"(?:[\"”’»,;:—–] ?{_LINK}?|\b(?:{_LINK[3:-1].replace(' ', '')}|that) )(?:[Tt]he |[Aa]n? )?\Z")
_ARTICLE = re.compile(r"(?:[Tt]he |[Aa]n? )\Z")
_LEADING = re.compile(
    r"(?<![\w’'-])(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[\w’'-]+[’']s?)? ?(?:[a-z][\w’'-]* ){0,4}(?:[\w’' -]+, )?\Z"
)
_APPOSED_TO = re.compile(  # Ann Veld (34) from Norway, | a baker
    r"(?: \([^()\n]{1,30}\))?(?:,? (?:aged )?\d{1,3})?(?:,? (?:of|from) (?:the )?[^\W\d_a-z][\w-]*(?: [^\W\d_a-z][\w-]*)?)?, "
)
_IS = re.compile(r"\b(?:is|was|be|been|being|became|becomes|become|remains|as(?= an? )) ")
_OF = re.compile(r" of (?:the )?[^\W\d_a-z][\w’'-]*(?: [^\W\d_a-z][\w’'-]*)*")
_AND = re.compile(  # Ann Veld, 43, | and her sister | Bo Lund; Ann Veld of Norway | and
    r"(?: \([^()\n]{1,30}\)|, \d{1,3}| (?:of|from) (?:the )?[A-Z][a-z]+(?: [A-Z][a-z]+)?)?"
    r"(?P<link>,? and(?: also)?|,)(?: (?:(?:the|his|her|their|its) )?(?P<role>(?:[\w-]+,? ){0,4}))"
)
_ARE = re.compile(r"\b(?:are|were) (?:(?:the|his|her|their) )?(?:[a-z-]+ ){0,3}\Z")
_SAID_TO_BE = re.compile(r"(?:, \d{1,3})?,? (?:are|were)(?: [a-z-]+){1,3}")  # Ann Veld, 24, and Bo Lund, 22, | are sisters
_SOME_OF = re.compile(
    r"\b(?:includ(?:e|es|ed|ing)|such as|like|among(?: them)?:?|than|with|between) (?:the )?(?:[a-z-]+ ){0,3}\Z"
)
_INTERVIEW = re.compile(  # the article's own: the Courier interviewed; we spoke to
    r"\b(?:interviewed|[Ii]nterview with|[Qq] ?& ?[Aa] with|(?:questions|answers) (?:for|from)|"
    r"(?:[Ww]e|I) (?:recently |also )?(?:met|asked)|"
    r"(?:spoke|speaks?|talk(?:ed|s)?|chat(?:ted|s)?|caught up|catch(?:es)? up|sat down|sits? down|conversation) (?:to|with)) "
)
_UP_TO_NAME = re.compile(r"(?:[^.;:!?\n\"“”]{1,80} )?")  # the last manager of the mill, | Ann Veld
_WORD = re.compile(r"\b[a-z][a-z-]+\b")
_MOST = 6  # people who stand side by side
_FAR = 600  # characters behind them in which others are looked for
_NEXT = 160  # characters behind the word for an interview in which it is told who was interviewed
_SOON = 500  # characters between an office, or who has no name yet, and the name
_POINTS = '.!?:”"’…'  # with one of which a paragraph ends, and no line that names a reporter
_UP_TO_POINT = re.compile(r".*[^\w’' ,-]", re.DOTALL)


class Narration:
    """What an article says between its quotations, read from beginning to end."""

    def __init__(self, page: ArticleView, cast: Cast, quoted: Sequence[Chars], discourse: Discourse, nouns: NounPhrases) -> None:
        self.page = page
        self.text = page.text
        self.cast = cast
        self.discourse = discourse
        self.nouns = nouns
        self._together = {people[-1].start: people for people in self._lists(quoted)}  # by the last
        self._heard = self._found(quoted)
        self._at = 0

    def read_to(self, position: int) -> None:
        """Hear what is said up to a position."""
        while self._at < len(self._heard) and self._heard[self._at][0] < position:
            self._hear(*self._heard[self._at])
            self._at += 1

    def skip_to(self, position: int) -> None:
        """Leave out what stands up to a position."""
        while self._at < len(self._heard) and self._heard[self._at][0] < position:
            self._at += 1

    def _found(self, quoted: Sequence[Chars]) -> list[tuple[int, PrintedName | Mention | str]]:
        """Names, pronouns and noun phrases outside quotations, by position."""
        found: list[tuple[int, PrintedName | Mention | str]] = [(p.start, p) for p in self.cast.printed]
        found += [(m.start(), m.group().lower()) for m in _PRONOUN.finditer(self.text)]
        for m in _NOUN.finditer(self.text):
            phrase = self._noun_phrase(m.start(), m.group(1), m.group(2)) if not stands_in(quoted, m.start()) else None
            if phrase is not None:
                found.append((m.start(), phrase))
        return sorted((heard for heard in found if not stands_in(quoted, heard[0])), key=lambda heard: heard[0])

    def _noun_phrase(self, start: int, determiner: str, rest: str) -> Mention | None:
        """A noun phrase for a person or a body that stands by itself: not *the mayor Ann Veld*."""
        words = rest.split(" ")
        head = -1
        for k, w in enumerate(words):
            low = w.lower()
            if low in PREPOSITIONS or low in FINITE or low in RELATIVES or (w[0].isupper() and k > 0 and words[k - 1].islower()):
                break
            if k > 0 and (low in DETERMINERS or _is_told_to(words[k - 1], w)):
                break
            if is_person_noun(low) or low in BODIES or low in BODY_LIKE:
                head = k
        if head < 0 or (head + 1 < len(words) and _goes_on(words[head + 1])):
            return None
        phrase = " ".join(words[: head + 1])
        end = start + len(determiner) + 1 + len(phrase)
        for p in self.cast.printed_in(end, end + 40):
            if p.titled == end + 1 or (p.titled == end + 2 and self.text[end] == "," and p.kind == "person"):
                return None  # the name follows, and has it for a role
        if any(p.start < end <= p.end for p in self.cast.printed_in(start, end)):
            return None  # the noun is a part of a name
        before = self.text.rfind(" ", 0, max(0, start - 1)) + 1
        if _IS.match(self.text, before) and self.text[max(0, before - 6) : before].lower() != "there ":
            return None  # what somebody is: Veld is an actor
        if any(_APPOSED_TO.fullmatch(self.text, p.end, start) is not None for p in self.cast.printed_in(start - 80, start)):
            return None  # an apposition of the name before
        low = determiner.lower()
        owned = low[-1] in "s’'" and low != "his"
        owner = determiner if owned and words[head] in ("campaign", "office") else ""  # Veld's campaign, and then the campaign
        of = _OF.match(self.text, end) if is_person_noun(words[head].lower()) else None
        whole = f"{phrase}{of.group()}" if of is not None else ""  # the bishop of Brant, who is not the one of Tarvo
        return Mention(
            "nominal", head=head_of(phrase), determiner="'s" if owned else low, owner=owner, phrase=phrase, whole=whole
        )

    def _hear(self, position: int, what: PrintedName | Mention | str) -> None:
        """Somebody is spoken of, in the paper's own words."""
        weight = SUBJECT if self._opens(max(0, position - 40), position) else OTHER
        if isinstance(what, PrintedName):
            name = self.cast.of(what)
            if name.kind == "government" or (name.kind == "person" and not name.sure):
                return  # a place is nobody until it speaks, nor is a word that only has a capital
            referent = self.discourse.of_name(name)
            referent.sure = 1.0
            self.discourse.mention(referent, position, self._weight(what, weight))
            if what.start in self._together:
                self._hear_together(self._together[what.start], position)
        elif isinstance(what, str):
            found = self.discourse.antecedent(what, position)
            if found is not None:
                self.discourse.mention(found.referent, position, POSSESSIVE if what in ("his", "her", "him") else weight)
        elif (several := self.discourse.called_together(what, position)) is not None:
            self.discourse.mention(several, position, weight)
        elif (known := self.nouns.resolve(what, position, quiet=True)) is not None:
            self.discourse.mention(known[0], position, weight)

    def _hear_together(self, people: Sequence[PrintedName], position: int) -> None:
        """Several are spoken of by name, side by side; positions are of the last."""
        first, names = people[0], list(dict.fromkeys(map(self.cast.of, people)))
        if len(names) != len(people) or len(names) > _MOST:
            return
        some = _SOME_OF.search(self.text, max(0, first.titled - 60), first.titled) is not None
        if some and not self.text.startswith(", who ", people[-1].end):
            return  # whoever else is of them may be meant besides
        are = _ARE.search(self.text, max(0, first.titled - 60), first.titled) is not None
        weight = SUBJECT if are else self._weight(first, SUBJECT if self._opens(max(0, first.start - 40), first.start) else OTHER)
        said_to_be = _SAID_TO_BE.match(self.text, people[-1].end)
        end = said_to_be.end() if said_to_be is not None else people[-1].end
        words = self.text[max(0, first.titled - 30) : end]
        self.discourse.mention(self.discourse.of_names(names, words), position, weight)

    def _lists(self, quoted: Sequence[Chars]) -> Iterator[list[PrintedName]]:
        """People who are named side by side, with *and* before the last: *Ann Veld, 43, and her sister Bo Lund*."""
        told: list[PrintedName] = []
        linked = False
        for p in (p for p in self.cast.printed if self.cast.of(p).kind == "person"):
            link = _AND.fullmatch(self.text, told[-1].end, p.titled) if told and p.titled - told[-1].end < 80 else None
            goes_on = link is not None and self._is_somebody(p) and self._is_role(link["role"])
            if linked and (link is None or not goes_on or "and" not in link["link"]):
                yield told
            if link is not None and goes_on and (not linked or "and" in link["link"]):
                told, linked = [*told, p], "and" in link["link"]
            else:
                told, linked = [p] if self._is_somebody(p) and not stands_in(quoted, p.start) else [], False
        if linked:
            yield told

    def _is_somebody(self, p: PrintedName) -> bool:
        """Whether a name is of a person who is meant there, not of what is that one's: *Veld's shop*, *the Veld era*."""
        name = self.cast.of(p)
        owns = self.text[p.end : p.end + 2] in ("’s", "'s", "’ ", "' ")
        return name.sure and not owns and not is_modifier(self.text, p)

    @staticmethod
    def _is_role(words: str) -> bool:
        """Whether words between *and* and a name tell who that is: *her sister*, *Norwegian*."""
        told = words.lower().replace(",", "").split()
        return not told or is_person_noun(singular(told[-1])) or (len(told) == 1 and country_of(told[0]) is not None)

    def _weight(self, p: PrintedName, weight: float) -> float:
        """How salient a name is where it is printed."""
        if self.text[p.end : p.end + 2] in ("’s", "'s"):
            return POSSESSIVE
        if p.kind == "person" and is_modifier(self.text, p):
            return POSSESSIVE  # the Veld-Lund government
        if p.start in self.cast.subjects:
            return SUBJECT
        far = max(0, p.titled - 60)
        point = _UP_TO_POINT.match(self.text, far, p.titled)
        leading = _LEADING.search(self.text, point.end() if point else far, p.titled)
        if leading is not None and not PREPOSITIONS.isdisjoint(leading.group().lower().split()):
            leading = None  # rejected the claim by Veld
        return SUBJECT if self._opens(far, leading.start() if leading else p.titled) else weight

    def _opens(self, lo: int, at: int) -> bool:
        """Whether a sentence or a clause opens at a place, or at an article right before it."""
        article = _ARTICLE.search(self.text, max(lo, at - 4), at)
        opens = self.page.opens_sentence(article.start() if article else at)
        return opens or _OPENS.search(self.text, lo, at) is not None


def _is_told_to(noun: str, word: str) -> bool:
    """Whether a word behind a noun tells what that did: *the fire | destroyed council offices*."""
    if not (noun.islower() and word.islower()) or word.endswith("ing") or not is_noun(noun):
        return False
    can_be = parts_of_speech(word)
    past = word.endswith("ed") or (not word.endswith("s") and word not in lemmas(word)[:1])  # bit
    return "VERB" in can_be and ("NOUN" not in can_be or past)


def _goes_on(word: str) -> bool:
    """Whether a noun phrase goes on with a word that is a noun and nothing else: *the council | workers*."""
    return word.islower() and word not in UNIT_WORDS and parts_of_speech(word) == {"NOUN"}


def is_of_several(page: ArticleView, quoted: Sequence[Chars], span: Chars, r: Referent) -> bool:
    """Whether a stretch speaks of several people by a noun in small letters, outside quotations, by which those who were named
    together are not called: *farmers*, *the police*.
    """
    for m in _WORD.finditer(page.text, max(span[0], span[1] - _FAR), span[1]):
        word, one = m.group(), singular(m.group())
        if (word in PLURALS or (one != word and is_person_noun(one))) and not (is_called(one, r) or stands_in(quoted, m.start())):
            return True
    return False


def named_next(
    page: ArticleView, cast: Cast, quoted: Sequence[Chars], said: Sequence[Chars], end: int, noun: str
) -> PrintedName | None:
    """Who is named for the first time behind the mention of somebody, as the next to speak: *a minister said. Ann Veld told*.

    Args:
        page: the article.
        cast: its names; who is named in a line without a point, as reporters are, is not meant.
        quoted: the quotations, in text order; who is named in them is not meant either.
        said: the mentions of those who speak, in text order.
        end: of the mention.
        noun: by which it calls somebody, as others may before the name: *A minister quits*, above *The minister said*.
    """
    people = (p for p in cast.printed_in(end, end + _SOON) if cast.of(p).kind == "person" and not stands_in(quoted, p.start))
    p = next((p for p in people if page.text[page.paragraph_at(p.start).end - 1] in _POINTS), None)
    if p is None:
        return None
    k = bisect_left(said, (end, 0))
    while k < len(said) and said[k][1] <= p.titled and cast.text[slice(*said[k])].lower().endswith(noun):
        k += 1
    apposed = k and said[k - 1][0] > end and cast.text[said[k - 1][1] : p.titled] == ", "  # the inspector, Ann Veld, said
    speaks = k < len(said) and said[k][0] <= p.titled < p.end <= said[k][1]
    if not (apposed or speaks) or " " not in p.name:
        return None
    return p if cast.of(p).mentions[0][0] == p.start else None


def holder_named(cast: Cast, quoted: Sequence[Chars], said: Sequence[Chars], office: Chars) -> Name | None:
    """Who holds an office that the article names without a name, where the next to speak is somebody named for the first time, of
    whom nothing is told: *the acting minister came to Osk. "We want peace," Sefu Adan said.*

    Args:
        cast: the names of the article.
        quoted: its quotations, in text order; who is named in them is not meant.
        said: the mentions of those who speak, in text order.
        office: from the place where the article names the office to where the name must stand at the latest.
    """
    named = [p for p in cast.printed_in(*office) if not stands_in(quoted, p.start) and p.kind == "person"]
    n = cast.of(named[0]) if named else None
    if n is None or any(cast.of(p) is not n for p in named) or n.mentions[0][0] != named[0].start or " " not in named[0].name:
        return None
    told = n.role is not None or any(is_person_noun(head) for head in n.role_heads)
    k = bisect_left(said, (named[0].titled, 0))
    speaks = k < len(said) and said[k][0] == named[0].titled and named[0].start - office[0] < _SOON
    return n if speaks and not told else None


def interviewed_in(text: str, cast: Cast) -> list[tuple[int, Name]]:
    """Where an article tells that somebody was interviewed, behind the name, and who that is; in text order."""
    out: list[tuple[int, Name]] = []
    for m in _INTERVIEW.finditer(text):
        named = cast.printed_in(m.end(), m.end() + _NEXT)
        p = next((p for p in named if cast.of(p).kind == "person"), None)
        if p is not None and _UP_TO_NAME.fullmatch(text, m.end(), p.titled) is not None:
            out.append((p.end, cast.of(p)))
    return out


def introductions(cast: Cast) -> list[tuple[int, Name]]:
    """Where people are named, and who has been named most often up to there, or first of several."""
    out: list[tuple[int, Name]] = []
    counts: Counter[int] = Counter()
    most: Name | None = None
    for p in cast.printed:
        n = cast.of(p)
        if n.kind != "person":
            continue
        counts[id(n)] += 1
        ahead = most is None or (counts[id(n)], -n.mentions[0][0]) > (counts[id(most)], -most.mentions[0][0])
        most = n if ahead else most
        out.append((p.start, most or n))
    return out
