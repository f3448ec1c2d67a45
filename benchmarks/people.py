"""People over many runs: ten runs must say what one says, and what joining names costs.

    python -m benchmarks.people [--articles 10000] [--runs 10]

Made-up articles of four quotations each, in which a cast of people and bodies speaks under changing names: in full, with a
middle initial, by the surname, in another spelling, by initials of a body. One run of all is compared with runs of a part each,
with one worker and with two: ``people`` must be the same row for row, and no earlier file of another table may change.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.pipeline_overhead import job, measure
from onrecord import tables as open_tables

_ONSET, _VOWEL, _CODA = "b d f g k l m n p r s t v z br dr gr kr".split(), "a e i o u".split(), "l m n r s t nd rt lk".split()
_GIVEN = "Joseph Robert Maria Anton Elena William Ingrid Omar Leila Viktor Ana Pavel Dimitri Yusuf Katherine Samuel".split()
_ALSO = {"Joseph": "Joe", "Robert": "Bob", "William": "Bill", "Dimitri": "Dmitry", "Yusuf": "Youssef", "Katherine": "Kate"}
_ROLES = "Mayor,Senator,Judge,Professor,Minister,Governor,Colonel,Bishop".split(",")
_FIELDS = "Water,Harbour,Forest,Railway,Seed,Glacier,Orchard,Lantern".split(",")
_BODIES = "Institute,Alliance,Observatory,Foundation,Association".split(",")


def word(rng: random.Random) -> str:
    """A made-up word."""
    return "".join(rng.choice(_ONSET) + rng.choice(_VOWEL) for _ in range(rng.randint(1, 2))) + rng.choice(_CODA)


def speakers(rng: random.Random, count: int) -> list[list[tuple[str, str]]]:
    """People and bodies, each with the forms of its name: as introduced, and as called later in an article."""
    cast = []
    for n in range(count):
        if n % 4 == 3:
            words = [word(rng).capitalize(), rng.choice(_FIELDS), rng.choice(_BODIES)]
            acronym = "".join(w[0] for w in words)
            name = " ".join(words)
            cast.append([(f"the {name} ({acronym})", acronym), (f"the {name}", f"the {name}"), (acronym, acronym)])
            continue
        given, surname, role = rng.choice(_GIVEN), word(rng).capitalize(), rng.choice(_ROLES)
        full = f"{given} {surname}"
        forms = [(f"{role} {full}", surname), (full, full), (f"{given} {rng.choice('ABCDEF')}. {surname}", surname)]
        cast.append([*forms, (f"{role} {surname}", surname), (f"{role} {_ALSO.get(given, given)} {surname}", surname)])
    return cast


def articles(count: int, seed: int) -> Iterator[dict[str, str]]:
    """Articles with two speakers each."""
    rng = random.Random(seed)
    cast = speakers(rng, max(20, count // 8))
    for n in range(count):
        one, other = (rng.choice(s) for s in rng.sample(cast, 2))
        text = "\n\n".join(
            [
                f"The {word(rng)} road to {word(rng).capitalize()} will close for {rng.randint(2, 90)} days, {one[0]} said.",
                f"“We have waited for {word(rng)} long enough,” {one[1]} said. “Nobody else will do it.”",
                f"But {other[0]} said the plan was too dear. “It will cost {rng.randint(2, 900)} million,” {other[1]} said.",
            ]
        )
        yield {"id": f"p-{n}", "title": f"Road plan {n} divides {word(rng).capitalize()}", "text": text}


def joined(output: Path) -> list[tuple[object, ...]]:
    """The rows of people but for the run."""
    table = open_tables(output)["people"].to_table().drop_columns(["run_id", "ingest_date"])
    return sorted(tuple(row.values()) for row in table.to_pylist())


def digests(output: Path) -> dict[str, str]:
    """Digest of every published file of the other tables."""
    found = (p for p in output.rglob("part-*.parquet") if p.relative_to(output).parts[0] != "people")
    return {str(p.relative_to(output)): hashlib.sha256(p.read_bytes()).hexdigest() for p in found}


def people_seconds(output: Path) -> float:
    """What the newest run spent on people."""
    newest = max((output / "_runs").glob("[0-9]*.json"))
    return float(json.loads(newest.read_text(encoding="utf-8"))["seconds"]["people"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=10)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        lines = [json.dumps(a, ensure_ascii=False) + "\n" for a in articles(args.articles, 7)]
        each = -(-len(lines) // args.runs)
        parts = []
        for n in range(args.runs):
            parts.append(root / f"part-{n:02}.jsonl")
            parts[-1].write_text("".join(lines[n * each : (n + 1) * each]), encoding="utf-8")
        whole = root / "whole"
        whole.mkdir()
        (whole / "all.jsonl").write_text("".join(lines), encoding="utf-8")
        once = root / "once"
        seconds, peak = measure(job(whole, once))
        people = joined(once)
        rules = Counter(row[3] for row in people)
        print(f"one run of {args.articles:,}: {seconds:.1f} s, {peak:.0f} MiB; people {people_seconds(once):.2f} s", flush=True)
        print(f"  {len(people):,} names of {len({row[1] for row in people}):,} people and bodies: {dict(rules.most_common())}")
        for workers in (1, 2):
            output = root / f"runs-{workers}"
            before: dict[str, str] = {}
            for part in parts:
                seconds, peak = measure([*job(part, output), "--workers", str(workers)])
                now = digests(output)
                assert before.items() <= now.items(), "an earlier file has changed"
                before = now
            same = joined(output) == people
            print(
                f"{args.runs} runs, {workers} worker(s): people {'the same' if same else 'DIFFER'}, earlier files untouched; "
                f"last run {seconds:.1f} s, people {people_seconds(output):.2f} s of it",
                flush=True,
            )


if __name__ == "__main__":
    main()
