"""Names over articles: what is known of some names in, whom each stands for out; one phenomenon a case."""

from __future__ import annotations

import random
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.naming.name_forms import is_generic, outline, parse_body, parse_person
from onrecord.people.joining import Alias, Joined, NameRecord, block_of, join_block
from onrecord.schemas.ids import hash_id, normalised_name
from onrecord.schemas.speakers import PersonRule


def known(name: str, kind: str = "person", documents: int = 1, **told: set[str]) -> NameRecord:
    return NameRecord(hash_id(kind, normalised_name(name)), name, kind, documents, **told)


def joined(names: list[NameRecord], aliases: dict[str, Alias] | None = None) -> dict[str, tuple[str, str]]:
    """For each name the name of whom it stands for, and the rule; blocks are made as for a run."""
    blocks: dict[str, list[NameRecord]] = {}
    for n in names:
        blocks.setdefault(block_of(n.kind, n.name), []).append(n)
    decided: list[Joined] = [j for own in blocks.values() for j in join_block(own, aliases or {})]
    by_id = {n.id: n.name for n in names}
    assert len(decided) == len(names)
    return {by_id[j.id]: (j.name, j.rule) for j in decided}


MAYOR = {"roles": {"Mayor"}}

PEOPLE: dict[str, tuple[list[NameRecord], dict[str, tuple[str, str]]]] = {
    "a surname, one role": (
        [known("Ann Veld", roles={"Mayor"}), known("Veld", roles={"the mayor"})],
        {"Ann Veld": ("Ann Veld", "same_name"), "Veld": ("Ann Veld", "surname")},
    ),
    "a surname, one company": (
        [known("Ann Veld", company={"x"}), known("Veld", company={"x", "y"})],
        {"Veld": ("Ann Veld", "surname")},
    ),
    "a surname, one country": (
        [known("Ann Veld", states={"Norway"}), known("Veld", states={"Norway"})],
        {"Veld": ("Ann Veld", "surname")},
    ),
    "a surname and nothing that speaks for it": ([known("Ann Veld"), known("Veld")], {"Veld": ("Veld", "same_name")}),
    "a surname of two": (
        [known("Ann Veld", company={"x"}), known("Bo Veld", company={"x"}), known("Veld", company={"x"})],
        {"Veld": ("Veld", "ambiguous"), "Ann Veld": ("Ann Veld", "same_name")},
    ),
    "a surname of two, one of whom is mayor": (
        [known("Ann Veld", roles={"Mayor"}), known("Bo Veld", roles={"baker"}), known("Veld", roles={"Mayor"})],
        {"Veld": ("Ann Veld", "surname")},
    ),
    "a surname of two, one of them hardly ever named": (
        [known("Ann Veld", documents=99, company={"x"}), known("Bo Veld", company={"x"}), known("Veld", company={"x"})],
        {"Veld": ("Ann Veld", "surname")},
    ),
    "a surname that speaks beside the full name is another": (
        [known("Ann Veld", company={"x"}), NameRecord("v", "Veld", "person", 1, company={"x"})],
        {"Veld": ("Ann Veld", "surname")},
    ),
    "particles and accents": (
        [known("Omar al-Hadí"), known("Omar Al Hadi"), known("Omar Hadi")],
        {
            n: ("Omar Al Hadi", r)
            for n, r in [("Omar Al Hadi", "same_name"), ("Omar al-Hadí", "spelling"), ("Omar Hadi", "spelling")]
        },
    ),
    "a given name is no article": (
        [known("Ash Veld", **MAYOR), known("Bo Veld", **MAYOR)],
        {"Ash Veld": ("Ash Veld", "same_name")},
    ),
    "middle names": (
        [known("Ann Rose Veld"), known("Ann R. Veld"), known("Ann Veld")],
        {"Ann R. Veld": ("Ann Rose Veld", "middle_name"), "Ann Veld": ("Ann Rose Veld", "middle_name")},
    ),
    "two of one name with other middle names": (
        [known("Bo H.W. Lund"), known("Bo W. Lund"), known("Bo K. Lund"), known("Bo Lund")],
        {"Bo K. Lund": ("Bo K. Lund", "same_name"), "Bo Lund": ("Bo Lund", "ambiguous")},
    ),
    "father and son": ([known("Bo Lund Jr."), known("Bo Lund")], {"Bo Lund": ("Bo Lund", "same_name")}),
    "a short given name": (
        [known("Joseph Veld", roles={"Senator"}), known("Joe Veld", roles={"Senator"})],
        {"Joe Veld": ("Joseph Veld", "given_name")},
    ),
    "a short given name of another": (
        [known("Joseph Veld", roles={"Senator"}), known("Joe Veld", roles={"baker"})],
        {"Joe Veld": ("Joe Veld", "same_name")},
    ),
    "an initial": ([known("Ann Veld", company={"x"}), known("A. Veld", company={"x"})], {"A. Veld": ("Ann Veld", "initials")}),
    "an initial of two": (
        [known("Ann Veld", company={"x"}), known("Ada Veld", company={"x"}), known("A. Veld", company={"x"})],
        {"A. Veld": ("A. Veld", "ambiguous")},
    ),
    "another script": (
        [known("Muammad Ghadiri", documents=3, roles={"Colonel"}), known("Moammad Qadiri", roles={"colonel"})],
        {"Moammad Qadiri": ("Muammad Ghadiri", "spelling")},
    ),
    "alike but another": (
        [known("Mario Rossi", roles={"Mayor"}), known("Maria Rossi", roles={"Mayor"})],
        {"Maria Rossi": ("Maria Rossi", "same_name"), "Mario Rossi": ("Mario Rossi", "same_name")},
    ),
    "alike, and nothing that speaks for it": (
        [known("Dean Baker", roles={"economist"}), known("Dan Backer", roles={"lawyer"})],
        {"Dan Backer": ("Dan Backer", "same_name")},
    ),
}


@pytest.mark.parametrize(("names", "expected"), PEOPLE.values(), ids=PEOPLE)
def test_people(names: list[NameRecord], expected: dict[str, tuple[str, str]]) -> None:
    found = joined(names)
    assert {n: found[n] for n in expected} == expected


def test_two_who_speak_in_one_article_are_two() -> None:
    full, short = known("Ann Veld", documents=4, company={"x"}), known("Veld", documents=2, company={"x"})
    assert joined([full, short])["Veld"] == ("Ann Veld", "surname")
    short.apart[full.id] = full.apart[short.id] = 2
    assert joined([full, short])["Veld"] == ("Veld", "same_name")


def body(name: str, kind: str = "organisation", **told: set[str]) -> NameRecord:
    return known(name, kind, **told)


BODIES: dict[str, tuple[list[NameRecord], dict[str, tuple[str, str]]]] = {
    "an acronym written as a word, where articles abbreviate the body so": (
        [body("North Aldis Treaty Organization", aliases={"NATO"}), body("Nato")],
        {"Nato": ("North Aldis Treaty Organization", "acronym")},
    ),
    "a word of a body's initials that no article abbreviates so": (
        [body("Northern Oil and Vinegar Alliance", company={"x"}), body("Nova", company={"x"})],
        {"Nova": ("Nova", "same_name")},
    ),
    "an abbreviation that an article explains": (
        [body("Tarvo Water Board", aliases={"TWB"}), body("TWB")],
        {"TWB": ("Tarvo Water Board", "acronym")},
    ),
    "an abbreviation, one company": (
        [body("Tarvo Water Board", company={"x"}), body("T.W.B.", company={"x"})],
        {"T.W.B.": ("Tarvo Water Board", "acronym")},
    ),
    "an abbreviation, nothing speaks for it": ([body("Tarvo Water Board"), body("TWB")], {"TWB": ("TWB", "same_name")}),
    "an abbreviation of two": (
        [body("Tarvo Water Board", company={"x"}), body("Tamber Wine Bank", company={"x"}), body("TWB", company={"x"})],
        {"TWB": ("TWB", "ambiguous")},
    ),
    "of two letters": ([body("Vox Populi", company={"x"}), body("VP", company={"x"})], {"VP": ("VP", "same_name")}),
    "the best known of two letters": (
        [body("United Nations", company={"x"}), body("U.N.", company={"x"})],
        {"U.N.": ("United Nations", "acronym")},
    ),
    "article and legal form": (
        [body("The Borealis Works Inc."), body("Borealis Works")],
        {"Borealis Works": ("The Borealis Works Inc.", "spelling")},
    ),
    "another kind": ([body("Grey Heron", "group"), body("Grey Heron")], {"Grey Heron": ("Grey Heron", "same_name")}),
    "small words in an abbreviation": (
        [
            body("Board of Works", aliases={"BOW"}),
            body("BOW"),
            body("House of Keys", company={"x"}),
            body("HOK", company={"x"}),
        ],
        {"BOW": ("Board of Works", "acronym"), "HOK": ("House of Keys", "acronym")},
    ),
    "what many are called": (
        [body("police"), body("City Council"), body("Supreme Court"), body("the Times", "media")],
        {n: (n, "generic") for n in ("police", "City Council", "Supreme Court", "the Times")},
    ),
}


@pytest.mark.parametrize(("names", "expected"), BODIES.values(), ids=BODIES)
def test_bodies(names: list[NameRecord], expected: dict[str, tuple[str, str]]) -> None:
    found = joined(names)
    assert {n: found[n] for n in expected} == expected


def test_aliases_overrule() -> None:
    veld = Alias("Ann Veld", "E7")
    names = [known("Ann Veld"), known("Veld"), known("The Iron Baker"), known("Ann R. Veld"), known("Bo Veld", documents=9)]
    assert joined(names)["Veld"] == ("Veld", "ambiguous")
    aliases = {"veld": veld, "the iron baker": veld, "ann veld": veld}
    blocks: dict[str, list[NameRecord]] = {}
    for n in names:
        blocks.setdefault(block_of(n.kind, n.name), []).append(n)
    by_id = {n.id: n.name for n in names}
    decided = {by_id[j.id]: j for own in blocks.values() for j in join_block(own, aliases)}
    assert {n for n, j in decided.items() if (j.name, j.external_id) == ("Ann Veld", "E7")} == set(by_id.values()) - {"Bo Veld"}
    assert len({decided[n].person_id for n in ("Veld", "The Iron Baker", "Ann R. Veld")}) == 1  # whatever the block
    assert {n: j.rule for n, j in decided.items()}["Ann R. Veld"] == "middle_name"


def test_aliases_keep_two_apart() -> None:
    names = [known("Ann R. Veld"), known("Ann Veld")]
    assert joined(names)["Ann Veld"] == ("Ann R. Veld", "middle_name")
    aliases = {"ann r veld": Alias("Ann R. Veld", "1"), "ann veld": Alias("Ann Veld", "2")}
    assert joined(names, aliases) == {"Ann R. Veld": ("Ann R. Veld", "alias"), "Ann Veld": ("Ann Veld", "alias")}


def test_every_rule_of_the_closed_list_joins_something() -> None:
    found = {rule for names, _ in (*PEOPLE.values(), *BODIES.values()) for _, rule in joined(names).values()}
    assert found | {"alias", "correction"} == set(get_args(PersonRule))


EVERY = [n for names, _ in (*PEOPLE.values(), *BODIES.values()) for n in names]


@given(st.integers(0, 10**6))
def test_the_order_of_names_decides_nothing(seed: int) -> None:
    rng = random.Random(seed)
    names = list({n.id: n for n in rng.sample(EVERY, 12)}.values())
    before = joined(names)
    rng.shuffle(names)
    assert joined(names) == before


KINDS = st.sampled_from(["person", "organisation", "media", "group", "government"])
PIECES = st.sampled_from("O Mu Abdul al bin Ben D Jong Un S A P Sa id Nato Moody s Ltd Jr the of Ä Veld Reuters 7".split())
WRITINGS = st.tuples(PIECES, *(st.sampled_from([" ", "-", "'", "’", ". ", " & "]) for _ in range(2)), st.booleans())


@given(KINDS, st.lists(WRITINGS, min_size=1, max_size=5))
def test_writings_of_one_id_have_one_block(kind: str, drawn: list[tuple[str, str, str, bool]]) -> None:
    one = "".join(piece + mark for piece, mark, _, _ in drawn)
    other = "".join((piece.upper() if shouted else piece) + mark for piece, _, mark, shouted in drawn)
    assert normalised_name(one) == normalised_name(other)
    assert block_of(kind, one) == block_of(kind, other)


@pytest.mark.parametrize(
    "names",
    [
        ["Walid al-Mu'allem", "Walid Muallem", "Walid al-Moallem"],
        ["Sean O'Brien", "S. O’Brien", "O'Brien"],
        ["Abdul-Rahman", "Abdul Rahman", "Abdulrahman"],
        ["Ali Sa'id", "Ali Said"],
        ["Mohammed bin Salman", "Salman"],
        ["John O. Smith Jr.", "Smith"],
    ],
)
def test_writings_of_one_surname_have_one_block(names: list[str]) -> None:
    assert len({block_of("person", n) for n in names}) == 1


@given(KINDS, st.text(min_size=1, max_size=40))
def test_any_name_has_a_form_and_a_block(kind: str, name: str) -> None:
    parsed = parse_person(name)
    assert parsed.surname and parse_body(name) and block_of(kind, name) and outline(parsed.surname) is not None
    assert is_generic(name) in (True, False)
    (only,) = join_block([known(name, kind)], {})
    assert only.name == name and only.person_id == only.id
