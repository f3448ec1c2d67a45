"""A loss of power at any step of any command loses nothing that was told as done, and nothing fails for ever after it.

``ONRECORD_CUT_CASES=200`` runs more cases than the twenty of every build.
"""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest

from . import disk
from .conftest import all_rows
from .scenarios import COMMANDS, Scenarios
from .test_takedown import traces

EACH = -(-int(os.environ.get("ONRECORD_CUT_CASES", "20")) // len(COMMANDS))

pytestmark = pytest.mark.fault


@pytest.fixture(scope="module")
def scenarios(tmp_path_factory: pytest.TempPathFactory) -> Scenarios:
    return Scenarios(tmp_path_factory.mktemp("cuts"))


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("name", COMMANDS)
def test_the_next_command_goes_on_from_what_was_synced(scenarios: Scenarios, tmp_path: Path, name: str) -> None:
    expected, steps = scenarios.undisturbed(name)
    rng = random.Random(name)
    cuts = frozenset(rng.randint(1, steps) for _ in range(EACH))
    output = scenarios.copy(name, tmp_path / "disk")
    assert disk.cut_off(scenarios.argv(name, output), output.parent, tmp_path, tmp_path / "log", cuts) in (0, 3)
    assert all_rows(output) == expected
    for n, cut in enumerate(sorted(cuts)):
        left = tmp_path / f"{cut}-{('strict', 'names')[n % 2]}" / "out"
        told = f"{name} cut off before step {cut} of {steps}, {left.parent.name}"
        if name != "repair" and (left / "_runs").exists():  # what is to be repaired is damaged from the first
            assert disk.problems_of(left) == [], told
        scenarios.again(name, left)
        assert all_rows(left) == expected, told
        assert disk.problems_of(left) == [], told
        assert not list((left / "_work").iterdir()), told
        if name == "forget":
            assert traces(left) == [], told
        shutil.rmtree(left.parent)


def test_what_was_published_lasts(scenarios: Scenarios, tmp_path: Path) -> None:
    """The last step of a command comes after all that it has told of; power that goes right after it takes nothing."""
    expected, steps = scenarios.undisturbed("run")
    output = scenarios.copy("run", tmp_path / "disk")
    disk.cut_off(scenarios.argv("run", output), output.parent, tmp_path, tmp_path / "log", frozenset([steps]))
    for kind in ("strict", "names"):
        left = tmp_path / f"{steps}-{kind}" / "out"
        assert all_rows(left) == expected and disk.problems_of(left) == []
