"""Quality cannot slip: ``floors.json`` holds for each measure the floors it has had, the last of which holds.

Who has made something better appends a higher floor. A floor lower than the one before it needs a ``reason``; none is ever taken
out, which the history in git is asked for. ``ONRECORD_CASES`` may name a folder with further cases, ``quotes.jsonl`` and
``figures.jsonl``.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from .measures import OWN, gold_shares, read_cases, wrong_figures, wrong_in_specification, wrong_quotes

FILE = Path(__file__).parent / "floors.json"
Floors = dict[str, list[dict[str, Any]]]
FLOORS: Floors = json.loads(FILE.read_text(encoding="utf-8"))
GOLD = {
    "found": "gold passages: quotes found, percent",
    "right": "gold passages: right names of those found, percent",
    "not wrong": "gold passages: names not wrong of those found, percent",
}
SPECIFICATION = "figure specification: sentences read as specified"
CASES = {"quotes": wrong_quotes, "figures": wrong_figures}


def hold(measure: str, reached: float, wrong: object = "") -> None:
    floor = FLOORS[measure][-1]["floor"]
    assert reached >= floor, f"{measure}: {reached:.2f}, below the floor of {floor} {wrong}"


def faults(floors: Floors, before: Floors) -> list[str]:
    """What is wrong with a change of the floors: some were taken out, or lowered without a reason."""
    lost = [m for m, history in before.items() for entry in history if entry not in floors.get(m, [])]
    lowered = [m for m, of in floors.items() for a, b in pairwise(of) if b["floor"] < a["floor"] and not b.get("reason")]
    told = [f"{m}: an earlier floor is gone; append the new one" for m in lost]
    return told + [f"{m}: lowered without a reason" for m in lowered]


def test_gold_passages(nlp: Any) -> None:
    for name, share in gold_shares(nlp).items():
        hold(GOLD[name], share)


def test_figure_specification() -> None:
    right, wrong = wrong_in_specification()
    hold(SPECIFICATION, right, wrong)


@pytest.mark.parametrize("kind", CASES)
def test_own_cases(kind: str, nlp: Any) -> None:
    cases = read_cases(OWN / f"{kind}.jsonl")
    assert len({c["id"] for c in cases}) == len(cases)
    wrong = CASES[kind](cases, nlp)
    hold(f"own cases of {kind}: right", len(cases) - len(wrong), [c["text"] for c in cases if c["id"] in wrong])


@pytest.mark.skipif("ONRECORD_CASES" not in os.environ, reason="ONRECORD_CASES names no folder of further cases")
@pytest.mark.parametrize("kind", CASES)
def test_further_cases(kind: str, nlp: Any) -> None:
    cases = read_cases(Path(os.environ["ONRECORD_CASES"]) / f"{kind}.jsonl")
    measure = f"{len(cases)} cases of {kind} in $ONRECORD_CASES: right"
    if measure not in FLOORS:
        pytest.skip(f"no floor is kept for {measure}")
    wrong = CASES[kind](cases, nlp)
    print(f"{measure}: {len(cases) - len(wrong)}")
    hold(measure, len(cases) - len(wrong), wrong)


def test_no_floor_was_lowered_without_a_reason() -> None:
    """Against every version of the file that git knows; outside of a checkout, within the file alone."""
    for version in [{}, *_versions()]:
        assert faults(FLOORS, version) == []


def _versions() -> list[Floors]:
    def git(*words: str) -> str:
        if shutil.which("git") is None:
            return ""
        done = subprocess.run(["git", "-c", "safe.directory=*", *words], cwd=FILE.parent, capture_output=True, text=True)
        return done.stdout if done.returncode == 0 else ""

    shown = [git("show", f"{commit}:./{FILE.name}") for commit in git("log", "--format=%H", "--", FILE.name).split()]
    return [json.loads(version) for version in shown if version]


@pytest.mark.parametrize(
    ("after", "said"),
    [
        ([{"floor": 9}, {"floor": 11}], []),
        ([{"floor": 9}, {"floor": 8, "reason": "two cases were judged wrongly"}], []),
        ([{"floor": 9}, {"floor": 8}], ["a: lowered without a reason"]),
        ([{"floor": 8}], ["a: an earlier floor is gone; append the new one"]),
        ([], ["a: an earlier floor is gone; append the new one"]),
    ],
)
def test_lowering_is_seen(after: list[dict[str, Any]], said: list[str]) -> None:
    assert faults({"a": after}, {"a": [{"floor": 9}]}) == said
