"""Two programs have one draft open: what either of them wrote is in the draft or kept beside it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cruxmap.group.drafts import current_draft, save_cell
from cruxmap.group.errors import BrokenGroupFileError, NotNowError
from cruxmap.group.open_draft import Elsewhere, OpenDraft, draft_in_use
from cruxmap.group.reading import changed
from cruxmap.group.responses import CellResponse
from cruxmap.group.state import open_round
from group_meeting import CELLS, Group, write_group

SAFETY, SPEED = CELLS[:2]
FIELDS = ("rationale", "change_my_mind")


@pytest.fixture
def group(tmp_path: Path) -> Group:
    found = write_group(tmp_path / "group")
    open_round(found.folder, found.session)
    return found


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Group:
    found = write_group(tmp_path_factory.mktemp("shared") / "group")
    open_round(found.folder, found.session)
    return found


def opened(group: Group) -> OpenDraft:
    return OpenDraft(group.kb, group.folder, group.session, "reader-a", 1)


def answer(draft: OpenDraft, cell: str, **parts: object) -> Elsewhere | None:
    """Answer as a screen does: on top of what it shows."""
    base = draft.said(cell)
    return draft.save(cell, changed(base, **parts), base)


def on_disk(group: Group, cell: str) -> CellResponse:
    return current_draft(group.kb, group.folder, "reader-a", 1).marks[cell]


def aside(group: Group) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(group.folder.private.glob("*.draft.?.bak"))]


def test_what_two_programs_answer_in_different_cells_is_joined(group: Group) -> None:
    one, two = opened(group), opened(group)
    assert answer(one, SAFETY, mark="plausible") is None
    found = answer(two, SPEED, mark="doubtful")
    assert found is not None
    assert (found.cells, found.kept) == ((SAFETY,), None)
    seen = one.look()
    assert seen is not None
    assert (seen.cells, seen.contested, seen.kept) == ((SPEED,), (), None)
    assert on_disk(group, SAFETY).mark == "plausible"
    assert on_disk(group, SPEED).mark == "doubtful"
    assert one.look() is None
    assert aside(group) == []


def test_different_parts_of_one_answer_are_joined(group: Group) -> None:
    one, two = opened(group), opened(group)
    answer(one, SAFETY, mark="plausible")
    answer(two, SAFETY, rationale="Gears grind.")
    said = on_disk(group, SAFETY)
    assert (said.mark, said.rationale) == ("plausible", "Gears grind.")
    seen = one.look()
    assert seen is not None
    assert seen.kept is None
    assert one.said(SAFETY) == said


def test_of_two_answers_to_the_same_question_the_later_stands_and_the_other_is_kept(group: Group) -> None:
    one, two = opened(group), opened(group)
    answer(one, SAFETY, mark="plausible")
    found = two.save(SAFETY, CellResponse(mark="doubtful"), CellResponse())
    assert found is not None
    assert found.contested == (SAFETY,)
    assert found.ours_stand
    assert found.kept is not None
    assert "plausible" in found.kept.read_text(encoding="utf-8")
    assert on_disk(group, SAFETY).mark == "doubtful"
    seen = one.look()
    assert seen is not None
    assert seen.contested == (SAFETY,)
    assert not seen.ours_stand


def test_an_editor_that_writes_an_old_version_back_costs_nothing(group: Group) -> None:
    path = group.folder.draft("reader-a", 1)
    screen = opened(group)
    old = path.read_text(encoding="utf-8")
    answer(screen, SAFETY, mark="plausible")
    path.write_text(old + "# a remark\n", encoding="utf-8")
    seen = screen.look()
    assert seen is not None
    assert seen.contested == (SAFETY,)
    assert seen.kept is not None
    assert "mark: plausible" in seen.kept.read_text(encoding="utf-8")
    assert "# a remark" in path.read_text(encoding="utf-8")


def test_a_draft_that_is_deleted_is_kept_beside_where_it_was(group: Group) -> None:
    screen = opened(group)
    answer(screen, SAFETY, mark="plausible")
    group.folder.draft("reader-a", 1).unlink()
    answer(screen, SPEED, mark="doubtful")
    assert ["mark: plausible" in text for text in aside(group)] == [True]
    assert on_disk(group, SPEED).mark == "doubtful"


def test_a_draft_that_cannot_be_read_stays_as_it_is_until_it_can(group: Group) -> None:
    path = group.folder.draft("reader-a", 1)
    screen = opened(group)
    answer(screen, SAFETY, mark="plausible")
    good = path.read_text(encoding="utf-8")
    path.write_text("marks: [broken\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(BrokenGroupFileError):
            screen.look()
        with pytest.raises(BrokenGroupFileError):
            answer(screen, SPEED, mark="doubtful")
    assert path.read_text(encoding="utf-8") == "marks: [broken\n"
    path.write_text(good, encoding="utf-8")
    answer(screen, SPEED, mark="doubtful")
    assert on_disk(group, SAFETY).mark == "plausible"


def test_a_file_that_was_only_touched_is_no_change(group: Group) -> None:
    screen = opened(group)
    answer(screen, SAFETY, mark="plausible")
    os.utime(group.folder.draft("reader-a", 1), (1, 1))
    assert screen.look() is None


def test_a_change_that_keeps_time_and_length_of_the_file_is_seen(group: Group) -> None:
    path = group.folder.draft("reader-a", 1)
    screen = opened(group)
    answer(screen, SAFETY, rationale="aaaa")
    state = path.stat()
    save_cell(group.kb, group.folder, group.session, "reader-a", 1, SAFETY, CellResponse(rationale="bbbb"))
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert path.stat().st_size == state.st_size
    seen = screen.look()
    assert seen is not None
    assert seen.kept is not None
    assert screen.said(SAFETY).rationale == "bbbb"


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 1),
            st.sampled_from(("save", "save", "look")),
            st.sampled_from((SAFETY, SPEED)),
            st.sampled_from(FIELDS),
        ),
        max_size=8,
    )
)
def test_whatever_two_programs_write_in_turn_nothing_is_lost_unseen(
    shared: Group, steps: list[tuple[int, str, str, str]]
) -> None:
    for path in group_files(shared):
        path.unlink()
    programs = (opened(shared), opened(shared))
    given_texts, given_up = [], set()
    for number, (who, what, cell, part) in enumerate(steps):
        program = programs[who]
        if what == "look":
            program.look()
            continue
        # Whoever replaces what is on their own screen knows what they do.
        given_up.add(getattr(program.said(cell), part))
        text = f"text-{number}-of-{who}"
        given_texts.append(text)
        answer(program, cell, **{part: text})
    kept = "\n".join(path.read_text(encoding="utf-8") for path in group_files(shared))
    for text in given_texts:
        assert text in kept or text in given_up


def group_files(group: Group) -> list[Path]:
    folder = group.folder.private
    return [path for path in folder.glob("*") if path.suffix in (".yaml", ".bak")] if folder.is_dir() else []


def test_screens_share_a_draft_and_editors_want_it_alone(group: Group) -> None:
    with draft_in_use(group.folder, "reader-a", 1, alone=False):
        with draft_in_use(group.folder, "reader-a", 1, alone=False):
            pass
        with (
            pytest.raises(NotNowError, match="in another window"),
            draft_in_use(group.folder, "reader-a", 1, alone=True),
        ):
            pass
        with draft_in_use(group.folder, "reader-b", 1, alone=True):
            pass
    with (
        draft_in_use(group.folder, "reader-a", 1, alone=True),
        pytest.raises(NotNowError, match="in an editor"),
        draft_in_use(group.folder, "reader-a", 1, alone=False),
    ):
        pass


def test_a_killed_program_holds_nothing(group: Group) -> None:
    code = (
        "import sys, time\nfrom pathlib import Path\n"
        "from cruxmap.group.folder import SessionFolder\n"
        "from cruxmap.group.open_draft import draft_in_use\n"
        "with draft_in_use(SessionFolder(Path(sys.argv[1]), sys.argv[2]), 'reader-a', 1, alone=True):\n"
        "    print('held', flush=True)\n    time.sleep(60)\n"
    )
    command = [sys.executable, "-c", code, str(group.root), group.folder.id]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(NotNowError), draft_in_use(group.folder, "reader-a", 1, alone=False):
            pass
        process.kill()
        process.wait(timeout=20)
    with draft_in_use(group.folder, "reader-a", 1, alone=True):
        pass


def test_two_programs_that_write_at_the_same_moment_lose_nothing(group: Group) -> None:
    code = (
        "import sys\nfrom pathlib import Path\n"
        "from cruxmap.group.folder import SessionFolder\nfrom cruxmap.group.open_draft import OpenDraft\n"
        "from cruxmap.group.reading import changed\nfrom cruxmap.loading import load\n"
        "root, session, cell = Path(sys.argv[1]), sys.argv[2], sys.argv[3]\n"
        "folder = SessionFolder(root, session)\n"
        "draft = OpenDraft(load(root, remember=False), folder, folder.read(), 'reader-a', 1)\n"
        "print('ready', flush=True)\nsys.stdin.readline()\n"
        "for number in range(15):\n"
        "    base = draft.said(cell)\n"
        "    draft.save(cell, changed(base, rationale=f'{number} of {cell}'), base)\n"
    )
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(group.root), group.folder.id, cell],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for cell in (SAFETY, SPEED)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        process.communicate(timeout=60)
        assert process.returncode == 0
    for cell in (SAFETY, SPEED):
        assert on_disk(group, cell).rationale == f"14 of {cell}"
    assert aside(group) == []
