"""Hostile and broken files: one clear message, a fast end, and nothing that a terminal would obey."""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
import time
import tracemalloc
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cruxmap.yamlread import read_bytes
from hostile import build
from hostile.build import ENTRY, FILE, HEAD, Conflict, Harmless, Hostile

if TYPE_CHECKING:
    from collections.abc import Sequence

ENGINE = Path(__file__).resolve().parents[2] / "engine"
SECONDS = 2.0
"""Generous: the slowest file takes half a second where nothing else runs."""
MEMORY = 1024**3
PLACE = re.compile(r"^(?P<path>.*?):(?P<line>\d+):(?P<column>\d+): (?P<code>E\d{3}): \S", re.MULTILINE)
STYLES = re.compile(r"\x1b\[[0-9;]*m")
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
MARKUP = (
    "[@click=app.quit]leave[/]",
    "[link=https://example.org]here[/link]",
    "[bold red]x[/]",
    "[/]",
    "$x {y} %s",
)

HOSTILE = build.hostile_files()
BOMBS = build.bombs()


@dataclass(frozen=True)
class Ended:
    """How a process ended."""

    code: int
    out: str
    err: str
    seconds: float

    @property
    def places(self) -> list[tuple[str, int, int, str]]:
        """Path, line, column and code of every message on stdout, which must hold nothing else."""
        found = [PLACE.match(line) for line in self.out.splitlines()]
        assert all(found), self.out
        return [(m["path"], int(m["line"]), int(m["column"]), m["code"]) for m in found if m]


def limit_memory() -> None:
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def cruxmap(folder: Path, *arguments: str | Path, **environment: str) -> Ended:
    """Run the command line in a process of its own, with limits to its time and memory."""
    settings = {"PYTHONPATH": str(ENGINE), "CRUXMAP_CACHE": str(folder.parent / "cache"), "COLUMNS": "80"}
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "cruxmap", *arguments], cwd=folder, env={**os.environ, **settings, **environment},
        capture_output=True, timeout=30, check=False, preexec_fn=limit_memory,
    )  # fmt: skip
    ended = Ended(done.returncode, done.stdout.decode(), done.stderr.decode(), time.perf_counter() - start)
    assert "Traceback" not in ended.out + ended.err, ended.err
    return ended


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace without entries of its own or of the built-in corpus."""
    root = tmp_path / "workspace"
    (root / "proposals").mkdir(parents=True)
    (root / "cruxmap.yaml").write_text("extends: nothing\n", encoding="utf-8")
    return root


def name_of(case: Hostile | Harmless | Conflict) -> str:
    return case.name


# --- files


@pytest.mark.parametrize("case", HOSTILE, ids=name_of)
def test_a_hostile_file_gives_one_message_with_its_place(case: Hostile, workspace: Path) -> None:
    (workspace / FILE).write_bytes(case.data)
    ended = cruxmap(workspace, "check", FILE)
    assert ended.places == [(FILE, case.line, case.column, case.code)]
    assert not OBEYED.search(ended.out.replace("\n", "") + ended.err.replace("\n", ""))
    assert ended.err.count("\n") == 1
    assert ended.code == 1
    assert ended.seconds < SECONDS


@pytest.mark.parametrize("case", BOMBS, ids=name_of)
def test_a_bomb_gives_one_message_for_each_anchor_alias_and_merge_key(case: Hostile, workspace: Path) -> None:
    (workspace / FILE).write_bytes(case.data)
    ended = cruxmap(workspace, "check", FILE)
    assert ended.places[0] == (FILE, case.line, case.column, case.code)
    codes = [code for *_, code in ended.places]
    expected = {"E006": case.data.count(b"&"), "E007": case.data.count(b"*"), "E009": case.data.count(b"<<")}
    assert {code: codes.count(code) for code in expected} == expected
    assert set(codes) <= set(expected)
    assert ended.code == 1
    assert ended.seconds < SECONDS


@pytest.mark.parametrize("case", [*HOSTILE, *BOMBS], ids=name_of)
def test_a_hostile_file_is_read_fast_and_in_little_memory(case: Hostile) -> None:
    start = time.perf_counter()
    read_bytes(case.data, FILE)
    assert time.perf_counter() - start < 0.2
    tracemalloc.start()
    try:
        read_bytes(case.data, FILE)
        assert tracemalloc.get_traced_memory()[1] < 50 * 1024**2
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("case", build.harmless_files(), ids=name_of)
def test_a_file_that_only_looks_hostile_is_accepted(case: Harmless, workspace: Path) -> None:
    (workspace / FILE).write_bytes(case.data)
    ended = cruxmap(workspace, "check", FILE)
    assert (ended.code, ended.out, ended.err) == (
        0,
        "",
        "1 entry, 1 statement, 0 arguments: no problems\n",
    ) or (ended.code == 0 and "1 entry" in ended.out)


def test_all_problems_of_a_workspace_are_found_at_once(workspace: Path) -> None:
    text = "- kind: assumption\n  id: NO\n  title: &a A\n  text: !!str A\n- kind: thing\n  kind: term\n"
    (workspace / "proposals" / FILE).write_text(text, encoding="utf-8")
    places = cruxmap(workspace, "check", ".").places
    assert [place[1:] for place in places] == [
        (2, 3, "E106"),
        (3, 10, "E006"),
        (4, 9, "E008"),
        (5, 3, "E101"),
        (6, 3, "E010"),
    ]


def test_a_number_with_a_leading_zero_is_decimal(workspace: Path) -> None:
    text = "kind: proposal\nid: hostile\ntitle: NO\nnumber: 012\n"
    (workspace / "proposals" / FILE).write_text(text, encoding="utf-8")
    entry = json.loads(cruxmap(workspace, "show", "hostile", "--json").out)["entry"]
    assert (entry["number"], entry["title"]) == (12, "NO")


@pytest.mark.parametrize("code", ["latin-1", "ESC"])
def test_messages_do_not_depend_on_the_locale(code: str, workspace: Path) -> None:
    case = next(case for case in HOSTILE if case.name.lower() == code.lower())
    (workspace / FILE).write_bytes(case.data)
    ended = cruxmap(workspace, "check", FILE, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert ended.places == [(FILE, case.line, case.column, case.code)]


# --- what git leaves behind


@pytest.mark.parametrize("case", build.conflicts(), ids=name_of)
def test_a_conflict_that_git_left_is_named_with_its_first_line(case: Conflict, workspace: Path) -> None:
    ours, theirs = case.text.replace("word", "ours"), case.text.replace("word", "theirs")
    assert not build.merge_with_git(workspace, case.text, ours, theirs, style=case.style)
    assert "\n<<<<<<< " in (workspace / FILE).read_text(encoding="utf-8")
    ended = cruxmap(workspace, "check", FILE)
    assert ended.places == [(FILE, case.line, 1, "E004")]
    assert (ended.code, ended.seconds < SECONDS) == (1, True)


def test_a_key_that_git_merged_twice_without_a_conflict_is_refused(workspace: Path) -> None:
    base = HEAD + "text: >-\n" + "".join(f"  Line {number}.\n" for number in range(8))
    ours = base.replace("title: A title\n", "title: A title\nnumber: A1\n")
    theirs = base + "number: A2\n"
    assert build.merge_with_git(workspace, base, ours, theirs)
    ended = cruxmap(workspace, "check", FILE)
    assert ended.places == [(FILE, 14, 1, "E010")]
    assert "line 4" in ended.out
    assert ended.code == 1


# --- what is no file


def test_a_huge_file_is_not_read(workspace: Path) -> None:
    build.sparse_file(workspace / FILE)
    ended = cruxmap(workspace, "check", FILE)
    assert ended.places == [(FILE, 1, 1, "E001")]
    assert (ended.code, ended.seconds < SECONDS) == (1, True)


def test_a_huge_settings_file_is_not_read(workspace: Path) -> None:
    build.sparse_file(workspace / "cruxmap.yaml")
    ended = cruxmap(workspace, "check", ".")
    assert ended.places[0] == ("cruxmap.yaml", 1, 1, "E001")
    assert (ended.code, len(ended.places)) == (1, 1)


def test_an_unreadable_file_is_named(workspace: Path) -> None:
    build.unreadable_file(workspace / FILE)
    ended = cruxmap(workspace, "check", FILE)
    assert ended.places == [(FILE, 1, 1, "E016")]
    assert ended.code == 1


@pytest.mark.parametrize("form", ["folder", "file"])
def test_a_pipe_is_refused_and_never_waited_for(form: str, workspace: Path) -> None:
    os.mkfifo(workspace / "proposals" / FILE)
    ended = cruxmap(workspace, "check", "." if form == "folder" else f"proposals/{FILE}")
    assert ended.places == [(f"proposals/{FILE}", 1, 1, "E016")]
    assert (ended.code, ended.seconds < SECONDS) == (1, True)


def outside(folder: Path) -> Path:
    target = folder.parent / "outside"
    target.mkdir()
    (target / FILE).write_text(ENTRY, encoding="utf-8")
    return target


def test_a_link_out_of_the_workspace_is_refused(workspace: Path) -> None:
    (workspace / "proposals" / FILE).symlink_to(outside(workspace) / FILE)
    ended = cruxmap(workspace, "check", ".")
    assert ended.places == [(f"proposals/{FILE}", 1, 1, "E016")]
    assert "out of the workspace" in ended.out


def test_a_linked_folder_of_entries_is_refused(workspace: Path) -> None:
    (workspace / "ontology").symlink_to(outside(workspace))
    ended = cruxmap(workspace, "check", ".")
    assert ended.places == [(f"ontology/{FILE}", 1, 1, "E016")]


def test_a_linked_folder_among_entries_is_not_entered(workspace: Path) -> None:
    (workspace / "proposals" / "more").symlink_to(outside(workspace))
    (workspace / "proposals" / "self").symlink_to(workspace / "proposals")
    ended = cruxmap(workspace, "check", ".")
    assert (ended.code, ended.out) == (0, "0 entries, 0 statements, 0 arguments: no problems\n")


def test_a_link_inside_the_workspace_is_followed(workspace: Path) -> None:
    (workspace / "entry.txt").write_text(ENTRY, encoding="utf-8")
    (workspace / "proposals" / FILE).symlink_to("../entry.txt")
    ended = cruxmap(workspace, "check", ".")
    assert (ended.code, ended.out) == (0, "1 entry, 1 statement, 0 arguments: no problems\n")


def test_a_loop_of_links_in_a_workspace_is_refused(workspace: Path) -> None:
    build.symlink_loop(workspace / "proposals" / FILE)
    ended = cruxmap(workspace, "check", ".")
    names = [f"proposals/{FILE}", f"proposals/other-{FILE}"]
    assert ended.places == [(name, 1, 1, "E016") for name in names]
    assert ended.code == 1


def test_a_loop_of_links_given_as_a_file_is_refused(workspace: Path) -> None:
    build.symlink_loop(workspace / FILE)
    ended = cruxmap(workspace, "check", FILE)
    assert ended.places == [(FILE, 1, 1, "E016")]


def test_a_folder_named_like_a_file_is_no_entry(workspace: Path) -> None:
    (workspace / "proposals" / "x.yaml").mkdir()
    inside = cruxmap(workspace, "check", ".")
    assert (inside.code, inside.out) == (0, "0 entries, 0 statements, 0 arguments: no problems\n")
    named = cruxmap(workspace, "check", "proposals/x.yaml")
    assert (named.code, named.out, named.err.count("\n")) == (2, "", 1)
    assert named.err.startswith("cruxmap: proposals/x.yaml ")


def test_a_file_that_is_not_there_is_a_usage_error(workspace: Path) -> None:
    ended = cruxmap(workspace, "check", "nothing.yaml")
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)


# --- what reaches the terminal


@pytest.mark.parametrize("name", [b"a\x1b[31m.yaml", "a\u202eb.yaml".encode(), b"caf\xe9.yaml"])
def test_a_hostile_file_name_is_shown_harmlessly(name: bytes, workspace: Path) -> None:
    (workspace / "proposals" / os.fsdecode(name)).write_text(ENTRY + "title: Again\n", encoding="utf-8")
    for arguments in (("check", "."), ("list", "assumption")):
        ended = cruxmap(workspace, *arguments)
        assert "E010: key `title` is used twice" in ended.out + ended.err
        assert not OBEYED.search((ended.out + ended.err).replace("\n", ""))


def escaped(codes: Sequence[int]) -> str:
    return "".join(f"\\u{code:04x}" for code in codes)


def write_hostile_text(workspace: Path) -> None:
    """An entry whose texts hold every control character, direction marks and markup."""
    text = escaped(
        [*range(0xA0), 0x61C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A), 0xFEFF]
    )
    entry = {"kind": "assumption", "id": "hostile", "title": "[red]Title[/] [@click=app.quit]"}
    lines = [*(f"{key}: {json.dumps(value)}" for key, value in entry.items()), f'text: "begin {text} end"']
    lines += [
        "undermined-by:",
        *(f"  - {json.dumps(item)}" for item in MARKUP),
        '  - "\\e[31mred\\a\\e]0;title\\a"',
    ]
    (workspace / "proposals" / FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")


SHOWING = (("show", "hostile"), ("list", "assumption"), ("search", "begin"), ("check", "."))


@pytest.mark.parametrize("arguments", SHOWING, ids=" ".join)
def test_no_text_of_an_entry_is_obeyed_by_a_terminal(arguments: tuple[str, ...], workspace: Path) -> None:
    write_hostile_text(workspace)
    ended = cruxmap(workspace, *arguments)
    assert (ended.code, ended.err) == (0, "")
    assert not OBEYED.search(ended.out.replace("\n", ""))


def test_with_colour_only_our_own_styles_are_left(workspace: Path) -> None:
    write_hostile_text(workspace)
    colored = cruxmap(workspace, "show", "hostile", "--color").out
    styles = set(STYLES.findall(colored))
    assert styles
    assert styles <= {f"\x1b[{code}m" for code in (0, 1, 2)}
    assert not OBEYED.search(STYLES.sub("", colored).replace("\n", ""))


def test_control_characters_of_a_text_are_shown_as_symbols(workspace: Path) -> None:
    write_hostile_text(workspace)
    words = "".join(cruxmap(workspace, "show", "hostile").out.split())
    symbols = "".join(chr(0x2400 + code) for code in range(0x20) if code not in b"\t\n")
    for symbol in (*symbols, "␡"):
        assert symbol in words
    assert words.count("\ufffd") >= 32
    assert "␛[31mred␇␛]0;title␇" in words


def test_markup_in_a_text_comes_out_as_written(workspace: Path) -> None:
    write_hostile_text(workspace)
    out = cruxmap(workspace, "show", "hostile").out
    for text in (*MARKUP, "[red]Title[/] [@click=app.quit]"):
        assert text in out


def test_json_holds_the_text_itself_and_nothing_that_a_terminal_obeys(workspace: Path) -> None:
    write_hostile_text(workspace)
    out = cruxmap(workspace, "show", "hostile", "--json").out
    document: dict[str, Any] = json.loads(out)
    assert "\x9b" in document["entry"]["text"]
    assert not OBEYED.search(out.replace("\n", ""))


def test_a_key_with_a_line_break_cannot_forge_a_message(workspace: Path) -> None:
    forged = "x\\nother.yaml:1:1: E001: forged\\n::error file=other.yaml::forged"
    (workspace / FILE).write_text(ENTRY + f'"{forged}": y\n', encoding="utf-8")
    assert cruxmap(workspace, "check", FILE).places == [(FILE, 5, 1, "E102")]
    (command,) = cruxmap(workspace, "check", FILE, "--format", "github").out.splitlines()
    assert command.startswith(f"::error file={FILE},line=5,")
