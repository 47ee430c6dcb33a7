"""Verdicts over the argument graph: strength, label, what shakes them and what they come from."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from cruxmap.analysis.direct_contributions import Contributions, direct_contributions
from cruxmap.analysis.fragility import Shake, shakes
from cruxmap.analysis.imposed import imposed_strengths
from cruxmap.analysis.semantics import DEFAULT_SEMANTICS
from cruxmap.analysis.sides import arguments_by_side

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cruxmap.analysis.dependence import Dependence
    from cruxmap.analysis.gradual_core import Floats
    from cruxmap.analysis.labelling import Labelling
    from cruxmap.graph import ArgumentGraph

DEFAULT_STANDARD = "preponderance"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the computed voice says about one node.

    Attributes
    ----------
    id : str
    strength : float
        0 to 1; 0.5 is neutral.
    label : str
        `in`, `out` or `undecided` in the grounded reading.
    shakes : tuple of Shake
        Everything that would take the strength to another side of 0.5; the verdict is fragile when there
        is any.
    pro, con : int
        Arguments in the discussion of the node that speak for and against it in the end, replies included.
    contributions : Contributions
        Shapley values of the direct attackers and supporters.
    """

    id: str
    strength: float
    label: str
    shakes: tuple[Shake, ...]
    pro: int
    con: int
    contributions: Contributions

    @property
    def fragile(self) -> bool:
        """Whether another semantics, or ±0.1 of a single credence or weight, changes the side."""
        return bool(self.shakes)

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "id": self.id,
            "strength": self.strength,
            "label": self.label,
            "fragile": self.fragile,
            "shakes": [shake.as_data() for shake in self.shakes],
            "pro": self.pro,
            "con": self.con,
            "contributions": self.contributions.as_data(),
        }


@dataclass(frozen=True, eq=False)
class Evaluation:
    """Strengths of all nodes of an argument graph; what is said about them is worked out when asked for.

    Attributes
    ----------
    graph : ArgumentGraph
    semantics, standard : str
        Conventions that the figures depend on.
    fixed : mapping
        Labels imposed, by node.
    strengths : mapping
        Strength of every node, 0 to 1.
    seed : int
        Seed of sampled contributions.
    """

    graph: ArgumentGraph
    semantics: str
    standard: str
    fixed: Mapping[str, str]
    strengths: Mapping[str, float] = field(repr=False)
    seed: int = 0

    @cached_property
    def labelling(self) -> Labelling:
        """The grounded reading, with the decision behind each label."""
        from cruxmap.analysis.labelling import grounded_labels

        return grounded_labels(self.graph, self.standard, self.fixed)

    @property
    def labels(self) -> Mapping[str, str]:
        """Label of every node in the grounded reading: `in`, `out` or `undecided`."""
        return self.labelling.labels

    @cached_property
    def dependences(self) -> Mapping[str, Dependence]:
        """What each assessment rests on in the failure reading, under these labels."""
        from cruxmap.analysis.dependence import dependences

        return dependences(self.graph, self.labels, fixed=self.fixed)

    @cached_property
    def shakes(self) -> Mapping[str, tuple[Shake, ...]]:
        """What would take each node to another side of 0.5; see `cruxmap.analysis.fragility.shakes`."""
        return shakes(self.graph, self.semantics, self._vector, self._imposed)

    @cached_property
    def verdicts(self) -> Mapping[str, Verdict]:
        """Verdict on every assessment."""
        return self._built(self.graph.statements("assessment"))

    def with_credences(
        self, credences: Mapping[str, float], fixed: Mapping[str, str] | None = None
    ) -> Evaluation:
        """Evaluate the same graph under other credences and labels imposed, and keep what they cannot change.

        Parameters
        ----------
        credences : mapping of str to float
            Base scores, 0 to 1, by node.
        fixed : mapping of str to str, optional
            Labels imposed; none by default.

        Returns
        -------
        Evaluation
            What `evaluate` gives for the changed graph.

        Raises
        ------
        NotConvergedError, UsageError
            As for `evaluate`.
        """
        graph = self.graph.with_credences(credences)
        found = evaluate(graph, self.semantics, self.standard, fixed, seed=self.seed)
        # Labels follow the weights of arguments, never credences of statements.
        weighs = any(graph.node(name).kind == "argument" for name in credences)
        if not weighs and found.fixed == self.fixed and "labelling" in self.__dict__:
            found.__dict__["labelling"] = self.labelling
        return found

    def moved(self, before: Evaluation, least: float) -> list[str]:
        """Ids of the nodes whose strength differs from that in another evaluation of the same nodes.

        Parameters
        ----------
        before : Evaluation
        least : float
            Smallest difference that counts, above 0.

        Returns
        -------
        list of str
            In the order of the graph.
        """
        count = len(self.strengths)
        after = np.fromiter(self.strengths.values(), np.float64, count)
        places = np.flatnonzero(
            np.abs(after - np.fromiter(before.strengths.values(), np.float64, count)) >= least
        )
        return [self.graph.nodes[place].id for place in places.tolist()]

    def verdict(self, name: str) -> Verdict:
        """Return the verdict on any node."""
        built = self.__dict__.get("verdicts", {})
        return built[name] if name in built else self._built([name])[name]

    @cached_property
    def _vector(self) -> Floats:
        return np.array([self.strengths[node.id] for node in self.graph.nodes])

    @cached_property
    def _imposed(self) -> Floats:
        return imposed_strengths(self.graph, self.fixed)

    @cached_property
    def _sides(self) -> dict[str, tuple[int, int]]:
        return arguments_by_side(self.graph)

    def _built(self, names: Iterable[str]) -> dict[str, Verdict]:
        wanted = list(names)
        split = direct_contributions(self.graph, wanted, self.semantics, self._imposed, seed=self.seed)
        return {
            name: Verdict(
                name,
                self.strengths[name],
                self.labels[name],
                self.shakes[name],
                *self._sides.get(name, (0, 0)),
                split[name],
            )
            for name in wanted
        }


def evaluate(
    graph: ArgumentGraph,
    semantics: str = DEFAULT_SEMANTICS,
    standard: str = DEFAULT_STANDARD,
    fixed: Mapping[str, str] | None = None,
    *,
    seed: int = 0,
) -> Evaluation:
    """Compute the strength of every statement and argument.

    Parameters
    ----------
    graph : ArgumentGraph
    semantics : str
        Gradual semantics of the strengths.
    standard : str
        Proof standard of the labels.
    fixed : mapping, optional
        Nodes whose label is imposed: `in` imposes strength 1, `out` strength 0, `undecided` only the label.
    seed : int
        Seed of contributions to nodes with more than 15 direct attackers and supporters.

    Returns
    -------
    Evaluation

    Raises
    ------
    NotConvergedError
        A cycle has no fixpoint; the message names it.
    UsageError
        When something unknown is fixed, or to something else than a label.
    UnknownSemanticsError
        No semantics has this name.

    Notes
    -----
    Strengths take one pass over the graph. Labels, fragility and contributions are computed on first use.

    Examples
    --------
    >>> from cruxmap import load
    >>> from cruxmap.graph import argument_graph
    >>> result = evaluate(argument_graph(load()), fixed={"rat-gives-consistent-gradient": "in"})
    >>> result.strengths["rat-gives-consistent-gradient"]
    1.0
    """
    labels = dict(fixed or {})
    imposed = imposed_strengths(graph, labels)
    strengths = graph.core.evaluate(semantics=semantics, fixed=imposed).tolist()
    named = dict(zip(graph.index, strengths, strict=True))
    return Evaluation(graph, semantics, standard, labels, named, seed)
