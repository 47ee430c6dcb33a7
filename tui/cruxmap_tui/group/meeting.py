"""A meeting as its screen sees it: plan and answers as far as they may be shown, record, clock. No widget."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from cruxmap.analysis.agenda import AgendaFacts, agenda
from cruxmap.analysis.answers import Answers
from cruxmap.analysis.meeting_plan import item_count, item_minutes, meeting_plan
from cruxmap.group.errors import StillSealedError
from cruxmap.group.folder import private_folder, write_text
from cruxmap.group.record import counting, fold
from cruxmap.group.record_file import RECORD, append_event, new_event, read_meeting
from cruxmap.group.session_reading import SessionReading
from cruxmap.group.standing import at_once, latest_talk, next_events, standing, take_up_events
from cruxmap.group.state import current_round, round_state
from cruxmap.group.visibility import revealed_rounds
from cruxmap.model.intervals import words
from cruxmap_tui.group.presence import AWAY, Presence

if TYPE_CHECKING:
    from collections.abc import Callable

    from cruxmap.analysis.agenda import AgendaItem
    from cruxmap.analysis.meeting_plan import Step
    from cruxmap.group.folder import SessionFolder
    from cruxmap.group.record import Event
    from cruxmap.group.session import Session
    from cruxmap.group.standing import Standing
    from cruxmap.knowledge import KnowledgeBase

LENGTHS = (60, 90, 120)
"""Plans that are offered before the start."""
HIDDEN = "hidden-marks.txt"
"""Marks that are in before all are: private, and without the order in which they were given."""
QUEUE = "queue.txt"
"""Who waits to speak: private, since it is nobody's business after the meeting."""


def utc_now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


class Meeting:
    """One session, led from one screen.

    Parameters
    ----------
    kb : KnowledgeBase
    folder, session
    now : callable
        Tells the time.
    """

    def __init__(
        self,
        kb: KnowledgeBase,
        folder: SessionFolder,
        session: Session,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self.kb, self.folder, self.session, self._now = kb, folder, session, now
        self.minutes = session.minutes
        self.reading: SessionReading | None = None
        self.waiting: tuple[str, ...] = ()
        self.plan: tuple[Step, ...] = ()
        self._made_of: tuple[int, int] = (-1, 0)
        self._presence = Presence(folder)
        self._away, self._away_in, self._given_back = 0.0, "", ""
        self.reread()

    # What is known

    def reread(self) -> None:
        """Read the record again, which somebody else may write too."""
        self.record = read_meeting(self.folder.path)
        self.talk = latest_talk(self.record.events)
        self.state = fold(self.talk.events)
        self._stamp = self._file_stamp()

    @property
    def is_changed(self) -> bool:
        """Whether the record was written to since it was read."""
        return self._file_stamp() != self._stamp

    def _file_stamp(self) -> tuple[int, int]:
        path = self.folder.path / RECORD
        if not path.is_file():
            return (0, 0)
        found = path.stat()
        return (found.st_mtime_ns, found.st_size)

    @property
    def round(self) -> int:
        """The round that is talked about: that of the opening, else the latest revealed; 0 for none."""
        revealed = revealed_rounds(self.folder, self.session)
        wanted = 0 if self.talk.is_over else self.talk.round
        return wanted if wanted in revealed else max(revealed, default=0)

    @property
    def is_stale(self) -> bool:
        """Whether plan and answers have to be worked out (again)."""
        return self._made_of != self._wanted()

    def _wanted(self) -> tuple[int, int]:
        running = not self.talk.is_over
        return (self.round, (self.talk.minutes if running else 0) or self.minutes)

    def work_out(self) -> None:
        """Work out agenda and plan, as far as answers may be shown; this takes a moment."""
        round_, minutes = self._made_of = self._wanted()
        session = replace(self.session, minutes=minutes)
        past = self.talk.before if not self.talk.is_over else counting(self.record.events)
        reading = None
        if round_:
            reading = SessionReading(self.kb, self.folder, session, round_, covered=fold(past).covered)
            try:
                plan = reading.plan
            except StillSealedError:
                reading = None
        if reading is None:
            number = current_round(self.folder)
            self.waiting = round_state(self.folder, session, number).waiting_for if number else ()
            nothing = agenda(
                Answers({}), AgendaFacts(), minutes=item_minutes(minutes), most=max(1, item_count(minutes))
            )
            plan = meeting_plan(nothing, minutes)[:2]
        self.reading, self.plan = reading, plan

    def standing(self) -> Standing:
        """Where the meeting stands now."""
        return standing(self.talk, self.plan, self._now())

    def beat(self) -> bool:
        """Note that the screen is there; True when it was away while the clock of a step ran.

        An absence ends where something was put on record: then the meeting was led from elsewhere.
        """
        if not self._step_event or self.talk.is_over:
            return False
        now = self._now()
        since = self._presence.beat(now)
        if since is None or self.state.paused:
            return False
        since = max(since, datetime.fromisoformat(self.talk.events[-1].at))
        if now - since <= AWAY:
            return False
        self._away, self._away_in, self._given_back = (now - since).total_seconds(), self._step_event, ""
        return True

    @property
    def _step_event(self) -> str:
        """Id of the event with which the present step began; empty before the first."""
        return next((event.id for event in reversed(self.talk.events) if event.kind == "step"), "")

    @property
    def absence(self) -> float:
        """Seconds of the present step that the screen was away; 0 also once they were taken off the clock."""
        is_open = self._away_in == self._step_event and not self.talk.is_over
        return self._away if is_open and all(one.id != self._given_back for one in self.talk.events) else 0.0

    @property
    def items(self) -> tuple[AgendaItem, ...]:
        """The items of the agenda."""
        return self.reading.agenda.items if self.reading else ()

    def item(self, cell: str | None) -> AgendaItem | None:
        """What the agenda knows of a cell."""
        if self.reading is None or not cell:
            return None
        found = self.reading.agenda
        return next((item for item in (*found.items, *found.further) if item.cell == cell), None)

    @property
    def here(self) -> tuple[str, ...]:
        """Who is in the room: as noted, else all readers."""
        noted = tuple(reader for reader in self.state.present if reader not in self.state.gone)
        return noted or self.session.readers

    # What is done

    def write(self, *events: Event) -> None:
        """Put events on record, and read what is there.

        Raises
        ------
        UnwritableError
            When the system refuses.
        """
        append_event(self.folder.path, *events)
        self.reread()

    def start(self) -> None:
        """Begin, at the first step."""
        opened = new_event("opened", round=self.round, minutes=float(self.minutes))
        self.write(*at_once([opened, new_event("step", text=self.plan[0].kind)]))

    def go_on(self, *, park: bool = False) -> None:
        """Go to the next step, or the next item."""
        self.write(*next_events(self.standing(), self.plan, park=park))

    def give_time_back(self, told: str) -> None:
        """Give the step the time that the screen was away, so that its clock does not count it."""
        event = new_event("time-added", minutes=round(self._away / 60, 3), text=told)
        self.write(event)
        self._given_back = event.id

    def take_up(self, cell: str) -> None:
        """Talk about an item out of turn."""
        self.write(*take_up_events(self.standing(), self.plan, cell))

    def note_present(self, readers: tuple[str, ...]) -> None:
        """Note several readers as present at once."""
        if readers:
            self.write(*at_once([new_event("present", reader=reader) for reader in readers]))

    def last_done(self) -> tuple[Event, ...]:
        """The events that the last key caused; none when nothing but the opening is on record."""
        done = [event for event in self.talk.events if event.kind != "withdrawn"]
        if not done:
            return ()
        found = tuple(event for event in done if event.at == done[-1].at)
        return () if any(event.kind == "opened" for event in found) else found

    def withdraw(self) -> None:
        """Withdraw what the last key caused."""
        self.write(*at_once([new_event("withdrawn", refers=event.id) for event in self.last_done()]))

    def marked_again(self, cell: str, counts: str) -> None:
        """Put on record what a cell was marked when the marks were shown together."""
        self.write(
            *at_once(
                [
                    new_event("re-rating", cell=cell, round=max(1, self.round), text=counts),
                    new_event("note", cell=cell, text=f"Marked again in the meeting: {counts}"),
                ]
            )
        )

    def again(self, cell: str) -> str:
        """What a cell was marked again in this meeting; empty when it was not."""
        found = [event.text for event in self.talk.events if event.kind == "re-rating" and event.cell == cell]
        return found[-1] if found else ""

    def hidden_marks(self, cell: str) -> tuple[str, ...]:
        """The marks for a cell that were in when the screen went away, in no order that tells a reader."""
        path = self.folder.private / HIDDEN
        if not path.is_file() or path.is_symlink() or self._are_on_record(cell, path.stat().st_mtime):
            return ()
        marked, *given = path.read_text(encoding="utf-8", errors="replace").splitlines() or [""]
        known = words(self.kb.scale_of(cell.partition("/")[2]))
        return tuple(mark for mark in given if mark in known) if marked == cell else ()

    def _are_on_record(self, cell: str, kept: float) -> bool:
        """Whether marks kept at a time were counted since: a crash came before they were removed."""
        given = [event.at for event in self.record.events if event.kind == "re-rating" and event.cell == cell]
        return bool(given) and kept < datetime.fromisoformat(max(given)).timestamp() + 0.001

    def keep_hidden(self, cell: str, given: tuple[str, ...]) -> None:
        """Keep the marks that are in, until all are; none forgets them."""
        path = self.folder.private / HIDDEN
        if not given:
            path.unlink(missing_ok=True)
            return
        private_folder(self.folder.root)
        write_text(path, "".join(f"{row}\n" for row in (cell, *sorted(given))))

    # Who speaks

    @property
    def queue(self) -> list[str]:
        """Who speaks, and who waits, in order."""
        path = self.folder.private / QUEUE
        if not path.is_file() or path.is_symlink():
            return []
        named = path.read_text(encoding="utf-8", errors="replace").split("\n")
        return [name for name in named if name in self.session.readers]

    def set_queue(self, names: list[str]) -> None:
        """Keep who waits to speak."""
        private_folder(self.folder.root)
        write_text(self.folder.private / QUEUE, "".join(f"{name}\n" for name in names))
