"""Forms of names for comparing them: words without accents and titles, surnames, outlines of spellings, common names."""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass

from ..lexicon.forms import is_noun
from ..lexicon.nouns import BODIES, BODY_LIKE
from ..lexicon.tables import words
from ..lexicon.words import COORDINATORS, DETERMINERS, PREPOSITIONS

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", **dict.fromkeys("’‘´`", "'")}
)
_PRINTED = str.maketrans({"ø": "o", "ł": "l", "đ": "dj", "ı": "i", "æ": "ae", "œ": "oe"})  # as papers print them in English
_WORD = re.compile(r"[^\W_](?:[\w'’.-]*[^\W_])?")
_PARTS = re.compile(r"[\s-]+")
_LONG = 6  # letters of words that may be told through a misprint
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_ARTICLES = words("name_article")  # of Arabic names, before a hyphen or apart
_JOINS = words("name_join")
_PIECES = words("name_piece")  # of a name that goes on, with a hyphen or apart
_SON_OF = frozenset("bin bint binti ibn ben bte".split())  # Adel bin Tarek Al Odah is not Tarek
_VOWELS = frozenset("aeiou")
_S_APART, _LETTER_APART = re.compile(r"(?<=\w\w) s\b(?! \w\b)"), re.compile(r"\b(\w) (?=\w\b)")
_SUFFIXES = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "ii", "iii": "iii", "iv": "iv"}
_LEGAL = words("legal_form")
_SMALL = words("acronym_small")
_JOINING = PREPOSITIONS | DETERMINERS | COORDINATORS  # words that a line in title case has in small letters
LONGEST_ACRONYM = 8  # letters
SHORT_BODIES = words("short_body")  # of two letters, which else may stand for anything
# What many places have: a name of such words alone is nobody's own.
_COMMON = words("shared_in_names")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A person's name by its parts, folded; ``given`` is empty where a surname stands alone."""

    given: str
    middle: tuple[str, ...]
    surname: str
    suffix: str


@functools.lru_cache(maxsize=1 << 12)
def parts_of(name: str) -> tuple[str, ...]:
    """The words of a name in small letters without accents (*César* is *Cesar*), hyphens parted, without an article."""
    plain = _unaccented(name.lower()).replace("’", "'").removeprefix("the ")
    return tuple(w for w in _PARTS.split(plain) if w) or (name.lower(),)


def _unaccented(word: str) -> str:
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFD", word.translate(_PRINTED)) if not unicodedata.combining(c))


@functools.lru_cache(maxsize=1 << 12)
def key_of(name: str) -> str:
    """What forms of a name have in common that only capitals, hyphens and an article tell apart."""
    return " ".join(parts_of(name))


def is_part(parts: tuple[str, ...], whole: tuple[str, ...], given: tuple[str, ...]) -> bool:
    """Whether words stand for the person of a fuller name: a surname, the given name, or several words with which it begins (*Ana
    Maria* of *Ana Maria Veld*, but not *Bo Veld* of *Bo Veld Jr*).
    """
    last = whole[-1].rstrip(".,")  # of the Bo Veld Lecture nobody is the name
    begins = len(parts) > 1 and whole[: len(parts)] == parts and last not in _SUFFIXES and not is_noun(last)
    if whole[-len(parts) :] == parts or given == parts or begins:
        return True
    rest = whole[len(given) :]
    at = rest.index(parts[0]) if len(parts) == 1 and parts[0] in rest else -1
    return at == 0 or (at > 0 and rest[at - 1] not in _SON_OF)


def is_close(one: str, other: str) -> bool:
    """Whether two long words are one letter apart: one more, another, or two in another order."""
    if min(len(one), len(other)) < _LONG or abs(len(one) - len(other)) > 1:
        return False
    at = next((k for k, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[at:], other[at:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


@functools.lru_cache(maxsize=1 << 14)
def folded(name: str) -> tuple[str, ...]:
    """The words of a name in small letters, without accents and stops."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return tuple(m.group().replace(".", "") for m in _WORD.finditer(plain))


@functools.lru_cache(maxsize=1 << 14)
def parse_person(name: str) -> Parsed:
    """*George W. Bush Jr.* → george, (w,), bush, jr; *Bashar al-Assad* → bashar, (), assad; *Assad* → assad alone."""
    parted = _INITIALS.sub(lambda m: m.group().replace(".", ". "), name)
    words = [w for word in folded(parted) for w in _without_article(word)]
    suffix = ""
    if len(words) > 1 and words[-1] in _SUFFIXES:
        suffix = _SUFFIXES[words.pop()]
    words = words or [name.casefold()]
    before = words[:1] + [w for w in words[1:-1] if w not in _ARTICLES and w not in _JOINS] if len(words) > 1 else []
    surname = words[-1]
    return Parsed(before[0] if before else "", tuple(before[1:]), surname, suffix)


def surname_of(plain: str) -> str:
    """The surname in a normalised name, where marks have parted words: *mu allem* and *abdul rahman* are one."""
    words = list(folded(plain))
    if len(words) > 1 and words[-1] in _SUFFIXES:
        words.pop()
    return "".join(words[-2:] if len(words) > 1 and _is_piece(*words[-2:]) else words[-1:])


def _is_piece(word: str, rest: str) -> bool:
    return word in _PIECES or (len(word) == 2 and rest[:1] in _VOWELS and word not in _ARTICLES and word not in _JOINS)


def body_of(plain: str) -> str:
    """A body's normalised name with what marks have parted put together: *mcdonald s*, *total s a*."""
    return _LETTER_APART.sub(r"\1", _S_APART.sub("s", plain))


def _without_article(word: str) -> list[str]:
    head, dash, rest = word.partition("-")
    if dash and head in _ARTICLES and rest:
        return [rest.replace("'", "")]
    return [word.replace("'", "")]


@functools.lru_cache(maxsize=1 << 14)
def parse_body(name: str) -> tuple[str, ...]:
    """The words of a body's name without article and legal form: *The Exxon Mobil Corp.* → (exxon, mobil)."""
    words = [w.replace("'", "") for w in folded(name)]
    words = words[1:] if len(words) > 1 and words[0] == "the" else words
    while len(words) > 1 and words[-1] in _LEGAL:
        words = words[:-1]
    return tuple(words) or (name.casefold(),)


def abbreviates(short: str, name: str) -> bool:
    """Whether a short form has the initials of a name, and its small letters are of small words or go on with the word before:
    *BoG* is the Bank of Ghana, *IISc* the Indian Institute of Science.
    """
    if short.isupper():
        return True
    pattern = "".join(rf"(?:\b|.*?\b){c}" if c.isupper() else rf"(?:{c}|\w* {c})" for c in short)
    return re.fullmatch(rf"(?:[Tt]he )?{pattern}\w*", name) is not None


def in_order(letters: str, name: str) -> bool:
    """Whether a name has letters, small or capital, in their order: *lorin*, *the Lakes Office of Rivers in Norland*."""
    left = iter(name.lower())
    return all(c in left for c in letters.lower())


def has_initials(name: str, letters: str) -> bool:
    """Whether a name's words begin with letters: *Ann Veld*, *A.V.*"""
    return "".join(w[0] for w in name.split()) == letters.replace(".", "")


def initials(words: tuple[str, ...]) -> set[str]:
    """What may abbreviate a body's name: its initials, with those of small words and without them."""
    return {"".join(w[0] for w in words), "".join(w[0] for w in words if w not in _SMALL)}


def undotted(name: str) -> str:
    """An abbreviation without its stops: *T.R.A.* → *TRA*; any other name as it is."""
    return name.replace(".", "") if _INITIALS.fullmatch(name) is not None else name


def is_acronym(name: str) -> bool:
    """Whether a body's name is an abbreviation: *UN*, *the U.N.*."""
    bare = name.removeprefix("The ").removeprefix("the ").replace(".", "")
    return 1 < len(bare) <= LONGEST_ACRONYM and bare.isupper()


def is_generic(name: str) -> bool:
    """Whether a body's name is what many bodies are called: *police*, *city council*, *Foreign Ministry*, *Supreme Court*."""
    if not any(c.isupper() for c in name):
        return True
    words = parse_body(name)
    return all(w in _COMMON or w in BODIES or w in BODY_LIKE for w in words) and not name.isupper()


# Sounds that are written in several ways where names come from other scripts; the order matters.
_SPELLINGS = [
    (re.compile(p), r)
    for p, r in (
        (r"tsch|tch|ch", "k"),
        (r"sch|sh|ss", "s"),
        (r"ph", "f"),
        (r"[gkq]h|ck|[cgq]", "k"),
        (r"dh", "d"),
        (r"th", "t"),
        (r"zh|ts|tz", "z"),
        (r"w", "v"),
        (r"x", "ks"),
        (r"h|['-]", ""),
        (r"[ae]", "a"),
        (r"[ou]", "o"),
        (r"[iyj]", "i"),
        (r"(?<!^)i(?=[ao])", ""),
        (r"(.)\1+", r"\1"),
    )
]


@functools.lru_cache(maxsize=1 << 14)
def sounds(name: str) -> str:
    """A folded name without what its spelling in English leaves open: *gaddafi*, *qadhafi* → kadafi."""
    for pattern, replacement in _SPELLINGS:
        name = pattern.sub(replacement, name)
    return name


def outline(name: str) -> str:
    """Its consonants alone, with the vowel that it begins with: *muammar*, *mohamar* → mr."""
    heard = sounds(name)
    return re.sub(r"(.)\1+", r"\1", heard[:1] + re.sub("[aio]", "", heard[1:]))


def title_case_lines(text: str) -> list[tuple[int, int]]:
    """Spans of lines in title case, in which a capital letter tells no name."""
    found = []
    for line in re.finditer(r"[^\r\n]+", text):
        words = line.group().split()
        long = [w for w in words if len(w) > 3 and w[0].isalpha()]
        least = 1.0 if line.group().rstrip().endswith(".") else 0.8  # a sentence may be full of names
        if least == 1.0 and any(w.islower() and w not in _JOINING for w in words):
            continue  # Mayor Ann Veld met Governor Bo Lund.
        if len(long) >= 5 and sum(w[0].isupper() for w in long) >= least * len(long):
            found.append(line.span())
    return found
