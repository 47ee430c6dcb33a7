"""Argument graphs of Carneades in YAML as argument maps: read only.

References
----------
Thomas F. Gordon, Henry Prakken, Douglas Walton (2007). The Carneades model of argument and burden of proof.
Artificial Intelligence 171. Format: Carneades 4, YAML input.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

from cruxmap_exports.interchange import yamlfiles
from cruxmap_exports.interchange.maps import ArgumentMap, Edge, EdgeKind, Loss, Node, NodeKind, collapsed

if TYPE_CHECKING:
    from pathlib import Path

    from cruxmap_exports.interchange.yamlfiles import YamlFile

_KEYS = {
    "statements",
    "issues",
    "arguments",
    "assumptions",
    "argument_schemes",
    "issue_schemes",
    "tests",
    "meta",
}


def read(path: str | Path) -> ArgumentMap:
    """Read an argument graph.

    Returns
    -------
    ArgumentMap
        Positions of one issue exclude each other (`contrary`). Proof standards, tests and schemes are
        reported: the first two are questions to a semantics, schemes are not instantiated.

    Raises
    ------
    InterchangeError
        When the file is not such a graph, with the place.
    """
    return collapsed(_Reader(yamlfiles.read(path)).read())


class _Reader:
    """Reads the sections of one file."""

    def __init__(self, file: YamlFile) -> None:
        self.file = file
        self.nodes: dict[str, Node] = {}
        self.edges: dict[Edge, None] = {}
        self.losses: list[Loss] = []
        self.assumed: set[str] = set()

    def read(self) -> ArgumentMap:
        value = self.file.value
        if not {"statements", "arguments"} & set(value):
            raise self.file.error("an argument graph has `statements` and `arguments`")
        for key in value:
            if key not in _KEYS:
                self._lose(f"the section `{key}` is unknown and was left out", key)
        self.assumed = set(yamlfiles.texts(value.get("assumptions")))
        for name, item in self._section("statements").items():
            self._statement(name, item)
        for name in sorted(self.assumed - set(self.nodes)):
            self._lose(f"`assumptions` names {name}, which is no statement", "assumptions")
        for name, item in self._section("arguments").items():
            self._argument(name, item)
        for name, item in self._section("issues").items():
            self._issue(name, item)
        for key, what in (
            ("argument_schemes", "argument schemes are rules; what they would add was not derived"),
            ("issue_schemes", "issue schemes are rules; what they would add was not derived"),
            ("tests", "tests say what Carneades should compute; they were not run"),
        ):
            if value.get(key):
                self._lose(what, key)
        return ArgumentMap(tuple(self.nodes.values()), tuple(self.edges), tuple(self.losses))

    def _lose(self, message: str, *steps: str, node: str = "") -> None:
        self.losses.append(Loss(message, *self.file.place(*steps), node))

    def _section(self, key: str) -> dict[str, Any]:
        section = self.file.value.get(key) or {}
        if not isinstance(section, dict):
            raise self.file.error(f"`{key}` must be a mapping from ids", key)
        return section

    def _statement(self, name: str, item: Any) -> None:
        text, extras = item, {}
        if isinstance(item, dict):
            text = item.get("text", "")
            if item.get("assumed") == "true":
                self.assumed.add(name)
            if "label" in item:
                self._lose(
                    f"{name}: the label {item['label']!r} is computed elsewhere",
                    "statements",
                    name,
                    node=name,
                )
            extras = {
                key: value
                for key, value in item.items()
                if key not in ("text", "assumed", "label") and isinstance(value, str)
            }
        if not isinstance(text, str):
            raise self.file.error(f"the text of {name} must be a text", "statements", name)
        if name in self.assumed:
            extras["assumed"] = "true"
        self.nodes[name] = Node(name, text=text, extras=extras)

    def _known(self, name: str, *steps: str) -> str:
        if name not in self.nodes:
            self._lose(
                f"{name} is used but not among the statements; added without a text", *steps, node=name
            )
            self.nodes[name] = Node(name)
        return name

    def _argument(self, name: str, item: Any) -> None:
        steps = ("arguments", name)
        if not isinstance(item, dict) or not isinstance(item.get("conclusion"), str):
            raise self.file.error(f"the argument {name} has no `conclusion`", *steps)
        if name in self.nodes:
            raise self.file.error(f"the id {name} names a statement and an argument", *steps)
        weight = self._weight(item.get("weight"), name)
        extras = {"scheme": item["scheme"]} if isinstance(item.get("scheme"), str) else {}
        if isinstance(item.get("scheme"), dict):
            self._lose(f"{name}: the parameters of its scheme were left out", *steps, "scheme", node=name)
        title = item.get("title") if isinstance(item.get("title"), str) else ""
        conclusion = self._known(item["conclusion"], *steps, "conclusion")
        premises = item.get("premises", [])
        if isinstance(premises, dict):
            self._lose(f"{name}: the roles of its premises were left out", *steps, "premises", node=name)
            premises = list(premises.values())
        self.nodes[name] = Node(name, NodeKind.ARGUMENT, title or "", base=weight, extras=extras)
        for premise in yamlfiles.texts(premises):
            self.edges[Edge(self._known(premise, *steps, "premises"), name, EdgeKind.PREMISE)] = None
        self.edges[Edge(name, conclusion, EdgeKind.SUPPORT)] = None
        undercutter = item.get("undercutter")
        if isinstance(undercutter, str) and undercutter:
            self.edges[Edge(self._known(undercutter, *steps, "undercutter"), name, EdgeKind.UNDERCUT)] = None

    def _weight(self, value: Any, name: str) -> float | None:
        if value is None:
            return None
        try:
            weight = float(value)
        except (TypeError, ValueError):
            weight = -1.0
        if 0.0 <= weight <= 1.0:
            return weight
        self._lose(
            f"{name}: the weight is not a number from 0 to 1; left out",
            "arguments",
            name,
            "weight",
            node=name,
        )
        return None

    def _issue(self, name: str, item: Any) -> None:
        steps = ("issues", name)
        if not isinstance(item, dict):
            raise self.file.error(f"the issue {name} must be a mapping with `positions`", *steps)
        positions = [self._known(position, *steps) for position in yamlfiles.texts(item.get("positions"))]
        for first, second in combinations(dict.fromkeys(positions), 2):
            self.edges[Edge(first, second, EdgeKind.CONTRARY)] = None
        if item.get("standard"):
            self._lose(
                f"issue {name}: its proof standard {item['standard']!r} is not part of a map",
                *steps,
                "standard",
            )
