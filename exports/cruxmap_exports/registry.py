"""Formats by name and suffix, and what each can write.

A format names its writers as `module:function`, so that choosing one imports no other. A writer takes the
knowledge base and a `Request` and returns the bytes of the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from cruxmap.errors import UsageError
from cruxmap_exports.errors import UnknownFormatError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cruxmap.knowledge import KnowledgeBase
    from cruxmap_exports.request import Request

__all__ = ["FORMATS", "TARGETS", "Format", "Writer", "format_named", "format_of", "formats_for", "render"]

TARGETS: dict[str, str] = {
    "matrix": "entries against criteria",
    "map": "the argument map",
    "entry": "one entry in full; needs its ID",
    "handout": "one page for a meeting: matrix, shared assumptions, next readings",
    "sources": "the works that entries are drawn from or cite",
}
"""Everything that can be written, in the order of listings."""


class Writer(Protocol):
    """Turns what is asked for into the bytes of a file."""

    def __call__(self, kb: KnowledgeBase, request: Request) -> bytes:
        """Return the bytes of the file."""


@dataclass(frozen=True, slots=True)
class Format:
    """One format of files.

    Attributes
    ----------
    name : str
        As `--format` takes it.
    title : str
        In words.
    suffixes : tuple of str
        Endings of file names, in lower case and with the dot.
    writers : mapping of str to str
        What it can write -> `module:function` of the writer.
    is_text : bool
        Whether it can go to a terminal or a pipe.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    writers: Mapping[str, str]
    is_text: bool = True

    def writer(self, target: str) -> Writer:
        """Import the writer of one target.

        Raises
        ------
        UnknownFormatError
            When the format cannot hold it; the message names those that can.
        """
        if target not in self.writers:
            possible = ", ".join(item.name for item in formats_for(target))
            raise UnknownFormatError(f"{self.title} cannot hold the {target}; formats that can: {possible}")
        module, _, function = self.writers[target].partition(":")
        return cast("Writer", getattr(import_module(f"cruxmap_exports.{module}"), function))


FORMATS: dict[str, Format] = {
    item.name: item
    for item in (
        Format(
            "markdown",
            "Markdown",
            (".md", ".markdown"),
            {
                "matrix": "pages:matrix_markdown",
                "entry": "pages:entry_markdown",
                "handout": "pages:handout_markdown",
            },
        ),
        Format(
            "html",
            "HTML",
            (".html", ".htm"),
            {"matrix": "pages:matrix_html", "entry": "pages:entry_html", "handout": "pages:handout_html"},
        ),
        Format(
            "pdf",
            "PDF",
            (".pdf",),
            {"matrix": "pages:matrix_pdf", "entry": "pages:entry_pdf", "handout": "pages:handout_pdf"}
            | {"map": "map_export:pdf"},
            is_text=False,
        ),
        Format("csv", "CSV", (".csv",), {"matrix": "matrix_delimited:csv"}),
        Format("tsv", "TSV", (".tsv", ".tab"), {"matrix": "matrix_delimited:tsv"}),
        Format("xlsx", "an Excel workbook", (".xlsx",), {"matrix": "matrix_xlsx:xlsx"}, is_text=False),
        Format("latex", "LaTeX", (".tex",), {"matrix": "matrix_latex:latex"}),
        Format("json", "JSON", (".json",), {"matrix": "matrix_delimited:json", "map": "map_export:json"}),
        Format("svg", "an SVG picture", (".svg",), {"map": "map_export:svg"}),
        Format("dot-svg", "an SVG picture by Graphviz", (".dot.svg",), {"map": "map_export:dot_svg"}),
        Format("png", "a PNG picture", (".png",), {"map": "map_export:png"}, is_text=False),
        Format("dot", "Graphviz DOT", (".dot", ".gv"), {"map": "map_export:dot"}),
        Format("mermaid", "Mermaid", (".mmd", ".mermaid"), {"map": "map_export:mermaid"}),
        Format("argdown", "Argdown", (".argdown", ".ad"), {"map": "map_export:argdown"}),
        Format("graphml", "GraphML", (".graphml",), {"map": "map_export:graphml"}),
        Format("gexf", "GEXF", (".gexf",), {"map": "map_export:gexf"}),
        Format("json-ld", "JSON-LD", (".jsonld",), {"map": "map_export:json_ld"}),
        Format("aif", "AIF-JSON", (".aif", ".aif.json"), {"map": "map_export:aif"}),
        Format("xaif", "xAIF", (".xaif", ".xaif.json"), {"map": "map_export:xaif"}),
        Format("gsn", "GSN YAML", (".gsn", ".gsn.yaml"), {"map": "map_export:gsn"}),
        Format("bibtex", "BibTeX", (".bib",), {"sources": "bibliography:bibtex"}),
        Format("csl-json", "CSL-JSON", (".json",), {"sources": "bibliography:csl_json"}),
    )
}
"""Format by name, in the order of listings; among formats that share a suffix the target decides."""


def formats_for(target: str) -> list[Format]:
    """All formats that can hold a target.

    Raises
    ------
    UsageError
        When there is no such target, or nothing writes it.
    """
    found = [item for item in FORMATS.values() if target in item.writers]
    if not found:
        known = [name for name in TARGETS if any(name in item.writers for item in FORMATS.values())]
        raise UsageError(f"{target!r} is nothing that can be exported; possible: {', '.join(known)}")
    return found


def format_named(name: str) -> Format:
    """Return the format with this name.

    Raises
    ------
    UnknownFormatError
        Naming those that exist.
    """
    if name.lower() not in FORMATS:
        raise UnknownFormatError(f"there is no format {name!r}; formats: {', '.join(FORMATS)}")
    return FORMATS[name.lower()]


def format_of(path: Path, target: str) -> Format:
    """Return the format that the suffix of a file stands for.

    Raises
    ------
    UnknownFormatError
        Naming the suffixes that the target can be written under.

    Examples
    --------
    >>> from pathlib import Path
    >>> format_of(Path("a.json"), "matrix").name, format_of(Path("a.json"), "sources").name
    ('json', 'csl-json')
    """
    possible = formats_for(target)
    # The longest suffix decides: `map.aif.json` is AIF and no other JSON.
    fitting = [
        (len(suffix), item)
        for item in possible
        for suffix in item.suffixes
        if path.name.lower().endswith(suffix) and len(path.name) > len(suffix)
    ]
    if fitting:
        return max(fitting, key=lambda pair: pair[0])[1]
    known = ", ".join(suffix for item in possible for suffix in item.suffixes)
    said = f"the suffix {path.suffix!r} is none" if path.suffix else "a file without a suffix is none"
    raise UnknownFormatError(
        f"{said} under which the {target} can be written; known: {known}. --format overrides the suffix"
    )


def render(kb: KnowledgeBase, target: str, form: Format, request: Request) -> bytes:
    """Return the bytes of a file.

    Raises
    ------
    CruxmapError
        When the format cannot hold the target, or the request names something unknown.

    Examples
    --------
    >>> from cruxmap import load
    >>> from cruxmap_exports.request import Request
    >>> text = render(load(), "matrix", FORMATS["csv"], Request(criteria=("inner",)))
    >>> text.decode().splitlines()[3][:30]
    '3,imitative-amplification-rat,'
    """
    formats_for(target)
    return form.writer(target)(kb, request)
