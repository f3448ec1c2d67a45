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
    "Lieutenant Governor VK Saxton asked for a report on the policy. LG has recommended a probe. Meanwhile, Tarvo chief minister "
    "Arvind Kejri has lashed out at the opposition. He said Manish Sodi is an honest man.": ["Arvind Kejri"],
    "“They have taken 22 billion,” Dr Cassel Forsan said.\n\nHowever, Dr Jan Kumar, Deputy Minister for Finance, rejected the "
    "claim by Dr Forsan that the bank printed money. He argued that the law was clear.": ["Cassel Forsan", "Jan Kumar"],
    "Bo Lund spoke first. On Tuesday, Tarvo police chief Ivan Petrak disagreed with Lund. He said the street was safe.": [
        "Ivan Petrak"
    ],
    # a clause that depends on a noun or a name
    "Bishop Frans Holm came on Monday. The remarks come in response to an interview with Raimond Poisson, president of the "
    "Church Board, in which he said “the apology has already been made”.": ["Raimond Poisson"],
    "General Amir Hajizad praised the drones. The commander pointed to General Kenneth McKeen's comments last year in which he "
    "acknowledged that the drones had changed the war.": ["Kenneth McKeen"],
    "Mayor Anthony Alban came to Tarvo on Friday. The last prime minister to come before Alban was Malcom Turnbow, who broke "
    "hearts when he described the plan as a joke.": ["Malcom Turnbow"],
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
    "The Tarvo Fraud Squad (TFS), which looks into forged papers in the case of the activist Tessa Salvad and the former officer "
    "Sanjiv Batt, has stated in an affidavit that the accused were part of a plot. In its order, the Supreme Court had pointed "
    "to a plot of officers. The affidavit states that Salvad took money. It alleges that Batt knew.": ["Tarvo Fraud Squad"] * 2,
    # who is asked something in a quotation has not been asked
    "Abdul Rahim leads the market.\n\nA fisherman from Batola who gave no name said the net was torn. “Nobody asks the poor,” he "
    "said. He also blamed the council.": [None, None, None],
    # nouns that are nobody's who was named
    "Olga Marin is ill. “I am tired,” she said. Her doctor in Tarvo thinks the worst is over.": ["Olga Marin", None],
    "Bo Lund said no. When questioned by the press that it was a meeting with thieves, he laughed.": ["Bo Lund", None],
    # a long name with a letter missing
    "Cassel Ato Forson, a lawmaker, said the bank had lied. The other claim, Dr Cassel Ato Forso revealed, was false. He said it "
    "could not stand.": ["Cassel Ato Forson"] * 3,
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
