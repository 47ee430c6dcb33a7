"""Credences that people give from outside the corpus: on the command line, or in files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cruxmap.errors import BrokenCorpusError, CruxmapError, UsageError
from cruxmap.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from cruxmap.knowledge import KnowledgeBase

LABELS = ("in", "out", "undecided")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a reader holds of some statements.

    Attributes
    ----------
    credences : dict
        Credence, 0 to 1, by statement or argument.
    labels : dict
        Statements that are fixed: `in`, `out` or `undecided`, whatever the arguments say.
    """

    credences: dict[str, float] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)


def parse_settings(kb: KnowledgeBase, texts: Iterable[str]) -> Settings:
    """Read `STATEMENT=0.2` and `STATEMENT=in|out|undecided`.

    Statements are named by id, unique prefix, number (`A2`) or cell (`3/inner`).

    Raises
    ------
    UsageError
        When a text has another form, or a number lies outside 0 to 1.
    UnknownIdError
        When nothing has the name.
    """
    credences: dict[str, float] = {}
    labels: dict[str, str] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise UsageError(f"write STATEMENT=0.2 or STATEMENT=in, not {text!r}")
        node = node_named(kb, name.strip())
        if value.strip().lower() in LABELS:
            labels[node] = value.strip().lower()
        else:
            credences[node] = _credence(value.strip(), text)
    return Settings(credences, labels)


def node_named(kb: KnowledgeBase, wanted: str) -> str:
    """Return the id of the statement or argument that a name means.

    Raises
    ------
    UnknownIdError
        When nothing, or more than one thing, has the name.
    UsageError
        When the name means something that is neither statement nor argument.
    """
    name = kb.find_any(wanted)
    if name not in kb.statements and name not in kb.arguments:
        raise UsageError(f"{name!r} is neither a statement nor an argument, so it has no credence")
    return name


def _credence(value: str, shown: str) -> float:
    try:
        number = float(value)
    except ValueError:
        raise UsageError(
            f"{value!r} in {shown!r} is neither a number nor one of {', '.join(LABELS)}"
        ) from None
    if not 0.0 <= number <= 1.0:
        raise UsageError(f"a credence lies between 0 and 1; {shown!r} does not")
    return number


def read_credences(kb: KnowledgeBase, path: Path) -> dict[str, float]:
    """Read a file of credences: a YAML mapping `credences:` from statements to numbers.

    Raises
    ------
    BrokenCorpusError
        With file, line and column of everything that is wrong.
    """
    from cruxmap.yamlread import locate, read_file

    document = read_file(path)
    problems = list(document.problems)
    found: dict[str, float] = {}
    given = document.value.get("credences") if isinstance(document.value, dict) else None
    if document.value is not None and not isinstance(given, dict):
        problems.append(Problem(str(path), 1, 1, "E301", "a file of credences has a mapping `credences:`"))
    for wanted, value in given.items() if isinstance(given, dict) else ():
        place = locate(document.mark, str(path), ("credences", wanted))
        try:
            found[node_named(kb, wanted)] = _credence(str(value), f"{wanted}: {value}")
        except CruxmapError as error:
            problems.append(Problem(*place, "E302", str(error)))
    if problems:
        raise BrokenCorpusError(problems)
    return found
