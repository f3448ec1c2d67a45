"""Whom a description of somebody means whom the article names elsewhere: text in, the names of who speaks out."""

from __future__ import annotations

from typing import Any

import pytest

INITIALS = {  # offices given by their initials
    "Kotra superintendent of police (SP) Arvind Solanki said the man was a trader.\n\n“He fell before we came,” said the SP.": (
        ["Arvind Solanki", "Arvind Solanki"]
    ),
    "Prime Minister Tarik Odum said that the loan would be paid.\n\n“Your help was very important,” added the PM.": (
        ["Tarik Odum", "Tarik Odum"]
    ),
    "Former chief executive Ada Lim said on Sunday she was tired.\n\nThe former CE said that she would visit her sons.": (
        ["Ada Lim", "Ada Lim"]
    ),
    "Finance Minister Ola Benko said on Monday that taxes would fall.\n\nThe PM said that the budget was ready.": (
        ["Ola Benko", None]
    ),
    "Kotra superintendent of police Arvind Solanki said on Monday the road was open.\n\nDeputy superintendent of police Mohan Lal"
    " said two men had been held.\n\nThe DSP said that patrols would go on.": ["Arvind Solanki", "Mohan Lal", "Mohan Lal"],
}
OFFICES = {  # what stands before and behind a name
    "The head of the water department Lala Nouri said that pipes were laid. The head of the department said it was late.": (
        ["Lala Nouri", "Lala Nouri"]
    ),
    "The president of the Tarvo Farmers' Union (TFU), Rubo Ferran, said that milk was too cheap.\n\nThe TFU president himself"
    " said that shops would pay.": ["Rubo Ferran", "Rubo Ferran"],
    "The president of the Tarvan Workers' Bloc (TWB), Nora Tahl, said on Monday the mill would open.\n\nThe president of the KLM"
    " said that she was glad.": ["Nora Tahl", None],
    "Dr Pavel Orme, who will become chairman of the Forest Commission in the spring, said that the oaks would stay.\n\n"
    "The incoming chairman of the Forest Commission said that saws were loud.": ["Pavel Orme", "Pavel Orme"],
    "Defence Minister Gen. Ola Benko said on Sunday the army was ready.\n\nThe minister said that he would visit the front.": (
        ["Ola Benko", "Ola Benko"]
    ),
    "Governor Lt Gen (Retd) Karim Shah said on Monday the road would open.\n\nThe governor said that he was glad.": (
        ["Karim Shah", "Karim Shah"]
    ),
    "Anna Veld, who works as a nurse, said on Monday that the ward was full.\n\nThe doctor said that the ward was full.": (
        ["Anna Veld", None]
    ),
    "President Ola Benko said on Monday the road would open.\n\nH.E. the President said that he was glad.": (
        ["Ola Benko", "Ola Benko"]
    ),
    "The Minister of Health, Jibril Sowe, said it would open.\n\nHis Excellency the Minister said nurses had been hired.": (
        ["Jibril Sowe", "Jibril Sowe"]
    ),
    "Rail minister Joran Veld, the leader of the House, said in May that lamps were short.\n\nHe said that oil would come."
    "\n\nThe senior Tarvan People's Party leader said that nobody would freeze.": (["Joran Veld", "Joran Veld", "Joran Veld"]),
    "John Harlow was held, his lawyer said. His lawyer said that he was innocent.": [None, None],
}
AGES = {
    "Nine-year-old Emil Rehn found a seal on the beach. His dog barked, and the boy knelt down.\n\n“Is it asleep?”"
    " the boy asked.": ["Emil Rehn"],
    "Baker Mirela Sandu gets up at three. Her ovens are never cold, said the 27 year old, whose father built them.": (
        ["Mirela Sandu"]
    ),
    "Sam Osk, 46, said on Monday that he saw the flood.\n\n“I was on the roof,” the boy said.": ["Sam Osk", None],
}
CALLED = {  # how somebody is called
    "A ticket seller, who gave her name as Tessa, said the ferry never leaves on time.\n\n“The captain sleeps,” Tessa said.": [
        "Tessa",
        "Tessa",
    ],
    "In the harbour a customs officer, surnamed Rehn, stopped Dana Lund by the crane.\n\nWhen Lund asked why, the officer said"
    " it smelt of fish.": ["Dana Lund", "Rehn"],
    "A man identified by police as Lars Brun told the court that he was sorry.": ["Lars Brun"],
    "A dancer who goes by the name Mimi said that the club was full.": ["Mimi"],
}
SOON = {  # who speaks in the lead and is named next
    "OSK — Tarvo’s fisheries minister announced that the fleet has caught enough herring.\n\n“Our nets are"
    " full,” Jibril Sowe told some skippers.": ["Jibril Sowe", "Jibril Sowe"],
    "The trains will start in May, a top official from Tarvo Rail has said.\n\nAhmo Hash, executive director at Tarvo Rail, said"
    " that tickets would be cheap.": ["Ahmo Hash", "Ahmo Hash"],
    "A thief fell off a roof, a senior police officer said.\n\n“His sack was full of spoons,” said director general of police"
    " Lars Brod.": [None, "Lars Brod"],
    "A spokesperson for the Ministry of Rivers said that the lock was shut.\n\nRivers Minister Nora Tahl said that she"
    " would walk.": [None, "Nora Tahl"],
    "A farmer said on Monday that rain was late.\n\nLisa Orm, a farmer from Kotra, said that seeds were dear.": [
        None,
        "Lisa Orm",
    ],
}
KINDS = {"initials": INITIALS, "offices": OFFICES, "ages": AGES, "called": CALLED, "soon": SOON}


@pytest.mark.parametrize("cases", KINDS.values(), ids=KINDS)
def test_who_is_meant(nlp: Any, cases: dict[str, list[str | None]]) -> None:
    named = {text: [q.speaker_name for q in doc._.quotes] for text, doc in zip(cases, nlp.pipe(cases), strict=True)}
    assert named == cases


TITLES = {  # and what their holders are called
    "Sultan": "the Sultan", "Brigadier": "the brigadier", "Vice-Chancellor": "the vice-chancellor", "Sarpanch": "the Sarpanch",
    "Taoiseach": "the Taoiseach", "Monsignor": "the monsignor", "Brigadier General": "the general", "Vice Admiral": "the admiral",
    "Lieutenant-Colonel": "the colonel", "Commodore": "the commodore", "Administrator": "the administrator",
}  # fmt: skip


@pytest.mark.parametrize(("title", "later"), TITLES.items(), ids=TITLES)
def test_whoever_has_a_title_is_called_by_it(nlp: Any, title: str, later: str) -> None:
    text = f"{title} Kim Veld said it was late. Bo Tarn owns a shop. “It is dark,” {later} added."
    assert [q.speaker_name for q in nlp(text)._.quotes] == ["Kim Veld", "Kim Veld"]


@pytest.mark.parametrize("behind", [" (34)", ", 34", " (34) from Brant", " (Labour)", ", aged 34", ""])
def test_what_somebody_is_stands_behind_age_and_home(nlp: Any, behind: str) -> None:
    text = f"Kim Veld{behind}, a plumber, said it was late. Bo Tarn owns a shop. The plumber said it was dark."
    first, second = nlp(text)._.quotes
    assert (first.speaker_name, first.speaker_role, second.speaker_name) == ("Kim Veld", "plumber", "Kim Veld")


def test_somebody_elses_age_is_somebody_elses(nlp: Any) -> None:
    for age, name in ((34, "Kim Veld"), (44, None)):
        text = f"Kim Veld, 34, a clerk, said it was late. The {age}-year-old clerk said it was dark."
        assert [q.speaker_name for q in nlp(text)._.quotes] == ["Kim Veld", name]
