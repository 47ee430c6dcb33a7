"""`cruxmap qbaf`: strengths in a quantitative bipolar framework from a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import click

from cruxmap.cli.output import Output, common, count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cruxmap.analysis.gradual import Attribution, Qbaf, Strengths

SEMANTICS = (
    "quadratic-energy",
    "df-quad",
    "euler-based",
    "mlp-based",
    "h-categorizer",
    "max-based",
    "card-based",
)
METHODS = ("shapley", "removal", "intrinsic-removal", "gradient")
Method = Literal["shapley", "removal", "intrinsic-removal", "gradient"]

WIDEST_NAME = 40
"""Columns that names may take; a longer one pushes its own figures to the right."""


@click.command(epilog="Example: cruxmap qbaf docs/examples/lecture.json --semantics df-quad")
@click.argument("file", metavar="FILE", type=click.Path())
@click.option(
    "--semantics",
    type=click.Choice(SEMANTICS),
    default="quadratic-energy",
    show_default=True,
    help="How strengths are computed; the last three are for attacks only.",
)
@click.option(
    "--contributions", "topic", metavar="TOPIC", help="What each argument contributes to this one's strength."
)
@click.option(
    "--method",
    type=click.Choice(METHODS),
    default="shapley",
    show_default=True,
    help="What counts as a contribution.",
)
@click.option("--seed", default=0, show_default=True, type=int, help="Seed of sampled Shapley values.")
@click.option("--format", "file_format", type=click.Choice(("json", "bag")), help="Else the suffix decides.")
@common
def command(
    file: str,
    semantics: str,
    topic: str | None,
    method: Method,
    seed: int,
    file_format: Literal["json", "bag"] | None,
    *,
    output: Output,
    workspace: str | None,  # noqa: ARG001 - every command takes it
) -> int:
    r"""Strengths of arguments with base scores, attacks and supports, under a gradual semantics.

    Where arguments support and attack one another in a circle, the strengths are a fixpoint of the continuous
    dynamics. When there is none within reach, the command names the circle and ends with exit code 1; the
    strengths of that circle, and of what it bears on, are then no result.

    \b
    Files, by suffix: .json  {"arguments": [{"id": "a", "base": 0.5}],
                             "attacks": [["a", "b"]], "supports": [["c", "b"]]}
                      .bag   arg(a, 0.5)  att(a, b)  sup(c, b)

    \b
    JSON: schema, semantics, strengths {id: number}, base_scores {id: number}, converged,
      iterations, component (the circle without a fixpoint, or null), contributions
      (null, or {topic, method, strength, values {id: number}, standard_errors, exact,
      samples, seed})
    """
    from cruxmap.analysis.gradual import attribute, strengths
    from cruxmap.analysis.qbaf_formats import read_qbaf

    qbaf = read_qbaf(file, file_format)
    if topic is not None:
        qbaf.index_of(topic)
    found = strengths(qbaf, semantics)
    split = None
    if topic is not None and found.converged:
        split = attribute(qbaf, topic, semantics, method, seed=seed)
    if output.json:
        output.document(_data(qbaf, found, split))
    else:
        _print_strengths(qbaf, found, output)
        if split is not None:
            _print_contributions(split, output)
    return 0 if found.converged else 1


def _data(qbaf: Qbaf, found: Strengths, split: Attribution | None) -> dict[str, Any]:
    contributions = None
    if split is not None:
        contributions = {
            "topic": split.topic,
            "method": split.method,
            "strength": split.strength,
            "values": split.values,
            "standard_errors": split.standard_errors,
            "exact": split.exact,
            "samples": split.samples,
            "seed": split.seed,
        }
    return {
        "schema": 1,
        "semantics": found.semantics,
        "strengths": dict(found),
        "base_scores": dict(qbaf.base_scores),
        "converged": found.converged,
        "iterations": found.iterations,
        "component": None if found.component is None else list(found.component),
        "contributions": contributions,
    }


def _print_strengths(qbaf: Qbaf, found: Strengths, output: Output) -> None:
    wide = _name_width(qbaf.arguments)
    output.line(output.style(f"{'':<{wide}}  base  strength", bold=True))
    for name, strength in found.items():
        output.line(f"{name:<{wide}}  {qbaf.base_scores[name]:.2f}  {strength:8.3f}")
    output.line()
    edges = f"{count(len(qbaf.attacks), 'attack')} and {count(len(qbaf.supports), 'support')}"
    if found.converged:
        output.paragraph(
            f"Strengths 0 to 1 under {found.semantics}, {count(len(qbaf.arguments), 'argument')}, {edges}; "
            f"converged after {count(found.iterations, 'step')}.",
            dim=True,
        )
        return
    circle = ", ".join(found.component or ())
    output.paragraph(
        f"No fixpoint was found under {found.semantics} for the circle of {circle} (stopped after "
        f"{count(found.iterations, 'step')}): its strengths, and those of everything it bears on, are only "
        "the last state of the search. Try another semantics."
    )


def _print_contributions(split: Attribution, output: Output) -> None:
    output.heading(f"Contributions to {split.topic} (strength {split.strength:.3f})")
    if not split.values:
        output.line("  nothing bears on it")
    wide = _name_width(split.values)
    for name in sorted(split.values, key=lambda name: (-abs(split.values[name]), name)):
        error = "" if split.exact else f"  standard error {split.standard_errors[name]:.3f}"
        output.line(output.glyphs(f"  {name:<{wide}}  {split.values[name]:+.3f}{error}"))
    how = "exact" if split.exact else f"sampled over {split.samples:,} permutations with seed {split.seed}"
    output.line()
    output.paragraph(f"Contributions by {split.method}, {how}.", dim=True)


def _name_width(names: Sequence[str] | dict[str, float]) -> int:
    return min(WIDEST_NAME, max(map(len, names), default=0))
