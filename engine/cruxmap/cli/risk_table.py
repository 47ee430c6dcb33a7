"""The table of risks against strategies, as text or JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.cli.table import Line, print_row, wrap
from cruxmap.matrix import criterion_named
from cruxmap.model.entries import Strategy
from cruxmap.risk_criteria import risk_criteria
from cruxmap.risk_table import risk_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cruxmap.cli.output import Output
    from cruxmap.cli.table import Content
    from cruxmap.knowledge import KnowledgeBase
    from cruxmap.risk_criteria import RiskCell

BEARS, BEARS_ASCII = "●", "x"
NARROW, GAP = 14, 3
"""Width of the columns of strategies at 80 columns, and what separates columns."""


def print_risk_table(kb: KnowledgeBase, output: Output) -> None:
    """Print each risk with the strategies against it and those that raise it, by number."""
    rows = risk_table(kb)
    if output.json:
        output.document({"schema": 1, "risks": [row.as_data() for row in rows]})
        return
    side = max(NARROW, min(30, (output.width - 40) // 2))
    widths = [output.width - 2 * side - 2 * GAP, side, side]

    def numbers(names: tuple[str, ...]) -> Content:
        return wrap(" ".join(str(getattr(kb.entries[name], "number", name)) for name in names), side)

    heads = ("Risk", "Meant against", "Raised by")
    print_row(output, widths, [[Line(head, {"bold": True})] for head in heads], " " * GAP)
    for row in rows:
        severity = f" ({row.severity})" if row.severity else ""
        title = wrap(row.title + severity, widths[0])
        print_row(output, widths, [title, numbers(row.against), numbers(row.raised_by)], " " * GAP)
    output.line()
    used = {name for row in rows for name in (*row.against, *row.raised_by)}
    strategies = [item for item in kb.of_kind(Strategy) if item.id in used]
    named = [f"{item.number} {item.short or item.title}".replace(" ", "\u00a0") for item in strategies]
    output.paragraph("; ".join(named), first="Strategies  ")
    output.paragraph("hubinger2023, by the entries of risks and strategies", first="Source      ")


def print_risk_criteria(kb: KnowledgeBase, criteria: Sequence[str], output: Output) -> None:
    """Print each risk with a mark under every criterion that it bears on."""
    columns = [criterion_named(kb, name) for name in criteria] or kb.criteria
    rows = risk_criteria(kb, [item.id for item in columns])
    if output.json:
        heads = [{"id": item.id, "name": item.title} for item in columns]
        data = {"schema": 1, "kind": "risk", "voice": "source", "semantics": None, "criteria": heads}
        output.document({**data, "rows": [row.as_data() for row in rows]})
        return
    if not rows:
        output.line("This workspace has no entries of kind risk.")
        return
    sides = [len(item.short) for item in columns]
    widths = [output.width - sum(sides) - GAP * len(sides), *sides]
    print_row(
        output,
        widths,
        [
            [Line("Risk", {"bold": True})],
            *([Line(item.short, {"bold": True})] for item in columns),
        ],
        " " * GAP,
    )
    mark = BEARS_ASCII if output.ascii else BEARS
    for row in rows:
        severity = f" ({row.severity})" if row.severity else ""
        cells = [row.cells[item.id] for item in columns]
        shown = [[Line(_cell_text(cell, mark))] for cell in cells]
        print_row(output, widths, [wrap(row.title + severity, widths[0]), *shown], " " * GAP)
    output.line()
    meaning = (
        "the entry says that the risk bears on the criterion; a number counts the verdicts argued with it"
    )
    output.paragraph(meaning, first=f"{mark}           ")
    output.paragraph("the works of the entries: `cruxmap list risk`", first="Source      ")


def _cell_text(cell: RiskCell, mark: str) -> str:
    number = f" {len(cell.verdicts)}" if cell.verdicts else ""
    return f"{mark if cell.bears else ''}{number}".strip()
