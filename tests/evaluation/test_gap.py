"""The measure of ambiguous pronouns: passages in GAP's form, read by the network and resolved."""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

import pytest

from benchmarks.gap import judge, main, read_gap, resolve
from onrecord.naming.cast import Name

COLUMNS = "ID\tText\tPronoun\tPronoun-offset\tA\tA-offset\tA-coref\tB\tB-offset\tB-coref\tURL"
BEEKEEPER = "Marta Lindqvist took over the orchard from Greta Holm. She planted 400 pear trees there, and sold them."


def passage(text: str, pronoun: str, a: str, a_meant: bool, b: str, b_meant: bool) -> str:
    cells = ["p-1", text, pronoun, text.index(f" {pronoun}") + 1, a, text.index(a), a_meant, b, text.index(b), b_meant, "-"]
    return "\t".join(str(c).upper() if isinstance(c, bool) else str(c) for c in cells)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Two passages: one means the first name, one neither."""
    rows = [
        COLUMNS,
        passage(BEEKEEPER, "She", "Marta Lindqvist", True, "Greta Holm", False),
        passage(BEEKEEPER, "them", "Marta Lindqvist", False, "Greta Holm", False),
    ]
    path = tmp_path / "gap.tsv.gz"
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.write("\n".join(rows) + "\n")
    return path


def named(full: str) -> Name:
    start = BEEKEEPER.index(full)
    return Name(full, "person", mentions=[(start, start + len(full))])


def test_an_answer_is_right_wrong_or_undecided(file: Path) -> None:
    of_first, of_neither = read_gap(file)
    assert BEEKEEPER[slice(*of_first.pronoun)] == "She" and (of_first.meant, of_neither.meant) == (0, None)
    marta, greta, other = named("Marta Lindqvist"), named("Greta Holm"), Name("Bo", "person", mentions=[(500, 502)])
    assert [judge(of_first, said) for said in (marta, greta, other, None)] == ["right", "wrong", "wrong", "undecided"]
    assert [judge(of_neither, said) for said in (marta, greta, other, None)] == ["wrong", "wrong", "right", "undecided"]


def test_the_resolver_answers_and_shares_are_printed(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = resolve(read_gap(file)[:1])
    assert [name.full for name in said if name is not None] == ["Marta Lindqvist"]
    monkeypatch.setattr(sys, "argv", ["gap", str(file), "--limit", "1", "--wrong", "5"])
    main()
    first = capsys.readouterr().out.splitlines()[0]
    assert first.startswith("all passages ") and first.endswith("right 1, wrong 0, undecided 0")
