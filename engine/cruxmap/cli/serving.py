"""`cruxmap serve`: the terminal UI in a browser."""

from __future__ import annotations

import shlex
import sys

import click

from cruxmap.errors import UsageError

LOOPBACK = "127.0.0.1"


@click.command(epilog="Example: cruxmap serve --port 8080")
@click.option("--workspace", metavar="DIR", help="Folder with cruxmap.yaml.")
@click.option("--host", default=LOOPBACK, show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.pass_context
def command(ctx: click.Context, workspace: str | None, host: str, port: int) -> None:
    """Serve the terminal UI to a browser, on this machine only unless told otherwise.

    Needs the extra `cruxmap[serve]`. Whoever reaches the address can read the workspace: it has no password.
    The page takes its fonts from the network when there is one.
    """
    from cruxmap import corpus

    root = corpus.find_workspace(workspace or (ctx.obj or {}).get("workspace"))
    try:
        from textual_serve.server import Server
    except ImportError:
        raise UsageError(
            "serving needs the package textual-serve; install it with `pip install 'cruxmap[serve]'`"
        ) from None
    # The server runs the command through a shell, once for every browser.
    words = [sys.executable, "-m", "cruxmap", "tui", "--workspace", str(root.resolve())]
    if host != LOOPBACK:
        click.echo(f"Anyone who reaches {host}:{port} can read this workspace.", err=True)
    Server(shlex.join(words), host=host, port=port, title="cruxmap").serve()
