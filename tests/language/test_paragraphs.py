"""Paragraphs: text in, kinds and texts out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.text.paragraphs import headline_of, split_paragraphs

BODY = "The council met on Monday and spoke for an hour about the bridge over the river."
MORE = "It will meet again next week."


def kinds(text: str, title: str | None = None) -> list[str]:
    return [p.kind for p in split_paragraphs(text, title)]


def texts(text: str) -> list[str]:
    return [text[p.start : p.end] for p in split_paragraphs(text)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
def test_line_ends(end: str) -> None:
    text = end.join(["Council meets on bridge", "", BODY, "", MORE, ""])
    assert texts(text) == ["Council meets on bridge", BODY, MORE]
    assert kinds(text) == ["headline", "body", "body"]


def test_one_paragraph_a_line() -> None:
    assert texts(f"Council meets on bridge\n{BODY}\n{MORE}") == ["Council meets on bridge", BODY, MORE]


def test_hard_wrapped_lines_are_joined() -> None:
    text = (
        "The council met on Monday and spoke for\nan hour about the bridge over the river,\nwhich has been closed since "
        "the flood\nof last year.\n\nThe mayor said that the work would take\nanother three months at the least, and\n"
        "that nobody was to blame for it.\n"
    )
    assert [len(t.splitlines()) for t in texts(text)] == [4, 3]


def test_an_address_above_hard_wrapped_lines_is_none_of_them() -> None:
    address = f"https://tarvo.example/2026/07/{'-'.join(['bridge'] * 30)}"
    wrapped = (
        "The council met on Monday and told the builders\nthat the bridge over the river would not be paid\n"
        "for by the town, whatever they said."
    )
    assert [p.end - p.start for p in split_paragraphs(f"{address}\n\n{wrapped}")] == [len(address), len(wrapped)]


def test_hard_wrapped_without_blank_lines() -> None:
    text = (
        "The council met on Monday and spoke for\nan hour about the bridge over the river,\nwhich has been closed since.\n"
        "The mayor said that the work would take\nanother three months at the least, and\nthat nobody was to blame."
    )
    assert [t.split()[1] for t in texts(text)] == ["council", "mayor"]


def test_short_lines_that_would_fit_are_not_joined() -> None:
    assert len(texts("Bread\nMilk and honey from the hills\nEggs\nWater")) == 4


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Comments are closed.", "boilerplate"),
        ("Click to follow", "boilerplate"),
        ("Read more: what the council said in May", "boilerplate"),
        ("Sign up to our newsletter", "boilerplate"),
        ("© 2026 Tarvo Gazette. All rights reserved.", "boilerplate"),
        ("Additional reporting by the Northern Press Agency", "boilerplate"),
        ("bridge, council, river, Ilse Tarn, flood", "boilerplate"),
        ("Photograph: Lise Oram/Northern Press Agency", "caption"),
        ("The bridge at dawn on Monday. (Photo by Lise Oram)", "caption"),
        ("Cars wait at the closed bridge over the river while engineers look at the second pillar from a boat", "caption"),
        ("Copyright 2026 The Tarvo Gazette.", "boilerplate"),
        ("This article was updated to say that it rained.", "boilerplate"),
        ("Copyright law is broken, the lawyer Ann Veld said.", "body"),
        ("Follow us home, the guide told the children.", "body"),
        ("Most popular songs are old, says Bo Lund.", "body"),
        ("A long wait", "subhead"),
        ("“We will wait.” ― Bo Lund", "body"),
        ("The mayor said: “We will wait.”", "body"),
        ("The wall will be rebuilt, the mayor said. Credit: Northern Press", "body"),
    ],
)
def test_kind_of_line(line: str, kind: str) -> None:
    assert kinds(f"{BODY}\n\n{line}\n\n{MORE}") == ["body", kind, "body"]


@pytest.mark.parametrize(
    ("line", "headline"),
    [
        ("Council meets on bridge", True),
        ("Why is the bridge closed?", True),
        ("‘We will wait,’ says Tarvo mayor", True),
        ("Council to Vote on Closed Bridge Over River.", True),
        (BODY, False),
        ("It rained. It rained again.", False),
        ("“We will wait.”", False),
        ("Bridge", False),
    ],
)
def test_headline(line: str, headline: bool) -> None:
    text = f"{line}\n\n{BODY}"
    assert kinds(text)[0] == ("headline" if headline else "body")
    assert headline_of(text) == (line if headline else None)


def test_a_title_that_is_given_is_the_headline() -> None:
    assert kinds(f"The council has met again.\n\n{BODY}", "The council has met again")[0] == "headline"


def test_a_single_paragraph_is_no_headline() -> None:
    assert kinds("Council meets on bridge") == ["body"]


@given(st.text(alphabet=" \t\r\n\u2028abC.,“”’", max_size=200))
def test_paragraphs_cover_all_words_once(text: str) -> None:
    end = 0
    outside = []
    for n, p in enumerate(split_paragraphs(text)):
        assert p.index == n and end <= p.start < p.end
        assert text[p.start : p.end] == text[p.start : p.end].strip()
        outside.append(text[end : p.start])
        end = p.end
    assert not "".join([*outside, text[end:]]).strip()
