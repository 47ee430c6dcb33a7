"""The formats in which argument maps are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cruxmap_exports.dotrun import write_dot_svg, write_pdf, write_png
from cruxmap_exports.map_aif import aif_losses, write_aif, write_xaif
from cruxmap_exports.map_argdown import argdown_losses, write_argdown
from cruxmap_exports.map_dot import dot_losses, write_dot
from cruxmap_exports.map_graphs import graph_losses, write_gexf, write_graphml
from cruxmap_exports.map_gsn import gsn_losses, write_gsn
from cruxmap_exports.map_json import jsonld_losses, write_json, write_jsonld
from cruxmap_exports.map_mermaid import mermaid_losses, write_mermaid
from cruxmap_exports.map_svg import write_svg

if TYPE_CHECKING:
    from collections.abc import Callable

    from cruxmap_exports.argmap import ArgMap


@dataclass(frozen=True)
class MapFormat:
    """A format of argument maps.

    Attributes
    ----------
    name : str
        What users call it on the command line.
    suffix : str
        End of the names of its files, with the dot.
    binary : bool
        Whether the writer returns bytes; text is to be written as UTF-8 with line feeds.
    write : callable
        Returns the file of a map. Formats drawn by `dot` raise `cruxmap_exports.dotrun.DotError` when that
        cannot be used.
    losses : callable
        Returns sentences on what of a map the file does not hold; none when it holds everything.
    """

    name: str
    suffix: str
    binary: bool
    write: Callable[[ArgMap], str | bytes]
    losses: Callable[[ArgMap], tuple[str, ...]]


def picture_losses(argmap: ArgMap) -> tuple[str, ...]:
    """Say what pictures do not keep."""
    return ("A picture is for looking at; nothing reads the map back from it.",) if argmap.nodes else ()


def nothing_lost(_: ArgMap) -> tuple[str, ...]:
    """Say that the format keeps everything."""
    return ()


_FORMATS = (
    MapFormat("svg", ".svg", False, write_svg, picture_losses),
    MapFormat("dot", ".dot", False, write_dot, dot_losses),
    MapFormat("dot-svg", ".svg", False, write_dot_svg, picture_losses),
    MapFormat("png", ".png", True, write_png, picture_losses),
    MapFormat("pdf", ".pdf", True, write_pdf, picture_losses),
    MapFormat("mermaid", ".mmd", False, write_mermaid, mermaid_losses),
    MapFormat("graphml", ".graphml", False, write_graphml, graph_losses),
    MapFormat("gexf", ".gexf", False, write_gexf, graph_losses),
    MapFormat("json", ".json", False, write_json, nothing_lost),
    MapFormat("json-ld", ".jsonld", False, write_jsonld, jsonld_losses),
    MapFormat("argdown", ".argdown", False, write_argdown, argdown_losses),
    MapFormat("aif", ".aif.json", False, write_aif, aif_losses),
    MapFormat("xaif", ".xaif.json", False, write_xaif, aif_losses),
    MapFormat("gsn", ".gsn.yaml", False, write_gsn, gsn_losses),
)

MAP_FORMATS: dict[str, MapFormat] = {one.name: one for one in _FORMATS}
"""Every format of argument maps by name."""
