"""Text in, rows out: paragraphs, quotation marks, attributions, speakers and figures of one article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .weights import ALL, BUNDLED, load_ahead, model_folder, model_version

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["ALL", "BUNDLED", "check_vocabulary", "load", "load_ahead", "model_folder", "model_version"]


def check_vocabulary() -> None:
    """Read all tables of words that rules go by.

    Raises:
        VocabularyError: one is broken.
    """
    from ..lexicon.tables import check_tables

    check_tables()


def load(model: str = BUNDLED) -> Language:
    """Return the spaCy pipeline of the language room.

    Args:
        model: the attribution model: ``bundled``, or the folder of other weights of its form.

    Raises:
        ModelError: the folder holds no such model.
    """
    import spacy

    from ..text.tokenizer import LinearTokenizer
    from . import components  # noqa: F401  (registers the component)

    nlp = spacy.blank("en")
    nlp.tokenizer = LinearTokenizer.like(nlp.tokenizer)
    nlp.max_length = 100_000_000  # length is limited where articles are read
    nlp.add_pipe("onrecord", config={"model": model})
    return nlp
