"""Pages of the site that are made when it is built: from the schemas, the command line, the settings and the notebook.

MkDocs calls ``on_files`` (``hooks`` in mkdocs.yml). The rest needs no MkDocs, so that the tests can read the pages too.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.cli.app import make_parser
from onrecord.plugins import READERS
from onrecord.schemas import SCHEMA_VERSION, TABLES, Struct, Table, values_of
from onrecord.schemas.base import since_of
from onrecord.schemas.versions import parse_version

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

ROOT = Path(__file__).parent.parent
NOTEBOOKS = {"tutorial.md": "tutorial.ipynb", "analyses-notebook.md": "analyses.ipynb"}  # by the page that is made of each


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that are made to those that lie in ``docs``."""
    from mkdocs.structure.files import File

    for name, text in pages().items():
        files.append(File.generated(config, name, content=text))
    return files


def pages() -> dict[str, str]:
    """The text of each page that is made, by its file name."""
    return {
        "data-model.md": data_model(),
        "commands.md": commands(),
        "settings.md": settings(),
        **{page: notebook(json.loads((ROOT / "docs" / name).read_text(encoding="utf-8"))) for page, name in NOTEBOOKS.items()},
        "model-card.md": (ROOT / "pipeline/quotes/weights/MODEL_CARD.md").read_text(encoding="utf-8"),
        "changelog.md": (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"),
        "contributing.md": (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"),
    }


# ------------------------------------------------------------------ formats


def formats() -> str:
    """The table of formats in README: from the registry of readers, in the words of their own documentation."""
    lines = ["| format | files | what is read |", "|---|---|---|"]
    for name in READERS.names():
        reader = READERS.get(name)
        what = (type(reader).__doc__ or "").strip().partition("\n")[0].partition("``: ")[2].rstrip(".")
        files = " ".join(f"`{suffix}`" for suffix in reader.suffixes) or (
            "`https://…`" if reader.addresses else "told by their first bytes"
        )
        lines.append(f"| `{name}` | {files} | {what} |")
    return "\n".join(lines)


# ------------------------------------------------------------------ tables


def data_model() -> str:
    """Every table, its columns, their types and meanings, and every value that a closed column may have."""
    links = "\n".join(f"- [`{t.name}`](#{t.name}): {t.meaning}" for t in TABLES.values())
    opening = (
        f"Made from the schemas (version {SCHEMA_VERSION}) when this site was built; `onrecord schema` prints the same for "
        "the version that you have installed. A type with a question mark may be null. Offsets count Python code points of "
        "`documents.text`, the end is exclusive: `text[start:end]` is the recorded span."
    )
    return f"# The tables\n\n{opening}\n\n{links}\n\n" + "\n".join(map(_table, TABLES.values()))


def _table(table: Table) -> str:
    rest = "\n".join(line.strip() for line in (table.model.__doc__ or "").strip().split("\n")[1:]).strip()
    lines = [f"## {table.name}", "", table.meaning, "", *([rest, ""] if rest else [])]
    lines += [f"Sorted within a file by {', '.join(f'`{c}`' for c in table.sort_by)}.", ""]
    lines += ["| column | type | meaning |", "|---|---|---|"]
    closed: list[str] = []
    for column in table.arrow:
        kind = str(column.type).replace(" not null", "").replace("<", "&lt;") + ("?" if column.nullable else "")
        meaning = (column.metadata or {}).get(b"description", b"").decode()
        later = parse_version(since_of(column)) > parse_version(table.since)
        meaning += f" Since {since_of(column)}; null in older files." if later else ""
        field = table.model.model_fields[column.name]
        values = values_of(field.annotation)
        if values is not None:
            closed += ["", f"#### {table.name}.{column.name}", "", *_values(values)]
            meaning += f" One of [{len(values)} values](#{_anchor(f'{table.name}.{column.name}')})."
        lines.append(f"| `{column.name}` | {kind} | {_cell(meaning)}{_parts(field.annotation)} |")
    return "\n".join([*lines, *closed, ""])


def _values(values: dict[str, str]) -> list[str]:
    return ["| value | meaning |", "|---|---|", *(f"| `{value}` | {_cell(meaning)} |" for value, meaning in values.items())]


def _parts(annotation: Any) -> str:
    """The fields of a nested column."""
    inner = next((a for a in getattr(annotation, "__args__", ()) if isinstance(a, type) and issubclass(a, Struct)), None)
    if inner is None:
        return ""
    names = ", ".join(f"`{name}`" for name in inner.model_fields)
    return f" {_cell((inner.__doc__ or '').strip())} Fields: {names}."


def _anchor(heading: str) -> str:
    """The id that a heading gets in the page."""
    return re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-")


def _cell(text: str) -> str:
    return " ".join(text.replace("``", "`").replace("|", "\\|").split())


# ------------------------------------------------------------------ commands, settings


def commands() -> str:
    """The help of every command."""
    parser = make_parser()
    ((_, choices),) = [(a.dest, a.choices) for a in parser._actions if isinstance(a.choices, dict)]
    parts = ["# Commands\n\nWhat `onrecord COMMAND --help` prints.\n"]
    for name, command in {"onrecord": parser, **choices}.items():
        parts.append(f"## {name}\n\n```text\n{_help(command)}\n```\n")
    return "\n".join(parts)


def _help(command: Any) -> str:
    formatter = command.formatter_class
    command.formatter_class = lambda prog: formatter(prog, width=96)  # and not as wide as the terminal of whoever builds
    return str(command.format_help()).strip()


def settings() -> str:
    """The commented file of settings."""
    text = (ROOT / "configs/local.yaml").read_text(encoding="utf-8")
    opening = (
        "Every key of a configuration file (`--config FILE`), its default and its meaning: this is `configs/local.yaml`. A flag "
        "of the same name wins over the file. `configs/scheduled.yaml` is a shorter one for runs by a scheduler."
    )
    return f"# Settings\n\n{opening}\n\n```yaml\n{text}```\n"


# ------------------------------------------------------------------ notebook


def notebook(cells: dict[str, Any]) -> str:
    """A notebook as a page: its texts, its code, and what that printed."""
    out = []
    for cell in cells["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            out.append(source)
            continue
        out.append(f"```python\n{source}\n```")
        printed = "".join(printed_by(o) for o in cell["outputs"] if drawn_by(o) is None).rstrip("\n")
        if printed:
            out.append(f"```text\n{printed}\n```")
        out += [f'<div class="wide">{drawn_by(o)}</div>' for o in cell["outputs"] if drawn_by(o) is not None]
    return "\n\n".join(out) + "\n"


def drawn_by(output: dict[str, Any]) -> str | None:
    """The picture that an output of a notebook's cell is, in SVG; None if it is none."""
    drawn = output.get("data", {}).get("image/svg+xml")
    return None if drawn is None else "".join(drawn).strip()


def printed_by(output: dict[str, Any]) -> str:
    """The text of an output of a notebook's cell."""
    return "".join(output["text"] if output["output_type"] == "stream" else output["data"]["text/plain"])
