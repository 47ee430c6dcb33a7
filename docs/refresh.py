"""Run the commands shown in README.md and docs/ again, and write what they print today below them.

A block that starts with ```console holds one command after `$ ` and its output; `console head=12` keeps the
first 12 lines. Pages that are walked through (docs/walkthrough.py) are run in a folder of their own.
`python docs/refresh.py` rewrites the files, with `--check` it only tells whether it would.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

from walkthrough import WALKED, walked

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
PICTURE = ROOT / "docs" / "pictures" / "matrix.svg"
PATH = os.pathsep.join(str(ROOT / folder) for folder in ("engine", "exports"))
_BLOCK = re.compile(
    r"^```console(?: head=(?P<head>\d+))?\n\$ (?P<command>.+)\n(?P<output>(?:.*\n)*?)```$", re.MULTILINE
)
_HELP = re.compile(r"^<!-- help of every command -->\n(?:.*\n)*?<!-- end of help -->$", re.MULTILINE)


def run(command: str) -> str:
    """Print of a cruxmap command at 80 columns, stdout and stderr together."""
    words = shlex.split(command)
    if words[0] != "cruxmap":
        raise ValueError(f"only cruxmap commands can be shown: {command}")
    environment = os.environ | {"COLUMNS": "80", "PYTHONPATH": PATH, "NO_COLOR": "1"}
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.stdout


def refreshed(text: str) -> str:
    """Return a page with the output of its commands, and the help of all commands, as of today."""

    def block(match: re.Match[str]) -> str:
        lines = run(match["command"]).splitlines()
        head = int(match["head"] or 0)
        if head and len(lines) > head:
            lines = [*lines[:head], "..."]
        title = f"```console head={head}" if head else "```console"
        return "\n".join([title, f"$ {match['command']}", *lines, "```"])

    return _HELP.sub(lambda _: all_help(), _BLOCK.sub(block, text))


def all_help() -> str:
    """Return the help pages of all commands as Markdown."""
    sys.path.insert(0, str(ROOT / "engine"))
    from cruxmap.cli import COMMANDS

    parts = ["<!-- help of every command -->"]
    for name in COMMANDS:
        parts += [f"## {name}", "", "```text", run(f"cruxmap {name} --help").rstrip(), "```", ""]
    return "\n".join([*parts, "<!-- end of help -->"])


def picture() -> str:
    """Return the matrix as an SVG picture of a terminal, without the web fonts that rich would link."""
    from rich.console import Console
    from rich.text import Text

    environment = os.environ | {"COLUMNS": "80", "PYTHONPATH": PATH}
    command = [sys.executable, "-m", "cruxmap", "matrix", "--color"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    console = Console(record=True, width=80, file=io.StringIO(), color_system="standard")
    console.print(Text.from_ansi(done.stdout.rstrip("\n")), soft_wrap=True)
    drawing = console.export_svg(title="cruxmap matrix", unique_id="cruxmap")
    return re.sub(r"@font-face \{.*?\}\s*", "", drawing, flags=re.DOTALL)


def main() -> int:
    """Refresh every page and the picture; with --check, fail when anything is stale."""
    stale = []
    for page in PAGES:
        before = page.read_text(encoding="utf-8")
        after = walked(before) if page.name in WALKED else refreshed(before)
        if before != after:
            stale.append(page)
            if "--check" not in sys.argv:
                page.write_text(after, encoding="utf-8")
    drawn = picture()
    if not PICTURE.is_file() or PICTURE.read_text(encoding="utf-8") != drawn:
        stale.append(PICTURE)
        if "--check" not in sys.argv:
            PICTURE.parent.mkdir(exist_ok=True)
            PICTURE.write_text(drawn, encoding="utf-8")
    for page in stale:
        print(f"{page.relative_to(ROOT)}: {'stale' if '--check' in sys.argv else 'refreshed'}")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
