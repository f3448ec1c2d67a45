"""Crawl archives: peak memory against size, how busy both workers are, and pages a second beside a bare loop.

    python -m benchmarks.warc [--mb 10 1024] [--workers 2]

Archives are made, gzipped by record as CC-NEWS is: pages of an article of some 200 words and 150 KB of script that does not
compress. The job is ``onrecord run``; the bare loop only takes records with fastwarc and main texts with trafilatura, in one
process.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import html
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from benchmarks.articles import make_article, paragraphs

SCRIPT = 150_000  # bytes


def write_archive(path: Path, megabytes: int, seed: int = 1) -> int:
    """Write an archive of at least so many MiB; returns the number of pages."""
    rng, body = random.Random(seed), paragraphs()
    pages = 0
    with open(path, "wb") as out:
        while out.tell() < megabytes << 20:
            out.write(gzip.compress(_record(pages, rng, body), 1))
            pages += 1
    return pages


def _record(number: int, rng: random.Random, body: list[str]) -> bytes:
    made = make_article(rng, body, number)
    text = "".join(f"<p>{html.escape(p)}</p>" for p in made["text"].split("\n\n"))
    script = base64.b64encode(rng.randbytes(SCRIPT * 3 // 4)).decode()
    top = f'<!doctype html><html lang="en"><head><title>{made["title"]}</title><script>"{script}"</script></head>'
    page = f"{top}<body><article><h1>{made['title']}</h1>{text}</article></body></html>".encode()
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(page)}\r\n\r\n".encode() + page
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/{number}\r\n"
        "WARC-Date: 2026-10-05T20:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


class Watched:
    """A job and its workers while they run: peak resident memory and processor time of each process."""

    def __init__(self, command: list[str]) -> None:
        self.peak: dict[int, float] = {}
        self.busy: dict[int, float] = {}
        started = time.monotonic()
        job = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        ended = threading.Event()
        sampler = threading.Thread(target=self._sample, args=(job.pid, ended))
        sampler.start()
        status = job.wait()
        ended.set()
        sampler.join()
        if status:
            raise SystemExit(f"{' '.join(command)} ended with status {status}")
        self.seconds = time.monotonic() - started

    def _sample(self, root: int, ended: threading.Event) -> None:
        tick = os.sysconf("SC_CLK_TCK")
        while not ended.wait(0.2):
            for pid in _family(root):
                try:
                    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                    status = Path(f"/proc/{pid}/status").read_text()
                except OSError:
                    continue  # it has just ended
                self.busy[pid] = (int(fields[11]) + int(fields[12])) / tick
                peak = next((line for line in status.splitlines() if line.startswith("VmHWM")), "VmHWM: 0 kB")
                self.peak[pid] = int(peak.split()[1]) / 1024


def _family(root: int) -> list[int]:
    found, todo = [], [root]
    while todo:
        pid = todo.pop()
        found.append(pid)
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            try:
                todo += map(int, task.read_text().split())
            except OSError:
                continue
    return found


def bare(path: Path) -> float:
    """Pages a second of a loop that only takes records and main texts."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType
    from trafilatura import bare_extraction

    begin, pages = time.perf_counter(), 0
    with open(path, "rb") as stream:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=True):
            bare_extraction(
                record.reader.read(1 << 24),
                include_comments=False,
                with_metadata=True,
                date_extraction_params={"original_date": True, "extensive_search": False},
            )
            pages += 1
    return pages / (time.perf_counter() - begin)


def main() -> None:
    """Print a line an archive, and the ratio of the peaks."""
    parser = argparse.ArgumentParser("python -m benchmarks.warc", description=__doc__)
    parser.add_argument("--mb", type=int, nargs="*", default=[10, 1024])
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()
    peaks = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in args.mb:
            path = Path(folder) / f"crawl-{size}.warc.gz"
            pages = write_archive(path, size)
            out = Path(folder) / f"out-{size}"
            job = Watched([sys.executable, "-m", "onrecord", "run", str(path), "-o", str(out), "--workers", str(args.workers)])
            peaks[size] = max(job.peak.values())
            workers = sorted(job.busy.values(), reverse=True)[: args.workers]
            speed = f"{pages / job.seconds:6.1f} pages/s (bare loop {bare(path):.0f})"
            busy = ", ".join(f"{b:.0f} s" for b in workers)
            print(f"{size:5} MiB {pages:6,} pages {job.seconds:7.1f} s {speed}; busiest processes {busy}", flush=True)
            print(f"      largest process {peaks[size]:.0f} MiB", flush=True)
            path.unlink()
    if len(peaks) > 1:
        print(f"peak at {max(peaks)} over {min(peaks)} MiB: {peaks[max(peaks)] / peaks[min(peaks)]:.3f} (bound 1.2)")


if __name__ == "__main__":
    main()
