"""The texts that are tested: README and the pages of the documentation, also those that are made, and their blocks of code."""

from __future__ import annotations

import importlib.util
import re
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


class Block(NamedTuple):
    """A fenced block: the page it stands in, its place there, what it is called, its text and that of the block after it."""

    page: str
    number: int
    kind: str
    text: str
    following: str


@cache
def maker() -> ModuleType:
    """``docs/pages.py``, which makes pages when the site is built."""
    spec = importlib.util.spec_from_file_location("docs_pages", DOCS / "pages.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def written() -> dict[str, str]:
    """Every text written by hand, by its path."""
    paths = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", *sorted(DOCS.rglob("*.md"))]
    return {str(p.relative_to(ROOT)): p.read_text(encoding="utf-8") for p in paths}


@cache
def blocks(*kinds: str) -> list[Block]:
    """The blocks of these kinds in all written texts."""
    out = []
    for page, text in written().items():
        found = re.findall(r"^```(\w*)\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
        for n, (kind, block) in enumerate(found):
            if kind in kinds:
                out.append(Block(page, n, kind, block, found[n + 1][1] if n + 1 < len(found) else ""))
    return out
