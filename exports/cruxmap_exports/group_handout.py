"""The handout of a group's meeting, one page: its grid, its cruxes, where it disagrees, what to read next."""

from __future__ import annotations

from dataclasses import replace
from textwrap import shorten
from typing import TYPE_CHECKING

from cruxmap.analysis.agenda import agenda
from cruxmap.analysis.disagreement import Disagreement
from cruxmap.group.item_sentences import joined
from cruxmap.matrix import KINDS, Cell, Matrix, Row
from cruxmap.model.entries import Proposal, Strategy
from cruxmap_exports.document import (
    Document,
    Heading,
    Item,
    Items,
    MatrixBlock,
    Paragraph,
    Part,
    plain,
    quiet,
    strong,
)
from cruxmap_exports.group_agenda import namer
from cruxmap_exports.handout import readings
from cruxmap_exports.matrix_view import matrix_view

if TYPE_CHECKING:
    from cruxmap.analysis.agenda import AgendaItem
    from cruxmap.group.record import Said
    from cruxmap.group.session_reading import SessionReading
    from cruxmap_exports.document import Block
    from cruxmap_exports.matrix_view import CellView, MatrixView

__all__ = ["group_handout", "group_matrix"]

MOST_CRUXES = 4
MOST_CELLS = 5


def group_handout(reading: SessionReading) -> Document:
    """Return the handout of a session.

    Raises
    ------
    StillSealedError
        Before the round is revealed.
    """
    kb, session = reading.kb, reading.session
    cruxes = _cruxes(reading)
    title = f"{session.question}"
    view = _view(reading)
    who = f"{len(reading.answers.readers)} readers · " if reading.is_linked else ""
    about = f"{session.date} · {who}round {reading.view.round}"
    left = Part((*_disagreements(reading), *_crux_blocks(reading, cruxes)), "side")
    right = Part((*_open(reading), *readings(kb, _to_read(reading, cruxes))), "side")
    blocks: list[Block] = [
        Heading(1, title),
        Paragraph((quiet(about),)),
        MatrixBlock(view, linked=False),
        Paragraph((strong("Signs"), plain(f" {_signs(reading)}.")), "legend"),
        Part((left, right), "pair"),
    ]
    return Document(title, tuple(blocks), "handout")


def group_matrix(reading: SessionReading) -> Matrix:
    """The group's marks as a matrix: rows and columns of the session's scope."""
    kb, marks = reading.kb, reading.marks
    names = list(dict.fromkeys(cell.partition("/")[0] for cell in (*reading.session.cells(), *marks)))
    used = {cell.partition("/")[2] for cell in (*reading.session.cells(), *marks)}
    rows, kinds = [], []
    for name in names:
        entry = kb.entries.get(name)
        if isinstance(entry, Proposal | Strategy):
            kinds.append(next(kind for kind, wanted in KINDS.items() if isinstance(entry, wanted)))
            cells = {
                criterion: Cell(mark.word, mark.word, mark.interval, (), 0, 0, "", cell, "")
                for cell, mark in marks.items()
                for owner, _, criterion in [cell.partition("/")]
                if owner == name and mark.word
            }
            rows.append(Row(entry.id, entry.number, entry.title, entry.short or entry.title, cells))
    rated = _rated_versions(reading)
    columns = tuple(
        replace(criterion, version=rated.get(criterion.id, criterion.version))
        for criterion in kb.criteria
        if criterion.id in used
    )
    kind = kinds[0] if len(set(kinds)) == 1 else "proposal"
    return Matrix(kind, "group", None, columns, tuple(rows), (), kb)


def _rated_versions(reading: SessionReading) -> dict[str, int]:
    """By criterion, the latest version that was marked: the one of today may ask something else."""
    found: dict[str, int] = {}
    for given in reading.answers.by_reader.values():
        for cell, answer in given.items():
            criterion = cell.partition("/")[2]
            found[criterion] = max(answer.criterion_version, found.get(criterion, 0))
    return found


def _view(reading: SessionReading) -> MatrixView:
    share = f"{reading.session.stop.consensus:.0%}"
    voice = (
        f"Voice: the group. A mark that at least {share} of the readers of a cell share, otherwise the range "
        "that their marks leave possible."
    )
    view = matrix_view(reading.kb, group_matrix(reading))
    rows = tuple(
        replace(row, cells=tuple(_short(reading, cell) if cell else None for cell in row.cells))
        for row in view.rows
    )
    sections = (replace(view.sections[0], rows=rows),)
    return replace(view, voice=voice, semantics="", left_out="", rows=rows, sections=sections)


def _short(reading: SessionReading, cell: CellView) -> CellView:
    """Write a range by the signs of its ends: words would not fit the column."""
    low, dots, high = cell.word.partition("..")
    if not dots:
        return cell
    glyphs = {level.id: level.glyph for level in reading.kb.scale_of(cell.criterion).levels}
    return replace(cell, glyph=glyphs[low], word=f"to {glyphs[high]}")


def _signs(reading: SessionReading) -> str:
    """Explain every sign in the grid, in the order of the scales."""
    used = {word for mark in reading.marks.values() for word in mark.word.split("..")}
    found: dict[str, None] = {}
    for criterion in reading.kb.criteria:
        scale = reading.kb.scale_of(criterion.id)
        for level in scale.levels:
            if level.id in used:
                found[f"{level.glyph} {level.id}"] = None
        for mark in scale.marks:
            if mark.id in used:
                found[f"{mark.glyph} {mark.id}"] = None
    return "; ".join(found)


def _disagreements(reading: SessionReading) -> tuple[Block, ...]:
    # The agenda puts off what was discussed; here readers still disagree on it.
    undiscounted = agenda(reading.answers, replace(reading.facts, covered={}))
    found = [*undiscounted.items, *undiscounted.further]
    apart = [item for item in found if item.disagreement or item.divergent][:MOST_CELLS]
    items = [_disagreement(reading, item) for item in apart]
    nothing = Paragraph((plain("Readers agree on every cell, and on why."),))
    return (Heading(2, "Where we disagree, and why"), Items(tuple(items)) if items else nothing)


def _disagreement(reading: SessionReading, item: AgendaItem) -> Item:
    """Say how many give which mark, and what they rest it on."""
    name = namer(reading.kb)
    by_mark: dict[str, list[str]] = {}
    counts: dict[str, int] = {}
    for given in reading.answers.by_reader.values():
        answer = given.get(item.cell)
        if answer is not None:
            counts[answer.mark] = counts.get(answer.mark, 0) + 1
            by_mark.setdefault(answer.mark, []).extend(answer.assumptions[:1])
    said = []
    for mark in sorted(counts, key=lambda word: (-counts[word], word)):
        why = joined(shorten(name(text), 80, placeholder=" …") for text in sorted(set(by_mark[mark])))
        said.append(f"{counts[mark]} {mark}{f' because of {why}' if why else ''}")
    state = reading.outcomes[item.cell].state
    stable = " A stable disagreement." if state == "stable-disagreement" else ""
    return Item((strong(name(item.cell)), plain(f": {'; '.join(said)}.{stable}")))


def _cruxes(reading: SessionReading) -> list[tuple[str, str, float]]:
    """Statement, verdict on which trading it between readers moves most, and by how much on average."""
    from cruxmap.analysis.impact import held_credences

    answers, graph = reading.answers, reading.graph
    if not reading.is_linked:
        return []
    held = {reader: held_credences(graph, answers, reader) for reader in answers.readers}
    if sum(bool(given) for given in held.values()) < 2:
        return []
    cells = tuple(cell for cell in reading.marks if cell in graph.index)
    found = Disagreement(graph, held, cells, seed=reading.seed)
    best: dict[str, tuple[str, float]] = {}
    for gap in found.gaps[: 2 * MOST_CRUXES]:
        for statement in found.among(gap.verdict, brief=True).statements:
            change = statement.swap.mean_change
            if change > best.get(statement.id, ("", 0.0))[1] and statement.id not in cells:
                best[statement.id] = (gap.verdict, change)
    ordered = sorted(best.items(), key=lambda item: (-round(item[1][1], 9), item[0]))
    return [(statement, verdict, change) for statement, (verdict, change) in ordered[:MOST_CRUXES]]


def _crux_blocks(reading: SessionReading, cruxes: list[tuple[str, str, float]]) -> tuple[Block, ...]:
    if not cruxes:
        return ()
    name = namer(reading.kb)
    items = tuple(
        Item(
            (
                strong(name(statement)),
                plain(f": trading it between two readers moves {name(verdict)} by {change:.2f} on average."),
            )
        )
        for statement, verdict, change in cruxes
    )
    said = "Strengths by quadratic-energy under each reader's credences."
    return (Heading(2, "Top cruxes"), Items(items), Paragraph((quiet(said),)))


def _open(reading: SessionReading) -> tuple[Block, ...]:
    questions = reading.record.state.questions
    if not questions:
        return ()
    items = tuple(
        Item((plain(shorten(item.text, 160, placeholder=" …")), quiet(_owned(item))))
        for item in questions[:MOST_CELLS]
    )
    return (Heading(2, "Open questions"), Items(items))


def _owned(question: Said) -> str:
    parts = [question.owner, f"by {question.due}" if question.due else ""]
    return f" — {', '.join(filter(None, parts))}" if any(parts) else ""


def _to_read(reading: SessionReading, cruxes: list[tuple[str, str, float]]) -> list[str]:
    """Statements to read up on: the cruxes, then what marks on the agenda rest on."""
    named = [statement for statement, _, _ in cruxes]
    for item in reading.agenda.items:
        for given in reading.answers.by_reader.values():
            answer = given.get(item.cell)
            named += answer.assumptions if answer else ()
    return [name for name in dict.fromkeys(named) if name in reading.kb.statements][:MOST_CRUXES]
