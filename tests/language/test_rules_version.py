"""The version of the rules: what it tells of, that rows carry it, and that it changes when rows do."""

from __future__ import annotations

import fnmatch
import json
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onrecord.reading import version
from onrecord.reading.version import data_files, rules_version

from .. import golden_rows

PACKAGE = Path(version.__file__).parents[1]


@pytest.fixture
def _read_anew() -> Iterator[None]:
    rules_version.cache_clear()
    yield
    rules_version.cache_clear()


def test_rows_are_those_stored(nlp: Any) -> None:
    told = golden_rows.what_to_do(json.loads(golden_rows.STORED.read_text(encoding="utf-8")), golden_rows.today(nlp))
    assert told is None, told


def test_rows_that_change_ask_for_another_version() -> None:
    stored = {"model_version": "m", "rules_version": "1-a", "rows": {"x.txt, 1": "0", "y.txt, 1": "0"}}
    changed = stored["rows"] | {"y.txt, 1": "1"}
    told = golden_rows.what_to_do(stored, stored | {"rows": changed})
    assert told == (
        "1 rows changed, such as 'y.txt, 1': raise RULES in pipeline/reading/version.py and "
        "run 'python -m tests.golden_rows' to store them"
    )
    for now in ({"rules_version": "2-a", "rows": changed}, {"model_version": "n", "rows": changed}):
        told = golden_rows.what_to_do(stored, stored | now)
        assert told is not None and "RULES" not in told and "store them" in told
    more = golden_rows.what_to_do(stored, stored | {"rows": stored["rows"] | {"z.txt, 1": "0"}})
    assert more is not None and "RULES" not in more
    assert golden_rows.what_to_do(stored, stored | {"rules_version": "1-b"}) is None


@pytest.mark.usefixtures("_read_anew")
def test_the_number_and_every_file_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = rules_version()
    assert now.startswith(f"{version.RULES}-")
    monkeypatch.setattr(version, "RULES", version.RULES + 1)
    rules_version.cache_clear()
    assert rules_version().partition("-")[2] == now.partition("-")[2] and rules_version() != now
    monkeypatch.undo()
    copies = {p: tmp_path / p.relative_to(PACKAGE) for p in data_files()}
    for path, copy in copies.items():
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    monkeypatch.setattr(version, "_PACKAGE", tmp_path)
    rules_version.cache_clear()
    assert rules_version() == now  # wherever the package lies
    seen = {now}
    for copy in copies.values():
        copy.write_bytes(copy.read_bytes() + b"\n")
        rules_version.cache_clear()
        assert rules_version() not in seen
        seen.add(rules_version())
    (tmp_path / "lexicon" / "xx").mkdir()
    (tmp_path / "lexicon" / "xx" / "words.csv").write_text("word\n")
    rules_version.cache_clear()
    assert rules_version() not in seen  # nobody has to list a new file


def test_all_that_rules_go_by_is_in_the_wheel() -> None:
    """Every file of the rooms that is no code is told by a version, and is packed."""
    listed = subprocess.run(["git", "ls-files", *version._ROOMS], cwd=PACKAGE, capture_output=True, text=True).stdout.split()
    if not listed:
        pytest.skip("no checkout")
    files = {f for f in listed if not f.endswith(".py") and not f.startswith("quotes/weights/")}
    assert files == {p.relative_to(PACKAGE).as_posix() for p in data_files()}
    packed = tomllib.loads(Path("pyproject.toml").read_text())["tool"]["setuptools"]["package-data"]["onrecord"]
    patterns = [*packed, *(p.replace("**/", "") for p in packed)]
    assert [f for f in files if not any(fnmatch.fnmatch(f, p) for p in patterns)] == []


def test_it_costs_nothing_to_know() -> None:
    code = (
        "import sys, onrecord.reading.version as v; v.rules_version(); print({'spacy', 'numpy', 'pyarrow'} & sys.modules.keys())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_rows_tell_it(nlp: Any) -> None:
    doc = nlp("“We will not wait,” said Ilse Tarn. More than 300 people were evacuated.")
    rows = [*doc._.quotes, *doc._.figures]
    assert len(rows) >= 2 and {r.rules_version for r in rows} == {rules_version()}
