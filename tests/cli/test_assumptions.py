"""`cruxmap assumptions`, `rank` and `cluster` answer what a facilitator asks, and say what they depend on."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Result
from cruxmap.analysis.failure import minimal_hitting_sets

VERDICT = "imitative-amplification-rat/inner-alignment"


def json_of(command: Callable[..., Result], *arguments: str) -> Any:
    result = command(*arguments, "--json")
    assert result.code == 0, result.err
    return json.loads(result.out)


def test_a_cell_names_its_single_point_of_failure(cruxmap_command: Callable[..., Result]) -> None:
    data = json_of(cruxmap_command, "assumptions", "3/inner")
    assert data["kind"] == "verdict"
    assert data["cut_sets"] == [["rat-gives-consistent-gradient"]]
    assert data["probability"] == pytest.approx(0.5)


@pytest.mark.parametrize(
    "cell", ["1/outer", "2/inner", "2/train", "4/perf", "7/inner", "10/outer", "11/perf"]
)
def test_what_suffices_and_what_defeats_are_each_others_hitting_sets(
    cell: str, cruxmap_command: Callable[..., Result]
) -> None:
    data = json_of(cruxmap_command, "assumptions", cell)
    paths, cuts = ({frozenset(item) for item in data[key]} for key in ("path_sets", "cut_sets"))
    assert paths == set(minimal_hitting_sets(cuts))
    assert cuts == set(minimal_hitting_sets(paths))
    assert data["status"] in ("rests", "holds", "fails", "unsupported")


def test_credences_change_the_probability_and_nothing_else(
    cruxmap_command: Callable[..., Result], tmp_path: Path
) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("credences: {A5: 0.8}\n", encoding="utf-8")
    for arguments in (("--set", "A5=0.8"), ("--credences", str(file))):
        data = json_of(cruxmap_command, "assumptions", "3/inner", *arguments)
        assert data["probability"] == pytest.approx(0.8)
        assert data["cut_sets"] == [["rat-gives-consistent-gradient"]]


def test_an_assumption_lists_the_verdicts_that_fall_with_it(cruxmap_command: Callable[..., Result]) -> None:
    data = json_of(cruxmap_command, "assumptions", "A8")
    alone = {item["id"] for item in data["verdicts"] if item["smallest_cut_set"] == 1}
    assert {name.split("/")[1] for name in alone} == {"outer-alignment"}
    shared = {"imitative-amplification-intermittent-oversight", "imitative-amplification-rat"}
    assert {f"{name}/outer-alignment" for name in shared} <= alone


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("assumptions", "3/inner", "--set", "A5=2"), "between 0 and 1"),
        (("assumptions", "3/inner", "--set", "A5"), "write STATEMENT=0.2"),
        (("assumptions", "3/inner", "--set", "stem-ai=0.5"), "neither a statement nor an argument"),
        (("assumptions", "--portfolio", "99"), "portfolio"),
        (("rank", "--criteria", "beauty"), "no criterion"),
        (("cluster", "--by", "colour"), "colour"),
    ],
)
def test_bad_input_is_one_message(
    arguments: tuple[str, ...], message: str, cruxmap_command: Callable[..., Result]
) -> None:
    result = cruxmap_command(*arguments)
    assert (result.code, result.out) == (2, "")
    assert message in result.err


def test_a_bad_file_of_credences_is_reported_at_its_line(
    cruxmap_command: Callable[..., Result], tmp_path: Path
) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("credences:\n  A5: 0.8\n  A99: 0.1\n", encoding="utf-8")
    result = cruxmap_command("assumptions", "3/inner", "--credences", str(file))
    assert result.code == 2
    assert f"{file}:3:3: E302" in result.err


def test_ranking_is_sampled_with_seed_and_error_and_repeats_itself(
    cruxmap_command: Callable[..., Result],
) -> None:
    first = cruxmap_command("rank", "--samples", "2000", "--seed", "7").out
    assert first == cruxmap_command("rank", "--samples", "2000", "--seed", "7").out
    assert "n = 2,000" in " ".join(first.split())
    assert "seed 7" in " ".join(first.split())


def test_clusters_are_named_by_what_they_share(cruxmap_command: Callable[..., Result]) -> None:
    out = cruxmap_command("cluster", "--by", "mechanism").out
    assert "Relaxed adversarial training: P3, P4, P8, P10, P11" in out
