"""Names that people have said to be one, or two, and the newsroom's own aliases: as the joining takes them."""

from __future__ import annotations

from datetime import UTC, datetime

from onrecord.corrections.apply import Row
from onrecord.corrections.pairs import names_of
from onrecord.jobs.people import merge_aliases, parse_aliases
from onrecord.people.joining import Alias, NameRecord, block_of, join_block
from onrecord.people.said import with_said
from onrecord.schemas.ids import normalised_name, speaker_id


def said(*pairs: tuple[str, str, str]) -> list[Row]:
    return [
        {
            "what": "person", "verdict": verdict, "row_id": speaker_id("person", a), "other_id": speaker_id("person", b),
            "read_value": a, "right_value": b, "corrected_at": datetime(2026, 10, 1, n, tzinfo=UTC),
        }
        for n, (a, verdict, b) in enumerate(pairs)
    ]  # fmt: skip


def joined(names: list[str], pairs: list[Row], aliases: dict[str, Alias] | None = None) -> dict[str, tuple[str, str]]:
    """The name and the rule of each name."""
    told = names_of(pairs)
    taken = with_said(aliases or {}, told)
    blocks: dict[str, list[NameRecord]] = {}
    for name in names:
        record = NameRecord(speaker_id("person", name), name, "person", documents=3)
        blocks.setdefault(block_of("person", name), []).append(record)
    by_id = {speaker_id("person", name): name for name in names}
    return {by_id[j.id]: (j.name, j.rule) for own in blocks.values() for j in join_block(own, taken, told.apart)}


NAMES = ["Ann Velden", "Ann R. Velden", "Bo Lund", "Ingrid Sol"]


def test_the_rules_alone() -> None:
    assert joined(NAMES, [])["Ann Velden"] == ("Ann R. Velden", "middle_name")


def test_two_that_the_rules_join() -> None:
    told = joined(NAMES, said(("Ann Velden", "two", "Ann R. Velden")))
    assert told["Ann Velden"][0] == "Ann Velden" and told["Ann R. Velden"][0] == "Ann R. Velden"


def test_one_across_surnames_with_all_of_theirs() -> None:
    told = joined(NAMES, said(("Bo Lund", "one", "Ann Velden"), ("Ingrid Sol", "one", "Bo Lund")))
    assert {name for name, _ in told.values()} == {"Ingrid Sol"}
    assert {told[n][1] for n in ("Bo Lund", "Ann Velden", "Ingrid Sol")} == {"correction"}
    assert told["Ann R. Velden"][1] == "middle_name"  # whom the rules join to one of them


def test_the_later_counts() -> None:
    both = [("Bo Lund", "one", "Ann Velden"), ("Bo Lund", "two", "Ann Velden")]
    assert joined(NAMES, said(*both))["Bo Lund"] == ("Bo Lund", "same_name")
    assert joined(NAMES, said(*reversed(both)))["Bo Lund"][1] == "correction"


def test_beside_the_aliases_of_the_newsroom() -> None:
    aliases = {normalised_name(n): Alias("Ingrid Sol", "Q1") for n in ("Ingrid Sol", "Ann Velden")}
    assert joined(NAMES, said(("Bo Lund", "one", "Ann Velden")), aliases)["Bo Lund"] == ("Ingrid Sol", "correction")
    apart = joined(NAMES, said(("Ann Velden", "two", "Ingrid Sol")), aliases)
    assert apart["Ann Velden"] == ("Ann Velden", "correction") and apart["Ingrid Sol"] == ("Ingrid Sol", "alias")


def merged(*files: str) -> dict[str, tuple[str, str | None]]:
    kept = ""
    for text in files:
        kept = merge_aliases(kept, f"alias,name,external_id\n{text}")
    return {alias: (a.name, a.external_id) for alias, a in parse_aliases(kept, "kept").items()}


def test_alias_files_are_added_to_one_another() -> None:
    assert merged("Veld,Ann Veld,Q7\n", "TWB,Tarvo Water Board\n") == {
        "veld": ("Ann Veld", "Q7"), "ann veld": ("Ann Veld", "Q7"),
        "twb": ("Tarvo Water Board", None), "tarvo water board": ("Tarvo Water Board", None),
    }  # fmt: skip


def test_the_later_alias_counts() -> None:
    assert merged("Veld,Ann Veld,Q7\n", "Veld,Bo Veld\n")["veld"] == ("Bo Veld", None)
    assert merged("Veld,Ann Veld,Q7\n", "A. Veld,Ann Veld\n")["a veld"] == ("Ann Veld", "Q7")  # the id is known
    assert merged("Veld,Ann Veld,Q7\n", "Veld,Ann Veld,Q8\n")["ann veld"] == ("Ann Veld", "Q8")
    assert merged("Veld,Ann Veld\n", "Veld,Veld\n") == {"veld": ("Veld", None)}  # taken back


def test_names_that_stand_for_others_now() -> None:
    told = merged("TWB,Tarvo Water Board\n", "Tarvo Water Board,Tarvo Waterworks\n")
    assert told["twb"] == told["tarvo water board"] == ("Tarvo Waterworks", None)
    assert merged("TWB,Tarvo Water Board\n", "the board,TWB\n")["the board"] == ("Tarvo Water Board", None)
    assert merged("TWB,Tarvo Water Board\n", "Tarvo Water Board,TWB\n")["tarvo water board"] == ("TWB", None)


def test_the_same_again_changes_nothing() -> None:
    kept = merge_aliases("", "alias,name\nVeld,Ann Veld\nTWB,Tarvo Water Board\n")
    assert merge_aliases(kept, kept) == kept == merge_aliases(kept, "alias,name\n")
