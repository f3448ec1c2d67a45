"""A word is one line in one table, and what the network was trained with stays as it is."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import onrecord
from onrecord.lexicon.rows import ScannerVerbRow
from onrecord.lexicon.tables import table
from onrecord.text.marks import WEIGHTS_FORM

PACKAGE = Path(onrecord.__file__).parent
READ = """
import sys
from onrecord.figures.units import measure_at, rate_at
from onrecord.figures.money import money_at
from onrecord.quotes.cues import read_cue
from onrecord.text.marks import find_quoted
texts = [f"“We leave, Veld {cue}. “We stay,” she said." for cue in ("drawmbled", "said")]
read = {
    "marks": [[text[q.start : q.end] for q in find_quoted(text)] for text in texts],
    "cue": [read_cue(f"Veld {cue} it.", (5, 5 + len(cue)), (0, 4), False).lemma for cue in ("drawmbled", "drawmbling", "said")],
    "class": read_cue("Veld drawmbled it.", (5, 14), (0, 4), False).cue_class,
    "unit": [measure_at(f"12 {unit}", 2, 99) for unit in ("zubits", "zbt", "metres")],
    "rate": rate_at("12 a zubit", 2, 99),
    "money": money_at("12 zlorins", (0, 2), 99, False),
    "loaded": sorted({"spacy", "lemminflect"} & set(sys.modules)),
}
"""


def read_with(tmp_path: Path, lines: Mapping[str, str]) -> dict[str, Any]:
    """What the package reads whose tables have further lines: it is a copy of this one, but for what is linked to."""
    copy = tmp_path / "onrecord"
    copy.mkdir()
    for path in PACKAGE.iterdir():
        if path.name not in ("lexicon", "__pycache__"):
            (copy / path.name).symlink_to(path.resolve())
    shutil.copytree(PACKAGE / "lexicon", copy / "lexicon")
    for name, line in lines.items():
        with (copy / "lexicon" / "en" / name).open("a", encoding="utf-8") as out:
            out.write(line + "\n")
    code, environment = READ + "print(repr(read))", os.environ | {"PYTHONPATH": str(tmp_path)}
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    return dict(ast.literal_eval(ran.stdout))


def test_a_cue_verb_a_unit_and_a_currency_are_a_line_each(tmp_path: Path) -> None:
    scope: dict[str, Any] = {}
    exec(READ, scope)
    before = scope["read"]
    lines = {
        "cues.csv": "drawmble,verb,,claim,speech,",
        "units.csv": "zubit,measure,,zbt,zubit,,",
        "currencies.csv": "zlorin,name,zlorin,,,",
    }
    after = read_with(tmp_path, lines)
    assert (before["class"], after["class"]) == ("other", "claim")
    assert after["cue"] == ["drawmble", "drawmble", "say"]
    assert before["unit"] == [None, None, ("metre", 9)]
    assert after["unit"] == [("zubit", 9), ("zubit", 6), ("metre", 9)]
    assert (before["rate"], after["rate"]) == (None, ("zubit", 10))
    assert (before["money"], after["money"]) == (None, ("zlorin", 10))
    # as the network saw it: what the scanner does with its own verbs only
    assert after["marks"] == before["marks"] == [["“We leave, Veld drawmbled.", "“We stay,”"], ["“We leave,", "“We stay,”"]]
    assert after["loaded"] == []  # LemmInflect's package loads spaCy and hangs extensions on its tokens


def test_the_verbs_of_the_scanner_are_those_of_the_weights() -> None:
    """They may change only with a new form of weights, trained on what the scanner finds with them."""
    form = json.loads((PACKAGE / "quotes" / "weights" / "model.json").read_text())["form"]
    assert form == WEIGHTS_FORM
    verbs = "|".join(row.verb_form for row in table(ScannerVerbRow) if row.weights_form == 2)
    assert hashlib.sha256(verbs.encode()).hexdigest()[:16] == "2695c5901814f77e"
