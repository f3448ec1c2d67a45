"""The language of a text, by the library py3langid (Lui and Baldwin 2012, langid.py)."""

from __future__ import annotations

import functools
from typing import Any

_SAMPLE = 2000  # characters; more changes nothing in news
# How likely English must be against the likeliest language to be taken for it: a few words with foreign names are as likely to
# be one of several languages, and English is what is read here. Sentences of other languages stay below 0.01.
_LEAN = 0.25


def detect_language(text: str) -> str | None:
    """Return the ISO 639-1 code of the language a text is written in; None where it has no letters."""
    sample = text[:_SAMPLE]
    if not any(c.isalpha() for c in sample):
        return None
    ranked = _identifier().rank(sample)
    likely = dict(ranked)
    code, most = ranked[0]
    return "en" if likely["en"] >= _LEAN * most else str(code)


def is_english(language: str | None) -> bool:
    """Whether a language code stands for English."""
    return language is not None and language.lower().split("-")[0] == "en"


@functools.cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
