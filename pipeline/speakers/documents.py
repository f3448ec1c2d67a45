"""Who wrote the document that an article quotes: *the report* speaks for the body that is told to have written it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ..lexicon.nouns import BODIES
from ..lexicon.tables import nouns
from ..naming.authors import AUTHORED, SEEN
from ..naming.cast import Cast, Name
from ..naming.mentions import Mention, author_of
from ..naming.names import PrintedName
from ..text.chars import Chars
from ..text.view import ArticleView
from .discourse import Discourse, Referent

_DOCUMENT = "|".join(sorted(nouns("document")))
_SAID_IN = re.compile(
    rf"\b[Ii]n (?:(?:an?|its|his|her|their) (?:[\w-]+ ){{0,3}}(?:{_DOCUMENT})|"
    r"the (?:[\w-]+ )?(?:letter|statement|release|memo))\b"
)
# the Orla Institute published a report, has asked 3,000 adults
_MADE = re.compile(
    r"(?: \([^()]{1,20}\)|\))?,?(?: (?:has|have|had|also|recently|on|last|this|[A-Z]\w*day|week|month|year),?)*"
    r"(?: (?:(?:publish|releas|issu|unveil|present|conduct|commission|wr[oi]t|launch)\w*|carried out|put out|brought out)"
    rf" (?:[\w,’'-]+ ){{0,6}}?(?:{_DOCUMENT})\b"
    r"| (?:survey|poll|interview|question|ask)ed (?:[\w-]+ ){0,3}?\d)"
)
_IN_ITS = re.compile(rf"\b[Ii]n (?:its|their) (?:[\w-]+ ){{0,5}}(?:{_DOCUMENT})\b")
_PUT_OUT = (
    r"(?:publish|releas|issu|post|submitt|prepar|compil|conduct|commission|draft|carri)\w+(?: out)?|wr(?:ote|itten)|sent|filed"
)
# Veld wrote a letter, has posted a statement
_WROTE = re.compile(
    r"(?: \([^()]{1,20}\)|\))?(?: (?:has|have|had|also|recently|on|last|this|[A-Z]\w*day|week|month|year),?)*"
    rf" (?:publish|releas|issu|post|wr[oi]t|sen[dt])\w* (?:[\w,’'-]+ ){{0,6}}?(?:{_DOCUMENT})\b"
)
_MADE_BY = re.compile(rf"\b(?:{_DOCUMENT})\b,?(?: [\w’'-]+){{0,4}}? (?:{_PUT_OUT})(?: [\w’'-]+){{0,3}}? by (?:the )?\Z")
_THAT = re.compile(rf"\b(?:{_DOCUMENT})(?: that| which)?(?: the)?(?: [a-z][\w-]*){{0,3}} \Z")  # a survey that the firm Tallow
_A_DOCUMENT = re.compile(rf"\b[Aa]n? (?:[\w-]+ ){{0,3}}(?:{_DOCUMENT})\b")
_PUTS_OUT = re.compile(rf" (?:has |have |had )?(?:recently |just )?(?:{_PUT_OUT})\b")
_QUOTED_BY = re.compile(r"\bby the \Z")
_AIDED = re.compile(  # a study by Tallow, with figures from Norvik
    r"\b(?:with|using|based on|drawing on|citing|quoting|quotes|cites) (?:[\w-]+ ){0,3}[\w-]+ (?:by|from|of) (?:the )?\Z"
)
_OWNED = ("its", "their", "his", "her", "'s")
_PAGE = re.compile(
    rf"^(?:[\w-]+ ){{0,3}}?(?:{_DOCUMENT})(?: [\w-]+){{0,3}}? (?:on|to) "
    r"(?P<whose>its|their|his|her|the (?:[a-z][\w-]* ){0,3}[a-z][\w-]*[’']s?)"
    r"(?: [\w-]+){0,3} (?:website|site|homepage|page|account|handle|channel|feed|portal)\b"
)
_FROM = re.compile(
    rf"^(?:[\w-]+ ){{0,3}}?(?:{AUTHORED})(?: (?!(?:{SEEN})\b)[\w-]+){{0,3}}? (?:by|from) "
    r"(?P<whose>the (?:[a-z][\w-]* ){0,3}?[a-z][\w-]*)(?= (?:on|last|this|over|in|for|at|earlier|yesterday|today|late)\b|\Z)"
)
_SIGNED = re.compile(r"\bsigned by (?:[\w’'-]+ ){0,8}\Z")
_REPORTED = re.compile(r"\breport(?:ed|s|ing)?\b")
_PRESS = re.compile(r"\b(?:newspaper|daily|weekly|channel|news agency|broadcaster|magazine|tabloid|news site|website|portal)\b")
_NOUN = re.compile(rf"\b(?:{_DOCUMENT})\b", re.IGNORECASE)
_GOT = re.compile(  # received a letter saying, was sent a text that told her
    r" (?:(?:has|have|had|then|later|also|soon|recently) )*"
    r"(?:received|receives|got|gets|(?:was|were|is|been) (?:sent|handed|given))"
    rf" (?:an?|another|the|two|several) (?:[\w-]+ ){{0,3}}?(?:{'|'.join(sorted(nouns('document') | {'call'}))})s?"
    r" (?:[\w’'-]+ ){0,4}?\w+ing\b"
)
_SHOWS = frozenset("conclude estimate find indicate reveal show suggest".split())
_ANY = ("document", "text")  # which any document may be called
_TELLING = "report|study|survey|letter|review|paper|memo|memorandum|audit|analysis|dossier|filing|notice"
_BY_SOMEBODY = re.compile(
    rf"(?:[Aa]n?|[Oo]ne|[Aa]nother|[Tt]he|[Tt]his) (?:[\w-]+ ){{0,3}}(?:{_DOCUMENT})\b[^,.;:]{{0,60}} (?:by|from) "
)
_LAWS = frozenset(
    "law act bill constitution treaty charter agreement ruling verdict indictment lawsuit fir".split()
)  # of nobody who was named
_BY_MAKER = frozenset("document filing letter memo notice order report statement".split())  # the police report
_OF_ANY = frozenset("agency body centre center company firm foundation group institute organisation organization".split())
_ON_LAND = re.compile(r" of (?:the )?([A-Z][\w-]*)")
# which who wrote another document has not written
_OF_THEIR_OWN = frozenset("census affidavit complaint filing order petition warrant judgment judgement decree".split())
_FAR = 4000  # characters within which *the report* looks back
_BOTH = 400  # characters within which a document may be of one, and signed by another
_AROUND = 60  # characters around a name within which it may be told that it wrote something


class Documents:
    """The documents of one article and their authors, as it is read; positions must not go back."""

    def __init__(self, text: str, cast: Cast) -> None:
        self.text = text
        self.cast = cast
        self._last: tuple[int, Name] | None = None  # who is told last to have written, or to have spoken so, and where
        self._nouns: set[str] = set()  # what that one wrote is called
        self._of: dict[str, tuple[int, Name]] = {}  # the same by what it is called: the study's is not the order's
        self._read = 0  # up to where names have been asked

    def said(self, name: Name, lo: int, hi: int) -> None:
        """Somebody has spoken; what is *said in a statement*, around the mention and its verb, makes them its author."""
        begin = lo
        told = _REPORTED.search(self.text, lo, hi) is not None  # the Tarvo Post reported, and then: the report
        reported = told and (name.kind == "media" or _PRESS.search(self.text, lo, hi) is not None)
        wrote = _A_DOCUMENT.search(self.text, lo, hi)  # according to a notice on the club's website
        if wrote is not None:
            self._told(wrote.start(), name, wrote.span())
        own = self.cast.page.sentence_at(self.cast.page.paragraph_at(lo), lo)  # what another is told to have written ends before
        lo, hi = max(0, lo - _AROUND, own[0] if own is not None else 0), hi + _AROUND
        m = (_IN_ITS if name.kind == "government" else _SAID_IN).search(self.text, lo, hi)
        others = m is not None and any(self.cast.of(p) is not name for p in self.cast.printed_in(*m.span()))
        if reported or (
            m is not None and (not others or _IN_ITS.match(self.text, *m.span()))
        ):  # not in a statement of the Tarvo FA
            at = min(begin, hi)
            self._told(at, name, m.span() if m is not None else _around(at))

    def author(self, position: int, noun: str, m: Mention | None = None) -> Name | None:
        """Who wrote the document of that noun, which a mention may tell more of, that was spoken of last before a position; None
        if nobody can tell.
        """
        made = [p for p in self.cast.printed_in(max(self._read - _AROUND, position - _FAR), position) if self._made(p, position)]
        if len(made) > 1 and made[-1].start - made[-2].start < _BOTH and self._signed(made[-1]):
            made.pop()  # who but signed what a body wrote
        if made:
            at = made[-1].start
            own = self.cast.page.sentence_at(self.cast.page.paragraph_at(at), at) or _around(at)
            self._told(at, self.cast.of(made[-1]), (max(own[0], _around(at)[0]), min(own[1], _around(at)[1])))
        self._read = position
        told = self._of.get(noun) or (self._last if self._may_be(noun) else None)
        called = _TELLING if noun in _ANY else re.escape(noun)
        if told is None or position - told[0] >= _FAR or self._new(position, called) > told[0] + 3 * _AROUND:
            return None
        if m is not None and is_anothers(m, told[1]):
            return None
        self._of[noun] = position, told[1]
        return told[1]

    def shown_by(self, page: ArticleView, verb: str, at: int) -> Name | None:
        """Who made what *it* is where it shows something: *Tallow asked 90 people. It found*, *a survey by Tallow. It shows*.

        Args:
            page: the article.
            verb: by which it speaks, in its base form.
            at: where it speaks.
        """
        before = page.sentence_before(at) if verb in _SHOWS and page.opens_sentence(at) else None
        called = [*_NOUN.finditer(self.text, *before)] if before is not None else []
        if before is None or not called or page.quotations_in([before]):
            return None
        author = self.author(at, called[-1].group().lower())
        return author if any(self.cast.of(p) is author for p in self.cast.printed_in(*before)) else None

    def unsigned(self, position: int, noun: str) -> bool:
        """Whether a document has been brought in of which nobody is told to have written it: *a letter was found*."""
        told = self._of.get(noun) or self._last
        return self._new(position, re.escape(noun)) > (told[0] + 3 * _AROUND if told is not None else -1)

    def _new(self, position: int, called: str) -> int:
        """Where a document that is called so was brought in last before a position; -1 if nowhere near."""
        brought_in = re.compile(rf"\b(?:[Aa]n?|[Oo]ne|[Aa]nother) (?:[\w-]+ ){{0,3}}(?:{called})\b")
        return max((m.start() for m in brought_in.finditer(self.text, max(0, position - _FAR), position)), default=-1)

    def _made(self, p: PrintedName, position: int) -> bool:
        """Whether one who is named at a place is told there to have written a document."""
        lo, hi = max(0, p.titled - _AROUND), min(position, p.end + _AROUND)
        if _AIDED.search(self.text, lo, p.titled) is not None:
            return False
        if any(author_of(self.text, s, e, [p], narrow=True) is not None for s, e in ((lo, p.end), (p.start, hi))):
            return True  # a report by Veld
        made = _WROTE if p.kind in ("person", "government") else _MADE
        if p.kind is not None and made.match(self.text, p.end, min(position, p.end + 2 * _AROUND)) is not None:
            return True
        lo -= min(lo, _AROUND)
        if _MADE_BY.search(self.text, lo, p.titled) is not None:
            return True
        return _PUTS_OUT.match(self.text, p.end, hi) is not None and _THAT.search(self.text, lo, p.titled) is not None

    def _signed(self, p: PrintedName) -> bool:
        """Whether somebody is told to have signed a document."""
        return p.kind == "person" and _SIGNED.search(self.text, max(0, p.titled - _AROUND), p.titled) is not None

    def _may_be(self, noun: str) -> bool:
        """Whether the document told of last may be called by a noun: an order is no affidavit."""
        return noun not in _LAWS and not (noun in _OF_THEIR_OWN and self._nouns)

    def _told(self, at: int, name: Name, called: Chars) -> None:
        """Somebody is told to have written what is called so in a stretch."""
        if self._last is not None and at <= self._last[0]:
            return
        found = [*_NOUN.finditer(self.text, *called)]
        again = [m for m in found if _QUOTED_BY.search(self.text, max(0, m.start() - 8), m.start()) is not None]
        if found and len(again) == len(found):
            return  # Tallow's reports, quoted by the study, which is another's
        self._last = at, name
        self._nouns = {m.group().lower() for m in found if m not in again}
        for noun in self._nouns:
            self._of[noun] = at, name


def _around(at: int) -> Chars:
    """Where a document may be called what it is, of which somebody is told at a place to have written it."""
    return max(0, at - _AROUND), at + 3 * _AROUND


def names_author(text: str, span: Chars) -> bool:
    """Whether a source names a document with its author: *A statement issued by Ann Veld*."""
    return _BY_SOMEBODY.match(text, *span) is not None


def is_that_document(page: ArticleView, spoke: int, position: int) -> bool:
    """Whether *it* at a position is a document that speaks in the sentence before: *the report said ... It said*."""
    before = page.sentence_before(position)
    return before is not None and before[0] <= spoke < before[1]


def is_anothers(m: Mention, author: Name) -> bool:
    """Whether a phrase tells of a document that it is not by a body: *the police report*, *the census of Norway*, *the law*."""
    own = {*author.parts, *author.role_words}
    makers = set(m.phrase.lower().split()[:-1]) & BODIES if m.head in _BY_MAKER else set()
    land = _ON_LAND.search(m.whole)
    return m.head in _LAWS or not makers <= own | _OF_ANY or (land is not None and land[1].lower() not in own)


def on_page(m: Mention) -> Mention | None:
    """What is somebody's of whom a document comes: *the club's website* for *a notice posted on the club's website*, *a notice
    from the club*.
    """
    page = _PAGE.search(m.whole) or _FROM.search(m.whole)
    if page is None or m.determiner in _OWNED:
        return None
    whose = page["whose"]
    return Mention("nominal", head="website", determiner=whose if whose in _OWNED else "'s", owner=whose, phrase="website")


def owner_of(
    m: Mention, discourse: Discourse, position: int, resolve: Callable[[Mention, int], tuple[Referent, Any] | None]
) -> Referent | None:
    """Whose a document is: *its website*, *her memoir*, *the firm's annual report*; None where nobody can tell.

    Args:
        m: the document, by a phrase that names its owner.
        discourse: who is spoken of.
        position: where the phrase stands.
        resolve: what tells whom a noun phrase stands for.
    """
    if m.determiner != "'s":
        found = discourse.antecedent(m.determiner, position)
        return found.referent if found is not None and found.clear else None
    words = m.owner_name
    owner = Mention("nominal", head=words.split(" ")[-1].lower(), determiner="the", phrase=words, whole=words)
    resolved = resolve(owner, position)
    return resolved[0] if resolved is not None else None


def gets_document(text: str, at: int, end: int) -> bool:
    """Whether words behind a subject tell that it gets a document that says something: *she | received a letter saying*."""
    return _GOT.match(text, at, end) is not None
