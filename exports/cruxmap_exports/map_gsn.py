"""Write argument maps in the YAML form of the Goal Structuring Notation that gsn2x reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cruxmap_exports.argmap import MapEdgeKind
from cruxmap_exports.escape_maps import yaml_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cruxmap_exports.argmap import ArgMap, MapEdge, MapNode


@dataclass
class Element:
    """One element of the file; `kept` holds further texts, which the format calls layers."""

    text: str
    supported_by: list[str] = field(default_factory=list)
    in_context_of: list[str] = field(default_factory=list)
    challenges: str = ""
    kept: dict[str, str] = field(default_factory=dict)


@dataclass
class GoalStructure:
    """Elements by their id in the notation, and the edges that it could not hold."""

    elements: dict[str, Element] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    """Id in the notation by node; nodes that stand only in exceptions have none."""

    lost: list[MapEdge] = field(default_factory=list)
    turned: list[MapEdge] = field(default_factory=list)
    """Undercuts of counter goals, which are written as challenges of the counter goal itself."""


def goal_structure(argmap: ArgMap) -> GoalStructure:
    """Translate a map.

    Parameters
    ----------
    argmap : ArgMap

    Returns
    -------
    GoalStructure
        A statement that anything bears on, or that is no premise, is a goal `G`; other findings are
        solutions `Sn` and other premises assumptions `A`. An argument for something is a strategy `S`; one
        against something is a counter goal `CG` that challenges it, an undercut one that challenges the
        relation between a strategy and its goal, and an exception a counter goal of its own.
    """
    found = GoalStructure()
    for number, node in enumerate(argmap.nodes):
        prefix = _prefix(argmap, node)
        if prefix:
            found.ids[node.id] = f"{prefix}{number}"
            kept = {"cruxmap": node.id, "at": node.at, "checked": node.remark}
            found.elements[found.ids[node.id]] = Element(
                node.text, kept={key: text for key, text in kept.items() if text}
            )
    for edge in argmap.edges:
        if edge.kind is MapEdgeKind.PREMISE:
            _premise(found, edge)
        elif edge.kind is MapEdgeKind.SUPPORT:
            _support(found, edge)
    # Challenges end on relations, so these come first.
    for position, edge in enumerate(argmap.edges):
        if edge.kind is MapEdgeKind.EXCEPTION:
            text = argmap.node(edge.source).text
            name = f"CG{len(argmap.nodes) + position}"
            aim = _relation(argmap, found, edge)
            found.elements[name] = Element(text, challenges=aim, kept={"cruxmap": edge.source})
        elif edge.kind in (MapEdgeKind.ATTACK, MapEdgeKind.UNDERCUT):
            _challenge(argmap, found, edge)
    return found


def _prefix(argmap: ArgMap, node: MapNode) -> str:
    into, out = argmap.incoming[node.id], argmap.outgoing[node.id]
    if node.is_argument:
        kinds = [edge.kind for edge in out]
        if not kinds:
            return "G"
        return "S" if kinds[0] is MapEdgeKind.SUPPORT else "CG"
    if into or not out:
        return "G"
    if all(edge.kind is MapEdgeKind.EXCEPTION for edge in out):
        return ""
    return "Sn" if node.kind == "finding" else "A"


def _kind(name: str) -> str:
    return name.rstrip("0123456789")


def _premise(found: GoalStructure, edge: MapEdge) -> None:
    source, target = found.ids[edge.source], found.ids[edge.target]
    if _kind(source) == "A":
        found.elements[target].in_context_of.append(source)
    else:
        _add_support(found, edge, source, target)


def _support(found: GoalStructure, edge: MapEdge) -> None:
    source, target = found.ids[edge.source], found.ids[edge.target]
    if _kind(source) == "S":
        _add_support(found, edge, source, target)
    else:
        found.lost.append(edge)


def _add_support(found: GoalStructure, edge: MapEdge, source: str, target: str) -> None:
    """Add a relation unless it would close a circle, which the notation forbids."""
    waiting, seen = [source], {source}
    while waiting:
        for name in found.elements[waiting.pop()].supported_by:
            if name not in seen:
                seen.add(name)
                waiting.append(name)
    if target in seen:
        found.lost.append(edge)
    else:
        found.elements[target].supported_by.append(source)


def _challenge(argmap: ArgMap, found: GoalStructure, edge: MapEdge) -> None:
    element = found.elements[found.ids[edge.source]]
    if _kind(found.ids[edge.source]) != "CG" or element.challenges:
        found.lost.append(edge)
    elif edge.kind is MapEdgeKind.ATTACK:
        element.challenges = found.ids[edge.target]
    else:
        element.challenges = _relation(argmap, found, edge)


def _relation(argmap: ArgMap, found: GoalStructure, edge: MapEdge) -> str:
    """Name the relation in which the inference of the target stands, or the target when there is none."""
    target = found.ids[edge.target]
    if edge.ends_on is not None and _kind(target) == "S":
        above = argmap.edges[edge.ends_on].target
        if above in found.ids and target in found.elements[found.ids[above]].supported_by:
            return f"{found.ids[above]} -> {target}"
    found.turned.append(edge)
    return target


def write_gsn(argmap: ArgMap) -> str:
    """Write a map as the YAML of gsn2x 4; see `goal_structure` for what becomes what."""
    return "\n".join([*_lines(argmap), ""])


def _lines(argmap: ArgMap) -> Iterator[str]:
    yield "module:"
    yield '  name: "argument-map"'
    yield f"  brief: {yaml_text(argmap.title)}"
    for name, element in goal_structure(argmap).elements.items():
        yield f"\n{name}:"
        yield f"  text: {yaml_text(element.text)}"
        for key, names in (("supportedBy", element.supported_by), ("inContextOf", element.in_context_of)):
            if names:
                yield f"  {key}: [{', '.join(names)}]"
        if _kind(name) in ("G", "S", "CG") and not element.supported_by:
            yield "  undeveloped: true"
        if element.challenges:
            yield f"  challenges: {yaml_text(element.challenges)}"
        for key, text in element.kept.items():
            yield f"  {key}: {yaml_text(text)}"


def gsn_losses(argmap: ArgMap) -> tuple[str, ...]:
    """Say what the Goal Structuring Notation does not keep."""
    found = goal_structure(argmap)
    said = ["Names, entries, base scores, strengths and labels are not written."]
    if found.lost:
        ends = ", ".join(f"{edge.source} {edge.kind.value} {edge.target}" for edge in found.lost[:5])
        more = f" and {len(found.lost) - 5} more" if len(found.lost) > 5 else ""
        said.append(
            "An argument bears on things in one way only, and support runs in no circle; "
            f"not written: {ends}{more}."
        )
    if found.turned:
        said.append(
            f"{len(found.turned)} undercuts or exceptions end on counter goals and challenge them as a whole."
        )
    roots = {name for name in found.elements if _kind(name) == "G"}
    roots -= {name for element in found.elements.values() for name in element.supported_by}
    if len(roots) > 1:
        said.append(f"The file has {len(roots)} root goals; gsn2x warns of more than one.")
    return tuple(said)
