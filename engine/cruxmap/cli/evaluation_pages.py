"""Pages of `cruxmap evaluate` about one verdict, statement, argument or entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.analysis.explanations import because, explain, signed
from cruxmap.cli.evaluation_table import stance_words
from cruxmap.cli.wording import capitalised, criterion_name, number_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cruxmap.analysis.evaluation import Verdict
    from cruxmap.analysis.explanations import Explanation
    from cruxmap.cli.evaluating import Scene
    from cruxmap.cli.output import Output
    from cruxmap.model.entries import Proposal, Strategy

STEADY = (
    "Nothing: no other semantics, and no single credence or weight moved by 0.1, takes it to the other side "
    "of 0.50."
)


def print_node(scene: Scene, name: str, output: Output) -> None:
    """Print everything about one verdict, statement or argument."""
    verdict = scene.evaluation.verdict(name)
    explanation = explain(scene.evaluation, verdict, scene.named)
    _print_title(scene, name, output)
    output.line()
    output.paragraph(_summary(scene, verdict))
    _print_contributions(scene, verdict, output)
    output.heading("Why it is " + verdict.label)
    _print_sentences(explanation.label, output)
    if explanation.failure:
        output.heading("When it fails")
        _print_sentences(explanation.failure, output)
    output.heading("What shakes it")
    _print_sentences(explanation.fragility or (STEADY,), output)
    output.line()
    output.paragraph(scene.conventions.sentence(), dim=True)


def _print_title(scene: Scene, name: str, output: Output) -> None:
    kb = scene.kb
    node = scene.evaluation.graph.node(name)
    if node.kind == "assessment":
        title = str(getattr(kb.entries[node.entry], "title", node.entry))
        output.paragraph(f"{title}: {criterion_name(kb, name.partition('/')[2])}", bold=True)
    else:
        output.paragraph(scene.named(name), bold=True)
    output.line(output.style(f"{node.kind} {name}", dim=True))
    if node.kind != "assessment":
        output.paragraph(node.text)


def _summary(scene: Scene, verdict: Verdict) -> str:
    stance = stance_words(scene, verdict.id)
    flag = ", fragile" if verdict.fragile else ""
    parts = [f"Strength {verdict.strength:.2f}, label {verdict.label}{flag}."]
    if stance:
        parts.append(f"The source says {stance} ({scene.at(verdict.id) or 'no locator'}).")
    if verdict.pro or verdict.con:
        counted = f"{number_word(verdict.pro, 'argument')} for it, {number_word(verdict.con)} against"
        parts.append(f"{capitalised(counted)}, replies included.")
    return " ".join(parts)


def _print_contributions(scene: Scene, verdict: Verdict, output: Output) -> None:
    """Print what each direct argument adds, largest first."""
    result = scene.evaluation
    node = result.graph.node(verdict.id)
    output.heading("Where the strength comes from")
    fixed = result.fixed.get(verdict.id)
    if fixed in ("in", "out"):
        output.paragraph(f"It was set to {fixed}, whatever bears on it.", indent=2)
        return
    if node.kind == "argument":
        own = because(result, verdict.id, scene.named).removeprefix("because it ")
        output.paragraph(f"It {own}.", indent=2)
    items = verdict.contributions.items
    if not items:
        if node.kind != "argument":
            output.paragraph(f"Its own credence of {node.base:.2f}: no argument bears on it.", indent=2)
        return
    start = verdict.strength - sum(item.value for item in items)
    output.paragraph(f"Without them it would be {start:.2f}; each adds:", indent=2)
    for item in items:
        reason = because(result, item.id, scene.named).removeprefix("because it ")
        output.paragraph(
            f"{scene.named(item.id)}, at {result.strengths[item.id]:.2f}: {reason}.",
            indent=2,
            first=f"{signed(item.value)}  ",
        )
    if verdict.contributions.samples:
        error = max(item.standard_error for item in items)
        output.paragraph(
            f"Sampled: seed {verdict.contributions.seed}, n = {verdict.contributions.samples} orders, "
            f"standard error at most {error:.4f}.",
            indent=2,
            dim=True,
        )


def _print_sentences(sentences: Sequence[str], output: Output) -> None:
    for sentence in sentences:
        output.paragraph(sentence, indent=2)


def print_entry(scene: Scene, entry: Proposal | Strategy, names: Sequence[str], output: Output) -> None:
    """Print the cells of one entry, each explained in a few sentences."""
    title = f"{entry.number}. {entry.title}" if entry.number else entry.title
    output.paragraph(title, bold=True)
    if not names:
        output.paragraph("It is not assessed against any criterion in use.")
    for name in names:
        verdict = scene.evaluation.verdict(name)
        explanation = explain(scene.evaluation, verdict, scene.named)
        output.heading(capitalised(criterion_name(scene.kb, name.partition("/")[2])))
        output.paragraph(_summary(scene, verdict), indent=2)
        _print_sentences(_short(explanation), output)
    output.line()
    output.paragraph(scene.conventions.sentence(), dim=True)


def _short(explanation: Explanation) -> list[str]:
    """What an overview of several cells reads out of an explanation."""
    return [explanation.strength[0], *explanation.label[:2], *explanation.failure, *explanation.fragility]
