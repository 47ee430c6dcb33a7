"""Keep a validated knowledge base between runs, so that an unchanged workspace loads without validation.

The key is a digest of every byte that was read, so a snapshot can never be stale. It is plain JSON: a changed
or damaged file can only fail to load, never run anything.
"""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import MISSING, Field, asdict, fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from cruxmap.knowledge import Position
from cruxmap.model import entries, parts, queries, vocabulary
from cruxmap.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Callable

_CLASSES: dict[str, Callable[..., Any]] = {
    name: value
    for module in (entries, parts, queries, vocabulary)
    for name, value in vars(module).items()
    if isinstance(value, type) and is_dataclass(value)
}
_CLASSES["Position"] = Position
_KEPT = 8
"""Snapshots kept on disk: a few workspaces and revisions."""


def folder() -> Path:
    """Return the folder of snapshots: `CRUXMAP_CACHE`, or a folder in the user's cache."""
    named = os.environ.get("CRUXMAP_CACHE")
    if named:
        return Path(named)
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "cruxmap"


class Kept(NamedTuple):
    """What a snapshot holds: the arguments of a knowledge base that come from files."""

    entries: dict[str, Any]
    positions: dict[str, Position]
    problems: list[Problem]
    settings: dict[str, Any]


def load(key: str) -> Kept | None:
    """Return what is stored under a key, or None."""
    try:
        data = json.loads((folder() / f"{key}.json").read_bytes())
        found = {name: _thaw(entry) for name, entry in data["entries"].items()}
        positions = {name: Position(*place) for name, place in data["positions"].items()}
        problems = [Problem(**item | {"severity": Severity(item["severity"])}) for item in data["problems"]]
        settings = data["settings"]
    except (OSError, ValueError, LookupError, TypeError):
        return None
    return Kept(found, positions, problems, settings)


def store(key: str, kept: Kept) -> None:
    """Write a snapshot; silently does nothing where the folder cannot be written."""
    data = {
        "entries": {name: _freeze(entry) for name, entry in kept.entries.items()},
        "positions": kept.positions,
        "problems": [asdict(problem) for problem in kept.problems],
        "settings": kept.settings,
    }
    import tempfile

    with contextlib.suppress(OSError):
        target = folder()
        target.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=target, suffix=".tmp")
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump(data, stream, separators=(",", ":"))
        Path(temporary).replace(target / f"{key}.json")
        _forget_old(target)


def _forget_old(target: Path) -> None:
    files = sorted(target.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in files[_KEPT:]:
        path.unlink(missing_ok=True)


def _freeze(value: Any) -> Any:
    """Plain data for JSON: an object becomes its class name and the fields that differ from their default."""
    if is_dataclass(value):
        given = ((item, getattr(value, item.name)) for item in fields(value))
        kept = {item.name: _freeze(part) for item, part in given if not _is_default(item, part)}
        return {"§": type(value).__name__, **kept}
    if isinstance(value, tuple | list):
        return [_freeze(item) for item in value]
    if isinstance(value, dict):
        return {name: _freeze(item) for name, item in value.items()}
    return value


def _is_default(item: Field[Any], value: Any) -> bool:
    if item.default is not MISSING:
        return bool(value == item.default)
    return item.default_factory is not MISSING and not value


def _thaw(value: Any) -> Any:
    if isinstance(value, list):
        return tuple([_thaw(item) for item in value])
    if isinstance(value, dict):
        name = value.pop("§", None)
        thawed = {key: _thaw(item) if type(item) in (list, dict) else item for key, item in value.items()}
        return _CLASSES[name](**thawed) if name else thawed
    return value
