"""What a step is: plain Python, which a graph of Beam carries out, a worker process, or nobody else at all.

Steps know nothing of Beam, so that a run that needs no graph does not load it, and no worker process does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple


class Tagged(NamedTuple):
    """What a step yields beside its main output, by the name of the output that it belongs to."""

    tag: str
    value: Any


class WorkStep:
    """What elements go through, one after the other; some end a bundle of them.

    It is made in one process and may be pickled and carried out in others.
    """

    def setup(self) -> None:
        """Load what is needed, once in a process."""

    def start_bundle(self) -> None:
        """Begin with a number of elements, which may be all."""

    def process(self, element: Any) -> Iterable[Any]:
        """What an element becomes."""
        raise NotImplementedError

    def finish_bundle(self) -> Iterable[Any]:
        """What is still to come of the elements since ``start_bundle``."""
        return ()

    def teardown(self) -> None:
        """Let go of what was loaded."""


Steps = Sequence[WorkStep]  # each of which takes what the one before yields


def through(steps: Steps, elements: Iterable[Any]) -> Iterator[Any]:
    """What elements become, each taken through steps in their order."""
    for element in elements:
        if not steps:
            yield element
        else:
            yield from through(steps[1:], steps[0].process(element))


def ended(steps: Steps) -> Iterator[Any]:
    """What steps yield at the end of a bundle, each taken through those behind it."""
    for n, step in enumerate(steps):
        yield from through(steps[n + 1 :], step.finish_bundle())
