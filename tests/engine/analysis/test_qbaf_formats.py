"""Frameworks from QBAF-JSON and .bag files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cruxmap.analysis.gradual import Qbaf
from cruxmap.analysis.gradual_errors import QbafFileError, UnknownFormatError, UnreadableFileError
from cruxmap.analysis.json_locations import line_and_column, offset_of
from cruxmap.analysis.qbaf_formats import parse_bag, parse_qbaf_json, read_qbaf

if TYPE_CHECKING:
    from pathlib import Path

WANTED = Qbaf({"a": 0.5, "b": 1.0, "c": 0.25}, [("b", "a")], [("c", "b")])
JSON = """{
  "arguments": [{"id": "a", "base": 0.5}, {"id": "b", "base": 1}, {"base": 0.25, "id": "c"}],
  "attacks": [["b", "a"]],
  "supports": [["c", "b"]]
}"""
BAG = "% a comment\natt(b, a).\narg(a, 0.5).\narg( b ,1)\n\narg(c,.25). sup(c,b) # all\n"


@pytest.mark.parametrize(
    ("name", "text"), [("x.json", JSON), ("x.bag", BAG), ("x.txt", JSON), ("x.txt", BAG)]
)
def test_a_file_is_read_by_suffix_or_content(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8-sig")
    assert read_qbaf(path) == WANTED


def test_a_named_format_wins_over_the_suffix(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(BAG, encoding="utf-8")
    assert read_qbaf(str(path), "bag") == WANTED
    with pytest.raises(
        UnknownFormatError, match="there is no format of frameworks 'tgf'; nearest: bag, json"
    ):
        read_qbaf(path, "tgf")  # type: ignore[arg-type]


def test_the_published_example_of_uncertainpy_is_read() -> None:
    text = "arg(A1, 0.5).\narg(A2, 0.5).\narg(P1, 0.7).\n\n\natt(A2, A1).\n\nsup(P1, A1)."
    assert parse_bag(text) == Qbaf({"A1": 0.5, "A2": 0.5, "P1": 0.7}, [("A2", "A1")], [("P1", "A1")])


def test_attacks_and_supports_may_be_left_out() -> None:
    assert parse_qbaf_json('{"arguments": []}') == Qbaf({}, [], [])
    assert parse_bag("") == Qbaf({}, [], [])


@pytest.mark.parametrize(
    ("text", "where", "reason"),
    [
        ('{"arguments": [\n  {"id": "a", "base": 1.5}]}', "2:23", "a number from 0 to 1, not 1.5"),
        ('{"arguments": [\n  {"id": "a", "base": NaN}]}', "2:23", "a number from 0 to 1, not nan"),
        ('{"arguments": [\n  {"id": "a", "base": true}]}', "2:23", "not True"),
        ('{"arguments": [{"id": "a", "base": 1},\n {"id": "a", "base": 1}]}', "2:9", "declared twice"),
        ('{"arguments": [{"id": "", "base": 1}]}', "1:23", "not empty"),
        ('{"arguments": [{"id": "a"}]}', "1:16", 'exactly "id" and "base"'),
        ('{"arguments": {}}', "1:15", "must be a list"),
        ('{"attacks": []}', "1:1", "must be a list"),
        ("[]", "1:1", "a framework is an object"),
        ('{"arguments": [],\n"atacks": []}', "2:11", "there is no key 'atacks'; nearest: attacks"),
        ('{"arguments": [{"id": "a", "base": 1}],\n"attacks": [["a", "ab"]]}', "2:19", "no argument 'ab'"),
        ('{"arguments": [],\n"attacks": [["a"]]}', "2:13", "must be a pair"),
        ('{"arguments": [],\n"supports": 3}', "2:13", "must be a list of pairs"),
        ('{"arguments": [,]}', "1:16", "this is not JSON"),
        ("[" * 100_000, "1:1", "nested too deeply"),
    ],
)  # fmt: skip
def test_mistakes_in_json_are_located(text: str, where: str, reason: str) -> None:
    with pytest.raises(QbafFileError) as caught:
        parse_qbaf_json(text, "x.json")
    assert str(caught.value).startswith(f"x.json:{where}: ")
    assert reason in str(caught.value)


@pytest.mark.parametrize(
    ("text", "where", "reason"),
    [
        ("arg(a, 0.5)\narg(b, 2)", "2:8", "a number from 0 to 1, not '2'"),
        ("arg(a, nan)", "1:8", "not 'nan'"),
        ("arg(a, half)", "1:8", "not 'half'"),
        ("arg(a, 1).\narg(a, 1).", "2:5", "declared twice"),
        ("arg(a, 1).\n  att(a, bb).", "2:10", "there is no argument 'bb'"),
        ("arg(a, )", "1:1", "needs two values"),
        ("arg(a, 1). attack(a, a)", "1:12", "expected arg(name, score)"),
        ("arg(a, 1", "1:1", "expected arg(name, score)"),
    ],
)
def test_mistakes_in_bag_are_located(text: str, where: str, reason: str) -> None:
    with pytest.raises(QbafFileError) as caught:
        parse_bag(text, "x.bag")
    assert str(caught.value).startswith(f"x.bag:{where}: ")
    assert reason in str(caught.value)


def test_a_file_that_is_not_text_or_not_there_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.bag"
    path.write_bytes(b"arg(a, 1)\n \xff")
    with pytest.raises(QbafFileError, match=r"x\.bag:2:2: this byte is not UTF-8"):
        read_qbaf(path)
    for missing in (tmp_path, tmp_path / "none.json"):
        with pytest.raises(UnreadableFileError, match="cannot be read"):
            read_qbaf(missing)


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=12,
), st.sampled_from([None, 2]))  # fmt: skip
def test_every_value_of_a_json_text_is_found_where_it_stands(document: object, indent: int | None) -> None:
    text = json.dumps(document, indent=indent)

    def look(value: object, path: tuple[str | int, ...]) -> None:
        found, _ = json.JSONDecoder().raw_decode(text, offset_of(text, path))
        assert found == value
        children = (
            value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        )
        for step, child in children:
            look(child, (*path, step))

    look(document, ())


def test_lines_and_columns_count_from_one() -> None:
    assert [line_and_column("a\n\nb", offset) for offset in range(5)] == [
        (1, 1),
        (1, 2),
        (2, 1),
        (3, 1),
        (3, 2),
    ]
