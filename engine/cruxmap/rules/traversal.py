"""Walk through entries by the declarations of their classes: every node and reference with its steps."""

from __future__ import annotations

import types
import typing
from dataclasses import fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from cruxmap.model.fields import Refers
from cruxmap.model.validation import key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Steps = tuple[str | int, ...]


class Reference(NamedTuple):
    """A text that names something: where it stands, what it says, which kinds it may name."""

    steps: Steps
    name: str
    kinds: tuple[str, ...]


class _Shape(NamedTuple):
    """How one field holds nodes or references."""

    name: str
    key: str
    container: str
    refers: tuple[str, ...]
    refers_by_key: tuple[str, ...]
    nodes: bool
    words: tuple[str, ...] = ()


def walk(node: Any, steps: Steps = ()) -> Iterator[tuple[Steps, Any]]:
    """Yield an entry and every part inside it, parents first, with the steps that lead there."""
    yield steps, node
    for shape in _shapes(type(node)):
        if shape.nodes:
            value = getattr(node, shape.name)
            if value is not None:
                for more, child in _items(shape, value):
                    yield from walk(child, (*steps, shape.key, *more))


def references(node: Any, steps: Steps) -> Iterator[Reference]:
    """Yield the references that stand directly in one node."""
    for shape in _shapes(type(node)):
        value = getattr(node, shape.name)
        if value is None:
            continue
        if shape.refers:
            for more, name in _items(shape, value):
                if name not in shape.words:
                    yield Reference((*steps, shape.key, *more), name, shape.refers)
        if shape.refers_by_key:
            for name in value:
                yield Reference((*steps, shape.key, name), name, shape.refers_by_key)


def is_local(steps: Steps) -> bool:
    """Whether an id need only be unique within its entry: levels, marks, parts, critical questions."""
    return bool(steps) and steps[0] in ("levels", "marks", "parts", "critical-questions")


def _items(shape: _Shape, value: Any) -> Iterator[tuple[Steps, Any]]:
    if shape.container == "tuple":
        yield from (((number,), item) for number, item in enumerate(value))
    elif shape.container == "dict":
        yield from (((name,), item) for name, item in value.items())
    else:
        yield (), value


def _find_shapes(kind: Any) -> tuple[_Shape, ...]:
    hints = typing.get_type_hints(kind, include_extras=True)
    found = (_shape(item.name, hints[item.name]) for item in fields(kind))
    return tuple(shape for shape in found if shape.nodes or shape.refers or shape.refers_by_key)


_shapes: Callable[[Any], tuple[_Shape, ...]] = cache(_find_shapes)


def _shape(name: str, hint: Any) -> _Shape:
    hint = _without_none(hint)
    if isinstance(getattr(hint, "__origin__", None), types.GenericAlias):
        hint = hint.__origin__
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is tuple:
        item = arguments[0]
        return _Shape(name, key(name), "tuple", _refers(item), (), _is_node(item), _words(item))
    if origin is dict:
        return _Shape(
            name, key(name), "dict", _refers(arguments[1]), _refers(arguments[0]), _is_node(arguments[1])
        )
    return _Shape(name, key(name), "one", _refers(hint), (), _is_node(hint))


def _without_none(hint: Any) -> Any:
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        return next(argument for argument in typing.get_args(hint) if argument is not type(None))
    return hint


def _refers(hint: Any) -> tuple[str, ...]:
    for extra in getattr(hint, "__metadata__", ()):
        if isinstance(extra, Refers):
            return extra.to
    return ()


def _words(hint: Any) -> tuple[str, ...]:
    return next((extra.words for extra in getattr(hint, "__metadata__", ()) if isinstance(extra, Refers)), ())


def _is_node(hint: Any) -> bool:
    return isinstance(hint, type) and is_dataclass(hint)
