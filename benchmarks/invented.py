"""A record of invented articles, written as tables at once: as many quotes as are asked for, read by nobody.

Each article has eight quotes and two figures. Words follow Zipf's law, so that some stand in half of all quotes and most in a
few. The same seed gives the same record.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.schemas import TABLES
from onrecord.schemas.ids import hash_id
from onrecord.store.manifest import RUNS, Manifest, PublishedFile, write_manifest
from onrecord.store.tables import write_views

QUOTES, FIGURES = 8, 2  # of an article
_SYLLABLES = "ba be bo da de do fa ga go ha ka ke ki la le lo ma me mi mo na ne no pa pe ra re ri ro sa se so ta te to".split()
_FREQUENT = "the of to and a in we is that it for will not have with on are be this they".split()
_TYPES, _EVENTS, _PLACES = ("direct", "mixed", "indirect"), ("killed", "injured", "displaced", "missing"), 400
_FIRST = date(2022, 1, 1)
_DAYS = 1500


class Words:
    """Invented words, by Zipf's law."""

    def __init__(self, rng: random.Random, count: int = 40_000) -> None:
        made = ("".join(p) for n in (2, 3, 4) for p in itertools.product(_SYLLABLES, repeat=n))
        self.words = [*_FREQUENT, *itertools.islice(made, count)]
        self.weights = list(itertools.accumulate(1 / (n + 1) for n in range(len(self.words))))
        self.rng = rng

    def some(self, count: int) -> str:
        return " ".join(self.rng.choices(self.words, cum_weights=self.weights, k=count))


def write_record(output: Path, quotes: int, seed: int = 7, runs: int = 10) -> None:
    """Write a record of about so many quotes, as so many runs would have left it."""
    rng = random.Random(seed)
    words = Words(rng)
    names = _names(rng, words, max(50, quotes // 20))
    outlets = [f"{w.capitalize()} {k}" for w in words.words[30:80] for k in ("Courier", "Post", "Wire", "Herald")]
    articles = max(1, quotes // QUOTES)
    called = list(names)
    for run in range(runs):
        share = range(articles * run // runs, articles * (run + 1) // runs)
        rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
        for number in share:
            for table, row in _article(rng, words, called, outlets, number):
                rows[table].append(row)
        if run == runs - 1:
            rows["people"] = [
                {"speaker_id": hash_id("speaker", name), "person_id": hash_id("speaker", full), "name": full, "rule": "same_name"}
                for name, full in names.items()
            ]
        _publish(output, run + 1, rows)
    write_views(output)


def _names(rng: random.Random, words: Words, count: int) -> dict[str, str]:
    """Names, and the fullest name of whoever each stands for: every tenth is an initial and the surname of the one before."""
    out: dict[str, str] = {}
    full = ""
    for n, surname in enumerate(words.words[60 : 60 + count]):
        if n % 10 == 9:
            out[f"{full[0]}. {full.split()[1]}"] = full
        else:
            full = f"{rng.choice(words.words[50:4000]).capitalize()} {surname.capitalize()}"
            out[full] = full
    return out


def _publish(output: Path, sequence: int, rows: dict[str, list[dict[str, Any]]]) -> None:
    now, run_id = datetime.now(UTC), f"{sequence:06d}-invented"
    files = []
    for name, declared in TABLES.items():
        if not rows[name] and sequence > 1 and name != "people":
            continue
        table = pa.Table.from_pylist([{"run_id": run_id, **r} for r in rows[name]], schema=declared.arrow)
        table = table.sort_by([(c, "ascending") for c in declared.sort_by])
        path = f"{name}/ingest_date={now:%Y-%m-%d}/part-{run_id}-00000.parquet"
        (output / path).parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(table, output / path, compression="zstd", row_group_size=100_000)
        size = (output / path).stat().st_size
        files.append(PublishedFile(table=name, path=path, rows=table.num_rows, bytes=size, version=declared.version))
    told = {"pipeline_version": "0", "model_version": "0", "replaces": [], "counts": {}}
    (output / RUNS).mkdir(exist_ok=True)
    write_manifest(output, Manifest(run_id=run_id, sequence=sequence, started_at=now, finished_at=now, files=files, **told))


def _article(
    rng: random.Random, words: Words, names: list[str], outlets: list[str], number: int
) -> Iterator[tuple[str, dict[str, Any]]]:
    article, doc = hash_id("article", number), hash_id("document", number)
    day = _FIRST + timedelta(days=int(_DAYS * rng.random()))
    title = words.some(7).capitalize()
    told = {
        "url": f"https://{number}.example/story", "title": title, "publisher": outlets[int(len(outlets) * rng.random() ** 2)],
        "published_at": datetime(day.year, day.month, day.day, 12, tzinfo=UTC), "published_date": day, "language": "en",
        "model_version": "0",
    }  # fmt: skip
    own = {"doc_id": doc, "article_id": article}
    text, paragraphs, speakers = title, [(0, len(title), "headline")], {}
    quotes, figures = [], []
    for n in range(QUOTES):
        who = names[int(len(names) * rng.random() ** 3)] if n % 3 == 0 or not speakers else rng.choice(list(speakers))
        speaker = hash_id("speaker", who)
        gender = ("female", "male", None)[int(speaker, 16) % 3]
        speakers[who] = speakers.get(who, 0) + 1
        said, kind = words.some(rng.randint(8, 34)), _TYPES[n % 3]
        start = len(text) + 2
        text += f"\n\n“{said},” {who} said."
        begin, cue = start + 1, len(text) - 5
        paragraphs.append((start, len(text), "body"))
        span = [{"start_char": begin, "end_char": begin + len(said)}]
        quotes.append(
            {
                **own, **told, "quote_id": hash_id("quote", doc, n), "paragraph_index": n + 1, "paragraph_kind": "body",
                "type": kind, "act": "speech", "text": said, "content_spans": span,
                "verbatim_spans": span if kind != "indirect" else [],
                "text_key": hash_id("text", said), "cue_text": "said", "cue_start": cue, "cue_end": cue + 4, "cue_lemma": "say",
                "cue_class": "say", "cue_polarity": "affirmed", "speaker_mention": who, "speaker_start": cue - 1 - len(who),
                "speaker_end": cue - 1, "speaker_mention_kind": "name", "speaker_status": "named", "speaker_id": speaker,
                "speaker_name": who, "speaker_role": "minister" if n % 2 else None, "speaker_kind": "person",
                "speaker_gender": gender, "speaker_rule": "name", "co_speakers": [],
                "confidence": round(0.3 + 0.7 * rng.random(), 3), "speaker_confidence": 0.9,
                "excerpt_start": start, "excerpt_end": len(text), "excerpt": text[start:],
            }
        )  # fmt: skip
    for n in range(FIGURES):
        value, place = rng.randint(2, 900), f"{words.words[200 + int(_PLACES * rng.random())].capitalize()}"
        start = len(text) + 2
        text += f"\n\nAt least {value} people were killed in {place}."
        paragraphs.append((start, len(text), "body"))
        end = start + len(f"At least {value}")
        figures.append(
            {
                **own, **told, "figure_id": hash_id("figure", doc, n), "paragraph_index": QUOTES + n + 1,
                "paragraph_kind": "body", "start_char": start, "end_char": end, "text": text[start:end], "value": value,
                "low": value, "modifier": "at_least", "kind": "count", "unit": "person", "counted": "people",
                "counted_lemma": "person", "event": rng.choice(_EVENTS), "place": place,
                "malformed": False, "readings": [], "claimant_name": rng.choice(list(speakers)),
                "claimant_status": "named", "confidence": 0.9, "excerpt_start": start, "excerpt_end": len(text),
                "excerpt": text[start:],
            }
        )  # fmt: skip
    yield "documents", {
        **own, **told, "version": 1, "uri": f"invented/{number}.txt", "text": text, "title_added": False, "content_sha256": "",
        "char_count": len(text), "word_count": len(text.split()), "paragraph_count": len(paragraphs), "quote_count": len(quotes),
        "figure_count": len(figures), "ingested_at": told["published_at"], "pipeline_version": "0",
    }  # fmt: skip
    appeared = {k: told[k] for k in ("url", "publisher", "published_at")}
    yield "appearances", {**own, **appeared, "uri": f"invented/{number}.txt", "relation": "new", "seen_at": told["published_at"]}
    for n, (start, end, kind) in enumerate(paragraphs):
        yield (
            "paragraphs",
            {"doc_id": doc, "paragraph_index": n, "kind": kind, "start_char": start, "end_char": end, "text": text[start:end]},
        )
    for who, count in speakers.items():
        speaker = hash_id("speaker", who)
        yield "document_speakers", {
            "speaker_id": speaker, "doc_id": doc, "name": who, "kind": "person", "role": "minister", "aliases": [],
            "mention_count": count, "quote_count": count, "gender": ("female", "male", None)[int(speaker, 16) % 3],
        }  # fmt: skip
    yield from (("quotes", q) for q in quotes)
    yield from (("figures", f) for f in figures)
