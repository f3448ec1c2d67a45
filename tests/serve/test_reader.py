"""The process that reads a text which is given to the page: it is begun when it is asked, and let go."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from typing import Any

import pytest

from onrecord.serve.reader import TextReader, told

pytestmark = pytest.mark.engine
TEXT = "“We will not wait,” said Ilse Tarn."


@pytest.fixture
def reader() -> Iterator[TextReader]:
    made = TextReader(rest=1.0)
    yield made
    made.close()


def said(reader: TextReader) -> list[Any]:
    return [q["speaker_name"] for q in reader.read(TEXT, told)["quotes"]]


def children(reader: TextReader) -> list[int]:
    return list(reader._pool._processes) if reader._pool is not None and reader._pool._processes else []


def is_there(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().split()[2] != "Z"
    except OSError:
        return False


def test_it_ends_when_nobody_asks_and_is_begun_anew(reader: TextReader) -> None:
    assert said(reader) == ["Ilse Tarn"]
    (own,) = children(reader)
    assert own != os.getpid() and said(reader) == ["Ilse Tarn"] and children(reader) == [own]
    for _ in range(200):
        if not is_there(own):
            break
        time.sleep(0.1)
    assert not is_there(own) and reader._pool is None
    assert said(reader) == ["Ilse Tarn"] and children(reader) != [own]


def test_one_that_was_killed_is_begun_anew(reader: TextReader) -> None:
    assert said(reader) == ["Ilse Tarn"]
    os.kill(children(reader)[0], signal.SIGKILL)
    assert said(reader) == ["Ilse Tarn"]
