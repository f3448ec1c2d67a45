"""Patterns that are looked for by the words that each of their matches holds."""

from __future__ import annotations

import re

import pytest

from onrecord.text.seek import Seeker, needed


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"\bphotos? by\b", {"photo"}),
        (r"\b(?:survey|poll)(?: \w+)? (?:by|from) [A-Z]", {"survey", "poll"}),
        (r"\w+ (?:website|web ?site)\b", {"site"}),
        (r"(?:the )?[\w-]+(?: of \w+)?", set()),
        (r"(?:pier|[a-z]+)\.", {"."}),
        (r"(?<=quay) [Bb]arge(?!s)", {" Barge", " barge"}),
        (r"(?:ferry ){2,3}|(?>tug)", {"ferry ", "tug"}),
    ],
)
def test_what_every_match_holds(pattern: str, words: set[str]) -> None:
    assert needed(pattern) == words


@pytest.mark.parametrize("flags", [0, re.IGNORECASE])
def test_finds_what_the_pattern_finds(flags: int) -> None:
    pattern = r"\b(?:pictures?|Film) by [A-Z]\w+"
    text = "Picture by Ann Veld. A picture by Bo Lund, a film by tam, a Film by Odell."
    seeker, plain = Seeker(pattern, flags), re.compile(pattern, flags)
    for start, end in ((0, None), (22, None), (0, 15), (44, 60), (50, len(text))):
        found, wanted = seeker.search(text, start, end), plain.search(text, start, len(text) if end is None else end)
        assert (found and found.span()) == (wanted and wanted.span())
    assert [m.span() for m in seeker.finditer(text)] == [m.span() for m in plain.finditer(text)]
    assert (seeker.match(text) is None) == (plain.match(text) is None)
