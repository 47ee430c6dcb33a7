"""Bad entries are refused with a message a writer can act on, at the exact place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cruxmap.checking import check
from cruxmap.model.entries import KINDS
from cruxmap.model.parts import Argument
from cruxmap.model.validation import check_data, validate
from cruxmap.plain import CONTROL

TERM = "kind: term\nid: myopia\ntitle: Myopia\ntext: A term.\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("kind: therm\nid: x\n", "1:1: E101: unknown kind 'therm' (did you mean `term`?)"),
        ("id: x\n", "1:1: E103: the field `kind` is missing"),
        (TERM + "txt: x\n", "5:1: E102: unknown field `txt` (did you mean `text`?)"),
        ("kind: term\nid: myopia\ntitle: Myopia\n", "1:1: E103: the field `text` is missing"),
        (TERM.replace("A term.", "''"), "4:1: E105: `text` is empty"),
        (TERM.replace("A term.", "x" * 601), "4:1: E105: `text` has 601 characters, at most 600 are allowed"),
        (TERM.replace("id: myopia", "id: Myopia"), "2:1: E106: 'Myopia' is not a valid id"),
        (TERM.replace("id: myopia", "id: NO"), "2:1: E106: 'NO' is not a valid id"),
        (TERM.replace("id: myopia", "id: a/b"), "2:1: E106: 'a/b' is not a valid id"),
        (TERM.replace("id: myopia", "id: ../x"), "2:1: E106: '../x' is not a valid id"),
        (
            TERM + "reading: theirs\n",
            "5:1: E107: 'theirs' is not a value of `reading` (one of 'source' or 'ours')",
        ),
        (TERM + "mechanisms: tools\n", "5:1: E104: `mechanisms` must be a list, not the text 'tools'"),
        (TERM.replace("A term.", "[a]"), "4:1: E104: `text` must be a text, not a list"),
        (
            TERM.replace("Myopia", '"My\\u202eopia"'),
            "3:8: E015: `title` contains the invisible character U+202E",
        ),
        (TERM.replace("Myopia", '"My\\eopia"'), "3:8: E015: `title` contains the invisible character U+001B"),
    ],
)
def test_a_bad_field_is_reported_at_its_line(write: Callable[..., Path], text: str, found: str) -> None:
    root = write(**{"cruxmap.yaml": "extends: nothing\n", "ontology/a.yaml": text})
    (problem,) = check([root]).problems
    shown = problem.render()
    assert f"ontology/a.yaml:{found}" in shown


@pytest.mark.parametrize(
    ("number", "code"), [("012", None), ("7", None), ("7.5", "E108"), ("x", "E108"), ("-1", "E108")]
)
def test_numbers_are_numbers_only_where_a_number_is_meant(number: str, code: str | None) -> None:
    data = {"kind": "proposal", "id": "plan", "title": "1.10", "number": number}
    entry, faults = validate(data)
    assert [fault.code for fault in faults] == ([code] if code else [])
    if entry is not None:
        assert entry.title == "1.10"


@pytest.mark.parametrize("word", ["yes", "True", "on", "1", ""])
def test_only_true_and_false_are_truth_values(word: str) -> None:
    _, faults = check_data(Argument, {"id": "a", "text": "A.", "conditional": word})
    assert [fault.steps for fault in faults] == [("conditional",)]


def test_faults_deep_inside_name_the_fields_of_the_right_class() -> None:
    argument = {"id": "p1.a", "text": "A.", "con": [{"id": "p1.b", "text": "B.", "unles": ["x"]}]}
    data = {
        "kind": "proposal",
        "id": "plan",
        "title": "Plan",
        "assessments": {"safety": {"stance": "open", "pro": [argument]}},
    }
    _, faults = validate(data)
    assert [(fault.steps[-3:], fault.hint) for fault in faults] == [
        (("con", 0, "unles"), "did you mean `unless`?")
    ]


def test_all_faults_of_an_entry_are_reported_at_once() -> None:
    _, faults = validate({"kind": "term", "id": "A", "text": "", "extra": "x"})
    assert sorted(fault.code for fault in faults) == ["E102", "E103", "E105", "E106"]


def test_entries_are_frozen_and_compare_by_value() -> None:
    first, second = (Argument(id="a", text="A.") for _ in range(2))
    assert first == second
    assert hash(first) == hash(second)
    assert first != Argument(id="b", text="A.")
    with pytest.raises(AttributeError, match="cannot assign"):
        first.text = "B."  # type: ignore[misc]
    with pytest.raises(AttributeError, match="cannot delete"):
        del first.text
    with pytest.raises(TypeError, match="needs the field text"):
        Argument(id="a")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="has no field txt"):
        Argument(id="a", text="A.", txt="")  # type: ignore[call-arg]
    assert "text='A.'" in repr(first)


@given(
    st.dictionaries(
        st.text(max_size=8), st.recursive(st.text(max_size=5), st.lists, max_leaves=5), max_size=5
    )
)
def test_no_data_whatever_raises(data: dict[str, object]) -> None:
    for kind in KINDS:
        entry, faults = validate({**data, "kind": kind})
        assert (entry is None) == bool(faults)


@given(st.text(alphabet=st.characters(max_codepoint=0x2070), max_size=5))
def test_one_line_texts_hold_no_control_character(text: str) -> None:
    entry, _ = validate({"kind": "term", "id": "x", "title": f"T{text}", "text": "A."})
    assert (entry is None) == bool(CONTROL.search(text))
