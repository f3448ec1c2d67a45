"""The command: what it refuses in one line, what it tells, and what it takes back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onrecord import tables as open_tables
from onrecord.corrections.asked import CorrectionError, Wanted, check, parse_set, read_file
from onrecord.store.state import read_state

Row = dict[str, Any]
HEAD = "what,id,column,value,by,why"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("quote,1234,type,direct", "f.csv: the first line must be what,id,column,value,by,why; by and why may be left out"),
        (f"{HEAD}\n", "f.csv: holds no correction"),
        (f"{HEAD}\nletter,1234,type,direct,,", "f.csv, line 2: letter: the first column says quote, figure or person"),
        (f"{HEAD}\nquote,,type,direct,,", "f.csv, line 2: which quote is meant? give its id"),
        (f"{HEAD}\nquote,1234,colour,red,,", "f.csv, line 2: colour: of a quote, speaker, role, kind, gender, type, words, act, "
         "cue_class, cue_polarity can be corrected"),
        (f"{HEAD}\nperson,Ann Veld,three,A. Veld,,", "f.csv, line 2: of people, two names are one, or two: give both names"),
        (f"{HEAD}\nperson,Ann Veld,two,,,", "f.csv, line 2: of people, two names are one, or two: give both names"),
    ],
)  # fmt: skip
def test_files_that_are_refused(text: str, why: str) -> None:
    with pytest.raises(CorrectionError) as refused:
        [check(wanted) for wanted in read_file(text, "f.csv", "M. Kern")]
    assert str(refused.value) == why


def test_rows_of_a_file_that_are_one_correction() -> None:
    rows = [
        "quote,aaaa,speaker,Ilse Tarn,,",
        "quote,aaaa,role,mayor,,",
        "quote,aaaa,role,baker,,",
        "quote,bbbb,none,,Ada Quist,gone",
    ]
    read = read_file("\ufeff" + "\n".join([HEAD, *rows]), "f.csv", "M. Kern")
    assert [(dict(w.changes), w.verdict, w.by, w.why) for w in read] == [
        ({"speaker": "Ilse Tarn", "role": "mayor"}, None, "M. Kern", None),
        ({"role": "baker"}, None, "M. Kern", None),
        ({}, "none", "Ada Quist", "gone"),
    ]


def test_what_is_refused_before_the_record_is_asked() -> None:
    for wanted, why in (
        (Wanted("quote", "abcd", by=" "), "who says so? give --by NAME"),
        (Wanted("quote", "abcd", by="M.", changes={"type": "direct"}, verdict="none"),
         "there is no such quote, or it is another: say one of the two"),
        (Wanted("quote", "abcd", by="M.", changes={"speaker": "A", "speaker_name": "B"}), "speaker_name is given twice"),
        (Wanted("figure", "abcd", by="M.", verdict="two"), "two: of a figure, say none or accept"),
    ):  # fmt: skip
        with pytest.raises(CorrectionError) as refused:
            check(wanted)
        assert str(refused.value) == why
    with pytest.raises(CorrectionError, match="--set unit: give COLUMN=VALUE"):
        parse_set(["unit"])


def test_refused_in_one_line(record: Path, onrecord: Callable[..., Any], find: Callable[..., Row], tmp_path: Path) -> None:
    quote, figure = find("quotes", "It was a long week")["quote_id"], find("figures", "At least 15")["figure_id"]
    before = read_state(record).sequence
    (tmp_path / "f.csv").write_text(f"{HEAD}\nquote,{quote},type,direct,,\nquote,{quote},type,loud,,\n")
    for args, why in (
        (["--quote", "ffffffff", "--none"], "no quote has the id ffffffff; ids stand in quotes.quote_id"),
        (["--quote", "ff", "--none"], "quote ff: give its quote_id, or at least 4 characters of it"),
        (["--quote", quote, "--type", "loud"], "type 'loud': one of direct, mixed, indirect"),
        (["--quote", quote, "--type", ""], "type: cannot be empty"),
        (["--quote", quote, "--words", "a short week"], "'a short week': the article does not have these words; "
         "give them as they are printed"),
        (["--quote", quote, "--event", "killed"], "--event: a quote has none; --speaker, --role, --kind, --gender, "
         "--type, --words, --act can be put right"),
        (["--figure", figure, "--value", "many"], "value 'many': not a number"),
        (["--figure", figure, "--value", "nan"], "value 'nan': not a number"),
        (["--are-one", "Ilse Tarn", "ilse tarn"], "'Ilse Tarn' and 'ilse tarn' are one name; "
         "where it stands for two, correct the quotes"),
        (["--are-two", "Ilse Tarn", "Nobody Here"], "nobody is called 'Nobody Here' in this record; "
         "names stand in document_speakers.name"),
        (["--undo", "ffffffff"], "--undo ffffffff: no correction has this id; --list shows all"),
        (["--file", tmp_path / "none.csv"], f"--file {tmp_path / 'none.csv'}: No such file or directory"),
        (["--file", tmp_path / "f.csv"], "f.csv, line 3: type 'loud': one of direct, mixed, indirect"),
    ):  # fmt: skip
        done = onrecord("correct", record, "--by", "M. Kern", *args)
        assert (done.returncode, done.stdout, done.stderr) == (2, "", f"onrecord: {why}\n")
    assert read_state(record).sequence == before  # nothing of a file whose second line is wrong, either


def test_what_follows_is_put_right_too(record: Path, correct: Callable[..., list[Row]], find: Callable[..., Row]) -> None:
    """The figure that is told in a quote has the quote's claimant; what referred to a quote that is none refers to nothing."""
    quote = find("quotes", "the bridge would cost")
    (told,) = correct("--quote", quote["quote_id"][:9], "--speaker", "Otto Lund", "--by", "M. Kern")
    assert [(c["column"], c["read"], c["right"]) for c in told["changes"]] == [
        ("speaker_name", "Ilse Tarn", "Otto Lund"),
        ("speaker_role", "member of the council", None),
    ]
    assert told["rows"] == 1
    figure, shown = find("figures", "$12 million"), find("quotes", "the bridge would cost")
    assert (figure["claimant_name"], figure["claimant_id"]) == ("Otto Lund", shown["speaker_id"])
    assert figure["corrected"] == ["claimant_confidence", "claimant_id", "claimant_name"]
    assert find("figures", "$12 million", as_read=True)["claimant_name"] == "Ilse Tarn"
    correct("--quote", quote["quote_id"], "--none", "--by", "M. Kern")
    assert find("figures", "$12 million")["quote_id"] is None
    speakers = {s["name"]: s["quote_count"] for s in open_tables(record)["document_speakers"].to_table().to_pylist()
                if s["doc_id"] == quote["doc_id"]}  # fmt: skip
    assert speakers == {"Ilse Tarn": 1, "A. Velden": 1, "Ann Velden": 1}


def test_told_listed_and_taken_back(record: Path, onrecord: Callable[..., Any], find: Callable[..., Row]) -> None:
    quote = find("quotes", "he was relieved")
    id_ = quote["quote_id"]
    assert onrecord("correct", record, "--list").stdout == f"{record}: nothing has been corrected\n"
    first = onrecord("correct", record, "--quote", id_, "--role", "pilot", "--by", "M. Kern", "--why", "he said so")
    own = first.stdout.split()[0]
    assert f"{own} quote {id_[:12]}: speaker_role: harbour master -> pilot (he was relieved) - M. Kern, " in first.stdout
    assert ": he said so\n1 correction kept (run 000002-" in first.stdout
    onrecord("correct", record, "--quote", id_, "--speaker", "", "--by", "Ada Quist")
    shown = find("quotes", "he was relieved")
    assert (shown["speaker_name"], shown["speaker_id"], shown["speaker_status"]) == (None, None, "unnamed")
    listed = onrecord("correct", record, "--list").stdout.splitlines()
    assert len(listed) == 2 and "speaker_name: Otto Lund -> nothing" in listed[1]
    assert onrecord("correct", record, "--undo", own, "--by", "Ada Quist").returncode == 0
    again = onrecord("correct", record, "--undo", own)
    assert again.returncode == 2 and f"--undo {own}: Ada Quist took it back on 2" in again.stderr
    assert onrecord("correct", record, "--undo", id_[:10]).returncode == 0  # all of the quote
    told = json.loads(onrecord("correct", record, "--list", "--json").stdout)
    assert [t["undone_by"] is not None for t in told] == [True, True]
    shown = find("quotes", "he was relieved")
    assert shown == find("quotes", "he was relieved", as_read=True) and shown["corrected"] is None


def test_a_row_that_is_none_is_not_corrected(
    correct: Callable[..., list[Row]], onrecord: Callable[..., Any], record: Path, find: Callable[..., Row]
) -> None:
    id_ = find("figures", "nine days")["figure_id"]
    correct("--figure", id_, "--none", "--by", "M. Kern")
    done = onrecord("correct", record, "--figure", id_, "--value", "8", "--by", "M. Kern")
    assert f"it was said that there is no such figure; take that back first (--undo {id_[:12]})" in done.stderr


def test_a_name_that_is_new_to_the_record(correct: Callable[..., list[Row]], record: Path, find: Callable[..., Row]) -> None:
    correct(
        "--quote",
        find("quotes", "he was relieved")["quote_id"],
        "--speaker",
        "Tarvo Water Board",
        "--kind",
        "organisation",
        "--by",
        "M.",
    )
    shown = find("quotes", "he was relieved")
    tables = {name: open_tables(record)[name].to_table().to_pylist() for name in ("people", "document_speakers")}
    (person,) = [p for p in tables["people"] if p["speaker_id"] == shown["speaker_id"]]
    (speaker,) = [s for s in tables["document_speakers"] if s["speaker_id"] == shown["speaker_id"]]
    assert (person["name"], person["person_id"]) == ("Tarvo Water Board", shown["speaker_id"])
    assert (speaker["doc_id"], speaker["kind"], speaker["quote_count"]) == (shown["doc_id"], "organisation", 1)
