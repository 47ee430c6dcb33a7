"""Sentences that both kinds of pages of `cruxmap cruxes` share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.cli.wording import in_order, joined, number_word, statement_name, verdict_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cruxmap.analysis.stated_conditionals import Discrimination, Information
    from cruxmap.cli.cruxes import Case
    from cruxmap.cli.output import Output

FIRST = 2
"""Statements named with each verdict of an overview."""

SHOWN = 5
"""Pairs and results that are read out; the rest is counted."""

VISIBLE = 0.005
"""Differences below it are shown as 0.00."""

CLOSE = 0.05
"""A verdict this close to the threshold is said to be close to it."""

MOST_NAMED = 6
"""In larger groups readers are not listed one by one."""

LISTED = 12
"""Statements that are named in one sentence; the rest is counted."""


def signed(value: float) -> str:
    """Write a difference with its sign, two decimals; what rounds to nothing is `0.00`.

    Examples
    --------
    >>> signed(0.234), signed(-0.05), signed(-0.0001)
    ('+0.23', '−0.05', '0.00')
    """
    text = f"{abs(value):.2f}"
    if text == "0.00":
        return text
    return f"+{text}" if value > 0 else f"−{text}"


def level(value: float, threshold: float) -> str:
    """Write a strength with two decimals, without hiding on which side of the threshold it lies.

    Examples
    --------
    >>> level(0.712, 0.5), level(0.498, 0.5), level(0.501, 0.5), level(0.5, 0.5)
    ('0.71', 'just under 0.50', 'just over 0.50', '0.50')
    """
    text = f"{value:.2f}"
    if text != f"{threshold:.2f}" or abs(value - threshold) < 1e-9:
        return text
    return f"just {'over' if value > threshold else 'under'} {text}"


def who_rated(case: Case) -> str:
    """Say what readers rated, and what stands in for what they did not."""
    found, two = case.disagreement, len(case.names) == 2
    counts = [len(item.credences) for item in case.readers]
    if len(counts) > MOST_NAMED:
        said = f"They rated between {min(counts)} and {number_word(max(counts), 'statement')} each."
    else:
        first = f"{case.names[0]} rated {number_word(counts[0], 'statement')}"
        rest = [
            f"{name} {number_word(count)}" for name, count in zip(case.names[1:], counts[1:], strict=True)
        ]
        said = f"{joined([first, *rest])}."
    filled = {name for reader in case.names for name in found.filled_in(reader)}
    default = "the credence of the workspace (0.5 unless an entry says otherwise)"
    if filled:
        number = number_word(len(filled))
        whom = "one of them rated, the other is" if two else "some of them rated, the others are"
        said += f" On {number} that only {whom} taken at {default}."
    if found.unrated:
        number = number_word(len(found.unrated), "statement")
        nobody = "neither" if two else "nobody"
        said += f" The {number} that {nobody} rated cannot part them."
    return said


def named(case: Case, names: Iterable[str]) -> str:
    """Name statements by number, at most a dozen of them."""
    ordered = in_order(case.kb, names)
    listed = [statement_name(case.kb, name, full=False) for name in ordered[:LISTED]]
    rest = len(ordered) - len(listed)
    return f"{', '.join(listed)} and {number_word(rest, 'other')}" if rest else joined(listed)


def close_to_threshold(case: Case, strengths: dict[str, float]) -> str:
    """Warn of verdicts that little makes cross the threshold; empty when there are none."""
    close = [name for name, value in strengths.items() if abs(value - case.threshold) < CLOSE]
    if not close:
        return ""
    verb = "is" if len(close) == 1 else "are"
    return (
        f"{joined(close)} {verb} within {CLOSE:g} of {case.threshold:g}, so that little is enough to cross."
    )


def print_same_marks(case: Case, output: Output, verdict: str | None = None) -> None:
    """Print cells with the same mark for different reasons."""
    found = [(cell, pair) for cell, pairs in case.same_marks(verdict).items() for pair in pairs]
    if not found:
        return
    output.heading("Same mark, different reason")
    for cell, pair in found[:LISTED]:
        output.paragraph(
            f"{pair.first} and {pair.second} both mark it {pair.mark}, {pair.first} because of "
            f"{named(case, pair.first_hinges)}, {pair.second} because of {named(case, pair.second_hinges)}.",
            indent=2,
            first=f"{verdict_name(case.kb, cell)}: ",
            hang=4,
        )
    if len(found) > LISTED:
        output.paragraph(
            f"and {number_word(len(found) - LISTED, 'more', 'more')}; --json lists them.", indent=2
        )


def print_stated(
    case: Case, information: Sequence[Information], discrimination: Sequence[Discrimination], output: Output
) -> None:
    """Print what readers expect to learn, from the conditionals that they state."""
    if not information:
        return
    output.heading("What they expect to learn")
    output.paragraph("From the chances that they state:", indent=2)
    for item in information:
        name = statement_name(case.kb, item.crux, full=False)
        if item.incoherent is not None:
            text = f"The chances of {item.reader} for {name} do not fit together: {item.incoherent}."
        else:
            assert item.naive is not None
            assert item.without is not None
            text = (
                f"{item.reader} expects to move by {item.naive:.2f} when {name} is settled: from "
                f"{item.stated.p_u:.2f} to {item.stated.p_u_given_c:.2f} if it holds, to {item.without:.2f} "
                "if not."
            )
        output.paragraph(text, indent=2, first="- ")
    for pair in discrimination:
        name = statement_name(case.kb, pair.crux, full=False)
        effect = "close" if pair.naive >= 0 else "widen"
        output.paragraph(
            f"Settling {name} is expected to {effect} the distance between {joined(pair.readers)} by "
            f"{abs(pair.naive):.2f}.",
            indent=2,
            first="- ",
        )


def print_conventions(case: Case, output: Output) -> None:
    """Print what the figures depend on besides the readers."""
    chosen = case.conventions
    held = [
        f"{statement_name(case.kb, name, full=False)} = {value:g}"
        for name, value in case.for_all.credences.items()
    ]
    held += [
        f"{statement_name(case.kb, name, full=False)} = {label}"
        for name, label in case.for_all.labels.items()
    ]
    set_for_all = f" Set for all readers: {', '.join(held)}." if held else ""
    output.line()
    output.paragraph(
        f"Computed by the disagreement reading of strengths ({chosen.semantics}); a verdict at or above "
        f"{case.threshold:g} counts as positive. A double crux makes both of two readers cross that line "
        "when each takes over the other's credence in it, a one-sided crux one of them. Credences and "
        f"hedge weights are conventions.{set_for_all}",
        dim=True,
    )
