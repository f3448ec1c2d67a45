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
        ("First Published: Mar 04, 2026 14:45 IST", "boilerplate"),
        ("Updated 4 March 2026, 9.30am", "boilerplate"),
        ("Published in March 2026, the report blames three engineers, who have since been dismissed.", "body"),
        ("Posted to Tarvo in 1991, he never left the island again.", "body"),
        ("(With inputs from agencies)", "boilerplate"),
        ("With files from the Northern Press", "boilerplate"),
        ("With inputs from farmers, the plan was written again.", "body"),
        ("By Ilse Tarn and Bo Lund, transport editors", "boilerplate"),
        ("By Monday the river had fallen, and the road was open.", "body"),
        ("Staff writer Bo Lund contributed to this report.", "boilerplate"),
        ("Heavy rain contributed to the collapse of the bridge.", "body"),
        ("This interview has been edited for length and clarity.", "boilerplate"),
        ("This interview was the last that the poet gave, his sister said.", "body"),
        ("Follow Bo Lund on X @bolund.", "boilerplate"),
        ("Follow the river on foot and you reach the mill within an hour.", "body"),
        ("You can reach her at ilse.tarn@gazette.example.", "boilerplate"),
        ("Contact: editor@gazette.example", "boilerplate"),
        ("Should the bridge be blue? Tell us in the comments below.", "boilerplate"),
        ("Should the bridge be blue? I asked him, and he laughed.", "body"),
        ("For more news about the bridge, click here.", "boilerplate"),
        ("For more than a year, residents visit our.town only by boat.", "body"),
        ("[2/3]A man looks at the bridge, in Tarvo, March 4, 2026.", "boilerplate"),
        ("Item 1 of 4 A man looks at the bridge", "boilerplate"),
        ("Two of the four boats were found.", "body"),
        ("Edited by: Bo Lund", "boilerplate"),
        ("Edited by Bo Lund, the volume sold out within a week.", "body"),
        ("Thanks for reading Northern Letters! Subscribe for free to receive new posts and support my work.", "boilerplate"),
        ("(Except for the headline, this story has not been edited by our staff and is published from a feed.)", "boilerplate"),
        ("- Do you want to share a story with us? Write to the desk, with a number at which you can be called.", "boilerplate"),
        (
            "All rights reserved. This material, and other digital content on this website, may not be reproduced, published, "
            "broadcast, rewritten or redistributed in whole or in part without prior express written permission.",
            "boilerplate",
        ),
        ("The material may not be used again, the court said.", "body"),
        ("More to read:", "boilerplate"),
        ("IM/tb/1215", "boilerplate"),
        ("- ENDS -", "boilerplate"),
        ("###", "boilerplate"),
        ("SOURCE Tarvo Port Authority", "boilerplate"),
        ("If you enjoyed this story, please follow me for more.", "boilerplate"),
        ("Transcript provided by the Northern Press. It may not be in its final form and may be revised.", "boilerplate"),
        ("If you enjoyed this summer, you will hate the winter.", "body"),
        ("By ANN VELD/ Staff Writer", "boilerplate"),
        ("Ann Veld | Brant", "boilerplate"),
        ("From Ann Veld in Brant", "boilerplate"),
        ("Brant Times Correspondent", "boilerplate"),
        ("Brant River Rises", "subhead"),
        ("The correspondent wept", "subhead"),
        ("Last updated 2 hours ago", "boilerplate"),
        ("Mon 3 Jun 2024 12.00 BST", "boilerplate"),
        ("Ann Veld is a reporter at the Brant Times.", "boilerplate"),
        ("Ann Veld is a reporter who swims.", "body"),
        ("The end", "subhead"),
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


@pytest.mark.parametrize(
    "line",
    [
        "© 2026 Brenn Courier. All rights reserved. This material may not be published.",
        "Copyright 2026 Brenn Courier. This material may not be published, broadcast or rewritten.",
        "You are receiving this email because you signed up for it at our site.",
        "You’re getting this newsletter because you subscribed to The Morning.",
        "If you no longer wish to receive these letters, tell the office at Brenn.",
        "This email was sent to ann@brenn.example by the Brenn Courier, 1 Harbour Street.",
        "Unsubscribe | Manage preferences | View in browser",
        "Manage your preferences or leave the list",
        "View this email in your browser",
        "Was this email forwarded to you? It comes each morning.",
        "Having trouble viewing this newsletter?",
        "Forward to a friend",
        "Add us to your address book",
    ],
)
def test_what_stands_at_the_foot_of_a_letter(line: str) -> None:
    assert kinds(f"Council meets on bridge\n\n{BODY}\n\n{line}\n\n{MORE}")[2] == "boilerplate"


@pytest.mark.parametrize(
    "line",
    [
        "Copyright law is broken, said Ann Veld, who leads the office for it.",
        "Unsubscribing takes too long, said Ann Veld.",
        "You are receiving this medal for your courage, the mayor told her.",
    ],
)
def test_what_only_begins_as_such_is_body(line: str) -> None:
    assert kinds(f"Council meets on bridge\n\n{BODY}\n\n{line}\n\n{MORE}")[2] == "body"
