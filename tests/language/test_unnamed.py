"""A noun for a person beside one name: whose it is, by what the article tells of the person."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.lexicon.deeds import tells

from .told import Expected, told

ITS_OWN = {  # the noun is told of the person, or what it is for
    'Chidi Okeme works as a driver in Abraka. He lost his bus in May. "I walk," the driver said.': [("Chidi Okeme", "I walk,")],
    'Rhodri Pugh drives the number 9 bus. He stopped for a swan. "She nodded," the driver said.': [
        ("Rhodri Pugh", "She nodded,")
    ],
    'Ivo Brandt owns a bakery on Mill Street. "There is no flour," the baker said.': [("Ivo Brandt", "There is no flour,")],
    'Omari Juma has treated patients in Lindi since 1991. "We use phones," the doctor said.': [("Omari Juma", "We use phones,")],
    'Anele Khubo was elected in 2014. She left her party. "They lied," the lawmaker said.': [("Anele Khubo", "They lied,")],
    'Elif Sahan was stabbed eleven times in 2018. "I count them," the survivor said.': [("Elif Sahan", "I count them,")],
    'Ferenc Balogh has dug graves in Szolno for years. "They rest," the gravedigger said.': [("Ferenc Balogh", "They rest,")],
    'Batsman Arjun Sethi made 143 at Galle. "I was dropped," the cricketer said.': [("Arjun Sethi", "I was dropped,")],
}
ANOTHERS = {  # no word tells it of the person
    'Mayor Ann Veld closed the bridge. A bus had slid. "I could not stop," the driver said.': [(None, "I could not stop,")],
    'Ronja Malm was found dead on Friday. "I heard nothing," the neighbour said.': [(None, "I heard nothing,")],
    'Rakesh Dorai, 34, was beaten in Salem. "Six men are held," the inspector said.': [(None, "Six men are held,")],
    'Karl Odum fell from the third floor of the hotel. "We heard a cry," the receptionist said.': [(None, "We heard a cry,")],
    'Ivo Brandt, a plumber, found a coin. "It is from Tarvo," the archaeologist said.': [(None, "It is from Tarvo,")],
    'Ines Carvo gave birth in a taxi. "I went through red," the taxi driver said.': [(None, "I went through red,")],
}
OF_ANOTHER_TRADE = {  # and who has spoken has another
    'Ann Veld, a lawyer, said her client was ill. "He may flee," the prosecutor replied.': [
        ("Ann Veld", "her client was ill"),
        (None, "He may flee,"),
    ],
    'Mayor Beth Hurley said the school would close. "My sons must walk," the farmer said.': [
        ("Beth Hurley", "the school would close"),
        (None, "My sons must walk,"),
    ],
}
SPOKEN_OF = {  # the words are about the one named
    '"The light was green," Bo Lund said. He crossed when a van hit him. "I did not see him," the driver said.': [
        ("Bo Lund", "The light was green,"),
        (None, "I did not see him,"),
    ],
}
ON_DUTY = {  # who has spoken has no office, and it is told of whoever has one
    "Elin Sand, 29, said she had been fined for laughing. The prosecutor said that the gate was locked.": [
        ("Elin Sand", "she had been fined for laughing"),
        (None, "the gate was locked"),
    ],
}
STOOD_APART = {  # the noun stood beside the name before, as another's
    'In May Bo Lund hit the cyclist. Lund said he was sorry. "I lost a day," the cyclist said.': [
        ("Bo Lund", "he was sorry"),
        (None, "I lost a day,"),
    ],
    'The dancer met Anna Holt in May. Holt said he was tall. "I was early," the dancer said.': [
        ("Anna Holt", "he was tall"),
        (None, "I was early,"),
    ],
}
OWNED = {
    "Qila Arn said the flight had been late. Her specialist in Norvik said that she must rest.": [
        ("Qila Arn", "the flight had been late"),
        (None, "she must rest"),
    ],
}
ELSEWHERE = {  # the noun may stand for another in general, but not with this word before it, or this owner
    'Coach Dario Venn spent the night in the lobby. "We had blankets," the hotel manager said.': [(None, "We had blankets,")],
    'Captain Kofi Baidoo left the field in Kumasi. "We used gas," the police officer said.': [(None, "We used gas,")],
    'Police Captain Joe Marr held the bridge. "We counted ninety," the police officer said.': [
        ("Joe Marr", "We counted ninety,")
    ],
    'Sister Maria Conte taught the girl to read. "I cried," the girl\'s sister said.': [(None, "I cried,")],
    'Economist Dr Mei Tanaka fainted on stage. "The pulse was weak," the doctor said.': [(None, "The pulse was weak,")],
    'Dr Hana Sirk, a surgeon in Lomas, had no light. "I had no choice," the doctor said.': [("Hana Sirk", "I had no choice,")],
}
GOES_ON = {  # who has spoken, and no trade is told
    'Mei Tanaka said that eels swim at night. "They avoid light," the biologist explained.': [
        ("Mei Tanaka", "eels swim at night"),
        ("Mei Tanaka", "They avoid light,"),
    ],
}
KINDS = {
    "own": ITS_OWN, "another's": ANOTHERS, "of another trade": OF_ANOTHER_TRADE, "spoken of": SPOKEN_OF, "on duty": ON_DUTY,
    "stood apart": STOOD_APART, "owned": OWNED, "elsewhere": ELSEWHERE, "goes on": GOES_ON,
}  # fmt: skip


@pytest.mark.parametrize("cases", KINDS.values(), ids=KINDS)
def test_whose_noun_it_is(nlp: Any, cases: dict[str, Expected]) -> None:
    assert told(nlp, cases) == cases


@pytest.mark.parametrize(
    ("noun", "clause", "tells_it"),
    [
        ("driver", "drives the bus", True),
        ("driver", "was driven home", False),
        ("welder", "has welded ships", True),
        ("gravedigger", "dug graves", True),
        ("organist", "plays the organ", True),
        ("prisoner", "was jailed in may", True),
        ("prisoner", "jailed his rival", False),
        ("nurse", "works as a nurse", True),
        ("nurse", "met a nurse", False),
    ],
)
def test_deeds(noun: str, clause: str, tells_it: bool) -> None:
    assert tells(noun, clause.split()) is tells_it
