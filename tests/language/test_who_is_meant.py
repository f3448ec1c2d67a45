"""Whom a mention means that a reading of other countries' press showed to be given to another: text in, the last names out."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.lexicon.given_names import gender_of_titles
from onrecord.text.view import ArticleView

MEANT: dict[str, list[str | None]] = {
    # a title of men that is a woman's name besides
    "Bo Lund came. Sheikh Fatema, who runs a mill near Batola, told reporters that the police had beaten the workers. She said "
    "nobody had helped.": ["Fatema", "Fatema"],
    "Sheikh Jaber al-Tamim met traders. He said prices would fall. His aide, Salma Noor, was calm. She said talks would go on.": [
        "Jaber al-Tamim", "Salma Noor",
    ],
    # who has a role behind a word or two set off is the subject; who is named behind a preposition is not
    "Harbour Master OT Rehn sent for the books of the ferry. HM has counted the coins. Meanwhile, Tarvo chief minister "
    "Jibril Sowe has laughed at the skippers. He said Pavel Orme is a fine cook.": ["Jibril Sowe"],
    "“The nets are gone,” Dr Tessa Quill said.\n\nHowever, Dr Omar Tahl, Deputy Minister for Harbours, laughed at the "
    "claim by Dr Quill that seals ate them. He argued that the thieves had boots.": ["Tessa Quill", "Omar Tahl"],
    "Bo Lund spoke first. On Tuesday, Tarvo police chief Ivan Petrak disagreed with Lund. He said the street was safe.": [
        "Ivan Petrak"
    ],
    # a clause that depends on a noun or a name
    "Bishop Frans Holm rang the bells himself. The town had just read an interview with Emil Rehn, president of the "
    "Bell Board, in which he said “the ropes have rotted”.": ["Emil Rehn"],
    "General Amir Hald oiled the old guns. The commander laughed about General Pavel Orme's letters from the front in which he "
    "acknowledged that the horses were wiser.": ["Pavel Orme"],
    "Mayor Anton Rehn danced at the fair. The last mayor to dance there before Rehn was Milan Turek, who lost "
    "votes when he described the fiddler as a thief.": ["Milan Turek"],
    "Anna Holm gave an interview to Olga Marin in which she said the plan was dead.": ["Anna Holm"],
    # *it* is the document that has just spoken
    "A statement issued in Tarvo by Mr Godwin Dane, Attorney-General, said the new law would help. The statement said judges "
    "would be trained. It said the prisons would be emptier.": ["Godwin Dane"] * 3,
    "A letter from the Tarvo Teachers' League said that pay was too low. “Pay is too low,” the letter continued. It concludes, "
    "“We urge you to act.”": ["Tarvo Teachers' League"] * 3,
    "The bank published its report on Monday. The report said Norvik Oil had lost money. It said the port was badly run.": [
        None, None,
    ],
    "The report said Norvik Oil had lost money. Norvik Oil denied it. It said it had earned money.": ["Norvik Oil"],
    # an affidavit is no order
    "The Tarvo Forgery Squad (TFS), which hunts false coins in the case of the baker Mirela Sandu and the former sailor "
    "Emil Rehn, has stated in an affidavit that both owned a press. In its order, the Supreme Court had pointed "
    "to a cellar. The affidavit states that Sandu cut the dies. It alleges that Rehn slept.": ["Tarvo Forgery Squad"] * 2,
    # who is asked something in a quotation has not been asked
    "Abdul Rahim leads the market.\n\nA fisherman from Batola who gave no name said the net was torn. “Nobody asks the poor,” he "
    "said. He also blamed the council.": [None, None, None],
    # nouns that are nobody's who was named
    "Olga Marin is ill. “I am tired,” she said. Her doctor in Tarvo thinks the worst is over.": ["Olga Marin", None],
    "Bo Lund said no. When asked by a reporter whether he dined with smugglers, he laughed.": ["Bo Lund", None],
    # who speaks without a name goes on, whomever the words before name
    "Corinne Aster has baked there for years. A spokeswoman said Ms Aster had been told in time. “We are sorry,” she said.": [
        None, None,
    ],
    "Harold Eastwick runs the plant. A foreman wrote to Harold Eastwick that the pumps leaked. “No money,” a manager replied. "
    "The foreman wrote back in May. “Pumps do not mend themselves,” he said.": [None, None, None],
    # who is asked about, or asks, does not answer
    "Denise Corder dances on. A spokeswoman for the show said: “We never talk of pay.” Asked if Ms Corder had shouted at the "
    "crew, she replied: “Not that I know.”": [None, None, None],
    "Questioned by Dan Okoye about Olga Renn's boat, she laughed: “It sank.” Dan Okoye and Olga Renn are friends.": [None],
    # who is brought in right before, by what is theirs
    "Lena Foss sells maps. “Paper lasts,” Foss said.\n\nIn the next street, Oskar Brahn's press smells of glue.\n\n“My hands are "
    "black by noon,” he said.": ["Lena Foss", "Oskar Brahn"],
    "Joel Temple sold mills. His rival, Dirk Hatting, wept. After lunch, Temple's memory improved. He said that he had met the "
    "miller.": ["Joel Temple"],
    "Joel Temple sold mills. Dirk Hatting left. Temple's brother wept. He said the house was gone.": [None],
    "Luis Prado trains the team. Prado was calm. Ben Okoro is happy at home. “The coach phoned me, he was honest,” he said.": [
        "Ben Okoro"
    ],
    # an office is a body
    "Bloomfield's office wrote on Monday. The mayor, it said, had listened to all sides.": ["Bloomfield's office"],
    "A statement issued by Ms Ada Boateng, the Attorney-General, said the law was kind. It said the Prison Service would gain.": [
        "Ada Boateng", "Ada Boateng",
    ],
    "UK-based Chen said he had no wish to hide. “I am a man first,” he said. Chen Yulin moved there in 2009.": ["Chen Yulin"] * 2,
    # a long name with a letter missing
    "Anton Ole Hansen, a baker, said the scales had lied. The other weight, Dr Anton Ole Hanse revealed, was hollow. He said it "
    "held sand.": ["Anton Ole Hansen"] * 3,
}  # fmt: skip


@pytest.mark.parametrize(("text", "names"), MEANT.items(), ids=[t[:40] for t in MEANT])
def test_who_is_meant(nlp: Any, text: str, names: list[str | None]) -> None:
    assert [q.speaker_name for q in nlp(text)._.quotes][-len(names) :] == names


@pytest.mark.parametrize(
    ("titles", "name", "gender"),
    [("Sheikh", "Farida", None), ("Sheikh", "Salim", "m"), ("Sheikh", "Veld", "m"), ("Mr", "Farida", "m"), ("Dr", "Veld", None)],
)
def test_gender_of_titles(titles: str, name: str, gender: str | None) -> None:
    assert gender_of_titles(titles, name) == gender


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("Veld left.", True), ("However, Veld left.", True), ("On Monday, Veld left.", True), ("The ship of Veld left.", False),
        ("Lund, Veld and Holm left.", False),
    ],
)  # fmt: skip
def test_opens_clause(text: str, opens: bool) -> None:
    assert ArticleView.of_text(text).opens_clause(text.index("Veld")) is opens


WAS_ASKED = {  # who answers
    "When we asked Ann Veld why she left, she said it was late.": "Ann Veld",
    "Bo Lund was there. When the Herald asked Ann Veld about the bridge, she said it was late.": "Ann Veld",
    "When reporters questioned Mayor Bo Lund, he said it was late.": "Bo Lund",
    "When Ann Veld asked Bo Lund why he left, he said it was late.": "Bo Lund",
    "After a parent called Ann Veld at home, she said it was late.": "Ann Veld",
    "When she asked Ann Veld about Bo Lund, he said it was late.": "Bo Lund",
}


@pytest.mark.parametrize(("text", "name"), WAS_ASKED.items(), ids=WAS_ASKED)
def test_who_was_asked_answers(nlp: Any, text: str, name: str) -> None:
    assert [q.speaker_name for q in nlp(text)._.quotes if q.text == "it was late"] == [name]


def test_a_star_behind_a_name_is_none_of_it(nlp: Any) -> None:
    assert [q.speaker_name for q in nlp("“It is late,” said Simón*. *The name was changed.")._.quotes] == ["Simón"]


NOT_HEARD: list[str] = [  # who hears it does not say it
    "The {} was hereby notified that the dam was full.", "The {} was by this letter informed that the dam was full.",
    "The {} was on Friday ordered to repair the dam.", "The {} has been duly warned that the dam is full.",
    "The {} is further directed to repair the dam.", "The {} was forbidden to sell the boats.",
]  # fmt: skip


@pytest.mark.parametrize("text", NOT_HEARD)
@pytest.mark.parametrize("who", ["Tarvo Council", "General Public", "Ministry of Health"])
def test_who_is_told_does_not_say_it(nlp: Any, text: str, who: str) -> None:
    assert {q.speaker_name for q in nlp(text.format(who))._.quotes} <= {None}


TOLD_OF = [  # who has no name, whatever name their clause ends in
    "“It is late,” said a neighbour who knows Kim Veld.", "A man who knows Kim Veld said it was late.",
    "People who know Kim Veld said it was late.", "“It is late,” a doctor who treated Veld told reporters.",
    "The judge who freed Kim Veld said it was late.", "A driver whose bus hit Bo Tarn said it was late.",
    "“It is late,” said one of the boys who beat Bo Tarn.", "An official who met Norvik Bank said it was late.",
]  # fmt: skip


@pytest.mark.parametrize("text", TOLD_OF)
def test_the_name_with_which_a_clause_ends_is_anothers(nlp: Any, text: str) -> None:
    assert [q.speaker_name for q in nlp(text)._.quotes] == [None]


@pytest.mark.parametrize("clause", ["who gave her name as", "who called herself"])
def test_a_clause_may_tell_the_name(nlp: Any, clause: str) -> None:
    (row,) = nlp(f"“It is late,” said a woman {clause} Ines.")._.quotes
    assert (row.speaker_name, row.speaker_role) == ("Ines", "woman")


STRANGERS = [  # brought in without a name, and then *he* or *she*
    "A trader, who asked not to be named, said it was dark. “It is cold,” {} said.",
    "On Monday a guard stood at the gate. “It is cold,” {} said.", "Nearby, a fan was waiting for a bus. “It is cold,” {} said.",
    "There was a clerk at the gate. “It is cold,” {} said.", "We met a tenant at the gate. “It is cold,” {} said.",
    "Its driver thought it was a waste. “It is cold,” {} said.", "Another tenant, who lost a boat, wept. “It is cold,” {} said.",
    "A regular at the pub said it was dark. “It is cold,” {} said.",
]  # fmt: skip


@pytest.mark.parametrize("text", STRANGERS)
@pytest.mark.parametrize(("name", "pronoun"), [("Bo Tarn", "he"), ("Ann Tarn", "she")])
def test_a_pronoun_is_of_whom_the_sentence_before_brought_in(nlp: Any, text: str, name: str, pronoun: str) -> None:
    rows = nlp(f"{name}, a baker, told us it was late.\n\n{text.format(pronoun)}")._.quotes
    assert (rows[0].speaker_name, rows[-1].speaker_name) == (name, None)


def test_who_is_spoken_to_may_answer(nlp: Any) -> None:
    text = "Bo Tarn, a baker, told us it was late.\n\nA reporter asked him why. “It is cold,” he said."
    assert [q.speaker_name for q in nlp(text)._.quotes][-1] == "Bo Tarn"


THROUGH: dict[str, str | None] = {  # whose words a spokesman gives
    "The governor, Kim Veld, in a statement by his secretary, Dr Bo Tarn, said it was late.": "Kim Veld",
    "Kim Veld, in a statement issued on Monday by her aide, Bo Tarn, said it was late.": "Kim Veld",
    "Norvik Bank, in a statement from its chairman, Bo Tarn, said it was late.": "Norvik Bank",
    "Kim Veld left. In a statement by her aide, Bo Tarn said it was late.": "Bo Tarn",
}


@pytest.mark.parametrize(("text", "name"), THROUGH.items(), ids=THROUGH)
def test_who_speaks_through_another(nlp: Any, text: str, name: str | None) -> None:
    assert [q.speaker_name for q in nlp(text)._.quotes] == [name]
