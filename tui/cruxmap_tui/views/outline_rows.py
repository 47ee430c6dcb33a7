"""Rows of the outline: what bears on a node, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cruxmap.graph import EdgeKind
from cruxmap.model.parts import Question

if TYPE_CHECKING:
    from cruxmap_tui.session import Session

_ORDER = (EdgeKind.SUPPORT, EdgeKind.ATTACK, EdgeKind.PREMISE, EdgeKind.EXCEPTION)


class Row(NamedTuple):
    """One node below another.

    Attributes
    ----------
    id : str
    sign : str
        `+`, `−`, `?`, or a mark for premises and remarks.
    word : str
        How it bears on the node above where the sign leaves that open.
    """

    id: str
    sign: str = ""
    word: str = ""


def rows_below(session: Session, name: str) -> list[Row]:
    """Return what bears on a node: arguments for and against, premises, exceptions, then notes and questions.

    Examples
    --------
    >>> from cruxmap import load
    >>> from cruxmap_tui.session import Session
    >>> rows_below(Session(load()), "p3.inner.for.1")[0]
    Row(id='p3.inner.for.3', sign='+', word='backs')
    """
    graph = session.graph
    if name not in graph.index:
        return []
    on_argument = graph.node(name).kind == "argument"
    found = [
        Row(source, *_bearing(kind, on_argument=on_argument))
        for kind in _ORDER
        for source in graph.sources(name, kind)
    ]
    return found + _remarks(session, name)


def _bearing(kind: EdgeKind, *, on_argument: bool) -> tuple[str, str]:
    if kind is EdgeKind.SUPPORT:
        return "+", "backs" if on_argument else ""
    if kind is EdgeKind.ATTACK:
        return "−", "undercuts" if on_argument else ""
    return "·", "assumes" if kind is EdgeKind.PREMISE else "unless"


def _remarks(session: Session, name: str) -> list[Row]:
    kb = session.kb
    entry, slash, criterion = name.partition("/")
    assessment = getattr(kb.entries.get(entry), "assessments", {}).get(criterion) if slash else None
    names = [note.id for note in assessment.notes] if assessment is not None else []
    names += [item for item in kb.resting.get(name, ()) if item in kb.parts]
    return [
        Row(item, *(("?", "questions") if isinstance(kb.parts[item][0], Question) else ("·", "note")))
        for item in dict.fromkeys(names)
        if item in kb.parts
    ]


def roots_of(session: Session, name: str) -> list[str]:
    """Return the nodes that an outline about something starts from: itself, or all verdicts of an entry."""
    if name in session.graph.index:
        return [name]
    return [item for item in session.graph.index if item.startswith(f"{name}/")]
