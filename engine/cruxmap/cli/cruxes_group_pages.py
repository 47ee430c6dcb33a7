"""Pages of `cruxmap cruxes` for a whole group, in sentences that can be read aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.cli.cruxes_words import (
    FIRST,
    MOST_NAMED,
    SHOWN,
    VISIBLE,
    level,
    named,
    print_conventions,
    print_same_marks,
    print_stated,
    who_rated,
)
from cruxmap.cli.wording import (
    capitalised,
    criterion_name,
    joined,
    number_word,
    percent,
    statement_name,
    verdict_name,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cruxmap.analysis.group_reading import GroupReading, GroupStatement
    from cruxmap.analysis.stated_conditionals import Discrimination, Information
    from cruxmap.cli.cruxes import Case
    from cruxmap.cli.output import Output


def print_group(case: Case, spreads: Sequence[GroupReading], output: Output) -> None:
    """Print where a group differs, the widest gap first."""
    found = case.disagreement
    output.paragraph(f"{capitalised(number_word(len(case.names), 'reader'))}: {_all_names(case)}", bold=True)
    output.line()
    output.paragraph(who_rated(case))
    output.line()
    if not found.gaps:
        output.paragraph(
            f"All come to the same strength on all {number_word(len(found.verdicts), 'verdict')}."
        )
    else:
        output.paragraph(
            f"They differ on {number_word(len(found.gaps))} of {number_word(len(found.verdicts), 'verdict')}."
        )
        _print_distances(case, output)
        output.heading("Where they differ most")
    for item in spreads:
        output.line()
        output.paragraph(
            _strengths(case, item), indent=2, first=f"{verdict_name(case.kb, item.verdict)}: ", hang=4
        )
        for row in [row for row in item.statements if row.swap.mean_change >= VISIBLE][:FIRST]:
            output.paragraph(
                f"{statement_name(case.kb, row.id)}{_crux_of(row)}",
                indent=4,
                first=f"{row.swap.mean_change:.2f}  ",
            )
    if spreads:
        output.line()
        output.paragraph(
            "The number before a statement: how far a verdict moves when two readers trade their credences "
            "in it, on average over all pairs.",
            indent=2,
            dim=True,
        )
    hidden = len(found.gaps) - len(spreads)
    if hidden:
        output.paragraph(
            f"{capitalised(number_word(hidden, 'smaller gap'))} {'is' if hidden == 1 else 'are'} not listed; "
            f"--limit {len(found.gaps)} lists all, --verdict 3/inner shows one in full.",
            indent=2,
        )
    print_same_marks(case, output)
    print_conventions(case, output)


def _all_names(case: Case) -> str:
    names = list(case.names)
    return joined(names) if len(names) <= MOST_NAMED else f"{', '.join(names[:MOST_NAMED])} and others"


def _print_distances(case: Case, output: Output) -> None:
    distances = case.disagreement.distances
    output.heading(f"Mean distance over {number_word(len(case.disagreement.verdicts), 'verdict')}")
    for item in distances[:SHOWN]:
        output.paragraph(
            f"{joined(item.readers)}; widest on {verdict_name(case.kb, item.widest)} "
            f"({abs(item.widest_gap):.2f})",
            indent=2,
            first=f"{item.mean_gap:.3f}  ",
        )
    if len(distances) > SHOWN:
        output.paragraph(
            f"and {number_word(len(distances) - SHOWN, 'other pair')}, closer together.", indent=2
        )


def _strengths(case: Case, item: GroupReading) -> str:
    ordered = sorted(item.strengths.items(), key=lambda pair: -pair[1])
    if len(ordered) > MOST_NAMED:
        low, high = item.furthest
        return f"from {item.strengths[low]:.2f} ({low}) to {item.strengths[high]:.2f} ({high})"
    return ", ".join(f"{reader} {level(value, case.threshold)}" for reader, value in ordered)


def _crux_of(row: GroupStatement) -> str:
    said = []
    for kind, pairs in (("double crux", row.swap.double_cruxes), ("one-sided crux", row.swap.one_sided)):
        if len(pairs) == 1:
            said.append(f"{kind} for {joined(pairs[0])}")
        elif pairs:
            said.append(f"{kind} for {number_word(len(pairs), 'pair')}")
    return "".join(f"; {text}" for text in said)


def print_group_verdict(
    case: Case,
    found: GroupReading,
    information: Sequence[Information],
    discrimination: Sequence[Discrimination],
    output: Output,
) -> None:
    """Print why a group spreads on one verdict."""
    kb = case.kb
    entry, _, criterion = found.verdict.partition("/")
    output.paragraph(
        f"{getattr(kb.entries[entry], 'title', entry)}: {criterion_name(kb, criterion)}", bold=True
    )
    output.line(output.style(f"assessment {found.verdict}", dim=True))
    output.line()
    output.paragraph(who_rated(case))
    output.line()
    output.paragraph(_summary(case, found))
    _print_statements(case, found, output)
    _print_results(case, found, output)
    away = case.disagreement.elsewhere(found.verdict)
    if away:
        output.heading("Differences that do not matter here")
        output.paragraph(
            f"{named(case, away)} {'does' if len(away) == 1 else 'do'} not bear on it.", indent=2
        )
    print_same_marks(case, output, found.verdict)
    print_stated(case, information, discrimination, output)
    print_conventions(case, output)


def _summary(case: Case, found: GroupReading) -> str:
    if found.gap < VISIBLE:
        return f"All come to about the same strength: {_strengths(case, found)}."
    low, high = found.furthest
    strengths = _strengths(case, found)
    if len(found.strengths) > MOST_NAMED:
        strengths = capitalised(strengths)
    above = sum(value >= case.threshold for value in found.strengths.values())
    sides = (
        f"All stand on the same side of {case.threshold:g}."
        if above in (0, len(found.strengths))
        else f"{capitalised(number_word(above))} of {number_word(len(found.strengths))} "
        f"{'stands' if above == 1 else 'stand'} at or above {case.threshold:g}."
    )
    return (
        f"{strengths}. {sides} "
        f"Furthest apart are {high} and {low}, by {found.gap:.2f}; --between {high} {low} splits their gap."
    )


def _print_statements(case: Case, found: GroupReading, output: Output) -> None:
    shares = found.shares
    moving = [row for row in found.statements if row.swap.mean_change >= VISIBLE]
    if not moving or shares is None:
        return
    output.heading(f"Why they differ ({number_word(len(moving), 'statement')})")
    output.line(output.style("  swap  of spread  statement", dim=True))
    for row in moving:
        share = percent(max(0.0, shares.shares[row.id]))
        if shares.shares[row.id] < 0:
            share = f"−{percent(-shares.shares[row.id])}"
        values = [f"{reader} {value:g}" for reader, value in row.credences.items()]
        held = f": {', '.join(values)}" if len(values) <= MOST_NAMED else ""
        output.paragraph(
            f"{statement_name(case.kb, row.id)}{held}{_crux_of(row)}",
            indent=2,
            first=f"{row.swap.mean_change:.2f}  {share:>9}  ",
            hang=17,
        )
    small = len(found.statements) - len(moving)
    how = (
        "computed exactly"
        if shares.exact
        else (
            f"estimated from n = {shares.samples:,} orders with seed {shares.seed}, standard errors of at "
            f"most {max(shares.standard_errors.values()):.3f}"
        )
    )
    left_out = f" {capitalised(number_word(small, 'other'))} would move less than 0.005." if small else ""
    output.paragraph(
        "swap: how far a verdict moves when two readers trade their credences, on average over all pairs. of "
        f"spread: its Shapley share of the variance of {shares.variance:.4f} over readers, {how}.{left_out}",
        indent=2,
        dim=True,
    )


def _print_results(case: Case, found: GroupReading, output: Output) -> None:
    worth = [(name, value) for name, value in found.results.items() if value.expected_change >= VISIBLE]
    if not worth:
        return
    output.heading("What a result would change")
    output.paragraph("For a reader with the group's mean credences:", indent=2)
    for name, value in worth[:SHOWN]:
        output.paragraph(
            f"{statement_name(case.kb, name)}: {value.if_true:.2f} if it held, {value.if_false:.2f} if not",
            indent=2,
            first=f"{value.expected_change:.2f}  ",
        )
    if len(worth) > SHOWN:
        output.paragraph(f"and {number_word(len(worth) - SHOWN, 'other')} that would change less.", indent=2)
