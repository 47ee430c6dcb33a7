"""Say in plain sentences where a strength and a label come from and what would shake them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cruxmap.analysis.dependence import Status
from cruxmap.analysis.failure_reading import smallest_cut_sets
from cruxmap.analysis.fragility import NEUTRAL, NUDGE, ROUNDING
from cruxmap.analysis.label_reasons import label_reason
from cruxmap.analysis.label_sentences import joined, label_sentences
from cruxmap.graph import EdgeKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from cruxmap.analysis.direct_contributions import Contribution
    from cruxmap.analysis.evaluation import Evaluation, Verdict
    from cruxmap.analysis.fragility import Shake
    from cruxmap.analysis.label_reasons import LabelReason

SHOWN = 3
"""Changes named in the sentence about fragility; the rest is counted."""

NOTICEABLE = 0.005
"""Contributions smaller than what two decimals show are not named."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a node has its strength and label, in sentences.

    Attributes
    ----------
    strength : tuple of str
        Where the strength comes from: the largest contributions, and what those come from.
    label : tuple of str
        The shortest derivation of the label, or what an undecided node waits for.
    failure : tuple of str
        What makes a verdict fail; empty for other nodes.
    fragility : tuple of str
        What takes the strength to another side of neutral; empty when nothing does.
    """

    strength: tuple[str, ...]
    label: tuple[str, ...]
    failure: tuple[str, ...]
    fragility: tuple[str, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """All sentences, in the order in which to read them."""
        return (*self.strength, *self.label, *self.failure, *self.fragility)

    def as_data(self) -> dict[str, list[str]]:
        """Return plain data for JSON."""
        return {
            "strength": list(self.strength),
            "label": list(self.label),
            "failure": list(self.failure),
            "fragility": list(self.fragility),
        }


def explain(
    evaluation: Evaluation,
    verdict: Verdict,
    named: Callable[[str], str] = str,
    *,
    reason: LabelReason | None = None,
) -> Explanation:
    """Explain a verdict.

    Parameters
    ----------
    evaluation : Evaluation
    verdict : Verdict
        On any of its nodes.
    named : callable
        How a node is called.
    reason : LabelReason, optional
        Reason of its label, when it has been worked out already.

    Returns
    -------
    Explanation
    """
    reason = reason or label_reason(
        evaluation.graph, evaluation.labelling, verdict.id, evaluation.standard, evaluation.fixed
    )
    return Explanation(
        strength=_strength(evaluation, verdict, named),
        label=label_sentences(evaluation.graph, reason, evaluation.standard, named),
        failure=_failure(evaluation, verdict.id, named),
        fragility=(_fragility(verdict, named),) if verdict.shakes else (),
    )


def _strength(evaluation: Evaluation, verdict: Verdict, named: Callable[[str], str]) -> tuple[str, ...]:
    sentences = [_origin(evaluation, verdict, named)]
    rest = [item for item in verdict.contributions.items if abs(item.value) >= NOTICEABLE]
    rest = [item for item in rest if item not in _extremes(verdict)]
    if rest:
        others = ", ".join(f"{named(item.id)} ({signed(item.value)})" for item in rest)
        sentences.append(f"Smaller contributions: {others}.")
    if verdict.contributions.samples:
        error = max(item.standard_error for item in verdict.contributions.items)
        sentences.append(
            f"Contributions are sampled: seed {verdict.contributions.seed}, "
            f"n = {verdict.contributions.samples} orders, standard error at most {error:.4f}."
        )
    return tuple(sentences)


def _failure(evaluation: Evaluation, name: str, named: Callable[[str], str]) -> tuple[str, ...]:
    """Say which smallest failures defeat a verdict, by the failure reading."""
    found = evaluation.dependences.get(name)
    if found is None:
        return ()
    if found.status is not Status.RESTS:
        return (_WITHOUT_FAILURE[found.status],)
    sets = smallest_cut_sets(found.formula)
    listed = [_failing([named(item) for item in names]) for names in sets.listed[:SHOWN]]
    rest = sets.count - len(listed)
    more = f"; {rest} more such {'failure' if rest == 1 else 'failures'}" if rest else ""
    return (f"What carries it fails if {', or if '.join(listed)}{more}.",)


def _failing(names: list[str]) -> str:
    both = " both" if len(names) == 2 else " all"
    return f"{names[0]} fails" if len(names) == 1 else f"{joined(names)}{both} fail"


_WITHOUT_FAILURE = {
    Status.HOLDS: "No failure of an assumption defeats what carries it.",
    Status.FAILS: "None of the arguments for it is available, so nothing that holds could carry it.",
    Status.UNSUPPORTED: "No recorded argument supports it, so there is nothing that could fail.",
}


def signed(value: float) -> str:
    """Write a difference with its sign.

    Examples
    --------
    >>> signed(0.051), signed(-0.2)
    ('+0.05', '-0.20')
    """
    return f"{value:+.2f}"


def _extremes(verdict: Verdict) -> list[Contribution]:
    """The largest contribution upwards and the largest downwards, where there are any."""
    items = verdict.contributions.items
    raising = [item for item in items if item.value >= NOTICEABLE][:1]
    return raising + [item for item in items if item.value <= -NOTICEABLE][:1]


def _origin(evaluation: Evaluation, verdict: Verdict, named: Callable[[str], str]) -> str:
    start = f"{verdict.strength:.2f} computed"
    if verdict.id in evaluation.fixed and evaluation.fixed[verdict.id] != "undecided":
        return f"{verdict.strength:.2f}, because it is fixed {evaluation.fixed[verdict.id]}."
    node = evaluation.graph.node(verdict.id)
    parts = []
    if node.kind == "argument":
        parts.append(because(evaluation, verdict.id, named).removeprefix("because "))
    for item, word in zip(_extremes(verdict), _words(verdict), strict=True):
        reason = because(evaluation, item.id, named)
        parts.append(f"{word} most by {named(item.id)} ({signed(item.value)}, {reason})")
    if not parts:
        held = "its credence" if node.kind == "assumption" else "its starting point"
        why = (
            "the arguments about it cancel out" if verdict.contributions.items else "no argument bears on it"
        )
        return f"{start}: {held} {node.base:.2f}, as {why}."
    return f"{start}, {_place(verdict.strength)}: {', '.join(parts)}."


def _words(verdict: Verdict) -> list[str]:
    return ["raised" if item.value > 0 else "lowered" for item in _extremes(verdict)]


def _place(strength: float) -> str:
    if abs(strength - NEUTRAL) <= ROUNDING:
        return "exactly neutral"
    near = "just " if round(strength, 2) == NEUTRAL else ""
    return f"{near}{'above' if strength > NEUTRAL else 'below'} neutral"


def because(evaluation: Evaluation, name: str, named: Callable[[str], str] = str) -> str:
    """Say what the strength of an argument comes from: its weight, premises, exceptions and replies."""
    graph, strengths = evaluation.graph, evaluation.strengths

    def listed(kind: EdgeKind, joint: str) -> str:
        return joint.join(f"{named(one)} at {strengths[one]:.2f}" for one in graph.sources(name, kind))

    node = graph.node(name)
    if node.kind != "argument":
        return f"because it stands at {strengths[name]:.2f}"
    phrases = [f"because it weighs {node.base:.2f}"]
    for kind, phrase, joint in (
        (EdgeKind.PREMISE, "needs", " and "),
        (EdgeKind.EXCEPTION, "holds unless", " or "),
        (EdgeKind.SUPPORT, "is supported by", " and "),
        (EdgeKind.ATTACK, "is attacked by", " and "),
    ):
        if graph.sources(name, kind):
            phrases.append(f"{phrase} {listed(kind, joint)}")
    return joined(phrases)


def _fragility(verdict: Verdict, named: Callable[[str], str]) -> str:
    shakes = verdict.shakes
    semantics = [shake for shake in shakes if shake.cause == "semantics"]
    credences = [shake for shake in shakes if shake.cause == "credence"]
    reasons = []
    if semantics:
        reasons.append(f"under {joined([f'{shake.name} ({_then(shake)})' for shake in semantics])}")
    if credences:
        names = ["its own" if item.name == verdict.id else named(item.name) for item in credences[:SHOWN]]
        moved = [
            f"{name} at {item.value:.2f} ({_then(item)})"
            for name, item in zip(names, credences, strict=False)
        ]
        if len(credences) > SHOWN:
            moved.append(f"{len(credences) - SHOWN} more such changes")
        reasons.append(f"when a single credence or weight moves by {NUDGE:g}: {joined(moved)}")
    return f"Fragile: it changes sides of {NEUTRAL:.2f} {'; and '.join(reasons)}."


def _then(shake: Shake) -> str:
    return "does not converge" if shake.strength is None else f"{shake.strength:.2f}"
