"""Whose claim a figure is."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "More than 350 people fled, according to the Tarvo Fire Service. Ten cars came back. Some 40 are feared missing.",
            [("Tarvo Fire Service", "named"), (None, "article"), (None, "unspecified")],
        ),
        ("Activists said that 12 people were killed.", [(None, "unnamed")]),
        ("Mayor Ann Rees denied that 12 people had been killed.", [(None, "article")]),
        ("“We lost 40 cows,” said Ann Rees.", [("Ann Rees", "named")]),
    ],
)
def test_claimant(nlp: Any, text: str, claims: list[tuple[str | None, str]]) -> None:
    rows = nlp(text)._.figures
    assert [(f.claimant_name, f.claimant_status) for f in rows] == claims
    assert all((f.claimant_confidence is None) == (f.claimant_name is None) for f in rows)
    assert rows[0].quote_id == nlp(text)._.quotes[0].quote_id


OWNERS = {
    "Lorn Motors sold 12,000 vans, the carmaker's website says.": [("Lorn Motors", "named")],
    "Tarvo Steel employs 4,000 people, according to its website.": [("Tarvo Steel", "named")],
    "Tarvo Steel shut a mill. It lost $40 million, according to the firm's annual report.": [("Tarvo Steel", "named")],
    "Ada Lindqvist grew up in Orsa. Her memoir says that the family owned 300 goats.": [("Ada Lindqvist", "named")],
    "The Tarvo Water Board met on Monday. Its audit found that 40 wells had run dry.": [("Tarvo Water Board", "named")],
    "The Belmar Health Trust published a study. The study found that 12 per cent of nurses had left.": [
        ("Belmar Health Trust", "named")
    ],
    "The Tarvo Post reported on Friday that two men were held. According to the report, one man was freed.": [
        ("Tarvo Post", "named"), ("Tarvo Post", "named")
    ],
    "The auditors' report says that 200 loans were never repaid.": [(None, "unnamed")],
}  # fmt: skip
TELLERS = {
    "Minister Ada Moll noted that the Sarn Labour Office puts the loss at 1.2 million jobs.": [("Sarn Labour Office", "named")],
    "Ada Moll said that, according to the World Bank, the economy would grow by 3 percent.": [("World Bank", "named")],
    "Ada Moll recalled that the Tarvo Red Cross had reported 40 deaths in May.": [("Tarvo Red Cross", "named")],
    "Mayor Bo Rees said police had told him that 12 houses were burned.": [(None, "unnamed")],
    "Governor Ola Brent said the Sarn Institute estimates 300 villages were flooded.": [("Sarn Institute", "named")],
    "The river rose by 4 metres, the Tarvo Post reported, citing the Orsa Water Board.": [("Orsa Water Board", "named")],
    "Tarn Inc said it earned $3 a share, above economists' forecasts of $2.50.": [("Tarn Inc", "named"), (None, "unnamed")],
    "The trade made $2.6 billion in 2019 according to Ecolorn.": [("Ecolorn", "named")],
    "All went according to plan and 40 ships left.": [(None, "article")],
    "Bo Rees said the mine, which employs 300 people, would close.": [("Bo Rees", "named")],
}
GOING_ON = {
    "Police said 300 people were held. Of these, 40 were students.": ["Police", "Police"],
    "The Sarn Institute said 3,000 farms were lost. These had fed 20,000 families.": ["The Sarn Institute", "The Sarn Institute"],
    "Ada Moll said exports grew by 12 percent. Only 3 percent went to Lorn.": ["Ada Moll", "Ada Moll"],
    "Officials said 40 houses burned down. Another 12 were damaged.": ["Officials", "Officials"],
    "Ada Moll said exports grew by 12 percent. Twelve ships left on Monday.": ["Ada Moll", None],
    "Did Ada Moll say that 12 ships left? This cost 3 million euros.": ["Ada Moll", None],
}
OWN_WORDS = {
    "Activist Bo Rees condemned the 48-hour curfew in Tarvo.": ["article"],
    "Ola Brent slammed the 12-hour blackout.": ["article"],
    "The council approved a further $180,000 for schools.": ["article"],
    "Ada Moll put forward four demands.": ["article"],
    "Ola Brent said the dam cost 3 million pounds ($4 million).": ["named", "article"],
    "Ada Moll said the road is 40 kilometres (25 miles) long.": ["named", "article"],
}


NO_TELLERS = {
    "“The fund needs help,” said Ray Orsen, who estimated that some 900 flats stand empty.": ["who"],
    "Harbour judges put on hold the sale of 40 boats, local reports said on Sunday.": ["local reports"],
    "Officials put the loss at 40 boats, the Tarvo Post said.": ["Officials"],
    "While 39 per cent of farmers opposed the law, only three per cent of the fishermen agreed.": [None, None],
}


def test_what_only_looks_like_a_teller_claims_nothing(nlp: Any) -> None:
    told = {t: [f.claimant_mention for f in doc._.figures] for t, doc in zip(NO_TELLERS, nlp.pipe(NO_TELLERS), strict=True)}
    assert told == NO_TELLERS


def test_a_document_claims_for_whose_it_is(nlp: Any) -> None:
    assert {t: _claims(doc) for t, doc in zip(OWNERS, nlp.pipe(OWNERS), strict=True)} == OWNERS


def test_the_inner_of_two_tellers_claims(nlp: Any) -> None:
    assert {t: _claims(doc) for t, doc in zip(TELLERS, nlp.pipe(TELLERS), strict=True)} == TELLERS


def test_a_sentence_that_points_back_goes_on_with_an_account(nlp: Any) -> None:
    told = {t: [f.claimant_mention for f in doc._.figures] for t, doc in zip(GOING_ON, nlp.pipe(GOING_ON), strict=True)}
    assert told == GOING_ON


def test_the_paper_tells_the_size_of_what_is_reacted_to_and_reckons_in_brackets(nlp: Any) -> None:
    told = {t: [status for _, status in _claims(doc)] for t, doc in zip(OWN_WORDS, nlp.pipe(OWN_WORDS), strict=True)}
    assert told == OWN_WORDS


def _claims(doc: Any) -> list[tuple[str | None, str]]:
    return [(f.claimant_name, f.claimant_status) for f in doc._.figures]
