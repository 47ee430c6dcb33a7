"""A workspace extends the corpus: it adds entries, and changes parts of them without copying."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import cruxmap
from cruxmap.corpus import builtin_root, find_workspace
from cruxmap.errors import BrokenCorpusError, WorkspaceNotFoundError
from cruxmap.knowledge import KnowledgeBase
from cruxmap.matrix import matrix

GROUP = "name: my group\nextends: builtin\n"


def load(root: Path) -> KnowledgeBase:
    return cruxmap.load(root, remember=False)


def test_a_workspace_holds_the_corpus_and_its_own_entries(
    write: Callable[..., Path], kb: KnowledgeBase
) -> None:
    term = "kind: term\nid: our-term\ntitle: Ours\ntext: A term of ours.\n"
    group = load(write(**{"cruxmap.yaml": GROUP, "ontology/terms.yaml": term}))
    assert group.name == "my group"
    assert set(group.entries) == {*kb.entries, "our-term"}


def test_an_override_changes_what_it_names_and_keeps_the_rest(
    write: Callable[..., Path], kb: KnowledgeBase
) -> None:
    override = """\
kind: proposal
id: stem-ai
override: true
assessments:
  inner-alignment:
    stance: doubtful
    con:
      - {id: p6.inner.against.3, hedge: likely}
      - {id: p6.inner.group.1, text: We see a further problem., at: §7.2, reading: ours}
"""
    group = load(write(**{"cruxmap.yaml": GROUP, "proposals/stem.yaml": override}))
    before, after = kb.find_assessed("stem-ai"), group.find_assessed("stem-ai")
    assert after.assessments["inner-alignment"].stance == "doubtful"
    assert after.assessments["outer-alignment"] == before.assessments["outer-alignment"]
    changed = group.arguments["p6.inner.against.3"].argument
    assert (changed.hedge, changed.text) == ("likely", kb.arguments["p6.inner.against.3"].argument.text)
    assert "p6.inner.group.1" in group.arguments
    assert set(group.arguments) == {*kb.arguments, "p6.inner.group.1"}


def test_problems_in_an_override_are_found_in_the_file_of_the_group(write: Callable[..., Path]) -> None:
    override = "kind: proposal\nid: stem-ai\noverride: true\nassessments:\n  inner-alignment:\n    stance: splendid\n"
    with pytest.raises(BrokenCorpusError) as caught:
        load(write(**{"cruxmap.yaml": GROUP, "proposals/stem.yaml": override}))
    (problem,) = caught.value.problems
    assert (Path(problem.path).name, problem.line, problem.code) == ("stem.yaml", 6, "E206")


def test_the_same_id_without_override_is_an_error_that_says_so(write: Callable[..., Path]) -> None:
    term = "kind: term\nid: stem-ai\ntitle: Ours\ntext: A term of ours.\n"
    with pytest.raises(BrokenCorpusError, match="write `override: true`"):
        load(write(**{"cruxmap.yaml": GROUP, "ontology/terms.yaml": term}))


@pytest.mark.parametrize("name", ["no-such-entry", "our-term"])
def test_an_override_of_nothing_is_an_error(write: Callable[..., Path], name: str) -> None:
    files = {"ontology/a.yaml": "kind: term\nid: our-term\ntitle: Ours\ntext: Ours.\n"}
    files["ontology/b.yaml"] = f"kind: term\nid: {name}\noverride: true\ntext: New.\n"
    with pytest.raises(BrokenCorpusError, match="no entry .* to override"):
        load(write(**{"cruxmap.yaml": GROUP, **files}))


def test_a_group_chooses_its_criteria(write: Callable[..., Path]) -> None:
    own = """\
kind: criterion
id: teachability
title: Teachability
short: Teach
question: Can we explain it in an hour?
scale: stance
"""
    settings = GROUP + "criteria: [teachability, inner-alignment]\n"
    group = load(write(**{"cruxmap.yaml": settings, "ontology/own.yaml": own}))
    table = matrix(group)
    assert [item.id for item in table.criteria] == ["teachability", "inner-alignment"]
    assert list(table.rows[0].cells) == ["inner-alignment"]


def test_newer_data_is_refused_with_advice(write: Callable[..., Path]) -> None:
    root = write(**{"cruxmap.yaml": "extends: nothing\n", "ontology/version.yaml": "schema: 2\n"})
    with pytest.raises(BrokenCorpusError, match="install a newer cruxmap"):
        load(root)


def test_the_workspace_is_the_nearest_folder_upwards(
    write: Callable[..., Path], in_folder: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write(**{"cruxmap.yaml": GROUP, "sessions/first/notes.md": ""})
    in_folder(root / "sessions" / "first")
    assert find_workspace() == root.resolve()
    in_folder(root.parent)
    assert find_workspace() == builtin_root()
    monkeypatch.setenv("CRUXMAP_WORKSPACE", str(root))
    assert find_workspace() == root


def test_a_folder_that_is_no_workspace_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceNotFoundError, match="it has no cruxmap.yaml"):
        find_workspace(tmp_path)
    with pytest.raises(WorkspaceNotFoundError, match="no such folder"):
        find_workspace(tmp_path / "nowhere")
