"""What if: set assumptions on the left, see on the right which verdicts move."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget
from textual.widgets.option_list import Option

from cruxmap.credences import parse_credence
from cruxmap.errors import CruxmapError
from cruxmap_tui.commands import bindings
from cruxmap_tui.safe import joined, line, set_titles, tell
from cruxmap_tui.scenarios import save_scenario, saved_scenarios
from cruxmap_tui.views.changes import ARGUMENTS_SHOWN, change_row, changes, relabelled
from cruxmap_tui.widgets.moving import Choices
from cruxmap_tui.widgets.prompts import Ask, Choose
from cruxmap_tui.wording import LABEL_SIGNS, named, set_in_words

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content
    from textual.widgets import OptionList

    from cruxmap_tui.exporting import Exported
    from cruxmap_tui.session import Scenario, Session

STEP = 0.05
VERDICTS_SHOWN = 200
SETTABLE = ("assumption", "factor", "finding", "risk")


class Statements(Choices):
    """The list of what can be set; digits set tenths while it has the focus."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(str(digit), f"tenths({digit})", show=False) for digit in range(10)
    ]

    class Tenths(Message):
        """A digit was pressed."""

        def __init__(self, digit: int) -> None:
            super().__init__()
            self.digit = digit

    def action_tenths(self, digit: int) -> None:
        """Ask for a credence of so many tenths."""
        self.post_message(self.Tenths(digit))


class WhatIfView(Widget):
    """Credences and labels of statements, and what follows from them.

    Parameters
    ----------
    session : Session
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("whatif")]

    class Selected(Message):
        """A verdict or argument that moved was opened."""

        def __init__(self, id: str) -> None:  # noqa: A002 - all views say `id`
            super().__init__()
            self.id = id

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._about = ""
        self._graph = session.graph
        self._statements: list[str] = []
        self._first: set[str] = set()
        self._places: dict[str, int] = {}
        self._written: set[str] = set()
        self._moves: list[str] = []
        self._stale = False

    def compose(self) -> ComposeResult:
        """Put the statements beside what moves."""
        yield Statements(id="statements")
        yield Choices(id="moves")

    def on_mount(self) -> None:
        """Follow the session."""
        self._list_statements()
        self._list_moves()
        self._session.subscribe(self._follow)

    @property
    def subject(self) -> str:
        """Id of the statement, verdict or argument under the cursor."""
        moves = self.query_one("#moves", Choices)
        if moves.has_focus and moves.highlighted is not None:
            return self._moves[moves.highlighted]
        return self._statement

    @property
    def _statement(self) -> str:
        place = self.query_one(Statements).highlighted
        return self._statements[place] if place is not None and place < len(self._statements) else ""

    def show(self, id: str) -> None:  # noqa: A002 - all views say `id`
        """Put what a verdict rests on first, or the cursor on a statement or argument."""
        if id in self._session.graph.index and self._session.graph.node(id).kind == "assessment":
            self._about = id
            self._list_statements()
            self.query_one(Statements).highlighted = 0
        elif id in self._session.graph.index:
            if id not in self._statements:
                self._about = id
                self._list_statements()
            self.query_one(Statements).highlighted = self._statements.index(id)

    def focus_default(self) -> None:
        """Put the focus on the statements."""
        self.query_one(Statements).focus()

    def exported(self) -> Exported:
        """Offer the matrix under what is set."""
        from cruxmap_tui.exporting import matrix_export

        return matrix_export(self._session, "proposal", "computed")

    def leave(self) -> bool:
        """Leave the statements for what moves, where digits are tabs again."""
        if self.query_one(Statements).has_focus:
            self.query_one("#moves").focus()
            return True
        return False

    def _follow(self) -> None:
        # Hidden lists wait: filling them would delay what is shown.
        self._stale = True
        if self.is_mounted and self.display:
            self._catch_up()

    def on_show(self) -> None:
        """Catch up with what changed while the lists were hidden."""
        if self._stale and self.is_mounted:
            self._catch_up()

    def _catch_up(self) -> None:
        self._stale = False
        if self._session.graph is not self._graph:
            kept = self._statement
            self._list_statements()
            if kept in self._statements:
                self.query_one(Statements).highlighted = self._statements.index(kept)
        self._refresh_rows()
        self._list_moves()

    def _ordered(self) -> tuple[list[str], set[str]]:
        """Statements in the order of the list, and those among them that the chosen verdict rests on."""
        session = self._session
        graph = session.graph
        first: list[str] = []
        if self._about in graph.index:
            is_verdict = graph.node(self._about).kind == "assessment"
            first = _resting_on(session, self._about) if is_verdict else [self._about]
        known = [*session.scenario.credences, *session.scenario.labels]
        numbered = [
            item.id
            for item in sorted(session.kb.statements.values(), key=lambda item: _order(session, item.id))
            if item.kind in SETTABLE and item.id in graph.index
        ]
        return list(dict.fromkeys([*first, *known, *numbered])), set(first)

    def _list_statements(self) -> None:
        """List the statements anew, in an order that setting one does not change: rows must not jump."""
        self._graph = self._session.graph
        self._statements, self._first = self._ordered()
        self._places = {name: place for place, name in enumerate(self._statements)}
        given = self._session.scenario
        self._written = {*given.credences, *given.labels}
        choices = self.query_one(Statements)
        choices.set_options([Option(self._row(name)) for name in self._statements])
        if self._statements:
            choices.highlighted = 0
        about = named(self._session.kb, self._about) if self._first and "/" in self._about else ""
        set_titles(
            choices,
            f"• {about} rests on" if about else "Set a statement",
            "← → 0–9 set · space frees · Esc leaves",
        )

    def _refresh_rows(self) -> None:
        """Write the rows anew whose statement is set, or was when they were last written."""
        choices = self.query_one(Statements)
        given = self._session.scenario
        present = {*given.credences, *given.labels}
        for name in present | self._written:
            place = self._places.get(name)
            if place is not None:
                choices.replace_option_prompt_at_index(place, self._row(name))
        self._written = present

    def _row(self, name: str) -> Content:
        session = self._session
        base = session.graph.node(name).base
        scenario = session.scenario
        label = scenario.labels.get(name)
        value = scenario.credences.get(name, base)
        if label:
            figure = f"{LABEL_SIGNS[label]} {label} "
        elif name in scenario.credences:
            figure = f"{base:.2f}→{value:.2f} "
        else:
            figure = f"{base:.2f} "
        changed = bool(label) or name in scenario.credences
        mark = "•" if name in self._first else " "
        style = "bold $warning" if changed else ""
        return joined(
            [line(f"{mark}{'*' if changed else ' '}{figure}", style), line(named(session.kb, name), style)]
        )

    def _list_moves(self) -> None:
        session = self._session
        verdicts, arguments = changes(session)
        relabels = relabelled(session, "assessment")
        labelled = bool(session.scenario.labels)
        self._moves = []
        choices = self.query_one("#moves", Choices)
        options: list[Option] = []

        def section(title: str) -> None:
            options.append(Option(line(title, "bold"), disabled=True))
            self._moves.append("")

        shown = [*verdicts, *relabels][:VERDICTS_SHOWN]
        for item in shown:
            options.append(Option(change_row(session, item, labels=labelled)))
            self._moves.append(item.id)
        if len(shown) < len(verdicts) + len(relabels):
            section(f"… and {len(verdicts) + len(relabels) - len(shown)} more")
        if arguments:
            rest = len(arguments) - ARGUMENTS_SHOWN
            section("Arguments that move most" + (f" (and {rest} more)" if rest > 0 else ""))
            for item in arguments[:ARGUMENTS_SHOWN]:
                options.append(Option(change_row(session, item, labels=False)))
                self._moves.append(item.id)
        total = len(session.graph.statements("assessment"))
        moved = len(verdicts) + len(relabels)
        if not options:
            section("Nothing is set yet." if session.scenario.empty else "No verdict moves by 0.005 or more.")
        place = choices.highlighted
        choices.set_options(options)
        if place is not None and options:
            choices.highlighted = min(place, len(options) - 1)
        set_titles(choices, f"{moved} of {total} verdicts move", set_in_words(session) or session.semantics)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open what moved; on a statement, go to what moves."""
        event.stop()
        if event.option_list.id == "moves":
            name = self._moves[event.option_index]
            if name:
                self.post_message(self.Selected(name))
        else:
            self.action_exactly()

    def _set(self, value: float) -> None:
        name = self._statement
        if name:
            self._session.set_scenario(
                self._session.scenario.with_credence(name, min(1.0, max(0.0, round(value, 4))))
            )

    def _nudge(self, by: float) -> None:
        name = self._statement
        if name:
            present = self._session.scenario.credences.get(name, self._session.graph.node(name).base)
            self._set(present + by)

    def action_raise(self) -> None:
        """Raise the credence."""
        self._nudge(STEP)

    def action_lower(self) -> None:
        """Lower the credence."""
        self._nudge(-STEP)

    def on_statements_tenths(self, event: Statements.Tenths) -> None:
        """Set the credence to a number of tenths."""
        event.stop()
        self._set(event.digit / 10)

    def action_exactly(self) -> None:
        """Ask for a credence."""
        name = self._statement
        if not name:
            return
        present = self._session.scenario.credences.get(name, self._session.graph.node(name).base)
        title = f"Credence of {named(self._session.kb, name)}, 0 to 1"

        def take(answer: str | None) -> None:
            if answer:
                self._set(parse_credence(answer, answer))

        self.app.push_screen(Ask(title, f"{present:g}", _wrong_credence), take)

    def action_fix_in(self) -> None:
        """Let the statement hold."""
        self._fix("in")

    def action_fix_out(self) -> None:
        """Let the statement fail."""
        self._fix("out")

    def _fix(self, label: str) -> None:
        if self._statement:
            self._session.set_scenario(self._session.scenario.with_label(self._statement, label))

    def action_free(self) -> None:
        """Leave the statement to the corpus."""
        if self._statement:
            self._session.set_scenario(self._session.scenario.without(self._statement))

    def action_save(self) -> None:
        """Keep the scenario under a name."""
        if self._session.scenario.empty:
            tell(self.app, "Nothing is set, so there is nothing to save.", severity="warning")
            return

        def take(name: str | None) -> None:
            if not name:
                return
            try:
                save_scenario(name, self._session.scenario)
            except OSError as error:
                tell(self.app, f"It cannot be saved: {error}", severity="error")
            else:
                tell(self.app, f"Saved as {name}.")

        self.app.push_screen(Ask("Save what is set, under the name", ""), take)

    def action_open_scenario(self) -> None:
        """Set what was saved under a name."""
        kept = saved_scenarios()
        if not kept:
            tell(self.app, "No scenarios are saved yet; S saves one.", severity="warning")
            return
        options = [(name, _summary(name, scenario)) for name, scenario in kept.items()]

        def take(name: str | None) -> None:
            if not name:
                return
            chosen = kept[name]
            missing = [
                item for item in (*chosen.credences, *chosen.labels) if item not in self._session.graph.index
            ]
            self._session.set_scenario(chosen)
            if missing:
                tell(
                    self.app, f"Left out, as they no longer exist: {', '.join(missing)}.", severity="warning"
                )

        self.app.push_screen(Choose("Load a scenario", options), take)


def _summary(name: str, scenario: Scenario) -> Content:
    number = len(scenario.credences.keys() | scenario.labels.keys())
    return joined([line(name, "bold"), line(f"  {number} set", "dim")])


def _wrong_credence(answer: str) -> str:
    try:
        parse_credence(answer, answer)
    except CruxmapError:
        return f"{answer!r} is no number from 0 to 1, such as 0.35."
    return ""


def _resting_on(session: Session, verdict: str) -> list[str]:
    """What a verdict rests on in the failure reading, then what else its arguments name."""
    from cruxmap.analysis.formulas import Atom, subterms

    found = session.before.dependences.get(verdict)
    atoms = [term.name for term in subterms(found.formula) if isinstance(term, Atom)] if found else []
    named_there = [
        name
        for placed in session.kb.arguments_for(verdict)
        for name in (*placed.argument.assumes, *placed.argument.unless)
    ]
    names = dict.fromkeys([*atoms, *named_there])
    return [name for name in names if name in session.graph.index and "/" not in name]


def _order(session: Session, name: str) -> tuple[int, str, int, str]:
    """Assumptions first, each series of numbers by itself: A1, A2, … before C1."""
    statement = session.kb.statements[name]
    label = str(getattr(session.kb.entries.get(name), "number", None) or "")
    series = label.rstrip("0123456789")
    digits = label.removeprefix(series)
    place = SETTABLE.index(statement.kind) if statement.kind in SETTABLE else len(SETTABLE)
    return (place, series if digits else "~", int(digits) if digits else 0, name)
