"""People from files of document_speakers, whatever the files and the shards."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from onrecord.people import transform as people
from onrecord.people.joining import Alias
from onrecord.schemas.ids import speaker_id
from onrecord.store.manifest import PublishedFile
from onrecord.store.parts import rows_to_table, write_part

FORMS = ["Ann Veld", "Ann R. Veld", "Veld", "Bo Lund", "B. Lund", "Lund", "Omar al-Hadi", "Omar Hadi", "Hadi", "Joe Tamm", "Tamm"]
ROLES = [None, None, "Mayor", "Senator", "the Norwegian minister"]
BODIES = [("Tarvo Water Board", ["TWB"]), ("TWB", []), ("The Borealis Works Inc.", []), ("Borealis Works", []), ("police", [])]


def speaker(doc: int, kind: str, name: str, **told: Any) -> dict[str, Any]:
    row = {"role": None, "aliases": [], "mention_count": 1, "quote_count": 1, "run_id": "r"}
    return row | {"speaker_id": speaker_id(kind, name), "doc_id": f"d{doc:04}", "name": name, "kind": kind} | told


def documents(seed: int, count: int) -> list[list[dict[str, Any]]]:
    rng = random.Random(seed)
    out = []
    for n in range(count):
        own = [speaker(n, "person", name, role=rng.choice(ROLES)) for name in rng.sample(FORMS, 2)]
        own += [speaker(n, "organisation", name, aliases=also) for name, also in rng.sample(BODIES, 1)]
        out.append([*own, speaker(n, "government", rng.choice(["Norway", "Chad"]))])
    return out


Docs = list[list[dict[str, Any]]]


def made(folder: Path, files: list[Docs], shards: int = 1) -> list[dict[str, Any]]:
    """The rows of people for documents in files."""
    return read(folder, make(folder, files, shards), "people")


def make(folder: Path, files: list[Docs], shards: int = 1, known: Path | None = None, every: bool = False) -> list[PublishedFile]:
    """Files of people and names for documents in files."""
    folder.mkdir()
    paths = []
    for n, docs in enumerate(files):
        table = rows_to_table("document_speakers", [r for d in docs for r in d])
        paths.append(folder / write_part(folder, f"speakers-{n}.parquet", "document_speakers", table).path)
    aliases = {"norway": Alias("Kingdom of Norway", "Q20")}
    return people.join_people(paths, folder, "r", aliases, shards, known, every)


def read(folder: Path, parts: list[PublishedFile], table: str) -> list[dict[str, Any]]:
    tables = [pq.read_table(folder / p.path) for p in parts if p.table == table]
    return sorted(pa.concat_tables(tables).to_pylist() if tables else [], key=repr)


@pytest.mark.engine
def test_files_and_shards_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    docs = documents(3, 60)
    whole = made(tmp_path / "a", [docs])
    assert len(whole) == len({r["speaker_id"] for r in whole}) == len(FORMS) + len(BODIES) + 2
    assert {r["rule"] for r in whole} >= {"same_name", "spelling", "acronym", "generic", "alias"}
    monkeypatch.setattr(people, "_HELD", 3)
    monkeypatch.setattr(people, "_ROWS", 5)
    assert made(tmp_path / "b", [docs[:7], docs[7:40], docs[40:]], shards=5) == whole
    assert made(tmp_path / "c", [docs[n::9] for n in range(9)], shards=2) == whole


def test_what_is_kept_of_a_name_is_bounded_and_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "_MOST", dict.fromkeys(people._MOST, 2))
    docs = documents(4, 60)
    whole = made(tmp_path / "a", [docs])
    assert made(tmp_path / "b", [docs[n::7] for n in range(7)], shards=3) == whole
    written = [row for p in (tmp_path / "b").glob("names-*.parquet") for row in pq.read_table(p).to_pylist()]
    assert max(len(row[column]) for row in written for column in people._MOST) == 2


@pytest.mark.parametrize("every", [False, True])
def test_only_what_is_new_is_read(tmp_path: Path, every: bool) -> None:
    docs = documents(3, 60)
    whole = make(tmp_path / "a", [docs])
    (earlier,) = (p for p in make(tmp_path / "b", [docs[:50]]) if p.table == "names")
    few = [own for d in docs[50:] if len(own := [r for r in d if "Veld" in r["name"] or "Tamm" in r["name"]]) == 2]
    now = make(tmp_path / "c", [few], known=tmp_path / "b" / earlier.path, every=every, shards=3 if every else 1)
    people, names = read(tmp_path / "c", now, "people"), read(tmp_path / "c", now, "names")
    assert len(people) == len(names)
    if every:
        assert {r["speaker_id"] for r in people} == {r["speaker_id"] for r in read(tmp_path / "a", whole, "people")}
    else:
        assert {n["block"] for n in names} == {"person vald", "person tam"}


def test_spellings_of_one_id_have_one_name_whatever_the_order(tmp_path: Path) -> None:
    docs = [[speaker(n, "person", name)] for n, name in enumerate(["ANN VELD", "Ann Veld", "ann veld"])]
    assert [r["name"] for r in made(tmp_path / "a", [docs])] == ["Ann Veld"]
    assert [r["name"] for r in made(tmp_path / "b", [[d] for d in docs[::-1]])] == ["Ann Veld"]


def test_a_writing_that_is_new_reads_what_is_known_of_the_others(tmp_path: Path) -> None:
    treaty = [speaker(0, "organisation", "North Aldis Treaty Organization", aliases=["NATO"]), speaker(0, "person", "Kim Ro-un")]
    known, new = (
        [treaty, [speaker(1, "organisation", "NATO")]],
        [[speaker(2, "organisation", "Nato"), speaker(2, "person", "Kim Ro Un")]],
    )
    (earlier,) = (p for p in make(tmp_path / "a", [known]) if p.table == "names")
    now = make(tmp_path / "b", [new], known=tmp_path / "a" / earlier.path)
    people = {r["speaker_id"]: (r["name"], r["rule"]) for r in read(tmp_path / "b", now, "people")}
    assert people[speaker_id("organisation", "NATO")] == ("North Aldis Treaty Organization", "acronym")
    names = {n["id"]: n["documents"] for n in read(tmp_path / "b", now, "names")}
    assert names[speaker_id("organisation", "NATO")] == names[speaker_id("person", "Kim Ro-un")] == 2
