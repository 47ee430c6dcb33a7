"""The reader keeps every value as text with its exact place, and refuses what YAML could hide."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cruxmap import yamlread
from cruxmap.yamlread import Document, locate, read_bytes

LOADERS = [yaml.SafeLoader, *([yaml.CSafeLoader] if hasattr(yaml, "CSafeLoader") else [])]
texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp")), max_size=12)
keys = st.from_regex(r"\A[a-z]{1,8}\Z")
trees = st.recursive(
    texts, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4), max_leaves=12
)


@pytest.fixture(params=LOADERS, ids=lambda loader: loader.__name__)
def read(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(yamlread, "Loader", request.param)
    return lambda text: read_bytes(text.encode("utf-8", "surrogatepass"), "f")


def codes(document: Document) -> list[tuple[int, int, str]]:
    return [(problem.line, problem.column, problem.code) for problem in document.problems]


@pytest.mark.parametrize(
    "spelling",
    ["NO", "no", "on", "Yes", "true", "null", "~", "1.10", "012", "0x1F", "1e3", "22:30", "2024-01-02", "=", ".inf",
     "1_000", "-0", "+1", "nan", "NULL"],
)  # fmt: skip
def test_every_scalar_is_the_text_that_was_typed(read: Any, spelling: str) -> None:
    assert read(f"a: {spelling}\n{spelling}: b\n").value == {"a": spelling, spelling: "b"}


def test_empty_values_are_empty_texts(read: Any) -> None:
    assert read("a:\nb: ''\nc: []\nd: {}\n").value == {"a": "", "b": "", "c": [], "d": {}}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: &x 1\n", [(1, 4, "E006")]),
        ("a: *x\n", [(1, 4, "E007")]),
        ("a: !!int 3\n", [(1, 4, "E008")]),
        ("a: !!python/object:os.system x\n", [(1, 4, "E008")]),
        ("<<: 4\n", [(1, 1, "E009")]),
        ("a: 1\nb: 2\na: 3\n", [(3, 1, "E010")]),
        ("{a: 1, 'a': 2}\n", [(1, 8, "E010")]),
        ('x:\n  - a: 1\n    "a": 2\n', [(3, 5, "E010")]),
        ("--- 1\n--- 2\n", [(2, 1, "E012")]),
        ("? [a]\n: b\n", [(1, 3, "E013")]),
        ("", [(1, 1, "E014")]),
        ("# only a comment\n", [(1, 1, "E014")]),
        ('id: "a\\e[m"\n', [(1, 5, "E015")]),
        ("a: &x 1\nb: *x\na: !t 2\n", [(1, 4, "E006"), (2, 4, "E007"), (3, 4, "E008"), (3, 1, "E010")]),
        ("a: 1\n<<<<<<< HEAD\nb: 2\n", [(2, 1, "E004")]),
        ('a: "x\n=======\ny"\n', [(2, 1, "E004")]),
        ("a: \x1b[31m\n", [(1, 4, "E003")]),
        ("a: b\u2028c\n", [(1, 5, "E003")]),
    ],
)  # fmt: skip
def test_what_yaml_could_hide_is_refused_where_it_stands(
    read: Any, text: str, found: list[tuple[int, int, str]]
) -> None:
    assert codes(read(text)) == found


def test_half_a_surrogate_pair_is_refused(read: Any) -> None:
    (problem,) = read('a: "x\\ud800"\n').problems
    assert (problem.line, problem.code) == (1, "E005")


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
@pytest.mark.parametrize("depth", [33, 20_000])
def test_nesting_beyond_the_limit_is_refused_before_it_can_harm(read: Any, opening: str, depth: int) -> None:
    assert [code for *_, code in codes(read(opening * depth + "x"))] == ["E011"]


def test_nesting_up_to_the_limit_is_read(read: Any) -> None:
    assert read("[" * 32 + "x" + "]" * 32).problems == []


@pytest.mark.parametrize("text", ["a: |\n  =======\n  x\n", "a: x ======= y\n", "a: 'quoted <<'\n'<<': b\n"])
def test_what_only_looks_dangerous_is_accepted(read: Any, text: str) -> None:
    assert read(text).problems == []


@pytest.mark.parametrize("text", ["a: b: c\n", "a: [1, 2\n", "a: @x\n", "a:\n  b: 1\n c: 2\n", "'\n"])
def test_what_is_no_yaml_is_one_problem_with_a_place(read: Any, text: str) -> None:
    (problem,) = read(text).problems
    assert problem.code == "E005"
    assert 1 <= problem.line <= text.count("\n") + 1


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"a: \xe9\n", (1, 4, "E002")),
        ("ä: 1\nb: ".encode() + b"\xff\n", (2, 4, "E002")),
        ("a: b".encode("utf-16"), (1, 1, "E002")),
        (b"a: \x00\n", (1, 4, "E003")),
        (b"x" * (1024 * 1024 + 1), (1, 1, "E001")),
    ],
)
def test_bytes_that_are_no_text_are_refused(data: bytes, place: tuple[int, int, str]) -> None:
    assert codes(read_bytes(data, "f")) == [place]


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert read_bytes("\ufeffa: b\n".encode(), "f").value == {"a": "b"}


def test_positions_lead_to_keys_and_items(read: Any) -> None:
    document = read("a:\n  - x\n  - {b: y,\n     c: z}\n")
    assert locate(document.mark, "f", ("a",)) == ("f", 1, 1)
    assert locate(document.mark, "f", ("a", 0)) == ("f", 2, 5)
    assert locate(document.mark, "f", ("a", 1, "c")) == ("f", 4, 6)
    assert locate(document.mark, "f", ("a", 1, "missing", 3)) == ("f", 3, 5)
    assert locate(document.mark, "f", ()) == ("f", 1, 1)


@given(trees)
def test_any_tree_that_is_written_is_read_back_as_text(tree: Any) -> None:
    written = yaml.safe_dump(tree, allow_unicode=True, default_style='"')
    written = written.replace("!!str ", "")
    document = read_bytes(written.encode(), "f")
    if tree not in ("", [], {}):
        assert document.problems == []
    if document.value is not None:
        assert document.value == tree


@given(st.dictionaries(keys, texts.filter(bool), min_size=1))
def test_every_key_is_found_at_its_line_and_column(mapping: dict[str, str]) -> None:
    written = yaml.safe_dump(mapping, allow_unicode=True, default_style='"', width=10_000).replace(
        "!!str ", ""
    )
    document = read_bytes(written.encode(), "f")
    lines = written.splitlines()
    for key in mapping:
        _, line, column = locate(document.mark, "f", (key,))
        assert lines[line - 1][column - 1 :].startswith(f'"{key}"')


@given(st.binary(max_size=60))
def test_no_bytes_whatever_raise(data: bytes) -> None:
    document = read_bytes(data, "f")
    assert document.value is not None or document.problems
