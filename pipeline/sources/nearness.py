"""How near two articles are: MinHash signatures of their word shingles, by the library rensa.

A reprint leaves paragraphs out and puts an agency line in, so what is told is how much of the shorter text stands in the
other (containment), from the Jaccard index of the signatures and the number of shingles of each (Broder 1997).
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import numpy.typing as npt

THRESHOLD = 0.5  # containment from which an article is a reprint; set by benchmarks.near and by real news (README)
WIDTH = 129  # numbers of a signature: its minima, and the number of shingles
_PERMUTATIONS, _ROWS, _SEED = 128, 2, 20261121
BANDS = _PERMUTATIONS // _ROWS
_SHINGLE = 4  # words
_COMMON = 4  # minima; fewer in common say nothing of a brief beside a very long text
_LEAST = 40  # shingles of a text that is compared; a brief is like many others
_WORD = re.compile(r"\w+")
_MIX = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F], np.uint64)

Signatures = npt.NDArray[np.uint32]


def signature(text: str) -> list[int] | None:
    """The signature of a text; None if it is too short to be told from others."""
    from rensa import RMinHash

    words = _WORD.findall(text.lower())
    shingles = {" ".join(words[n : n + _SHINGLE]) for n in range(len(words) - _SHINGLE + 1)}
    if len(shingles) < _LEAST:
        return None
    made = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    made.update(sorted(shingles))
    return [*made.digest(), len(shingles)]


def bands(signatures: Signatures) -> npt.NDArray[np.uint32]:
    """Keys that near articles are likely to share, each within its band: one for every two minima of a signature."""
    parts = signatures[:, : BANDS * _ROWS].reshape(len(signatures), BANDS, _ROWS).astype(np.uint64)
    mixed = (parts + np.uint64(1)) * _MIX
    return ((mixed[:, :, 0] ^ np.left_shift(mixed[:, :, 1], np.uint64(1))) >> np.uint64(32)).astype(np.uint32)


def containment(one: Any, others: Signatures) -> npt.NDArray[np.float64]:
    """Estimated share of the shingles of the shorter text that stand in the longer one, for each of the others.

    Args:
        one: a signature, or one for each of the others.
    """
    one = np.asarray(one, np.uint32)
    equal = (others[:, :-1] == one[..., :-1]).sum(axis=1)
    jaccard = np.where(equal < _COMMON, 0, equal) / _PERMUTATIONS
    sizes, own = others[:, -1].astype(np.float64), one[..., -1].astype(np.float64)
    common = jaccard * (sizes + own) / (1 + jaccard)
    return np.minimum(1.0, common / np.minimum(sizes, own))
