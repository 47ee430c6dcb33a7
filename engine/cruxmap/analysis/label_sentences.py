"""Read the reason of a label aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.graph import EdgeKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cruxmap.analysis.label_reasons import LabelReason, Step
    from cruxmap.graph import ArgumentGraph

STEPS_READ = 6
"""Steps of a derivation that are read out; the rest is counted, so that it fits on a screen."""


def label_sentences(
    graph: ArgumentGraph, reason: LabelReason, standard: str, named: Callable[[str], str] = str
) -> tuple[str, ...]:
    """Say why a node has its label.

    Parameters
    ----------
    graph : ArgumentGraph
    reason : LabelReason
    standard : str
        Proof standard of the labels.
    named : callable
        How a node is called.

    Returns
    -------
    tuple of str
        Sentences, the node itself first, then what its label rests on.
    """
    if reason.label == "undecided":
        return tuple(_undecided(reason, named))
    sentences = [_sentence(graph, step, standard, named) for step in reason.steps[:STEPS_READ]]
    rest = len(reason.steps) - STEPS_READ
    if rest > 0:
        sentences.append(f"{rest} more {'step lies' if rest == 1 else 'steps lie'} behind these.")
    return tuple(sentences)


def joined(phrases: Sequence[str], word: str = "and") -> str:
    """Join phrases as a sentence does.

    Examples
    --------
    >>> joined(["a", "b", "c"])
    'a, b and c'
    """
    if len(phrases) < 2:
        return "".join(phrases)
    return f"{', '.join(phrases[:-1])} {word} {phrases[-1]}"


def _undecided(reason: LabelReason, named: Callable[[str], str]) -> list[str]:
    name = named(reason.steps[0].id)
    if reason.steps[0].was_set:
        return [f"{name} is undecided, because it was set so."]
    if not reason.waits_for:
        return [f"{name} is undecided: nothing recorded decides it, so a reader may take it either way."]
    listed = joined([named(item) for item in reason.waits_for])
    sentences = [f"{name} is undecided: it waits for {listed}, which nothing recorded decides."]
    groups: dict[tuple[str, str], list[str]] = {}
    for item in reason.settled_by:
        groups.setdefault((item.label, item.value), []).append(named(item.statement))
    for (label, value), names in groups.items():
        sentences.append(f"It would be {label} if {joined(names, 'or')} were {value}.")
    if not groups and len(reason.waits_for) > 1:
        sentences.append("No single one of them settles it.")
    return sentences


def _sentence(graph: ArgumentGraph, step: Step, standard: str, named: Callable[[str], str]) -> str:
    start = f"{named(step.id)} is {step.label}, because"
    if step.was_set:
        return f"{start} it was set so."
    kind = graph.node(step.id).kind
    if kind == "argument":
        return f"{start} {_argument(graph, step, named)}."
    return f"{start} {_statement(graph, step, standard if kind == 'assessment' else '', named)}."


def _among(graph: ArgumentGraph, step: Step, *kinds: EdgeKind) -> list[str]:
    """The causes of a step that bear on it in one of some ways."""
    sources = {source for kind in kinds for source in graph.sources(step.id, kind)}
    return [name for name in step.because if name in sources]


def _are(names: Sequence[str], label: str, named: Callable[[str], str]) -> str:
    return f"{joined([named(name) for name in names])} {'is' if len(names) == 1 else 'are'} {label}"


def _argument(graph: ArgumentGraph, step: Step, named: Callable[[str], str]) -> str:
    premises = _among(graph, step, EdgeKind.PREMISE)
    exceptions = [name for name in _among(graph, step, EdgeKind.EXCEPTION) if name not in premises]
    objections = [name for name in _among(graph, step, EdgeKind.ATTACK) if name not in premises]
    if step.label == "out":
        if premises:
            return f"it assumes {named(premises[0])}, which is out"
        if objections:
            return f"{named(objections[0])}, which speaks against it, is in"
        return f"it holds only unless {named(exceptions[0])}, which is in"
    phrases = []
    if premises:
        phrases.append(f"what it assumes is in ({joined([named(name) for name in premises])})")
    if objections:
        phrases.append(f"what speaks against it is out ({joined([named(name) for name in objections])})")
    if exceptions:
        phrases.append(f"its exceptions are out ({joined([named(name) for name in exceptions])})")
    return joined(phrases) or "it assumes nothing and nothing recorded speaks against it"


def _statement(graph: ArgumentGraph, step: Step, standard: str, named: Callable[[str], str]) -> str:
    """Causes of a verdict's label under a proof standard; without one, those of another statement's."""
    pros, cons = _among(graph, step, EdgeKind.SUPPORT), _among(graph, step, EdgeKind.ATTACK)

    def weighed(name: str) -> str:
        return f"{named(name)} (weight {graph.node(name).base:.2f})"

    rule = f" by the standard of {standard}" if standard else ""
    if step.label == "in":
        out = f", as {_are(cons, 'out', named)}" if cons else ""
        listed = joined([weighed(name) for name in pros])
        verb = "is in and carries" if len(pros) == 1 else "are in and carry"
        return f"{listed} {verb} it{rule}{out}"
    if not pros and not cons:
        return "no argument for it is recorded"
    failed = _are(pros, "out", named) if pros else ""
    if not cons:
        return failed
    against = joined([weighed(name) for name in cons])
    beaten = (
        f"{against} {'is' if len(cons) == 1 else 'are'} in, and no argument for it stands up to that{rule}"
    )
    return f"{beaten}, as {failed}" if failed else beaten
