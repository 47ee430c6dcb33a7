"""Write `exports/gallery/`: the built-in corpus in every format, for visitors who have installed nothing yet.

`python docs/gallery.py` writes it anew; `--check` says what is out of date. Files that `dot` or Chromium draw
differ with the versions of these programs, so that only their presence is checked.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
for folder in ("engine", "exports"):
    sys.path.insert(0, str(ROOT / folder))

from cruxmap import load  # noqa: E402 - found through the path above
from cruxmap.corpus import builtin_root  # noqa: E402
from cruxmap.credences import parse_settings  # noqa: E402
from cruxmap.matrix import criterion_named  # noqa: E402
from cruxmap_exports.everything import in_every_format, readable, write_folder  # noqa: E402
from cruxmap_exports.request import Request  # noqa: E402

if TYPE_CHECKING:
    from cruxmap.knowledge import KnowledgeBase
    from cruxmap_exports.everything import Piece

GALLERY = ROOT / "exports" / "gallery"
DRAWN = (".pdf", ".png", ".dot.svg", ".xlsx")
"""Suffixes of files whose bytes depend on other programs and libraries."""
ENTRY, STATEMENT, SCENARIO = "3", "A5", "A8=out"


def pieces(kb: KnowledgeBase) -> list[Piece]:
    """List what the gallery shows: each target in every format, and maps of each kind."""
    entry, statement = kb.find_any(ENTRY), kb.find_any(STATEMENT)
    given = parse_settings(kb, [SCENARIO])
    scenario = {"voice": "computed", "credences": given.credences, "labels": given.labels}
    about, unaligned = Request(entry=entry), Request(entry=kb.find_any("2"), voice=scenario)
    inner = criterion_named(kb, "inner").id
    return [
        *in_every_format("matrix", "matrix", "the proposals, as the source judges them", Request()),
        *as_text("matrix-computed", "the same, computed", Request(voice={"voice": "computed"})),
        *as_text("strategies", "the conditioning strategies", Request(kind="strategy")),
        *in_every_format("map", "map", "the argument map of proposal 3", about),
        *readable("map-criterion", "map", "what bears on inner alignment", Request(criteria=(inner,))),
        *readable("map-around", "map", "what lies around assumption A5", Request(entry=statement)),
        *readable("map-what-if", "map", "proposal 2 if HCH is not aligned", unaligned),
        *readable("map-everything", "map", "the whole map", Request()),
        *in_every_format("entry", "entry", "the page of proposal 3", about),
        *in_every_format("handout", "handout", "one page for a meeting", Request()),
        *in_every_format("sources", "sources", "the works", Request()),
    ]


def as_text(stem: str, title: str, request: Request) -> list[Piece]:
    """List a matrix as Markdown, which sites show; one page of a megabyte is enough."""
    return [piece for piece in readable(stem, "matrix", title, request) if piece.form.name == "markdown"]


def write(folder: Path) -> None:
    """Write the gallery into a folder, and say how long it took."""
    start = time.perf_counter()
    kb = load(builtin_root())
    done = write_folder(kb, pieces(kb), folder, "What cruxmap writes about its own corpus")
    print(f"{len(done.written)} files in {time.perf_counter() - start:.1f} s")
    for path, reason in done.left_out:
        print(f"left out {path}: {reason}")


def stale() -> list[str]:
    """Return the names of files that are missing, left over or out of date."""
    with tempfile.TemporaryDirectory() as name:
        fresh = Path(name)
        write(fresh)
        wanted = {path.name for path in fresh.iterdir()}
        there = {path.name for path in GALLERY.iterdir()} if GALLERY.is_dir() else set()
        # Where a program is missing its files cannot be written, but they can be there.
        left = {name for name in there - wanted if not name.endswith(DRAWN)}
        changed = {
            name
            for name in wanted & there
            if not name.endswith(DRAWN) and (fresh / name).read_bytes() != (GALLERY / name).read_bytes()
        }
    return sorted((wanted - there) | left | changed)


def main() -> int:
    """Write the gallery, or check it."""
    if "--check" not in sys.argv:
        write(GALLERY)
        return 0
    found = stale()
    for name in found:
        print(f"exports/gallery/{name} is out of date: python docs/gallery.py")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
