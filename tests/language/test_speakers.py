"""Speakers: an article in, (mention, name, status) out; one phenomenon a case."""

from __future__ import annotations

from typing import Any

import pytest

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
    "pronoun, subject before": ("Ann Veld left early. “We go,” she said.", [("she", "Ann Veld", "named")]),
    "pronoun, last speaker": (
        "“We go,” said Ann Veld. It rained all day. “Now,” she added.",
        [("Ann Veld", "Ann Veld", "named"), ("she", "Ann Veld", "named")],
    ),
    "pronoun, gender": ("Mr Bo Lund met Mrs Ann Veld. “We go,” she said.", [("she", "Ann Veld", "named")]),
    "pronoun, nobody there": ("“We go,” she said.", [("she", None, "unresolved")]),
    "it, a body": (
        "Westmere Rail denied this. “We run,” it said.",
        [("Westmere Rail", "Westmere Rail", "named"), ("it", "Westmere Rail", "named")],
    ),
    "abbreviation": (
        "Doctors of the North (DON) said that it rained. “We stay,” DON said.",
        [("Doctors of the North", "Doctors of the North", "named"), ("DON", "Doctors of the North", "named")],
    ),
    "possessive": ("“We go,” Tarvo's Ann Veld said.", [("Tarvo's Ann Veld", "Ann Veld", "named")]),
    "apposition is the name": ("“We go,” the union's leader, Ann Veld, said.", [("the union's leader", "Ann Veld", "named")]),
    "apposition in capitals is no name": (
        "“We go,” the union's party, One Tarvo, said.",
        [("the union's party", None, "unresolved")],
    ),
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
    "nobody": ("“Nobody will ever cross that bridge again.”", [(None, None, "none")]),
}


@pytest.mark.parametrize(("text", "expected"), NAMES.values(), ids=NAMES)
def test_names(nlp: Any, text: str, expected: list[Any]) -> None:
    assert [(q.speaker_mention, q.speaker_name, q.speaker_status) for q in nlp(text)._.quotes] == expected


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("“We go,” said Mayor Ann Veld.", "Mayor"),
        ("“We go,” said Ann Veld, a baker from Tarvo.", "baker from Tarvo"),
        ("“We go,” said former Tarvo coach Ann Veld.", "former Tarvo coach"),
        ("“We go,” said Ann Veld, who bakes.", None),
        ("“We go,” said Ann Veld, 44.", None),
        ("“We go,” said Mrs Ann Veld.", None),
        ("“We go,” the union's leader, Ann Veld, said.", "union's leader"),
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
        "fullest name", "pronoun: last speaker", "anonymous noun", "common noun",
    ]  # fmt: skip


def test_co_speakers(nlp: Any) -> None:
    (quote,) = nlp("“We go,” Ann Veld and Bo Lund said.")._.quotes
    assert (quote.speaker_name, [(c.mention, c.name) for c in quote.co_speakers]) == ("Ann Veld", [("Bo Lund", "Bo Lund")])


def test_document_speakers(nlp: Any) -> None:
    text = "Mayor Ann Veld left the hall. “We will go,” Veld said. Later she told reporters: “And soon.” It rained on Veld."
    (speaker,) = nlp(text)._.speakers
    assert (speaker.name, speaker.kind, speaker.role, speaker.aliases) == ("Ann Veld", "person", "Mayor", ["Veld"])
    assert (speaker.mention_count, speaker.quote_count) == (3, 2)


def test_the_same_name_has_the_same_id_in_any_article(nlp: Any) -> None:
    one, two = (nlp(t)._.quotes[0].speaker_id for t in ("“We go,” said Ann Veld.", "The wall was lost, ANN VELD said."))
    assert one == two is not None


def test_a_name_is_of_one_kind_throughout(nlp: Any) -> None:
    doc = nlp("Westmere Rail denied the claim. “We run on time,” it said. Westmere Rail said that the trains were old.")
    assert {q.speaker_kind for q in doc._.quotes} == {"organisation"}
    assert {q.speaker_id for q in doc._.quotes} == {s.speaker_id for s in doc._.speakers}
