"""The language of a text, by the library py3langid (Lui and Baldwin 2012, langid.py)."""

from __future__ import annotations

_SAMPLE = 2000  # characters; more changes nothing in news


def detect_language(text: str) -> str | None:
    """Return the ISO 639-1 code of the language a text is written in; None where it has no letters."""
    sample = text[:_SAMPLE]
    if not any(c.isalpha() for c in sample):
        return None
    import py3langid

    code, _ = py3langid.classify(sample)
    return str(code)


def is_english(language: str | None) -> bool:
    """Whether a language code stands for English."""
    return language is not None and language.lower().split("-")[0] == "en"
