"""`cruxmap whatif`: every verdict that moves when a statement or argument is set."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cruxmap.cli.analysis_options import analysis_options
from cruxmap.cli.output import Output, common, load
from cruxmap.errors import UsageError

if TYPE_CHECKING:
    from cruxmap.cli.analysis_options import Conventions


@click.command(epilog="Example: cruxmap whatif --set A5=0   or: cruxmap whatif --set A2=in --set A8=0.2")
@analysis_options
@common
def command(*, conventions: Conventions, output: Output, workspace: str | None) -> None:
    r"""Before and after for every verdict that moves when statements or arguments are set.

    A number is where a statement starts from, and arguments about it still count; `in` and `out` hold
    whatever they say. Credences from a file (--credences) are part of what holds before.

    \b
    JSON: schema, conventions, changed {credences, labels}, verdicts (how many there are), moved,
      moves [{id, before, after, change, label_before, label_after, path}] by size of change,
      still {id: same, unused, elsewhere or absorbed}: what moves no verdict by itself, and why
    """
    from cruxmap.analysis.whatif import what_if
    from cruxmap.cli.whatif_page import print_what_if
    from cruxmap.credences import parse_settings, read_credences
    from cruxmap.graph import argument_graph

    if not conventions.settings:
        raise UsageError("say what to change: --set A5=0, --set 3/inner=in; --set may be repeated")
    kb = load(workspace)
    changes = parse_settings(kb, conventions.settings)
    held = read_credences(kb, conventions.file) if conventions.file else {}
    found = what_if(
        argument_graph(kb, held, premises=conventions.premises),
        changes.credences,
        changes.labels,
        semantics=conventions.semantics,
        standard=conventions.standard,
    )
    if output.json:
        framed = {
            "semantics": conventions.semantics,
            "standard": conventions.standard,
            "premises": conventions.premises,
            "credences": held,
        }
        output.document({"schema": 1, "conventions": framed, **found.as_data()})
    else:
        print_what_if(kb, found, conventions, output)
