"""Train the linker: whom a pronoun, a noun phrase or a quotation without a source means, among the names of its article.

    python -m training.linker --data corpora/ [--further FILE] [--folds 5] [--without-held-back] [--out linker.npz]

DATA holds world-attribution/train.jsonl, who says what with the speaker's name, and the texts in worldwide-newswire; FILE tells
it of more of these articles (as world_attributions.jsonl.gz does, beside this module). The pronouns of
gap/gap-validation.tsv.gz teach too, at less weight.
Prints how often the linker and the rules are right on countries left out of the fit, and how true its probabilities are there;
writes pipeline/speakers/linker.npz. Articles that the network did not learn from teach it too; --without-held-back leaves
them out, for a linker by which to measure on them.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from onrecord.evaluation.records import same_name
from onrecord.naming.cast import Cast
from onrecord.quotes.attribution import Attribution
from onrecord.quotes.cues import read_cue
from onrecord.quotes.reader import AttributionReader
from onrecord.reading.weights import BUNDLED, model_folder
from onrecord.speakers.candidates import candidates, evidence
from onrecord.speakers.credit import Speaker
from onrecord.speakers.discourse import Referent
from onrecord.speakers.gender import tell_genders
from onrecord.speakers.linker import WEIGHTS, Linker, chosen, is_linked
from onrecord.speakers.nominals import NOUN_RULES
from onrecord.speakers.resolver import Case, Credit, Resolver
from onrecord.speakers.rules import SPEAKER_RULES
from onrecord.text.view import ArticleView

from .choose import Judged, calibrate
from .corpora import is_held_back, read_jsonl, read_world

Floats = npt.NDArray[np.float32]
WIDTH = 48
EPOCHS, SEEDS = 8, (1, 2, 3, 4, 5, 6)  # of the networks that are written
UNTOLD = 0.2  # share of the evidence that is left out at random in training
BANDS = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
GAP = 1.0  # weight of GAP's pronouns, of which few speak


@dataclass
class Mention:
    """A mention with its candidates.

    Attributes:
        doc_id: its article; the first part tells the country.
        rows: the evidence for each candidate, nobody last.
        right: which candidates are right.
        ruled: the candidate that the rules chose; None: a name that is no candidate.
        rule: the rule.
        names: the candidates' names.
        text: the words around it.
        noun: whether it is a noun phrase.
        weight: of its loss.
    """

    doc_id: str
    rows: Floats
    right: list[int]
    ruled: int | None
    rule: str | None
    names: list[str]
    text: str
    noun: bool
    weight: float = 1.0


class Recorder:
    """Stands in the linker's place, decides nothing, and keeps what it would have to decide."""

    def __init__(self) -> None:
        self.seen: list[tuple[tuple[int, int], list[str], Floats, Speaker]] = []

    def link(self, case: Case, speaker: Speaker, referent: Referent | None) -> Credit:
        """Keep a mention."""
        if is_linked(case, speaker, referent) and (names := candidates(case, speaker)):
            self.seen.append((case.span, [n.full for n in names], evidence(case, speaker, names), replace(speaker)))
        return speaker, referent


def read_mentions(data: Path, part: str, reader: AttributionReader, further: Sequence[Path] = ()) -> Iterator[Mention]:
    """The mentions of the world's gold, and of further files of its form."""
    texts = {r["doc_id"]: r["text"] for r in read_jsonl(data / "worldwide-newswire" / f"{part}.jsonl.gz")}
    docs = list(read_world([data / "world-attribution" / f"{part}.jsonl", *further], texts))
    for doc, (seen, _) in zip(docs, _read(((texts[d["doc_id"]], d["attributions"]) for d in docs), reader), strict=True):
        gold = {tuple(a["source"][0]) if a["source"] else _whole(a): a for a in doc["attributions"] if not a["debatable"]}
        for span, names, rows, speaker in seen:
            a = gold.get(span)
            if a is None:
                continue
            right = [len(names)]
            if a["status"] == "named":
                right = [k for k, n in enumerate(names) if any(same_name(g, n) for g in a["speaker"].split(";"))]
            text = texts[doc["doc_id"]]
            around = f"{text[max(0, span[0] - 300) : span[0]]}[[{text[slice(*span)]}]]{text[span[1] : span[1] + 80]}"
            yield _mention(doc["doc_id"], names, rows, speaker, right, f"{a['speaker']} < {around}")


def read_gap(path: Path, reader: AttributionReader) -> Iterator[Mention]:
    """The pronouns of GAP (Webster et al. 2018): which of two names each means, or neither."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        passages = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    spans = [[(int(p[f"{part}-offset"]), len(p[part])) for part in ("Pronoun", "A", "B")] for p in passages]
    told = [[{"content": [[s, s + n]], "source": [[s, s + n]], "cue": []}] for (s, n), _, _ in spans]
    articles = ((p["Text"], rows) for p, rows in zip(passages, told, strict=True))
    for p, (_, a, b), (seen, cast) in zip(passages, spans, _read(articles, reader), strict=True):
        named = [{cast.of(q).full for q in cast.printed_in(max(0, s - 20), s + n) if q.end > s} for s, n in (a, b)]
        meant = [own for own, part in zip(named, "AB", strict=True) if p[f"{part}-coref"].upper() == "TRUE"]
        for _, names, rows, speaker in seen:
            if meant:
                right = [k for k, n in enumerate(names) if n in meant[0]]
            else:
                right = [k for k, n in enumerate((*names, None)) if n not in named[0] | named[1]]
            yield _mention(p["ID"], names, rows, speaker, right, "", GAP)


def _whole(a: dict[str, Any]) -> tuple[int, int]:
    return a["content"][0][0], a["content"][-1][1]


def _mention(
    doc_id: str, names: list[str], rows: Floats, speaker: Speaker, right: list[int], text: str, weight: float = 1.0
) -> Mention:
    ruled = len(names) if speaker.name is None else names.index(speaker.name) if speaker.name in names else None
    return Mention(doc_id, rows, right, ruled, speaker.rule, names, text, speaker.mention_kind == "nominal", weight)


def _read(articles: Iterable[tuple[str, list[dict[str, Any]]]], reader: AttributionReader) -> Iterator[tuple[Any, Cast]]:
    """Articles with their gold attributions, resolved by the rules."""
    given = list(articles)
    pages = [ArticleView.of_text(text) for text, _ in given]
    for page, read, (text, rows) in zip(pages, reader.read(pages), given, strict=True):
        page.entities = read.entities
        attributions = []
        for a in rows:
            source, cue = (tuple(a[part][0]) if a[part] else None for part in ("source", "cue"))
            content = [(s, e) for s, e in a["content"]]
            found = Attribution(page.paragraph_at(content[0][0]).index, content, cue_span=cue, source=source)
            found.cue = read_cue(text, cue, source, True) if cue is not None else None
            attributions.append(found)
        cast, recorder = Cast(page), Recorder()
        tell_genders(page, cast, attributions)  # as the reading does
        Resolver(page, attributions, cast, SPEAKER_RULES, NOUN_RULES, recorder).read()
        yield recorder.seen, cast


class Scorer(nn.Module):
    """Evidence in, a score out."""

    def __init__(self, columns: int) -> None:
        super().__init__()
        self.first = nn.Linear(columns, WIDTH)
        self.second = nn.Linear(WIDTH, WIDTH)
        self.last = nn.Linear(WIDTH, 1, bias=False)
        self.direct = nn.Linear(columns, 1, bias=False)
        self.drop, self.untold = nn.Dropout(0.2), nn.Dropout(UNTOLD)

    def forward(self, x: Tensor) -> Tensor:
        """Scores of candidates [mentions, candidates]."""
        x = self.untold(x)
        h = self.drop(nn.functional.gelu(self.first(x), approximate="tanh"))
        h = self.drop(nn.functional.gelu(self.second(h), approximate="tanh"))
        out: Tensor = (self.last(h) + self.direct(x)).squeeze(-1)
        return out


def fit(mentions: Sequence[Mention], seeds: Sequence[int], epochs: int = EPOCHS) -> Linker:
    """Fit a network a seed (AdamW, softmax over the candidates of a mention)."""
    known = [m for m in mentions if m.right]
    most = max(len(m.rows) for m in known)
    x = np.zeros((len(known), most, known[0].rows.shape[1]), np.float32)
    there, right = np.zeros((2, len(known), most), bool)
    for k, m in enumerate(known):
        x[k, : len(m.rows)] = m.rows
        there[k, : len(m.rows)] = True
        right[k, m.right] = True
    mean, spread = x[there].mean(0), x[there].std(0) + 1e-3
    evidence_, mask, gold = torch.tensor((x - mean) / spread), torch.tensor(there), torch.tensor(right)
    weights = torch.tensor([m.weight for m in known])
    nets = [_fit_one(evidence_, mask, gold, weights, seed, epochs) for seed in seeds]

    def stacked(of: Any) -> Floats:
        return np.stack([of(n).detach().numpy() for n in nets]).astype(np.float32)

    return Linker(
        mean, spread, stacked(lambda n: n.first.weight.T), stacked(lambda n: n.second.weight.T),
        stacked(lambda n: n.last.weight[0]), (stacked(lambda n: n.first.bias), stacked(lambda n: n.second.bias)),
        stacked(lambda n: n.direct.weight[0]),
    )  # fmt: skip


def _fit_one(x: Tensor, mask: Tensor, gold: Tensor, weights: Tensor, seed: int, epochs: int) -> Scorer:
    torch.manual_seed(seed)
    net = Scorer(x.shape[-1])
    optimizer = torch.optim.AdamW(net.parameters(), lr=2e-3, weight_decay=0.1)
    size = 64
    steps = epochs * (len(x) // size)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 4e-3, total_steps=steps + 1)
    for _ in range(epochs):
        order = torch.randperm(len(x))
        for b in range(0, len(x) - size + 1, size):
            own = order[b : b + size]
            chances = net(x[own]).masked_fill(~mask[own], -1e4).log_softmax(-1)
            each = -chances.masked_fill(~gold[own], -1e4).logsumexp(-1) * weights[own]
            loss = each.sum() / weights[own].sum()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    net.train(False)
    return net


def measured(mentions: Sequence[Mention], chances: Sequence[Floats]) -> tuple[float, float]:
    """How true the probabilities of names are: factor and summand of their logits, from articles left out of the fit."""
    named = [(m, c) for m, c in zip(mentions, chances, strict=True) if c.argmax() < len(c) - 1]
    taken = [(float(c.max()), int(c.argmax()) in m.right) for m, c in named]
    logit = np.array([[np.log(p / max(1 - p, 1e-6))] for p, _ in taken])
    fitted = calibrate(Judged(logit, np.array([r for _, r in taken]), np.zeros(len(taken), int)), names=["logit"])
    return fitted.weights[0], fitted.bias


def with_truth(linker: Linker, mentions: Sequence[Mention], chances: Sequence[Floats]) -> Linker:
    """The linker with the truth of its probabilities, of noun phrases and of the others apart."""
    parts = [[(m, c) for m, c in zip(mentions, chances, strict=True) if m.noun == noun] for noun in (False, True)]
    others, nouns = (measured([m for m, _ in part], [c for _, c in part]) for part in parts)
    return replace(linker, truth=(others, nouns))


def write(linker: Linker, path: Path) -> None:
    """Write the weights; the large ones in half precision."""
    half = {"first": linker.first.astype(np.float16), "second": linker.second.astype(np.float16)}
    rest = {"mean": linker.mean, "spread": linker.spread, "last": linker.last, "direct": linker.direct}
    bias1, bias2 = linker.biases
    np.savez_compressed(path, **half, **rest, bias1=bias1, bias2=bias2, truth=np.array(linker.truth, np.float32))


def report(mentions: Sequence[Mention], chances: Sequence[Floats], linker: Linker, what: str) -> None:
    """Print how often rules and linker are right, and how true the probabilities of the names are."""
    nobody = [len(m.rows) - 1 for m in mentions]
    ruled = [n if m.ruled is None else m.ruled for m, n in zip(mentions, nobody, strict=True)]
    choices = [chosen(c, r, linker, m.noun) for m, c, r in zip(mentions, chances, ruled, strict=True)]
    right = [k in m.right for m, k in zip(mentions, choices, strict=True)]
    by_rule = [m.ruled in m.right for m in mentions]
    given = [
        (r, linker.sure(float(c[k]), m.noun))
        for m, c, k, n, r in zip(mentions, chances, choices, nobody, right, strict=True)
        if k != n
    ]
    before = [r for r, k, n in zip(by_rule, ruled, nobody, strict=True) if k != n]
    print(f"{what}: {len(mentions)} mentions")
    for who, good, names in (("rules", by_rule, before), ("linker", right, [r for r, _ in given])):
        print(f"  {who}: right {np.mean(good):.3f}; names given {len(names)}, wrong {1 - np.mean(names):.3f}")
    for lo, hi in zip(BANDS, (*BANDS[1:], 1.01), strict=True):
        own = [(r, c) for r, c in given if lo <= c < hi]
        if own:
            mean, good = np.mean([c for _, c in own]), np.mean([r for r, _ in own])
            print(f"  from {lo:.2f}: {len(own):4} names, mean {mean:.2f}, right {good:.2f}")
    for rule, count in Counter(m.rule for m in mentions).most_common():
        of_rule = [k for k, m in enumerate(mentions) if m.rule == rule]
        by_rules, by_linker = np.mean([by_rule[k] for k in of_rule]), np.mean([right[k] for k in of_rule])
        print(f"  {rule or 'no rule':26} {count:4} rules {by_rules:.2f} linked {by_linker:.2f}")


def main() -> None:
    """Run what the arguments ask for."""
    parser = argparse.ArgumentParser(
        "python -m training.linker", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, metavar="DATA", help="folder of corpora")
    parser.add_argument("--further", type=Path, nargs="+", default=[], metavar="FILE", help="who says what in further articles")
    parser.add_argument("--model", default=BUNDLED, help="the attribution model whose entities are read (bundled)")
    parser.add_argument("--folds", type=int, default=5, help="parts of the countries, each left out once (5)")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print so many of the errors (0)")
    parser.add_argument(
        "--without-held-back", action="store_true", help="leave out the articles that are held back from the network"
    )
    parser.add_argument("--out", type=Path, default=WEIGHTS, metavar="FILE", help=f"the weights ({WEIGHTS.name})")
    args = parser.parse_args()
    if missing := next((f for f in args.further if not f.is_file()), None):
        parser.error(f"--further {missing}: no such file")
    torch.set_num_threads(1)
    reader = AttributionReader(model_folder(args.model))
    world = list(read_mentions(args.data, "train", reader, args.further))
    if args.without_held_back:
        world = [m for m in world if not is_held_back(m.doc_id)]
    path = args.data / "gap/gap-validation.tsv.gz"
    gap = list(read_gap(path, reader)) if path.exists() else []
    print(f"{len(world)} mentions of gold, {sum(bool(m.right) for m in world)} with a right candidate; {len(gap)} of GAP")
    countries = sorted({m.doc_id.split("_")[0] for m in world})
    random.Random(0).shuffle(countries)
    out: list[tuple[Mention, Floats]] = []
    for fold in range(args.folds):
        left = set(countries[fold :: args.folds])
        linker = fit([m for m in world if m.doc_id.split("_")[0] not in left] + gap, seeds=SEEDS[:4])
        out += [(m, linker.probabilities(m.rows)) for m in world if m.doc_id.split("_")[0] in left]
    wrong = [(m, c) for m, c in out if int(c.argmax()) not in m.right]
    for m, c in random.Random(1).sample(wrong, min(args.errors, len(wrong))):
        told = (*m.names, "nobody")[int(c.argmax())]
        print(f"{m.rule} {c.max():.2f} {told} | gold {' '.join(m.text.split())}")
    linker = fit(world + gap, SEEDS)
    if out:
        left_out, chances = [m for m, _ in out], [c for _, c in out]
        linker = with_truth(linker, left_out, chances)
        report(left_out, chances, linker, "countries left out")
    if (args.data / "world-attribution/dev.jsonl").exists():
        dev = list(read_mentions(args.data, "dev", reader))
        report(dev, [linker.probabilities(m.rows) for m in dev], linker, "dev")
    write(linker, args.out)
    print(f"{args.out} written")


if __name__ == "__main__":
    main()
