"""The readers of a session in the form that `cruxmap cruxes` compares, under the names that may be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.errors import UsageError
from cruxmap.group.errors import StillSealedError
from cruxmap.group.folder import SessionFolder
from cruxmap.group.responses import held_credences
from cruxmap.group.state import current_round, round_state
from cruxmap.group.visibility import names_of, revealed_responses, revealed_rounds
from cruxmap.reader_files import Conditional, GivenMark, ReaderFile, is_own_words

if TYPE_CHECKING:
    from pathlib import Path

    from cruxmap.group.responses import CellResponse, ConditionalResponse, Revealed
    from cruxmap.knowledge import KnowledgeBase

__all__ = ["is_session", "readers_of_session"]


def is_session(path: Path) -> bool:
    """Whether a folder is that of a session."""
    return (path / "session.yaml").is_file()


def readers_of_session(kb: KnowledgeBase, path: Path) -> list[ReaderFile]:
    """What each reader of a session holds by now: of every cell and statement the latest revealed answer.

    Parameters
    ----------
    kb : KnowledgeBase
        Statements that are no longer in it are left out.
    path : Path
        The folder of the session.

    Returns
    -------
    list of ReaderFile
        By the names that the policy gives, which also stand for the files.

    Raises
    ------
    UsageError
        When the policy is `aggregate`: then readers cannot be compared.
    StillSealedError
        When nothing is revealed yet.
    """
    folder = SessionFolder(path.resolve().parent.parent, path.resolve().name)
    session = folder.read()
    if session.reveal == "aggregate":
        raise UsageError(
            f"the readers of {folder.id} agreed to show totals only, so they cannot be compared; see "
            "`cruxmap group status`"
        )
    rounds = revealed_rounds(folder, session)
    if not rounds:
        round_ = current_round(folder)
        raise StillSealedError(round_, round_state(folder, session, round_).waiting_for)
    names = names_of(folder, session)
    given: dict[str, list[Revealed]] = {}
    for round_ in rounds:
        for reader, response in revealed_responses(folder, session, round_).items():
            given.setdefault(reader, []).append(response)
    return [_reader(kb, folder.id, names[reader], given[reader]) for reader in names if reader in given]


def _reader(kb: KnowledgeBase, session: str, name: str, given: list[Revealed]) -> ReaderFile:
    credences: dict[str, float] = {}
    marks: dict[str, CellResponse] = {}
    conditionals: dict[tuple[str, str], ConditionalResponse] = {}
    for response in given:
        credences |= held_credences(response)
        marks |= response.marks
        conditionals |= {(item.verdict, item.crux): item for item in response.conditionals}
    known = {*kb.statements, *kb.arguments}
    return ReaderFile(
        name,
        f"{session}: {name}",
        {node: value for node, value in credences.items() if node in known},
        {
            cell: GivenMark(said.mark, tuple(node for node in _hinges(said) if node in known))
            for cell, said in marks.items()
            if said.mark is not None and cell.partition("/")[0] in kb.entries
        },
        tuple(
            Conditional(item.verdict, item.crux, item.p_u, item.p_c, item.p_u_given_c)
            for item in conditionals.values()
            if item.verdict in known and item.crux in known
        ),
    )


def _hinges(said: CellResponse) -> tuple[str, ...]:
    named = (said.assumption,) if said.assumption and not is_own_words(said.assumption) else ()
    return tuple(dict.fromkeys((*said.hinges, *named)))
