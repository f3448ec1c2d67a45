"""What is no report though it has a verb of one, and where the words of a report end: five and more of each kind."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.quotes.reports import is_report

from .told import Expected, told

PARTICIPLES: dict[str, Expected] = {  # which tell more of the words before them
    "This is the third such incident in Madrona reported this month.": [],
    "Four deaths in Velden reported on Monday were tied to the heat.": [],
    "Prices in Tarvo announced on Friday will rise by a tenth.": [],
    "The number of cases in Norden reported yesterday was the highest since May.": [],
    "New rules for Velden announced in June take effect next month.": [],
    "The changes at Veld Motors announced last week will cost 300 jobs.": [],
    "It was the second fire in Ostmark confirmed by the brigade this year.": [],
    "The deal with Tarvo signed in May and announced on Sunday is worth two billion crowns.": [],
    "The mill in Tarvo will close, Veld announced on Friday.": [("Veld", "The mill in Tarvo will close")],
    "The roads, Lund reported, will be shut.": [("Lund", "The roads will be shut")],
}
CITED: dict[str, Expected] = {  # who is cited is no word of what is told
    "The harbour will close for a month, the Daily Quill said, citing three officials who asked not to be named.": [
        ("Daily Quill", "The harbour will close for a month")
    ],
    "The Velden Post reported that Lund had fled, quoting a senior police officer.": [("Velden Post", "Lund had fled")],
    "Exports fell by a third in June, Lakeside Radio said, citing figures from the customs office.": [
        ("Lakeside Radio", "Exports fell by a third in June")
    ],
    "The firm may be sold, the Ostmark Times reported, citing a document it had seen.": [
        ("Ostmark Times", "The firm may be sold")
    ],
    "The port was hit, state television said, citing local officials.": [(None, "The port was hit")],
    "Lund resigned on Monday, citing poor health.": [("Lund", "poor health")],
    "Okoro cited the mayor's promise to mend the road.": [("Okoro", "the mayor's promise to mend the road")],
    "According to Select Norden the average pay is 91,000 crowns a year.": [
        ("Select Norden", "the average pay is 91,000 crowns a year")
    ],
}
ANYBODY: dict[str, Expected] = {  # what anybody may tell or ask, and nobody has
    "Citizens should tell the government when a bridge is unsafe.": [],
    "Parents should ask their doctor whether the drug is safe.": [],
    "Readers can tell us what they think of the plan.": [],
    "You can ask the clerk how much it costs.": [],
    "Drivers must explain why they stopped.": [],
    "Ministers should explain why the dam broke, Veld said.": [("Veld", "Ministers should explain why the dam broke")],
}
CALLED: dict[str, Expected] = {  # what one is called to do, or served
    "Veld called her to play for Tarvo United.": [],
    "The coach called up Ann Rees to play on Sunday.": [],
    "The judge called the witness to testify on Monday.": [],
    "The baker offered them tea. Veld offered us some bread and cheese.": [],
    "The group called voters to stay at home.": [(None, "voters to stay at home")],
    "Veld offered them a deal under which they would be paid in May.": [
        ("Veld", "them a deal under which they would be paid in May")
    ],
}
SECOND_VERBS: dict[str, Expected] = {  # of the subject, which are no words of the report
    "Rees said he would resign and left the room without taking questions.": [("Rees", "he would resign")],
    "Lund vowed to fight on and walked out of the hall.": [("Lund", "to fight on")],
    "The coach asked her to leave and called the police.": [(None, "to leave")],
    "Ann Veld promised to rebuild the bridge and visited the camp on Sunday.": [("Ann Veld", "to rebuild the bridge")],
    "Okoro told the crowd that he would never give up and led them in a song.": [("Okoro", "he would never give up")],
    "The envoy warned that war could follow and then met the ministers one by one.": [(None, "war could follow")],
    "Dvorak pledged to hire 200 nurses and signed the order on the spot.": [("Dvorak", "to hire 200 nurses")],
    "Veld said the man would be arrested and charged with theft.": [("Veld", "the man would be arrested and charged with theft")],
    "Lund said the driver hit a tree and left the road.": [("Lund", "the driver hit a tree and left the road")],
    "The mayor promised to have the road built and paved by May.": [(None, "to have the road built and paved by May")],
    "Rees said the firm that would build the bridge lost money and sacked the staff.": [
        ("Rees", "the firm that would build the bridge lost money and sacked the staff")
    ],
    "Lund said he would tell them what he knew and asked for time.": [
        ("Lund", "he would tell them what he knew and asked for time")
    ],
    "Ann Veld promised to help displaced families and improved clinics.": [
        ("Ann Veld", "to help displaced families and improved clinics")
    ],
}
MANNER: dict[str, Expected] = {  # how and when it was said
    "Mbeki said it was late in an interview with the Velden Post.": [("Mbeki", "it was late")],
    "The bank said it would pay in a statement on its website.": [(None, "it would pay")],
    "Veld said the mill was safe when asked about the fire.": [("Veld", "the mill was safe")],
    "Lund said prices would fall while speaking to traders in Tarvo.": [("Lund", "prices would fall")],
    "Okoro said the vote had been fair at a press conference on Sunday.": [("Okoro", "the vote had been fair")],
    "Rees said that the road would be shut in a tweet.": [("Rees", "the road would be shut")],
    "Veld said Lund had admitted it in an interview with the Quill.": [
        ("Veld", "Lund had admitted it in an interview with the Quill")
    ],
    "Lund said the promise stood in a statement of the mayor.": [("Lund", "the promise stood in a statement of the mayor")],
    "Ann Veld said the error was in a statement of the board.": [("Ann Veld", "the error was in a statement of the board")],
    "Lund promised to reply in a statement.": [("Lund", "to reply in a statement")],
    "Lund told reporters that he would appeal, a move that could delay the vote by a year.": [("Lund", "he would appeal")],
}
BESIDE: dict[str, Expected] = {  # what stands beside a quotation, or before a name
    "‘The people have voted in peace,’\nthe president of the Tarvo Electoral Board (TEB), Ann Veld remarked.": [
        ("Ann Veld", "The people have voted in peace,")
    ],
    "“We are glad,”\nthe chief of the Norden Health Office, Bo Rees said.": [("Bo Rees", "We are glad,")],
    "The bridge is safe.\n\nThe head of the Tarvo Roads Board, Ann Veld said, showing the plans.": [],
    "The dam hurt a worker in Tarvo, Ann Veld said.": [("Ann Veld", "The dam hurt a worker in Tarvo")],
    "The killer was a neighbour, Ann Veld said.": [("Ann Veld", "The killer was a neighbour")],
    "At the meeting Veld summed up his case and was blunt: “This is a fort that Norden is building on our island.”": [
        ("Veld", "This is a fort that Norden is building on our island.")
    ],
    "Veld's aides drafted a statement accusing the mayor of lying.": [(None, "the mayor of lying")],
    "He wrote to the Velden Bank, which replied that the loan was void.": [("Velden Bank", "the loan was void")],
    "Veld surprised Lund by bringing her a cake to the pier, and in a tweet wrote she was “glad the boat floats”.": [
        ("Veld", "she was “glad the boat floats”")
    ],
}
TWO_SPEAKERS: dict[str, Expected] = {  # of one verb
    "Veld called it “a disgrace” and Lund “the best plan in years”.": [
        ("Veld", "it “a disgrace”"),
        ("Lund", "the best plan in years"),
    ],
    "Ann Veld described the deal as “a gift” and Bo Lund as “theft”.": [
        ("Ann Veld", "the deal as “a gift”"),
        ("Bo Lund", "theft"),
    ],
    "Rosa Quint labelled the tax “cruel” and Bo Rees “long overdue”.": [
        ("Rosa Quint", "the tax “cruel”"),
        ("Bo Rees", "long overdue"),
    ],
    "Veld called Lund “a liar” and Rees “a thief”.": [("Veld", "Lund “a liar” and Rees “a thief”")],
    "He called the judge “a fool” and the law “a joke”.": [(None, "the judge “a fool” and the law “a joke”")],
}
KINDS = {
    "participles": PARTICIPLES, "cited": CITED, "anybody": ANYBODY, "called": CALLED, "second verbs": SECOND_VERBS,
    "manner": MANNER, "beside": BESIDE, "two speakers": TWO_SPEAKERS,
}  # fmt: skip


@pytest.mark.parametrize("cases", KINDS.values(), ids=KINDS)
def test_who_says_what(nlp: Any, cases: dict[str, Expected]) -> None:
    assert told(nlp, cases) == cases


RELATIVES = {  # whose object stands before, so that no words are left to print
    "It is a war that Tarvo wants to avoid at all costs.": [],
    "These are the talks which Norden plans to resume in the spring.": [],
    "Norden wants to avoid a war at all costs.": [("Norden", "to avoid a war at all costs")],
}


def test_relative_clauses(nlp: Any) -> None:
    assert told(nlp, RELATIVES, speech=False) == RELATIVES


def test_little_did_he_know(nlp: Any) -> None:
    [row] = nlp("Little did Lund know that the bridge would fall a day later.")._.quotes
    assert (row.speaker_name, row.cue_polarity, row.text) == ("Lund", "negated", "the bridge would fall a day later")


@pytest.mark.parametrize(
    ("label", "speaks"),
    [("Storm Bo LIVE", False), ("OBITUARY", False), ("REDS IN A STEW", False), ("Ann Veld", True), ("MINISTER OF TRADE", True)],
)
def test_the_label_of_a_headline_says_nothing(label: str, speaks: bool) -> None:
    text = f"{label}: Gates of the old yard to stay shut"
    colon = (len(label), len(label) + 1)
    assert is_report(text, colon, (0, len(label)), [(colon[1] + 1, len(text))], False) is speaks
