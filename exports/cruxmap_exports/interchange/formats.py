"""Which format of argument maps a file is in, by its name or its contents."""

from __future__ import annotations

import json
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from cruxmap_exports.interchange.errors import UnknownMapFormatError
from cruxmap_exports.interchange.textfiles import read_json, read_text
from cruxmap_exports.maps import FORMATS, READ_FORMATS, MapFormat

if TYPE_CHECKING:
    from pathlib import Path

    from cruxmap_exports.interchange.maps import ArgumentMap, Loss
    from cruxmap_exports.maps import Content


def find(name: str) -> MapFormat:
    """Return the format with a name.

    Raises
    ------
    UnknownMapFormatError
        With the nearest names.
    """
    if name in FORMATS:
        return FORMATS[name]
    near = get_close_matches(name, FORMATS, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(FORMATS)}"
    raise UnknownMapFormatError(f"there is no map format {name!r}; {hint}")


def of_suffix(path: Path) -> MapFormat | None:
    """Return the format that the longest fitting suffix of a file name stands for, if any."""
    name = path.name.lower()
    fitting = [
        (len(suffix), item) for item in FORMATS.values() for suffix in item.suffixes if name.endswith(suffix)
    ]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None


def read_map(path: Path, name: str | None = None) -> tuple[MapFormat, ArgumentMap]:
    """Read a map; without a name the suffix decides, and for JSON and YAML the contents.

    Raises
    ------
    UnknownMapFormatError
        When the format cannot be told, or cannot be read.
    InterchangeError
        When the file is not of the format, with the place.
    """
    chosen = find(name) if name else _recognised(path)
    if not chosen.is_read:
        raise UnknownMapFormatError(f"cruxmap writes {chosen.title} but does not read it")
    return chosen, chosen.read(path)


def _recognised(path: Path) -> MapFormat:
    found = of_suffix(path)
    if found is not None and found.name != "json":
        return found
    if path.suffix.lower() == ".json":
        return FORMATS[_json_format(read_json(path))]
    if path.suffix.lower() in (".yaml", ".yml"):
        text = read_text(path)
        words = ("conclusion:", "supportedBy:", "inContextOf:", "undeveloped:")
        if "statements:" in text and "conclusion:" in text:
            return FORMATS["carneades"]
        if any(word in text for word in words[1:]):
            return FORMATS["gsn"]
    suffixes = ", ".join(item.suffix for item in READ_FORMATS.values())
    raise UnknownMapFormatError(f"{path}: its name does not say the format; known suffixes: {suffixes}")


def _json_format(data: Any) -> str:
    """Tell apart the JSON formats by the keys that only one of them has."""
    if isinstance(data, dict):
        if data.get("format") == "cruxmap-map":
            return "json"
        if "arguments" in data and "nodes" not in data:
            return "qbaf"
        text = json.dumps(data)[:100_000]
        if "AIF" in data or "aif" in data or '"nodeID"' in text:
            return "aif"
    return "json"


def write_map(graph: ArgumentMap, chosen: MapFormat, **options: Any) -> tuple[Content, list[Loss]]:
    """Write a map; see `MapFormat.write_with_losses`.

    Raises
    ------
    UnknownMapFormatError
        When cruxmap only reads the format.
    DotError
        When `dot` must draw the picture and cannot.
    """
    if not chosen.is_written:
        raise UnknownMapFormatError(f"cruxmap reads {chosen.title} but does not write it")
    return chosen.write_with_losses(graph, **options)
