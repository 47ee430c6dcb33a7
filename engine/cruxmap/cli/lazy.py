"""Groups of commands that are imported only when they run."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Mapping


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one only when it is wanted.

    Parameters
    ----------
    modules : mapping
        Command -> module whose attribute `command` is the command; in the order of the help page.
    summaries : mapping
        Command -> its line on the help page.
    """

    def __init__(
        self, *args: Any, modules: Mapping[str, str], summaries: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.modules = modules
        self.summaries = summaries

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of the commands, in the order of the help page."""
        return list(self.modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the command."""
        if cmd_name not in self.modules:
            return None
        command: click.Command = import_module(self.modules[cmd_name]).command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command. Output that is cut short, as by `head`, is no error; click would leave with 1."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as broken:
            raise click.exceptions.Exit(0) from broken

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self.summaries.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Suggest the nearest command for a misspelt one."""
        if args and not args[0].startswith("-") and args[0] not in self.modules:
            from difflib import get_close_matches

            near = get_close_matches(args[0], self.modules, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else f" Commands: {', '.join(self.modules)}."
            ctx.fail(f"there is no command {args[0]!r}.{hint}")
        return super().resolve_command(ctx, args)
