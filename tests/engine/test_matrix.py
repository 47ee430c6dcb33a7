"""The matrix shows, sorts and groups what the entries say."""

from __future__ import annotations

import pytest

from cruxmap.errors import UnknownIdError, UsageError
from cruxmap.knowledge import KnowledgeBase
from cruxmap.matrix import matrix


def test_cells_count_arguments_by_the_side_they_end_up_on(kb: KnowledgeBase) -> None:
    cell = matrix(kb).rows[2].cells["inner-alignment"]
    assert (cell.pro, cell.con) == (3, 1)


def test_an_inherited_cell_has_interval_and_hinges_of_its_origin(kb: KnowledgeBase) -> None:
    cell = matrix(kb).rows[9].cells["outer-alignment"]
    assert (cell.stance, cell.word, cell.hinges) == ("inherits:2", "conditional", ("hch-is-aligned",))
    assert cell.origin == "imitative-amplification-intermittent-oversight/outer-alignment"
    assert cell.at == "hubinger2020 §11.1"


def test_columns_are_chosen_by_prefix_or_heading(kb: KnowledgeBase) -> None:
    chosen = matrix(kb, criteria=["Performance", "inner"])
    assert [item.id for item in chosen.criteria] == ["performance-competitiveness", "inner-alignment"]


def test_sorting_by_a_criterion_puts_the_best_first(kb: KnowledgeBase) -> None:
    words = [row.cells["performance-competitiveness"].word for row in matrix(kb, sort="performance").rows]
    assert words[0] == "plausible"
    assert set(words[1:]) == {"conditional", "open"}


def test_sorting_by_title_is_alphabetical(kb: KnowledgeBase) -> None:
    titles = [row.title.casefold() for row in matrix(kb, sort="title").rows]
    assert titles == sorted(titles)


def test_groups_hold_the_rows_that_share_something(kb: KnowledgeBase) -> None:
    groups = {group.id: group.rows for group in matrix(kb, group_by="mechanism").groups}
    assert len(groups["amplification"]) == 6
    assert groups["debate"] == ("debate-transparency-tools",)
    assert {group.id for group in matrix(kb, group_by="stance").groups} == {
        "conditional", "doubtful", "likely-fails", "open",
    }  # fmt: skip


def test_what_is_unknown_is_refused(kb: KnowledgeBase) -> None:
    with pytest.raises(UsageError):
        matrix(kb, "risk")
    with pytest.raises(UsageError):
        matrix(kb, group_by="colour")
    with pytest.raises(UnknownIdError):
        matrix(kb, criteria=["beauty"])
    with pytest.raises(UnknownIdError):
        matrix(kb, sort="beauty")


def test_plain_data_follows_the_contract(kb: KnowledgeBase) -> None:
    data = matrix(kb).as_data()
    assert data["voice"] == "source"
    assert data["semantics"] is None
    assert [len(row["cells"]) for row in data["rows"]] == [4] * 11
    for row in data["rows"]:
        assert set(row) == {"id", "number", "title", "cells"}
        for cell in row["cells"].values():
            promised = {"stance", "interval", "strength", "label", "hinges", "pro", "con", "at", "fragile"}
            assert promised <= set(cell)
            low, high = cell["interval"]
            assert 0 <= low <= high <= 4
