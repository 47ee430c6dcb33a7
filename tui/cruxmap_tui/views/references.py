"""Find the statements, arguments and entries that a sentence names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from cruxmap.cli.wording import criterion_name, short_name

if TYPE_CHECKING:
    from cruxmap.knowledge import KnowledgeBase

_NAME = re.compile(r"[A-Za-z][\w./-]*\w")


class Reference(NamedTuple):
    """A place in a text, and the id of what is named there."""

    start: int
    end: int
    id: str


class References:
    """Recognise names the way pages write them: `A5 Consistent gradient ...`, `P3 inner alignment`, ids."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb
        numbered = {
            short_name(kb, name): name
            for name, entry in kb.entries.items()
            if getattr(entry, "number", None) is not None
        }
        with_hyphen = {name: name for name in kb.entries if "-" in name}
        statements = dict.fromkeys(kb.statements)
        self._names: dict[str, str] = {
            **with_hyphen,
            **{name: name for name in statements if "/" in name or "-" in name},
            **{name: name for name in kb.arguments},
            **numbered,
        }
        self._tails: dict[str, list[tuple[str, str]]] = {}
        for name in statements:
            entry, slash, criterion = name.partition("/")
            if slash:
                self._tails.setdefault(entry, []).append((criterion_name(kb, criterion), name))

    def find(self, text: str) -> list[Reference]:
        """Return the names in a text from left to right."""
        found: list[Reference] = []
        for match in _NAME.finditer(text):
            start, end = match.span()
            name = self._names.get(match[0])
            if name is None or (found and start < found[-1].end):
                continue
            found.append(self._longest(text, start, end, name))
        return found

    def _longest(self, text: str, start: int, end: int, name: str) -> Reference:
        """Take the criterion or title that follows into the reference."""
        after = text[end : end + 1 + 200]
        for tail, statement in self._tails.get(name, ()):
            if after.startswith(f" {tail}"):
                return Reference(start, end + 1 + len(tail), statement)
        title = str(getattr(self._kb.entries.get(name), "title", ""))
        longer = end + 1 + len(title) if title and after.startswith(f" {title}") else end
        return Reference(start, longer, name)
