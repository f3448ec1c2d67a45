"""What the documentation tells of formats, against the registry of readers; its examples, read."""

from __future__ import annotations

import io
import re

import pytest

from onrecord.plugins import READERS
from onrecord.sources.formats import Reading, read_records
from onrecord.sources.records import RawArticle

from ..documents import maker, written

ROW = re.compile(r"^\| `(\w+)` \| ([^|]*) \| \S", re.MULTILINE)
EXAMPLES = re.findall(r"^`([\w.-]+)`\n\n```\w+\n(.*?)^```", written()["docs/formats.md"], re.MULTILINE | re.DOTALL)


def test_the_table_of_formats_is_that_of_the_registry() -> None:
    table = written()["docs/inputs.md"].split("## Formats")[1].split("\n\nEvery file")[0]
    told = {name: tuple(re.findall(r"`(\.[\w.]+)`", files)) for name, files in ROW.findall(table)}
    assert told == {name: READERS.get(name).suffixes for name in READERS.names()}


def test_the_table_in_readme_is_made_from_the_registry() -> None:
    assert f"{maker().formats()}\n\n" in written()["README.md"]


def test_every_format_of_text_has_an_example() -> None:
    shown = {suffix for name, _ in EXAMPLES for suffix in [name[name.index(".") :]]}
    assert {".mbox"} <= shown
    of_text = [n for n in READERS.names() if n not in ("docx", "pdf", "epub", "parquet", "warc", "feed", "databases")]
    assert [n for n in of_text if not shown & {*READERS.get(n).suffixes}] == []
    assert {"nexis.txt", "factiva.txt", "proquest.txt"} <= {name for name, _ in EXAMPLES}


@pytest.mark.parametrize(("name", "text"), EXAMPLES, ids=[name for name, _ in EXAMPLES])
def test_an_example_is_read(name: str, text: str) -> None:
    article, *_ = read_records(io.BytesIO(text.encode()), name, name, Reading())
    assert isinstance(article, RawArticle) and "Ann Veld" in article.text and article.notes == ()
    assert article.title in ("Wall gives way", None) and len(article.text) < 500
