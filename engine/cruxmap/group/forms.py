"""Answers as the text of a file: sealed ones in full, drafts as a form with a place for every answer."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from cruxmap.group.responses import CellResponse, Draft, Response, Revealed
from cruxmap.model.intervals import words
from cruxmap.yamlwrite import flow, scalar

if TYPE_CHECKING:
    from cruxmap.group.responses import ConditionalResponse
    from cruxmap.group.session import Session
    from cruxmap.knowledge import KnowledgeBase

__all__ = ["cell_block", "draft_text", "response_text"]

_PROBABILITIES = ("p_u", "p_c", "p_u_given_c")
_ASKED = ("mark", "assumption", "credence", "rationale", "at", "confidence", "change-my-mind")
"""The lines of a form, in the order in which a reader thinks."""


def response_text(response: Response) -> str:
    """A response as a YAML file; reading gives back the same response."""
    lines = [
        f"reader: {scalar(response.reader)}",
        f"session: {scalar(response.session)}",
        f"round: {response.round}",
        f"reveal: {response.reveal}",
    ]
    lines += _answers(response)
    if isinstance(response, Revealed):
        lines.append(f"nonce: {scalar(response.nonce)}")
        lines += ["seen:"] if response.seen else []
        lines += [f"  {scalar(name)}: {scalar(value)}" for name, value in sorted(response.seen.items())]
    return "\n".join(lines) + "\n"


def _answers(given: Draft | Response) -> list[str]:
    lines = ["marks:"] if given.marks else ["marks: {}"]
    for cell, said in given.marks.items():
        lines += cell_block(cell, said)
    return lines + _beyond_marks(given)


def _beyond_marks(given: Draft | Response) -> list[str]:
    lines = ["credences:"] if given.credences else ["credences: {}"]
    lines += [f"  {scalar(name)}: {value!r}" for name, value in given.credences.items()]
    if given.conditionals:
        lines.append("conditionals:")
    for item in given.conditionals:
        lines += _conditional(item)
    return lines


def _conditional(item: ConditionalResponse) -> list[str]:
    lines = [f"  - verdict: {scalar(item.verdict)}", f"    crux: {scalar(item.crux)}"]
    return lines + [f"    {name}: {getattr(item, name)!r}" for name in _PROBABILITIES]


def cell_block(cell: str, said: CellResponse, *, asked: bool = False) -> list[str]:
    """The lines of one cell below `marks:`; with `asked` also those that are still to be filled in."""
    lines = []
    for item in fields(CellResponse):
        key, value = item.name.replace("_", "-"), getattr(said, item.name)
        if value is None or value == ():
            if asked and key in _ASKED:
                lines.append(f"    {key}:")
        elif isinstance(value, tuple):
            lines.append(f"    {key}: {flow(value)}")
        else:
            lines.append(f"    {key}: {scalar(value) if isinstance(value, str) else repr(value)}")
    return [f"  {scalar(cell)}:" if lines else f"  {scalar(cell)}: {{}}", *lines]


def draft_text(kb: KnowledgeBase, session: Session, reader: str, round_: int, given: Draft) -> str:
    """A form for a reader: every cell asked for with its question, and what has been answered so far.

    Parameters
    ----------
    kb : KnowledgeBase
    session : Session
    reader : str
    round_ : int
        From 1.
    given : Draft
        Answers for cells that were not asked for come last.
    """
    lines = [
        f"# {_one_line(session.question)}",
        f"# Answers of {reader}, round {round_}. Nobody sees them before the reveal. Fill in what you can:",
        "#   mark            a level, a range such as doubtful..plausible, or a mark that leaves it open",
        "#   assumption      what the mark rests on most: a number such as A5, or a sentence of your own",
        "#   credence        how likely that assumption is to hold, 0 to 1",
        "#   rationale       why, in a sentence or two",
        "#   at              where in the text: §4.2",
        "#   confidence      that you understood the text: low, medium or high",
        "#   change-my-mind  what would",
        f"reader: {scalar(reader)}",
        f"session: {scalar(session.id)}",
        f"round: {round_}",
    ]
    cells = session.cells_of(reader)
    extra = [cell for cell in given.marks if cell not in cells]
    lines.append("marks:" if [*cells, *extra] else "marks: {}")
    for cell in [*cells, *extra]:
        lines += ["", *_comments(kb, cell)]
        lines += cell_block(cell, given.marks.get(cell, CellResponse()), asked=True)
    lines += ["", "# Credences of further statements, such as A5: 0.7"]
    return "\n".join([*lines, *_beyond_marks(given)]) + "\n"


def _comments(kb: KnowledgeBase, cell: str) -> list[str]:
    """What is asked in a cell, as comment lines; nothing for a cell that is gone."""
    entry, _, criterion = cell.partition("/")
    owner, asked = kb.entries.get(entry), kb.entries.get(criterion)
    if owner is None or asked is None:
        return []
    number = getattr(owner, "number", None)
    label = f"{number} " if number is not None else ""
    title = f"{label}{getattr(owner, 'title', entry)}: {getattr(asked, 'title', criterion)}"
    question = getattr(asked, "question", "")
    return [
        f"  # {_one_line(title)}",
        f"  # {_one_line(question)}",
        f"  # one of: {', '.join(words(kb.scale_of(criterion)))}",
    ]


def _one_line(text: str) -> str:
    return " ".join(text.split())
