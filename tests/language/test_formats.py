"""Lines whose form says who speaks."""

from __future__ import annotations

import pytest

from onrecord.quotes.lines import read_lines
from onrecord.text.view import ArticleView

LINES = {
    "signature": ("“We love it here.” ― Ann Veld", [("“We love it here.”", "―", "Ann Veld")]),
    "signature with a place": ("“We love it here.” — Ann Veld, Tarvo", [("“We love it here.”", "—", "Ann Veld")]),
    "signature after two quotations": ('"We go." "Now." - Ann Veld', [('"We go." "Now."', "-", "Ann Veld")]),
    "post": (
        "Proud of the team. All of it! pic.example.com/ab1 — Ann Veld (@annveld) March 4, 2016",
        [("Proud of the team. All of it!", "—", "Ann Veld")],
    ),
    "post signed below": (
        "She wrote on Friday:\n\nProud of the team. #work\n\n— Ann Veld 🌊 (@ann_veld) 4 March 2016",
        [("Proud of the team. #work", "—", "Ann Veld 🌊")],
    ),
    "post within marks": ("“A sad day” — Bo Lund (@bolund)", [("“A sad day”", "—", "Bo Lund")]),
    "post behind its handle": (
        "Ann Veld (@annveld) on Chirper: We rebuild the bridge before winter. pic.example.com/ab1",
        [("We rebuild the bridge before winter.", ":", "Ann Veld")],
    ),
    "a handle in a sentence is no signature": (
        "The mayor — Bo Lund (@bolund) on most networks — has left the town.",
        [],
    ),
    "label before a quotation": ('Ann Veld: "We go."', [('"We go."', ":", "Ann Veld")]),
    "label with a role": ("Ann Veld, mayor: ‘We go.’", [("‘We go.’", ":", "Ann Veld")]),
    "a dash that goes on is no signature": ("“We go” — but nobody went.", []),
    "a sentence before the quotation is no label": ("This is what she wrote about it: “We go.”", []),
    "one label without marks is a heading": ("Weather: rain on all days.\n\nIt rained.", []),
    "transcript": (
        "VELD: Do we go?\n\nLUND: We go.\n\nVELD: When?",
        [("Do we go?", ":", "VELD"), ("We go.", ":", "LUND"), ("When?", ":", "VELD")],
    ),
    "questions and answers": (
        "Q: Do you go?\n\nA: Yes, we all do.\n\nQ: When?\n\nA: Now.",
        [("Do you go?", ":", "Q"), ("Yes, we all do.", ":", "A"), ("When?", ":", "Q"), ("Now.", ":", "A")],
    ),
    "questions and answers with full stops": (
        "Q. Do you go?\n\nA. Yes, we all do.\n\nQ. When?\n\nA. Now.",
        [("Do you go?", ".", "Q"), ("Yes, we all do.", ".", "A"), ("When?", ".", "Q"), ("Now.", ".", "A")],
    ),
    "a transcript's name with a particle": (
        "Tarvo Post: Do we go?\n\nvan den Lund: We go.\n\nTarvo Post: When?",
        [("Do we go?", ":", "Tarvo Post"), ("We go.", ":", "van den Lund"), ("When?", ":", "Tarvo Post")],
    ),
    "initials are no questions and answers": ("A. Veld came.\n\nB. Lund came.\n\nA. Veld went.", []),
    "transcript within marks, a turn of two paragraphs": (
        "“VELD: Do we go?\n\n“LUND: We go.\n\n“And soon.\n\n“VELD: When?",
        [("Do we go?", ":", "VELD"), ("We go. | “And soon.", ":", "LUND"), ("When?", ":", "VELD")],
    ),
    "a list of places is no transcript": ("Tarvo: rain\n\nHalden: sun\n\nBrenn: snow", []),
}


@pytest.mark.parametrize(("text", "expected"), LINES.values(), ids=LINES)
def test_lines(text: str, expected: list[tuple[str, str, str]]) -> None:
    found = read_lines(ArticleView.of_text(text))
    printed = [(" | ".join(text[s:e] for s, e in x.content), text[slice(*x.cue)], text[slice(*x.source)]) for x in found]
    assert printed == expected
