"""The door at which plain data becomes entries: validation by pydantic, and problems in our words."""

from __future__ import annotations

import difflib
import types
import typing
from dataclasses import fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from cruxmap.model.entries import KINDS
from cruxmap.model.fields import Kebab, id_fault

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cruxmap.model.entries import Entry

Steps = tuple[str | int, ...]


class Fault(typing.NamedTuple):
    """One thing wrong with an entry: the steps that lead to it, code, message and hint."""

    steps: Steps
    code: str
    message: str
    hint: str = ""


adapter: Callable[[Any], TypeAdapter[Any]] = cache(TypeAdapter)
"""The validator of one class, built on first use."""


def validate(data: Mapping[str, Any]) -> tuple[Entry | None, list[Fault]]:
    """Turn the mapping of one entry into the class of its kind.

    Parameters
    ----------
    data : mapping
        Text, lists and mappings as read from a file.

    Returns
    -------
    entry : Entry or None
        None when anything is wrong.
    faults : list of Fault
        Everything that is wrong, each with the steps that lead to the value.
    """
    kind = data.get("kind")
    if kind is None:
        return None, [Fault((), "E103", "the field `kind` is missing", f"one of {', '.join(KINDS)}")]
    if not isinstance(kind, str) or kind not in KINDS:
        return None, [Fault(("kind",), "E101", f"unknown kind {_shown(kind)}", _suggestion(str(kind), KINDS))]
    entry, faults = check_data(KINDS[kind], data)
    return typing.cast("Entry | None", entry), faults


def check_data(kind: type[Any], data: Any) -> tuple[Any | None, list[Fault]]:
    """Validate data against any model class; see `validate`."""
    try:
        return adapter(kind).validate_python(data), []
    except ValidationError as error:
        return None, [_fault(kind, item) for item in error.errors(include_url=False)]


def _fault(kind: type[Any], error: Mapping[str, Any]) -> Fault:
    steps: Steps = tuple(step for step in error["loc"] if step != "[key]")
    name = str(steps[-1]) if steps else "entry"
    context: dict[str, Any] = error.get("ctx", {})
    found = error["input"]
    match error["type"]:
        case "missing":
            return Fault(steps[:-1], "E103", f"the field `{name}` is missing")
        case "unexpected_keyword_argument":
            known = _field_names(kind, steps[:-1])
            return Fault(steps, "E102", f"unknown field `{_clip(name)}`", _suggestion(name, known))
        case "string_too_long":
            size = f"{len(found)} characters, at most {context['max_length']} are allowed"
            return Fault(steps, "E105", f"`{name}` has {size}", "split it or say it shorter")
        case "string_too_short":
            return Fault(steps, "E105", f"`{name}` is empty", "write it or leave the field out")
        case "string_pattern_mismatch":
            return Fault(steps, "E106", *id_fault(found, context["pattern"]))
        case "literal_error":
            return Fault(
                steps, "E107", f"{_shown(found)} is not a value of `{name}`", f"one of {context['expected']}"
            )
        case "control_character":
            message = f"`{name}` contains the invisible character {context['code']}"
            return Fault(steps, "E015", message, "remove it")
        case "int_parsing" | "int_from_float" | "float_parsing" | "int_type" | "float_type":
            return Fault(steps, "E108", f"`{name}` must be a number, not {_shown(found)}")
        case "greater_than_equal" | "less_than_equal" | "greater_than" | "less_than" | "finite_number":
            return Fault(steps, "E108", f"`{name}` is {_shown(found)}: {error['msg'].removeprefix('Input ')}")
        case "exactly_one":
            return Fault(steps, "E104", f"`{name}` needs exactly one of: {context['known']}")
        case "number_range":
            hint = "write 6, 5..7, 5.. or ..7"
            return Fault(steps, "E108", f"{_shown(found)} is no number and no range of numbers", hint)
        case other:
            return Fault(steps, "E104", f"`{name}` must be {_expected(other)}, not {_sort(found)}")


_SORTS = {"string_type": "a text", "tuple_type": "a list", "list_type": "a list", "dict_type": "a mapping"}


def _expected(error_type: str) -> str:
    return _SORTS.get(
        error_type, "a mapping" if error_type.startswith("dataclass") else "another sort of value"
    )


def _sort(value: object) -> str:
    if isinstance(value, dict):
        return "a mapping"
    return "a list" if isinstance(value, list) else f"the text {_shown(value)}"


def _clip(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def _shown(value: object) -> str:
    return repr(_clip(value)) if isinstance(value, str) else _sort(value)


def _suggestion(word: str, known: typing.Iterable[str]) -> str:
    names = list(known)
    near = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    if near:
        return f"did you mean `{near[0]}`?"
    return f"known: {', '.join(names)}" if len(names) <= 12 else ""


def _field_names(kind: type[Any], steps: Steps) -> list[str]:
    """Names of the fields of the class that stands at `steps` below an entry of the kind."""
    current: Any = kind
    inside_container = False
    for step in steps:
        if inside_container:
            inside_container = False
            continue
        hint = _hints(current).get(str(step)) if is_dataclass(current) else None
        current, inside_container = _inner(hint)
    return [key(item.name) for item in fields(current)] if is_dataclass(current) else []


def _find_hints(kind: Any) -> dict[str, Any]:
    return {key(name): hint for name, hint in typing.get_type_hints(kind).items()}


_hints: Callable[[Any], dict[str, Any]] = cache(_find_hints)


def _inner(hint: Any) -> tuple[Any, bool]:
    """The class inside `X | None`, `tuple[X, ...]` or `dict[K, X]`, and whether a step leads into it."""
    arguments = typing.get_args(hint)
    origin = typing.get_origin(hint)
    if isinstance(hint, types.UnionType) or origin is typing.Union:
        return _inner(next(argument for argument in arguments if argument is not type(None)))
    if origin is dict:
        return arguments[1], True
    return (arguments[0], True) if origin is tuple else (hint, False)


def key(name: str) -> str:
    """The key in files for a field of a model class."""
    alias: str = Kebab.__pydantic_config__["alias_generator"](name)
    return alias
