"""Write argument maps in Argdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from cruxmap_exports.argmap import MapEdgeKind
from cruxmap_exports.escape_maps import argdown_text, argdown_title, yaml_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cruxmap_exports.argmap import ArgMap, MapNode

Mode = Literal["loose", "strict"]

_RELATIONS = {
    MapEdgeKind.SUPPORT: "+",
    MapEdgeKind.PREMISE: "+",
    MapEdgeKind.ATTACK: "-",
    MapEdgeKind.UNDERCUT: "_",
    MapEdgeKind.EXCEPTION: "_",
}
"""What stands before the source of an edge, below its target."""


def write_argdown(argmap: ArgMap, mode: Mode = "loose") -> str:
    """Write a map in Argdown.

    Parameters
    ----------
    argmap : ArgMap
    mode : {"loose", "strict"}
        How readers of the file should take relations between statements.

    Returns
    -------
    str
        One section for each entry. Titles are our ids, as far as titles can hold them; the exact id, the
        name, the base score and the locator stand in the data of the definition. Only relations of the map
        are written, each once, below what it bears on.
    """
    return "\n".join([*_lines(argmap, mode)])


def titles(argmap: ArgMap) -> dict[str, str]:
    """Return the title of each node in Argdown, by id; no two are alike."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for node in argmap.nodes:
        title = plain = argdown_title(node.id)
        count = 1
        while title in taken:
            count += 1
            title = f"{plain} {count}"
        taken.add(title)
        found[node.id] = title
    return found


def _lines(argmap: ArgMap, mode: Mode) -> Iterator[str]:
    yield "==="
    yield f"title: {_data_text(argmap.title)}"
    if mode == "strict":
        yield "model:\n    mode: strict"
    # Otherwise a node without edges would be missing in the pictures of Argdown.
    yield "selection:\n    excludeDisconnected: false"
    yield "===\n"
    named = titles(argmap)
    for entry, nodes in argmap.clusters.items():
        yield f"# {argdown_text(argmap.entry_title(entry))}\n"
        for node in nodes:
            yield f"{_reference(node, named)}: {argdown_text(node.text)} {_data(node)}"
            for edge in argmap.incoming[node.id]:
                source = argmap.node(edge.source)
                yield f"  {_RELATIONS[edge.kind]} {_reference(source, named)}"
            yield ""


def _reference(node: MapNode, named: Mapping[str, str]) -> str:
    return f"<{named[node.id]}>" if node.is_argument else f"[{named[node.id]}]"


def _data(node: MapNode) -> str:
    values: dict[str, str | float | None] = {
        "id": node.id,
        "kind": node.kind,
        "name": None if node.is_argument else node.name,
        "entry": node.entry,
        "at": node.at or None,
        "base": node.base,
        "strength": node.strength,
        "label": node.label,
        "verified": None if node.verified == "primary" else node.verified,
        "scheme": node.scheme,
    }
    written = (
        f"{name}: {_data_text(value) if isinstance(value, str) else value}"
        for name, value in values.items()
        if value is not None
    )
    return "{" + ", ".join(written) + "}"


def _data_text(text: str) -> str:
    """Quote a text inside data or front matter, which end at the first brace or row of equals signs."""
    quoted = yaml_text(" ".join(text.split()))
    return quoted.replace("{", "\\u007b").replace("}", "\\u007d").replace("==", "=\\u003d")


def argdown_losses(argmap: ArgMap) -> tuple[str, ...]:
    """Say what Argdown does not keep."""
    found = ["White space of texts is folded, and characters that XML cannot hold are dropped."]
    kinds = {edge.kind for edge in argmap.edges}
    if MapEdgeKind.PREMISE in kinds:
        found.append(
            "A premise is written as a statement that supports its argument; linked premises look apart."
        )
    if MapEdgeKind.EXCEPTION in kinds:
        found.append("An exception is written as a statement that undercuts its argument.")
    if any(edge.source == edge.target for edge in argmap.edges):
        found.append("Argdown drops the support of an argument for itself when it reads the file.")
    changed = [name for name, title in titles(argmap).items() if name != title]
    if changed:
        found.append(
            f"Ids that no title can hold stand in the data only: {', '.join(map(repr, changed[:5]))}."
        )
    return tuple(found)
