"""Pages of `cruxmap assumptions` on several proposals: common causes, joint failures, portfolios."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.analysis.formulas import atoms
from cruxmap.analysis.portfolio_reading import STEP
from cruxmap.cli.failure_pages import SHOWN, credences_used, criteria_named, print_conventions, together
from cruxmap.cli.wording import (
    capitalised,
    criterion_name,
    in_order,
    joined,
    number_word,
    percent,
    short_name,
    statement_name,
    verdicts_by_criterion,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cruxmap.analysis.cut_sets import CommonCause
    from cruxmap.analysis.failure_across import JointFailure
    from cruxmap.analysis.portfolio_reading import PortfolioReading
    from cruxmap.cli.assumptions import Scene
    from cruxmap.cli.output import Output
    from cruxmap.knowledge import KnowledgeBase


def print_causes(
    scene: Scene,
    causes: Sequence[CommonCause],
    single: Mapping[str, Sequence[str]],
    joint: JointFailure,
    output: Output,
) -> None:
    """Print what several proposals have in common, and what defeats all of them."""
    kb = scene.kb
    output.line(output.style(f"Assumptions that several {scene.nouns} share", bold=True))
    if not causes:
        output.paragraph(f"None: no assumption can defeat verdicts of more than one {scene.noun}.", indent=2)
    for cause in causes:
        entries = in_order(kb, {name.partition("/")[0] for name in cause.entries})
        output.paragraph(
            f"{joined(short_name(kb, name) for name in entries)} share it. {_cause(kb, cause)}",
            indent=2,
            first=f"{statement_name(kb, cause.atom)}: ",
            hang=4,
        )
    if single:
        output.heading(f"Shared by no other {scene.noun} ({len(single)})")
        owners: dict[str, list[str]] = {}
        for name, verdicts in single.items():
            owners.setdefault(verdicts[0].partition("/")[0], []).append(name)
        for entry in in_order(kb, owners):
            labels = [statement_name(kb, name) for name in in_order(kb, owners[entry])]
            output.paragraph("; ".join(labels), indent=2, first=f"{short_name(kb, entry)}: ", hang=6)
    output.heading(f"What defeats every {scene.noun} on {criteria_named(scene)}")
    for text in why_left_out(scene):
        output.paragraph(text, indent=2)
    _print_joint(scene, joint, output)
    print_conventions(scene, output)


def _cause(kb: KnowledgeBase, cause: CommonCause) -> str:
    """Say what one shared assumption can defeat, alone and with others."""
    alone = [name for name, order in zip(cause.entries, cause.orders, strict=True) if order == 1]
    helped = [name for name, order in zip(cause.entries, cause.orders, strict=True) if order > 1]
    said = []
    if alone:
        said.append(f"Its failure alone defeats {verdicts_by_criterion(kb, alone)}.")
    if helped:
        said.append(f"With others it defeats {verdicts_by_criterion(kb, helped)}.")
    return " ".join(said)


def why_left_out(scene: Scene) -> list[str]:
    """Say which proposals take no part in joint failures and portfolios, and why."""
    kb = scene.kb
    lacking: dict[str, list[str]] = {}
    for item in scene.proposals.values():
        for name in (*item.unsupported, *item.failing):
            lacking.setdefault(name.partition("/")[2], []).append(item.entry)
    said = [
        f"{joined(short_name(kb, name) for name in entries)} cannot meet "
        f"{criterion_name(kb, criterion)} by what "
        f"is recorded: no supporting argument is available."
        for criterion, entries in lacking.items()
    ]
    always = [
        item.entry
        for item in scene.proposals.values()
        if not item.can_fail_and_hold and len(item.unconditional) == len(item.verdicts)
    ]
    if always:
        names = joined(short_name(kb, name) for name in always)
        said.append(
            f"{names} {'is' if len(always) == 1 else 'are'} left out: supported without assuming "
            "anything, so "
            "nothing is known that could fail."
        )
    return said


def _print_joint(scene: Scene, joint: JointFailure, output: Output) -> None:
    kb, sets = scene.kb, joint.sets
    if not joint.entries:
        output.paragraph(f"No {scene.noun} is left of which this could be asked.", indent=2)
        return
    names = joined(short_name(kb, name) for name in in_order(kb, joint.entries))
    size, ways = len(sets.listed[0]), len(sets.smallest)
    fails = f"{number_word(size, 'assumption')} {'fails' if size == 1 else 'fail'}"
    if len(joint.entries) == 1:
        output.paragraph(f"{names} falls when {fails}.", indent=2)
    else:
        output.paragraph(f"{names} fall together when {fails}; fewer cannot defeat them all.", indent=2)
    if joint.choices and ways > 1:
        output.paragraph(
            f"There are {number_word(ways)} such failures, all the ways to take one from each of "
            "these lists:",
            indent=2,
        )
        for names_of_list in joint.choices:
            labels = [statement_name(kb, name) for name in in_order(kb, names_of_list)]
            output.paragraph("; ".join(labels), indent=4, first="- ", hang=6)
    else:
        for one in sets.smallest[:SHOWN]:
            output.paragraph(together(kb, one), indent=4, first="- ", hang=6)
        if ways > SHOWN:
            output.paragraph(
                f"and {number_word(ways - SHOWN)} more of that size", indent=4, first="- ", hang=6
            )
    if sets.count > ways:
        listed = "them" if sets.count == len(sets.listed) else f"the smallest {len(sets.listed)}"
        output.paragraph(
            f"{capitalised(number_word(sets.count))} minimal failures in all; --json lists {listed}.",
            indent=2,
        )


def print_portfolio(scene: Scene, found: PortfolioReading, output: Output) -> None:
    """Print the best portfolio, what speaks against trusting it, and what defeats all of it."""
    kb = scene.kb
    count = len(found.names)
    several = number_word(count, scene.noun, scene.nouns)
    heading = f"The {several} best pursued together, on {criteria_named(scene)}"
    output.line(output.style(heading, bold=True))
    for name in found.names:
        output.paragraph(
            f"{short_name(kb, name)} {getattr(kb.entries[name], 'title', name)}: meets them with "
            f"{percent(found.single[name])} by itself.",
            indent=2,
            first="- ",
        )
    used = sorted({name for entry in found.names for name in atoms(scene.proposals[entry].formula)})
    verb = "that at least one of them does" if count > 1 else "that it does"
    output.paragraph(
        f"The chance {verb} is {percent(found.probability)}, computed exactly, "
        f"{credences_used(scene, used)}; what they "
        "share is counted once."
    )
    if not found.is_optimal:
        output.paragraph("The search for a better choice was cut short, so this is the best one found.")
    output.heading("How firm the choice is")
    _print_firmness(scene, found, output)
    output.heading("What defeats all of it")
    _print_joint(scene, found.together, output)
    left_out = why_left_out(scene)
    if left_out:
        output.heading("Left out")
    for text in left_out:
        output.paragraph(text, indent=2)
    print_conventions(scene, output)


def _print_firmness(scene: Scene, found: PortfolioReading, output: Output) -> None:
    kb = scene.kb
    for own, other in found.equals[:SHOWN]:
        text = f"Fragile: it is as good with {short_name(kb, other)} in place of {short_name(kb, own)}."
        output.paragraph(text, indent=2)
    if len(found.equals) > SHOWN:
        output.paragraph(f"And so for {number_word(len(found.equals) - SHOWN)} other exchanges.", indent=2)
    for statement, change, own, other in found.overtaken[:SHOWN]:
        output.paragraph(
            f"Fragile: were the credence of {statement_name(kb, statement)} {abs(change):g} "
            f"{'higher' if change > 0 else 'lower'}, {short_name(kb, other)} would be better than "
            f"{short_name(kb, own)}.",
            indent=2,
        )
    if len(found.overtaken) > SHOWN:
        more = number_word(len(found.overtaken) - SHOWN, "other credence")
        output.paragraph(f"The same is true of {more}.", indent=2)
    if not found.is_fragile:
        output.paragraph(
            f"No exchange of one {scene.noun} is as good, and none becomes better when any single "
            "credence moves by "
            f"{STEP:g}.",
            indent=2,
        )
