"""What the pipeline costs over a bare loop: wall time, articles per second and peak memory, side by side.

    python -m benchmarks.pipeline_overhead                 5,000 articles, three pairs; memory at 1,000 to 25,000
    python -m benchmarks.pipeline_overhead --articles 500 --pairs 1 --memory 100 500

Both sides run as whole processes over the same files, in turns. The bare loop reads, extracts and writes the same
tables in one process; the job is ``onrecord run`` with one worker.
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

from benchmarks.articles import write_articles


def measure(command: list[str]) -> tuple[float, float]:
    """Run a command to its end; returns wall seconds and peak resident MiB of its largest process."""
    started = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with status {process.returncode}")
    return time.monotonic() - started, usage.ru_maxrss / 1024


def job(source: Path, target: Path) -> list[str]:
    return [sys.executable, "-m", "onrecord", "run", str(source), "--output", str(target), "--workers", "1"]


def bare(source: Path, target: Path) -> list[str]:
    return [sys.executable, "-m", "benchmarks.bare_loop", str(source), str(target)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--memory", type=int, nargs="*", default=[1000, 5000, 25000])
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        words = write_articles(root / "articles", args.articles)
        print(f"{args.articles:,} articles, {words:,} words")
        ratios, times = [], {"bare": [], "job": []}
        for n in range(args.pairs):
            sides = [("bare", bare), ("job", job)]
            for name, command in sides if n % 2 == 0 else sides[::-1]:
                seconds, peak = measure(command(root / "articles", root / f"{name}-{n}"))
                times[name].append(seconds)
                print(f"  {name:5} {seconds:7.2f} s  {args.articles / seconds:7.1f} articles/s  {peak:6.0f} MiB", flush=True)
            ratios.append(times["job"][-1] / times["bare"][-1])
        b, j = statistics.median(times["bare"]), statistics.median(times["job"])
        print(f"ratio {statistics.median(ratios):.3f} (median of {args.pairs} pairs)")
        print(f"job minus 1.15 x bare loop: {j - 1.15 * b:+.2f} s (bound +4)")
        peaks = {}
        for count in args.memory:
            source = root / f"articles-{count}"
            write_articles(source, count)
            seconds, peaks[count] = measure(job(source, root / f"memory-{count}"))
            print(f"  {count:7,} articles  peak {peaks[count]:6.0f} MiB  {count / seconds:7.1f} articles/s", flush=True)
        if len(peaks) > 1:
            growth = peaks[max(peaks)] / peaks[min(peaks)]
            print(f"peak memory at {max(peaks):,} over {min(peaks):,} articles: {growth:.3f} (bound 1.3)")


if __name__ == "__main__":
    main()
