"""Where a session stands, told from the files that are there: nothing is stored twice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from cruxmap.group.errors import NotNowError, SessionNotFoundError
from cruxmap.group.files import named_files, read_record
from cruxmap.group.folder import find_session, session_folders, write_text
from cruxmap.group.session import Handle
from cruxmap.model.fields import Count, Kebab, record

if TYPE_CHECKING:
    from pathlib import Path

    from cruxmap.group.folder import SessionFolder
    from cruxmap.group.session import Session

__all__ = [
    "STATES",
    "RoundState",
    "State",
    "Step",
    "current_round",
    "current_session",
    "mark_step",
    "open_round",
    "read_step",
    "round_state",
    "session_state",
]

State = Literal["planned", "open", "sealed", "revealed", "discussed", "closed"]
STATES: dict[State, str] = {
    "planned": "nobody can answer yet",
    "open": "readers answer, each alone",
    "sealed": "everybody who is waited for has committed; answers can be revealed",
    "revealed": "all answers that were committed can be read",
    "discussed": "the meeting has taken place",
    "closed": "the session is over",
}
StepName = Literal["opened", "without", "committed", "revealed", "discussed", "closed"]
_STEP = re.compile(
    r"(?P<round>[1-9])-(?P<name>opened|discussed|closed|(?:without|committed|revealed)-(?P<reader>[a-z0-9-]+))"
)
UNARRIVED = "an answer under an alias that has not arrived"


@record
class Step(Kebab):
    """A mark that something has happened. Two people who make the same mark write the same file."""

    step: StepName
    round: Count
    reader: Handle | None = None
    """Who is not waited for, or has committed or revealed under an alias."""


@dataclass(frozen=True, slots=True)
class RoundState:
    """How far one round has come.

    Attributes
    ----------
    round : int
        From 1.
    readers : tuple of str
        All readers of the session.
    committed, revealed : tuple of str
        Who has; in the order of the readers.
    without : tuple of str
        Who is not waited for.
    opened, discussed : bool
    sealed_aliases, revealed_aliases : tuple of (int, int)
        How many readers say that they have committed, or revealed, under an alias, and how many such files
        there are: which is whose cannot be told.
    """

    round: int
    readers: tuple[str, ...]
    committed: tuple[str, ...]
    revealed: tuple[str, ...]
    without: tuple[str, ...]
    opened: bool
    discussed: bool
    sealed_aliases: tuple[int, int] = (0, 0)
    revealed_aliases: tuple[int, int] = (0, 0)

    @property
    def awaited(self) -> tuple[str, ...]:
        """Who has not committed and is waited for."""
        done = {*self.committed, *self.revealed, *self.without}
        return tuple(reader for reader in self.readers if reader not in done)

    @property
    def unrevealed(self) -> tuple[str, ...]:
        """Who has committed, has not revealed, and is waited for."""
        return tuple(
            reader for reader in self.committed if reader not in self.revealed and reader not in self.without
        )

    @property
    def missing(self) -> tuple[str, ...]:
        """Whose answers are not there although the round goes on."""
        return tuple(reader for reader in self.without if reader not in self.revealed)

    @property
    def is_sealed(self) -> bool:
        """Whether nobody is waited for to commit, and somebody has."""
        said, there = self.sealed_aliases
        return self.opened and bool(self.committed) and not self.awaited and said <= there

    @property
    def is_revealed(self) -> bool:
        """Whether the answers may be shown: all that are waited for are there."""
        said, there = self.revealed_aliases
        return self.is_sealed and bool(self.revealed) and not self.unrevealed and said <= there

    @property
    def waiting_for(self) -> tuple[str, ...]:
        """Who keeps the answers from being shown: first all commit, then all reveal."""
        for names, (said, there) in (
            (self.awaited, self.sealed_aliases),
            (self.unrevealed, self.revealed_aliases),
        ):
            if names or said > there:
                return names or (UNARRIVED,)
        return ()


def current_round(folder: SessionFolder) -> int:
    """The number of the round that was opened last; 0 before the first."""
    return max((number for name, number, _ in _steps(folder) if name == "opened"), default=0)


def round_state(folder: SessionFolder, session: Session, round_: int) -> RoundState:
    """How far a round has come, by the files that are there."""
    steps = [(name, reader) for name, number, reader in _steps(folder) if number == round_]

    def marked(wanted: str) -> set[str]:
        return {reader for name, reader in steps if name == wanted and reader in session.readers}

    def filed(place: Path) -> set[str]:
        return {name for name, number in named_files(place) if number == round_}

    def known(names: set[str]) -> tuple[str, ...]:
        return tuple(reader for reader in session.readers if reader in names)

    def aliases(roll: set[str], names: set[str]) -> tuple[int, int]:
        return len(roll - names), len(names - {*session.readers})

    sealed, shown = filed(folder.commitments), filed(folder.responses)
    return RoundState(
        round_,
        session.readers,
        known(sealed | marked("committed")),
        known(shown | marked("revealed")),
        known(marked("without")),
        ("opened", None) in steps,
        ("discussed", None) in steps,
        aliases(marked("committed"), sealed),
        aliases(marked("revealed"), shown),
    )


def session_state(folder: SessionFolder, session: Session) -> State:
    """The state that a session is in; that of its current round, once one was opened."""
    if any(name == "closed" for name, _, _ in _steps(folder)):
        return "closed"
    found = round_state(folder, session, current_round(folder))
    if not found.opened:
        return "planned"
    if found.discussed:
        return "discussed"
    if found.is_revealed:
        return "revealed"
    return "sealed" if found.is_sealed else "open"


def current_session(root: Path, wanted: str | None = None) -> SessionFolder:
    """The session that a command works on.

    Parameters
    ----------
    root : Path
        The workspace.
    wanted : str, optional
        An id or a part of one. Without it: the latest that was opened and not closed, else the latest
        planned, else the latest.

    Raises
    ------
    SessionNotFoundError
        When there is none.
    """
    if wanted is not None:
        return find_session(root, wanted)
    known = session_folders(root)
    if not known:
        raise SessionNotFoundError(None, ())

    def rank(folder: SessionFolder) -> tuple[int, str]:
        names = {name for name, _, _ in _steps(folder)}
        return (0 if "closed" in names else 2 if "opened" in names else 1), folder.id

    return max(known, key=rank)


def mark_step(folder: SessionFolder, step: StepName, round_: int, reader: str | None = None) -> Path:
    """Write down that something has happened; doing so twice changes nothing."""
    name = f"{round_}-{step}" if reader is None else f"{round_}-{step}-{reader}"
    path = folder.steps / f"{name}.yaml"
    lines = [f"step: {step}", f"round: {round_}"] + ([f"reader: {reader}"] if reader else [])
    if not path.is_file():
        write_text(path, "\n".join(lines) + "\n")
    return path


def open_round(folder: SessionFolder, session: Session) -> int:
    """Open the first round, or the next one after a reveal; return its number.

    Raises
    ------
    NotNowError
        When the current round is not over, all rounds of the stop rule are used, or the session is closed.
    """
    state, latest = session_state(folder, session), current_round(folder)
    if state == "closed":
        raise NotNowError(f"{folder.id} is closed; plan another session")
    if state in ("open", "sealed"):
        waiting = ", ".join(round_state(folder, session, latest).waiting_for)
        raise NotNowError(f"round {latest} of {folder.id} is {state} already, waiting for {waiting}")
    if latest >= session.stop.rounds:
        raise NotNowError(
            f"{folder.id} was planned for {session.stop.rounds} rounds at most, and all are over; "
            "`stop: {rounds: ...}` in session.yaml says so"
        )
    mark_step(folder, "opened", latest + 1)
    return latest + 1


def read_step(path: Path) -> Step:
    """Read a mark strictly; see `cruxmap.group.files.read_record`."""
    return read_record(path, Step)


def _steps(folder: SessionFolder) -> list[tuple[str, int, str | None]]:
    """Name, round and reader of every mark; the name of a file says all."""
    found: list[tuple[str, int, str | None]] = []
    for path in sorted(folder.steps.glob("*.yaml")) if folder.steps.is_dir() else ():
        match = _STEP.fullmatch(path.stem)
        if match:
            found.append((match["name"].split("-")[0], int(match["round"]), match["reader"]))
    return found
