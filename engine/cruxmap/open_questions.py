"""Critical questions of argument schemes that no reply answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cruxmap.model.vocabulary import Scheme

if TYPE_CHECKING:
    from cruxmap.knowledge import KnowledgeBase


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A critical question about one argument that nobody has answered.

    Attributes
    ----------
    argument, entry : str
        The argument that the question tests, and the entry that holds it.
    scheme, question : str
        Id of the scheme, and of the question within it.
    text : str
        The question in words.
    """

    argument: str
    entry: str
    scheme: str
    question: str
    text: str


def open_questions(kb: KnowledgeBase) -> list[OpenQuestion]:
    """Return the critical questions that no reply answers, by scheme and in the order of the files.

    A question counts as answered when a reply directly under the argument lists it in `answers`, whichever
    way the reply points: an answer that goes against the argument is an answer.
    """
    answered = {(placed.parent, name) for placed in kb.arguments.values() for name in placed.argument.answers}
    return [
        OpenQuestion(placed.argument.id, placed.entry, scheme.id, question.id, question.text)
        for scheme in kb.of_kind(Scheme)
        for placed in kb.arguments.values()
        if placed.argument.scheme == scheme.id
        for question in scheme.critical_questions
        if (placed.argument.id, question.id) not in answered
    ]
