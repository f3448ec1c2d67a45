"""Where the words of a report end that were read too short: what was read stands up to the bar, what is said up to ⟩."""

from __future__ import annotations

import pytest

from onrecord.quotes.edges import whole_report
from onrecord.text.view import ArticleView

CASES = [
    # an adjective, and its noun
    "Ann Veld said ⟨the fund pays for a joint| venture of the two towns⟩.",
    "Ann Veld said ⟨it is the most costly of the illicit| trades on the river⟩.",
    "Ann Veld said ⟨the board was no longer a national| matter⟩, and left.",
    "Calling ⟨it a memorable| day⟩, Ann Veld left.",
    "Ann Veld told of ⟨the talks of the two ministers’| advisory panel⟩.",
    "Ann Veld said ⟨Bo Lund spoke for the Tarvo| government in the case⟩.",
    # a noun, and what it is of
    "Ann Veld announced ⟨the first tour| of the mills⟩.",
    "Ann Veld said ⟨they had sold the rights| of the mill to a bank⟩.",
    # a number behind a name
    "Ann Veld cited ⟨section 9 of the Mills Act| 2015⟩.",
    "Ann Veld said ⟨the home stood on Calle| 311⟩, near Tarvo.",
    # a name
    "Ann Veld said ⟨she would back Bo| da Silva⟩ again.",
    # a word that goes on
    "Ann Veld said ⟨she had spoken with| the Tarvo Times⟩.",
    "Ann Veld voiced concern about ⟨the trend, which has been| evident for weeks⟩.",
    "Ann Veld said ⟨nobody was able to get| a job in the mine⟩.",
    # a word that a point parts
    "Ann Veld said ⟨rain fell in Tarvo 2.4mm, Brant 0|.6⟩ and Lund.",
    "Ann Veld said ⟨it was the mill|’s⟩ fault.",
    # what is told of the saying, and no more than that
    "Ann Veld said ⟨the road was shut|⟩ on Monday.",
    "Ann Veld said ⟨the road was shut|⟩ earlier this week.",
    "Ann Veld said ⟨the road was shut|⟩ a day after the storm.",
    "Ann Veld said ⟨the road was shut|⟩ yesterday.",
    "Ann Veld said ⟨the plan was illegal|⟩ when asked.",
    "Ann Veld said ⟨the plan was illegal|⟩ and left.",
    "Ann Veld called ⟨the plan illegal|⟩ despite the vote.",
    "Ann Veld repeated ⟨the claim|⟩ twice.",
    "Ann Veld accused ⟨Bo Lund|⟩ of theft.",
    "Ann Veld feared ⟨what they also say is true|⟩ nonsense told by many.",
]


@pytest.mark.parametrize("case", CASES)
def test_what_was_cut_short_goes_whole(case: str) -> None:
    text = "".join(c for c in case if c not in "⟨|⟩")
    lo, read, end = case.index("⟨"), case.index("|") - 1, case.index("⟩") - 2
    cue = case[:lo].rstrip().split(" ")[-1]
    if cue in ("of", "about"):
        cue = " ".join(case[:lo].rstrip().split(" ")[-2:])
    at = lo - 1 - len(cue)
    assert [text[slice(*span)] for span in whole_report(ArticleView.of_text(text), [(lo, read)], (at, lo - 1), None)] == [
        text[lo:end]
    ]
