"""What a user prefers: keys and theme in a file of their own, and what the program remembers beside it.

The file is `$XDG_CONFIG_HOME/cruxmap/config.toml`, below `~/.config` by default::

    theme = "cruxmap-light"

    [keys]
    export = "X"
    next-tab = "ctrl+right,greater_than_sign"
"""

from __future__ import annotations

import difflib
import json
import os
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

VERSION = 1


@dataclass(frozen=True, slots=True)
class Preferences:
    """What the user's file says.

    Attributes
    ----------
    theme : str
        Name of a theme; empty when the file names none.
    keys : mapping of str to str
        Keys by command, separated by commas.
    problems : tuple of str
        What could not be used, each as one sentence.
    """

    theme: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


def config_file() -> Path:
    """Return the user's file; it need not exist."""
    base = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(base) / "cruxmap" / "config.toml"


def read_preferences(commands: Collection[str], themes: Collection[str]) -> Preferences:
    """Read the user's file; what is wrong in it is said, and the rest is used.

    Parameters
    ----------
    commands, themes : collection of str
        The names that exist.
    """
    file = config_file()
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Preferences()
    except (OSError, ValueError) as error:
        return Preferences(problems=(f"{file} cannot be used: {error}",))
    problems = [_unknown(file, "", name, ("theme", "keys")) for name in data if name not in ("theme", "keys")]
    theme = data.get("theme", "")
    if theme and theme not in themes:
        problems.append(_unknown(file, "theme", str(theme), themes))
        theme = ""
    given = data.get("keys", {})
    if not isinstance(given, dict):
        problems.append(f'{file}: write [keys] and below it lines such as export = "X"')
        given = {}
    keys: dict[str, str] = {}
    for name, value in given.items():
        if name not in commands:
            problems.append(_unknown(file, "keys", name, commands))
        elif not isinstance(value, str) or not value.strip():
            problems.append(f'{file}: keys of {name} are a text such as "x" or "ctrl+x,f8"')
        else:
            keys[name] = value
    return Preferences(str(theme), keys, tuple(problems))


def _unknown(file: Path, where: str, name: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(name, list(known), 1)
    what = {"": "there is no setting", "theme": "there is no theme", "keys": "there is no command"}[where]
    hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(sorted(known))}"
    return f"{file}: {what} {name!r}; {hint}"


def memory_file() -> Path:
    """Return the file of what is remembered, below `$XDG_STATE_HOME` or `~/.local/state`."""
    base = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(base) / "cruxmap" / "state.json"


def remembered() -> dict[str, str]:
    """Return what was remembered; what cannot be read counts as nothing."""
    try:
        data = json.loads(memory_file().read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(data, dict) or data.get("version") != VERSION:
        return {}
    return {name: value for name, value in data.items() if isinstance(value, str)}


def remember(**values: str) -> None:
    """Remember values beside what is remembered already; a folder that cannot be written loses them silently.

    Nobody asked for this to be kept, so that a read-only home is no reason to disturb anybody.
    """
    known = remembered()
    if known == {**known, **values}:
        return
    data = {**known, **values, "version": VERSION}
    file = memory_file()
    draft = file.with_suffix(".new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        # Written beside it and renamed: an interrupted write leaves the old file.
        draft.write_text(json.dumps(data, indent=2, sort_keys=True), encoding="utf-8")
        draft.replace(file)
    except OSError:
        return
