"""SaidNames of which people have said that they are one, or two, as the joining takes them: beside the newsroom's own aliases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..corrections.pairs import SaidNames
from ..schemas.ids import normalised_name
from .joining import Alias


def with_said(aliases: Mapping[str, Alias], said: SaidNames) -> dict[str, Alias]:
    """Aliases, by normalised name, and whom the names that people have spoken of stand for, by ``speaker_id``."""
    out = dict(aliases)
    for group in said.together:
        own = [a for i in sorted(group) if (a := aliases.get(normalised_name(said.called[i]))) is not None]
        whole = replace(own[0] if own else Alias(said.fullest(group), None), rule="correction")
        out |= dict.fromkeys(group, whole)
    for name, others in said.apart.items():
        for other in others:
            one, two = (out.get(i) or aliases.get(normalised_name(said.called[i])) for i in (name, other))
            if one is not None and one == two:  # the file has them as one
                leaves = max(name, other, key=lambda i: (normalised_name(said.called[i]) != normalised_name(one.name), i))
                out[leaves] = Alias(said.called[leaves], None, "correction")
    return out
