"""Argument maps as files: what is asked for, drawn or written in one of the formats of maps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cruxmap.analysis.evaluation import evaluate
from cruxmap.analysis.semantics import DEFAULT_SEMANTICS
from cruxmap.graph import argument_graph
from cruxmap.matrix import criterion_named
from cruxmap_exports.map_building import argument_map, criterion_map
from cruxmap_exports.maps import MAP_FORMATS

if TYPE_CHECKING:
    from cruxmap.analysis.evaluation import Evaluation
    from cruxmap.knowledge import KnowledgeBase
    from cruxmap_exports.argmap import ArgMap
    from cruxmap_exports.registry import Writer
    from cruxmap_exports.request import Request

RADIUS = 2
"""Steps from a statement or argument to the edge of the map around it."""


def requested_map(kb: KnowledgeBase, request: Request) -> ArgMap:
    """Return the map of an entry, of a criterion, around a statement or argument, or of everything.

    With the computed voice its nodes carry strengths and labels, also those of a scenario.

    Raises
    ------
    UsageError
        When a criterion, credence or label is unknown.
    """
    whole = _with_scenario(argument_map(kb, evaluation=requested_evaluation(kb, request)), request)
    for name in request.criteria[:1]:
        whole = criterion_map(whole, kb, criterion_named(kb, name).id)
    if request.entry is None:
        return whole
    if request.entry in whole.index and not hasattr(kb.entries.get(request.entry), "assessments"):
        return whole.around(request.entry, RADIUS)
    return whole.of_entry(request.entry)


def requested_evaluation(kb: KnowledgeBase, request: Request) -> Evaluation | None:
    """Return what the recorded arguments come to as asked for; None where nothing is computed."""
    if not request.computes:
        return None
    chosen = request.voice
    graph = argument_graph(kb, chosen.get("credences"), premises=chosen.get("premises", "product"))
    semantics = chosen.get("semantics", DEFAULT_SEMANTICS)
    return evaluate(graph, semantics, chosen.get("standard", request.standard), chosen.get("labels"))


def _with_scenario(whole: ArgMap, request: Request) -> ArgMap:
    """Say in the conventions of a map what was set for it."""
    changed = {**request.voice.get("credences", {}), **request.voice.get("labels", {})}
    if not changed:
        return whole
    given = ", ".join(
        f"{whole.node(name).name if name in whole.index else name} = {value}"
        for name, value in sorted(changed.items())
    )
    return replace(whole, conventions=f"{whole.conventions}; set for this map: {given}")


def written(kb: KnowledgeBase, request: Request, name: str) -> tuple[bytes, tuple[str, ...]]:
    """Return the file of the map that is asked for, and sentences on what of the map it does not hold.

    Raises
    ------
    DotError
        When `dot` must draw the picture and cannot.
    """
    content, losses = MAP_FORMATS[name].write_with_losses(requested_map(kb, request))
    data = content if isinstance(content, bytes) else content.encode("utf-8")
    return data, tuple(loss.sentence for loss in losses)


def _writer(name: str) -> Writer:
    def write(kb: KnowledgeBase, request: Request) -> bytes:
        return written(kb, request, name)[0]

    return write


svg = _writer("svg")
dot = _writer("dot")
dot_svg = _writer("dot-svg")
png = _writer("png")
pdf = _writer("pdf")
mermaid = _writer("mermaid")
graphml = _writer("graphml")
gexf = _writer("gexf")
json = _writer("json")
json_ld = _writer("json-ld")
argdown = _writer("argdown")
aif = _writer("aif")
xaif = _writer("xaif")
gsn = _writer("gsn")
