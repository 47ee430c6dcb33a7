"""Entries as plain data, with the keys that files use."""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass
from typing import Any


def as_data(value: Any) -> Any:
    """Turn an entry or a part of one into mappings, lists and texts; fields at their default are left out.

    Examples
    --------
    >>> from cruxmap.model.parts import Note
    >>> as_data(Note(id="p1.outer.note.1", text="A note.", at="§2.1"))
    {'id': 'p1.outer.note.1', 'text': 'A note.', 'at': '§2.1'}
    """
    if is_dataclass(value) and not isinstance(value, type):
        given = ((item, getattr(value, item.name)) for item in fields(value))
        return {
            item.name.rstrip("_").replace("_", "-"): as_data(part)
            for item, part in given
            if not _is_default(item, part)
        }
    if isinstance(value, tuple | list):
        return [as_data(item) for item in value]
    if isinstance(value, dict):
        return {name: as_data(item) for name, item in value.items()}
    return value


def _is_default(item: Any, value: Any) -> bool:
    if item.default is not MISSING:
        return bool(value == item.default)
    return item.default_factory is not MISSING and not value
