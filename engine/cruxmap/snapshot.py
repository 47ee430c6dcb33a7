"""Keep a validated knowledge base between runs, so that an unchanged workspace loads without validation.

The key is a digest of every byte that was read, so a snapshot can never be stale. The file is lines of JSON
below a checksum of them: a damaged one is ignored, and none can run anything. One line holds one
entry, so that a command parses only those that it shows.
"""

from __future__ import annotations

import contextlib
import json
import os
import zlib
from dataclasses import MISSING, Field, asdict, fields, is_dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from cruxmap.knowledge import Position
from cruxmap.problems import Problem, Severity
from cruxmap.thawing import Thawing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_KEPT = 8
"""Snapshots kept on disk: a few workspaces and revisions."""


def folder() -> Path:
    """Return the folder of snapshots: `CRUXMAP_CACHE`, or a folder in the user's cache."""
    named = os.environ.get("CRUXMAP_CACHE")
    if named:
        return Path(named)
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "cruxmap"


def form() -> str:
    """Return the state of the model's modules, on which the form of a snapshot depends.

    Whoever changes the model in a checkout must not be given entries in its former shape.
    """
    modules = sorted(os.scandir(Path(__file__).with_name("model")), key=lambda found: found.name)
    return str([found.stat().st_mtime_ns for found in modules if found.name.endswith(".py")])


class Kept(NamedTuple):
    """What a snapshot holds: the arguments of a knowledge base that come from files."""

    entries: Mapping[str, Any]
    positions: Mapping[str, Position]
    problems: list[Problem]
    settings: dict[str, Any]


def load(key: str) -> Kept | None:
    """Return what is stored under a key, or None."""
    try:
        checksum, _, body = (folder() / f"{key}.jsonl").read_bytes().partition(b"\n")
        if int(checksum) != zlib.crc32(body):
            return None
        head, places, *lines = body.splitlines()
        data = json.loads(head)
        problems = [Problem(**item | {"severity": Severity(item["severity"])}) for item in data["problems"]]
        settings = data["settings"]
        frozen = dict(zip(data["classes"], lines, strict=True))
    except (OSError, ValueError, LookupError, TypeError):
        return None
    return Kept(
        Thawing(lambda: frozen, lambda line: json.loads(line, object_hook=_thaw), data["classes"]),
        Thawing(lambda: json.loads(places), lambda place: Position(*place)),
        problems,
        settings,
    )


def store(key: str, kept: Kept) -> None:
    """Write a snapshot; silently does nothing where the folder cannot be written."""
    head = {
        "classes": {name: type(entry).__name__ for name, entry in kept.entries.items()},
        "problems": [asdict(problem) for problem in kept.problems],
        "settings": kept.settings,
    }
    entries = (_freeze(entry) for entry in kept.entries.values())
    body = b"\n".join(
        json.dumps(line, separators=(",", ":")).encode() for line in (head, dict(kept.positions), *entries)
    )
    import tempfile

    with contextlib.suppress(OSError):
        target = folder()
        target.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=target, suffix=".tmp")
        with os.fdopen(handle, "wb") as stream:
            stream.write(b"%d\n%b" % (zlib.crc32(body), body))
        Path(temporary).replace(target / f"{key}.jsonl")
        _forget_old(target)


def _forget_old(target: Path) -> None:
    files = sorted(target.glob("*.json*"), key=lambda path: path.stat().st_mtime, reverse=True)
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


def _thaw(found: dict[str, Any]) -> Any:
    """An object that JSON has just closed, so that all in it is thawed but the type of its lists."""
    name = found.pop("§", None)
    for key, value in found.items():
        if type(value) is list:
            found[key] = _tuples(value)
    return _class_named(name)(**found) if name else found


def _tuples(value: Any) -> Any:
    return tuple([_tuples(item) for item in value]) if type(value) is list else value


@cache
def _class_named(name: str) -> Callable[..., Any]:
    """The class of the model with a name; modules that few entries need are imported last."""
    for module in ("entries", "parts", "vocabulary", "queries"):
        found = vars(import_module(f"cruxmap.model.{module}")).get(name)
        if found is not None:
            return cast("Callable[..., Any]", found)
    raise LookupError(f"a snapshot names the class {name}, which the model does not have")
