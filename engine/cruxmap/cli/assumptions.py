"""`cruxmap assumptions`: what verdicts rest on, what defeats them, and what they have in common."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import click

from cruxmap.cli.analysis_options import analysis_options
from cruxmap.cli.output import Output, common, load
from cruxmap.cli.wording import chosen_criteria
from cruxmap.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cruxmap.analysis.dependence import Dependence
    from cruxmap.analysis.failure_across import Conjunction
    from cruxmap.cli.analysis_options import Conventions
    from cruxmap.credences import Settings
    from cruxmap.graph import ArgumentGraph
    from cruxmap.knowledge import KnowledgeBase
    from cruxmap.model.entries import Proposal, Strategy


@click.command(epilog="Example: cruxmap assumptions 3/inner   or: cruxmap assumptions A8, --portfolio 3")
@click.argument("wanted", required=False, metavar="[ID[/CRITERION]]")
@click.option(
    "--kind",
    type=click.Choice(["proposal", "strategy", "all"]),
    default="proposal",
    show_default=True,
    help="Whose common causes and portfolios.",
)
@click.option("--portfolio", type=int, metavar="K", help="The K proposals best pursued together.")
@click.option("--criteria", metavar="A,B", help="Only these criteria, by id, prefix or heading.")
@click.option(
    "--all-arguments", is_flag=True, help="Count arguments that assume nothing too, as available for good."
)
@analysis_options
@common
def command(
    wanted: str | None,
    kind: str,
    portfolio: int | None,
    criteria: str | None,
    all_arguments: bool,
    *,
    conventions: Conventions,
    output: Output,
    workspace: str | None,
) -> None:
    r"""What verdicts rest on and what defeats them: one cell, one entry, one assumption, or all proposals.

    A verdict holds when some supporting argument holds, an argument when everything it assumes holds.
    Objections count as they are labelled now. Arguments that assume nothing are left out, and named, where
    others state what they assume.

    \b
    JSON: schema, kind (verdict, entry, assumption, common-causes, portfolio), conventions
      verdict        verdict, and a reading (below)
      entry          entry, verdicts {id: reading}, all {verdicts, unsupported, failing,
                     unconditional, and a reading}
      assumption     statement, verdicts [{id, smallest_cut_set, cut_sets}], entries,
                     exception_of
      common-causes  causes [{id, verdicts, smallest_cut_sets}], single [{id, verdicts}],
                     entries {id: ...}, defeated_together {entries, count, cut_sets,
                     smallest, one_of_each}
      portfolio      entries, probability, single, optimal, fragile, equally_good,
                     overtaken, defeated_together, left_out {id: ...}
      a reading      status (rests, holds, fails, unsupported), formula, arguments,
                     through, standing_objections, open_objections, path_sets,
                     path_set_count, cut_sets, cut_set_count, probability (null when
                     nothing can fail), single_points_of_failure, importance [{id,
                     credence, birnbaum, fussell_vesely, smallest_cut_set}]
    """
    kb = load(workspace)
    scene = Scene(kb, conventions, chosen_criteria(kb, criteria), all_arguments=all_arguments, kind=kind)
    if portfolio is not None:
        if wanted:
            raise UsageError("--portfolio chooses among all proposals; leave out the ID")
        write_portfolio(scene, portfolio, output)
    elif wanted is None:
        write_causes(scene, output)
    else:
        write_one(scene, wanted, criteria, output)


@dataclass(frozen=True)
class Scene:
    """A knowledge base under the conventions of one run, with the formulas of its verdicts."""

    kb: KnowledgeBase
    conventions: Conventions
    criteria: tuple[str, ...]
    all_arguments: bool
    kind: str = "proposal"

    @property
    def noun(self) -> str:
        """What one of the entries compared is called."""
        return "entry" if self.kind == "all" else self.kind

    @property
    def nouns(self) -> str:
        """What several of the entries compared are called."""
        return {"proposal": "proposals", "strategy": "strategies"}.get(self.kind, "entries")

    @cached_property
    def settings(self) -> Settings:
        """What the reader set."""
        return self.conventions.resolved(self.kb)

    @cached_property
    def graph(self) -> ArgumentGraph:
        """The argument graph under these credences."""
        from cruxmap.graph import argument_graph

        return argument_graph(self.kb, self.settings.credences)

    @cached_property
    def credences(self) -> dict[str, float]:
        """Credence of every statement."""
        return {node.id: node.base for node in self.graph.nodes if node.kind != "argument"}

    @cached_property
    def dependences(self) -> dict[str, Dependence]:
        """The formula of every verdict."""
        from cruxmap.analysis.dependence import dependences
        from cruxmap.analysis.labelling import grounded_labels

        fixed = self.settings.labels
        labels = grounded_labels(self.graph, self.conventions.standard, fixed).labels
        return dependences(self.graph, labels, fixed=fixed, all_arguments=self.all_arguments)

    @cached_property
    def proposals(self) -> dict[str, Conjunction]:
        """For every entry of the kind compared, that it meets the chosen criteria."""
        from cruxmap.model.entries import Strategy

        entries: list[Proposal | Strategy] = []
        if self.kind != "strategy":
            entries += self.kb.proposals
        if self.kind != "proposal":
            entries += self.kb.of_kind(Strategy)
        return self.joined(entries)

    def joined(self, entries: Iterable[Proposal | Strategy]) -> dict[str, Conjunction]:
        """For every entry, that it meets the chosen criteria."""
        from cruxmap.analysis.failure_across import conjunctions

        return conjunctions(self.kb, self.dependences, entries, self.criteria)

    def document(self, kind: str, **data: Any) -> dict[str, Any]:
        """Frame the data of a JSON document."""
        conventions = {
            "reading": "failure",
            "standard": self.conventions.standard,
            "criteria": list(self.criteria),
            "all_arguments": self.all_arguments,
            "credences": self.settings.credences,
            "labels": self.settings.labels,
        }
        return {"schema": 1, "kind": kind, "conventions": conventions, **data}


def write_one(scene: Scene, wanted: str, criteria: str | None, output: Output) -> None:
    """Write what a verdict or entry rests on, or what falls with an assumption."""
    kb = scene.kb
    name = kb.find_any(wanted)
    if name in kb.statements and kb.statements[name].kind == "assessment":
        if criteria is not None:
            raise UsageError(f"{wanted!r} names one criterion already; leave out --criteria")
        _verdict(scene, name, output)
    elif name in kb.statements:
        _statement(scene, name, output)
    elif hasattr(kb.entries.get(name), "assessments"):
        _entry(scene, kb.find_assessed(name), output)
    else:
        raise UsageError(
            f"{name!r} is neither assessed nor assumed; name a proposal (3), one of its cells (3/inner) "
            "or an assumption (A2)"
        )


def _verdict(scene: Scene, name: str, output: Output) -> None:
    from cruxmap.analysis.failure_reading import failure_reading
    from cruxmap.cli.failure_pages import print_verdict

    found = scene.dependences[name]
    reading = failure_reading(found.formula, scene.credences)
    if output.json:
        output.document(scene.document("verdict", verdict=name, **found.as_data(), **reading.as_data()))
    else:
        print_verdict(scene, found, reading, output)


def _entry(scene: Scene, entry: Proposal | Strategy, output: Output) -> None:
    from cruxmap.analysis.dependence import formula_data
    from cruxmap.analysis.failure_reading import failure_reading
    from cruxmap.cli.failure_pages import print_entry

    joined = scene.joined([entry]).get(entry.id)
    if joined is None:
        raise UsageError(f"{entry.id} is not assessed against any of these criteria")
    readings = {
        name: failure_reading(scene.dependences[name].formula, scene.credences) for name in joined.verdicts
    }
    whole = failure_reading(joined.formula, scene.credences)
    if output.json:
        verdicts = {
            name: {**scene.dependences[name].as_data(), **reading.as_data()}
            for name, reading in readings.items()
        }
        everything = {**joined.as_data(), "formula": formula_data(joined.formula), **whole.as_data()}
        output.document(scene.document("entry", entry=entry.id, verdicts=verdicts, all=everything))
    else:
        print_entry(scene, joined, readings, whole, output)


def _statement(scene: Scene, name: str, output: Output) -> None:
    from cruxmap.analysis.failure_across import reach
    from cruxmap.cli.failure_pages import print_statement
    from cruxmap.graph import EdgeKind

    verdicts = {
        verdict: item.formula
        for verdict, item in scene.dependences.items()
        if verdict.partition("/")[2] in scene.criteria
    }
    entries = {entry: item.formula for entry, item in scene.proposals.items()}
    exceptions = [edge.target for edge in scene.graph.outgoing[name] if edge.kind is EdgeKind.EXCEPTION]
    found = reach(name, verdicts, entries, exceptions)
    if output.json:
        output.document(scene.document("assumption", statement=name, **found.as_data()))
    else:
        print_statement(scene, found, len(verdicts), output)


def write_causes(scene: Scene, output: Output) -> None:
    """Write what several proposals share, and what defeats all of them."""
    from cruxmap.analysis.failure_across import joint_failure, shared_causes, single_causes
    from cruxmap.cli.failure_across_pages import print_causes

    formulas = {
        name: scene.dependences[name].formula for item in scene.proposals.values() for name in item.verdicts
    }
    causes, single = shared_causes(formulas), single_causes(formulas)
    together = joint_failure(
        {name: item.formula for name, item in scene.proposals.items() if item.can_fail_and_hold}
    )
    if output.json:
        output.document(
            scene.document(
                "common-causes",
                causes=[
                    {"id": item.atom, "verdicts": list(item.entries), "smallest_cut_sets": list(item.orders)}
                    for item in causes
                ],
                single=[{"id": name, "verdicts": list(verdicts)} for name, verdicts in single.items()],
                entries={name: item.as_data() for name, item in scene.proposals.items()},
                defeated_together=together.as_data(),
            )
        )
    else:
        print_causes(scene, causes, single, together, output)


def write_portfolio(scene: Scene, size: int, output: Output) -> None:
    """Write the proposals best pursued together."""
    from cruxmap.analysis.portfolio_reading import portfolio_reading
    from cruxmap.cli.failure_across_pages import print_portfolio, why_left_out

    usable = {name: item.formula for name, item in scene.proposals.items() if item.can_fail_and_hold}
    if not 1 <= size <= len(usable):
        raise UsageError(
            f"a portfolio of {size} cannot be chosen: {len(usable)} proposals can meet the chosen "
            "criteria and "
            f"can fail to. {' '.join(why_left_out(scene))}".rstrip()
        )
    found = portfolio_reading(usable, scene.credences, size)
    if output.json:
        left_out = {name: item.as_data() for name, item in scene.proposals.items() if name not in usable}
        output.document(scene.document("portfolio", **found.as_data(), left_out=left_out))
    else:
        print_portfolio(scene, found, output)
