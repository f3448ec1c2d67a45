"""The documentation as a site: what is made from the code is whole, the drawing is true, the notebook prints what it shows."""

from __future__ import annotations

import functools
import http.server
import json
import os
import re
import subprocess
import sys
import threading
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
import yaml

from onrecord.cli.commands import COMMANDS
from onrecord.report.asked import view_names
from onrecord.schemas import TABLES, values_of
from onrecord.store.analyses import ANALYSES

from .documents import DOCS, ROOT, maker
from .test_architecture import ROOMS

COLUMNS = [(table, name) for table in TABLES.values() for name in table.model.model_fields]
SVG = "{http://www.w3.org/2000/svg}"
NOTEBOOKS = [DOCS / "tutorial.ipynb", DOCS / "analyses.ipynb"]
PICTURE = "image/svg+xml"
FORMS = sorted(p for p in (ROOT / ".github/ISSUE_TEMPLATE").iterdir() if p.name != "config.yml")


@pytest.mark.parametrize(("table", "name"), COLUMNS, ids=[f"{t.name}.{n}" for t, n in COLUMNS])
def test_every_column_is_described_and_every_closed_value(table: Any, name: str) -> None:
    field = table.model.model_fields[name]
    assert field.description
    for value, meaning in (values_of(field.annotation) or {}).items():
        assert meaning, f"{table.name}.{name}: {value!r} has no meaning; give it one in schemas/values.py"


def test_a_value_without_a_meaning_is_told() -> None:
    assert values_of(Literal["clear", "foggy"] | None) == {"clear": "", "foggy": ""}
    assert values_of(str | None) is None


def test_data_model_lists_all() -> None:
    page = maker().data_model()
    for table, name in COLUMNS:
        own = page.split(f"\n## {table.name}\n")[1].split("\n## ")[0]
        assert f"| `{name}` | " in own
        values = values_of(table.model.model_fields[name].annotation)
        if values is not None:
            listed = own.split(f"#### {table.name}.{name}\n")[1].split("\n####")[0]
            assert re.findall(r"^\| `([^`]+)` \| \S", listed, re.MULTILINE) == list(values)


def test_commands_are_all_there() -> None:
    page = maker().commands()
    assert sorted(re.findall(r"^## ([\w-]+)$", page, re.MULTILINE)) == sorted(["onrecord", *COMMANDS])
    assert page.count("usage: onrecord") == len(COMMANDS) + 1


def test_settings_are_the_file() -> None:
    assert (ROOT / "configs/local.yaml").read_text(encoding="utf-8") in maker().settings()


def test_drawing_has_every_room_and_imports_go_down() -> None:
    """``""`` is the package itself, and ``a/b`` a room within another."""
    drawn = {
        g.attrib["data-room"]: float(g.find(f"{SVG}rect").attrib["y"])  # type: ignore[union-attr]
        for g in ElementTree.parse(DOCS / "architecture.svg").iter(f"{SVG}g")
        if "data-room" in g.attrib
    }
    whole = {room for room in ROOMS if room and "/" not in room}
    assert set(drawn) == whole
    for room, allowed in ROOMS.items():
        top = room.split("/")[0]
        for target in {t.split("/")[0] for t in allowed} - {top, ""}:
            assert not top or drawn[target] > drawn[top], f"{top} imports {target}, which is not drawn below it"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_notebook_is_clean(path: Path) -> None:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    code = [c for c in notebook["cells"] if c["cell_type"] == "code"]
    assert len(code) >= 9 and sum(bool(c["outputs"]) for c in code) >= 7
    for cell in code:
        assert cell["execution_count"] is None and cell["metadata"] == {}
        for output in cell["outputs"]:
            assert output["output_type"] in ("stream", "execute_result") and output.get("name") != "stderr"
            assert output.get("execution_count") is None and set(output.get("data", ["text/plain"])) - {PICTURE} == {"text/plain"}
            assert not re.search(r"/tmp|/home|/root", maker().printed_by(output))


def test_notebook_as_a_page() -> None:
    page = maker().pages()["tutorial.md"]
    assert page.startswith("# Tutorial\n")
    assert "```python\nimport onrecord\n" in page and "│ Ada Quist " in page


def test_each_view_for_analyses_has_a_query_and_a_picture() -> None:
    """Those of the page are those that the notebook draws."""
    notebook = json.loads((DOCS / "analyses.ipynb").read_text(encoding="utf-8"))
    page, drawn, view = (DOCS / "analyses.md").read_text(encoding="utf-8"), dict[str, str](), ""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            view = (re.match(r"## `(\w+)`", "".join(cell["source"])) or ["", ""])[1]
        elif pictures := [p for o in cell["outputs"] if (p := maker().drawn_by(o)) is not None]:
            assert f"FROM {view}" in "".join(cell["source"])
            (drawn[view],) = pictures
    views = {"quotes_by_month", "outlets", "who_quotes_whom", "gender_share", "claims", "first_said"}
    assert drawn.keys() == views == set(view_names(ANALYSES)) - {"latest_quotes", "latest_figures"}
    for view, picture in drawn.items():
        assert (DOCS / "pictures" / f"{view}.svg").read_text(encoding="utf-8").strip() == picture
        assert (
            f"FROM {view}\n" in page and f"(pictures/{view}.svg)" in page and picture in maker().pages()["analyses-notebook.md"]
        )


@pytest.mark.parametrize("form", FORMS, ids=lambda p: p.stem)
def test_issue_forms(form: Path) -> None:
    told = yaml.safe_load(form.read_text(encoding="utf-8"))
    assert told["name"] and told["description"]
    ids = [part["id"] for part in told["body"] if part["type"] != "markdown"]
    assert len(ids) == len(set(ids)) >= 3
    for part in told["body"]:
        assert part["type"] in ("markdown", "textarea", "input", "dropdown", "checkboxes")
        assert part["type"] == "markdown" or part["attributes"]["label"]
        assert part["type"] not in ("dropdown", "checkboxes") or part["attributes"]["options"]


def test_checks_elsewhere_are_those_of_here() -> None:
    job = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8"))["jobs"]["run"]
    assert [step["run"] for step in job["steps"] if "run" in step] == [".ci/run"]
    (repo,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    assert {hook["entry"].split()[2] for hook in repo["hooks"]} == {"ruff", "mypy"}


def test_citation() -> None:
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= set(cited)
    assert cited["license"] == "Apache-2.0"


# ------------------------------------------------------------------ with the extra 'docs'


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built with warnings as errors (not quietly: what is not said is not counted)."""
    out = tmp_path_factory.mktemp("site")
    build = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(out)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stdout + done.stderr
    return out


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.mark.docs
@pytest.mark.parametrize("width", [1200, 390])
def test_site_asks_no_other_host_and_fits(site: Path, address: str, width: int) -> None:
    from playwright.sync_api import sync_playwright

    from .report.test_browser import CHROMIUM, FLAGS

    pages = sorted(str(p.relative_to(site)) for p in site.rglob("*.html"))
    assert len(pages) >= 24
    asked: list[str] = []
    wrong: list[str] = []
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: message.type == "error" and wrong.append(f"{page.url}: {message.text}"))
        for name in pages:
            if name == "404.html":
                continue
            page.goto(f"{address}/{name}", wait_until="load")
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wrong.append(f"{name} is wider than {width}")
        page.goto(f"{address}/index.html?q=takedown")  # what is searched for may stand in the address
        page.locator(".md-search-result__link").first.wait_for(state="attached", timeout=60_000)
        browser.close()
    assert {urlsplit(url).netloc for url in asked if not url.startswith("data:")} == {urlsplit(address).netloc}
    assert wrong == []


@pytest.mark.docs
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_notebook_prints_what_it_shows(path: Path) -> None:
    import nbformat
    from nbclient import NotebookClient

    shown = nbformat.read(path, as_version=4)
    executed = nbformat.read(path, as_version=4)
    os.environ.setdefault("PYTHONPATH", str(ROOT / "src"))
    NotebookClient(executed, timeout=120, kernel_name="python3").execute()
    for before, after in zip(shown.cells, executed.cells, strict=True):
        printed = ["".join(map(maker().printed_by, cell.get("outputs", []))) for cell in (before, after)]
        drawn = [list(map(maker().drawn_by, cell.get("outputs", []))) for cell in (before, after)]
        assert printed[0] == printed[1] and drawn[0] == drawn[1], before.source
