"""Write argument maps as GSN YAML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cruxmap.plain import CONTROL
from cruxmap.yamlwrite import block, flow, scalar
from cruxmap_exports.escape_maps import yaml_text
from cruxmap_exports.interchange.gsn import MODULE, OWN_LAYERS, STANDS_FOR, role_of
from cruxmap_exports.interchange.gsn_structure import goal_structure
from cruxmap_exports.interchange.maps import Loss

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cruxmap_exports.interchange.gsn_structure import Element, GoalStructure
    from cruxmap_exports.interchange.maps import ArgumentMap, Node

_RESERVED = {
    *("module", "text", "nodeType", "undeveloped", "supportedBy", "inContextOf", "challenges"),
    *OWN_LAYERS,
}
_UNPLAIN = re.compile(
    "[^\n\x20-\x7e\xa1-\u2027\u202a-\u2065\u206a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_DEVELOPED = ("Goal", "Strategy", "CounterGoal")


def write(graph: ArgumentMap) -> tuple[str, list[Loss]]:
    """Write one module: goals, strategies, solutions, contexts and counter elements.

    Returns
    -------
    text : str
        YAML that gsn2x reads; see `gsn_structure.goal_structure` for what becomes what. What the notation has
        no place for stands in layers.
    losses : list of Loss
    """
    found = goal_structure(graph)
    left_out = [
        Loss(f"{node.name}: `{key}` cannot be a layer; left out", node=node.id)
        for node in graph.nodes
        for key in sorted(node.extras)
        if key in _RESERVED
    ]
    return "\n".join(_lines(graph, found)), [*left_out, *found.losses()]


def _lines(graph: ArgumentMap, found: GoalStructure) -> Iterator[str]:
    if graph.title:
        yield "module:"
        yield f"  name: {MODULE}"
        yield f"  brief: {yaml_text(graph.title)}"
        if graph.conventions:
            yield f"  additionalInformation: {yaml_text(graph.conventions)}"
        yield ""
    for name, element in found.elements.items():
        yield f"{_key(name)}:"
        yield f"  text:{_text(element.text)}"
        if role_of(name) != element.role:
            yield f"  nodeType: {element.role}"
        for key, names in (("supportedBy", element.supported_by), ("inContextOf", element.in_context_of)):
            if names:
                yield f"  {key}: {flow(names)}"
        if element.role in _DEVELOPED and not element.supported_by:
            yield "  undeveloped: true"
        if element.challenges:
            yield f"  challenges: {scalar(element.challenges)}"
        yield from _layers(element)
        yield ""


def _layers(element: Element) -> Iterator[str]:
    node = element.node
    if element.is_stand_in:
        yield f"  {STANDS_FOR}: {scalar(node.id)}"
        return
    for key, value in (*_own_layers(node, element), *sorted(node.extras.items())):
        if key in OWN_LAYERS or key not in _RESERVED:
            yield f"  {_key(key)}:{_text(value)}" if value else f'  {_key(key)}: ""'


def _own_layers(node: Node, element: Element) -> Iterator[tuple[str, str]]:
    if node.title and node.text.strip():
        # Our reader of YAML refuses titles in which a reader of the screen would not see everything.
        yield "title", " ".join(CONTROL.sub(" ", node.title).split())
    if node.is_argument and node.role != element.role:
        yield "kind", node.kind.value
    if node.role and node.role != element.role:
        yield "role", node.role
    if node.base is not None:
        yield "base", repr(node.base)


def _key(name: str) -> str:
    return yaml_text(name) if _UNPLAIN.search(name) else scalar(name)


def _text(text: str) -> str:
    r"""Write a value after its key; characters that nobody sees are escaped, not replaced."""
    return f" {yaml_text(text)}" if _UNPLAIN.search(text) or text != text.strip() else block(text, 2)
