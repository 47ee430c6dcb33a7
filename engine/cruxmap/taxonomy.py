"""The taxonomy of risks: which risk is a kind of which, as a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cruxmap.model.entries import Risk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cruxmap.knowledge import KnowledgeBase


class Branch(NamedTuple):
    """One risk in the tree; `lines` are the characters that draw its place, empty for the root."""

    id: str
    depth: int
    lines: str


def branches(kb: KnowledgeBase, risk: str) -> list[Branch]:
    """Return the whole tree that a risk stands in, parents before children, children by title.

    Parameters
    ----------
    kb : KnowledgeBase
    risk : str
        Id of any risk of the tree.

    Returns
    -------
    list of Branch
        The root first; only the risk itself when it is no kind of another and has no kinds.
    """
    risks = {entry.id: entry for entry in kb.of_kind(Risk)}
    kinds: dict[str, list[str]] = {}
    for entry in sorted(risks.values(), key=lambda entry: entry.title.casefold()):
        if entry.broader in risks:
            kinds.setdefault(str(entry.broader), []).append(entry.id)
    root, seen = risk, {risk}
    while (above := risks[root].broader) in risks and above not in seen:
        root = str(above)
        seen.add(root)
    return list(_under(root, kinds, 0, "", ""))


def _under(name: str, kinds: dict[str, list[str]], depth: int, lines: str, ahead: str) -> Iterator[Branch]:
    yield Branch(name, depth, lines)
    below = kinds.get(name, [])
    for place, kind in enumerate(below):
        last = place == len(below) - 1
        joint, rest = ("└─ ", "   ") if last else ("├─ ", "│  ")
        yield from _under(kind, kinds, depth + 1, ahead + joint, ahead + rest)
