"""Statements whose truth a reader fixes, as strengths that the gradual readings take for given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cruxmap.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cruxmap.analysis.gradual_core import Floats
    from cruxmap.graph import ArgumentGraph

STRENGTH_OF_LABEL = {"in": 1.0, "out": 0.0, "undecided": float("nan")}
"""What a fixed label imposes; `undecided` imposes nothing on a strength."""


def imposed_strengths(graph: ArgumentGraph, fixed: Mapping[str, str]) -> Floats:
    """Return the strengths that fixed labels impose.

    Parameters
    ----------
    graph : ArgumentGraph
    fixed : mapping
        `in`, `out` or `undecided` by node.

    Returns
    -------
    array of shape (nodes,)
        1 for `in`, 0 for `out`, NaN for nodes that are free.

    Raises
    ------
    UsageError
        When a name is no node, or a label is none of the three.
    """
    imposed = np.full(len(graph.nodes), np.nan)
    for name, label in fixed.items():
        if name not in graph.index:
            raise UsageError(f"there is no statement or argument {name!r} to fix")
        if label not in STRENGTH_OF_LABEL:
            raise UsageError(f"{name} can be fixed to {', '.join(STRENGTH_OF_LABEL)}, not to {label!r}")
        imposed[graph.index[name]] = STRENGTH_OF_LABEL[label]
    return imposed
