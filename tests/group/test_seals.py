"""Any response verifies, any change of it breaks the seal, however its file is written."""

from __future__ import annotations

import random
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cruxmap.group.forms import response_text
from cruxmap.group.reading import changed, read_revealed
from cruxmap.group.responses import (
    CellResponse,
    ConditionalResponse,
    Response,
    Revealed,
    canonical_bytes,
)
from cruxmap.group.sealing import commitment_hash
from cruxmap.plain import CONTROL
from cruxmap.yamlwrite import _UNWRITABLE
from group_meeting import READERS

LETTERS = st.characters(exclude_categories=["Cs", "Cc"]).filter(
    lambda letter: not CONTROL.match(letter) and not _UNWRITABLE.match(letter)
)
LINES = st.text(LETTERS, min_size=1, max_size=30).filter(str.strip)
CREDENCES = st.floats(0, 1)
NAMES = st.text("abcdefgh-./", min_size=1, max_size=12).filter(lambda name: name[0].isalpha())
ANSWERS = st.builds(
    CellResponse,
    mark=st.none() | LINES,
    assumption=st.none() | LINES,
    hinges=st.lists(NAMES, max_size=2).map(tuple),
    credence=st.none() | CREDENCES,
    rationale=st.none() | LINES,
    at=st.none() | LINES,
    confidence=st.sampled_from([None, "low", "medium", "high"]),
    change_my_mind=st.none() | LINES,
    criterion_version=st.none() | st.integers(0, 99),
)
CONDITIONALS = st.builds(
    ConditionalResponse, verdict=NAMES, crux=NAMES, p_u=CREDENCES, p_c=CREDENCES, p_u_given_c=CREDENCES
)
RESPONSES = st.builds(
    Revealed,
    reader=st.sampled_from(READERS),
    session=st.sampled_from(["2026-03-05-a", "2026-03-06-b"]),
    round=st.integers(1, 9),
    reveal=st.sampled_from(["names", "aliases", "aggregate"]),
    marks=st.dictionaries(NAMES, ANSWERS, max_size=3),
    credences=st.dictionaries(NAMES, CREDENCES, max_size=3),
    conditionals=st.lists(CONDITIONALS, max_size=2).map(tuple),
    nonce=st.text("0123456789abcdef", min_size=64, max_size=64),
)


def written(response: Revealed, tmp: Path, text: str | None = None) -> Revealed:
    path = tmp / "some.yaml"
    path.write_text(response_text(response) if text is None else text, encoding="utf-8")
    return read_revealed(path)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("responses")


@given(RESPONSES)
def test_any_response_survives_its_file(folder: Path, response: Revealed) -> None:
    found = written(response, folder)
    assert found == response
    assert commitment_hash(found, found.nonce) == commitment_hash(response, response.nonce)


@given(RESPONSES, st.randoms(use_true_random=False))
def test_order_style_and_comments_do_not_matter(
    folder: Path, response: Revealed, chance: random.Random
) -> None:
    data = yaml.safe_load(response_text(response))

    def shuffled(tree: Any) -> Any:
        if isinstance(tree, dict):
            names = list(tree)
            chance.shuffle(names)
            return {name: shuffled(tree[name]) for name in names}
        return [shuffled(item) for item in tree] if isinstance(tree, list) else tree

    style = chance.choice([True, False])
    dumped = yaml.safe_dump(
        shuffled(data), sort_keys=False, default_flow_style=style, allow_unicode=True, width=1000
    )
    found = written(response, folder, f"# A remark.\n{dumped}\n# Another.\n")
    assert canonical_bytes(found) == canonical_bytes(response)


def other(value: Any) -> Any:
    """Some other value of the same sort."""
    if isinstance(value, float):
        return value / 2 + 0.25 if value != 0.5 else 0.75
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str):
        return f"{value}x"
    if isinstance(value, tuple):
        return (*value, "x")
    return "x"


@given(RESPONSES, st.data())
def test_any_change_of_any_field_breaks_the_seal(response: Revealed, data: st.DataObject) -> None:
    sealed = commitment_hash(response, response.nonce)
    values = {item.name: getattr(response, item.name) for item in fields(Response)}
    name = data.draw(st.sampled_from(sorted(values)))
    cell = data.draw(st.sampled_from(sorted(response.marks))) if response.marks else None
    if name == "marks" and cell is not None:
        part = data.draw(st.sampled_from([item.name for item in fields(CellResponse)]))
        before = response.marks[cell]
        after = changed(before, **{part: other(getattr(before, part))})
        values["marks"] = response.marks | {cell: after}
    elif name in ("marks", "credences"):
        values[name] = getattr(response, name) | {"zz-new": CellResponse() if name == "marks" else 0.5}
    elif name == "conditionals":
        extra = ConditionalResponse(verdict="v", crux="c", p_u=0.1, p_c=0.2, p_u_given_c=0.3)
        values[name] = (*response.conditionals, extra)
    else:
        values[name] = other(values[name])
    assert commitment_hash(Response(**values), response.nonce) != sealed
    assert commitment_hash(response, f"{int(response.nonce, 16) ^ 1:064x}") != sealed


@given(RESPONSES)
def test_leaving_any_answer_out_breaks_the_seal(response: Revealed) -> None:
    sealed = commitment_hash(response, response.nonce)
    values = {item.name: getattr(response, item.name) for item in fields(Response)}
    for name in ("marks", "credences"):
        for key in values[name]:
            less = {other_key: item for other_key, item in values[name].items() if other_key != key}
            assert commitment_hash(Response(**values | {name: less}), response.nonce) != sealed
