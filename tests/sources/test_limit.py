"""The limit on an article's time: what is slow is interrupted wherever it runs, and nothing else is."""

from __future__ import annotations

import io
import json
import re
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from onrecord.sources.formats import Reading, read_records
from onrecord.sources.limit import TooSlow, within
from onrecord.sources.readers.html import _depth
from onrecord.sources.records import Refusal

from ..growth import assert_linear
from .pages import page

# so long that another interruption is due before its end, should a library swallow the first
LONG = "".join(f"<p>The harbour wall of street {n} gave way, the mayor said.{'<br>' * 40}</p>" for n in range(4000))


def spin() -> None:
    while True:
        try:
            sum(range(1000))
        except Exception:  # as libraries do
            continue


def search() -> None:
    re.match(r"(?:a+)+b", "a" * 60)  # as good as for ever, in one call


def anywhere(work: Callable[[], Any], in_main: bool) -> BaseException | None:
    """What a piece of work raises, here or in another thread."""
    raised: list[BaseException | None] = [None]

    def run() -> None:
        try:
            work()
        except BaseException as error:
            raised[0] = error

    if in_main:
        run()
    else:
        thread = threading.Thread(target=run)
        thread.start()
        thread.join(20)
        assert not thread.is_alive()
    return raised[0]


@pytest.mark.parametrize(("work", "in_main"), [(spin, True), (search, True), (spin, False)])
def test_what_takes_too_long_is_interrupted(work: Callable[[], None], in_main: bool) -> None:
    begun = time.process_time()
    assert isinstance(anywhere(lambda: within(0.1, work, "x"), in_main), TooSlow)
    assert time.process_time() - begun < 2


@pytest.mark.parametrize("in_main", [True, False])
def test_what_ends_in_time_is_not_interrupted_afterwards(in_main: bool) -> None:
    def work() -> None:
        for _ in range(50):
            assert within(0.05, lambda: 7, "x") == 7
        begun = time.thread_time()
        while time.thread_time() - begun < 0.15:
            sum(range(1000))

    assert anywhere(work, in_main) is None


@pytest.mark.timeout(10)
def test_an_interruption_in_a_thread_leaves_nothing_behind() -> None:
    """CPython 3.11 never ends a call under a profiler while it looks for an exception that was taken back."""
    assert isinstance(anywhere(lambda: within(0.1, spin, "x"), False), TooSlow)
    assert anywhere(lambda: within(0.1, int, "x"), False) is None
    before = sys.getprofile()
    sys.setprofile(lambda *_: None)
    try:
        assert (lambda: 7)() == 7
    finally:
        sys.setprofile(before)


def test_waiting_is_not_counted() -> None:
    assert within(0.05, lambda: time.sleep(0.2) or 7, "x") == 7


def reasons(data: bytes, uri: str, seconds: float) -> list[str | None]:
    records = read_records(io.BytesIO(data), uri, uri, Reading(article_seconds=seconds))
    return [r.reason if isinstance(r, Refusal) else None for r in records]


def test_a_page_that_takes_too_long_is_refused() -> None:
    assert reasons(page(), "a.html", 60) == [None]
    assert reasons(page(body=LONG), "a.html", 0.1) == ["too_slow"]


def test_a_line_that_takes_too_long_touches_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.sources.readers import json_lines

    real = json_lines.article_of
    monkeypatch.setattr(json_lines, "article_of", lambda row, *rest: spin() if row["text"] == "slow" else real(row, *rest))
    lines = b"".join(json.dumps({"text": t}).encode() + b"\n" for t in ("We go.", "slow", "They stay."))
    assert reasons(lines, "a.jsonl", 0.1) == [None, "too_slow", None]


UNFINISHED = ["<a-", "<p a-", "<", "<!--", "<p x='", "<![CDATA[", "<a<"]


@pytest.mark.parametrize("opening", UNFINISHED)
def test_tags_without_an_end_are_read_in_linear_time(opening: str) -> None:
    assert_linear(lambda size: _depth(page() + opening.encode() + b"a-" * (size // 2)), 15_000, 0.1)


# what is repeated in a page that a builder of harm has left open. Links without a paragraph of their own are not among them:
# the library's time on them grows with their square (a second on 4,000), and the limit on an article's time ends it
PAGES = {
    "p": "<p>", "paragraphs": "<p>we go there today", "div": "<div>we go</div>", "br": "a<br>b ", "span": "<span>a</span>",
    "items": "<li>a b c", "cells": "<td>we go", "comments": "<!--", "sections": "<![CDATA[x",
    "entities": "&amp;", "ends": "</div>", "spaces": " ", "no space": "ab", "marks": '"', "attributes": "<p a=b ",
    "nested": "<div>" * 200 + "we go" + "</div>" * 200, "scripts": "<script>a</script>", "dates": "1/1/2020 ", "bold": "<b>",
}  # fmt: skip


@pytest.mark.engine
@pytest.mark.parametrize("kind", PAGES)
def test_a_page_four_times_as_long_takes_at_most_six_times_as_long(kind: str) -> None:
    def work(size: int) -> None:
        data = page()[:-100] + (PAGES[kind] * (size // len(PAGES[kind]))).encode()
        list(read_records(io.BytesIO(data), "a.html", "a.html", Reading()))

    work(1000)
    assert_linear(work, 20_000, 0.3)


def test_a_date_of_a_whole_page_is_none_and_costs_no_time() -> None:
    line = json.dumps({"text": "We go.", "published_at": "1." * 40_000}).encode()
    begun = time.process_time()
    assert reasons(line, "a.jsonl", 60) == [None]
    assert time.process_time() - begun < 0.2
