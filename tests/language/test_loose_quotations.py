"""Quotations without a verb beside them: headings, lists, interviews, a name alone; text in, names and words out."""

from __future__ import annotations

from typing import Any

import pytest

from .told import Expected, told

HEADINGS: dict[str, Expected] = {  # a heading quotes what follows, not what stands above it
    'The dam broke on Monday night.\n\n"We have asked for help," said the mayor, Bo Lund. "It has not come."\n\n'
    "'I lost the whole of my harvest'\n\nAna Holm, a farmer, has had a bad year.\n\n"
    '"I lost the whole of my harvest and two of my cows," Holm said.': [
        ("Bo Lund", "We have asked for help, It has not come."),
        ("Ana Holm", "I lost the whole of my harvest"),
        ("Ana Holm", "I lost the whole of my harvest and two of my cows,"),
    ],
    "The bridge is not popular. “It will be built by May,” said the chair, Joran Veld.\n\n“Half of the shelves are bare”\n\n"
    "Mirela Sandu, who owns a shop on the quay, is less sure. “I sell what I can get,” she told the Courier.": [
        ("Joran Veld", "It will be built by May,"),
        ("Mirela Sandu", "Half of the shelves are bare"),
        ("Mirela Sandu", "I sell what I can get,"),
    ],
    "The strike goes on. “We will not give in before the summer,” said the chair, Pavel Orme.\n\nThe firm made no new offer.\n\n"
    "“Not before the summer”\n\nThe port has been shut for a week.": [
        ("Pavel Orme", "We will not give in before the summer,"),
        (None, "Not before the summer"),
    ],
}
LISTS: dict[str, Expected] = {  # a line that is a name tells whose quotation it is
    "Prices go on rising. Here is what they say in Tarvo:\n\nBo Lund, Tarvo Research\n– Guess: 35 percent\n"
    "– “We think that the worst is over for this year”\nTessa Quill, Osk Capital\n– Guess: 50 percent\n"
    "– “It is a mess, and nobody knows how it will end”": [
        ("Bo Lund", "We think that the worst is over for this year"),
        ("Tessa Quill", "It is a mess, and nobody knows how it will end"),
    ],
    "The players were full of praise for the coach on Sunday.\n\n“She taught us all we know, and we owe her this cup.”\n\n"
    "Ana Holm, captain of Tarvo Rovers\n\n“I would not be here without her.”\n\nBo Lund, goalkeeper\n\nThere will be a party.": [
        ("Ana Holm", "She taught us all we know, and we owe her this cup."),
        ("Bo Lund", "I would not be here without her."),
    ],
}
NAMES: dict[str, Expected] = {  # a name behind a comma, and no verb
    "“We have had to carry water for six hours a day,” Mirela Sandu, a nurse at the clinic of Osk.": [
        ("Mirela Sandu", "We have had to carry water for six hours a day,")
    ],
    "“The dry wells tell us to mend the dam,” Minister of Water, Pavel Orme.": [
        ("Pavel Orme", "The dry wells tell us to mend the dam,")
    ],
    "“We won because we stayed calm,” Ana Holm, wiping her eyes.": [("Ana Holm", "We won because we stayed calm,")],
    "“It is a fine lake.”\n\nVilla Marten (Marten House)\n\nThe house was built in 1968.": [(None, "It is a fine lake.")],
    "“It was cold,” Tessa Quill shrugged.": [("Tessa Quill", "It was cold,")],
    "“The road is long,” he wrote. Ana Holm, a baker, left the hall.": [(None, "The road is long,")],
}
INTERVIEWS: dict[str, Expected] = {  # who answers is who was asked, not who is spoken of
    "President Veld will come to Osk in May. “Veld has little to offer. President Veld knows it,” Mirela Sandu told the Courier."
    "\n\nQ: What will the visit bring?\n\nA: That the old order is back.\n\nQ: And the treaty?\n\nA: Veld wants a new one.": [
        ("Mirela Sandu", "Veld has little to offer. President Veld knows it,"),
        (None, "What will the visit bring?"),
        ("Mirela Sandu", "That the old order is back."),
        (None, "And the treaty?"),
        ("Mirela Sandu", "Veld wants a new one."),
    ],
    "Prime Minister Joran Veld has resigned, and Veld's party is in disarray. To learn what comes after Veld, the Courier "
    "interviewed Ana Holm, who has written a book about him.\n\nWhat did you make of the news?\n\n“I was not surprised.”": [
        ("Ana Holm", "I was not surprised.")
    ],
    "The mill has a new owner, Bo Lund. We spoke to Tessa Quill, its last manager, about Lund.\n\nQ. How did you learn of it?\n\n"
    "A. By letter. Lund never came.\n\nIt was a hard year for us.\n\nQ. Were you angry?\n\nA. I was sad.": [
        (None, "How did you learn of it?"),
        ("Tessa Quill", "By letter. Lund never came."),
        ("Tessa Quill", "It was a hard year for us."),
        (None, "Were you angry?"),
        ("Tessa Quill", "I was sad."),
    ],
}
NUMBERED: dict[str, Expected] = {  # questions and answers with a number, and a list that is neither
    "Mirela Sandu runs the mill of Osk.\n\nQ1: What comes next?\n\nA1: We will build a second one.\n\nQ2: Will you stay?\n\n"
    "A2: I will.": [
        (None, "What comes next?"),
        ("Mirela Sandu", "We will build a second one."),
        (None, "Will you stay?"),
        ("Mirela Sandu", "I will."),
    ],
    "We spoke to Ana Holm in Tarvo, where she met Bo Lund.\n\nJT: How was the tour?\n\nAH: It was long, and it rained.\n\n"
    "JT: Will you go again?\n\nAH: Not before the summer.": [
        ("JT", "How was the tour?"),
        ("Ana Holm", "It was long, and it rained."),
        ("JT", "Will you go again?"),
        ("Ana Holm", "Not before the summer."),
    ],
    "A list for the spring.\n\nA1: Apples and pears.\n\nA2: Beets.\n\nA3: Carrots and peas.": [],
}
BEHIND: dict[str, Expected] = {  # who speaks stands in a sentence of its own, or behind *as*
    "“We will pay for it,” said Joran Veld.\n\n“But somebody must wash the plates.” One of the guests chipped in.": [
        ("Joran Veld", "We will pay for it,"),
        (None, "But somebody must wash the plates."),
    ],
    "The plan is “a gift to the rich”, as Tessa Quill calls it. “It is late.” Pavel Orme piped up.": [
        ("Tessa Quill", "a gift to the rich"),
        ("Pavel Orme", "It is late."),
    ],
    "“I was born here,” said Bo Lund.\n\nOne of the guards waved us on. “No pictures here.”": [
        ("Bo Lund", "I was born here,"),
        (None, "No pictures here."),
    ],
    "The mill of Osk is full again.\n\nIlse Marten, is a weaver at the old wool mill by the river in Osk\n\n"
    "“When my mother wove here, she sat in the dark.”": [("Ilse Marten", "When my mother wove here, she sat in the dark.")],
    "“The nets are old,” Bo Lund says.\n\n“We want new ones.” “We have no money for them.”": [
        ("Bo Lund", "The nets are old,"),
        ("Bo Lund", "We want new ones. We have no money for them."),
    ],
    "“They will have new pumps,” Tessa Quill, an engineer at Lund Works. “That will help the farms.”": [
        ("Tessa Quill", "They will have new pumps, That will help the farms.")
    ],
}
SUBJECTS: dict[str, Expected] = {  # of verbs that stand far from theirs
    "Pavel Orme sang first. After his song, he handed the captain the flag he had sewn, saying, “My father carried it.”": [
        ("Pavel Orme", "My father carried it.")
    ],
    "Answering its critics the Harbour Board, which has run the port since 1902 and is paid by all the towns along that coast, "
    "wrote, “We keep the lamps lit.”": [("Harbour Board", "We keep the lamps lit.")],
    "Warning that the ice was thin, Ana Holm said the lake would stay shut.": [
        ("Ana Holm", "the ice was thin"),
        ("Ana Holm", "the lake would stay shut"),
    ],
    "The mayor shrugged.\n\nInsisting that she had paid, Tessa Quill walked out of the court.": [("Tessa Quill", "she had paid")],
}
WITHIN: dict[str, Expected] = {  # words marked within a quotation that its paragraph does not close
    '"We waited all night.\n\n"The bus never came. Who believes that it was "only" late? Who pays?\n\n'
    '"I will not take it again," Ana Holm wrote.': [
        ("Ana Holm", "We waited all night."),
        ("Ana Holm", 'The bus never came. Who believes that it was "only" late? Who pays?'),
        ("Ana Holm", "I will not take it again,"),
    ],
}


@pytest.mark.parametrize("cases", [HEADINGS, LISTS, NAMES, INTERVIEWS, NUMBERED, BEHIND, SUBJECTS, WITHIN])
def test_who_says_what(nlp: Any, cases: dict[str, Expected]) -> None:
    assert told(nlp, cases) == cases


def test_what_is_reflected_aloud_is_speech(nlp: Any) -> None:
    acts = {text: nlp(text)._.quotes[0].act for text in ("“It was a good day,” Lund reflected.", "“It is late,” thought Lund.")}
    assert list(acts.values()) == ["speech", "thought"]
