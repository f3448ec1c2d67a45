"""Who is named in an article: the forms of one name brought together, with titles, roles, gender, and where they stand.

A short form belongs to the fullest name of the article that it is part of (*Hadi* and *Omar* to *Omar al-Hadi*, *Borealis* to
*Borealis Airways*), an abbreviation to what it stands in brackets after or abbreviates by its initials.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from ..lexicon.given_names import gender_of_titles, hinted_gender
from ..lexicon.governments import government_of, nations_in
from ..lexicon.nouns import PRODUCTS, gender_of, is_person_noun, offices_in, spelt_out, written_out
from ..lexicon.numerals import cardinal
from ..lexicon.tables import words
from ..schemas.quotes import SpeakerKind
from ..text.view import ArticleView
from .aliases import initials_of, other_names, with_own_mark
from .choice import choose, of_gender
from .entities import is_of_place
from .kinds import eponyms_in, kind_at, kinds_of
from .mentions import head_of
from .name_forms import abbreviates, is_close, is_part, undotted
from .name_forms import key_of as _key
from .name_forms import parts_of as _parts
from .names import PrintedName, kind_of, printed_names
from .offices import before_rank, is_office, office_told
from .roles import NO_ROLE, behind_deed, is_called, is_role
from .told import BRACKETS, apposition_before, called_before, office_leading, side_in_court

_POINT = r",.;:!?()\"“”‘«»\n—–"
_SHORT = re.compile(r"(?=(?:[a-z]*[A-Z]){2})[A-Z][A-Za-z]{1,7}")
_IS = (
    r"(?:(?:is|was)(?: (?:set )?to (?:be|become))?|has been|became|remains|will (?:be|become)|doubles as|took over as|"
    r"(?:has )?(?:serve|work|act)(?:s|d|ed)? as) "
)
_APPOSED = re.compile(  # Ann Veld (34) of Brant, | the captain; Ann Veld | was a captain
    r"(?:,? ?\((?:aged )?(\d{1,3})\)|, (?:aged )?(\d{1,3}))?(?: \([A-Z][a-z]+\)(?=,))?"
    rf"(?:,? (?:of|from) [A-Z]\w+(?: [A-Z]\w+)?(?=,))?(?P<link>, | \(|,? (?=who |{_IS}))?"
)
_PREDICATE = re.compile(rf"(?:who |which )?{_IS}")
_STOP = re.compile(rf"[{_POINT}]| (?:who|which|whose|whom|that|and|but|when|while|after|before|as|(?P<verb>said|says))\b")
_UP_TO_POINT = re.compile(rf".*[{_POINT}]", re.DOTALL)
_TO = re.compile(r"(?i)\b(?:to|by|with|from|after|before|for|of) \Z")
_CLOSING = ',.;:)(”"—–\n'
_FIELD = re.compile(r"(?:Ministry|Department|Secretariat) of ")
_AGED = re.compile(r"\b(\w+(?:-\w+)??)[- ]year[- ]old\b", re.IGNORECASE)
_SHARED = re.compile(r" and (?:[^\W\d_a-z][\w-]+ ){1,2}?((?:[a-z]{2,3} )?[^\W\d_a-z][\w’'-]+)\b(?! [A-Z])")
_OPENS = re.compile(r"(?:The|His|Her|Its|Their|An?|[^\W\d_a-z][\w’'-]*[’']s?) (?:[\w’'-]+ ){0,4}[\w’'-]+, ")
_SPOUSE = re.compile(r"(?:\b(?:[Hh]is|[Hh]er)|[’']s) (?:\w+ )?(wife|husband),? \Z")
_OF = re.compile(r",? (?:of|from) (?:the )?(?=[A-Z])")
_GIVEN_LAST = re.compile(r"[^\W\d_]\w*-[a-zß-ÿ]\w*")
_JUST = 200  # characters after which a name is not just printed any more
_FAR = 10_000  # characters around a name within which one of a couple is called by title
_MANY = 50  # names with a word in common that are told apart, and roles that are kept of one name
_LEGAL = words("legal_form") | {"group", "holding", "holdings", "company", "party", "airlines", "airways", "motors", "bank"}
_PLAIN = frozenset("mr mrs ms miss mx ato woizero weizero encik tuan puan shri smt".split())  # tell no role
_COMPLEMENT = re.compile(r" (?:of|for|in|at|from|to|with|by|on)\b")


@dataclass(eq=False)
class Name:
    """A name of the article: its fullest form, kind, gender if told, its roles, and where it is printed."""

    full: str
    kind: SpeakerKind
    role: str | None = None  # capitalised titles before it
    gender: str | None = None  # what is known or, from a pronoun that was resolved, taken of it
    told: str | None = None  # what the article tells for sure (speakers.gender)
    age: int | None = None
    roles: dict[str, None] = field(default_factory=dict)  # noun phrases beside it, once: titles, appositions, predicates
    home: set[str] = field(default_factory=set)  # countries that it is said to be of, or from
    role_words: set[str] = field(default_factory=set)  # their words, in small letters, without complements
    role_heads: dict[str, list[str]] = field(default_factory=dict)  # their heads, with the roles
    mentions: list[tuple[int, int]] = field(default_factory=list)
    surnames: list[int] = field(default_factory=list)  # where it is printed, in order, but by a given name alone
    forms: Counter[str] = field(default_factory=Counter)
    sure: bool = False  # the network takes it for a name, or it has several words

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The words of the name, in small letters, hyphens parted."""
        return _parts(self.full)

    @property
    def nations(self) -> set[str]:
        """Countries that its roles tell (*the Italian coach*, *Syria's Assad*), or words behind it (*Ann Veld of Norway*)."""
        return self.home | nations_in(" ".join(self.roles))

    @cached_property
    def surname(self) -> str:
        """The last part of the name; in *Kim Ki-hyun* the one before the given name."""
        words = self.full.split(" ")
        given_last = len(words) > 1 and _GIVEN_LAST.fullmatch(words[-1]) is not None
        return _parts(words[-2])[-1] if given_last else self.parts[-1]

    def before(self, position: int) -> int | None:
        """Where it was printed last before a position."""
        k = bisect_left(self.mentions, (position, 0))
        return self.mentions[k - 1][0] if k else None


class Cast:
    """All names of an article."""

    def __init__(self, page: ArticleView) -> None:
        self.page = page
        self.text = text = page.text
        self.printed = with_own_mark(text, printed_names(page))
        self.acronyms = other_names(text, self.printed)
        self._starts = [p.start for p in self.printed]
        self.subjects: set[int] = set()  # where a name opens a sentence, with what belongs to it
        self.leading: set[int] = set()  # where it does so alone, not as the second of two: Bo and Ann Veld wept
        self.presented: set[int] = set()  # where a person is named with an office: who is called by the surname then
        self.rivals: dict[int, list[Name]] = {}  # where a surname may be of several: theirs
        self._at: dict[int, Name] = {}
        self.people: list[Name] = []
        self.bodies: list[Name] = []  # organisations and media
        self._by_initials: dict[str, list[Name]] = {}
        self._by_key: dict[str, Name] = {}
        self._by_part: dict[str, list[Name]] = {}
        self._by_role_head: dict[str, list[Name]] = {}
        kinds, eponyms = kinds_of(text, self.printed), eponyms_in(text, self.printed)
        for p in sorted(self.printed, key=_order):
            self._add(p, kind_at(p, kinds.get(_key(p.name)) or kind_of(p.name), eponyms))
        for name in self._by_key.values():
            name.mentions.sort()
            name.full = _spelling(name)

    def printed_in(self, lo: int, hi: int) -> list[PrintedName]:
        """The names that begin within a stretch."""
        return self.printed[bisect_left(self._starts, lo) : bisect_left(self._starts, hi)]

    def of(self, p: PrintedName) -> Name:
        """The name that stands at a place."""
        return self._at[p.start]

    def by_name(self, full: str) -> Name | None:
        """The name of a full form."""
        return self._by_key.get(_key(full))

    def with_part(self, part: str) -> list[Name]:
        """The names of which a word in small letters is a part, the first of many."""
        return self._by_part.get(part, [])[:_MANY]

    def described_by(self, heads: Iterable[str], most: int) -> list[Name]:
        """The names with a role of which a word is the head; of each word ``most`` at most."""
        return list(dict.fromkeys(n for w in heads for n in self._by_role_head.get(w, [])[:most]))

    def lookup(self, form: str, position: int) -> Name | None:
        """The name that a form stands for at a position, if the article has it."""
        found = self._candidates(form, None)
        return choose(found, form, position)[0] if found else None

    def entry(self, full: str, kind: SpeakerKind) -> Name:
        """The name of a full form, made anew if the article has none."""
        full = (government_of(full) or full) if kind == "government" else full
        name = self._by_key.get(_key(full))
        if name is None:
            name = self._by_key[_key(full)] = Name(full, kind)
            for part in set(name.parts):
                self._by_part.setdefault(part, []).append(name)
            if kind == "person":
                self.people.append(name)
                if len(name.parts) > 2:  # Mohammed bin Salem, who is MBS
                    self._by_initials.setdefault("".join(w[0] for w in full.split(" ")).upper(), []).append(name)
            elif kind in ("organisation", "media"):
                self.bodies.append(name)
                self._by_initials.setdefault(initials_of(full), []).append(name)
        elif name.full.isupper() and not full.isupper():
            name.full = full
        return name

    def describe(self, name: Name, phrase: str) -> None:
        """Learn a noun phrase that stands for a name."""
        if phrase in name.roles or len(name.roles) >= _MANY:
            return
        name.roles[phrase] = None
        whole = written_out(phrase)
        words = [re.sub(r"[^\w’'-]", "", w).lower() for w in _COMPLEMENT.split(whole)[0].split()]
        name.role_words.update(words)
        led = " ".join(words)
        first = led.split(" and ")[0]  # the jurist and former professor
        also = (first,) if first != led and is_person_noun(head_of(first)) else ()
        heads = (spelt_out(head_of(w)) for w in (led, before_rank(led), *also) if w)
        for head in dict.fromkeys((*heads, *sorted(offices_in(whole)))):
            if head not in name.role_heads:
                self._by_role_head.setdefault(head, []).append(name)
            name.role_heads.setdefault(head, []).append(phrase)

    def _candidates(self, form: str, kind: SpeakerKind | None) -> list[Name]:
        """Names that a form may stand for: fuller ones, else its own."""
        form = self.acronyms.get(form) or self.acronyms.get(undotted(form), form)
        government = government_of(form)
        form = government if government is not None and kind in (None, "government") else form
        parts = _parts(form)
        exact = self._by_key.get(_key(form))
        longer = [n for n in self._by_part.get(parts[0], [])[:_MANY] if len(n.parts) > len(parts) and _is_short_for(parts, n)]
        whole = kind == "group" or (kind == "person" and len(parts) > 1)  # no part of a body's name: not Ann Veld Foundation
        if form.isupper() and kind != "person":
            longer = [
                n for n in longer if n.full.isupper() or _LEGAL.issuperset(p.rstrip(".") for p in n.parts[len(parts) :])
            ]  # FIFA is not FIFA Ticketing, but ABB Group
        longer = [n for n in longer if n.kind == kind] or ([] if whole else longer)
        if government is not None and kind != "person":
            longer = []  # China is not China Youth Daily
        if exact is not None and (len(parts) > 1 or not longer):
            return [exact]
        if not longer and _SHORT.fullmatch(undotted(form)):
            capitals = "".join(filter(str.isupper, form))
            known = [n for n in self._by_initials.get(capitals, [])[:_MANY] if n.full != form]
            longer = [n for n in known if n.kind in (kind, "organisation", "media") and abbreviates(form, n.full)]
        return longer or ([exact] if exact is not None else [])

    def _add(self, p: PrintedName, kind: SpeakerKind) -> None:
        gender = gender_of_titles(p.titles, p.name)
        found = self._candidates(p.name, kind)
        if kind == "group" and p.kind is None:  # French is Hugo French, if there is one
            found = [n for n in self._candidates(p.name, "person") if n.kind == "person"] or found
        near = [] if found or kind != "person" else (self._wed(p) if " " not in p.name else []) or self._misspelt(p)
        if gender is not None:
            found = of_gender(found, gender)
        if not found and kind == "person" and p.name.count(" ") == 1:  # Dean Kyte, after Rachel Kyte, dean of a school
            title, surname = _parts(p.name)[0], _parts(p.name)[-1]
            found = [n for n in self.described_by({title}, _MANY) if n.surname == surname]
        if is_of_place(p.name):
            holders = self.described_by({head_of(p.name)}, _MANY)
            found = [n for n in holders if any(p.name.lower() in role.lower() for role in n.roles)] or found
        found = found or near
        found = ([n for n in found if n.role == p.titles] if p.titles else []) or found  # Prime Minister Veld, of two so named
        shared = _SHARED.match(self.text, p.end) if " " not in p.name and p.kind == "person" else None
        if shared is not None and not found and not is_office(shared.group().split(" ")[2]):  # Bo and Ann Veld
            found = [self.entry(f"{p.name} {shared.group(1)}", kind)]
        if found:
            name, rivals = choose(found, p.name, p.start, self.leading, self.presented, self.text)
        else:
            name, rivals = self.entry(self.acronyms.get(p.name, p.name), kind), []
        if rivals:
            self.rivals[p.start] = rivals
        self._at[p.start] = name
        name.forms[p.name] += not rivals
        name.sure = name.sure or p.kind is not None or " " in p.name
        name.mentions.append((p.start, p.end))
        middle = " " not in p.name and hinted_gender(p.name) is None  # Ana Veld Tarn may be Veld
        short = (name.surname, *(name.parts[1:] if middle else name.parts[-1:]))
        if not rivals and (name.kind != "person" or _parts(p.name)[-1] in short):
            insort(name.surnames, p.start)
        name.gender = name.gender or gender
        lows = {t.rstrip(".").lower() for t in p.titles.split()}
        if p.titles and not lows <= _PLAIN:
            if " " in p.name:
                self.presented.add(p.start)
            if name.role is None or len(p.titles) > len(name.role):
                name.role = p.titles
        if name.kind != "government":
            self._learn(name, p)

    def _wed(self, p: PrintedName) -> list[Name]:
        """*His wife Mary*, after *Colin Hadley*, in an article that has a *Mrs Hadley*: Mary Hadley."""
        m = _SPOUSE.search(self.text, max(0, p.start - 20), p.start)
        before = reversed(self.printed_in(p.start - _JUST, p.start) if m is not None else [])
        owner = next((q for q in before if q.kind == "person" and " " in q.name), None)
        if m is None or owner is None:
            return []
        surname = owner.name.split(" ")[-1]
        titles = (q.titles for q in self.printed_in(p.start - _FAR, p.start + _FAR) if q.name == surname)
        wed = any(gender_of_titles(t, surname) == gender_of(m.group(1)) for t in titles)
        return [self.entry(f"{p.name} {surname}", "person")] if wed else []

    def _misspelt(self, p: PrintedName) -> list[Name]:
        """The one person a part of whose name a name is but for a letter: *Eldrige* is Jan Eldridge; so is *Jan Bo Lud*."""
        if " " in p.name:
            alike = [n for n in self.people[:_MANY] if is_close(n.full.lower(), p.name.lower())]
            return alike if p.name.count(" ") > 1 and len(alike) == 1 else []
        low = _parts(p.name)[-1]
        if p.kind is None and not p.titles:
            return []
        bare = re.sub(r"\A[ae]l(?=\w{4})", "", low)  # Almansoor is Al-Mansoor
        known = [n for n in self.people[:_MANY] if len(n.parts) > 1]
        near = [n for n in known if any(is_close(low, part) or is_close(bare, part) or bare == part for part in n.parts)]
        return near if len(near) == 1 else []

    def _learn(self, name: Name, p: PrintedName) -> None:
        """Roles, age and gender that the words beside a name tell."""
        full = name.kind == "person" and " " in p.name
        office = office_told(self.text, p.start, p.titles) if full else ""
        name.role = office if len(office) > len(name.role or "") else name.role
        phrases = [self._before(p), self._apposed_before(p), self._apposed_after(name, p), office]
        if name.kind == "person":
            leading, called = office_leading(self.text, p.titled), called_before(self.text, p.titled)
            phrases[0] = self.text[slice(*called)] if called is not None else leading or phrases[0]
            phrases += side_in_court(self.text, p.titled, p.end)
        if is_of_place(p.name):
            phrases.append(p.name)
        if (of := _OF.match(self.text, p.end)) is not None:
            lands = (government_of(q.name) for q in self.printed_in(of.end(), of.end() + 1))
            name.home.update(land for land in lands if land is not None)
        for phrase in filter(None, phrases):
            if not is_role(phrase) if name.kind == "person" else not is_called(phrase):
                continue
            self.describe(name, phrase)
            if (aged := _AGED.search(phrase)) is not None:
                name.age = name.age or int(cardinal(aged.group(1)) or 0) or None
            if name.gender is None and name.kind == "person":
                name.gender = gender_of_titles(head_of(phrase), name.full)

    def _before(self, p: PrintedName) -> str:
        """The words that lead to a name: *the retired bus driver*, *club chairman*, *Mayor*."""
        brackets = BRACKETS.search(self.text, max(0, p.titled - 12), p.titled)
        at = brackets.start() if brackets is not None else p.titled  # Prime Minister (Retd) General Ann Veld
        far = max(0, at - 80)
        point = _UP_TO_POINT.match(self.text, far, at)
        start = point.end() if point else far
        words = self.text[start:at].split()
        left: list[str] = []
        for w in reversed(words):
            if w.lower() in NO_ROLE or len(left) > 5:
                break
            left.insert(0, w)
        begin = at - len(self.text[start:at].lstrip())
        for where in (self.subjects, self.leading) if self._is_apposed(begin, p) else ():
            where.add(p.start)
        if len(left) == len(words) and self.page.opens_clause(begin):
            self.subjects.add(p.start)
            second = "and" in left and any(q.kind == "person" for q in self.printed_in(begin, p.titled))
            self.leading.update([] if second or left[-1:] == ["and"] else [p.start])
        return " ".join([*behind_deed(left), p.titles]).strip()

    def _is_apposed(self, begin: int, p: PrintedName) -> bool:
        """Whether a full name stands with a role behind the noun phrase with which its sentence begins: *His captain, the keeper
        Ann Veld*.
        """
        if begin == p.titled or " " not in p.name or self.text[max(0, begin - 2) : begin] != ", ":
            return False
        sentence = self.page.sentence_at(self.page.paragraph_at(begin), begin)
        return sentence is not None and begin - sentence[0] < 80 and _OPENS.fullmatch(self.text, sentence[0], begin) is not None

    def _apposed_before(self, p: PrintedName) -> str:
        """*The captain, Dafydd Orme*, but not *the captain, Orme’s brother*."""
        if self.text[max(0, p.titled - 2) : p.titled] != ", " or self.text[p.end : p.end + 2] in ("’s", "'s"):
            return ""
        start = apposition_before(self.text, p.titled)
        if start is None or (
            _TO.search(self.text, max(0, start - 10), start) is not None and self.text[p.end : p.end + 1] not in _CLOSING
        ):
            return ""  # According to the mayor, Ann Veld will
        if self.page.opens_sentence(start):
            self.subjects.add(p.start)
            self.leading.add(p.start)
        return self.text[start : p.titled - 2]

    def _apposed_after(self, name: Name, p: PrintedName) -> str:
        """*Dafydd Orme, 61, the captain*; *Dafydd Orme was a captain*."""
        m = _APPOSED.match(self.text, p.end)
        name.age = name.age or int(m.group(1) or m.group(2) or 0) or None if m is not None else name.age
        if m is None or m["link"] is None:
            return ""
        at = (_PREDICATE.match(self.text, m.end()) or m).end()
        stop = _STOP.search(self.text, at + 1, at + 90)
        if stop is not None and stop["verb"] and m.group() == ", ":
            return ""  # the vote on Ann Veld, a source said
        after = self.text[at : stop.start() if stop else at + 90].strip()
        return after if after and after.split(" ")[0].lower() not in NO_ROLE else ""


def _is_short_for(parts: tuple[str, ...], name: Name) -> bool:
    """Whether a form is the surname or given name of a person, or the beginning of a body's name."""
    own = name.parts
    if is_of_place(name.full):
        return False  # the place is not who has it
    if name.kind == "person":
        first = _parts(name.full.split(" ")[0])  # of Ana-Maria Veld, not Ana
        return is_part(parts, own, first)
    rest = own[len(parts) :]
    if _FIELD.match(name.full) is not None and own[2 : 2 + len(parts)] == parts:
        return True  # Agriculture, which is a ministry
    begins = name.kind != "government" and own[-1] not in PRODUCTS and own[: len(parts)] == parts
    return begins and not any(government_of(w) is not None or any(c.isdigit() for c in w) for w in rest)


def _order(p: PrintedName) -> tuple[bool, bool, int, int]:
    """Names in the order in which they are joined: the longest first, those of an office and its place last."""
    return is_of_place(p.name), p.kind is None and " " not in p.name, -len(_parts(p.name)), p.start


def _spelling(name: Name) -> str:
    """A name as the article prints it most often, of forms that only capitals tell apart."""
    same = {form: n for form, n in name.forms.items() if _key(form) == _key(name.full) and not form.isupper()}
    return max(same, key=lambda form: (same[form], form == name.full), default=name.full)


def printed_last(n: Name, position: int) -> int:
    """Where a name was printed last before a position; negative if only after it, the nearest first."""
    before = n.before(position)
    return before if before is not None else -n.mentions[0][0] - 1 if n.mentions else -(10**9)
