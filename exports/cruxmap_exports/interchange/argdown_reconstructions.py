"""Argdown, premise-conclusion structures: numbered statements and lines of inference."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from cruxmap_exports.interchange.argdown_lines import SYMBOLS, Element, Line
from cruxmap_exports.interchange.maps import Edge, EdgeKind

if TYPE_CHECKING:
    from collections.abc import Sequence


class Drafts(Protocol):
    """What a reconstruction needs from the reader of the file."""

    edges: dict[Edge, None]

    def draft(self, item: Element, line: Line | None = None) -> str:
        """Return the key of what an element names."""
        ...

    def relate(self, parent: str, child: str, line: Line) -> None:
        """Join two drafts."""
        ...

    def lose(self, message: str, line: Line, key: str = "") -> None:
        """Report a loss."""
        ...


class Reconstruction:
    """Reads one premise-conclusion structure.

    Every conclusion but the last belongs to a step of its own, an argument without a title that supports it;
    the last step is the argument that the structure reconstructs.
    """

    def __init__(self, drafts: Drafts, argument: str) -> None:
        self.drafts = drafts
        self.argument = argument
        self.numbered: dict[int, str] = {}
        self.open: list[int] = []
        self.step = ""
        self.uses: list[int] | None = None
        self.rules: list[str] = []

    def read(self, rows: Sequence[tuple[Line, Element | None]]) -> None:
        """Read the rows of a block, from the first numbered statement on."""
        remaining = sum(line.opening == "----" for line, _ in rows)
        remaining += sum(line.opening == "--" for line, _ in rows) // 2
        parents: list[tuple[int, str]] = []
        concluding = inside = False
        for line, item in rows:
            if line.opening == "----" or (line.opening == "--" and not inside):
                inside = line.opening == "--"
                remaining -= 1
                self._infer(last=remaining == 0)
                concluding = True
                parents = [(line.indent, self.step)]
            elif line.opening == "--":
                inside = False
                parents = [(line.indent, self.step)]
            elif item is None:
                self._rule(line)
            elif line.opening in SYMBOLS:
                key = self.drafts.draft(item, line)
                while len(parents) > 1 and parents[-1][0] >= line.indent:
                    parents.pop()
                self.drafts.relate(parents[-1][1], key, line)
                parents.append((line.indent, key))
            else:
                key = self.drafts.draft(item, line)
                self._statement(int(line.opening[1:-1]) if line.opening else 0, key, concluding=concluding)
                concluding = False
                parents = [(line.indent, key)]

    def _infer(self, *, last: bool) -> None:
        self.step = self.argument if last else self.drafts.draft(Element("argument", "", ""))
        self.uses, self.rules = None, []

    def _rule(self, line: Line) -> None:
        """Read what stands between two lines `--`: names of rules, and which statements are used."""
        uses = re.search(r"uses\s*:\s*\[([\d,\s]*)\]", line.text)
        if uses:
            self.uses = [int(number) for number in re.findall(r"\d+", uses[1])]
        rule = re.sub(r"\{.*\}", "", line.text, flags=re.DOTALL).strip()
        if rule:
            self.rules.append(rule)
            self.drafts.lose(f"the rule of inference {rule!r} is not part of the map", line, self.step)

    def _statement(self, number: int, key: str, *, concluding: bool) -> None:
        self.numbered[number] = key
        if concluding:
            used = self.open if self.uses is None else [item for item in self.uses if item in self.numbered]
            for item in used:
                self.drafts.edges[Edge(self.numbered[item], self.step, EdgeKind.PREMISE)] = None
            self.drafts.edges[Edge(self.step, key, EdgeKind.SUPPORT)] = None
            self.open = [item for item in self.open if item not in used]
        self.open.append(number)
