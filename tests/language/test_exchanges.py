"""Words that another's words answer: turns of an exchange, and questions of the paper's own; text in, names and words out."""

from __future__ import annotations

from typing import Any

import pytest

from .told import Expected, told

TURNS: dict[str, Expected] = {  # short words by themselves that gainsay, or answer, are the other one's
    "Piet Grobler and Sannie Brand have not spoken since the flood.\n\n“He moved the fence,” Brand said.\n\n"
    "“She moved it,” said Grobler.\n\n“I did not.”\n\nThe court meets in March.": [
        ("Sannie Brand", "He moved the fence,"),
        ("Piet Grobler", "She moved it,"),
        ("Sannie Brand", "I did not."),
    ],
    'Harbour master Bo Tarn told the inquiry the ferry had left early.\n\nCounsel Ada Veld asked how early.\n\n"Nine minutes," '
    'Tarn said.\n\n"Did anybody check?"\n\n"No, ma\'am."': [
        ("Bo Tarn", "the ferry had left early"),
        ("Ada Veld", "how early"),
        ("Bo Tarn", "Nine minutes,"),
        ("Ada Veld", "Did anybody check?"),
        ("Bo Tarn", "No, ma'am."),
    ],
    "Senator Carla Dunmore pressed the banker Hugh Pell.\n\n“Did you read the memo?” Dunmore asked.\n\n"
    "“I skimmed it, Senator.”\n\nThe hearing goes on.": [
        ("Carla Dunmore", "Did you read the memo?"),
        ("Hugh Pell", "I skimmed it, Senator."),
    ],
    "“That horse is lame,” said the vet, Kim Oduya.\n\n“Which leg?”\n\n“All of them,” Oduya said.": [
        ("Kim Oduya", "That horse is lame,"),
        (None, "Which leg?"),
        ("Kim Oduya", "All of them,"),
    ],
}
SAME: dict[str, Expected] = {  # words that go on are the same one's, however short
    "“It was awful,” said Mia Stark.\n\n“You can hear every lorry.”\n\nHer neighbour, Tom Reed, nodded.": [
        ("Mia Stark", "It was awful,"),
        ("Mia Stark", "You can hear every lorry."),
    ],
    "“Why should we pay twice?” Lars Fenn asked.\n\n“We have paid already, and we will not pay again.”": [
        ("Lars Fenn", "Why should we pay twice?"),
        ("Lars Fenn", "We have paid already, and we will not pay again."),
    ],
    "Tom Reed sat beside Mia Stark. “I lost my boat in the flood,” Stark said.\n\n“And I lost my nets.”": [
        ("Mia Stark", "I lost my boat in the flood,"),
        ("Mia Stark", "And I lost my nets."),
    ],
}
ASKED: dict[str, Expected] = {  # who was asked answers
    "Bo Tarn told the court he was a welder.\n\nProsecutor Jan Osk asked him whether he had locked the gate.\n\n"
    "“I locked it twice, and I told the foreman so.”": [
        ("Bo Tarn", "he was a welder"),
        ("Jan Osk", "him whether he had locked the gate"),
        ("Bo Tarn", "I locked it twice, and I told the foreman so."),
    ],
    "Carla Dunmore asked the minister, Hugh Pell, why the road was closed.\n\n“It floods every year and we cannot pay for it.”": [
        ("Carla Dunmore", "why the road was closed"),
        ("Hugh Pell", "It floods every year and we cannot pay for it."),
    ],
}
OWN: dict[str, Expected] = {  # whom the paper's own question names is not who answers it
    "Coach Bo Tarn said the squad was tired.\n\nWould he keep Lund as captain? “Tomorrow. I would carry his boots.”": [
        ("Bo Tarn", "the squad was tired"),
        ("Bo Tarn", "Tomorrow. I would carry his boots."),
    ],
    "“I paint at night,” said Ada Veld.\n\nDoes Jonas Lund, her teacher, know? “He gave me the lamp for it.”": [
        ("Ada Veld", "I paint at night,"),
        ("Ada Veld", "He gave me the lamp for it."),
    ],
}

BROUGHT: dict[str, Expected] = {  # who is told to be one of several speaks next, whoever is named beside
    "One of them is Mona Halvorsen, a teacher from Lower Mill, who shows us where her son, Erik, was hit. “Do you see the lamp? "
    "That is where he lay.”": [("Mona Halvorsen", "Do you see the lamp? That is where he lay.")],
    "Among the losers was the baker Tom Reed, whose wife left for Osk with Jan Brand. “I kept the ovens on. It was all I had.”": [
        ("Tom Reed", "I kept the ovens on. It was all I had.")
    ],
}
ABOVE: dict[str, Expected] = {  # headings in capitals, and above reports by one alone
    "The council wants a car park in Osk by June.\n\n'I WILL CHAIN MYSELF TO THE DOOR'\n\nAnn Veld, 90, told the hearing she "
    "would stay. She said she had nowhere to go.\n\n'Worst flood since I was a boy'\n\nHarbour master Bo Tarn says this is the "
    "worst flood he has seen.\n\nRoads are shut.": [
        ("Ann Veld", "I WILL CHAIN MYSELF TO THE DOOR"),
        ("Ann Veld", "she would stay"),
        ("Ann Veld", "she had nowhere to go"),
        ("Bo Tarn", "Worst flood since I was a boy"),
        ("Bo Tarn", "this is the worst flood he has seen"),
    ],
}
HEARSAY: dict[str, Expected] = {  # what somebody is said to have said is that one's
    "The men argued. Marsh is said to have told him: “You will pay for that.”": [("Marsh", "You will pay for that.")],
}


@pytest.mark.parametrize("cases", [TURNS, SAME, ASKED, OWN, BROUGHT, ABOVE, HEARSAY])
def test_exchanges(nlp: Any, cases: dict[str, Expected]) -> None:
    assert told(nlp, cases) == cases
