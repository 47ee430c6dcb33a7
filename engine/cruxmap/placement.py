"""Where arguments stand: what each is aimed at, and on which side it ends up through the replies between."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from cruxmap.model.entries import Finding, Proposal, Risk, Strategy
from cruxmap.model.parts import Argument, Note, Question, Relation, Step
from cruxmap.model.vocabulary import Assumption, Factor, Mechanism

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cruxmap.model.entries import Entry

Polarity = Literal[1, -1]
Part = Argument | Note | Step | Question | Relation


@dataclass(frozen=True, slots=True)
class PlacedArgument:
    """An argument with the place it is written in and everything it is aimed at.

    Attributes
    ----------
    entry : str
        Id of the entry that holds it.
    home : str or None
        The statement whose discussion it belongs to; None for the free arguments of risks and findings.
    parent : str or None
        The statement or argument that it stands under.
    targets : tuple of (id, polarity)
        Everything it supports (+1) or attacks (-1), the parent first.
    net : int or None
        Whether it speaks for (+1) or against (-1) its home in the end, through the arguments between.
    depth : int
        1 directly under a statement.
    """

    argument: Argument
    entry: str
    home: str | None
    parent: str | None
    targets: tuple[tuple[str, Polarity], ...]
    net: Polarity | None
    depth: int


def arguments_of(entry: Entry) -> Iterator[PlacedArgument]:
    """Yield every argument written in an entry, parents before children."""
    if isinstance(entry, Proposal | Strategy):
        for criterion, assessment in entry.assessments.items():
            yield from _under(f"{entry.id}/{criterion}", assessment.pro, assessment.con, entry.id)
    elif isinstance(entry, Assumption | Factor | Finding | Mechanism | Risk):
        yield from _under(entry.id, entry.pro, entry.con, entry.id)
    if isinstance(entry, Risk | Finding):
        for argument in entry.arguments:
            yield from _place(argument, entry.id, None, None, None, None, 1)


def _under(
    home: str, pro: tuple[Argument, ...], con: tuple[Argument, ...], entry: str
) -> Iterator[PlacedArgument]:
    for argument in pro:
        yield from _place(argument, entry, home, home, 1, 1, 1)
    for argument in con:
        yield from _place(argument, entry, home, home, -1, -1, 1)


def _place(
    argument: Argument,
    entry: str,
    home: str | None,
    parent: str | None,
    polarity: Polarity | None,
    net: Polarity | None,
    depth: int,
) -> Iterator[PlacedArgument]:
    targets: list[tuple[str, Polarity]] = [] if parent is None or polarity is None else [(parent, polarity)]
    targets += [(name, 1) for name in argument.supports]
    targets += [(name, -1) for name in argument.attacks]
    yield PlacedArgument(argument, entry, home, parent, tuple(targets), net, depth)
    for child in argument.pro:
        yield from _place(child, entry, home, argument.id, 1, net, depth + 1)
    opposite: Polarity | None = None if net is None else (-1 if net == 1 else 1)
    for child in argument.con:
        yield from _place(child, entry, home, argument.id, -1, opposite, depth + 1)


def parts_of(entry: Entry) -> Iterator[Note | Step | Question | Relation]:
    """Yield every part of an entry that may carry an id and is no argument."""
    if isinstance(entry, Proposal | Strategy):
        yield from entry.setup
        for assessment in entry.assessments.values():
            yield from assessment.notes
    for holder in ("notes", "questions", "relations"):
        yield from getattr(entry, holder, ())
