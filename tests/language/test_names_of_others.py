"""Names that are cut, run too long, or are of whoever is only spoken of: text in, the speakers' names and the words out."""

from __future__ import annotations

from typing import Any

import pytest

from .told import Expected, told

EDGES: dict[str, Expected] = {  # a place, a level of the state and an article are no part of a name
    "Osk-based Lindqvist said that glass was dear. “I blow it,” Nils Lindqvist said.": [
        ("Nils Lindqvist", "glass was dear"),
        ("Nils Lindqvist", "I blow it,"),
    ],
    "The federal Rivers Department said the dyke would hold.": [("Rivers Department", "the dyke would hold")],
    "Prices, by town:\n\n• The OFT said rents fell in Osk.\n\nThe Office of Fair Tolls has no head.": [
        ("Office of Fair Tolls", "rents fell in Osk")
    ],
    "Adv Pieter Lund said the will was false. DS Orme said that the lamp was lit.": [
        ("Pieter Lund", "the will was false"),
        ("Orme", "the lamp was lit"),
    ],
    "Tallow Glass Inc. makes jars. TG Inc. makes lids, and TG told the Osk Post that lids sell well.": [
        ("TG Inc.", "lids sell well")
    ],
    "The 14-member TU bloc said that ferries would be free. The TU has no fleet.": [("TU", "ferries would be free")],
    "The Osk Harvest Party-led government said that barley was safe.": [(None, "barley was safe")],
    "The three-judge panel found that the fence was legal.": [(None, "the fence was legal")],
}
MARKS: dict[str, Expected] = {  # a firm whose name ends in a mark, and a firm with its founder's name
    "Shares in Dunnock's rose. Dunnock's reported a rise in sales of jam. Dunnock's boss, Tess Lund, said figs were dear.": [
        ("Dunnock's", "a rise in sales of jam"),
        ("Tess Lund", "figs were dear"),
    ],
    "Orme has a wife. Orme's wife said that he was ill.": [(None, "he was ill")],
    "Shares of Brandt Kilns Inc. rose. Mr. Brandt, a potter, said that he was proud. Brandt said its clay was Tarvan.": [
        ("Brandt", "he was proud"),
        ("Brandt Kilns Inc", "its clay was Tarvan"),
    ],
    "Gus Brandt lit Brandt Kilns in May. Brandt said that clay was dear.": [("Gus Brandt", "clay was dear")],
}
CALLED: dict[str, Expected] = {  # nicknames, and other names between dashes
    "Dana “Dee” Orme carves spoons in Osk. Dee said that birch was best.": [("Dana Orme", "birch was best")],
    "Carlos 'Pato' Ruiz drives a tram. Pato said that the rails were old.": [("Carlos Ruiz", "the rails were old")],
    "President Mato Hadi slept. Hadi – more widely known as Mahi – had a cold. Mahi said that soup would help.": [
        ("Mato Hadi", "soup would help")
    ],
    "Sheikh Tarek bin Rashid Al Odah raised horses. With him rode Sheikh Adel bin Tarek Al Odah, his heir. Sheikh Tarek said "
    "that he was glad.": [("Tarek bin Rashid Al Odah", "he was glad")],
}
NAMESAKES: dict[str, Expected] = {  # of two who share a surname, whom the words beside it tell
    "Bill Orme keeps bees. “They sting,” Orme said. The club lost its treasurer, Lena Orme. In her note, Orme wrote that the "
    "honey had run out.\n\nOrme said he would miss the wax.": [
        ("Bill Orme", "They sting,"),
        ("Lena Orme", "the honey had run out"),
        ("Bill Orme", "he would miss the wax"),
    ],
    "Bill Orme keeps bees. “They sting,” Orme said.\n\nThe town hired a drummer, Kai Orme, in May. Orme said the drum was new.": [
        ("Bill Orme", "They sting,"),
        ("Kai Orme", "the drum was new"),
    ],
    "Lars Tallow sang for a day. Nils Brant waved to Roslyn Tallow from the pier. Her husband said that it was a good pier.": [
        ("Lars Tallow", "it was a good pier")
    ],
}
APPOSED: dict[str, Expected] = {  # the person of an apposition that begins with a place, and none whom it governs
    "His sister, the Osk women's goalkeeper Ines Tallow, said that the nets were torn.": [("Ines Tallow", "the nets were torn")],
    "Her local MP, Conservative Tess Adeyemi, said that the mill would stay.": [("Tess Adeyemi", "the mill would stay")],
    "The captain, a cousin of former mayor Ann Veld, said that the tide was low.": [(None, "the tide was low")],
    "The council met in Osk. The Lib Dem said that cod was dear.": [(None, "cod was dear")],
}
ROLES: dict[str, Expected] = {  # what somebody does to another is no role of the other
    "The prime minister praised Joram Adeko. Bells rang. The PM said that the bridge was wide. Adeko wept.": [
        (None, "the bridge was wide")
    ],
}
HEARERS: dict[str, Expected] = {  # who hears, or gets a letter, says nothing
    "Ms. Bell had a ticket for the zoo. In May she received a letter saying that the zoo had moved.": [
        (None, "the zoo had moved")
    ],
    "Ines Rehn, asked by the Osk Herald whether she would swim, laughed.": [("Osk Herald", "whether she would swim")],
    "Ann Veld said it was hot. She was told by Mayor Lena Hart that ice was on its way.": [
        ("Ann Veld", "it was hot"),
        ("Lena Hart", "ice was on its way"),
    ],
}
AUTHORS: dict[str, Expected] = {  # who carried a study out, not who paid for it, lent figures, or is quoted in it
    "The survey, ordered by Osk Hospital in May and carried out by the Guild of Midwives, found that beds were old.": [
        ("Guild of Midwives", "beds were old")
    ],
    "A study by the Reed Institute, with figures from Norvik Data, a firm, found that otters thrive. But according to DOA "
    "reports quoted by the study, eels do not. The study added that herons came.": [
        ("Reed Institute", "otters thrive"),
        ("DOA", "eels do not"),
        ("Reed Institute", "herons came"),
    ],
    "A report by the Osk branch of the owl charity Tallow Wings said that barns were full.": [
        ("Tallow Wings", "barns were full")
    ],
    "The Coastal Reed Plan is long. The government said that reeds would be cut.": [(None, "reeds would be cut")],
    "According to the Sea Level portal of the Osk Institute, the marsh is drying.": [("Osk Institute", "the marsh is drying")],
}
KINDS = {
    "edges": EDGES, "marks": MARKS, "called": CALLED, "namesakes": NAMESAKES, "apposed": APPOSED, "roles": ROLES,
    "hearers": HEARERS, "authors": AUTHORS,
}  # fmt: skip


@pytest.mark.parametrize("cases", KINDS.values(), ids=KINDS)
def test_name_of_others(nlp: Any, cases: dict[str, Expected]) -> None:
    assert told(nlp, cases) == cases
