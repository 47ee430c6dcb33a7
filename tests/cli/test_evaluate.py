"""`cruxmap evaluate` and `cruxmap whatif`: what they promise in JSON and say in words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Result

VERDICT = {
    "id", "strength", "label", "fragile", "shakes", "pro", "con", "contributions",
    "stance", "resolved", "interval", "at",
}  # fmt: skip
INNER = "imitative-amplification-rat/inner-alignment"

Command = Callable[..., Result]


def json_of(command: Command, *arguments: str) -> Any:
    result = command(*arguments, "--json")
    assert (result.code, result.err) == (0, "")
    return json.loads(result.out)


def words_of(command: Command, *arguments: str) -> str:
    """What a command says, without line breaks."""
    return " ".join(command(*arguments).out.split())


def test_all_verdicts_have_the_promised_shape(cruxmap_command: Command) -> None:
    data = json_of(cruxmap_command, "evaluate")
    assert set(data) == {"schema", "kind", "conventions", "verdicts"}
    assert data["kind"] == "verdicts"
    assert data["conventions"] == {
        "semantics": "quadratic-energy",
        "standard": "preponderance",
        "premises": "product",
        "credences": {},
        "labels": {},
        "seed": 0,
    }
    assert len(data["verdicts"]) >= 44
    for verdict in data["verdicts"]:
        assert set(verdict) == VERDICT
        assert 0 <= verdict["strength"] <= 1
        assert verdict["label"] in ("in", "out", "undecided")
        assert verdict["fragile"] is bool(verdict["shakes"])


@pytest.mark.parametrize(
    ("wanted", "kind", "name"),
    [("3/inner", "verdict", INNER), ("A5", "statement", "rat-gives-consistent-gradient"),
     ("p3.inner.for.1", "argument", "p3.inner.for.1")],
)  # fmt: skip
def test_one_node_is_explained(wanted: str, kind: str, name: str, cruxmap_command: Command) -> None:
    data = json_of(cruxmap_command, "evaluate", wanted)
    assert set(data) == {"schema", "kind", "conventions", "verdict", "explanation", "label_reason"}
    assert (data["kind"], data["verdict"]["id"]) == (kind, name)
    assert set(data["verdict"]) == VERDICT
    assert (data["verdict"]["stance"] is not None) is (kind == "verdict")
    assert set(data["explanation"]) == {"strength", "label", "failure", "fragility"}
    assert set(data["label_reason"]) == {"label", "steps", "waits_for", "settled_by"}
    assert data["label_reason"]["label"] == data["verdict"]["label"]
    assert bool(data["explanation"]["fragility"]) is data["verdict"]["fragile"]


def test_an_entry_is_explained_cell_by_cell(cruxmap_command: Command) -> None:
    data = json_of(cruxmap_command, "evaluate", "3")
    assert (data["kind"], data["entry"]) == ("entry", "imitative-amplification-rat")
    assert [item["verdict"]["id"].partition("/")[2] for item in data["verdicts"]] == [
        "outer-alignment", "inner-alignment", "training-competitiveness", "performance-competitiveness",
    ]  # fmt: skip
    alone = json_of(cruxmap_command, "evaluate", "3/inner")
    assert data["verdicts"][1]["explanation"] == alone["explanation"]


def test_the_matrix_in_the_computed_voice_agrees_with_evaluate(cruxmap_command: Command) -> None:
    options = ("--set", "A5=0.9", "--set", "A8=in", "--semantics", "df-quad", "--premises", "min")
    verdicts = {item["id"]: item for item in json_of(cruxmap_command, "evaluate", *options)["verdicts"]}
    table = json_of(cruxmap_command, "matrix", "--voice", "computed", *options)
    assert (table["voice"], table["semantics"]) == ("computed", "df-quad")
    for row in table["rows"]:
        for criterion, cell in row["cells"].items():
            verdict = verdicts[f"{row['id']}/{criterion}"]
            for key in ("strength", "label", "fragile", "pro", "con", "stance", "resolved", "interval"):
                assert cell[key] == verdict[key], (row["id"], criterion, key)


def test_coherence_reports_its_two_figures_and_the_worst_cells(cruxmap_command: Command) -> None:
    data = json_of(cruxmap_command, "evaluate", "--coherence")
    assert set(data) == {
        "schema",
        "kind",
        "conventions",
        "firm",
        "unsettled",
        "not_compared",
        "cells",
        "worst",
    }
    assert set(data["firm"]) == {"cells", "spearman", "without_one"}
    assert set(data["unsettled"]) == {"cells", "near_neutral", "fragile", "near_or_fragile", "share"}
    gaps = {cell["id"]: cell["gap"] for cell in data["cells"]}
    assert len(data["worst"]) <= 10
    assert [gaps[name] for name in data["worst"]] == sorted(gaps.values(), reverse=True)[: len(data["worst"])]
    words = words_of(cruxmap_command, "evaluate", "--coherence")
    assert f"rank correlation {data['firm']['spearman']:.2f}" in words


def test_what_if_has_the_promised_shape(cruxmap_command: Command) -> None:
    data = json_of(cruxmap_command, "whatif", "--set", "A8=out", "--set", "A5=0.9")
    assert set(data) == {"schema", "conventions", "changed", "moves", "moved", "verdicts", "still"}
    assert data["changed"] == {
        "credences": {"rat-gives-consistent-gradient": 0.9},
        "labels": {"hch-is-aligned": "out"},
    }
    assert data["moved"] == len(data["moves"]) > 0
    for move in data["moves"]:
        assert set(move) == {"id", "before", "after", "change", "label_before", "label_after", "path"}
        assert move["change"] == move["after"] - move["before"]


def test_what_if_agrees_with_evaluate_on_either_side(cruxmap_command: Command, tmp_path: Path) -> None:
    held = tmp_path / "mine.yaml"
    held.write_text("credences:\n  A2: 0.8\n", encoding="utf-8")
    from_file = ("--credences", str(held))
    before = {item["id"]: item for item in json_of(cruxmap_command, "evaluate", *from_file)["verdicts"]}
    change = (*from_file, "--set", "A5=in")
    after = {item["id"]: item for item in json_of(cruxmap_command, "evaluate", *change)["verdicts"]}
    moves = {move["id"]: move for move in json_of(cruxmap_command, "whatif", *change)["moves"]}
    assert moves
    for name, verdict in after.items():
        if name in moves:
            assert moves[name]["before"] == pytest.approx(before[name]["strength"])
            assert moves[name]["after"] == pytest.approx(verdict["strength"])
            assert moves[name]["label_after"] == verdict["label"]
        else:
            assert verdict["strength"] == pytest.approx(before[name]["strength"])


def test_what_moves_nothing_says_so_and_why(cruxmap_command: Command) -> None:
    words = words_of(cruxmap_command, "whatif", "--set", "A5=0.5")
    assert re.search(r"None of the \d+ verdicts moves\.", words)
    assert "A5 Consistent gradient away from deception moves nothing: it had this value already" in words


def test_credences_move_no_label_and_the_page_says_so(cruxmap_command: Command) -> None:
    assert "they follow what is set in or out, not credences" in words_of(
        cruxmap_command, "whatif", "--set", "A5=0"
    )
    assert "not credences" not in words_of(cruxmap_command, "whatif", "--set", "A5=out")


def test_every_page_names_reading_and_conventions(cruxmap_command: Command) -> None:
    options = ("--semantics", "euler-based", "--standard", "scintilla", "--premises", "min")
    for arguments in (
        ("evaluate",),
        ("evaluate", "3"),
        ("evaluate", "3/inner"),
        ("evaluate", "A5"),
        ("evaluate", "--coherence"),
        ("whatif", "--set", "A5=0"),
        ("matrix", "--voice", "computed"),
    ):
        words = words_of(cruxmap_command, *arguments, *options)
        assert "strengths by euler-based with the weakest premise" in words, arguments
        assert "scintilla standard" in words, arguments


def test_a_workspace_without_proposals_has_nothing_to_evaluate(
    cruxmap_command: Command, write: Callable[..., Path]
) -> None:
    term = "kind: term\nid: ours\ntitle: Ours\ntext: A term of ours.\n"
    root = write(**{"cruxmap.yaml": "extends: nothing\n", "ontology/a.yaml": term})
    workspace = ("--workspace", str(root))
    assert json_of(cruxmap_command, "evaluate", *workspace)["verdicts"] == []
    assert "no entries that are assessed" in words_of(cruxmap_command, "evaluate", *workspace)
    assert json_of(cruxmap_command, "evaluate", "--coherence", *workspace)["firm"]["spearman"] is None
    assert "too few" in words_of(cruxmap_command, "evaluate", "--coherence", *workspace)
    assert json_of(cruxmap_command, "matrix", "--voice", "computed", *workspace)["rows"] == []
