"""Segments of rows are combined as numpy's `reduceat` combines them, however many columns there are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cruxmap.analysis import segments
from cruxmap.analysis.segments import Segments


@given(
    st.lists(st.integers(1, 6), min_size=1, max_size=8),
    st.integers(1, 4),
    st.sampled_from([np.add, np.multiply, np.maximum, np.minimum]),
    st.booleans(),
)
def test_passes_over_whole_rows_equal_reduceat(
    lengths: list[int], columns: int, operation: np.ufunc, by_passes: bool
) -> None:
    values = np.random.default_rng(sum(lengths)).random((sum(lengths), columns))
    starts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segments, "LONGEST_BY_PASSES", 6 if by_passes else 0)
        reduced = Segments(starts, len(values)).reduce(operation, values)
    assert reduced == pytest.approx(operation.reduceat(values, starts, axis=0), rel=1e-14)


def test_a_reduction_leaves_its_input_alone() -> None:
    values = np.ones((4, 2_000))
    Segments(np.array([0, 2]), 4).reduce(np.add, values)
    assert (values == 1.0).all()


def test_a_column_does_not_depend_on_those_beside_it() -> None:
    values = np.random.default_rng(0).random((40, 3_000))
    divided = Segments(np.array([0, 1, 12, 25]), 40)
    assert (divided.reduce(np.add, values[:, :2]) == divided.reduce(np.add, values)[:, :2]).all()
