"""What stands in a cell of the matrix, in each voice."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, NamedTuple

from cruxmap.cli.matrix import glyph
from cruxmap.errors import CruxmapError
from cruxmap.matrix import cell as source_cell
from cruxmap.matrix import matrix
from cruxmap.model.entries import Proposal, Strategy
from cruxmap_tui.views.cells import shortened
from cruxmap_tui.wording import LABEL_SIGNS, STANCE_STYLES, change_sign

if TYPE_CHECKING:
    from cruxmap.knowledge import KnowledgeBase
    from cruxmap.matrix import Cell, Matrix
    from cruxmap.risk_criteria import RiskCell
    from cruxmap_tui.session import Session

VOICES = ("source", "computed", "both", "group", "group-beside-source")
GROUP_VOICES = VOICES[3:]
VOICE_TITLES = {"both": "source and computed", "group-beside-source": "source and group"}
BEARS = "● bears on"


class CellLine(NamedTuple):
    """One line of a cell and its style."""

    text: str
    style: str = ""


def voiced_matrix(
    kb: KnowledgeBase, kind: str, voice: str, group_by: str | None, sort: str
) -> tuple[Matrix, str]:
    """Build the table of a voice, and say which voice it is: the source's where the group has none."""
    if voice in GROUP_VOICES:
        from cruxmap.group.grid import group_matrix

        try:
            grouping = None if group_by == "stance" else group_by
            return group_matrix(kb, kind, group_by=grouping, sort=sort), voice
        except (CruxmapError, OSError):
            voice = VOICES[0]
    return matrix(kb, kind, group_by=group_by, sort=sort), voice


def _raters(cell: Cell, width: int) -> str:
    """Say how many marked a cell, and how far apart they are, in the longest form that fits."""
    count = f"{cell.raters} marks" if cell.raters != 1 else "1 mark"
    spread = "" if cell.spread is None else f"{cell.spread:.2f} apart"
    forms = [f"{count}, {spread}", f"n={cell.raters}, {spread.removesuffix(' apart')}"] if spread else []
    return next((form for form in [*forms, count] if len(form) <= width), f"n={cell.raters}")


def cell_lines(session: Session, verdict: str, cell: Cell, voice: str, width: int) -> list[CellLine]:
    """Return the lines of a cell.

    Parameters
    ----------
    session : Session
    verdict : str
        Id of the assessment.
    cell : Cell
        What the source says, or in the voice of the group what its readers hold.
    voice : str
        One of `VOICES`.
    width : int
        Columns available.
    """
    found = []
    if voice == "group-beside-source":
        entry, _, criterion = verdict.partition("/")
        own = session.kb.entries[entry]
        # A group may rate what no source has assessed.
        if isinstance(own, Proposal | Strategy) and criterion in own.assessments:
            found += _stance(session.kb, verdict, source_cell(session.kb, own, criterion), width)
    if voice != "computed":
        found += _stance(session.kb, verdict, cell, width)
    if voice in GROUP_VOICES:
        found.append(CellLine(_raters(cell, width), "dim"))
    if voice in ("computed", "both"):
        found += _computed(session, verdict, width)
    return found


def _stance(kb: KnowledgeBase, verdict: str, cell: Cell, width: int) -> list[CellLine]:
    scale = kb.scale_of(verdict.partition("/")[2])
    style = STANCE_STYLES.get(cell.word, "")
    sign = "↔" if ".." in cell.word else glyph(scale, cell.word)
    inherited = cell.stance.startswith("inherits:")
    forms = [f"{sign} {cell.word}"]
    if inherited:
        mark = f"{glyph(scale, cell.stance)}{cell.stance.removeprefix('inherits:')}"
        forms = [f"{sign} {cell.word} {mark}", f"{mark} {sign} {cell.word}"]
    whole = next((form for form in forms if len(form) <= width), None)
    if whole is not None:
        return [CellLine(whole, style)]
    wrapped = textwrap.wrap(
        forms[-1], width, subsequent_indent="  ", break_on_hyphens=True, break_long_words=False
    )
    # A word without a place to break is cut: the pane beside the table has the whole of it.
    return [CellLine(shortened(item, width), style) for item in wrapped]


def _computed(session: Session, verdict: str, width: int) -> list[CellLine]:
    before, after = session.before.strengths[verdict], session.after.strengths[verdict]
    old, new = session.before.labels[verdict], session.after.labels[verdict]
    sign = change_sign(before, after)
    moved = bool(sign) or old != new
    style = "bold $warning" if moved else "dim" if new == "undecided" else ""
    strength = f"{before:.2f}→{after:.2f}{sign}" if sign else f"{after:.2f}"
    label = f"{LABEL_SIGNS[new]} {new}" if old == new else f"{LABEL_SIGNS[old]}→{LABEL_SIGNS[new]} {new}"
    if len(label) + len(strength) < width:
        return [CellLine(f"{label} {strength}", style)]
    shown = strength if len(strength) <= width else f"→{after:.2f}{sign}"
    return [CellLine(label, style), CellLine(shown, style)]


def risk_cell(cell: RiskCell, width: int) -> CellLine:
    """Return what stands in a cell of a risk: whether it bears on the criterion, and on how many verdicts."""
    if not cell.bears:
        return CellLine("")
    number = f" {len(cell.verdicts)}" if cell.verdicts else ""
    forms = (f"{BEARS}{number}", f"{BEARS[0]}{number}")
    return CellLine(next((form for form in forms if len(form) <= width), forms[-1]), "bold")
