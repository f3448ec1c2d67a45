"""What papers print in ways of their own: abbreviations with stops, seats behind names, parts of documents; names out."""

from __future__ import annotations

from typing import Any

import pytest

SHORT = {
    "The Tarvo Rivers Agency has shut two weirs. The T.R.A. said on Friday that both would open again in May.": [
        "Tarvo Rivers Agency"
    ],
    "The Tarvo Dyers Union (T.D.U.) says it will strike on Friday. The T.D.U. said pay had fallen.": ["Tarvo Dyers Union"] * 2,
    "The N.R.B. said on Monday that rivers were rising. The National Rivers Board, which has 40 offices, said towns along the"
    " Tolvo were safe.": ["National Rivers Board"] * 2,
    "The Council of Port Unions(CPU) says it will strike on Friday. The CPU said pay had fallen.": ["Council of Port Unions"] * 2,
    "Bo Veld, secretary of the Norland Dockers Association(NDA), said the port was shut. The NDA said it would reopen.": [
        "Bo Veld",
        "Norland Dockers Association",
    ],
    "CPI(M) leader Ann Veld said she agreed. The CPI(ML) said it did not.": ["Ann Veld", "CPI(ML)"],
}
DOCUMENTS = {
    "The council published its plan on Monday.\n\nAppendix B says the lake will hold two million litres by 2030.": [None],
    "The file was read in court. Footnote 12 warns that the figures are guesses.": [None],
    "“The costs are not yet known,” Schedule 2 notes.": [None],
    "Part Two says the bridge was never tested. Volume III concludes that the mayor knew.": [None, None],
    "Exhibit C shows that the valve failed, the inquiry heard.": [None],
    "Section Chief Ann Veld said she knew nothing. Exhibit A Gallery said it would reopen.": ["Ann Veld", "Exhibit A Gallery"],
}
KINDS_OF_DOCUMENTS = {
    "Executive Decree 99 came on Friday. The decree says that masks must be worn.": [None],
    "Royal Decree 12 bans it. The decree states that boats must stay in port.": [None],
    "A Green Paper argues that wages should rise.": [None],
    "Presidential Proclamation 7 bans fires. The proclamation says that no one may burn grass.": [None],
    "Rivers Decree Watch said the law was weak.": ["Rivers Decree Watch"],
    "The Orange Order said it would march.": ["Orange Order"],
}
SEATS = {
    "Leader Geoff Orme (Lab) was sorry. Doreen Pike wept.\n\nOpposition leader Cllr Janet Lund (Con, Thornley East) was not"
    " convinced. “They always say that,” she said.": ["Janet Lund"],
    "Doreen Pike wept. Karen Lund was there.\n\nCllr Janet Tarn (Lib Dem, Brant and Tolvo) laughed. “It is late,” she said.": [
        "Janet Tarn"
    ],
    "Senator Ann Tarn (D-Oreg.) came. “I will vote for it,” she said.": ["Ann Tarn"],
}
UNNAMED = {  # who goes on: he is not the one person whom the article names
    "Tom Veld runs the yard. Two drivers were there. One said he was tired. “I want to sleep,” he said.": [None] * 2,
    "Tom Veld runs the yard. “I have not been paid since May,” said one. “I want my money,” he added.": [None] * 2,
    "Tom Veld runs the yard. Two drivers stood by. The first, a man in a red coat, said he was tired. “I want to sleep,” he"
    " said.": [None] * 2,
    "Ann Veld runs the school. One of them, a woman in her fifties, said she would leave. “I have had enough,” she said.": (
        [None] * 2
    ),
    "Ann Veld runs the school. Another, who gave her name only as May, said it was cold. “We wear coats,” she said.": [None] * 2,
    "Mayor Tom Veld opened the bridge. Someone in the crowd shouted that it was late. He said the old one had been better.": (
        [None] * 2
    ),
    "President Tom Veld came home. A senior official travelling with him said the talks were useful. He said a second round would"
    " follow.": [None] * 2,
    "Tom Veld was jailed. His solicitor told the court that the money had been spent. He said there was no excuse.": [None] * 2,
    "Ann Veld leads the union. Her deputy said it had failed. She said no date was set. “We are tired,” she said.": [None] * 3,
    "Ann Veld lives in Brant. “It is late,” my father told her. He said he would wait.": [None] * 2,
}
DEPENDS = {  # on a noun, and does not head the phrase
    "President Ola Quist came home. The minister accompanying the president said the talks were useful.": [None],
    "Coach Tom Veld was sacked. A lawyer representing the coach said he would sue.": [None],
    "The managing director, Ann Lund, was there. The director said sales were poor.": ["Ann Lund"],
}
OTHERS = {  # of two it is not the one who is ruled out
    "It was Ann Lund, not Tom Veld, who said the tax would fall.": ["Ann Lund"],
    "It is Eva Quist, and not Bo Tarn, who says the team is tired.": ["Eva Quist"],
    "Neither the mayor nor the council said why.": [None],
}
NAMES = {
    # maître, of a lawyer
    "Me Alain Verdier told the court that they had never met. “They are innocent,” Me Verdier said.": ["Alain Verdier"] * 2,
    # an ambassador's rank
    "The Ambassador Extraordinary and Plenipotentiary of Norland came. The Ambassador said trade would grow.": [None],
    "Envoy Extraordinary Ann Tarn said trade would grow.": ["Ann Tarn"],
    # a surname that a people has
    "Replying to Willem Brits, Ann Veld said there was no choice.\n\nBrits hit back, calling it “an insult to all who walk”.": [
        "Ann Veld",
        "Willem Brits",
    ],
}


@pytest.mark.parametrize(
    ("text", "named"), {**SHORT, **DOCUMENTS, **KINDS_OF_DOCUMENTS, **SEATS, **UNNAMED, **DEPENDS, **OTHERS, **NAMES}.items()
)
def test_who_is_named(nlp: Any, text: str, named: list[str | None]) -> None:
    assert [q.speaker_name for q in nlp(text)._.quotes] == named


def test_single_marks_go_on_in_the_next_paragraph(nlp: Any) -> None:
    text = "Karen Pike said: 'Mum's not been the same since. She won't open the door.\n\n'We rang and rang. Nobody'd listen.'"
    quotes = nlp(text)._.quotes
    assert [(q.speaker_name, q.text) for q in quotes] == [
        ("Karen Pike", "Mum's not been the same since. She won't open the door."),
        ("Karen Pike", "We rang and rang. Nobody'd listen."),
    ]
    assert quotes[1].continues == quotes[0].quote_id
