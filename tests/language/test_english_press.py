"""How the press of English-speaking countries prints who spoke, by kind of what may mislead: text in, names and words out."""

from __future__ import annotations

from typing import Any

import pytest

from .told import Expected, told

OTHER_OFFICE: dict[str, Expected] = {  # an office of another field, rank or party is another's
    "Health Secretary Ann Veld said waiting lists were falling.\n\nThe foreign secretary said talks would go on.": [
        ("Ann Veld", "waiting lists were falling"),
        (None, "talks would go on"),
    ],
    "Minister for Health Jenny Carr said trolleys were full. The Minister for Housing said homes were coming.": [
        ("Jenny Carr", "trolleys were full"),
        (None, "homes were coming"),
    ],
    "President Ellen Varga said she was out. The inspector general said the deals were under review.": [
        ("Ellen Varga", "she was out"),
        (None, "the deals were under review"),
    ],
    "Chancellor Bob Harte said taxes would not rise. The shadow chancellor said it was a fantasy.": [
        ("Bob Harte", "taxes would not rise"),
        (None, "it was a fantasy"),
    ],
    "Gov. Mike Lund said the storm had passed. The lieutenant governor said crews were ready.": [
        ("Mike Lund", "the storm had passed"),
        (None, "crews were ready"),
    ],
    "Labour MP Jess Gill said it was awful. The Conservative MP said she was wrong.": [
        ("Jess Gill", "it was awful"),
        (None, "she was wrong"),
    ],
    "Tallis chief executive Dana Orr said sales rose. The chief financial officer said costs would fall.": [
        ("Dana Orr", "sales rose"),
        (None, "costs would fall"),
    ],
    "Prime Minister Jack Orr said the deal was done. The opposition leader said it was a sham.": [
        ("Jack Orr", "the deal was done"),
        (None, "it was a sham"),
    ],
}
SAME_OFFICE: dict[str, Expected] = {  # and the same office by other words is not
    "Italian Premier Giulia Moro said the deal was off. The prime minister said she was sorry.": [
        ("Giulia Moro", "the deal was off"),
        ("Giulia Moro", "she was sorry"),
    ],
    "Commerce Minister Ravi Sethi said talks were on. The trade minister said a deal was near.": [
        ("Ravi Sethi", "talks were on"),
        ("Ravi Sethi", "a deal was near"),
    ],
    "Minister for Health Jenny Carr said trolleys were full. The health minister said beds were coming.": [
        ("Jenny Carr", "trolleys were full"),
        ("Jenny Carr", "beds were coming"),
    ],
    "Inspector General Femi Adelaja said crime was down. “We are winning,” the inspector general said.": [
        ("Femi Adelaja", "crime was down"),
        ("Femi Adelaja", "We are winning,"),
    ],
    "Education Minister Jo Price said schools would open. “It is safe,” the federal minister said.": [
        ("Jo Price", "schools would open"),
        ("Jo Price", "It is safe,"),
    ],
    "Opposition Leader Peter Doyle said the tax was a disgrace. “It is theft,” the Liberal leader said.": [
        ("Peter Doyle", "the tax was a disgrace"),
        ("Peter Doyle", "It is theft,"),
    ],
}
BROUGHT_IN: dict[str, Expected] = {  # who did what the sentence before tells of a thing speaks next
    "NDP Leader Sara Kidane called for a registry.\n\nThat view was echoed by Mirela Vasko, who heads the Vale Congress. "
    "“Members won't answer their own door,” she said.": [
        ("Sara Kidane", "a registry"),
        ("Mirela Vasko", "That view"),
        ("Mirela Vasko", "Members won't answer their own door,"),
    ],
    "Mayor Anna Dobbs said the town was proud.\n\nThe campaign was led by retired teacher Fiona Wildgoose. "
    "“I couldn't believe it,” she said.": [
        ("Anna Dobbs", "the town was proud"),
        ("Fiona Wildgoose", "I couldn't believe it,"),
    ],
    "Labor MP Susan Clegg said the plan was a mess.\n\nIt was a sentiment backed by Ngaire Pohatu, chair of the Otaki Residents "
    "Group. “We've been ignored,” she said.": [
        ("Susan Clegg", "the plan was a mess"),
        ("Ngaire Pohatu", "We've been ignored,"),
    ],
    "Curator Bob Lowe said he loved the house. The house was built by Tom Bayley in 1920. “It is a gem,” he said.": [
        ("Bob Lowe", "he loved the house"),
        ("Bob Lowe", "It is a gem,"),
    ],
    "Mayor Anna Dobbs said the town was proud. She was backed by Laura Finch. “I am grateful,” she said.": [
        ("Anna Dobbs", "the town was proud"),
        ("Anna Dobbs", "I am grateful,"),
    ],
}
TURNED: dict[str, Expected] = {  # the subject of the sentence before a quotation speaks it
    "“It is a mess,” said Ann Doyle. “Nobody came.” Neighbour Sharyn Katz agreed. “Not a soul,” she said.": [
        ("Ann Doyle", "It is a mess, Nobody came."),
        ("Sharyn Katz", "Not a soul,"),
    ],
    "Skipper Scott Penders said his men were poor. “No excuses,” he said. Lions veteran Luke Neale starred. “Best win of my "
    "career,” he beamed.": [
        ("Scott Penders", "his men were poor"),
        ("Scott Penders", "No excuses,"),
        ("Luke Neale", "Best win of my career,"),
    ],
    "Foreign minister Chantal Roy was asked whether the prime minister had raised the matter with his Ruvanian counterpart. “He "
    "raises it every time,” she replied.": [
        (None, "whether the prime minister had raised the matter with his Ruvanian counterpart"),
        ("Chantal Roy", "He raises it every time,"),
    ],
    "Widow Ann Doyle said she loved Bob Lowe. Tom Reid was jailed for life in May. “I am glad,” she said.": [
        ("Ann Doyle", "she loved Bob Lowe"),
        ("Ann Doyle", "I am glad,"),
    ],
}
GOES_ON: dict[str, Expected] = {  # a quotation with a full stop is not the next sentence's
    "“Where's Albo?” asked pensioner Merv Duggan, 81. “He was quick to come for the photo.” Neighbour Sharyn Katz agreed. “Not a "
    "soul's been back,” she said.": [
        ("Merv Duggan", "Where's Albo? He was quick to come for the photo."),
        ("Sharyn Katz", "Not a soul's been back,"),
    ],
    "“I am cold,” said Moana Ngata. “The power is off.” Sgt Joe Nel agreed.": [("Moana Ngata", "I am cold, The power is off.")],
    "“The power is off,” Sgt Joe Nel agreed.": [("Joe Nel", "The power is off,")],
}
HEADLINES: dict[str, Expected] = {  # words that the article prints again
    "‘We will chain ourselves to it’: anger over bypass\n\nA club is angry about a road.\n\n“We will chain ourselves to it if "
    "we must,” warned chairman Pádraig Considine.": [
        ("Pádraig Considine", "We will chain ourselves to it"),
        ("Pádraig Considine", "We will chain ourselves to it if we must,"),
    ],
    "‘We were never told of it’: anger over masts\n\nVillagers are angry about masts.\n\n“We were never told of it by them,” "
    "said Bill Reid. “We were never told of it at all,” agreed Ann Lowe.": [
        (None, "We were never told of it"),
        ("Bill Reid", "We were never told of it by them,"),
        ("Ann Lowe", "We were never told of it at all,"),
    ],
}
AS_REPLY: dict[str, Expected] = {  # what somebody says is told to be a verdict, a reply
    "Rovers boss Steve Tennant saw it otherwise. “Stonewall,” was his verdict.": [("Steve Tennant", "Stonewall,")],
    "“Absolute rubbish,” was how Councillor Hales described the plan.": [("Hales", "Absolute rubbish,")],
    "“A disgrace,” was Ms Orr's blunt assessment of the pitch.": [("Orr", "A disgrace,")],
    "“Wait and see,” was the cryptic response from Premier Jill Acton when asked about an election.": [
        ("Jill Acton", "Wait and see,")
    ],
    "“The Long Road” was his last novel. “Gone” was the title of the film.": [],
}
NO_WORDS: dict[str, Expected] = {  # whose words are not told, or who is only called up
    "Whatever Rovers' manager, Steve Tennant, said at the interval did the trick.": [],
    "But whatever the coach said at half-time worked.": [],
    "With Sean Abbott-Lee called up for the second Test, England face a choice.": [],
    "What Ms Poole said next was that the bridge would close.": [("Poole", "the bridge would close")],
    "What Mr Bray told us is that the bill is dead.": [("Bray", "the bill is dead")],
    "Fighter Joe Calla called his rival “a clown”.": [("Joe Calla", "his rival “a clown”")],
}
LOUD: dict[str, Expected] = {  # what is told of a shout is no word of it
    "Carter, of Hull, shouted “I'll be back” as he was led to the cells.": [("Carter", "I'll be back")],
    "One protester yelled “Liar” while she was being dragged away by police.": [(None, "Liar")],
}
CLAUSES: dict[str, Expected] = {  # whose relative clause stands before the verb
    "Lansing, who grew up in Ohio and joined the force in 2011, said she saw the man in the lobby.": [
        ("Lansing", "she saw the man in the lobby")
    ],
    "Ngaio Parata, who farms near Gore and lost 300 sheep in the storm, said the help came late.": [
        ("Ngaio Parata", "the help came late")
    ],
}
KINDS = {
    "other office": OTHER_OFFICE,
    "same office": SAME_OFFICE,
    "brought in": BROUGHT_IN,
    "turned": TURNED,
    "goes on": GOES_ON,
    "headlines": HEADLINES,
    "no words": NO_WORDS,
    "loud": LOUD,
    "clauses": CLAUSES,
}


@pytest.mark.parametrize("cases", KINDS.values(), ids=KINDS)
def test_who_says_what(nlp: Any, cases: dict[str, Expected]) -> None:
    assert told(nlp, cases) == cases


HEARD = {  # what a court or a meeting hears is said by somebody who is not told
    "Brant Crown Court heard that the man had a knife.": "the man had a knife",
    "He had been ill for weeks, an inquest heard on Monday.": "He had been ill for weeks",
    "Councillors heard that the bridge would cost £3 million.": "the bridge would cost £3 million",
    "It is understood that the bridge will be shut.": "the bridge will be shut",
    "The bridge will be shut for two years, it was revealed on Monday.": "The bridge will be shut for two years",
    "The deal is worth £5 million, it is reported.": "The deal is worth £5 million",
}  # fmt: skip
NOT_HEARD = [
    "In May, it was announced.", "When the plan came, it was announced in the hall.", "The jury heard the song.",
    "The dog was found, it was fed.", "The court heard evidence about the bridge.", "The judge heard a bang.",
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), HEARD.items(), ids=HEARD)
def test_what_is_heard_or_revealed_is_said_by_nobody_told(nlp: Any, text: str, words: str) -> None:
    rows = [(q.text, q.act, q.speaker_name) for q in nlp(text)._.quotes]
    assert (words, "speech", None) in rows and {name for *_, name in rows} == {None}


@pytest.mark.parametrize("text", NOT_HEARD)
def test_what_is_heard_or_done_otherwise_is_no_speech(nlp: Any, text: str) -> None:
    assert [q.text for q in nlp(text)._.quotes if q.act == "speech"] == []


def test_who_tells_it_to_a_court_says_it(nlp: Any) -> None:
    rows = nlp("The court heard that Lund told Ann Veld she was worried about the bridge.")._.quotes
    assert {(q.speaker_name, q.text) for q in rows} == {
        (None, "Lund told Ann Veld she was worried about the bridge"), ("Lund", "she was worried about the bridge"),
    }  # fmt: skip
