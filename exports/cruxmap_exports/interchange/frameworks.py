"""Abstract frameworks as argument maps: TGF, APX and ICCMA 2023.

These formats know arguments and attacks. What else a map holds is flattened, and each loss is named.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cruxmap.analysis.frameworks_formats import read_framework
from cruxmap_exports.escape_maps import seen_text
from cruxmap_exports.interchange.errors import InterchangeError
from cruxmap_exports.interchange.maps import (
    NEGATIVE,
    SYMMETRIC,
    ArgumentMap,
    Edge,
    EdgeKind,
    Loss,
    Node,
)
from cruxmap_exports.interchange.textfiles import read_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

LARGEST_MAP = 100_000
"""Arguments of a framework that is turned into a map."""


def read(path: str | Path, file_format: str) -> ArgumentMap:
    """Read a framework.

    Parameters
    ----------
    path : path
    file_format : {"tgf", "apx", "iccma"}

    Returns
    -------
    ArgumentMap
        Every argument as a statement, since nothing is known of its inside.

    Raises
    ------
    InterchangeError, FrameworkError
        When the file breaks the rules of its format, with the place.
    """
    _announced_size(read_text(path), str(path), file_format)
    found = read_framework(path, file_format)
    nodes = tuple(Node(name, text=found.labels.get(name, "")) for name in found.arguments)
    edges = tuple(Edge(attacker, attacked, EdgeKind.ATTACK) for attacker, attacked in found.attacks)
    return ArgumentMap(nodes, edges)


def read_tgf(path: str | Path) -> ArgumentMap:
    """Read TGF; see `read`."""
    return read(path, "tgf")


def read_apx(path: str | Path) -> ArgumentMap:
    """Read APX; see `read`."""
    return read(path, "apx")


def read_iccma(path: str | Path) -> ArgumentMap:
    """Read ICCMA 2023; see `read`."""
    return read(path, "iccma")


def _announced_size(text: str, shown: str, file_format: str) -> None:
    header = re.search(r"^\s*p\s+af\s+(\d{1,20})\s*$", text, re.MULTILINE) if file_format == "iccma" else None
    if header and int(header[1]) > LARGEST_MAP:
        raise InterchangeError(
            shown, f"a map may have {LARGEST_MAP} arguments, this framework announces {header[1]}"
        )


def attacks_only(graph: ArgumentMap) -> tuple[list[str], list[tuple[str, str]], list[Loss]]:
    """Flatten a map to arguments and attacks.

    Returns
    -------
    names : list of str
        Ids of all nodes.
    attacks : list of pairs
        Attacker and attacked; what excludes each other attacks each other.
    losses : list of Loss
    """
    attacks: dict[tuple[str, str], None] = {}
    for edge in graph.edges:
        if edge.kind in NEGATIVE:
            attacks[edge.source, edge.target] = None
            if edge.kind in SYMMETRIC:
                attacks[edge.target, edge.source] = None
    return [node.id for node in graph.nodes], list(attacks), list(_losses(graph))


def _losses(graph: ArgumentMap) -> Iterable[Loss]:
    counts = {
        "support": sum(edge.kind in (EdgeKind.SUPPORT, EdgeKind.ENTAILS) for edge in graph.edges),
        "premise": sum(edge.kind is EdgeKind.PREMISE for edge in graph.edges),
        "context": sum(edge.kind is EdgeKind.CONTEXT for edge in graph.edges),
    }
    for name, count in counts.items():
        if count:
            yield Loss(f"the format has no {name} relations; left out: {count}")
    if any(edge.kind is EdgeKind.UNDERCUT for edge in graph.edges):
        yield Loss("the format has one kind of attack; undercuts became attacks")
    if any(edge.kind in SYMMETRIC for edge in graph.edges):
        yield Loss("what excludes each other became two attacks")
    bases = sum(node.base is not None for node in graph.nodes)
    if bases:
        yield Loss(f"the format has no scores; left out: {bases}")
    if any(node.extras for node in graph.nodes):
        yield Loss("the format has no entries, locators, layers or tags; left out")


def write_tgf(graph: ArgumentMap) -> tuple[str, list[Loss]]:
    """Write the Trivial Graph Format; texts become labels."""
    names, attacks, losses = attacks_only(graph)
    shown = _names(names, r"[^\s#]\S*", "a{}", losses)
    by_id = graph.by_id()
    lines = []
    for name in names:
        label = " ".join(seen_text(by_id[name].text or by_id[name].title).split())
        lines.append(f"{shown[name]} {label}".rstrip())
    lines += ["#", *(f"{shown[source]} {shown[target]}" for source, target in attacks)]
    return "\n".join(lines) + "\n", losses


def write_apx(graph: ArgumentMap) -> tuple[str, list[Loss]]:
    """Write ASPARTIX facts."""
    names, attacks, losses = attacks_only(graph)
    shown = _names(names, r"[a-z][A-Za-z0-9_]*", "a{}", losses, quoted=True)
    _texts_are_lost(graph, losses)
    lines = [f"arg({shown[name]})." for name in names]
    lines += [f"att({shown[source]},{shown[target]})." for source, target in attacks]
    return "\n".join(lines) + "\n", losses


def write_iccma(graph: ArgumentMap) -> tuple[str, list[Loss]]:
    """Write the format of ICCMA 2023; ids stand in comments."""
    names, attacks, losses = attacks_only(graph)
    numbers = {name: number for number, name in enumerate(names, start=1)}
    _texts_are_lost(graph, losses)
    if names != [str(number) for number in numbers.values()]:
        losses.append(Loss("the format numbers arguments; their ids stand in comments, which tools ignore"))
    lines = [f"p af {len(names)}"]
    lines += [
        f"# {number} {' '.join(name.split())}" for name, number in numbers.items() if name != str(number)
    ]
    lines += [f"{numbers[source]} {numbers[target]}" for source, target in attacks]
    return "\n".join(lines) + "\n", losses


def _texts_are_lost(graph: ArgumentMap, losses: list[Loss]) -> None:
    count = sum(bool(node.text or node.title) for node in graph.nodes)
    if count:
        losses.append(Loss(f"the format has no texts; left out: {count}"))


def _names(
    names: list[str], pattern: str, made: str, losses: list[Loss], *, quoted: bool = False
) -> dict[str, str]:
    """Names as the format allows them: as they are, in quotes, or new ones that are reported."""
    shown: dict[str, str] = {}
    taken = {name for name in names if re.fullmatch(pattern, name)}
    for number, name in enumerate(names, start=1):
        if name in taken:
            shown[name] = name
        elif quoted and name and not re.search(r'["\n\r]', name):
            shown[name] = f'"{name}"'
        else:
            new = made.format(number)
            while new in taken:
                new += "x"
            taken.add(new)
            shown[name] = new
            losses.append(Loss(f"the format cannot write the id {name!r}; it became {new}", node=name))
    return shown
