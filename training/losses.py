"""What a batch teaches: losses against its gold labels and, in distillation, against the probabilities of teachers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import torch
import torch.nn.functional as F
from torch import Tensor

from onrecord.quotes.decode import distance_buckets

from .batches import IGNORE, RELATIONS, Batch
from .network import ANCHOR, COLUMNS, TAGS, Network
from .recipe import Recipe

TAG_WEIGHT = 0.5
ANCHOR_WEIGHT = 10.0  # few wordpieces are cues
CUE = 0.3  # probability from which a teacher's cue is learned
PAIR_WORDS = 40  # an attribution has about so many words of its own: each counts alike, however long its window


@dataclass
class Outputs:
    """What a network says of a batch, in 32 bits: logits [windows, length, ..], [cues, length, 4] for pairs."""

    tags: Tensor
    anchors: Tensor
    entities: Tensor
    pairs: Tensor | None
    arcs: tuple[Tensor, Tensor] | None


def losses(network: Network, batch: Batch, recipe: Recipe, teachers: Sequence[Network] = ()) -> dict[str, Tensor]:
    """The weighted losses of a batch by name; with teachers, gold and teachers share the weight as the recipe says."""
    taught: list[Outputs] = []
    if teachers:
        with torch.no_grad():
            encoded = [_encoded(t, batch, recipe.bf16) for t in teachers]
            batch = _with_cues(batch, encoded[0].columns[..., ANCHOR])
            taught = [_outputs(t, batch, e, recipe.bf16) for t, e in zip(teachers, encoded, strict=True)]
    syntax = bool(recipe.syntax) and bool((batch.heads >= 0).any())
    own = _outputs(network, batch, _encoded(network, batch, recipe.bf16), recipe.bf16, syntax)
    gold = _gold(own, batch, recipe)
    if not teachers:
        return gold
    out = {name: loss * (1.0 if name == "syntax" else 1 - recipe.distil) for name, loss in gold.items()}
    out["distilled"] = recipe.distil * _distilled(own, taught, batch, recipe)
    return out


@dataclass
class _Encoded:
    """What the encoder makes of a batch: hidden states, token logits, projections."""

    hidden: Tensor
    columns: Tensor
    projected: Tensor


def _encoded(network: Network, batch: Batch, bf16: bool) -> _Encoded:
    with torch.autocast(batch.ids.device.type, dtype=torch.bfloat16, enabled=bf16):
        hidden = network.encoder.hidden(batch.ids, batch.shapes, batch.states, batch.mask[:, None, None, :].bool())
        return _Encoded(hidden, network.encoder.tag(hidden), network.encoder.project(hidden))


def _outputs(network: Network, batch: Batch, encoded: _Encoded, bf16: bool, syntax: bool = False) -> Outputs:
    """What the network says of a batch; ``syntax`` asks for heads and relations too."""
    projected, pairs, arcs = encoded.projected, None, None
    with torch.autocast(batch.ids.device.type, dtype=torch.bfloat16, enabled=bf16):
        if len(batch.pair_at):
            there = batch.mask[batch.pair_window][..., None].to(projected.dtype)
            pairs = network.pair(
                projected[batch.pair_window, batch.pair_at], projected[batch.pair_window], batch.pair_distance, there
            ).float()
        if syntax:
            scores, relations = network.syntax(encoded.hidden, batch.mask.bool())
            arcs = scores.float(), relations.float()
    columns = encoded.columns.float()
    return Outputs(columns[..., :TAGS], columns[..., ANCHOR], columns[..., ANCHOR + 1 : COLUMNS], pairs, arcs)


def _with_cues(batch: Batch, anchors: Tensor) -> Batch:
    """The batch with pairs for what a teacher takes for cues as well: articles without attributions teach by these alone."""
    found = (anchors.float().sigmoid() > CUE) & batch.mask.bool()
    found[batch.pair_window, batch.pair_at] = False
    window, at = torch.nonzero(found, as_tuple=True)
    if not len(at):
        return batch
    length = batch.ids.shape[1]
    distance = torch.from_numpy(distance_buckets(at.tolist(), length)).to(at.device)
    labels = torch.full((len(at), length), IGNORE, device=at.device)
    new = {"pair_window": window, "pair_at": at, "pair_labels": labels, "pair_distance": distance}
    return replace(batch, **{name: torch.cat([getattr(batch, name), value]) for name, value in new.items()})


def _gold(own: Outputs, batch: Batch, recipe: Recipe) -> dict[str, Tensor]:
    out: dict[str, Tensor] = {}
    if bool((batch.tags != IGNORE).any()):
        out["tags"] = TAG_WEIGHT * F.cross_entropy(own.tags.flatten(0, 1), batch.tags.flatten(), ignore_index=IGNORE)
    if bool(batch.anchor_mask.any()):
        bits = F.binary_cross_entropy_with_logits(own.anchors, batch.anchors, reduction="none")
        out["anchors"] = ANCHOR_WEIGHT * (bits * batch.anchor_mask).sum() / batch.anchor_mask.sum()
    told = int((batch.pair_labels != IGNORE).any(-1).sum())
    if own.pairs is not None and told:
        loss = F.cross_entropy(own.pairs.flatten(0, 1), batch.pair_labels.flatten(), ignore_index=IGNORE, reduction="sum")
        out["pairs"] = loss / (told * PAIR_WORDS)
    known = batch.entities != IGNORE
    if bool(known.any()):
        each = F.cross_entropy(own.entities.flatten(0, 1), batch.entities.flatten(), ignore_index=IGNORE, reduction="none")
        weights = batch.entity_weight * known
        out["entities"] = recipe.entities * (each.view_as(known) * weights).sum() / known.sum()
    if own.arcs is not None:
        scores, relations = own.arcs
        out["syntax"] = recipe.syntax * (
            F.cross_entropy(scores.flatten(0, 1), batch.heads.flatten(), ignore_index=IGNORE)
            + F.cross_entropy(relations.reshape(-1, len(RELATIONS)), batch.relations.flatten(), ignore_index=IGNORE)
        )
    return out


def _distilled(own: Outputs, taught: Sequence[Outputs], batch: Batch, recipe: Recipe) -> Tensor:
    """Cross entropy against the teachers' mean probabilities (Hinton et al. 2015), weighed as the gold losses are."""
    there = batch.mask.float()

    def soft(student: Tensor, teachers: Sequence[Tensor]) -> Tensor:
        target = torch.stack([t.softmax(-1) for t in teachers]).mean(0)
        return -(target * student.log_softmax(-1)).sum(-1)

    loss = TAG_WEIGHT * (soft(own.tags, [t.tags for t in taught]) * there).sum() / there.sum()
    anchors = torch.stack([t.anchors.sigmoid() for t in taught]).mean(0)
    bits = F.binary_cross_entropy_with_logits(own.anchors, anchors, reduction="none")
    loss = loss + ANCHOR_WEIGHT * (bits * there).sum() / there.sum()
    loss = loss + recipe.entities * (soft(own.entities, [t.entities for t in taught]) * there).sum() / there.sum()
    if own.pairs is not None:
        each = soft(own.pairs, [t.pairs for t in taught if t.pairs is not None]) * there[batch.pair_window]
        loss = loss + each.sum() / (len(batch.pair_at) * PAIR_WORDS)
    return loss
