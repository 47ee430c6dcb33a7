"""Draw how the time of strengths and of grounded labels grows with the graph: docs/pictures/growth.svg."""

from __future__ import annotations

import math
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from cruxmap.analysis.attack_graph import AttackGraph
from cruxmap.analysis.gradual_core import ArgumentGraphCore
from cruxmap.analysis.graph_structure import Relation
from cruxmap.analysis.grounded import label_grounded

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIZES = (1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000)
PICTURE = Path(__file__).resolve().parent.parent / "docs" / "pictures" / "growth.svg"
WIDTH, HEIGHT, LEFT, BOTTOM = 640, 380, 70, 50
SERIES = {"strengths": "#0b6bb0", "grounded labels": "#c2510c"}


def pairs(nodes: int, per_node: int, seed: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Edges from later to earlier nodes, so that the graph has no cycles."""
    chance = np.random.default_rng(seed)
    later = chance.integers(1, nodes, nodes * per_node)
    earlier = (chance.random(nodes * per_node) * later).astype(np.intp)
    return later.astype(np.intp), earlier


def strengths_seconds(nodes: int) -> float:
    """Seconds of building and evaluating a graph with three edges a node."""
    attackers, attacked = pairs(nodes, 1, 1)
    supporters, supported = pairs(nodes, 2, 2)
    scores = np.random.default_rng(3).random(nodes)
    start = time.perf_counter()
    core = ArgumentGraphCore(
        scores,
        attacks=Relation.from_pairs(attackers, attacked, nodes),
        supports=Relation.from_pairs(supporters, supported, nodes),
    )
    core.evaluate()
    return time.perf_counter() - start


def grounded_seconds(nodes: int) -> float:
    """Seconds of labelling a graph with four attacks a node."""
    edges = np.unique(np.stack(pairs(nodes, 4, 4), axis=1), axis=0)
    graph = AttackGraph(nodes, edges[:, 0], edges[:, 1])
    start = time.perf_counter()
    label_grounded(graph)
    return time.perf_counter() - start


def exponent(seconds: dict[int, float]) -> float:
    """Slope of the line fitted to the logarithms, over the larger half of the sizes."""
    kept = {size: value for size, value in seconds.items() if size >= 10_000}
    return float(np.polyfit(np.log(list(kept)), np.log(list(kept.values())), 1)[0])


def drawing(measured: dict[str, dict[int, float]]) -> str:
    """Return the plot as SVG with logarithmic axes."""
    values = [value for series in measured.values() for value in series.values()]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))

    def x(size: float) -> float:
        return LEFT + (math.log10(size) - 3) / 3 * (WIDTH - LEFT - 30)

    def y(value: float) -> float:
        return HEIGHT - BOTTOM - (math.log10(value) - low) / (high - low) * (HEIGHT - BOTTOM - 50)

    size = f'viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12" fill="#555"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" {size}>',
        "<title>Time against size of the graph, both axes logarithmic</title>",
        f'<text x="{LEFT}" y="24" font-size="14">Seconds against nodes (3 or 4 edges a node)</text>',
    ]
    for power in range(3, 7):
        place, words = f'x="{x(10**power):.0f}" y="{HEIGHT - 26}"', f"{10**power:,}"
        parts.append(f'<text {place} text-anchor="middle">{words}</text>')
    for power in range(low, high + 1):
        level = y(10**power)
        ends = f'x1="{LEFT}" x2="{WIDTH - 30}" y1="{level:.1f}" y2="{level:.1f}"'
        parts.append(f'<line {ends} stroke="#bbb" stroke-width="0.6"/>')
        words = f"{10.0**power:g} s"
        parts.append(f'<text x="{LEFT - 8}" y="{level + 4:.1f}" text-anchor="end">{words}</text>')
    for row, (name, series) in enumerate(measured.items()):
        points = " ".join(f"{x(size):.1f},{y(value):.1f}" for size, value in series.items())
        colour = SERIES[name]
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [
            f'<circle cx="{x(size):.1f}" cy="{y(value):.1f}" r="3.5" fill="{colour}"/>'
            for size, value in series.items()
        ]
        label = f"{name}: about n^{exponent(series):.2f}"
        corner = f'x="{LEFT + 20}" y="{60 + 18 * row}"'
        parts.append(f'<text {corner} fill="{colour}" font-size="13">{label}</text>')
    return "\n".join([*parts, "</svg>", ""])


def main() -> int:
    """Measure, print and draw."""
    measured: dict[str, dict[int, float]] = {name: {} for name in SERIES}
    for size in SIZES:
        measured["strengths"][size] = min(strengths_seconds(size) for _ in range(3))
        measured["grounded labels"][size] = min(grounded_seconds(size) for _ in range(3))
        figures = [f"{name} {series[size]:.4f} s" for name, series in measured.items()]
        print(f"{size:>9,} nodes  " + "  ".join(figures))
    PICTURE.write_text(drawing(measured), encoding="utf-8")
    for name, series in measured.items():
        print(f"{name}: about n^{exponent(series):.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
