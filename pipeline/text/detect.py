"""The language of a text, by the library py3langid (Lui and Baldwin 2012, langid.py)."""

from __future__ import annotations

import functools
import re
import threading
from typing import Any

_SAMPLE = 2000  # characters; more changes nothing in news
# How likely English must be against the likeliest language to be taken for it: a few words with foreign names are as likely to
# be one of several languages, and English is what is read here. Sentences of other languages stay below 0.01.
_LEAN = 0.25
_HINT = 0.03  # the same where a word is printed that English alone has: a few words around names of another language
_ENGLISH = re.compile(r"\b(?:the|said|says|told|they|that|would|their|which|with|were)\b")
_SHORT = 400  # characters of a text so short that the names in it may outweigh its words
_TELLING = 100  # letters of the shortest text that says more of its language than who declares one
_SURE = 0.9  # how likely the language of a text must be, unless English is declared, and
_PLAIN = 0.01  # how unlikely the declared one, for the text to be believed; close relatives (Zulu, Xhosa) stay between
_LOADING = threading.Lock()
_ODD = frozenset({"pcm", "zxx"})  # pidgin, which English quotes; no language at all


def detect_language(text: str) -> str | None:
    """Return the ISO 639-1 code of the language a text is written in; None where it has no letters."""
    sample = text[:_SAMPLE]
    if not any(c.isalpha() for c in sample):
        return None
    ranked = _identifier().rank(sample)
    likely = dict(ranked)
    code, most = ranked[0]
    least = _HINT if len(sample) < _SHORT and _ENGLISH.search(sample) is not None else _LEAN
    return "en" if likely["en"] >= least * most else str(code)


def language_of(declared: str | None, text: str) -> str | None:
    """Return the language that is declared, unless the text is plainly in another; templates of sites declare one for all.

    Args:
        declared: ISO 639-1 code, or None where nobody has told it.
        text: the article.
    """
    if declared is None:
        return detect_language(text)
    sample = text[:_SAMPLE]
    if sum(c.isalpha() for c in sample) < _TELLING:
        return declared
    ranked = _identifier().rank(sample)
    code, most = str(ranked[0][0]), ranked[0][1]
    own = dict(ranked).get(declared)
    if code == declared or code in _ODD or (most < _SURE and declared != "en"):
        return declared
    if own is None:  # one that the library does not know: it calls it by another, but never English
        return code if code == "en" else declared
    return code if own < _PLAIN else declared


def is_english(language: str | None) -> bool:
    """Whether a language code stands for English."""
    return language is not None and language.lower().split("-")[0] == "en"


def load_ahead() -> None:
    """Begin to load what tells languages, in a thread: most of it is unpacking, which leaves the interpreter to others."""
    threading.Thread(target=_identifier, daemon=True).start()


def _identifier() -> Any:
    with _LOADING:
        return _load()


@functools.cache
def _load() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
