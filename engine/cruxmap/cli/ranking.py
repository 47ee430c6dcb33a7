"""`cruxmap rank`: who dominates whom, and who comes first under which weights; never a single total score."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import click

from cruxmap.cli.output import Output, common, load
from cruxmap.cli.wording import (
    capitalised,
    chosen_criteria,
    criterion_name,
    in_order,
    joined,
    number_word,
    percent,
    short_name,
)
from cruxmap.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cruxmap.analysis.ranking import KnockOut
    from cruxmap.analysis.smaa import SmaaResult
    from cruxmap.analysis.stance_ranking import Dominance, StanceTable
    from cruxmap.knowledge import KnowledgeBase

FEWEST_SAMPLES, MOST_SAMPLES = 100, 1_000_000
WIDTH_OF_SHARES = 40
SHOWN_PAIRS = 12
"""Pairs that are read out; more are counted."""


@click.command(epilog="Example: cruxmap rank --order 'inner>outer' --criteria inner,outer")
@click.option("--order", metavar="A>B>...", help="Criteria from most to least important; others are free.")
@click.option("--criteria", metavar="A,B", help="Only these criteria, by id, prefix or heading.")
@click.option(
    "--samples",
    type=click.IntRange(FEWEST_SAMPLES, MOST_SAMPLES),
    default=10_000,
    show_default=True,
    help="Weightings that are drawn.",
)
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Seed of the weightings.")
@common
def command(
    order: str | None,
    criteria: str | None,
    samples: int,
    seed: int,
    *,
    output: Output,
    workspace: str | None,
) -> None:
    r"""Which proposals dominate which, and how often each comes first over all weightings of the criteria.

    Works on the source's stances: an open question may turn out to be any level. There is no total score.

    \b
    JSON: schema, voice, criteria, entries, utilities {entry: {criterion: [low, high]}},
      dominance    necessary [[better, worse]], possible, hasse, layers,
                   pareto_front {certain, possible}
      knock_outs   required {criterion: level}, entries {id: {certain, possible}}
      smaa         samples, seed, order, entries [{id, rank_acceptability,
                   standard_errors, central_weights {criterion: weight} or null,
                   central_weight_standard_errors, confidence,
                   confidence_standard_error}]
    """
    from cruxmap.analysis.stance_ranking import dominance, stance_knock_outs, stance_smaa, stance_table

    kb = load(workspace)
    chosen = chosen_criteria(kb, criteria)
    important = _order(kb, order, chosen)
    table = stance_table(kb, kb.proposals, chosen)
    if not table.entries:
        raise UsageError("no proposal is assessed against these criteria, so there is nothing to rank")
    found = dominance(table)
    required, knocked_out = stance_knock_outs(kb, table)
    shares = stance_smaa(table, samples=samples, seed=seed, order=important)
    if output.json:
        output.document(_data(table, found, required, knocked_out, shares))
        return
    output.paragraph(_title(kb, table), bold=True)
    _print_dominance(kb, table, found, output)
    _print_knock_outs(kb, required, knocked_out, output)
    _print_shares(kb, shares, output)
    output.line()
    output.paragraph(
        "Computed from the source's stances by necessary and possible dominance and SMAA-2 with "
        f"n = {samples:,} "
        f"weightings, seed {seed}. That levels are evenly spaced and open questions equally "
        "likely to turn out at "
        "any level are conventions.",
        dim=True,
    )


def _order(kb: KnowledgeBase, given: str | None, chosen: Sequence[str]) -> list[str] | None:
    """Read an order of importance."""
    if given is None:
        return None
    from cruxmap.matrix import criterion_named

    names = [criterion_named(kb, part.strip()).id for part in given.split(">") if part.strip()]
    for name in names:
        if name not in chosen:
            raise UsageError(f"the order names {name}, which is not among the criteria {', '.join(chosen)}")
    if len(set(names)) < max(len(names), 2):
        raise UsageError(f"write at least two different criteria, --order 'inner>outer', not {given!r}")
    return names


def _data(
    table: StanceTable,
    found: Dominance,
    required: dict[str, str],
    knocked_out: dict[str, KnockOut],
    shares: SmaaResult,
) -> dict[str, Any]:
    return {
        "schema": 1,
        "voice": "source",
        "criteria": list(table.criteria),
        "entries": list(table.entries),
        "utilities": {
            entry: {name: list(ends) if ends else None for name, ends in row.items()}
            for entry, row in table.ranges.items()
        },
        "dominance": found.as_data(),
        "knock_outs": {
            "required": required,
            "entries": {
                name: {"certain": list(item.certain), "possible": list(item.possible)}
                for name, item in knocked_out.items()
            },
        },
        "smaa": {
            "samples": shares.samples,
            "seed": shares.seed,
            "order": list(shares.order) if shares.order else None,
            "entries": [_shares_data(shares, row) for row in range(len(shares.alternatives))],
        },
    }


def _shares_data(shares: SmaaResult, row: int) -> dict[str, Any]:
    is_first = not math.isnan(shares.central_weights[row, 0])

    def weights(values: Any) -> dict[str, float | None] | None:
        named = zip(shares.criteria, values[row].tolist(), strict=True)
        return {name: _number(value) for name, value in named} if is_first else None

    return {
        "id": shares.alternatives[row],
        "rank_acceptability": shares.rank_acceptability[row].tolist(),
        "standard_errors": shares.rank_standard_errors[row].tolist(),
        "central_weights": weights(shares.central_weights),
        "central_weight_standard_errors": weights(shares.central_weight_standard_errors),
        "confidence": _number(float(shares.confidence[row])),
        "confidence_standard_error": _number(float(shares.confidence_standard_errors[row])),
    }


def _number(value: float) -> float | None:
    return None if math.isnan(value) else value


def _title(kb: KnowledgeBase, table: StanceTable) -> str:
    named = joined(criterion_name(kb, name) for name in table.criteria)
    if len(table.criteria) == len(kb.criteria) > 1:
        named = f"all {number_word(len(table.criteria))} criteria"
    return f"{capitalised(number_word(len(table.entries), 'proposal'))} on {named}, by the source's stances"


def _names(kb: KnowledgeBase, entries: Sequence[str], word: str = "and") -> str:
    return joined((short_name(kb, name) for name in in_order(kb, entries)), word)


def _print_dominance(kb: KnowledgeBase, table: StanceTable, found: Dominance, output: Output) -> None:
    output.heading("Who is at least as good everywhere and better somewhere")
    count = len(table.entries) * (len(table.entries) - 1)
    if found.necessary:
        output.paragraph(
            "However the open questions turn out, the upper ones dominate those below:", indent=2
        )
        _print_diagram(kb, found, output)
    else:
        output.paragraph("Nobody, as long as the open questions are open.", indent=2)
    output.paragraph(_possible(kb, table, found, count), indent=2)
    output.heading("Who is dominated by nobody (Pareto front)")
    if found.certain_front:
        output.paragraph(f"{_names(kb, found.certain_front)}, however the open questions turn out.", indent=2)
    rest = [name for name in found.possible_front if name not in found.certain_front]
    if len(rest) == len(table.entries) > 1:
        output.paragraph(
            "Depending on how the open questions turn out, any of them may be, and none is for certain.",
            indent=2,
        )
    elif rest:
        output.paragraph(f"{_names(kb, rest)}, depending on the open questions.", indent=2)
    below = [name for name in table.entries if name not in found.possible_front]
    if below:
        output.paragraph(f"{_names(kb, below)} never.", indent=2)


def _possible(kb: KnowledgeBase, table: StanceTable, found: Dominance, count: int) -> str:
    """Say what the open questions leave possible, or what they rule out, whichever is shorter."""
    extra = [pair for pair in found.possible if pair not in found.necessary]
    if not extra:
        return "The open questions leave nothing else possible."
    pairs = f"{len(extra)} of the {count} ordered pairs"
    said = f"Depending on the open questions, {pairs} may come to dominance too"
    possible = set(found.possible)
    impossible = [
        (first, second)
        for first in table.entries
        for second in table.entries
        if first != second and (first, second) not in possible and (second, first) not in found.necessary
    ]
    if len(extra) <= SHOWN_PAIRS:
        return f"{said}: {_pairs(kb, extra, 'may dominate')}."
    if impossible and len(impossible) <= SHOWN_PAIRS:
        return f"{said}. Ruled out: {_pairs(kb, impossible, 'cannot dominate')}."
    return f"{said}; --json lists them."


def _pairs(kb: KnowledgeBase, pairs: Sequence[tuple[str, str]], verb: str) -> str:
    below: dict[str, list[str]] = {}
    for first, second in pairs:
        below.setdefault(first, []).append(second)
    word = "or" if "cannot" in verb else "and"
    return "; ".join(f"{short_name(kb, name)} {verb} {_names(kb, below[name], word)}" for name in below)


def _print_diagram(kb: KnowledgeBase, found: Dominance, output: Output) -> None:
    """Draw the Hasse diagram from the top down, each entry with what stands directly below it."""
    below: dict[str, list[str]] = {}
    for better, worse in found.diagram.links:
        below.setdefault(better, []).append(worse)
    lower = {worse for _, worse in found.diagram.links}
    roots = [name for name in in_order(kb, below) if name not in lower]
    pending = [(name, 0) for name in reversed(roots)]
    drawn: set[str] = set()
    while pending:
        name, depth = pending.pop()
        title = str(getattr(kb.entries[name], "title", name))
        again = " (its own are drawn above)" if name in drawn and name in below else ""
        output.paragraph(f"{title}{again}", indent=4 + 3 * depth, first=f"{short_name(kb, name)} ", hang=4)
        if name not in drawn:
            pending += [(worse, depth + 1) for worse in reversed(in_order(kb, below.get(name, ())))]
        drawn.add(name)
    alone = [name for layer in found.diagram.layers for name in layer if name not in drawn]
    if alone:
        verb = "stands" if len(alone) == 1 else "stand"
        output.paragraph(f"{_names(kb, alone)} {verb} beside these: no dominance either way.", indent=2)


def _print_knock_outs(
    kb: KnowledgeBase, required: dict[str, str], knocked_out: dict[str, KnockOut], output: Output
) -> None:
    output.heading("Knock-outs")
    if not required:
        output.paragraph("No criterion here names a level below which a proposal is out.", indent=2)
        return
    levels = joined(f"{level} on {criterion_name(kb, name)}" for name, level in required.items())
    output.paragraph(f"Required: at least {levels}.", indent=2)
    for name in in_order(kb, knocked_out):
        item = knocked_out[name]
        if item.certain:
            text = f"is out on {joined(criterion_name(kb, missed) for missed in item.certain)}"
        else:
            named = joined(criterion_name(kb, missed) for missed in item.possible)
            text = f"may be out on {named}, depending on the open questions"
        output.paragraph(f"{text}.", indent=2, first=f"{short_name(kb, name)} ", hang=4)
    if not knocked_out:
        output.paragraph("Nobody misses one.", indent=2)


def _print_shares(kb: KnowledgeBase, shares: SmaaResult, output: Output) -> None:
    first = shares.rank_acceptability[:, 0]
    rows = sorted(range(len(first)), key=lambda row: (-first[row], row))
    output.heading("Who comes first, over all weightings (computed, sampled)")
    if shares.order:
        listed = " > ".join(criterion_name(kb, name) for name in shares.order)
        output.paragraph(f"Only weightings with {listed}.", indent=2)
    output.paragraph(_read_out(kb, shares, rows), indent=2)
    output.line()
    _print_table(kb, shares, rows, output)
    if len(shares.criteria) > 1:
        _print_all_weights(kb, shares, rows, output)


def _print_all_weights(kb: KnowledgeBase, shares: SmaaResult, rows: Sequence[int], output: Output) -> None:
    output.heading("The weights with which each comes first, on average")
    for row in rows:
        _print_weights(kb, shares, row, output)
    errors = [
        error
        for row in shares.central_weight_standard_errors.tolist()
        for error in row
        if _number(error) is not None
    ]
    if errors:
        output.paragraph(
            f"No standard error of these averages is above {100 * max(errors):.1f} points.",
            indent=2,
            dim=True,
        )


def _print_table(kb: KnowledgeBase, shares: SmaaResult, rows: Sequence[int], output: Output) -> None:
    """Print how often each comes first, among the first three, and last."""
    names = [short_name(kb, name) for name in shares.alternatives]
    width = min(max(len(name) for name in names), max(8, output.width - WIDTH_OF_SHARES))
    has_three = len(names) > 3
    heads = [f"{'first':>12}", f"{'first three':>13}" if has_three else "", f"{'last':>10}"]
    output.line(output.style("  " + " " * width + "".join(heads), dim=True))
    for row in rows:
        share = shares.rank_acceptability[row]
        error = 100 * shares.rank_standard_errors[row, 0]
        shown = names[row] if len(names[row]) <= width else names[row][: width - 1] + "…"
        three = f"{percent(float(share[:3].sum())):>13}" if has_three else ""
        cells = f"{percent(float(share[0])):>6} ± {error:<3.1f}{three}{percent(float(share[-1])):>10}"
        output.line(output.glyphs(f"  {shown:<{width}}{cells}"))
    bound = 50 / math.sqrt(shares.samples)
    output.paragraph(
        f"± one standard error in percentage points, at most {bound:.1f} in the other columns; a "
        "share of 0% or "
        f"100% is known to within {300 / shares.samples:.2g}. What is open may turn out well or "
        "badly, so a large share can mean openness and not merit.",
        indent=2,
        dim=True,
    )


def _read_out(kb: KnowledgeBase, shares: SmaaResult, rows: Sequence[int]) -> str:
    """Read the shares aloud, with what the sample cannot tell apart."""
    first = shares.rank_acceptability[:, 0]

    def name(row: int) -> str:
        return short_name(kb, shares.alternatives[row])

    leader = rows[0]
    said = [f"{name(leader)} is first in {percent(float(first[leader]))} of the weightings"]
    said += [f"{name(row)} in {percent(float(first[row]))}" for row in rows[1:3]]
    text = f"{', '.join(said)}."
    if first[leader] < 0.5:
        text += " None is first in more than half."
    close = [
        row
        for row in rows[1:]
        if first[leader] - first[row]
        < 2 * math.hypot(shares.rank_standard_errors[leader, 0], shares.rank_standard_errors[row, 0])
    ]
    if close:
        others = joined(map(name, close))
        text += f" Fragile: from {name(leader)} to {others} the difference is within two standard errors."
    return text


def _print_weights(kb: KnowledgeBase, shares: SmaaResult, row: int, output: Output) -> None:
    short = short_name(kb, shares.alternatives[row])
    confidence = _number(float(shares.confidence[row]))
    if confidence is None:
        output.paragraph(
            "is first with none of the weightings drawn.", indent=2, first=f"{short:<4} ", hang=7
        )
        return
    weights = shares.central_weights[row]
    error = shares.confidence_standard_errors[row]
    named = [
        f"{getattr(kb.entries[name], 'short', name)} {100 * weight:.0f}%"
        for name, weight in zip(shares.criteria, weights.tolist(), strict=True)
    ]
    output.paragraph(
        f"{', '.join(named)}; at these it is first in {percent(confidence)} ± {100 * error:.1f} "
        "of the ways in "
        "which the open questions may turn out.",
        indent=2,
        first=f"{short:<4} ",
        hang=7,
    )
