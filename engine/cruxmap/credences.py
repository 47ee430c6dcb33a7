"""Credences that people give from outside the corpus: on the command line, or in files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cruxmap.errors import UsageError

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
            credences[node] = parse_credence(value.strip(), text)
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


def parse_credence(value: str, shown: str) -> float:
    """Read a number from 0 to 1.

    Parameters
    ----------
    value : str
    shown : str
        What messages quote.

    Raises
    ------
    UsageError
        When it is no number, or lies outside 0 to 1.
    """
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
    """Read the credences of a reader's file; see `cruxmap.reader_files.read_reader`.

    Raises
    ------
    BrokenCorpusError
        With file, line and column of everything that is wrong.
    """
    from cruxmap.reader_files import read_reader

    return read_reader(kb, path).credences
