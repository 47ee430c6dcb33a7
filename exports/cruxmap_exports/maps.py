"""The formats of argument maps: which there are, which suffix means which, and what reads and writes them.

A format names its reader and its writer as `module:function`, so that choosing one imports no other. Formats
that hold what a map says are written from the model in `cruxmap_exports.interchange.maps`, pictures and files
for graph programs from that in `cruxmap_exports.argmap`; either model can be written in every format.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from cruxmap_exports.argmap import ArgMap
from cruxmap_exports.interchange.drawing import drawable, exchanged, undrawn
from cruxmap_exports.interchange.maps import Loss

if TYPE_CHECKING:
    from pathlib import Path

    from cruxmap_exports.interchange.maps import ArgumentMap

Content = str | bytes


@dataclass(frozen=True)
class MapFormat:
    """A format of argument maps.

    Attributes
    ----------
    name, title : str
        What users call it on the command line, and in words.
    suffixes : tuple of str
        Ends of the names of its files, with the dot; the first is the usual one.
    reader : str
        Function that takes a path and returns an `ArgumentMap`; empty where cruxmap only writes.
    writer : str
        Function that takes an `ArgumentMap` and returns the text and a list of losses; empty where there is a
        `drawer`, and where cruxmap only reads.
    drawer : str
        Function that takes an `ArgMap` and returns the content of the file.
    drawing_losses : str
        Function that takes an `ArgMap` and returns sentences on what `drawer` does not keep.
    binary : bool
        Whether the content is bytes; text is to be written as UTF-8 with line feeds.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    reader: str = ""
    writer: str = ""
    drawer: str = ""
    drawing_losses: str = ""
    binary: bool = False

    @property
    def suffix(self) -> str:
        """The usual end of the names of its files."""
        return self.suffixes[0]

    @property
    def is_read(self) -> bool:
        """Whether cruxmap reads the format."""
        return bool(self.reader)

    @property
    def is_written(self) -> bool:
        """Whether cruxmap writes the format."""
        return bool(self.writer or self.drawer)

    @property
    def is_drawn(self) -> bool:
        """Whether its files are for looking at or for graph programs, and show a title."""
        return bool(self.drawer) or self.writer.startswith("dotrun:")

    def read(self, path: Path) -> ArgumentMap:
        """Read a file.

        Raises
        ------
        InterchangeError
            When the file is not of the format, with the place.
        """
        found: ArgumentMap = _function(self.reader)(path)
        return found

    def write_with_losses(self, argmap: ArgMap | ArgumentMap, **options: Any) -> tuple[Content, list[Loss]]:
        """Write a map, and say what of it the file does not hold.

        Parameters
        ----------
        argmap : ArgMap or ArgumentMap
        **options
            Of the writer, such as the `mode` of Argdown.

        Raises
        ------
        DotError
            When `dot` must draw the picture and cannot.
        """
        if self.drawer:
            content: Content = _function(self.drawer)(_drawn(argmap), **options)
            return content, self._drawing_losses(argmap)
        said = exchanged(argmap) if isinstance(argmap, ArgMap) else argmap
        written: tuple[Content, list[Loss]] = _function(self.writer)(said, **options)
        return written

    def write(self, argmap: ArgMap | ArgumentMap, **options: Any) -> Content:
        """Write a map; see `write_with_losses`."""
        return self.write_with_losses(argmap, **options)[0]

    def losses(self, argmap: ArgMap | ArgumentMap) -> tuple[str, ...]:
        """Say in sentences what of a map the file does not hold; none when it holds everything."""
        lost = self._drawing_losses(argmap) if self.drawer else self.write_with_losses(argmap)[1]
        return tuple(loss.sentence for loss in lost)

    def _drawing_losses(self, argmap: ArgMap | ArgumentMap) -> list[Loss]:
        sentences: tuple[str, ...] = _function(self.drawing_losses)(_drawn(argmap))
        undone = [] if isinstance(argmap, ArgMap) else undrawn(argmap)
        return [*undone, *(Loss(sentence.removesuffix(".")) for sentence in sentences)]


def _drawn(argmap: ArgMap | ArgumentMap) -> ArgMap:
    return argmap if isinstance(argmap, ArgMap) else drawable(argmap)


def _function(place: str) -> Any:
    module, _, name = place.partition(":")
    return getattr(import_module(f"cruxmap_exports.{module}"), name)


_PICTURE = "map_svg:picture_losses"
_GRAPH = "map_graphs:graph_losses"
_AIF, _IN = "interchange.aif_writing", "interchange"

_FORMATS = (
    MapFormat("svg", "SVG", (".svg",), drawer="map_svg:write_svg", drawing_losses=_PICTURE),
    MapFormat(
        "dot",
        "Graphviz DOT",
        (".dot", ".gv"),
        drawer="map_dot:write_dot",
        drawing_losses="map_dot:dot_losses",
    ),
    MapFormat("dot-svg", "SVG drawn by Graphviz", (".dot.svg",), writer="dotrun:write_dot_svg"),
    MapFormat("png", "PNG", (".png",), drawer="dotrun:write_png", drawing_losses=_PICTURE, binary=True),
    MapFormat("pdf", "PDF", (".pdf",), drawer="dotrun:write_pdf", drawing_losses=_PICTURE, binary=True),
    MapFormat(
        "mermaid",
        "Mermaid",
        (".mmd", ".mermaid"),
        drawer="map_mermaid:write_mermaid",
        drawing_losses="map_mermaid:mermaid_losses",
    ),
    MapFormat("graphml", "GraphML", (".graphml",), drawer="map_graphs:write_graphml", drawing_losses=_GRAPH),
    MapFormat("gexf", "GEXF", (".gexf",), drawer="map_graphs:write_gexf", drawing_losses=_GRAPH),
    MapFormat(
        "json",
        "map of cruxmap as JSON",
        (".map.json", ".json"),
        f"{_IN}.mapjson:read",
        f"{_IN}.mapjson:write",
    ),
    MapFormat("json-ld", "JSON-LD", (".jsonld",), writer=f"{_IN}.jsonld:write_jsonld"),
    MapFormat(
        "argdown",
        "Argdown",
        (".argdown", ".ad", ".adown"),
        f"{_IN}.argdown:read",
        f"{_IN}.argdown_writing:write",
    ),
    MapFormat("aif", "AIF-JSON", (".aif.json", ".aif"), f"{_IN}.aif:read", f"{_AIF}:write"),
    MapFormat("xaif", "xAIF", (".xaif.json", ".xaif"), f"{_IN}.aif:read", f"{_AIF}:write_xaif"),
    MapFormat(
        "gsn", "GSN YAML", (".gsn.yaml", ".gsn.yml", ".gsn"), f"{_IN}.gsn:read", f"{_IN}.gsn_writing:write"
    ),
    MapFormat("carneades", "Carneades YAML", (".carneades.yaml", ".carneades"), f"{_IN}.carneades:read"),
    MapFormat("tgf", "TGF", (".tgf",), f"{_IN}.frameworks:read_tgf", f"{_IN}.frameworks:write_tgf"),
    MapFormat("apx", "APX", (".apx",), f"{_IN}.frameworks:read_apx", f"{_IN}.frameworks:write_apx"),
    MapFormat(
        "iccma",
        "ICCMA 2023",
        (".af", ".iccma", ".i23"),
        f"{_IN}.frameworks:read_iccma",
        f"{_IN}.frameworks:write_iccma",
    ),
    MapFormat(
        "qbaf", "QBAF-JSON", (".qbaf.json", ".qbaf"), f"{_IN}.qbafs:read_json_file", f"{_IN}.qbafs:write"
    ),
    MapFormat("bag", "Uncertainpy .bag", (".bag",), f"{_IN}.qbafs:read_bag"),
)

MAP_FORMATS: dict[str, MapFormat] = {one.name: one for one in _FORMATS if one.is_written}
"""Every format in which argument maps are written, by name."""

READ_FORMATS: dict[str, MapFormat] = {one.name: one for one in _FORMATS if one.is_read}
"""Every format from which argument maps are read, by name."""

FORMATS: dict[str, MapFormat] = {one.name: one for one in _FORMATS}
"""Both."""
