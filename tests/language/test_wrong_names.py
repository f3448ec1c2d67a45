"""Names that are another's: text in, the speakers' names and the words out; a wrong name is worse than none."""

from __future__ import annotations

from typing import Any

import pytest

from .told import Expected, told

HOLDERS: dict[str, Expected] = {  # the person named behind a body and an office speaks
    "Osk-Brant legislator Ilse Marten said the tolls were mad. The Osk Rowing Club was not told.": [
        ("Ilse Marten", "the tolls were mad")
    ],
    "The Seeds and Soils Organisation (SSO) assistant head and coast representative Pavel Orme said the barley was wet.": [
        ("Pavel Orme", "the barley was wet")
    ],
    "Tallow Bank, with President Ann Veld absent, said rates would rise.": [("Tallow Bank", "rates would rise")],
}
CLAUSES: dict[str, Expected] = {  # who is a person, or several of a body
    "The sale annoys members of Prime Minister Bo Lund’s Harvest Party, who have said the yard builds good boats.": [
        (None, "the yard builds good boats")
    ],
    "The cup went to ex-Tarvo keeper Emil Rehn of the Rovers, who joked that his gloves were “older than the coach”.": [
        ("Emil Rehn", "his gloves were “older than the coach”")
    ],
    "“We are short of hay,” said Tomas Rehn, managing director of Orme-Tallow Barns, who estimated that 900 lofts are empty.": [
        ("Tomas Rehn", "We are short of hay,"),
        ("Tomas Rehn", "900 lofts are empty"),
    ],
}
INTERVIEWS: dict[str, Expected] = {  # A: is whoever has spoken before the questions, not whoever they are about
    "TARVO - Nobody wants the bridge of President Jo Onda.\n\n“It ends in a swamp,” Mirela Sandu tells the Tarvo "
    "Times.\n\nThe talk in full:\n\nQ: Who asked Onda for a bridge?\n\nA: No one on this shore. Onda saw one "
    "on a journey.\n\nQ: What did Onda pay?\n\nA: Onda's bridge cost more than the "
    "harbour.": [
        ("Mirela Sandu", "It ends in a swamp,"),
        (None, "Who asked Onda for a bridge?"),
        ("Mirela Sandu", "No one on this shore. Onda saw one on a journey."),
        (None, "What did Onda pay?"),
        ("Mirela Sandu", "Onda's bridge cost more than the harbour."),
    ],
}
SOURCES: dict[str, Expected] = {  # whoever is told to have said something is no apposition, and who was cited no author
    "The Harvest Party was tired of Mr Joran Veld, a party source said.\n\nMr Veld slept in the front row, the source said.": [
        (None, "The Harvest Party was tired of Mr Joran Veld"),
        (None, "Mr Veld slept in the front row"),
    ],
    "Ann Veld, a doctor, said it was true. The doctor said she was glad.": [
        ("Ann Veld", "it was true"),
        ("Ann Veld", "she was glad"),
    ],
    "Tallow Holdings will sell its ships, according to a report by the weekly Lanterna. The report, which quoted "
    "nameless sources from Tallow, said that the captains had wept.": [
        ("Lanterna", "Tallow Holdings will sell its ships"),
        ("Lanterna", "the captains had wept"),
    ],
}
POLICE: dict[str, Expected] = {  # police are unnamed but for a force that is named
    "Police also searched his Tallow Group office.\n\nThe men are in custody, police said on Friday.": [
        (None, "The men are in custody")
    ],
    "The city police said they had found arms. The police said that nobody was hurt.": [
        (None, "they had found arms"),
        (None, "nobody was hurt"),
    ],
    "A Lower Osk police district commander lost his hat. Police said they had found it.": [(None, "they had found it")],
    "The Oslen police said they had found arms.": [("Oslen police", "they had found arms")],
}
DESCRIBED: dict[str, Expected] = {  # a regulator is not called so, a government not by what belongs to it
    "The banking regulator said it had never seen such books.": [(None, "it had never seen such books")],
    "Norland’s banking watchdog said vaults were damp.": [(None, "vaults were damp")],
    "The Brant Energy Authority raised prices. The energy regulator said it had no choice.": [
        ("Brant Energy Authority", "it had no choice")
    ],
    "Norway's new government said it was glad.": [("Norway", "it was glad")],
}
DWELLINGS: dict[str, Expected] = {  # where somebody lives and works is no body that orders anything
    "In May, officers sealed Pavel Orme's home and office. The administration ordered a count of the barrels.": [
        (None, "a count of the barrels")
    ],
    "Thieves broke into the doctor's flat and office. The authority said the locks were old.": [(None, "the locks were old")],
}
HIDDEN: dict[str, Expected] = {  # who wants no name has none
    "Rosa Mirel, owner of a bakery, said flour was dear.\n\n“My boats rot,” says the owner of the ferry, who wishes "
    "not to reveal his name.\n\n“I row at dusk,” he recalls.": [
        ("Rosa Mirel", "flour was dear"),
        (None, "My boats rot,"),
        (None, "I row at dusk,"),
    ],
    "Mayor Ann Veld opened the school. The mayor, who was glad, said it was big.": [("Ann Veld", "it was big")],
}
PRONOUNS: dict[str, Expected] = {
    "Tor Hald, head of Tallow, said it was hard. He suggested the yard have a crane.\n\nMost of "
    "Emil Rehn’s talk on Sunday was given to mud, which he said was the main worry of the herders.": [
        ("Tor Hald", "it was hard"),
        ("Tor Hald", "the yard have a crane"),
        ("Emil Rehn", "was the main worry of the herders"),
    ],
    "Bo Lund, the mayor of Idra, said it was late.\n\nThe mayor of Brant met him on Friday. He said the road would open.": [
        ("Bo Lund", "it was late"),
        (None, "the road would open"),
    ],
    "Much the same came out of a survey conducted by the Harvest Party’s Tarvo Evening Daily in May.\n\nIt showed "
    "bakers slept least of all.": [("Tarvo Evening Daily", "bakers slept least of all")],
    "The Brant Institute published a study of sleep on Monday. It found that people sleep less.": [
        ("Brant Institute", "people sleep less")
    ],
}
SPOKESMEN: dict[str, Expected] = {  # he who says something of somebody named is another, and a spokesman goes on
    "The fleet commander counted the boats, the harbour office’s spokesman said.\n\nBefore the rain came, the fleet "
    "commander, Admiral Sten Harl, climbed the mast, he said.\n\nAdmiral Harl was dizzy, the spokesman said. The band has "
    "gone to Larne, he said.\n\nAdmiral Harl said that he was glad. He said the ropes were new.": [
        (None, "The fleet commander counted the boats"),
        (None, "Before the rain came, the fleet commander, Admiral Sten Harl, climbed the mast"),
        (None, "Admiral Harl was dizzy"),
        (None, "The band has gone to Larne"),
        ("Sten Harl", "he was glad"),
        ("Sten Harl", "the ropes were new"),
    ],
    "Bo Lund, the Bishop of Idra, had claimed that bells were too loud.\n\nIn spring, the bishop of the Larne diocese wrote a "
    "poem on organs, which he called “a curse”.": [
        ("Bo Lund", "bells were too loud"),
        (None, "a curse"),
    ],
}
CALLED: dict[str, Expected] = {  # what it calls something is the subject's, whatever it is done to
    "Tallow shut its shop. The Water Office of Tarvo, the river watchdog, sent divers to the Brant-based company in June to "
    "mend what it called “a sieve”.": [("Water Office of Tarvo", "a sieve")],
}
SURNAMES: dict[str, Expected] = {  # surnames that stand first, and who is better known by another name
    "Singers admire Park Helena of Osk. Park Mi-sun and Han Dori sing in her choir.\n\nPark Helena sings low. “I am glad,” "
    "Park Helena said in May.\n\nIn the summer, Park revealed that she was hoarse. “It was hard,” she said.": [
        ("Park Helena", "I am glad,"),
        ("Park Helena", "she was hoarse"),
        ("Park Helena", "It was hard,"),
    ],
    "A judge fined Anna Marten, a juggler better known as Anna Flame, for a fire. In June, Anna Flame said she was sorry.": [
        ("Anna Marten", "she was sorry")
    ],
}
HEADINGS: dict[str, Expected] = {  # a quotation that heads what follows is not whoever spoke above it
    "“We lost all,” Ann Veld said. She had a shop.\n\n“The roof gave way at noon”\n\nIn May, rain fell on the town.": [
        ("Ann Veld", "We lost all,"),
        (None, "The roof gave way at noon"),
    ],
    "“We lost all,” Ann Veld said. She had a shop.\n\n“The roof gave way at noon.”\n\n“We wept,” she said.": [
        ("Ann Veld", "We lost all,"),
        ("Ann Veld", "The roof gave way at noon."),
        ("Ann Veld", "We wept,"),
    ],
}
SPELLINGS: dict[str, Expected] = {  # an accent for an apostrophe, letters in another language's order
    "The poet Kala´u´rin said that the sea has no door. “It is so,” Kala´u´rin said.": [
        ("Kala´u´rin", "the sea has no door"),
        ("Kala´u´rin", "It is so,"),
    ],
    "The people of Or`isk wept. Samir Ba`an said he was glad.": [("Samir Ba`an", "he was glad")],
    "The Renewal Tarvan Party (PRT) met in May. The PRT proposed that bakers pay no tax.": [
        ("Renewal Tarvan Party", "bakers pay no tax")
    ],
    "The People's Republican Council (PRC) met. The PRC said that chairs should be softer.": [
        ("People's Republican Council", "chairs should be softer")
    ],
}
KINDS = {
    "holders": HOLDERS, "clauses": CLAUSES, "interviews": INTERVIEWS, "sources": SOURCES, "police": POLICE,
    "described": DESCRIBED, "hidden": HIDDEN, "pronouns": PRONOUNS, "headings": HEADINGS, "spokesmen": SPOKESMEN,
    "called": CALLED, "surnames": SURNAMES, "spellings": SPELLINGS, "dwellings": DWELLINGS,
}  # fmt: skip


@pytest.mark.parametrize("cases", KINDS.values(), ids=KINDS)
def test_whose_name(nlp: Any, cases: dict[str, Expected]) -> None:
    assert told(nlp, cases) == cases
