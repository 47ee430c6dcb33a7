"""Every action of the terminal UI, declared once: keys, footer, palette and help derive from this table."""

from __future__ import annotations

from typing import NamedTuple


class Command(NamedTuple):
    """One action.

    Attributes
    ----------
    id : str
        Name of the action method (`action_<id>` with `-` as `_`), and what `keys:` in the settings names.
    keys : str
        Default keys, separated by commas.
    title : str
        What it does, in two or three words, for footer and palette.
    help : str
        One or two sentences.
    group : str
        Prefix in the palette: `go`, `view`, `set`, `find`, `file`.
    footer : bool
        Whether the footer shows it.
    """

    id: str
    keys: str
    title: str
    help: str
    group: str
    footer: bool = False


COMMANDS: tuple[Command, ...] = ()
