"""Quantitative bipolar frameworks as argument maps: QBAF-JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from cruxmap.analysis.qbaf_formats import read_qbaf
from cruxmap_exports.interchange.maps import (
    NEGATIVE,
    POSITIVE,
    SYMMETRIC,
    ArgumentMap,
    Edge,
    EdgeKind,
    Loss,
    Node,
)
from cruxmap_exports.interchange.textfiles import read_json, read_text

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Literal

DEFAULT_BASE = 0.5
"""Base score of a node that has none."""


def read(path: str | Path, file_format: Literal["json", "bag"]) -> ArgumentMap:
    """Read a framework with base scores, attacks and supports.

    Raises
    ------
    InterchangeError, QbafFileError
        When the file is not of the format, with the place.
    """
    if file_format == "json":
        read_json(path)
    else:
        read_text(path)
    found = read_qbaf(path, file_format)
    nodes = tuple(Node(name, base=base) for name, base in found.base_scores.items())
    attacks = (Edge(source, target, EdgeKind.ATTACK) for source, target in found.attacks)
    supports = (Edge(source, target, EdgeKind.SUPPORT) for source, target in found.supports)
    return ArgumentMap(nodes, tuple(dict.fromkeys((*attacks, *supports))))


def read_json_file(path: str | Path) -> ArgumentMap:
    """Read QBAF-JSON; see `read`."""
    return read(path, "json")


def read_bag(path: str | Path) -> ArgumentMap:
    """Read a .bag file; see `read`."""
    return read(path, "bag")


def write(graph: ArgumentMap) -> tuple[str, list[Loss]]:
    """Write QBAF-JSON: premises become supports, undercuts become attacks."""
    attacks: dict[tuple[str, str], None] = {}
    supports: dict[tuple[str, str], None] = {}
    for edge in graph.edges:
        ends = edge.source, edge.target
        if edge.kind in NEGATIVE:
            attacks[ends] = None
            if edge.kind in SYMMETRIC:
                attacks[ends[::-1]] = None
        elif edge.kind in POSITIVE or edge.kind is EdgeKind.PREMISE:
            supports[ends] = None
    place = {node.id: number for number, node in enumerate(graph.nodes)}

    def listed(edges: dict[tuple[str, str], None]) -> list[list[str]]:
        return [list(ends) for ends in sorted(edges, key=lambda ends: (place[ends[0]], place[ends[1]]))]

    data = {
        "arguments": [
            {"id": node.id, "base": DEFAULT_BASE if node.base is None else node.base} for node in graph.nodes
        ],
        "attacks": listed(attacks),
        "supports": listed(supports),
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n", list(_losses(graph))


def _losses(graph: ArgumentMap) -> list[Loss]:
    def count(*kinds: EdgeKind) -> int:
        return sum(edge.kind in kinds for edge in graph.edges)

    found = {
        "premises became supports, so that one of them is enough": count(EdgeKind.PREMISE),
        "undercuts became attacks on the argument": count(EdgeKind.UNDERCUT),
        "entailments became supports": count(EdgeKind.ENTAILS),
        "what excludes each other became two attacks": count(*SYMMETRIC),
        "the format has no context relations; left out": count(EdgeKind.CONTEXT),
        "the format has no texts; left out": sum(bool(node.text or node.title) for node in graph.nodes),
        "the format has no entries, locators, layers or tags; left out": sum(
            bool(node.extras) for node in graph.nodes
        ),
        f"nodes without a score got {DEFAULT_BASE}": sum(node.base is None for node in graph.nodes),
    }
    return [Loss(f"{message}: {number}") for message, number in found.items() if number]
