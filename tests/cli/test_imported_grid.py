"""A grid of a group's own, with five marks and an assumption in every cell, and every command that reads it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import cruxmap
from conftest import REPOSITORY, Result
from cruxmap.checking import check
from cruxmap.cli import cli
from cruxmap.cli.diagnostics import run
from shared_repository import git, save

Command = Callable[..., Result]

GRID = REPOSITORY / "docs" / "examples" / "interchange" / "five-marks.csv"
LEVELS = "very doubtful,doubtful,plausible,likely,very likely"
CRITERIA = "early-warning,honest-reporting,affordable"
CELLS = ("imitative-amplification-rat/early-warning", "our-own-idea/honest-reporting")
ALL_READERS = "readers"
TEXT_FORMATS = ("md", "html", "csv", "tsv", "tex", "json")
MAP_FORMATS = ("json", "svg", "dot", "mmd", "argdown", "graphml", "gexf", "jsonld", "aif.json", "gsn.yaml")


def readers(folder: Path) -> None:
    """Two readers who mark the cells of the grid, and differ in what its assumptions are worth."""
    folder.mkdir()
    for reader, marks, credence in (("reader-a", ("likely", "plausible"), 0.9), ("reader-b", ("doubtful", "likely"), 0.2)):  # fmt: skip
        lines = [f"reader: {reader}", "marks:"]
        for cell, mark in zip(CELLS, marks, strict=True):
            lines += [f"  {cell}:", f"    mark: {mark}", "    assumption: nobody-games-the-reports"]
        lines += ["credences:", f"  nobody-games-the-reports: {credence}", f"  weekly-checks-are-enough: {1 - credence}"]  # fmt: skip
        (folder / f"{reader}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace made from the grid by one command, under git, with a later change of one mark."""
    root = tmp_path_factory.mktemp("grid") / "our-group"
    assert run(cli, ("import", "grid", str(GRID), "--into", str(root), "--levels", LEVELS)) == 0
    (root / "readers.yaml").write_text("- handle: reader-a\n- handle: reader-b\n", encoding="utf-8")
    git(root, "init", "-q", "-b", "main")
    save(root, "Import the grid")
    shutil.copytree(root, root.parent / "before")
    file = root / "proposals" / "imported" / "five-marks-grid.yaml"
    text = file.read_text(encoding="utf-8")
    own = text.index("id: our-own-idea")
    file.write_text(text[:own] + text[own:].replace("stance: very-likely", "stance: doubtful", 1), "utf-8")
    save(root, "Change a mark")
    readers(root / ALL_READERS)
    return root


@pytest.fixture
def here(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, in which files may be written; the workspace is named by the environment."""
    monkeypatch.setenv("CRUXMAP_WORKSPACE", str(made))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_one_command_makes_a_sound_workspace_of_a_grid(tmp_path: Path, cruxmap_command: Command) -> None:
    root = tmp_path / "new" / "group"
    result = cruxmap_command("import", "grid", str(GRID), "--into", str(root), "--levels", LEVELS)
    assert (result.code, result.err) == (0, "")
    assert "is a workspace now; it extends the built-in corpus" in " ".join(result.out.split())
    assert {path.name for path in root.iterdir()} >= {"cruxmap.yaml", "readers.yaml", ".gitignore"}
    assert check([root]).ok
    kb = cruxmap.load(root, remember=False)
    for name in CRITERIA.split(","):
        assert len(kb.scale_of(name).levels) == 5
    cells = [kb.stance(kb.find_assessed(row), name) for row in ("2", "3", "7", "5", "9", "our-own-idea")
             for name in CRITERIA.split(",")]  # fmt: skip
    assert all(len(cell.hinges) == 1 for cell in cells)


def test_an_empty_folder_becomes_a_workspace_and_a_full_one_is_left_alone(
    tmp_path: Path, cruxmap_command: Command
) -> None:
    words = ("import", "grid", str(GRID), "--levels", LEVELS, "--json", "--into")
    assert json.loads(cruxmap_command(*words, str(tmp_path)).out)["started"] is True
    other = tmp_path.parent / f"{tmp_path.name}-other"
    other.mkdir()
    (other / "letter.txt").write_text("Dear reader", encoding="utf-8")
    assert cruxmap_command(*words, str(other)).code == 2
    assert [path.name for path in other.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("existing", [True, False])
def test_an_import_that_fails_leaves_no_workspace_behind(
    tmp_path: Path, cruxmap_command: Command, existing: bool
) -> None:
    folder = tmp_path / "a" / "group"
    if existing:
        folder.mkdir(parents=True)
    result = cruxmap_command("import", "grid", str(tmp_path / "none.csv"), "--into", str(folder))
    assert (result.code, "no such file" in result.err) == (2, True)
    assert list(tmp_path.rglob("*")) == ([folder.parent, folder] if existing else [])


COMMANDS = [
    ("matrix",),
    ("matrix", "--criteria", CRITERIA),
    ("matrix", "--criteria", CRITERIA, "--sort", "early-warning"),
    ("matrix", "--criteria", CRITERIA, "--voice", "computed"),
    ("compare", "3", "our-own-idea"),
    ("compare", "3", "our-own-idea", "microscope-ai"),
    ("evaluate",),
    ("evaluate", "our-own-idea"),
    ("evaluate", "our-own-idea/early-warning"),
    ("whatif", "--set", "weekly-checks-are-enough=0"),
    ("assumptions",),
    ("assumptions", "--portfolio", "2"),
    ("assumptions", "weekly-checks-are-enough"),
    ("assumptions", "our-own-idea"),
    ("assumptions", "our-own-idea/early-warning"),
    ("positions",),
    ("positions", "--given", "weekly-checks-are-enough=in"),
    ("cruxes", "--readers", ALL_READERS),
    ("cruxes", "--readers", ALL_READERS, "--verdict", "our-own-idea/honest-reporting"),
    ("rank",),
    ("rank", "--criteria", CRITERIA),
    ("cluster",),
    ("diff", "before", "our-group"),
    ("diff", "HEAD~1", "HEAD"),
    ("diff", "HEAD~1"),
    ("check",),
    ("search", "checks"),
    ("list", "proposal"),
    ("list", "criterion"),
    ("list", "assumption"),
    ("show", "our-own-idea"),
    ("show", "our-own-idea/early-warning"),
    ("show", "early-warning"),
    ("show", "weekly-checks-are-enough"),
    ("show", "grid-very-doubtful-to-very-likely-in-5"),
    ("sources",),
    ("coverage",),
    ("group", "plan", "--question", "Which checks?", "--date", "2026-03-05", "--criteria", CRITERIA),
    *(("export", "matrix", "--criteria", CRITERIA, "--to", f"x.{name}") for name in TEXT_FORMATS),
    *(("export", "map", "our-own-idea", "--to", f"map.{name}") for name in MAP_FORMATS),
    ("export", "map", "--to", "all.json"),
    ("export", "handout", "--to", "handout.md"),
    ("export", "handout", "--to", "handout.html"),
    ("export", "entry", "our-own-idea", "--to", "entry.md"),
]  # fmt: skip


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: " ".join(words)[:60])
def test_every_command_answers_on_it(
    made: Path, here: Path, cruxmap_command: Command, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    named = {"before": str(made.parent / "before"), "our-group": str(made), ALL_READERS: str(made / ALL_READERS)}  # fmt: skip
    words = tuple(named.get(word, word) for word in words)
    if words[:2] == ("group", "plan"):
        words = (*words, "--name", f"n{here.name.translate({95: 45}).lower()[-8:].strip('-')}")
    result = cruxmap_command(*words)
    assert result.code == 0, result.err
    assert not [line for line in result.err.splitlines() if not line.startswith(("wrote ", "not kept: "))]
    assert result.out or words[0] == "export"
    assert "None" not in result.out.replace("None is first in", "")
    if "--to" in words:
        assert Path(words[-1]).stat().st_size > 100
        return
    twice = cruxmap_command(*words, "--json", *(["--name", "again"] if "plan" in words else []))
    assert (twice.code, json.loads(twice.out)["schema"]) == (0, 1)
