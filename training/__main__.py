"""From annotated articles to a model folder: train, choose, export, measure, and write the card.

Example:
    python -m training --data corpora/ --out trained/ --seeds 1 2 3

DATA holds polnear/train.jsonl.gz with attributions (polnear/corenlp_train.jsonl.gz, automatic analyses of the same articles,
if there are any), worldwide-newswire/train.jsonl.gz with entities and world-attribution/train.jsonl with attributions of some of
its articles; for the card also the dev files beside them. Files of your own in the same form are named by --attributions,
--parses, --entities and --world; this may be several: world_attributions.jsonl.gz, beside this module, tells the attributions of
other articles of the worldwide newswire. Stop it and call it again: it goes on after the last epoch.

A smaller, faster student learns from networks that are there what they hold probable, besides the gold:
    python -m training --data corpora/ --out student/ --seeds 1 --layers 4 --epochs 3 --teachers trained/seed-1

A larger network, which reads better and slower, and a student of it that goes on from the weights of a model folder:
    python -m training --data corpora/ --out larger/ --seeds 1 --base mpnet/model.safetensors --epochs 3 --rate 1e-4
    python -m training --data corpora/ --out student/ --seeds 1 --epochs 4 --teachers larger/seed-1 --changed 0.5 --begin MODEL
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from onrecord.quotes.model import Model, read_settings

from .base import base_folder
from .beginnings import is_larger
from .card import write_card
from .corpora import JUDGING, Example, add_attributions, is_held_back, printed, read_attributions, read_entities, read_jsonl
from .measure import measure_attributions, measure_changes, measure_entities, measure_predictions, measure_styles
from .recipe import Recipe
from .rounds import Round, has_larger


def main() -> None:
    """Run what the arguments ask for."""
    args = _arguments()
    out: Path = args.out
    base = base_folder()
    data = _read(args)
    learned = [x for x in data if not is_held_back(x.doc_id)]
    held = [x for x in data if is_held_back(x.doc_id) and x.attributions is not None]
    print(f"{len(learned)} articles to learn from, {len(held)} held back to choose and calibrate on", flush=True)
    larger = args.base is not None and is_larger(args.base)
    recipe = Recipe(
        epochs=args.epochs, layers=args.layers or (12 if larger else Recipe.layers), larger=larger, threads=args.threads,
        rate=args.rate, entity_share=args.entity_share, distil=args.distil if args.teachers else 0.0,
        changed=args.changed if args.teachers else 0.0,
    )  # fmt: skip
    candidates = Round(
        out, recipe, args.seeds, args.teachers, args.minutes, args.device, args.base, args.begin
    ).train(learned, held, base)  # fmt: skip
    if candidates is None:
        print("time is up: the same command goes on")
        return
    best = max(candidates, key=lambda c: float(candidates[c]["held_back"]["worth"]))
    chosen = f"seed-{args.ship}" if args.ship else best
    print(f"{best} is the best on held-back articles; {chosen} is taken")
    shutil.copytree(out / chosen / "int8", out / "model", dirs_exist_ok=True)
    scores: dict[str, Any] = {"recipe": asdict(recipe), "chosen": chosen, "best": best, "candidates": candidates}
    scores |= {"learned": len(learned), "held": len(held), "teachers": len(args.teachers)}
    scores["larger_teachers"] = any(map(has_larger, args.teachers))
    scores["begin"] = read_settings(args.begin).version if args.begin is not None else ""
    scores["world_learned"] = sum(x.attributions is not None and x.gold_entities for x in learned)
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
    parser.add_argument("--ship", type=int, metavar="N", help="the seed whose network is taken (the best on held-back articles)")
    parser.add_argument("--teachers", type=Path, nargs="+", default=[], metavar="FOLDER", help="OUT/seed-N of an earlier call")
    parser.add_argument(
        "--distil", type=float, default=0.7, metavar="W", help="weight of what teachers hold probable, of 1 (0.7)"
    )
    parser.add_argument("--changed", type=float, default=0.0, metavar="SHARE", help=(
        "share of the windows that teachers read with some words changed\nfor near ones (0)"
    ))  # fmt: skip
    parser.add_argument("--base", type=Path, metavar="FILE", help=(
        "model.safetensors of another base encoder: all-mpnet-base-v2's makes\na larger network"
    ))  # fmt: skip
    parser.add_argument("--begin", type=Path, metavar="MODEL", help="a model folder whose weights to go on from")
    parser.add_argument("--epochs", type=float, default=Recipe.epochs, help=f"passes over the articles ({Recipe.epochs})")
    parser.add_argument("--rate", type=float, default=Recipe.rate, help=f"of learning, of the encoder ({Recipe.rate:g})")
    parser.add_argument("--entity-share", type=float, default=Recipe.entity_share, metavar="SHARE", help=(
        f"of the articles with nothing but entities that an epoch reads ({Recipe.entity_share:g})"
    ))  # fmt: skip
    parser.add_argument("--layers", type=int, help=f"of the encoder ({Recipe.layers}, of a larger one 12)")
    parser.add_argument("--threads", type=int, default=Recipe.threads, help=f"of PyTorch ({Recipe.threads})")
    parser.add_argument("--device", default="cpu", help="cpu or cuda (cpu)")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="stop a run after an epoch once this has passed")
    parser.add_argument("--attributions", type=Path, metavar="FILE", help="instead of DATA/polnear/train.jsonl.gz")
    parser.add_argument("--parses", type=Path, metavar="FILE", help="instead of DATA/polnear/corenlp_train.jsonl.gz")
    parser.add_argument("--entities", type=Path, metavar="FILE", help="instead of DATA/worldwide-newswire/train.jsonl.gz")
    parser.add_argument(
        "--world", type=Path, nargs="+", metavar="FILE", help="instead of DATA/world-attribution/train.jsonl; also more than one"
    )
    parser.add_argument("--dev-docs", type=Path, metavar="IDS", help="ids of the dev articles to measure on (all)")
    parser.add_argument("--against", nargs="+", default=[], metavar="NAME=FILE", help=(
        "another system's attributions of the dev articles,\nJSON lines of doc_id and attributions, to compare with"
    ))  # fmt: skip
    args = parser.parse_args()
    if unknown := next((a for a in args.against if not Path(a.partition("=")[2]).is_file()), None):
        parser.error(f"--against {unknown}: no such file: write NAME=FILE")
    if missing := next((f for f in args.world or () if not f.is_file()), None):
        parser.error(f"--world {missing}: no such file")
    if args.ship not in (None, *args.seeds):
        parser.error(f"--ship {args.ship}: choose one of --seeds")
    if args.base is not None and not args.base.is_file():
        parser.error(f"--base {args.base}: no such file: name a base encoder's model.safetensors")
    if args.begin is not None and not (args.begin / "encoder.onnx").is_file():
        parser.error(f"--begin {args.begin}: it holds no encoder.onnx: name a model folder")
    for folder in args.teachers:
        if not (folder / "network.pt").is_file():
            parser.error(f"--teachers {folder}: it holds no network.pt: name folders like OUT/seed-1 of an earlier call")
    args.attributions = args.attributions or args.data / "polnear" / "train.jsonl.gz"
    args.parses = args.parses or args.data / "polnear" / "corenlp_train.jsonl.gz"
    args.entities = args.entities or args.data / "worldwide-newswire" / "train.jsonl.gz"
    args.world = args.world or [args.data / "world-attribution" / "train.jsonl"]
    args.dev_attributions = args.data / "polnear" / "dev.jsonl.gz"
    args.dev_parses = args.data / "polnear" / "corenlp_dev.jsonl.gz"
    args.dev_entities = args.data / "worldwide-newswire" / "dev.jsonl.gz"
    args.dev_world = args.data / "world-attribution" / "dev.jsonl"
    return args


def _read(args: argparse.Namespace) -> list[Example]:
    data = read_attributions(args.attributions, args.parses)
    if args.entities.exists():
        world = read_entities(args.entities)
        print(f"{add_attributions(world, args.world)} articles of {args.entities} have attributions too")
        kept = {r["doc_id"] for r in read_jsonl(JUDGING)}  # not even what a teacher holds probable there is learned
        data += [x for x in world if x.doc_id not in kept]
    return data


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
        if args.dev_world.exists():
            add_attributions(world, [args.dev_world])
            of_world = measure_attributions(model, [x for x in world if x.attributions is not None])
            scores |= {"world": of_world.figures(), "world_dev": len(of_world.counts), "countries": of_world.by_publisher()}
    return scores


if __name__ == "__main__":
    main()
