"""The model at work: fast to load, alone, the same whatever is read beside it, and clear about what is missing."""

from __future__ import annotations

import random
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from onrecord import load
from onrecord.jobs.config import Config
from onrecord.quotes.model import Exported, Model, ModelError, read_settings
from onrecord.quotes.reader import AttributionReader
from onrecord.reading import model_folder, model_version
from onrecord.text.view import ArticleView

from ..conftest import SAMPLES

TEXTS = [p.read_bytes().decode("utf-8", "replace") for p in sorted(SAMPLES.glob("*.txt"))]


@pytest.fixture(scope="module")
def reader() -> AttributionReader:
    return AttributionReader(model_folder("bundled"))


def read(reader: AttributionReader, texts: list[str]) -> list[Any]:
    return list(reader.read(map(ArticleView.of_text, texts)))


@pytest.mark.engine
def test_rows_do_not_depend_on_what_is_read_beside(reader: AttributionReader) -> None:
    alone = {t: read(reader, [t])[0] for t in TEXTS}
    for seed in range(3):
        texts = random.Random(seed).sample(TEXTS, len(TEXTS)) * 2
        for text, found in zip(texts, read(reader, texts), strict=True):
            assert found == alone[text]


def test_pipe_gives_the_rows_of_single_calls(nlp: Any) -> None:
    for text, doc in zip(TEXTS, nlp.pipe(TEXTS, batch_size=5), strict=True):
        assert doc._.quotes == nlp(text)._.quotes


def test_the_network_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert load()("“We will not wait,” said Ilse Tarn.")._.quotes[0].speaker_name == "Ilse Tarn"


def test_neither_pytorch_nor_transformers_is_loaded() -> None:
    code = (  # spaCy itself imports PyTorch where it is installed
        "import sys; from onrecord.reading import model_folder; from onrecord.quotes.reader import AttributionReader; "
        "from onrecord.text.view import ArticleView; "
        "articles = [ArticleView.of_text('Ann Veld said it rained.')]; "
        "print(len(next(AttributionReader(model_folder('bundled')).read(articles)).entities), "
        "{'torch', 'transformers', 'onnx', 'spacy', 'apache_beam'} & set(sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "1 set()"


def test_entities_are_set(nlp: Any) -> None:
    text = "Ann Veld of the Tarvo Workers Union flew from Berlin to Lagos with two German doctors on Monday."
    found = {(text[e.start : e.end], e.kind) for e in nlp(text)._.entities}
    assert {("Ann Veld", "PERSON"), ("Berlin", "LOC"), ("Lagos", "LOC"), ("German", "NORP")} <= found


def test_other_weights_by_path(tmp_path: Path) -> None:
    shutil.copytree(model_folder("bundled"), tmp_path / "own")
    settings = tmp_path / "own" / "model.json"
    settings.write_text(settings.read_text(encoding="utf-8").replace(model_version(), "mine-1"), encoding="utf-8")
    (quote,) = load(str(tmp_path / "own"))("“We will not wait,” said Ilse Tarn.")._.quotes
    assert quote.model_version == "mine-1" != model_version()


@pytest.mark.parametrize("missing", ["encoder.onnx", "pair.onnx", "tokenizer.json", "model.json"])
def test_what_is_missing_is_said_in_one_line(tmp_path: Path, missing: str) -> None:
    folder = tmp_path / "own"
    shutil.copytree(model_folder("bundled"), folder)
    (folder / missing).unlink()
    with pytest.raises(ModelError, match=missing.split(".")[0]) as caught:
        Model(folder)
    assert str(folder) in str(caught.value) and "\n" not in str(caught.value)


def test_the_version_of_our_own_weights_is_that_of_their_settings() -> None:
    assert model_version() == read_settings(model_folder("bundled")).version


def test_weights_that_were_loaded_ahead_are_taken_once() -> None:
    folder = model_folder("bundled")
    Exported.load_ahead(folder)
    ahead = Exported.of(folder)
    assert folder not in Exported._ahead and Exported.of(folder) is not ahead


def test_what_is_wrong_with_weights_loaded_ahead_is_said_to_who_reads_by_them(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    shutil.copytree(model_folder("bundled"), folder)
    (folder / "pair.onnx").write_bytes(b"no network")
    Exported.load_ahead(folder)
    with pytest.raises(ModelError, match=r"pair\.onnx"):
        Model(folder)


def test_settings_of_another_form_are_refused(tmp_path: Path) -> None:
    (tmp_path / "model.json").write_text('{"form": 1, "version": "x"}', encoding="utf-8")
    with pytest.raises(ModelError, match="form"):
        model_version(str(tmp_path))


def test_all_leaves_out_nothing(nlp: Any) -> None:
    text = "Ann Veld has not said that it rained."
    doc = load("bundled+all")(text)
    (row,) = doc._.quotes
    assert nlp(text)._.quotes == [] and row.confidence < 0.45 and row.model_version == f"{model_version()}+all"
    assert Config.model_validate({"all": True}).model == "bundled+all"
