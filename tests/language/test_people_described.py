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
    "Dr Donal Lim, who will become chairman of the Forest Commission on July 30, said on Thursday that trees would stay.\n\n"
    "The incoming chairman of the Forest Commission said that the plan was bad.": ["Donal Lim", "Donal Lim"],
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
    "Union minister Pius Goyel, the leader of the House, said on Tuesday that the house was ready.\n\nHe said that the bill would"
    " pass.\n\nThe senior Tarvan People's Party leader said that the opposition was loud.": (
        ["Pius Goyel", "Pius Goyel", "Pius Goyel"]
    ),
    "John Harlow was held, his lawyer said. His lawyer said that he was innocent.": [None, None],
}
AGES = {
    "Eight-year-old Jan Hong went to a museum on Monday. During the visit, the boy noticed a film.\n\n“What is on here?”"
    " the boy asked.": ["Jan Hong"],
    "Student Li Sonja would rather walk than ride. Her friends usually take the bus, said the 22 year old, who is from Osk.": (
        ["Li Sonja"]
    ),
    "Sam Osk, 46, said on Monday that he saw the flood.\n\n“I was on the roof,” the boy said.": ["Sam Osk", None],
}
CALLED = {  # how somebody is called
    "A second-year student, who gave her name as Amanda, said pupils would not get into trouble.\n\n“The school is quiet,” Amanda"
    " said.": ["Amanda", "Amanda"],
    "On April 22, a police officer, surnamed Yeh, approached Dana Chan near the station.\n\nWhen Chan asked why, the officer said"
    " he was worried.": ["Dana Chan", "Yeh"],
    "A man identified by police as Lars Brun told the court that he was sorry.": ["Lars Brun"],
    "A dancer who goes by the name Mimi said that the club was full.": ["Mimi"],
}
SOON = {  # who speaks in the lead and is named next
    "OSK — Tarvo’s intelligence minister announced on Wednesday that the country has carried out operations abroad.\n\n“In recent"
    " months we have done a lot,” Sayd Katib told a number of officials.": ["Sayd Katib", "Sayd Katib"],
    "The trains will start in May, a top official from Tarvo Rail has said.\n\nAhmo Hash, executive director at Tarvo Rail, said"
    " that tickets would be cheap.": ["Ahmo Hash", "Ahmo Hash"],
    "A rebel was held on Monday, a senior police officer said.\n\n“He was arrested at a hotel,” said director general of police"
    " Lars Bisno.": [None, "Lars Bisno"],
    "A spokesperson for the Interior Ministry said on Monday that the visa was void.\n\nInterior Minister Ayla Shak said that she"
    " would sign it.": [None, "Ayla Shak"],
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
