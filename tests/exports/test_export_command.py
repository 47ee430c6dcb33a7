"""`cruxmap export`: where files may go, what is said, and that no file is ever half written."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import REPOSITORY, Result
from cruxmap.errors import UsageError
from cruxmap_exports import pdf, writing
from cruxmap_exports.errors import NotWritableError
from cruxmap_exports.registry import FORMATS, TARGETS

Command = Callable[..., Result]
FILES = [
    (target, form.name, suffix)
    for form in FORMATS.values()
    for target in form.writers
    for suffix in form.suffixes
    if form.name != "pdf"
]


@pytest.mark.parametrize(("target", "name", "suffix"), FILES)
def test_the_suffix_chooses_the_format(
    target: str, name: str, suffix: str, cruxmap_command: Command, tmp_path: Path
) -> None:
    by_suffix, by_name = tmp_path / f"a{suffix}", tmp_path / "b"
    wanted = ["3"] if target in ("entry", "map") else []
    result = cruxmap_command("export", target, *wanted, "--to", str(by_suffix))
    said, *more = result.err.splitlines()
    assert (result.code, result.out, said) == (0, "", f"wrote {by_suffix}")
    assert all(line.startswith("not kept: ") for line in more)
    assert target == "map" or not more
    assert cruxmap_command("export", target, *wanted, "--to", str(by_name), "--format", name).code == 0
    assert by_suffix.read_bytes() == by_name.read_bytes()


def test_text_goes_to_standard_output_alone(cruxmap_command: Command, tmp_path: Path) -> None:
    result = cruxmap_command("export", "matrix", "--to", "-", "--format", "csv")
    file = tmp_path / "m.csv"
    cruxmap_command("export", "matrix", "--to", str(file))
    assert (result.code, result.err) == (0, "")
    assert result.out == file.read_text(encoding="utf-8")


def test_json_says_what_was_written(cruxmap_command: Command, tmp_path: Path) -> None:
    file = tmp_path / "m.md"
    result = cruxmap_command("export", "matrix", "--to", str(file), "--json")
    written = {"bytes": file.stat().st_size, "format": "markdown", "path": str(file), "target": "matrix"}
    assert json.loads(result.out) == {"schema": 1, "written": written}
    assert result.err == ""


def test_without_arguments_it_lists_what_there_is(cruxmap_command: Command) -> None:
    result = cruxmap_command("export")
    written = {target for form in FORMATS.values() for target in form.writers}
    assert result.code == 0
    for target in written:
        assert f"  {target}  {TARGETS[target]}" in result.out
    assert max(map(len, result.out.splitlines())) <= 80


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("matrix", "--to", "m.doc"), "known: .md, .markdown, .html"),
        (("matrix", "--to", "m"), "a file without a suffix is none"),
        (("sources", "--to", "s.csv"), "known: .bib, .json"),
        (
            ("matrix", "--to", "m.csv", "--format", "word"),
            "there is no format 'word'; formats: markdown, html",
        ),
        (
            ("entry", "3", "--to", "m", "--format", "csv"),
            "CSV cannot hold the entry; formats that can: markdown",
        ),
        (("beauty", "--to", "m.md"), "'beauty' is nothing that can be exported; possible: matrix,"),
        (("matrix",), "say where to write"),
        (("matrix", "--to", "-"), "--to - needs --format"),
        (("matrix", "--to", "-", "--format", "xlsx"), "is no text; write it to a file"),
        (("matrix", "--to", "-", "--format", "csv", "--json"), "both want standard output"),
        (("entry", "--to", "m.md"), "say which entry"),
        (("entry", "zzz", "--to", "m.md"), "there is no entry 'zzz'"),
        (("handout", "hch", "--to", "m.md"), "not a row of this matrix"),
        (("matrix", "3", "--to", "m.md"), "the matrix is about all entries; leave out '3'"),
        (("matrix", "--to", "m.md", "--kind", "unicorn"), "no matrix of kind 'unicorn'"),
        (("matrix", "--to", "m.md", "--voice", "choir"), "there is no voice 'choir'; voices: source"),
        (("matrix", "--to", "m.md", "--set", "A2=0.1"), "add --voice computed"),
        (("matrix", "--to", "nowhere/m.md"), "there is no folder nowhere"),
        (("matrix", "--to", ".", "--format", "csv"), "it is a folder"),
        (("matrix", "--to", "/dev/full", "--format", "csv"), "it is no regular file"),
    ],
)
def test_bad_usage_is_one_message_and_writes_nothing(
    arguments: tuple[str, ...],
    message: str,
    cruxmap_command: Command,
    in_folder: Callable[[Path], None],
    tmp_path: Path,
) -> None:
    in_folder(tmp_path)
    result = cruxmap_command("export", *arguments)
    assert (result.code, result.out) == (2, "" if "--json" not in arguments else result.out)
    assert message in result.err
    assert result.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


ENTRY = "kind: term\nid: ours\ntitle: Ours\ntext: A term of ours.\n"


@pytest.mark.parametrize("folder", ["proposals", "ontology", "ontology/deeper", "link"])
def test_files_never_stand_among_the_entries(
    folder: str, cruxmap_command: Command, write: Callable[..., Path]
) -> None:
    root = write(**{"cruxmap.yaml": "name: g\n", "ontology/deeper/a.yaml": ENTRY, "proposals/.keep": ""})
    (root / "link").symlink_to(root / "ontology")
    target = root / folder / "m.md"
    result = cruxmap_command("export", "matrix", "--workspace", str(root), "--to", str(target))
    assert result.code == 2
    assert "holds the entries themselves" in result.err
    assert not target.exists()
    beside = root / "m.md"
    assert cruxmap_command("export", "matrix", "--workspace", str(root), "--to", str(beside)).code == 0
    inside = REPOSITORY / "proposals" / "m.md"
    assert cruxmap_command("export", "matrix", "--to", str(inside)).code == 2
    assert not inside.exists()


def test_a_file_is_replaced_in_one_step_and_keeps_its_permissions(tmp_path: Path) -> None:
    file, link = tmp_path / "real.md", tmp_path / "link.md"
    file.write_text("old", encoding="utf-8")
    file.chmod(0o640)
    link.symlink_to(file)
    writing.write(link, b"new")
    assert file.read_bytes() == b"new"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert link.is_symlink()
    assert sorted(item.name for item in tmp_path.iterdir()) == ["link.md", "real.md"]


@pytest.mark.parametrize("step", ["fsync", "replace", "chmod"])
def test_a_failure_at_any_step_leaves_the_old_file_and_no_other(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "m.md"
    file.write_text("old", encoding="utf-8")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    owner: object = os if step == "fsync" else Path
    monkeypatch.setattr(owner, step, fail)
    with pytest.raises(NotWritableError, match="No space left on device"):
        writing.write(file, b"new")
    assert file.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [file]


BROWSERS = {
    "is missing": (None, "on Debian and Ubuntu install the package `chromium`"),
    "fails": ("#!/bin/sh\necho broken >&2\nexit 1\n", "failed with exit code 1: broken"),
    "does nothing": ("#!/bin/sh\nexit 0\n", "left no complete PDF"),
    "is cut off": (
        '#!/bin/sh\nfor a; do case "$a" in --print-to-pdf=*) printf "%%PDF-1.4 half" > "${a#*=}";; esac; done\n',
        "left no complete PDF",
    ),
    "hangs": ("#!/bin/sh\nexec sleep 60\n", "did not finish within"),
    "is no program": ("\x7fELF garbage", "cannot be run"),
}


@pytest.mark.parametrize("case", BROWSERS)
def test_a_browser_that_does_not_print_leaves_the_old_file(
    case: str, cruxmap_command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script, message = BROWSERS[case]
    programs, file = tmp_path / "bin", tmp_path / "m.pdf"
    programs.mkdir()
    file.write_text("old", encoding="utf-8")
    if script is not None:
        browser = programs / "chromium"
        browser.write_text(script, encoding="latin-1")
        browser.chmod(0o755)
    path = str(programs) if script is None else f"{programs}{os.pathsep}/usr/bin{os.pathsep}/bin"
    monkeypatch.setenv("PATH", path)
    monkeypatch.setattr(pdf, "SECONDS", 0.5)
    result = cruxmap_command("export", "matrix", "--to", str(file))
    assert result.code == 2
    assert message in result.err
    assert file.read_text(encoding="utf-8") == "old"


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
def test_a_browser_that_hangs_leaves_no_process_behind(
    cruxmap_command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, file = tmp_path / "chromium", tmp_path / "child"
    browser.write_text(f"#!/bin/sh\nsleep 60 &\necho $! > {file}\nwait\n", encoding="utf-8")
    browser.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/usr/bin{os.pathsep}/bin")
    monkeypatch.setattr(pdf, "SECONDS", 1)
    assert cruxmap_command("export", "matrix", "--to", str(tmp_path / "m.pdf")).code == 2
    status = Path("/proc", file.read_text(encoding="utf-8").strip(), "status")
    # What was killed may take a moment to go. What nobody waits for stays listed as a zombie where no init
    # process collects it.
    deadline = time.monotonic() + 5
    while status.exists() and "State:\tZ" not in status.read_text(encoding="utf-8"):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_workbooks_without_their_library_say_how_to_get_it(
    cruxmap_command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    result = cruxmap_command("export", "matrix", "--to", str(tmp_path / "m.xlsx"))
    assert result.code == 2
    assert "pip install 'cruxmap[xlsx]'" in result.err


def test_equal_contents_are_equal_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    script = """\
import hashlib, time
from cruxmap import load
from cruxmap_exports.registry import FORMATS, render
from cruxmap_exports.request import Request
kb = load()
for form in FORMATS.values():
    for target in form.writers:
        # What dot draws is compared in the tests of maps.
        if form.name not in ("pdf", "png", "dot-svg"):
            entry = "imitative-amplification-rat" if target == "entry" else None
            for group in (None, "assumption"):
                data = render(kb, target, form, Request(entry=entry, group_by=group))
                print(form.name, target, group, hashlib.sha256(data).hexdigest())
"""
    outputs = set()
    for seed, zone in (("0", "UTC"), ("1", "Asia/Tokyo")):
        path = os.pathsep.join(str(REPOSITORY / name) for name in ("engine", "exports"))
        environment = {**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": seed, "TZ": zone}
        done = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=True
        )
        outputs.add(done.stdout)
    assert len(outputs) == 1
    assert outputs.pop().count("\n") > 20


def test_commands_of_the_documentation_run(
    cruxmap_command: Command, in_folder: Callable[[Path], None], tmp_path: Path
) -> None:
    page = (REPOSITORY / "docs" / "exports.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    commands = [line.split()[1:] for block in blocks for line in block.splitlines()]
    assert len(commands) > 5
    in_folder(tmp_path)
    for words in commands:
        result = cruxmap_command(*words)
        assert result.code == 0, result.err
        assert (tmp_path / words[words.index("--to") + 1]).stat().st_size > 0


def test_errors_of_exports_have_codes_of_their_own_with_a_manual_page() -> None:
    from cruxmap.rules.codes import CODES
    from cruxmap_exports import errors

    codes = [getattr(errors, name).code for name in errors.__all__]
    assert len({*codes, UsageError.code}) == len(codes) + 1
    assert set(codes) <= set(CODES)
