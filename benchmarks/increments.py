"""What a run costs as the record grows: time of an increment, and peak memory of a run.

    python -m benchmarks.increments                        100,000 articles in 20 runs; memory at 1,000 to 100,000
    python -m benchmarks.increments --articles 2000 --runs 4 --memory 100 1000

Articles have about 60 words. An increment of 100 new articles into the full store is measured in turns with one of the
same articles into an empty store; each side is a whole process.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
from pathlib import Path

from benchmarks.articles import SHORT, write_articles
from benchmarks.pipeline_overhead import job, measure

NEW = 100


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--memory", type=int, nargs="*", default=[1000, 10_000, 100_000])
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        source, store = root / "articles", root / "store"
        each = args.articles // args.runs
        for n in range(args.runs):
            write_articles(source, each, per_file=each, start=n * each, length=SHORT)
            seconds, peak = measure(job(source, store))
            print(f"  run {n + 1:3}: {each:,} new articles  {seconds:6.1f} s  {peak:5.0f} MiB", flush=True)
        files = sum(1 for _ in store.rglob("*.parquet"))
        print(f"{args.articles:,} articles in {args.runs} runs: {files} files")
        extra = []
        for n in range(args.pairs):
            fresh = root / f"new-{n}"
            write_articles(fresh, NEW, start=args.articles + n * NEW, length=SHORT)
            shutil.copy(next(fresh.iterdir()), source)
            sides = [("full", source, store), ("empty", fresh, root / f"empty-{n}")]
            times = {}
            for name, given, output in sides if n % 2 == 0 else sides[::-1]:
                times[name], peak = measure(job(given, output))
                print(f"  {NEW} new into the {name:5} store  {times[name]:5.2f} s  {peak:5.0f} MiB", flush=True)
            extra.append(times["full"] - times["empty"])
        print(f"the full store takes {statistics.median(extra):+.2f} s more (median of {args.pairs} pairs; bound +3)")
        peaks = {}
        for count in args.memory:
            given = root / f"memory-{count}"
            write_articles(given, count, per_file=5000, length=SHORT)
            seconds, peaks[count] = measure(job(given, root / f"one-{count}"))
            print(f"  one run of {count:7,}: {seconds:6.1f} s  peak {peaks[count]:5.0f} MiB", flush=True)
        if len(peaks) > 1:
            print(f"peak memory at {max(peaks):,} over {min(peaks):,}: {peaks[max(peaks)] / peaks[min(peaks)]:.3f} (bound 1.2)")


if __name__ == "__main__":
    main()
