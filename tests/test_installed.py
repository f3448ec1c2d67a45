"""The package as it is installed: the wheel, made from the checkout or from the sdist, in a bare environment; and editable."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from .conftest import SAMPLES, complaints

pytestmark = [pytest.mark.engine, pytest.mark.timeout(900)]
ROOT = Path(__file__).parent.parent
# a user's own modules, with the names that this repository has for its folders
OWN = ("schemas.py", "pipeline.py", "configs.py")
LOOK = """
import time
begun = time.perf_counter()
import onrecord
seconds = time.perf_counter() - begun
import json, sys
heavy = sorted({"apache_beam", "spacy", "pyarrow", "pydantic", "onnxruntime"} & sys.modules.keys())
given = [onrecord.schemas.QUOTES.name, onrecord.transforms.ExtractQuotes.__name__, onrecord.load()("It snowed.").text]
given += sorted(onrecord.tables(sys.argv[1]))
print(json.dumps({"seconds": seconds, "heavy": heavy, "given": given, "file": onrecord.__file__}))
"""


def run(*command: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    env = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"} | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    done = subprocess.run([str(c) for c in command], cwd=cwd, env=env, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    return done


def copy_of_checkout(target: Path) -> Path:
    """What git knows, or would, links as links: building leaves its traces there."""
    listed = run("git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", cwd=ROOT).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_symlink() or (ROOT / name).exists():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name, follow_symlinks=False)
    return target


def package_files(checkout: Path) -> set[str]:
    """Names in the wheel of all files of the package, each once."""
    folders = {"pipeline": "onrecord", "schemas": "onrecord/schemas", "configs": "onrecord/configs"}
    found = set()
    for folder, name in folders.items():
        for path in (checkout / folder).rglob("*"):
            place = path.relative_to(checkout / folder)
            if path.is_file() and (folder != "pipeline" or place.parts[0] not in folders):  # whether links are followed or not
                found.add(f"{name}/{place.as_posix()}")
    return found


def contents(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        return sorted(archive.namelist())


def use(python: Path, folder: Path, output: Path) -> None:
    """What a user does first, in a folder with modules called as our folders are."""
    folder.mkdir(exist_ok=True)
    for name in OWN:
        (folder / name).write_text("raise ImportError('the user’s own')\n")
    assert run(python, "-m", "onrecord", "--version", cwd=folder).stdout.startswith("onrecord ")
    done = run(python.parent / "onrecord", "run", SAMPLES, "--output", output, cwd=folder)
    assert done.stdout.startswith("documents    16 new") and complaints(done.stderr) == []
    told = [json.loads(run(python, "-c", LOOK, output, cwd=folder).stdout) for _ in range(3)]
    assert min(t["seconds"] for t in told) < 0.1 and told[0]["heavy"] == []
    assert told[0]["given"][:3] == ["quotes", "ExtractQuotes", "It snowed."] and "figures" in told[0]["given"]
    assert Path(told[0]["file"]).name == "__init__.py"


def test_wheel_sdist_and_editable_are_one_package(tmp_path: Path) -> None:
    checkout = copy_of_checkout(tmp_path / "checkout")
    expected = package_files(checkout)
    run(sys.executable, "-m", "venv", "--upgrade-deps", tmp_path / "venv", cwd=tmp_path)
    python = tmp_path / "venv/bin/python"
    pip: Sequence[object] = (python, "-m", "pip", "--quiet")

    run(*pip, "wheel", "--no-deps", "--wheel-dir", tmp_path / "wheel", checkout, cwd=tmp_path)
    (wheel,) = (tmp_path / "wheel").iterdir()
    names = contents(wheel)
    assert {n for n in names if not n.split("/")[0].endswith(".dist-info")} == expected
    assert {Path(n).name for n in names if "/licenses/" in n} == {"LICENSE", "NOTICE"}
    installed = run(*pip, "install", wheel, cwd=tmp_path)
    assert installed.stderr == ""  # no warning
    use(python, tmp_path / "user", tmp_path / "out")

    run(*pip, "install", "setuptools>=77", cwd=tmp_path)
    make = "import sys, setuptools.build_meta as build; build.build_sdist(sys.argv[1])"
    run(python, "-c", make, tmp_path / "sdist", cwd=checkout)
    (sdist,) = (tmp_path / "sdist").iterdir()
    run(*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", tmp_path / "again", sdist, cwd=tmp_path)
    (again,) = (tmp_path / "again").iterdir()
    assert contents(again) == names

    run(*pip, "install", "--no-deps", "--no-build-isolation", "--editable", checkout, cwd=tmp_path)
    use(python, tmp_path / "user", tmp_path / "out editable")
    where = run(python, "-c", "import onrecord; print(onrecord.__file__)", cwd=tmp_path / "user").stdout
    assert Path(where.strip()).is_relative_to(checkout)


def test_the_package_shows_what_it_offers() -> None:
    code = "from onrecord import *; print(*sorted(n for n in globals() if n[0] != '_')); import onrecord; print(*dir(onrecord))"
    names, shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.splitlines()
    assert names.split() == ["load", "read_batch", "schemas", "tables", "transforms"] and {*names.split()} <= {*shown.split()}
