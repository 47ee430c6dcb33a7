"""`cruxmap diff`: what changed between two folders or revisions, and what follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cruxmap.cli.analysis_options import Conventions, analysis_options
from cruxmap.cli.output import Output, common

if TYPE_CHECKING:
    from cruxmap.analysis.evaluation import Evaluation
    from cruxmap.knowledge import KnowledgeBase


@click.command(epilog="Example: cruxmap diff HEAD~1")
@click.argument("before", metavar="A")
@click.argument("after", metavar="[B]", required=False)
@analysis_options
@common
def command(
    before: str,
    after: str | None,
    *,
    conventions: Conventions,
    output: Output,
    workspace: str | None,
) -> None:
    """Compare two folders, or two revisions of the workspace, and say what follows from the changes.

    A and B are folders, or commits, tags or branches of the git repository that holds the workspace. Without
    B the workspace as it is now is compared with A.
    """
    from cruxmap.difference import difference
    from cruxmap.revisions import load_side

    first, second = load_side(before, workspace), load_side(after, workspace)
    found = difference(
        first.kb, second.kb, _evaluated(first.kb, conventions), _evaluated(second.kb, conventions)
    )
    if output.json:
        sides = {
            key: {"name": side.name, "commit": side.commit, "entries": len(side.kb.entries)}
            for key, side in (("before", first), ("after", second))
        }
        used = {
            "semantics": conventions.semantics,
            "standard": conventions.standard,
            "set": list(conventions.settings),
        }
        output.document({"schema": 1, **sides, "conventions": used, **found.as_data()})
        return
    from cruxmap.cli.difference_pages import Page

    Page(first, second, found, conventions, output).print()


def _evaluated(kb: KnowledgeBase, conventions: Conventions) -> Evaluation:
    from cruxmap.analysis.evaluation import evaluate

    labels = conventions.resolved(kb).labels
    return evaluate(conventions.graph(kb), conventions.semantics, conventions.standard, labels)
