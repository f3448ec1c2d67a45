"""Speakers: an article in, (mention, name, status) out; one phenomenon a case."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.reading.trust import name_confidence
from training.speakers import read_judged

NAMES: dict[str, tuple[str, list[tuple[str | None, str | None, str]]]] = {
    "name": ("“We go,” Ann Veld said.", [("Ann Veld", "Ann Veld", "named")]),
    "surname": ("Ann Veld left. “We go,” Veld said.", [("Veld", "Ann Veld", "named")]),
    "surname with a title": ("Ann Veld left. “We go,” Ms Veld said.", [("Ms Veld", "Ann Veld", "named")]),
    "fullest name comes later": ("“We go,” Veld said. Ann Veld is a baker.", [("Veld", "Ann Veld", "named")]),
    "particles": ("Omar al-Hadi left. “We go,” al-Hadi said.", [("al-Hadi", "Omar al-Hadi", "named")]),
    "particle dropped": ("Omar al-Hadi left. “We go,” Hadi said.", [("Hadi", "Omar al-Hadi", "named")]),
    "two of one surname": (
        "Ann Veld and Bo Veld left. Later Bo Veld spoke. “We go,” Veld said.",
        [("Veld", "Bo Veld", "named")],
    ),
    "two of one surname, one of whom is called by it": (
        "Ann Veld spoke in Tarvo. “We go,” Veld said. It was the plan of her uncle Bo Veld's firm. “We go now,” Veld said.",
        [("Veld", "Ann Veld", "named"), ("Veld", "Ann Veld", "named")],
    ),
    "pronoun, subject before": ("Ann Veld left early. “We go,” she said.", [("she", "Ann Veld", "named")]),
    "pronoun, last speaker": (
        "“We go,” said Ann Veld. It rained all day. “Now,” she added.",
        [("Ann Veld", "Ann Veld", "named"), ("she", "Ann Veld", "named")],
    ),
    "pronoun, gender": ("Mr Bo Lund met Mrs Ann Veld. “We go,” she said.", [("she", "Ann Veld", "named")]),
    "pronoun, nobody there": ("“We go,” she said.", [("she", None, "unresolved")]),
    "it, a body": (
        "Westmere Rail denied the claim. “We run,” it said.",
        [("Westmere Rail", "Westmere Rail", "named"), ("it", "Westmere Rail", "named")],
    ),
    "a former one is not the one": (
        "President Ann Veld spoke. Former president Bo Lund left. “We go,” the former president said.",
        [("the former president", "Bo Lund", "named")],
    ),
    "a country has its president": (
        "“We go,” Norway's Ann Veld says. “We go now,” the Norwegian president said.",
        [("Norway's Ann Veld", "Ann Veld", "named"), ("the Norwegian president", "Ann Veld", "named")],
    ),
    "a place is not who": (
        "“We go,” said Ann Veld of Norway, who said she was 40.",
        [("Ann Veld of Norway", "Ann Veld", "named"), ("who", "Ann Veld", "named")],
    ),
    "the president of another body": (
        "NAU president Ann Veld left. “We go,” the TWB president said.",
        [("the TWB president", None, "unnamed")],
    ),
    "a quotation after another is named": (
        "“We go,” Ann Veld said on Monday.\n\nBo Lund stood on the quay in tears, with his wet dog.\n\n"
        "“I have lost my house and my boat and my dog.”",
        [("Ann Veld", "Ann Veld", "named"), (None, "Bo Lund", "named")],
    ),
    "a campaign is a body, whoever has it": (
        "Ann Veld is running. “We go,” Veld's campaign said. “We stay,” the Veld campaign said.",
        [("Veld's campaign", "Veld campaign", "named"), ("the Veld campaign", "Veld campaign", "named")],
    ),
    "some of a party": (
        "“We lost,” some Republicans said. “We won,” Republicans said.",
        [("some Republicans", None, "unnamed"), ("Republicans", "Republicans", "named")],
    ),
    "a body that has a person's name": (
        "The Ann Veld Foundation met. “We go,” Ann Veld said.",
        [("Ann Veld", "Ann Veld", "named")],
    ),
    "whose a ministry is": (
        "“We go,” Russia's Foreign Ministry said. It rained. “We stay,” the Foreign Ministry said.",
        [
            ("Russia's Foreign Ministry", "Russia's Foreign Ministry", "named"),
            ("the Foreign Ministry", "Russia's Foreign Ministry", "named"),
        ],
    ),
    "an abbreviated plural": ("“We lost,” 19 former opposition MPs said.", [("19 former opposition MPs", None, "unnamed")]),
    "a deputy is not the one": (
        "Deputy mayor Bo Lund left. “We go,” the mayor said.",
        [("the mayor", None, "unnamed")],
    ),
    "a lawmaker may be a representative": (
        "Rep. Ann Veld left. “We stay,” the lawmaker said.",
        [("the lawmaker", "Ann Veld", "named")],
    ),
    "who is long past is not meant": (
        "The actor Ann Veld won. She was the star of the night."
        + "\n\nThe singer Bo Lund came late. He sang." * 6
        + "\n\n“We go,” the star said.",
        [("the star", "Bo Lund", "named")],
    ),
    "a surname that is a title": (
        "Ann Veld King won the race. “We go,” King said.",
        [("King", "Ann Veld King", "named")],
    ),
    "a party is nobody": (
        "Ann Veld is running. Her Republican rivals met in Tarvo, and Republican donors came. “We go,” she said.",
        [("she", "Ann Veld", "named")],
    ),
    "a party member has no name": ("“We lost,” a Democrat said. The Democrat left.", [("a Democrat", None, "unnamed")]),
    "abbreviation": (
        "Doctors of the North (DON) said that it rained. “We stay,” DON said.",
        [("Doctors of the North", "Doctors of the North", "named"), ("DON", "Doctors of the North", "named")],
    ),
    "possessive": ("“We go,” Tarvo's Ann Veld said.", [("Tarvo's Ann Veld", "Ann Veld", "named")]),
    "apposition is the name": ("“We go,” the union's leader, Ann Veld, said.", [("the union's leader", "Ann Veld", "named")]),
    "apposition, a body": ("“We go,” the union's party, One Tarvo, said.", [("the union's party", "One Tarvo", "named")]),
    "title given before": (
        "President Ann Veld came. It rained. “We go,” the president said.",
        [("the president", "Ann Veld", "named")],
    ),
    "seat of a government": (
        "Moscow said that it rained. Russia said that it snowed.",
        [("Moscow", "Russia", "named"), ("Russia", "Russia", "named")],
    ),
    "anonymous": ("“We go,” officials said.", [("officials", None, "unnamed")]),
    "anonymous, capital by position": ("Observers said that it rained.", [("Observers", None, "unnamed")]),
    "anonymous, singular": ("“We go,” a spokesman for the mayor said.", [("a spokesman for the mayor", None, "unnamed")]),
    "pronoun for somebody unnamed": (
        "“We go,” one woman said. “Now,” she added.",
        [("one woman", None, "unnamed"), ("she", None, "unnamed")],
    ),
    "common noun": ("“We go,” the council said.", [("the council", None, "unresolved")]),
    "given name": ("Ann and Bo Veld run the inn. “We go,” Bo said.", [("Bo", "Bo Veld", "named")]),
    "a body's name cut short": (
        "Westmere Rail denied the claim on Monday. “We run,” Westmere said.",
        [("Westmere Rail", "Westmere Rail", "named"), ("Westmere", "Westmere Rail", "named")],
    ),
    "initials without brackets": (
        "The World Harbour Organization met in Tarvo. It rained on all days, the WHO said.",
        [("the WHO", "World Harbour Organization", "named")],
    ),
    "title in apposition": (
        "The captain, Bo Lund, left. “We sank,” the captain said.",
        [("the captain", "Bo Lund", "named")],
    ),
    "role after the name": ("Ann Veld, a baker, left. “We go,” the baker said.", [("the baker", "Ann Veld", "named")]),
    "a noun like the title": (
        "Prime Minister Ann Veld left. “We go,” the premier said.",
        [("the premier", "Ann Veld", "named")],
    ),
    "age": ("Ann Veld, 44, left. “We go,” the 44-year-old said.", [("the 44-year-old", "Ann Veld", "named")]),
    "description of the one before": (
        "Ann Veld left the hall. “We go,” the former teacher said.",
        [("the former teacher", "Ann Veld", "named")],
    ),
    "another's role": (
        "Mayor Ann Veld met Bo Lund. “We go,” the driver said.",
        [("the driver", None, "unnamed")],
    ),
    "capital": ("Vienna said that it rained.", [("Vienna", "Austria", "named")]),
    "government by its adjective": (
        "The Danish government said that it rained.",
        [("The Danish government", "Denmark", "named")],
    ),
    "a regime is not its ruler": (
        "Bo Lund left. It rained, the Lund regime said.",
        [("the Lund regime", "Lund regime", "named")],
    ),
    "a body by its own words": (
        "The electoral commission said that it rained. “We count,” the commission said.",
        [("The electoral commission", "electoral commission", "named"), ("the commission", "electoral commission", "named")],
    ),
    "the bank is the one named": (
        "Tarvo Savings Bank closed on Friday. “We open on Monday,” the bank said.",
        [("the bank", "Tarvo Savings Bank", "named")],
    ),
    "analysts at a firm": ("It rained, analysts at Tarvo Capital said.", [("analysts at Tarvo Capital", None, "unnamed")]),
    "relative clause": ("Ann Veld, a baker, who said that it rained, left.", [("who", "Ann Veld", "named")]),
    "quotation alone in its paragraph": (
        "“We go,” said Ann Veld.\n\n“Nobody has asked us about it.”",
        [("Ann Veld", "Ann Veld", "named"), ("Ann Veld", "Ann Veld", "named")],
    ),
    "an answer is not by the one who asked": (
        "“Do you go?” Ann Veld asked Mr Bo Lund.\n\n“Yes, at once and gladly,” he replied.",
        [("Ann Veld", "Ann Veld", "named"), ("he", "Bo Lund", "named")],
    ),
    "questions and answers": (
        "The baker Ann Veld has closed her shop.\n\nQ: Why now?\n\nA: My knees are tired.\n\nQ: And the oven?\n\nA: It is yours.",
        [("Q", None, "unnamed"), ("A", "Ann Veld", "named"), ("Q", None, "unnamed"), ("A", "Ann Veld", "named")],
    ),
    "nobody": ("“Nobody will ever cross that bridge again.”", [(None, None, "none")]),
}


@pytest.mark.parametrize(("text", "expected"), NAMES.values(), ids=NAMES)
def test_names(nlp: Any, text: str, expected: list[Any]) -> None:
    assert [(q.speaker_mention, q.speaker_name, q.speaker_status) for q in nlp(text)._.quotes] == expected


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("“We go,” Lenn’s Ann Veld said.", None),
        ("“We go,” said the Tarvo Gazette’s Ann Veld.", None),
        ("“We go,” said Mayor Ann Veld.", "Mayor"),
        ("“We go,” said Ann Veld, a baker from Tarvo.", "baker from Tarvo"),
        ("“We go,” said former Tarvo coach Ann Veld.", "former Tarvo coach"),
        ("“We go,” said Ann Veld, who bakes.", None),
        ("“We go,” said Ann Veld, 44.", None),
        ("“We go,” said Mrs Ann Veld.", None),
        ("“We go,” the union's leader, Ann Veld, said.", "union's leader"),
        ("Misha Shah, 32, of Chicago, an account executive, says prices are up.", "account executive"),
        ("Dewayne Smithy, 33, of Baldwin, Miss., says the vote is lost.", None),
        ("Wang Li, then 27, said he was tired.", None),
        ("A baker named Ann Veld said the bread was late.", "baker"),
        ("An elderly resident called Sin said the road was closed.", "elderly resident"),
        ("“It is late,” said Bo Lund, the tide rose by a metre that night.", None),
        ("“It is late,” said Bo Lund, a prominent Tarvo Democrat.", "prominent Tarvo Democrat"),
        ("The then Bishop of Idukki, Mathew Anikuzhi, had claimed that cases were on the rise.", None),
    ],
)
def test_role(nlp: Any, text: str, role: str | None) -> None:
    assert [q.speaker_role for q in nlp(text)._.quotes] == [role]


@pytest.mark.parametrize(
    ("mention", "kind"),
    [
        ("Ann Veld", "person"),
        ("the Tarvo Chess Club", "organisation"),
        ("the Tarvo Gazette", "media"),
        ("France", "government"),
        ("Republicans", "group"),
    ],
)
def test_kind(nlp: Any, mention: str, kind: str) -> None:
    assert [q.speaker_kind for q in nlp(f"The long wall was lost, {mention} said.")._.quotes] == [kind]


def test_every_decision_names_its_rule(nlp: Any) -> None:
    text = "Ann Veld left. “We go,” Veld said. “Now,” she added. “No,” officials said. “Yes,” the council said."
    assert [q.speaker_rule for q in nlp(text)._.quotes] == [
        "fullest name", "pronoun", "anonymous noun", "common noun",
    ]  # fmt: skip


def test_confidence_of_a_name(nlp: Any) -> None:
    text = (
        "“We go,” Ann Veld said. Bo Lund came. “Who knows?” he said. “They go,” a baker said. Ann Veld, 40, left. “No,” she said."
    )
    name, pronoun, baker, _ = nlp(text)._.quotes
    assert name.speaker_confidence > 0.9 and 0.5 < pronoun.speaker_confidence < 1
    assert baker.speaker_confidence is None


def test_every_rule_that_was_judged_has_a_confidence() -> None:
    judged = read_judged()
    assert len(judged) == 1971
    assert {r["corpus"] for r in judged} == {"polnear-train", "worldwide-newswire-train", "english-speaking-countries"}
    sure = [name_confidence(r["rule"], r["evidence"]) or 0.0 for r in judged]
    share = sum(r["right"] for r in judged) / len(judged)
    assert abs(sum(sure) / len(sure) - share) < 0.005
    assert name_confidence("a rule of tomorrow", {}) is None


FIELDS = {  # an office before a name, and the role of whoever is called by the surname later
    "Deputy Health and Water Minister Ann Veld": "Deputy Health and Water Minister",
    "Assistant Lands and Mines Minister Otunba Ann Veld": "Assistant Lands and Mines Minister Otunba",
    "Trade and Energy Minister Ann Veld": "Trade and Energy Minister",
    "Mayor Bo Lund and Deputy Mines Minister Ann Veld": "Deputy Mines Minister",
    "Brant and Energy Minister Ann Veld": "Energy Minister",
}


@pytest.mark.parametrize(("office", "role"), FIELDS.items(), ids=FIELDS)
def test_an_office_of_two_fields_is_told_whole(nlp: Any, office: str, role: str) -> None:
    last = [*nlp(f"The road was shut. {office} came. Later Veld said it was late.")._.quotes][-1]
    assert (last.speaker_name, last.speaker_role) == ("Ann Veld", role)


OPENERS = "Later Yesterday Then Afterwards Elsewhere Overnight Publicly Online Interviewed Responding Midweek".split()


@pytest.mark.parametrize("word", OPENERS)
def test_what_opens_a_sentence_is_no_role_nor_name(nlp: Any, word: str) -> None:
    last = [*nlp(f"The road was shut. Energy Minister Ann Veld came. {word} Veld said it was late.")._.quotes][-1]
    assert (last.speaker_name, last.speaker_role) == ("Ann Veld", "Energy Minister")
    (one,) = nlp(f"{word} Ann Veld said it was late.")._.quotes
    assert (one.speaker_name, one.speaker_role) == ("Ann Veld", None)


@pytest.mark.parametrize("word", ["Baker", "Magistrate", "Republican", "Norwegian", "King", "Skipper"])
def test_a_word_that_tells_who_somebody_is_is_a_role(nlp: Any, word: str) -> None:
    (one,) = nlp(f"{word} Ann Veld said it was late.")._.quotes
    assert (one.speaker_name, one.speaker_role) == ("Ann Veld", word)


def test_a_country_before_a_body_is_of_its_name(nlp: Any) -> None:
    for body in ("US Seventh Fleet", "US Coast Guard", "UK Space Agency"):
        (one,) = nlp(f"The ship was lost, the {body} said on Monday.")._.quotes
        assert (one.speaker_name, one.speaker_role, one.speaker_kind) == (body, None, "organisation")


def test_a_name_of_one_word_is_less_sure(nlp: Any) -> None:
    assert (name_confidence("name", {}, "Veld") or 1) < 0.9 < (name_confidence("name", {}, "Ann Veld") or 0)
    assert name_confidence("government", {}, "Norway") == name_confidence("government", {}, "South Sudan")
    one, two = nlp("“We go,” Veld said. “They stay,” Ann Lund said.")._.quotes
    assert one.speaker_confidence < 0.9 < two.speaker_confidence


def test_co_speakers(nlp: Any) -> None:
    (quote,) = nlp("“We go,” Ann Veld and Bo Lund said.")._.quotes
    assert (quote.speaker_name, [(c.mention, c.name) for c in quote.co_speakers]) == ("Ann Veld", [("Bo Lund", "Bo Lund")])


def test_document_speakers(nlp: Any) -> None:
    text = "Mayor Ann Veld left the hall. “We will go,” Veld said. Later she told reporters: “And soon.” It rained on Veld."
    (speaker,) = nlp(text)._.speakers
    assert (speaker.name, speaker.kind, speaker.role, speaker.aliases) == ("Ann Veld", "person", "Mayor", ["Veld"])
    assert (speaker.mention_count, speaker.quote_count) == (3, 2)


def test_who_speaks_with_another_is_a_speaker_too(nlp: Any) -> None:
    doc = nlp("“We go,” Ann Veld and Bo Lund said.")
    assert [(s.name, s.kind, s.quote_count) for s in doc._.speakers] == [("Ann Veld", "person", 1), ("Bo Lund", "person", 1)]
    assert doc._.quotes[0].co_speakers[0].speaker_id == doc._.speakers[1].speaker_id


def test_the_same_name_has_the_same_id_in_any_article(nlp: Any) -> None:
    one, two = (nlp(t)._.quotes[0].speaker_id for t in ("“We go,” said Ann Veld.", "The wall was lost, ANN VELD said."))
    assert one == two is not None


def test_a_name_is_of_one_kind_throughout(nlp: Any) -> None:
    doc = nlp("Westmere Rail denied the claim. “We run on time,” it said. Westmere Rail said that the trains were old.")
    assert {q.speaker_kind for q in doc._.quotes} == {"organisation"}
    assert {q.speaker_id for q in doc._.quotes} == {s.speaker_id for s in doc._.speakers}
