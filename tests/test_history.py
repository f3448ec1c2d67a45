"""Random histories of an output folder: whatever runs, repeats, changes, kills and compactions come, the record is whole.

``ONRECORD_HISTORIES=30`` tries more of them.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
from collections import Counter
from pathlib import Path

import pytest

from onrecord.store.care.verify import verify
from onrecord.store.manifest import read_manifests

from .conftest import rows

# children are forked from a server that has imported all; a kill is a real one, and costs no start of the interpreter
SERVER = multiprocessing.get_context("forkserver")
SERVER.set_forkserver_preload(
    ["onrecord.jobs.run", "onrecord.jobs.graph", "onrecord.jobs.upkeep", "onrecord.reading", "tests.test_history"]
)
HISTORIES = int(os.environ.get("ONRECORD_HISTORIES", "3"))
NAMES = ["Ada Brenn", "Tomas Orlu", "Ilse Tarn"]


def text_of(number: int) -> str:
    return f"“We counted {number} boats,” said {NAMES[number % 3]}. More than {number + 40} people fled, she said."


def text_in(line: str) -> str | None:
    return None if line == "{oops\n" else str(json.loads(line)["text"])


def child(kind: str, folder: Path, output: Path, fault: str | None) -> None:
    from datetime import timedelta

    from onrecord.jobs.config import Config
    from onrecord.jobs.run import run
    from onrecord.jobs.upkeep import compact

    from .injection import faults

    config = Config(batch_documents=4, part_mb=0.001, file_mb=1)
    if fault is not None:
        faults.install(fault)
    if kind == "run":
        run([str(folder)], output, config)
    else:
        compact(output, config, timedelta(0))


class History:
    """Files come and change; the record is checked after every step that ends well."""

    def __init__(self, place: Path, seed: int) -> None:
        self.rng = random.Random(seed)
        self.folder, self.output = place / "in", place / "out"
        self.folder.mkdir()
        self.files: dict[str, list[str]] = {}
        self.written: set[str] = set()
        self.most: dict[tuple[str, str], int] = {}  # times that a text stood in a file at once
        self.runs = 0
        self.steps: Counter[str] = Counter()

    def write(self, name: str) -> None:
        (self.folder / name).write_text("".join(self.files[name]))
        for line, count in Counter(self.files[name]).items():
            self.most[name, line] = max(count, self.most.get((name, line), 0))

    def line(self, number: int, address: int) -> str:
        text = text_of(number)
        self.written.add(text)
        return json.dumps({"text": text, "url": f"https://news.example/{address}"}) + "\n"

    def go(self, kind: str, fault: str | None = None) -> int | None:
        process = SERVER.Process(target=child, args=(kind, self.folder, self.output, fault))
        process.start()
        process.join(120)
        return process.exitcode

    def live(self, steps: int) -> None:
        self.add()
        for _ in range(steps):
            step = self.rng.choice(
                [self.add, self.add, self.change, self.run, self.run, self.killed_run, self.killed_run, self.compact]
            )
            step()
        self.run()

    def add(self) -> None:
        name = self.rng.choice(["0.jsonl", "1.jsonl", "2.jsonl"])
        lines = self.files.setdefault(name, [])
        for _ in range(self.rng.randint(1, 6)):
            bad = self.rng.random() < 0.2
            lines.append("{oops\n" if bad else self.line(self.rng.randint(0, 30), self.rng.randint(0, 5)))
        self.write(name)

    def change(self) -> None:
        name = self.rng.choice(sorted(self.files))
        self.files[name][self.rng.randrange(len(self.files[name]))] = self.line(self.rng.randint(0, 30), 0)
        self.write(name)

    def run(self) -> None:
        assert self.go("run") == 0
        self.runs += 1
        self.steps["run"] += 1
        self.check()

    def killed_run(self) -> None:
        ended = self.go("run", f"kill:{self.rng.choice(['replace', 'fsync', 'write'])}:{self.rng.randint(1, 30)}")
        self.steps["killed run" if ended else "run"] += 1
        self.runs += ended == 0
        if list(read_manifests(self.output)):
            self.check_what_is_published()

    def compact(self) -> None:
        if self.runs:
            fault = self.rng.choice([None, "kill:replace:3", "kill:fsync:9", "kill:replace:9"])
            ended = self.go("compact", fault)
            self.steps["killed compaction" if ended else "compaction"] += 1
            self.check_what_is_published()

    def check_what_is_published(self) -> None:
        """What readers see is whole at any time, also after a kill."""
        problems = [p for p in verify(self.output) if not p.endswith("in no manifest")]
        assert problems == []

    def check(self) -> None:
        assert list(verify(self.output)) == []  # counts, unique ids, true offsets, no stray file
        read: dict[str, int] = dict.fromkeys(("read", "appearances", "rejects", "known"), 0)
        for manifest in read_manifests(self.output):
            for name in read:
                read[name] += manifest.counts[name] if manifest.kind == "run" else 0
        assert read["read"] == read["appearances"] + read["rejects"] + read["known"]
        published = {name: rows(self.output, name) for name in ("documents", "appearances", "rejects")}
        assert (len(published["appearances"]), len(published["rejects"])) == (read["appearances"], read["rejects"])
        texts = [d["text"] for d in published["documents"]]
        current = {json.loads(line)["text"] for lines in self.files.values() for line in lines if line != "{oops\n"}
        assert len(texts) == len(set(texts)) and current <= set(texts) <= self.written
        carried = {(a["uri"].rsplit("/", 1)[1].split("#")[0], a["doc_id"]) for a in published["appearances"]}
        ids = {d["text"]: d["doc_id"] for d in published["documents"]}
        for name, lines in self.files.items():
            assert all((name, ids[json.loads(line)["text"]]) in carried for line in lines if line != "{oops\n")
        times = Counter((a["uri"].rsplit("/", 1)[1].split("#")[0], a["doc_id"]) for a in published["appearances"])
        for (name, doc_id), count in times.items():  # lines with one text and several addresses are one document
            most = sum(n for (f, line), n in self.most.items() if f == name and ids.get(text_in(line)) == doc_id)
            assert count <= most
        bad = {name for name, lines in self.files.items() if "{oops\n" in lines}
        assert bad <= {r["uri"].rsplit("/", 1)[1] for r in published["rejects"]}


@pytest.mark.fault
@pytest.mark.parametrize("seed", range(HISTORIES))
def test_the_record_is_whole(tmp_path: Path, seed: int) -> None:
    history = History(tmp_path, seed)
    history.live(14)
    print(f"history {seed}: {dict(history.steps)}")
