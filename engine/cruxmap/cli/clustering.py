"""`cruxmap cluster`: which proposals belong together by the mechanisms or assumptions that they share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cruxmap.cli.output import Output, common, load
from cruxmap.cli.wording import in_order, joined, number_word, percent, short_name, statement_name
from cruxmap.model.vocabulary import Assumption

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cruxmap.analysis.sharing import LikePair, Sharing
    from cruxmap.knowledge import KnowledgeBase

NEAREST = 6
"""Pairs that are read out."""


@click.command(epilog="Example: cruxmap cluster --by assumption")
@click.option(
    "--by",
    type=click.Choice(["mechanism", "assumption"]),
    default="mechanism",
    show_default=True,
    help="What makes proposals alike.",
)
@common
def command(by: str, *, output: Output, workspace: str | None) -> None:
    r"""Proposals grouped by everything that they share, from general to special, and the nearest pairs.

    Counts primary mechanisms or assumptions only. A group is a concept: the proposals in it share all that is
    named on its line and on the lines above it, and no other proposal does.

    \b
    JSON: schema, by, entries {id: [shared ids]},
      concepts [{entries, shared, new, below}]   from general to special; new: what
                                                 no more general one has; below:
                                                 positions in the list
      pairs [{entries, shared, either, similarity}]   by Jaccard similarity
    """
    from cruxmap.analysis.sharing import sharing

    kb = load(workspace)
    found = sharing(kb.proposals, by)
    if output.json:
        output.document({"schema": 1, **found.as_data()})
    elif not found.context:
        output.line("This workspace has no proposals.")
    else:
        _print(kb, found, output)


def _print(kb: KnowledgeBase, found: Sharing, output: Output) -> None:
    plural = f"{found.by}s"
    output.line(output.style(f"Proposals by shared {plural}, from general to special", bold=True))
    _print_lattice(kb, found, output)
    own = {entry: found.own(entry) for entry in found.context}
    if any(own.values()):
        output.heading("Shared with no other")
    for entry, names in own.items():
        if names:
            output.paragraph(_labels(kb, names), indent=2, first=f"{short_name(kb, entry)}: ", hang=6)
    empty = [entry for entry, names in found.context.items() if not names]
    if empty:
        output.paragraph(f"{_entries(kb, empty)}: no {plural} recorded.", indent=2)
    _print_pairs(kb, found, output)
    output.line()
    output.paragraph(
        f"Computed from the primary {plural} of each proposal by formal concept analysis and "
        "Jaccard similarity.",
        dim=True,
    )


def _print_lattice(kb: KnowledgeBase, found: Sharing, output: Output) -> None:
    """Draw every concept of two or more entries once; where it stands under another too, refer back."""
    top = found.concepts[0]
    if len(top.entries) < 2:
        output.paragraph("There is only one proposal.", indent=2)
        return
    said = f"all share {_labels(kb, top.shared)}" if top.shared else f"share no {found.by}"
    output.paragraph(f"All {number_word(len(top.entries))} together {said}.", indent=2)
    drawn: set[int] = set()
    pending = [(number, 0, 0) for number in reversed(top.below)]
    while pending:
        number, parent, depth = pending.pop()
        concept = found.concepts[number]
        if len(concept.entries) < 2:
            continue
        added = [name for name in concept.shared if name not in found.concepts[parent].shared]
        again = " (above)" if number in drawn else ""
        output.paragraph(
            f"{_labels(kb, added)}: {_entries(kb, concept.entries)}{again}",
            indent=2 + 3 * depth,
            first="+ " if depth else "",
            hang=2,
        )
        if number not in drawn:
            pending += [(lower, number, depth + 1) for lower in reversed(concept.below)]
        drawn.add(number)
    if not drawn:
        output.paragraph(f"No two of them share a {found.by}.", indent=2)


def _print_pairs(kb: KnowledgeBase, found: Sharing, output: Output) -> None:
    nearest = [pair for pair in found.pairs if pair.shared][:NEAREST]
    output.heading("Nearest pairs")
    if not nearest:
        output.paragraph("No pair has anything in common.", indent=2)
    for pair in nearest:
        output.paragraph(_pair(kb, found, pair), indent=2, hang=4)
    apart = sum(not pair.shared for pair in found.pairs)
    if apart:
        share = f"{apart} of the {len(found.pairs)} pairs" if len(found.pairs) > 1 else "The only pair"
        verb = "has" if apart == 1 else "have"
        output.paragraph(f"{share} {verb} nothing in common.", indent=2)


def _pair(kb: KnowledgeBase, found: Sharing, pair: LikePair) -> str:
    noun = found.by if pair.either == 1 else f"{found.by}s"
    return (
        f"{short_name(kb, pair.first)} and {short_name(kb, pair.second)} share {len(pair.shared)} of "
        f"{pair.either} {noun} ({percent(pair.similarity)}): {_labels(kb, pair.shared, full=False)}."
    )


def _labels(kb: KnowledgeBase, names: Iterable[str], *, full: bool = True) -> str:
    """Name mechanisms by title, assumptions by number and, where wanted, title."""
    given = list(names)
    if any(isinstance(kb.entries.get(name), Assumption) for name in given):
        return joined(statement_name(kb, name, full=full) for name in in_order(kb, given))
    return joined(str(getattr(kb.entries.get(name), "title", name)) for name in given)


def _entries(kb: KnowledgeBase, names: Iterable[str]) -> str:
    return ", ".join(short_name(kb, name) for name in in_order(kb, names))
