"""Whom an article names elsewhere than where a noun speaks: below a heading, in the next paragraph, beside or long before."""

from __future__ import annotations

from typing import Any

import pytest

from .told import Expected, told

GUARD = "A former prison guard told the inquiry on Monday that he had slept through the fire."
LEADS: dict[str, Expected] = {  # who is named next, without a word on who that is
    f"{GUARD}\n\n“I woke up and it was over,” said Marek Dolan, 44.": [
        ("Marek Dolan", "he had slept through the fire"),
        ("Marek Dolan", "I woke up and it was over,"),
    ],
    f"Former guard says he slept through prison fire\n\nBy Jonas Hale\nReporter\n\n{GUARD}\n\n“I woke,” said Marek Dolan.": [
        ("Marek Dolan", "he slept through prison fire"),
        ("Marek Dolan", "he had slept through the fire"),
        ("Marek Dolan", "I woke,"),
    ],
    "The mother of a boy who drowned told a court that she still hears him.\n\n“Each creak is him,” Leila Farouk said.": [
        ("Leila Farouk", "she still hears him"),
        ("Leila Farouk", "Each creak is him,"),
    ],
    "A neighbour said the fire began in the kitchen.\n\n“It went up like straw,” said Bo Rees, the fire chief.": [
        (None, "the fire began in the kitchen"),
        ("Bo Rees", "It went up like straw,"),
    ],
    "A top aide said the talks had failed.\n\nAnn Veld told reporters the talks would go on.": [
        (None, "the talks had failed"),
        ("Ann Veld", "the talks would go on"),
    ],
    "A woman said her son had been beaten.\n\nPeter Marsh told the court he had seen nothing.": [
        (None, "her son had been beaten"),
        ("Peter Marsh", "he had seen nothing"),
    ],
}
HEADINGS: dict[str, Expected] = {  # whose office it is, or which body, is told below
    "Storm shuts roads\n\nThe town woke to snow.\n\n10:20 a.m. — Mayor: No buses today\n\nOsk Mayor Leila Farouk said buses "
    "would not run.\n\n9:05 a.m. — Sheriff urges drivers to stay home\n\nBrant County Sheriff Bo Tilney says two trucks have "
    "left the road.": [
        ("Leila Farouk", "No buses today"),
        ("Leila Farouk", "buses would not run"),
        ("Bo Tilney", "to stay home"),
        ("Bo Tilney", "two trucks have left the road"),
    ],
    "Storm shuts roads\n\nThe town woke to snow.\n\nUnion: drivers will strike\n\nThe Ferrymen's Federation said its members "
    "would walk out.": [
        ("Ferrymen's Federation", "drivers will strike"),
        ("Ferrymen's Federation", "its members would walk out"),
    ],
    "Soap maker warns of dear tallow\n\nTallow rose by half in May.\n\nThe maker of Velda soap blamed a poor year for cattle.": [
        (None, "dear tallow"),
        (None, "a poor year for cattle"),
    ],
}
COURTS: dict[str, Expected] = {  # for whom somebody speaks
    "Prosecuting, Ada Brill said Lund had waited. The court rose at noon.\n\nTobin Marsh, defending, said Lund was sorry.\n\nThe "
    "shop lost £9,000, the prosecutor said.\n\nHe had found work, the barrister said.": [
        ("Ada Brill", "Lund had waited"),
        ("Tobin Marsh", "Lund was sorry"),
        ("Ada Brill", "The shop lost £9,000"),
        ("Tobin Marsh", "He had found work"),
    ],
}
NO_ROLES: dict[str, Expected] = {  # a clause before a name is none
    "The minister greeted Mr Rees at noon. Bo Rees left by train.\n\nThe minister said it was late.": [(None, "it was late")],
}
APPOSED: dict[str, Expected] = {  # behind the noun, by a longer phrase
    "His dad, former Tarvo winger Joe Brand, said he had wept.": [("Joe Brand", "he had wept")],
    "Lund's agent, veteran Swedish broker Bo Rees, said the deal was done.": [("Bo Rees", "the deal was done")],
    "Brand's neighbour, a man who gave his name only as Pete, said he had moved.": [("Pete", "he had moved")],
    "A nurse who wished to be known by the pseudonym Lena said the rooms were cold.": [("Lena", "the rooms were cold")],
    "His lawyer, former partner of Bo Lund, said it was late.": [(None, "it was late")],
}
PARTIES: dict[str, Expected] = {
    "The Conservatives said the budget was a joke.": [("Conservatives", "the budget was a joke")],
    "The Socialist Party met in Osk. The Socialists said the vote was fair.": [("Socialist Party", "the vote was fair")],
    "Some Tories said the bill would pass.": [(None, "the bill would pass")],
    "Conservatives said the vote was rigged.": [(None, "the vote was rigged")],
}
ANEW: dict[str, Expected] = {  # by what may be told of whom the article has just named
    "Milan Hruby was arrested at dawn.\n\nThe father-of-three admitted he had set the fire.": [
        ("Milan Hruby", "he had set the fire"),
    ],
    "Ann Veld ran the shop.\n\nThe mother of three said she would appeal.": [("Ann Veld", "she would appeal")],
}
TOGETHER: dict[str, Expected] = {
    "Police held two men. The two said they had slept.": [(None, "they had slept")],
    "Ann Veld and Bo Rees watched. A couple came by. The couple said it was loud.": [(None, "it was loud")],
    "The brothers said it was late.": [(None, "it was late")],
}
AGENTS: dict[str, Expected] = {  # of a passive, of a second verb, of a participle
    "Tenants were warned by Osk Homes that rents would rise.": [("Osk Homes", "rents would rise")],
    "Drivers were told by the Osk Council that the road was closed.": [("Osk Council", "the road was closed")],
    "She was told by phone that the shop had shut.": [(None, "the shop had shut")],
    "“Nobody came,” noted Ann Veld, adding that the doors were shut.": [
        ("Ann Veld", "Nobody came,"),
        ("Ann Veld", "the doors were shut"),
    ],
    "Lund, who crosses the river twice a day and claims to have seen an otter, was there.": [("Lund", "to have seen an otter")],
}
KINDS = {
    "leads": LEADS, "headings": HEADINGS, "courts": COURTS, "no roles": NO_ROLES, "apposed": APPOSED, "parties": PARTIES,
    "anew": ANEW, "together": TOGETHER, "agents": AGENTS,
}  # fmt: skip


@pytest.mark.parametrize("cases", KINDS.values(), ids=KINDS)
def test_who_is_named(nlp: Any, cases: dict[str, Expected]) -> None:
    assert told(nlp, cases) == cases


PAIRS = {
    "Ann Veld and her husband, Bo Rees, opened the shop.\n\nThe couple said they would stay.": ["Ann Veld", "Bo Rees"],
    "Chairman Ib Holt and chief executive Sofie Brandt met fans.\n\nThe duo said the club was safe.": ["Ib Holt", "Sofie Brandt"],
    "Ann Veld, 30, Carla Veld, 27, and Dora Veld, 22, are sisters.\n\nThe sisters said it was late.": [
        "Ann Veld", "Carla Veld", "Dora Veld",
    ],
}  # fmt: skip


def test_who_speaks_together(nlp: Any) -> None:
    docs = zip(PAIRS, nlp.pipe(PAIRS), strict=True)
    said = {text: [[q.speaker_name, *(c.name for c in q.co_speakers)] for q in doc._.quotes] for text, doc in docs}
    assert said == {text: [names] for text, names in PAIRS.items()}


def test_one_mayor_long_ago(nlp: Any) -> None:
    between = "Readers come from all over the county. Ivo Brandt sells soup. His son Max Brandt helps. Carla Moss reads aloud. "
    text = f"Osk mayor Leila Farouk opened the library in May.\n\n{between * 6}\n\nThe mayor said she was sorry."
    assert told(nlp, [text])[text][-1] == ("Leila Farouk", "she was sorry")
