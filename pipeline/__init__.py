"""Onrecord reads the news and keeps the record: who said what, and which numbers they gave.

``load()`` gives the language pipeline alone, ``read_batch(BATCH)`` an Arrow batch of articles read, ``tables(DIR)`` the published
tables as Arrow datasets; ``onrecord.transforms`` holds the Beam transforms, ``onrecord.spark`` what Spark needs, and
``onrecord.schemas`` the tables' declarations. Importing this package loads none of them.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow.dataset as ds
    from spacy.language import Language

    from . import schemas as schemas
    from . import transforms as transforms
    from .articles import read_batch as read_batch

__all__ = ["__version__", "load", "read_batch", "schemas", "tables", "transforms"]
__version__ = "0.2.0"


def load(model: str = "bundled") -> Language:
    """Return a spaCy pipeline whose docs carry ``doc._.quotes``, ``doc._.figures`` and ``doc._.speakers``.

    The rows are the pydantic models of ``schemas``; ``doc._.entities`` holds the named entities. Nothing is fetched.

    Args:
        model: the attribution model: ``bundled``, or the folder of other weights of its form; ``+all`` behind it leaves out no
            attribution, however unsure (``bundled+all``).

    Raises:
        ModelError: the folder holds no such model.
    """
    from .reading import load as load_language

    return load_language(model=model)


def tables(directory: str | Path, as_read: bool = False) -> dict[str, ds.Dataset]:
    """Return the tables of an output folder as ``pyarrow.dataset`` datasets, by table name.

    They hold exactly what finished runs published, with what people have corrected (``onrecord correct``).

    Args:
        directory: the output folder, or its address on an object store.
        as_read: the tables as they were read; the table ``corrections`` tells what is put right.

    Raises:
        FileNotFoundError: the folder holds no finished run.
        NewerRecord: a newer version of Onrecord wrote to it, whose tables this one cannot read.
    """
    from .places import place_of
    from .store.corrected.dataset import open_corrected
    from .store.tables import open_tables

    return open_tables(place_of(directory)) if as_read else open_corrected(place_of(directory))


def __getattr__(name: str) -> Any:
    """Load these when they are first asked for: they bring pydantic, Arrow, spaCy and Beam."""
    if name in ("schemas", "transforms"):
        return importlib.import_module(f".{name}", __name__)
    if name == "read_batch":
        return importlib.import_module(".articles", __name__).read_batch
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
