"""The table people over runs: one generation, the newsroom's aliases, and nothing else changed."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from benchmarks.people import articles, joined
from onrecord.jobs.config import Config
from onrecord.jobs.engine import UsageError
from onrecord.jobs.people import parse_aliases
from onrecord.jobs.run import run
from onrecord.jobs.upkeep import compact, forget
from onrecord.jobs.upkeep import reprocess as read_again
from onrecord.people import transform
from onrecord.store.care.verify import verify
from onrecord.store.state import read_state

from .conftest import rows

HOUR = timedelta(hours=1)


def write(path: Path, *texts: str) -> Path:
    path.write_text("".join(json.dumps({"id": f"{path.stem}-{n}", "text": t}) + "\n" for n, t in enumerate(texts)))
    return path


def go(source: Path, output: Path, **config: Any) -> Any:
    return run([str(source)], output, Config(**config))


def files(output: Path) -> dict[str, str]:
    """Digest of every file of the tables but people."""
    found = (p for p in output.glob("*/*/*.parquet") if "people" not in p.parts)
    return {str(p.relative_to(output)): hashlib.sha256(p.read_bytes()).hexdigest() for p in found}


def people(output: Path) -> dict[str, tuple[str, str, str | None]]:
    """For each name its person, the rule and the id, by the name that documents give it."""
    names = {r["speaker_id"]: r["name"] for r in rows(output, "document_speakers")}
    return {names[r["speaker_id"]]: (r["name"], r["rule"], r["external_id"]) for r in rows(output, "people")}


@pytest.mark.engine
def test_runs_of_a_part_each_are_as_one(tmp_path: Path) -> None:
    lines = [json.dumps(a) + "\n" for a in articles(56, 3)]
    (tmp_path / "all.jsonl").write_text("".join(lines))
    go(tmp_path / "all.jsonl", tmp_path / "one", workers=2)
    before: dict[str, str] = {}
    for n in range(4):
        part = tmp_path / f"{n}.jsonl"
        part.write_text("".join(lines[n::4]))
        go(part, tmp_path / "four")
        assert before.items() <= files(tmp_path / "four").items()  # what earlier runs published is untouched
        before = files(tmp_path / "four")
    assert joined(tmp_path / "four") == joined(tmp_path / "one")
    assert {"same_name", "surname", "middle_name", "acronym"} <= {str(r[3]) for r in joined(tmp_path / "one")}
    assert list(verify(tmp_path / "four")) == []


VELD = "Mayor Ann Veld spoke. “We go,” said Ann Veld, the mayor of Tarvo. “Now,” said Omar al-Hadi."
ALONE = "“We stay,” said Mayor Veld. “Never,” said Omar al-Hadi."


@pytest.mark.engine
def test_a_surname_is_joined_once_the_full_name_is_known(tmp_path: Path) -> None:
    out = tmp_path / "out"
    go(write(tmp_path / "a.jsonl", ALONE), out)
    assert people(out)["Veld"] == ("Veld", "same_name", None)
    go(write(tmp_path / "b.jsonl", VELD), out)
    assert people(out)["Veld"] == ("Ann Veld", "surname", None)
    go(write(tmp_path / "c.jsonl", "“We go,” said Mayor Bo Veld. “Now,” said Omar al-Hadi."), out)
    assert people(out)["Veld"] == ("Veld", "ambiguous", None)


@pytest.mark.engine
def test_aliases_are_kept_and_hold_for_every_later_command(tmp_path: Path) -> None:
    out, own = tmp_path / "out", tmp_path / "own.csv"
    own.write_text("alias,name,external_id\nVeld, Ann Veld ,Q7\n")
    go(write(tmp_path / "a.jsonl", ALONE, "“No,” said Bo Lund."), out)
    told: list[str] = []
    before = files(out)
    again = run([str(tmp_path / "a.jsonl")], out, Config(aliases=own), told=told.append)
    assert again.run_id is None and told == [f"people are joined anew with {own}"]
    assert people(out)["Veld"] == ("Ann Veld", "alias", "Q7") and people(out)["Bo Lund"] == ("Bo Lund", "same_name", None)
    assert before == files(out) and list(verify(out)) == []
    told.clear()
    run([str(tmp_path / "a.jsonl")], out, Config(aliases=own), told=told.append)
    assert told == []  # nothing has changed
    go(write(tmp_path / "b.jsonl", VELD), out)  # without naming the file again
    assert people(out)["Veld"][:1] + people(out)["Ann Veld"][1:] == ("Ann Veld", "alias", "Q7")
    forget(out, f"{tmp_path / 'a.jsonl'}#L2", Config(), HOUR)
    assert people(out)["Veld"] == ("Ann Veld", "alias", "Q7") and "Bo Lund" not in people(out)
    assert read_again(out, Config(), every=True) is not None and people(out)["Veld"] == ("Ann Veld", "alias", "Q7")
    own.write_text("alias,name\nLund,Bo Lund\n")  # a further file
    again = run([str(tmp_path / "b.jsonl")], out, Config(aliases=own))
    assert again.unmatched_aliases == ["Lund"] and people(out)["Veld"] == ("Ann Veld", "alias", "Q7")
    own.write_text("alias,name\nVeld,Veld\n")  # takes the first one back
    go(tmp_path / "b.jsonl", out, aliases=own)
    assert people(out)["Veld"] == ("Veld", "alias", None)


@pytest.mark.engine
def test_kept_names_are_only_a_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [json.dumps(a) + "\n" for a in articles(15, 5)]
    read: list[int] = []
    real = transform.join_people

    def counted(files: Any, *rest: Any) -> Any:
        read.append(len(files))
        return real(files, *rest)

    monkeypatch.setattr(transform, "join_people", counted)
    for n in range(5):
        (tmp_path / f"{n}.jsonl").write_text("".join(lines[n::5]))
        for name in ("kept", "lost"):
            go(tmp_path / f"{n}.jsonl", tmp_path / name)
            if name == "kept":
                state = read_state(tmp_path / name)
                assert state.names is not None and state.unnamed == []
                if n == 2:
                    compact(tmp_path / name, Config(), timedelta(0))
            elif n == 1:
                shutil.rmtree(tmp_path / name / "_names")
            elif n == 3:
                max((tmp_path / name / "_names").glob("*.parquet")).write_text("{oops")
    assert joined(tmp_path / "kept") == joined(tmp_path / "lost")
    assert read == [1, 1, 1, 1, 1, 3, 1, 1, 1, 5]  # files read by each run: one, unless the names were lost
    (tmp_path / "more.jsonl").write_text(json.dumps({"text": "It rained."}) + "\n")
    go(tmp_path / "more.jsonl", tmp_path / "kept")
    assert joined(tmp_path / "kept") == joined(tmp_path / "lost") and len(read) == 10  # nobody speaks in it


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("name,id\nVeld,1\n", "the first line must be alias,name,external_id"),
        ("alias,name\nVeld,\n", "line 2: alias and name must both be given"),
        ("alias,name\n...,Ann Veld\n", "line 2: alias and name must both be given"),
        ("alias,name\nVeld,Ann Veld\nveld,Bo Veld\n", "line 3: veld stands for two names or ids"),
        ("alias,name,external_id\nVeld,Ann Veld,1\nA. Veld,Ann Veld,2\n", "line 3: Ann Veld stands for two names or ids"),
    ],
)
def test_aliases_that_cannot_be_used(text: str, why: str) -> None:
    with pytest.raises(UsageError) as raised:
        parse_aliases(text, "own.csv")
    assert str(raised.value) == f"--aliases own.csv: {why}"


def test_a_missing_alias_file_is_said_in_one_line(tmp_path: Path, onrecord: Callable[..., Any]) -> None:
    given = write(tmp_path / "a.jsonl", ALONE)
    done = onrecord("run", given, "--output", tmp_path / "out", "--aliases", tmp_path / "none.csv")
    assert (done.returncode, done.stderr) == (2, f"onrecord: --aliases {tmp_path / 'none.csv'}: No such file or directory\n")
    (tmp_path / "own.csv").write_text("alias\nx\n")
    done = onrecord("run", given, "--output", tmp_path / "out", "--aliases", tmp_path / "own.csv")
    assert done.returncode == 2 and done.stderr.count("\n") == 1 and not (tmp_path / "out").exists()


def test_a_summary_counts_people_under_all_their_names(tmp_path: Path) -> None:
    texts = "“We go on,” said Mayor Ann Veld on Monday.", "“We stop here,” said Mayor Veld on Tuesday."
    summary = go(write(tmp_path / "a.jsonl", *texts), tmp_path / "out")
    assert {r["name"] for r in rows(tmp_path / "out", "document_speakers")} == {"Ann Veld", "Veld"}
    assert summary.speakers == [("Ann Veld", 2)]
