"""The pane that explains one cell of the matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work
from textual.worker import get_current_worker

from cruxmap.cli.matrix import glyph
from cruxmap.matrix import cell
from cruxmap.model.entries import Proposal, Strategy
from cruxmap.model.parts import VERIFIED
from cruxmap.model.vocabulary import Criterion
from cruxmap_tui.safe import Words, joined, line, lines, set_titles, text
from cruxmap_tui.views.risk_detail import risk_lines
from cruxmap_tui.widgets.moving import Scroll
from cruxmap_tui.wording import STANCE_STYLES, label_change, named, set_in_words, strength_change

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content

    from cruxmap.analysis.evaluation import Evaluation
    from cruxmap.analysis.explanations import Explanation
    from cruxmap.knowledge import PlacedArgument
    from cruxmap.risk_criteria import RiskCriteria
    from cruxmap_tui.session import Session


class CellDetail(Scroll):
    """What a cell means: question, stance and reason, computed verdict and why, arguments for and against."""

    def __init__(self, session: Session, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._session = session
        self._verdict = ""
        self._explained: dict[str, Explanation] = {}
        self._explained_for: Evaluation | None = None

    def compose(self) -> ComposeResult:
        """Hold one text."""
        yield Words()

    def show(self, verdict: str) -> None:
        """Explain a cell; what takes long to compute follows."""
        if verdict != self._verdict:
            self.scroll_home(animate=False)
        self._verdict = verdict
        if self._explained_for is not self._session.after:
            self._explained_for, self._explained = self._session.after, {}
        self._render_detail()
        if verdict and verdict not in self._explained:
            self._explain(verdict, self._session.after)

    def clear(self, message: str) -> None:
        """Show that there is nothing to explain."""
        self._verdict = ""
        set_titles(self, "Cell", "")
        self.query_one(Words).say(line(message, "dim"))

    def show_risk(self, row: RiskCriteria, criterion: str) -> None:
        """Explain a risk: what it is, what it threatens, and what is known about it."""
        kb = self._session.kb
        self._verdict = ""
        set_titles(self, "Risk", "Enter the whole entry · w what if")
        self.query_one(Words).say(lines(risk_lines(kb, row, criterion)))
        self.scroll_home(animate=False)

    @work(thread=True, exclusive=True, group="explain", description="explain")
    def _explain(self, verdict: str, evaluation: Evaluation) -> None:
        from cruxmap.analysis.explanations import explain

        worker = get_current_worker()
        kb = self._session.kb
        explanation = explain(evaluation, evaluation.verdict(verdict), lambda name: named(kb, name))
        if not worker.is_cancelled:
            self.app.call_from_thread(self._take, verdict, evaluation, explanation)

    def _take(self, verdict: str, evaluation: Evaluation, explanation: Explanation) -> None:
        if evaluation is self._session.after:
            self._explained[verdict] = explanation
            if verdict == self._verdict:
                self._render_detail()

    def _render_detail(self) -> None:
        verdict = self._verdict
        kb = self._session.kb
        entry = kb.entries[verdict.partition("/")[0]]
        assert isinstance(entry, Proposal | Strategy)
        set_titles(self, named(kb, verdict), "Enter arguments · w what if")
        parts = [line(entry.title, "bold"), *self._source(entry), *self._computed(), *self._arguments()]
        self.query_one(Words).say(lines(parts))

    def _source(self, entry: Proposal | Strategy) -> list[Content]:
        kb, criterion = self._session.kb, self._verdict.partition("/")[2]
        asked = kb.entries[criterion]
        assert isinstance(asked, Criterion)
        given = cell(kb, entry, criterion)
        sign = glyph(kb.scale_of(criterion), given.word)
        inherited = f", as {named(kb, given.origin)}" if given.stance.startswith("inherits:") else ""
        parts = [
            line(asked.question, "dim"),
            line(""),
            joined(
                [
                    line("Source  ", "bold"),
                    line(f"{sign} {given.word}{inherited}", STANCE_STYLES.get(given.word, "bold")),
                    line(f"  [{given.at or 'no locator'}]", "dim"),
                ]
            ),
        ]
        if given.reason:
            parts.append(text(given.reason))
        if given.hinges:
            parts.append(line("Hinges on " + "; ".join(named(kb, name) for name in given.hinges)))
        return parts

    def _computed(self) -> list[Content]:
        session, verdict = self._session, self._verdict
        before, after = session.before, session.after
        label = label_change(before.labels[verdict], after.labels[verdict])
        strength = strength_change(before.strengths[verdict], after.strengths[verdict])
        parts = [
            line(""),
            joined([line("Computed  ", "bold"), line(f"{label}, strength {strength}", "bold")]),
        ]
        given = set_in_words(session)
        if given:
            parts.append(line(f"With {given}", "$warning"))
        explanation = self._explained.get(verdict)
        if explanation is None:
            parts.append(line("Working out why …", "dim italic"))
        else:
            parts += [line(sentence) for sentence in explanation.sentences]
        parts.append(line(f"Reading: {session.semantics}, standard {session.standard}.", "dim"))
        return parts

    def _arguments(self) -> list[Content]:
        kb = self._session.kb
        placed = kb.arguments_for(self._verdict)
        parts: list[Content] = []
        for title, sign, net in (("For", "+", 1), ("Against", "−", -1), ("Neither for nor against", "·", 0)):
            found = [item for item in placed if item.net == net]
            if found:
                parts += [line(""), line(f"{title} ({len(found)})", "bold")]
            parts += [self._argument(item, sign) for item in found]
        if not placed:
            parts += [line(""), line("No arguments are recorded.", "dim")]
        return parts

    def _argument(self, placed: PlacedArgument, sign: str) -> Content:
        argument, session = placed.argument, self._session
        checked = VERIFIED.get(argument.verified, "")
        ours = "our reading" if argument.reading == "ours" else ""
        inside = "; ".join(filter(None, (argument.at, ours, checked)))
        strength = strength_change(
            session.before.strengths[argument.id], session.after.strengths[argument.id]
        )
        reply = f" (answers {placed.parent})" if placed.depth > 1 and placed.parent else ""
        return joined(
            [
                line(
                    f"{sign} {argument.id}",
                    "bold $primary" if sign == "+" else "bold $accent" if sign == "−" else "bold",
                ),
                line(f" {strength}{reply}  ", "dim"),
                line(argument.text),
                line(f"  [{inside}]" if inside else "", "dim"),
            ]
        )
