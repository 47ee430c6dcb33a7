"""Cards of the interactive page: all that is recorded on a cell, on an entry and on a statement.

They stand in the document itself, so that the page says everything without its script too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cruxmap.analysis.explanations import explain
from cruxmap_exports.argument_outline import argument_anchor, from_elsewhere, note_items, outline
from cruxmap_exports.document import Items, Paragraph, Span, plain, quiet, strong
from cruxmap_exports.document_html import blocks_html, isolated, spans_html
from cruxmap_exports.escape import html_attribute, html_text
from cruxmap_exports.matrix_html import cell_anchor, entry_anchor, hinge_anchor
from cruxmap_exports.naming import criterion_name, entry_mark, in_order, label
from cruxmap_exports.remarks import located

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cruxmap.analysis.evaluation import Evaluation
    from cruxmap.knowledge import KnowledgeBase
    from cruxmap_exports.document import Block, Item
    from cruxmap_exports.matrix_view import CellView, MatrixView, RowView

__all__ = ["Cards", "rests_on"]

_IDS = re.compile(r"(\w[\w./-]*\w)")


def rests_on(kb: KnowledgeBase, entry: str) -> tuple[str, ...]:
    """Statements that an entry is recorded as resting on, as comparisons count them."""
    found = kb.entries[entry]
    named = (*getattr(found, "assumptions", ()), *getattr(found, "secondary_assumptions", ()))
    return tuple(dict.fromkeys(named))


@dataclass(frozen=True)
class Cards:
    """Writes the cards of one page.

    Attributes
    ----------
    kb : KnowledgeBase
    view : MatrixView
    evaluation : Evaluation or None
        What computed figures come from; None in the source's voice.
    statements : tuple of str
        Statements that have a card, in the order of the page.
    places : mapping
        Anchor of everything that texts may name, by id.
    """

    kb: KnowledgeBase
    view: MatrixView
    evaluation: Evaluation | None
    statements: tuple[str, ...]
    places: Mapping[str, str]

    @classmethod
    def of(cls, kb: KnowledgeBase, view: MatrixView, evaluation: Evaluation | None) -> Cards:
        """Find out which statements the cells of a matrix lead to."""
        named: dict[str, None] = {item.id: None for item in view.hinges}
        places: dict[str, str] = {}
        for row in view.rows:
            named |= dict.fromkeys(rests_on(kb, row.id))
            for cell in filter(None, row.cells):
                place = f"{row.id}/{cell.criterion}"
                places[place] = cell_anchor(row.id, cell.criterion)
                for found in kb.arguments_for(place):
                    named |= dict.fromkeys((*found.argument.assumes, *found.argument.unless))
                    places[found.argument.id] = argument_anchor(found.argument.id)
        statements = tuple(name for name in in_order(kb, named) if name in kb.statements and "/" not in name)
        for name in statements:
            places[name] = hinge_anchor(name)
            for found in kb.arguments_for(name):
                places[found.argument.id] = argument_anchor(found.argument.id)
        return cls(kb, view, evaluation, statements, places)

    def entry(self, row: RowView, drawing: str) -> str:
        """Write what an entry is, then a card for each of its cells, then the drawing of its arguments."""
        anchor, name = html_attribute(entry_anchor(row.id)), f"{entry_mark(self.kb, row.id)} {row.title}"
        cells = "".join(self._cell(row, cell) for cell in row.cells if cell)
        return (
            f'<section class="card entry-card" id="{anchor}" data-entry="{html_attribute(row.id)}" '
            f'data-title="{html_attribute(name)}" aria-labelledby="{anchor}-name">\n'
            f'<h3 id="{anchor}-name">{isolated(name)}</h3>\n{self._about(row)}'
            f'<div class="cells">\n{cells}</div>\n{drawing}</section>\n'
        )

    def _about(self, row: RowView) -> str:
        entry = self.kb.entries[row.id]
        blocks: list[Block] = []
        summary = getattr(entry, "summary", None)
        if summary:
            blocks.append(Paragraph(located(summary), "summary"))
        incomplete = getattr(entry, "incomplete", None)
        if isinstance(incomplete, str) and incomplete:
            blocks.append(Paragraph((strong("Incomplete. "), plain(incomplete)), "warning"))
        built = [label(self.kb, name).title or name for name in getattr(entry, "mechanisms", ())]
        if built:
            blocks.append(Paragraph((quiet(f"Built from {'; '.join(built)}."),), "built"))
        resting = rests_on(self.kb, row.id)
        if resting:
            blocks.append(Paragraph((quiet("Rests on "), *self._listed(resting), quiet(".")), "rests-on"))
        return blocks_html(blocks, self.places)

    def _listed(self, names: Iterable[str]) -> list[Span]:
        spans: list[Span] = []
        for name in names:
            spans += [quiet("; ")] if spans else []
            spans.append(Span(label(self.kb, name).full, names=name))
        return spans

    def _cell(self, row: RowView, cell: CellView) -> str:
        anchor, criterion = cell_anchor(row.id, cell.criterion), criterion_name(self.kb, cell.criterion)
        heading = next(column.title for column in self.view.columns if column.id == cell.criterion)
        title = f"{entry_mark(self.kb, row.id)} {row.short}, {criterion}"
        inherited = f"{isolated(cell.inherited)}: " if cell.inherited else ""
        place = " ".join(filter(None, [cell.source, cell.at]))
        located = f' <span class="quiet">[{isolated(place)}]</span>' if place else ""
        figures = (
            f'<span class="figures">{html_text(cell.computed)}</span> · the source: ' if cell.computed else ""
        )
        return (
            f'<article class="card cell-card" id="{html_attribute(anchor)}" '
            f'data-entry="{html_attribute(row.id)}" data-criterion="{html_attribute(cell.criterion)}" '
            f'data-title="{html_attribute(title)}">\n<h4>{isolated(heading)}</h4>\n'
            f'<p class="verdict {html_attribute(cell.leaning)}">{figures}<span class="said">{inherited}'
            f'<span class="glyph">{html_text(cell.glyph)}</span> {isolated(cell.word)}</span>{located}</p>\n'
            f"{self._reasons(row, cell)}{self._explained(row, cell)}{self._argued(row, cell)}</article>\n"
        )

    def _reasons(self, row: RowView, cell: CellView) -> str:
        blocks: list[Block] = []
        if cell.reason:
            blocks.append(Paragraph((plain(cell.reason),), "reason"))
        if cell.hinges:
            listed = self._listed(item.id for item in cell.hinges)
            blocks.append(Paragraph((strong("Hinges on "), *listed, plain(".")), "hinges"))
        assessments = getattr(self.kb.entries[row.id], "assessments", {})
        other = getattr(assessments.get(cell.criterion), "alternative", None)
        if other:
            said = (quiet(f"Defensible too: {other.stance}. "), plain(other.reason))
            blocks.append(Paragraph(said, "alternative"))
        return blocks_html(blocks, self.places)

    def _explained(self, row: RowView, cell: CellView) -> str:
        if self.evaluation is None or cell.strength is None:
            return ""
        verdict = self.evaluation.verdict(f"{row.id}/{cell.criterion}")
        explanation = explain(self.evaluation, verdict, lambda name: label(self.kb, name).full or name)
        sentences = (spans_html(self._linked(text), self.places) for text in explanation.sentences)
        said = "".join(f"<li>{sentence}</li>" for sentence in sentences)
        summary = f"Why {cell.strength:.2f} and {cell.label}"
        return f'<details class="why"><summary>{html_text(summary)}</summary><ul>{said}</ul></details>\n'

    def _linked(self, sentence: str) -> list[Span]:
        """Divide a sentence so that the ids of arguments in it stand alone."""
        spans = [plain("")]
        for piece in _IDS.split(sentence):
            if piece in self.places:
                spans += [Span(piece, names=piece), plain("")]
            else:
                spans[-1] = plain(spans[-1].text + piece)
        return [span for span in spans if span.text]

    def _argued(self, row: RowView, cell: CellView) -> str:
        name = f"{row.id}/{cell.criterion}"
        assessments = getattr(self.kb.entries[row.id], "assessments", {})
        items = [*outline(self.kb, name), *note_items(getattr(assessments.get(cell.criterion), "notes", ()))]
        return self._arguments(name, items, f"Arguments: {cell.pro} for, {cell.con} against")

    def _arguments(self, name: str, items: Iterable[Item], summary: str) -> str:
        own = tuple(items)
        elsewhere = tuple(block for block in from_elsewhere(self.kb, name) if isinstance(block, Items))
        if not own and not elsewhere:
            return ""
        parts = [Items(own)] if own else []
        body = blocks_html(parts, self.places)
        if elsewhere:
            body += f'<p class="elsewhere">From other entries</p>\n{blocks_html(elsewhere, self.places)}'
        return f'<details class="arguments"><summary>{html_text(summary)}</summary>\n{body}</details>\n'

    def statement(self, name: str) -> str:
        """Write what a statement says, what turns on it, and what is argued about it."""
        anchor, title = html_attribute(hinge_anchor(name)), label(self.kb, name).full or name
        entry = self.kb.entries.get(name)
        text = located(entry) if entry is not None else (plain(self.kb.statements[name].text),)
        blocks: list[Block] = [Paragraph(text)]
        if self.evaluation is not None and name in self.evaluation.strengths:
            strength, status = self.evaluation.strengths[name], self.evaluation.labels[name]
            blocks.append(Paragraph((quiet(f"Computed: {strength:.2f}, {status}."),)))
        turning = [
            f"{row.id}/{cell.criterion}"
            for row in self.view.rows
            for cell in row.cells
            if cell and name in [item.id for item in cell.hinges]
        ]
        if turning:
            said = (strong("Would settle "), *self._listed(turning), plain("."))
            blocks.append(Paragraph(said, "turning"))
        resting = [row for row in self.view.rows if name in rests_on(self.kb, row.id)]
        if resting:
            marks = ", ".join(entry_mark(self.kb, row.id) for row in resting)
            blocks.append(Paragraph((quiet(f"Recorded as an assumption of {marks}."),)))
        argued = self._arguments(name, outline(self.kb, name), "What is argued about it")
        return (
            f'<article class="card statement" id="{anchor}" data-title="{html_attribute(title)}">\n'
            f"<h3>{isolated(title)}</h3>\n{blocks_html(blocks, self.places)}{argued}</article>\n"
        )
