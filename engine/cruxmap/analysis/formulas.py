"""Boolean formulas over assumptions: terms that are shared, hashable and safe at any depth."""

from __future__ import annotations

import reprlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from threading import Lock
from typing import Any, ClassVar, TypeAlias, cast
from weakref import WeakValueDictionary

from cruxmap.errors import CruxmapError

__all__ = [
    "And",
    "AtLeast",
    "Atom",
    "Constant",
    "Formula",
    "FormulaError",
    "NegationError",
    "Not",
    "Or",
    "atoms",
    "ensure_monotone",
    "operands",
    "parse_formula",
    "polarities",
    "subterms",
]

SHOWN_DEPTH = 4
"""Levels of a term that its `repr` shows; a chain of thousands must still print."""


class FormulaError(CruxmapError):
    """Data is not a formula, or a term is built from something that is not a term."""

    code = "E930"

    def __init__(self, problem: str, found: object) -> None:
        super().__init__(f"{problem}; found {reprlib.repr(found)}")


class NegationError(CruxmapError):
    """Minimal sets were asked of a formula with a negation, where they would not be what they promise."""

    code = "E931"

    def __init__(self, negation: Not) -> None:
        super().__init__(
            f"the formula negates {negation.operand!r}, and cut and path sets exist only without 'not'; "
            "write the negated part as an atom of its own, such as 'no-deception' for not 'deception'"
        )
        self.negation = negation


class _HashConsing(type):
    """Makes equal terms the same object, so that comparing and hashing never walk down a formula."""

    _terms: ClassVar[WeakValueDictionary[tuple[object, ...], object]] = WeakValueDictionary()
    _lock: ClassVar = Lock()

    def __call__(cls, *arguments: Any, **keywords: Any) -> Any:
        term = super().__call__(*arguments, **keywords)
        with _HashConsing._lock:
            return _HashConsing._terms.setdefault((cls, *term.arguments), term)


class _Term(metaclass=_HashConsing):
    """What all terms share."""

    __slots__ = ()

    @property
    def arguments(self) -> tuple[object, ...]:
        """The values of the fields, in order."""
        return tuple(getattr(self, field.name) for field in fields(cast("Any", self)))

    def __reduce__(self) -> tuple[type[_Term], tuple[object, ...]]:
        return type(self), self.arguments

    def __repr__(self) -> str:
        return _shown(self, SHOWN_DEPTH)


def _shown(value: object, depth: int) -> str:
    if isinstance(value, tuple):
        return f"({', '.join(_shown(item, depth) for item in value)}{',' if len(value) == 1 else ''})"
    if not isinstance(value, _Term):
        return repr(value)
    inner = ", ".join(_shown(item, depth - 1) for item in value.arguments) if depth else "..."
    return f"{type(value).__name__}({inner})"


@dataclass(frozen=True, slots=True, weakref_slot=True, eq=False, repr=False)
class Atom(_Term):
    """An assumption that holds or fails."""

    name: str

    def __post_init__(self) -> None:
        name: object = self.name
        if not isinstance(name, str) or not name:
            raise FormulaError("the name of an atom is a text that is not empty", name)


@dataclass(frozen=True, slots=True, weakref_slot=True, eq=False, repr=False)
class Constant(_Term):
    """What always holds, or never does."""

    value: bool

    def __post_init__(self) -> None:
        if not isinstance(self.value, bool):
            raise FormulaError("a constant is true or false", self.value)


@dataclass(frozen=True, slots=True, weakref_slot=True, eq=False, repr=False)
class Not(_Term):
    """Holds when its operand fails."""

    operand: Formula

    def __post_init__(self) -> None:
        _checked((self.operand,))


@dataclass(frozen=True, slots=True, weakref_slot=True, eq=False, repr=False)
class And(_Term):
    """Holds when all operands hold; without operands, always."""

    operands: tuple[Formula, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "operands", _checked(self.operands))


@dataclass(frozen=True, slots=True, weakref_slot=True, eq=False, repr=False)
class Or(_Term):
    """Holds when some operand holds; without operands, never."""

    operands: tuple[Formula, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "operands", _checked(self.operands))


@dataclass(frozen=True, slots=True, weakref_slot=True, eq=False, repr=False)
class AtLeast(_Term):
    """Holds when `threshold` or more operands hold; an operand listed twice counts twice."""

    threshold: int
    operands: tuple[Formula, ...]

    def __post_init__(self) -> None:
        count: object = self.threshold
        if not isinstance(count, int) or isinstance(count, bool) or count < 0:
            raise FormulaError("'at_least' counts with a whole number from 0 up", count)
        object.__setattr__(self, "operands", _checked(self.operands))


Formula: TypeAlias = Atom | Constant | Not | And | Or | AtLeast


def _checked(terms: Iterable[object]) -> tuple[Formula, ...]:
    found: list[Formula] = []
    for term in terms:
        if not isinstance(term, Formula):
            raise FormulaError("operands are terms (data becomes terms by parse_formula)", term)
        found.append(term)
    return tuple(found)


def operands(term: Formula) -> tuple[Formula, ...]:
    """The terms directly below a term."""
    if isinstance(term, Not):
        return (term.operand,)
    return term.operands if isinstance(term, And | Or | AtLeast) else ()


def subterms(formula: Formula) -> list[Formula]:
    """Every different term inside a formula, each after all terms below it, the formula itself last.

    Raises
    ------
    FormulaError
        When `formula` is data that was not parsed.
    """
    if not isinstance(formula, Formula):
        raise FormulaError("a formula is needed (data becomes one by parse_formula)", formula)
    done: dict[Formula, None] = {}
    pending = [(formula, False)]
    while pending:
        term, below_done = pending.pop()
        if below_done:
            done.setdefault(term)
        elif term not in done:
            pending.append((term, True))
            pending.extend((operand, False) for operand in reversed(operands(term)) if operand not in done)
    return list(done)


def atoms(formula: Formula) -> frozenset[str]:
    """The names of all atoms that occur in a formula, whether or not its truth depends on them.

    Examples
    --------
    >>> sorted(atoms(parse_formula({"or": ["b", {"not": "a"}]})))
    ['a', 'b']
    """
    return frozenset(term.name for term in subterms(formula) if isinstance(term, Atom))


def ensure_monotone(formula: Formula) -> None:
    """Refuse a formula that contains a negation.

    Raises
    ------
    NegationError
        When `not` occurs anywhere, even twice over or around a constant.
    """
    for term in subterms(formula):
        if isinstance(term, Not):
            raise NegationError(term)


def polarities(formula: Formula) -> dict[str, frozenset[bool]]:
    """For each atom, whether it occurs under an even (True) or odd (False) number of negations, or both.

    Examples
    --------
    >>> polarities(parse_formula({"and": ["a", {"not": "b"}]})) == {"a": {True}, "b": {False}}
    True
    """
    seen = {(formula, True)}
    pending = [(formula, True)]
    while pending:
        term, positive = pending.pop()
        sign = positive != isinstance(term, Not)
        for operand in operands(term):
            if (operand, sign) not in seen:
                seen.add((operand, sign))
                pending.append((operand, sign))
    signs: dict[str, set[bool]] = {}
    for term, positive in seen:
        if isinstance(term, Atom):
            signs.setdefault(term.name, set()).add(positive)
    return {name: frozenset(signs[name]) for name in sorted(signs)}


@dataclass(frozen=True, slots=True)
class _Gate:
    """A gate whose operands, so many as `count`, are being read."""

    kind: str
    count: int
    threshold: int = 0

    def over(self, found: list[Formula]) -> Formula:
        """The term over the operands."""
        match self.kind:
            case "and":
                return And(tuple(found))
            case "or":
                return Or(tuple(found))
            case "not":
                return Not(found[0])
            case _:
                return AtLeast(self.threshold, tuple(found))


def parse_formula(data: object) -> Formula:
    """Read a formula from plain data, as it comes out of YAML or JSON.

    Parameters
    ----------
    data : str, bool or mapping with one key
        `"name"` (an atom), `true`, `false`, `{"and": [...]}`, `{"or": [...]}`, `{"not": x}` or
        `{"at_least": [k, [...]]}` with k >= 0, nested to any depth. Terms may stand where data may.

    Returns
    -------
    Formula
        Equal data gives the same object.

    Raises
    ------
    FormulaError
        When some part is none of these; the message shows the part.

    Notes
    -----
    Time linear in the size of the data; no recursion, so depth is bounded by memory alone. At least 0 of
    anything always holds; at least k of fewer than k never does.

    Examples
    --------
    >>> parse_formula({"or": ["a", {"and": ["b", "c"]}]})
    Or((Atom('a'), And((Atom('b'), Atom('c')))))
    >>> parse_formula({"at_least": [2, ["a", "b", "c"]]})
    AtLeast(2, (Atom('a'), Atom('b'), Atom('c')))
    """
    found: list[Formula] = []
    pending: list[object] = [data]
    while pending:
        part = pending.pop()
        if isinstance(part, _Gate):
            first = len(found) - part.count
            found[first:] = [part.over(found[first:])]
        elif isinstance(part, Formula):
            found.append(part)
        elif isinstance(part, bool):
            found.append(Constant(part))
        elif isinstance(part, str):
            found.append(Atom(part))
        else:
            gate, below = _opened(part)
            pending.append(gate)
            pending.extend(reversed(below))
    return found[0]


def _opened(part: object) -> tuple[_Gate, Sequence[object]]:
    """The gate that a mapping stands for, and the data of its operands."""
    if not isinstance(part, Mapping) or len(part) != 1:
        raise FormulaError("a formula is a name, true, false or a mapping with one key", part)
    ((kind, value),) = part.items()
    if kind == "not":
        return _Gate("not", 1), (value,)
    if kind in {"and", "or"}:
        below = _listed(value, f"{kind!r} is followed by a list of formulas")
        return _Gate(kind, len(below)), below
    if kind != "at_least":
        raise FormulaError("the key of a formula is 'and', 'or', 'not' or 'at_least'", kind)
    pair = _listed(value, "'at_least' is followed by a number and a list: [2, [a, b, c]]")
    if len(pair) != 2 or not isinstance(pair[0], int) or isinstance(pair[0], bool):
        raise FormulaError("'at_least' is followed by a number and a list: [2, [a, b, c]]", value)
    below = _listed(pair[1], "the number of 'at_least' is followed by a list of formulas")
    return _Gate("at_least", len(below), pair[0]), below


def _listed(value: object, problem: str) -> Sequence[object]:
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise FormulaError(problem, value)
    return value
