"""The rooms of the house and the arrows between them: imports run one way."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# room: what it may import of the house
ROOMS = {
    "schemas": set(),
    "pipeline/language": {"schemas", "pipeline"},
    "pipeline/sources": {"schemas"},
    "pipeline/store": {"schemas"},
    "pipeline/evaluation": {"schemas", "pipeline"},
    "pipeline/report": {"schemas", "pipeline", "pipeline/printable"},
    "pipeline/transforms": {"schemas", "pipeline", "pipeline/language", "pipeline/sources", "pipeline/store"},
    "pipeline/graph": {"schemas", "pipeline/language", "pipeline/sources", "pipeline/store", "pipeline/transforms"},
    "pipeline/config": {"pipeline/language", "pipeline/sources"},
    "pipeline/engine": {"pipeline/config"},
    "pipeline/summary": {"pipeline/sources", "pipeline/store"},
    "pipeline/plan": {
        "schemas", "pipeline", "pipeline/config", "pipeline/engine", "pipeline/language", "pipeline/sources", "pipeline/store",
        "pipeline/transforms",
    },
    "pipeline/people": {
        "schemas", "pipeline", "pipeline/config", "pipeline/engine", "pipeline/graph", "pipeline/language", "pipeline/store",
    },
    "pipeline/ingest": {
        "schemas", "pipeline", "pipeline/config", "pipeline/engine", "pipeline/graph", "pipeline/people", "pipeline/plan",
        "pipeline/sources", "pipeline/store", "pipeline/summary", "pipeline/transforms",
    },
    "pipeline/run": {
        "pipeline/config", "pipeline/engine", "pipeline/ingest", "pipeline/people", "pipeline/plan", "pipeline/sources",
        "pipeline/store", "pipeline/summary", "pipeline/takedown",
    },
    "pipeline/takedown": {
        "schemas", "pipeline/config", "pipeline/engine", "pipeline/people", "pipeline/sources", "pipeline/store",
    },
    "pipeline/reprocess": {
        "schemas", "pipeline", "pipeline/config", "pipeline/engine", "pipeline/graph", "pipeline/language", "pipeline/people",
        "pipeline/ingest", "pipeline/store", "pipeline/transforms",
    },
    "pipeline/upkeep": {
        "schemas", "pipeline", "pipeline/config", "pipeline/engine", "pipeline/ingest", "pipeline/language", "pipeline/reprocess",
        "pipeline/run", "pipeline/store", "pipeline/takedown",
    },
    "pipeline/retry": {
        "schemas", "pipeline/config", "pipeline/engine", "pipeline/ingest", "pipeline/plan", "pipeline/run", "pipeline/sources",
        "pipeline/store", "pipeline/summary", "pipeline/transforms",
    },
    "pipeline/repair": {
        "pipeline", "pipeline/config", "pipeline/engine", "pipeline/ingest", "pipeline/people", "pipeline/reprocess",
        "pipeline/store", "pipeline/upkeep",
    },
    "pipeline/watch": {"pipeline/config", "pipeline/engine", "pipeline/run", "pipeline/summary", "pipeline/transforms"},
    "pipeline/durable": set(),
    "pipeline/ending": {"pipeline/printable"},
    "pipeline/stop": set(),
    "pipeline/printable": set(),
    "pipeline/terminal": {"pipeline/printable", "pipeline/summary"},
}  # fmt: skip
FOR_ALL = {"pipeline/durable"}  # how files are written
BEAM = {"pipeline/transforms", "pipeline/graph", "pipeline/engine"}
MODULES = sorted(p.relative_to(ROOT) for top in ("schemas", "pipeline") for p in (ROOT / top).rglob("*.py"))


def room_of(module: str) -> str:
    parts = module.split("/")
    return parts[0] if parts[0] == "schemas" or len(parts) == 1 else "/".join(parts[:2])


def imports(path: Path) -> set[str]:
    """Modules that a file imports, as paths from the root; imports within functions count too."""
    package = path.parent.parts
    found = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {a.name.replace(".", "/") for a in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = "/".join([*base, *(node.module or "").split(".")]).rstrip("/")
            # "from . import x" names a module if there is one
            files = {
                f"{module}/{a.name}"
                for a in node.names
                if (ROOT / module / f"{a.name}.py").exists() or (ROOT / module / a.name).is_dir()
            }
            found |= files or {module}
    return found


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_arrows_run_one_way(path: Path) -> None:
    room = room_of(str(path.with_suffix("")))
    for module in imports(path):
        if module.split("/")[0] == "apache_beam":
            assert room in BEAM, f"{path} imports Beam"
        if module.split("/")[0] not in ("schemas", "pipeline") or room in (
            "pipeline",
            "pipeline/cli",
            "pipeline/commands",
            "pipeline/views",
            "pipeline/__main__",
            "pipeline/__init__",
        ):
            continue
        target = room_of(module)
        assert target == room or target in ROOMS[room] | FOR_ALL, f"{path} imports {module}"


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_no_file_is_two_things(path: Path) -> None:
    assert len((ROOT / path).read_text(encoding="utf-8").splitlines()) <= 400
