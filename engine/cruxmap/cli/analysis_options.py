"""Options that all commands of analysis share, and what they amount to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import click

from cruxmap.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from cruxmap.credences import Settings
    from cruxmap.graph import ArgumentGraph
    from cruxmap.knowledge import KnowledgeBase

R = TypeVar("R")

SEMANTICS = (
    "df-quad",
    "quadratic-energy",
    "euler-based",
    "mlp-based",
    "h-categorizer",
    "max-based",
    "card-based",
)
"""The last three read attacks only, and refuse a graph with supports."""
STANDARDS = (
    "scintilla",
    "preponderance",
    "clear-and-convincing",
    "beyond-reasonable-doubt",
    "dialectical-validity",
)


@dataclass(frozen=True, slots=True)
class Conventions:
    """What a figure depends on besides the entries: semantics, proof standard, credences and seed."""

    semantics: str
    standard: str
    premises: Literal["product", "min"]
    settings: tuple[str, ...]
    file: Path | None
    seed: int
    reader: str | None = None

    def resolved(self, kb: KnowledgeBase) -> Settings:
        """Credences from the file or of the reader, overridden by those set on the command line."""
        from cruxmap.credences import Settings, parse_settings

        given = parse_settings(kb, self.settings)
        return Settings({**self._held(kb), **given.credences}, given.labels)

    def _held(self, kb: KnowledgeBase) -> dict[str, float]:
        if self.file and self.reader:
            raise UsageError("--credences and --reader both say whose credences count; leave one out")
        if self.reader:
            from cruxmap.group.visibility import credences_of_reader

            held = credences_of_reader(kb.roots[-1], self.reader)
            return {name: value for name, value in held.items() if name in kb.statements}
        from cruxmap.credences import read_credences

        return read_credences(kb, self.file) if self.file else {}

    def as_data(self, settings: Settings) -> dict[str, Any]:
        """Return the conventions of strengths and labels for JSON."""
        return {
            "semantics": self.semantics,
            "standard": self.standard,
            "premises": self.premises,
            "credences": settings.credences,
            "labels": settings.labels,
            "seed": self.seed,
        }

    def matrix_options(self, kb: KnowledgeBase) -> dict[str, Any]:
        """Return the conventions as options of `cruxmap.computed_matrix.computed_matrix`."""
        settings = self.resolved(kb)
        return {
            "semantics": self.semantics,
            "standard": self.standard,
            "premises": self.premises,
            "credences": settings.credences,
            "labels": settings.labels,
        }

    def sentence(self) -> str:
        """Name the conventions that strengths and labels depend on."""
        rule = "the product of all premises" if self.premises == "product" else "the weakest premise"
        return (
            f"Computed: strengths by {self.semantics} with {rule}, labels by the grounded reading with the "
            f"{self.standard} standard. Credences and hedge weights are conventions of the workspace; "
            "0.50 is neutral."
        )

    def graph(self, kb: KnowledgeBase) -> ArgumentGraph:
        """The argument graph under these credences."""
        from cruxmap.graph import argument_graph

        return argument_graph(kb, self.resolved(kb).credences, premises=self.premises)


standard_option = click.option(
    "--standard",
    type=click.Choice(STANDARDS),
    default="preponderance",
    show_default=True,
    help="What a verdict needs to be in.",
)


def analysis_options(function: Callable[..., R]) -> Callable[..., R]:
    """Give a command the options of analysis, and pass it one `Conventions`."""

    @click.option(
        "--semantics",
        type=click.Choice(SEMANTICS),
        default="quadratic-energy",
        show_default=True,
        help="How strengths are computed.",
    )
    @standard_option
    @click.option(
        "--premises",
        type=click.Choice(("product", "min")),
        default="product",
        show_default=True,
        help="How premises combine: all count, or the weakest.",
    )
    @click.option(
        "--set",
        "settings",
        multiple=True,
        metavar="STATEMENT=VALUE",
        help="Credence (0.2) or label (in, out, undecided) of a statement; repeatable.",
    )
    @click.option(
        "--credences", "file", metavar="FILE", type=click.Path(path_type=Path), help="Credences from a file."
    )
    @click.option("--reader", metavar="HANDLE", help="A reader's latest revealed credences.")
    @click.option("--seed", default=0, show_default=True, type=int, help="Seed of everything sampled.")
    @wraps(function)
    def wrapped(*args: Any, **kwargs: Any) -> R:
        names = ("semantics", "standard", "premises", "settings", "file", "seed", "reader")
        conventions = Conventions(**{name: kwargs.pop(name) for name in names})
        return function(*args, conventions=conventions, **kwargs)

    return wrapped
