"""Files of frameworks: what is read, and where a mistake is reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cruxmap.analysis.frameworks import (
    ArgumentationFramework,
    FrameworkSyntaxError,
    UnknownFormat,
    UnreadableFramework,
)
from cruxmap.analysis.frameworks_formats import read_framework
from cruxmap.errors import CruxmapError

if TYPE_CHECKING:
    from pathlib import Path

GOOD = [
    ("f.apx", "arg(a). arg(b).arg(c).\natt(a,b).att( b , c ) .  \n   \n\n"),
    ("f.apx", "% att(c,a).\narg(a). % a comment\r\natt(a,b).\r\narg ( b ).\r\narg(c). att(b,\n  % why\n c)."),
    ("f.apx", '\ufeffarg("a"). arg(b). arg(c). arg(a). att(a,"b"). att(b,c). att(a,b).'),
    ("f.tgf", "a\nb\nc\n#\na b\nb c\n"),
    ("f.tgf", "a the first claim\n  b\t\n\nc third\n#\n\na b refutes\nb c\na b\n"),
    ("F.TGF", "a\r\nb\r\nc\r\n#\r\na b\r\nb c"),
]
NUMBERED = [
    "p af 3\n1 2\n2 3\n",
    "# a comment\n\np af 3\n# another\n1 2\n 2\t3 \n1 2\n\n",
    "p af 3\r\n1 2\r\n2 3\r\n",
]


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


@pytest.mark.parametrize(("name", "text"), GOOD)
def test_apx_and_tgf_are_read(tmp_path: Path, name: str, text: str) -> None:
    framework = ArgumentationFramework.from_file(write(tmp_path, name, text))
    assert framework.arguments == ("a", "b", "c")
    assert framework.attacks == {("a", "b"), ("b", "c")}


@pytest.mark.parametrize("text", NUMBERED)
@pytest.mark.parametrize("name", ["f.af", "f.iccma", "f.i23"])
def test_iccma_is_read(tmp_path: Path, name: str, text: str) -> None:
    framework = ArgumentationFramework.from_file(str(write(tmp_path, name, text)))
    assert framework.arguments == ("1", "2", "3")
    assert framework.attacks == {("1", "2"), ("2", "3")}


@pytest.mark.parametrize(
    ("name", "text"), [("f.apx", ""), ("f.tgf", ""), ("f.tgf", "#\n"), ("f.af", "p af 0")]
)
def test_a_file_without_arguments_is_the_empty_framework(tmp_path: Path, name: str, text: str) -> None:
    assert ArgumentationFramework.from_file(write(tmp_path, name, text)).arguments == ()


def test_labels_of_tgf_are_kept_by_the_reader(tmp_path: Path) -> None:
    path = write(tmp_path, "f.tgf", "1 It is raining\n2\n#\n2 1\n")
    assert read_framework(path).labels == {"1": "It is raining"}


def test_an_attack_may_come_before_its_arguments_in_apx(tmp_path: Path) -> None:
    framework = ArgumentationFramework.from_file(write(tmp_path, "f.apx", "att(a,b). arg(a). arg(b)."))
    assert framework.attacks == {("a", "b")}


def test_names_with_dots_and_signs_survive(tmp_path: Path) -> None:
    text = "arg(p3.inner.against.1). arg(¬x-y). att(¬x-y,p3.inner.against.1)."
    framework = ArgumentationFramework.from_file(write(tmp_path, "f.apx", text))
    assert framework.attacks == {("¬x-y", "p3.inner.against.1")}


MISTAKES = [
    ("f.apx", "arg(a).\n  att(a,b).\n", 2, 9, "'b' is not among the arguments"),
    ("f.apx", "arg(alpha). att(alhpa, alpha).", 1, 17, "Did you mean 'alpha'"),
    ("f.apx", "arg(a).\narg(b)\narg(c).", 3, 1, "Expected '.', not 'a'"),
    ("f.apx", "arg(a).\natt(a)", 2, 6, r"Expected ',', not '\)'"),
    ("f.apx", "arg(a", 1, 6, r"Expected '\)', but the file ends here"),
    ("f.apx", "arg().", 1, 5, "Expected the name of an argument"),
    ("f.apx", "arg(a). % fine\n\tfoo(b).", 2, 2, "Expected a fact"),
    ("f.apx", "argument(b).", 1, 1, "Expected a fact"),
    ("f.tgf", "a\nb\n#\na c\n", 4, 3, "'c' is not among the arguments"),
    ("f.tgf", "a\n#\na\n", 3, 2, "An attack needs two arguments"),
    ("f.tgf", "a\n#\na a\n#\n", 4, 1, "second line '#'"),
    ("f.tgf", "a\nb\na b\n", 3, 3, "The line '#' between arguments and attacks is missing"),
    ("f.af", "1 2\n", 1, 1, "The header 'p af N' must come before"),
    ("f.af", "# nothing\n", 1, 1, "The header 'p af N' with the number of arguments is missing"),
    ("f.af", "p af 3\np af 3\n", 2, 1, "second header"),
    ("f.af", "p cnf 3\n", 1, 3, "Expected 'af'"),
    ("f.af", "p af\n", 1, 5, "The header is"),
    ("f.af", "p af x\n", 1, 6, "Expected a whole number from 0"),
    ("f.af", "p af 99999999999\n", 1, 6, "Expected a whole number from 0"),
    ("f.af", "p af 3 4\n", 1, 8, "Nothing may follow"),
    ("f.af", "p af 3\n1 4\n", 2, 3, "from 1 to 3, not '4'"),
    ("f.af", "p af 3\n0 1\n", 2, 1, "from 1 to 3, not '0'"),
    ("f.af", "p af 3\n+1 2\n", 2, 1, "from 1 to 3"),
    ("f.af", "p af 3\n1 2 0\n", 2, 5, "Nothing may follow"),
    ("f.af", "p af 3\n1\n", 2, 2, "An attack needs two arguments"),
]


@pytest.mark.parametrize(("name", "text", "line", "column", "problem"), MISTAKES)
def test_a_mistake_is_reported_with_its_place(
    tmp_path: Path, name: str, text: str, line: int, column: int, problem: str
) -> None:
    path = write(tmp_path, name, text)
    with pytest.raises(FrameworkSyntaxError, match=problem) as caught:
        ArgumentationFramework.from_file(path)
    assert (caught.value.path, caught.value.line, caught.value.column) == (path, line, column)
    assert str(caught.value).startswith(f"{path}:{line}:{column}: ")
    assert isinstance(caught.value, CruxmapError)


def test_bytes_that_are_not_utf8_are_reported_with_their_place(tmp_path: Path) -> None:
    path = tmp_path / "f.apx"
    path.write_bytes(b"arg(a).\narg(\xe9).\n")
    with pytest.raises(FrameworkSyntaxError, match=":2:5: This byte is not valid UTF-8"):
        ArgumentationFramework.from_file(path)


def test_a_missing_file_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFramework, match=r"missing\.apx cannot be read: No such file"):
        ArgumentationFramework.from_file(tmp_path / "missing.apx")


def test_the_format_may_be_given_and_must_be_known(tmp_path: Path) -> None:
    path = write(tmp_path, "f.txt", "p af 1\n1 1\n")
    assert ArgumentationFramework.from_file(path, "iccma").attacks == {("1", "1")}
    with pytest.raises(UnknownFormat, match="Use one of apx, iccma, tgf"):
        ArgumentationFramework.from_file(path)
    with pytest.raises(UnknownFormat, match="Did you mean 'iccma'"):
        ArgumentationFramework.from_file(path, "icma")
