"""States, capitals and seats of government that speak, by every name that they are called by."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.lexicon.governments import all_names, government_of
from onrecord.naming.states import states_in

SPEAK = {
    "The US": "United States", "the UK": "United Kingdom", "DR Congo": "Democratic Republic of the Congo",
    "Saint Vincent and the Grenadines": "Saint Vincent and the Grenadines", "Washington DC": "United States",
    "Andorra la Vella": "Andorra", "Casa de Nariño": "Colombia", "the Federated States of Micronesia": "Micronesia",
    "Porto-Novo": "Benin", "Türkiye": "Turkey", "No 10": "United Kingdom",
}  # fmt: skip
OTHERS = {
    "The US-funded Flood Watch Network": "Flood Watch Network", "US Airways": "US Airways", "UK Fisheries": "UK Fisheries",
    "Turkey Run Council": "Turkey Run Council", "Dr Congo": "Congo", "Car dealers": None, "The number 10 Bo Lund": "Bo Lund",
}  # fmt: skip


@pytest.mark.parametrize(("name", "meant"), [*SPEAK.items(), *OTHERS.items()], ids=str)
def test_who_speaks(nlp: Any, name: str, meant: str | None) -> None:
    for text in (
        f"{name[0].upper()}{name[1:]} said on Monday that the road was shut.",
        f"“It is late,” {name} said in a statement.",
    ):
        assert [q.speaker_name for q in nlp(text)._.quotes] == [meant], text


@pytest.mark.parametrize("name", ["Madrid", "Brasília", "Malé"])
def test_a_name_that_only_opens_a_sentence_is_one(nlp: Any, name: str) -> None:
    (row,) = nlp(f"The road was shut on Monday. {name} denied it had known of the plan.")._.quotes
    assert row.speaker_name == government_of(name)


def test_names_stand_by_themselves() -> None:
    text = "São Tomé and Príncipe, the University of Dar es Salaam and Dar es Salaam Port; Washington DC's mayor; St. John's"
    assert [text[s:e] for s, e in states_in(text)] == ["São Tomé and Príncipe", "Dar es Salaam", "Washington DC"]
    assert {"DR Congo", "Türkiye", "10 Downing Street"} <= set(all_names())


GOVERNMENTS = {  # who says that it is late
    "The South African government": "South Africa", "The new South Sudanese government": "South Sudan",
    "The government of Norway": "Norway", "The military government of Burkina Faso": "Burkina Faso",
    "The Government of Ghana": "Ghana", "The Democratic Republic of Congo's government": "Democratic Republic of the Congo",
    "The government of Brant": "government of Brant", "The government of the day": None,
}  # fmt: skip
THE_GOVERNMENT = {
    "The Norwegian government met on Monday.": "Norway", "Norwegian fishers in Oslo and Bergen, in Norway, went home.": "Norway",
    "Norway and Peru met.": None, "The Punjab government met in Pakistan, in Karachi and Lahore.": "Punjab government",
    "Norwegian ships left Norway for Bergen and Oslo. The Peruvian government met.": None,
}  # fmt: skip


@pytest.mark.parametrize(("body", "name"), GOVERNMENTS.items(), ids=GOVERNMENTS)
def test_a_government_is_its_state(nlp: Any, body: str, name: str | None) -> None:
    assert [q.speaker_name for q in nlp(f"{body} said on Monday that it was late.")._.quotes] == [name]


@pytest.mark.parametrize(("text", "name"), THE_GOVERNMENT.items(), ids=THE_GOVERNMENT)
def test_the_government_is_that_of_whom_the_article_tells(nlp: Any, text: str, name: str | None) -> None:
    assert [q.speaker_name for q in nlp(f"{text} The government said it was late.")._.quotes] == [name]


GROUPS = {
    "The Taliban": "Taliban", "The Houthis": "Houthis", "Labour": "Labour", "The Conservatives": "Conservatives",
    "M&S": "M&S", "Taliban fighters": None,
    # peoples and the faithful are no bodies
    "The Danes": None, "The North Koreans": None, "The Seychellois": None, "The Kurds": None, "The Sikhs": None,
}  # fmt: skip


@pytest.mark.parametrize(("group", "name"), GROUPS.items(), ids=GROUPS)
def test_groups_that_are_bodies_have_names(nlp: Any, group: str, name: str | None) -> None:
    for text in (f"{group} said on Monday that it was late.", f"It was late, {group[0].lower()}{group[1:]} said."):
        if group not in ("Labour", "M&S") or text.startswith(group):
            assert [q.speaker_name for q in nlp(text)._.quotes] == [name], text
