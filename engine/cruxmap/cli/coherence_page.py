"""The page of `cruxmap evaluate --coherence`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.analysis.coherence import FIRM, NEAR
from cruxmap.analysis.explanations import signed
from cruxmap.cli.evaluation_table import stance_words
from cruxmap.cli.wording import capitalised, joined, number_word, percent, verdict_name

if TYPE_CHECKING:
    from cruxmap.analysis.coherence import Coherence, CoherenceCell
    from cruxmap.cli.evaluating import Scene
    from cruxmap.cli.output import Output

NAMED = 3
"""Arguments named as pulling a cell away from its stance."""


def print_coherence(scene: Scene, found: Coherence, output: Output) -> None:
    """Print how far strengths and stances agree, and the cells where they agree least."""
    output.paragraph("Do the recorded arguments bear out the recorded stances?", bold=True)
    output.line()
    output.paragraph(_firm(found))
    output.paragraph(_unsettled(found))
    if found.other:
        output.paragraph(f"{capitalised(number_word(len(found.other), 'cell'))} with other marks left out.")
    worst = found.worst()
    output.heading(
        f"Where they part most ({number_word(len(worst), 'cell')})" if worst else "Nowhere do they part"
    )
    for cell in worst:
        output.paragraph(_cell(scene, cell), indent=2, first="- ")
    output.line()
    output.paragraph(
        "A cell parts from its stance by how far its strength lies from where the stance has it: at least "
        f"{NEAR:g} beyond neutral on the side to which a firm stance leans, within {NEAR:g} of neutral "
        "or fragile where the source leaves the question open or conditional. A gap may be a mistake of the "
        "encoding, a reason that the source weighs and nobody recorded, or the semantics; the page cannot "
        "say which.",
        dim=True,
    )
    output.paragraph(scene.conventions.sentence(), dim=True)


def _firm(found: Coherence) -> str:
    count = len(found.firm)
    if found.spearman is None or found.without_one is None:
        return (
            f"{capitalised(number_word(count, 'cell'))} with a firm stance: too few or too equal to compare."
        )
    low, high = found.without_one
    return (
        f"Over the {number_word(count, 'cell')} with a firm stance ({joined(FIRM, 'or')}; an inherited "
        f"stance counts once, where it is stated) strength follows stance with Spearman's rank correlation "
        f"{found.spearman:.2f}; leaving out any one cell gives {low:.2f} to {high:.2f}."
    )


def _unsettled(found: Coherence) -> str:
    if not found.unsettled:
        return "No cell is left open or conditional."
    share = percent(found.near_or_fragile / found.unsettled)
    return (
        f"Of the {number_word(found.unsettled, 'cell')} that the source leaves open or conditional, "
        f"{number_word(found.near_or_fragile)} ({share}) come out within {NEAR:g} of neutral "
        f"({found.near}) or fragile ({found.fragile})."
    )


def _cell(scene: Scene, cell: CoherenceCell) -> str:
    much = "higher" if cell.side > 0 else "lower"
    text = (
        f"{verdict_name(scene.kb, cell.id)}: {stance_words(scene, cell.id)}, strength {cell.strength:.2f}, "
        f"{cell.gap:.2f} {much} than the stance has it; {number_word(cell.pro)} for, {number_word(cell.con)} "
        "against."
    )
    if not cell.pulling:
        side = "for" if cell.side < 0 else "against"
        return f"{text} Nothing pulls it there: look for a missing argument {side} it."
    listed = [f"{scene.named(name)} ({signed(value)})" for name, value in cell.pulling[:NAMED]]
    way = "up" if cell.side > 0 else "down"
    return f"{text} Look at what pulls it {way}: {joined(listed)}."
