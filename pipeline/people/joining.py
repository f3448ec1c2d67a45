"""Which names of many articles are one person or body.

Names are compared within blocks only: people whose surnames are spelt alike, bodies with like initials. What joins two
names must leave one reading: *Assad* is Bashar al-Assad if the record knows one Assad whose role or company it shares; where
several people may be meant it stays apart, and so does what many bodies are called (*police*, *the Supreme Court*).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache, partial

from ..lexicon.given_names import formal_names, hinted_gender
from ..lexicon.tables import words
from ..naming.name_forms import (  # fmt: skip
    LONGEST_ACRONYM,
    SHORT_BODIES,
    Parsed,
    body_of,
    folded,
    initials,
    is_acronym,
    is_generic,
    outline,
    parse_body,
    parse_person,
    sounds,
    surname_of,
)
from ..schemas.ids import hash_id, normalised_name
from ..schemas.speakers import PersonRule

RULES = 2  # their version: names that were joined by others are joined anew
_MANY = 200  # names of one outline, or of one given name, that are compared with each other
_ALIKE = 0.72  # least likeness of two spellings, as difflib measures it
_RARE = 0.05  # share of another's documents below which somebody is not meant by the surname alone
_BESIDE = 0.1  # share of the articles of the rarer one from which speaking beside each other tells two names apart
_ENDINGS = {"a": "a", "o": "o", "u": "o"}
_NO_ROLE = words("no_role")


@dataclass(slots=True)
class NameRecord:
    """What all articles together tell of a name; sets are bounded samples, the same however the articles are divided.

    ``company`` are ids of the people and bodies that speak in its articles, ``states`` the governments; ``apart`` are ids of
    names of its block that speak beside it, as others, with the number of such articles.
    """

    id: str
    name: str
    kind: str
    documents: int = 0
    roles: Set[str] = frozenset()
    aliases: Set[str] = frozenset()
    company: Set[str] = frozenset()
    states: Set[str] = frozenset()
    apart: dict[str, int] = field(default_factory=dict)

    @property
    def role_words(self) -> Set[str]:
        """The words of its roles that tell something."""
        return frozenset().union(*map(_telling_words, self.roles))


@lru_cache(maxsize=1 << 14)
def _telling_words(role: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d_]+", role.lower())) - _NO_ROLE


@dataclass(frozen=True, slots=True)
class Alias:
    """What a newsroom's own file says of a name, or a person who corrects."""

    name: str
    external_id: str | None
    rule: PersonRule = "alias"


@dataclass(frozen=True, slots=True)
class Joined:
    """A name with the person or body that it stands for."""

    id: str
    person_id: str
    name: str
    rule: PersonRule
    external_id: str | None = None


def block_of(kind: str, name: str) -> str:
    """The block within which a name is compared: a surname's sounds, a body's initials, a government's name.

    It is told by what ids are made of, so that all writings of an id have one block: *Nato* and *NATO*, *Jong-un* and *Jong Un*.
    """
    plain = normalised_name(name)
    if kind == "person":
        return "person " + sounds(surname_of(plain))
    if kind in ("organisation", "media", "group"):
        words = parse_body(body_of(plain))
        if len(words) == 1 and not 1 < len(words[0]) <= LONGEST_ACRONYM:
            return f"body {words[0]}"
        # initials, without those that small words may have put in: DOE, Department of Energy
        return "bodies " + re.sub("[aefiot]", "", min(initials(words), key=len) if len(words) > 1 else words[0])
    return f"{kind} {plain}"


def join_block(
    names: Iterable[NameRecord], aliases: Mapping[str, Alias], apart: Mapping[str, Set[str]] | None = None
) -> list[Joined]:
    """Decide for each name of a block whom it stands for, by id.

    Args:
        names: the names of one block, each once.
        aliases: by normalised name, for aliases and for the names that they stand for; by id, which goes first.
        apart: ids of names that people have said to be others, by id.
    """
    ordered = sorted(names, key=lambda n: n.id)
    block = _Block(ordered, aliases, apart or {})
    if ordered and ordered[0].kind == "person":
        _join_people(block)
    elif ordered and ordered[0].kind in ("organisation", "media", "group"):
        _join_bodies(block)
    return block.joined()


class _Block:
    """Names of a block in the clusters found so far."""

    def __init__(self, names: Sequence[NameRecord], aliases: Mapping[str, Alias], apart: Mapping[str, Set[str]]) -> None:
        self.names = names
        self._apart = apart
        self.rules: list[PersonRule] = ["same_name"] * len(names)
        self._root = list(range(len(names)))
        self._members = {k: [k] for k in range(len(names))}
        self._alias: dict[int, Alias] = {}
        for k, n in enumerate(names):
            own = aliases.get(n.id) or aliases.get(normalised_name(n.name))
            if own is not None:
                self._alias[k] = own
                self.rules[k] = own.rule

    def root(self, k: int) -> int:
        while self._root[k] != k:
            k = self._root[k]
        return k

    def roots(self, found: Iterable[int]) -> list[int]:
        """The clusters of names, each once."""
        return sorted({self.root(k) for k in found})

    def members(self, k: int) -> list[NameRecord]:
        """The names of a cluster."""
        return [self.names[m] for m in self._members[self.root(k)]]

    def documents(self, k: int) -> int:
        """In how many documents a cluster speaks."""
        return sum(n.documents for n in self.members(k))

    def differ(self, a: int, b: int) -> bool:
        """Whether two clusters are known to be two: they speak in one article, or the newsroom says so."""
        a, b = self.root(a), self.root(b)
        one, other = self._alias.get(a), self._alias.get(b)
        if one is not None and other is not None and (one.name, one.external_id) != (other.name, other.external_id):
            return True
        if self._apart and any(m.id in self._apart.get(n.id, ()) for n in self.members(a) for m in self.members(b)):
            return True
        beside = sum(n.apart.get(m.id, 0) for n in self.members(a) for m in self.members(b))
        return beside > _BESIDE * min(self.documents(a), self.documents(b))

    def share(self, a: int, b: int, told: Callable[[NameRecord], Set[str]]) -> bool:
        """Whether something is told of both clusters alike."""
        one = set[str]().union(*map(told, self.members(a)))
        return bool(one) and not one.isdisjoint(set[str]().union(*map(told, self.members(b))))

    def supported(self, a: int, b: int) -> bool:
        """Whether role or company speak for two clusters being one."""
        return self.share(a, b, lambda n: n.role_words) or self.share(a, b, lambda n: n.company)

    def join(self, k: int, other: int, rule: PersonRule) -> bool:
        """Bring a name's cluster to another; False where they are known to be two."""
        a, b = self.root(k), self.root(other)
        if a == b:
            return True
        if self.differ(a, b):
            return False
        if self.rules[k] not in ("alias", "correction"):
            self.rules[k] = rule
        if self.rules[other] == "same_name":
            self.rules[other] = rule  # which stays if it is not the fullest
        self._root[a] = b
        self._members[b] += self._members.pop(a)
        if a in self._alias:
            self._alias.setdefault(b, self._alias.pop(a))
        return True

    def stays(self, k: int, why: PersonRule) -> None:
        """A name stays apart, and says why."""
        if self.rules[k] == "same_name":
            self.rules[k] = why

    def joined(self) -> list[Joined]:
        """The decision for each name."""
        out = []
        fullest_of = {root: max(self.members(root), key=_fullness) for root in self._members}
        for k, n in enumerate(self.names):
            root = self.root(k)
            alias = self._alias.get(root)
            if alias is not None:
                person = hash_id("person", normalised_name(alias.name))
                out.append(Joined(n.id, person, alias.name, self.rules[k], alias.external_id))
                continue
            fullest = fullest_of[root]
            rule = self.rules[k]
            if n.id == fullest.id and rule not in ("ambiguous", "generic"):
                rule = "same_name"
            out.append(Joined(n.id, fullest.id, fullest.name, rule))
        return out


def _fullness(n: NameRecord) -> tuple[int, bool, int, int, str]:
    words = folded(n.name)
    return len(words), not n.name.isupper(), n.documents, len(n.name), n.id


# ------------------------------------------------------------------ people


def _join_people(block: _Block) -> None:
    parsed = [parse_person(n.name) for n in block.names]
    by_surname: dict[str, list[int]] = defaultdict(list)
    alone: list[int] = []
    for k, p in enumerate(parsed):
        if p.given:
            by_surname[p.surname].append(k)
        else:
            alone.append(k)
    for same in by_surname.values():
        _join_middle_names(block, parsed, same)
        _join_given_names(block, parsed, same)
    _join_spellings(block, parsed, [k for same in by_surname.values() for k in same])
    _join_alone_alike(block, parsed, alone)
    for k in alone:
        _join_surname(block, k, by_surname.get(parsed[k].surname, []))


def _join_middle_names(block: _Block, parsed: Sequence[Parsed], same: Sequence[int]) -> None:
    """*George Walker Bush*, *George W. Bush* are one; *George Bush* too, unless there is a *George H. W. Bush*."""
    by_given: dict[tuple[str, str], list[int]] = defaultdict(list)
    for k in same:
        by_given[parsed[k].given, parsed[k].suffix].append(k)
    for group in by_given.values():
        told = sorted((k for k in group if parsed[k].middle), key=lambda k: (-len("".join(parsed[k].middle)), block.names[k].id))
        readings: list[int] = []
        for k in told[:_MANY]:
            fitting = [r for r in readings if _fits(parsed[k].middle, parsed[r].middle)]
            if len(fitting) != 1 or not block.join(k, fitting[0], "middle_name"):
                readings.append(k)
                if fitting:
                    block.stays(k, "ambiguous")
        bare = [k for k in group if not parsed[k].middle]
        for k in bare[1:]:
            block.join(k, bare[0], "spelling")
        if bare and len(block.roots(readings)) == 1:
            block.join(bare[0], readings[0], "middle_name")
        elif bare and readings:
            for k in bare:
                block.stays(k, "ambiguous")


def _fits(short: Sequence[str], full: Sequence[str]) -> bool:
    """Whether middle names may be the same ones, in part or by their initials."""
    rest = iter(full)
    return all(any(f == s or (len(s) == 1 and f[0] == s) or (len(f) == 1 and s[0] == f) for f in rest) for s in short)


def _join_given_names(block: _Block, parsed: Sequence[Parsed], same: Sequence[int]) -> None:
    """*J. Smith*, *Jack Smith* and *John Smith*, where role or company speak for it and no other given name fits."""
    by_given: dict[tuple[str, str], list[int]] = defaultdict(list)
    for k in same:
        for form in {parsed[k].given, parsed[k].given[0], *formal_names(parsed[k].given)}:
            by_given[form, parsed[k].suffix].append(k)
    for k in same:
        given, initial = parsed[k].given, len(parsed[k].given) == 1
        forms = {given} if initial else formal_names(given)
        may = [o for form in sorted(forms) for o in by_given[form, parsed[k].suffix] if parsed[o].given != given]
        found = [r for r in block.roots(may) if r != block.root(k) and not block.differ(k, r)]
        told = block.supported if initial else partial(block.share, told=lambda n: n.role_words)
        if len(found) == 1 and told(k, found[0]):
            block.join(k, found[0], "initials" if initial else "given_name")
        elif len(found) > 1 and initial:
            block.stays(k, "ambiguous")


def _join_spellings(block: _Block, parsed: Sequence[Parsed], full: Sequence[int]) -> None:
    """*Muammar Gaddafi*, *Moammar Gadhafi*: spelt alike, with a role in common."""
    alike: dict[tuple[str, str], list[int]] = defaultdict(list)
    for k in full:
        if len(parsed[k].given) > 1:
            alike[outline(parsed[k].given), parsed[k].suffix].append(k)
    for group in alike.values():
        ranked = sorted(group, key=lambda k: (-block.documents(k), block.names[k].id))[:_MANY]
        for n, k in enumerate(ranked):
            for other in ranked[:n]:
                if (
                    block.root(k) != block.root(other)
                    and block.share(k, other, lambda n: n.role_words)
                    and _spelt_alike(parsed[k], parsed[other])
                ):
                    block.join(k, other, "spelling")


def _join_alone_alike(block: _Block, parsed: Sequence[Parsed], alone: Sequence[int]) -> None:
    """Surnames alone that are written alike but for accents, marks and capitals."""
    first: dict[str, int] = {}
    for k in alone:
        other = first.setdefault(parsed[k].surname, k)
        if other != k:
            block.join(k, other, "spelling")


def _spelt_alike(a: Parsed, b: Parsed) -> bool:
    one, other = sorted(f"{p.given} {p.surname}" for p in (a, b))  # the measure depends on the order
    if min(len(a.surname), len(b.surname)) < 3 or {_ENDINGS.get(p.given[-1], "") for p in (a, b)} >= {"a", "o"}:
        return False  # Mario and Maria
    if len({hinted_gender(p.given) for p in (a, b)} - {None}) > 1:
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE


def _join_surname(block: _Block, k: int, full: Sequence[int]) -> None:
    """*Assad* alone: the one person of that surname who may be meant and whose role or company it shares.

    Where there are several, one whom the record names far less often than another is not meant by the surname alone.
    """
    may = [r for r in block.roots(full) if not block.differ(k, r)]
    most = max((block.documents(r) for r in may), default=0)
    for known in (may, [r for r in may if block.documents(r) > _RARE * most]):
        by_role = [r for r in known if block.share(k, r, lambda n: n.role_words)]
        by_company = [r for r in known if block.share(k, r, lambda n: n.company)]
        if len(by_role) == 1 or (len(known) == 1 and by_company):
            block.join(k, (by_role or by_company)[0], "surname")
            return
        if len(known) == 1 and not block.names[k].roles and block.share(k, known[0], lambda n: n.states):
            block.join(k, known[0], "surname")
            return
    if len(may) > 1:
        block.stays(k, "ambiguous")


# ------------------------------------------------------------------ bodies


def _join_bodies(block: _Block) -> None:
    words = [parse_body(n.name) for n in block.names]
    by_words: dict[tuple[str, ...], int] = {}
    for k, n in enumerate(block.names):
        if is_generic(n.name):
            block.stays(k, "generic")
        elif by_words.setdefault(words[k], k) != k:
            block.join(k, by_words[words[k]], "spelling")
    long: dict[str, set[int]] = defaultdict(set)
    for w, k in by_words.items():
        for acronym in initials(w) if len(w) > 1 else ():
            long[acronym].add(k)
    for w, k in sorted(by_words.items()):
        if len(w) == 1 and w[0] in long:
            _join_acronym(block, k, w[0], long[w[0]])


def _join_acronym(block: _Block, k: int, acronym: str, long: set[int]) -> None:
    """*UN*: the one body with these initials, if articles abbreviate it so or its company is the same; *Nato* only if they do."""
    called = {o for o in long if any(parse_body(a) == (acronym,) for n in block.members(o) for a in n.aliases)}
    if not called and not (is_acronym(block.names[k].name) and (len(acronym) > 2 or acronym in SHORT_BODIES)):
        return
    found = [r for r in block.roots(called or long) if not block.differ(k, r)]
    if len(found) > 1:
        block.stays(k, "ambiguous")
    elif found and (called or block.supported(k, found[0])):
        block.join(k, found[0], "acronym")
