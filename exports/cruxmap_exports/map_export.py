"""Argument maps as files: what is asked for, drawn or written in one of the formats of maps."""

from __future__ import annotations

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
    whole = argument_map(kb, evaluation=requested_evaluation(kb, request))
    for name in request.criteria[:1]:
        whole = criterion_map(whole, kb, criterion_named(kb, name).id)
    if request.entry is None:
        return whole
    if request.entry in whole.index and not hasattr(kb.entries.get(request.entry), "assessments"):
        return whole.around(request.entry, RADIUS)
    return whole.of_entry(request.entry)


def requested_evaluation(kb: KnowledgeBase, request: Request) -> Evaluation | None:
    """Return what the recorded arguments come to by the conventions asked for; None in the source's voice."""
    if not request.voice:
        return None
    chosen = request.voice
    graph = argument_graph(kb, chosen.get("credences"), premises=chosen.get("premises", "product"))
    semantics = chosen.get("semantics", DEFAULT_SEMANTICS)
    return evaluate(graph, semantics, chosen.get("standard", request.standard), chosen.get("labels"))


def losses(kb: KnowledgeBase, request: Request, name: str) -> tuple[str, ...]:
    """Say what of the map that is asked for a format does not hold."""
    return MAP_FORMATS[name].losses(requested_map(kb, request))


def _writer(name: str) -> Writer:
    def write(kb: KnowledgeBase, request: Request) -> bytes:
        content = MAP_FORMATS[name].write(requested_map(kb, request))
        return content if isinstance(content, bytes) else content.encode("utf-8")

    return write


svg = _writer("svg")
dot = _writer("dot")
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
