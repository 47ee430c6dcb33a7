"""What the pane beside the matrix says about a risk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.cli.wording import short_name
from cruxmap.model.entries import Risk
from cruxmap.model.parts import VERIFIED
from cruxmap_tui.safe import joined, line, text
from cruxmap_tui.wording import named

if TYPE_CHECKING:
    from textual.content import Content

    from cruxmap.knowledge import KnowledgeBase
    from cruxmap.model.parts import Remark
    from cruxmap.risk_criteria import RiskCriteria


def risk_lines(kb: KnowledgeBase, row: RiskCriteria, criterion: str) -> list[Content]:
    """Return the lines about one risk, those of the criterion under the cursor first.

    Parameters
    ----------
    kb : KnowledgeBase
    row : RiskCriteria
    criterion : str
        Id of the column; empty for the risk as a whole.
    """
    risk = kb.entries[row.id]
    assert isinstance(risk, Risk)
    ours = "; our reading" if risk.reading == "ours" else ""
    severity = f"  {risk.severity}" if risk.severity else ""
    parts = [
        joined([line(risk.title, "bold"), line(severity, "dim")]),
        joined([text(risk.text), line(f"  [{row.at or 'no locator'}{ours}]", "dim")]),
    ]
    if criterion:
        parts += [line(""), *_criterion(kb, row, criterion)]
    threatened = (("Threatens", risk.threatens), ("Threatens, by our reading", risk.threatens_ours))
    for title, names in threatened:
        if names:
            listed = ", ".join(short_name(kb, name) for name in names)
            parts += [line(""), joined([line(f"{title}  ", "bold"), line(listed)])]
    for title, remarks in (
        ("Preconditions", risk.preconditions),
        ("How it could be detected", risk.detection),
        ("What is named against it", risk.mitigations),
    ):
        if remarks:
            parts += [line(""), line(title, "bold"), *(_remark(item) for item in remarks)]
    return parts


def _criterion(kb: KnowledgeBase, row: RiskCriteria, criterion: str) -> list[Content]:
    cell, title = row.cells[criterion], str(getattr(kb.entries[criterion], "title", criterion))
    if not cell.bears:
        return [line(f"{title}: nothing says that the risk bears on it.", "dim")]
    parts = [joined([line("● bears on ", "bold"), line(title)])]
    if cell.verdicts:
        listed = ", ".join(named(kb, name) for name in cell.verdicts)
        parts.append(line(f"Argued with it: {listed}"))
    return parts


def _remark(remark: Remark) -> Content:
    ours = "our reading" if remark.reading == "ours" else ""
    inside = "; ".join(filter(None, (remark.at, ours, VERIFIED.get(remark.verified, ""))))
    return joined([line("· "), text(remark.text), line(f"  [{inside}]" if inside else "", "dim")])
