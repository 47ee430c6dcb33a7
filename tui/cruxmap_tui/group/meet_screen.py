"""The facilitator's screen: one for the whole room, one key for each step, everything on record at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.containers import Horizontal, Vertical
from textual.widgets import Digits

from cruxmap.cli.group.readings import namer
from cruxmap.cli.matrix import glyph
from cruxmap.errors import CruxmapError
from cruxmap.group.record_file import new_event
from cruxmap.model.intervals import words
from cruxmap_tui.commands import bindings
from cruxmap_tui.group.group_screen import GroupScreen
from cruxmap_tui.group.meeting import LENGTHS, Meeting, utc_now
from cruxmap_tui.group.meeting_page import agenda_lines, centre_lines, clock_text
from cruxmap_tui.group.meeting_side import clock_state, last_line, queue_lines, step_place
from cruxmap_tui.group.windows import AskQuestion, HiddenMarks
from cruxmap_tui.safe import Words, joined, line, lines, set_titles, tell
from cruxmap_tui.shell.frame import KeyRow
from cruxmap_tui.widgets.moving import Scroll
from cruxmap_tui.widgets.prompts import Ask, Choose

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from cruxmap.group.folder import SessionFolder
    from cruxmap.group.session import Session
    from cruxmap.group.standing import Standing
    from cruxmap.knowledge import KnowledgeBase

TICK = 0.5
"""Seconds between two looks at the clock and the files."""
SOON = 60
"""Seconds before the end of a step when the clock changes its colour."""
MORE = 2.0
"""Minutes that one key adds."""
EVERYBODY = "everybody"


class MeetScreen(GroupScreen):
    """Agenda, what to say now, clock, queue and record of one meeting.

    Parameters
    ----------
    kb : KnowledgeBase
    folder, session
    now : callable
        Tells the time.
    """

    SCOPE = "meet"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("meet")]

    def __init__(
        self,
        kb: KnowledgeBase,
        folder: SessionFolder,
        session: Session,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        super().__init__()
        self.meeting = Meeting(kb, folder, session, now)
        self._working = False
        self._failure = ""
        self._restored = False

    def compose(self) -> ComposeResult:
        """Agenda left, the item in the middle, clock and queue right; on a narrow screen a line above it."""
        yield Words(id="meet-line")
        with Horizontal(id="meet-body"):
            with Scroll(id="meet-agenda", can_focus=False):
                yield Words()
            with Scroll(id="meet-centre"):
                yield Words()
            with Vertical(id="meet-side"):
                yield Words(id="meet-step")
                yield Digits(id="meet-clock")
                yield Words(id="meet-state")
                yield Words(id="meet-queue")
        yield Words(id="meet-last")
        yield KeyRow(show_command_palette=False)

    def on_mount(self) -> None:
        """Work out where the meeting stands, and look at the clock from now on."""
        set_titles(self.query_one("#meet-agenda"), "Agenda")
        self.meeting.beat()
        self._refresh()
        self.set_interval(TICK, self._tick)

    def on_resize(self) -> None:
        """Use the room there is."""
        self.call_after_refresh(self._draw)

    # What is shown

    def _refresh(self) -> None:
        """Work out the plan where it has changed, and draw."""
        if self.meeting.is_stale and not self._working:
            self._working = True
            self._work_out()
        self._draw()

    @work(thread=True, group="meeting", description="meeting")
    def _work_out(self) -> None:
        failure = ""
        try:
            self.meeting.work_out()
        except (CruxmapError, OSError) as error:
            failure = str(error)
        self.app.call_from_thread(self._worked_out, failure)

    def _worked_out(self, failure: str) -> None:
        self._working = False
        self._failure = failure
        self._draw()
        if not self._restored and not failure:
            self._restored = True
            if self._cell and self.meeting.hidden_marks(self._cell):
                self.action_re_rate()

    def _tick(self) -> None:
        returned = self.meeting.beat()
        if self.meeting.is_changed:
            self.meeting.reread()
            self._refresh()
        elif returned or (self.meeting.is_stale and not self._working):
            self._refresh()
        else:
            self._draw_clock(self.meeting.standing())

    def _draw(self) -> None:
        if not self.is_mounted:
            return
        meeting = self.meeting
        if not meeting.plan or self._failure:
            waiting = line("Working out the agenda …", "dim")
            shown = line(f"! {self._failure}", "bold $warning") if self._failure else waiting
            self.query_one("#meet-centre Words", Words).say(shown)
            return
        found = meeting.standing()
        self.query_one("#meet-agenda Words", Words).say(lines(agenda_lines(meeting, found)))
        centre = self.query_one("#meet-centre", Scroll)
        set_titles(centre, meeting.session.question)
        centre.query_one(Words).say(
            lines(centre_lines(meeting, found, centre.scrollable_content_region.size))
        )
        self.query_one("#meet-queue", Words).say(lines(queue_lines(meeting)))
        self.query_one("#meet-last", Words).say(last_line(meeting, found))
        self._draw_clock(found)
        self.refresh_bindings()

    def _draw_clock(self, found: Standing) -> None:
        if not self.meeting.plan:
            return
        clock = self.query_one("#meet-clock", Digits)
        left = clock_text(found.left) if found.step else "-:--"
        clock.update(left)
        state, title = clock_state(found), step_place(self.meeting, found)
        soon = bool(found.step) and found.left < SOON
        for name in ("#meet-clock", "#meet-state"):
            self.query_one(name).set_class(soon, "-soon")
        self.query_one("#meet-step", Words).say(line(title, "bold"))
        self.query_one("#meet-state", Words).say(line(state))
        head = [line(f" {left} ", "bold reverse"), line(title, "bold"), line(state, "dim")]
        queue = self.meeting.queue
        if queue:
            head.append(line(f"speaks: {', '.join(queue)}"))
        self.query_one("#meet-line", Words).say(joined(head, "  "))

    # What the keys do

    def _do(self, action: Callable[[], None]) -> None:
        """Do something that is written to a file, and show it once it is there."""
        try:
            action()
        except (CruxmapError, OSError) as error:
            tell(self.app, str(error), severity="error")
        self._refresh()

    def _write(self, kind: str, **details: object) -> None:
        self._do(lambda: self.meeting.write(new_event(kind, **details)))

    @property
    def _cell(self) -> str:
        """The cell that is talked about; empty between items."""
        step = self.meeting.standing().step if self.meeting.plan else None
        return (step.item or "") if step else ""

    def _runs(self) -> bool:
        """Whether a step runs; else say what to do first."""
        if self.meeting.plan and self.meeting.standing().step is not None:
            return True
        tell(self.app, "Press space to begin the meeting first.")
        return False

    def action_run(self) -> None:
        """Begin, stop the clock, or let it run on."""
        meeting = self.meeting
        if not meeting.plan:
            return
        found = meeting.standing()
        if found.step is not None:
            self._write("timer-resumed" if found.paused else "timer-paused")
        elif not found.is_over or meeting.round > meeting.talk.round:
            self._do(meeting.start)
        else:
            tell(self.app, "The meeting is over: u takes the end back; a new round can be met about again.")

    def action_next_step(self) -> None:
        """Go to the next step."""
        if not self._runs():
            return
        found = self.meeting.standing()
        if self.meeting.reading is None and found.place + 1 >= len(self.meeting.plan):
            names = ", ".join(self.meeting.waiting)
            tell(self.app, f"The answers are still sealed: waiting for {names}.", severity="warning")
        else:
            self._do(self.meeting.go_on)
            self.query_one("#meet-centre", Scroll).scroll_home(animate=False)

    def action_more_time(self) -> None:
        """Give the step two minutes more."""
        if self._runs():
            self._write("time-added", minutes=MORE)

    def action_time_back(self) -> None:
        """Take the time that the screen was away off the clock of the step."""
        away = self.meeting.absence
        if away:
            self._do(lambda: self.meeting.give_time_back(f"{clock_text(away)} of absence"))
        elif self._runs():
            tell(self.app, "The screen was not away in this step; + gives it more time.")

    def action_park(self) -> None:
        """Put the item off."""
        if not self._runs():
            return
        if self._cell:
            self._do(lambda: self.meeting.go_on(park=True))
        else:
            tell(self.app, "No item is being talked about; n goes on.")

    def action_take_up(self) -> None:
        """Choose the item to talk about."""
        if not self._runs() or self.meeting.reading is None:
            return
        name, agenda = namer(self.meeting.kb), self.meeting.reading.agenda
        options = [(item.cell, line(name(item.cell))) for item in (*agenda.items, *agenda.further)]
        if options:
            self.app.push_screen(
                Choose("Talk about", options, self._cell),
                lambda cell: self._do(lambda: self.meeting.take_up(cell)) if cell else None,
            )

    def _about(self) -> str:
        return f" on {namer(self.meeting.kb)(self._cell)}" if self._cell else ""

    def _ask(self, title: str, kind: str) -> None:
        if self._runs():
            cell = self._cell
            self.app.push_screen(
                Ask(f"{title}{self._about()}"),
                lambda text: self._write(kind, text=text, cell=cell) if text else None,
            )

    def action_decision(self) -> None:
        """Write down a decision."""
        self._ask("Decision", "decision")

    def action_claim(self) -> None:
        """Write down a new claim."""
        self._ask("New claim", "claim")

    def action_question(self) -> None:
        """Write down an open question."""
        if not self._runs():
            return
        cell = self._cell

        def take(given: tuple[str, str, str] | None) -> None:
            if given:
                text, owner, due = given
                self._write("question", text=text, owner=owner, due=due, cell=cell)

        self.app.push_screen(AskQuestion(f"Open question{self._about()}", self.meeting.session.readers), take)

    def action_hand(self) -> None:
        """Add somebody to the queue."""
        waiting = self.meeting.queue
        options = [(name, line(name)) for name in self.meeting.here if name not in waiting]
        if options:
            self.app.push_screen(
                Choose("Whose hand is up?", options),
                lambda name: self._do(lambda: self.meeting.set_queue([*waiting, name])) if name else None,
            )

    def action_speaker(self) -> None:
        """Let the next one speak."""
        self._do(lambda: self.meeting.set_queue(self.meeting.queue[1:]))

    def action_attendance(self) -> None:
        """Note who came, or left."""
        state, readers = self.meeting.state, self.meeting.session.readers
        here = {name for name in state.present if name not in state.gone}
        options = [(EVERYBODY, line("All of them are here"))]
        options += [
            (name, line(f"✓ {name}: has left" if name in here else f"· {name}: is here")) for name in readers
        ]

        def take(name: str | None) -> None:
            if name == EVERYBODY:
                self._do(lambda: self.meeting.note_present(tuple(one for one in readers if one not in here)))
            elif name:
                self._write("left" if name in here else "present", reader=name)

        if self._runs():
            self.app.push_screen(Choose("Who is here?", options), take)

    def action_re_rate(self) -> None:
        """Let everyone mark the cell again, hidden until all are in."""
        cell = self._cell
        if not self._runs() or not cell:
            return
        scale = self.meeting.kb.scale_of(cell.partition("/")[2])
        known = words(scale)
        marks = [(glyph(scale, word), word) for word in known[:9]]

        def take(given: tuple[str, ...] | None) -> None:
            if given:
                # The record comes first: a crash in between costs a question, never a mark.
                counts = ", ".join(f"{word} {given.count(word)}" for word in known if word in given)
                self._do(lambda: self.meeting.marked_again(cell, counts))
                self._do(lambda: self.meeting.keep_hidden(cell, ()))

        def keep(given: tuple[str, ...]) -> None:
            self._do(lambda: self.meeting.keep_hidden(cell, given))

        title, kept = f"Mark again: {namer(self.meeting.kb)(cell)}", self.meeting.hidden_marks(cell)
        self.app.push_screen(HiddenMarks(title, marks, len(self.meeting.here), kept, keep), take)

    def action_withdraw(self) -> None:
        """Withdraw what the last key put on record."""
        if self.meeting.last_done():
            self._do(self.meeting.withdraw)
        else:
            tell(self.app, "There is nothing to take back.")

    def action_length(self) -> None:
        """Plan another length, before the start."""
        if self.meeting.talk.is_started and not self.meeting.talk.is_over:
            tell(self.app, "The meeting runs; + gives a step more time.")
            return
        longer = [length for length in LENGTHS if length > self.meeting.minutes]
        self.meeting.minutes = longer[0] if longer else LENGTHS[0]
        self._refresh()

    def action_leave_meeting(self) -> None:
        """Leave; the record has everything."""
        self.dismiss(None)
