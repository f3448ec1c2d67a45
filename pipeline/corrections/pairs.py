"""What people say of names: which are one person or body, and which are two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .apply import Row


@dataclass(frozen=True)
class SaidNames:
    """SaidNames that are one, each with all of its others, and names that are apart, by ``speaker_id``.

    Attributes:
        together: groups of ids that are one.
        apart: ids of which each is none of some others.
        called: the name of each id.
    """

    together: tuple[frozenset[str], ...] = ()
    apart: Mapping[str, frozenset[str]] = field(default_factory=dict)
    called: Mapping[str, str] = field(default_factory=dict)

    def fullest(self, group: Iterable[str]) -> str:
        """The name of a group that says most."""
        return max((self.called[i] for i in group), key=lambda n: (len(n.split()), len(n), n))

    def one(self, a: str, b: str) -> bool:
        """Whether two ids are one by what was said."""
        return any({a, b} <= group for group in self.together)


def names_of(corrections: Iterable[Row]) -> SaidNames:
    """What corrections of people amount to; of two on the same names the later one counts.

    Args:
        corrections: rows that count, in the order in which they were made.
    """
    said: dict[frozenset[str], str] = {}
    called: dict[str, str] = {}
    for row in corrections:
        if row["what"] == "person":
            pair = frozenset((row["row_id"], row["other_id"]))
            said.pop(pair, None)
            said[pair] = row["verdict"]
            called |= {row["row_id"]: row["read_value"], row["other_id"]: row["right_value"]}
    groups: list[frozenset[str]] = []
    apart: dict[str, set[str]] = {}
    for pair, verdict in said.items():
        if verdict == "one":
            met = [g for g in groups if g & pair]
            groups = [g for g in groups if not g & pair] + [pair.union(*met)]
        else:
            for one in pair:
                apart.setdefault(one, set()).update(pair - {one})
    return SaidNames(tuple(groups), {k: frozenset(v) for k, v in apart.items()}, called)
