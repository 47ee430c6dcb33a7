"""What it is worth to learn whether a crux holds."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cruxmap.analysis.cruxes import (
    CruxCredences,
    IncoherentCredences,
    UndefinedDivergenceError,
    probability_without,
    value_of_discrimination,
    value_of_information,
)
from cruxmap.errors import CruxmapError, UsageError

inside = st.floats(0.02, 0.98)
beliefs = st.tuples(inside, inside, inside)
"""P(C), P(U | C), P(U | not C): any three such numbers are coherent."""


def stated(belief: tuple[float, float, float]) -> CruxCredences:
    p_c, with_c, without_c = belief
    return CruxCredences(p_c * with_c + (1 - p_c) * without_c, p_c, with_c)


@given(beliefs)
def test_the_probability_without_the_crux_is_recovered(belief: tuple[float, float, float]) -> None:
    assert probability_without(*stated(belief)) == pytest.approx(belief[2], abs=1e-9)


@given(beliefs)
def test_the_naive_value_is_the_expected_size_of_the_move(belief: tuple[float, float, float]) -> None:
    p_c, with_c, without_c = belief
    p_u = stated(belief).p_u
    expected = p_c * abs(with_c - p_u) + (1 - p_c) * abs(without_c - p_u)
    assert value_of_information(*stated(belief)) == pytest.approx(expected, abs=1e-9)
    assert value_of_information(*stated(belief), "naive") <= 0.5


@given(beliefs)
def test_the_log_value_is_the_mutual_information_of_question_and_crux(
    belief: tuple[float, float, float],
) -> None:
    p_c, with_c, without_c = belief
    p_u = stated(belief).p_u
    joint = {
        (1, 1): p_c * with_c,
        (0, 1): p_c * (1 - with_c),
        (1, 0): (1 - p_c) * without_c,
        (0, 0): (1 - p_c) * (1 - without_c),
    }
    mutual = sum(
        share * math.log(share / ((p_u if u else 1 - p_u) * (p_c if c else 1 - p_c)))
        for (u, c), share in joint.items()
    )
    assert value_of_information(*stated(belief), measure="log") == pytest.approx(mutual, abs=1e-9)


def test_a_crux_that_settles_the_question_is_worth_all_there_is_to_learn() -> None:
    assert value_of_information(0.5, 0.5, 1.0) == pytest.approx(0.5)
    assert value_of_information(0.5, 0.5, 1.0, "log") == pytest.approx(math.log(2))


@pytest.mark.parametrize("measure", ["naive", "log"])
@pytest.mark.parametrize(
    ("p_u", "p_c", "p_u_given_c"), [(0.3, 0.6, 0.3), (0.3, 0, 0.9), (0.4, 1, 0.4), (0, 0.5, 0)]
)
def test_an_irrelevant_or_settled_crux_is_worth_nothing(
    p_u: float, p_c: float, p_u_given_c: float, measure: str
) -> None:
    value = value_of_information(p_u, p_c, p_u_given_c, "log" if measure == "log" else "naive")
    assert value == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(
    ("p_u", "p_c", "p_u_given_c"),
    [
        (0.1, 0.5, 0.9),
        (0.9, 0.5, 0.1),
        (0.4, 1, 0.5),
        (1.2, 0.5, 0.5),
        (0.5, -0.1, 0.5),
        (0.5, 0.5, math.nan),
    ],
)
def test_credences_that_fit_no_probability_without_the_crux_are_incoherent(
    p_u: float, p_c: float, p_u_given_c: float
) -> None:
    with pytest.raises(IncoherentCredences):
        value_of_information(p_u, p_c, p_u_given_c)
    with pytest.raises(IncoherentCredences):
        value_of_discrimination((0.5, 0.5, 0.5), (p_u, p_c, p_u_given_c))


def test_the_message_says_what_would_follow_and_the_error_is_ours() -> None:
    with pytest.raises(CruxmapError, match=r"P\(U \| not C\) = -0.7") as raised:
        value_of_information(0.1, 0.5, 0.9)
    assert isinstance(raised.value, IncoherentCredences)
    assert raised.value.derived == pytest.approx(-0.7)


def test_decimal_rounding_is_not_incoherence() -> None:
    assert value_of_information(0.3 * 0.9, 0.3, 0.9) == pytest.approx(0.3 * 0.63 + 0.7 * 0.27)
    assert probability_without(0.1 + 0.2, 1.0, 0.3) == pytest.approx(0.3)


@given(beliefs, beliefs)
def test_discrimination_is_the_present_disagreement_less_the_expected_one(
    first: tuple[float, float, float], second: tuple[float, float, float]
) -> None:
    one, other = stated(first), stated(second)
    weight = (first[0] + second[0]) / 2
    later = weight * abs(first[1] - second[1]) + (1 - weight) * abs(first[2] - second[2])
    expected = abs(one.p_u - other.p_u) - later
    assert value_of_discrimination(one, other) == pytest.approx(expected, abs=1e-9)
    assert value_of_discrimination(other, one) == pytest.approx(expected, abs=1e-9)


@given(beliefs, beliefs)
def test_the_log_measure_of_discrimination_pools_the_crux_by_geometric_odds(
    first: tuple[float, float, float], second: tuple[float, float, float]
) -> None:
    def apart(p: float, q: float) -> float:
        return (p - q) * (math.log(p / (1 - p)) - math.log(q / (1 - q)))

    one, other = stated(first), stated(second)
    odds = math.sqrt(first[0] / (1 - first[0]) * second[0] / (1 - second[0]))
    weight = odds / (1 + odds)
    expected = (
        apart(one.p_u, other.p_u)
        - weight * apart(first[1], second[1])
        - (1 - weight) * apart(first[2], second[2])
    )
    assert value_of_discrimination(one, other, "log") == pytest.approx(expected, abs=1e-7)


@given(inside, inside, inside, inside)
def test_a_crux_that_explains_the_whole_disagreement_is_worth_all_of_it(
    with_c: float, without_c: float, first: float, second: float
) -> None:
    one, other = stated((first, with_c, without_c)), stated((second, with_c, without_c))
    assume(abs(one.p_u - other.p_u) > 1e-6)
    assert value_of_discrimination(one, other) == pytest.approx(abs(one.p_u - other.p_u), abs=1e-9)


def test_a_crux_that_would_drive_readers_apart_has_a_negative_value() -> None:
    assert value_of_discrimination((0.5, 0.5, 0.9), (0.5, 0.5, 0.1)) == pytest.approx(-0.8)


def test_credences_may_be_given_by_name() -> None:
    named = {"p_u": 0.3, "p_c": 0.5, "p_u_given_c": 0.4}
    assert value_of_discrimination(named, (0.5, 0.5, 0.5)) == value_of_discrimination(
        CruxCredences(**named), (0.5, 0.5, 0.5)
    )


def test_certainty_against_doubt_has_no_log_measure() -> None:
    with pytest.raises(UndefinedDivergenceError, match="infinite"):
        value_of_discrimination((1.0, 0.5, 1.0), (0.5, 0.5, 0.5), "log")
    with pytest.raises(UndefinedDivergenceError, match="pooled"):
        value_of_discrimination((0.5, 1.0, 0.5), (0.5, 0.0, 0.5), "log")


def test_unknown_measures_and_wrong_triples_are_refused() -> None:
    with pytest.raises(UsageError, match="choose naive or log"):
        value_of_information(0.5, 0.5, 0.5, "entropy")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="three credences"):
        value_of_discrimination((0.5, 0.5), (0.5, 0.5, 0.5))  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="three credences"):
        value_of_discrimination({"u": 0.5}, (0.5, 0.5, 0.5))
