from __future__ import annotations

from pathlib import Path

import pytest

import onrecord.lexicon
from onrecord.lexicon.forms import lemmas
from onrecord.lexicon.rows import CueRow, EventRow, HedgeRow, NounRow, UnitRow, VocabularyRow
from onrecord.lexicon.tables import VocabularyError, read_table, table

ENGLISH = Path(onrecord.lexicon.__file__).parent / "en"
KINDS = VocabularyRow.__subclasses__()


def test_each_file_is_a_table_of_a_known_kind() -> None:
    assert sorted(path.name for path in ENGLISH.iterdir()) == sorted(kind.file for kind in KINDS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.file)
def test_each_table_is_as_its_kind_must_be(kind: type[VocabularyRow]) -> None:
    assert table(kind)


def test_a_language_is_a_folder() -> None:
    with pytest.raises(FileNotFoundError, match=r"lexicon/xx/cues\.csv"):
        table(CueRow, "xx")


CUES = "cue,part,lemma,cue_class,act,note\nsay,verb,,say,speech,\n"


@pytest.mark.parametrize(
    ("kind", "lines", "message"),
    [
        (CueRow, CUES + "say,verb,,claim,speech,\n", "line 3: 'say' stands in line 2 already"),
        (CueRow, CUES + ",verb,,say,speech,\n", "line 3, cue: "),
        (CueRow, CUES + "burble ,verb,,say,speech,\n", "line 3, cue: "),
        (CueRow, CUES + "burble,verb,,saying,speech,\n", "line 3, cue_class: "),
        (CueRow, CUES + "burble,verb,,say\n", "line 3: 4 cells where 6 must be"),
        (CueRow, CUES + "burble,verb,,say,speech,,,\n", "line 3: 8 cells where 6 must be"),
        (CueRow, "cue,part,cue_class,act\nsay,verb,say,speech\n", "line 1: the columns must be cue, part, lemma, "),
        (CueRow, CUES + "\n", "line 3: 0 cells where 6 must be"),
        (NounRow, "noun,classes,gender,counterpart,note\nwarden,person|wizard,,,\n", "line 2, classes: "),
        (NounRow, "noun,classes,gender,counterpart,note\nwarden,person||body,,,\n", "line 2, classes: "),
        (UnitRow, "unit,kind,symbol,forms,rate,doubtful,note\nveld,measure,,vd|,,,\n", "line 2, forms: "),
        (EventRow, "event,part,phrase,note\nkilled,verb,kill(?:ed,\n", "line 2, phrase: "),
        (HedgeRow, "modifier,place,phrase,note\nat_least,before,{moer} than,\n", "line 2, phrase: Value error, no placeholder"),
        (EventRow, "event,part,phrase,note\nkilled,verb,kill(ed)?,\n", "line 2, phrase: Value error, a group that captures"),
        (EventRow, "event,part,phrase,note\nkilled,verb,killed|,\n", "line 2, phrase: Value error, a regular expression"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_file_and_line(tmp_path: Path, kind: type[VocabularyRow], lines: str, message: str) -> None:
    (tmp_path / "own.csv").write_text(lines, encoding="utf-8")
    with pytest.raises(VocabularyError) as told:
        read_table(tmp_path / "own.csv", kind)
    assert f"own.csv, {message}" in str(told.value)
    assert "\n" not in str(told.value)


def test_cues_stand_in_their_base_form() -> None:
    """Or a form would be a lemma of its own: *burbled* beside *burble*."""
    wrong = {r.cue: lemmas(r.cue) for r in table(CueRow) if r.part == "verb" and lemmas(r.cue) and r.cue not in lemmas(r.cue)}
    assert wrong == {}


def test_how_a_file_was_saved(tmp_path: Path) -> None:
    own, lines = tmp_path / "own.csv", (CUES + "häufen,verb,,say,speech,\n").encode()
    own.write_bytes(lines)
    read = read_table(own, CueRow)
    assert [row.cue for row in read] == ["say", "häufen"]
    for saved in (b"\xef\xbb\xbf" + lines, lines.replace(b"\n", b"\r\n")):  # as spreadsheets do
        own.write_bytes(saved)
        assert read_table(own, CueRow) == read
    own.write_bytes(lines.decode().encode("latin-1"))
    with pytest.raises(VocabularyError, match=r"own\.csv, line 3: not UTF-8"):
        read_table(own, CueRow)
