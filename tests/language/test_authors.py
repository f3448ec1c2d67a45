"""Whose a document is, who watches over what, what a body is called besides: text in, speakers and words out."""

from __future__ import annotations

from typing import Any

import pytest

from .told import Expected, told

WROTE: dict[str, Expected] = {  # who wrote it speaks
    "Prices rose by 12 percent in May, according to an estimate by Maltrek Securities.": [
        ("Maltrek Securities", "Prices rose by 12 percent in May"),
    ],
    "Data from the Tarvan Statistics Office show that exports fell.": [("Tarvan Statistics Office", "exports fell")],
    "Guidelines from the Ministry of Health say that masks are no longer needed.": [
        ("Ministry of Health", "masks are no longer needed"),
    ],
    "According to the statistical yearbook of the Tarvan Institute of Tourism of 2018, some 195,000 visitors came.": [
        ("Tarvan Institute of Tourism", "some 195,000 visitors came"),
    ],
    "An article in the Tarvo Herald says that the mayor will go.": [("Tarvo Herald", "the mayor will go")],
    "According to a study of the Tarvo Museum, its roof is weak.": [(None, "its roof is weak")],
    "The Tarvo treaty says that ships may pass.": [(None, "ships may pass")],
}
PAGES: dict[str, Expected] = {  # by a noun for who that is
    "Tallow Motors will close two plants. Work will stop in May, according to a notice posted on the company's website. "
    "The notice said staff would be paid.": [
        ("Tallow Motors", "Work will stop in May"),
        ("Tallow Motors", "staff would be paid"),
    ],
    "The Orlen Ferry Company has raised its fares. A ticket costs 9 crowns, according to a statement posted on its website.": [
        ("Orlen Ferry Company", "A ticket costs 9 crowns"),
    ],
    "The Ministry of Rivers shut the bridge. Ten people were hurt, according to figures released by the ministry on Monday.": [
        ("Ministry of Rivers", "Ten people were hurt"),
    ],
    "Velda Bank sued Tallow. Profits fell, according to a report by the consultant.": [(None, "Profits fell")],
}
WATCHED: dict[str, Expected] = {  # the one whose name tells the field, named before or behind
    "The electoral watchdog said the vote was fair. The head of the Tarvan Elections Authority, Bo Lund, resigned in May.": [
        ("Tarvan Elections Authority", "the vote was fair"),
    ],
    "The environment watchdog said the river was foul. The Environmental Protection Agency took samples.": [
        ("Environmental Protection Agency", "the river was foul"),
    ],
    "The environment watchdog said the river was foul. The Tarvan Elections Authority was silent.": [
        (None, "the river was foul"),
    ],
}
CALLED: dict[str, Expected] = {  # its letters in another language
    "The Institutional Reform Party (PIR) presented the plan on Monday. The PIR said it was time.": [
        ("Institutional Reform Party", "it was time"),
    ],
    "The National Institute of Rivers (INR, for its Spanish acronym) shut. The INR said nobody had died.": [
        ("National Institute of Rivers", "nobody had died"),
    ],
    "The Brant Football Club (London) won. London said no.": [("United Kingdom", "no")],
    "The NCP (SP) said yes.": [("NCP (SP)", "yes")],
}
OFFICERS: dict[str, Expected] = {  # whose body's name goes on
    "Bagerhut Chamber of Commerce and Industry President Sheikh Kamal Hossain Miton said trade will increase.": [
        ("Kamal Hossain Miton", "trade will increase"),
    ],
    "Food and Rivers Organisation (FRO) assistant director-general and Asia representative Abel Haile Gebrel said it was late.": [
        ("Abel Haile Gebrel", "it was late"),
    ],
    "Dhaka University and Brant College professor Tor Hald said the rates were too high.": [
        ("Tor Hald", "the rates were too high"),
    ],
    "According to a specialist in domestic labour affairs Bassem Al-Shamri, the offices have started work.": [
        ("Bassem Al-Shamri", "the offices have started work"),
    ],
    "Norway's Maritime Administration said that ships were late.": [("Maritime Administration", "ships were late")],
}
KINDS = {"wrote": WROTE, "pages": PAGES, "watched": WATCHED, "called": CALLED, "officers": OFFICERS}


@pytest.mark.parametrize("cases", KINDS.values(), ids=KINDS)
def test_whose_words(nlp: Any, cases: dict[str, Expected]) -> None:
    assert told(nlp, cases) == cases


def test_both_authors(nlp: Any) -> None:
    doc = nlp("Shares fell, according to data compiled by Western Ridge Securities and Huolai Securities.")
    (row,) = doc._.quotes
    assert [row.speaker_name, *(o.name for o in row.co_speakers)] == ["Western Ridge Securities", "Huolai Securities"]
