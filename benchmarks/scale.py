"""What an increment costs into a record of many documents: time and memory of the command, whole processes.

    python -m benchmarks.scale                                       1, 100 and 10,000 into 0, 100,000 and 1,000,000
    python -m benchmarks.scale --records 0 20000 --increments 1 100

Articles are made up, of about 60 words, and in a language that is not read, so that the network takes no part: what is measured
is how they are read, looked up, compared with all before them, written and committed. The records are written as runs would
have left them: documents, appearances and the index.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from benchmarks.pipeline_overhead import job, measure
from onrecord.schemas import APPEARANCES, DOCUMENTS
from onrecord.schemas.ids import document_id, hash_id, sha256_hex
from onrecord.sources.nearness import WIDTH, bands, signature
from onrecord.store.index import merged, write_rows
from onrecord.store.known import SIGNATURES
from onrecord.store.manifest import Manifest
from onrecord.store.parts import part_path, rows_to_table, write_part
from onrecord.store.publish import publish
from onrecord.store.state import State, read_state

_WORDS = [
    f"{a}{b}{c}" for a in "bdfgklmnprst" for b in ("al", "er", "ig", "ost", "um") for c in ("a", "ek", "in", "or", "us", "")
]
_RUN = 50_000  # documents of a run of the record
_AT = datetime(2026, 10, 7, tzinfo=UTC)


def text_of(rng: random.Random, number: int) -> str:
    """A text of some 60 words that is like no other."""
    return " ".join([f"Nummer {number}.", *rng.choices(_WORDS, k=60)])


def write_inputs(path: Path, count: int, start: int) -> Path:
    """A file of new articles."""
    rng = random.Random(start)
    lines = (
        {"url": f"https://news.example/{start + n}", "language": "de", "text": text_of(rng, start + n)} for n in range(count)
    )
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def write_record(output: Path, count: int) -> float:
    """A record of so many documents; returns the seconds that it took."""
    begun, rng = time.monotonic(), random.Random(1)
    for start in range(0, count, _RUN):
        _publish(output, rng, range(start, min(count, start + _RUN)))
    return time.monotonic() - begun


def _publish(output: Path, rng: random.Random, numbers: range) -> None:
    sequence = 1 + read_state(output).sequence
    run_id = f"{sequence:06d}-{hash_id('scale', sequence)[:12]}"
    told: dict[str, Any] = {"version": 1, "language": "de", "title_added": False}
    told |= {
        "paragraph_count": 0,
        "quote_count": 0,
        "figure_count": 0,
        "ingested_at": _AT,
        "pipeline_version": "0",
        "model_version": "0",
        "run_id": run_id,
        "word_count": 62,
    }
    documents, appearances, signatures = [], [], []
    for number in numbers:
        text = text_of(rng, number)
        content, article = sha256_hex(text.encode()), hash_id("url", number)
        ids = {"article_id": article, "doc_id": document_id(article, content), "uri": f"/news/{number}.json"}
        documents.append(told | ids | {"text": text, "content_sha256": content, "char_count": len(text)})
        appearances.append(ids | {"relation": "new", "seen_at": _AT, "run_id": run_id})
        signatures.append((ids["doc_id"], signature(text)))
    tables = {
        DOCUMENTS.name: rows_to_table(DOCUMENTS.name, documents),
        APPEARANCES.name: rows_to_table(APPEARANCES.name, appearances),
    }
    files = [write_part(output, part_path(name, "2026-10-07", run_id), name, table) for name, table in tables.items()]
    made = pa.array([s for _, s in signatures], pa.list_(pa.uint32(), WIDTH))
    signed = pa.table([pa.array([d for d, _ in signatures], pa.string()), made], names=["doc_id", "signature"])
    segment = write_rows(output, run_id, tables | {SIGNATURES: signed}, bands)
    assert segment is not None

    def index(state: State) -> Any:
        return merged(output, run_id, [*(state.index or ()), segment])

    manifest = Manifest(
        run_id=run_id, sequence=sequence, started_at=_AT, finished_at=_AT, pipeline_version="0", model_version="0",
        files=[], replaces=[], counts={},
    )  # fmt: skip
    publish(output, manifest, files, index=index)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, nargs="*", default=[0, 100_000, 1_000_000])
    parser.add_argument("--increments", type=int, nargs="*", default=[1, 100, 10_000])
    parser.add_argument("--repeats", type=int, default=3)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        print(f"{'documents':>10} {'new':>7} {'seconds':>8} {'MiB':>6}", flush=True)
        for size in args.records:
            record = root / f"record-{size}"
            with ProcessPoolExecutor(1) as apart:  # or what it takes would count for the processes that this one starts
                seconds = apart.submit(write_record, record, size).result()
            if size:
                held = sum(p.stat().st_size for p in (record / "_index").iterdir()) / size
                print(f"{size:10,} made in {seconds:.0f} s; the index takes {held:.0f} bytes a document", flush=True)
            for new in args.increments:
                times, peaks = [], []
                for n in range(args.repeats):
                    output = root / "copy"
                    if size:
                        shutil.copytree(record, output, copy_function=os.link)
                    given = write_inputs(root / "new.jsonl", new, 10_000_000 + n * new)
                    taken, peak = measure([*job(given, output), "-q"])
                    times.append(taken)
                    peaks.append(peak)
                    shutil.rmtree(output)
                print(f"{size:10,} {new:7,} {min(times):8.2f} {max(peaks):6.0f}", flush=True)


if __name__ == "__main__":
    main()
