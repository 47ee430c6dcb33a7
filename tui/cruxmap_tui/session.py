"""What the terminal UI is about: a knowledge base, what a reader has set, and what follows from it.

Nothing here knows a widget. Every change makes a new state, so that it can be undone; what is computed from a
state is computed once.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cruxmap.analysis.evaluation import Evaluation, evaluate
from cruxmap.graph import ArgumentGraph, argument_graph

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cruxmap.knowledge import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Scenario:
    """What a reader has set.

    Attributes
    ----------
    credences : mapping
        Credence, 0 to 1, by statement.
    labels : mapping
        `in`, `out` or `undecided` by statement, whatever the arguments say.
    """

    credences: Mapping[str, float] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether nothing is set."""
        return not self.credences and not self.labels

    def with_credence(self, statement: str, credence: float) -> Scenario:
        """Return the scenario with one credence set; a fixed label of the statement is dropped."""
        labels = {name: label for name, label in self.labels.items() if name != statement}
        return Scenario({**self.credences, statement: credence}, labels)

    def with_label(self, statement: str, label: str) -> Scenario:
        """Return the scenario with one label fixed."""
        return replace(self, labels={**self.labels, statement: label})

    def without(self, statement: str) -> Scenario:
        """Return the scenario with one statement left to the corpus."""
        return Scenario(
            {name: value for name, value in self.credences.items() if name != statement},
            {name: label for name, label in self.labels.items() if name != statement},
        )


class Session:
    """A knowledge base under exploration, with undo.

    Parameters
    ----------
    kb : KnowledgeBase
    semantics, standard : str
        Conventions of everything that is computed.
    """

    def __init__(
        self, kb: KnowledgeBase, semantics: str = "quadratic-energy", standard: str = "preponderance"
    ) -> None:
        self.semantics = semantics
        self.standard = standard
        self._past: list[Scenario] = []
        self._future: list[Scenario] = []
        self._listeners: list[Callable[[], None]] = []
        self.scenario = Scenario()
        self.replace_knowledge(kb)

    def replace_knowledge(self, kb: KnowledgeBase) -> None:
        """Take a knowledge base that was read anew; what is set stays set while the statement exists."""
        self.kb = kb
        self.graph: ArgumentGraph = argument_graph(kb)
        self.before: Evaluation = evaluate(self.graph, self.semantics, self.standard)
        self.scenario = self._known(self.scenario)
        self._recompute()

    def _known(self, scenario: Scenario) -> Scenario:
        """Drop what was set for statements that no longer exist."""
        known = self.graph.index
        return Scenario(
            {name: value for name, value in scenario.credences.items() if name in known},
            {name: label for name, label in scenario.labels.items() if name in known},
        )

    def subscribe(self, listener: Callable[[], None]) -> None:
        """Call a function after every change."""
        self._listeners.append(listener)

    def set_scenario(self, scenario: Scenario) -> None:
        """Make a scenario the present one; `undo` leads back."""
        scenario = self._known(scenario)
        if scenario == self.scenario:
            return
        self._past.append(self.scenario)
        self._future.clear()
        self.scenario = scenario
        self._recompute()

    def undo(self) -> bool:
        """Go back one change; False when there is none."""
        return self._step(self._past, self._future)

    def redo(self) -> bool:
        """Take back one undo; False when there is none."""
        return self._step(self._future, self._past)

    def reset(self) -> None:
        """Leave everything to the corpus; `undo` leads back."""
        self.set_scenario(Scenario())

    def _step(self, taken: list[Scenario], kept: list[Scenario]) -> bool:
        if not taken:
            return False
        kept.append(self.scenario)
        self.scenario = self._known(taken.pop())
        self._recompute()
        return True

    def _recompute(self) -> None:
        if self.scenario.empty:
            self.after = self.before
        else:
            self.after = self.before.with_credences(self.scenario.credences, self.scenario.labels)
        for listener in self._listeners:
            listener()
