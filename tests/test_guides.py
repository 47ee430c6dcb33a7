"""The guides for a meeting can be followed: what they tell to type exists, and works in that order."""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from conftest import REPOSITORY, Result
from cruxmap.cli import cli

sys.path.insert(0, str(REPOSITORY / "docs"))
from walkthrough import WalkError, walked

FACILITATORS = REPOSITORY / "docs" / "facilitators.md"
READERS = REPOSITORY / "docs" / "readers.md"
GUIDES = (FACILITATORS, READERS, REPOSITORY / "docs" / "groups.md")
OTHERS = ("reader-b", "reader-c", "reader-d")
LINES_OF_A_PRINTED_PAGE, SIGNS_OF_A_LINE = 66, 95
BEING_BUILT = {"meet"}


def commands_of_group() -> dict[str, click.Command]:
    group = cli.get_command(click.Context(cli), "group")
    assert isinstance(group, click.Group)
    context = click.Context(group)
    found = {name: group.get_command(context, name) for name in group.list_commands(context)}
    return {name: command for name, command in found.items() if command is not None}


def lines_to_type(page: Path) -> list[str]:
    """Everything that the page tells to type: in blocks, and in sentences."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"^```(?:sh|console.*)\n((?:.*\n)*?)```$", text, re.MULTILINE)
    lines = [line.removeprefix("$ ") for block in blocks for line in block.splitlines()]
    return [
        line
        for line in [*lines, *re.findall(r"`(cruxmap [^`]+)`", text)]
        if line.startswith("cruxmap group ")
    ]


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.stem)
def test_every_command_and_option_that_a_guide_names_exists(page: Path) -> None:
    known = commands_of_group()
    lines = lines_to_type(page)
    assert lines
    for line in lines:
        name, *words = shlex.split(line)[2:]
        if name in BEING_BUILT:
            continue
        options = {option for parameter in known[name].params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= options, line


def test_the_guide_for_facilitators_goes_from_the_plan_to_the_end_of_a_session() -> None:
    run = re.findall(r"^(?:\$ )?cruxmap group (\w+)", FACILITATORS.read_text(encoding="utf-8"), re.MULTILINE)
    order = list(dict.fromkeys(run))
    spine = ["plan", "open", "rate", "commit", "status", "record", "reveal", "verify", "agenda", "close"]
    assert [name for name in order if name in spine] == spine
    assert run.count("open") == 2, "two rounds"
    assert run.index("close") > len(run) - 1 - run[::-1].index("reveal")


def test_a_page_whose_command_fails_is_not_walked_through() -> None:
    with pytest.raises(WalkError, match="no session"):
        walked("```sh\ncruxmap init my-group\ncd my-group\ncruxmap group open\n```\n")


def test_a_page_that_shows_the_output_of_another_day_is_put_right() -> None:
    page = "```console head=1\n$ cruxmap init my-group\nsomething else\n```\n"
    line = "my-group is a workspace now; it extends the built-in corpus."
    assert walked(page) == f"```console head=1\n$ cruxmap init my-group\n{line}\n...\n```\n"


def test_a_reader_can_follow_the_page_for_readers(
    tmp_path: Path,
    in_folder: Callable[[Path], None],
    cruxmap_command: Callable[..., Result],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    start_meeting(tmp_path, in_folder, cruxmap_command)
    monkeypatch.setenv("CRUXMAP_READER", "reader-a")
    monkeypatch.setenv("EDITOR", "true")
    shutil.copy(REPOSITORY / "docs" / "examples" / "meeting" / "reader-a.yaml", "answers.yaml")
    lines = lines_to_type(READERS)
    for wanted in ("--edit", "--cell", "--file"):
        (line,) = [line for line in lines if wanted in line]
        assert cruxmap_command(*shlex.split(line)[1:]).code == 0, line
    assert cruxmap_command("group", "commit").code == 0
    changed = cruxmap_command("group", "rate", "--cell", "3/inner", "--mark", "likely")
    assert changed.code == 0
    assert "again" in cruxmap_command("group", "commit").out
    early = cruxmap_command("group", "reveal")
    assert early.code == 2
    for reader in OTHERS:
        assert cruxmap_command("group", "commit", "--reader", reader).code == 0
    assert cruxmap_command("group", "reveal").code == 0
    assert cruxmap_command("group", "verify").code == 0


def start_meeting(
    folder: Path, in_folder: Callable[[Path], None], cruxmap_command: Callable[..., Result]
) -> None:
    """Plan and open the meeting of the guides; everybody but reader-a has rated."""
    in_folder(folder)
    assert cruxmap_command("init", "my-group").code == 0
    in_folder(folder / "my-group")
    plan = ["group", "plan", "--question", "Can it?", "--entries", "2,3", "--criteria", "inner,training"]
    assert cruxmap_command(*plan, "--readers", ",".join(["reader-a", *OTHERS])).code == 0
    assert cruxmap_command("group", "open").code == 0
    for reader in OTHERS:
        file = REPOSITORY / "docs" / "examples" / "meeting" / f"{reader}.yaml"
        assert cruxmap_command("group", "rate", "--reader", reader, "--file", str(file)).code == 0


def test_the_page_for_readers_fits_a_printed_page() -> None:
    lines = READERS.read_text(encoding="utf-8").splitlines()
    printed = sum(
        max(1, -(-len(line) // SIGNS_OF_A_LINE)) for line in lines if line and not line.startswith("```")
    )
    assert printed <= LINES_OF_A_PRINTED_PAGE


def test_what_goes_wrong_is_put_right_as_the_guide_says(
    tmp_path: Path, in_folder: Callable[[Path], None], cruxmap_command: Callable[..., Result]
) -> None:
    start_meeting(tmp_path, in_folder, cruxmap_command)
    for reader in OTHERS:
        assert cruxmap_command("group", "commit", "--reader", reader).code == 0
    assert cruxmap_command("group", "reveal", "--without", "reader-a").code == 0
    for reader in OTHERS:
        assert cruxmap_command("group", "reveal", "--reader", reader).code == 0
    (response,) = Path("sessions").glob("*/responses/reader-b.1.yaml")
    kept = response.read_bytes()
    response.write_bytes(kept.replace(b"doubtful", b"plausible"))
    changed = cruxmap_command("group", "verify")
    assert changed.code == 1
    assert "not those that were committed" in " ".join(changed.out.split())
    response.write_bytes(kept)
    assert cruxmap_command("group", "verify").code == 0
    assert cruxmap_command("group", "open").code == 0
    late = cruxmap_command("group", "rate", "--reader", "reader-a", "--cell", "3/inner", "--mark", "likely")
    assert late.code == 0, "who was absent answers in the next round"


def test_closing_says_that_a_hidden_round_is_left_out_and_takes_it_in_later(
    tmp_path: Path, in_folder: Callable[[Path], None], cruxmap_command: Callable[..., Result]
) -> None:
    start_meeting(tmp_path, in_folder, cruxmap_command)
    (session,) = [path.name for path in Path("sessions").iterdir() if path.is_dir()]
    for round_ in (1, 2):
        for reader in OTHERS:
            assert cruxmap_command("group", "commit", "--reader", reader).code == 0
        assert cruxmap_command("group", "reveal", "--without", "reader-a").code == 0
        if round_ == 1:
            for reader in OTHERS:
                assert cruxmap_command("group", "reveal", "--reader", reader).code == 0
            assert cruxmap_command("group", "open").code == 0
            changed = ["group", "rate", "--reader", "reader-b", "--cell", "3/inner", "--mark", "likely"]
            assert cruxmap_command(*changed).code == 0
    early = " ".join(cruxmap_command("group", "close").out.split())
    assert "0 changed minds" in early
    assert "Round 2 was opened and is not revealed" in early
    for reader in OTHERS:
        assert cruxmap_command("group", "reveal", "--reader", reader, "--session", session).code == 0
    late = " ".join(cruxmap_command("group", "close", "--session", session, "--again").out.split())
    assert "1 changed mind" in late
    assert "not revealed" not in late


def test_the_commands_of_the_readme_start_a_meeting(
    tmp_path: Path, in_folder: Callable[[Path], None], cruxmap_command: Callable[..., Result]
) -> None:
    in_folder(tmp_path)
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^## Run a meeting\n\n```sh\n((?:.*\n)*?)```$", text, re.MULTILINE)
    lines = block.splitlines()
    assert len(lines) == 3
    for line in lines:
        assert cruxmap_command(*shlex.split(line)[1:]).code == 0, line


@pytest.mark.parametrize(("minutes", "planned"), [(44, False), (45, True), (240, True), (241, False)])
def test_a_meeting_that_could_get_no_agenda_is_not_planned(
    minutes: int,
    planned: bool,
    tmp_path: Path,
    in_folder: Callable[[Path], None],
    cruxmap_command: Callable[..., Result],
) -> None:
    from cruxmap.analysis.meeting_plan import LONGEST, SHORTEST

    in_folder(tmp_path)
    assert cruxmap_command("init", "my-group").code == 0
    plan = ["group", "plan", "--question", "Can it?", "--cells", "3/inner", "--readers", "reader-a,reader-b"]
    done = cruxmap_command(*plan, "--length", str(minutes), "--workspace", "my-group")
    assert (done.code == 0) is planned is (SHORTEST <= minutes <= LONGEST)
