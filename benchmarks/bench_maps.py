"""Speed of drawn and written argument maps against Argdown's own tool on the same map.

Run with `python benchmarks/bench_maps.py [ARGDOWN]`, where ARGDOWN is the program of `@argdown/cli` 1.7.5, by
default `argdown` on the path. Both sides are whole commands on files: theirs reads the Argdown that we write,
ours reads our JSON. Exit code 1 when a bound is broken.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path

from timing import command_seconds, compare, report

from cruxmap_exports.argmap import ArgMap, MapEdge, MapEdgeKind, MapNode, ending_on_edges
from cruxmap_exports.interchange.mapjson import read as read_json
from cruxmap_exports.maps import MAP_FORMATS

ARGUMENTS = 1000
TEXT = (
    "oversight training a model that is capable of deception may hide what it wants from the overseer and so "
    "the gradient no longer points away from it while transparency tools keep working on what was never shown"
)


def large_map(arguments: int, seed: int = 1) -> ArgMap:
    """Entries of ten arguments each: claims, replies and replies to replies, with shared assumptions."""
    rng = random.Random(seed)
    words = TEXT.split()

    def text() -> str:
        return " ".join(rng.choices(words, k=20)).capitalize() + "."

    entries = [f"entry-{number}" for number in range(arguments // 10)]
    shared = [
        MapNode(f"as-{n}", "assumption", f"as-{n}", f"A{n}", text(), "", 0.5) for n in range(arguments // 8)
    ]
    nodes = [MapNode(f"{entry}/inner", "assessment", entry, entry, text(), "", 0.5) for entry in entries]
    nodes += shared
    edges: list[MapEdge] = []
    for entry in entries:
        above = [f"{entry}/inner"]
        for number in range(10):
            name, target = f"{entry}.{number}", rng.choice(above[:4])
            nodes.append(MapNode(name, "argument", entry, name, text(), "work §1", 0.4))
            against = MapEdgeKind.ATTACK if target.endswith("inner") else MapEdgeKind.UNDERCUT
            edges.append(MapEdge(name, target, rng.choice((MapEdgeKind.SUPPORT, against))))
            if rng.random() < 0.7:
                kind = rng.choice((MapEdgeKind.PREMISE, MapEdgeKind.PREMISE, MapEdgeKind.EXCEPTION))
                edges.append(MapEdge(rng.choice(shared).id, name, kind))
            above.append(name)
    return ArgMap("A large map", tuple(nodes), ending_on_edges(edges))


def write(kind: str, source: Path, target: Path) -> None:
    """Be the measured command of our side."""
    target.write_text(str(MAP_FORMATS[kind].write(read_json(source))), encoding="utf-8")


def main(argdown: str) -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        argmap = large_map(ARGUMENTS)
        print(f"{len(argmap.nodes)} nodes, {len(argmap.edges)} edges, {ARGUMENTS} arguments")
        for kind in ("json", "argdown"):
            (folder / f"map.{kind}").write_text(str(MAP_FORMATS[kind].write(argmap)), encoding="utf-8")
        ours = [sys.executable, __file__, "--write"]
        results = []
        for kind, theirs, bound in (
            ("svg", [argdown, "map", "-f", "svg", "map.argdown", "theirs"], 0.2),
            ("json", [argdown, "json", "map.argdown", "theirs"], 1.0),
        ):
            own = [*ours, kind, str(folder / "map.json"), str(folder / f"ours.{kind}")]
            pair = compare(
                partial(command_seconds, own),
                partial(command_seconds, theirs, cwd=name),
                runs=3,
            )
            if not list((folder / "theirs").glob(f"*.{kind}")) or not (folder / f"ours.{kind}").exists():
                print(f"nothing was written: {theirs}")
                return 2
            results.append(report(f"{kind} of a map of {ARGUMENTS} arguments, against argdown", pair, bound))
    return 0 if all(results) else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["--write"]:
        write(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))
        sys.exit(0)
    program = sys.argv[1] if len(sys.argv) > 1 else shutil.which("argdown")
    if program is None:
        sys.exit("@argdown/cli is not installed: npm install @argdown/cli@1.7.5, then name its program")
    sys.exit(main(program))
