"""Hold every revealed response against its commitment: what was changed, late, missing or cannot be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from cruxmap.errors import BrokenCorpusError
from cruxmap.group.files import named_files, read_record
from cruxmap.group.reading import read_revealed
from cruxmap.group.sealing import Commitment, commitment_hash
from cruxmap.group.state import current_round, read_step, round_state

if TYPE_CHECKING:
    from cruxmap.group.folder import SessionFolder
    from cruxmap.group.responses import Revealed
    from cruxmap.group.session import Session
    from cruxmap.group.state import RoundState

__all__ = ["Check", "Finding", "Verification", "verify"]

Finding = Literal[
    "verified", "sealed", "mismatch", "replaced", "late", "missing", "malformed", "stranger", "uneven"
]
FINDINGS: dict[Finding, str] = {
    "verified": "the answers are those that were committed",
    "sealed": "committed, and not revealed yet",
    "mismatch": "the answers are not those that were committed",
    "replaced": "the commitment was exchanged after others had revealed",
    "late": "committed after others had revealed",
    "missing": "not there, and the round goes on without it",
    "malformed": "a file cannot be read",
    "stranger": "a file of somebody who does not take part",
    "uneven": "answers under aliases and readers who say that theirs are among them are not equally many",
}
"""What can be found, and what it means."""
HARMLESS = ("verified", "sealed", "missing")


@dataclass(frozen=True, slots=True)
class Check:
    """What was found out about one reader in one round; an alias stands for a reader who is not named."""

    reader: str
    round: int
    finding: Finding
    detail: str = ""

    @property
    def is_wrong(self) -> bool:
        """Whether it should not be so. That a reader is missing is seen and no fault."""
        return self.finding not in HARMLESS


@dataclass(frozen=True, slots=True)
class Verification:
    """All checks of a session, by round and reader."""

    session: str
    checks: tuple[Check, ...]

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return not any(item.is_wrong for item in self.checks)

    def as_data(self) -> dict[str, Any]:
        """Return the checks as plain data; it never holds an answer."""
        return {
            "schema": 1,
            "session": self.session,
            "sound": self.is_sound,
            "checks": [
                {
                    "reader": item.reader,
                    "round": item.round,
                    "finding": item.finding,
                    "wrong": item.is_wrong,
                    "detail": item.detail,
                }
                for item in self.checks
            ],
        }


def verify(folder: SessionFolder, session: Session) -> Verification:
    """Check everything that was published in a session.

    Parameters
    ----------
    folder : SessionFolder
    session : Session

    Returns
    -------
    Verification
        One check at least for each reader who has committed, revealed or is missing in a round.

    Notes
    -----
    A response lists the commitments that were there when it was revealed. One that is not on a list of
    another reader was made later, or had not arrived; one that differs was exchanged. Times of files and
    commits prove nothing and are not used.
    """
    numbers = {number for _, number in named_files(folder.commitments)}
    numbers |= {number for _, number in named_files(folder.responses)}
    found: list[Check] = []
    for round_ in sorted(numbers | set(range(1, current_round(folder) + 1))):
        found += _round_checks(folder, session, round_)
    return Verification(session.id, (*_broken_steps(folder), *found))


def _broken_steps(folder: SessionFolder) -> list[Check]:
    found = []
    for path in sorted(folder.steps.glob("*.yaml")) if folder.steps.is_dir() else ():
        try:
            read_step(path)
        except BrokenCorpusError as broken:
            found.append(Check("", 0, "malformed", _place(broken)))
    return found


def _place(broken: BrokenCorpusError) -> str:
    """Where a file is wrong, without what it says there: the round may not be revealed yet."""
    first = broken.problems[0]
    return f"{first.path}:{first.line}:{first.column}: {first.code}"


def _round_checks(folder: SessionFolder, session: Session, round_: int) -> list[Check]:
    found: list[Check] = []
    committed: dict[str, Commitment] = {}
    revealed: dict[str, Revealed] = {}
    for (reader, number), path in named_files(folder.commitments).items():
        if number == round_:
            try:
                committed[reader] = read_record(path, Commitment)
            except BrokenCorpusError as broken:
                found.append(Check(reader, round_, "malformed", _place(broken)))
    for (reader, number), path in named_files(folder.responses).items():
        if number == round_:
            try:
                revealed[reader] = read_revealed(path)
            except BrokenCorpusError as broken:
                found.append(Check(reader, round_, "malformed", _place(broken)))
    unread = {item.reader for item in found}
    state = round_state(folder, session, round_)
    for reader in dict.fromkeys((*session.readers, *committed, *revealed)):
        if reader in unread:
            continue
        if reader not in session.readers and not state.sealed_aliases[0]:
            found.append(Check(reader, round_, "stranger"))
            continue
        found += _reader_checks(session, round_, reader, committed, revealed)
    done = {item.reader for item in found} | {*state.committed, *state.revealed}
    found += [Check(reader, round_, "missing") for reader in state.without if reader not in done]
    order = {reader: number for number, reader in enumerate(session.readers)}
    found.sort(key=lambda item: (order.get(item.reader, len(order)), item.reader))
    return found + _uneven(state)


def _uneven(state: RoundState) -> list[Check]:
    """Hold the number of files under aliases against the roll: which file is too many cannot be told."""
    found = []
    for word, (said, there) in (
        ("committed", state.sealed_aliases),
        ("revealed", state.revealed_aliases),
    ):
        if said != there and said:
            detail = f"files under aliases: {there}; readers who have {word}: {said}"
            found.append(Check("", state.round, "uneven", detail))
    return found


def _reader_checks(
    session: Session,
    round_: int,
    reader: str,
    committed: dict[str, Commitment],
    revealed: dict[str, Revealed],
) -> list[Check]:
    commitment, response = committed.get(reader), revealed.get(reader)
    found = []
    if commitment is not None:
        found += _timing(reader, round_, commitment, revealed)
        if (commitment.reader, commitment.session, commitment.round) != (reader, session.id, round_):
            detail = "the commitment names another reader, session or round than its place"
            found.append(Check(reader, round_, "mismatch", detail))
    if response is not None:
        detail = _mismatch(session, round_, reader, commitment, response)
        if detail:
            found.append(Check(reader, round_, "mismatch", detail))
    if found or commitment is None:
        return found
    return [Check(reader, round_, "sealed" if response is None else "verified")]


def _timing(reader: str, round_: int, commitment: Commitment, revealed: dict[str, Revealed]) -> list[Check]:
    """Ask every response of another reader whether this commitment was there."""
    others = {name: item for name, item in revealed.items() if name != reader}
    late = [name for name, item in others.items() if reader not in item.seen]
    if late:
        detail = f"it was not there when {', '.join(late)} revealed"
        return [Check(reader, round_, "late", detail)]
    other = [name for name, item in others.items() if item.seen[reader] != commitment.sha256]
    if other:
        detail = f"{', '.join(other)} saw another commitment when revealing"
        return [Check(reader, round_, "replaced", detail)]
    return []


def _mismatch(
    session: Session, round_: int, reader: str, commitment: Commitment | None, response: Revealed
) -> str:
    if commitment is None:
        return "there are answers without a commitment"
    if commitment_hash(response, response.nonce) != commitment.sha256:
        return "the hash of the answers is another one: something was changed after the commitment"
    if (response.reader, response.session, response.round) != (reader, session.id, round_):
        return "the answers are for another reader, session or round"
    if response.reveal != session.reveal:
        return f"answered under `reveal: {response.reveal}`, and the session says {session.reveal} now"
    return ""
