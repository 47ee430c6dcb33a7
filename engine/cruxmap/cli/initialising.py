"""`cruxmap init`: start a workspace."""

from __future__ import annotations

from pathlib import Path

import click

from cruxmap.cli.output import Output, common


@click.command(epilog="Example: cruxmap init my-group")
@click.argument("folder", metavar="DIR")
@common
def command(folder: str, *, output: Output, workspace: str | None) -> None:  # noqa: ARG001 - every command takes it
    """Start a workspace in a new or empty folder: settings, places for entries and sessions, readers."""
    from cruxmap.templates import start_workspace

    root = Path(folder)
    written = [path.relative_to(root).as_posix() for path in start_workspace(root)]
    if output.json:
        output.document({"schema": 1, "workspace": str(root), "written": written})
        return
    output.paragraph(f"{folder} is a workspace now; it extends the built-in corpus.")
    output.line()
    output.line("Next:")
    shown = _quoted(folder)
    steps = {
        f"cruxmap matrix --workspace {shown}": "the corpus, as this group sees it",
        f"cruxmap new proposal ID --workspace {shown}": "a proposal of your own",
        f"cruxmap import grid FILE --into {shown}": "a table of verdicts that you have",
        f"cruxmap group plan --question ... --workspace {shown}": "a meeting of the readers",
        f"cruxmap check {shown}": "everything wrong with it",
    }
    for line, meaning in steps.items():
        output.line(output.style(f"  {line}"))
        output.line(output.style(f"      {meaning}", dim=True))
    output.paragraph("Inside the folder --workspace is not needed.")


def _quoted(folder: str) -> str:
    import shlex

    return shlex.quote(folder)
