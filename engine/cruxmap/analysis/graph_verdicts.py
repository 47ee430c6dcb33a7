"""Verdicts of an argument graph as functions of credences, answered in batches over what bears on them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from cruxmap.analysis.semantics import DEFAULT_SEMANTICS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cruxmap.analysis.gradual_core import ArgumentGraphCore
    from cruxmap.analysis.verdicts import Credences, FloatArray
    from cruxmap.graph import ArgumentGraph


@dataclass(frozen=True, eq=False)
class GraphVerdict:
    """The strength of one node as a function of credences.

    Attributes
    ----------
    name : str
        Id of the node.
    core : ArgumentGraphCore
        The part of the graph that bears on it.
    columns : dict of str to int
        Position in `core` of every node in it, by id.
    fixed : array of shape (nodes,), optional
        Strengths imposed on nodes of `core`, NaN where free.
    semantics : str
    """

    name: str
    core: ArgumentGraphCore
    columns: dict[str, int]
    fixed: FloatArray | None
    semantics: str

    @classmethod
    def of(
        cls,
        graph: ArgumentGraph,
        name: str,
        semantics: str = DEFAULT_SEMANTICS,
        fixed: FloatArray | None = None,
    ) -> GraphVerdict:
        """Cut out of a graph what bears on one node.

        Parameters
        ----------
        graph : ArgumentGraph
        name : str
            Id of a node.
        semantics : str
        fixed : array of shape (nodes of the graph,), optional
            Strengths that are imposed, NaN where free.

        Examples
        --------
        >>> from cruxmap import load
        >>> from cruxmap.graph import argument_graph
        >>> verdict = GraphVerdict.of(argument_graph(load()), "imitative-amplification-rat/inner-alignment")
        >>> verdict({"rat-gives-consistent-gradient": 0.9}) > verdict({"rat-gives-consistent-gradient": 0.1})
        True
        """
        nodes = graph.core.ancestors(graph.index[name])
        columns = {graph.nodes[node].id: column for column, node in enumerate(nodes.tolist())}
        kept = None if fixed is None else fixed[nodes]
        return cls(name, graph.core.restricted_to(nodes), columns, kept, semantics)

    def under(self, semantics: str) -> GraphVerdict:
        """Return the same verdict under another semantics."""
        return replace(self, semantics=semantics)

    def __call__(self, credences: Credences) -> float:
        """Return the strength under credences of some nodes that bear on the verdict; others keep theirs."""
        vector = np.array([list(credences.values())], dtype=np.float64)
        return float(self.batch(tuple(credences), vector)[0])

    def batch(self, statements: Sequence[str], vectors: FloatArray) -> FloatArray:
        """Return the strengths for many vectors at once; see `cruxmap.analysis.verdicts.BatchVerdict`.

        Raises
        ------
        NotConvergedError
            When a circle in the graph finds no fixpoint under some vector.
        """
        base = np.tile(self.core.base_scores, (len(vectors), 1))
        base[:, [self.columns[statement] for statement in statements]] = vectors
        strengths = self.core.evaluate(base, self.semantics, fixed=self.fixed)
        answers: FloatArray = strengths[:, self.columns[self.name]]
        return answers
