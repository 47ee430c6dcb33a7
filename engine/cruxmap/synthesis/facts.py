"""What queries are answered from: a knowledge base, and analyses of it that run when first asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from cruxmap.matrix import cell
from cruxmap.model.entries import Proposal, Strategy
from cruxmap.model.parts import Question

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from cruxmap.analysis.dependence import Dependence
    from cruxmap.analysis.evaluation import Evaluation
    from cruxmap.analysis.formulas import Formula
    from cruxmap.graph import ArgumentGraph
    from cruxmap.knowledge import KnowledgeBase
    from cruxmap.matrix import Cell
    from cruxmap.placement import PlacedArgument


@dataclass(frozen=True)
class Facts:
    """A knowledge base, read under its default conventions.

    Attributes
    ----------
    kb : KnowledgeBase
        Without problems: every reference resolves.
    """

    kb: KnowledgeBase

    @cached_property
    def assessed(self) -> tuple[Proposal | Strategy, ...]:
        """Proposals, incomplete ones left out, then strategies."""
        return (*self.kb.proposals, *self.kb.of_kind(Strategy))

    @cached_property
    def verdicts(self) -> dict[str, Cell]:
        """What the sources say, by assessment, of every entry and criterion in use."""
        return {
            f"{entry.id}/{criterion.id}": cell(self.kb, entry, criterion.id)
            for entry in self.assessed
            for criterion in self.kb.criteria
            if criterion.id in entry.assessments
        }

    @cached_property
    def questions(self) -> dict[str, tuple[Question, str]]:
        """Open questions, with the id of the entry that holds them."""
        return {
            name: (part, entry) for name, (part, entry) in self.kb.parts.items() if isinstance(part, Question)
        }

    @cached_property
    def arguments_about(self) -> dict[str, list[PlacedArgument]]:
        """For each statement, the arguments in its discussion."""
        found: dict[str, list[PlacedArgument]] = {}
        for placed in self.kb.arguments.values():
            if placed.home is not None:
                found.setdefault(placed.home, []).append(placed)
        return found

    @cached_property
    def arguments_from(self) -> dict[str, list[PlacedArgument]]:
        """For each entry, the arguments that assume it, and its own about things elsewhere."""
        found: dict[str, list[PlacedArgument]] = {}
        for placed in self.kb.arguments.values():
            names = dict.fromkeys(placed.argument.assumes)
            if placed.home is None:
                names[placed.entry] = None
            for name in names:
                found.setdefault(name, []).append(placed)
        return found

    @cached_property
    def graph(self) -> ArgumentGraph:
        """The argument graph under the entries' own credences."""
        from cruxmap.graph import argument_graph

        return argument_graph(self.kb)

    @cached_property
    def evaluation(self) -> Evaluation:
        """Strengths, labels and fragility under the default semantics and proof standard."""
        from cruxmap.analysis.evaluation import evaluate

        return evaluate(self.graph)

    @cached_property
    def dependences(self) -> dict[str, Dependence]:
        """The failure reading of every verdict."""
        from cruxmap.analysis.dependence import dependences

        return dependences(self.graph, self.evaluation.labels)

    @cached_property
    def formulas(self) -> dict[str, Formula]:
        """When each verdict holds, and when each entry meets all criteria that it is assessed against."""
        from cruxmap.analysis.failure_across import conjunctions

        criteria = [criterion.id for criterion in self.kb.criteria]
        joined = conjunctions(self.kb, self.dependences, self.assessed, criteria)
        own = {name: found.formula for name, found in self.dependences.items()}
        return own | {name: found.formula for name, found in joined.items()}

    def can_help_to_defeat(self, name: str) -> Collection[str]:
        """Statements in the minimal cut sets of a verdict or entry."""
        from cruxmap.analysis.cut_sets import smallest_cut_set_orders

        return smallest_cut_set_orders(self.formulas[name]) if name in self.formulas else ()

    def falls_with(self, name: str, failing: Collection[str]) -> bool:
        """Whether a verdict or entry holds while everything does, and no longer when some statements fail."""
        formula = self.formulas.get(name)
        return formula is not None and _holds(formula, ()) and not _holds(formula, failing)

    def failures(self, names: Collection[str]) -> tuple[tuple[str, ...], ...]:
        """The smallest sets of statements whose joint failure defeats every one of several items."""
        from cruxmap.analysis.failure_across import joint_failure

        known = {name: self.formulas[name] for name in names if name in self.formulas}
        return joint_failure(known).sets.smallest

    def failures_needed(self, names: Collection[str]) -> int | None:
        """Size of those sets; None when no failure defeats them all, 0 when nothing has to fail."""
        found = self.failures(names)
        return len(found[0]) if found else None

    @cached_property
    def dominances(self) -> Mapping[str, frozenset[str]]:
        """For each entry, those that it necessarily dominates; proposals and strategies apart."""
        from cruxmap.analysis.stance_ranking import dominance, stance_table

        criteria = [criterion.id for criterion in self.kb.criteria]
        found: dict[str, set[str]] = {}
        for kind in (Proposal, Strategy):
            entries = [entry for entry in self.assessed if isinstance(entry, kind)]
            if entries:
                for better, worse in dominance(stance_table(self.kb, entries, criteria)).necessary:
                    found.setdefault(better, set()).add(worse)
        return {name: frozenset(worse) for name, worse in found.items()}


def _holds(formula: Formula, failing: Collection[str]) -> bool:
    """The truth of a monotone formula when some atoms fail and all others hold."""
    from cruxmap.analysis.formulas import And, AtLeast, Atom, Constant, Or, operands, subterms

    truth: dict[Formula, bool] = {}
    for term in subterms(formula):
        below = [truth[operand] for operand in operands(term)]
        match term:
            case Constant():
                truth[term] = term.value
            case Atom():
                truth[term] = term.name not in failing
            case And():
                truth[term] = all(below)
            case Or():
                truth[term] = any(below)
            case AtLeast():
                truth[term] = sum(below) >= term.threshold
    return truth[formula]
