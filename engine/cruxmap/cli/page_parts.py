"""What the pages of `cruxmap show` are made of: names, remarks, steps, notes, questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cruxmap.cli.matrix import hinge_label
from cruxmap.model.parts import VERIFIED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cruxmap.cli.output import Output
    from cruxmap.knowledge import KnowledgeBase
    from cruxmap.model.parts import Note, Remark, Step


def print_remarks(title: str, remarks: Sequence[Remark], output: Output) -> None:
    """Print located sentences below a title; nothing when there are none."""
    if remarks:
        output.heading(title)
    for remark in remarks:
        output.paragraph(remark.text + where(remark), indent=2, first="- ")


def print_steps(title: str, steps: Sequence[Step], output: Output) -> None:
    """Print numbered set-up steps."""
    if steps:
        output.heading(title)
    for number, step in enumerate(steps, 1):
        optional = "(optional) " if step.optional else ""
        output.paragraph(f"{optional}{step.text}{where(step)}", first=f"{number:>3}. ")


def print_questions(questions: Sequence[Any], output: Output) -> None:
    """Print open questions with their ids."""
    if questions:
        output.heading("Open questions")
    for question in questions:
        output.paragraph(question.text + where(question), indent=2, first=f"? {question.id}: ", hang=2)


def print_names(kb: KnowledgeBase, title: str, names: Sequence[str], output: Output) -> None:
    """Print entries by number, title and id."""
    if names:
        output.heading(title)
    for name in names:
        entry = kb.entries.get(name)
        number = str(getattr(entry, "number", None) or "")
        label = str(getattr(entry, "title", None) or name)
        output.paragraph(f"{number}  {label} ({name})".strip(), indent=2, hang=4)


def named(kb: KnowledgeBase, word: str, names: Sequence[str]) -> str:
    """Name statements after a word such as `assumes`; empty without statements."""
    labels = [hinge_label(kb, name, written=True) for name in names]
    return f"{word} {'; '.join(labels)}" if labels else ""


def where(part: Any) -> str:
    """Write the locator of a part in brackets, with marks for our reading and for how it was checked."""
    ours = "our reading of " if getattr(part, "reading", "source") == "ours" else ""
    at = getattr(part, "at", None)
    checked = VERIFIED.get(getattr(part, "verified", "primary"), "")
    inside = "; ".join(filter(None, (f"{ours}{at}" if at else "", checked)))
    return f" [{inside}]" if inside else ""


def locator(at: str) -> str:
    """Return a locator without the id of its source."""
    return at.split(" ", 1)[-1]


def text_of(kb: KnowledgeBase, name: str) -> str:
    """Return the text of a statement or argument, empty for anything else."""
    if name in kb.statements:
        return kb.statements[name].text
    return kb.arguments[name].argument.text if name in kb.arguments else ""


def print_notes(notes: Sequence[Note], output: Output) -> None:
    """Print the notes of an entry, which support and attack nothing."""
    if notes:
        output.heading("Notes")
    for note in notes:
        output.paragraph(note.text + where(note), indent=2, first=f"· {note.id}: ", hang=2)
