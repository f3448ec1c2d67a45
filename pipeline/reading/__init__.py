"""Text in, rows out: paragraphs, quotation marks, attributions, speakers and figures of one article."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

PARTS = ("onrecord_paragraphs", "attribution", "onrecord_speakers", "onrecord_figures")
BUNDLED = "bundled"


def model_folder(model: str) -> Path:
    """The folder of the weights that a setting names: ``bundled``, or a path."""
    return Path(__file__).parents[1] / "quotes" / "weights" if model == BUNDLED else Path(model)


@functools.cache
def model_version(model: str = BUNDLED) -> str:
    """The version of the weights that a setting names; rows repeat it.

    Raises:
        ModelError: the folder holds no such model.
    """
    from ..quotes.model import read_settings

    return read_settings(model_folder(model)).version


def check_vocabulary() -> None:
    """Read all tables of words that rules go by.

    Raises:
        VocabularyError: one is broken.
    """
    from ..lexicon.tables import check_tables

    check_tables()


def load(figures: bool = True, model: str = BUNDLED) -> Language:
    """Return the spaCy pipeline of the language room.

    Args:
        figures: whether to read figures too.
        model: the attribution model: ``bundled``, or the folder of other weights of its form.

    Raises:
        ModelError: the folder holds no such model.
    """
    import spacy

    from ..text.tokenizer import LinearTokenizer
    from . import components  # noqa: F401  (registers the factories)

    nlp = spacy.blank("en")
    nlp.tokenizer = LinearTokenizer.like(nlp.tokenizer)
    nlp.max_length = 100_000_000  # length is limited where articles are read
    for part in PARTS if figures else PARTS[:-1]:
        nlp.add_pipe(part, config={"model": model} if part == "attribution" else {})
    return nlp
