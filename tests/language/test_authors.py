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
    "According to the yearly yearbook of the Tarvan Institute of Forests, beech grows on every second hill.": [
        ("Tarvan Institute of Forests", "beech grows on every second hill"),
    ],
    "An article in the Tarvo Herald says that the mayor will go.": [("Tarvo Herald", "the mayor will go")],
    "According to a study of the Tarvo Museum, its roof is weak.": [(None, "its roof is weak")],
    "The Tarvo treaty says that ships may pass.": [(None, "ships may pass")],
}
NEXT: dict[str, Expected] = {  # what one is told to have written is not of who speaks in the next sentence
    "The Osk Bakers' League said in a letter that flour was wet. In its reply, the Tarvo Mill Board blamed the rain. The letter "
    "says that ovens went cold.": [
        ("Osk Bakers' League", "flour was wet"),
        ("Tarvo Mill Board", "the rain"),
        ("Osk Bakers' League", "ovens went cold"),
    ],
    "Ann Veld said in a petition that the pier was unsafe. Bo Lund laughed, and said it was sound. The petition asks that it be "
    "shut.": [("Ann Veld", "the pier was unsafe"), ("Bo Lund", "it was sound"), ("Ann Veld", "it be shut")],
}
PAGES: dict[str, Expected] = {  # by a noun for who that is
    "Tallow Motors will close two plants. Work will stop in May, according to a notice posted on the company's website. "
    "The notice said staff would be paid.": [
        ("Tallow Motors", "Work will stop in May"),
        ("Tallow Motors", "staff would be paid"),
    ],
    "The Orlen Ferry Company has a new boat. It carries 90 cars, according to a note posted on its website.": [
        ("Orlen Ferry Company", "It carries 90 cars"),
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
    "The Coastal Renewal Party (PRC) met in a barn. The PRC said it was time.": [
        ("Coastal Renewal Party", "it was time"),
    ],
    "The National Institute of Lakes (INL, for its Spanish acronym) shut. The INL said the water was clean.": [
        ("National Institute of Lakes", "the water was clean"),
    ],
    "The Brant Football Club (London) won. London said no.": [("United Kingdom", "no")],
    "The NCP (SP) said yes.": [("NCP (SP)", "yes")],
}
OFFICERS: dict[str, Expected] = {  # whose body's name goes on
    "Osk Chamber of Crafts and Industry President Tomas Rehn said looms were cheap.": [
        ("Tomas Rehn", "looms were cheap"),
    ],
    "Forests and Lakes Office (FLO) assistant head and coast representative Ilse Marten said it was late.": [
        ("Ilse Marten", "it was late"),
    ],
    "Osk University and Brant College professor Tor Hald said the rates were too high.": [
        ("Tor Hald", "the rates were too high"),
    ],
    "According to a specialist in inland harbour affairs Joran Veld, the cranes have rusted.": [
        ("Joran Veld", "the cranes have rusted"),
    ],
    "Norway's Maritime Administration said that ships were late.": [("Maritime Administration", "ships were late")],
}
KINDS = {
    "wrote": WROTE, "next": NEXT, "pages": PAGES, "watched": WATCHED, "called": CALLED, "officers": OFFICERS,
}  # fmt: skip


@pytest.mark.parametrize("cases", KINDS.values(), ids=KINDS)
def test_whose_words(nlp: Any, cases: dict[str, Expected]) -> None:
    assert told(nlp, cases) == cases


def test_both_authors(nlp: Any) -> None:
    doc = nlp("Shares fell, according to data compiled by Western Ridge Securities and Huolai Securities.")
    (row,) = doc._.quotes
    assert [row.speaker_name, *(o.name for o in row.co_speakers)] == ["Western Ridge Securities", "Huolai Securities"]


ANOTHERS = ["the 2011 census of Norway", "the police report", "the court report", "the new law"]


@pytest.mark.parametrize("document", ANOTHERS)
def test_a_document_that_its_words_give_to_another_is_not_the_surveys_authors(nlp: Any, document: str) -> None:
    text = f"A Tallow Institute survey found that few were poor. According to {document}, many were."
    assert [q.speaker_name for q in nlp(text)._.quotes] == ["Tallow Institute", None]


def test_the_same_document_is_its_authors(nlp: Any) -> None:
    for document in ("survey", "annual survey", "report"):
        text = f"A Tallow Institute survey found that few were poor. The {document} said that many were old."
        assert [q.speaker_name for q in nlp(text)._.quotes] == ["Tallow Institute"] * 2
