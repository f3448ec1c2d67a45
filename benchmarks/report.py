"""The report page: time and memory to write it, its size, and what a reader waits for, by number of articles.

    python -m benchmarks.report [--articles 100 300 1000] [--keep DIR]

Made-up articles of some 220 words are read by ``onrecord run``; ``onrecord report`` writes the page in a process of its own,
and Chromium (``$CHROMIUM``, by default /usr/bin/chromium) opens it five times from disk. Needs ``.[dev]``.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.articles import write_articles

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"]
# milliseconds from a word in the search field until the list has been laid out, for words that are frequent, rare and absent
FILTER = """() => ["the council", "minister", "wall", "zzz", "we"].map(words => {
  document.querySelector("#filters [name=q]").value = words;
  const begin = performance.now();
  dispatchEvent(new HashChangeEvent("hashchange"));
  document.body.offsetHeight;
  return performance.now() - begin;
})"""


def written(output: Path, page: Path) -> tuple[float, float]:
    """Seconds and peak MiB of ``onrecord report``."""
    begin = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "onrecord", "report", str(output), "-o", str(page)], stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"onrecord report ended with status {os.waitstatus_to_exitcode(status)}")
    return time.perf_counter() - begin, usage.ru_maxrss / 1024


def opened(browser: Any, page: Path) -> dict[str, float]:
    """Milliseconds until the first paint, until all articles are there, and to filter (median and most)."""
    tab = browser.new_page()
    tab.goto(page.as_uri())
    tab.wait_for_selector("html[data-ready=true]")
    paint = tab.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    ready = tab.evaluate("performance.now()")
    filters = tab.evaluate(FILTER)
    tab.close()
    return {"first paint": paint, "ready": ready, "filter": statistics.median(filters), "slowest filter": max(filters)}


def main() -> None:
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[100, 300, 1000])
    parser.add_argument("--keep", type=Path, help="folder for articles, tables and pages; used again if they are there")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as p:
        browser = p.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        opened_once = False
        for count in args.articles:
            folder = (args.keep or Path(scratch)) / str(count)
            if not (folder / "out").is_dir():
                write_articles(folder / "in", count)
                run = [sys.executable, "-m", "onrecord", "run", str(folder / "in"), "-o", str(folder / "out"), "--workers", "2"]
                subprocess.run(run, check=True, capture_output=True)
            page = folder / "report.html"
            seconds, peak = written(folder / "out", page)
            if not opened_once:
                opened(browser, page)  # the browser itself starts slowly
                opened_once = True
            times = [opened(browser, page) for _ in range(5)]
            told = ", ".join(f"{name} {statistics.median(t[name] for t in times):.0f} ms" for name in times[0])
            print(
                f"{count:,} articles: {page.stat().st_size / 1e6:.2f} MB in {seconds:.1f} s, peak {peak:.0f} MiB; {told}",
                flush=True,
            )
        browser.close()


if __name__ == "__main__":
    main()
