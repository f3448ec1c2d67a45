"""The attribution model that a setting names."""

from __future__ import annotations

import functools
import json
from pathlib import Path

BUNDLED = "bundled"
ALL = "+all"  # behind the name of a model: what it reads however unsure it is


def model_folder(model: str) -> Path:
    """The folder of the weights that a setting names: ``bundled``, or a path; ``+all`` may follow."""
    name = model.removesuffix(ALL)
    return Path(__file__).parents[1] / "quotes" / "weights" if name == BUNDLED else Path(name)


@functools.cache
def model_version(model: str = BUNDLED) -> str:
    """The version of the weights that a setting names; rows repeat it.

    Raises:
        ModelError: the folder holds no such model.
    """
    folder, name = model_folder(model), model.removesuffix(ALL)
    if name == BUNDLED:  # ours, and whole: who only asks for its version need not load what reads by it
        version = str(json.loads((folder / "model.json").read_bytes())["version"])
    else:
        from ..quotes.model import read_settings

        version = read_settings(folder).version
    return version + ALL * model.endswith(ALL)


@functools.cache
def load_ahead(model: str) -> None:
    """Begin to load the network in a thread, once in a process; what is wrong with it is told to whoever reads by it."""
    from ..quotes.model import Exported

    Exported.load_ahead(model_folder(model))
