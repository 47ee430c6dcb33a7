"""`cruxmap matrix`: the comparison matrix as text or JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cruxmap.cli.analysis_options import analysis_options
from cruxmap.cli.output import Output, common, load
from cruxmap.cli.table import Content, Line, print_row, wrap
from cruxmap.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cruxmap.cli.analysis_options import Conventions
    from cruxmap.knowledge import KnowledgeBase
    from cruxmap.matrix import Cell, Matrix, Row
    from cruxmap.model.vocabulary import Scale

STYLES: dict[str, dict[str, object]] = {
    "likely-fails": {"fg": "yellow", "bold": True},
    "doubtful": {"fg": "yellow"},
    "plausible": {"fg": "blue"},
    "likely": {"fg": "blue", "bold": True},
    "asserted": {"fg": "blue", "bold": True},
}
"""Colour-blind safe, and never the only sign: glyph and word say the same."""

SMALLEST_TITLE, SMALLEST_CELL = 14, 8
WIDE_COMPUTED = 23
"""From this width on strength, label and flag stand on one line."""
LONGEST_KEPT = 50
"""Hinges shorter than this are not broken across lines of the legend."""
FULL_TITLE = 40
"""From this width on rows carry their full title."""


@click.command(epilog="Example: cruxmap matrix --criteria inner,outer --sort inner")
@click.option("--kind", default="proposal", show_default=True, help="Rows: proposal, strategy or risk.")
@click.option(
    "--voice",
    type=click.Choice(["source", "computed", "group"]),
    default="source",
    show_default=True,
    help="Who speaks: the source, its recorded arguments, or a group that rated.",
)
@click.option("--criteria", metavar="A,B", help="Columns, by id, prefix or heading.")
@click.option("--group-by", metavar="WHAT", help="List rows by mechanism, assumption or stance.")
@click.option("--sort", default="number", show_default=True, help="number, title or a criterion.")
@click.option("--risks", is_flag=True, help="Risks against the strategies that address or raise them.")
@click.option("--incomplete", is_flag=True, help="Show entries that are marked as incomplete too.")
@click.option("--wide", is_flag=True, help="Write hinges out instead of numbering them.")
@analysis_options
@common
def command(
    kind: str,
    voice: str,
    criteria: str | None,
    group_by: str | None,
    sort: str,
    wide: bool,
    *,
    risks: bool,
    incomplete: bool,
    conventions: Conventions,
    output: Output,
    workspace: str | None,
) -> None:
    """Entries against criteria, every cell with stance, hinge and locator.

    The words are readings of the source's hedges, not grades: `open` and `conditional` leave the whole scale
    possible. The computed voice puts strength and label of what the recorded arguments come to above each
    stance; the options from --semantics to --reader belong to it. The group's voice is what readers last
    revealed: the mark that three quarters share or the range of all, the number of raters, and their spread.
    """
    from cruxmap.matrix import require_voice

    require_voice(voice)
    if voice != "computed" and (conventions.settings or conventions.file or conventions.reader):
        whose = "stances do" if voice == "source" else "readers' marks do"
        raise UsageError(f"{whose} not change with credences; add --voice computed to see what moves")
    kb = load(workspace)
    if risks:
        from cruxmap.cli.risk_table import print_risk_table

        print_risk_table(kb, output)
        return
    columns = [name.strip() for name in criteria.split(",") if name.strip()] if criteria else []
    if kind == "risk":
        from cruxmap.cli.risk_table import print_risk_criteria

        _refuse_for_risks(voice, group_by, sort)
        print_risk_criteria(kb, columns, output)
        return
    chosen: dict[str, Any] = {"criteria": columns, "group_by": group_by, "sort": sort}
    chosen["incomplete"] = incomplete
    if voice == "computed":
        chosen |= conventions.matrix_options(kb)
    table = kb.matrix(kind, voice=voice, **chosen)
    if output.json:
        output.document(table.as_data())
    else:
        print_matrix(kb, table, output, wide=wide)
        if voice == "computed":
            output.paragraph(conventions.sentence(), first="       ")
        if not incomplete:
            _say_what_is_left_out(kb, table, output)


def _refuse_for_risks(voice: str, group_by: str | None, sort: str) -> None:
    if voice != "source" or group_by or sort != "number":
        raise UsageError(
            "risks are not assessed, so that --voice, --group-by and --sort have nothing to work on; "
            "`cruxmap evaluate RISK` computes whether one comes about"
        )


def _say_what_is_left_out(kb: KnowledgeBase, table: Matrix, output: Output) -> None:
    from cruxmap.matrix import KINDS, is_incomplete

    left = [entry.title for entry in kb.of_kind(KINDS[table.kind]) if is_incomplete(entry)]
    if left:
        output.paragraph(f"{', '.join(left)}: incomplete, shown with --incomplete", first="Not shown  ")


def print_matrix(kb: KnowledgeBase, table: Matrix, output: Output, *, wide: bool) -> None:
    """Print a matrix with its legend."""
    if not table.rows:
        output.line(f"This workspace has no entries of kind {table.kind}.")
        return
    written = wide or output.width >= 140
    widths = _widths(table, output.width)
    heads: list[Content] = [[], wrap(table.kind.capitalize(), widths[1], bold=True)]
    for item, width in zip(table.criteria, widths[2:], strict=True):
        heads.append([Line(item.title if len(item.title) <= width else item.short, {"bold": True})])
    rows = {row.id: row for row in table.rows}
    print_row(output, widths, heads)
    sections = [(group.title, [rows[name] for name in group.rows]) for group in table.groups] or [
        ("", list(table.rows))
    ]
    for title, members in sections:
        if title:
            output.line()
            output.line(output.style(f"{title} ({len(members)})", bold=True))
        for row in members:
            print_row(output, widths, _row_cells(kb, table, row, widths, written=written))
    _print_legend(kb, table, output, written=written)


def _widths(table: Matrix, total: int) -> list[int]:
    columns = len(table.criteria)
    number = max((len(str(row.number or "")) for row in table.rows), default=1)
    needed = [len(item.short) for item in table.criteria]
    for place, item in enumerate(table.criteria):
        words = [len(row.cells[item.id].word) + 2 for row in table.rows if item.id in row.cells]
        needed[place] = max(words, default=needed[place])
    left = total - number - 1 - columns
    title = max(SMALLEST_TITLE, min(left - sum(needed), 44))
    spare = max(0, left - title - sum(needed)) // max(1, columns)
    cells = [max(SMALLEST_CELL, width + spare) for width in needed]
    while number + 1 + title + columns + sum(cells) > total and max(cells) > SMALLEST_CELL:
        cells[cells.index(max(cells))] -= 1
    return [number, title, *cells]


def _row_cells(
    kb: KnowledgeBase, table: Matrix, row: Row, widths: Sequence[int], *, written: bool
) -> list[Content]:
    name = row.title if widths[1] >= FULL_TITLE else row.short
    title = wrap(name, widths[1], hyphens=True, bold=True)
    cells: list[Content] = [[Line(str(row.number or "").rjust(widths[0]))], title]
    for item, width in zip(table.criteria, widths[2:], strict=True):
        cell = row.cells.get(item.id)
        cells.append(
            _cell_lines(kb, cell, kb.scale_of(item.id), width, written=written) if cell else [Line("")]
        )
    return cells


def _cell_lines(kb: KnowledgeBase, cell: Cell, scale: Scale, width: int, *, written: bool) -> Content:
    if cell.strength is not None:
        return _computed_lines(cell, scale, width)
    if cell.raters is not None:
        spread = "" if cell.spread is None else f" {cell.spread:.2f}"
        return [_stance_line(cell, scale, width), Line(f"n={cell.raters}{spread}", {"dim": True})]
    locator = cell.at.split(" ", 1)[-1]
    lines = [_stance_line(cell, scale, width)]
    hinges = [hinge_label(kb, name, written=written) for name in cell.hinges]
    if written:
        lines.append(Line(locator, {"dim": True}))
        for hinge in hinges:
            lines += wrap(hinge, width, dim=True)
        return lines
    tail = locator
    for done, hinge in enumerate(hinges):
        rest = len(hinges) - done - 1
        if len(tail) + len(hinge) + 1 + (3 if rest else 0) > width:
            tail += f" +{len(hinges) - done}"
            break
        tail += f" {hinge}"
    return [*lines, Line(tail, {"dim": True})]


def _stance_line(cell: Cell, scale: Scale, width: int) -> Line:
    """The source's stance as glyph and word; an inherited one in the longest form that fits."""
    low, dots, high = cell.word.partition("..")
    if dots:
        signs = f"{glyph(scale, low)}..{glyph(scale, high)}"
        return Line(f"{signs} {cell.word}" if len(signs) + len(cell.word) < width else signs)
    if not cell.stance.startswith("inherits:"):
        return Line(f"{glyph(scale, cell.word)} {cell.word}", STYLES.get(cell.word, {}))
    sign, number = glyph(scale, cell.stance), cell.stance.removeprefix("inherits:")
    forms = (
        f"{sign} as {number}: {cell.word}",
        f"{sign} as {number} ({glyph(scale, cell.word)})",
        f"{sign}{number} {glyph(scale, cell.word)}",
    )
    return Line(next((form for form in forms if len(form) <= width), forms[-1]))


def _computed_lines(cell: Cell, scale: Scale, width: int) -> Content:
    """Strength, fragile flag and label above the source's stance; always as many lines at one width."""
    flag = " fragile" if cell.fragile else ""
    strength = f"{cell.strength:.2f}"
    if width >= WIDE_COMPUTED:
        heads = [f"{strength} {cell.label}{',' if flag else ''}{flag}"]
    else:
        heads = [strength + flag, str(cell.label)]
        if len(heads[0]) > width:
            heads[:1] = [strength, flag.strip()]
    return [*(Line(head, {"bold": True}) for head in heads), _stance_line(cell, scale, width)]


def glyph(scale: Scale, word: str) -> str:
    """Return the glyph of a level, mark or inherited stance."""
    if word.startswith("inherits:"):
        return scale.inherited.glyph if scale.inherited else "="
    glyphs = {item.id: item.glyph for item in scale.levels} | {item.id: item.glyph for item in scale.marks}
    if word in glyphs:
        return glyphs[word]
    return "~" if ".." in word else "?"


def hinge_label(kb: KnowledgeBase, name: str, *, written: bool) -> str:
    """Name a hinge by its number, or by number and title where there is room."""
    entry = kb.entries.get(name)
    number = str(getattr(entry, "number", None) or name)
    return f"{number} {entry.title}" if written and entry is not None and hasattr(entry, "title") else number


def _print_legend(kb: KnowledgeBase, table: Matrix, output: Output, *, written: bool) -> None:
    scales: list[Scale] = []
    for item in table.criteria:
        scale = kb.scale_of(item.id)
        if scale not in scales:
            scales.append(scale)
    cells = [cell for row in table.rows for cell in row.cells.values()]
    used = {cell.word for cell in cells}
    inherited = any(cell.stance.startswith("inherits:") for cell in cells)
    output.line()
    for scale in scales:
        names = [item.id for item in scale.levels] + [item.id for item in scale.marks]
        signs = [f"{glyph(scale, name)} {name}" for name in names if name in used]
        if scale.inherited and inherited:
            signs.append(f"{scale.inherited.glyph} as another")
        output.paragraph("  ".join(sign.replace(" ", "\u00a0") for sign in signs), first="Signs  ")
    hinges = sorted({name for cell in cells for name in cell.hinges}, key=lambda name: _order(kb, name))
    if table.voice == "computed":
        hinges = []
    if hinges and not written:
        labels = [hinge_label(kb, name, written=True) for name in hinges]
        kept = [label.replace(" ", "\u00a0") if len(label) < LONGEST_KEPT else label for label in labels]
        output.paragraph("; ".join(kept), first="Hinges ")
    if _widths(table, output.width)[1] < FULL_TITLE:
        shortened = abbreviations({row.short: row.title for row in table.rows})
        if shortened:
            output.paragraph(
                "; ".join(f"{short} {full}" for short, full in shortened.items()), first="Names  "
            )
    sources = dict.fromkeys(cell.at.split(" ", 1)[0] for cell in cells if " " in cell.at)
    voice = _whose_stances(tuple(sources), own=any(not cell.at for cell in cells))
    if table.voice == "group":
        voice = (
            "the group: the mark that three quarters share of those revealed last, else the range of all; "
            "below it how many rated, and their spread (0 the same mark, 1 the two ends of the scale)"
        )
    if table.voice == "computed":
        voice = f"what the recorded arguments come to (0 to 1; in, out or undecided), above {voice}"
    output.paragraph(voice, first="Voice  ")


def _whose_stances(sources: tuple[str, ...], *, own: bool) -> str:
    """Say whose words the stances are: a mark without a locator is the group's and no source's."""
    said = f"the source's stance ({', '.join(sources)}), in words that summarise its hedges"
    if not sources:
        return "the group's own marks, for which no source is named" if own else said
    return f"{said}; where no source is named, the group's own marks" if own else said


def abbreviations(titles: dict[str, str]) -> dict[str, str]:
    """Explain capital abbreviations in short titles by the words of the full title whose initials they are.

    Examples
    --------
    >>> abbreviations({"Imitation + RAT": "Imitation + relaxed adversarial training", "STEM AI": "STEM AI"})
    {'RAT': 'relaxed adversarial training'}
    """
    found: dict[str, str] = {}
    for short, title in titles.items():
        words = title.split()
        for mark in (
            word for word in short.split() if word.isupper() and len(word) > 1 and word not in words
        ):
            for start in range(len(words) - len(mark) + 1):
                run = words[start : start + len(mark)]
                if "".join(word[0].upper() for word in run) == mark:
                    found.setdefault(mark, " ".join(run).lower())
    return found


def _order(kb: KnowledgeBase, name: str) -> tuple[int, str]:
    digits = "".join(
        character for character in str(getattr(kb.entries.get(name), "number", "")) if character.isdigit()
    )
    return (int(digits) if digits else 10**6, name)
