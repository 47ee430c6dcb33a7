"""`cruxmap where`: all paths that a command would use."""

from __future__ import annotations

import click

from cruxmap.cli.output import Output, common


@click.command(epilog="Example: cruxmap where --json")
@common
def command(*, output: Output, workspace: str | None) -> None:
    """Where workspace, corpus and cache are."""
    from cruxmap import __version__, corpus, snapshot

    root = corpus.find_workspace(workspace).resolve()
    builtin = corpus.builtin_root()
    files = list(corpus.source_files(corpus.layers_of(root)))
    places = {
        "workspace": str(root),
        "corpus": str(builtin),
        "cache": str(snapshot.folder()),
        "version": __version__,
        "files": len(files),
    }
    if output.json:
        output.document({"schema": 1, **places, "builtin": root == builtin})
        return
    for name, place in places.items():
        output.line(f"{name:<10} {place}")
