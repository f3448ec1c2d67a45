"""Text in, rows out: paragraphs, quotation marks, attributions, speakers and figures of one article."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

MODEL_VERSION = "rules-1"
PARTS = ("onrecord_paragraphs", "onrecord_attribution", "onrecord_speakers", "onrecord_figures")


def load(figures: bool = True) -> Language:
    """Return the spaCy pipeline of the language room.

    Args:
        figures: whether to read figures too.
    """
    import spacy

    from . import components  # noqa: F401  (registers the factories)

    nlp = spacy.blank("en")
    nlp.max_length = 100_000_000  # length is limited where articles are read
    for part in PARTS if figures else PARTS[:-1]:
        nlp.add_pipe(part)
    return nlp
