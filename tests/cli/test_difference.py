"""`cruxmap diff` reads folders and revisions of a real repository, and says clearly what it cannot read."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import REPOSITORY, Result
from two_sides import FIRST, ONTOLOGY, SECOND, SENTENCE

GOLDEN = REPOSITORY / "tests" / "golden" / "diff-80.txt"
FILES = {
    "cruxmap.yaml": "name: ours\nextends: nothing\n",
    "ontology/all.yaml": ONTOLOGY,
    "proposals/1.yaml": FIRST,
    "proposals/2.yaml": SECOND,
    "proposals/s.yaml": SENTENCE,
}
LATER = {
    "proposals/1.yaml": FIRST.replace("assumes: [people-agree]", "assumes: [tools-work]")
    .replace("p1.note", "p1.note.1")
    .replace("{id: p1.1, text: Tools see it., assumes: [tools-work], hedge: likely}",
             "{id: p1.1, text: Tools see it., assumes: [tools-work], hedge: possible}")
    .replace("questions: [{id: p1.q, text: Is it so?}]", "questions: [{id: p1.q2, text: Who pays?}]"),
    "proposals/2.yaml": SECOND.replace("stance: bad", "stance: good"),
    "ontology/all.yaml": ONTOLOGY.replace("version: 1", "version: 2").replace("credence: 0.6", "credence: 0.9"),
}  # fmt: skip


def put(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


def git(root: Path, *arguments: str) -> str:
    names = {f"GIT_{who}_{what}": "reader-a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}  # fmt: skip
    environment = {**os.environ, **names, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    done = subprocess.run(
        ["git", "-C", str(root), *arguments], capture_output=True, text=True, env=environment, check=True
    )
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path, in_folder: Callable[[Path], None]) -> Path:
    """A repository whose folder `group` is a workspace with two commits, v1 and v2, and a change after them."""
    root = tmp_path / "repository"
    put(root / "group", FILES)
    (root / "README").write_text("Not a workspace.\n", encoding="utf-8")
    git(root.parent, "init", "--quiet", str(root))
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "-m", "First")
    git(root, "tag", "v1")
    put(root / "group", LATER)
    git(root, "commit", "--quiet", "--all", "-m", "Second")
    git(root, "tag", "v2")
    in_folder(root / "group")
    return root


def changed(result: Result) -> list[str]:
    return [change["id"] for change in json.loads(result.out)["changes"]]


def test_a_revision_is_compared_with_the_working_tree(
    repository: Path, cruxmap_command: Callable[..., Result]
) -> None:
    same = cruxmap_command("diff", "v2")
    assert (same.code, same.err) == (0, "")
    assert "The two sides are the same: nine entries" in " ".join(same.out.split())
    put(repository / "group", {"proposals/2.yaml": SECOND.replace("stance: bad", "stance: open")})
    assert changed(cruxmap_command("diff", "HEAD", "--json")) == ["second/safe"]


def test_two_revisions_are_compared_whatever_the_working_tree_holds(
    repository: Path, cruxmap_command: Callable[..., Result]
) -> None:
    before = json.loads(cruxmap_command("diff", "v1", "v2", "--json").out)
    put(repository / "group", {"proposals/2.yaml": "not: [even"})
    after = json.loads(cruxmap_command("diff", "HEAD~1", "v2", "--json").out)
    assert before["changes"] == after["changes"] != []
    assert before["before"]["commit"] == git(repository, "rev-parse", "v1")
    assert json.loads(cruxmap_command("diff", "v1", "v1", "--json").out)["same"] is True


def test_folders_are_compared_without_git(
    repository: Path, tmp_path: Path, cruxmap_command: Callable[..., Result]
) -> None:
    put(tmp_path / "old", FILES)
    result = cruxmap_command("diff", str(tmp_path / "old"), str(repository / "group"), "--json")
    revisions = cruxmap_command("diff", "v1", "v2", "--json")
    assert json.loads(result.out)["changes"] == json.loads(revisions.out)["changes"]
    assert json.loads(result.out)["before"]["commit"] is None


def test_revisions_are_those_of_the_workspace_named(
    repository: Path, in_folder: Callable[[Path], None], cruxmap_command: Callable[..., Result]
) -> None:
    in_folder(repository.parent)
    result = cruxmap_command("diff", "v1", "v2", "--workspace", str(repository / "group"), "--json")
    assert "second/safe" in changed(result)


def test_json_says_what_follows(repository: Path, cruxmap_command: Callable[..., Result]) -> None:
    data = json.loads(cruxmap_command("diff", "v1", "v2", "--json").out)
    assert set(data) == {
        "schema", "before", "after", "conventions", "same", "changes", "renamed", "consequences", "sentences",
    }  # fmt: skip
    assert data["renamed"] == {"p1.note": "p1.note.1"}
    assert data["consequences"]["dominances_lost"] == [["first", "second"]]
    verdict = next(item for item in data["consequences"]["verdicts"] if item["id"] == "first/safe")
    assert verdict["single_points_gained"] == ["tools-work"]
    assert [(flip["id"], flip["after"]["holds"]) for flip in data["sentences"]] == [("one-is-good", False)]


def test_what_is_set_is_set_on_both_sides(repository: Path, cruxmap_command: Callable[..., Result]) -> None:
    def verdicts(*options: str) -> dict[str, float]:
        data = json.loads(cruxmap_command("diff", "v1", "v2", "--json", *options).out)
        return {item["id"]: item["move"] for item in data["consequences"]["verdicts"]}

    assert verdicts()["first/safe"] != pytest.approx(verdicts("--set", "A1=0.2")["first/safe"])


def test_the_page_is_as_it_was_approved(
    repository: Path, cruxmap_command: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    result = cruxmap_command("diff", "v1", "v2")
    if os.environ.get("CRUXMAP_UPDATE_GOLDEN"):
        GOLDEN.write_text(result.out, encoding="utf-8")
    assert result.out == GOLDEN.read_text(encoding="utf-8")
    assert all(len(line) <= 80 for line in result.out.splitlines())
    assert cruxmap_command("diff", "v1", "v2", "--ascii").out.isascii()


@pytest.mark.parametrize("wanted", ["nonsense", "v1:group", "--", "..", "HEAD^{tree}", "-x", "v1\n"])
def test_what_is_no_revision_is_refused(
    wanted: str, repository: Path, cruxmap_command: Callable[..., Result]
) -> None:
    result = cruxmap_command("diff", "--", wanted)
    assert result.code == 2
    assert result.err.count("\n") == 1
    assert result.out == ""


def test_an_unknown_revision_names_the_repository(
    repository: Path, cruxmap_command: Callable[..., Result]
) -> None:
    error = cruxmap_command("diff", "v9").err
    assert error == f"cruxmap: 'v9' is neither a folder nor a commit, tag or branch of {repository}\n"


def test_outside_a_repository_only_folders_can_be_compared(
    tmp_path: Path, in_folder: Callable[[Path], None], cruxmap_command: Callable[..., Result]
) -> None:
    put(tmp_path / "alone", FILES)
    in_folder(tmp_path / "alone")
    result = cruxmap_command("diff", "HEAD")
    assert result.code == 2
    assert "is in no git repository" in result.err


def test_without_git_only_folders_can_be_compared(
    repository: Path, cruxmap_command: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    result = cruxmap_command("diff", "v1")
    assert result.code == 2
    assert "git is not installed" in result.err


def test_a_revision_from_before_the_workspace_is_refused(
    repository: Path, in_folder: Callable[[Path], None], cruxmap_command: Callable[..., Result]
) -> None:
    put(repository / "later", FILES)
    in_folder(repository / "later")
    result = cruxmap_command("diff", "v1")
    assert result.code == 2
    assert "holds no workspace in later/" in result.err


def test_a_broken_side_is_reported_with_its_paths(
    repository: Path, cruxmap_command: Callable[..., Result]
) -> None:
    put(
        repository / "group",
        {"proposals/2.yaml": "kind: proposal\nid: second\n", "proposals/3.yaml": "a: [b"},
    )
    result = cruxmap_command("diff", "v1")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("cruxmap: the working tree has errors, so nothing is compared: ")
    assert "proposals/2.yaml:1:1: E103" in result.err
    assert "proposals/3.yaml:" in result.err
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "-m", "Broken")
    put(repository / "group", FILES)
    (repository / "group" / "proposals" / "3.yaml").unlink()
    result = cruxmap_command("diff", "HEAD", "--json")
    error = json.loads(result.out)["error"]
    assert (result.code, error["path"], error["line"]) == (2, "HEAD:group/proposals/2.yaml", 1)


def test_links_in_a_revision_are_not_followed(
    repository: Path, tmp_path: Path, cruxmap_command: Callable[..., Result]
) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text("kind: term\nid: outside\ntitle: Outside\ntext: Outside.\n", encoding="utf-8")
    (repository / "group" / "proposals" / "link.yaml").symlink_to(outside)
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "-m", "Link")
    assert json.loads(cruxmap_command("diff", "v2", "HEAD", "--json").out)["same"] is True


def test_nothing_is_left_behind(
    repository: Path, tmp_path: Path, cruxmap_command: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    assert cruxmap_command("diff", "v1", "v2").code == 0
    assert list(scratch.iterdir()) == []
    assert git(repository, "status", "--porcelain") == ""
