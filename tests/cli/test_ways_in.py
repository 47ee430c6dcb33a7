"""Workspaces and the way in: init, new, import and convert, as people run them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import cruxmap
from conftest import Result
from cruxmap.checking import check
from cruxmap.corpus import builtin_root
from cruxmap.model.vocabulary import Assumption
from cruxmap.templates import FOLDERS

Command = Callable[..., Result]

GRID = """\
Proposal,Teachability,Teachability assumption,Teachability rationale,Inner alignment,Outside view,Remarks
3,✓,A5,It is simple,~,✗,
microscope-ai,~,Knowledge can be extracted; Tools scale,,✓,n/a,seen twice
AI safety via debate with transparancy tools,?,,,✗,~,
Our own idea,✓,People stay honest,,blue,✓,
P11,✗,Nobody understands it,,✓,,
"""


@pytest.fixture
def group(tmp_path: Path, cruxmap_command: Command) -> Path:
    """A fresh workspace."""
    root = tmp_path / "group"
    assert cruxmap_command("init", str(root)).code == 0
    return root


@pytest.fixture
def grid(tmp_path: Path) -> Path:
    path = tmp_path / "verdicts.csv"
    path.write_text(GRID, encoding="utf-8")
    return path


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


def test_init_makes_a_sound_workspace_over_the_corpus(group: Path, cruxmap_command: Command) -> None:
    assert {"cruxmap.yaml", "readers.yaml", ".gitignore"} <= set(files(group))
    assert all((group / name).is_dir() for name in ("ontology", "proposals", "sessions"))
    assert ".cruxmap/" in (group / ".gitignore").read_text(encoding="utf-8")
    report = check([group])
    assert (report.ok, report.problems) == (True, ())
    assert cruxmap_command("matrix", "--workspace", str(group)).code == 0


def test_init_refuses_a_folder_that_holds_anything(group: Path, cruxmap_command: Command) -> None:
    before = files(group)
    result = cruxmap_command("init", str(group), "--json")
    assert result.code == 2
    assert "not empty" in json.loads(result.out)["error"]["message"]
    assert files(group) == before


@pytest.mark.parametrize("kind", FOLDERS)
def test_a_new_entry_passes_the_check_and_names_its_schema(
    group: Path, cruxmap_command: Command, kind: str
) -> None:
    result = cruxmap_command("new", kind, "our-entry", "--workspace", str(group), "--json")
    assert (result.code, result.err) == (0, "")
    path, schema = (Path(name) for name in json.loads(result.out)["written"])
    assert path.parent == group / FOLDERS[kind]
    modeline = path.read_text(encoding="utf-8").splitlines()[0]
    assert (path.parent / modeline.partition("$schema=")[2]).resolve() == schema.resolve()
    report = check([group])
    assert report.ok, [problem.render() for problem in report.problems]
    assert "our-entry" in cruxmap.load(group, remember=False).entries
    assert cruxmap_command("show", "our-entry", "--workspace", str(group)).code == 0


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("our-entry", "used already"),
        ("stem-ai", "used already"),
        ("No Id", "not a valid id"),
        ("../up", "not a valid id"),
    ],
)
def test_new_overwrites_nothing(group: Path, cruxmap_command: Command, name: str, words: str) -> None:
    assert cruxmap_command("new", "risk", "our-entry", "--workspace", str(group)).code == 0
    before = files(group)
    result = cruxmap_command("new", "risk", name, "--workspace", str(group))
    assert (result.code, words in result.err) == (2, True), result.err
    assert files(group) == before


def test_nothing_is_ever_written_into_the_built_in_corpus(cruxmap_command: Command, grid: Path) -> None:
    target = str(builtin_root())
    for arguments in (
        ("new", "risk", "our-risk", "--workspace", target),
        ("import", "grid", str(grid), "--into", target),
    ):
        result = cruxmap_command(*arguments)
        assert (result.code, "cruxmap init" in result.err) == (2, True)


def test_a_grid_becomes_criteria_marks_assumptions_and_proposals(
    group: Path, grid: Path, cruxmap_command: Command
) -> None:
    result = cruxmap_command("import", "grid", str(grid), "--into", str(group), "--json")
    assert (result.code, result.err) == (0, "")
    made = json.loads(result.out)
    assert made["criteria"] == ["teachability", "inner-alignment-verdicts", "outside-view"]
    assert made["added"] == ["our-own-idea"]
    assert made["marks"] == 14
    assert "“AI safety via debate with transparancy tools” was taken for" in made["matched"][0]
    assert [(loss["line"], loss["column"]) for loss in made["losses"] if "blue" in loss["message"]] == [
        (5, 5)
    ]
    report = check([group])
    assert report.ok, [problem.render() for problem in report.problems]


def test_marks_stand_beside_what_the_source_says_and_hinge_on_what_was_named(
    group: Path, grid: Path, cruxmap_command: Command
) -> None:
    builtin = cruxmap.load(builtin_root(), remember=False)
    cruxmap_command("import", "grid", str(grid), "--into", str(group))
    kb = cruxmap.load(group, remember=False)
    own, ours = builtin.find_assessed("3"), kb.find_assessed("3")
    assert {name: ours.assessments[name] for name in own.assessments} == dict(own.assessments)
    cell = kb.stance(ours, "teachability")
    assert (cell.word, cell.hinges) == ("holds", ("rat-gives-consistent-gradient",))
    assert ours.assessments["teachability"].reason == "It is simple"
    assert kb.stance(kb.find_assessed("microscope-ai"), "outside-view").interval is None
    worst = kb.find_assessed("11").assessments["teachability"]
    assert (len(worst.pro), len(worst.con)) == (0, 1)
    notes = " ".join(kb.find_assessed("microscope-ai").import_notes)
    assert "seen twice" in notes


@pytest.mark.parametrize(
    "arguments",
    [
        ("matrix", "--criteria", "teachability,outside-view"),
        ("rank",),
        ("assumptions", "tools-scale"),
        ("compare", "3", "our-own-idea"),
        ("show", "3/teachability"),
    ],
)
def test_commands_answer_on_an_imported_grid(
    group: Path, grid: Path, cruxmap_command: Command, arguments: tuple[str, ...]
) -> None:
    cruxmap_command("import", "grid", str(grid), "--into", str(group))
    result = cruxmap_command(*arguments, "--workspace", str(group))
    assert (result.code, result.err) == (0, "")
    assert "None" not in result.out


@pytest.mark.parametrize(
    ("criteria", "voice"),
    [
        ("teachability", "Voice  the group's own marks, for which no source is named"),
        ("outer,teachability", "where no source is named, the group's own marks"),
        ("outer", "the source's stance (hubinger2020), in words that summarise its hedges"),
    ],
)
def test_the_matrix_says_whose_marks_it_shows(
    group: Path, grid: Path, cruxmap_command: Command, criteria: str, voice: str
) -> None:
    cruxmap_command("import", "grid", str(grid), "--into", str(group))
    result = cruxmap_command("matrix", "--workspace", str(group), "--criteria", criteria)
    assert " ".join(voice.split()) in " ".join(result.out.split())


def test_a_second_grid_of_the_same_entries_is_another_column(
    group: Path, grid: Path, tmp_path: Path, cruxmap_command: Command
) -> None:
    cruxmap_command("import", "grid", str(grid), "--into", str(group))
    again = cruxmap_command("import", "grid", str(grid), "--into", str(group))
    assert (again.code, "exists already" in again.err) == (2, True)
    later = tmp_path / "later.csv"
    later.write_text("Proposal,Teachability\n3,✗\nOur own idea,✓\n", encoding="utf-8")
    result = cruxmap_command("import", "grid", str(later), "--into", str(group), "--json")
    made = json.loads(result.out)
    assert made["criteria"] == ["teachability-later"]
    assert "does not rewrite files of yours" in " ".join(loss["message"] for loss in made["losses"])
    kb = cruxmap.load(group, remember=False)
    assert kb.stance(kb.find_assessed("3"), "teachability").word == "holds"
    assert kb.stance(kb.find_assessed("3"), "teachability-later").word == "fails"


ARGDOWN = """\
[Safe]: The system is safe.
  + <Oversight>: Humans watch.
    - [Tired]: Humans get tired.
  - [Deceptive]

[Broken: title
"""


def test_an_argdown_map_becomes_assumptions_with_their_arguments(
    group: Path, tmp_path: Path, cruxmap_command: Command
) -> None:
    path = tmp_path / "debate.argdown"
    path.write_text(ARGDOWN, encoding="utf-8")
    result = cruxmap_command("import", "argdown", str(path), "--into", str(group), "--json")
    made = json.loads(result.out)
    assert (made["statements"], made["arguments"]) == (3, 3)
    assert [(loss["line"], loss["column"]) for loss in made["losses"]] == [(6, 1)]
    kb = cruxmap.load(group, remember=False)
    assert kb.arguments["debate-oversight"].targets == (("debate-safe", 1),)
    safe = kb.entries["debate-safe"]
    assert isinstance(safe, Assumption)
    notes = " ".join(safe.import_notes)
    assert "not closed by ']'" in notes
    assert check([group]).ok


def test_an_import_that_does_not_fit_leaves_nothing_behind(
    group: Path, tmp_path: Path, cruxmap_command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cruxmap_exports.interchange import map_import
    from cruxmap_exports.interchange.entries import Made

    broken = Made(["- kind: assumption\n  id: x\n  title: x\n  text: x\n  reading: theirs\n"], 1, 0, {}, ())
    monkeypatch.setattr(map_import, "entries", lambda *_: broken)
    path = tmp_path / "debate.argdown"
    path.write_text(ARGDOWN, encoding="utf-8")
    before = files(group)
    result = cruxmap_command("import", "argdown", str(path), "--into", str(group))
    assert (result.code, "nothing was written" in result.err) == (2, True)
    assert files(group) == before


def test_convert_goes_from_format_to_format_and_overwrites_only_when_told(
    tmp_path: Path, cruxmap_command: Command
) -> None:
    source, target = tmp_path / "debate.argdown", tmp_path / "debate.aif.json"
    source.write_text(ARGDOWN, encoding="utf-8")
    result = cruxmap_command("convert", str(source), "--to", str(target), "--json")
    assert result.code == 0
    assert {key: json.loads(result.out)[key] for key in ("from", "to", "statements")} == {
        "from": "argdown", "to": "aif", "statements": 3,
    }  # fmt: skip
    assert cruxmap_command("convert", str(source), "--to", str(target)).code == 2
    assert cruxmap_command("convert", str(source), "--to", str(target), "--force").code == 0
    back = tmp_path / "back.argdown"
    assert cruxmap_command("convert", str(target), "--to", str(back)).code == 0
    assert "[Safe]: The system is safe." in back.read_text(encoding="utf-8")


def test_convert_writes_the_mode_that_was_asked_for(tmp_path: Path, cruxmap_command: Command) -> None:
    source, target = tmp_path / "a.tgf", tmp_path / "a.argdown"
    source.write_text("a\nb\n#\na b\n", encoding="utf-8")
    result = cruxmap_command("convert", str(source), "--to", str(target), "--mode", "strict")
    assert "mode: strict" in target.read_text(encoding="utf-8")
    assert "became contraries: 1" in result.out
    assert (
        cruxmap_command("convert", str(source), "--to", str(tmp_path / "a.apx"), "--mode", "strict").code == 2
    )
