"""What an article tells of the gender of the people whom it names, and what their given names hint at.

Told is what titles (*Mrs Veld*), nouns beside the name (*his mother, Ann Veld*; *Ann Veld, a businesswoman*) and pronouns say
that cannot well mean anybody else (*Veld said she*; *Veld herself*; *“…,” said Veld. She*). A given name only hints, which helps
to resolve pronouns, and here no more than to distrust a single pronoun that says otherwise.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from ..lexicon.given_names import gender_of_titles, hinted_gender
from ..lexicon.nouns import FEMALE, MALE, RELATIONS, gender_of
from ..lexicon.words import PREPOSITIONS, TITLES
from ..naming.cast import Cast, Name
from ..naming.entities import is_of_place
from ..naming.mentions import head_of, read_mention
from ..naming.names import PrintedName
from ..quotes.attribution import Attribution
from ..schemas.quotes import Gender
from ..text.chars import Chars, stands_in
from ..text.seek import Seeker
from ..text.view import ArticleView

if TYPE_CHECKING:
    from .credit import Speaker

Told = Literal["f", "m", "o"]  # o: neither
_PUBLISHED: dict[str, Gender] = {"f": "female", "m": "male", "o": "other"}
PRONOUN_GENDER: dict[str, Told] = {
    "he": "m", "him": "m", "his": "m", "himself": "m",
    "she": "f", "her": "f", "hers": "f", "herself": "f",
}  # fmt: skip
_TITLE, _NOUN, _PRONOUN, _LOOSE = 8, 6, 2, 1  # how much they count; a loose one does not tell alone
_CERTAIN = 4  # times as much must speak for a gender as for another
_FAR = 2000  # characters beyond which a pronoun tells nothing of a name
_HINTED, AGAINST = 0.9, 0.1  # how well a pronoun fits whose given name hints at its gender, or at the other
_UNKNOWN = {"m": 0.75, "f": 0.5}  # and somebody of whom nothing is known: news speaks of men more often
_MX: dict[str, Told] = {"mx": "o"}
_LISTED = MALE | FEMALE
_BESIDE = frozenset("lord lady king queen prince princess count duke duchess baron emperor empress pope".split())
GENERIC = frozenset("man woman boy girl guy gentleman lady".split())  # *the man Veld met* is not Veld
_DETERMINER = r"(?:(?P<det>[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Mm]y|[\w’'-]+[’']s?) )"
_WORD_BEFORE = re.compile(rf"{_DETERMINER}?(?:[\w-]+ ){{0,3}}?(?P<noun>[A-Za-zé-]+) \Z")
_CALLED = Seeker(r"\b(?P<noun>[a-z]+)(?:,)? (?:named|called|identified as|known as) \Z")
_PARENT = Seeker(r"\b(?P<noun>mother|mum|mom|father|dad|grandmother|grandfather)[ -]of[ -][\w-]+ \Z", re.IGNORECASE)
_APPOSED_BEFORE = re.compile(rf"\b{_DETERMINER}(?P<phrase>\w[^,.;:!?()\"“”\n—]{{1,60}}), \Z")
_APPOSED_AFTER = re.compile(
    r"(?:, (?:aged )?\d{1,3})?(?P<link>, | \(|,? who (?:is|was) | (?:is|was|became|remains) )"
    r"(?:(?P<det>the|an?|his|her|their|[\w’'-]+[’']s?) )?(?P<phrase>[a-z][\w’'-]*(?: [a-z][\w’'-]*){0,6})(?P<end>.?)"
)
_AND = re.compile(r" and\b| or\b")
_THEIRS = ("his", "her", "their", "my")
_FUNCTION = PREPOSITIONS | frozenset("the a an this that and or but as when if so too again".split())
_SELF = re.compile(r",? (?P<p>himself|herself|themself)\b")
_TAG = re.compile(r" \((?P<p>he|she|they)/(?:him|her|them)\b")
_WHO = re.compile(r",? who(?: [a-z\d][\w’'-]*){1,7}? (?P<p>his|her|he|she) (?P<next>[a-z]+)")
_ADDING = re.compile(r", (?:adding|saying|noting|stating|explaining|insisting|claiming) (?:that )?(?P<p>he|she)\b")
_AND_HIS = re.compile(r" and (?P<p>his|her|their) (?P<next>[a-z]+)")
_OWN = re.compile(r"(?: [a-z][\w’'-]*){1,6}? (?P<p>his|her) (?P<next>[a-z]+)")
_SAID_HE = re.compile(r"[\W_]*(?:that )?(?P<p>he|she)\b", re.IGNORECASE)
_NEXT = re.compile(r"(?P<p>He|She)\b|(?P<own>His|Her) [a-z]")
OF_SOMEBODY = re.compile(r"[\"“‘'](He|She)\b")
_GENDERED = re.compile(r"\b(?:he|she|him|his|her|hers|himself|herself)\b", re.IGNORECASE)
_NEITHER = re.compile(
    r"(?:, (?:an? )?|,? who (?:is|identifies as|uses|goes by) | (?:is|identifies as|came out as|uses|goes by) )(?:an? )?"
    r"(?:[a-z]+ )?(?:non-?binary|genderqueer|gender-?fluid|they/them|the pronouns? they)\b"
)
_PARTNER = frozenset("partner spouse wife husband mother father mum dad parents fiancé fiancée boyfriend girlfriend".split())
_WORD = re.compile(r"[A-Za-z][\w’'-]*")


def hint(name: Name) -> str | None:
    """The gender that a person's given name hints at; None where it does not, or where the article has one word for the name."""
    return hinted_gender(name.full) if " " in name.full else None


def fitness(name: Name | None, known: str | None, gender: str) -> float:
    """How well a pronoun of a gender fits somebody: what is known counts more than what a given name hints at; 0 for nobody."""
    if known is not None:
        return 1.0 if known == gender else 0.0
    hinted = hinted_gender(name.full) if name is not None else None
    if hinted == gender:
        return _HINTED
    return _UNKNOWN[gender] if hinted is None or name is None or " " not in name.full else AGAINST  # Clinton may be a surname


def credit_genders(page: ArticleView, cast: Cast, attributions: Sequence[Attribution], speakers: Sequence[Speaker]) -> None:
    """Set ``gender`` of speakers: what the article tells of the person named, else what the mention tells by itself."""
    running: Gender | None = None
    for a, speaker in sorted(zip(attributions, speakers, strict=True), key=lambda pair: pair[0].content[0]):
        if a.continues is None and speaker.kind in (None, "person", "unnamed"):
            speaker.gender = named_gender(cast, speaker.name)
            if speaker.gender is None and a.source is not None and speaker.rule != "linker":  # likely is not told
                speaker.gender = _PUBLISHED.get(_of_mention(page.text, a.source, cast) or "")
            elif speaker.name is None and speaker.rule == "running speaker":
                speaker.gender = running
        running = speaker.gender


def named_gender(cast: Cast, full: str | None) -> Gender | None:
    """What the article tells of the person of a name."""
    name = cast.by_name(full) if full is not None else None
    return _PUBLISHED.get(name.told or "") if name is not None and name.kind == "person" else None


def _of_mention(text: str, source: Chars, cast: Cast) -> Told | None:
    """*She*, *the spokeswoman*, *her mother*; a name by itself tells nothing."""
    mention = read_mention(text, source, cast.printed_in(*source))
    if mention.form == "pronoun":
        return PRONOUN_GENDER.get(mention.head)
    return _of_noun(mention.head) if mention.form == "nominal" else None


def tell_genders(page: ArticleView, cast: Cast, attributions: Sequence[Attribution]) -> None:
    """Set ``told`` of the people of an article, and ``gender`` to it or to nothing."""
    votes: dict[int, Counter[Told]] = {}
    for name, gender, weight in _Evidence(page, cast, attributions).all():
        votes.setdefault(id(name), Counter())[gender] += weight
    for name in cast.people:
        name.told = name.gender = _decided(votes.get(id(name), Counter()), hint(name))


def _decided(votes: Counter[Told], hinted: str | None) -> Told | None:
    ranked = votes.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] < _CERTAIN * ranked[1][1]):
        return None
    gender, weight = ranked[0]
    least = _PRONOUN if hinted in (None, gender) else _PRONOUN + 1
    return gender if weight >= least else None


Vote = tuple[Name, Told, int]
_Pronoun = tuple[PrintedName, Told, int, int]  # whose it is, what it tells, how much that counts, and where it stands


class _Evidence:
    """What tells a gender in one article."""

    def __init__(self, page: ArticleView, cast: Cast, attributions: Sequence[Attribution]) -> None:
        self.page = page
        self.text = page.text
        self.cast = cast
        self.attributions = sorted((a for a in attributions if a.source is not None), key=lambda a: a.source or (0, 0))
        self.quoted = [(q.inner_start, q.inner_end) for q in page.quotations]
        self.people = [p for p in cast.printed if cast.of(p).kind == "person" and not stands_in(self.quoted, p.start)]
        self._starts = [p.start for p in self.people]
        self._surnames = Counter(n.parts[-1] for n in cast.people)

    def all(self) -> Iterator[Vote]:
        """All of it: by whose, which, and how much it counts."""
        for p in self.people:
            name = self.cast.of(p)
            yield from ((name, g, _TITLE) for g in self._titles(p))
            if self._own(p):
                yield from ((name, g, _NOUN) for g in (*self._nouns_before(p), *self._nouns_after(p), *self._neither(p)))
                yield from ((name, g, _NOUN if g == "o" else _PRONOUN) for g in self._pronouns(p))
        seen: set[int] = set()  # a pronoun that both begins a sentence and reports tells once
        for p, g, weight, at in itertools.chain(self._next_sentences(), self._reports()):
            if at not in seen:
                seen.add(at)
                yield self.cast.of(p), g, weight

    def _own(self, p: PrintedName) -> bool:
        """Whether a printed name is one person's: not a surname that several in the article have."""
        return " " in p.name or self._surnames[p.name.lower()] < 2

    def _between(self, lo: int, hi: int) -> list[PrintedName]:
        return self.people[bisect_left(self._starts, lo) : bisect_left(self._starts, hi)]

    # -------------------------------------------------------------- titles and nouns

    def _titles(self, p: PrintedName) -> Iterator[Told]:
        """*Mrs Veld*, *Dame Dr Ann Veld*, *Sheikha Ann*: not *Mr and Mrs Veld*, nor *Lord Mayor Ann Veld*."""
        if is_of_place(p.name) and (gender := _of_noun(p.name.split(" ")[0].lower())) is not None:
            yield gender  # the Duchess of Brant
        if self.text[max(0, p.titled - 5) : p.titled].endswith((" and ", " & ")):
            return
        words = [w.lower().rstrip(".") for w in (*p.titles.split(), *p.name.split()[:-1])]
        last = len(p.titles.split()) - 1
        for k, word in enumerate(words):
            gender = _MX.get(word) or _told(gender_of_titles(word, p.name))
            listed = word in TITLES or (k <= last and (word in _LISTED or word.endswith("woman")))  # not Oman
            beside = k >= last or (word not in _BESIDE and word not in RELATIONS)
            if gender is not None and listed and beside:
                yield gender

    def _nouns_before(self, p: PrintedName) -> Iterator[Told]:
        """*Actress Ann Veld*, *his mother Ann Veld*, *a woman named Ann*, *the captain's wife, Ann Veld,*."""
        text, lo = self.text, max(0, p.titled - 90)
        for pattern in (_CALLED, _PARENT):
            m = pattern.search(text, lo, p.titled)
            if m is not None and (gender := _of_noun(m["noun"].lower())) is not None:
                yield gender
        word = text[max(0, p.titled - 50) : max(0, p.titled - 1)].rpartition(" ")[2]
        plain = text[p.titled - 1 : p.titled] != " " or (word.isascii() and word.isalpha() and _of_noun(word.lower()) is None)
        m = _WORD_BEFORE.search(text, max(0, p.titled - 50), p.titled) if not plain else None
        if m is not None and m["noun"].lower() not in GENERIC and (m["noun"].islower() or m["noun"].lower() in _LISTED):
            clause = m["det"] is not None and m["det"].lower() == "the" and " " not in p.name  # the actress Veld knew
            if not clause and (gender := _of_noun(m["noun"].lower())) is not None:
                yield gender
        m = _APPOSED_BEFORE.search(text, lo, p.titled) if text[max(0, p.titled - 2) : p.titled] == ", " else None
        behind = text[p.end : p.end + 1]
        closed = m is not None and behind in (",", ".", ")", "—") and not re.match(r", [A-Z]", text[p.end : p.end + 3])
        if m is not None and closed and _AND.search(m["phrase"]) is None:
            gender = _of_noun(head_of(m["phrase"]))
            if gender is not None:
                yield gender

    def _nouns_after(self, p: PrintedName) -> Iterator[Told]:
        """*Ann Veld, 43, a businesswoman*; *Ann Veld (his wife)*; *Ann Veld was the first woman to*."""
        m = _APPOSED_AFTER.match(self.text, p.end)
        if m is None or (m["det"] is None and m["link"] != ", "):
            return
        phrase = m["phrase"]
        joined = _AND.search(phrase)
        if joined is not None:
            if m["det"] is None or m["det"].lower() in _THEIRS or m["det"][-2:] in ("’s", "'s"):
                return  # Veld, his wife and two children
            phrase = phrase[: joined.start()]
        head = head_of(phrase)
        if m["det"] is None and not (phrase.startswith(f"{head} of") and re.match(rf"{re.escape(head)} of\b", phrase)):
            return  # Veld, mother of two; not Veld, wife Ann
        if phrase.endswith(head) and joined is None and m["end"] not in (",", ".", ";", ")", "—", "\n", ""):
            return
        if (gender := _of_noun(head)) is not None:
            yield gender

    def _neither(self, p: PrintedName) -> Iterator[Told]:
        """*Veld, who is non-binary*; *Veld (they/them)*; *Veld and their wife*, of one."""
        if _NEITHER.match(self.text, p.end) is not None:
            yield "o"

    # -------------------------------------------------------------- pronouns

    def _pronouns(self, p: PrintedName) -> Iterator[Told]:
        """Pronouns behind a name in its own sentence."""
        text = self.text
        for pattern in (_SELF, _TAG, _WHO, _ADDING):
            m = pattern.match(text, p.end)
            if m is not None and not stands_in(self.quoted, m.start("p")):
                word = m["p"].lower()
                if word in ("his", "her") and m["next"] in _FUNCTION:
                    continue
                yield PRONOUN_GENDER.get(word, "o")
        if p.start not in self.cast.subjects and not self.page.opens_sentence(p.titled):
            return
        m = _AND_HIS.match(text, p.end)
        if m is not None and m["next"] not in _FUNCTION:
            if m["p"] != "their":
                yield PRONOUN_GENDER[m["p"]]
            elif m["next"] in _PARTNER:
                yield "o"
        m = _OWN.match(text, p.end)
        if m is not None and m["next"] not in _FUNCTION and not self._others(p.end, m.end(), PRONOUN_GENDER[m["p"]]):
            yield PRONOUN_GENDER[m["p"]]

    def _others(self, lo: int, hi: int, gender: Told) -> bool:
        """Whether somebody else of a gender is spoken of in a stretch, without a name."""
        words = (m.group().lower() for m in _WORD.finditer(self.text, lo, hi))
        return any(gender_of(w) == gender for w in words)

    def _next_sentences(self) -> Iterator[_Pronoun]:
        """*Ann Veld runs the mill. She*: where a sentence names one person and speaks of nobody else."""
        before: Chars | None = None
        for paragraph in self.page.paragraphs:
            for lo, hi in self.page.sentences(paragraph):
                m = _NEXT.match(self.text, lo)
                if m is not None and before is not None and not stands_in(self.quoted, lo):
                    gender = PRONOUN_GENDER[(m["p"] or m["own"]).lower()]
                    p = self._only(*before, gender)
                    if p is not None and not self._of_another(p, before[0], gender):
                        yield p, gender, _PRONOUN, lo
                before = (lo, hi)

    def _only(self, lo: int, hi: int, gender: Told) -> PrintedName | None:
        """The one person of whom a sentence speaks, of a gender that its pronouns do not deny."""
        found = self._between(lo, hi)
        if not found or len({id(self.cast.of(p)) for p in found}) > 1 or not self._own(found[0]):
            return None
        outside = "".join(self.text[s:e] for s, e in _without(self.quoted, lo, hi))
        pronouns = {PRONOUN_GENDER[m.group().lower()] for m in _GENDERED.finditer(outside)}
        before = _GENDERED.search(self.text, lo, found[0].start)
        return found[0] if pronouns <= {gender} and before is None and not self._others(found[0].end, hi, gender) else None

    def _reports(self) -> Iterator[_Pronoun]:
        """*Ann Veld said she*; *“…,” said Ann Veld. “…,” she added.*; loose if others are named in between."""
        last: tuple[PrintedName, int] | None = None  # who spoke last, by name, and where that was told
        begun = 0  # where the words begin
        for a in self.attributions:
            assert a.source is not None
            word = self.text[slice(*a.source)].lower()
            if word in ("he", "she"):
                gender = PRONOUN_GENDER[word]
                of_another = last is not None and self._of_another(last[0], begun, gender)
                if last is not None and not of_another and not self._somebody(last[1], a.source[0], gender):
                    loose = self._another(*last, a.source[0])
                    yield last[0], gender, _LOOSE if loose else _PRONOUN, a.source[0]
                    last = None if loose else last
                continue
            p = self._speaks(a.source)
            last, begun = (p, a.source[1]) if p is not None else None, a.content[0][0]
            if p is None or a.cue is None or a.cue.act != "speech":
                continue
            start = a.content[0][0]
            m = _SAID_HE.match(self.text, start)
            if m is not None and start > a.source[1] and not stands_in(self.quoted, m.start("p")):
                gender = PRONOUN_GENDER[m["p"].lower()]
                other = _GENDERED.search(self.text, a.source[1], start) is not None  # dismissed her, saying she
                if not other and not self._another(p, a.source[1], start) and not self._somebody(a.source[1], start, gender):
                    yield p, gender, _PRONOUN, m.start("p")

    def _speaks(self, source: Chars) -> PrintedName | None:
        """The one person whose name a source ends with."""
        found = [p for p in self.cast.printed_in(*source) if self.cast.of(p).kind == "person"]
        return found[0] if len(found) == 1 and found[0].end >= source[1] and self._own(found[0]) else None

    def _of_another(self, p: PrintedName, start: int, gender: Told) -> bool:
        """Whether somebody of whom no name tells a gender speaks of another: *"She is brave," Veld said. She*."""
        m = OF_SOMEBODY.match(self.text, start)
        return m is not None and PRONOUN_GENDER[m[1].lower()] == gender and hinted_gender(self.cast.of(p).full) is None

    def _another(self, p: PrintedName, lo: int, hi: int) -> bool:
        """Whether somebody else is named in a stretch."""
        return any(self.cast.of(o) is not self.cast.of(p) for o in self._between(lo, hi))

    def _somebody(self, lo: int, hi: int, gender: Told) -> bool:
        """Whether a man or a woman is spoken of between a name and a pronoun, or somebody of another gender; or it is far."""
        if hi - lo > _FAR:
            return True
        outside = " ".join(self.text[s:e] for s, e in _without(self.quoted, lo, hi))
        words = [m.group().lower() for m in _WORD.finditer(outside)]
        return any(_of_noun(w) is not None or PRONOUN_GENDER.get(w, gender) != gender for w in words)


def _of_noun(noun: str) -> Told | None:
    return _told(gender_of(noun))


def _told(gender: str | None) -> Told | None:
    return "f" if gender == "f" else "m" if gender == "m" else None


def _without(spans: Sequence[Chars], lo: int, hi: int) -> Iterator[Chars]:
    """What of a stretch stands outside spans, which are in order."""
    k = bisect_left(spans, lo, key=lambda span: span[1])
    while k < len(spans) and spans[k][0] < hi:
        yield lo, max(lo, spans[k][0])
        lo = min(hi, spans[k][1])
        k += 1
    yield lo, hi
