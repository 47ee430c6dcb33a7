"""The grounded labelling in rounds: everything that the decisions of one round force is decided at once.

The decisions are those of a first-in-first-out queue, in the same order, made by a few array operations
per round instead of a few bytecodes per attack.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cruxmap.analysis.attack_graph import AttackGraph

    Indices = NDArray[np.int64]

UNDECIDED, IN, OUT = 0, 1, 2
"""The labels inside the integer-indexed core; 0 is the label that nothing has decided yet."""

NO_REASON = -1
"""Stands where no single attacker is the reason: an argument is in because of all its attackers."""

MOST_ROUNDS = 64
"""Rounds made by array operations. What takes more is deep and narrow, and faster attack by attack."""


class Rounds(NamedTuple):
    """What some rounds of decisions have decided.

    Attributes
    ----------
    labels, reasons, open_attackers : array of shape (nodes,)
        Label, attacker that was in first (`NO_REASON` unless out), and attackers not known to be out.
    order : array of shape (decided,)
        The nodes that are decided, in the order of their decisions.
    walked : int
        The first so many nodes of `order` have had their effect on what they attack.
    """

    labels: Indices
    reasons: Indices
    open_attackers: Indices
    order: Indices
    walked: int


def label_in_rounds(graph: AttackGraph, most_rounds: int = MOST_ROUNDS) -> Rounds:
    """Return the decisions of the first rounds of the grounded labelling.

    Parameters
    ----------
    graph : AttackGraph
        The arguments and attacks.
    most_rounds : int
        Rounds after which to stop, even if more would follow.

    Returns
    -------
    Rounds
        The labelling is complete when `walked` is the length of `order`.

    Notes
    -----
    Linear in the nodes plus the attacks that the decided ones make, but for sorting each round's decisions.

    Examples
    --------
    >>> from cruxmap.analysis.attack_graph import build_attack_graph
    >>> graph = build_attack_graph({"a": 0, "b": 1, "c": 2}, [("a", "b"), ("b", "c")])
    >>> label_in_rounds(graph).labels.tolist()
    [1, 2, 1]
    """
    open_attackers = np.bincount(graph.targets, minlength=graph.size)
    labels = np.zeros(graph.size, dtype=np.int64)
    reasons = np.full(graph.size, NO_REASON, dtype=np.int64)
    place = np.empty(graph.size, dtype=np.int64)
    latest = np.flatnonzero(open_attackers == 0)
    labels[latest] = IN
    rounds = [latest]
    for _ in range(most_rounds):
        if not latest.size:
            break
        sources, targets = graph.attacks_of(latest)
        undecided = labels[targets] == UNDECIDED
        sources, targets = sources[undecided], targets[undecided]
        accepted = labels[sources] == IN
        refuting, spared = np.flatnonzero(accepted), np.flatnonzero(~accepted)
        refuting = _last_of_each(refuting[::-1], targets, place)
        np.subtract.at(open_attackers, targets[spared], 1)
        sparing = _last_of_each(spared[open_attackers[targets[spared]] == 0], targets, place)
        labels[targets[refuting]], labels[targets[sparing]] = OUT, IN
        reasons[targets[refuting]] = sources[refuting]
        latest = targets[np.sort(np.concatenate((refuting, sparing)))]
        rounds.append(latest)
    order = np.concatenate(rounds)
    return Rounds(labels, reasons, open_attackers, order, len(order) - len(latest))


def _last_of_each(attacks: Indices, targets: Indices, place: Indices) -> Indices:
    """Return, of the attacks on the same target, the last one in the given sequence."""
    attacked = targets[attacks]
    place[attacked] = attacks  # of repeated indices the last assignment stands
    return np.asarray(attacks[place[attacked] == attacks])
