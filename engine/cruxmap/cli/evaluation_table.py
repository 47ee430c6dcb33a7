"""All verdicts of `cruxmap evaluate` in a compact table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.cli.matrix import STYLES, glyph
from cruxmap.cli.table import Line, print_row
from cruxmap.cli.wording import capitalised, criterion_name, number_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cruxmap.cli.evaluating import Scene
    from cruxmap.cli.output import Output

HEADS = ("strength", "label", "", "pro", "con", "the source says")
LONGEST_CRITERION = 27
"""Columns that the name of a criterion may take."""


def stance_words(scene: Scene, name: str) -> str:
    """Write the source's stance on a cell as glyph and word: `△ plausible`, `= 2 ◇ conditional`."""
    stance = scene.stance(name)
    if stance is None:
        return ""
    scale = scene.kb.scale_of(name.partition("/")[2])
    word = f"{glyph(scale, stance.word)} {stance.word}"
    if not stance.written.startswith("inherits:"):
        return word
    return f"{glyph(scale, stance.written)} {stance.written.removeprefix('inherits:')} {word}"


def print_verdicts(scene: Scene, names: Sequence[str], output: Output) -> None:
    """Print one line for each verdict, entry by entry."""
    kb, result = scene.kb, scene.evaluation
    if not names:
        output.line("This workspace has no entries that are assessed.")
        return
    criterion = min(LONGEST_CRITERION, max(len(criterion_name(kb, name.partition("/")[2])) for name in names))
    widths = (criterion, 8, 9, 7, 3, 3, max(17, output.width - criterion - 36))
    print_row(output, widths, [[Line("")], *([Line(head, {"dim": True})] for head in HEADS)])
    owner = ""
    for name in names:
        entry = name.partition("/")[0]
        if entry != owner:
            owner = entry
            number = getattr(kb.entries[entry], "number", None)
            title = str(getattr(kb.entries[entry], "title", entry))
            output.paragraph(f"{number}. {title}" if number else title, bold=True)
        verdict = result.verdicts[name]
        stance = scene.stance(name)
        cells = (
            Line(criterion_name(kb, name.partition("/")[2])),
            Line(f"    {verdict.strength:.2f}", {"bold": True}),
            Line(verdict.label),
            Line("fragile" if verdict.fragile else ""),
            Line(f"{verdict.pro:>3}"),
            Line(f"{verdict.con:>3}"),
            Line(stance_words(scene, name), STYLES.get(stance.word, {}) if stance else {}),
        )
        print_row(output, widths, [[cell] for cell in cells])
    output.line()
    fragile = sum(result.verdicts[name].fragile for name in names)
    output.paragraph(
        f"{capitalised(number_word(fragile, 'verdict'))} of {len(names)} {'is' if fragile == 1 else 'are'} "
        "fragile: another semantics, or one credence or weight moved by 0.1, takes the strength to the "
        "other side of 0.50. `cruxmap evaluate ID/CRITERION` says what shakes one. Arguments are counted "
        "with replies, by the side they end up on."
    )
    output.paragraph(scene.conventions.sentence(), dim=True)
