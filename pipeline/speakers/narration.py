"""The paper's own words: names, pronouns and noun phrases outside quotations make salient whom they stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..lexicon.nouns import BODIES, BODY_LIKE, is_person_noun
from ..lexicon.words import FINITE, PREPOSITIONS, RELATIVES
from ..naming.cast import Cast
from ..naming.mentions import Mention, head_of
from ..naming.names import PrintedName
from ..text.chars import Chars, stands_in
from ..text.view import ArticleView
from .beside import is_modifier
from .discourse import OTHER, POSSESSIVE, SUBJECT, Discourse
from .noun_phrases import NounPhrases

_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he|[Hh]is|[Hh]er|[Hh]im|[Ii]t|[Tt]hey)\b")
_NOUN = re.compile(
    r"(?<![\w’'-])([Tt]he|[Aa]n?|[Oo]ne|[Aa]nother|[Hh]is|[Hh]er|[Tt]heir|[\w’'-]{1,40}[’']s?) "
    r"(?=((?:[\w’'-]+ ){0,4}[\w’'-]+))"
)
_LINK = r"(?:and |but |when |while |as |because |before |after |until )"
_OPENS = re.compile(rf"(?:[\"”’»,;:—–] ?{_LINK}?|\b(?:{_LINK[3:-1].replace(' ', '')}|that) )(?:[Tt]he |[Aa]n? )?\Z")
_ARTICLE = re.compile(r"(?:[Tt]he |[Aa]n? )\Z")
_LEADING = re.compile(
    r"(?<![\w’'-])(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[\w’'-]+[’']s?)? ?(?:[a-z][\w’'-]* ){0,4}(?:[\w’' -]+, )?\Z"
)
_IS = re.compile(r"\b(?:is|was|be|been|being|became|becomes|become|remains|as(?= an? )) ")
_OF = re.compile(r" of (?:the )?[^\W\d_a-z][\w’'-]*(?: [^\W\d_a-z][\w’'-]*)*")
_UP_TO_POINT = re.compile(r".*[^\w’' ,-]", re.DOTALL)


class Narration:
    """What an article says between its quotations, read from beginning to end."""

    def __init__(self, page: ArticleView, cast: Cast, quoted: Sequence[Chars], discourse: Discourse, nouns: NounPhrases) -> None:
        self.page = page
        self.text = page.text
        self.cast = cast
        self.discourse = discourse
        self.nouns = nouns
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
            phrase = self._noun_phrase(m.start(), m.group(1), m.group(2))
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
            if is_person_noun(low) or low in BODIES or low in BODY_LIKE:
                head = k
        if head < 0:
            return None
        phrase = " ".join(words[: head + 1])
        end = start + len(determiner) + 1 + len(phrase)
        for p in self.cast.printed_in(end, end + 40):
            if p.titled == end + 1 or (p.titled == end + 2 and self.text[end] == "," and p.kind == "person"):
                return None  # the name follows, and has it for a role
        if any(p.start < end <= p.end for p in self.cast.printed_in(start, end)):
            return None  # the noun is a part of a name
        before = self.text.rfind(" ", 0, max(0, start - 1)) + 1
        if _IS.match(self.text, before):
            return None  # what somebody is: Veld is an actor
        if any(p.end == start - 2 and self.text[p.end : start] == ", " for p in self.cast.printed_in(start - 60, start)):
            return None  # an apposition of the name before
        low = determiner.lower()
        owned = low[-1] in "s’'" and low != "his"
        owner = determiner if owned and words[head] == "campaign" else ""  # Veld's campaign, and then the campaign
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
        elif isinstance(what, str):
            found = self.discourse.antecedent(what, position)
            if found is not None:
                self.discourse.mention(found.referent, position, POSSESSIVE if what in ("his", "her", "him") else weight)
        elif (known := self.nouns.resolve(what, position, quiet=True)) is not None:
            self.discourse.mention(known[0], position, weight)

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
