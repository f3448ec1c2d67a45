"""Names that are another's: text in, the speakers' names and the words out; a wrong name is worse than none."""

from __future__ import annotations

from typing import Any

import pytest

from .told import Expected, told

HOLDERS: dict[str, Expected] = {  # the person named behind a body and an office speaks
    "Karwen-Tolka legislator Rupali Nayak said the bridge would open. The Karwen Rowing Club was not told.": [
        ("Rupali Nayak", "the bridge would open")
    ],
    "The Food and Fisheries Organisation (FFO) assistant director-general and Tarvo representative Abel Haile Gabre said the "
    "lake was dry.": [("Abel Haile Gabre", "the lake was dry")],
    "Tallow Bank, with President Ann Veld absent, said rates would rise.": [("Tallow Bank", "rates would rise")],
}
CLAUSES: dict[str, Expected] = {  # who is a person, or several of a body
    "The plan worries members of Prime Minister Bo Lund’s Harvest Party, who have said the firm is of strategic importance.": [
        (None, "the firm is of strategic importance")
    ],
    "There is ex-Tarvo anchorman Santos Acosta for the Rovers, who confided that his brother was “driving him crazy”.": [
        ("Santos Acosta", "his brother was “driving him crazy”")
    ],
    "“We need help,” said Raymond Chung, managing director of ABC-Tallow Securities, who estimated that 900 homes are empty.": [
        ("Raymond Chung", "We need help,"),
        ("Raymond Chung", "900 homes are empty"),
    ],
}
INTERVIEWS: dict[str, Expected] = {  # A: is whoever has spoken before the questions, not whoever they are about
    "TARVO - Efforts by President Jo Onda to end the strike will fail.\n\n“The people are angry,” Samir Candil tells the Tarvo "
    "Times.\n\nFollowing is the text of the interview:\n\nQ: What are the effects of Onda's trip?\n\nA: The recent changes at "
    "sea are felt in the region as well. Onda will do more of it.\n\nQ: What did Onda mean?\n\nA: Onda's efforts will meet many "
    "challenges.": [
        ("Samir Candil", "The people are angry,"),
        (None, "What are the effects of Onda's trip?"),
        ("Samir Candil", "The recent changes at sea are felt in the region as well. Onda will do more of it."),
        (None, "What did Onda mean?"),
        ("Samir Candil", "Onda's efforts will meet many challenges."),
    ],
}
SOURCES: dict[str, Expected] = {  # whoever is told to have said something is no apposition, and who was cited no author
    "The Harvest Party was split over Mr Chuti Krai, a party source said.\n\nMr Chuti was seldom there, the source said.": [
        (None, "The Harvest Party was split over Mr Chuti Krai"),
        (None, "Mr Chuti was seldom there"),
    ],
    "Ann Veld, a doctor, said it was true. The doctor said she was glad.": [
        ("Ann Veld", "it was true"),
        ("Ann Veld", "she was glad"),
    ],
    "Tallow Holdings will shut its platform, according to a report by the local outlet Jemian. The report, which quoted "
    "unidentified sources from Tallow, said that it will close this week.": [
        ("Jemian", "Tallow Holdings will shut its platform"),
        ("Jemian", "it will close this week"),
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
    "A Tau Kok police district commander was suspended. Police said they value discipline.": [(None, "they value discipline")],
    "The Oslen police said they had found arms.": [("Oslen police", "they had found arms")],
}
DESCRIBED: dict[str, Expected] = {  # a regulator is not called so, a government not by what belongs to it
    "The banking regulator said it had imposed a fine under the law.": [(None, "it had imposed a fine under the law")],
    "Norland’s banking watchdog said loans will be given.": [(None, "loans will be given")],
    "The Brant Energy Authority raised prices. The energy regulator said it had no choice.": [
        ("Brant Energy Authority", "it had no choice")
    ],
    "Norway's new government said it was glad.": [("Norway", "it was glad")],
}
DWELLINGS: dict[str, Expected] = {  # where somebody lives and works is no body that orders anything
    "In May, officers raided Rahim Khan's home and office. The administration ordered an inquiry into the deaths.": [
        (None, "an inquiry into the deaths")
    ],
    "Thieves broke into the doctor's flat and office. The authority said the locks were old.": [(None, "the locks were old")],
}
HIDDEN: dict[str, Expected] = {  # who wants no name has none
    "Rosa Mirel, owner of a bakery, said sales fell.\n\n“There were fewer guests,” says the owner of the business, who prefers "
    "not to reveal his name.\n\n“Some nights there was nobody,” he recalls.": [
        ("Rosa Mirel", "sales fell"),
        (None, "There were fewer guests,"),
        (None, "Some nights there was nobody,"),
    ],
    "Mayor Ann Veld opened the school. The mayor, who was glad, said it was big.": [("Ann Veld", "it was big")],
}
PRONOUNS: dict[str, Expected] = {
    "Zeno Kapron, head of Tallow, said it was hard. He suggested the bank have a licence.\n\nA large part of "
    "Ravi Mehra’s address this year was focused on inflation, which he said was the key challenge facing the country.": [
        ("Zeno Kapron", "it was hard"),
        ("Zeno Kapron", "the bank have a licence"),
        ("Ravi Mehra", "was the key challenge facing the country"),
    ],
    "Bo Lund, the mayor of Idra, said it was late.\n\nThe mayor of Brant met him on Friday. He said the road would open.": [
        ("Bo Lund", "it was late"),
        (None, "the road would open"),
    ],
    "The findings echoed a survey conducted by the Harvest Party’s Tarvo Youth Daily in March of 7,000 people.\n\nIt showed "
    "respondents cared most about work.": [("Tarvo Youth Daily", "respondents cared most about work")],
    "The Brant Institute published a study of sleep on Monday. It found that people sleep less.": [
        ("Brant Institute", "people sleep less")
    ],
}
SPOKESMEN: dict[str, Expected] = {  # he who says something of somebody named is another, and a spokesman goes on
    "The army commander took stock of the plan, the northern command’s spokesman said.\n\nSoon after his arrival, the army "
    "commander, General Upen Dwiv, visited the route, he said.\n\nGeneral Dwiv was briefed, the spokesman said. The rally has "
    "moved to Kargol, he said.\n\nGeneral Dwiv said that he was glad. He said the route was safe.": [
        (None, "The army commander took stock of the plan"),
        (None, "Soon after his arrival, the army commander, General Upen Dwiv, visited the route"),
        (None, "General Dwiv was briefed"),
        (None, "The rally has moved to Kargol"),
        ("Upen Dwiv", "he was glad"),
        ("Upen Dwiv", "the route was safe"),
    ],
    "Bo Lund, the Bishop of Idra, had claimed that girls were in danger.\n\nLast year, the bishop of the Pala diocese made a "
    "speech about sweets, which he called “a plague”.": [
        ("Bo Lund", "girls were in danger"),
        (None, "a plague"),
    ],
}
CALLED: dict[str, Expected] = {  # what it calls something is the subject's, whatever it is done to
    "Duban shut its page. The Cyber Office of Tarvo, the internet watchdog, sent a team to the Brant-based company last month to "
    "rectify what it called “serious chaos”.": [("Cyber Office of Tarvo", "serious chaos")],
}
SURNAMES: dict[str, Expected] = {  # surnames that stand first, and who is better known by another name
    "Fans may know Park Eugene from Tarvo. Park Yoo-mi and Lee Min joined the cast.\n\nPark Eugene plays a lawyer. “I am glad,” "
    "Park Eugene said in May.\n\nIn 2019, Park revealed that she was tired. “It was hard,” she said.": [
        ("Park Eugene", "I am glad,"),
        ("Park Eugene", "she was tired"),
        ("Park Eugene", "It was hard,"),
    ],
    "A court sentenced Guo Meilin, an influencer better known as Guo Mimi, to two years. In 2011, Guo Mimi said she was rich.": [
        ("Guo Meilin", "she was rich")
    ],
}
HEADINGS: dict[str, Expected] = {  # a quotation that heads what follows is not whoever spoke above it
    "“We lost all,” Ann Veld said. She had a shop.\n\n“The business started to fall”\n\nIn May, fewer came to the town.": [
        ("Ann Veld", "We lost all,"),
        (None, "The business started to fall"),
    ],
    "“We lost all,” Ann Veld said. She had a shop.\n\n“The business started to fall.”\n\n“We wept,” she said.": [
        ("Ann Veld", "We lost all,"),
        ("Ann Veld", "The business started to fall."),
        ("Ann Veld", "We wept,"),
    ],
}
SPELLINGS: dict[str, Expected] = {  # an accent for an apostrophe, letters in another language's order
    "The prophet Mula´u´lah said that the earth is one country. “It is so,” Mula´u´lah said.": [
        ("Mula´u´lah", "the earth is one country"),
        ("Mula´u´lah", "It is so,"),
    ],
    "The people of Ta`izz wept. Samir Sa`ad said he was glad.": [("Samir Sa`ad", "he was glad")],
    "The Renewal Tarvan Party (PRT) met in May. The PRT proposed that the vice president have the same term.": [
        ("Renewal Tarvan Party", "the vice president have the same term")
    ],
    "The People's Republican Council (PRC) met. The PRC said that the term should be longer.": [
        ("People's Republican Council", "the term should be longer")
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
