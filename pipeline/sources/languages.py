"""Names and codes of languages, as people and programs write them, to ISO 639-1; by the library babel (Unicode CLDR)."""

from __future__ import annotations

import functools
import re

_UNTOLD = frozenset("und mul mis zxx unknown undetermined undefined none null n/a other multiple".split())


def known_language(value: str) -> str | None:
    """The code of a language: *en-GB*, *en_US.UTF-8*, *eng*, *English* and *English (UK)* → *en*.

    None for *und* and the like, which tell none.

    Raises:
        ValueError: neither a code nor a name.
    """
    value = value.strip()
    if value.casefold() in _UNTOLD:
        return None
    names = _names()
    name = re.sub(r"\s*[(,].*", "", value).casefold()
    if name in names:
        return names[name]
    code = re.split(r"[-_.@]", value, maxsplit=1)[0].lower()
    if code in _UNTOLD:
        return None
    if not re.fullmatch(r"[a-z]{2,3}", code):
        raise ValueError(f"{value[:40]!r} is not a language code (such as en)")
    return _short(code)


def _short(code: str) -> str:
    """A code of two letters for one of three: *eng*, *ger*, *deu*."""
    from babel.core import get_global

    return str(get_global("language_aliases").get(code, code)).split("_")[0] if len(code) == 3 else code


@functools.cache
def _names() -> dict[str, str]:
    from babel import Locale

    return {name.casefold(): code for code, name in Locale("en").languages.items() if "_" not in code}
