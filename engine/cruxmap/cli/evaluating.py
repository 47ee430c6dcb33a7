"""`cruxmap evaluate`: strengths and labels, where they come from, and how they compare with the stances."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import click

from cruxmap.cli.analysis_options import analysis_options
from cruxmap.cli.output import Output, common, load
from cruxmap.cli.wording import statement_name
from cruxmap.errors import UsageError

if TYPE_CHECKING:
    from cruxmap.analysis.evaluation import Evaluation
    from cruxmap.cli.analysis_options import Conventions
    from cruxmap.credences import Settings
    from cruxmap.knowledge import KnowledgeBase, Stance
    from cruxmap.model.entries import Proposal, Strategy


@click.command(epilog="Example: cruxmap evaluate 3/inner   or: cruxmap evaluate 3 --set A5=0.8")
@click.argument("wanted", required=False, metavar="[ID[/CRITERION]]")
@click.option("--coherence", is_flag=True, help="Where arguments do not bear out the source's stance.")
@analysis_options
@common
def command(
    wanted: str | None,
    coherence: bool,
    *,
    conventions: Conventions,
    output: Output,
    workspace: str | None,
) -> None:
    r"""How strong verdicts are by the recorded arguments, what is in or out, and why.

    Names a cell, an entry, a statement or an argument; without one, all verdicts are listed. A strength is
    no probability and no judgement: it says what the recorded arguments come to under the conventions named.

    \b
    JSON: schema, kind (verdicts, entry, verdict, statement, argument, coherence), conventions
      verdicts, entry               verdicts [verdict]; entry also names it
      verdict, statement, argument  verdict, explanation {strength, label, failure, fragility},
                                    label_reason {label, steps, waits_for, settled_by}
      coherence                     firm {cells, spearman, without_one}, unsettled {cells,
                                    near_neutral, fragile, near_or_fragile, share},
                                    not_compared, cells, worst
      a verdict                     id, strength, label, fragile, shakes [{cause, name, value,
                                    strength}], pro, con, contributions, and of the source
                                    stance, resolved, interval, at (null but for cells)
    """
    if coherence and wanted:
        raise UsageError("--coherence looks at all cells; leave out the ID")
    scene = Scene(load(workspace), conventions)
    if coherence:
        _coherence(scene, output)
    elif wanted is None:
        _all(scene, output)
    else:
        _one(scene, wanted, output)


@dataclass(frozen=True)
class Scene:
    """A knowledge base evaluated under the conventions of one run."""

    kb: KnowledgeBase
    conventions: Conventions

    @cached_property
    def settings(self) -> Settings:
        """What the reader set."""
        return self.conventions.resolved(self.kb)

    @cached_property
    def evaluation(self) -> Evaluation:
        """Strengths, labels and what is said about them."""
        from cruxmap.analysis.evaluation import evaluate
        from cruxmap.graph import argument_graph

        graph = argument_graph(self.kb, self.settings.credences, premises=self.conventions.premises)
        chosen = self.conventions
        return evaluate(graph, chosen.semantics, chosen.standard, self.settings.labels, seed=chosen.seed)

    def named(self, name: str) -> str:
        """Name a node in a sentence."""
        return statement_name(self.kb, name)

    def stance(self, name: str) -> Stance | None:
        """The source's stance on a cell; None for other nodes."""
        statement = self.kb.statements.get(name)
        if statement is None or statement.criterion is None:
            return None
        return self.kb.stance(self.kb.find_assessed(statement.entry), statement.criterion)

    def at(self, name: str) -> str | None:
        """Where a node is stated."""
        return self.evaluation.graph.node(name).at or None

    def verdict_data(self, name: str) -> dict[str, Any]:
        """Return a verdict with the source's stance beside it, for JSON."""
        stance = self.stance(name)
        levels = stance.interval if stance else None
        return {
            **self.evaluation.verdict(name).as_data(),
            "stance": stance.written if stance else None,
            "resolved": stance.word if stance else None,
            "interval": [levels.low, levels.high] if levels else None,
            "at": self.at(name),
        }

    def document(self, kind: str, **data: Any) -> dict[str, Any]:
        """Frame the data of a JSON document."""
        return {"schema": 1, "kind": kind, "conventions": self.conventions.as_data(self.settings), **data}


def cells_of(kb: KnowledgeBase, entry: Proposal | Strategy) -> list[str]:
    """Ids of the cells of one entry, in the order of the criteria in use."""
    return [f"{entry.id}/{item.id}" for item in kb.criteria if item.id in entry.assessments]


def assessed_entries(kb: KnowledgeBase) -> list[Proposal | Strategy]:
    """The entries that have cells, proposals first."""
    from cruxmap.model.entries import Strategy

    entries: list[Proposal | Strategy] = [*kb.proposals, *kb.of_kind(Strategy)]
    return [entry for entry in entries if cells_of(kb, entry)]


def _all(scene: Scene, output: Output) -> None:
    from cruxmap.cli.evaluation_table import print_verdicts

    names = [name for entry in assessed_entries(scene.kb) for name in cells_of(scene.kb, entry)]
    if output.json:
        _ = scene.evaluation.verdicts  # in one batch, not one by one
        verdicts = [scene.verdict_data(name) for name in names]
        output.document(scene.document("verdicts", verdicts=verdicts))
    else:
        print_verdicts(scene, names, output)


def _one(scene: Scene, wanted: str, output: Output) -> None:
    from cruxmap.cli.evaluation_pages import print_entry, print_node

    kb = scene.kb
    name = kb.find_any(wanted)
    entry = kb.entries.get(name)
    if name in kb.statements or name in kb.arguments:
        kind = kb.statements[name].kind if name in kb.statements else "argument"
        if output.json:
            framed = {"assessment": "verdict", "argument": "argument"}.get(kind, "statement")
            output.document(scene.document(framed, **_explained(scene, name)))
        else:
            print_node(scene, name, output)
    elif hasattr(entry, "assessments"):
        owner = kb.find_assessed(name)
        names = cells_of(kb, owner)
        if output.json:
            verdicts = [_explained(scene, cell) for cell in names]
            output.document(scene.document("entry", entry=name, verdicts=verdicts))
        else:
            print_entry(scene, owner, names, output)
    else:
        raise UsageError(
            f"{name!r} is neither assessed nor a statement or argument; name a proposal (3), one of its "
            "cells (3/inner), an assumption (A2) or an argument (p3.inner.for.1)"
        )


def _explained(scene: Scene, name: str) -> dict[str, Any]:
    from cruxmap.analysis.explanations import explain
    from cruxmap.analysis.label_reasons import label_reason

    result = scene.evaluation
    reason = label_reason(result.graph, result.labelling, name, result.standard, result.fixed)
    explanation = explain(result, result.verdict(name), reason=reason)
    return {
        "verdict": scene.verdict_data(name),
        "explanation": explanation.as_data(),
        "label_reason": reason.as_data(),
    }


def _coherence(scene: Scene, output: Output) -> None:
    from cruxmap.analysis.coherence import coherence
    from cruxmap.cli.coherence_page import print_coherence

    found = coherence(scene.kb, scene.evaluation)
    if output.json:
        worst = [cell.id for cell in found.worst()]
        output.document(scene.document("coherence", **found.as_data(), worst=worst))
    else:
        print_coherence(scene, found, output)
