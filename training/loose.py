"""How sure the reading is of a quotation that nothing reports: two weights of the confidence, fitted without training anew.

    python -m training.loose --texts worldwide-newswire/train.jsonl.gz worldwide-newswire/dev.jsonl.gz

Nothing but *loose* and *follows* speaks for such a quotation, and these two speak for no other, so that both can be told on
articles that are held back from learning, when rules have changed which quotations these are. Writes ``model.json`` of MODEL,
whose version changes, and prints how many were right.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from onrecord.quotes.model import Calibration, Model
from onrecord.reading.weights import BUNDLED, model_folder

from .choose import NAMES, Judged, calibrate, judge, pages_of, read_pages
from .corpora import ENGLISH, FURTHER, Example, add_attributions, is_held_back, read_jsonl
from .export import write_settings


def main() -> None:
    """Fit the two weights on further articles and write them."""
    parser = argparse.ArgumentParser("python -m training.loose", description=__doc__)
    parser.add_argument("--texts", type=Path, nargs="+", required=True, metavar="FILE", help="texts of the newswire's articles")
    parser.add_argument("--model", type=Path, metavar="MODEL", help="folder of the weights (default: bundled)")
    args = parser.parse_args()
    folder = args.model or model_folder(BUNDLED)
    model = Model(folder)
    held = (r for path in args.texts for r in read_jsonl(path) if is_held_back(r["doc_id"]))
    articles = [Example(r["doc_id"], r["text"]) for r in (*held, *read_jsonl(ENGLISH))]
    add_attributions(articles, [FURTHER, ENGLISH])
    pages = pages_of(model, [x for x in articles if x.attributions is not None])
    fitted = with_loose(model.settings.calibration, judge(pages, read_pages(model, pages)))
    settings = write_settings(folder, model.settings.version.rpartition("-")[0], model.settings.decoding, fitted)
    print(f"{settings.version}: {folder}")


def with_loose(calibration: Calibration, judged: Judged) -> Calibration:
    """A calibration that tells quotations that nothing reports anew, and all else as before.

    Args:
        calibration: a logistic regression over `NAMES`.
        judged: attributions of articles; those that nothing reports count.
    """
    loose = judged.evidence[:, NAMES.index("loose")] > 0
    follows = judged.evidence[loose][:, [NAMES.index("follows")]]
    own = replace(judged, evidence=follows, right=judged.right[loose], page=judged.page[loose])
    for value, what in ((0, "alone"), (1, "that follow another")):
        right = own.right[follows[:, 0] == value]
        print(f"quotations that nothing reports, {what}: {int(right.sum())} of {len(right)} right")
    fitted = calibrate(own, names=["follows"])
    weights = dict(zip(calibration.names, calibration.weights, strict=True))
    weights |= {"loose": fitted.bias - calibration.bias, "follows": fitted.weights[0]}
    return calibration.model_copy(update={"weights": [round(w, 6) for w in weights.values()]})


if __name__ == "__main__":
    main()
