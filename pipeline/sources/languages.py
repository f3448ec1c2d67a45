"""Names and codes of languages, as people and programs write them, to ISO 639-1; by the library babel (Unicode CLDR)."""

from __future__ import annotations

import functools
import re

_UNTOLD = frozenset(
    "und mul mis zxx unknown undetermined undefined none null n/a other multiple auto x-default i-default".split()
)
# whose own names are understood: *Deutsch*, *français*
_OWN_NAMES = "de fr es it pt nl sv da nb fi pl cs ru uk el tr ar he fa hi ur zh ja ko sw zu af id ms vi".split()


def known_language(value: str) -> str | None:
    """The code of a language: *en-GB*, *en_US.UTF-8*, *eng*, *English* and *English (UK)* → *en*.

    None for *und* and the like, which tell none.

    Raises:
        ValueError: neither a code nor a name.
    """
    value = value.strip(" \t\r\n[]'\"")
    if value.casefold() in _UNTOLD:
        return None
    names = _names()
    name = re.sub(r"\s*[(,;|/].*", "", value).casefold()
    for called in (name, name.rpartition(" ")[2]):  # *British English*
        if called in names or (called and not called.isascii()) or len(called) > 3:
            code = names.get(called) or _own_names().get(called)
            if code:
                return code
    code = re.split(r"[-_.@,;|/']", value, maxsplit=1)[0].lower()
    if code in _UNTOLD:
        return None
    if not re.fullmatch(r"[a-z]{2,3}", code) or _short(code) not in _codes():
        raise ValueError(f"{value[:40]!r} is not a language code (such as en)")
    return _short(code)


def _short(code: str) -> str:
    """A code of two letters for one of three, and today's for one of earlier: *eng*, *ger*, *deu*, *iw*."""
    from babel.core import get_global

    return (
        str(get_global("language_aliases").get(code, code)).split("_")[0]
        if len(code) == 3 or code in ("iw", "in", "ji")
        else code
    )


@functools.cache
def _codes() -> frozenset[str]:
    from babel import Locale

    return frozenset(str(code) for code in Locale("en").languages)


@functools.cache
def _own_names() -> dict[str, str]:
    """The names of some languages in themselves."""
    from babel import Locale

    return {str(Locale(code).get_language_name(code)).casefold(): code for code in _OWN_NAMES}


@functools.cache
def _names() -> dict[str, str]:
    from babel import Locale

    return {name.casefold(): code for code, name in Locale("en").languages.items() if "_" not in code}
