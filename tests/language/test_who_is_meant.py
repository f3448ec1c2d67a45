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
