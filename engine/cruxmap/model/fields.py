"""Leaf types of entries: every field says once what it accepts, for validation and for the JSON Schema.

Files hold text only, so a field that means a number or a truth value parses it from text. The classes here
describe themselves to pydantic without importing it: validated data can be used without loading pydantic,
which is what makes commands on an unchanged corpus start fast.
"""

from __future__ import annotations

import re
from dataclasses import MISSING, FrozenInstanceError, dataclass, fields
from functools import cache, partial
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, TypeVar, dataclass_transform

from cruxmap.plain import CONTROL

if TYPE_CHECKING:
    from collections.abc import Callable

RecordKind = TypeVar("RecordKind")

_set = object.__setattr__
ENTRY_ID = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
ARGUMENT_ID = r"^[a-z][a-z0-9]*([.-][a-z0-9]+)*$"


def id_fault(value: str, pattern: str = ENTRY_ID) -> tuple[str, str]:
    """Message and hint for an id that has the wrong form."""
    shown = value if len(value) <= 40 else value[:39] + "…"
    dots = " (dots are allowed too)" if pattern == ARGUMENT_ID else ""
    hint = f"lower-case letters and digits joined by hyphens, starting with a letter{dots}"
    return f"{shown!r} is not a valid id", hint


class Kebab:
    """Base of everything that is written in a file: kebab-case keys, no unknown keys, compared by value."""

    __slots__ = ()

    __pydantic_config__: ClassVar[Any] = {
        "extra": "forbid",
        "alias_generator": lambda name: name.rstrip("_").replace("_", "-"),
        "use_attribute_docstrings": True,
    }

    def __init__(self, **values: Any) -> None:
        defaults, factories = _defaults(self.__class__)
        given = defaults | values
        if len(given) > len(defaults):
            unknown = ", ".join(values.keys() - defaults.keys())
            raise TypeError(f"{type(self).__name__} has no field {unknown}")
        for name, make_default in factories.items():
            if name not in values:
                given[name] = make_default()
        for name, value in given.items():
            if value is MISSING:
                raise TypeError(f"{type(self).__name__} needs the field {name}")
            _set(self, name, value)

    def __setattr__(self, name: str, value: object) -> None:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in _defaults(self.__class__)[0])

    def __hash__(self) -> int:
        return hash((type(self), *(getattr(self, name) for name in _defaults(self.__class__)[0])))

    def __repr__(self) -> str:
        given = ", ".join(f"{name}={getattr(self, name)!r}" for name in _defaults(self.__class__)[0])
        return f"{type(self).__name__}({given})"


def _find_defaults(kind: Any) -> tuple[dict[str, Any], dict[str, Callable[[], Any]]]:
    own = fields(kind)
    factories = {item.name: item.default_factory for item in own if item.default_factory is not MISSING}
    return {item.name: item.default for item in own}, factories


_defaults: Callable[[Any], tuple[dict[str, Any], dict[str, Callable[[], Any]]]] = cache(_find_defaults)
"""Default of each field of a record, `MISSING` where it must be given, and what makes a default anew."""


@dataclass_transform(frozen_default=True, kw_only_default=True, eq_default=False)
def record(kind: type[RecordKind]) -> type[RecordKind]:
    """Make a frozen dataclass whose methods come from `Kebab`.

    `dataclass` would compile six methods for each of some thirty classes, which takes a quarter of the time
    in which a command starts.
    """
    return dataclass(init=False, repr=False, eq=False, slots=True)(kind)


# Without comparison and repr, which nobody needs of a field, there is less to compile when a command starts.
@dataclass(repr=False, eq=False)
class TextField:
    """A text of limited length; on one line and without control characters if `single_line`."""

    longest: int = 600
    single_line: bool = False
    pattern: str | None = None

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        """Describe the field to pydantic."""
        from pydantic_core import core_schema

        text = core_schema.str_schema(min_length=1, max_length=self.longest, pattern=self.pattern)
        if not self.single_line:
            return text
        return core_schema.no_info_after_validator_function(_without_control, text)


def _without_control(value: str) -> str:
    from pydantic_core import PydanticCustomError

    bad = CONTROL.search(value)
    if bad:
        code = f"U+{ord(bad[0]):04X}"
        raise PydanticCustomError("control_character", "contains the character {code}", {"code": code})
    return value


@dataclass(repr=False, eq=False)
class NumberField:
    """A number written in digits, within bounds."""

    lowest: float | None = None
    highest: float | None = None
    whole: bool = False

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        """Describe the field to pydantic."""
        from pydantic_core import core_schema

        if self.whole:
            lowest = None if self.lowest is None else int(self.lowest)
            return core_schema.int_schema(ge=lowest, le=None if self.highest is None else int(self.highest))
        return core_schema.float_schema(allow_inf_nan=False, ge=self.lowest, le=self.highest)


class FlagField:
    """`true` or `false`, and nothing else that YAML 1.1 would take for it."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        """Describe the field to pydantic."""
        from pydantic_core import core_schema

        words = core_schema.literal_schema(["true", "false", True, False])
        return core_schema.no_info_after_validator_function(_flag, words)

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> Any:
        """Describe the field to editors, for which `true` is a boolean."""
        return {"type": "boolean"}


def _flag(value: object) -> bool:
    return value in ("true", True)


@dataclass(repr=False, eq=False)
class Refers:
    """Marks a text that names something elsewhere; `to` lists the kinds it may name.

    Besides entry kinds there are `statement` (an assessment, assumption, factor, finding, mechanism or risk)
    and `argument`. `words` are texts that are allowed too and name nothing.
    """

    to: tuple[str, ...]
    words: tuple[str, ...] = ()


class OneOrMany:
    """Lets a list of one item be written without the list."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        """Describe the field to pydantic."""
        from pydantic_core import core_schema

        return core_schema.no_info_before_validator_function(_listed, handler(source))

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> Any:
        """Describe the field to editors: an item, or a list of items."""
        listed = handler(schema)
        return {"anyOf": [listed["items"], listed]}


def _listed(value: object) -> object:
    return value if isinstance(value, list | tuple) else (value,)


@dataclass(repr=False, eq=False)
class Written:
    """A text that editors may take for a number or a truth value, such as `6`, `0.5..` or `true`."""

    pattern: str | None = None

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        """Describe the field to pydantic."""
        from pydantic_core import core_schema

        text = core_schema.str_schema(min_length=1, max_length=140)
        if self.pattern is None:
            return text
        check = partial(_fitting, self.pattern)
        return core_schema.no_info_after_validator_function(check, text)

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> Any:
        """Describe the field to editors."""
        return {"type": ["string", "number", "boolean"]}


def _fitting(pattern: str, value: str) -> str:
    from pydantic_core import PydanticCustomError

    if not re.fullmatch(pattern, value):
        raise PydanticCustomError("number_range", "is no number and no range of numbers")
    return value


class ExactlyOne(Kebab):
    """Base of what is written as a mapping with exactly one of its keys."""

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        """Describe the class to pydantic."""
        from pydantic_core import core_schema

        return core_schema.no_info_after_validator_function(_exactly_one, handler(source))


def _exactly_one(value: Any) -> Any:
    from pydantic_core import PydanticCustomError

    names = [item.name for item in fields(value)]
    if sum(getattr(value, name) is not None for name in names) != 1:
        known = ", ".join(name.rstrip("_").replace("_", "-") for name in names)
        raise PydanticCustomError("exactly_one", "needs exactly one of {known}", {"known": known})
    return value


Text = Annotated[str, TextField()]
LongText = Annotated[str, TextField(longest=2000)]
Line = Annotated[str, TextField(longest=160, single_line=True)]
EntryId = Annotated[str, TextField(longest=64, single_line=True, pattern=ENTRY_ID)]
ArgumentId = Annotated[str, TextField(longest=80, single_line=True, pattern=ARGUMENT_ID)]
LocatorText = Annotated[str, TextField(longest=200, single_line=True)]
Credence = Annotated[float, NumberField(0, 1)]
Count = Annotated[int, NumberField(0, whole=True)]
Year = Annotated[int, NumberField(1600, 2200, whole=True)]
Flag = Annotated[bool, FlagField()]

AssumptionId = Annotated[str, TextField(longest=64, single_line=True), Refers(("assumption",))]
StatementId = Annotated[str, TextField(longest=140, single_line=True), Refers(("statement",))]
NodeId = Annotated[str, TextField(longest=140, single_line=True), Refers(("statement", "argument"))]
MechanismId = Annotated[str, TextField(longest=64, single_line=True), Refers(("mechanism",))]
TermId = Annotated[str, TextField(longest=64, single_line=True), Refers(("term",))]
SourceId = Annotated[str, TextField(longest=64, single_line=True), Refers(("source",))]
HedgeId = Annotated[str, TextField(longest=64, single_line=True), Refers(("hedge",))]
ScaleId = Annotated[str, TextField(longest=64, single_line=True), Refers(("scale",))]
SchemeId = Annotated[str, TextField(longest=64, single_line=True), Refers(("scheme",))]
RiskId = Annotated[str, TextField(longest=64, single_line=True), Refers(("risk",))]
CriterionId = Annotated[str, TextField(longest=64, single_line=True), Refers(("criterion",))]
RelationKindId = Annotated[str, TextField(longest=64, single_line=True), Refers(("relation",))]
AnyEntryId = Annotated[
    str,
    TextField(longest=64, single_line=True),
    Refers(
        (
            "proposal",
            "risk",
            "strategy",
            "finding",
            "assumption",
            "factor",
            "mechanism",
            "term",
            "source",
            "criterion",
        )
    ),
]
