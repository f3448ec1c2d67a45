"""Each command, killed before any step of its own, is finished by the next ones: equal tables, and nothing half done.

``ONRECORD_KILL_CASES=0:200`` runs more cases than the twelve of every build.
"""

from __future__ import annotations

import os
import random
import signal
from pathlib import Path

import pytest

from . import disk
from .conftest import all_rows
from .scenarios import COMMANDS, Scenarios
from .test_takedown import kept_aliases, traces

FIRST, LAST = map(int, os.environ.get("ONRECORD_KILL_CASES", "0:12").split(":"))
# 12, 110: an article forgotten, and rejects retried, killed between the commit and what is swept after it
CASES = sorted({*range(FIRST, LAST), 12, 110})

pytestmark = pytest.mark.fault


@pytest.fixture(scope="module")
def scenarios(tmp_path_factory: pytest.TempPathFactory) -> Scenarios:
    return Scenarios(tmp_path_factory.mktemp("kills"))


@pytest.mark.parametrize("case", CASES)
def test_the_next_command_finishes_what_was_killed(scenarios: Scenarios, tmp_path: Path, case: int) -> None:
    name, rng = COMMANDS[case % len(COMMANDS)], random.Random(case)
    expected, steps = scenarios.undisturbed(name)
    output = scenarios.copy(name, tmp_path / "case")
    step = rng.randint(1, steps)
    ended = disk.killed(scenarios.argv(name, output), output.parent, tmp_path / "log", step)
    assert ended == -signal.SIGKILL, (tmp_path / "log").read_text()
    told = f"{name} killed before step {step} of {steps}"
    if name == "forget" and list(output.glob("_work/*/plan.json")):  # it had begun: any command finishes it
        scenarios.again(rng.choice(["run", "people", "compact", "reprocess"]), output)
        assert traces(output) == [], told
        output = scenarios.copy(name, tmp_path / "twice")  # and so does the same
        disk.killed(scenarios.argv(name, output), output.parent, tmp_path / "log", step)
    scenarios.again(name, output)
    assert all_rows(output) == expected, told
    assert disk.problems_of(output) == [], told
    assert not list((output / "_work").iterdir()), told
    if name == "forget":
        assert traces(output) == [], told
    if name == "people":
        kept = kept_aliases(output)  # those of before among them
        assert kept == kept_aliases(scenarios.folder / "undisturbed" / name / "out") and "Bo Lund,Boris Lund" in kept, told
