"""The ground that positions stand on: what is decided, and what is open, block by block."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from cruxmap.analysis.labelling import Decision, Labelling, grounded_labels
from cruxmap.analysis.positions_asp import PositionSolver
from cruxmap.analysis.positions_conditions import Residue, residue

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from cruxmap.analysis.stopwatch import Stopwatch
    from cruxmap.graph import ArgumentGraph


class Ground:
    """What is decided under some fixed labels, and the blocks of the rest with their solvers.

    Parameters
    ----------
    graph : ArgumentGraph
    semantics, standard : str
        Which positions count, and what a verdict needs to be in.
    fixed : mapping
        Labels imposed on nodes.
    names : collection of str
        Nodes in question; only what bears on them is kept.
    stopwatch : Stopwatch
        The budget.
    """

    def __init__(
        self,
        graph: ArgumentGraph,
        semantics: str,
        standard: str,
        fixed: Mapping[str, str],
        names: Collection[str],
        stopwatch: Stopwatch,
    ) -> None:
        self.graph, self.semantics, self.standard = graph, semantics, standard
        self.fixed, self.names, self.stopwatch = dict(fixed), set(names), stopwatch
        self.labelling: Labelling = grounded_labels(graph, standard, fixed)
        self.labels = self.labelling.labels
        open_part = residue(graph, self.labels, standard, fixed)
        wanted = set(self.names)
        if semantics == "stable":
            wanted.update(name for cycle in open_part.cycles for name in cycle)
        self.blocks: list[Residue] = open_part.part(open_part.bearing_on(wanted)).blocks()
        self.forced: list[dict[str, str]] = []
        self.impossible: tuple[tuple[str, ...], ...] = ()

    @cached_property
    def solvers(self) -> list[PositionSolver]:
        """One solver for each block."""
        return [PositionSolver(block, self.semantics, self.stopwatch) for block in self.blocks]

    def held_in(self, block: Residue, held: Mapping[str, str]) -> list[tuple[str, str]]:
        """Return what is held of the nodes of a block."""
        return [(name, label) for name, label in held.items() if name in block.conditions]

    def statements(self, block: Residue) -> list[str]:
        """Return the statements of a block."""
        return [name for name in block.conditions if self.graph.node(name).kind != "argument"]

    def work_out(self, held: Mapping[str, str] | None = None) -> None:
        """Find what all positions share, block by block."""
        self.forced = []
        for block, solver in zip(self.blocks, self.solvers, strict=True):
            forced = solver.forced(self.statements(block), self.held_in(block, held or {}))
            if forced is None:
                self.impossible += block.cycles
            self.forced.append(forced or {})

    def clash(self, held: Mapping[str, str]) -> dict[str, str]:
        """Return a smallest part of what is held that no position has."""
        for name, label in held.items():
            if not any(name in block.conditions for block in self.blocks) and self.labels[name] != label:
                return {name: label}
        for block, solver in zip(self.blocks, self.solvers, strict=True):
            together = solver.core(self.held_in(block, held))
            if together is not None:
                return dict(together)
        return {}

    def reasons(self, clash: Iterable[str]) -> tuple[Decision, ...]:
        """Return what the arguments decide about nodes, and by which steps."""
        return tuple(decision for name in clash for decision in self.labelling.derivation(name))

    def verdicts_decided(self) -> dict[str, str]:
        """Return the label of every verdict in question that the arguments decide."""
        return {
            name: self.labels[name]
            for name in self.graph.statements("assessment")
            if name in self.names and self.labels[name] != "undecided"
        }

    def known(self) -> dict[str, str]:
        """Return the label of every statement that all positions share."""
        decided = {
            name: self.labels[name] for name in self.graph.statements() if self.labels[name] != "undecided"
        }
        return decided | {name: label for forced in self.forced for name, label in forced.items()}


def under(bare: Ground, held: Mapping[str, str]) -> Ground:
    """Fix what a given label settles, so that the rest falls into smaller blocks.

    Only free statements that nothing undecided bears on are fixed: for them, to be fixed and to be held are
    the same. All else stays a requirement on its block, because it binds together what could bring it about.
    """
    ground, settled = bare, dict(held)
    while (inputs := _inputs(ground, settled)) or ground is bare:
        ground = Ground(
            bare.graph, bare.semantics, bare.standard, ground.fixed | inputs, bare.names, bare.stopwatch
        )
        ground.work_out(held)
        settled = dict(held)
        for forced in ground.forced:
            settled |= forced
    return ground


def _inputs(ground: Ground, labels: Mapping[str, str]) -> dict[str, str]:
    return {
        name: label
        for block in ground.blocks
        for name, label in labels.items()
        if name in block.conditions and not block.conditions[name].parents and label != "undecided"
    }
