"""The integer-indexed argument graph on which all gradual readings run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from cruxmap.analysis.gradual_chunk import SampleChunk, by_position
from cruxmap.analysis.gradual_errors import CoreInputError, NotConvergedError
from cruxmap.analysis.gradual_layers import Layer, layers_in_order
from cruxmap.analysis.gradual_plan import Plan
from cruxmap.analysis.graph_structure import EvaluationOrder, Relation, evaluation_order
from cruxmap.analysis.semantics import DEFAULT_SEMANTICS, Semantics, find_semantics

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cruxmap.analysis.semantics import Values

Floats: TypeAlias = NDArray[np.float64]
Indices: TypeAlias = NDArray[np.intp]

DEFAULT_TOLERANCE = 1e-9
_SHARED = ("dependencies", "order", "plan", "_whole")
"""What follows from the edges alone."""


@dataclass(frozen=True, eq=False)
class Solution:
    """Strengths of a batch, with what is known about them.

    Parameters
    ----------
    strengths : array of shape (nodes,) or (samples, nodes)
        The shape of the base scores (and fixed strengths) that were asked about.
    converged : array of shape (samples,)
        Whether every cyclic component of the sample reached a fixpoint; a single vector is one sample.
    iterations : array of shape (samples,)
        1 for the pass over the graph, plus the integration steps in its cyclic components.
    unsettled : tuple of tuple of int
        Nodes of each component that did not converge in some sample, in order of evaluation.
    """

    strengths: Floats
    converged: NDArray[np.bool_]
    iterations: Indices
    unsettled: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, eq=False)
class ArgumentGraphCore:
    """Nodes 0 … n-1 with attacks, supports, premises and exceptions as compressed rows of incoming edges.

    Parameters
    ----------
    base_scores : array of shape (nodes,)
        Default own scores in [0, 1]: credences of statements, hedge weights of arguments.
    attacks, supports : Relation
        Row `i` holds the attackers (supporters) of node `i`.
    premises, exceptions : Relation, optional
        Row `i` holds the statements that `i` assumes, or that defeat it when they hold; none when left out.
    premise_rule : {"product", "min"}
        Own score of a node with premises P and exceptions X: ``base * ∏ σ(p) * ∏ (1 - σ(x))``, or ``base``
        times the minimum of all σ(p) and 1 - σ(x).
    names : sequence of str, optional
        How errors name the nodes; their indices when left out.

    Notes
    -----
    Immutable. Building sorts the edges once; the order of evaluation is found on first use.
    """

    base_scores: Floats
    attacks: Relation
    supports: Relation
    premises: Relation | None = None
    exceptions: Relation | None = None
    premise_rule: Literal["product", "min"] = "product"
    names: Sequence[str] | None = None

    def __post_init__(self) -> None:
        scores = np.array(self.base_scores, dtype=np.float64)
        if scores.ndim != 1:
            raise CoreInputError(f"base scores of a graph must be one vector, not of shape {scores.shape}")
        for name, relation in self._relations().items():
            if relation.nodes != len(scores):
                raise CoreInputError(
                    f"the {name} are for {relation.nodes} nodes, the base scores for {len(scores)}"
                )
            if relation.edges and not 0 <= relation.sources.min() <= relation.sources.max() < len(scores):
                raise CoreInputError(f"the {name} name a node outside 0 … {len(scores) - 1}")
        if self.premise_rule not in {"product", "min"}:
            raise CoreInputError(f"premises combine by 'product' or 'min', not by {self.premise_rule!r}")
        scores.setflags(write=False)
        object.__setattr__(self, "base_scores", scores)
        self._require_unit_interval(scores)

    def _relations(self) -> dict[str, Relation]:
        named = {
            "attacks": self.attacks,
            "supports": self.supports,
            "premises": self.premises,
            "exceptions": self.exceptions,
        }
        return {name: relation for name, relation in named.items() if relation is not None}

    @property
    def node_count(self) -> int:
        """Number of nodes."""
        return len(self.base_scores)

    @cached_property
    def dependencies(self) -> Relation:
        """All edges along which strengths flow, of whatever kind."""
        present = [relation for relation in self._relations().values() if relation.edges]
        if len(present) == 1:
            return present[0]
        if not present:
            return Relation.empty(self.node_count)
        sources = np.concatenate([relation.sources for relation in present])
        targets = np.concatenate([relation.targets() for relation in present])
        return Relation.from_pairs(sources, targets, self.node_count)

    @cached_property
    def order(self) -> EvaluationOrder:
        """Topological level and cyclic component of every node."""
        return evaluation_order(self.dependencies)

    @property
    def is_cyclic(self) -> bool:
        """Whether some node can reach itself."""
        return bool((self.order.component >= 0).any())

    @cached_property
    def plan(self) -> Plan:
        """The layers over positions in order of evaluation."""
        return Plan(*layers_in_order(self._relations(), self.order, minimum=self.premise_rule == "min"))

    @cached_property
    def _whole(self) -> Layer:
        """All nodes as one layer, in their own numbering."""
        return Layer.build(self._relations(), 0, self.node_count, minimum=self.premise_rule == "min")

    def with_base_scores(self, scores: Floats) -> ArgumentGraphCore:
        """Return the same graph with other base scores; the order of evaluation is not found anew.

        Parameters
        ----------
        scores : array of shape (nodes,)
            In [0, 1].

        Raises
        ------
        CoreInputError
            When there is not one number in [0, 1] for each node.

        Examples
        --------
        >>> core = ArgumentGraphCore(np.array([0.5, 0.8]), Relation.from_rows([[1], []]), Relation.empty(2))
        >>> core.with_base_scores(np.array([0.5, 0.0])).evaluate().tolist()
        [0.5, 0.0]
        """
        changed = replace(self, base_scores=scores)
        changed.__dict__.update({name: self.__dict__[name] for name in _SHARED if name in self.__dict__})
        return changed

    def ancestors(self, node: int) -> Indices:
        """Return the node and all nodes that can reach it, ascending.

        Parameters
        ----------
        node : int
            Index of a node.

        Returns
        -------
        array of shape (ancestors,)
            Sorted indices, `node` among them.
        """
        seen = np.zeros(self.node_count, dtype=np.bool_)
        seen[node] = True
        frontier = np.array([node], dtype=np.intp)
        while frontier.size:
            parents = np.unique(self.dependencies.rows(frontier))
            frontier = parents[~seen[parents]]
            seen[frontier] = True
        return np.flatnonzero(seen)

    def restricted_to(self, nodes: Indices) -> ArgumentGraphCore:
        """Return the subgraph induced by some nodes, renumbered in the given order.

        Parameters
        ----------
        nodes : array of shape (kept,)
            Different indices of the nodes to keep.

        Returns
        -------
        ArgumentGraphCore
            Node `i` of the result is ``nodes[i]``; edges from and to other nodes are gone.
        """
        position = np.full(self.node_count, -1, dtype=np.intp)
        position[nodes] = np.arange(len(nodes))
        return ArgumentGraphCore(
            self.base_scores[nodes],
            **{name: relation.renumbered(nodes, position) for name, relation in self._relations().items()},
            premise_rule=self.premise_rule,
            names=[self.name_of(node) for node in nodes.tolist()],
        )

    def name_of(self, node: int) -> str:
        """Return how a node is called in messages."""
        return str(node) if self.names is None else self.names[node]

    def evaluate(
        self,
        base: Values | None = None,
        semantics: str | Semantics = DEFAULT_SEMANTICS,
        *,
        fixed: Floats | None = None,
        tolerance: float = DEFAULT_TOLERANCE,
    ) -> Floats:
        """Return the strengths for one vector of base scores, or for many at once.

        Parameters
        ----------
        base, semantics, fixed, tolerance
            As for `solve`.

        Returns
        -------
        array of shape (nodes,) or (samples, nodes)
            Strengths, in the shape of `base`.

        Raises
        ------
        NotConvergedError
            A cyclic component found no fixpoint in some sample; the message names its nodes.
        CoreInputError, SupportsRefusedError, UnknownSemanticsError
            As for `solve`.

        Examples
        --------
        >>> core = ArgumentGraphCore(np.array([0.5, 0.8]), Relation.from_rows([[1], []]), Relation.empty(2))
        >>> core.evaluate(np.array([[0.5, 1.0], [0.5, 0.0]])).tolist()
        [[0.25, 1.0], [0.5, 0.0]]
        """
        chosen = find_semantics(semantics)
        solution = self.solve(base, chosen, fixed=fixed, tolerance=tolerance)
        if solution.unsettled:
            raise NotConvergedError(chosen.name, [self.name_of(node) for node in solution.unsettled[0]])
        return solution.strengths

    def solve(
        self,
        base: Values | None = None,
        semantics: str | Semantics = DEFAULT_SEMANTICS,
        *,
        fixed: Floats | None = None,
        tolerance: float = DEFAULT_TOLERANCE,
    ) -> Solution:
        """Compute strengths together with convergence.

        Parameters
        ----------
        base : array of shape (nodes,) or (samples, nodes), optional
            Own scores in [0, 1]; the graph's when left out. Complex vectors (for derivatives by the complex
            step) are accepted on acyclic graphs and are not checked.
        semantics : str or Semantics
            Which gradual semantics.
        fixed : array of shape (nodes,) or (samples, nodes), optional
            Strengths that are imposed whatever the graph says; NaN leaves a node free. A node fixed at 0
            has no effect along attacks and supports, as if it were absent.
        tolerance : float
            Largest |f(σ) - σ| that counts as a fixpoint of a cyclic component, above 0.

        Returns
        -------
        Solution
            Strengths, convergence per sample, and the components that did not settle.

        Raises
        ------
        CoreInputError
            Shapes do not fit, numbers leave [0, 1], or the tolerance is not positive.
        SupportsRefusedError
            The semantics is defined for attacks only and the graph has supports.
        UnknownSemanticsError
            No semantics has this name.

        Notes
        -----
        Acyclic parts take one vectorised pass over the levels, O(samples * (nodes + edges)). Cyclic
        components are integrated from their base scores, after everything above them. Samples go through in
        chunks that fit the processor's cache, so memory beyond input and output stays bounded.
        """
        chosen = find_semantics(semantics)
        chosen.require_readable(self.supports.edges)
        if not tolerance > 0.0:
            raise CoreInputError(f"the tolerance must be above 0, not {tolerance!r}")
        own, imposed, shape = self._inputs(base, fixed)
        strengths = np.empty(own.shape, dtype=own.dtype)
        converged = np.ones(len(own), dtype=np.bool_)
        iterations = np.ones(len(own), dtype=np.intp)
        unsettled: dict[int, tuple[int, ...]] = {}
        order, size = self.plan.nodes, self.plan.block_size
        for first in range(0, len(own), size):
            part = slice(first, first + size)
            block = SampleChunk.begin(
                chosen,
                by_position(own[part], order),
                None if imposed is None else by_position(imposed[part], order),
                tolerance,
            )
            unsettled |= self.plan.run(block)
            strengths[part, order] = block.values.T
            converged[part], iterations[part] = block.converged, block.iterations
        found = tuple(unsettled[key] for key in sorted(unsettled))
        return Solution(strengths.reshape(shape), converged, iterations, found)

    def update(
        self, strengths: Values, base: Values | None = None, semantics: str | Semantics = DEFAULT_SEMANTICS
    ) -> Values:
        """Return f(σ): what every node would have if its parents had the given strengths.

        Parameters
        ----------
        strengths : array of shape (nodes,) or (samples, nodes)
            Any state, real or complex.
        base : array of the same shape, or of shape (nodes,), optional
            Own scores; the graph's when left out.
        semantics : str or Semantics
            Which gradual semantics.

        Returns
        -------
        array of the shape of `strengths`
            Equal to `strengths` exactly at fixpoints.
        """
        own = np.broadcast_to(self.base_scores if base is None else base, strengths.shape)
        if not self.node_count:
            return np.array(strengths)
        return self._whole.update(find_semantics(semantics), strengths.T, own.T).T

    def _inputs(
        self, base: Values | None, fixed: Floats | None
    ) -> tuple[Values, Floats | None, tuple[int, ...]]:
        """Base scores and fixed strengths as matrices of one shape, and the shape of the answer."""
        own: Values = self.base_scores if base is None else np.asarray(base)
        if not np.iscomplexobj(own):
            own = np.asarray(own, dtype=np.float64)
            self._require_unit_interval(own)
        elif self.is_cyclic:
            raise CoreInputError("complex base scores are for acyclic graphs; this graph has a cycle")
        imposed = None if fixed is None else np.asarray(fixed, dtype=np.float64)
        for what, array in (("base scores", own), ("fixed strengths", imposed)):
            if array is not None and (array.ndim not in {1, 2} or array.shape[-1] != self.node_count):
                raise CoreInputError(
                    f"{what} must have shape ({self.node_count},) or (samples, {self.node_count}), "
                    f"not {array.shape}"
                )
        if imposed is None:
            return np.atleast_2d(own), None, own.shape
        if ((imposed < 0.0) | (imposed > 1.0)).any():
            raise CoreInputError("fixed strengths must lie from 0 to 1, or be NaN for free nodes")
        try:
            shape = np.broadcast_shapes(own.shape, imposed.shape)
        except ValueError as error:
            raise CoreInputError("base scores and fixed strengths differ in number of samples") from error
        matrix = (1, *shape)[-2:]
        return np.broadcast_to(own, matrix), np.broadcast_to(imposed, matrix), shape

    @staticmethod
    def _require_unit_interval(scores: NDArray[Any]) -> None:
        if scores.size and not (scores.min() >= 0.0 and scores.max() <= 1.0):
            raise CoreInputError("base scores must lie from 0 to 1")
