"""Which body of the article a noun stands for: *the bank*, *the ruling party*, *the health ministry*."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Sequence

from ..lexicon.forms import MODIFIERS, singular
from ..lexicon.governments import countries_told, country_of, government_of, nations_in
from ..lexicon.nouns import BODIES, BODY_LIKE, COMPANY_ONLY, NOT_COMPANIES, PRODUCTS, is_person_noun
from ..lexicon.tables import nouns
from ..lexicon.words import DETERMINERS, PREPOSITIONS, RELATIVES, UNIT_WORDS
from ..naming.cast import Cast, Name
from ..naming.entities import beside
from ..naming.mentions import Mention
from ..naming.overseers import HEADS as OVERSEERS
from ..naming.overseers import TELLS_NOTHING, overseer
from .discourse import NUMBERS, Discourse

_COMPANIES = BODY_LIKE["company"] | COMPANY_ONLY
_ANY_BODY = _COMPANIES | {"group", "agency", "organisation", "organization", "body", "institution"}
# what tells by a body's name that it is called by none of these
_NOT = {
    **dict.fromkeys(_COMPANIES, NOT_COMPANIES),
    **dict.fromkeys(("group", "organisation", "organization"), nouns("no_group")),
    "agency": nouns("no_agency"),
}
# nouns for bodies of which the names seldom tell what they are: Tallow, the Kite
_UNTOLD = frozenset(
    "airline bank broadcaster carrier channel charity club daily foundation lender magazine newspaper ngo paper party "
    "regulator side station union watchdog weekly".split()
)
_OF_MANY = frozenset("agency bank university hospital museum school union association institute watchdog charity".split())
_DWELLINGS = frozenset("apartment apartments flat flats home homes house houses residence".split())
_UNIONS = ("UN", "U.N.", "EU", "AU", "United Nations")
_TYPES = BODIES | BODY_LIKE.keys()
_NO_BODIES = _TYPES | PRODUCTS | {"law", "act", "decree", "treaty"}
_OF_MEDIA = BODY_LIKE["newspaper"] | BODY_LIKE["magazine"] | BODY_LIKE["broadcaster"] | {"agency", "outlet", "site", "website"}
_APART = re.compile(r" (?:in|at|on|by|with|after|during|from|to) (?!(?:the )?[A-Z])| on (?=[A-Z][a-z]+day\b)| (?:\w+ed|run) by ")
# the last words of bodies that are no force, though the police are in their name: Interpol, a union, a watchdog
_NO_FORCE = frozenset(
    "organisation organization union association federation authority academy commission committee council".split()
)
_OF_ONE_KIND = frozenset("airline carrier lender insurer federation club".split())
_PARTIES = {  # which are called by a plural
    "conservatives": "Conservative", "democrats": "Democratic", "liberals": "Liberal", "nationals": "National",
    "republicans": "Republican", "socialists": "Socialist", "tories": "Conservative",
}  # fmt: skip
_GOVERNMENTS = re.compile(r"(?:(?P<whose>(?:(?:(?:[A-Z]\.)+|[A-Z][\w’'-]*) ){1,5})(?:[a-z]+ )?)?\b[Gg]overnment\b")
_OF_STATE = re.compile(r" of (?:the )?([A-Z][\w’'-]*(?: (?:and )?[A-Z][\w-]*)*)")
_NO_OWNERS = DETERMINERS | UNIT_WORDS  # words with a capital before *government* that tell nobody's
_OFTEN, _FAR_MORE = 4, 3  # mentions of a state, and how many times as many as of the next, from which an article is on it
_CALLED = 200  # bodies that are remembered by their words
_MOST = 4  # bodies that a plural stands for
_NEAR = 300  # characters before the first of them in which the noun may be for others
_TOGETHER = 2000  # characters within which it looks back
_LISTS = re.compile(r",|:| ?[(—–-]| (?:including|like|such as|are|were)\b")  # two agencies|, the Tarvo Board and
_AND = re.compile(r"(?: \([^()]{1,20}\))?(?:,|,? and) (?:the )?")
_ANY = re.compile(
    r"(?:[\w-]+ ){2,4}(?:must|can|cannot|may|might|should|shall|has to|needs to|is (?:required|obliged|allowed|free))\b"
)
_NO_NAME = re.compile(  # what tells who leads a body, or how many do: the Tarvo Party-led government, the three-judge panel
    r"\A(?:[A-Z][\w.’'-]* )*[A-Z][\w.’']*-(?:led|run|backed|controlled|dominated|majority) |"
    r"\A(?:two|three|four|five|six|seven|nine|ten|twelve)-(?:judge|justice|member|man|woman|person|strong|party|nation|state) "
)
_POST = re.compile(
    r"(?: [\w-]+){0,3}? (?:chief|commander|commissioner|constable|director|head|inspector|officer|spokes\w+)\b", re.I
)
_COMPLEMENTS = frozenset("of for in at".split())
_ONES = ("the", "a", "an", "one", "another", "some", "every", "my", "our")
# the company that owns the mine, the firm behind the app: told by what it does, not by a name before
_TOLD_BY_CLAUSE = re.compile(
    rf"[\w-]+ (?:(?:for|of|to|by|with|in|from) )?(?:{'|'.join(sorted(RELATIVES))}|behind|owning|operating|running)\b"
)
_TELLING = frozenset(BODY_LIKE).union(*BODY_LIKE.values()) | BODIES  # words of a name that tell what it is of
_JUST_SPOKEN = 400  # characters behind a body's noun within which *it* is that body
_FAR = 4000  # characters within which *the bank* looks back
_LESS = 1500  # characters that a body of any kind is taken to be farther away than one of that kind
_UNTOLD_SHARE = 0.5  # of its salience that such a body keeps against one of that kind
_FIRST = 0.9  # share of it that a body has of whose name nothing tells what it is
PRESENT, THERE = 0.25, 0.02  # share of the highest salience that somebody has who is meant by a like noun, by the same noun


def body_like(cast: Cast, discourse: Discourse, head: str, position: int) -> Name | None:
    """The most salient body that is called by a noun, else by one like it."""
    same: list[tuple[float, int, Name]] = []
    like: list[tuple[float, int, Name]] = []
    only: list[tuple[float, int, Name]] = []  # bodies whose name does not tell what they are
    named = dict.fromkeys(map(cast.of, cast.printed_in(position - _FAR, position)))
    others = sum(n.kind != "person" for n in named)
    for n in named:
        at = n.before(position)
        if at is None or n.kind not in ("organisation", "media"):
            continue
        made = n if n.parts[-1] in PRODUCTS else None
        if made is not None:  # Tallow Maps, which is of Tallow, if the article names that
            maker = cast.by_name(" ".join(n.parts[:-1]))
            if maker is None or maker.kind != "organisation":
                continue
            n = maker
        own = set(n.parts)
        if n.kind == "media" and head not in _OF_MEDIA and not own & {head, *BODY_LIKE.get(head, ())}:
            continue  # who writes of the company is not the company
        found = discourse.of_name(n if made is None else made).salience, at, n
        if head == "police" and (n.parts[-1] in _NO_FORCE or _is_but_a_post(cast.text, n, position)):
            continue
        if head in own or head in n.role_words:
            same.append(found)
        elif (own | n.role_words) & BODY_LIKE.get(head, frozenset()):
            like.append(found)
        elif head in _ANY_BODY and own.isdisjoint(_NOT.get(head, ())):
            like.append((_UNTOLD_SHARE * found[0], at - _LESS, n))
        elif head in _OF_ONE_KIND and not own & _TELLING and made is None:
            only.append((found[0], at - _LESS, n))
    if not (same or like) and len(only) == 1 and others == 1:
        like = only  # the airline, where the article has named nothing but one body, which may be one
    if not (same or like):
        return None
    salience, _, body = max(same or like, key=lambda found: found[:2])
    if brought_in_since(discourse, head, body, position):
        return None
    bodies = (n for n in discourse.named() if n.kind in ("organisation", "media"))
    most = max(map(discourse.salience, bodies), default=0.0)
    return body if salience >= (THERE if same else PRESENT) * most else None


def _is_but_a_post(text: str, n: Name, position: int) -> bool:
    """Whether a force has been named but to tell what somebody's office is: *a Tarvo police district commander*."""
    known = itertools.takewhile(lambda at: at[0] < position, n.mentions)
    posts = [_POST.match(text, end) for _, end in itertools.islice(known, _MOST)]
    return all(m is not None for m in posts)


def body_called(discourse: Discourse, told: Sequence[str]) -> Name | None:
    """The body of which the article has told all the words of a phrase: *the ruling party*, after *the ruling Tarvo Party*."""
    fits = (n for n in discourse.named() if n.kind == "organisation" and {*n.parts, *n.role_words}.issuperset(told))
    return max(fits, key=discourse.salience, default=None)


def body_of_words(called: dict[str, Name], head: str) -> Name | None:
    """Of the bodies that the article has but called by words the last one with a noun, else with one like it for its head."""
    like = BODY_LIKE.get(head, frozenset())
    lately = list(itertools.islice(reversed(called.values()), _CALLED))
    return next((n for n in lately if head in n.parts), None) or next((n for n in lately if n.parts[-1] in like), None)


def may_be_unnamed(m: Mention) -> bool:
    """Whether a noun phrase is for a body or a thing: *the council*, *a rival union*, *a leaflet*."""
    one = singular(m.head)
    body, thing = one in BODIES or one in BODY_LIKE, one == m.head and not is_person_noun(one)
    return (m.determiner == "the" and body) or (m.determiner in _ONES and one == m.head and (body or thing))


def is_that_body(cast: Cast, spoke: int, position: int) -> bool:
    """Whether *it* at a position is a body without a name that spoke before, as none has been named since."""
    named = map(cast.of, cast.printed_in(spoke, position))
    return 0 <= position - spoke < _JUST_SPOKEN and all(n.kind == "person" for n in named)


def body_untold(cast: Cast, discourse: Discourse, m: Mention, position: int) -> Name | None:
    """The most salient body whose name tells nothing of what it is, for a noun of which such names are usual: *the party*."""
    if (head := m.head) not in _UNTOLD:
        return None
    bodies = [n for n in discourse.named() if n.kind in ("organisation", "media")]
    names = {id(n) for n in map(cast.of, cast.printed_in(position - _FAR, position))}
    fits = [n for n in bodies if id(n) in names and _NO_BODIES.isdisjoint((*n.parts, *n.role_words))]
    fits = [n for n in fits if n.kind == "organisation" or head in _OF_MEDIA]
    if head in _OF_MEDIA and any(n.kind == "media" for n in fits):
        fits = [n for n in fits if n.kind == "media"]
    most = max(map(discourse.salience, bodies), default=0.0)
    found = max(fits, key=discourse.salience, default=None)
    if found is None or brought_in_since(discourse, head, found, position) or is_elsewhere(m, found):
        return None
    return found if discourse.salience(found) >= _FIRST * most else None


def body_headed(cast: Cast, discourse: Discourse, m: Mention, position: int) -> Name | None:
    """The body printed last that has a phrase's noun for its own head: *the dairy*, after *Norvik Dairies*."""
    told = set(m.phrase.lower().split())
    for p in reversed(cast.printed_in(position - _FAR, position)):
        n = cast.of(p)
        same = n.kind in ("organisation", "media") and " " in n.full and m.head in (head_in(n), singular(head_in(n)))
        if same and told <= {*n.parts, *map(singular, n.parts)}:
            return None if brought_in_since(discourse, m.head, n, position) else n
    return None


def head_in(n: Name) -> str:
    """The noun that heads a body's name: *archives*, of *the Archives of the Navy* too."""
    at = next((k for k, w in enumerate(n.parts) if k and w in _COMPLEMENTS), len(n.parts))
    return n.parts[at - 1]


def party_called(cast: Cast, m: Mention) -> Name | None:
    """The party that is called by a plural in capitals: *the Conservatives*; by its name in full, if the article has that."""
    noun = m.phrase
    if m.determiner != "the" or noun.lower() not in _PARTIES or not noun[0].isupper():
        return None
    full = cast.by_name(f"{_PARTIES[noun.lower()]} Party")
    return full if full is not None else cast.entry(noun, "organisation")


def bodies_together(cast: Cast, discourse: Discourse, m: Mention, position: int, spoke: Sequence[Name]) -> list[Name]:
    """The bodies for which a plural stands: *the agencies*.

    They are those that the article has named side by side, else the only ones of their kind, else the two that spoke last.

    Args:
        cast: the names of the article.
        discourse: who is spoken of.
        m: the plural.
        position: where it stands.
        spoke: the two who spoke last.
    """
    head, words = singular(m.head), m.phrase.lower().split()
    number = NUMBERS.get(words[0]) if len(words) == 2 else None
    if head == m.head or (head not in BODIES and head not in BODY_LIKE) or len(words) > (1 if number is None else 2):
        return []
    printed = [p for p in cast.printed_in(position - _TOGETHER, position) if p.kind != "person"]
    beside: list[Name] = []
    for one, other in itertools.pairwise(printed):
        if _AND.fullmatch(cast.text, one.end, other.start) is not None and all(_may_be(head, cast.of(p)) for p in (one, other)):
            beside = [*(beside if beside[-1:] == [cast.of(one)] else [cast.of(one)]), cast.of(other)]
    of_kind = [n for n in dict.fromkeys(map(cast.of, printed)) if _is_told(head, n)]
    found = beside if any(_is_told(head, n) or head in _ANY_BODY for n in beside) else of_kind
    if len(found) < 2 and any(_is_told(head, n) for n in spoke) and all(_may_be(head, n) for n in spoke):
        found = list(spoke)
    found = list(dict.fromkeys(found))
    since = discourse.unnamed(m.head)
    last = max((n.before(position) or 0 for n in found), default=0)
    if len(found) < 2 or len(found) > _MOST or (number or len(found)) != len(found) or (since is not None and since.at > last):
        return []
    first = min(p.start for p in printed if cast.of(p) in found)
    before = cast.text.rfind(f" {m.head}", max(0, first - _NEAR), first)
    if before >= 0 and _LISTS.match(cast.text, before + len(m.head) + 1) is None:
        return []  # groups asked the Tarvo Board and the Norland Board to act
    return found


def _is_told(head: str, n: Name) -> bool:
    """Whether a body's name, or what the article says of it, tells that it is of a kind."""
    told = {*map(singular, n.parts), *n.parts, *n.role_words} & {head, *BODY_LIKE.get(head, ())}
    return n.kind in ("organisation", "media") and bool(told)


def _may_be(head: str, n: Name) -> bool:
    return n.kind == "organisation" and not other_type(head, n)


def brought_in_since(discourse: Discourse, head: str, n: Name, position: int) -> bool:
    """Whether a body without a name has been brought in since one was spoken of: *an airline*, and then *the airline*."""
    other = discourse.unnamed(head)
    last = max(discourse.place(n), -1 if (at := n.before(position)) is None else at)
    return other is not None and other.new and not other.person and other.at > last


def introduced_since(text: str, noun: str, n: Name, position: int) -> bool:
    """The same of nouns that are no bodies' by themselves, by their words: *a hotel*, and then *the hotel*."""
    at = n.before(position)
    brought_in = re.compile(rf"(?<!is )(?<!was )(?<!as )(?<!, )\b[Aa]n? (?:[\w-]+ ){{0,2}}{re.escape(noun)}\b")
    return brought_in.search(text, max(at or 0, position - _FAR), position) is not None


def is_one_of_many(head: str, n: Name) -> bool:
    """Whether a noun is for several and a body is one: *the banks*; but the Tarvan forces are *the forces*."""
    return singular(head) != head and head not in n.parts and head not in n.role_words


def of_other_land(m: Mention, n: Name) -> bool:
    """Whether a phrase tells another country than a body's name: *the Korean company* is not Tarvan Oil."""
    told, own = nations_in(m.phrase), nations_in(n.full)
    return bool(told and own) and told.isdisjoint(own)


def body_of_kind(cast: Cast, discourse: Discourse, m: Mention, position: int) -> Name | None:
    """The body of the article that a phrase is for by its kind and field: *the agency*, *the banking regulator*."""
    found = overseer(cast, m, position) or body_like(cast, discourse, m.head, position)
    return None if found is None or is_elsewhere(m, found) else found


def is_elsewhere(m: Mention, n: Name) -> bool:
    """Whether a phrase tells another country, or of a regulator another field, than a body's name and roles."""
    field = {w for w in m.phrase.lower().split()[:-1] if country_of(w) is None and w not in TELLS_NOTHING}
    other = m.head in OVERSEERS and not field <= {*n.parts, *n.role_words}
    return other or of_other_land(m, n)


def governs(m: Mention) -> bool:
    """Whether a phrase is for a government: *the new government*, *the Tarvan government*, not *Tarvo's Food administration*."""
    words = m.phrase.split()
    own = [w for w in words[:-1] if not w.islower()]
    one = m.head in ("government", "administration") and PREPOSITIONS.isdisjoint(words)  # not: some in the Tarvan government
    return one and (not own or country_of(" ".join(own)) is not None)


@functools.lru_cache(maxsize=8)
def state_of(text: str) -> str | None:
    """The state whose government *the government* is: the one that an article names most, if it tells of no other's government,
    and of that one's by its adjective, its name or *of*, or of none and of no other state as often by far.
    """
    told: set[str] = set()
    for m in _GOVERNMENTS.finditer(text):
        of = _OF_STATE.match(text, m.end())
        state = government_of(of.group(1)) if of is not None else None
        whose = " ".join(w for w in (m["whose"] or "").split() if w.lower() not in _NO_OWNERS)
        lands = nations_in(whose)
        told.update(lands or ((state,) if state is not None else ()))
        if (whose and not lands) or (of is not None and state is None):
            return None  # the Punjab government
    (state, most), *others = countries_told(text).most_common(2) or [("", 0)]
    far_more = most >= _OFTEN and most >= _FAR_MORE * sum(n for _, n in others)
    return state if told == {state} or (far_more and not told) else None


def may_name(m: Mention, goes_on: bool) -> bool:
    """Whether a phrase for a body tells which: not *the ruling party*, *the banking regulator*, *the city police*; where its noun
    goes on with *of* or *for*, it does.
    """
    told = _NO_NAME.sub("", m.phrase).lower().split()[:-1]
    if m.head == "police":
        told = [w for w in f"{m.owner} {m.whole or m.phrase}".split() if w[0].isupper() and w != "Police"]
        return bool(told)
    if (told[-1:] == ["and"] and not _DWELLINGS.isdisjoint(told)) or "nor" in told:
        return False  # police searched his home and office; neither the mayor nor the council
    if m.head in ("government", "administration") and goes_on and m.whole.islower():
        return False  # the government of the day
    tells = bool(m.owner) or goes_on or any(w not in TELLS_NOTHING for w in told)
    return m.head in BODIES and m.head not in OVERSEERS and tells


def tells_land(m: Mention) -> bool:
    """Whether a phrase tells but whose a body is, of which there are many: *the UN agency*, *the Tarvan bank*."""
    rest = m.phrase.rsplit(" ", 1)[0]
    return m.head in _OF_MANY and (rest in _UNIONS or country_of(rest) is not None)


def is_any(text: str, position: int) -> bool:
    """Whether a phrase at a position is for any one of a kind: *a company must inform its owners*."""
    return _ANY.match(text, position, position + 80) is not None


def told_by_clause(text: str, m: Mention, position: int) -> bool:
    """Whether a clause tells which body a noun is for, who is none that was named: *the company that owns the mine*."""
    at = text.find(m.head, position, position + len(m.determiner) + len(m.phrase) + 2)
    return at >= 0 and _TOLD_BY_CLAUSE.match(text, at) is not None


def body_spelt(cast: Cast, discourse: Discourse, m: Mention, position: int) -> Name | None:
    """The body whose name has all the words of a phrase: *the health ministry*, after *the Ministry of Health*."""
    owner = re.sub(r"[’']s?$", "", m.owner)
    told = {singular(w) for w in f"{owner} {m.phrase}".lower().split()}
    names = dict.fromkeys(map(cast.of, cast.printed_in(position - _FAR, position)))
    fits = (n for n in names if n.kind != "person" and " " in n.full and told <= set(map(singular, n.parts)))
    found = max(fits, key=lambda n: (discourse.salience(n), n.before(position) or 0), default=None)
    if found is None and m.head == "bloc":  # the 12-nation TU bloc
        return cast.lookup(own_words(m).rpartition(" ")[0], position)
    named = (
        cast.by_name(" ".join(m.phrase.split()[:-1])) if found is None and m.head in _ANY_BODY | _UNTOLD - {"agency"} else None
    )
    return named if named is not None and named.kind in ("organisation", "media") else found  # the Norvik group


def own_words(m: Mention) -> str:
    """The words of a phrase that are a body's name where it has no other: *the energy, water and housing ministry*."""
    whole = m.whole or m.phrase
    at = fields.end() if (fields := MODIFIERS.match(whole)) is not None else 0
    whole = whole[:at] + re.split(r",(?!\d)| (?:who|which|whose|that)\b", whole[at:])[0]
    whole = _APART.split(whole)[0]  # the parliament in a vote
    return re.sub(r"^(?:\S*\d\S* )+", "", _NO_NAME.sub("", whole)).strip()  # the 5,000-strong police union


def short_of(text: str, whole: str, position: int, cast: Cast) -> str | None:
    """*CNE*, where *the national electricity board (CNE)* stands at a position: its one proper name."""
    at = text.find(whole, position, position + len(whole) + 40) if whole else -1
    short = beside(text, at + len(whole)) if at >= 0 else None
    known = short is None or not short.isupper() or short in cast.acronyms
    return None if known or any(w[0].isupper() for w in whole.split()) else short


def called(m: Mention, text: str, position: int, cast: Cast) -> tuple[str, str | None]:
    """What a body is called by a phrase: its short form in brackets, with its words, or the words alone."""
    whole = own_words(m)
    short = short_of(text, whole, position, cast)
    if short is not None:
        return short, whole
    owner = re.sub(r"(?<=s)[’']$|[’']s$", "", m.owner) if m.head == "campaign" else m.owner  # Veld's campaign, the Veld campaign
    return f"{owner} {whole}" if owner else whole, None


def other_type(head: str, n: Name) -> bool:
    """Whether a noun is for bodies of one type, and a body's name tells another: *the council* is no airline."""
    told = {singular(w) for w in n.parts} & _TYPES
    if not told.isdisjoint(_NOT.get(head, ())):
        return True  # the agency is no hospital
    if head in NOT_COMPANIES - _ANY_BODY and head not in n.role_words and not _COMPANIES.isdisjoint(n.role_heads):
        return True  # the hospital is no firm
    return head in _TYPES - _ANY_BODY and bool(told) and {*told, *n.parts}.isdisjoint({head, *BODY_LIKE.get(head, ())})
