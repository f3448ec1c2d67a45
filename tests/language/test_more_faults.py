"""Kinds of faults that variations on known ones brought up, in the manner of many countries' press."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.text.detect import detect_language

from .told import Expected, told

EACH_ITS_OWN: dict[str, Expected] = {  # each quotation is of the attribution right behind it
    "“It was theft,” said Zodwa Khoza, and “it was a loan,” said Piet Vos.": [
        ("Zodwa Khoza", "It was theft,"),
        ("Piet Vos", "it was a loan,"),
    ],
    "“I saw smoke,” said Keisha Baptiste, while “I heard a bang,” said Andre Joseph.": [
        ("Keisha Baptiste", "I saw smoke,"),
        ("Andre Joseph", "I heard a bang,"),
    ],
    "“I ran,” said Lucía Bravo, whereas “I stayed,” said her brother, Iván Bravo.": [
        ("Lucía Bravo", "I ran,"),
        ("Iván Bravo", "I stayed,"),
    ],
    '"Wait," said Dario Funes as the doors shut; "wait for me," he cried.': [
        ("Dario Funes", "Wait,"),
        ("Dario Funes", "wait for me,"),
    ],
    '"Go," said Tito Parra as the train left; "go on," he shouted.': [("Tito Parra", "Go,"), ("Tito Parra", "go on,")],
    "“The law is clear,” said Judge Ita Malone, “and the sentence will stand.”": [
        ("Ita Malone", "The law is clear, and the sentence will stand."),
    ],
    "“It rained,” but the crop is safe, the chief, Musa Kallon, said.": [("Musa Kallon", "“It rained,” but the crop is safe")],
}
SET_OFF: dict[str, Expected] = {  # a role before a name between commas is no word of what is said
    "The ferry is old. That is false, its captain, Luka Perić, said.": [("Luka Perić", "That is false")],
    "“He ran,” and nobody followed, the guard, Pat Duffy, said.": [("Pat Duffy", "“He ran,” and nobody followed")],
    "“No deal,” and the strike goes on, the union's head, Elsa Bravo, said.": [
        ("Elsa Bravo", "“No deal,” and the strike goes on")
    ],
    "Rain spoiled the wedding of his cousin, Lina, Tarek Aziz said.": [
        ("Tarek Aziz", "Rain spoiled the wedding of his cousin, Lina")
    ],
    "The suspect is the mayor, Piet Botha, police said.": [(None, "The suspect is the mayor, Piet Botha")],
}
STOPS: dict[str, Expected] = {  # a full stop behind a firm, or behind an abbreviation before another speaker
    "Fadi Haddad said he had sold it to Ross Marine Inc. Nadia Haddad said he had not.": [
        ("Fadi Haddad", "he had sold it to Ross Marine Inc."),
        ("Nadia Haddad", "he had not"),
    ],
    "On Friday, Island Foods Inc. chairman Peter Lal said it was sold.": [("Peter Lal", "it was sold")],
    "PT Sawit Raya Tbk. director Hendra Gunawan said the mill was safe.": [("Hendra Gunawan", "the mill was safe")],
    "Belgrade Steel A.D. director Zoran Ilić said the furnace was cold.": [("Zoran Ilić", "the furnace was cold")],
    "Rosa Sa sells fish. “It is fresh,” Sa said.": [("Rosa Sa", "It is fresh,")],
}
TITLES: dict[str, Expected] = {
    "Taoiseach Aidan Prior said the budget was late.": [("Aidan Prior", "the budget was late")],
    "Inkosi Mandla Buthe said the land was sold. “It was ours,” Inkosi Buthe said.": [
        ("Mandla Buthe", "the land was sold"),
        ("Mandla Buthe", "It was ours,"),
    ],
    "Tan Sri Ravi Krishnan said the deal was done. Tan Sri Ravi said he was glad.": [
        ("Ravi Krishnan", "the deal was done"),
        ("Ravi Krishnan", "he was glad"),
    ],
    "“We sail,” Harbour Master Quigley said.": [("Quigley", "We sail,")],
    "The hall is full. Town Clerk Daly said it was sold.": [("Daly", "it was sold")],
    "The Duke and Duchess of Lorne arrived. “It is lovely,” the duke said.": [(None, "It is lovely,")],
}
NAMES: dict[str, Expected] = {  # one person by several forms
    "Ana Maria Lopez sings. Ana Maria said she was tired.": [("Ana Maria Lopez", "she was tired")],
    "José Luis Ortega Ruiz is the vet. José Luis Ortega said the mule was old.": [("José Luis Ortega Ruiz", "the mule was old")],
    "The Sola Bakare Lecture is on Friday. Sola Bakare said it was late.": [("Sola Bakare", "it was late")],
    "Bo Veld runs the mill. Bo Veld Jr. runs the farm. Bo Veld said it was dry.": [("Bo Veld", "it was dry")],
    "Aleksandar (Saša) Mitić coaches the side. “We ran,” Mitić said.": [("Aleksandar Mitić", "We ran,")],
    "Branko ‘Brko’ Šimić keeps goats. “They bite,” Šimić said.": [("Branko Šimić", "They bite,")],
    "Carla Spain runs the inn. Tito Vega cooks. “We are open,” Spain said.": [("Carla Spain", "We are open,")],
    "Israel Okafor won. Israel said it would send aid.": [("Israel", "it would send aid")],
    "The Congress of Southern Mine and Smelter Workers said pay was late.": [
        ("Congress of Southern Mine and Smelter Workers", "pay was late")
    ],
    "Ivan Petrić is mayor. His wife, Vesna, is a vet. “I vote for others,” Mrs Petrić said.": [
        ("Vesna Petrić", "I vote for others,")
    ],
}
SPELLINGS: dict[str, Expected] = {  # and by several spellings
    "Oluwole Ajayi is the coach. Oluwole Ajayyi said it would win.": [("Oluwole Ajayi", "it would win")],
    "Đorđe Janković wrote it. Djordje Janković said it was true.": [("Đorđe Janković", "it was true")],
    "Mohammed Al-Marzan sails. Mohamed Al-Marzan said the sea was calm.": [("Mohammed Al-Marzan", "the sea was calm")],
    "Muhamad Osei Tutu came late. Mohamed Osei Tutu runs the mill. Mohamed Osei Tutu said it was shut.": [
        ("Mohamed Osei Tutu", "it was shut")
    ],
    "Łukasz Nowak coaches. Lukasz Nowak said they were tired.": [("Łukasz Nowak", "they were tired")],
    "Marie Veld and Maria Veld live in Brant. Maria Veld said it rained.": [("Maria Veld", "it rained")],
    "Ahmed Hassan and Ahmed Hasan are cousins. Ahmed Hasan said they rarely met.": [("Ahmed Hasan", "they rarely met")],
    "Andre Joubert runs it. Andrea Joubert said no bread was left.": [("Andrea Joubert", "no bread was left")],
}
BODIES: dict[str, Expected] = {
    "The court said the law was clear. The prison service must obey it, it said.": [
        (None, "the law was clear"),
        (None, "The prison service must obey it"),
    ],
    "Balkan Chess will drop the draw rule, the federation said.": [("Balkan Chess", "Balkan Chess will drop the draw rule")],
    "Tallow Rail sold trains to Brant Steel. The airline said they were late.": [(None, "they were late")],
}
ASKED: dict[str, Expected] = {  # who is asked answers
    "The judge asked Mandla Zulu why he ran. “I was afraid of the dogs.”": [
        (None, "why he ran"),
        ("Mandla Zulu", "I was afraid of the dogs."),
    ],
    "We asked Lwazi Ndaba what he eats.\n\n“Beans, and then more beans.”": [
        (None, "what he eats"),
        ("Lwazi Ndaba", "Beans, and then more beans."),
    ],
    "Ann Veld asked Bo Lund what he wanted. “What do you want?” she said.": [
        ("Ann Veld", "what he wanted"),
        ("Ann Veld", "What do you want?"),
    ],
}
OF_ANOTHER: dict[str, Expected] = {  # who has just spoken of a man is not *he*, if nothing tells a man
    "Mr Tunde Bakre succeeded Mrs Ronke Bakre, his mother. Bisi Olu audited the firm.\n\n“He is careful,” Olu said. "
    "He has called the tax “a joke”.": [("Bisi Olu", "He is careful,"), ("Tunde Bakre", "the tax “a joke”")],
    "“He is brave,” said Nomvula Xaba of her son. “He never cries,” she said.": [
        ("Nomvula Xaba", "He is brave,"),
        ("Nomvula Xaba", "He never cries,"),
    ],
}
PLAIN: dict[str, Expected] = {  # forms that leave no doubt
    "The cut angered nurses, prompting Seini Moala to say that lives would be lost.": [("Seini Moala", "lives would be lost")],
    "Actor Jomar Lacsamana tweeted on Friday: No more films.": [("Jomar Lacsamana", "No more films")],
    "Mayor Inoke Lasaqa tweeted: The bridge is shut. Please stay home.": [
        ("Inoke Lasaqa", "The bridge is shut. Please stay home."),
    ],
    "Khaled Awadi met voters. “VOTER: Fix the pump. MR. AWADI: It is being fixed. VOTER: Since when?”": [
        (None, "Fix the pump."),
        ("Khaled Awadi", "It is being fixed."),
        (None, "Since when?"),
    ],
}
KINDS = {
    "each its own": EACH_ITS_OWN, "set off": SET_OFF, "stops": STOPS, "titles": TITLES, "names": NAMES, "spellings": SPELLINGS,
    "bodies": BODIES, "asked": ASKED, "of another": OF_ANOTHER, "plain": PLAIN,
}  # fmt: skip


@pytest.mark.parametrize("cases", KINDS.values(), ids=KINDS)
def test_who_says_what(nlp: Any, cases: dict[str, Expected]) -> None:
    """Names and words of what is said, row by row."""
    assert told(nlp, cases) == cases


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Rosa de los Santos sings. “I am hoarse,” De los Santos said.", "en"),
        ("Željko Blažević keeps bees. “They sting,” Blažević said.", "en"),
        ("Rosa de los Santos canta. «Estoy ronca», dijo De los Santos.", "es"),
    ],
)
def test_a_few_words_around_names_of_another_language_are_english(text: str, language: str) -> None:
    assert detect_language(text) == language
