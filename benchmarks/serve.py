"""``onrecord serve`` over many quotes: how long until the first answer, how long answers take, how much memory.

    python -m benchmarks.serve [--quotes 1000000] [--keep DIR] [--tries 20] [--browser]

The record is invented (``benchmarks.invented``); the first start makes the index, the second finds it. Each question is asked
under other words each time, so that no answer is kept from before; pages that have no words are asked once after the start.
``--browser`` types a search in Chromium (``$CHROMIUM``) and waits until its answer is laid out. Needs ``.[dev]``.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.invented import Words, write_record
from benchmarks.report import CHROMIUM, FLAGS

PAGES = ("/", "/speakers", "/shares", "/claims", "/claims?event=killed")  # asked once: their answers are kept


class Served:
    """A record that is served, and what its process holds."""

    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        self.pid = process.pid
        self.address = address
        self.site, self.token = address.split("/?token=")

    def ask(self, path: str) -> tuple[float, bytes]:
        """Milliseconds until an answer has come, and the answer."""
        request = urllib.request.Request(self.site + path, headers={"Authorization": f"Bearer {self.token}"})
        begin = time.perf_counter()
        with urllib.request.urlopen(request) as answer:
            body = answer.read()
        return 1000 * (time.perf_counter() - begin), body

    def memory(self, what: str) -> float:
        """MiB: ``VmRSS`` now, ``VmHWM`` at most."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(re.findall(rf"{what}:\s+(\d+) kB", status)[0]) / 1024


@contextmanager
def serving(folder: Path, cache: Path) -> Iterator[tuple[Served, float]]:
    """Serve; also the seconds from the start of the process to its first answer, a page with quotes."""
    begin = time.perf_counter()
    command = [sys.executable, "-m", "onrecord", "serve", str(folder), "--port", "0"]
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment)
    assert process.stdout is not None
    served = Served(process, process.stdout.readline().split(" at ")[1].strip())
    served.ask("/")
    try:
        yield served, time.perf_counter() - begin
    finally:
        process.send_signal(signal.SIGINT)
        if process.wait(20):
            raise SystemExit(f"onrecord serve ended with status {process.returncode}")


def questions(rng: random.Random, words: Words) -> dict[str, Callable[[], str]]:
    """What is asked, by what it is called: addresses, each time other ones."""
    often, seldom = words.words[:20], words.words[2000:]

    def search(**told: object) -> str:
        return f"/?{urlencode(told)}"

    def days() -> dict[str, str]:
        year = rng.randint(2022, 2025)
        return {"from": f"{year}-{rng.randint(1, 6):02d}-01", "to": f"{year}-{rng.randint(7, 12):02d}-28"}

    return {
        "a frequent word": lambda: search(q=rng.choice(often)),
        "a rare word": lambda: search(q=rng.choice(seldom)),
        "three frequent words": lambda: search(q=" ".join(rng.sample(often, 3))),
        "a phrase": lambda: search(q=f'"{rng.choice(often)} {rng.choice(often)}"'),
        "the beginning of a word": lambda: search(q=f"{rng.choice(seldom)[:3]}*"),
        "a speaker": lambda: search(by=words.words[60 + int(2000 * rng.random())]),
        "a speaker's word": lambda: search(by=words.words[60 + int(200 * rng.random())], q=rng.choice(often)),
        "an outlet in a time": lambda: search(pub=rng.choice(["Courier", "Post", "Wire"]), **days()),
        "all filters": lambda: search(q=rng.choice(often), type="direct", kind="person", conf="0.9", pub="Post", **days()),
    }


def typed(served: Served, tries: int) -> list[float]:
    """Milliseconds from the key that sends a search, in Chromium, until its answer is laid out."""
    from playwright.sync_api import sync_playwright

    rng = random.Random(2)
    words = Words(rng)
    out = []
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page()
        page.goto(served.address)
        for _ in range(tries):
            page.fill("[name=q]", rng.choice(words.words[:200]))
            begin = time.perf_counter()
            with page.expect_navigation():
                page.keyboard.press("Enter")
            page.wait_for_selector(".list > li")
            out.append(1000 * (time.perf_counter() - begin))
        browser.close()
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quotes", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, help="folder for record and index; used again if they are there")
    parser.add_argument("--tries", type=int, default=20)
    parser.add_argument("--browser", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = args.keep or Path(scratch)
        record, cache = folder / "record", folder / "cache"
        if not record.is_dir():
            write_record(record, args.quotes)
        if not cache.is_dir():
            with serving(record, cache) as (served, seconds):
                size = sum(p.stat().st_size for p in cache.rglob("*.sqlite"))
                print(f"index made in {seconds:.1f} s, {size / 1e6:.0f} MB, at most {served.memory('VmHWM'):.0f} MiB", flush=True)
        with serving(record, cache) as (served, seconds):
            print(f"start to first answer {seconds:.2f} s, {served.memory('VmRSS'):.0f} MiB", flush=True)
            for path in PAGES:
                print(f"{path}: {served.ask(path)[0]:.0f} ms at first", flush=True)
            rng = random.Random(1)
            for name, make in questions(rng, Words(rng)).items():
                times = [served.ask(make())[0] for _ in range(args.tries)]
                print(f"{name}: {statistics.median(times):.0f} ms, at most {max(times):.0f} ms", flush=True)
            speakers = re.findall(r'href="(/speaker/\w+)"', served.ask("/speakers")[1].decode())
            articles = re.findall(r'href="(/article/\w+)"', served.ask("/")[1].decode())
            for name, paths in (("a speaker's page", speakers), ("an article", sorted(set(articles)))):
                times = [served.ask(path)[0] for path in paths[: args.tries]]
                print(f"{name}: {statistics.median(times):.0f} ms, at most {max(times):.0f} ms", flush=True)
            print(
                f"memory after all of it {served.memory('VmRSS'):.0f} MiB, at most {served.memory('VmHWM'):.0f} MiB", flush=True
            )
            if args.browser:
                times = typed(served, args.tries)
                print(f"typed in Chromium: {statistics.median(times):.0f} ms, at most {max(times):.0f} ms")


if __name__ == "__main__":
    main()
