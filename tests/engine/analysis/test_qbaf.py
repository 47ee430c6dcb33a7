"""What a quantitative bipolar framework accepts, and how it refuses the rest."""

from __future__ import annotations

import math

import pytest

from cruxmap.analysis.gradual import Qbaf, strengths
from cruxmap.analysis.gradual_errors import (
    BaseScoreError,
    CoreInputError,
    EdgeError,
    SupportsRefusedError,
    UnknownArgumentError,
    UnknownSemanticsError,
)
from cruxmap.errors import CruxmapError
from oracles.gradual import (
    ATTACK_ONLY,
)


def test_a_repeated_edge_counts_once() -> None:
    base = {"a": 0.5, "b": 0.9}
    once, often = Qbaf(base, [("b", "a")], []), Qbaf(base, [("b", "a")] * 3, [])
    assert once == often
    assert hash(once) == hash(often)
    assert often.attacks == (("b", "a"),)
    assert strengths(once) == strengths(often)


def test_the_same_pair_may_attack_and_support() -> None:
    qbaf = Qbaf({"a": 0.4, "b": 0.9}, [("b", "a")], [("b", "a")])
    assert strengths(qbaf)["a"] == pytest.approx(0.4)


def test_an_empty_framework_has_no_strengths() -> None:
    assert dict(strengths(Qbaf({}, [], []))) == {}


def test_edges_may_come_from_an_iterator_and_scores_may_be_integers() -> None:
    qbaf = Qbaf({"a": 1, "b": 0}, iter([("b", "a")]), (pair for pair in [("a", "b")]))
    assert (qbaf.attacks, qbaf.supports) == ((("b", "a"),), (("a", "b"),))


@pytest.mark.parametrize("score", [-0.1, 1.1, math.nan, math.inf, "0.5", None, True])
def test_a_base_score_outside_zero_to_one_is_refused(score: float) -> None:
    with pytest.raises(BaseScoreError, match="the base score of 'a' must be a number from 0 to 1"):
        Qbaf({"a": score}, [], [])


def test_an_edge_to_an_unknown_argument_names_the_nearest() -> None:
    with pytest.raises(
        UnknownArgumentError, match="there is no argument 'inner-alignmnt'; nearest: inner-align"
    ):
        Qbaf({"inner-alignment": 0.5, "b": 0.5}, [("b", "inner-alignmnt")], [])


@pytest.mark.parametrize("edge", ["ab", ("a",), ("a", "b", "a"), 3])
def test_an_edge_that_is_no_pair_is_refused(edge: tuple[str, str]) -> None:
    with pytest.raises(EdgeError, match="must be a pair"):
        Qbaf({"a": 0.5, "b": 0.5}, [("a", "b"), edge], [])


def test_an_unknown_semantics_names_the_nearest() -> None:
    with pytest.raises(UnknownSemanticsError, match="nearest: quadratic-energy"):
        strengths(Qbaf({"a": 0.5}, [], []), "quadratic_energy")


@pytest.mark.parametrize("semantics", ATTACK_ONLY)
def test_attack_only_semantics_refuse_supports(semantics: str) -> None:
    with pytest.raises(SupportsRefusedError, match="reads attacks only, but this graph has 1 support"):
        strengths(Qbaf({"a": 0.5, "b": 0.5}, [], [("a", "b")]), semantics)


@pytest.mark.parametrize("tolerance", [0.0, -1.0, math.nan])
def test_a_tolerance_that_is_not_positive_is_refused(tolerance: float) -> None:
    with pytest.raises(CoreInputError, match="tolerance must be above 0"):
        strengths(Qbaf({"a": 0.5}, [], []), tolerance=tolerance)


def test_every_error_is_one_that_a_caller_of_cruxmap_can_catch() -> None:
    with pytest.raises(CruxmapError):
        strengths(Qbaf({"a": 0.5}, [], []), "no such thing")
