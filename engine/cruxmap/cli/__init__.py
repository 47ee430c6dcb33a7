"""The command line: thin commands over the engine.

This module imports nothing heavy. Each command lives in a module of its own that is imported when the command
runs, and imports what it needs in its body: start-up time is part of the interface.
"""

from __future__ import annotations

import gc
import os
import sys

import click

from cruxmap import __version__
from cruxmap.cli.lazy import LazyGroup

OBJECTS_BETWEEN_COLLECTIONS = 50_000
"""A command ends soon: collecting after every 700 objects, as is usual, would cost more than it frees."""

COMMANDS = {
    "matrix": "cruxmap.cli.matrix",
    "show": "cruxmap.cli.show",
    "list": "cruxmap.cli.listing",
    "search": "cruxmap.cli.searching",
    "compare": "cruxmap.cli.comparing",
    "evaluate": "cruxmap.cli.evaluating",
    "whatif": "cruxmap.cli.whatif",
    "assumptions": "cruxmap.cli.assumptions",
    "positions": "cruxmap.cli.positions",
    "cruxes": "cruxmap.cli.cruxes",
    "rank": "cruxmap.cli.ranking",
    "cluster": "cruxmap.cli.clustering",
    "diff": "cruxmap.cli.difference",
    "check": "cruxmap.cli.checking",
    "sources": "cruxmap.cli.sources",
    "coverage": "cruxmap.cli.covering",
    "export": "cruxmap.cli.exporting",
    "group": "cruxmap.cli.group",
    "init": "cruxmap.cli.initialising",
    "new": "cruxmap.cli.creating",
    "import": "cruxmap.cli.importing",
    "convert": "cruxmap.cli.converting",
    "schema": "cruxmap.cli.schemas",
    "where": "cruxmap.cli.where",
    "af": "cruxmap.cli.frameworks",
    "qbaf": "cruxmap.cli.qbaf",
    "tui": "cruxmap.cli.terminal",
    "serve": "cruxmap.cli.serving",
}
"""Command -> module whose attribute `command` is the command; the order is that of the help page."""

SUMMARIES = {
    "matrix": "Entries against criteria, every cell with stance, hinge and locator.",
    "show": "One entry, assessment or argument, in full.",
    "list": "Entries by kind, mechanism, assumption or criterion.",
    "search": "Find words in all texts.",
    "compare": "Two or more entries, criterion by criterion.",
    "evaluate": "How strong verdicts are, what is in or out, and why.",
    "whatif": "What moves when a statement is set, and by which path.",
    "assumptions": "What verdicts rest on, and what one failure brings down.",
    "positions": "What can be held all at once, and what follows from accepting X.",
    "cruxes": "Why readers differ, and what would bring them together.",
    "rank": "Dominance and rank acceptability, never a total score.",
    "cluster": "Proposals by what they share.",
    "diff": "What changed between two folders or revisions, and what follows.",
    "check": "Find everything wrong with a workspace.",
    "sources": "The works that entries are drawn from or cite.",
    "coverage": "Which numbered claims of a source are encoded.",
    "export": "Matrix, entry, handout or sources as a file: HTML, PDF, XLSX and more.",
    "group": "Meetings of a reading group: plan, sealed answers, reveal.",
    "init": "Start a workspace of your own.",
    "new": "Start an entry from a template.",
    "import": "Bring a table of verdicts or an argument map into a workspace.",
    "convert": "Argument maps from one format to another.",
    "schema": "JSON Schemas of the entries, for editors.",
    "where": "Where workspace, corpus and cache are.",
    "af": "Extensions and acceptance in an abstract framework of your own.",
    "qbaf": "Strengths in a quantitative bipolar framework of your own.",
    "tui": "The terminal UI; `cruxmap` alone opens it too.",
    "serve": "The terminal UI in a browser, on this machine.",
}


EXAMPLES = """\
\b
Examples:
  cruxmap matrix                            the 11 proposals against the 4 criteria
  cruxmap show 3                            one proposal in full
  cruxmap show 3/inner-alignment            one cell, with every argument
  cruxmap compare 2 3 9                     what they share and where they part
  cruxmap list proposal --assumption A2     who relies on tools that withstand deception
  cruxmap evaluate 3/inner                  how strong one verdict is, and why
  cruxmap whatif --set A5=0                 every verdict that moves with one assumption
  cruxmap assumptions A8                    what falls when one assumption fails
  cruxmap cruxes --readers my-readers       why readers differ, and on what
  cruxmap diff HEAD~1                       what the last commit changed, and what follows
  cruxmap check my-group                    everything wrong with a workspace
"""


@click.group(
    cls=LazyGroup,
    modules=COMMANDS,
    summaries=SUMMARIES,
    invoke_without_command=True,
    epilog=EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--workspace",
    metavar="DIR",
    help="Folder with cruxmap.yaml; by default the nearest one, else the built-in corpus.",
)
@click.version_option(__version__, "--version", prog_name="cruxmap")
@click.pass_context
def cli(ctx: click.Context, workspace: str | None) -> None:
    """Map the arguments behind AI-alignment proposals, and find where readers disagree and why.

    Without a command, `cruxmap` opens the terminal UI; where there is no terminal, it prints this page.
    """
    ctx.obj = {"workspace": workspace}
    if ctx.invoked_subcommand is not None:
        return
    if sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb":
        from cruxmap.cli.terminal import open_terminal

        open_terminal(workspace)
    else:
        click.echo(ctx.get_help())


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and end the process with the right exit code."""
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    from cruxmap.cli.diagnostics import run

    sys.exit(run(cli, sys.argv[1:] if arguments is None else arguments))


__all__ = ["COMMANDS", "cli", "main"]
