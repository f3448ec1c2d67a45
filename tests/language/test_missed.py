"""Reports in the words of another, and verbs that tell speech by the words around them: text in, names and words of rows out."""

from __future__ import annotations

from typing import Any

import pytest

from .told import Expected, told

WITHIN: dict[str, Expected] = {  # each has a row
    "According to the Orsa Daily, Finance Minister Petra Lund has denied that the bank was sold below its value.": [
        ("Orsa Daily", "Finance Minister Petra Lund has denied that the bank was sold below its value"),
        ("Petra Lund", "the bank was sold below its value"),
    ],
    "Police chief Ana Ruiz said three workers had complained that the brakes were faulty.": [
        ("Ana Ruiz", "three workers had complained that the brakes were faulty"),
        (None, "the brakes were faulty"),
    ],
    "Teachers said that the mayor, Ivo Katz, had promised to repair the roof.": [
        (None, "the mayor, Ivo Katz, had promised to repair the roof"),
        ("Ivo Katz", "to repair the roof"),
    ],
    "The agency quoted General Tomas Brod as saying that rebels had claimed they held the bridge.": [
        ("Tomas Brod", "rebels had claimed they held the bridge"),
        (None, "they held the bridge"),
    ],
}
PLAIN: dict[str, Expected] = {  # the form of a report leaves no doubt, within another's words or with nobody else in its sentence
    "Dr Ines Roka said that a warder had told her at the gate that her brother was ill.": [
        ("Ines Roka", "a warder had told her at the gate that her brother was ill"),
        (None, "her brother was ill"),
    ],
    "The mayor said Ms Rees told them she would sign the lease if the board agreed.": [
        (None, "Ms Rees told them she would sign the lease if the board agreed"),
        ("Rees", "she would sign the lease if the board agreed"),
    ],
    "The clerk, Ida Lund, testified that she had asked to be moved to another office.": [
        ("Ida Lund", "she had asked to be moved to another office"),
        ("Ida Lund", "to be moved to another office"),
    ],
    "Bram Veld has always maintained that he paid for the horse.": [("Bram Veld", "he paid for the horse")],
}
BEHIND: dict[str, Expected] = {  # words before a verb hold another report with its speaker
    "The mayor, Ivo Katz, stressed that no one would be evicted this winter, the Orsa News Agency reported.": [
        ("Orsa News Agency", "The mayor, Ivo Katz, stressed that no one would be evicted this winter"),
        ("Ivo Katz", "no one would be evicted this winter"),
    ],
}
ONE: dict[str, Expected] = {  # what somebody says in a quotation, wants, or is no report
    "“The minister said that taxes would rise,” said Bram Veld.": [("Bram Veld", "The minister said that taxes would rise,")],
    "Lund said residents urging the council to act were right.": [
        ("Lund", "residents urging the council to act were right"),
    ],
    "Bram Veld said both sides agreed to meet in May.": [("Bram Veld", "both sides agreed to meet in May")],
}
SPEAKS_ON: dict[str, Expected] = {  # whoever is told to have spoken within is not who goes on
    "Ann Veld said that the ministry had promised a new roof. She added that nobody had come.": [
        ("Ann Veld", "the ministry had promised a new roof"),
        (None, "a new roof"),
        ("Ann Veld", "nobody had come"),
    ],
}
ACTS: dict[str, Expected] = {  # told, and not only thought or felt
    "Bishop Tomas Brod taught that every guest must be fed. Ann Veld taught English at a school in Tarvo.": [
        ("Tomas Brod", "every guest must be fed")
    ],
    "Mayor Ivo Katz made it clear that the tax would stay. The crews made clear headway on the bridge.": [
        ("Ivo Katz", "the tax would stay")
    ],
    "Ann Veld wished she could leave. Coach Ivo Katz wished the team a safe journey home.": [
        ("Ivo Katz", "the team a safe journey home")
    ],
    "“We were all too young to see it,” Veld reflected. The lake reflected the sky over Tarvo.": [
        ("Veld", "We were all too young to see it,")
    ],
    "The Tarvo Central Bank projects that growth will slow to 2 per cent. The film was projected onto a wall.": [
        ("Tarvo Central Bank", "growth will slow to 2 per cent")
    ],
    "For economist Ann Veld, this crisis is the result of years of neglect. For Ann Veld, Monday was a busy day.": [
        ("Ann Veld", "this crisis is the result of years of neglect")
    ],
    "The old captain, Bram Veld, reckons that the herring will be late this year.": [
        ("Bram Veld", "the herring will be late this year")
    ],
    "Rees confided that she had never read the report.": [("Rees", "she had never read the report")],
    "Two aldermen have since let it be known that they would prefer a new harbour master.": [
        (None, "they would prefer a new harbour master")
    ],
    "The ombudsman raised concerns about the number of children held in Tarvo. They raised the flag over the hall.": [
        (None, "the number of children held in Tarvo")
    ],
    "Ida Lund wants to know whether the bus will ever come back. Ida Lund wants a bus.": [
        ("Ida Lund", "to know whether the bus will ever come back")
    ],
    'The growers fear that the levy will be "the end of milk in Norden". The growers fear a dry year.': [
        (None, 'the levy will be "the end of milk in Norden"')
    ],
    "As per the ministry, 40 schools have shut.": [(None, "40 schools have shut")],
    "Villagers prayed that the rain would come. Villagers prayed at the chapel.": [(None, "the rain would come")],
    "The party advocates for a tax on the rich. Lawyer Bram Veld advocates for migrants.": [(None, "a tax on the rich")],
}
DROPPED: dict[str, Expected] = {  # by rules for prayers, who is let in, and the articles of a law
    "Rev. Omar Veld says Orme would lead prayer services at sea. The priest said a prayer for the miners.": [
        ("Omar Veld", "Orme would lead prayer services at sea")
    ],
    "The pope said prayers were heard.": [(None, "prayers were heard")],
    "Police held two men. They admitted they were partners in the theft. The clinic admitted 40 patients.": [
        (None, "they were partners in the theft")
    ],
    "The article laments the ‘rot’ of the old piers. Article 4 says “may”.": [(None, "the ‘rot’ of the old piers")],
}
HEADLINES: dict[str, Expected] = {  # who says it stands at their end, and speaks in the article too
    "Tarvo facing water crisis: energy minister\n\nEnergy Minister Petra Lund said that the reservoirs were half empty.": [
        ("Petra Lund", "Tarvo facing water crisis"),
        ("Petra Lund", "the reservoirs were half empty"),
    ],
    "Rail fares will not rise: Veld\n\nTransport Minister Bram Veld told reporters that fares would stay.": [
        ("Bram Veld", "Rail fares will not rise"),
        ("Bram Veld", "fares would stay"),
    ],
    "Two killed in mill fire: police\n\nTwo people died when a mill burned down on Sunday, police said.": [
        (None, "Two killed in mill fire"),
        (None, "Two people died when a mill burned down on Sunday"),
    ],
    "Growth to slow to 2 per cent: Tarvo Bank\n\nGrowth will slow, the Tarvo Bank said on Friday.": [
        ("Tarvo Bank", "Growth to slow to 2 per cent"),
        ("Tarvo Bank", "Growth will slow"),
    ],
}
TITLES: dict[str, Expected] = {  # of whom or of what an article is
    "Meet the new skipper: Ann Veld\n\nAnn Veld said that she would lead the team.": [("Ann Veld", "she would lead the team")],
    "Actor leading the way: Bram Veld\n\nBram Veld said he would act again.": [("Bram Veld", "he would act again")],
    "Rise in thefts: three held\n\nThree people were held on Monday in Orsa, police said.": [
        (None, "Three people were held on Monday in Orsa")
    ],
    "Vote to be held in May: Tarvo\n\nVoters in Orsa said that they were tired.": [(None, "they were tired")],
    "Tax on mills to be cut: PM\n\nThe PM said mills were safe.": [(None, "mills were safe")],
}
KINDS = {
    "dropped": DROPPED,
    "headlines": HEADLINES,
    "titles": TITLES,
    "within": WITHIN,
    "plain": PLAIN,
    "behind": BEHIND,
    "one": ONE,
    "speaks on": SPEAKS_ON,
    "acts": ACTS,
}


@pytest.mark.parametrize("cases", KINDS.values(), ids=KINDS)
def test_who_says_what(nlp: Any, cases: dict[str, Expected]) -> None:
    assert told(nlp, cases) == cases
