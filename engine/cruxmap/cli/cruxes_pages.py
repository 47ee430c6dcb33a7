"""Pages of `cruxmap cruxes` for two readers, in sentences that can be read aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.cli.cruxes_words import (
    FIRST,
    SHOWN,
    VISIBLE,
    close_to_threshold,
    level,
    named,
    print_conventions,
    print_same_marks,
    print_stated,
    signed,
    who_rated,
)
from cruxmap.cli.wording import (
    capitalised,
    criterion_name,
    joined,
    number_word,
    statement_name,
    verdict_name,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cruxmap.analysis.disagreement import Inert
    from cruxmap.analysis.pair_reading import CruxPair, PairReading, SettledBetween, StatementGap
    from cruxmap.analysis.stated_conditionals import Discrimination, Information
    from cruxmap.cli.cruxes import Case
    from cruxmap.cli.output import Output


def print_pair(case: Case, splits: Sequence[PairReading], inert: Sequence[Inert], output: Output) -> None:
    """Print where two readers differ, the widest gap first."""
    found = case.disagreement
    output.line(output.style(joined(case.names), bold=True))
    output.line()
    output.paragraph(who_rated(case))
    output.line()
    if not found.gaps:
        output.paragraph(
            f"They come to the same strength on all {number_word(len(found.verdicts), 'verdict')}."
        )
    else:
        output.paragraph(_overview(case))
        output.heading("Where they differ most")
    for split in splits:
        _print_gap(case, split, output)
    _print_legend(case, splits, output)
    hidden = len(found.gaps) - len(splits)
    if hidden:
        output.paragraph(
            f"{capitalised(number_word(hidden, 'smaller gap'))} {'is' if hidden == 1 else 'are'} not listed; "
            f"--limit {len(found.gaps)} lists all, --verdict 3/inner splits one in full.",
            indent=2,
        )
    _print_inert(case, inert, output)
    print_same_marks(case, output)
    print_conventions(case, output)


def _print_legend(case: Case, splits: Sequence[PairReading], output: Output) -> None:
    """Say what the signed figures are and how they were computed."""
    if not splits:
        return
    first, second = case.names
    sampled = [split.split for split in splits if not split.split.exact]
    how = "exact"
    if sampled:
        how = (
            "exact, or with ± one standard error where more than 15 statements differ, from "
            f"n = {sampled[0].samples:,} orders with seed {sampled[0].seed}"
        )
    output.line()
    output.paragraph(
        f"Signed figures are {second} minus {first}. Those before a statement are its part in the gap "
        f"(Shapley values, {how}).",
        indent=2,
        dim=True,
    )


def _plus_minus(error: float) -> str:
    return f"±{error:.4f}" if error >= 0.0001 else "±<0.0001"


def _overview(case: Case) -> str:
    found = case.disagreement
    first, second = case.names
    apart = sum(
        (item.strengths[first] >= case.threshold) != (item.strengths[second] >= case.threshold)
        for item in found.gaps
    )
    small = sum(abs(item.gap) < 0.05 for item in found.gaps)
    sides = (
        f"On {number_word(apart, 'verdict')} they stand on different sides of {case.threshold:g}."
        if apart
        else f"On none of them do they stand on different sides of {case.threshold:g}."
    )
    return (
        f"They differ on {number_word(len(found.gaps))} of {number_word(len(found.verdicts), 'verdict')}, on "
        f"{number_word(small)} of these by less than 0.05. {sides}"
    )


def _print_gap(case: Case, split: PairReading, output: Output) -> None:
    output.line()
    sides = f", across {case.threshold:g}" if split.on_different_sides else ""
    strengths = joined(
        f"{name} {level(value, case.threshold)}"
        for name, value in zip(split.readers, split.strengths, strict=True)
    )
    output.paragraph(
        f"{strengths} ({signed(split.gap)}{sides})",
        indent=2,
        first=f"{verdict_name(case.kb, split.verdict)}: ",
        hang=4,
    )
    moving = [item for item in split.statements if item.matters]
    # Double cruxes come first; the sort keeps the largest contribution in front otherwise.
    ranked = sorted(moving, key=lambda item: item.crux != "double")
    for item in ranked[:FIRST]:
        output.paragraph(_in_short(case, split, item), indent=4, first=f"{_part(split, item)}  ", hang=7)
    rest = ranked[FIRST:]
    total = sum(item.contribution for item in rest)
    if abs(total) >= VISIBLE:
        output.paragraph(f"from {number_word(len(rest), 'other')}", indent=4, first=f"{signed(total)}  ")
    if split.pairs and not any(item.crux for item in split.statements):
        output.paragraph(
            f"No single statement is a crux, but {_together(case, split.pairs[0])}.", indent=4, hang=6
        )


def _part(split: PairReading, item: StatementGap) -> str:
    error = "" if split.split.exact else f" {_plus_minus(item.standard_error)}"
    return f"{signed(item.contribution):>5}{error}"


def _in_short(case: Case, split: PairReading, item: StatementGap) -> str:
    values = " against ".join(f"{value:g}" for value in item.credences)
    crux = f"; {_kind(split, item)}" if item.crux else ""
    return f"{statement_name(case.kb, item.id)}, {values}{crux}"


def _kind(split: PairReading, item: StatementGap | CruxPair) -> str:
    if item.crux == "double":
        return "double crux"
    crossing = split.readers[0] if item.swap.crosses_x else split.readers[1]
    return f"one-sided crux: {crossing} would cross"


def _together(case: Case, pair: CruxPair) -> str:
    names = " and ".join(statement_name(case.kb, name, full=False) for name in pair.ids)
    return f"{names} together are a {pair.crux} crux"


def _print_inert(case: Case, inert: Sequence[Inert], output: Output) -> None:
    if not inert:
        return
    output.heading("Differences that move no verdict")
    for bears, why in (
        (False, "no verdict rests on {}"),
        (True, "as things stand, trading {} alone changes no strength"),
    ):
        names = [item.id for item in inert if item.bears is bears]
        if names:
            it = "it" if len(names) == 1 else "them"
            output.paragraph(f"{named(case, names)}: {why.format(it)}.", indent=2)


def print_pair_verdict(
    case: Case,
    split: PairReading,
    information: Sequence[Information],
    discrimination: Sequence[Discrimination],
    output: Output,
) -> None:
    """Print why two readers differ on one verdict."""
    kb = case.kb
    entry, _, criterion = split.verdict.partition("/")
    output.paragraph(
        f"{getattr(kb.entries[entry], 'title', entry)}: {criterion_name(kb, criterion)}", bold=True
    )
    output.line(output.style(f"assessment {split.verdict}", dim=True))
    output.line()
    output.paragraph(who_rated(case))
    output.line()
    output.paragraph(_summary(case, split))
    _print_statements(case, split, output)
    _print_pairs(case, split, output)
    _print_results(case, split, output)
    _print_without_effect(case, split, output)
    print_same_marks(case, output, split.verdict)
    print_stated(case, information, discrimination, output)
    print_conventions(case, output)


def _summary(case: Case, split: PairReading) -> str:
    first, second = split.readers
    here, there = split.strengths
    if abs(split.gap) < VISIBLE:
        both = "They come to the same strength" if not split.gap else "They come to almost the same strength"
        return f"{both}, {here:.2f}."
    way = "lower" if split.gap < 0 else "higher"
    sides = "on different sides" if split.on_different_sides else "on the same side"
    strengths = (
        f"{first} comes to {level(here, case.threshold)} and {second} to {level(there, case.threshold)}"
    )
    sentences = [
        f"{strengths}: {second} is {abs(split.gap):.2f} {way}.",
        f"They stand {sides} of {case.threshold:g}.",
        close_to_threshold(case, dict(zip(split.readers, split.strengths, strict=True))),
    ]
    if split.reversed_under:
        sentences.append(f"Under {joined(split.reversed_under)} the gap vanishes or points the other way.")
    else:
        sentences.append(f"The gap points the same way under {_all_semantics(split)}.")
    return " ".join(sentence for sentence in sentences if sentence)


def _all_semantics(split: PairReading) -> str:
    told = [name for name, gap in split.gaps_by_semantics.items() if gap is not None]
    return f"all {number_word(len(told))} semantics" if len(told) > 1 else f"{told[0]}"


def _print_statements(case: Case, split: PairReading, output: Output) -> None:
    moving = [item for item in split.statements if item.matters]
    if not moving:
        return
    output.heading(f"Why they differ ({number_word(len(moving), 'statement')})")
    small = [
        item
        for item in moving
        if max(abs(item.contribution), item.swap.mean_change) < VISIBLE and not item.crux
    ]
    for item in moving:
        if item not in small:
            _print_statement(case, split, item, output)
    if small:
        each = " each" if len(small) > 1 else ""
        output.paragraph(
            f"{named(case, [item.id for item in small])}: less than {VISIBLE:g}{each}.",
            indent=2,
            first=f"{signed(sum(item.contribution for item in small)):>5}  ",
        )
    output.paragraph(_how_split(split), indent=2, dim=True)


def _print_statement(case: Case, split: PairReading, item: StatementGap, output: Output) -> None:
    first, second = split.readers
    here, there = split.strengths
    crux = f"{capitalised(_kind(split, item))}. " if item.crux else ""
    output.paragraph(
        f"{statement_name(case.kb, item.id)}: {first} {item.credences[0]:g}, {second} {item.credences[1]:g}. "
        f"{crux}With the other's credence here, {first} would come to "
        f"{level(here + item.swap.change_x, case.threshold)} and {second} to "
        f"{level(there + item.swap.change_y, case.threshold)}.",
        indent=2,
        first=f"{_part(split, item)}  ",
        hang=7,
    )


def _how_split(split: PairReading) -> str:
    how = split.split
    if how.exact:
        return (
            f"The parts sum to the gap of {signed(split.gap)}. They are Shapley values, computed exactly "
            f"from {how.samples:,} mixtures of the two readers."
        )
    return (
        f"The parts sum to the gap of {signed(split.gap)}. They are Shapley values, estimated from "
        f"n = {how.samples:,} orders with seed {how.seed}; ± is one standard error."
    )


def _print_pairs(case: Case, split: PairReading, output: Output) -> None:
    if any(item.crux for item in split.statements) or not split.pairs:
        return
    output.heading("Two together make someone cross")
    for pair in split.pairs[:SHOWN]:
        names = " and ".join(statement_name(case.kb, name) for name in pair.ids)
        output.paragraph(f"{names}: {_kind(split, pair)}.", indent=2, first="- ")
    rest = len(split.pairs) - SHOWN
    if rest > 0:
        output.paragraph(f"and {number_word(rest, 'other pair')}; --json lists them.", indent=2, first="- ")


def _print_results(case: Case, split: PairReading, output: Output) -> None:
    worth = [item for item in split.results if item.mean_change >= VISIBLE]
    if not worth:
        return
    output.heading("What a result would change")
    for item in worth[:SHOWN]:
        output.paragraph(
            f"{statement_name(case.kb, item.id)}: {_result(split, item)}", indent=2, first="- ", hang=2
        )
    rest = len(worth) - SHOWN
    if rest > 0:
        output.paragraph(f"and {number_word(rest, 'other')} that would change less.", indent=2, first="- ")


def _result(split: PairReading, item: SettledBetween) -> str:
    first, second = split.readers
    one, other = item.values
    return (
        f"{first} would move by {one.expected_change:.2f} on average, {second} by "
        f"{other.expected_change:.2f}. Their gap would be {signed(item.gap_if_true)} if it held and "
        f"{signed(item.gap_if_false)} if not."
    )


def _print_without_effect(case: Case, split: PairReading, output: Output) -> None:
    still = [item.id for item in split.statements if not item.matters]
    away = case.disagreement.elsewhere(split.verdict)
    if not still and not away:
        return
    output.heading("Differences that do not matter here")
    if still:
        verb = "bears" if len(still) == 1 else "bear"
        output.paragraph(
            f"{named(case, still)} {verb} on this verdict, but as things stand without effect.", indent=2
        )
    if away:
        verb = "does" if len(away) == 1 else "do"
        output.paragraph(f"{named(case, away)} {verb} not bear on it.", indent=2)
