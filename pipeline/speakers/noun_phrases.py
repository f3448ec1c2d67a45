"""Whom a noun phrase stands for: *the mayor*, *the 38-year-old*, *her husband*, *the bank*, *the electoral commission*.

A phrase stands for the name of the article that has its noun, or one like it, for a title, an apposition or a predicate; a body
may be called by its own words; the others are left unnamed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ..lexicon.forms import singular
from ..lexicon.governments import country_of, government_of, nations_in
from ..lexicon.nouns import (
    BODIES,
    BODY_LIKE,
    FAMILY,
    INVERSE,
    LONE_BODIES,
    PERSON_LIKE,
    PLURALS,
    by_age,
    gender_of,
    is_person_noun,
    spelt_out,
)
from ..lexicon.tables import nouns, words
from ..lexicon.words import ANONYMOUS, TITLES
from ..naming.cast import Cast, Name, printed_last
from ..naming.mentions import Mention, is_described, nation_of, same_post
from ..naming.offices import is_in_capitals, is_of_other_field
from ..naming.overseers import TELLS_NOTHING
from ..naming.roles import is_of_body, proper_words, roles_of
from ..schemas.quotes import SpeakerKind, SpeakerRule
from ..sieve import Rule, first
from . import beside, bodies
from .discourse import Discourse, Referent
from .documents import Documents, on_page, owner_of
from .gender import AGAINST, PRONOUN_GENDER, fitness

_DEFINITE, _OWNED = ("the", "this", "that", ""), ("'s", "his", "her", "their", "its", "my", "our")
INDEFINITE, _YOUNG, _EPITHETS = words("indefinite"), nouns("young"), nouns("epithet")
_RANKS = PERSON_LIKE["judge"] | PERSON_LIKE["cop"]  # judges, policemen
_GOVERNMENT, _DOCUMENTS, _ADHERENTS, _ANY_BODY = (nouns(w) for w in ("government", "document", "adherent", "any_body"))
_MANY = 200  # people with one noun for a role, beyond whom only those count who have just been spoken of
_AGED = re.compile(r"\b(\d{1,3})-year-old\b")
_OF_SELF = re.compile(r"[\w’' -]{2,60}? (?:said|says|added|claimed|admitted|believes|felt) (?:that )?(he|she)\b")
_OF_STATE = re.compile(r"\bgovernment of (.+)\Z")
_GROWN = 18  # years from which nobody is called a boy or a girl
_FOLLOWS = 120  # characters within which a name that has not been printed yet may follow its noun
SAME_ROLE, _LIKE, _WEAK, LEAST_FIT = 3.0, 2.0, 1.5, 1.5  # how well a noun describes a person, and what is needed


class NounPhrases:
    """Resolves the noun phrases of one article, in text order."""

    def __init__(self, text: str, cast: Cast, discourse: Discourse, rules: Sequence[Rule[SpeakerRule, Phrase, Referent]]) -> None:
        self.text = text
        self.cast = cast
        self.discourse = discourse
        self.rules = rules
        self.bodies: dict[str, Name] = {}  # by the words that the article calls them by
        self.documents = Documents(text, cast)

    def resolve(self, m: Mention, position: int, quiet: bool = False) -> tuple[Referent, SpeakerRule] | None:
        """The referent and the rule that found it; None if it is nobody in particular, or nobody can tell.

        ``quiet`` is for phrases that report nothing, of which only those for people and bodies matter.
        """
        found = first(self.rules, Phrase(self, m, position, quiet=quiet))
        return (found[1], found[0]) if found is not None else None

    # -------------------------------------------------------------- people

    def of_role(self, m: Mention, position: int, before: Referent | None) -> Referent | None:
        """Whoever has that role in the article; not if somebody unnamed (``before``) was called so since."""
        gender = gender_of(m.head)
        fits = [(fit, n) for fit, n in self.described(m, LEAST_FIT) if gender is None or fitness(n, n.gender, gender) > AGAINST]
        owner = self.discourse.antecedent(m.determiner, position) if m.determiner in ("his", "her") else None
        told = [(fit, n) for fit, n in fits if fit >= SAME_ROLE and n.before(position) is not None]
        fits = [(fit, n) for fit, n in fits if self._present(n, gender, bodies.PRESENT if fit < SAME_ROLE else bodies.THERE)]
        if not fits and len(told) == 1 and before is None and m.head in TITLES and m.determiner == "the":
            fits = told  # the prime minister, of whom there is but one
        if owner is not None:  # her lawyer is not herself, but for an apposition: Veld, his rival
            fits = [(fit, n) for fit, n in fits if owner.referent.name is not n or self.text[position - 2 : position] == ", "]
        if not fits:
            return None
        name = self._meant(fits, position)
        best = next(fit for fit, n in fits if n is name)
        if before is not None and before.at >= printed_last(name, position) and (best < SAME_ROLE or m.determiner == "the"):
            return None
        name.gender = name.gender or gender
        return self.discourse.of_name(name)

    def _meant(self, fits: Sequence[tuple[float, Name]], position: int) -> Name:
        """Of the people whom a noun phrase describes best the most salient one."""
        best = max(fit for fit, _ in fits)
        return max((n for fit, n in fits if fit == best), key=lambda n: (self.discourse.salience(n), printed_last(n, position)))

    def _present(self, name: Name, gender: str | None, share: float) -> bool:
        """Whether a name is not far less salient than others: a noun that may stand for its role means who is spoken of."""
        people = (n for n in self.discourse.named() if n.kind == "person" and (gender is None or n.gender in (None, gender)))
        most = max(map(self.discourse.salience, people), default=0.0)
        follows = bool(name.mentions) and 0 <= name.mentions[0][0] - self.discourse.position < _FOLLOWS
        return follows or self.discourse.salience(name) >= share * most

    def described(self, m: Mention, least: float) -> list[tuple[float, Name]]:
        """The people whom a noun phrase describes at least so well."""
        words = {spelt_out(m.head)} | PERSON_LIKE.get(spelt_out(m.head), frozenset())
        anybody = by_age(m.head) or m.head in _YOUNG | INVERSE.keys() or bool(nations_in(m.phrase))
        known = self.cast.people if anybody else self.cast.described_by(words, _MANY + 1)
        if len(known) > _MANY:
            at = self.discourse.position
            near = dict.fromkeys([*self.discourse.named(), *map(self.cast.of, self.cast.printed_in(at, at + _FOLLOWS))])
            known = [n for n in near if anybody or not words.isdisjoint(n.role_heads)]
        owners = self._owners(m.head) if m.head in INVERSE and m.determiner in ("his", "her", "'s") else ()
        fits = [(fit, n) for n in known if n.kind == "person" and (fit := self.fit(m, n, owners)) >= least]
        return [(fit, n) for fit, n in fits if not is_of_other_field(m.whole or m.phrase, n.roles)]

    def fit(self, m: Mention, n: Name, owners: Sequence[Name] = ()) -> float:
        """How well a noun phrase describes a person; more with each of its modifiers."""
        aged = _AGED.search(m.phrase)
        if aged is not None and (n.age is not None or m.head.endswith("-old")):  # the 44-year-old, the 44-year-old clerk
            return SAME_ROLE if int(aged[1]) == n.age else 0.0
        if n.age is not None and (by_age(m.head) or (m.head in _YOUNG and n.age < _GROWN)):
            return SAME_ROLE if n.age < _GROWN + 2 and (m.head in _YOUNG or n.age > 12) else 0.0
        if (nation := nation_of(m)) is not None:
            return SAME_ROLE if nation in n.nations else 0.0
        nations, fit, head = nations_in(m.phrase), 0.0, spelt_out(m.head)
        same, like = roles_of(n, head), PERSON_LIKE.get(head, frozenset())
        if any(same_post(m, role) for role in same):
            fit = SAME_ROLE
        elif any(same_post(m, role) for other in n.role_heads if other in like - {head} for role in n.role_heads[other]):
            fit = _LIKE
        elif m.head in PERSON_LIKE["president"] and n.role is None and nations & n.nations:
            fit = _WEAK  # the Syrian president, who was Syria's Assad before
        elif m.head in INVERSE and m.determiner in ("his", "her", "'s"):
            fit = self._inverse(m, n, owners)
        if not fit:
            return 0.0
        if nations and not nations & n.nations and not any("Republic" in r for r in n.roles):
            fit -= 2.0 if n.nations else 1.5  # a minister, but not of that country
        proper = {w for w in proper_words(m.whole) if country_of(w) is None and w.lower() != m.head}
        proper |= {w for short in proper for w in proper_words(f"- {self.cast.acronyms.get(short, '')}")}
        others = [proper_words(f"- {r}") for r in n.roles]
        told = any(o for o, r in zip(others, n.roles, strict=True) if m.head in r.lower())
        if proper and (told or not m.determiner) and not any(proper & o for o in others):
            fit -= 2.0  # the editor of another paper; counsel for Tallow Ltd, which nobody is told to be
        bodies = {w.lower() for w in m.phrase.split()[:-1] if w.isupper() and len(w) > 1 and not nations_in(w)}
        if bodies and not bodies & n.role_words and not is_of_body(self.cast, bodies, n):
            fit -= 2.0  # the president of TWB, of which nothing was told
        return fit + 0.3 * len({w.lower() for w in m.phrase.split()[:-1]} & n.role_words)

    def _inverse(self, m: Mention, n: Name, owners: Sequence[Name]) -> float:
        """*her husband* is the one whose wife was named, or the other one of her name."""
        if m.determiner in ("his", "her") and m.head in FAMILY and " " in n.full:
            owner = self.discourse.antecedent(m.determiner, at := self.discourse.position)
            other = owner.referent.name if owner is not None else None
            if other is not None and other is not n and other.parts[-1] == n.parts[-1]:  # who was named last has the husband
                known = other.gender == PRONOUN_GENDER[m.determiner]
                return _LIKE if known or printed_last(n, at + 1) < printed_last(other, at + 1) else 0.0
        return _LIKE if any(o is n for o in owners) else 0.0

    def _owners(self, head: str) -> list[Name]:
        """Who has a husband where *wife* is asked for: the owners in *Veld's husband*."""
        owned = re.compile(rf"([\w’'-]+)[’']s? {INVERSE[head]}\b")
        roles = (role for n in self.cast.described_by({INVERSE[head]}, _MANY) for role in n.roles)
        found = (self.cast.lookup(m.group(1), 0) for role in roles if (m := owned.match(role)) is not None)
        return list(filter(None, dict.fromkeys(found)))

    # -------------------------------------------------------------- bodies

    def body(self, full: str, kind: SpeakerKind) -> Referent:
        """A body by its own words."""
        self.bodies[full] = name = self.cast.entry(full, kind)
        return self.discourse.of_name(name)

    def referent(self, name: Name | None) -> Referent | None:
        """That of a name, if there is one."""
        return self.discourse.of_name(name) if name is not None else None

    def someone(self, head: str, gender: str | None = None, plural: bool = False, person: bool = True) -> Referent:
        """Somebody unnamed, the same whom the noun stood for before."""
        return self.discourse.unnamed(head) or Referent(head=head, gender=gender, plural=plural, person=person)


@dataclass
class Phrase:
    """A noun phrase to be resolved; its methods are what the rules ask and decide.

    Attributes:
        nouns: what resolves the noun phrases of the article.
        m: the phrase taken apart.
        position: where it stands.
        quiet: it reports nothing, so that only people and bodies matter.
        answers: what it reports answers the quotation before.
    """

    nouns: NounPhrases
    m: Mention
    position: int
    quiet: bool = False
    answers: bool = False

    @cached_property
    def plural(self) -> bool:
        """Whether it stands for several."""
        return self.m.head in PLURALS or singular(self.m.head) not in (self.m.head, "boss")

    @property
    def of_body(self) -> bool:
        """Whether its head is a noun for bodies."""
        return self.m.head in BODIES or self.m.head in BODY_LIKE

    @cached_property
    def before(self) -> Referent | None:
        """The last one without a name who was called by the head."""
        return self.nouns.discourse.unnamed(self.m.head, self.m.phrase)

    @cached_property
    def goes_on(self) -> bool:
        """*The ministry of trade*: whether *of* or *for* follows the head."""
        text, followed = self.nouns.text[self.position : self.position + 60], (f"{self.m.head} {word}" for word in ("of", "for"))
        return any(words in text and re.search(rf"\b{re.escape(words)}\b", text) for words in followed)

    @property
    def specific(self) -> bool:
        """*The electoral commission*, *Norway's parliament*: whether its own words tell which body (not *the ruling party*)."""
        return bodies.may_name(self.m, self.goes_on)

    @cached_property
    def government(self) -> str | None:
        """Whose government it may be: *the new South African government*, *the government of Norway*, *the government*."""
        if (self.m.determiner, self.m.phrase.lower()) == ("the", "government") and not (self.goes_on or self.quiet):
            return bodies.state_of(self.nouns.text)
        owner, lands = re.sub(r"[’']s?$", "", self.m.owner), nations_in(self.m.phrase)
        of = _OF_STATE.search(self.m.whole)
        return next(iter(lands)) if len(lands) == 1 else government_of(of.group(1) if of is not None else owner)

    def is_government(self) -> bool:
        """*The Norwegian government*, *Norway's government*."""
        return self.government is not None and bodies.governs(self.m)

    def is_document(self) -> bool:
        """*The report*, *its website*, *data from the firm*: one that speaks, and was spoken of or belongs to somebody."""
        told = self.m.head in _DOCUMENTS and self.m.determiner in (*_DEFINITE[:-1], *_OWNED)
        return not self.quiet and (told or on_page(self.m) is not None)

    def is_lone_body(self) -> bool:
        """*Parliament*, *the police*: a noun that is a body by itself."""
        return self.m.head in LONE_BODIES and self.m.determiner in ("", "the") and self.m.phrase.lower() == self.m.head

    def is_several(self) -> bool:
        """*Residents*, *several officials*."""
        people = is_person_noun(singular(self.m.head)) or self.m.head in PLURALS or self.m.head in ANONYMOUS
        return self.plural and (people or self.m.determiner != "the")

    def is_any_one(self) -> bool:
        """*A baker*, *another union*, *the other minister*."""
        hidden = beside.hides_name(self.nouns.text, self.position, self.m.whole)
        return not self.plural and (self.m.determiner in INDEFINITE or self.is_other or hidden)

    @property
    def is_other(self) -> bool:
        """*The other minister*: not the one whom the article has named so."""
        return self.m.phrase.lower().startswith("other ") or self.m.determiner == "another"

    def is_this_body(self) -> bool:
        """*This company*: one that was spoken of, but nobody can tell which."""
        return self.m.determiner in ("this", "these", "those") and self.of_body

    def is_told_by_clause(self) -> bool:
        """*The company that owns the mine*: none that was named before."""
        return self.of_body and self.m.determiner == "the" and bodies.told_by_clause(self.nouns.text, self.m, self.position)

    def is_body_again(self) -> bool:
        """*The bank*: a body that the article has told more of."""
        again = not self.specific or self.m.phrase.lower() in (self.m.head, *_ANY_BODY) or bodies.tells_land(self.m)
        goes_on = self.goes_on and self.m.head != "body"  # the governing body for skating
        return self.of_body and again and self.m.determiner in _DEFINITE and not goes_on

    def is_specific_body(self) -> bool:
        """*The electoral commission*: a body that is told by its own words."""
        return self.specific and self.m.determiner in ("the", "'s", "")

    def is_person(self) -> bool:
        """*The baker*, *her husband*, *the Norwegian*."""
        return (
            is_in_capitals(self.m.phrase)
            or is_person_noun(self.m.head)
            or self.m.head in _ADHERENTS
            or (nation_of(self.m) is not None and bool(self.m.determiner))
        )

    def is_anonymous(self) -> bool:
        """*Sources*, *a statement*: what is always left anonymous."""
        return not self.is_person() and self.m.head in ANONYMOUS

    def is_the_thing(self) -> bool:
        """*The third seed*: any noun with *the*."""
        return not self.is_person() and self.m.determiner == "the"

    def is_thing(self) -> bool:
        """A phrase that reports, for neither a person nor a body that was spoken of."""
        return not self.is_person() and not self.quiet and not (self.m.determiner in _DEFINITE and self.of_body)

    def its_government(self) -> Referent | None:
        """The government of the country that the phrase names."""
        return self.nouns.body(self.government, "government") if self.government is not None else None

    def as_called(self) -> Referent:
        """The body that is called by the noun alone."""
        return self.nouns.body(self.m.head, "organisation")

    def several(self) -> Referent:
        """People, or bodies, whom the article leaves unnamed."""
        return self.nouns.someone(self.m.head, plural=True)

    def any_one(self) -> Referent:
        """One whom the article leaves unnamed, and speaks of for the first time."""
        head, new = self.m.head, not bodies.is_any(self.nouns.text, self.position)
        gender = gender_of(head) or beside.gender_of_hidden(self.nouns.text, self.position, self.m.whole)
        return Referent(head=head, gender=gender, person=is_person_noun(head), new=new)

    def thing(self) -> Referent:
        """Something that is no person and has no name."""
        return self.nouns.someone(self.m.head, plural=self.plural, person=False)

    def author(self) -> Referent | None:
        """Who wrote the document, or whose it is."""
        if (page := self.m if self.m.determiner in _OWNED else on_page(self.m)) is not None:
            owner = owner_of(page, self.nouns.discourse, self.position, self.nouns.resolve)
            return self.nouns.referent(owner.name) if owner is not None else None
        return self.nouns.referent(self.nouns.documents.author(self.position, self.m.head, self.m))

    def named_body(self) -> Referent | None:
        """The body of that kind which the article names; *the ruling party*: which it has called so."""
        told, discourse = self.m.phrase.lower().split(), self.nouns.discourse
        if told[:-1] and TELLS_NOTHING.issuperset(told[:-1]) and self.m.phrase.lower() not in _ANY_BODY:
            return self.nouns.referent(bodies.body_called(discourse, told))
        return self.nouns.referent(bodies.body_of_kind(self.nouns.cast, discourse, self.m, self.position))

    def headed_body(self) -> Referent | None:
        """The body whose name the noun heads: *the archives*, after *the Orlen National Archives*."""
        return self.nouns.referent(bodies.body_headed(self.nouns.cast, self.nouns.discourse, self.m, self.position))

    def called_body(self) -> Referent | None:
        """The body that the article has called by more words, or a word like it: *the military*, after *the Tarvan army*."""
        return self.nouns.referent(bodies.body_of_words(self.nouns.bodies, self.m.head))

    def untold_body(self) -> Referent | None:
        """The body whose name tells nothing of what it is: *the party*, after *Zanp*."""
        return self.nouns.referent(bodies.body_untold(self.nouns.cast, self.nouns.discourse, self.m, self.position))

    def own_words(self) -> Referent:
        """The body by the words of the phrase; the one whose name has them all, if there is one."""
        m = self.m
        if (spelt := bodies.body_spelt(self.nouns.cast, self.nouns.discourse, m, self.position)) is not None:
            return self.nouns.discourse.of_name(spelt)
        full, told = bodies.called(m, self.nouns.text, self.position, self.nouns.cast)
        kind: SpeakerKind = "government" if told is None and m.head in _GOVERNMENT else "organisation"
        referent = self.nouns.body(full, kind)
        if told is not None and referent.name is not None:
            self.nouns.cast.describe(referent.name, told)
        return referent

    def of_role(self) -> Referent | None:
        """The person whose role the noun tells."""
        return self.nouns.of_role(self.m, self.position, self.before)

    def unnamed_again(self) -> Referent | None:
        """The one without a name who was called so before."""
        return self.before if self.m.determiner in ("the", "") else None

    def spoken_of(self) -> Referent | None:
        """The person spoken of last, whom a phrase describes anew: *the 38-year-old*, *the father-of-two*."""
        m = self.m
        if m.determiner not in ("the", "") or not (is_described(m) or (m.head in _ADHERENTS and m.determiner)):
            return None
        own = _OF_SELF.match(self.nouns.text, self.position)  # the 54-year-old said she
        last = self.nouns.discourse.last(self.position, gender_of(m.head) or (own and PRONOUN_GENDER[own[1]]), self.answers)
        if last is None or last.name is None or (last.name.age is not None and _AGED.search(m.phrase) is not None):
            return None  # who would be described by the age
        if m.head in _EPITHETS and not _RANKS.isdisjoint(last.name.role_heads):
            return last if self.nouns.fit(m, last.name) >= LEAST_FIT else None  # the billionaire is hardly Justice Veld
        others = [n for _, n in self.nouns.described(m, SAME_ROLE)]  # who have that very role
        return last if last.name in others or not others else None

    def nobody(self) -> Referent | None:
        """Somebody whose role nobody in the article has."""
        m, new = self.m, self.m.determiner in ("my", "our")  # whom the reporter knows
        told = m.determiner in (*_DEFINITE, *_OWNED)
        return self.before or Referent(head=m.head, phrase=m.phrase, gender=gender_of(m.head), new=new) if told else None

    def only_one(self) -> Referent | None:
        """The one person whom the phrase describes."""
        known = [n for _, n in self.nouns.described(self.m, SAME_ROLE + 0.2)]
        return self.nouns.referent(known[0]) if len(known) == 1 else None
