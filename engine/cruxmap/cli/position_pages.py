"""Pages of `cruxmap positions`, in sentences that can be read aloud."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cruxmap.cli.wording import (
    capitalised,
    in_order,
    joined,
    number_word,
    short_name,
    statement_name,
    verdict_name,
    verdicts_by_criterion,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cruxmap.analysis.labelling import Decision
    from cruxmap.analysis.positions import Positions
    from cruxmap.analysis.positions_blocks import Block, Outcome
    from cruxmap.cli.output import Output
    from cruxmap.knowledge import KnowledgeBase

SIGNS = {"in": "+", "out": "−", "undecided": "?"}

SHOWN_TIES = 12
"""Ties of one kind that are read out; the rest is counted."""

WORTH_SPLITTING = 3
"""A statement that splits a question into so many parts is proposed to be settled first."""

SHOWN_TURNING = 4
"""Ways for a verdict to be in or out that are read out."""

SHOWN_WAYS = 2
"""Ways into a camp that are read out; the rest is counted."""


def print_positions(
    kb: KnowledgeBase,
    found: Positions,
    about: Sequence[str] | None,
    imposed: Mapping[str, str],
    output: Output,
) -> None:
    """Print what all positions share, what is given and follows, and each question on which they part."""
    what = "" if about is None else f" on {_subject(kb, about)}"
    output.paragraph(f"Coherent overall positions{what}", bold=True)
    if found.clash:
        _print_clash(kb, found, output)
    elif found.impossible:
        _print_impossible(kb, found, output)
    else:
        _print_given(kb, found, output)
        _print_shared(kb, found, output)
        _print_summary(found, output)
        simple = [block for block in found.blocks if _turns_on_one(block)]
        rest = [block for block in found.blocks if block not in simple]
        for number, block in enumerate(rest, 1):
            _print_block(kb, number, block, output)
        _print_simple(kb, simple, len(rest), output)
        _print_idle(kb, found, output)
    _print_conventions(kb, found, imposed, output)


def _name(kb: KnowledgeBase, name: str) -> str:
    return name if name in kb.arguments else statement_name(kb, name)


def _subject(kb: KnowledgeBase, about: Sequence[str]) -> str:
    owners = {name.partition("/")[0] for name in about}
    if len(about) > 1 and len(owners) == 1:
        return f"the verdicts of {short_name(kb, owners.pop())}"
    return joined(_name(kb, name) for name in about)


def _short(kb: KnowledgeBase, name: str) -> str:
    return name if name in kb.arguments else statement_name(kb, name, full=False)


def _holding(kb: KnowledgeBase, labels: Mapping[str, str], *, full: bool = True) -> str:
    """Say a set of labels: `A2 and not A8`."""
    before = {"in": "", "out": "not ", "undecided": ""}
    after = {"in": "", "out": "", "undecided": " left open"}
    name = _name if full else _short
    return joined(
        f"{before[labels[item]]}{name(kb, item)}{after[labels[item]]}" for item in _by_number(kb, labels)
    )


def _accepting(kb: KnowledgeBase, labels: Mapping[str, str]) -> str:
    """Say what someone does who holds these labels: `accepts A2 and rejects A8`."""
    words = {"in": "accepts", "out": "rejects", "undecided": "leaves open"}
    parts = []
    for label, word in words.items():
        names = [_name(kb, name) for name in _by_number(kb, labels) if labels[name] == label]
        if names:
            parts.append(f"{word} {joined(names)}")
    return joined(parts)


def _by_number(kb: KnowledgeBase, names: Iterable[str]) -> list[str]:
    """Sort accepted assumptions by number, then verdicts and arguments in their order."""
    given = list(names)
    plain = [name for name in given if name in kb.entries]
    return [*in_order(kb, plain), *(name for name in given if name not in kb.entries)]


def _print_clash(kb: KnowledgeBase, found: Positions, output: Output) -> None:
    output.line()
    if len(found.clash) == 1:
        output.paragraph(f"No position {_accepting(kb, found.clash)}.")
    else:
        fewer = "either alone is possible" if len(found.clash) == 2 else "all but any one of it is possible"
        output.paragraph(f"No position at once {_accepting(kb, found.clash)}; {fewer}.")
    for decision in found.clash_reasons:
        output.paragraph(f"{_reason(kb, decision)}.", indent=2, hang=2)


def _reason(kb: KnowledgeBase, decision: Decision) -> str:
    text = decision.reason
    for name in (decision.node, *decision.because):
        if name in kb.statements:
            text = re.sub(rf"(?<![\w./-]){re.escape(name)}(?![\w./-])", _name(kb, name), text)
    return text


def _print_impossible(kb: KnowledgeBase, found: Positions, output: Output) -> None:
    output.line()
    output.paragraph("No position decides everything: these cycles allow none that does.")
    for cycle in found.impossible:
        output.paragraph(joined(_short(kb, name) for name in cycle), indent=2)
    output.paragraph("Ask for preferred positions, which leave undecided what cannot be decided.")


def _print_given(kb: KnowledgeBase, found: Positions, output: Output) -> None:
    if not found.given:
        return
    output.line()
    output.paragraph(f"Whoever {_accepting(kb, found.given)}", bold=True)
    # With one way only, all of it is among the consequences.
    several = [item for item in found.taking if len(item.commitments) > 1 or not item.complete]
    if not found.consequences and not several:
        known = "is bound to nothing else by it." if found.within_budget else "must hold: not known in time."
        output.paragraph(known, indent=2)
    for outcome in several:
        output.paragraph(f"it takes {_ways(kb, outcome)}", indent=2, hang=2)
    for label, words in (
        ("in", "must also accept"),
        ("out", "must also reject"),
        ("undecided", "must also leave open"),
    ):
        _print_named(kb, words, found.consequences, label, output)
    _print_legend(kb, several, output, indent=2)


def _print_named(
    kb: KnowledgeBase, words: str, labels: Mapping[str, str], label: str, output: Output
) -> None:
    names = [name for name, given in labels.items() if given == label]
    verdicts = [name for name in names if "/" in name]
    others = [statement_name(kb, name) for name in in_order(kb, [name for name in names if "/" not in name])]
    if verdicts:
        output.paragraph(f"{words} {verdicts_by_criterion(kb, verdicts)}", indent=2, first=f"{SIGNS[label]} ")
    if others:
        output.paragraph(f"{words} {joined(others)}", indent=2, first=f"{SIGNS[label]} ")


def _print_shared(kb: KnowledgeBase, found: Positions, output: Output) -> None:
    if found.decided:
        output.heading("In every position, because the arguments decide")
        _print_named(kb, "in:", found.decided, "in", output)
        _print_named(kb, "out:", found.decided, "out", output)
    if found.shared:
        output.heading("In every position, whichever way the open statements are taken")
        for label, words in (("in", "in:"), ("out", "out:"), ("undecided", "undecided:")):
            _print_named(kb, words, found.shared, label, output)


def _print_summary(found: Positions, output: Output) -> None:
    output.line()
    questions = len(found.blocks)
    if not questions:
        if found.within_budget:
            output.paragraph("On nothing else in question do positions part.")
        else:
            output.paragraph(f"The rest is undecided within the budget of {found.budget:g} s.")
        return
    verdicts = sum(len(block.verdicts) for block in found.blocks)
    apart = f"on {number_word(questions, 'independent question')}" if questions > 1 else "on one question"
    total = f"{found.camp_count:,}" if found.counted else f"more than {found.camp_count:,}"
    times = ": any camp of one goes with any camp of another" if questions > 1 else ""
    output.paragraph(
        f"Positions part on {number_word(verdicts, 'verdict')}, {apart}{times}. "
        f"That makes {total} combinations of verdicts."
    )
    if not found.within_budget:
        output.paragraph(
            f"Some of it is undecided within the budget of {found.budget:g} s; what is shown is right, but "
            "not all. Narrow the question (cruxmap positions 3/inner), or give a larger --budget."
        )


def _turns_on_one(block: Block) -> bool:
    """Return whether a question is one verdict that has the label of one statement, or the opposite one."""
    ways = [way for outcome in block.turning for way in outcome.commitments]
    labels = [label for outcome in block.turning for label in outcome.labels.values()]
    return (
        block.within_budget
        and len(block.verdicts) == 1
        and labels == ["in", "out"]
        and [len(way) for way in ways] == [1, 1]
        and ways[0].keys() == ways[1].keys()
    )


def _print_simple(kb: KnowledgeBase, blocks: Sequence[Block], before: int, output: Output) -> None:
    if not blocks:
        return
    output.heading(
        f"{before + 1}. Each by itself: verdicts that turn on one statement alone"
        if len(blocks) > 1
        else f"{before + 1}. A verdict that turns on one statement alone"
    )
    for block in blocks:
        (way,) = block.turning[0].commitments
        ((statement, label),) = way.items()
        with_it, without_it = ("with", "without") if label == "in" else ("without", "with")
        verdict = verdict_name(kb, block.verdicts[0])
        what = f"{verdict}: in {with_it} {_name(kb, statement)}, out {without_it} it"
        output.paragraph(what, indent=3, hang=2)


def _print_block(kb: KnowledgeBase, number: int, block: Block, output: Output) -> None:
    if len(block.verdicts) == 1:
        title = capitalised(verdict_name(kb, block.verdicts[0]))
    else:
        title = f"{capitalised(number_word(len(block.verdicts), 'verdict'))} that hang together"
    output.heading(f"{number}. {title}")
    for names in _groups(block):
        turning = [item for item in block.turning if names[0] in item.labels]
        if len(block.verdicts) > 1 and turning:
            output.paragraph(capitalised(_verdicts(kb, names)), indent=3, hang=2)
        for outcome in turning:
            label = outcome.labels[names[0]]
            ways = _ways(kb, outcome, SHOWN_TURNING)
            output.paragraph(f"{label} with {ways}", indent=3, first=f"{SIGNS[label]} ", hang=2)
    if len(block.verdicts) > 1:
        _print_ties(kb, block, output)
        _print_camps(kb, block, output)
    if not block.within_budget:
        output.paragraph("The rest of this question is undecided within the budget.", indent=3)
    if block.split is not None and block.split[1] >= WORTH_SPLITTING:
        statement, parts = block.split
        output.paragraph(
            f"Who settles {_name(kb, statement)} (--given {_short(kb, statement)}=in or =out) splits this "
            f"question into {number_word(parts)} or more.",
            indent=3,
        )
    _print_legend(kb, (*block.camps, *block.turning), output, indent=3)


def _groups(block: Block) -> list[tuple[str, ...]]:
    """Put verdicts that stand and fall together side by side, the rest each by itself."""
    group_of = {group[0]: group for group in block.ties.together}
    later = {name for group in block.ties.together for name in group[1:]}
    return [group_of.get(name, (name,)) for name in block.verdicts if name not in later]


def _verdicts(kb: KnowledgeBase, names: Sequence[str]) -> str:
    return verdict_name(kb, names[0]) if len(names) == 1 else verdicts_by_criterion(kb, names)


def _ways(kb: KnowledgeBase, outcome: Outcome, shown: int = SHOWN_TURNING) -> str:
    """Say what an outcome takes."""
    ways = [_holding(kb, item, full=False) or "nothing further" for item in outcome.commitments]
    text = "; or ".join(ways[:shown])
    if len(ways) > shown and outcome.complete:
        return f"{text}; or {number_word(len(ways) - shown, 'other way')}"
    return text if outcome.complete else f"{text}; or others"


def _print_ties(kb: KnowledgeBase, block: Block, output: Output) -> None:
    ties = block.ties
    group_of = {group[0]: group for group in ties.together}

    def named(name: str) -> str:
        return _verdicts(kb, group_of.get(name, (name,)))

    sentences = [f"{capitalised(_verdicts(kb, group))} stand and fall together." for group in ties.together]
    needs: dict[str, list[str]] = {}
    for one, other in ties.requires:
        needs.setdefault(one, []).append(other)
    sentences += [
        f"Whoever accepts {named(one)} accepts {joined(map(named, others))}." for one, others in needs.items()
    ]
    sentences += [f"Nobody can accept both {named(a)} and {named(b)}." for a, b in ties.excludes]
    sentences += [f"Everybody accepts {named(a)} or {named(b)}, or both." for a, b in ties.covers]
    for sentence in sentences[:SHOWN_TIES]:
        output.paragraph(sentence, indent=3, hang=2)
    if len(sentences) > SHOWN_TIES:
        output.line(f"   (and {len(sentences) - SHOWN_TIES} more such ties: see --json)")


def _print_camps(kb: KnowledgeBase, block: Block, output: Output) -> None:
    if not block.counted:
        if block.camp_count:
            output.paragraph(
                f"More than {block.camp_count:,} combinations of these verdicts can be held, too many to "
                "list.",
                indent=3,
            )
        return
    if not block.camps:
        return
    shown = (
        "" if len(block.camps) == block.camp_count else f"; these {len(block.camps)} lie as far apart as any"
    )
    output.paragraph(f"{block.camp_count} combinations can be held{shown}:", indent=3)
    names = {name: verdict_name(kb, name) for name in block.verdicts}
    wide = max(map(len, names.values()))
    numbers = "".join(f"{number:>4}" for number in range(1, len(block.camps) + 1))
    output.line(f"   {'':<{wide}}{numbers}")
    for name, text in names.items():
        signs = "".join(f"{SIGNS[camp.labels[name]]:>4}" for camp in block.camps)
        output.line(output.glyphs(f"   {text:<{wide}}{signs}"))
    output.line("   What each takes:")
    for number, camp in enumerate(block.camps, 1):
        output.paragraph(_ways(kb, camp, SHOWN_WAYS), indent=3, first=f"{number:>2}: ", hang=4)


def _print_legend(kb: KnowledgeBase, outcomes: Iterable[Outcome], output: Output, *, indent: int) -> None:
    used = {name for item in outcomes for way in item.commitments for name in way}
    names = [name for name in in_order(kb, used) if name in kb.entries]
    spelt = [statement_name(kb, name) for name in names if _short(kb, name) != statement_name(kb, name)]
    if spelt:
        output.paragraph("; ".join(spelt), indent=indent, first="where ", hang=2, dim=True)


def _print_idle(kb: KnowledgeBase, found: Positions, output: Output) -> None:
    if found.idle:
        output.heading("Open, but no verdict in question turns on it")
        output.paragraph("; ".join(_name(kb, name) for name in in_order(kb, found.idle)), indent=2)


def _print_conventions(
    kb: KnowledgeBase, found: Positions, imposed: Mapping[str, str], output: Output
) -> None:
    meaning = {
        "preferred": "carried as far as they go",
        "stable": "that decide everything, without support in a circle",
        "complete": "however little they decide",
    }[found.semantics]
    fixed = f" Set: {_holding(kb, imposed)}." if imposed else ""
    output.line()
    output.paragraph(
        f"Computed by the crisp reading: {found.semantics} positions ({meaning}), verdicts by the "
        f"{found.standard} standard. An open statement may be taken either way; hedge weights are "
        f"conventions of the workspace.{fixed}",
        dim=True,
    )
