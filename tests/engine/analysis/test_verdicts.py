"""Verdicts are asked one mapping at a time or in batches, over statements that all readers share."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cruxmap.analysis.verdicts import FloatArray, VerdictFunction, common_statements
from cruxmap.errors import UsageError

credences = st.dictionaries(st.sampled_from("abcd"), st.floats(0, 1))


def first_minus_last(held: object) -> float:
    assert isinstance(held, dict)
    return float(held["a"] - held["c"])


def test_a_mapping_becomes_a_vector_in_column_order_and_back() -> None:
    verdict = VerdictFunction(("c", "a"), first_minus_last)
    assert verdict.vector({"a": 0.9, "b": 0.5, "c": 0.2}).tolist() == [0.2, 0.9]
    rows = np.array([[0.2, 0.9], [1.0, 0.0]])
    assert verdict(rows).tolist() == pytest.approx([0.7, -1.0])


def test_a_batched_verdict_replaces_the_plain_one() -> None:
    def refuse(held: object) -> float:
        raise AssertionError(held)

    def batch(statements: object, vectors: FloatArray) -> FloatArray:
        assert statements == ("a", "c")
        answers: FloatArray = vectors[:, 0] - vectors[:, 1]
        return answers

    verdict = VerdictFunction(("a", "c"), refuse, batch)
    assert verdict(np.array([[0.9, 0.2]])).tolist() == pytest.approx([0.7])


@pytest.mark.parametrize("shape", [(2, 1), (1,), ()])
def test_a_batched_verdict_must_give_one_number_per_row(shape: tuple[int, ...]) -> None:
    verdict = VerdictFunction(("a",), lambda _: 0.0, lambda _, __: np.zeros(shape))
    with pytest.raises(UsageError, match="one number per row"):
        verdict(np.zeros((2, 1)))


@given(st.dictionaries(st.sampled_from(["ada", "ben", "eve"]), credences, min_size=1))
def test_statements_are_common_exactly_when_nobody_lacks_one(
    readers: dict[str, dict[str, float]],
) -> None:
    wanted = set().union(*readers.values())
    if all(set(held) == wanted for held in readers.values()):
        assert common_statements(readers) == tuple(sorted(wanted))
    else:
        lacking = min(reader for reader, held in readers.items() if set(held) != wanted)
        with pytest.raises(UsageError, match=f"{lacking} has no credence for"):
            common_statements(readers)


def test_nobody_has_nothing_in_common() -> None:
    with pytest.raises(UsageError, match="no reader"):
        common_statements({})
