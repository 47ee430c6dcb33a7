"""Larger corpora of the shape of the built-in one: renamed copies that rest on each other."""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING, Any

import yaml

from cruxmap.corpus import builtin_root
from cruxmap.graph import ArgumentGraph, Edge, EdgeKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CROSS_PREMISES = 40
"""Arguments of each copy that also assume a statement of an earlier one."""


def grown_graph(graph: ArgumentGraph, times: int, cycles: int, seed: int = 0) -> ArgumentGraph:
    """Return copies of a graph, linked by premises, with attacks that are answered in kind for `cycles`."""
    chance = random.Random(seed)
    nodes = [node._replace(id=f"{node.id}~{copy}") for copy in range(times) for node in graph.nodes]
    edges = [
        Edge(f"{edge.source}~{copy}", f"{edge.target}~{copy}", edge.kind)
        for copy in range(times)
        for edge in graph.edges
    ]
    arguments = [node.id for node in graph.nodes if node.kind == "argument"]
    for copy in range(1, times):
        for _ in range(CROSS_PREMISES):
            statement, argument = chance.choice(graph.statements()), chance.choice(arguments)
            edges.append(
                Edge(f"{statement}~{chance.randrange(copy)}", f"{argument}~{copy}", EdgeKind.PREMISE)
            )
    replies = [
        edge
        for edge in graph.edges
        if edge.kind is EdgeKind.ATTACK and graph.node(edge.target).kind == "argument"
    ]
    for edge in chance.sample(replies, cycles):
        copy = chance.randrange(times)
        edges.append(Edge(f"{edge.target}~{copy}", f"{edge.source}~{copy}", EdgeKind.ATTACK))
    return ArgumentGraph(tuple(nodes), tuple(dict.fromkeys(edges)))


def write_workspace(folder: Path, times: int) -> None:
    """Write the built-in corpus as a workspace, its entries `times` over under other ids and numbers."""
    root = builtin_root()
    for part in ("proposals", "ontology"):
        shutil.copytree(root / part, folder / part)
    # Sentences about the whole are true of the corpus, not of its copies.
    (folder / "proposals" / "synthesis.yaml").unlink()
    (folder / "cruxmap.yaml").write_text("extends: nothing\n", encoding="utf-8")
    files = [
        path
        for pattern in ("proposals/*/*.yaml", "ontology/assumptions*.yaml")
        for path in sorted(root.glob(pattern))
    ]
    documents = {path: yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) for path in files}
    own = {name for document in documents.values() for name in _ids(document)}
    for copy in range(1, times):
        for path, document in documents.items():
            target = folder / path.relative_to(root).with_stem(f"{path.stem}-{copy}")
            text = yaml.dump(_renamed(document, own, copy), Dumper=yaml.CSafeDumper, allow_unicode=True)
            target.write_text(text, encoding="utf-8")


def _ids(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("id"), str):
            yield value["id"]
        for item in value.values():
            yield from _ids(item)
    elif isinstance(value, list):
        for item in value:
            yield from _ids(item)


def _renamed(value: Any, own: set[str], copy: int) -> Any:
    """Return the document with every id of its own, alone or before a slash, changed for this copy."""
    if isinstance(value, dict):
        changed = {name: _renamed(item, own, copy) for name, item in value.items()}
        if "number" in value:
            changed["number"] = _number(value["number"], copy)
        if isinstance(value.get("text"), str):  # no two arguments may say the same
            changed["text"] = f"{value['text']} (Copy {copy}.)"
        return changed
    if isinstance(value, list):
        return [_renamed(item, own, copy) for item in value]
    if not isinstance(value, str):
        return value
    if value.startswith("inherits:"):
        wanted = value.removeprefix("inherits:")
        renamed = _number(int(wanted), copy) if wanted.isdigit() else _renamed(wanted, own, copy)
        return f"inherits:{renamed}"
    name, slash, rest = value.partition("/")
    return f"{name}-x{copy}{slash}{rest}" if name in own else value


def _number(number: Any, copy: int) -> Any:
    if isinstance(number, int):
        return number + 1_000 * copy
    digits = len(number) - len(number.rstrip("0123456789"))
    return f"{number[:-digits]}{int(number[-digits:]) + 1_000 * copy}"
