"""Reading and checking: prints three ratios and fails if one breaks its bound.

Needs the `benchmarks` extra (doorstop) and an installed cruxmap.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml
from timing import command_seconds, compare, function_seconds, report

from cruxmap.yamlread import read_bytes

ENTRY = """\
# yaml-language-server: $schema=../ontology/schema/assumption.schema.json
kind: assumption
id: assumption-{number}
number: A{number}
title: Assumption number {number}
text: >-
  The thing with the number {number} holds in a way that is long enough to be a sentence, and it goes on for a
  second line as the texts of real entries do.
source: paper2020
at: §{section}
relations:
  - kind: requires
    to: [assumption-{parent}]
    text: Without its parent the thing numbered {number} would make no sense.
pro:
  - id: a{number}.for.1
    text: A reason in favour of the thing with the number {number}.
    assumes: [assumption-{parent}]
    hedge: likely
    at: §{section}
con:
  - id: a{number}.against.1
    text: A reason against the thing with the number {number}.
    unless: [assumption-{parent}]
    hedge: possible
    at: §{section}
"""

VOCABULARY = """\
- kind: source
  id: paper2020
  title: A paper
  authors: [Somebody]
  year: 2020
  role: encoded
  sections: [{number: "1"}, {number: "2"}, {number: "3"}]
- {kind: relation, id: requires, title: requires}
- {kind: hedge, id: likely, title: likely, text: Likely., weight: 0.7, reason: Because.}
- {kind: hedge, id: possible, title: possible, text: Possible., weight: 0.4, reason: Because.}
"""

ITEM = """\
active: true
derived: false
header: ''
level: 1.{number}
links:{links}
normative: true
ref: ''
reviewed: null
text: |
  The thing with the number {number} holds in a way that is long enough to be a sentence, and it goes on for a
  second line as the texts of real entries do.
"""


def write_workspace(root: Path, count: int) -> None:
    """Write a workspace of linked assumptions, one file each."""
    (root / "ontology").mkdir(parents=True)
    (root / "proposals").mkdir()
    (root / "cruxmap.yaml").write_text("extends: nothing\n", encoding="utf-8")
    (root / "ontology" / "vocabulary.yaml").write_text(VOCABULARY, encoding="utf-8")
    for number in range(count):
        text = ENTRY.format(number=number, parent=max(0, number // 2), section=number % 3 + 1)
        (root / "proposals" / f"a{number:05d}.yaml").write_text(text, encoding="utf-8")


def write_doorstop(root: Path, count: int) -> None:
    """Write a doorstop document of linked items, one file each, in a repository as doorstop demands."""
    folder = root / "requirements"
    folder.mkdir(parents=True)
    settings = "settings:\n  digits: 5\n  prefix: REQ\n  sep: ''\n"
    (folder / ".doorstop.yml").write_text(settings, encoding="utf-8")
    for number in range(1, count + 1):
        links = " []" if number == 1 else f"\n- REQ{number // 2:05d}: null"
        text = ITEM.format(number=number, links=links)
        (folder / f"REQ{number:05d}.yml").write_text(text, encoding="utf-8")
    identity = ["-c", "user.name=x", "-c", "user.email=x@x"]
    for step in (["init", "-q"], ["add", "-A"], [*identity, "commit", "-qm", "x"]):
        subprocess.run(["git", *step], cwd=root, check=True)


def check_against_doorstop(folder: Path, count: int = 2_000) -> bool:
    """`cruxmap check` on as many entry files as doorstop has linked items."""
    write_workspace(folder / "workspace", count)
    write_doorstop(folder / "doorstop", count)
    ours = [sys.executable, "-m", "cruxmap", "check", str(folder / "workspace")]
    theirs = [str(Path(sys.executable).with_name("doorstop"))]
    pair = compare(
        lambda: command_seconds(ours),
        lambda: command_seconds(theirs, cwd=str(folder / "doorstop")),
        runs=3,
    )
    return report(f"check {count} entry files / doorstop {count} linked items", pair, 0.1)


def start_up(folder: Path) -> bool:
    """A command that needs no graph, against the bare imports of its libraries."""
    os.environ["CRUXMAP_CACHE"] = str(folder / "cache")
    ours = [sys.executable, "-m", "cruxmap", "matrix"]
    theirs = [sys.executable, "-c", "import yaml, pydantic"]
    pair = compare(lambda: command_seconds(ours), lambda: command_seconds(theirs), runs=25)
    return report("cruxmap matrix / python -c 'import yaml, pydantic'", pair, 1.5)


def reader(count: int = 10_000) -> bool:
    """Our reader with positions and refusals, against PyYAML's fastest loader."""
    texts = [ENTRY.format(number=n, parent=n // 2, section=n % 3 + 1).encode() for n in range(count)]

    def ours() -> None:
        for text in texts:
            assert read_bytes(text, "entry.yaml").value

    def theirs() -> None:
        for text in texts:
            assert yaml.load(text, Loader=yaml.CSafeLoader)

    pair = compare(lambda: function_seconds(ours), lambda: function_seconds(theirs), runs=3)
    return report(f"read {count} entries / yaml.load with CSafeLoader", pair, 1.0)


def main() -> int:
    """Run all measurements."""
    print(f"{'measurement':<62} {'ours':>10} {'theirs':>10} {'ratio':>7}")
    with tempfile.TemporaryDirectory() as folder:
        results = [reader(), start_up(Path(folder)), check_against_doorstop(Path(folder))]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
