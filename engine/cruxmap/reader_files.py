"""Files in which one reader says what they hold: credences, marks with what they rest on, conditionals."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cruxmap.credences import node_named, parse_credence
from cruxmap.errors import BrokenCorpusError, CruxmapError, UsageError
from cruxmap.model.intervals import UnknownMarkError, interval
from cruxmap.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from cruxmap.knowledge import KnowledgeBase
    from cruxmap.yamlread import Document, Tree

__all__ = [
    "Conditional",
    "GivenMark",
    "ReaderFile",
    "cell_named",
    "is_own_words",
    "read_reader",
    "read_readers",
    "reader_file",
]

_HANDLE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_KEYS = ("reader", "credences", "marks", "conditionals")
_MARK_KEYS = ("mark", "hinges", "assumption")
_SESSION_KEYS = ("session", "round", "reveal", "nonce", "seen")
"""What stands beside these in the answers to a session."""
_SESSION_MARK_KEYS = ("credence", "rationale", "at", "confidence", "change-my-mind", "criterion-version")
_PROBABILITIES = ("p_u", "p_c", "p_u_given_c")
_CONDITIONAL_KEYS = ("verdict", "crux", *_PROBABILITIES)


@dataclass(frozen=True, slots=True)
class GivenMark:
    """A mark for one cell, and the statements that it hinges on; an assumption in own words is none."""

    mark: str
    hinges: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conditional:
    """How a reader expects a verdict to move with a crux: P(U), P(C) and P(U | C)."""

    verdict: str
    crux: str
    p_u: float
    p_c: float
    p_u_given_c: float


@dataclass(frozen=True, slots=True)
class ReaderFile:
    """What one reader holds.

    Attributes
    ----------
    reader : str
        Handle: that of the file, or its name without suffix when it gives none.
    path : str
        The file, as it was named.
    credences : dict
        Credence, 0 to 1, by statement or argument; only what the reader rated.
    marks : dict
        Mark by cell (`entry/criterion`).
    conditionals : tuple of Conditional
    """

    reader: str
    path: str
    credences: dict[str, float]
    marks: dict[str, GivenMark] = field(default_factory=dict)
    conditionals: tuple[Conditional, ...] = ()


def read_reader(kb: KnowledgeBase, path: Path) -> ReaderFile:
    """Read a reader's file.

    Parameters
    ----------
    kb : KnowledgeBase
        What the names in the file mean: ids, unique prefixes, numbers (`A2`) or cells (`3/inner`).
    path : Path

    Returns
    -------
    ReaderFile

    Raises
    ------
    BrokenCorpusError
        With file, line and column of everything that is wrong.
    """
    from cruxmap.yamlread import read_file

    found, problems = reader_file(kb, read_file(path), path)
    if problems:
        raise BrokenCorpusError(sorted(problems))
    return found


def reader_file(kb: KnowledgeBase, document: Document, path: Path) -> tuple[ReaderFile, list[Problem]]:
    """What a document says of its reader, and everything wrong in it; see `read_reader`."""
    reading = _Reading(kb, document)
    return reading.result(path), reading.problems


def cell_named(kb: KnowledgeBase, wanted: str) -> str:
    """The cell, `entry/criterion`, that a name such as `3/inner` means.

    A group may rate an entry against a criterion of its own, of which no source says anything: a cell needs
    an entry and a criterion, and no assessment.

    Raises
    ------
    UnknownIdError
        When there is no such entry or criterion, or more than one.
    UsageError
        When the name is not of this form.
    """
    from cruxmap.matrix import criterion_named

    entry, slash, criterion = wanted.partition("/")
    if not slash:
        raise UsageError(f"{wanted!r} is no cell; write an entry and a criterion: 3/inner")
    if wanted in kb.statements:
        return wanted
    owner = kb.find_assessed(entry)
    given = [name for name in owner.assessments if name.startswith(criterion.lower())]
    return f"{owner.id}/{given[0] if len(given) == 1 else criterion_named(kb, criterion).id}"


def is_own_words(assumption: str) -> bool:
    """Whether what a mark rests on is a reader's own sentence and no name of a statement.

    Examples
    --------
    >>> is_own_words("A5"), is_own_words("Nobody is in a hurry.")
    (False, True)
    """
    return " " in assumption.strip()


def read_readers(kb: KnowledgeBase, paths: Iterable[Path]) -> list[ReaderFile]:
    """Read the files of several readers.

    Raises
    ------
    BrokenCorpusError
        With everything that is wrong in the first broken file.
    UsageError
        When two files name the same reader.
    """
    found: dict[str, ReaderFile] = {}
    for path in paths:
        item = read_reader(kb, path)
        if item.reader in found:
            raise UsageError(
                f"{found[item.reader].path} and {item.path} both speak for {item.reader}; "
                "give one of them another `reader:`"
            )
        found[item.reader] = item
    return list(found.values())


class _Reading:
    """One pass over a document that collects everything wrong with it."""

    def __init__(self, kb: KnowledgeBase, document: Document) -> None:
        self.kb = kb
        self.document = document
        self.problems = list(document.problems)
        self.beside_marks: dict[str, float] = {}
        """Credences of the assumptions that marks rest on, from answers to a session."""

    def result(self, path: Path) -> ReaderFile:
        value = self.document.value
        if not isinstance(value, dict):
            if not self.problems:
                self.problem((), "E301", "a reader's file is a mapping with `credences:`")
            return ReaderFile(path.stem, str(path), {})
        self._unknown_keys(value, _KEYS, (), also=_SESSION_KEYS)
        if value.get("reveal", "names") != "names":
            message = f"these answers are shown as {value['reveal']!s} only; see `cruxmap group --help`"
            self.problem(("reveal",), "E306", message)
        reader = value.get("reader", path.stem)
        if "reader" in value and not (isinstance(reader, str) and _HANDLE.fullmatch(reader)):
            hint = "write letters, digits and hyphens, at most 40: reader-a"
            self.problem(("reader",), "E303", f"{reader!r} is no handle; {hint}")
        if "credences" not in value and "session" not in value:
            self.problem((), "E301", "a file of credences has a mapping `credences:`")
        credences = self._credences(value.get("credences", {}))
        marks = self._marks(value.get("marks", {}))
        return ReaderFile(
            str(reader),
            str(path),
            self.beside_marks | credences,
            marks,
            self._conditionals(value.get("conditionals", [])),
        )

    def problem(self, steps: tuple[str | int, ...], code: str, message: str) -> None:
        from cruxmap.yamlread import locate

        place = locate(self.document.mark, self.document.path, steps)
        self.problems.append(Problem(*place, code, message))

    def _unknown_keys(
        self,
        given: dict[str, Tree],
        known: tuple[str, ...],
        steps: tuple[str | int, ...],
        also: tuple[str, ...] = (),
    ) -> None:
        for key in given:
            if key not in (*known, *also):
                self.problem(
                    (*steps, key), "E303", f"there is no key {key!r} here; possible: {', '.join(known)}"
                )

    def _credences(self, given: Tree) -> dict[str, float]:
        if not isinstance(given, dict):
            self.problem(("credences",), "E301", "a file of credences has a mapping `credences:`")
            return {}
        found: dict[str, float] = {}
        for wanted, value in given.items():
            steps = ("credences", wanted)
            node = self._node(wanted, steps)
            number = self._number(value, f"{wanted}: {value}", steps)
            if node is not None and node in found:
                self.problem(steps, "E304", f"{wanted!r} is {node}, which has a credence above")
            elif node is not None and number is not None:
                found[node] = number
        return found

    def _marks(self, given: Tree) -> dict[str, GivenMark]:
        if not isinstance(given, dict):
            self.problem(("marks",), "E303", "`marks:` is a mapping from cells (3/inner) to marks")
            return {}
        found: dict[str, GivenMark] = {}
        for wanted, value in given.items():
            cell = self._rated(wanted, ("marks", wanted))
            mark = self._mark(cell, value, ("marks", wanted))
            if cell is not None and cell in found:
                self.problem(("marks", wanted), "E304", f"{wanted!r} is {cell}, which has a mark above")
            elif cell is not None and mark is not None:
                found[cell] = mark
        return found

    def _mark(self, cell: str | None, given: Tree, steps: tuple[str | int, ...]) -> GivenMark | None:
        if not isinstance(given, dict) or not isinstance(given.get("mark"), str):
            self.problem(steps, "E303", "write {mark: plausible, hinges: [A5]}")
            return None
        self._unknown_keys(given, _MARK_KEYS, steps, also=_SESSION_MARK_KEYS)
        mark = given["mark"]
        assert isinstance(mark, str)
        if cell is not None:
            try:
                interval(self.kb.scale_of(cell.partition("/")[2]), mark)
            except UnknownMarkError as error:
                self.problem((*steps, "mark"), "E305", str(error))
        hinges = given.get("hinges", [])
        if not isinstance(hinges, list):
            self.problem((*steps, "hinges"), "E303", "`hinges` is a list of statements: [A5, A6]")
            hinges = []
        named: list[tuple[Tree, tuple[str | int, ...]]] = [
            (name, (*steps, "hinges", number)) for number, name in enumerate(hinges)
        ]
        assumption = given.get("assumption")
        if assumption is not None and not (isinstance(assumption, str) and is_own_words(assumption)):
            named.append((assumption, (*steps, "assumption")))
        nodes = [self._node(name, place) for name, place in named]
        if "credence" in given:
            number = self._number(given["credence"], f"credence: {given['credence']}", (*steps, "credence"))
            if number is not None and nodes and nodes[-1] is not None and len(nodes) > len(hinges):
                self.beside_marks[nodes[-1]] = number
        return GivenMark(mark, tuple(dict.fromkeys(node for node in nodes if node is not None)))

    def _conditionals(self, given: Tree) -> tuple[Conditional, ...]:
        if not isinstance(given, list):
            self.problem(("conditionals",), "E303", "`conditionals:` is a list")
            return ()
        found: list[Conditional] = []
        for number, item in enumerate(given):
            steps: tuple[str | int, ...] = ("conditionals", number)
            if not isinstance(item, dict) or not set(_CONDITIONAL_KEYS) <= set(item):
                self.problem(steps, "E303", f"a conditional has the keys {', '.join(_CONDITIONAL_KEYS)}")
                continue
            self._unknown_keys(item, _CONDITIONAL_KEYS, steps)
            verdict = self._cell(item["verdict"], (*steps, "verdict"))
            crux = self._node(item["crux"], (*steps, "crux"))
            numbers = [
                self._number(item[key], f"{key}: {item[key]}", (*steps, key)) for key in _PROBABILITIES
            ]
            known = [value for value in numbers if value is not None]
            if verdict is None or crux is None or len(known) < len(numbers):
                continue
            if any((verdict, crux) == (other.verdict, other.crux) for other in found):
                self.problem(steps, "E304", f"there is a conditional of {verdict} and {crux} above")
            found.append(Conditional(verdict, crux, *known))
        return tuple(found)

    def _number(self, given: Tree, shown: str, steps: tuple[str | int, ...]) -> float | None:
        try:
            if not isinstance(given, str):
                raise UsageError("a credence is a number between 0 and 1")
            return parse_credence(given, shown)
        except UsageError as error:
            self.problem(steps, "E302", str(error))
        return None

    def _node(self, wanted: Tree, steps: tuple[str | int, ...]) -> str | None:
        try:
            if not isinstance(wanted, str):
                raise UsageError("write the id or number of a statement: A5")
            return node_named(self.kb, wanted)
        except CruxmapError as error:
            self.problem(steps, "E302", str(error))
        return None

    def _rated(self, wanted: str, steps: tuple[str | int, ...]) -> str | None:
        try:
            return cell_named(self.kb, wanted)
        except CruxmapError as error:
            self.problem(steps, "E302", str(error))
        return None

    def _cell(self, wanted: Tree, steps: tuple[str | int, ...]) -> str | None:
        node = self._node(wanted, steps)
        if node is None or (node in self.kb.statements and self.kb.statements[node].kind == "assessment"):
            return node
        self.problem(steps, "E302", f"{wanted!r} is no cell; write an entry and a criterion: 3/inner")
        return None
