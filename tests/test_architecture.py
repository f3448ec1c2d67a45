"""The rooms of the house and the arrows between them: imports run one way."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "pipeline"
# room: the rooms that it may import; what a room may import it may also take from the rooms within
FOR_ALL = {
    "diagnostics",
    "durable",
    "places",
    "plugins",
    "printable",
    "processes",
    "sieve",
    "schemas",
    "storage",
}  # small, and of no room above them
ROOMS = {
    "schemas": set(),
    "durable": set(),
    "places": set(),
    "storage": {"durable", "places"},
    "characters": set(),
    "printable": set(),
    "processes": set(),
    "sieve": set(),
    "plugins": set(),
    "diagnostics": {"printable"},
    "lexicon": {"schemas"},
    "text": {"characters", "lexicon", "schemas"},
    "quotes": {"lexicon", "schemas", "text"},
    "naming": {"lexicon", "schemas", "text"},
    "speakers": {"lexicon", "naming", "quotes", "schemas", "sieve", "text"},
    "figures": {"lexicon", "quotes", "schemas", "sieve", "text"},
    "reading": {"figures", "lexicon", "quotes", "schemas", "speakers", "text"},
    "sources": {"characters", "diagnostics", "plugins", "printable", "schemas"},
    "sources/readers": {"schemas", "sources", "sources/crawl", "sources/pages"},
    "sources/newsroom": {"printable", "schemas", "sources"},
    "sources/crawl": {"schemas", "sources", "sources/readers"},
    "sources/pages": {"printable", "schemas", "sources"},
    "sources/kafka": {"schemas", "sources"},
    "sources/web": {"durable", "places", "printable", "schemas", "sources", "storage"},
    "corrections": {"schemas", "text"},
    "store": {"corrections", "durable", "places", "schemas", "storage", "store/corrected", "store/delta"},
    "store/delta": {"durable", "places", "printable", "schemas", "storage", "store"},
    "store/care": {"durable", "places", "printable", "schemas", "storage", "store"},
    "store/corrected": {"corrections", "printable", "schemas", "storage", "store"},
    "people": {"corrections", "lexicon", "naming", "schemas", "store"},
    "report": {"durable", "plugins", "printable", "schemas"},
    "report/exporters": {"report"},
    "articles": {"reading", "schemas", "sources", "store", "text", "", *FOR_ALL},
    "serve": {"corrections", "printable", "processes", "report", "schemas", "storage", "store", ""},
    "transforms": {"articles", "people", "reading", "sources", "store", "text", "", *FOR_ALL},
    "jobs": {"articles", "corrections", "people", "reading", "sources", "store", "text", "transforms", "", *FOR_ALL},
    "jobs/handing": {"jobs", "reading", "sources", "sources/readers", "store", "", *FOR_ALL},
    "stream": {"jobs", "sources", "store", "transforms", "", *FOR_ALL},
    "evaluation": {"printable", "schemas", ""},
    "cli": {"corrections", "evaluation", "jobs", "report", "serve", "sources", "store", "stream", "text", "", *FOR_ALL},
    "": {"articles", "places", "reading", "schemas", "store", "transforms", "cli"},  # the package itself: what a user imports
}
BEAM = {"transforms", "jobs", "stream"}
# of transforms; what else is there is done without Beam as well: where no graph is needed, and in worker processes
KNOW_BEAM = {"composites", "filesystems", "folders", "services"}
MODULES = sorted(p.relative_to(ROOT) for p in (*ROOT.rglob("*.py"), *(ROOT / "schemas").glob("*.py")))
MOST_MODULES = 17  # in a room
MOST_LINES = 400  # of a module


def room_of(parts: Sequence[str]) -> str:
    """The room of a module, from its place in the package: the folder that it lies in, or its own name at the root."""
    return "/".join(parts[:-1]) or (parts[0] if parts and parts[0] in ROOMS else "")


def imports(path: Path) -> Iterator[tuple[str, ...]]:
    """Modules of this package that a file imports, as places in it, and ``("apache_beam",)``; within functions too."""
    package = path.parent.parts
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((name,) for a in node.names if (name := a.name.split(".")[0]) == "apache_beam")
        elif isinstance(node, ast.ImportFrom):
            module = tuple(node.module.split(".")) if node.module else ()
            if not node.level:
                if module[0] == "apache_beam":
                    yield module[:1]
                if module[0] != "onrecord":
                    continue
                base = module[1:]
            else:
                base = (*package[: len(package) - node.level + 1], *module)
            for alias in node.names:
                inner = (*base, alias.name)
                if (ROOT.joinpath(*inner)).is_dir() or ROOT.joinpath(*inner).with_suffix(".py").exists():
                    yield (*inner, "__init__") if ROOT.joinpath(*inner).is_dir() else inner
                else:
                    yield (*base, "__init__") if not base or ROOT.joinpath(*base).is_dir() else base


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_arrows_run_one_way(path: Path) -> None:
    room = room_of(path.with_suffix("").parts)
    for module in imports(path):
        if module == ("apache_beam",):
            assert room in BEAM and (room != "transforms" or path.stem in KNOW_BEAM), f"{path} imports Beam"
            continue
        target = room_of(module)
        allowed = {room, *ROOMS[room]}
        assert target in allowed or target.split("/")[0] in ROOMS[room], f"{path} imports {'.'.join(module)}"


def test_no_circle_of_rooms() -> None:
    """Rooms within one count as that one."""
    left = {room: {r for r in allowed if r} for room, allowed in ROOMS.items() if room and "/" not in room}
    left = {room: {r.split("/")[0] for r in allowed} - {room} for room, allowed in left.items()}
    while free := {room for room, allowed in left.items() if not allowed & left.keys()}:
        left = {room: allowed for room, allowed in left.items() if room not in free}
    assert not left


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_no_file_is_two_things(path: Path) -> None:
    assert len((ROOT / path).read_text(encoding="utf-8").splitlines()) <= MOST_LINES


def test_a_class_name_means_one_thing() -> None:
    """But a row that is published may be called as what it is made of."""
    names = Counter(
        node.name
        for path in MODULES
        for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    )
    assert {name for name, n in names.items() if n > 1} <= {"Paragraph"}


def test_no_room_is_crowded() -> None:
    rooms = Counter(path.parent for path in MODULES)
    assert {str(room): n for room, n in rooms.items() if n > MOST_MODULES} == {}
