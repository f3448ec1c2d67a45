"""From annotated articles to a model folder: train, choose, export, measure, and write the card.

Example:
    python -m training --data corpora/ --out trained/ --seeds 1 2 3

DATA holds polnear/train.jsonl.gz with attributions (polnear/corenlp_train.jsonl.gz, automatic analyses of the same articles,
if there are any) and worldwide-newswire/train.jsonl.gz with entities; for the card also the dev files beside them. Files of
your own in the same form are named by --attributions, --parses and --entities. Stop it and call it again: it goes on after the
last epoch.

There are two rounds: what the networks of the first agree on in articles without attributions is learned by the second. With
--teachers, networks that are there take the place of the first round; with --distil the second learns their probabilities too,
as a smaller student does best:
    python -m training --data corpora/ --out student/ --seeds 1 --layers 4 --teachers trained/seed-* --distil 0.5
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from pipeline.language.model import Model, Settings
from pipeline.language.paragraphs import split_paragraphs

from .arithmetic import Trained
from .base import base_folder
from .card import write_card
from .choose import (
    as_gold,
    calibrate,
    choose_decoding,
    counts_of,
    cross_calibrated,
    judge,
    pages_of,
    read_pages,
    reliability,
    total,
    worth,
)
from .corpora import Example, is_held_back, printed, read_attributions, read_entities, read_jsonl, read_taught
from .export import export
from .fit import fit, mean_of, new_network
from .measure import figures_of, measure_attributions, measure_changes, measure_entities, measure_predictions, measure_styles
from .network import Network
from .recipe import Recipe
from .rewriting import with_formats
from .teach import teach

NAME = "attribution"
MEAN = "mean"
FIRST = "first"


def main() -> None:
    """Run what the arguments ask for."""
    args = _arguments()
    out: Path = args.out
    base = base_folder()
    data = _read(args)
    learned = [x for x in data if not is_held_back(x.doc_id)]
    held = [x for x in data if is_held_back(x.doc_id) and x.attributions is not None]
    print(f"{len(learned)} articles to learn from, {len(held)} held back to choose and calibrate on", flush=True)
    recipe = Recipe(epochs=args.epochs, layers=args.layers, threads=args.threads, distil=args.distil)
    teachers: list[Path] = args.teachers
    if not teachers and args.rounds > 1:
        first = out / FIRST
        if _round(first, learned, held, base, replace(recipe, distil=0.0), [], args) is None:
            return
        teachers = [first / f"seed-{seed}" for seed in args.seeds]
    if teachers:
        learned = _taught(learned, teachers, out / "taught.jsonl")
    candidates = _round(out, learned, held, base, recipe, teachers, args)
    if candidates is None:
        return
    best = max(candidates, key=lambda c: float(candidates[c]["held_back"]["worth"]))
    print(f"{best} is the best on held-back articles")
    shutil.copytree(out / best / "int8", out / "model", dirs_exist_ok=True)
    scores: dict[str, Any] = {"recipe": asdict(recipe), "chosen": best, "candidates": candidates}
    scores |= {"learned": len(learned), "held": len(held)}
    if teachers:
        read = [x for x in learned if x.taught]
        count = sum(len(x.attributions or ()) for x in read)
        scores["taught"] = {"teachers": len(teachers), "articles": len(read), "attributions": count}
    if args.dev_attributions.exists():
        scores |= _measure(out, args, list(candidates))
    (out / "scores.json").write_text(json.dumps(scores, indent=1), encoding="utf-8")
    write_card(scores, out / "model" / "MODEL_CARD.md")
    print(f"{out / 'model'} is the model; run it with 'model: {out / 'model'}' in a configuration")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m training", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, metavar="DATA", help="folder of corpora")
    parser.add_argument("--out", type=Path, required=True, metavar="OUT", help="checkpoints, scores and the model")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3], metavar="N", help="one training run each (1 2 3)")
    parser.add_argument("--rounds", type=int, choices=(1, 2), default=2, help="of training (2)")
    parser.add_argument("--teachers", type=Path, nargs="+", default=[], metavar="FOLDER", help="OUT/seed-N of an earlier call")
    parser.add_argument("--distil", type=float, default=Recipe.distil, metavar="W", help="weight of what teachers say, of 1 (0)")
    parser.add_argument("--epochs", type=float, default=Recipe.epochs, help=f"passes over the articles ({Recipe.epochs})")
    parser.add_argument("--layers", type=int, default=Recipe.layers, help=f"of the encoder ({Recipe.layers})")
    parser.add_argument("--threads", type=int, default=Recipe.threads, help=f"of PyTorch ({Recipe.threads})")
    parser.add_argument("--device", default="cpu", help="cpu or cuda (cpu)")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="stop a run after an epoch once this has passed")
    parser.add_argument("--attributions", type=Path, metavar="FILE", help="instead of DATA/polnear/train.jsonl.gz")
    parser.add_argument("--parses", type=Path, metavar="FILE", help="instead of DATA/polnear/corenlp_train.jsonl.gz")
    parser.add_argument("--entities", type=Path, metavar="FILE", help="instead of DATA/worldwide-newswire/train.jsonl.gz")
    parser.add_argument("--dev-docs", type=Path, metavar="IDS", help="ids of the dev articles to measure on (all)")
    parser.add_argument("--against", nargs="+", default=[], metavar="NAME=FILE", help=(
        "another system's attributions of the dev articles,\nJSON lines of doc_id and attributions, to compare with"
    ))  # fmt: skip
    args = parser.parse_args()
    if args.distil and not args.teachers:
        parser.error("--distil needs --teachers")
    if unknown := next((a for a in args.against if not Path(a.partition("=")[2]).is_file()), None):
        parser.error(f"--against {unknown}: no such file: write NAME=FILE")
    for folder in args.teachers:
        if not (folder / "network.pt").is_file():
            parser.error(f"--teachers {folder}: it holds no network.pt: name folders like OUT/seed-1 of an earlier call")
    args.attributions = args.attributions or args.data / "polnear" / "train.jsonl.gz"
    args.parses = args.parses or args.data / "polnear" / "corenlp_train.jsonl.gz"
    args.entities = args.entities or args.data / "worldwide-newswire" / "train.jsonl.gz"
    args.dev_attributions = args.data / "polnear" / "dev.jsonl.gz"
    args.dev_parses = args.data / "polnear" / "corenlp_dev.jsonl.gz"
    args.dev_entities = args.data / "worldwide-newswire" / "dev.jsonl.gz"
    return args


def _read(args: argparse.Namespace) -> list[Example]:
    data = read_attributions(args.attributions, args.parses)
    return data + read_entities(args.entities) if args.entities.exists() else data


def _taught(examples: Sequence[Example], teachers: Sequence[Path], path: Path) -> list[Example]:
    """The articles, those without attributions with what the teachers agree on."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        models = [Model(folder / "int8") for folder in teachers]
        count = teach(models, [x for x in examples if x.attributions is None], path.with_suffix(".part"))
        path.with_suffix(".part").replace(path)
        print(f"{len(models)} networks agree on {count} attributions in articles that have none", flush=True)
    read = {x.doc_id: x for x in read_taught(path)}
    return [
        replace(x, attributions=read[x.doc_id].attributions, unsure=read[x.doc_id].unsure, taught=True) if x.doc_id in read else x
        for x in examples
    ]


def _round(
    out: Path,
    learned: Sequence[Example],
    held: Sequence[Example],
    base: Path,
    recipe: Recipe,
    teachers: Sequence[Path],
    args: argparse.Namespace,
) -> dict[str, Any] | None:
    """Train a network of each seed; returns what held-back articles said of each, None if time was up before the last epoch."""
    known = [_load(folder) for folder in teachers] if recipe.distil else []
    candidates = {}
    networks = []
    for seed in args.seeds:
        own = replace(recipe, seed=seed)
        folder = out / f"seed-{seed}"
        folder.mkdir(parents=True, exist_ok=True)
        network = _network(own, folder, learned, base, known, args)
        if network is None:
            print("time is up: the same command goes on")
            return None
        networks.append(network)
        candidates[folder.name] = _finish(network, own, folder, held, base)
    if len(networks) > 1:
        (out / MEAN).mkdir(exist_ok=True)
        candidates[MEAN] = _finish(mean_of(networks, recipe), recipe, out / MEAN, held, base)
    return candidates


def _load(folder: Path) -> Network:
    """The network of a seed's folder, of as many layers as it has."""
    state = torch.load(folder / "network.pt", weights_only=True)
    layers = 1 + max(int(k.split(".")[1]) for k in state["encoder"] if k.startswith("layers."))
    network = new_network(Recipe(layers=layers), None)
    network.load(state)
    network.train(False)
    return network


def _network(
    recipe: Recipe,
    folder: Path,
    learned: Sequence[Example],
    base: Path,
    teachers: Sequence[Network],
    args: argparse.Namespace,
) -> Network | None:
    """The trained network of a seed; None if time was up before the last epoch."""
    final = folder / "network.pt"
    if final.exists():
        return _load(folder)
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    network, done = fit(
        tokenizer, learned, recipe, base / "model.safetensors", folder / "checkpoint.pt",
        lambda line: print(f"{folder}: {line}", flush=True), args.minutes, args.device, teachers,
    )  # fmt: skip
    if not done:
        return None
    for part in network.parts().values():
        part.to("cpu")
    torch.save(network.state(), final)
    return network


def _finish(network: Network, recipe: Recipe, folder: Path, held: Sequence[Example], base: Path) -> dict[str, Any]:
    """Choose, calibrate and export; returns what the held-back articles said."""
    report = folder / "chosen.json"
    if report.exists():
        found: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
        return found
    torch.set_num_threads(recipe.threads)
    model = Model(base, Trained(network), Settings(version="training"))
    pages = pages_of(model, held)
    decoding = choose_decoding(model, pages)
    attributions = read_pages(model, pages)
    result = total(counts_of(pages, attributions))
    signed = pages_of(model, [with_formats(x, split_paragraphs(x.text), 1.0, random.Random(x.doc_id)) for x in held])
    judged = judge([*pages, *signed], [*attributions, *read_pages(model, signed)])  # few are signed or labelled as printed
    judged = replace(judged, page=judged.page % len(pages))
    calibration = calibrate(judged)
    count = sum(len(as_gold(a)) for a in attributions)
    confidence, good = cross_calibrated(judged)[:count], judged.right[:count]
    for name, int8 in (("int8", True), ("fp32", False)):
        export(network, base / "tokenizer.json", folder / name, NAME, decoding, calibration, int8)
    found = {
        "recipe": asdict(recipe),
        "decoding": decoding.model_dump(),
        "held_back": {"worth": worth(result), **figures_of(result)},
        "reliability": reliability(confidence, good),
    }
    report.write_text(json.dumps(found, indent=1), encoding="utf-8")
    return found


def _measure(out: Path, args: argparse.Namespace, candidates: Sequence[str]) -> dict[str, Any]:
    """The chosen model and all candidates on the dev articles."""
    chosen = set(args.dev_docs.read_text(encoding="utf-8").split()) if args.dev_docs else None
    dev = [x for x in read_attributions(args.dev_attributions, args.dev_parses) if chosen is None or x.doc_id in chosen]
    scores: dict[str, Any] = {"dev": len(dev)}
    by_candidate = {
        c: {form: measure_attributions(Model(out / c / form), dev).figures() for form in ("int8", "fp32")} for c in candidates
    }
    model = Model(out / "model")
    measured = measure_attributions(model, dev)
    scores |= {
        "by_candidate": by_candidate,
        "version": model.settings.version,
        "figures": measured.figures(),
        "intervals": measured.intervals(),
        "publishers": measured.by_publisher(),
        "styles": measure_styles(model, dev),
    }
    others = {name: read_jsonl(Path(path)) for name, _, path in (a.partition("=") for a in args.against)}
    scores["gains"] = {
        name: measured.gain_over(measure_predictions(dev, {r["doc_id"]: r["attributions"] for r in records}))
        for name, records in others.items()
    }
    if args.dev_entities.exists():
        world = read_entities(args.dev_entities)
        scores["entities"] = measure_entities(model, world)
        scores["entities_by_candidate"] = {c: measure_entities(Model(out / c / "int8"), world)["all"]["f"] for c in candidates}
        scores["changes"] = measure_changes(model, dev, printed(world, "PERSON"), printed(world, "LOC"))
    return scores


if __name__ == "__main__":
    main()
