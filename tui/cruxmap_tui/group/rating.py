"""Answers while they are written: what a form says, what of it can stand, and the draft. No widget."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime
from typing import TYPE_CHECKING

from cruxmap.errors import CruxmapError
from cruxmap.group.answering import answering_round, checked_answer
from cruxmap.group.open_draft import Elsewhere, OpenDraft, draft_in_use
from cruxmap.group.reading import changed, read_revealed
from cruxmap.group.responses import CellResponse, canonical_bytes, missing_marks
from cruxmap.group.sealing import commit, sealed_response
from cruxmap.group.state import round_state

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cruxmap.group.folder import SessionFolder
    from cruxmap.group.responses import Draft
    from cruxmap.group.sealing import Committed
    from cruxmap.group.session import Session
    from cruxmap.knowledge import KnowledgeBase

FIELDS = {
    "mark": "mark",
    "assumption": "assumption",
    "credence": "credence",
    "rationale": "reason",
    "at": "place in the text",
    "confidence": "confidence",
    "change_my_mind": "what would change your mind",
}
"""Parts of an answer that a form asks for, and how they are called."""


class Rating:
    """One reader's answers in one round.

    Parameters
    ----------
    kb : KnowledgeBase
    folder, session
    reader : str

    Raises
    ------
    NotNowError
        When the session takes no answers of the reader now, or an editor has the draft open.
    BrokenGroupFileError
        When the draft cannot be read.
    """

    def __init__(self, kb: KnowledgeBase, folder: SessionFolder, session: Session, reader: str) -> None:
        self.kb, self.folder, self.session, self.reader = kb, folder, session, reader
        self.round = answering_round(kb, folder, session, reader)
        self._hold = ExitStack()
        self._hold.enter_context(draft_in_use(folder, reader, self.round, alone=False))
        self._file = OpenDraft(kb, folder, session, reader, self.round)
        self.cells = session.cells_of(reader)
        self._unsaved: dict[str, CellResponse] = {}
        self._base: dict[str, CellResponse] = {}
        self.saved_at: datetime | None = None
        self.failure = ""

    def close(self) -> Elsewhere | None:
        """Save, and let editors have the draft."""
        found = self.save()
        self._hold.close()
        return found

    def said(self, cell: str) -> CellResponse:
        """What is answered for a cell by now, saved or not."""
        return self._unsaved.get(cell) or self._file.said(cell)

    @property
    def draft(self) -> Draft:
        """What is saved."""
        return self._file.draft

    @property
    def is_saved(self) -> bool:
        """Whether the draft holds everything that was taken."""
        return not self._unsaved

    @property
    def missing(self) -> tuple[str, ...]:
        """Cells without a mark."""
        return tuple(cell for cell in self.cells if self.said(cell).mark is None)

    def lacking(self, cell: str) -> list[str]:
        """What the answer for a cell does not say yet, in words."""
        said = self.said(cell)
        asked = ("mark", "assumption", "credence", "rationale", "at", "change_my_mind")
        return [FIELDS[name] for name in asked if getattr(said, name) is None]

    def take(self, cell: str, texts: Mapping[str, str]) -> dict[str, str]:
        """Take what a form says of a cell.

        Parameters
        ----------
        cell : str
        texts : mapping of str to str
            By field of `FIELDS`; an empty text is no answer.

        Returns
        -------
        dict
            By field, what is wrong with it. What is wrong is not taken; the answer before it stays.
        """
        wrong: dict[str, str] = {}
        said = self.said(cell)
        for field, written in texts.items():
            value: object = written.strip() or None
            try:
                if field == "credence" and value is not None:
                    value = _number(written)
                alone = checked_answer(self.kb, cell, changed(CellResponse(), **{field: value}))
            except CruxmapError as error:
                wrong[field] = str(error).removeprefix("--at: ")
            else:
                said = changed(said, **{field: getattr(alone, field)})
        if said != self.said(cell):
            self._base.setdefault(cell, self._file.said(cell))
            self._unsaved[cell] = said
        return wrong

    def look(self) -> Elsewhere | None:
        """Take over what another program wrote into the draft; None when there is nothing of that."""
        try:
            return self._file.look()
        except (CruxmapError, OSError):
            # Somebody may be in the middle of an edit; saving tells what is wrong when it stays so.
            return None

    def save(self) -> Elsewhere | None:
        """Write what was taken into the draft; when that cannot be done, `failure` says why.

        Returns
        -------
        Elsewhere or None
            What another program did to the draft meanwhile.
        """
        found = self.look()
        for cell, said in list(self._unsaved.items()):
            try:
                found = self._file.save(cell, said, self._base[cell]) or found
            except (CruxmapError, OSError) as error:
                self.failure = str(error)
                return found
            del self._unsaved[cell], self._base[cell]
            self.saved_at = datetime.now().astimezone()
        self.failure = ""
        return found

    @property
    def is_committed(self) -> bool:
        """Whether a hash of answers is published."""
        return self.reader in round_state(self.folder, self.session, self.round).committed

    @property
    def is_as_sealed(self) -> bool:
        """Whether the answers are those that were sealed."""
        path = self.folder.sealed(self.reader, self.round)
        if not (self.is_committed and path.is_file()):
            return False
        kept = read_revealed(path)
        now = sealed_response(self.kb, self.session, self.reader, self.round, self._file.draft, kept.reader)
        return canonical_bytes(now) == canonical_bytes(kept)

    def seal(self) -> Committed:
        """Commit to what is saved; cells without a mark are left out.

        Raises
        ------
        CruxmapError
            When it cannot be sealed now.
        """
        partial = bool(missing_marks(self._file.draft, self.cells))
        return commit(self.kb, self.folder, self.session, self.reader, partial=partial)


def _number(written: str) -> float:
    """A credence as people write it: `0.6`, `.6`, `60%`."""
    from cruxmap.credences import parse_credence
    from cruxmap.errors import UsageError

    text = written.strip().replace(",", ".")
    try:
        value = float(text[:-1]) / 100 if text.endswith("%") else float(text)
    except ValueError:
        raise UsageError("a credence is a number from 0 to 1, such as 0.6") from None
    return parse_credence(str(value), written.strip())
