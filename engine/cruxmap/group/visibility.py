"""The one door to answers: every view, export and message takes them from here, and from nowhere else.

Before a round is revealed the door is shut for everybody, the facilitator included. Afterwards it gives what
the policy of the session allows: names, aliases, or only what each cell comes to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from cruxmap.analysis.answers import Answer, Answers, answers_by_cell
from cruxmap.group.aliases import display_names
from cruxmap.group.errors import BrokenGroupFileError, NoReaderError, StillSealedError
from cruxmap.group.files import named_files
from cruxmap.group.folder import ANONYMOUS, people, session_folders
from cruxmap.group.reading import read_revealed
from cruxmap.group.responses import CellResponse, Draft, answers_of, held_credences
from cruxmap.group.state import current_round, round_state
from cruxmap.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cruxmap.group.folder import SessionFolder
    from cruxmap.group.responses import Revealed
    from cruxmap.group.session import Policy, Session
    from cruxmap.knowledge import KnowledgeBase

__all__ = [
    "CellSummary",
    "LatestMark",
    "View",
    "credences_of_reader",
    "latest_intervals",
    "latest_marks",
    "names_of",
    "revealed_responses",
    "revealed_rounds",
    "summaries",
    "view",
    "views",
]


@dataclass(frozen=True, slots=True)
class View:
    """What may be shown of a revealed round.

    Attributes
    ----------
    session : str
    round : int
    policy : {"names", "aliases", "aggregate"}
    answers : Answers
        By the names that the policy gives. Under `aggregate` each cell lists its marks, lowest first, under
        `rater 1`, `rater 2` and so on: the same label in two cells is not the same reader, and nothing but
        the mark is left.
    missing : tuple of str
        Handles of those whose answers are not there.
    """

    session: str
    round: int
    policy: Policy
    answers: Answers
    missing: tuple[str, ...] = ()

    @property
    def is_linked(self) -> bool:
        """Whether a name stands for one reader in all cells, so that readers can be compared at all."""
        return self.policy != "aggregate"


@dataclass(frozen=True, slots=True)
class CellSummary:
    """What a round comes to in one cell: no reader and no reason.

    Attributes
    ----------
    cell : str
    raters : int
        How many gave a mark.
    marks : tuple of (str, int)
        Each mark with its count, most frequent first.
    low, high : float or None
        Median of the lower and of the upper ends, as levels from 0; None when no mark says anything.
    spread : float or None
        Mean distance of two raters relative to the scale, in [0, 1]; None below two. Two marks are as far
        apart as their lower and their upper ends are on average, so a mark that leaves the scale open is no
        middle value.
    """

    cell: str
    raters: int
    marks: tuple[tuple[str, int], ...]
    low: float | None
    high: float | None
    spread: float | None


class LatestMark(NamedTuple):
    """A reader's latest answer for a cell, and the reader's name where that may be shown."""

    said: CellResponse
    name: str | None


def view(kb: KnowledgeBase, folder: SessionFolder, session: Session, round_: int | None = None) -> View:
    """What may be shown of one round.

    Parameters
    ----------
    kb : KnowledgeBase
    folder, session
    round_ : int, optional
        By default the current one.

    Raises
    ------
    StillSealedError
        While anybody is waited for; it names them, and no answer.
    BrokenGroupFileError
        When a revealed file cannot be read.
    """
    wanted = current_round(folder) if round_ is None else round_
    state = round_state(folder, session, wanted)
    if not state.is_revealed:
        raise StillSealedError(wanted, state.waiting_for)
    responses = revealed_responses(folder, session, wanted)
    names = names_of(folder, session)
    by_reader = {names[reader]: answers_of(kb, responses[reader]) for reader in names if reader in responses}
    credences = {names[reader]: dict(responses[reader].credences) for reader in names if reader in responses}
    answers = Answers(by_reader, credences)
    if session.reveal == "aggregate":
        answers = _unlinked(answers)
    return View(session.id, wanted, session.reveal, answers, state.missing)


def views(kb: KnowledgeBase, folder: SessionFolder, session: Session) -> list[View]:
    """What may be shown of every round that is revealed, the first one first."""
    return [view(kb, folder, session, round_) for round_ in revealed_rounds(folder, session)]


def revealed_rounds(folder: SessionFolder, session: Session) -> list[int]:
    """The rounds whose answers may be shown."""
    rounds = range(1, current_round(folder) + 1)
    return [round_ for round_ in rounds if round_state(folder, session, round_).is_revealed]


def names_of(folder: SessionFolder, session: Session) -> dict[str, str]:
    """The name to show, under the policy of the session, by the name under which answers are filed.

    Only those who have committed are in it, in the order in which they are listed.
    """
    filed = {name for name, _ in named_files(folder.commitments)}
    return display_names(session.reveal, filed, session.readers, people(folder.root))


def revealed_responses(folder: SessionFolder, session: Session, round_: int) -> dict[str, Revealed]:
    """Read the revealed answers of a round by the name under which they are filed: a handle or an alias.

    Raises
    ------
    StillSealedError
        While anybody is waited for.
    BrokenGroupFileError
        When a file cannot be read, was answered under another policy than the session has now, or is one too
        many.
    """
    state = round_state(folder, session, round_)
    if not state.is_revealed:
        raise StillSealedError(round_, state.waiting_for)
    said, there = state.revealed_aliases
    if said and there > said:
        message = f"{there} answers under aliases, and {said} readers who have revealed: one is nobody's"
        hint = "each reader knows the own alias; remove the file that nobody owns, then: cruxmap group verify"
        raise BrokenGroupFileError([Problem(str(folder.responses), 1, 1, "E311", message, hint)])
    found = {}
    for (reader, number), path in named_files(folder.responses).items():
        if number != round_ or (reader not in session.readers and not said):
            continue
        response = read_revealed(path)
        message = ""
        if (response.reader, response.session, response.round) != (reader, session.id, round_):
            message = "the answers are for another reader, session or round than the name of the file"
        elif response.reveal != session.reveal:
            message = f"answered under `reveal: {response.reveal}`; the session says {session.reveal} now"
        if message:
            raise BrokenGroupFileError([Problem(str(path), 1, 1, "E311", message)])
        found[reader] = response
    return found


def _unlinked(answers: Answers) -> Answers:
    """Take from each cell who answered and why, and order what is left by the mark."""
    rows: dict[str, dict[str, Answer]] = {}
    for cell, given in sorted(answers_by_cell(answers).items()):
        for number, answer in enumerate(sorted(given.values(), key=_mark_order), 1):
            bare = Answer(cell, answer.mark, answer.interval, answer.levels, answer.criterion_version)
            rows.setdefault(f"rater {number}", {})[cell] = bare
    return Answers(rows)


def _mark_order(answer: Answer) -> tuple[int, int, str, int]:
    ends = (-1, -1) if answer.interval is None else (answer.interval.low, answer.interval.high)
    return (*ends, answer.mark, answer.criterion_version)


def summaries(answers: Answers) -> dict[str, CellSummary]:
    """What the answers of a round come to, by cell."""
    return {cell: summary(cell, list(given.values())) for cell, given in answers_by_cell(answers).items()}


def summary(cell: str, given: Sequence[Answer]) -> CellSummary:
    """What several answers for one cell come to; see `CellSummary`.

    Examples
    --------
    >>> from cruxmap.model.intervals import Interval
    >>> low = Answer("a/x", "doubtful", Interval(1, 1), 5, 1)
    >>> high = Answer("a/x", "likely", Interval(3, 3), 5, 1)
    >>> found = summary("a/x", [low, high, high])
    >>> found.low, found.high, found.marks, round(found.spread, 3)
    (3.0, 3.0, (('likely', 2), ('doubtful', 1)), 0.333)
    """
    from statistics import median

    from cruxmap.analysis.agreement import item_spread

    words = [item.mark for item in given]
    counts = sorted({(word, words.count(word)) for word in words}, key=lambda item: (-item[1], item[0]))
    ends = [item.interval for item in given if item.interval is not None]
    width = max((item.levels - 1 for item in given), default=1)
    spread = None
    if len(ends) > 1:
        low = item_spread([[item.low] for item in ends], width=max(width, 1))[0]
        spread = (low + item_spread([[item.high] for item in ends], width=max(width, 1))[0]) / 2
    return CellSummary(
        cell,
        len(given),
        tuple(counts),
        float(median(item.low for item in ends)) if ends else None,
        float(median(item.high for item in ends)) if ends else None,
        spread,
    )


def latest_marks(root: Path) -> dict[str, dict[tuple[str, str], LatestMark]]:
    """By cell, each reader's latest revealed mark over all sessions.

    Sessions count in the order of their ids, rounds by number. Who answered under an alias cannot be found
    again in another session. So where one of two sessions has such answers for a cell, those of the later
    one count and those of the earlier one do not.

    Returns
    -------
    dict
        By cell, and by the session of an alias (empty for handles) with the name under which it is filed.
    """
    latest: dict[str, dict[tuple[str, str], LatestMark]] = {}
    hidden = _anonymous(root)
    for folder in session_folders(root):
        session = folder.read()
        shown = names_of(folder, session) if session.reveal == "names" else {}
        given: dict[str, dict[tuple[str, str], LatestMark]] = {}
        for round_ in revealed_rounds(folder, session):
            for filed, response in revealed_responses(folder, session, round_).items():
                is_handle = filed in session.readers
                name = shown.get(filed) if is_handle and filed not in hidden else None
                for cell, said in response.marks.items():
                    rows = given.setdefault(cell, {})
                    rows["" if is_handle else session.id, filed] = LatestMark(said, name)
        for cell, rows in given.items():
            before = latest.get(cell, {}).items()
            is_linked = all(not alias_of for alias_of, _ in rows)
            latest[cell] = {key: mark for key, mark in before if is_linked and not key[0]} | rows
    return latest


def latest_intervals(kb: KnowledgeBase, root: Path) -> dict[str, list[Answer]]:
    """By cell, each reader's latest revealed mark, lowest first: nothing but marks.

    Who gave a mark, and why, is left out, so that it may be shown under every policy; see `latest_marks`.
    """
    found = {}
    for cell, rows in sorted(latest_marks(root).items()):
        bare = [
            Draft(marks={cell: CellResponse(mark=said.mark, criterion_version=said.criterion_version)})
            for said, _ in rows.values()
        ]
        known = [answers[cell] for answers in (answers_of(kb, draft) for draft in bare) if cell in answers]
        if known:
            found[cell] = sorted(known, key=_mark_order)
    return found


def credences_of_reader(root: Path, reader: str) -> dict[str, float]:
    """The latest revealed credences of a reader, by statement, from sessions that show names.

    The credence of the assumption that a mark rests on counts too, where it is a statement.

    Raises
    ------
    NoReaderError
        When no session that shows names has revealed anything of such a reader.
    """
    found: dict[str, float] = {}
    known: set[str] = set()
    hidden = _anonymous(root)
    for folder in session_folders(root):
        session = folder.read()
        if session.reveal != "names":
            continue
        for round_ in revealed_rounds(folder, session):
            for name, response in revealed_responses(folder, session, round_).items():
                if name in hidden or name not in session.readers:
                    continue
                known.add(name)
                if name != reader:
                    continue
                found |= held_credences(response)
    if reader not in known:
        listed = ", ".join(sorted(known)) or "none yet"
        raise NoReaderError(f"{reader!r} has revealed no credences under a name; readers who have: {listed}")
    return found


def _anonymous(root: Path) -> set[str]:
    """Who wants not to be named anywhere."""
    return {handle for handle, person in people(root).items() if person.name == ANONYMOUS}
