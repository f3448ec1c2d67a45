"""Roles as they are printed: *Bob Rees, a baker*; *the baker Bob Rees*."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from typing import TYPE_CHECKING

from ..lexicon.cues import cue_verb, is_telling
from ..lexicon.forms import is_noun, parts_of_speech, singular
from ..lexicon.governments import country_of, government_of, nations_in
from ..lexicon.nouns import BODIES, BODY_LIKE, NO_TRADES, PERSON_LIKE, is_person_noun
from ..lexicon.tables import nouns
from ..lexicon.words import FINITE, PARTICLE, PREPOSITIONS, PRONOUNS, RELATIVES, TITLES, UNIT_WORDS
from ..text.chars import Chars
from .aliases import initials_of
from .mentions import head_of
from .offices import PARTIES, is_in_capitals, without_address

if TYPE_CHECKING:
    from .cast import Cast, Name

_NO_APPOSITION = re.compile(
    r"(?:who|which|whose|whom|of|from|\w+ing|\d|and|but|in|on|at|when|while|as|also|"
    r"(?:then|now|just|only) (?:\d+|in|on|at|under|with|without|free|facing|aged|living|known|called|dead|back|home|ready))\b",
    re.IGNORECASE,
)
NO_ROLE = PRONOUNS | RELATIVES | PREPOSITIONS | FINITE  # words that belong to no role before or behind a name
_ARTICLES = frozenset(("the", "a", "an", "his", "her", "their", "its"))
_BESIDE = 160  # characters before the first mention of somebody in which the body that they are of may be named
_SHORT = 4  # words of a role that needs no noun for a person: *the voice of Tarvo*
_HOME = re.compile(r"(?:of|from) [^\W\d_a-z][^,]*, (?=an? |the )")  # Ann Veld, 32, of Tarvo, a baker


def behind_deed(words: Sequence[str]) -> Sequence[str]:
    """The words before a name without those up to what somebody did to its bearer: *the board thanked* | *head Ann Veld*."""
    return words[max((n + 1 for n, w in enumerate(words) if is_telling(w)), default=0) :]


def is_role(phrase: str) -> bool:
    """Whether words beside a person's name are a noun phrase for a person: *the retired driver*, not *mayor rebuffs*; or a
    country that has the person: *Syria's*.
    """
    head = head_of(phrase)
    if head[-2:] in ("’s", "'s") and nations_in(phrase):
        return True
    if head in TITLES or is_in_capitals(phrase) or is_person_noun(head) or country_of(head) is not None:
        return True
    words = phrase.lower().split()
    noun = words[0] in _ARTICLES and 1 < len(words) < 5 and head.isalpha() and not any(w in NO_ROLE for w in words[1:])
    return noun and not _acts(words)


def _acts(words: Sequence[str]) -> bool:
    """Whether words end in what somebody does: *the mayor sacked*, *the Prime Minister hopes*."""
    verb = cue_verb(words[-1])
    done = (words[-1].endswith("ed") and not is_noun(words[-1])) or (verb is not None and verb.lemma != words[-1])
    return done and any(is_person_noun(w) for w in words[:-1])


def is_called(phrase: str) -> bool:
    """Whether words beside a body's name may be what it is called: *the lender*, not *police searched his*, *thieves robbed*."""
    last = phrase.split(" ")[-1].lower()
    joined = phrase.lower().endswith(" and the")  # the Safety Authority and the Ministry of Health, two of a kind
    return (joined or last not in _ARTICLES) and not (last.endswith("ed") and not is_noun(last))


def role_behind(text: str, span: Chars | None) -> str | None:
    """The apposition after a name as a role: *Bob Rees, a baker*."""
    role = _HOME.sub("", text[slice(*span)].strip(), count=1) if span is not None else ""
    if _NO_APPOSITION.match(role) is not None or _is_sentence(role):
        return None
    return clean_role(role) if 0 < len(role.split()) <= 15 else None


def _is_sentence(words: str) -> bool:
    """Whether so much follows a name without a noun for a person or a body that it goes on with what is said: *It is late, says
    Bo Lund, the tide rose by a metre*.
    """
    found = [w.lower().strip(",.-’'") for w in words.split()]
    return (
        found[:1] not in (["a"], ["an"])
        and len(found) > _SHORT
        and not any(is_person_noun(singular(w)) or w in BODIES or w in TITLES for w in found)
    )


def roles_of(n: Name, head: str) -> Sequence[str]:
    """The roles of somebody with a noun for a head; *Dr* makes no doctor of one who is told to be an economist."""
    roles = n.role_heads.get(head, ())
    if head != "doctor" or not all(r.split(" ")[-1].rstrip(".").lower() == "dr" for r in roles):
        return roles
    trades = {w for w in n.role_words if is_person_noun(w)} - NO_TRADES - {head, "dr"}
    return roles if PERSON_LIKE[head] & trades or not trades else ()


_CALLED = BODIES | BODY_LIKE.keys() | nouns("adherent") | PARTIES  # nouns for no person that tell who somebody is
_OWNER = re.compile(r"((?:(?! of | for |['‘’\"“”]).)+?)(?:[’']s|(?<=s)[’'])")


_QUALITY = re.compile(r"\w+(?:ous|less|ful)|(?:late|ousted|embattled|outgoing|incoming|disgraced|then|now|fellow)", re.IGNORECASE)
_LISTED = re.compile(r"\A[\w’' -]*[a-z]s? (?:like|such as|including) (?=the |an? )|\APeople like ")  # people like the singer
_YEAR = re.compile(r"(?:19|20)\d\d")
_PARTICIPLE = re.compile(r"[A-Z][a-z]{2,}ing")
_CUT = re.compile(r".*\b(?:and|or|the|a|an|of|in|for|by|with|from|at|on|is|are|was|were|which|that)|&", re.IGNORECASE | re.DOTALL)
_PARTICLES = re.compile(rf"(?:(?:\A| ){PARTICLE})+\Z")  # Dr. van der | Merwe


def clean_role(role: str) -> str | None:
    """A role without its article and what joins it to others; None for a bare form of address, and for an owner alone, which
    tells no role: *Syria's Assad*.
    """
    words = _LISTED.sub("", role, count=1).split()
    while words and words[0].lower() in ("the", "a", "an", "and", "but", "or"):
        words = words[1:]
    words = words[1:] if words and _YEAR.fullmatch(words[0]) else words  # on July 22, 2022 Vice President Veld
    while words and words[-1].lower() in ("named", "called", "surnamed"):
        words = words[:-1]  # a baker named Ann Veld
    cleaned = without_address(_PARTICLES.sub("", " ".join(words)).strip(" ,").rstrip(' "“‘'))
    if _OWNER.fullmatch(cleaned) is not None or _QUALITY.fullmatch(cleaned) is not None:
        return None
    bare = cleaned.rstrip(".").lower() in ("mr", "mrs", "ms", "miss", "mx")
    bare = bare or _is_no_role(cleaned)
    bare = bare or _CUT.fullmatch(cleaned) is not None  # networks and the
    bare = bare or cleaned.count("“") != cleaned.count("”") or cleaned.count('"') % 2 == 1
    return None if bare or len(cleaned) < 3 or re.match(r"[A-Z]-[A-Z]|\w{1,4}\.$", cleaned) else cleaned


def _is_no_role(word: str) -> bool:
    """Whether a word before a name but opens the sentence, or is a country: *Later Veld*, *Interviewed Veld*, *Downtown Veld*,
    *US Airways*.
    """
    low = word.lower()
    if low in UNIT_WORDS or government_of(word) is not None:
        return True
    somebody = is_person_noun(singular(low)) or low.rstrip(".") in TITLES
    can_be = parts_of_speech(low) if not somebody else frozenset()
    if "NOUN" not in can_be:
        return not can_be.isdisjoint(("ADV", "VERB"))
    thing = word[:1].isupper() and low not in _CALLED
    return thing or ("VERB" in can_be and low.endswith("ing"))


def of_titles(titles: str | None) -> str | None:
    """The titles before a name as a role, without the particle that belongs to it (*Dr. van der* | Merwe); None for a participle
    that opened a sentence (*Using Veld's* ...).
    """
    if titles is None or _PARTICIPLE.fullmatch(titles) is not None:
        return None
    return clean_role(titles) if _PARTICLES.search(titles) is not None else titles


def proper_words(phrase: str) -> set[str]:
    """The capitalised words of a phrase but the first."""
    return {w.strip("(),.’'") for w in phrase.split()[1:] if w.lstrip("(")[:1].isupper()}


def is_of_body(cast: Cast, bodies: Set[str], n: Name) -> bool:
    """Whether a role is of a body by its other name, or the body is named right before whoever has it: *the PTR chair*, who is
    chair of the Party of Tarvo Rail, or *its chair, Ann Veld*.

    Args:
        cast: the names of the article.
        bodies: abbreviations, in small letters.
        n: who has the role.
    """
    at, of = n.mentions[0][0], {b.upper() for b in bodies}
    near = [p.name for p in cast.printed_in(max(0, at - _BESIDE), at)]
    if any(b in (name.upper(), initials_of(name)) for b in of for name in near):
        return True
    return any(b in role or cast.acronyms.get(b, b) in role or b in initials_of(role) for b in of for role in n.roles)
