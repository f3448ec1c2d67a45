"""Inflection: the singular of a noun, the base form of a verb.

Both are LemmInflect's: a dictionary of 70,000 forms, made from the NIH's SPECIALIST Lexicon, and rules for the words that it
lacks. What it has wrong stands in forms.csv; words of other languages' plurals and new words go there too.
"""

from __future__ import annotations

import functools
import gzip
import importlib
import importlib.util
import re
import sys
from typing import Any, Literal

from .rows import FormRow
from .tables import nouns, table

_Part = Literal["NOUN", "VERB"]
_WORD = re.compile(r"^(?=([^,\n]+),)(.*(?:\n\1,.*)*)", re.MULTILINE)  # and its lines
_LEAST = 3  # letters of a compound before its last part: *yemen* is none
_FIELD = r"(?!(?:an?|the|his|her|its|who|which|and|said)\b)[a-z][\w’'-]*(?: (?!and\b)[a-z][\w’'-]*)?"
_FIELDS = rf"(?:{_FIELD}, )+(?:{_FIELD},? )?(?:and|&) (?=[a-z])"
_LED = r"(?:(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|(?:[Tt]he )?[\w’'-]+[’']s) )?"
MODIFIERS = re.compile(_LED + _FIELDS)  # what stands before the noun: the trade, mines and labour minister
COMPLEMENTS = re.compile(rf"{_LED}(?:[\w-]+ ){{1,2}}(?:of|for) {_FIELDS}")  # behind it: the minister of trade, mines and labour


@functools.lru_cache(maxsize=1 << 14)
def singular(noun: str) -> str:
    """The singular of a noun in small letters; a singular is its own: *heroes* → *hero*, *aid-workers* → *aid-worker*."""
    if noun in _told("noun"):
        return _told("noun")[noun]
    at = max(noun.rfind("-"), noun.rfind(" ")) + 1
    word = noun[at:]
    if word in _invariable():
        return noun
    told = _told("noun").get(word) or next(iter(_known(word, "NOUN")), None)
    return noun[:at] + (told or _of_compound(word) or (_by_rule(word, "NOUN") if word.endswith("s") else word))


def plural(noun: str) -> str:
    """The plural of a regular noun in small letters, or one in *-is*: *study* → *studies*, *analysis* → *analyses*."""
    if noun.endswith("is"):
        return f"{noun[:-2]}es"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"


@functools.lru_cache(maxsize=1 << 14)
def lemma(word: str) -> str:
    """The base form of a word in small letters that stands for a verb, as a cue does: *apologised* → *apologise*."""
    return next(iter(lemmas(word)), None) or singular(word)


@functools.lru_cache(maxsize=1 << 14)
def lemmas(word: str) -> tuple[str, ...]:
    """The verbs of which a word in small letters may be a form, the likeliest first: *found* → *find*, *found*."""
    told = _told("verb").get(word)
    if told is not None:
        return (told,)
    if word.endswith(("s", "ed", "ing")) and not _library().getAllLemmas(word):
        return (_by_rule(word, "VERB"),)
    return _known(word, "VERB")


@functools.lru_cache(maxsize=1 << 14)
def is_verb_only(word: str) -> bool:
    """Whether the dictionary has a word in small letters as a verb and as no noun: *contributes*."""
    found = _library().getAllLemmas(word)
    return "VERB" in found and "NOUN" not in found and word not in _told("noun")


@functools.lru_cache(maxsize=1 << 12)
def parts_of_speech(word: str) -> frozenset[str]:
    """What a word in small letters can be, as the dictionary has it: *joint* → ADJ, NOUN, VERB."""
    return frozenset(_library().getAllLemmas(word))


@functools.lru_cache(maxsize=1 << 12)
def is_noun(word: str) -> bool:
    """Whether the dictionary has a word in small letters as a noun: *kingdom*."""
    return "NOUN" in _library().getAllLemmas(word)


def is_adverb(word: str) -> bool:
    """Whether the dictionary has a word in small letters as an adverb and as nothing else: *publicly*, *afterwards*."""
    return parts_of_speech(word) == {"ADV"}


def _of_compound(word: str) -> str | None:
    """The singular of a word that the dictionary lacks, by the ending of a compound in forms.csv: *riverboatmen*."""
    endings = (word[at:] for at in range(_LEAST, len(word)))
    return next((word[: -len(e)] + _told("noun")[f"-{e}"][1:] for e in endings if f"-{e}" in _told("noun")), None)


def _known(word: str, part: _Part) -> tuple[str, ...]:
    found: tuple[str, ...] = _library().getAllLemmas(word, part).get(part, ())
    return found


def _by_rule(word: str, part: _Part) -> str:
    found: str = _library().getAllLemmasOOV(word, part).get(part, (word,))[0]
    return found or word


@functools.cache
def _library() -> Any:
    """LemmInflect's lemmatizer, with its dictionary.

    It is imported without what its package does besides: to import spaCy, which workers do without, and to hang extensions on
    spaCy's tokens, which fails where others have the same names.
    """
    spec = importlib.util.find_spec("lemminflect")
    if spec is None:
        raise ImportError("LemmInflect is not installed: pip install lemminflect")
    before = sys.modules.get("lemminflect")
    sys.modules["lemminflect"] = before or importlib.util.module_from_spec(spec)  # which is not run
    try:
        library = importlib.import_module("lemminflect.core.Lemmatizer").Lemmatizer()
        library.lemma_dict = _FormLines(library.lemma_lu_fn)
        return library
    finally:
        if before is None:
            del sys.modules["lemminflect"]


class _FormLines:
    """LemmInflect's dictionary, of which a line is read when its word is asked for: to read all of them takes 0.3 s.

    Args:
        file: its file: word, category, base forms; the lines of a word stand together.
    """

    def __init__(self, file: str) -> None:
        with gzip.open(file, "rt", encoding="utf-8", newline="") as lines:
            self._of: dict[str, str] = dict(_WORD.findall(lines.read()))
        self._file = file
        self._codec = importlib.import_module("lemminflect.codecs.LemmaLUCodec")

    def __reduce__(self) -> tuple[type[_FormLines], tuple[str]]:
        # whoever imports LemmInflect as well has its lemmatizer among spaCy's extensions, which go to other processes
        return _FormLines, (self._file,)

    def get(self, word: str, default: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        """The base forms of a word by part of speech."""
        found = self._of.get(word)
        if found is None:
            return default
        read = map(self._codec.LemmaLUCodec.fromString, found.splitlines())
        return {self._codec.categoryToUPos(category): forms for _, category, forms in read}


@functools.cache
def _told(part: Literal["noun", "verb"]) -> dict[str, str]:
    return {row.form: row.base for row in table(FormRow) if row.part == part}


@functools.cache
def _invariable() -> frozenset[str]:
    return nouns("invariable")
