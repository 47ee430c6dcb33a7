"""Why a cell is on the agenda, and what became of it, in sentences that can be read aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.analysis.agenda import (
    DIFFERENT_MARKS,
    DIFFERENT_REASONS,
    INCOHERENT,
    LEFT_OPEN,
    SINGLE,
    STALE,
    SYNTHESIS,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cruxmap.analysis.agenda import AgendaItem
    from cruxmap.analysis.incoherence import Incoherence
    from cruxmap.analysis.rounds import ChangedMind, Outcome

    Namer = Callable[[str], str]

__all__ = [
    "STATES",
    "changed_sentence",
    "joined",
    "outcome_sentence",
    "positions",
    "reasons",
    "score_sentence",
]

LISTED = 3
"""Pairs of readers and numbers that are read out; the rest is counted."""


STATES = {
    "consensus": "agreed",
    "stable-disagreement": "stable disagreement",
    "unsettled": "unsettled after the last round",
    "go-on": "worth another round",
    "too-few": "too few marks to tell",
}
"""How the states of `cruxmap.analysis.rounds.Outcome` are called."""


def joined(items: Iterable[str]) -> str:
    """Join a list for reading aloud."""
    given = list(items)
    return f"{', '.join(given[:-1])} and {given[-1]}" if len(given) > 1 else "".join(given)


def positions(item: AgendaItem, *, named: bool = True) -> str:
    """Say who gave which mark: `likely: reader-a; doubtful: reader-b and reader-c`."""
    by_mark: dict[str, list[str]] = {}
    for reader, mark in item.marks.items():
        by_mark.setdefault(mark, []).append(reader)
    ordered = sorted(by_mark, key=lambda mark: (-len(by_mark[mark]), mark))
    if named:
        return "; ".join(f"{mark}: {joined(by_mark[mark])}" for mark in ordered)
    return "; ".join(f"{mark}: {len(by_mark[mark])}" for mark in ordered)


def reasons(item: AgendaItem, name: Namer, *, named: bool = True) -> list[str]:
    """Say why a cell is on the agenda, one sentence for each reason, the one that counts most first.

    Parameters
    ----------
    item : AgendaItem
    name : callable
        From the id of a statement or cell, or a text of a reader's own, to how it is called.
    named : bool
        Whether readers may be named.
    """
    sentences = {
        DIFFERENT_MARKS: lambda: [_different(item)],
        DIFFERENT_REASONS: lambda: _divergent(item, name),
        LEFT_OPEN: lambda: ["Most leave every level possible."],
        INCOHERENT: lambda: [_incoherent(one, name) for one in item.incoherent[:LISTED]],
        SYNTHESIS: lambda: [
            f"The group's grid contradicts the summary `{sentence}`." for sentence in item.contradicted
        ],
        STALE: lambda: [_stale(item, named=named)],
        SINGLE: lambda: ["Only one reader has marked it."],
    }
    return [sentence for kind in item.kinds for sentence in sentences[kind]()]


def score_sentence(item: AgendaItem) -> str:
    """Say what the score is made of."""
    known = item.impact
    reach = (
        f"one step of the mark moves {known.moved:.1f} of {known.verdicts} verdicts on average, which is "
        f"{known.relative:.2f} of the most that any cell here moves (I)"
        if known
        else "impact was not looked at"
    )
    extra = [f"{value:.2f} for {kind}" for kind, value in item.parts.items() if kind != DIFFERENT_MARKS]
    more = f"; added: {joined(extra)}" if extra else ""
    faded = "; what was discussed counts no more" if item.covered else ""
    return (
        f"Score {item.score:.2f}: the marks are {item.disagreement:.2f} apart (D), and {reach}{more}{faded}."
    )


def _different(item: AgendaItem) -> str:
    return "The marks are far apart." if item.disagreement > 0.5 else "Readers give different marks."


def _divergent(item: AgendaItem, name: Namer) -> list[str]:
    found = []
    for pair in item.divergent[:LISTED]:
        first, second = (
            joined(map(name, sorted(hinges))) for hinges in (pair.first_hinges, pair.second_hinges)
        )
        found.append(
            f"{pair.first} and {pair.second} both say {pair.mark}, {pair.first} because of {first}, "
            f"{pair.second} because of {second}."
        )
    more = len(item.divergent) - LISTED
    return [*found, f"So do {more} more pairs, for reasons of their own."] if more > 0 else found


def _incoherent(one: Incoherence, name: Namer) -> str:
    reader, about, values = one.reader, name(one.statement), one.values
    if one.sort == "conditional":
        said = f", which would be {values[0]:.2f}" if values else ""
        return f"{reader}'s numbers on {about} leave no probability for its failing{said}."
    if one.sort == "two-credences":
        return f"{reader} gives {about} two credences, {values[0]:.2f} and {values[1]:.2f}."
    if one.sort == "above-assumption":
        return (
            f"{reader} rests the mark on {about}, which holds with {values[1]:.2f} by their own credence; "
            f"the mark claims {values[0]:.2f} or more."
        )
    return f"{reader}'s own credences come to a strength of {values[0]:.2f}, far from the mark."


def _stale(item: AgendaItem, *, named: bool) -> str:
    who = joined(item.outdated) if named else f"{len(item.outdated)} of {len(item.marks)}"
    verb = "have" if len(item.outdated) > 1 or not named else "has"
    return f"The criterion has changed since: {who} {verb} to look again."


def outcome_sentence(outcome: Outcome) -> str:
    """Say whether a cell needs another round, and why."""
    share = f"{round(outcome.share * outcome.readers)} of {outcome.readers} say {outcome.mark}"
    moved = ""
    if outcome.changed is not None:
        who = f"{outcome.changed:.0%}" if outcome.changed else "nobody"
        moved = f", {who} changed their mark in the last round"
    return f"{STATES[outcome.state]}: {share}{moved}"


def changed_sentence(change: ChangedMind, name: Namer) -> str:
    """Say who moved, from what to what, and why."""
    why = f": {change.reason.rstrip('.')}" if change.reason else "; no new reason was given"
    return f"{change.reader} on {name(change.cell)}: from {change.before} to {change.after}{why}"
