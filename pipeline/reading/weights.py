"""The attribution model that a setting names."""

from __future__ import annotations

import functools
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
    from ..quotes.model import read_settings

    return read_settings(model_folder(model)).version + ALL * model.endswith(ALL)
