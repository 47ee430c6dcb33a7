"""The command palette: every action that can be taken here, grouped by what it is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Hits, Provider

from cruxmap_tui.commands import Command, in_scope
from cruxmap_tui.safe import line

if TYPE_CHECKING:
    from functools import partial


class Commands(Provider):
    """Offers the commands of the whole app and of the tab that is shown."""

    def _offered(self) -> list[Command]:
        tab = str(getattr(self.app, "tab", ""))
        local = in_scope(tab) if tab else ()
        found = [item for item in (*local, *in_scope("")) if item.id != "command_palette" and item.keys]
        order = {"set": 0, "view": 1, "find": 2, "file": 3, "go": 4}
        return sorted(found, key=lambda item: (not item.scope, order[item.group]))

    async def discover(self) -> Hits:
        """List everything."""
        for command in self._offered():
            yield DiscoveryHit(
                line(_name(command)), self._run(command), help=command.help, text=_name(command)
            )

    async def search(self, query: str) -> Hits:
        """List what matches."""
        matcher = self.matcher(query)
        for command in self._offered():
            name = _name(command)
            score = max(matcher.match(name), 0.8 * matcher.match(command.help))
            if score > 0:
                yield Hit(score, matcher.highlight(name), self._run(command), help=command.help)

    def _run(self, command: Command) -> partial[None]:
        from functools import partial

        run = getattr(self.app, "run_command")  # noqa: B009 - the app is above this module
        return partial(run, command)


def _name(command: Command) -> str:
    return f"{command.group}: {command.title}  ({command.key_text})"
